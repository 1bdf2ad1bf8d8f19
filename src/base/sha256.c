/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"

#include <nettle/sha2.h>

void rcpi_sha256_hex(rcp_str bytes, char out[RCPI_SHA256_HEX + 1]) {
  static const char hex[] = "0123456789abcdef";
  struct sha256_ctx ctx;
  uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_init(&ctx);
  sha256_update(&ctx, bytes.n, (const uint8_t *)bytes.p);
  sha256_digest(&ctx, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) {
    out[2 * i] = hex[digest[i] >> 4];
    out[2 * i + 1] = hex[digest[i] & 15];
  }
  out[RCPI_SHA256_HEX] = 0;
}

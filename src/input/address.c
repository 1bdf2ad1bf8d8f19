/*
 * Sources: the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and its updates).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/address.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

static const struct { uint32_t net; unsigned bits; } special[] = {
    {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24},
    {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 3}};

static bool is_special_v4(uint32_t ip) {
  for (size_t i = 0; i < sizeof special / sizeof *special; i++)
    if ((ip ^ special[i].net) >> (32 - special[i].bits) == 0) return true;
  return false;
}

static uint32_t v4_at(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Only 2000::/3 is handed out; what carries an IPv4 address (mapped, 6to4, NAT64) is judged by it. */
static bool is_special_v6(const uint8_t *p) {
  static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF}, nat64[12] = {0, 0x64, 0xFF, 0x9B};
  if (!memcmp(p, mapped, 12) || !memcmp(p, nat64, 12)) return is_special_v4(v4_at(p + 12));
  if (p[0] == 0x20 && p[1] == 0x02) return is_special_v4(v4_at(p + 2));
  bool is_documentation = p[0] == 0x20 && p[1] == 0x01 && p[2] == 0x0D && p[3] == 0xB8;
  bool is_teredo_or_orchid = p[0] == 0x20 && p[1] == 0x01 && p[2] < 0x02;
  return p[0] >> 5 != 1 || is_documentation || is_teredo_or_orchid;
}

bool rcpi_address_is_private(const struct sockaddr *address) {
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
  if (address->sa_family == AF_INET) {
    memcpy(&v4, address, sizeof v4);
    return is_special_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address->sa_family != AF_INET6) return true;
  memcpy(&v6, address, sizeof v6);
  return is_special_v6(v6.sin6_addr.s6_addr);
}

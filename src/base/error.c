/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

/* Cuts at a character boundary, so that a message is always valid UTF-8. */
static void cut(char *text, size_t size) {
  size_t n = strlen(text);
  if (n + 1 < size) return;
  while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80) n--;
  if (n > 0 && (unsigned char)text[n - 1] >= 0xC0) n--;
  text[n] = 0;
}

rcp_status rcpi_error(rcp_error *error, rcp_status code, rcp_str source, uint64_t offset, const char *format, ...) {
  if (!error) return code;
  va_list args;
  error->code = code;
  error->offset = offset;
  snprintf(error->source, sizeof error->source, "%.*s", RCPI_P(source));
  cut(error->source, sizeof error->source);
  va_start(args, format);
  vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
  cut(error->text, sizeof error->text);
  return code;
}

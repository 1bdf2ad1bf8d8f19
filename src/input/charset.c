/*
 * The order: byte order mark; UTF-8 if it is valid (no other charset looks like it by chance); the declared name; ICU's
 * detection. A text that decodes with losses says so in its note; nothing is guessed twice.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/charset.h"

#include "base/unicode.h"
#include "base/utf8.h"

static const struct { const char *bytes; size_t n; const char *name; } marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"}, {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
    {"\xFF\xFE", 2, "UTF-16LE"}, {"\xFE\xFF", 2, "UTF-16BE"}};

rcp_str rcpi_bad_bytes_note(rcpi_arena *a, size_t n) {
  return n == 1 ? RCPI_S("1 byte is not valid UTF-8") : rcpi_printf(a, "%zu bytes are not valid UTF-8", n);
}

static rcp_str convert(rcpi_arena *a, rcp_str bytes, const char *name, const char *how, rcp_str *note) {
  rcp_str text;
  size_t n_bad;
  if (!rcpi_to_utf8(a, bytes, name, &text, &n_bad)) return (rcp_str){NULL, 0};
  if (n_bad) *note = rcpi_printf(a, "read as %s (%s): %zu character%s could not be decoded", name, how, n_bad, n_bad == 1 ? "" : "s");
  else if (!strcmp(how, "guessed")) *note = rcpi_printf(a, "no charset stated and not UTF-8: read as %s", name);
  return text;
}

rcp_str rcpi_decode(rcpi_arena *a, rcp_str bytes, const char *declared, rcp_str *note) {
  size_t n_bad;
  *note = (rcp_str){NULL, 0};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (!rcpi_starts(bytes, (rcp_str){marks[i].bytes, marks[i].n})) continue;
    rcp_str rest = rcpi_sub(bytes, marks[i].n, bytes.n);
    if (i > 0) return convert(a, rest, marks[i].name, "byte order mark", note);
    rest = rcpi_utf8_repair(a, rest, &n_bad);
    if (n_bad) *note = rcpi_bad_bytes_note(a, n_bad);
    return rest;
  }
  if (rcpi_utf8_valid(bytes)) return bytes;
  if (declared && *declared) {
    bool says_utf8 = rcpi_eq_nocase(rcpi_cstr(declared), RCPI_S("utf-8")) || rcpi_eq_nocase(rcpi_cstr(declared), RCPI_S("utf8"));
    if (!says_utf8) {
      rcp_str text = convert(a, bytes, declared, "declared", note);
      if (text.p) return text;
    }
  }
  /* a few bad bytes in a long UTF-8 text: damaged, not another charset */
  rcp_str repaired = rcpi_utf8_repair(a, bytes, &n_bad);
  size_t n_high = 0;
  for (size_t i = 0; i < bytes.n; i++) n_high += (unsigned char)bytes.p[i] >= 0x80;
  if (n_bad * 10 < n_high) {
    *note = rcpi_bad_bytes_note(a, n_bad);
    return repaired;
  }
  rcp_str text = convert(a, bytes, rcpi_detect_charset(bytes), "guessed", note);
  return text.p ? text : repaired;
}

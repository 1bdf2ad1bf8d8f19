/*
 * The program's own words for those who write pages of their own around it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/message.h"
#include "engine.h"

rcp_str rcp_locale(const rcp_engine *engine, size_t i) {
  for (size_t k = 0; k < engine->langs.n; k++) {
    rcpi_messages words;
    char tag[16] = "";
    rcp_str lang = engine->langs.all[k].tag;
    if (lang.n >= sizeof tag) continue;
    memcpy(tag, lang.p, lang.n);
    rcpi_messages_init(&words, &engine->langs, tag);
    if (rcpi_eq(words.tag, lang) && i-- == 0) return lang;
  }
  return (rcp_str){NULL, 0};
}

/* Takes the bytes of b into `out`, cut at a character, and gives b back. */
static size_t take(rcpi_buf *b, char *out, size_t room) {
  size_t n = b->failed ? 0 : b->len;
  if (!room) return rcpi_buf_release(b), 0;
  if (n >= room) {
    n = room - 1;
    while (n && ((unsigned char)b->p[n] & 0xC0) == 0x80) n--;
  }
  if (n) memcpy(out, b->p, n);
  out[n] = 0;
  rcpi_buf_release(b);
  return n;
}

size_t rcp_message(const rcp_engine *engine, const char *locale, const char *key, const rcp_str *args, size_t n_args, char *out,
                   size_t room) {
  rcpi_messages words;
  rcpi_buf b, digits;
  rcp_str all[9];
  uint32_t number;
  if (n_args > 9) n_args = 9;
  for (size_t i = 0; i < n_args; i++) all[i] = args[i];
  rcpi_messages_init(&words, &engine->langs, locale);
  rcpi_buf_init(&b);
  rcpi_buf_init(&digits);
  if (n_args && rcpi_parse_u32(args[0], &number)) {
    rcpi_message_number(&words, &digits, number);
    all[0] = rcpi_buf_str(&digits);
  }
  rcpi_message_put(&words, &b, key, all, n_args);
  rcpi_buf_release(&digits);
  return take(&b, out, room);
}

size_t rcp_date_text(const rcp_engine *engine, const char *locale, rcp_str iso, char *out, size_t room) {
  rcpi_messages words;
  rcpi_buf b;
  rcpi_messages_init(&words, &engine->langs, locale);
  rcpi_buf_init(&b);
  if (iso.n) rcpi_message_date(&words, &b, iso);
  return take(&b, out, room);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/unicode.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unorm2.h>
#include <unicode/uversion.h>

#include "base/utf8.h"

rcpi_char_class rcpi_char_class_of(uint32_t cp) {
  if (cp < 0x80) {
    if (rcpi_is_alpha((unsigned char)cp)) return RCPI_CHAR_LETTER;
    if (rcpi_is_digit((unsigned char)cp)) return RCPI_CHAR_DIGIT;
    if (rcpi_is_space((unsigned char)cp)) return RCPI_CHAR_SPACE;
    if (cp < 0x20 || cp == 0x7F) return RCPI_CHAR_OTHER;
    return strchr("$+<=>^`|~", (int)cp) ? RCPI_CHAR_SYMBOL : RCPI_CHAR_PUNCT;
  }
  if (cp == 0x200B || cp == 0xFEFF) return RCPI_CHAR_SPACE; /* zero width: what web pages put between words */
  uint32_t mask = U_MASK(u_charType((UChar32)cp));
  if (mask & U_GC_L_MASK) return RCPI_CHAR_LETTER;
  if (mask & U_GC_M_MASK) return RCPI_CHAR_MARK;
  if (mask & U_GC_N_MASK) return RCPI_CHAR_DIGIT;
  if (mask & U_GC_Z_MASK) return RCPI_CHAR_SPACE;
  if (mask & U_GC_P_MASK) return RCPI_CHAR_PUNCT;
  if (mask & U_GC_S_MASK) return RCPI_CHAR_SYMBOL;
  return cp == 0x85 ? RCPI_CHAR_SPACE : RCPI_CHAR_OTHER;
}

bool rcpi_is_upper(uint32_t cp) {
  return cp < 0x80 ? cp - 'A' < 26 : u_isUUppercase((UChar32)cp);
}

bool rcpi_is_lower_cp(uint32_t cp) {
  return cp < 0x80 ? cp - 'a' < 26 : u_isULowercase((UChar32)cp);
}

uint32_t rcpi_lower_cp(uint32_t cp) {
  return cp < 0x80 ? (cp - 'A' < 26 ? cp | 32 : cp) : (uint32_t)u_tolower((UChar32)cp);
}

uint32_t rcpi_upper_cp(uint32_t cp) {
  return cp < 0x80 ? (cp - 'a' < 26 ? cp & ~32u : cp) : (uint32_t)u_toupper((UChar32)cp);
}

unsigned rcpi_columns_cp(uint32_t cp) {
  if (cp < 0x300) return cp != 0xAD && cp >= 0x20 && (cp < 0x7F || cp >= 0xA0);
  if (U_MASK(u_charType((UChar32)cp)) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK)) return 0;
  if (cp >= 0x1160 && cp <= 0x11FF) return 0;   /* vowels and finals of a Hangul syllable sit in its first letter's cell */
  int width = u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool rcpi_is_bidi_control(uint32_t cp) {
  return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E || cp == 0x200F || cp == 0x61C;
}

/* What U+00C0..U+017F fold to; '.' leaves the character to ICU (several letters, or none of these scripts' letters). */
static const char latin[] =
    "aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"  /* C0..FF */
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll"   /* 100..13E */
    "llllnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz.";  /* 13F..17F */

/* The folded form of one code point in out[]; its bytes, or 0 when it folds to nothing. */
static size_t fold_cp(uint32_t cp, char out[16]) {
  if (cp >= 0xC0 && cp < 0x180 && latin[cp - 0xC0] != '.') {
    out[0] = latin[cp - 0xC0];
    return 1;
  }
  switch (cp) {
    case 0xC6: case 0xE6: memcpy(out, "ae", 2); return 2;
    case 0x152: case 0x153: memcpy(out, "oe", 2); return 2;
    case 0xDF: memcpy(out, "ss", 2); return 2;
    case 0xD8: case 0xF8: out[0] = 'o'; return 1;
    case 0x2018: case 0x2019: case 0x2BC: case 0xB4: out[0] = '\''; return 1;
    case 0x2010: case 0x2011: case 0x2012: case 0x2212: out[0] = '-'; return 1;
    case 0xA0: case 0x202F: case 0x2009: out[0] = ' '; return 1;
    case 0xAD: case 0x200B: case 0x200D: case 0xFEFF: return 0;
  }
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
  UChar wide[32];
  int32_t n = U_SUCCESS(status) ? unorm2_getRawDecomposition(nfkd, (UChar32)cp, wide, 32, &status) : -1;
  if (n <= 0 || U_FAILURE(status)) {
    if (rcpi_char_class_of(cp) == RCPI_CHAR_MARK) return 0;
    return rcpi_utf8_put(rcpi_lower_cp(cp), out);
  }
  size_t len = 0;
  for (int32_t i = 0; i < n && len < 12;) {
    UChar32 c;
    U16_NEXT(wide, i, n, c);
    if (rcpi_char_class_of((uint32_t)c) != RCPI_CHAR_MARK) len += rcpi_utf8_put(rcpi_lower_cp((uint32_t)c), out + len);
  }
  return len;
}

rcp_str rcpi_fold(rcpi_arena *a, rcp_str s) {
  size_t i = 0;
  while (i < s.n && (unsigned char)s.p[i] < 0x80 && !((unsigned char)(s.p[i] - 'A') < 26)) i++;
  if (i == s.n) return s;
  char *out = rcpi_alloc(a, s.n * 6 + 16, 1); /* a code point of k bytes folds to at most 6k: U+FDFA, the worst, is cut */
  memcpy(out, s.p, i);
  size_t n = i, len;
  for (; i < s.n; i += len) {
    unsigned char c = (unsigned char)s.p[i];
    len = 1;
    if (c < 0x80) out[n++] = (char)rcpi_lower(c);
    else n += fold_cp(rcpi_utf8_at(s, i, &len), out + n);
  }
  return (rcp_str){out, n};
}

rcp_str rcpi_lower_str(rcpi_arena *a, rcp_str s) {
  size_t i = 0;
  while (i < s.n && (unsigned char)s.p[i] < 0x80 && !((unsigned char)(s.p[i] - 'A') < 26)) i++;
  if (i == s.n) return s;
  char *out = rcpi_alloc(a, s.n * 2 + 4, 1);
  memcpy(out, s.p, i);
  size_t n = i, len;
  for (; i < s.n; i += len) {
    uint32_t cp = rcpi_utf8_at(s, i, &len);
    n += rcpi_utf8_put(cp == 0x2019 ? '\'' : rcpi_lower_cp(cp), out + n);
  }
  return (rcp_str){out, n};
}

bool rcpi_is_nfc(rcp_str s) {
  size_t i = 0;
  while (i < s.n && (unsigned char)s.p[i] < 0x80) i++;
  if (i == s.n) return true;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  for (size_t len; i < s.n; i += len) {
    uint32_t cp = rcpi_utf8_at(s, i, &len);
    /* below U+0300 everything is normal and nothing combines */
    if (cp >= 0x300 && (U_FAILURE(status) || !unorm2_isInert(nfc, (UChar32)cp))) {
      rcpi_arena a;
      bool is_same = false;
      rcpi_arena_init(&a);
      RCPI_GUARD(&a) is_same = rcpi_nfc(&a, s).p == s.p;
      rcpi_arena_release(&a);
      return is_same;
    }
  }
  return true;
}

rcp_str rcpi_nfc(rcpi_arena *a, rcp_str s) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  UChar *wide = rcpi_array(a, UChar, s.n + 1), *out = rcpi_array(a, UChar, s.n * 3 + 1);
  int32_t n_wide = 0;
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t cp = rcpi_utf8_at(s, i, &len);
    U16_APPEND_UNSAFE(wide, n_wide, cp);
  }
  int32_t n = U_SUCCESS(status) ? unorm2_normalize(nfc, wide, n_wide, out, (int32_t)(s.n * 3 + 1), &status) : 0;
  if (U_FAILURE(status)) return s;
  char *bytes = rcpi_alloc(a, (size_t)n * 3 + 4, 1);
  size_t len = 0;
  for (int32_t i = 0; i < n;) {
    UChar32 c;
    U16_NEXT(out, i, n, c);
    len += rcpi_utf8_put((uint32_t)c, bytes + len);
  }
  return rcpi_eq((rcp_str){bytes, len}, s) ? s : (rcp_str){bytes, len};
}

bool rcpi_to_utf8(rcpi_arena *a, rcp_str bytes, const char *charset, rcp_str *out, size_t *n_bad) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *from = ucnv_open(charset, &status);
  if (U_FAILURE(status)) return false;
  rcpi_buf text;
  rcpi_buf_init(&text);
  UChar wide[2048], high = 0;
  const char *p = bytes.p, *end = bytes.p + bytes.n;
  *n_bad = 0;
  do {
    UChar *w = wide;
    status = U_ZERO_ERROR;
    ucnv_toUnicode(from, &w, wide + 2048, &p, end, NULL, true, &status);
    for (UChar *c = wide; c < w; c++) {
      if (U16_IS_LEAD(*c)) high = *c;
      else {
        uint32_t cp = U16_IS_TRAIL(*c) && high ? (uint32_t)U16_GET_SUPPLEMENTARY(high, *c) : *c;
        *n_bad += cp == RCPI_REPLACEMENT;
        rcpi_buf_cp(&text, cp);
        high = 0;
      }
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  ucnv_close(from);
  if (text.failed) {
    rcpi_buf_release(&text);
    rcpi_out_of_memory(a);
  }
  rcpi_defer(a, free, text.p);
  *out = rcpi_buf_str(&text);
  return true;
}

const char *rcpi_detect_charset(rcp_str bytes) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  const char *name = NULL;
  ucsdet_setText(detector, bytes.p, (int32_t)(bytes.n > 65536 ? 65536 : bytes.n), &status);
  const UCharsetMatch *match = ucsdet_detect(detector, &status);
  if (U_SUCCESS(status) && match) name = ucsdet_getName(match, &status);
  static const char *const known[] = {
      "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "Shift_JIS", "ISO-2022-JP", "ISO-2022-CN", "ISO-2022-KR", "GB18030",
      "Big5", "EUC-JP", "EUC-KR", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8",
      "ISO-8859-9", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
      "windows-1256", "KOI8-R", "UTF-8"};
  const char *found = "windows-1252";
  for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
    if (!strcmp(name, known[i])) found = known[i];
  ucsdet_close(detector);
  return !strcmp(found, "ISO-8859-1") ? "windows-1252" : found; /* as browsers read it (WHATWG Encoding) */
}

const char *rcpi_icu_version(void) {
  return U_ICU_VERSION;
}

/*
 * selon X, C · C, selon X · C (selon X) · pour X, C
 *
 * First in its sentence the phrase governs the rest of it; last, all that stands before, back to a semicolon or to
 * ", mais"; in brackets or dashes the piece before; behind "qui" that relative clause. After "selon la formule de" what
 * is said is the nearest quotation. Nouns of not_sources name a measure: selon les besoins.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/frame.h"

static bool in_table_near(const rcpi_unit *u, const rcpi_table *t, size_t beg, size_t end) {
  for (size_t i = beg; i < end && i < beg + 3; i++)
    if (rcpi_table_find(t, u->k[i].lower) != RCPI_NONE) return true;
  return false;
}

static bool opens_aside(char m) { return m == ',' || m == '-' || m == '('; }
static bool closes_aside(char m) { return m == ',' || m == '-' || m == ')' || m == '.'; }

/* Start of the relative clause that "qui" at i belongs to: ce qui, or back to a mark. */
static size_t relative_start(const rcpi_unit *u, size_t i) {
  if (i > u->beg && rcpi_unit_is(u, i - 1, RCPI_G_DET) && !u->g[i - 1].mark) return i - 1;
  while (i > u->beg && !strchr(",;:", u->g[i - 1].mark ? u->g[i - 1].mark : '~')) i--;
  return i;
}

/* 2.100 selon X, 5.000 selon Y: start of the item that ends at i, back to a comma. */
static size_t item_start(const rcpi_unit *u, size_t i) {
  while (i > u->beg && !strchr(",;:(-", u->g[i - 1].mark ? u->g[i - 1].mark : '~')) i--;
  return i;
}

/* What is said when the phrase [beg, end) stands behind it. */
static rcpi_tokens content_before(const rcpi_framing *f, size_t beg, size_t end) {
  const rcpi_unit *u = &f->u;
  size_t lo = u->beg, hi = beg, last = beg - 1;
  char before = rcpi_unit_mark(u, last), after = rcpi_unit_mark(u, end);
  bool is_aside = opens_aside(before) && end < u->end && closes_aside(after) && after != '.';
  while (last > u->beg && opens_aside(rcpi_unit_mark(u, last))) last--;
  if (rcpi_unit_is(u, last, RCPI_G_REL | RCPI_G_THAT)) return (rcpi_tokens){(uint32_t)relative_start(u, last), u->end};
  if (rcpi_unit_is(u, end - 1, RCPI_G_TONIC) && before != ',') {           /* qui avaient, selon lui, pénétré */
    size_t m = last;
    while (m > u->beg && !rcpi_unit_is(u, m, RCPI_G_REL | RCPI_G_THAT) && !strchr(",;", rcpi_unit_mark(u, m) ? rcpi_unit_mark(u, m) : '~')) m--;
    for (size_t n = 0; n < 3 && m > u->beg && rcpi_unit_word(u, m - 1); n++) m--;
    return (rcpi_tokens){(uint32_t)m, (uint32_t)hi};
  }
  if ((before == '(' || before == '-') && is_aside) {
    size_t m = last;
    while (m > u->beg && beg - m < 9 && !u->g[m - 1].mark) m--;
    return (rcpi_tokens){(uint32_t)m, (uint32_t)hi};
  }
  size_t item = item_start(u, beg);
  if (before != ',' && item > u->beg && !rcpi_unit_has_verb(u, item, beg)) return (rcpi_tokens){(uint32_t)item, (uint32_t)hi};
  for (size_t m = last; m > u->beg; m--) {
    if (u->g[m].mark == ';') { lo = m + 1; break; }
    if (rcpi_unit_is(u, m, RCPI_G_BUT) && rcpi_unit_mark(u, m - 1) == ',') { lo = m; break; }
  }
  return (rcpi_tokens){(uint32_t)lo, is_aside ? u->end : (uint32_t)hi};
}

/* The quotation nearest before token i; empty without one. */
static rcpi_tokens quotation_before(const rcpi_framing *f, size_t i) {
  while (i-- > f->u.beg)
    if (f->u.k[i].quotation) return rcpi_frame_quotation(f, i);
  return (rcpi_tokens){0, 0};
}

/* selon nos informations: the medium itself; but not selon notre correspondante */
static bool is_own_knowledge(const rcpi_unit *u, rcpi_tokens source) {
  bool is_own = rcpi_unit_is(u, source.token, RCPI_G_OWN), is_person = false;
  for (size_t i = source.token; i < source.end_token; i++)
    is_person |= (u->g[i].word->roles & (RCPI_ROLE_PERSON | RCPI_ROLE_REPORTER)) != 0;
  return is_own && !is_person;
}

/* D'après la police, | l'homme, âgé de 34 ans, a tiré: what looks like an apposition is the subject of what follows. */
static rcpi_tokens without_subject(const rcpi_unit *u, rcpi_tokens source) {
  size_t comma = source.token, next = source.end_token + 1;
  while (comma < source.end_token && u->g[comma].mark != ',') comma++;
  if (comma == source.end_token || rcpi_unit_mark(u, source.end_token) != ',' || next >= u->end) return source;
  return u->g[next].is_aside || rcpi_unit_finite(u, next) ? (rcpi_tokens){source.token, (uint32_t)comma} : source;
}

static size_t add_according(rcpi_framing *f, size_t i, size_t cue_end, size_t row) {
  const rcpi_unit *u = &f->u;
  bool is_self = rcpi_is(rcpi_cell(f->phrases, row, 2), "according-self");
  if (rcpi_unit_is(u, cue_end, RCPI_G_THAT | RCPI_G_REL)) return cue_end;
  if (is_self) cue_end = i + 1;
  rcpi_np s = rcpi_np_right(u, cue_end, false);
  s.at = without_subject(u, s.at);
  bool is_wording = in_table_near(u, f->wording, s.at.token, s.at.end_token < s.at.token + 2 ? s.at.end_token : s.at.token + 2);
  bool is_measure = !is_wording && in_table_near(u, f->not_sources, s.at.token, s.at.end_token);
  if (s.kind == RCPI_NP_NONE || is_own_knowledge(u, s.at) || is_measure) return cue_end;
  rcpi_tokens cue = {(uint32_t)i, (uint32_t)cue_end}, content;
  size_t n_before = rcpi_unit_words(u, u->beg, i);
  bool is_first = n_before == 0 || (n_before == 1 && rcpi_unit_is(u, u->beg, RCPI_G_AND | RCPI_G_BUT | RCPI_G_ADV | RCPI_G_SUB));
  if (is_wording) {
    content = quotation_before(f, i);
    if (s.at.token + 3 < s.at.end_token) s.at.token += 3, cue.end_token = s.at.token;
    if (!rcpi_tokens_any(content)) content = is_first ? (rcpi_tokens){s.at.end_token, u->end} : content_before(f, i, s.at.end_token);
  } else if (is_first) {
    content = (rcpi_tokens){s.at.end_token, u->end};
  } else {
    content = content_before(f, i, s.at.end_token);
  }
  rcpi_frame_add(f, RCPI_FRAME_ACCORDING, cue, s.at, content);
  return s.at.end_token;
}

/* "Pour Jean Dupont, C": a name or a pronoun, no aim. */
static void find_for(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  size_t i = u->beg, end = i + 1;
  if (!rcpi_unit_is(u, i, RCPI_G_FOR) || rcpi_unit_quoted(u, i)) return;
  bool has_capital = false, has_role = false;
  for (; end < u->end && end < i + 12 && rcpi_unit_word(u, end); end++) {
    has_capital |= rcpi_unit_capital(u, end);
    has_role |= (u->g[end].word->roles & ~(unsigned)RCPI_ROLE_DOC) != 0;
    if (u->g[end].tense && u->g[end].tense != RCPI_TENSE_PP) return;
  }
  bool is_speaker = rcpi_unit_is(u, i + 1, RCPI_G_TONIC) || has_capital || (has_role && rcpi_unit_is(u, i + 1, RCPI_G_ART));
  size_t name_end = end;
  if (rcpi_unit_mark(u, end) == '(') {                          /* Pour Paul Noël (PS), */
    while (end < u->end && u->g[end].mark != ')') end++;
    end++;
  }
  if (rcpi_unit_mark(u, end) != ',' || end == i + 1 || !is_speaker || rcpi_unit_is(u, name_end - 1, RCPI_G_TIME)) return;
  if (!rcpi_unit_opens_np(u, i + 1) && !rcpi_unit_is(u, i + 1, RCPI_G_TONIC)) return;
  rcpi_frame_add(f, RCPI_FRAME_ACCORDING, (rcpi_tokens){(uint32_t)i, (uint32_t)i + 1}, (rcpi_tokens){(uint32_t)i + 1, (uint32_t)name_end},
                 (rcpi_tokens){(uint32_t)end, u->end});
}

void rcpi_frames_according(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  for (size_t i = u->beg; i < u->end;) {
    size_t row = 0, end = rcpi_unit_quoted(u, i) ? 0 : rcpi_unit_phrase(u, f->phrases, i, &row);
    bool is_cue = end && rcpi_starts(rcpi_cell(f->phrases, row, 2), RCPI_S("according"));
    i = is_cue ? add_according(f, i, end, row) : i + 1;
  }
  find_for(f);
}

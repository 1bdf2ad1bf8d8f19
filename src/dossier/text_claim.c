/* Claims and conflicts for the terminal. SPDX-License-Identifier: Apache-2.0 */
#include "base/unicode.h"
#include "claim/explain.h"
#include "dossier/text_int.h"

enum { SHORT_CLAIMS = 10, SHORT_CONFLICTS = 8, SHORT_SOURCES = 4, CONTEXT_COLUMNS = 160 };

static const char *const mode_keys[] = {"mode_asserted", "mode_quoted", "mode_reported", "mode_conditional"};
static const char *const difference_keys[] = {"diff_quantity", "diff_date", "diff_name", "diff_object", "diff_modality",
                                              "diff_attribution", "diff_polarity", "diff_aspect", "diff_scope", "diff_place",
                                              "diff_other"};

static rcp_str words_of(const rcpi_texter *t, const rcpi_appearance *app) {
  return rcpi_view_words(&t->view, app->telling, rcpi_view_span(&t->view, app));
}

/* "asserted 1 2; quoted 4": an article stands with each mode in which it carries the claim. */
static void put_modes(rcpi_texter *t, const rcpi_claim *c) {
  uint32_t *tellings = rcpi_array(t->a, uint32_t, t->view.d->story.n_tellings);
  bool is_first = true;
  for (unsigned mode = 0; mode < 4; mode++) {
    size_t n = 0;
    for (size_t i = 0; i < t->view.d->story.n_tellings; i++)
      if (rcpi_view_modes(c, t->view.order[i]) >> mode & 1) tellings[n++] = t->view.order[i];
    if (!n) continue;
    if (!is_first) rcpi_page_adds(&t->page, "; ");
    rcpi_texter_say(t, mode_keys[mode], NULL, 0);
    rcpi_page_adds(&t->page, " ");
    rcpi_texter_numbers(t, tellings, n);
    is_first = false;
  }
  rcpi_page_flush(&t->page, 5, 7);
}

/* One who is named as saying a claim, and the tellings that name him so. */
typedef struct speaker { rcp_str name; uint32_t origin; uint32_t *tellings; size_t n; } speaker;

/* Once each, in the order in which articles are listed. */
static void add_telling(const rcpi_texter *t, speaker *s, uint32_t telling) {
  const uint32_t *number = t->view.number;
  size_t i = s->n;
  for (size_t k = 0; k < s->n; k++)
    if (s->tellings[k] == telling) return;
  for (; i && number[s->tellings[i - 1]] > number[telling]; i--) s->tellings[i] = s->tellings[i - 1];
  s->tellings[i] = telling;
  s->n++;
}

static size_t speakers_of(rcpi_texter *t, const rcpi_claim *c, speaker **out) {
  size_t n = 0, most = 0;
  for (size_t i = 0; i < c->n_appearances; i++) most += c->appearances[i].said.n_frames;
  speaker *all = rcpi_array(t->a, speaker, most);
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    for (uint32_t k = 0; k < app->said.n_frames; k++) {
      rcp_str resolved, name = rcpi_view_source(&t->view, app, k, &resolved);
      if (resolved.n) name = resolved;
      if (!name.n) continue;
      uint32_t origin = rcpi_view_origin(&t->view, app, k);
      size_t at = 0;
      while (at < n && !(origin != UINT32_MAX && all[at].origin == origin) && !rcpi_eq_nocase(all[at].name, name)) at++;
      if (at == n) all[n++] = (speaker){name, origin, rcpi_array(t->a, uint32_t, c->n_appearances), 0};
      add_telling(t, &all[at], app->telling);
    }
  }
  *out = all;
  return n;
}

static void put_speakers(rcpi_texter *t, const rcpi_claim *c) {
  speaker *all;
  size_t n = speakers_of(t, c, &all), n_shown = t->options->all || n <= SHORT_SOURCES ? n : SHORT_SOURCES;
  if (!n) return;
  rcpi_texter_say(t, "according_to", NULL, 0);
  for (size_t i = 0; i < n_shown; i++) {
    rcpi_page_adds(&t->page, i ? ", " : " ");
    rcpi_page_text(&t->page, all[i].name);
    rcpi_page_adds(&t->page, " (");
    rcpi_texter_numbers(t, all[i].tellings, all[i].n);
    rcpi_page_adds(&t->page, ")");
  }
  if (n_shown < n) rcpi_page_adds(&t->page, "…");
  rcpi_page_flush(&t->page, 5, 7);
}

static void put_claim(rcpi_texter *t, uint32_t i) {
  const rcpi_claim *c = &t->view.d->story.claims[i];
  const rcpi_support *s = &c->support;
  rcpi_buf_printf(&t->page.line, "%3u  ", t->view.rank[i] + 1);
  rcpi_page_style(&t->page, RCPI_STRONG);
  rcpi_texter_quote(t, words_of(t, rcpi_view_gist(&t->view, i)));
  rcpi_page_style(&t->page, RCPI_PLAIN);
  rcpi_page_flush(&t->page, 0, 5);
  rcpi_texter_support(t, s->articles, s->texts, s->channels, s->independent);
  rcpi_page_style(&t->page, RCPI_DIM);
  rcpi_page_adds(&t->page, "  ");
  rcpi_page_add(&t->page, t->view.d->claim_ids[i]);
  rcpi_page_style(&t->page, RCPI_PLAIN);
  rcpi_page_flush(&t->page, 5, 7);
  if (s->doubtful) {
    rcpi_texter_count(t, "n_doubtful", s->doubtful);
    rcpi_page_flush(&t->page, 5, 7);
  }
  put_modes(t, c);
  put_speakers(t, c);
}

static void say_rest(rcpi_texter *t, const char *key, size_t n) {
  if (!n) return;
  rcpi_page_style(&t->page, RCPI_DIM);
  rcpi_texter_count(t, key, n);
  rcpi_page_adds(&t->page, " (--all)");
  rcpi_page_style(&t->page, RCPI_PLAIN);
  rcpi_page_flush(&t->page, 5, 5);
}

void rcpi_text_claims(rcpi_texter *t) {
  size_t n = t->view.d->story.n_claims, n_shown = t->options->all || n <= SHORT_CLAIMS ? n : SHORT_CLAIMS, n_single = 0;
  if (!n) return;
  rcpi_texter_title(t, "title_claims");
  for (size_t i = 0; i < n_shown; i++) put_claim(t, t->view.claims[i]);
  for (size_t i = n_shown; i < n; i++) n_single += t->view.d->story.claims[t->view.claims[i]].support.articles == 1;
  say_rest(t, "more_claims", n - n_shown - n_single);
  say_rest(t, "more_single_claims", n_single);
}

/* The words around a value with the value marked, cut on both sides to what two lines hold. */
static void put_context(rcpi_texter *t, const rcpi_claim *c, const rcpi_value_at *value) {
  rcp_str text = t->view.d->story.tellings[value->telling].article->text;
  rcpi_span around = rcpi_view_context(&t->view, c, value);
  enum { SIDE = CONTEXT_COLUMNS / 2 };
  bool cuts_left = value->at.beg - around.beg > SIDE, cuts_right = around.end - value->at.end > SIDE;
  uint32_t beg = cuts_left ? value->at.beg - SIDE : around.beg, end = cuts_right ? value->at.end + SIDE : around.end;
  while (cuts_left && beg < value->at.beg && text.p[beg] != ' ') beg++;
  while (cuts_right && end > value->at.end && text.p[end] != ' ') end--;
  rcpi_texter_say(t, "quote_open", NULL, 0);
  if (cuts_left) rcpi_page_adds(&t->page, "…");
  rcpi_page_text(&t->page, rcpi_sub(text, beg, value->at.beg));
  rcpi_page_style(&t->page, RCPI_MARKED);
  rcpi_page_text(&t->page, rcpi_at(text, value->at));
  rcpi_page_style(&t->page, RCPI_UNMARKED);
  if (value->at.end < end && rcpi_is_space((unsigned char)text.p[value->at.end])) rcpi_page_adds(&t->page, " ");
  rcpi_page_text(&t->page, rcpi_sub(text, value->at.end, end));
  if (cuts_right) rcpi_page_adds(&t->page, "…");
  rcpi_texter_say(t, "quote_close", NULL, 0);
}

/* Readings below one another: value, articles, words. */
static void put_readings(rcpi_texter *t, const rcpi_claim *c, const rcpi_difference *x, unsigned indent) {
  rcpi_reading *readings;
  size_t n = rcpi_view_readings(t->a, &t->view, x, &readings);
  unsigned value_width = 4, articles_width = 4, most = t->page.width / 4;
  for (size_t i = 0; i < n; i++) {
    unsigned wide = rcpi_page_columns(rcpi_view_value(t->a, &t->view, x, readings[i].norm));
    if (wide > value_width) value_width = wide;
    if (readings[i].n_values * 3 > articles_width) articles_width = (unsigned)readings[i].n_values * 3;
  }
  if (value_width > most) value_width = most;
  if (articles_width > most) articles_width = most;
  for (size_t i = 0; i < n; i++) {
    uint32_t *tellings = rcpi_array(t->a, uint32_t, readings[i].n_values);
    size_t n_tellings = 0;
    for (size_t k = 0; k < readings[i].n_values; k++) {
      uint32_t telling = x->values[readings[i].values[k]].telling;
      if (!n_tellings || tellings[n_tellings - 1] != telling) tellings[n_tellings++] = telling;
    }
    rcpi_page_style(&t->page, RCPI_STRONG);
    rcpi_page_cut(&t->page, rcpi_view_value(t->a, &t->view, x, readings[i].norm), value_width);
    rcpi_page_style(&t->page, RCPI_PLAIN);
    rcpi_page_tab(&t->page, value_width + 2);
    rcpi_texter_numbers(t, tellings, n_tellings);
    rcpi_page_tab(&t->page, value_width + articles_width + 4);
    put_context(t, c, &x->values[readings[i].values[0]]);
    rcpi_page_flush(&t->page, indent, indent + value_width + articles_width + 4);
  }
}

static void put_difference(rcpi_texter *t, uint32_t claim, const rcpi_difference *x, bool with_gist) {
  const rcpi_claim *c = &t->view.d->story.claims[claim];
  rcpi_page_style(&t->page, RCPI_STRONG);
  rcpi_texter_say(t, difference_keys[x->kind], NULL, 0);
  rcpi_page_style(&t->page, RCPI_PLAIN);
  if (with_gist) {
    rcp_str rank = rcpi_printf(t->a, "%u", t->view.rank[claim] + 1);
    rcpi_page_adds(&t->page, ", ");
    rcpi_texter_say(t, "claim_number", &rank, 1);
    rcpi_page_adds(&t->page, ": ");
    rcpi_texter_quote(t, words_of(t, rcpi_view_gist(&t->view, claim)));
  } else if (!x->is_conflict) {
    rcpi_page_adds(&t->page, ", ");
    rcpi_texter_say(t, "no_conflict", NULL, 0);
  }
  rcpi_page_flush(&t->page, 2, 5);
  put_readings(t, c, x, 5);
}

void rcpi_text_conflicts(rcpi_texter *t) {
  size_t n = t->view.n_conflicts, n_shown = t->options->all || n <= SHORT_CONFLICTS ? n : SHORT_CONFLICTS;
  if (t->view.d->story.n_tellings < 2) return;
  rcpi_texter_title(t, "title_conflicts");
  if (!n) {
    rcpi_texter_say(t, "no_conflicts", NULL, 0);
    rcpi_page_flush(&t->page, 2, 2);
  }
  for (size_t i = 0; i < n_shown; i++) {
    rcpi_conflict x = t->view.conflicts[i];
    put_difference(t, x.claim, &t->view.d->story.claims[x.claim].differences[x.difference], true);
  }
  say_rest(t, "more_conflicts", n - n_shown);
}

/* "file:12": where a person finds it. */
static void put_place(rcpi_texter *t, const rcpi_appearance *app) {
  const rcp_article *article = t->view.d->story.tellings[app->telling].article;
  rcpi_span at = rcpi_view_span(&t->view, app);
  uint32_t line = 1;
  for (uint32_t i = 0; i < at.beg; i++) line += article->text.p[i] == '\n';
  rcpi_page_style(&t->page, RCPI_DIM);
  rcpi_page_text(&t->page, article->source);
  rcpi_buf_printf(&t->page.line, ":%u", line);
  rcpi_page_style(&t->page, RCPI_PLAIN);
}

static void put_appearance(rcpi_texter *t, const rcpi_appearance *app) {
  rcpi_buf_printf(&t->page.line, "%3u  ", t->view.number[app->telling]);
  rcpi_texter_quote(t, words_of(t, app));
  rcpi_page_flush(&t->page, 0, 5);
  rcpi_texter_say(t, mode_keys[app->said.mode], NULL, 0);
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    const rcpi_frame *f = &t->view.d->story.tellings[app->telling].marks.frames[app->said.frames[k]];
    rcp_str resolved, name = rcpi_view_source(&t->view, app, k, &resolved);
    if (!name.n) continue;
    rcpi_page_adds(&t->page, "; ");
    rcpi_page_text(&t->page, name);
    if (resolved.n) rcpi_page_adds(&t->page, " = "), rcpi_page_text(&t->page, resolved);
    if (!rcpi_tokens_any(f->cue)) continue;
    rcpi_page_adds(&t->page, ", ");
    rcpi_texter_quote(t, rcpi_view_words(&t->view, app->telling, rcpi_view_tokens(&t->view, app->telling, f->cue)));
  }
  rcpi_page_adds(&t->page, "  ");
  put_place(t, app);
  rcpi_page_flush(&t->page, 5, 7);
}

enum { MOST_SHARED = 8 };

/* "put with 4 (82 %): digue, 4h20 = 4:20, cédé = broke" */
static void put_tie(rcpi_texter *t, const rcpi_claim *c, const rcpi_tie *tie) {
  const rcpi_appearance *x = &c->appearances[tie->a], *y = &c->appearances[tie->b];
  if (tie->score < 0) {
    if (c->is_corrected) rcpi_texter_say(t, "tie_by_hand", NULL, 0);
    else rcpi_texter_say(t, "tie_of_own", NULL, 0);
    rcpi_page_flush(&t->page, 5, 7);
    return;
  }
  rcp_str args[2] = {rcpi_printf(t->a, "%u", t->view.number[y->telling]), rcpi_printf(t->a, "%d", (tie->score + 5) / 10)};
  rcpi_texter_say(t, "tie", args, 2);
  for (size_t i = 0; i < tie->n_shared && i < MOST_SHARED; i++) {
    rcp_str in_x = rcpi_view_words(&t->view, x->telling, rcpi_view_tokens(&t->view, x->telling, tie->shared[i].in_a));
    rcp_str in_y = rcpi_view_words(&t->view, y->telling, rcpi_view_tokens(&t->view, y->telling, tie->shared[i].in_b));
    rcpi_page_adds(&t->page, i ? ", " : " ");
    rcpi_page_text(&t->page, in_x);
    if (!rcpi_eq(rcpi_fold(t->a, in_x), rcpi_fold(t->a, in_y))) rcpi_page_adds(&t->page, " = "), rcpi_page_text(&t->page, in_y);
  }
  rcpi_page_flush(&t->page, 5, 7);
}

static const char *const reason_keys[] = {"reason_quantity", "reason_date", "reason_name", "reason_object", "reason_modality", "reason_attribution",
                                          "reason_polarity", "reason_aspect", "reason_scope", "reason_place", "reason_other"};

void rcpi_text_explain(rcpi_texter *t, uint32_t claim) {
  const rcpi_claim *c = &t->view.d->story.claims[claim];
  put_claim(t, claim);
  if (c->support.why.n) {
    rcpi_texter_say(t, "why", NULL, 0);
    rcpi_page_adds(&t->page, " ");
    rcp_str other = c->support.why_other;
    rcpi_page_text(&t->page, rcpi_view_reason(&t->view, c->support.why, &other));
    rcpi_page_flush(&t->page, 5, 7);
  }
  rcpi_texter_title(t, "title_appearances");
  const rcpi_tie *ties = rcpi_claim_ties(t->a, &t->view.d->story, c);
  for (size_t n = 0; n < t->view.d->story.n_tellings; n++)
    for (size_t i = 0; i < c->n_appearances; i++) {
      if (c->appearances[i].telling != t->view.order[n]) continue;
      put_appearance(t, &c->appearances[i]);
      if (c->n_appearances > 1) put_tie(t, c, &ties[i]);
    }
  if (c->n_differences) rcpi_texter_title(t, "title_differences");
  for (size_t i = 0; i < c->n_differences; i++) {
    put_difference(t, claim, &c->differences[i], false);
    if (!c->differences[i].is_conflict) continue;
    rcpi_texter_say(t, reason_keys[c->differences[i].kind], NULL, 0);
    rcpi_page_flush(&t->page, 5, 7);
  }
}

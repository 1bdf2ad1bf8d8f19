/* Claims in full, and conflicts side by side. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/unicode.h"
#include "dossier/html_int.h"

enum { MOST_CONTEXTS = 3, MOST_CHIPS = 400, MOST_BESIDE = 4, CARDS_A_BLOCK = 50, SHORT_CONFLICTS = 6 };

static const char *const difference_keys[] = {"diff_quantity", "diff_date", "diff_name", "diff_object", "diff_modality",
                                              "diff_attribution", "diff_polarity", "diff_aspect", "diff_scope", "diff_place",
                                              "diff_other"};

/* The place that shows a value: the appearance around it, else the article. */
static void put_place(rcpi_sheet *h, uint32_t claim, const rcpi_value_at *value) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  for (uint32_t i = 0; i < c->n_appearances; i++)
    if (c->appearances[i].telling == value->telling && rcpi_within(value->at, rcpi_view_span(&h->view, &c->appearances[i]))) {
      rcpi_sheet_putf(h, "#p%u", h->anchor[claim] + i);
      return;
    }
  rcpi_sheet_putf(h, "#a%u", h->view.number[value->telling]);
}

/* Distinct wordings of one reading, the first few; the articles that have another stand as chips above. */
static void put_contexts(rcpi_sheet *h, uint32_t claim, const rcpi_difference *x, const rcpi_reading *r) {
  rcp_str seen[MOST_CONTEXTS];
  size_t n = 0;
  for (size_t i = 0; i < r->n_values && n < MOST_CONTEXTS; i++) {
    const rcpi_value_at *value = &x->values[r->values[i]];
    rcpi_span around = rcpi_view_context(&h->view, &h->d->story.claims[claim], value);
    rcp_str fold = rcpi_fold(h->a, rcpi_view_words(&h->view, value->telling, around));
    size_t k = 0;
    while (k < n && !rcpi_eq(seen[k], fold)) k++;
    if (k < n) continue;
    seen[n++] = fold;
    rcpi_sheet_put(h, "<p>");
    rcpi_sheet_quote(h, value->telling, around, value->at);
    rcpi_sheet_put(h, " <a class=go href=");
    put_place(h, claim, value);
    rcpi_sheet_putf(h, ">%u</a></p>", h->view.number[value->telling]);
  }
}

/* A value as people of the reader's language write it; the script finds the normal form in data-v. */
static void put_norm(rcpi_sheet *h, const rcpi_difference *x, rcp_str norm) {
  char key[48];
  rcpi_view_norm(&h->view, norm, key);
  if (x->kind == RCPI_DIFF_DATE) rcpi_sheet_date(h, norm);
  else if (*key) rcpi_sheet_say(h, key);
  else if (rcpi_view_is_amount(x)) rcpi_sheet_amount(h, norm);
  else rcpi_sheet_esc(h, norm);
}

static void put_span(rcpi_sheet *h, const char *name, const rcpi_value_at *value) {
  rcp_str text = h->d->story.tellings[value->telling].article->text;
  rcpi_sheet_putf(h, " data-%s=%u-%u", name, rcpi_sheet_unit(text, value->at.beg), rcpi_sheet_unit(text, value->at.end));
}

static bool is_among(const uint32_t *tellings, size_t n, uint32_t telling) {
  for (size_t i = 0; i < n; i++)
    if (tellings[i] == telling) return true;
  return false;
}

/* The first reading's article beside that of each other one, both opened at the value. */
static void put_beside(rcpi_sheet *h, const rcpi_difference *x, const rcpi_reading *readings, size_t n) {
  const rcpi_value_at *a = &x->values[readings[0].values[0]];
  uint32_t met[MOST_BESIDE + 1] = {a->telling};
  size_t n_met = 1;
  bool is_open = false;
  for (size_t i = 1; i < n && n_met <= MOST_BESIDE; i++) {
    const rcpi_value_at *b = NULL;
    for (size_t k = 0; k < readings[i].n_values && !b; k++)
      if (!is_among(met, n_met, x->values[readings[i].values[k]].telling)) b = &x->values[readings[i].values[k]];
    if (!b) continue;
    met[n_met++] = b->telling;
    uint32_t left = h->view.number[a->telling], right = h->view.number[b->telling];
    rcpi_sheet_put(h, is_open ? " " : "<p class=\"js beside\" hidden>");
    rcpi_sheet_putf(h, "<a class=button href=#pair data-a=%u data-b=%u", left, right);
    put_span(h, "left", a);
    put_span(h, "right", b);
    rcpi_sheet_put(h, ">");
    rcpi_sheet_say(h, "side_by_side");
    rcpi_sheet_putf(h, " <b>%u</b> ⇄ <b>%u</b></a>", left, right);
    is_open = true;
  }
  if (is_open) rcpi_sheet_put(h, "</p>");
}

void rcpi_sheet_readings(rcpi_sheet *h, uint32_t claim, const rcpi_difference *x) {
  rcpi_reading *readings;
  size_t n = rcpi_view_readings(h->a, &h->view, x, &readings);
  rcpi_sheet_put(h, "<div class=readings>");
  for (size_t i = 0; i < n; i++) {
    uint32_t tellings[MOST_CHIPS];
    size_t n_tellings = 0;
    for (size_t k = 0; k < readings[i].n_values && n_tellings < MOST_CHIPS; k++) {
      uint32_t telling = x->values[readings[i].values[k]].telling;
      if (!n_tellings || tellings[n_tellings - 1] != telling) tellings[n_tellings++] = telling;
    }
    rcpi_sheet_put(h, "<div class=reading><p class=norm>");
    put_norm(h, x, readings[i].norm);
    rcpi_sheet_put(h, "</p>");
    rcpi_sheet_chips(h, tellings, n_tellings);
    put_contexts(h, claim, x, &readings[i]);
    rcpi_sheet_put(h, "</div>");
  }
  rcpi_sheet_put(h, "</div>");
  if (n > 1) put_beside(h, x, readings, n);
  rcpi_sheet_put(h, "\n");
}

/* A claim, and all that the accounts have against each other on it: conflicts [beg, end) of the view. */
static void put_conflicts_of(rcpi_sheet *h, size_t beg, size_t end) {
  uint32_t claim = h->view.conflicts[beg].claim, rank = h->view.rank[claim] + 1;
  const rcpi_claim *c = &h->d->story.claims[claim];
  const rcpi_appearance *gist = rcpi_view_gist(&h->view, claim);
  rcpi_sheet_putf(h, "<article class=conflict><h3><a href=#d%u", rank);
  rcpi_sheet_lang(h, gist->telling);
  rcpi_sheet_putf(h, "><span class=rk>%u</span> ", rank);
  rcpi_sheet_esc_cut(h, rcpi_view_words(&h->view, gist->telling, rcpi_view_span(&h->view, gist)), 140);
  rcpi_sheet_put(h, "</a></h3>\n");
  for (size_t i = beg; i < end; i++) {
    const rcpi_difference *x = &c->differences[h->view.conflicts[i].difference];
    rcpi_sheet_putf(h, "<div class=against id=x%zu><h4><span class=kind>", i + 1);
    rcpi_sheet_say(h, difference_keys[x->kind]);
    rcpi_sheet_put(h, "</span></h4>");
    rcpi_sheet_readings(h, claim, x);
    rcpi_sheet_put(h, "</div>");
  }
  rcpi_sheet_put(h, "</article>\n");
}

void rcpi_sheet_conflicts(rcpi_sheet *h) {
  const rcpi_view *v = &h->view;
  bool is_folded = false;
  rcpi_sheet_open_section(h, "conflicts", "title_conflicts");
  if (!v->n_conflicts) {
    rcpi_sheet_put(h, "<p class=none>");
    rcpi_sheet_say(h, "no_conflicts");
    rcpi_sheet_put(h, "</p>");
  }
  for (size_t i = 0, end; i < v->n_conflicts; i = end) {
    for (end = i; end < v->n_conflicts && v->conflicts[end].claim == v->conflicts[i].claim;) end++;
    if (!is_folded && i && end > SHORT_CONFLICTS) {
      rcpi_sheet_put(h, "<details class=more><summary>");
      rcpi_sheet_say_count(h, "more_conflicts", v->n_conflicts - i);
      rcpi_sheet_put(h, "</summary>\n");
      is_folded = true;
    }
    put_conflicts_of(h, i, end);
  }
  if (is_folded) rcpi_sheet_put(h, "</details>");
  rcpi_sheet_close_section(h);
}

static void put_cue(rcpi_sheet *h, rcp_str cue) {
  rcpi_sheet_put(h, "<em>");
  rcpi_sheet_esc(h, cue);
  rcpi_sheet_put(h, "</em>");
}

/* "la préfecture a annoncé", "selon la préfecture": as the article has them; outermost first. */
void rcpi_sheet_attribution(rcpi_sheet *h, const rcpi_appearance *app) {
  bool is_first = true;
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    const rcpi_frame *f = &h->d->story.tellings[app->telling].marks.frames[app->said.frames[k]];
    uint32_t origin = rcpi_view_origin(&h->view, app, k);
    rcp_str resolved, name = rcpi_view_source(&h->view, app, k, &resolved), cue = {"", 0};
    if (!name.n) continue;
    if (rcpi_tokens_any(f->cue)) cue = rcpi_view_words(&h->view, app->telling, rcpi_view_tokens(&h->view, app->telling, f->cue));
    bool is_before = cue.n && cue.p < name.p;
    rcpi_sheet_put(h, is_first ? " <span class=by>" : " ← ");
    if (is_before) put_cue(h, cue), rcpi_sheet_put(h, " ");
    rcpi_sheet_put(h, origin != UINT32_MAX ? "" : "<bdi>");
    if (origin != UINT32_MAX) rcpi_sheet_putf(h, "<a href=#o%u>", origin + 1);
    rcpi_sheet_esc(h, resolved.n ? resolved : name);   /* "-t-elle" is nobody by itself */
    rcpi_sheet_put(h, origin != UINT32_MAX ? "</a>" : "</bdi>");
    if (cue.n && !is_before) rcpi_sheet_put(h, " "), put_cue(h, cue);
    is_first = false;
  }
  if (!is_first) rcpi_sheet_put(h, "</span>");
}

/* The words once; behind them, for each mode and speaker, the articles that have them so. */
static void put_wording(rcpi_sheet *h, uint32_t claim, const rcpi_wording *w) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  const rcpi_appearance *first = &c->appearances[w->appearances[0]];
  rcpi_sheet_put(h, "<li>");
  rcpi_sheet_quote(h, first->telling, rcpi_view_span(&h->view, first), (rcpi_span){0, 0});
  for (size_t i = 0, end; i < w->n; i = end) {
    const rcpi_appearance *app = &c->appearances[w->appearances[i]];
    rcpi_sheet_put(h, "<div>");
    rcpi_sheet_mark(h, app->said.mode, 0);
    for (end = i; end < w->n; end++) {
      const rcpi_appearance *next = &c->appearances[w->appearances[end]];
      if (next->said.mode != app->said.mode || !rcpi_eq(rcpi_view_speaker(&h->view, next), rcpi_view_speaker(&h->view, app))) break;
      rcpi_sheet_putf(h, "<a class=n href=#p%u>%u</a>", h->anchor[claim] + w->appearances[end], h->view.number[next->telling]);
    }
    rcpi_sheet_attribution(h, app);
    rcpi_sheet_put(h, "</div>");
  }
}

static void put_support(rcpi_sheet *h, const rcpi_support *s) {
  const uint32_t counts[] = {s->articles, s->texts, s->channels, s->independent};
  rcp_str args[4];
  char digits[4][12];
  for (size_t i = 0; i < 4; i++) {
    snprintf(digits[i], sizeof digits[i], "%u", counts[i]);
    args[i] = rcpi_cstr(digits[i]);
  }
  rcpi_sheet_put(h, "<p class=support>");
  rcpi_sheet_say_with(h, "support_line", args, 4);
  for (size_t i = 0; i < s->n_origins; i++) {
    rcpi_sheet_putf(h, "%s<a href=#o%u><bdi>", i ? ", " : " : ", s->origins[i] + 1);
    rcpi_sheet_esc(h, h->d->story.origins[s->origins[i]].name);
    rcpi_sheet_put(h, "</bdi></a>");
  }
  rcpi_sheet_put(h, "</p>");
  if (!s->why.n) return;
  rcpi_sheet_put(h, "<p class=why>");
  rcpi_sheet_reason(h, s->why, s->why_other);
  rcpi_sheet_put(h, "</p>");
}

static void put_claim(rcpi_sheet *h, uint32_t claim) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  const rcpi_appearance *gist = rcpi_view_gist(&h->view, claim);
  rcpi_wording *wordings;
  uint32_t rank = h->view.rank[claim] + 1;
  rcpi_mark here = rcpi_arena_mark(h->a);
  size_t n = rcpi_view_wordings(h->a, &h->view, c, &wordings);
  rcpi_sheet_put(h, "<details class=card><summary");
  rcpi_sheet_lang(h, gist->telling);
  rcpi_sheet_putf(h, "><span class=rk>%u</span> ", rank);
  rcpi_sheet_esc_cut(h, rcpi_view_words(&h->view, gist->telling, rcpi_view_span(&h->view, gist)), 160);
  rcpi_sheet_putf(h, "</summary><div id=d%u data-id=", rank);
  rcpi_sheet_esc(h, h->d->claim_ids[claim]);
  rcpi_sheet_put(h, ">");
  put_support(h, &c->support);
  rcpi_sheet_put(h, "<ul class=wordings>");
  for (size_t i = 0; i < n; i++) put_wording(h, claim, &wordings[i]);
  rcpi_sheet_put(h, "</ul>");
  for (size_t i = 0; i < c->n_differences; i++) {
    const rcpi_difference *x = &c->differences[i];
    if (x->is_conflict) continue;   /* those stand in their own section */
    rcpi_sheet_put(h, "<h4><span class=\"kind mild\">");
    rcpi_sheet_say(h, difference_keys[x->kind]);
    rcpi_sheet_put(h, "</span></h4>");
    rcpi_sheet_readings(h, claim, x);
  }
  for (size_t i = 0; i < h->view.n_conflicts; i++) {
    if (h->view.conflicts[i].claim != claim) continue;
    rcpi_sheet_putf(h, "<p><a href=#x%zu><span class=kind>≠ ", i + 1);
    rcpi_sheet_say(h, difference_keys[c->differences[h->view.conflicts[i].difference].kind]);
    rcpi_sheet_put(h, "</span></a></p>");
  }
  rcpi_sheet_put(h, "</div></details>\n");
  rcpi_arena_rewind(h->a, here);
}

/* Claims of several articles; what one article alone tells stands in full in the table already. */
void rcpi_sheet_claims(rcpi_sheet *h) {
  size_t n = 0;
  if (!h->view.n_shared) return;
  rcpi_sheet_open_section(h, "details", "title_details");
  for (size_t i = 0; i < h->d->story.n_claims; i++) {
    if (h->d->story.claims[h->view.claims[i]].support.articles < 2) continue;
    if (n % CARDS_A_BLOCK == 0) rcpi_sheet_put(h, n ? "</div><div class=block>\n" : "<div class=block>\n");
    put_claim(h, h->view.claims[i]);
    n++;
  }
  rcpi_sheet_put(h, "</div>");
  rcpi_sheet_close_section(h);
}

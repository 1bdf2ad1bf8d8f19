/*
 * The dossier for a terminal: the line that matters, then claims, conflicts, families of texts, origins, diagnostics.
 *
 * Without colour nothing is lost: colour only repeats what words and stars say. What is long is cut at a count that a
 * screen or two hold, and the line that says so names the option that shows all (RCP_FORMAT_TEXT with `all`).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/error.h"
#include "dossier/text_int.h"

enum { DEFAULT_WIDTH = 100, SHORT_ARTICLES = 12, SHORT_ORIGINS = 8, SHORT_ROWS = 24, SHORT_NAMES = 8 };

void rcpi_texter_say(rcpi_texter *t, const char *key, const rcp_str *args, size_t n_args) {
  rcpi_message_put(&t->view.words, &t->page.line, key, args, n_args);
}

void rcpi_texter_count(rcpi_texter *t, const char *key, uint64_t n) {
  rcpi_message_count(&t->view.words, &t->page.line, key, n);
}

void rcpi_texter_date(rcpi_texter *t, rcp_str iso) {
  rcpi_buf date;
  rcpi_buf_init(&date);
  rcpi_message_date(&t->view.words, &date, iso);
  rcpi_page_text(&t->page, rcpi_buf_str(&date));
  rcpi_buf_end(&date, t->page.out);
}

void rcpi_texter_title(rcpi_texter *t, const char *key) {
  rcpi_page_flush(&t->page, 0, 0);
  rcpi_page_style(&t->page, RCPI_HEAD);
  rcpi_texter_say(t, key, NULL, 0);
  rcpi_page_style(&t->page, RCPI_PLAIN);
  rcpi_page_flush(&t->page, 0, 0);
}

void rcpi_texter_quote(rcpi_texter *t, rcp_str words) {
  rcpi_texter_say(t, "quote_open", NULL, 0);
  rcpi_page_text(&t->page, words);
  rcpi_texter_say(t, "quote_close", NULL, 0);
}

void rcpi_texter_support(rcpi_texter *t, uint32_t articles, uint32_t texts, uint32_t channels, uint32_t independent) {
  rcpi_texter_count(t, "n_articles", articles);
  rcpi_page_adds(&t->page, ", ");
  rcpi_texter_count(t, "n_texts", texts);
  rcpi_page_adds(&t->page, ", ");
  rcpi_texter_count(t, "n_channels", channels);
  rcpi_page_adds(&t->page, ", ");
  rcpi_texter_count(t, "n_independent", independent);
}

void rcpi_texter_numbers(rcpi_texter *t, const uint32_t *tellings, size_t n) {
  for (size_t i = 0; i < n; i++) rcpi_buf_printf(&t->page.line, "%s%u", i ? " " : "", t->view.number[tellings[i]]);
}

/* How many of n are shown, and the line that says what is left out. */
static size_t shown(const rcpi_texter *t, size_t n, size_t most) {
  return t->options->all || n <= most ? n : most;
}

static void say_rest(rcpi_texter *t, const char *key, size_t n) {
  if (!n) return;
  rcpi_page_style(&t->page, RCPI_DIM);
  rcpi_texter_count(t, key, n);
  rcpi_page_adds(&t->page, " (--all)");
  rcpi_page_style(&t->page, RCPI_PLAIN);
  rcpi_page_flush(&t->page, 4, 4);
}

static void put_headline(rcpi_texter *t) {
  const rcp_dossier *d = t->view.d;
  const rcpi_story *s = &d->story;
  if (!s->n_tellings) {
    rcpi_texter_say(t, "no_article", NULL, 0);
    rcpi_page_flush(&t->page, 0, 0);
    return;
  }
  uint32_t independent = d->lead == UINT32_MAX ? 0 : s->claims[d->lead].support.independent;
  rcpi_page_style(&t->page, RCPI_STRONG);
  rcpi_texter_support(t, (uint32_t)s->n_tellings, s->texts, s->channels, independent);
  rcpi_page_style(&t->page, RCPI_PLAIN);
  rcpi_page_flush(&t->page, 0, 2);
  if (d->lead == UINT32_MAX) rcpi_texter_say(t, "no_claim", NULL, 0);
  else if (s->n_tellings == 1) rcpi_texter_say(t, "one_article", NULL, 0);
  else if (!t->view.n_shared) rcpi_texter_say(t, "no_common_claim", NULL, 0);
  else {
    const rcpi_appearance *gist = rcpi_view_gist(&t->view, d->lead);
    rcpi_texter_say(t, "lead_claim", NULL, 0);
    rcpi_texter_quote(t, rcpi_view_words(&t->view, gist->telling, rcpi_view_span(&t->view, gist)));
  }
  rcpi_page_flush(&t->page, 0, 2);
}

typedef struct widths { unsigned label, date; } widths;

static void put_article(rcpi_texter *t, uint32_t telling, widths wide) {
  const rcp_article *article = t->view.d->story.tellings[telling].article;
  rcpi_page *p = &t->page;
  unsigned label_column = 5, date_column = label_column + wide.label + 2, title_column = date_column + wide.date + 2;
  rcpi_buf_printf(&p->line, "%3u  ", t->view.number[telling]);
  rcpi_page_cut(p, rcpi_view_label(&t->view, telling), wide.label);
  rcpi_page_tab(p, date_column);
  rcpi_page_style(p, RCPI_DIM);
  if (article->published.p) rcpi_texter_date(t, article->published);
  else rcpi_texter_say(t, "undated", NULL, 0);
  rcpi_page_style(p, RCPI_PLAIN);
  if (article->title.p && p->width > title_column + 16) {
    rcpi_page_tab(p, title_column);
    rcpi_page_cut(p, article->title, p->width - title_column);
  }
  rcpi_page_flush(p, 0, label_column);
}

static widths widest(const rcpi_texter *t, size_t n_shown) {
  widths wide = {8, 8};
  rcpi_buf date;
  rcpi_buf_init(&date);
  for (size_t i = 0; i < n_shown; i++) {
    rcp_str published = t->view.d->story.tellings[t->view.order[i]].article->published;
    rcpi_buf_clear(&date);
    if (published.n) rcpi_message_date(&t->view.words, &date, published);
    else rcpi_buf_add(&date, rcpi_message(&t->view.words, "undated"));
    unsigned label = rcpi_page_columns(rcpi_view_label(&t->view, t->view.order[i])), day = rcpi_page_columns(rcpi_buf_str(&date));
    if (label > wide.label) wide.label = label;
    if (day > wide.date) wide.date = day;
  }
  rcpi_buf_end(&date, t->page.out);
  if (wide.label > t->page.width / 4) wide.label = t->page.width / 4;
  return wide;
}

static void put_articles(rcpi_texter *t) {
  size_t n = t->view.d->story.n_tellings, n_shown = shown(t, n, SHORT_ARTICLES);
  widths wide = widest(t, n_shown);
  if (!n) return;
  rcpi_page_flush(&t->page, 0, 0);
  for (size_t i = 0; i < n_shown; i++) put_article(t, t->view.order[i], wide);
  say_rest(t, "more_articles", n - n_shown);
}

/* "├─ " and what stands above it, for a row of the families. */
static void put_branch(rcpi_texter *t, const rcpi_families *f, size_t row) {
  uint32_t above[64], n = 0;
  for (uint32_t r = (uint32_t)row; r != RCPI_NO_ROW && f->rows[r].parent != RCPI_NO_ROW && n < 64; r = f->rows[r].parent) above[n++] = r;
  for (uint32_t i = n; i-- > 0;) {
    bool has_next = false;
    for (size_t r = above[i] + 1; r < f->n_rows && f->rows[r].depth >= f->rows[above[i]].depth; r++)
      has_next |= f->rows[r].parent == f->rows[above[i]].parent;
    rcpi_page_adds(&t->page, i ? (has_next ? "│  " : "   ") : has_next ? "├─ " : "└─ ");
  }
}

static void say_percent(rcpi_texter *t, double shared) {
  rcp_str share = rcpi_printf(t->a, "%d", (int)(shared * 100 + 0.5));
  rcpi_texter_say(t, "share_of_text", &share, 1);
}

/* "copy, 97 % of the shorter text: evidence" */
static void put_link(rcpi_texter *t, const rcpi_derivation *x) {
  static const char *const kinds[] = {"kind_copy", "kind_rewrite", "kind_translation", "kind_partial"};
  rcpi_texter_say(t, kinds[x->kind], NULL, 0);
  if (x->shared > 0) rcpi_page_adds(&t->page, ", "), say_percent(t, x->shared);
  if (x->direction == RCPI_UNKNOWN) rcpi_page_adds(&t->page, ", "), rcpi_texter_say(t, "direction_unknown", NULL, 0);
  if (!x->evidence.n) return;
  rcpi_page_style(&t->page, RCPI_DIM);
  rcpi_buf_printf(&t->page.line, "; a = %u, b = %u: ", t->view.number[x->a], t->view.number[x->b]);
  rcpi_page_text(&t->page, x->evidence);
  rcpi_page_style(&t->page, RCPI_PLAIN);
}

static void put_row(rcpi_texter *t, const rcpi_families *f, size_t i) {
  const rcpi_family_row *row = &f->rows[i];
  put_branch(t, f, i);
  if (row->telling == RCPI_NO_ROW) {
    rcpi_texter_say(t, "absent_text", NULL, 0);
  } else {
    rcpi_buf_printf(&t->page.line, "%u ", t->view.number[row->telling]);
    rcpi_page_text(&t->page, rcpi_view_label(&t->view, row->telling));
  }
  if (row->link != RCPI_NO_ROW) {
    rcpi_page_adds(&t->page, "  ");
    put_link(t, &t->view.d->story.derivations[row->link]);
  }
  rcpi_page_flush(&t->page, 2, 2 + 3 * (row->depth < 10 ? row->depth : 10) + 4);
}

static void put_also(rcpi_texter *t, const rcpi_derivation *x) {
  bool a_from_b = x->direction == RCPI_A_FROM_B;
  rcp_str child = rcpi_printf(t->a, "%u", t->view.number[a_from_b ? x->a : x->b]);
  rcp_str parent = rcpi_printf(t->a, "%u", t->view.number[a_from_b ? x->b : x->a]);
  bool has_direction = a_from_b || x->direction == RCPI_B_FROM_A;
  rcpi_texter_say(t, has_direction ? "also_from" : "also_shares", (rcp_str[]){child, parent}, 2);
  rcpi_page_adds(&t->page, "  ");
  put_link(t, x);
  rcpi_page_flush(&t->page, 2, 6);
}

static void put_families(rcpi_texter *t) {
  rcpi_families f;
  if (t->view.d->story.n_tellings < 2) return;
  rcpi_families_init(t->a, &t->view, &f);
  rcpi_texter_title(t, "title_copies");
  if (!t->view.d->story.n_derivations) {
    rcpi_texter_say(t, "no_copy", NULL, 0);
    rcpi_page_flush(&t->page, 2, 2);
    return;
  }
  size_t n = shown(t, f.n_rows, SHORT_ROWS), n_also = shown(t, f.n_also, SHORT_ROWS);
  for (size_t i = 0; i < n; i++) put_row(t, &f, i);
  say_rest(t, "more_articles", f.n_rows - n);
  for (size_t i = 0; i < n_also; i++) put_also(t, &t->view.d->story.derivations[f.also[i]]);
  say_rest(t, "more_links", f.n_also - n_also);
}

static void put_origins(rcpi_texter *t) {
  static const char *const kinds[] = {"origin_agency", "origin_medium", "origin_official", "origin_organisation",
                                      "origin_person", "origin_anonymous", "origin_other"};
  const rcpi_story *s = &t->view.d->story;
  if (!s->n_origins) return;
  rcpi_reliance *r = rcpi_view_reliances(t->a, &t->view);
  uint32_t *order = rcpi_view_origin_order(t->a, &t->view, r);
  size_t n = shown(t, s->n_origins, SHORT_ORIGINS);
  rcpi_texter_title(t, "title_origins");
  for (size_t i = 0; i < n; i++) {
    const rcpi_reliance *x = &r[order[i]];
    rcpi_page_text(&t->page, s->origins[order[i]].name);
    rcpi_page_style(&t->page, RCPI_DIM);
    rcpi_page_adds(&t->page, " (");
    rcpi_texter_say(t, kinds[s->origins[order[i]].kind], NULL, 0);
    rcpi_page_adds(&t->page, ")");
    rcpi_page_style(&t->page, RCPI_PLAIN);
    rcpi_page_adds(&t->page, "  ");
    rcpi_texter_count(t, "n_claims", x->n_claims);
    if (x->n_tellings) {
      rcpi_page_adds(&t->page, ", ");
      rcpi_texter_say(t, "articles_are", NULL, 0);
      rcpi_page_adds(&t->page, " ");
      rcpi_texter_numbers(t, x->tellings, x->n_tellings);
    }
    rcpi_page_flush(&t->page, 2, 6);
  }
  say_rest(t, "more_origins", s->n_origins - n);
}

static void put_diagnostics(rcpi_texter *t) {
  rcp_diagnostic x;
  for (size_t i = 0; rcpi_dossier_diagnostic(t->view.d, i, &x); i++) {
    if (i == 0) rcpi_texter_title(t, "title_diagnostics");
    rcpi_page_text(&t->page, x.source);
    rcpi_page_adds(&t->page, ": ");
    rcpi_page_text(&t->page, x.message);
    rcpi_page_flush(&t->page, 2, 6);
  }
}

/* By rank number, id, or the beginning of one id only; UINT32_MAX: none. */
static uint32_t claim_named(const rcpi_view *v, rcp_str name) {
  const rcp_dossier *d = v->d;
  uint32_t found = UINT32_MAX, n = 0, rank;
  if (rcpi_parse_u32(name, &rank)) return rank >= 1 && rank <= d->story.n_claims ? v->claims[rank - 1] : UINT32_MAX;
  for (uint32_t i = 0; name.n && i < d->story.n_claims; i++) {
    if (rcpi_eq(d->claim_ids[i], name)) return i;
    if (rcpi_starts(d->claim_ids[i], name)) found = i, n++;
  }
  return n == 1 ? found : UINT32_MAX;
}

static rcp_status write_text(rcpi_texter *t, rcp_error *error) {
  const char *explain = t->options->explain;
  if (explain) {
    uint32_t claim = claim_named(&t->view, rcpi_cstr(explain));
    if (claim == UINT32_MAX)
      return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "no claim %.80s here: give the number or id that the dossier shows", explain);
    rcpi_text_explain(t, claim);
    return RCP_OK;
  }
  put_headline(t);
  put_articles(t);
  rcpi_text_claims(t);
  rcpi_text_conflicts(t);
  put_families(t);
  put_origins(t);
  put_diagnostics(t);
  return RCP_OK;
}

rcp_status rcpi_dossier_text(const rcp_dossier *d, const rcp_write_options *options, rcpi_buf *out, rcp_error *error) {
  rcpi_arena a;
  rcpi_texter t = {.a = &a, .options = options};
  volatile rcp_status status = RCP_ENOMEM;
  rcpi_arena_init(&a);
  rcpi_page_init(&t.page, out, options->width ? options->width : DEFAULT_WIDTH, options->color);
  RCPI_GUARD(&a) {
    rcpi_view_init(&a, d, &t.view);
    if (options->locale) rcpi_view_speak(&a, &t.view, options->locale);
    status = write_text(&t, error);
  }
  if (status == RCP_ENOMEM) out->failed = true;
  rcpi_page_release(&t.page);
  rcpi_arena_release(&a);
  return status;
}

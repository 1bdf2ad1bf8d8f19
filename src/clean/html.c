/*
 * The tree of a page is much larger than what is kept of it, so it is built in an arena of its own that goes before the
 * article is handed on.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html.h"

#include "clean/html_choose.h"
#include "clean/html_meta.h"

static void release(void *arena) {
  rcpi_arena_release(arena);
}

static void keep(rcp_article *article, rcp_str *field, rcp_str value) {
  if (!field->p && value.n) *field = rcpi_dup(value, &article->arena);
}

/* Where the page shows its title, up to marks and accents; the own text leaves it out. */
static void place_title(rcp_article *article, const rcpi_html_tree *t, const rcpi_html_features *f) {
  for (size_t i = 0; i < f->n && article->title.n; i++) {
    const uint8_t *x = f->rows + i * RCPI_N_FEATURES;
    const rcpi_block *b = &t->blocks.p[i];
    if (!x[RCPI_F_IS_TITLE] || x[RCPI_F_TITLE_WORDS] < 100 || b->end - b->beg > article->title.n + 12) continue;
    article->title_at = (rcpi_span){b->beg, b->end};
  }
}

/* Lines that are furniture of one kind and follow one another are one span. */
static void mark_furniture(rcp_article *article, const rcpi_html_tree *t, const rcpi_html_choice *choice) {
  RCPI_VEC(rcpi_furniture) furniture = {0};
  for (size_t i = 0; i < t->blocks.n; i++) {
    const rcpi_block *b = &t->blocks.p[i];
    if (choice->is_own[i] || rcpi_overlaps((rcpi_span){b->beg, b->end}, article->title_at)) continue;
    rcpi_furniture *last = furniture.n ? &furniture.p[furniture.n - 1] : NULL;
    if (last && last->kind == choice->kind[i] && last->at.end + 1 == b->beg) last->at.end = b->end;
    else rcpi_push(&article->arena, &furniture, (rcpi_furniture){{b->beg, b->end}, choice->kind[i]});
  }
  article->furniture = furniture.p;
  article->n_furniture = furniture.n;
}

static void read(const rcpi_cleaner *cleaner, rcp_article *article, const rcpi_html_tree *t, rcpi_arena *scratch) {
  rcpi_html_head head;
  rcpi_html_choice choice;
  rcpi_html_features features;
  rcpi_lines lines;
  rcpi_lines_of(scratch, cleaner->words, t->text, &lines);
  rcpi_html_head_read(scratch, cleaner, t, &lines, article->url, &head);
  keep(article, &article->title, head.title);
  keep(article, &article->byline, head.byline);
  keep(article, &article->publisher, head.publisher);
  keep(article, &article->published, head.published);
  keep(article, &article->url, head.url);
  keep(article, &article->language, head.language);
  rcpi_html_features_of(scratch, cleaner, t, &lines, article->title, &features);
  rcpi_html_choose(scratch, t, &features, &choice);
  article->text = rcpi_dup(t->text, &article->arena);
  place_title(article, t, &features);
  article->confidence = choice.confidence;
  article->step = choice.step;
  mark_furniture(article, t, &choice);
}

bool rcpi_clean_html(const rcpi_cleaner *cleaner, rcp_article *article, const char **why) {
  rcpi_arena *scratch = rcpi_new(&article->arena, rcpi_arena);
  rcpi_arena_init(scratch);
  scratch->is_brief = true;
  rcpi_defer(&article->arena, release, scratch);
  scratch->guard = article->arena.guard;
  rcpi_html_tree *t = rcpi_new(scratch, rcpi_html_tree);
  rcpi_html_tree_read(scratch, cleaner->markup_words, article->html, t);
  *why = t->refusal;
  if (!t->refusal) {
    read(cleaner, article, t, scratch);
    if (article->language.p) article->lang = rcpi_lang_by_tag(cleaner->langs, article->language);
    else if ((article->lang = rcpi_lang_detect(cleaner->langs, article->text))) article->language = article->lang->tag;
  }
  rcpi_arena_release(scratch);
  return !*why;
}

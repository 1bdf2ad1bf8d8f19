/* Origins and who relies on them; names and their spellings. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/unicode.h"
#include "dossier/html_int.h"

static const char *const origin_keys[] = {"origin_agency", "origin_medium", "origin_official", "origin_organisation",
                                          "origin_person", "origin_anonymous", "origin_other"};
static const char *const name_keys[] = {"name_person", "name_org", "name_place", "name_product", "name_media", "name_event",
                                        "name_other"};

enum { MOST_ARTICLES = 40, MOST_CLAIMS = 40, SHORT_ORIGINS = 30 };

static void put_origin(rcpi_sheet *h, uint32_t origin) {
  const rcpi_reliance *r = &h->reliances[origin];
  rcpi_sheet_putf(h, "<tr id=o%u><th scope=row><bdi>", origin + 1);
  rcpi_sheet_esc(h, h->d->story.origins[origin].name);
  rcpi_sheet_put(h, "</bdi></th><td>");
  rcpi_sheet_say(h, origin_keys[h->d->story.origins[origin].kind]);
  rcpi_sheet_put(h, "</td><td>");
  rcpi_sheet_chips(h, r->tellings, r->n_tellings > MOST_ARTICLES ? MOST_ARTICLES : r->n_tellings);
  if (r->n_tellings > MOST_ARTICLES) rcpi_sheet_putf(h, " … (%zu)", r->n_tellings);
  rcpi_sheet_put(h, "</td><td>");
  for (size_t i = 0; i < r->n_claims && i < MOST_CLAIMS; i++)
    rcpi_sheet_putf(h, "<a class=rk href=#d%u>%u</a> ", h->view.rank[r->claims[i]] + 1, h->view.rank[r->claims[i]] + 1);
  if (r->n_claims > MOST_CLAIMS) rcpi_sheet_putf(h, "… (%zu)", r->n_claims);
  rcpi_sheet_put(h, "</td></tr>\n");
}

static void put_origin_table(rcpi_sheet *h, const uint32_t *order, size_t beg, size_t end) {
  static const char *const heads[] = {"origin", "kind", "articles_relying", "claims_resting"};
  rcpi_sheet_put(h, "<div class=\"scroll block\" tabindex=0 role=region");
  rcpi_sheet_label(h, "title_origins");
  rcpi_sheet_put(h, "><table class=plain><thead><tr>");
  for (size_t i = 0; i < 4; i++) rcpi_sheet_put(h, "<th scope=col>"), rcpi_sheet_say(h, heads[i]), rcpi_sheet_put(h, "</th>");
  rcpi_sheet_put(h, "</tr></thead><tbody>\n");
  for (size_t i = beg; i < end; i++) put_origin(h, order[i]);
  rcpi_sheet_put(h, "</tbody></table></div>\n");
}

void rcpi_sheet_origins(rcpi_sheet *h) {
  size_t n = h->d->story.n_origins, n_first = n > SHORT_ORIGINS ? SHORT_ORIGINS : n;
  uint32_t *order = rcpi_view_origin_order(h->a, &h->view, h->reliances);
  if (!n) return;
  rcpi_sheet_open_section(h, "origins", "title_origins");
  put_origin_table(h, order, 0, n_first);
  if (n > n_first) {
    rcpi_sheet_put(h, "<details class=more><summary>");
    rcpi_sheet_say_count(h, "more_origins", n - n_first);
    rcpi_sheet_put(h, "</summary>");
    put_origin_table(h, order, n_first, n);
    rcpi_sheet_put(h, "</details>");
  }
  rcpi_sheet_close_section(h);
}

/* One spelling of a name, and where it stands. */
typedef struct spelling { rcp_str words; uint32_t *tellings; size_t n_tellings, n; } spelling;

static int by_frequency(const void *x, const void *y) {
  const spelling *a = x, *b = y;
  return a->n != b->n ? (a->n > b->n ? -1 : 1) : rcpi_cmp(a->words, b->words);
}

static size_t spellings_of(rcpi_sheet *h, const rcpi_name_group *g, spelling **out) {
  const rcpi_story *s = &h->d->story;
  spelling *all = rcpi_array(h->a, spelling, g->n);
  rcpi_map seen = {.n = 0};
  size_t n = 0;
  for (size_t place = 0; place < s->n_tellings; place++)
    for (uint32_t k = 0; k < g->n; k++) {
      rcpi_name_mention m = s->names.mentions[g->first + k];
      rcpi_tokens at = s->tellings[m.telling].marks.names[m.name].at;
      if (m.telling != h->view.order[place] || !rcpi_tokens_any(at)) continue;
      rcp_str words = rcpi_view_words(&h->view, m.telling, rcpi_view_tokens(&h->view, m.telling, at));
      bool is_new;
      uint32_t i = *rcpi_map_put(h->a, &seen, words, (uint32_t)n, &is_new);
      if (is_new) all[n++] = (spelling){words, rcpi_array(h->a, uint32_t, g->n), 0, 0};
      spelling *x = &all[i];
      x->n++;
      if (!x->n_tellings || x->tellings[x->n_tellings - 1] != m.telling) x->tellings[x->n_tellings++] = m.telling;
    }
  if (n) qsort(all, n, sizeof *all, by_frequency);
  *out = all;
  return n;
}

static void put_name(rcpi_sheet *h, const rcpi_name_group *g, const spelling *s, size_t n) {
  rcpi_sheet_put(h, "<tr><th scope=row><bdi>");
  rcpi_sheet_esc(h, g->canonical);
  rcpi_sheet_put(h, "</bdi></th><td>");
  rcpi_sheet_say(h, name_keys[g->type]);
  rcpi_sheet_put(h, "</td><td><ul class=spellings>");
  for (size_t i = 0; i < n; i++) {
    rcpi_sheet_put(h, "<li><bdi>");
    rcpi_sheet_esc(h, s[i].words);
    rcpi_sheet_putf(h, "</bdi> <small>×%zu</small> ", s[i].n);
    rcpi_sheet_chips(h, s[i].tellings, s[i].n_tellings);
    rcpi_sheet_put(h, "</li>");
  }
  rcpi_sheet_put(h, "</ul></td></tr>\n");
}

/* Names with several spellings, or those with one. */
static size_t put_names(rcpi_sheet *h, bool has_several) {
  const rcpi_name_groups *g = &h->d->story.names;
  static const char *const heads[] = {"name", "kind", "spellings"};
  size_t n_rows = 0;
  for (size_t i = 0; i < g->n_groups; i++) {
    spelling *s;
    rcpi_mark here = rcpi_arena_mark(h->a);
    size_t n = spellings_of(h, &g->groups[i], &s);
    if ((n > 1) == has_several && n) {
      if (n_rows++ == 0) {
        if (!has_several) rcpi_sheet_put(h, "<details class=more><summary>"), rcpi_sheet_say(h, "names_one_spelling"), rcpi_sheet_put(h, "</summary>");
        rcpi_sheet_put(h, "<div class=scroll tabindex=0 role=region");
        rcpi_sheet_label(h, "title_names");
        rcpi_sheet_put(h, "><table class=plain><thead><tr>");
        for (size_t k = 0; k < 3; k++) rcpi_sheet_put(h, "<th scope=col>"), rcpi_sheet_say(h, heads[k]), rcpi_sheet_put(h, "</th>");
        rcpi_sheet_put(h, "</tr></thead><tbody>\n");
      }
      put_name(h, &g->groups[i], s, n);
    }
    rcpi_arena_rewind(h->a, here);
  }
  if (n_rows) rcpi_sheet_put(h, has_several ? "</tbody></table></div>" : "</tbody></table></div></details>");
  return n_rows;
}

void rcpi_sheet_names(rcpi_sheet *h) {
  if (!h->d->story.names.n_groups) return;
  rcpi_sheet_open_section(h, "names", "title_names");
  if (!put_names(h, true)) {
    rcpi_sheet_put(h, "<p class=none>");
    rcpi_sheet_say(h, "names_all_one");
    rcpi_sheet_put(h, "</p>");
  }
  put_names(h, false);
  rcpi_sheet_close_section(h);
}

/*
 * The dossier as one self-contained page: no request leaves it, and it reads without script.
 *
 * What the page may do is nailed down by its own policy: no source but the one style and the one script whose hashes the
 * policy names, so that even a hole in the escaping would not run what an article says. The script only adds comfort:
 * finding, the other language, two articles side by side, folding out for print.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>

#include "base/error.h"
#include "base/json.h"
#include "base/unicode.h"
#include "dossier/html_int.h"

extern const rcp_str rcpi_asset_report_css, rcpi_asset_report_js;

enum { PASSAGE_ROOM = 1 << 20, MOST_JOINED = 20000, LARGE_ARTICLES = 24, LARGE_CLAIMS = 300 };

static void put_hash(rcpi_sheet *h, rcp_str bytes) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char hex[RCPI_SHA256_HEX + 1];
  uint8_t raw[33] = {0};
  rcpi_sha256_hex(bytes, hex);
  for (size_t i = 0; i < 64; i++) {
    unsigned v = hex[i] <= '9' ? (unsigned)(hex[i] - '0') : (unsigned)(hex[i] - 'a' + 10);
    raw[i / 2] |= (uint8_t)(i % 2 ? v : v << 4);
  }
  rcpi_sheet_put(h, "'sha256-");
  for (size_t i = 0; i < 33; i += 3) {
    unsigned v = (unsigned)raw[i] << 16 | (unsigned)raw[i + 1] << 8 | raw[i + 2];
    for (int shift = 18; shift >= 0; shift -= 6) rcpi_buf_addc(h->out, i == 30 && shift == 0 ? '=' : digits[v >> shift & 63]);
  }
  rcpi_sheet_put(h, "'");
}

/* What the story is called: the title of the article that came first. */
static rcp_str title_of(const rcpi_sheet *h, uint32_t telling) {
  const rcp_article *article = h->d->story.tellings[telling].article;
  return article->title.p ? article->title : article->source;
}

static rcp_str name_of(const rcpi_sheet *h) {
  return h->d->story.n_tellings ? title_of(h, h->view.order[0]) : (rcp_str){"", 0};
}

/* A CSS string: nothing in it can end it. */
static void put_style_word(rcpi_buf *out, const char *name, rcp_str s) {
  rcpi_buf_printf(out, "--%s:\"", name);
  for (size_t i = 0; i < s.n; i++)
    if (strchr("\"\\<>", s.p[i]) || (unsigned char)s.p[i] < 0x20) rcpi_buf_printf(out, "\\%x ", (unsigned char)s.p[i]);
    else rcpi_buf_addc(out, s.p[i]);
  rcpi_buf_adds(out, "\";");
}

/* Words that stand thousands of times, as variables of the style in each language: the page stays small. */
static void put_style_words(const rcpi_sheet *h, rcpi_buf *out) {
  static const char *const words[][2] = {{"a", "mode_asserted"}, {"q", "mode_quoted"}, {"r", "mode_reported"}, {"k", "mode_conditional"},
                                         {"no", "origins_short"}, {"na", "articles_short"}};
  const rcpi_langs *langs = &h->d->engine->langs;
  for (size_t i = 0; i < langs->n; i++) {
    rcpi_messages m;
    rcpi_messages_init(&m, langs, rcpi_printf(h->a, "%.*s", RCPI_P(langs->all[i].tag)).p);
    if (!rcpi_eq(m.tag, langs->all[i].tag)) continue;
    rcpi_buf_printf(out, ":root:lang(%.*s){", RCPI_P(m.tag));
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
      put_style_word(out, rcpi_printf(h->a, "w-%s", words[k][0]).p, rcpi_message(&m, words[k][1]));
    rcpi_buf_adds(out, "}\n");
  }
  /* tables of one story are cut into blocks whose columns must agree: their width is laid down */
  size_t tenths = 260 + h->d->story.n_tellings * (h->is_large ? 27 : 36);
  rcpi_buf_printf(out, ".wide{width:max(100%%,%zu.%zurem)}\n", tenths / 10, tenths % 10);
}

static void put_head(rcpi_sheet *h) {
  rcpi_buf style;
  rcpi_buf_init(&style);
  rcpi_buf_add(&style, rcpi_asset_report_css);
  put_style_words(h, &style);
  rcpi_sheet_put(h, "<!doctype html>\n<html lang=");
  rcpi_sheet_esc(h, h->view.words.tag);
  rcpi_sheet_put(h, ">\n<head><meta charset=utf-8>\n<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src ");
  put_hash(h, rcpi_buf_str(&style));
  rcpi_sheet_put(h, "; script-src ");
  put_hash(h, rcpi_asset_report_js);
  rcpi_sheet_put(h, h->options->served ? "; img-src data:; base-uri 'none'; form-action 'self'\">\n" : "; img-src data:; base-uri 'none'; form-action 'none'\">\n");
  rcpi_sheet_put(h, 
                   "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=referrer content=no-referrer>\n"
                   "<meta name=color-scheme content=\"light dark\">\n<meta name=generator content=\"recoupe ");
  rcpi_sheet_put(h, RCPI_VERSION);
  rcpi_sheet_put(h, "\">\n<title>");
  rcpi_sheet_esc(h, h->single == UINT32_MAX ? name_of(h) : title_of(h, h->single));
  rcpi_sheet_put(h, " · recoupe</title>\n<style>");
  rcpi_buf_add(h->out, rcpi_buf_str(&style));
  rcpi_sheet_put(h, "</style></head>\n");
  rcpi_buf_end(&style, h->out);
}

/* The other pages of the archive. */
static void put_home(rcpi_sheet *h) {
  static const char *const pages[][2] = {{"/", "page_stories"}, {"/search", "page_search"}};
  rcpi_sheet_put(h, "<p class=brand><a href=/>recoupe</a></p><ul class=pages>");
  for (size_t i = 0; i < 2; i++) {
    rcpi_sheet_putf(h, "<li><a href=%s>", pages[i][0]);
    rcpi_sheet_say(h, pages[i][1]);
    rcpi_sheet_put(h, "</a></li>");
  }
  rcpi_sheet_put(h, "</ul>");
}

/* A page that a server made is asked for again in the other language, gists included; it needs no script. */
static void put_languages(rcpi_sheet *h) {
  const rcpi_langs *langs = &h->d->engine->langs;
  rcpi_sheet_put(h, "<nav class=langs");
  rcpi_sheet_label(h, "language");
  rcpi_sheet_put(h, ">");
  for (size_t i = 0; i < langs->n; i++) {
    rcpi_messages words;
    rcpi_messages_init(&words, langs, rcpi_printf(h->a, "%.*s", RCPI_P(langs->all[i].tag)).p);
    if (!rcpi_eq(words.tag, langs->all[i].tag)) continue;
    bool is_this = rcpi_eq(words.tag, h->view.words.tag);
    rcpi_sheet_putf(h, "<a class=button lang=%.*s href=\"?lang=%.*s\"%s>", RCPI_P(words.tag), RCPI_P(words.tag), is_this ? " aria-current=true" : "");
    rcpi_sheet_esc(h, rcpi_message(&words, "language_name"));
    rcpi_sheet_put(h, "</a>");
  }
  rcpi_sheet_put(h, "</nav>");
}

static void put_top_of_single(rcpi_sheet *h) {
  rcpi_sheet_put(h, "<body>\n<a class=skip href=#text>");
  rcpi_sheet_say(h, "skip_to_text");
  rcpi_sheet_put(h, "</a>\n<header class=top>");
  put_home(h);
  put_languages(h);
  rcpi_sheet_put(h, "</header>\n");
}

static void put_nav(rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  const struct { const char *id, *key; bool is_there; } links[] = {
      {"conflicts", "nav_conflicts", s->n_tellings > 1}, {"claims", "nav_claims", true}, {"copies", "nav_copies", s->n_tellings > 1},
      {"time", "nav_time", s->n_tellings > 0}, {"origins", "nav_origins", s->n_origins > 0},
      {"names", "nav_names", s->names.n_groups > 0}, {"details", "nav_details", h->view.n_shared > 0},
      {"articles", "nav_articles", s->n_tellings > 0}};
  rcpi_sheet_put(h, h->is_large ? "<body class=large>\n" : "<body>\n");
  rcpi_sheet_put(h, "<a class=skip href=#claims>");
  rcpi_sheet_say(h, "skip");
  rcpi_sheet_put(h, "</a>\n<header class=top>");
  if (h->options->served) put_home(h);
  else rcpi_sheet_put(h, "<p class=brand>recoupe</p>");
  rcpi_sheet_put(h, "<nav");
  rcpi_sheet_label(h, "sections");
  rcpi_sheet_put(h, "><ul>");
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
    if (!links[i].is_there) continue;
    rcpi_sheet_putf(h, "<li><a href=#%s>", links[i].id);
    rcpi_sheet_say(h, links[i].key);
    rcpi_sheet_put(h, "</a></li>");
  }
  rcpi_sheet_put(h, "<li class=js hidden><a href=#pair>");
  rcpi_sheet_say(h, "side_by_side");
  rcpi_sheet_put(h, "</a></li></ul></nav>");
  if (h->options->served) {
    put_languages(h);
  } else {
    rcpi_sheet_put(h, "<div class=\"langs js\" hidden role=group");
    rcpi_sheet_label(h, "language");
    rcpi_sheet_put(h, "></div>");
  }
  rcpi_sheet_put(h, "</header>\n");
}

static void put_count(rcpi_sheet *h, uint32_t n, const char *key, const char *class) {
  rcpi_sheet_putf(h, "<span class=\"count %s\"><b>%u</b> <span data-w=%s data-1=%u data-unit>", class, n, key, n);
  /* the unit alone: the number stands above it */
  rcpi_buf words;
  rcpi_buf_init(&words);
  rcpi_message_count(&h->view.words, &words, key, n);
  rcp_str s = rcpi_buf_str(&words);
  size_t space = rcpi_find_char(s, ' ');
  rcpi_sheet_esc(h, space == RCPI_NONE ? s : rcpi_sub(s, space + 1, s.n));
  rcpi_buf_end(&words, h->out);
  rcpi_sheet_put(h, "</span></span>");
}

static void put_facts(rcpi_sheet *h) {
  rcpi_sheet_put(h, "<p class=facts><a href=#claims>");
  rcpi_sheet_say_count(h, "n_claims", h->d->story.n_claims);
  rcpi_sheet_put(h, "</a>");
  if (h->d->story.n_tellings > 1) {
    rcpi_sheet_put(h, " · <a href=#conflicts>");
    rcpi_sheet_say_count(h, "n_conflicts", h->view.n_conflicts);
    rcpi_sheet_put(h, "</a>");
  }
  if (h->d->story.n_origins) {
    rcpi_sheet_put(h, " · <a href=#origins>");
    rcpi_sheet_say_count(h, "n_named_origins", h->d->story.n_origins);
    rcpi_sheet_put(h, "</a>");
  }
  rcpi_sheet_put(h, "</p>\n");
}

/* What else a server has of this story. */
static void put_served_links(rcpi_sheet *h) {
  static const char *const forms[][2] = {{"json", "JSON"}, {"jsonld", "JSON-LD"}};
  rcpi_sheet_put(h, "<p class=\"facts served\">");
  for (size_t i = 0; i < 2; i++) {
    rcpi_sheet_put(h, "<a href=\"");
    rcpi_sheet_esc(h, rcpi_cstr(h->options->served));
    rcpi_sheet_putf(h, ".%s\">%s</a> · ", forms[i][0], forms[i][1]);
  }
  rcpi_sheet_put(h, "<a href=\"");
  rcpi_sheet_esc(h, rcpi_cstr(h->options->served));
  rcpi_sheet_put(h, "/correct\">");
  rcpi_sheet_say(h, "page_correct");
  rcpi_sheet_put(h, "</a></p>\n");
}

static void put_hero(rcpi_sheet *h) {
  const rcp_dossier *d = h->d;
  const rcpi_story *s = &d->story;
  rcpi_sheet_put(h, "<main>\n<section class=hero aria-labelledby=h-top><p class=story dir=auto");
  if (s->n_tellings) rcpi_sheet_lang(h, h->view.order[0]);
  rcpi_sheet_put(h, ">");
  rcpi_sheet_esc(h, name_of(h));
  rcpi_sheet_put(h, "</p>\n<h1 id=h-top>");
  if (!s->n_tellings) {
    rcpi_sheet_say(h, "no_article");
  } else {
    put_count(h, (uint32_t)s->n_tellings, "n_articles", "c1");
    put_count(h, s->texts, "n_texts", "c2");
    put_count(h, s->channels, "n_channels", "c3");
    put_count(h, d->lead == UINT32_MAX ? 0 : s->claims[d->lead].support.independent, "n_independent", "c4");
  }
  rcpi_sheet_put(h, "</h1>\n");
  if (d->lead != UINT32_MAX && h->view.n_shared) {
    const rcpi_appearance *gist = rcpi_view_gist(&h->view, d->lead);
    rcpi_sheet_put(h, "<p class=lead>");
    rcpi_sheet_say(h, "lead_claim");
    rcpi_sheet_putf(h, " <a href=#d%u>", h->view.rank[d->lead] + 1);
    rcpi_sheet_quote(h, gist->telling, rcpi_view_span(&h->view, gist), (rcpi_span){0, 0});
    rcpi_sheet_put(h, "</a> <span class=backed>");
    rcpi_sheet_say_count(h, "n_articles", s->claims[d->lead].support.articles);
    rcpi_sheet_put(h, ", ");
    rcpi_sheet_say_count(h, "n_independent", s->claims[d->lead].support.independent);
    rcpi_sheet_put(h, "</span></p>\n");
  }
  put_facts(h);
  if (h->options->served) put_served_links(h);
  rcpi_sheet_put(h, "<details class=gloss><summary>");
  rcpi_sheet_say(h, "gloss_title");
  rcpi_sheet_put(h, "</summary><dl>");
  static const char *const terms[] = {"texts", "channels", "origins", "modes"};
  for (size_t i = 0; i < 4; i++) {
    char key[32];
    snprintf(key, sizeof key, "gloss_%s", terms[i]);
    rcpi_sheet_put(h, "<dt>");
    snprintf(key, sizeof key, "term_%s", terms[i]);
    rcpi_sheet_say(h, key);
    rcpi_sheet_put(h, "</dt><dd>");
    snprintf(key, sizeof key, "gloss_%s", terms[i]);
    rcpi_sheet_say(h, key);
    rcpi_sheet_put(h, "</dd>");
  }
  rcpi_sheet_put(h, "</dl></details></section>\n");
}

static void put_diagnostics(rcpi_sheet *h) {
  rcp_diagnostic x;
  for (size_t i = 0; rcpi_dossier_diagnostic(h->d, i, &x); i++) {
    if (i == 0) rcpi_sheet_put(h, "<h3>"), rcpi_sheet_say(h, "title_diagnostics"), rcpi_sheet_put(h, "</h3><ul class=notes>");
    rcpi_sheet_put(h, "<li><b><bdi>");
    rcpi_sheet_esc(h, x.source);
    rcpi_sheet_put(h, "</bdi></b> ");
    rcpi_sheet_esc(h, x.message);
    rcpi_sheet_put(h, "</li>");
  }
  if (rcpi_dossier_diagnostic(h->d, 0, &x)) rcpi_sheet_put(h, "</ul>");
}

static void put_setting(rcpi_sheet *h, const char *name, rcp_str value) {
  rcpi_sheet_putf(h, "<dt>%s</dt><dd>", name);
  rcpi_sheet_esc(h, value.p ? value : RCPI_S("—"));
  rcpi_sheet_put(h, "</dd>");
}

static void put_about(rcpi_sheet *h) {
  const rcp_options *o = &h->d->engine->options;
  rcpi_sheet_open_section(h, "about", "title_about");
  put_diagnostics(h);
  rcpi_sheet_put(h, "<p>");
  rcpi_sheet_say(h, "about_note");
  rcpi_sheet_put(h, "</p><details><summary>");
  rcpi_sheet_say(h, "settings");
  rcpi_sheet_put(h, "</summary><dl class=settings>");
  put_setting(h, "recoupe", RCPI_S(RCPI_VERSION));
  put_setting(h, "published", rcpi_cstr(o->published));
  put_setting(h, "story_date", rcpi_cstr(o->story_date));
  put_setting(h, "language", rcpi_cstr(o->language));
  put_setting(h, "tables", rcpi_cstr(h->d->engine->langs.hash));
  put_setting(h, "icu", rcpi_cstr(rcpi_icu_version()));
  rcpi_sheet_put(h, "</dl><ul class=sums>");
  for (size_t i = 0; i < h->d->story.n_tellings; i++) {
    const rcp_article *article = h->d->story.tellings[i].article;
    rcpi_sheet_putf(h, "<li><code>%s</code> <bdi>", rcpi_article_sha256(article, (char[RCPI_SHA256_HEX + 1]){0}));
    rcpi_sheet_esc(h, article->source);
    rcpi_sheet_put(h, "</bdi></li>");
  }
  rcpi_sheet_put(h, "</ul></details>");
  rcpi_sheet_close_section(h);
}

/* The room where the script lays two articles side by side. */
static void put_pair_room(rcpi_sheet *h) {
  rcpi_sheet_put(h, "<section id=pair class=js hidden aria-labelledby=h-pair><h2 id=h-pair>");
  rcpi_sheet_say(h, "side_by_side");
  rcpi_sheet_put(h, "</h2><div class=choose><label><span data-w=left_article>");
  rcpi_sheet_esc(h, rcpi_message(&h->view.words, "left_article"));
  rcpi_sheet_put(h, "</span> <select id=pa></select></label><label><span data-w=right_article>");
  rcpi_sheet_esc(h, rcpi_message(&h->view.words, "right_article"));
  rcpi_sheet_put(h, "</span> <select id=pb></select></label><p id=pair-note role=status></p></div>"
                   "<div class=panes><div class=pane id=left tabindex=0></div><svg id=joins aria-hidden=true></svg>"
                   "<div class=pane id=right tabindex=0></div></div></section>\n");
}

/* JSON inside a script element: a < would let a text end it. */
static void put_data(rcpi_sheet *h, rcp_str json) {
  for (size_t i = 0; i < json.n; i++)
    if (json.p[i] == '<') rcpi_sheet_put(h, "\\u003c");
    else rcpi_buf_addc(h->out, json.p[i]);
}

static void put_messages(rcpi_json *j, const rcpi_sheet *h) {
  const rcpi_langs *langs = &h->d->engine->langs;
  rcpi_json_open(j, '{');
  for (size_t i = 0; i < langs->n; i++) {
    rcpi_messages words;
    char tag[32];
    snprintf(tag, sizeof tag, "%.*s", RCPI_P(langs->all[i].tag));
    rcpi_messages_init(&words, langs, tag);
    if (!rcpi_eq(words.tag, langs->all[i].tag)) continue;   /* no words in it */
    rcpi_json_key(j, tag);
    rcpi_json_open(j, '{');
    for (size_t row = 0; row < words.own->n_rows; row++) {
      char key[64];
      snprintf(key, sizeof key, "%.*s", RCPI_P(rcpi_cell(words.own, row, 0)));
      rcpi_json_key(j, key);
      rcpi_json_str(j, rcpi_cell(words.own, row, 1));
    }
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, '}');
}

/* [a, b, [[start, end, start, end], ...]] by article numbers. */
static void put_joined(rcpi_json *j, const rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  size_t n = 0;
  rcpi_json_open(j, '[');
  for (size_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *x = &s->derivations[i];
    rcp_str a = s->tellings[x->a].article->text, b = s->tellings[x->b].article->text;
    if (!x->n_passages || n + x->n_passages > MOST_JOINED) continue;
    n += x->n_passages;
    rcpi_json_open(j, '[');
    rcpi_json_uint(j, h->view.number[x->a]);
    rcpi_json_uint(j, h->view.number[x->b]);
    rcpi_json_open(j, '[');
    for (size_t k = 0; k < x->n_passages; k++) {
      rcpi_json_open(j, '[');
      rcpi_json_uint(j, rcpi_sheet_unit(a, x->passages[k].a.beg));
      rcpi_json_uint(j, rcpi_sheet_unit(a, x->passages[k].a.end));
      rcpi_json_uint(j, rcpi_sheet_unit(b, x->passages[k].b.beg));
      rcpi_json_uint(j, rcpi_sheet_unit(b, x->passages[k].b.end));
      rcpi_json_close(j, ']');
    }
    rcpi_json_close(j, ']');
    rcpi_json_close(j, ']');
  }
  rcpi_json_close(j, ']');
}

static void put_script(rcpi_sheet *h) {
  rcpi_buf b;
  rcpi_json j;
  rcpi_buf_init(&b);
  rcpi_json_init(&j, &b, false);
  rcpi_json_open(&j, '{');
  rcpi_json_key(&j, "words");
  put_messages(&j, h);
  rcpi_json_key(&j, "joined");
  put_joined(&j, h);
  rcpi_json_close(&j, '}');
  rcpi_sheet_put(h, "<script type=application/json id=data>");
  put_data(h, rcpi_buf_str(&b));
  rcpi_sheet_put(h, "</script>\n<script>");
  rcpi_buf_add(h->out, rcpi_asset_report_js);
  rcpi_sheet_put(h, "</script>\n");
  rcpi_buf_end(&b, h->out);
}

static void init(rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  uint32_t column = 0, anchor = 1;
  rcpi_view_init(h->a, h->d, &h->view);
  if (h->options->locale) rcpi_view_speak(h->a, &h->view, h->options->locale);
  rcpi_families_init(h->a, &h->view, &h->families);
  h->reliances = rcpi_view_reliances(h->a, &h->view);
  h->is_large = s->n_tellings > LARGE_ARTICLES || s->n_claims > LARGE_CLAIMS;
  h->passage_room = h->is_large ? PASSAGE_ROOM / 4 : PASSAGE_ROOM;
  h->column = rcpi_array(h->a, uint32_t, s->n_tellings);
  h->telling = rcpi_array(h->a, uint32_t, s->n_tellings);
  h->anchor = rcpi_array(h->a, uint32_t, s->n_claims);
  for (size_t i = 0; i < h->families.n_rows; i++)
    if (h->families.rows[i].telling != RCPI_NO_ROW) {
      h->telling[column] = h->families.rows[i].telling;
      h->column[h->families.rows[i].telling] = column++;
    }
  for (size_t i = 0; i < s->n_claims; anchor += (uint32_t)s->claims[i++].n_appearances) h->anchor[i] = anchor;
}

static void put_story(rcpi_sheet *h) {
  size_t n = h->d->story.n_tellings;
  put_nav(h);
  put_hero(h);
  if (n > 1) rcpi_sheet_conflicts(h);
  rcpi_sheet_table(h);
  if (n > 1) rcpi_sheet_graph(h);
  rcpi_sheet_timeline(h);
  rcpi_sheet_origins(h);
  rcpi_sheet_names(h);
  rcpi_sheet_claims(h);
  put_pair_room(h);
  rcpi_sheet_articles(h);
  put_about(h);
  rcpi_sheet_put(h, "</main>\n");
  put_script(h);
}

/* The telling that goes by `key`; UINT32_MAX when none does. */
static uint32_t find_article(const rcpi_sheet *h, rcp_str key) {
  for (uint32_t i = 0; i < h->d->story.n_tellings; i++)
    if (rcpi_eq(rcpi_sheet_key(h, i), key)) return i;
  return UINT32_MAX;
}

rcp_status rcpi_dossier_html(const rcp_dossier *d, const rcp_write_options *options, rcpi_buf *out, rcp_error *error) {
  rcpi_arena a;
  volatile rcp_status status = RCP_OK;
  rcpi_arena_init(&a);
  a.pool = d->arena.pool;
  RCPI_GUARD(&a) {
    rcpi_sheet h = {.out = out, .a = &a, .d = d, .options = options, .single = UINT32_MAX};
    init(&h);
    if (options->article) h.single = find_article(&h, rcpi_cstr(options->article));
    if (options->article && h.single == UINT32_MAX) {
      status = rcpi_error(error, RCP_EUSAGE, rcpi_cstr(options->article), 0, "no such article in this story");
    } else {
      put_head(&h);
      if (h.single == UINT32_MAX) put_story(&h);
      else put_top_of_single(&h), rcpi_sheet_single(&h);
      rcpi_sheet_put(&h, "</body></html>\n");
    }
  } else {
    out->failed = true;
  }
  rcpi_arena_release(&a);
  return status;
}

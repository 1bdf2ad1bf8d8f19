/* What all pages of the archive share. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "pages.h"

extern const rcp_str rcpi_asset_head_html, rcpi_asset_foot_html, rcpi_asset_error_html;

rcp_str serve_page_words(serve_page *p, const char *key) {
  char words[1024];
  size_t n = rcp_message(p->engine, p->visitor->locale, key, NULL, 0, words, sizeof words);
  return serve_dup(p->pool, (rcp_str){words, n});
}

/* "q=...&day=...&": what the language links ask for again. */
static void put_again(serve_page *p) {
  serve_text t = {.p = NULL};
  const serve_request *r = p->request;
  if (*r->words) serve_adds(&t, "q="), serve_segment(&t, serve_str(r->words)), serve_adds(&t, "&");
  if (*r->day) serve_addf(&t, "day=%s&", r->day);
  if (r->page) serve_addf(&t, "page=%u&", r->page);
  serve_put_private(p->pool, p->record, "again", (rcp_str){t.p, t.n});
  serve_text_release(&t);
}

static void put_languages(serve_page *p) {
  rcp_str tag;
  for (size_t i = 0; (tag = rcp_locale(p->engine, i)).p; i++) {
    char name[64];
    serve_record *r = serve_append(p->pool, p->record, "languages");
    rcp_str locale = serve_dup(p->pool, tag);
    size_t n = rcp_message(p->engine, locale.p, "language_name", NULL, 0, name, sizeof name);
    serve_put(p->pool, r, "tag", tag);
    serve_put(p->pool, r, "name", (rcp_str){name, n});
    serve_put(p->pool, r, "current", serve_eq(tag, p->visitor->locale) ? SERVE_S("1") : SERVE_S(""));
  }
  for (size_t i = 0; i < p->record->n; i++)
    if (!strcmp(p->record->entries[i].name, "languages")) p->record->entries[i].is_private = true;
}

void serve_page_begin(serve_page *p, rcp_str title) {
  p->record = serve_alloc(p->pool, 1, sizeof *p->record);
  if (p->request->form != SERVE_HTML) return;
  const serve_visitor *v = p->visitor;
  bool is_in = v->may_write && *v->key, shows_login = p->request->route >= SERVE_CORRECT;   /* others are everybody's */
  serve_put_private(p->pool, p->record, "title", title);
  serve_put_private(p->pool, p->record, "locale", serve_str(v->locale));
  serve_put_private(p->pool, p->record, "version", serve_str(rcp_version()));
  serve_put_private(p->pool, p->record, "key", shows_login && is_in ? serve_str(v->key) : SERVE_S(""));
  serve_put_private(p->pool, p->record, "may_log_in", p->takes_corrections && !(shows_login && is_in) ? SERVE_S("1") : SERVE_S(""));
  serve_put_private(p->pool, p->record, "may_log_out", shows_login && is_in ? SERVE_S("1") : SERVE_S(""));
  serve_put_private(p->pool, p->record, "searches", p->request->route == SERVE_SEARCH ? SERVE_S("1") : SERVE_S(""));
  put_again(p);
  put_languages(p);
}

void serve_page_end(serve_page *p, rcp_str template, serve_answer *out) {
  serve_speech speech = {p->engine, p->visitor->locale};
  if (p->request->form == SERVE_HTML) {
    serve_render(&out->body, rcpi_asset_head_html, p->record, &speech);
    serve_render(&out->body, template, p->record, &speech);
    serve_render(&out->body, rcpi_asset_foot_html, p->record, &speech);
    out->type = "text/html; charset=utf-8";
  } else {
    serve_record_json(&out->body, p->record);
    out->type = "application/json";
  }
}

void serve_error_page(serve_page *p, unsigned status, const char *what, serve_answer *out) {
  char key[24];
  if (what) snprintf(key, sizeof key, "%s", what);
  else snprintf(key, sizeof key, "http_%u", status);
  serve_page_begin(p, serve_page_words(p, key));
  serve_put_number(p->pool, p->record, "status", status);
  serve_put(p->pool, p->record, "what", serve_page_words(p, key));
  serve_page_end(p, rcpi_asset_error_html, out);
  out->status = status;
}

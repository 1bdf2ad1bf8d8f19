/*
 * Sections nest as deep as our own templates make them (MOST_DEPTH is checked), never by what an article holds.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "record.h"

#include <assert.h>

enum { MOST_DEPTH = 8, MOST_WORDS = 4096 };

static serve_entry *add(serve_record *r, const char *name) {
  assert(r->n < SERVE_MOST_FIELDS);
  serve_entry *e = &r->entries[r->n++];
  *e = (serve_entry){.name = name};
  return e;
}

void serve_put(serve_pool *pool, serve_record *r, const char *name, rcp_str text) {
  add(r, name)->text = serve_dup(pool, text);
}

void serve_put_number(serve_pool *pool, serve_record *r, const char *name, uint64_t n) {
  serve_entry *e = add(r, name);
  e->text = serve_number(pool, n);
  e->is_number = true;
}

void serve_put_private(serve_pool *pool, serve_record *r, const char *name, rcp_str text) {
  serve_entry *e = add(r, name);
  e->text = serve_dup(pool, text);
  e->is_private = true;
}

static serve_entry *find(const serve_record *r, rcp_str name) {
  for (size_t i = 0; i < r->n; i++)
    if (serve_eq(name, r->entries[i].name)) return (serve_entry *)(uintptr_t)&r->entries[i];
  return NULL;
}

void serve_put_list(serve_record *r, const char *name) {
  if (!find(r, serve_str(name))) add(r, name)->is_list = true;
}

serve_record *serve_append(serve_pool *pool, serve_record *r, const char *name) {
  serve_put_list(r, name);
  serve_entry *e = find(r, serve_str(name));
  serve_record *record = serve_alloc(pool, 1, sizeof *record);
  if (e->last) e->last->next = record;
  else e->first = record;
  e->last = record;
  return record;
}

/* -------------------------------------------------------------------------------------------------------------- JSON */

void serve_record_json(serve_text *out, const serve_record *r) {
  const serve_record *at[MOST_DEPTH] = {r};   /* where each level is */
  size_t entry[MOST_DEPTH] = {0}, depth = 1;
  bool needs_comma = false;
  serve_adds(out, "{");
  while (depth) {
    const serve_record *here = at[depth - 1];
    if (entry[depth - 1] == here->n) {
      serve_adds(out, "}");
      needs_comma = true;
      if (depth == 1) break;
      if (here->next) {
        serve_adds(out, ",{");
        at[depth - 1] = here->next;
        entry[depth - 1] = 0;
        needs_comma = false;
        continue;
      }
      serve_adds(out, "]");
      depth--;
      continue;
    }
    const serve_entry *e = &here->entries[entry[depth - 1]++];
    if (e->is_private) continue;
    if (needs_comma) serve_adds(out, ",");
    serve_json(out, serve_str(e->name));
    serve_adds(out, ":");
    needs_comma = true;
    if (!e->is_list) {
      if (e->is_number) serve_add(out, e->text);
      else serve_json(out, e->text);
    } else if (!e->first || depth == MOST_DEPTH) {
      serve_adds(out, "[]");
    } else {
      serve_adds(out, "[{");
      at[depth] = e->first;
      entry[depth++] = 0;
      needs_comma = false;
    }
  }
  serve_adds(out, "\n");
}

/* --------------------------------------------------------------------------------------------------------- templates */

/* A section that is open: where its body begins, and the record that it is at. */
typedef struct level { size_t body; const serve_record *record; bool repeats; } level;

static const serve_entry *look(const level *levels, size_t depth, rcp_str name) {
  for (size_t i = depth; i-- > 0;) {
    const serve_entry *e = levels[i].record ? find(levels[i].record, name) : NULL;
    if (e) return e;
  }
  return NULL;
}

static size_t find_from(rcp_str s, size_t from, const char *what) {
  const char *p = from < s.n ? memmem(s.p + from, s.n - from, what, strlen(what)) : NULL;
  return p ? (size_t)(p - s.p) : s.n;
}

/* Behind the end of the section whose body begins at `from`. */
static size_t skip_section(rcp_str t, size_t from) {
  size_t depth = 1, at = from;
  while (depth && (at = find_from(t, at, "{{")) < t.n) {
    char kind = at + 2 < t.n ? t.p[at + 2] : 0;
    depth += kind == '#' || kind == '^' ? 1 : 0;
    depth -= kind == '/' ? 1 : 0;
    at = find_from(t, at, "}}") + 2;
  }
  return at < t.n ? at : t.n;
}

static rcp_str word(rcp_str *rest) {
  while (rest->n && rest->p[0] == ' ') rest->p++, rest->n--;
  const char *space = rest->n ? memchr(rest->p, ' ', rest->n) : NULL;
  rcp_str out = {rest->p, space ? (size_t)(space - rest->p) : rest->n};
  *rest = (rcp_str){out.p + out.n, rest->n - out.n};
  return out;
}

static void put_words(serve_text *out, rcp_str key, const serve_entry *e, const serve_speech *speech) {
  char name[64], words[MOST_WORDS];
  if (key.n >= sizeof name) return;
  memcpy(name, key.p, key.n);
  name[key.n] = 0;
  rcp_str arg = e && e->text.p ? e->text : SERVE_S("");
  serve_escape(out, (rcp_str){words, rcp_message(speech->engine, speech->locale, name, &arg, e ? 1 : 0, words, sizeof words)});
}

static void put_date(serve_text *out, rcp_str iso, const serve_speech *speech) {
  char words[128];
  size_t n = rcp_date_text(speech->engine, speech->locale, iso, words, sizeof words);
  serve_adds(out, "<time datetime=\"");
  serve_escape(out, iso);
  serve_adds(out, "\">");
  serve_escape(out, (rcp_str){words, n});
  serve_adds(out, "</time>");
}

/* {{name}} and its kin, not sections. */
static void put_value(serve_text *out, rcp_str tag, const level *levels, size_t depth, const serve_speech *speech) {
  rcp_str first = word(&tag), second = word(&tag), third = word(&tag);
  if (serve_eq(first, "t") && second.n) {
    put_words(out, second, third.n ? look(levels, depth, third) : NULL, speech);
    return;
  }
  const serve_entry *e = look(levels, depth, second.n ? second : first);
  if (!e || e->is_list || !e->text.n) return;
  if (!second.n) serve_escape(out, e->text);
  else if (serve_eq(first, "url")) serve_segment(out, e->text);
  else if (serve_eq(first, "date")) put_date(out, e->text, speech);
}

void serve_render(serve_text *out, rcp_str t, const serve_record *r, const serve_speech *speech) {
  level levels[MOST_DEPTH] = {{.record = r}};
  size_t depth = 1, at = 0;
  while (at < t.n) {
    size_t open = find_from(t, at, "{{"), close = find_from(t, open, "}}");
    serve_add(out, (rcp_str){t.p + at, open - at});
    if (close >= t.n) break;
    rcp_str tag = {t.p + open + 2, close - open - 2};
    at = close + 2;
    if (tag.n && (tag.p[0] == '#' || tag.p[0] == '^')) {
      rcp_str name = {tag.p + 1, tag.n - 1};
      const serve_entry *e = look(levels, depth, name);
      bool is_there = e && (e->is_list ? e->first != NULL : e->text.n > 0);
      if (is_there != (tag.p[0] == '#') || depth == MOST_DEPTH) at = skip_section(t, at);
      else levels[depth++] = (level){at, e && e->is_list ? e->first : NULL, tag.p[0] == '#' && e->is_list};
    } else if (tag.n && tag.p[0] == '/') {
      level *l = &levels[depth - 1];
      if (depth > 1 && l->repeats && l->record->next) l->record = l->record->next, at = l->body;
      else if (depth > 1) depth--;
    } else {
      put_value(out, tag, levels, depth, speech);
    }
  }
}

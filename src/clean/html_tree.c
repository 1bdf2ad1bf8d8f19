/*
 * Building the tree of a page that nobody checked. The standard's algorithm (WHATWG HTML, 13.2.6) repairs pages the way
 * all browsers agreed to; most of it is about where formatting elements and table rows end up, which does not change
 * which words stand together. What does change it is kept: a p ends where a block begins, li, dt, dd, td, tr and
 * headings end one another, an end tag closes what is open inside it but nothing outside its table cell, a stray end tag
 * is nothing, a head ends at the first thing that can't be in one. b, i and their like make no element at all, so
 * their misnesting can't hurt.
 *
 * Depth is capped (RCPI_MAX_DEPTH): what lies deeper is read as if its tags were not there, text included. Elements and
 * lines are counted: a page with more than MOST_ELEMENTS or MOST_LINES is refused, with a word why. (The largest of 1,783
 * real pages has 30,000 elements, 6,200 lines and 0.6 MB of text.)
 *
 * Cost: linear in the page; looking for the element that an end tag closes takes at most the depth, and none at all
 * when no such element is open.
 * Known weakness: text that stands in a table outside any cell stays there, where browsers move it before the table.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_tree.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/entity.h"

enum { MOST_ELEMENTS = 200000, MOST_LINES = 40000, MOST_TEXT = 4 << 20, MOST_META = 2000, MOST_PAGE = 16 << 20, KNOWN = 256 };

typedef struct builder {
  rcpi_arena *a;
  rcpi_html_tree *t;
  const rcpi_markup_words *words;
  struct { rcp_str value; uint64_t kinds; } known[KNOWN];   /* by hash: templates say the same classes again and again */
  uint32_t stack[RCPI_MAX_DEPTH];
  size_t n_stack, n_flattened;        /* elements that the depth cap left out and that are still open */
  uint32_t n_open[RCPI_N_TAGS];
  char *text;
  size_t n_text, n_lines;
  size_t mute;                        /* the stack's length when silence began; 0: text is heard */
  size_t pre;                         /* the same for pre */
  size_t after_link;                  /* n_text + 1 where a link ended; two links that touch are two words */
  unsigned n_bold;
  uint16_t n_images;
  uint32_t link;                      /* the open a with an href; 0: none */
  bool in_block, needs_space;
  rcpi_block block;                   /* while in_block */
} builder;

static rcpi_element *top(builder *b) {
  return &b->t->elements.p[b->stack[b->n_stack - 1]];
}

static rcpi_element *open_at(builder *b, size_t i) {
  return &b->t->elements.p[b->stack[i]];
}

/* ------------------------------------------------------------------------------------------------------------- text */

static void end_block(builder *b) {
  b->needs_space = false;
  if (!b->in_block) return;
  b->in_block = false;
  while (b->text[b->n_text - 1] == ' ' || b->text[b->n_text - 1] == '\n') b->n_text--;
  b->block.end = (uint32_t)b->n_text;
  b->text[b->n_text++] = '\n';
  b->n_lines++;
  rcpi_push(b->a, &b->t->blocks, b->block);
}

static void begin_block(builder *b) {
  b->in_block = true;
  b->block = (rcpi_block){.beg = (uint32_t)b->n_text, .element = b->stack[b->n_stack - 1], .n_images = b->n_images,
                          .n_links = b->link != 0};
  b->n_images = 0;
}

/* The block's element becomes the innermost that holds what it held and what stands here. */
static void widen_block(builder *b) {
  const rcpi_element *e = b->t->elements.p;
  uint32_t x = b->block.element, y = b->stack[b->n_stack - 1];
  while (x != y) {
    if (e[x].depth >= e[y].depth) x = e[x].parent;
    else y = e[y].parent;
  }
  b->block.element = x;
}

static void add_bytes(builder *b, const char *p, size_t n) {
  if (b->needs_space && b->in_block) b->text[b->n_text++] = ' ';
  b->needs_space = false;
  if (!b->in_block) begin_block(b);
  else if (b->block.element != b->stack[b->n_stack - 1]) widen_block(b);
  memcpy(b->text + b->n_text, p, n);
  b->n_text += n;
  if (b->link) b->block.n_link += (uint32_t)n;
  if (b->n_bold) b->block.n_bold += (uint32_t)n;
}

/* Soft hyphens and zero-width spaces are instructions to a typesetter. */
static bool is_invisible(const char *p, size_t n) {
  return (n == 2 && !memcmp(p, "\xC2\xAD", 2)) || (n == 3 && (!memcmp(p, "\xE2\x80\x8B", 3) || !memcmp(p, "\xEF\xBB\xBF", 3)));
}

static bool is_nbsp(const char *p, size_t n) {
  return n == 2 && !memcmp(p, "\xC2\xA0", 2);
}

static void add_piece(builder *b, const char *p, size_t n) {
  if (is_invisible(p, n)) return;
  if (is_nbsp(p, n) && !b->in_block) return; /* an empty line made of &nbsp; is no line */
  if (n == 1 && rcpi_is_space((unsigned char)*p)) b->needs_space = true;
  else add_bytes(b, p, n);
}

static void line_break(builder *b) {
  while (b->in_block && b->n_text > b->block.beg && b->text[b->n_text - 1] == ' ') b->n_text--;
  if (!b->in_block) return;
  if (b->text[b->n_text - 1] == '\n') { /* a second one: a paragraph ends */
    b->n_text--;
    end_block(b);
  } else b->text[b->n_text++] = '\n', b->n_lines++;
  b->needs_space = false;
}

/* Bytes that stand for themselves: no reference, no white space, none that begins a character that may be a space or nothing. */
static const bool is_special[256] = {['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true,
                                     [' '] = true,  ['&'] = true,  [0xC2] = true, [0xE2] = true, [0xEF] = true};

/* The end of a run of such bytes and of single spaces between them; counts the spaces. */
static const char *run_end(const char *p, const char *end, size_t *n_spaces) {
  for (;;) {
    while (p < end && !is_special[(unsigned char)*p]) p++;
    if (end - p < 2 || *p != ' ' || is_special[(unsigned char)p[1]]) return p;
    ++*n_spaces;
    p++;
  }
}

static void add_text(builder *b, rcp_str s) {
  if (b->mute) return;
  const char *p = s.p, *end = s.p + s.n;
  char piece[RCPI_ENTITY_MOST];
  size_t n;
  while (p < end && b->n_text <= MOST_TEXT && b->n_lines <= MOST_LINES) {
    unsigned char c = (unsigned char)*p;
    if (c == '&') {
      p += rcpi_entity_read((rcp_str){p, (size_t)(end - p)}, false, piece, &n);
      add_piece(b, piece, n);
    } else if (rcpi_is_space(c)) {
      if (b->pre && c == '\n') line_break(b);
      else b->needs_space = true;
      p++;
    } else if (c == 0xC2 || c == 0xE2 || c == 0xEF) {
      n = c == 0xC2 ? 2 : 3;
      if ((size_t)(end - p) < n) n = (size_t)(end - p);
      add_piece(b, p, n);
      p += n;
    } else {
      const char *from = p;
      size_t n_spaces = 0;
      p = run_end(p, end, &n_spaces);
      add_bytes(b, from, (size_t)(p - from));
      if (b->link) b->block.n_link -= (uint32_t)n_spaces;   /* bytes of words are counted */
      if (b->n_bold) b->block.n_bold -= (uint32_t)n_spaces;
    }
  }
}

/* --------------------------------------------------------------------------------------------------------- elements */

static void pop(builder *b) {
  rcpi_element *e = top(b);
  if (e->is_block) end_block(b);
  e->end = (uint32_t)b->t->elements.n;
  e->text_end = (uint32_t)b->n_text;
  e->block_end = (uint32_t)b->t->blocks.n + b->in_block;
  b->n_open[e->tag]--;
  b->n_stack--;
  if (b->mute > b->n_stack) b->mute = 0;
  if (b->pre > b->n_stack) b->pre = 0;
  if (b->link == b->stack[b->n_stack]) b->link = 0, b->after_link = b->n_text + 1;
}

static void pop_to(builder *b, size_t i) {
  while (b->n_stack > i) pop(b);
}

/* Closes the nearest open element that is one of two tags, unless one of `stops` traits stands before it. */
static void close_nearest(builder *b, rcpi_tag x, rcpi_tag y, unsigned stops) {
  if (!b->n_open[x] && !b->n_open[y]) return;
  for (size_t i = b->n_stack; i-- > 1;) {
    rcpi_tag tag = (rcpi_tag)open_at(b, i)->tag;
    if (tag == x || tag == y) {
      pop_to(b, i);
      return;
    }
    if (rcpi_tag_is(tag, stops)) return;
  }
}

/* An item ends the item before it, but not one whose list holds the list that this item is in. */
static void close_item(builder *b, rcpi_tag x, rcpi_tag y) {
  if (!b->n_open[x] && !b->n_open[y]) return;
  for (size_t i = b->n_stack; i-- > 1;) {
    rcpi_tag tag = (rcpi_tag)open_at(b, i)->tag;
    if (tag == x || tag == y) {
      pop_to(b, i);
      return;
    }
    if (rcpi_tag_is(tag, RCPI_TRAIT_BLOCK) && tag != RCPI_TAG_DIV && tag != RCPI_TAG_P && tag != RCPI_TAG_ADDRESS) return;
  }
}

/* td ends td, tr ends td and tr, tbody ends all three: up to the table. */
static void close_in_table(builder *b, rcpi_tag opening) {
  for (size_t i = b->n_stack; i-- > 1;) {
    rcpi_tag tag = (rcpi_tag)open_at(b, i)->tag;
    bool is_cell = tag == RCPI_TAG_TD || tag == RCPI_TAG_TH, is_row = tag == RCPI_TAG_TR;
    bool is_group = tag == RCPI_TAG_TBODY || tag == RCPI_TAG_THEAD || tag == RCPI_TAG_TFOOT;
    bool opens_cell = opening == RCPI_TAG_TD || opening == RCPI_TAG_TH;
    if (opens_cell ? is_cell : opening == RCPI_TAG_TR ? is_row : is_group) {
      pop_to(b, i);
      return;
    }
    if (tag == RCPI_TAG_TABLE || tag == RCPI_TAG_TEMPLATE || (opens_cell && is_row)) return;
  }
}

/* The end tag of a table or row reaches through its cells, but not out of its table. */
static void end_in_table(builder *b, rcpi_tag tag) {
  for (size_t i = b->n_stack; i-- > 1;) {
    rcpi_tag open = (rcpi_tag)open_at(b, i)->tag;
    if (open == tag) {
      pop_to(b, i);
      return;
    }
    if (open == RCPI_TAG_TABLE || open == RCPI_TAG_TEMPLATE) return;
  }
}

static void close_implied(builder *b, rcpi_tag tag) {
  switch (tag) {
    case RCPI_TAG_LI: close_item(b, RCPI_TAG_LI, RCPI_TAG_LI); break;
    case RCPI_TAG_DT: case RCPI_TAG_DD: close_item(b, RCPI_TAG_DT, RCPI_TAG_DD); break;
    case RCPI_TAG_TD: case RCPI_TAG_TH: case RCPI_TAG_TR: case RCPI_TAG_TBODY: case RCPI_TAG_THEAD: case RCPI_TAG_TFOOT:
      if (b->n_open[RCPI_TAG_TABLE]) close_in_table(b, tag);
      return;
    case RCPI_TAG_A: close_nearest(b, RCPI_TAG_A, RCPI_TAG_A, RCPI_TRAIT_BLOCK); return;
    case RCPI_TAG_BUTTON: case RCPI_TAG_OBJECT: case RCPI_TAG_NOSCRIPT: case RCPI_TAG_SELECT: case RCPI_TAG_OPTION:
    case RCPI_TAG_TEMPLATE: case RCPI_TAG_CAPTION: case RCPI_TAG_LEGEND: return;
    default: break;
  }
  if (!rcpi_tag_is(tag, RCPI_TRAIT_BLOCK)) return;
  close_nearest(b, RCPI_TAG_P, RCPI_TAG_P, RCPI_TRAIT_SCOPE);
  if (rcpi_tag_is(tag, RCPI_TRAIT_HEADING) && rcpi_tag_is((rcpi_tag)top(b)->tag, RCPI_TRAIT_HEADING)) pop(b);
}

static void close_tag(builder *b, rcpi_tag tag) {
  if (tag == RCPI_TAG_BR) line_break(b);
  if (rcpi_tag_is(tag, RCPI_TRAIT_FORMAT)) {
    if (rcpi_tag_is(tag, RCPI_TRAIT_BOLD) && b->n_bold) b->n_bold--;
    return;
  }
  if (tag == RCPI_TAG_BODY || tag == RCPI_TAG_HTML || rcpi_tag_is(tag, RCPI_TRAIT_VOID | RCPI_TRAIT_RAW)) return;
  if (b->n_flattened) {
    if (rcpi_tag_is(tag, RCPI_TRAIT_BLOCK)) end_block(b);
    b->n_flattened--;
    return;
  }
  if (rcpi_tag_is(tag, RCPI_TRAIT_BLOCK)) end_block(b), b->n_bold = 0;
  if (tag == RCPI_TAG_A && b->link) b->link = 0, b->after_link = b->n_text + 1;
  if (!b->n_open[tag]) return;
  if (tag == RCPI_TAG_TABLE || tag == RCPI_TAG_TR || tag == RCPI_TAG_TBODY || tag == RCPI_TAG_THEAD || tag == RCPI_TAG_TFOOT)
    end_in_table(b, tag);
  else close_nearest(b, tag, tag, rcpi_tag_is(tag, RCPI_TRAIT_BLOCK) ? RCPI_TRAIT_SCOPE : RCPI_TRAIT_BLOCK);
}

/* Custom elements lay out a page or mark a word: one that begins in the middle of a line is of the second sort. */
static bool makes_lines(const builder *b, rcpi_tag tag) {
  return rcpi_tag_is(tag, RCPI_TRAIT_BLOCK) || (tag == RCPI_TAG_CUSTOM && !b->in_block);
}

/* "display: none", "visibility:hidden" */
static bool hides(rcp_str style) {
  static const struct { const char *property, *value; } ways[] = {{"display", "none"}, {"visibility", "hidden"}};
  for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
    size_t at = rcpi_find(style, rcpi_cstr(ways[k].property));
    if (at == RCPI_NONE) continue;
    rcp_str rest = rcpi_trim(rcpi_sub(style, at + strlen(ways[k].property), style.n));
    if (!rest.n || *rest.p != ':') continue;
    if (rcpi_starts(rcpi_trim(rcpi_sub(rest, 1, rest.n)), rcpi_cstr(ways[k].value))) return true;
  }
  return false;
}

typedef struct attributes { rcp_str href, datetime, type, name, content, rel; bool has_href, is_shadow_root; } attributes;

static void add_words(builder *b, rcpi_element *e, rcp_str value) {
  size_t i = rcpi_hash(value, 0) % KNOWN;
  if (!value.n) return;
  if (!rcpi_eq(b->known[i].value, value)) {
    b->known[i].value = value;
    b->known[i].kinds = rcpi_markup_words_of(b->words, value);
  }
  e->words |= b->known[i].kinds;
}

/* One attribute into the element and into what only some elements ask for. */
static void take(builder *b, rcpi_element *e, attributes *out, rcp_str name, rcp_str value) {
  switch (rcpi_lower((unsigned char)name.p[0])) {
    case 'a':
      if (rcpi_eq_nocase(name, RCPI_S("aria-hidden")) && rcpi_is(value, "true")) e->is_hidden |= e->is_block;
      break;
    case 'c':
      if (rcpi_eq_nocase(name, RCPI_S("class"))) e->class_attr = value, add_words(b, e, value);
      else if (rcpi_eq_nocase(name, RCPI_S("content"))) out->content = value;
      break;
    case 'd':
      if (rcpi_eq_nocase(name, RCPI_S("datetime"))) out->datetime = value;
      else if (rcpi_eq_nocase(name, RCPI_S("data-testid")) || rcpi_eq_nocase(name, RCPI_S("data-component")) ||
               rcpi_eq_nocase(name, RCPI_S("data-module")) || rcpi_eq_nocase(name, RCPI_S("data-qa")) ||
               rcpi_eq_nocase(name, RCPI_S("data-name"))) add_words(b, e, value);
      break;
    case 'h':
      if (rcpi_eq_nocase(name, RCPI_S("href"))) out->href = value, out->has_href = true;
      else if (rcpi_eq_nocase(name, RCPI_S("hidden"))) e->is_hidden = true;
      break;
    case 'i':
      if (rcpi_eq_nocase(name, RCPI_S("id"))) e->id_attr = value, add_words(b, e, value);
      else if (rcpi_eq_nocase(name, RCPI_S("itemprop"))) {
        if (!out->name.n) out->name = value;
        e->is_article_body |= rcpi_eq_nocase(value, RCPI_S("articleBody"));
        e->is_author |= rcpi_eq_nocase(value, RCPI_S("author"));
        add_words(b, e, value);
      }
      break;
    case 'l':
      if (e->tag == RCPI_TAG_HTML && rcpi_eq_nocase(name, RCPI_S("lang"))) b->t->language = value;
      break;
    case 'n':
      if (rcpi_eq_nocase(name, RCPI_S("name"))) out->name = value;
      break;
    case 'p':
      if (rcpi_eq_nocase(name, RCPI_S("property"))) out->name = value;
      break;
    case 'r':
      if (rcpi_eq_nocase(name, RCPI_S("role"))) add_words(b, e, value);
      else if (rcpi_eq_nocase(name, RCPI_S("rel"))) {
        out->rel = value;
        e->is_author |= rcpi_eq_nocase(value, RCPI_S("author"));
      }
      break;
    case 's':
      if (rcpi_eq_nocase(name, RCPI_S("style")) && hides(value)) e->is_hidden = true;
      else if (rcpi_eq_nocase(name, RCPI_S("shadowrootmode"))) out->is_shadow_root = true;
      break;
    case 't':
      if (rcpi_eq_nocase(name, RCPI_S("type"))) out->type = value;
      break;
    default: break;
  }
}

static void push(builder *b, rcpi_element *e, const attributes *at) {
  rcpi_tag tag = (rcpi_tag)e->tag;
  if (b->n_stack == RCPI_MAX_DEPTH) {
    b->n_flattened++;
    return;
  }
  uint32_t id = (uint32_t)b->t->elements.n;
  e->parent = b->stack[b->n_stack - 1];
  e->depth = (uint16_t)b->n_stack;
  e->text_beg = (uint32_t)b->n_text;
  e->block_beg = (uint32_t)b->t->blocks.n;
  e->look = (uint32_t)rcpi_hash(e->class_attr.p ? e->class_attr : RCPI_S(""), e->tag);
  rcpi_push(b->a, &b->t->elements, *e);
  b->stack[b->n_stack++] = id;
  b->n_open[tag]++;
  bool is_whisper = !e->is_block && tag != RCPI_TAG_A && (e->is_hidden || (e->words & RCPI_MARKUP_BIT(SCREENREADER)));
  bool is_mute = rcpi_tag_is(tag, RCPI_TRAIT_MUTE) || tag == RCPI_TAG_NOSCRIPT || is_whisper;
  if (!b->mute && is_mute && !at->is_shadow_root) b->mute = b->n_stack;
  if (!b->pre && tag == RCPI_TAG_PRE) b->pre = b->n_stack;
  if (at->datetime.n && b->t->times.n < MOST_META) rcpi_push(b->a, &b->t->times, (rcpi_html_time){id, at->datetime});
  if (at->content.n && at->name.n && b->t->metas.n < MOST_META)
    rcpi_push(b->a, &b->t->metas, (rcpi_html_meta){at->name, at->content});
  if (tag == RCPI_TAG_A && at->has_href) {
    b->link = id;
    if (b->after_link == b->n_text + 1) b->needs_space = true;
    if (b->in_block && b->block.n_links < UINT16_MAX) b->block.n_links++;
  }
}

static void open_void(builder *b, rcpi_tag tag, const attributes *at) {
  if (tag == RCPI_TAG_BR) line_break(b);
  else if (tag == RCPI_TAG_IMG && b->n_images < UINT16_MAX) b->n_images++;
  else if (tag == RCPI_TAG_META && at->name.n && b->t->metas.n < MOST_META)
    rcpi_push(b->a, &b->t->metas, (rcpi_html_meta){at->name, at->content});
  else if (tag == RCPI_TAG_LINK && rcpi_eq_nocase(at->rel, RCPI_S("canonical"))) b->t->canonical = at->href;
}

static void open_tag(builder *b, rcpi_html_scan *scan, const rcpi_html_token *token) {
  rcpi_tag tag = token->tag;
  unsigned traits = rcpi_tag_traits(tag);
  if (traits & RCPI_TRAIT_FORMAT) {
    if (traits & RCPI_TRAIT_BOLD) b->n_bold++;
    return;
  }
  if (b->n_open[RCPI_TAG_HEAD] && !(traits & (RCPI_TRAIT_HEAD | RCPI_TRAIT_RAW)) && tag != RCPI_TAG_NOSCRIPT && tag != RCPI_TAG_TEMPLATE)
    close_nearest(b, RCPI_TAG_HEAD, RCPI_TAG_HEAD, 0);
  attributes at = {.has_href = false};
  rcpi_element e = {.tag = (uint16_t)tag, .is_block = makes_lines(b, tag)};
  rcp_str name, value, rest = token->body;
  while (rcpi_html_attribute(&rest, &name, &value)) take(b, &e, &at, name, value);
  if ((tag == RCPI_TAG_HTML || tag == RCPI_TAG_BODY || tag == RCPI_TAG_HEAD) && b->n_open[tag]) return;
  if (e.is_block) end_block(b);
  if (traits & (RCPI_TRAIT_VOID | RCPI_TRAIT_RAW)) {
    if (traits & RCPI_TRAIT_BLOCK) close_implied(b, tag);
    if (traits & RCPI_TRAIT_VOID) open_void(b, tag, &at);
    rcpi_html_token raw;
    if (!scan->raw || !rcpi_html_next(scan, &raw)) return;
    bool is_data = tag == RCPI_TAG_SCRIPT && rcpi_find(at.type, RCPI_S("ld+json")) != RCPI_NONE;
    if (is_data && b->t->linked_data.n < MOST_META) rcpi_push(b->a, &b->t->linked_data, raw.body);
    if (tag == RCPI_TAG_TITLE && !b->mute && !b->t->title.p) b->t->title = raw.body;
    return;
  }
  close_implied(b, tag);
  if (token->is_empty && (b->mute || tag == RCPI_TAG_OTHER || tag == RCPI_TAG_CUSTOM)) return;
  push(b, &e, &at);
}

void rcpi_html_tree_read(rcpi_arena *a, const rcpi_markup_words *words, rcp_str page, rcpi_html_tree *out) {
  *out = (rcpi_html_tree){.page = page};
  if (page.n > MOST_PAGE) {
    out->refusal = "the page is larger than 16 MB";
    return;
  }
  builder *b = rcpi_new(a, builder);
  b->a = a;
  b->t = out;
  b->text = rcpi_alloc(a, page.n + page.n / 4 + 64, 1);
  b->words = words;
  rcpi_push(a, &out->elements, (rcpi_element){.is_block = true});
  b->n_stack = 1;
  rcpi_html_scan scan = {.page = page};
  rcpi_html_token token;
  while (rcpi_html_next(&scan, &token)) {
    switch (token.kind) {
      case RCPI_HTML_TEXT: add_text(b, token.body); break;
      case RCPI_HTML_OPEN: open_tag(b, &scan, &token); break;
      case RCPI_HTML_CLOSE: close_tag(b, token.tag); break;
      case RCPI_HTML_RAW: break;
    }
    out->refusal = out->elements.n > MOST_ELEMENTS ? "the page has more than 200,000 elements"
                   : b->n_lines > MOST_LINES       ? "the page has more than 40,000 lines"
                   : b->n_text > MOST_TEXT         ? "the page has more than 4 MB of text" : NULL;
    if (out->refusal) return;
  }
  while (b->n_stack > 1) pop(b);
  end_block(b);
  out->elements.p[0].end = (uint32_t)out->elements.n;
  out->elements.p[0].text_end = (uint32_t)b->n_text;
  out->elements.p[0].block_end = (uint32_t)out->blocks.n;
  out->text = (rcp_str){b->text, b->n_text};
}

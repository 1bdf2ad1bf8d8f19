/*
 * A channel is a folded name without its article ("le", "the", "agence"). The known names of a story are put into one
 * map from their first word to the whole; every telling, credit lines included, is then read once.
 *
 * A name in a sentence counts as a credit wherever it stands: "selon le Matin", "a-t-il dit au Matin", but also "le
 * Matin a été vendu". The last is wrong, and lowers a count: the side on which the program may err.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/channel.h"

#include <stdlib.h>

#include "base/sets.h"
#include "base/unicode.h"
#include "text/phrase.h"

enum { MAX_WORDS = 8, MAX_LANGS = 16 };

/* A spelling of a channel: folded words, function words at its head left out. */
typedef struct spelling { rcp_str words[MAX_WORDS]; uint32_t n, node, next; } spelling;
typedef struct node { rcp_str name; rcpi_origin_kind kind; bool is_learned; } node;   /* is_learned: not of the table */
typedef struct pair { uint32_t x, y; } pair;

typedef struct finder {
  rcpi_arena *a;
  const rcpi_story *story;
  RCPI_VEC(spelling) spellings;
  RCPI_VEC(node) nodes;
  RCPI_VEC(pair) same;
  RCPI_VEC(rcpi_channel_mention) mentions;
  rcpi_map first;              /* first word -> 1 + index of a spelling */
  bool in_table;               /* names come from the media table just now */
  rcpi_phrases *heads[MAX_LANGS + 1], *credits[MAX_LANGS + 1];   /* of each language, compiled when first asked for */
} finder;

static rcpi_phrases *phrases_of(finder *f, rcpi_phrases **by_lang, const rcpi_lang *lang, const char *table, const char *column) {
  rcpi_phrases **p = &by_lang[lang && lang->index < MAX_LANGS ? lang->index : MAX_LANGS];
  if (!*p) *p = rcpi_phrases_new(f->a, lang, table, column);
  return *p;
}

static bool is_head_word(const rcpi_token *t) {
  static const char *const heads[] = {"agence", "agency", "le", "la", "les", "l'", "the"};
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
    if (rcpi_is(t->fold, heads[i])) return true;
  return false;
}

/*
 * Words of tokens [beg, end) as a spelling, its article left out when two words or a capitalised acronym remain ("Le
 * Temps" keeps it: "temps" alone is a word); false when nothing is left.
 */
static bool spell(const rcpi_text *t, size_t beg, size_t end, spelling *out) {
  *out = (spelling){.n = 0};
  size_t first = beg, n_words = 0;
  while (first < end && (is_head_word(&t->tokens[first]) || t->tokens[first].kind == RCPI_TOK_MARK)) first++;
  for (size_t i = first; i < end; i++) n_words += t->tokens[i].kind != RCPI_TOK_MARK;
  bool is_agency = beg < end && rcpi_is(t->tokens[beg].fold, "agence");
  if (n_words >= 2 || is_agency || (first < end && (t->tokens[first].flags & RCPI_TOK_CAPITALS))) beg = first;
  for (size_t i = beg; i < end && out->n < MAX_WORDS; i++)
    if (t->tokens[i].kind != RCPI_TOK_MARK) out->words[out->n++] = t->tokens[i].fold;
  return out->n > 0;
}

static const spelling *find_spelling(const finder *f, const spelling *s) {
  const uint32_t *head = rcpi_map_get(&f->first, s->words[0]);
  for (uint32_t k = head ? *head : 0; k; k = f->spellings.p[k - 1].next) {
    const spelling *x = &f->spellings.p[k - 1];
    bool same = x->n == s->n;
    for (uint32_t i = 0; same && i < s->n; i++) same = rcpi_eq(x->words[i], s->words[i]);
    if (same) return x;
  }
  return NULL;
}

/* The node of a spelling, made when it is new. */
static uint32_t add(finder *f, spelling s, rcp_str name, rcpi_origin_kind kind) {
  const spelling *known = find_spelling(f, &s);
  if (known) {
    if (kind == RCPI_ORIGIN_AGENCY) f->nodes.p[known->node].kind = kind;
    return known->node;
  }
  s.node = (uint32_t)f->nodes.n;
  rcpi_push(f->a, &f->nodes, (node){name, kind, !f->in_table});
  uint32_t *head = rcpi_map_put(f->a, &f->first, s.words[0], 0, NULL);
  s.next = *head;
  rcpi_push(f->a, &f->spellings, s);
  *head = (uint32_t)f->spellings.n;
  return s.node;
}

static rcpi_text *read_string(finder *f, rcp_str s, const rcpi_lang *lang) {
  rcp_article *article = rcpi_new(f->a, rcp_article);
  rcpi_text *t = rcpi_new(f->a, rcpi_text);
  article->text = s;
  article->lang = lang;
  rcpi_text_split(f->a, article, t);
  return t;
}

/* Stretch of tokens that look like one name: capitals, with small words between, in one sentence. */
static size_t name_end(const rcpi_text *t, size_t i) {
  size_t end = i;
  for (size_t k = i; k < t->n_tokens && k < i + MAX_WORDS; k++) {
    const rcpi_token *x = &t->tokens[k];
    if (x->sentence != t->tokens[i].sentence) break;
    if (x->kind == RCPI_TOK_WORD && (x->flags & RCPI_TOK_CAPITAL)) end = k + 1;
    else if (!(x->kind == RCPI_TOK_WORD && (x->flags & RCPI_TOK_FUNCTION) && end > i)) break;
  }
  return end;
}

static void learn_publishers(finder *f, uint32_t *publisher) {
  for (size_t i = 0; i < f->story->n_tellings; i++) {
    const rcp_article *article = f->story->tellings[i].article;
    spelling s;
    publisher[i] = UINT32_MAX;
    if (!article->publisher.n) continue;
    rcpi_text *t = read_string(f, article->publisher, article->lang);
    bool is_agency = t->n_tokens && (rcpi_is(t->tokens[0].fold, "agence") || rcpi_is(t->tokens[t->n_tokens - 1].fold, "agency"));
    if (spell(t, 0, t->n_tokens, &s))
      publisher[i] = add(f, s, article->publisher, is_agency ? RCPI_ORIGIN_AGENCY : RCPI_ORIGIN_MEDIUM);
  }
}

/* "agence Novapresse", "le quotidien Matin": the capitalised words behind a head word. */
static void learn_heads(finder *f, const rcpi_text *t, const rcpi_phrases *heads, const rcpi_table *table) {
  for (size_t i = 0; i < t->n_tokens; i++) {
    uint32_t row, end;
    spelling s;
    if (!rcpi_phrases_at(heads, t, i, &row, &end, 1) || end >= t->n_tokens) continue;
    size_t stop = name_end(t, end);
    if (stop == end || !spell(t, end, stop, &s)) continue;
    bool is_agency = rcpi_is(rcpi_cell_named(table, row, "kind"), "agency");
    add(f, s, rcpi_at(t->s, rcpi_tokens_span(t, end, stop)), is_agency ? RCPI_ORIGIN_AGENCY : RCPI_ORIGIN_MEDIUM);
  }
}

/*
 * Do the letters of an acronym come in order out of a name, the initials of all its words among them? ANP: Agence
 * NovaPresse; AGL: AGence Lutécia.
 */
static bool letters_fit(const spelling *name, rcp_str acronym) {
  size_t k = 0;
  for (uint32_t w = 0; w < name->n; w++) {
    rcp_str word = name->words[w];
    bool is_small = word.n <= 3 && (rcpi_is(word, "et") || rcpi_is(word, "de") || rcpi_is(word, "du") || rcpi_is(word, "des") ||
                                    rcpi_is(word, "la") || rcpi_is(word, "les") || rcpi_is(word, "and") || rcpi_is(word, "of") ||
                                    rcpi_is(word, "d'") || rcpi_is(word, "l'"));
    if (is_small) continue;
    if (k == acronym.n || word.p[0] != acronym.p[k]) return false;
    k++;
    for (size_t i = 1; i < word.n && k < acronym.n; i++) {
      bool is_next_initial = w + 1 < name->n && name->words[w + 1].p[0] == acronym.p[k];
      if (word.p[i] == acronym.p[k] && !is_next_initial) k++;
    }
  }
  return k == acronym.n && k >= 2;
}

/* "Agence Novapresse (ANP)": the name in brackets is the name before them, when one of them is a channel already. */
static void learn_acronyms(finder *f, const rcpi_text *t) {
  for (size_t i = 2; i + 1 < t->n_tokens; i++) {
    const rcpi_token *x = &t->tokens[i];
    if (!(x->flags & RCPI_TOK_CAPITALS) || !rcpi_is(rcpi_token_str(t, i - 1), "(") || !rcpi_is(rcpi_token_str(t, i + 1), ")")) continue;
    size_t beg = i - 1;
    while (beg > 0 && i - beg < MAX_WORDS && t->tokens[beg - 1].kind == RCPI_TOK_WORD && (t->tokens[beg - 1].flags & RCPI_TOK_CAPITAL)) beg--;
    spelling full, acronym;
    if (beg == i - 1 || !spell(t, beg, i - 1, &full) || !spell(t, i, i + 1, &acronym)) continue;
    bool says_agency = rcpi_is(t->tokens[beg].fold, "agence");
    const spelling *known_full = find_spelling(f, &full), *known_acronym = find_spelling(f, &acronym);
    if (!known_full && !known_acronym && !says_agency) continue;
    if (!says_agency && !letters_fit(&full, x->fold)) continue;
    uint32_t u = add(f, full, rcpi_at(t->s, rcpi_tokens_span(t, beg, i - 1)), RCPI_ORIGIN_AGENCY);
    uint32_t v = add(f, acronym, rcpi_token_str(t, i), RCPI_ORIGIN_AGENCY);
    rcpi_push(f->a, &f->same, (pair){u, v});
  }
}

/* Capitals in a dateline or credit line: "VILLE, 12 mars (ANP) -", "avec ANP". */
static void learn_credit_capitals(finder *f, const rcpi_text *t) {
  for (size_t i = 0; i < t->n_tokens; i++) {
    const rcpi_token *x = &t->tokens[i];
    bool is_short = (x->flags & RCPI_TOK_CAPITALS) && x->end - x->beg >= 2 && x->end - x->beg <= 6;
    bool in_brackets = i > 0 && rcpi_is(rcpi_token_str(t, i - 1), "(") && i + 1 < t->n_tokens && rcpi_is(rcpi_token_str(t, i + 1), ")");
    bool after_with = i > 0 && (rcpi_is(t->tokens[i - 1].fold, "avec") || rcpi_is(t->tokens[i - 1].fold, "with") ||
                                rcpi_is(t->tokens[i - 1].fold, "l'"));
    bool is_name = (x->flags & RCPI_TOK_CAPITAL) && in_brackets;
    spelling s;
    if ((is_name || (is_short && after_with)) && spell(t, i, i + 1, &s)) add(f, s, rcpi_token_str(t, i), RCPI_ORIGIN_AGENCY);
  }
}

/* A short form and a full name that its letters fit are one agency. */
static void join_acronyms(finder *f) {
  for (size_t i = 0; i < f->spellings.n; i++) {
    const spelling *s = &f->spellings.p[i];
    bool is_short = s->n == 1 && s->words[0].n >= 2 && s->words[0].n <= 5 && f->nodes.p[s->node].kind == RCPI_ORIGIN_AGENCY;
    for (size_t k = 0; is_short && k < f->spellings.n; k++) {
      const spelling *full = &f->spellings.p[k];
      spelling with_head = *full;
      if (full->node == s->node || f->nodes.p[full->node].kind != RCPI_ORIGIN_AGENCY || !f->nodes.p[full->node].is_learned) continue;
      bool fits = full->n >= 2 && letters_fit(full, s->words[0]);
      if (full->n < MAX_WORDS) { /* the word "agence" was left out of the spelling */
        memmove(with_head.words + 1, with_head.words, full->n * sizeof *full->words);
        with_head.words[0] = RCPI_S("agence");
        with_head.n++;
        fits = fits || letters_fit(&with_head, s->words[0]);
      }
      if (fits) rcpi_push(f->a, &f->same, (pair){full->node, s->node});
    }
  }
}

static void mention(finder *f, uint32_t telling, uint32_t channel, rcpi_span at, bool is_for_all) {
  rcpi_push(f->a, &f->mentions, (rcpi_channel_mention){.telling = telling, .channel = channel, .at = at, .is_for_all = is_for_all});
}

static bool is_article(rcp_str word) {
  return rcpi_is(word, "le") || rcpi_is(word, "les");
}

/* The article inside "au", "du", "aux", "des". */
static rcp_str uncontracted(const rcpi_token *t) {
  if (rcpi_is(t->fold, "au") || rcpi_is(t->fold, "du")) return RCPI_S("le");
  return rcpi_is(t->fold, "aux") || rcpi_is(t->fold, "des") ? RCPI_S("les") : t->fold;
}

/* The longest known spelling at token i; its end, or 0. */
static size_t match(const finder *f, const rcpi_text *t, size_t i, uint32_t *channel) {
  rcp_str word = uncontracted(&t->tokens[i]);
  const uint32_t *head = rcpi_map_get(&f->first, word);
  size_t best = 0;
  for (uint32_t k = head ? *head : 0; k; k = f->spellings.p[k - 1].next) {
    const spelling *s = &f->spellings.p[k - 1];
    size_t at = i, n = 0, n_capitals = 0;
    while (n < s->n && at < t->n_tokens) {
      const rcpi_token *x = &t->tokens[at];
      bool same = n == 0 ? rcpi_eq(word, s->words[0]) : rcpi_eq(x->fold, s->words[n]);
      if (x->kind != RCPI_TOK_MARK && !same) break;
      n_capitals += (x->flags & RCPI_TOK_CAPITAL) && !(n == 0 && is_article(s->words[0]));
      n += x->kind != RCPI_TOK_MARK;
      at++;
    }
    if (n == s->n && n_capitals && at > best) best = at, *channel = s->node;
  }
  return best;
}

/* "VILLE, 12 mars (ANP) -": the name in brackets before a dash is whose text it is. */
static bool in_dateline(const rcpi_text *t, size_t beg, size_t end) {
  if (beg == 0 || end + 1 >= t->n_tokens) return false;
  rcp_str dash = rcpi_token_str(t, end + 1);
  return rcpi_is(rcpi_token_str(t, beg - 1), "(") && rcpi_is(rcpi_token_str(t, end), ")") &&
         (rcpi_is(dash, "-") || rcpi_is(dash, "–") || rcpi_is(dash, "—"));
}

static bool after_with(const rcpi_text *t, size_t beg) {
  for (size_t i = beg; i-- > 0 && beg - i <= 3;)
    if (rcpi_is(t->tokens[i].fold, "avec") || rcpi_is(t->tokens[i].fold, "with")) return true;
  return false;
}

static void read_mentions(finder *f, uint32_t telling, const rcpi_text *t, uint32_t shift, bool is_for_all) {
  for (size_t i = 0; i < t->n_tokens; i++) {
    uint32_t channel = 0;
    size_t end = match(f, t, i, &channel);
    if (!end) continue;
    rcpi_span at = rcpi_tokens_span(t, i, end);
    mention(f, telling, channel, (rcpi_span){at.beg + shift, at.end + shift}, is_for_all);
    rcpi_channel_mention *m = &f->mentions.p[f->mentions.n - 1];
    m->is_dateline = is_for_all && in_dateline(t, i, end);
    m->is_with = is_for_all && after_with(t, i);
    i = end - 1;
  }
}

/* Credit lines, datelines and bylines credit the whole text; captions and legal lines do not. */
static bool credits_all(const rcp_article *article, const rcpi_furniture *x) {
  if (x->kind == RCPI_FURN_CREDIT) return true;
  rcp_str s = rcpi_at(article->text, x->at);
  return (x->kind == RCPI_FURN_DATE || x->kind == RCPI_FURN_SITE) && s.n < 200 &&
         (rcpi_find(s, RCPI_S(" avec ")) != RCPI_NONE || rcpi_find(s, RCPI_S(" with ")) != RCPI_NONE);
}

typedef struct credit_line { uint32_t telling, beg; rcpi_text *text; } credit_line;

static int by_place(const void *x, const void *y) {
  const rcpi_channel_mention *a = x, *b = y;
  if (a->telling != b->telling) return a->telling < b->telling ? -1 : 1;
  return (a->at.beg > b->at.beg) - (a->at.beg < b->at.beg);
}

static void merge(finder *f, rcpi_channels *out) {
  rcpi_sets sets;
  rcpi_sets_init(f->a, &sets, f->nodes.n);
  for (size_t i = 0; i < f->same.n; i++) rcpi_sets_join(&sets, f->same.p[i].x, f->same.p[i].y);
  uint32_t *new_id = rcpi_array(f->a, uint32_t, f->nodes.n);
  bool *is_used = rcpi_array(f->a, bool, f->nodes.n); /* of the table's names only those that the story mentions are kept */
  RCPI_VEC(rcpi_channel) all = {0};
  for (size_t i = 0; i < f->mentions.n; i++) is_used[rcpi_sets_root(&sets, f->mentions.p[i].channel)] = true;
  for (size_t i = 0; i < f->story->n_tellings; i++)
    if (out->publisher[i] != UINT32_MAX) is_used[rcpi_sets_root(&sets, out->publisher[i])] = true;
  for (uint32_t i = 0; i < f->nodes.n; i++) {
    uint32_t root = rcpi_sets_root(&sets, i);
    if (!is_used[root]) continue;
    if (root == i) {
      new_id[i] = (uint32_t)all.n;
      rcpi_push(f->a, &all, (rcpi_channel){f->nodes.p[i].name, f->nodes.p[i].kind});
    } else {
      new_id[i] = new_id[root];
      if (f->nodes.p[i].kind == RCPI_ORIGIN_AGENCY) all.p[new_id[i]].kind = RCPI_ORIGIN_AGENCY;
    }
  }
  for (size_t i = 0; i < f->mentions.n; i++) f->mentions.p[i].channel = new_id[f->mentions.p[i].channel];
  for (size_t i = 0; i < f->story->n_tellings; i++)
    if (out->publisher[i] != UINT32_MAX) out->publisher[i] = new_id[out->publisher[i]];
  out->all = all.p;
  out->n = all.n;
}

static void learn_table(finder *f, const rcpi_lang *lang) {
  f->in_table = true;
  const rcpi_table *t = rcpi_lang_table(lang, "media");
  for (uint32_t row = 0; row < t->n_rows; row++) {
    rcp_str canonical = rcpi_cell(t, row, 1);
    rcpi_origin_kind kind = rcpi_is(rcpi_cell(t, row, 2), "agency") ? RCPI_ORIGIN_AGENCY : RCPI_ORIGIN_MEDIUM;
    rcpi_text *name = read_string(f, rcpi_cell(t, row, 0), lang), *full = read_string(f, canonical, lang);
    spelling s, c;
    if (!spell(name, 0, name->n_tokens, &s) || !spell(full, 0, full->n_tokens, &c)) continue;
    uint32_t u = add(f, s, rcpi_cell(t, row, 0), kind), v = add(f, c, canonical, kind);
    if (u != v) rcpi_push(f->a, &f->same, (pair){v, u});
  }
  f->in_table = false;
}

/* A closing sentence that thanks a channel ("L'Associated Press a contribué à cet article") credits the whole text. */
static void take_closing_credits(finder *f) {
  for (size_t i = 0; i < f->mentions.n; i++) {
    rcpi_channel_mention *m = &f->mentions.p[i];
    const rcpi_telling *telling = &f->story->tellings[m->telling];
    const rcpi_text *t = &telling->text;
    size_t k = rcpi_token_at(t, m->at.beg);
    if (m->is_for_all || k >= t->n_tokens || t->tokens[k].sentence + 2 < t->n_sentences) continue;
    const rcpi_sentence *s = &t->sentences[t->tokens[k].sentence];
    const rcpi_phrases *credits = phrases_of(f, f->credits, t->lang, "credit_cue", "phrase");
    for (size_t x = s->token; x < s->end_token && s->end_token - s->token < 20; x++) {
      uint32_t row, end;
      if (!rcpi_phrases_at(credits, t, x, &row, &end, 1)) continue;
      rcp_str cue = rcpi_cell(rcpi_lang_table(t->lang, "credit_cue"), row, 0);
      m->is_for_all = m->is_for_all || rcpi_starts(cue, t->tokens[x].lower);   /* "reporting by", not "reported by" */
    }
  }
}

/* A text that names no publisher, has an agency's dateline and is not made "with" it, is the agency's own. */
static void take_datelines(const finder *f, rcpi_channels *out) {
  for (uint32_t i = 0; i < f->story->n_tellings; i++) {
    uint32_t agency = UINT32_MAX;
    bool is_with = false;
    for (size_t k = 0; k < f->mentions.n; k++) {
      const rcpi_channel_mention *m = &f->mentions.p[k];
      if (m->telling != i) continue;
      if (m->is_dateline && agency == UINT32_MAX) agency = m->channel;
      is_with = is_with || m->is_with;
    }
    if (agency != UINT32_MAX && !is_with && out->publisher[i] == UINT32_MAX) out->publisher[i] = agency;
  }
}

void rcpi_channels_find(rcpi_arena *a, const rcpi_story *story, rcpi_channels *out) {
  finder f = {.a = a, .story = story};
  RCPI_VEC(credit_line) lines = {0};
  const rcpi_lang *read[16] = {NULL};
  *out = (rcpi_channels){.publisher = rcpi_array(a, uint32_t, story->n_tellings)};
  learn_publishers(&f, out->publisher);
  for (uint32_t i = 0; i < story->n_tellings; i++) {
    const rcp_article *article = story->tellings[i].article;
    const rcpi_lang *lang = article->lang;
    if (lang && lang->index < 16 && !read[lang->index]) read[lang->index] = lang, learn_table(&f, lang);
    const rcpi_phrases *heads = phrases_of(&f, f.heads, lang, "medium_head", "word");
    const rcpi_table *table = rcpi_lang_table(lang, "medium_head");
    learn_heads(&f, &story->tellings[i].text, heads, table);
    for (size_t k = 0; k < article->n_furniture; k++) {
      rcpi_text *t = read_string(&f, rcpi_at(article->text, article->furniture[k].at), lang);
      learn_acronyms(&f, t);
      if (!credits_all(article, &article->furniture[k])) continue;
      learn_heads(&f, t, heads, table);
      learn_credit_capitals(&f, t);
      rcpi_push(a, &lines, (credit_line){i, article->furniture[k].at.beg, t});
    }
    learn_acronyms(&f, &story->tellings[i].text);
  }
  for (uint32_t i = 0; i < story->n_tellings; i++) read_mentions(&f, i, &story->tellings[i].text, 0, false);
  for (size_t i = 0; i < lines.n; i++) read_mentions(&f, lines.p[i].telling, lines.p[i].text, lines.p[i].beg, true);
  for (uint32_t i = 0; i < story->n_tellings; i++) {
    rcp_str byline = story->tellings[i].article->byline;
    size_t at = byline.n ? rcpi_find(story->tellings[i].article->text, byline) : RCPI_NONE;
    if (at != RCPI_NONE) read_mentions(&f, i, read_string(&f, byline, story->tellings[i].article->lang), (uint32_t)at, true);
  }
  take_closing_credits(&f);
  join_acronyms(&f);
  merge(&f, out);
  take_datelines(&f, out);
  if (f.mentions.n) qsort(f.mentions.p, f.mentions.n, sizeof *f.mentions.p, by_place);
  out->mentions = f.mentions.p;
  out->n_mentions = f.mentions.n;
}

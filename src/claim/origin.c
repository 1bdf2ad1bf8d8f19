/*
 * Every attributed source phrase becomes nodes: the people and organisations named in it, its office, or else its own
 * words. Nodes of one phrase are joined when that is safe: a name with an office that one person holds (préfet, maire),
 * a person with the organisation beside the name. A witness is not joined with "des témoins", nor a lawyer with
 * "l'avocat": many hold that part. Joining too much gives too few origins, never too many.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/origin.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/sets.h"
#include "base/unicode.h"
#include "claim/channel.h"
#include "mark/name.h"
#include "text/phrase.h"

typedef enum office_kind { OFFICIAL, ORGANISATION, PERSON, VAGUE, ANONYMOUS, DOCUMENT, NO_OFFICE } office_kind;

typedef struct speaker { rcp_str name; rcpi_origin_kind kind; uint32_t weight; bool is_vague; rcp_str body; } speaker;

typedef struct pair { uint32_t x, y; } pair;
typedef struct voice { uint32_t node; rcp_str key; } voice;   /* a speaker, and what it speaks for or is called: "bunion", "cFR", "g12" */

typedef struct finder {
  rcpi_arena *a;
  rcpi_story *story;
  rcpi_map nodes;              /* key -> index in speakers; keys: "g<group>", "o<office>", "w<words>" */
  RCPI_VEC(speaker) speakers;
  RCPI_VEC(pair) same;
  RCPI_VEC(voice) voices;
  uint32_t **node_of;          /* [telling][frame]; the number of the origin at the end */
  uint32_t **channel_of;       /* [telling][frame] */
} finder;

/* Offices of one language, compiled. */
typedef struct offices { const rcpi_table *table; rcpi_phrases *phrases; } offices;

static uint32_t node(finder *f, rcp_str key, speaker fresh) {
  bool is_new;
  uint32_t *i = rcpi_map_put(f->a, &f->nodes, key, (uint32_t)f->speakers.n, &is_new);
  if (is_new) rcpi_push(f->a, &f->speakers, fresh);
  speaker *s = &f->speakers.p[*i];
  if (fresh.weight > s->weight) s->name = fresh.name, s->kind = fresh.kind, s->weight = fresh.weight;
  s->is_vague = s->is_vague && fresh.is_vague;
  return *i;
}

static void join(finder *f, uint32_t x, uint32_t y) {
  if (x != UINT32_MAX && y != UINT32_MAX && x != y) rcpi_push(f->a, &f->same, (pair){x, y});
}

static rcpi_origin_kind kind_of_name(rcpi_name_type type) {
  switch (type) {
    case RCPI_NAME_PERSON: return RCPI_ORIGIN_PERSON;
    case RCPI_NAME_ORG: return RCPI_ORIGIN_ORGANISATION;
    case RCPI_NAME_PLACE: return RCPI_ORIGIN_OFFICIAL; /* Moscou, Bangkok: a government by its seat */
    case RCPI_NAME_MEDIA: return RCPI_ORIGIN_MEDIUM;
    default: return RCPI_ORIGIN_OTHER;
  }
}

/* Stem of what scopes an office: ministre [des] Transports, transport minister. */
static rcp_str scope_of(const rcpi_text *t, rcpi_tokens src, size_t beg, size_t end) {
  for (size_t i = end; i < src.end_token && i < end + 4; i++) {
    const rcpi_token *x = &t->tokens[i];
    if (x->kind == RCPI_TOK_MARK) break;
    if (!(x->flags & RCPI_TOK_FUNCTION)) return x->stem;
  }
  if (beg > src.token && !(t->tokens[beg - 1].flags & RCPI_TOK_FUNCTION)) return t->tokens[beg - 1].stem;
  return RCPI_S("");
}

typedef struct found_office { uint32_t node; office_kind kind; bool is_one_person; } found_office;

static office_kind kind_of_office(rcp_str kind) {
  static const char *const names[] = {"official", "organisation", "person", "vague", "anonymous", "document"};
  for (int i = 0; i < 6; i++)
    if (rcpi_is(kind, names[i])) return (office_kind)i;
  return NO_OFFICE;
}

static rcpi_origin_kind origin_of_office(office_kind kind) {
  static const rcpi_origin_kind kinds[] = {RCPI_ORIGIN_OFFICIAL, RCPI_ORIGIN_ORGANISATION, RCPI_ORIGIN_PERSON,
                                           RCPI_ORIGIN_OFFICIAL, RCPI_ORIGIN_ANONYMOUS, RCPI_ORIGIN_OTHER, RCPI_ORIGIN_OTHER};
  return kinds[kind];
}

/* Of an unnamed body of a kind: un syndicat, l'entreprise. */
static rcp_str body_key(finder *f, rcp_str office) {
  return rcpi_printf(f->a, "b%.*s", RCPI_P(office));
}

/* The office that heads a source phrase. */
static found_office find_office(finder *f, const rcpi_text *t, rcpi_tokens src, const offices *o, rcp_str words) {
  for (size_t i = src.token; i < src.end_token; i++) {
    uint32_t row, end;
    if (!rcpi_phrases_at(o->phrases, t, i, &row, &end, 1)) continue;
    office_kind kind = kind_of_office(rcpi_cell(o->table, row, 2));
    bool is_scoped = rcpi_is(rcpi_cell(o->table, row, 3), "yes");
    rcp_str scope = is_scoped ? scope_of(t, src, i, end) : RCPI_S("");
    rcp_str key = rcpi_printf(f->a, "o%.*s:%.*s", RCPI_P(rcpi_cell(o->table, row, 1)), RCPI_P(scope));
    speaker s = {words, origin_of_office(kind), 1, kind == VAGUE || kind == DOCUMENT, RCPI_S("")}; /* "un rapport" may be anybody's */
    bool is_one = kind == OFFICIAL && (!is_scoped || scope.n);
    if (kind == ORGANISATION) s.body = body_key(f, rcpi_cell(o->table, row, 1));
    return (found_office){node(f, key, s), kind, is_one};
  }
  return (found_office){UINT32_MAX, NO_OFFICE, false};
}

/* The code of a country by its name, its people, its capital or its seat of power; "" for anything else. */
static rcp_str country_of(const rcpi_lang *lang, rcp_str folded) {
  enum { CODE = 2 };   /* ISO 3166; other keys of names_known are longer */
  const rcpi_table *t = rcpi_lang_table(lang, "country"), *known = rcpi_lang_table(lang, "names_known");
  size_t row = rcpi_table_find(t, folded);
  if (row != RCPI_NONE) return rcpi_cell(t, row, 1);
  row = rcpi_table_find(known, folded);
  return row != RCPI_NONE && rcpi_cell(known, row, 2).n == CODE ? rcpi_cell(known, row, 2) : RCPI_S("");
}

/* A country, its capital and its seat of power speak as one: by the words of the mention, else by the name's; else `key`. */
static rcp_str place_key(finder *f, uint32_t telling, rcpi_tokens at, rcp_str name, rcp_str key) {
  const rcpi_text *text = &f->story->tellings[telling].text;
  rcp_str code = country_of(text->lang, rcpi_fold(f->a, rcpi_at(text->s, rcpi_tokens_span(text, at.token, at.end_token))));
  if (!code.n) code = country_of(text->lang, rcpi_fold(f->a, name));
  return code.n ? rcpi_printf(f->a, "c%.*s", RCPI_P(code)) : key;
}

/*
 * A government called by who leads it ("l'administration X", "the Y government"): whose it is the words don't say, so it is not told from any
 * other government or seat of power.
 */
static rcp_str government_key(finder *f, uint32_t telling, rcpi_tokens at, const offices *o) {
  const rcpi_text *t = &f->story->tellings[telling].text;
  for (uint32_t i = at.token, row, end; i < at.end_token; i++) {
    if (!rcpi_phrases_at(o->phrases, t, i, &row, &end, 1)) continue;
    rcp_str office = rcpi_cell(o->table, row, 1);
    if (rcpi_is(office, "government") || rcpi_is(office, "administration")) return RCPI_S("government");
  }
  return RCPI_S("");
}

/* The node of a person, else of an organisation, else of a place named in the phrase; joins person and organisation. */
static uint32_t find_names(finder *f, uint32_t telling, rcpi_tokens src, const offices *o) {
  const rcpi_marks *m = &f->story->tellings[telling].marks;
  uint32_t person = UINT32_MAX, org = UINT32_MAX, place = UINT32_MAX;
  for (size_t i = rcpi_names_behind(m, src.token); i < m->n_names && m->names[i].at.token < src.end_token; i++) {
    uint32_t g = f->story->names.group_of[telling][i];
    const rcpi_name_group *group = &f->story->names.groups[g];
    speaker s = {group->canonical, kind_of_name(group->type), 3, false, RCPI_S("")};
    rcp_str key = rcpi_printf(f->a, "g%u", g);
    bool is_person = group->type == RCPI_NAME_PERSON, is_place = group->type == RCPI_NAME_PLACE;
    rcp_str of_place = is_person ? key : place_key(f, telling, m->names[i].at, group->canonical, key);
    bool is_country = of_place.p[0] == 'c';   /* Moscou, le Kremlin */
    if (is_person && person == UINT32_MAX) {
      s.weight = 5;
      person = node(f, key, s);
    } else if ((is_place || is_country) && place == UINT32_MAX) {
      if (is_country) s.body = of_place, s.kind = RCPI_ORIGIN_OFFICIAL;
      place = node(f, of_place, s);
      if (is_country) rcpi_push(f->a, &f->voices, (voice){place, RCPI_S("government")});
    } else if (!is_country && !is_person && !is_place && group->type != RCPI_NAME_MEDIA && org == UINT32_MAX) {
      s.body = government_key(f, telling, m->names[i].at, o);
      s.weight = 4;
      org = node(f, key, s);
      rcpi_push(f->a, &f->voices, (voice){org, key});   /* what tells of it may come from it: support_who.c */
    }
  }
  join(f, person, org);
  return person != UINT32_MAX ? person : org != UINT32_MAX ? org : place;
}

/* Content words of a phrase, for one that names nobody and holds no known office. */
static rcp_str words_key(finder *f, const rcpi_text *t, rcpi_tokens src, bool *has_content) {
  rcpi_buf b;
  rcpi_buf_init(&b);
  rcpi_buf_addc(&b, 'w');
  *has_content = false;
  for (size_t i = src.token; i < src.end_token; i++) {
    const rcpi_token *x = &t->tokens[i];
    if (x->kind == RCPI_TOK_MARK || (x->flags & (RCPI_TOK_FUNCTION | RCPI_TOK_ENCLITIC))) continue;
    *has_content = true;
    rcpi_buf_addc(&b, ' ');
    rcpi_buf_add(&b, x->stem);
  }
  return rcpi_buf_take(&b, f->a);
}

static uint32_t speaker_of(finder *f, uint32_t telling, const rcpi_frame *frame, const offices *o) {
  const rcpi_text *t = &f->story->tellings[telling].text;
  rcpi_tokens src = frame->source;
  rcp_str words = rcpi_at(t->s, rcpi_tokens_span(t, src.token, src.end_token));
  uint32_t name = find_names(f, telling, src, o);
  found_office office = find_office(f, t, src, o, words);
  if (name == UINT32_MAX && rcpi_tokens_any(frame->resolved)) {
    name = find_names(f, telling, frame->resolved, o);
    rcp_str full = rcpi_at(t->s, rcpi_tokens_span(t, frame->resolved.token, frame->resolved.end_token));
    if (office.kind == NO_OFFICE || office.kind == VAGUE) office = find_office(f, t, frame->resolved, o, full);
  }
  bool is_place = name != UINT32_MAX && f->speakers.p[name].weight == 3;
  if (name != UINT32_MAX && office.is_one_person && !is_place) join(f, name, office.node);
  if (name != UINT32_MAX && !(is_place && office.node != UINT32_MAX)) return name;
  if (office.node != UINT32_MAX) return office.node;
  bool has_content;
  rcp_str key = words_key(f, t, src, &has_content);
  if (!has_content && rcpi_tokens_any(frame->resolved)) {   /* ajoute-t-il: un riverain */
    key = words_key(f, t, frame->resolved, &has_content);
    words = rcpi_at(t->s, rcpi_tokens_span(t, frame->resolved.token, frame->resolved.end_token));
  }
  if (!has_content && !frame->is_anonymous) return UINT32_MAX;   /* elle: whoever that is */
  speaker s = {words, frame->is_anonymous ? RCPI_ORIGIN_ANONYMOUS : RCPI_ORIGIN_OTHER, 1, !has_content, RCPI_S("")};
  return node(f, key, s);
}

/*
 * What a speaker of this phrase speaks for: the kinds of body in it ("secrétaire du syndicat des mariniers"), and the countries, when it
 * holds an office of state ("le ministre thaïlandais").
 */
static void read_voices(finder *f, uint32_t telling, rcpi_tokens src, const offices *o, uint32_t who) {
  const rcpi_text *t = &f->story->tellings[telling].text;
  bool is_official = false;
  for (uint32_t i = src.token, row, end; i < src.end_token; i++) {
    if (!rcpi_phrases_at(o->phrases, t, i, &row, &end, 1)) continue;
    office_kind kind = kind_of_office(rcpi_cell(o->table, row, 2));
    is_official = is_official || kind == OFFICIAL || kind == VAGUE;
    if (kind == ORGANISATION) rcpi_push(f->a, &f->voices, (voice){who, body_key(f, rcpi_cell(o->table, row, 1))});
  }
  for (uint32_t i = src.token; is_official && i < src.end_token; i++) {
    rcp_str code = country_of(t->lang, t->tokens[i].fold);
    if (!code.n && i + 1 < src.end_token)   /* la Maison Blanche */
      code = country_of(t->lang, rcpi_printf(f->a, "%.*s %.*s", RCPI_P(t->tokens[i].fold), RCPI_P(t->tokens[i + 1].fold)));
    if (code.n) rcpi_push(f->a, &f->voices, (voice){who, rcpi_printf(f->a, "c%.*s", RCPI_P(code))});
  }
}

enum { MAX_LANGS = 16 };

static void read_speakers(finder *f) {
  rcpi_story *s = f->story;
  offices by_lang[MAX_LANGS + 1] = {{NULL, NULL}};
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    const rcpi_marks *m = &s->tellings[i].marks;
    const rcpi_lang *lang = s->tellings[i].text.lang;
    offices *of = &by_lang[lang && lang->index < MAX_LANGS ? lang->index : MAX_LANGS];
    if (!of->phrases) *of = (offices){rcpi_lang_table(lang, "office"), rcpi_phrases_new(f->a, lang, "office", "word")};
    const offices o = *of;
    for (size_t k = 0; k < m->n_frames; k++) {
      uint32_t who = UINT32_MAX;
      if (rcpi_tokens_any(m->frames[k].source) && f->channel_of[i][k] == UINT32_MAX) who = speaker_of(f, i, &m->frames[k], &o);
      f->node_of[i][k] = who;
      if (who == UINT32_MAX) continue;
      read_voices(f, i, m->frames[k].source, &o, who);
      if (rcpi_tokens_any(m->frames[k].resolved)) read_voices(f, i, m->frames[k].resolved, &o, who);
    }
  }
}

/* The voices of all the nodes of an origin, each once; one whom nothing is attributed to has none. */
static void give_voices(finder *f, rcpi_origin *origins, size_t n, const uint32_t *id) {
  rcpi_map seen = {0};
  bool *is_new = rcpi_array(f->a, bool, f->voices.n);
  for (size_t i = 0; i < f->voices.n; i++) {
    uint32_t o = id[f->voices.p[i].node];
    if (o == UINT32_MAX) continue;
    rcpi_map_put(f->a, &seen, rcpi_printf(f->a, "%u %.*s", o, RCPI_P(f->voices.p[i].key)), 0, &is_new[i]);
    origins[o].n_voices += is_new[i];
  }
  for (size_t i = 0; i < n; i++) {
    origins[i].voices = rcpi_array(f->a, rcp_str, origins[i].n_voices);
    origins[i].n_voices = 0;
  }
  for (size_t i = 0; i < f->voices.n; i++) {
    if (!is_new[i]) continue;
    rcpi_origin *o = &origins[id[f->voices.p[i].node]];
    o->voices[o->n_voices++] = f->voices.p[i].key;
  }
}

/* Of each set of nodes the one with the name that says most. */
static uint32_t *best_names(finder *f, rcpi_sets *sets) {
  uint32_t *best = rcpi_array(f->a, uint32_t, f->speakers.n);
  for (uint32_t i = 0; i < f->speakers.n; i++) best[i] = i;
  for (uint32_t i = 0; i < f->speakers.n; i++) {
    uint32_t root = rcpi_sets_root(sets, i);
    if (f->speakers.p[i].weight > f->speakers.p[best[root]].weight) best[root] = i;
  }
  return best;
}

static rcpi_origin origin_of(const speaker *x) {
  return (rcpi_origin){.name = x->name, .kind = x->kind, .body = x->body, .channel = UINT32_MAX, .is_vague = x->is_vague, .is_named = x->weight >= 3};
}

/* Speakers and channels become one list of origins. A node that no frame is left with (an office that a name went before) is none. */
static void number(finder *f, const rcpi_channels *channels) {
  rcpi_story *s = f->story;
  RCPI_VEC(rcpi_origin) origins = {0};
  rcpi_sets sets;
  rcpi_sets_init(f->a, &sets, f->speakers.n);
  for (size_t i = 0; i < f->same.n; i++) rcpi_sets_join(&sets, f->same.p[i].x, f->same.p[i].y);
  const uint32_t *best = best_names(f, &sets);
  uint32_t *id = rcpi_array(f->a, uint32_t, f->speakers.n);
  bool *is_used = rcpi_array(f->a, bool, f->speakers.n);
  for (uint32_t i = 0; i < s->n_tellings; i++)
    for (size_t k = 0; k < s->tellings[i].marks.n_frames; k++)
      if (f->node_of[i][k] != UINT32_MAX) is_used[rcpi_sets_root(&sets, f->node_of[i][k])] = true;
  for (uint32_t i = 0; i < channels->n; i++)
    rcpi_push(f->a, &origins, (rcpi_origin){.name = channels->all[i].name, .kind = channels->all[i].kind, .channel = i, .is_named = true});
  for (uint32_t i = 0; i < f->speakers.n; i++) {
    uint32_t root = rcpi_sets_root(&sets, i);
    id[i] = root == i ? (uint32_t)origins.n : id[root];
    if (!is_used[root]) id[i] = UINT32_MAX;
    else if (root == i) rcpi_push(f->a, &origins, origin_of(&f->speakers.p[best[i]]));
  }
  give_voices(f, origins.p, origins.n, id);
  for (uint32_t i = 0; i < s->n_tellings; i++)
    for (size_t k = 0; k < s->tellings[i].marks.n_frames; k++) {
      uint32_t who = f->node_of[i][k];
      f->node_of[i][k] = who != UINT32_MAX ? id[who] : f->channel_of[i][k];
    }
  s->origins = origins.p;
  s->n_origins = origins.n;
  s->frame_origin = f->node_of;
}

/* Of each frame the channel that its source is ("selon le Matin"), or UINT32_MAX. */
static void read_channels(finder *f, const rcpi_channels *channels) {
  const rcpi_story *s = f->story;
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    size_t n = s->tellings[i].marks.n_frames;
    f->node_of[i] = rcpi_array(f->a, uint32_t, n);
    f->channel_of[i] = rcpi_array(f->a, uint32_t, n);
    for (size_t k = 0; k < n; k++) f->channel_of[i][k] = UINT32_MAX;
  }
  for (size_t i = 0; i < channels->n_mentions; i++) {
    const rcpi_channel_mention *m = &channels->mentions[i];
    const rcpi_telling *t = &s->tellings[m->telling];
    for (size_t k = 0; !m->is_for_all && k < t->marks.n_frames; k++) {
      const rcpi_frame *frame = &t->marks.frames[k];
      rcpi_span src = rcpi_tokens_span(&t->text, frame->source.token, frame->source.end_token);
      if (rcpi_within(m->at, src) && (m->at.end - m->at.beg) * 2 >= src.end - src.beg) f->channel_of[m->telling][k] = m->channel;
    }
  }
}

static void list_credits(finder *f, const rcpi_channels *channels) {
  RCPI_VEC(rcpi_credit) credits = {0};
  for (size_t i = 0; i < channels->n_mentions; i++) {
    const rcpi_channel_mention *m = &channels->mentions[i];
    const rcpi_credit *last = credits.n ? &credits.p[credits.n - 1] : NULL;
    bool is_own = channels->publisher[m->telling] == m->channel && channels->all[m->channel].kind != RCPI_ORIGIN_AGENCY;
    bool is_again = last && last->telling == m->telling && last->at.beg == m->at.beg;
    if (!is_own && !is_again) rcpi_push(f->a, &credits, (rcpi_credit){m->telling, m->at, m->channel, m->is_for_all});
  }
  f->story->credits = credits.p;
  f->story->n_credits = credits.n;
  f->story->publisher_origin = channels->publisher;
}

void rcpi_origins_find(rcpi_arena *a, rcpi_story *story) {
  finder f = {.a = a, .story = story};
  rcpi_channels channels;
  rcpi_channels_find(a, story, &channels);
  f.node_of = rcpi_array(a, uint32_t *, story->n_tellings);
  f.channel_of = rcpi_array(a, uint32_t *, story->n_tellings);
  read_channels(&f, &channels);
  read_speakers(&f);
  number(&f, &channels);
  list_credits(&f, &channels);
}

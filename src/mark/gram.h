/*
 * gram.h - what each token is to the grammar: word classes, forms of verbs and the reading that its neighbours leave,
 * nouns that name speakers.
 *
 * There is no tagger: classes come from tables (grammar, roles), verb forms from endings (verb_endings, verb_forms,
 * verbs), and a form that may be several things is settled by the words beside it. A form is looked up once a text.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_GRAM_H
#define RCPI_MARK_GRAM_H

#include "text/text.h"

/* Classes of grammar.tsv; a word may have several. */
enum {
  RCPI_G_ART = 1 << 0,        /* le la l' les: article or object */
  RCPI_G_DET = 1 << 1,        /* opens a noun phrase */
  RCPI_G_NOUN = 1 << 2,       /* a noun or an adjective follows, no finite verb */
  RCPI_G_SUBJ = 1 << 3,       /* subject pronoun */
  RCPI_G_PRON = 1 << 4,       /* pronoun of a person spoken of: it stands for a source */
  RCPI_G_ENCLITIC = 1 << 5,   /* -t-il */
  RCPI_G_TONIC = 1 << 6,      /* selon lui */
  RCPI_G_PLURAL = 1 << 7,
  RCPI_G_FEMININE = 1 << 8,
  RCPI_G_CLITIC = 1 << 9,
  RCPI_G_REFLEXIVE = 1 << 10,
  RCPI_G_NE = 1 << 11,
  RCPI_G_NOT = 1 << 12,
  RCPI_G_THAT = 1 << 13,
  RCPI_G_REL = 1 << 14,
  RCPI_G_WHO = 1 << 15,       /* relative that is a subject */
  RCPI_G_AND = 1 << 16,
  RCPI_G_BUT = 1 << 17,
  RCPI_G_SUB = 1 << 18,       /* opens a subordinate clause */
  RCPI_G_CONTRAST = 1 << 19,  /* alors que, tandis que, while */
  RCPI_G_IF = 1 << 20,
  RCPI_G_AS = 1 << 21,
  RCPI_G_PREP = 1 << 22,
  RCPI_G_STOPNP = 1 << 23,    /* ends the name of a speaker */
  RCPI_G_ADV = 1 << 24,
  RCPI_G_NOTTHAT = 1 << 25,   /* the que behind it opens no speech: plus que, alors que */
  RCPI_G_TIME = 1 << 26,
  RCPI_G_DAY = 1 << 27,
  RCPI_G_NUMBER = 1 << 28,
  RCPI_G_LEAD = 1 << 29,      /* first word of what may stand before a subject */
};
#define RCPI_G_PURPOSE ((uint64_t)1 << 30)
#define RCPI_G_MODAL ((uint64_t)1 << 31)
#define RCPI_G_MODALNOT ((uint64_t)1 << 32)  /* devrait, voudrait: conditional in form only */
#define RCPI_G_COND ((uint64_t)1 << 33)      /* conditional by itself: would */
#define RCPI_G_RATHER ((uint64_t)1 << 34)    /* de son côté, pour sa part */
#define RCPI_G_ANON ((uint64_t)1 << 35)
#define RCPI_G_AGENT ((uint64_t)1 << 36)     /* par, by: who did it follows a participle */
#define RCPI_G_TO ((uint64_t)1 << 37)        /* a bare infinitive follows */
#define RCPI_G_HAVE ((uint64_t)1 << 38)      /* auxiliary of the active voice */
#define RCPI_G_FOR ((uint64_t)1 << 39)       /* pour: before a name, whose view it is */
#define RCPI_G_FROM ((uint64_t)1 << 40)      /* auprès de: behind it who was asked */
#define RCPI_G_OF ((uint64_t)1 << 41)        /* de */
#define RCPI_G_ONE ((uint64_t)1 << 42)       /* on: nobody named */
#define RCPI_G_AT ((uint64_t)1 << 43)        /* à, chez: dit-on au ministère */
#define RCPI_G_GOVERNS ((uint64_t)1 << 44)   /* by lemma: tient à dire que, vient d'annoncer que */
#define RCPI_G_ANY ((uint64_t)1 << 45)       /* tout accord: a subject of what would be */
#define RCPI_G_RESUME ((uint64_t)1 << 46)    /* what is said goes on with it behind an incise: par, avec */
#define RCPI_G_OWN ((uint64_t)1 << 47)       /* nos: the medium itself */
#define RCPI_G_ME ((uint64_t)1 << 48)        /* the speaker of the text: je, nous */
#define RCPI_G_LATTER ((uint64_t)1 << 49)    /* ce dernier, le même */
#define RCPI_G_ANYONE ((uint64_t)1 << 50)    /* a pronoun of any gender or number: they */
#define RCPI_G_INDEF ((uint64_t)1 << 51)     /* un, plusieurs */
#define RCPI_G_NAMELESS ((uint64_t)1 << 52)  /* source: never a name */
#define RCPI_G_WITH ((uint64_t)1 << 53)      /* avec */
#define RCPI_G_MASCULINE ((uint64_t)1 << 54)
#define RCPI_G_THATIS ((uint64_t)1 << 55)      /* soit: what follows is worked out from what precedes */
#define RCPI_G_PLAN ((uint64_t)1 << 56)        /* projet, loi: what it would do is no rumour */
#define RCPI_G_WITHOUT ((uint64_t)1 << 57)     /* sans: what would have been */
#define RCPI_G_DUTY ((uint64_t)1 << 58)        /* by lemma: aurait dû */
#define RCPI_G_ADVERB_FORM ((uint64_t)1 << 59) /* an adverb by its ending */

typedef enum rcpi_tense {
  RCPI_TENSE_NONE, RCPI_TENSE_INF, RCPI_TENSE_PRES, RCPI_TENSE_IMPF, RCPI_TENSE_PAST, RCPI_TENSE_FUT, RCPI_TENSE_COND,
  RCPI_TENSE_SUBJ, RCPI_TENSE_PP, RCPI_TENSE_PART,
} rcpi_tense;

enum { RCPI_ROLE_TITLE = 1, RCPI_ROLE_PERSON = 2, RCPI_ROLE_GROUP = 4, RCPI_ROLE_ANON = 8, RCPI_ROLE_DOC = 16, RCPI_ROLE_MEDIA = 32,
       RCPI_ROLE_REPORTER = 64 };
enum { RCPI_MALE = 1, RCPI_FEMALE = 2 };

enum { RCPI_READINGS = 6 };
#define RCPI_NO_ROW UINT32_MAX
typedef struct rcpi_reading {
  rcp_str lemma;
  uint32_t say;                /* its first row in report_verbs, or RCPI_NO_ROW */
  uint8_t tense;
  bool is_noun_too, is_aux;
} rcpi_reading;

/* What a spelling may be, whatever stands beside it. */
typedef struct rcpi_word {
  uint64_t is;                 /* classes */
  uint16_t may;                /* 1 << tense, for each tense that it can be */
  uint8_t roles, gender;       /* of a noun in roles.tsv */
  uint8_t n_readings;
  rcpi_reading reading[RCPI_READINGS];
} rcpi_word;

/* One a token. */
typedef struct rcpi_gram {
  const rcpi_word *word;
  uint8_t tense;               /* the reading that its neighbours leave; RCPI_TENSE_NONE: no verb */
  char mark;                   /* , ; : . ? ! ( ) - for any dash, < and > for quotation marks, # any other, 0 a word */
  bool has_aux;                /* a participle with its auxiliary: a dit */
  bool is_aside;               /* between a subject and its verb: Mme Noël, 63 ans, qui préside le conseil, a ... */
} rcpi_gram;

/*
 * The stretch that rules look at around a token: its sentence, or of one without end (a list, a page without stops) the
 * 600 tokens that it falls into, so that no rule takes time that grows with the square of a text.
 */
typedef struct rcpi_window { uint32_t beg, end; } rcpi_window;
rcpi_window rcpi_gram_window(const rcpi_text *text, size_t token);

/* One for each token of the text, in `a`. */
rcpi_gram *rcpi_gram_read(rcpi_arena *a, const rcpi_text *text);

static inline bool rcpi_gram_is(const rcpi_gram *g, uint64_t classes) { return (g->word->is & classes) != 0; }
static inline bool rcpi_gram_may(const rcpi_gram *g, rcpi_tense t) { return (g->word->may >> t & 1) != 0; }
/* A verb that carries a clause: not an infinitive or participle. */
static inline bool rcpi_gram_is_finite(const rcpi_gram *g) {
  return g->tense >= RCPI_TENSE_PRES && g->tense <= RCPI_TENSE_SUBJ;
}
/* The reading of `tense`, or the first; NULL when the word is no form of a verb. */
const rcpi_reading *rcpi_gram_reading(const rcpi_gram *g, rcpi_tense tense);
/* Index of the auxiliary of a participle at i, looking back to `first`; RCPI_NONE without one. */
size_t rcpi_gram_aux(const rcpi_gram *g, size_t first, size_t i);

#endif

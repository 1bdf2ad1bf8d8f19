/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "clean/clean.h"

static const char *const names[] = {"navigation", "site", "date", "related", "caption", "cookie", "promotion", "share", "credit", "other"};

/* Furniture as "kind:text|kind:text", and the title behind a line end. */
static void judge(const char *text, char *out, size_t size) {
  rcpi_arena a;
  rcp_article article = {.text = rcpi_cstr(text)};
  rcpi_buf b;
  rcpi_arena_init(&a);
  rcpi_arena_init(&article.arena);
  rcpi_buf_init(&b);
  RCPI_GUARD(&a) {
    rcpi_langs langs;
    article.arena.guard = a.guard;
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    const char *why;
    assert_true(rcpi_clean(rcpi_cleaner_new(&a, &langs), &article, &why));
    for (size_t i = 0; i < article.n_furniture; i++) {
      rcp_str s = rcpi_at(article.text, article.furniture[i].at);
      rcpi_buf_printf(&b, "%s%s:%.*s", i ? "|" : "", names[article.furniture[i].kind], RCPI_P(s));
    }
    rcpi_buf_printf(&b, "\n%.*s", RCPI_P(rcpi_at(article.text, article.title_at)));
  }
  assert_true(b.len < size);
  memcpy(out, b.p ? b.p : "", b.len + 1);
  rcpi_buf_release(&b);
  rcpi_arena_release(&article.arena);
  rcpi_arena_release(&a);
}

#define JUDGES(text, want) do { char got[2000]; judge((text), got, sizeof got); assert_string_equal(got, (want)); } while (0)

#define BODY \
  "Le barrage de Saint-Orme a cédé lundi dans la nuit et l'eau a envahi trois hameaux de la vallée.\n" \
  "« Nous avons tout perdu », a dit le maire, qui demande que l'état de catastrophe soit reconnu.\n"

static void test_a_plain_text_is_all_own(void **state) {
  (void)state;
  JUDGES("Le barrage de Saint-Orme cède\n\n" BODY, "\nLe barrage de Saint-Orme cède");
  JUDGES("", "\n");
}

static void test_openers_menus_and_dates(void **state) {
  (void)state;
  JUDGES("Accueil > Région > Vallée\nLe barrage de Saint-Orme cède\nPar Lise Morand\nPublié le 12 mars 2024 à 7h10\n" BODY
         "Lire aussi : Dix ans de retards au barrage\n" BODY,
         "navigation:Accueil > Région > Vallée|credit:Par Lise Morand|date:Publié le 12 mars 2024 à 7h10|"
         "related:Lire aussi : Dix ans de retards au barrage\nLe barrage de Saint-Orme cède");
  JUDGES("Le barrage de Saint-Orme cède\n" BODY "READ  Un chien retrouve la maison de son maître\nNous utilisons des cookies. J'accepte\n",
         "related:READ  Un chien retrouve la maison de son maître|cookie:Nous utilisons des cookies. J'accepte\n"
         "Le barrage de Saint-Orme cède");
}

static void test_furniture_inside_a_line(void **state) {
  (void)state;
  JUDGES("Le barrage de Saint-Orme cède\nSAINT-ORME, 12 mars (AGX) - " BODY "tl-mgr/pt\n",
         "credit:SAINT-ORME, 12 mars (AGX) -|credit:tl-mgr/pt\nLe barrage de Saint-Orme cède");
  JUDGES("VALLÉE DE L’ORME. Le barrage cède dans la nuit\n" BODY, "other:VALLÉE DE L’ORME.\nLe barrage cède dans la nuit");
}

static void test_a_dateline_may_have_a_line_of_its_own(void **state) {
  (void)state;
  JUDGES("Le barrage de Saint-Orme cède\n\nSAINT-ORME/LAZENNE (Reuters) -\n" BODY, "credit:SAINT-ORME/LAZENNE (Reuters) -\nLe barrage de Saint-Orme cède");
}

static void test_captions_end_with_a_credit(void **state) {
  (void)state;
  JUDGES("Le barrage de Saint-Orme cède\n" BODY "Des habitants sur un toit, lundi. Photo Le Val / J.-M. Orsel\n" BODY
         "La vanne du barrage (Lina Costa/AGX)\n" BODY,
         "caption:Des habitants sur un toit, lundi. Photo Le Val / J.-M. Orsel|caption:La vanne du barrage (Lina Costa/AGX)\n"
         "Le barrage de Saint-Orme cède");
}

static void test_sentences_that_only_begin_like_furniture_are_kept(void **state) {
  (void)state;
  JUDGES("Le barrage de Saint-Orme cède\n" BODY "En ce moment, les secours cherchent encore deux personnes dans la vallée.\n"
         "Il y a dix ans, le même barrage avait été fermé pendant tout un été.\n", "\nLe barrage de Saint-Orme cède");
}

/* Many lines, most of them no prose: the stretch with the prose is the article, and the page's own title is found in it. */
#define MORE \
  "Les secours ont évacué deux cents personnes avant l'aube, selon la préfecture, et les ont logées dans le gymnase du bourg.\n" \
  "La commune avait signalé des fissures dans l'ouvrage dès l'automne, rappelle le maire, sans que rien ne soit entrepris.\n"

/* Its paragraphs differ: a line that a page holds twice is mostly a teaser, or the copy for small screens. */
static void test_a_whole_page(void **state) {
  (void)state;
  char page[4000], got[4000];
  size_t n = (size_t)snprintf(page, sizeof page, "Le barrage de Saint-Orme cède | Le Val\n");
  for (int i = 0; i < 40; i++) n += (size_t)snprintf(page + n, sizeof page - n, "Commune %c\n", 'A' + i % 26);
  n += (size_t)snprintf(page + n, sizeof page - n, "Le barrage de Saint-Orme cède\n" BODY "Ce que l'on sait\n" MORE);
  for (int i = 0; i < 10; i++) n += (size_t)snprintf(page + n, sizeof page - n, "Encore %c\n", 'A' + i);
  judge(page, got, sizeof got);
  assert_non_null(strstr(got, "\nLe barrage de Saint-Orme cède"));
  assert_null(strstr(got, "Les secours"));
  assert_null(strstr(got, "catastrophe"));
  assert_null(strstr(got, "fissures"));
  assert_non_null(strstr(got, "navigation:Commune A|"));
  assert_non_null(strstr(got, "other:Encore J\n"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_plain_text_is_all_own), cmocka_unit_test(test_openers_menus_and_dates),
      cmocka_unit_test(test_furniture_inside_a_line), cmocka_unit_test(test_a_dateline_may_have_a_line_of_its_own), cmocka_unit_test(test_captions_end_with_a_credit),
      cmocka_unit_test(test_sentences_that_only_begin_like_furniture_are_kept), cmocka_unit_test(test_a_whole_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "reading.h"

/* words = norm, and what is counted */
static void tell(const reading *r, rcpi_buf *out) {
  const rcpi_marks *m = &r->telling.marks;
  for (size_t i = 0; i < m->n_quantities; i++) {
    const rcpi_quantity *q = &m->quantities[i];
    rcpi_buf_printf(out, "%s%.*s = %.*s", i ? " | " : "", RCPI_P(reading_words(r, q->at)), RCPI_P(q->norm));
    if (rcpi_tokens_any(q->counted)) rcpi_buf_printf(out, " %.*s", RCPI_P(reading_words(r, q->counted)));
  }
}

/* base value and unit */
static void tell_base(const reading *r, rcpi_buf *out) {
  const rcpi_marks *m = &r->telling.marks;
  for (size_t i = 0; i < m->n_quantities; i++)
    rcpi_buf_printf(out, "%s%g..%g %.*s", i ? " | " : "", m->quantities[i].lo, m->quantities[i].hi, RCPI_P(m->quantities[i].unit));
}

#define FR(text, want) reading_check(tell, "fr", "2024-03-12", text, want)
#define EN(text, want) reading_check(tell, "en", "2024-03-12", text, want)
#define BASE(text, want) reading_check(tell_base, "fr", "2024-03-12", text, want)

static void test_numbers_in_digits(void **state) {
  (void)state;
  FR("27 blessés, 10 000 soldats, 41,5 millions d'habitants.", "27 = 27 blessés | 10 000 = 10000 soldats | 41,5 millions = 41.5 M habitants");
  FR("Il en faut 1.458.000,00.", "1.458.000,00 = 1.458 M");
  EN("It took 1,500 workers and 6.4 tonnes.", "1,500 = 1500 workers | 6.4 tonnes = 6.4 t");
}

static void test_numbers_in_words(void **state) {
  (void)state;
  FR("Quatre-vingt-dix-sept pompiers, soixante et onze lits, septante-deux voix.",
     "Quatre-vingt-dix-sept = 97 pompiers | soixante et onze = 71 lits | septante-deux = 72 voix");
  FR("Deux cent deux mille votes, un million et demi de voix.", "Deux cent deux mille = 202000 votes | un million et demi = 1.5 M voix");
  FR("Deux virgule cinq tonnes, les deux tiers, un sur trois.", "Deux virgule cinq tonnes = 2.5 t | deux tiers = 0.667 | un sur trois = 0.333");
  EN("Two hundred and five people, forty-one beds, two dozen cars.", "Two hundred and five = 205 people | forty-one = 41 beds | two dozen = ~24 cars");
}

static void test_rounding_is_kept(void **state) {
  (void)state;
  FR("Près de 30 mètres, plus de 200 tonnes, au moins deux morts.", "Près de 30 mètres = ~30 m | plus de 200 tonnes = >200 t | au moins deux = >=2 morts");
  FR("Une centaine de pompiers, des millions d'obus.", "Une centaine = ~100 pompiers | des millions = n x 1 M obus");
  FR("Les 30 ans environ.", "30 ans environ = ~30 y");
  EN("Nearly 30 metres, more than 200 tons.", "Nearly 30 metres = ~30 m | more than 200 tons = >200 ton");
}

static void test_ranges_and_scores(void **state) {
  (void)state;
  FR("Entre 30 et 40 personnes, de 3 à 5 ans, 30 à 40 millions d'euros.",
     "Entre 30 et 40 = 30..40 personnes | de 3 à 5 ans = 3..5 y | 30 à 40 millions d'euros = 30 M..40 M EUR");
  FR("Victoire 3-1 puis 0-2.", "3-1 = 3-1 | 0-2 = 0-2");
  FR("Les ventes vont de 15 % à 400 millions de dollars.", "15 % = 15% | 400 millions de dollars = 400 M USD");
}

static void test_units_lead_to_base_units(void **state) {
  (void)state;
  BASE("Sur 10 km et 6 miles.", "10000..10000 m | 9656.06..9656.06 m");
  BASE("À 90 km/h, pour 2 tonnes et 500 kg.", "90..90 km/h | 2000..2000 kg | 500..500 kg");
  BASE("Vingt-quatre mois et deux ans.", "6.31152e+07..6.31152e+07 s | 6.31152e+07..6.31152e+07 s");
  BASE("Il fait -5 degrés Celsius.", "-5..-5 °C");
  BASE("De 4 % et 3 points.", "4..4 % | 3..3 point");
}

static void test_currencies_stand_on_both_sides(void **state) {
  (void)state;
  FR("38 M€, 12 euros, 41,5 milliards de dollars.", "38 M€ = 38 M EUR | 12 euros = 12 EUR | 41,5 milliards de dollars = 41.5 G USD");
  EN("It cost $41.5m, £2bn and €38 million.", "$41.5m = 41.5 M USD | £2bn = 2 G GBP | €38 million = 38 M EUR");
}

static void test_what_is_no_quantity(void **state) {
  (void)state;
  FR("Le Mohajer-6, l'A380, l'article 49, le n° 3 et la 3e place.", "");
  FR("Le 12 mars à 7h42, en 2017.", "");
  FR("Appelez le 01 42 33 44 55.", "");
  FR("Un homme marche, une voiture passe.", "");
  FR("La vingt-cinquième édition.", "");
}

static void test_one_counts_where_it_is_a_toll_or_a_measure(void **state) {
  (void)state;
  FR("Un mort, une tonne, deux ans et demi de prison.", "Un = 1 mort | une tonne = 1 t | deux ans et demi = 2.5 y");
}

static void test_what_is_counted_is_the_noun(void **state) {
  (void)state;
  FR("Trois autres jeunes hommes, cinq soldats thaïlandais.", "Trois = 3 hommes | cinq = 5 soldats");
  EN("Four young Norvian soldiers and 31 injured.", "Four = 4 soldiers | 31 = 31 injured");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_numbers_in_digits),
      cmocka_unit_test(test_numbers_in_words),
      cmocka_unit_test(test_rounding_is_kept),
      cmocka_unit_test(test_ranges_and_scores),
      cmocka_unit_test(test_units_lead_to_base_units),
      cmocka_unit_test(test_currencies_stand_on_both_sides),
      cmocka_unit_test(test_what_is_no_quantity),
      cmocka_unit_test(test_one_counts_where_it_is_a_toll_or_a_measure),
      cmocka_unit_test(test_what_is_counted_is_the_noun),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

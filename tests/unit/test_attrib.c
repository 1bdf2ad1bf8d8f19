/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

static void test_according_to(void **state) {
  (void)state;
  SAYS("fr", "Selon le maire, le pont est fermé depuis lundi.",
       "a| Selon le maire\n"
       "R le maire [Selon]| le pont est fermé depuis lundi\n");
  SAYS("fr", "Ils étaient 2.100 selon la police, 5.000 selon les syndicats.",
       "R la police [selon]| Ils étaient 2.100\n"
       "a| selon la police\n"
       "R les syndicats [selon]| 5.000 selon les syndicats\n");
  SAYS("fr", "Les travaux se font selon les besoins.", "A| Les travaux se font selon les besoins\n");
  SAYS("en", "The bridge closed in May, according to the council.",
       "R the council [according to]| The bridge closed in May\n"
       "a| according to the council\n");
}

static void test_verbs_of_saying(void **state) {
  (void)state;
  SAYS("en", "In what guards said was a first, the quay closed on Monday.",
       "R what guards [said]| In what guards said was a first\n"
       "R what guards [said]| the quay closed on Monday\n");
  SAYS("fr", "Le préfet a déclaré lundi soir, devant la presse, que la digue tiendrait et que personne ne serait évacué.",
       "R Le préfet [a déclaré lundi soir, devant la presse, que]| Le préfet a déclaré lundi soir, devant la presse, que la digue tiendrait\n"
       "R Le préfet [a déclaré lundi soir, devant la presse, que]| personne ne serait évacué\n");
  SAYS("fr", "Le syndicat dit avoir alerté la direction, accusant le groupe de négligence.",
       "R Le syndicat [dit]| Le syndicat dit avoir alerté la direction\n"
       "R Le syndicat [accusant]| accusant le groupe de négligence\n");
  SAYS("fr", "À la préfecture, on confirme que la route est coupée.",
       "R la préfecture [confirme que]| À la préfecture, on confirme que la route est coupée\n");
  SAYS("fr", "Le préfet n'a pas précisé le nombre de blessés.", "A| Le préfet n'a pas précisé le nombre de blessés\n");
}

static void test_english_leaves_that_out(void **state) {
  (void)state;
  SAYS("en", "Anna Lee, a spokeswoman, said the firm would appeal.",
       "R Anna Lee, a spokeswoman [said]| Anna Lee, a spokeswoman, said the firm would appeal\n");
  SAYS("en", "Trains will not run before Monday, the operator said.",
       "R the operator [said]| Trains will not run before Monday\n"
       "a| the operator said\n");
  SAYS("en", "He said two managers had been questioned and that nobody had been detained.",
       "a| He said\n"
       "R He [said]| two managers had been questioned\n"
       "R He [said]| nobody had been detained\n");
}

static void test_quotations(void **state) {
  (void)state;
  SAYS("fr", "« Nous avons tout perdu », a raconté à l'AFP Jeanne Morel. « Il ne reste que les murs. »",
       "Q Jeanne Morel [a raconté]| « Nous avons tout perdu »\n"
       "a| a raconté à l'AFP Jeanne Morel\n"
       "Q Jeanne Morel [a raconté]| « Il ne reste que les murs. »\n");
  SAYS("fr", "Le maire ne décolère pas. « On nous a menti pendant dix ans. »",
       "A| Le maire ne décolère pas\n"
       "Q Le maire [Le maire]| « On nous a menti pendant dix ans. »\n");
  SAYS("fr", "Luc Durand : « Nous n'irons pas plus loin »",
       "a| Luc Durand\n"
       "Q Luc Durand [:]| « Nous n'irons pas plus loin »\n");
  SAYS("fr", "Réforme : « Nous n'irons pas plus loin »",
       "A| Réforme\n"
       "Q| « Nous n'irons pas plus loin »\n");
  SAYS("fr", "« C'est un désastre », exulte le voisin.",
       "Q le voisin [exulte]| « C'est un désastre »\n"
       "a| exulte le voisin\n");
}

static void test_pronouns_and_short_forms_have_a_fuller_name(void **state) {
  (void)state;
  SAYS("fr", "La directrice, Anne Roche, a présenté ses comptes. « C'est une bonne année », a-t-elle dit.",
       "A| La directrice, Anne Roche, a présenté ses comptes\n"
       "Q -t-elle [a-t-elle dit] = La directrice, Anne Roche| « C'est une bonne année »\n"
       "a| a-t-elle dit\n");
  SAYS("fr", "Le porte-parole, Luc Noël, salue l'accord. M. Noël a ajouté que les travaux avaient commencé hier soir.",
       "R Le porte-parole, Luc Noël [salue]| Le porte-parole, Luc Noël, salue l'accord\n"
       "R M. Noël [a ajouté que] = Le porte-parole, Luc Noël| M. Noël a ajouté que les travaux avaient commencé hier soir\n");
}

static void test_one_may_pass_on_what_another_says(void **state) {
  (void)state;
  SAYS("fr", "Selon le maire, cité par l'agence Meridian, le pont est fermé.",
       "r l'agence Meridian [cité par]| Selon le maire\n"
       "r le maire [Selon]| cité par l'agence Meridian\n"
       "R le maire [Selon]| le pont est fermé\n");
}

static void test_one_may_cite_another(void **state) {
  (void)state;
  SAYS("fr", "Selon l'agence Meridian, qui cite un responsable du ministère, l'accord sera signé vendredi.",
       "a| Selon l'agence Meridian\n"
       "R l'agence Meridian [Selon]| qui cite un responsable du ministère\n"
       "R un responsable du ministère [cite] anonymous| l'accord sera signé vendredi\n");
  SAYS("en", "Local media, quoting the hospital, said two of the wounded had died.",
       "R the hospital [quoting]| Local media, quoting the hospital, said two of the wounded had died\n");
  SAYS("en", "The general was quoted by the Meridian news agency as saying 40 soldiers had died.",
       "A| The general was quoted by the Meridian news agency as\n"
       "R The general [saying]| saying 40 soldiers had died\n");
}

static void test_the_words_that_speak_may_stand_inside(void **state) {
  (void)state;
  SAYS("fr", "La route, explique le maire, sera rouverte dès que possible.",
       "R le maire [explique]| La route, explique le maire, sera rouverte dès que possible\n");
  SAYS("en", "Tissot, he said, had lied.", "R he [said]| Tissot, he said, had lied\n");
  SAYS("en", "The fire broke out at dawn, officials said, and spread to two hangars.",
       "R officials [said] anonymous| The fire broke out at dawn\n"
       "a| officials said\n"
       "R officials [said] anonymous| spread to two hangars\n");
}

static void test_a_quotation_of_several_paragraphs_has_one_speaker(void **state) {
  (void)state;
  SAYS("fr", "« L'eau est montée d'un coup. Tout est parti.\n« Il ne reste que les murs », raconte Lucie Marchal.",
       "Q Lucie Marchal [raconte]| « L'eau est montée d'un coup\n"
       "Q Lucie Marchal [raconte]| Tout est parti\n"
       "Q Lucie Marchal [raconte]| « Il ne reste que les murs »\n"
       "a| raconte Lucie Marchal\n");
}

static void test_who_a_pronoun_is(void **state) {
  (void)state;
  SAYS("fr", "Odile Ferrand n'y croit pas car « cela aurait un coût », a-t-elle déclaré.",
       "R -t-elle [a-t-elle déclaré] = Odile Ferrand| Odile Ferrand n'y croit pas\n"
       "Q -t-elle [a-t-elle déclaré] = Odile Ferrand| car « cela aurait un coût »\n"
       "a| a-t-elle déclaré\n");
  SAYS("fr", "Les taxes baisseront, d'après la ministre du Budget.\nLa France n'en a plus besoin, a-t-elle déclaré.",
       "R la ministre du Budget [d'après]| Les taxes baisseront\n"
       "a| d'après la ministre du Budget\n"
       "R -t-elle [a-t-elle déclaré] = la ministre du Budget| La France n'en a plus besoin\n"
       "a| a-t-elle déclaré\n");
  SAYS("fr", "La préfète Claire Monnet et le maire Jean Tissot sont venus. Selon elle, tout va bien.",
       "A| La préfète Claire Monnet et le maire Jean Tissot sont venus\n"
       "a| Selon elle\n"
       "R elle [Selon] = La préfète Claire Monnet| tout va bien\n");
  SAYS("fr", "Le procureur a parlé mardi. Le suspect, a-t-il dit, avait fui.",
       "A| Le procureur a parlé mardi\n"
       "R -t-il [a-t-il dit] = Le procureur| Le suspect, a-t-il dit, avait fui\n");
  SAYS("fr", "La police a interrogé Marc Delay. Il a nié les faits.",
       "A| La police a interrogé Marc Delay\n"
       "R Il [a nié] = Marc Delay| Il a nié les faits\n");
  SAYS("fr", "Le porte-parole, Luc Noël, salue l'accord. Le même responsable affirme que douze pays l'ont signé.",
       "R Le porte-parole, Luc Noël [salue]| Le porte-parole, Luc Noël, salue l'accord\n"
       "R Le même responsable [affirme que] = Le porte-parole, Luc Noël| Le même responsable affirme que douze pays l'ont signé\n");
}

static void test_over_a_paragraph_two_people_are_nobody(void **state) {
  (void)state;
  SAYS("fr", "Anne Roche a quitté la salle. Lise Carval est restée.\nElle a promis une réponse.",
       "A| Anne Roche a quitté la salle\n"
       "A| Lise Carval est restée\n"
       "R Elle [a promis]| Elle a promis une réponse\n");
}

static void test_a_verdict_on_what_was_said_is_another_ones(void **state) {
  (void)state;
  SAYS("fr", "Le syndicat affirme que deux agents ont été blessés, une version que la préfecture ne confirme pas.",
       "R Le syndicat [affirme que]| Le syndicat affirme que deux agents ont été blessés\n"
       "R la préfecture [ne confirme]| une version que la préfecture ne confirme pas\n");
  SAYS("en", "Management said 18 percent had stopped work, a figure that leaves out those required to work.",
       "a| Management said\n"
       "R Management [said]| 18 percent had stopped work\n"
       "A| a figure that leaves out those required to work\n");
}

static void test_infinitives_behind_prepositions(void **state) {
  (void)state;
  SAYS("fr", "Il a rappelé les faits avant d'ajouter que la loi serait votée.",
       "A| Il a rappelé les faits\n"
       "R Il [avant d'ajouter]| avant d'ajouter que la loi serait votée\n");
}

static void test_sources_without_a_name(void **state) {
  (void)state;
  SAYS("fr", "Rapport français : la pêche sauvée, mais une saison perdue",
       "A| Rapport français : la pêche sauvée\n"
       "A| une saison perdue\n");
  SAYS("fr", "Une source proche du dossier a confirmé que l'accord était signé.",
       "R Une source proche du dossier [a confirmé que] anonymous| Une source proche du dossier a confirmé que l'accord était signé\n");
  SAYS("fr", "Le ministre a confirmé que l'accord était signé depuis lundi.",
       "R Le ministre [a confirmé que]| Le ministre a confirmé que l'accord était signé depuis lundi\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_according_to),
      cmocka_unit_test(test_verbs_of_saying),
      cmocka_unit_test(test_english_leaves_that_out),
      cmocka_unit_test(test_quotations),
      cmocka_unit_test(test_pronouns_and_short_forms_have_a_fuller_name),
      cmocka_unit_test(test_one_may_pass_on_what_another_says),
      cmocka_unit_test(test_one_may_cite_another),
      cmocka_unit_test(test_the_words_that_speak_may_stand_inside),
      cmocka_unit_test(test_a_quotation_of_several_paragraphs_has_one_speaker),
      cmocka_unit_test(test_who_a_pronoun_is),
      cmocka_unit_test(test_a_verdict_on_what_was_said_is_another_ones),
      cmocka_unit_test(test_infinitives_behind_prepositions),
      cmocka_unit_test(test_over_a_paragraph_two_people_are_nobody),
      cmocka_unit_test(test_sources_without_a_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Every allocation of a comparison fails once: the run ends with RCP_ENOMEM, leaks nothing (under AddressSanitizer), and
 * the next run is as if nothing had been. After Lua's memory tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <recoupe.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

static const char *const texts[] = {
    "Le bac de Sourdeval est arrêté\n\nLe bac qui relie Sourdeval à l'île a été arrêté mardi, a annoncé la mairie. Selon la maire, "
    "Lise Tarnac, 120 habitants sont sans liaison. « Nous n'avons rien vu venir », a-t-elle dit.",
    "Sourdeval sans bac\n\nLe bac de Sourdeval aurait été arrêté mardi. Près de 130 habitants sont privés de liaison, selon une source "
    "proche du dossier. Le bac doit reprendre vendredi.",
};

/* RCP_OK, or what failed; *out gets the JSON. */
static rcp_status compare(rcp_buffer *out) {
  rcp_engine *engine = NULL;
  rcp_article *articles[2] = {NULL, NULL};
  rcp_dossier *dossier = NULL;
  rcp_status status = rcp_engine_new(NULL, &engine, NULL);
  for (size_t i = 0; !status && i < 2; i++)
    status = rcp_article_new(engine, (rcp_str){i ? "b" : "a", 1}, (rcp_str){texts[i], strlen(texts[i])}, &articles[i], NULL);
  if (!status) status = rcp_compare(engine, articles, 2, &dossier, NULL);
  if (!status) status = rcp_dossier_write(dossier, RCP_FORMAT_JSON, NULL, out, NULL);
  rcp_dossier_free(dossier);
  for (size_t i = 0; i < 2; i++) rcp_article_free(articles[i]);
  rcp_engine_free(engine);
  return status;
}

int main(void) {
  rcp_buffer want = {0}, got = {0};
  size_t n = 1;
  if (compare(&want)) return printf("not ok 1 - the comparison itself\n1..1\n"), 1;
  for (;; n++) {
    rcpi_fail_allocation = n;
    rcp_status status = compare(&got);
    bool has_failed = rcpi_fail_allocation == 0;
    rcpi_fail_allocation = 0;
    if (!has_failed && !status) break;
    if (status != RCP_ENOMEM) return printf("not ok 1 - allocation %zu failed and the run said %d\n1..1\n", n, (int)status), 1;
    rcp_buffer_release(&got);
  }
  bool same = want.n == got.n && !memcmp(want.p, got.p, want.n);
  printf("%s 1 - %zu allocations failed one by one, then the same dossier\n1..1\n", same && n > 20 ? "ok" : "not ok", n - 1);
  rcp_buffer_release(&want);
  rcp_buffer_release(&got);
  return !(same && n > 20);
}

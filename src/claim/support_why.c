/* The reason of the counts, in one line. SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "claim/support_int.h"

typedef rcpi_support_counter counter;
typedef rcpi_support_tally tally;

/* Those of the present set that doubt has not joined to telling `first`, or those that nothing else has: how many. */
static size_t list_members(const counter *c, rcpi_buf *b, tally *t, const uint32_t *root, size_t first, bool in_doubt) {
  uint32_t sure = rcpi_sets_root(&t->sure, t->tellings.p[first]);
  size_t n = 0;
  for (size_t i = 0; i < t->tellings.n; i++) {
    bool is_sure = rcpi_sets_root(&t->sure, t->tellings.p[i]) == sure;
    if (root[i] != root[first] || is_sure == in_doubt) continue;
    if (in_doubt && !n) rcpi_buf_adds(b, "; ");
    else if (n) rcpi_buf_adds(b, ", ");
    rcpi_buf_add(b, rcpi_file_name(c->story->tellings[t->tellings.p[i]].article->source));
    n++;
  }
  return n;
}

/* The telling of its set with which most others surely go: the others are listed as doubtful. */
static size_t firmest(tally *t, const uint32_t *root, size_t first) {
  size_t best = first, most = 0;
  for (size_t i = first; i < t->tellings.n; i++) {
    size_t n = 0;
    for (size_t k = 0; k < t->tellings.n && root[i] == root[first]; k++)
      n += rcpi_sets_root(&t->sure, t->tellings.p[k]) == rcpi_sets_root(&t->sure, t->tellings.p[i]);
    if (n > most) most = n, best = i;
  }
  return best;
}

/* The agency that those of the set are from that have one and that doubt has not joined; UINT32_MAX: none, or several. */
static uint32_t agency_of(const counter *c, tally *t, const uint32_t *root, size_t first) {
  uint32_t sure = rcpi_sets_root(&t->sure, t->tellings.p[first]), agency = UINT32_MAX;
  for (size_t i = 0; i < t->tellings.n; i++) {
    uint32_t own = c->agency[t->tellings.p[i]];
    if (root[i] != root[first] || rcpi_sets_root(&t->sure, t->tellings.p[i]) != sure || own == UINT32_MAX) continue;
    if (agency != UINT32_MAX && agency != own) return UINT32_MAX;
    agency = own;
  }
  return agency;
}

/* "a.txt, b.txt: one channel (AGL); c.txt; said by: la préfecture" */
rcp_str rcpi_support_explain(const counter *c, tally *t, const rcpi_support *support, bool fr) {
  rcpi_buf b;
  rcpi_buf_init(&b);
  const uint32_t *root = rcpi_support_roots(c, t);
  for (size_t i = 0; i < t->tellings.n; i++) {
    if (rcpi_support_holds(root, i, root[i])) continue;
    if (b.len) rcpi_buf_adds(&b, "; ");
    size_t first = firmest(t, root, i);
    if (list_members(c, &b, t, root, first, false) > 1) rcpi_buf_adds(&b, fr ? " : un seul canal" : ": one channel");
    uint32_t agency = agency_of(c, t, root, first);
    if (agency != UINT32_MAX) rcpi_buf_printf(&b, " (%.*s)", RCPI_P(c->story->origins[agency].name));
    if (list_members(c, &b, t, root, first, true))
      rcpi_buf_adds(&b, fr ? " : peut-être un autre fait, non compté à part" : ": perhaps another claim, not counted apart");
  }
  if (t->speakers.n) rcpi_buf_adds(&b, fr ? " ; dit par : " : "; said by: ");
  for (size_t i = 0; i < t->speakers.n; i++) {
    if (i) rcpi_buf_adds(&b, ", ");
    rcpi_buf_add(&b, c->story->origins[t->speakers.p[i]].name);
    if (t->is_vague[i] && support->independent < t->speakers.n)
      rcpi_buf_adds(&b, fr ? " (vague : non compté à part)" : " (vague: not counted apart)");
  }
  return rcpi_buf_take(&b, c->a);
}

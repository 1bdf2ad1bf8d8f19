/* SPDX-License-Identifier: Apache-2.0 */
#include "input/robots.h"

enum { MOST_RULES = 20000, LONGEST_RULE = 2048 };

/* "Disallow: /private/ # why" */
static bool take(rcp_str line, rcp_str *name, rcp_str *value) {
  size_t hash = rcpi_find_char(line, '#'), colon;
  if (hash != RCPI_NONE) line = rcpi_sub(line, 0, hash);
  if ((colon = rcpi_find_char(line, ':')) == RCPI_NONE) return false;
  *name = rcpi_trim(rcpi_sub(line, 0, colon));
  *value = rcpi_trim(rcpi_sub(line, colon + 1, line.n));
  return true;
}

static bool is_name(rcp_str s, const char *name) {
  return rcpi_eq_nocase(s, rcpi_cstr(name));
}

/* All groups whose user-agent is `agent`; false when there is none. */
static bool read_groups(rcpi_arena *a, rcp_str text, const char *agent, rcpi_robots *out) {
  rcp_str line, name, value;
  bool is_ours = false, is_in_rules = false, any = false;
  while (rcpi_next_line(&text, &line)) {
    if (!take(line, &name, &value)) continue;
    if (is_name(name, "user-agent")) {
      if (is_in_rules) is_ours = false;
      is_in_rules = false;
      size_t slash = rcpi_find_char(value, '/');
      if (is_name(slash == RCPI_NONE ? value : rcpi_sub(value, 0, slash), agent)) is_ours = any = true;
      continue;
    }
    bool allows = is_name(name, "allow"), is_delay = is_name(name, "crawl-delay");
    if (!allows && !is_delay && !is_name(name, "disallow")) continue;
    is_in_rules = true;
    if (is_delay && is_ours) {
      double seconds;
      if (rcpi_parse_double(value, &seconds) && seconds > 0 && seconds < 1e6) out->delay = (unsigned)(seconds + 0.999);
    } else if (is_ours && value.n && value.n < LONGEST_RULE && out->rules.n < MOST_RULES) {
      rcpi_push(a, &out->rules, (rcpi_robots_rule){rcpi_dup(value, a), allows});
    }
  }
  return any;
}

void rcpi_robots_read(rcpi_arena *a, rcp_str text, const char *agent, rcpi_robots *out) {
  *out = (rcpi_robots){.delay = 0};
  if (rcpi_starts(text, RCPI_S("\xEF\xBB\xBF"))) text = rcpi_sub(text, 3, text.n);
  if (!read_groups(a, text, agent, out)) read_groups(a, text, "*", out);
}

/* '*' is any run of characters, '$' at the end the end. Goes back to the last star only, so the time is n times m at most. */
static bool fits(rcp_str rule, rcp_str path) {
  bool is_whole = rule.n && rule.p[rule.n - 1] == '$';
  size_t r = 0, p = 0, star = RCPI_NONE, from = 0, end = rule.n - is_whole;
  for (;;) {
    if (r == end && (!is_whole || p == path.n)) return true;
    if (r < end && rule.p[r] == '*') {
      star = r++;
      from = p;
    } else if (r < end && p < path.n && rule.p[r] == path.p[p]) {
      r++, p++;
    } else if (star != RCPI_NONE && from < path.n) {
      r = star + 1;
      p = ++from;
    } else {
      return false;
    }
  }
}

bool rcpi_robots_allow(const rcpi_robots *robots, rcp_str path) {
  size_t longest = 0;
  bool allows = true;
  if (!path.n) path = RCPI_S("/");
  for (size_t i = 0; i < robots->rules.n; i++) {
    const rcpi_robots_rule *rule = &robots->rules.p[i];
    if (rule->path.n < longest || !fits(rule->path, path)) continue;
    allows = rule->path.n > longest ? rule->allows : allows || rule->allows;
    longest = rule->path.n;
  }
  return allows;
}

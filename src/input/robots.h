/*
 * robots.h - what a robots.txt lets a program read (RFC 9309).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_ROBOTS_H
#define RCPI_INPUT_ROBOTS_H

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_robots_rule { rcp_str path; bool allows; } rcpi_robots_rule;
typedef struct rcpi_robots {
  RCPI_VEC(rcpi_robots_rule) rules;
  unsigned delay;              /* Crawl-delay in seconds, 0: none stated; no part of the RFC, but many write it */
} rcpi_robots;

/* The rules of all groups that name `agent` (without version); of those for "*" when none does. Copied into `a`. */
void rcpi_robots_read(rcpi_arena *a, rcp_str text, const char *agent, rcpi_robots *out);
/* `path` begins with '/' and holds the query. The longest rule that fits decides; among equals, the one that allows. */
bool rcpi_robots_allow(const rcpi_robots *robots, rcp_str path);

#endif

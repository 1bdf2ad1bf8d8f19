/*
 * cage.h - giving up, for good, what reading and answering don't need.
 *
 * A page that finds a fault in a parser should find itself in a process that can open the files it was given and nothing
 * else: no other file, no program to start, no code to write and run, no connection. Two doors of the kernel do it:
 * landlock (which files and ports; Linux 5.13) and seccomp (which system calls). What the kernel lacks is left out and told.
 *
 * It holds for the calling thread and for those that it makes afterwards: enter before threads are made.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_CAGE_H
#define RCPI_BASE_CAGE_H

#include "base/arena.h"

/* As rcp_cage_enter says. The arena is for the walk through folders. */
rcp_status rcpi_cage_enter(rcpi_arena *a, const rcp_cage *cage, unsigned *held, rcp_error *error);
/* What this kernel would hold: RCP_CAGE_FILES, RCP_CAGE_CALLS. */
unsigned rcpi_cage_available(void);

#endif

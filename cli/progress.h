/* progress.h - how far a long run is, on a terminal; and how it ends when somebody presses Ctrl-C. SPDX-License-Identifier: Apache-2.0 */
#ifndef RECOUPE_PROGRESS_H
#define RECOUPE_PROGRESS_H

#include <stdint.h>

#include "cli.h"

typedef struct cli_progress {
  uint64_t n;                 /* records so far */
  uint64_t begun, next;       /* tenths of a second */
  int width;                  /* of the line that stands there; 0: none */
  bool is_shown;
} cli_progress;

/* From here on Ctrl-C only asks to stop. Before the cage: it may open /dev/null. */
void cli_progress_start(cli_progress *p, const cli_options *o);
/* One more record is done; false: the run is to stop. `reader` may be NULL. */
bool cli_progress_step(cli_progress *p, const rcp_reader *reader);
/* Takes the line away, for a message. */
void cli_progress_pause(cli_progress *p);
/* True when the run was stopped; that is said. */
bool cli_progress_end(cli_progress *p);
/* After everything is written and closed: ends the process as the signal that asked for it would have; returns if none did. */
void cli_end_by_signal(void);

#endif

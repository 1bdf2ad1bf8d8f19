/*
 * memory.h - how much of the machine's memory a server holds: as much as its largest work took, and at rest what it keeps.
 *
 * Dossiers take more than 100 MB while they are made. Each desk keeps what one took for the next (the archive does, until
 * rcp_archive_rest), so what is left for the C library are answers and small things. There the large go back to the system at once
 * and the small have one heap for all threads, since an answer is made in one and freed in another.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_MEMORY_H
#define RECOUPE_SERVE_MEMORY_H

/* For the whole process, before it has threads; for nothing where the C library is not glibc. */
void serve_memory_keep(void);
/* All that is free goes to the system. Any thread. */
void serve_memory_rest(void);

#endif

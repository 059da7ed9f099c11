/* SPDX-License-Identifier: MIT */
/* The migrations that the walks over all faults run, for each engine. */
#pragma once

#include <stddef.h>

typedef struct {
    const char *name;
    const char *text;
} MigWalkFile;

typedef struct {
    const char *engine;
    const MigWalkFile *files;
    size_t n_files;
    const char *schema; /* what shows the schema, but for the history and the tally */
} MigWalkFiles;

/** mig_walk_files: (static) those of the engine of this run. */
const MigWalkFiles *mig_walk_files(void);

/**
 * mig_walk_broken:
 * @kind: (borrowed) "transaction" or "single": the second of three statements is refused; "verify":
 *   its VERIFY doesn't pass; "down": the second statement of its DOWN is refused
 *
 * Returns: (static) a migration 8 that fails on every engine
 */
const char *mig_walk_broken(const char *kind);

/** mig_walk_mend: (owned) the same with nothing wrong. */
char *mig_walk_mend(const char *text);

/* SPDX-License-Identifier: MIT */
/* Files against records: what is applied, pending, changed, missing, failed or in doubt. */
#pragma once

#include <migrate/error.h>
#include <migrate/history.h>
#include <migrate/source.h>

typedef enum {
    MIG_STANDING_APPLIED,
    MIG_STANDING_PENDING,
    MIG_STANDING_LATE,    /* pending, and older than one that is applied */
    MIG_STANDING_CHANGED, /* applied, and the file says something else now */
    MIG_STANDING_MISSING, /* recorded, and there is no file */
    MIG_STANDING_NEWER,   /* the same, and newer than every file: the directory is older */
    MIG_STANDING_STOPPED, /* begun, and where it stopped is known: `up` (or `down`) resumes there */
    MIG_STANDING_DOUBT,   /* begun, and one statement may or may not have taken effect */
    MIG_STANDING_UNVERIFIED, /* all of UP is done, VERIFY did not pass */
} MigStanding;

/** mig_standing_name: (static) the word that `status` has for it. */
const char *mig_standing_name(MigStanding standing);

typedef struct {
    MigMigration *migration; /* (borrowed) NULL: no file */
    const MigRecord *record; /* (borrowed) NULL: not recorded */
    MigStanding standing;
} MigPair;

/**
 * mig_compare:
 * @strict: compare the bytes, not the tokens
 * @error: %MIG_ERROR_FILE if a file that has to be parsed for its checksum is wrong
 *
 * A recorded checksum is checked by its own algorithm, whichever that is.
 *
 * Returns: (owned) array of MigPair by ascending version, or %NULL with @error set
 */
GArray *mig_compare(MigSource *source, const MigHistory *history, bool strict, GError **error);

/** mig_compare_known: (owned) for MigSourceOptions.known: version to raw checksum; or %NULL. */
GHashTable *mig_compare_known(const MigHistory *history);

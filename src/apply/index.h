/* SPDX-License-Identifier: MIT */
/* Concurrent index builds: what a failed one leaves is dropped, and never taken for an index. */
#pragma once

#include "driver/target.h"

#include <migrate/statement.h>

/**
 * MigBuild:
 *
 * A CREATE INDEX CONCURRENTLY that is about to be executed. It lives on the stack of who executes it.
 */
typedef struct {
    char *schema; /* (owned) NULL: not said */
    char *name;   /* (owned) NULL: nothing to be watched */
} MigBuild;

void mig_build_clear(MigBuild *build);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MigBuild, mig_build_clear)

/**
 * mig_build_prepare:
 * @sql: (borrowed) a statement
 * @ours: whether an earlier try of this very statement may have left something
 * @out_build: (out) to be cleared, on failure, too
 * @error: %MIG_ERROR_FAILED: an invalid index of that name is there, and isn't ours to drop
 *
 * For any other statement nothing is done. An invalid index of the same name makes IF NOT EXISTS
 * succeed without building anything: no query uses it, and every write pays for it.
 *
 * Manual: PostgreSQL 15, CREATE INDEX, "Building Indexes Concurrently".
 */
bool mig_build_prepare(MigTarget *target, const char *sql, size_t length, bool ours,
                       MigBuild *out_build, GError **error);

/**
 * mig_build_check:
 * @out_looked: (out) on failure: whether the catalog could be asked; if not, the index may be there
 *
 * After success: that the index is valid. One that isn't is dropped, and is an error.
 */
bool mig_build_check(MigTarget *target, const MigBuild *build, bool *out_looked, GError **error);

/** mig_build_undo: after a failure: drops what is left of it; what doesn't work is left alone. */
void mig_build_undo(MigTarget *target, const MigBuild *build);

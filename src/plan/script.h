/* SPDX-License-Identifier: MIT */
/* A plan as one SQL file, for the engine's own client. */
#pragma once

#include <migrate/driver.h>
#include <migrate/plan.h>

typedef struct {
    bool idempotent; /* skip migrations that are applied when the file is run */
    const char *const
        *history_sql; /* (borrowed) by MigHistorySql, in the engine's dialect; elements
                                       are %NULL where the engine needs none */
    const char *tool_version;
} MigScriptOptions;

/**
 * mig_plan_script:
 * @error: %MIG_ERROR_FAILED for a statement that can't be written so that it is skipped
 *
 * The file is for psql, sqlite3 or mysql, whose own commands it uses where SQL has none, and writes
 * the history as `up` would. It is a pure function of the plan.
 *
 * Returns: (owned) the file's text, or %NULL with @error set
 */
char *mig_plan_script(const MigPlan *plan, const MigScriptOptions *options, GError **error);

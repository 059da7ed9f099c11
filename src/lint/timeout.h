/* SPDX-License-Identifier: MIT */
/* Time-outs that the migration sets, and statements that they are for. */
#pragma once

#include "lint/context.h"

/** (static) the setting that limits waits for a lock on this engine's tables. */
const char *mig_lint_lock_setting(const MigLintContext *ctx);

/** A time-out's value in milliseconds, as the server reads it: a bare number is in the setting's
 * own unit (MySQL's lock_wait_timeout: seconds). -1: it can't be read. */
int64_t mig_lint_time_ms(const MigLintContext *ctx, const char *value);

/** Whether a statement takes a lock that keeps others of an old table waiting: not those that wait
 * on purpose, as CREATE INDEX CONCURRENTLY does. */
bool mig_lint_keeps_waiting(const MigLintContext *ctx, const MigReviewedStatement *statement);

/** Whether a limit on waits for locks holds for the current statement: the runner's, its
 * directive's, or one that was set before. */
bool mig_lint_has_lock_limit(const MigLintContext *ctx);

/** (borrowed) the option of this name that a change sets; %NULL: it sets none, or puts it back. */
const MigOption *mig_lint_set_option(const MigChange *change, const char *name);

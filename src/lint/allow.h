/* SPDX-License-Identifier: MIT */
/* `-- migrate:allow RULE[, RULE] -- reason`: findings that are accepted. */
#pragma once

#include <glib.h>
#include <migrate/lint.h>
#include <migrate/plan.h>

/** MigAllowance: one rule that one directive names. */
typedef struct {
    char *rule;                    /* (owned) */
    char *reason;                  /* (owned) %NULL: none was given */
    const MigDirective *directive; /* (borrowed) */
    const MigStatement *statement; /* (borrowed) that it is for; %NULL: the whole file */
    bool used;
} MigAllowance;

/**
 * mig_allowances_read:
 * @step: (borrowed) outlives the result
 *
 * Returns: (owned) MigAllowance, of the header and of each statement
 */
GPtrArray *mig_allowances_read(const MigStep *step);

/** mig_allowances_find: (borrowed) what allows the rule there, marked as used; %NULL: nothing does. */
const MigAllowance *
mig_allowances_find(const GPtrArray *allowances, const char *rule, const MigStatement *statement);

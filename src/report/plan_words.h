/* SPDX-License-Identifier: MIT */
/* What a plan's reports say in the same words: locks, sizes, times. */
#pragma once

#include "review/review.h"

#include <stdio.h>

/** (static) the kinds of unit: "one transaction" */
const char *mig_plan_unit_title(const MigUnit *unit);

/** (owned) "public.users", quoted where it has to be: what people can paste. */
char *mig_plan_relation(const char *schema, const char *name);

/** (static) who waits: "reads and writes wait", "writes wait", "nobody waits" */
const char *mig_plan_waits(bool reads, bool writes);

/** (owned) "1.2 million rows, 340 MB"; %NULL: not known, or none */
char *mig_plan_size(int64_t rows, int64_t bytes);

/** (owned) "340 MB" */
char *mig_plan_bytes(int64_t bytes);

/** (owned) "about 3 s", "under 10 ms"; %NULL: not known */
char *mig_plan_duration(int64_t ms);

/** (static) MySQL's words: "INSTANT", "NONE"; %NULL for what isn't said */
const char *mig_plan_algorithm(MigAlgorithm algorithm);
const char *mig_plan_lock_clause(MigLockClause lock);

/** (owned) "rewrites orders", "scans orders, customers"; %NULL: neither */
char *mig_plan_work(const MigImpact *impact);

/** (owned) what is to be said of a statement that could not be analysed; %NULL: it could */
char *mig_plan_problem(const MigChanges *changes);

/** mig_plan_reviewed: (borrowed) what was found of a statement of the script, or %NULL */
const MigReviewedStatement *mig_plan_reviewed(const MigReviewedStep *step, size_t index);

/** (owned) "writes to public.orders wait about 3 s"; and whether anybody's reads or writes do */
char *mig_plan_step_waits(const MigReviewedStep *step, bool *out_reads, bool *out_writes);

/** mig_plan_lock_matters: whether a lock is worth a line: it is neither one of those that reading and
 * writing takes itself, nor on what the plan makes, unless the statement goes through all of that. */
bool mig_plan_lock_matters(const MigImpact *impact, const MigRelationLock *lock);

/** mig_plan_because: (borrowed) why it takes so long or so much; %NULL: nobody has to wait for it */
const char *mig_plan_because(const MigImpact *impact);

/** (owned) "reads and writes wait from line 3 to the commit, about 2 s" */
char *mig_plan_hold(const MigReviewedStep *step, const MigHold *hold);

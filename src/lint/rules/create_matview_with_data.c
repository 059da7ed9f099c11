/* SPDX-License-Identifier: MIT */
/* A query that is stored while earlier statements' locks are held. */
#include "lint/action.h"
#include "lint/rule.h"

static bool
stores_query(const MigChange *change)
{
    const MigCreateTable *made = change->create_table;

    if (change->kind == MIG_CHANGE_CREATE_MATERIALIZED_VIEW)
        return change->on;
    if (change->kind == MIG_CHANGE_CREATE_TABLE)
        return made != NULL && made->query != NULL && made->with_data;
    return change->kind == MIG_CHANGE_SELECT && change->query != NULL &&
           change->query->into.name != NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigRelationLock *worst = mig_lint_strongest_held(ctx);

    if (!stores_query(change) || worst == NULL ||
        mig_lint_first_old(ctx, ctx->statement->impact->scans) == NULL)
        return;
    bool reads = mig_lock_mode_blocks_reads(worst->mode);
    mig_lint_report_as(ctx, reads ? MIG_SEVERITY_WARNING : mig_lint_severity(ctx), change,
                       "an earlier lock keeps %s of %s waiting while this query runs",
                       reads ? "reads and writes" : "writes",
                       mig_lint_relation_name(ctx, worst->schema, worst->name));
}

const MigRule mig_rule_create_matview_with_data = {
    .id = "create-matview-with-data",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_SOURCE,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A query stored in a transaction that holds locks",
    .danger = "Every lock of the earlier statements is held until the query has run.",
    .steps = {"Put it into a migration of its own.",
              "Or make a materialized view WITH NO DATA, and REFRESH it in the next migration."},
    .manual = "PostgreSQL 16, \"Explicit Locking\", Table-Level Locks",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* DROP INDEX of an index that a constraint stands on. */
#include "lint/rule.h"

#include <string.h>

/* MySQL's: what a foreign key needs. */
static void
check_needed(MigLintContext *ctx, const MigChange *change)
{
    const MigImpact *impact = ctx->statement->impact;

    if (g_strcmp0(impact->refused_code, "1553") != 0)
        return;
    mig_lint_report(ctx, change, "the index %s can't be dropped: a foreign key needs it",
                    mig_lint_name(ctx, &change->name));
}

static unsigned
count_drops(const MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;
    unsigned n = 0;

    for (size_t i = 0; i < changes->n_changes; i++)
        n += changes->changes[i].kind == MIG_CHANGE_DROP_INDEX;
    return n;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    if (change->kind != MIG_CHANGE_DROP_INDEX)
        return;
    if (ctx->engine != MIG_ENGINE_POSTGRES) {
        check_needed(ctx, change);
        return;
    }
    if (mig_catalog_index(ctx->catalog, &change->name, NULL, &table, &index) != MIG_LOOKUP_FOUND ||
        index->constraint == NULL || change->nested)
        return;

    const char *name = mig_lint_table_name(ctx, table);
    MigFinding *finding = mig_lint_report(
        ctx, change, "the index %s can't be dropped: the constraint %s of %s needs it",
        mig_lint_name(ctx, &change->name), index->constraint, name);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s DROP CONSTRAINT %s;", name, index->constraint);
    if (count_drops(ctx) == 1 && !change->cascade && strcmp(index->constraint, index->name) == 0) {
        MigSpan all = {
            0, mig_script_statement(ctx->step->step->script, ctx->statement->index)->length};
        /* Written as the index is: quotes and all. */
        const char *written = change->name.span.length > 0
                                  ? mig_lint_source(ctx, ctx->statement, change->name.span)
                                  : NULL;
        if (written != NULL && strchr(written, '.') == NULL && !change->name.quoted)
            mig_lint_fix(ctx, finding, all,
                         mig_lint_format(ctx, "ALTER TABLE %s DROP CONSTRAINT %s%s", name,
                                         change->if_exists ? "IF EXISTS " : "", written));
    }
}

const MigRule mig_rule_drop_index_of_constraint = {
    .id = "drop-index-of-constraint",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_YES,
    .summary = "DROP INDEX of a constraint's index",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Drop the constraint instead, or give the foreign key another index first."},
    .manual = "PostgreSQL 18, \"DROP INDEX\"; MySQL 8.4, \"FOREIGN KEY Constraints\"",
    .check = check,
};

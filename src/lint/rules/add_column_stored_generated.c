/* SPDX-License-Identifier: MIT */
/* A new generated column that is stored in every row. */
#include "lint/action.h"
#include "lint/added.h"
#include "lint/edit.h"
#include "lint/rule.h"

static bool
is_slow(const MigLintContext *ctx, const MigChange *change)
{
    if (ctx->engine == MIG_ENGINE_POSTGRES)
        return mig_lint_added_cause(ctx, change) == MIG_ADDED_STORED;
    if (!mig_lint_adds_column(ctx, change) || change->column->generated != MIG_GENERATED_STORED)
        return false;
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);
    return impact->refused == NULL &&
           (impact->algorithm == MIG_ALGORITHM_COPY || impact->rebuilds_table);
}

/* The word that says where the values are, if it is there to be replaced. */
static bool
find_stored(const MigLintContext *ctx, const MigChange *change, MigSpan *out_span)
{
    return change->column->generated_said && ctx->statement->changes->n_changes == 1 &&
           !change->nested && mig_lint_find_word(ctx, "stored", out_span);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    MigSpan span = {0};
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;
    bool has_virtual = !postgres || !mig_lint_is_before(ctx, 180000);

    if (!is_slow(ctx, change))
        return;
    MigFinding *finding = mig_lint_report(
        ctx, change, "%s is computed and stored for every row: all of %s is written anew",
        change->column->name, mig_lint_name(ctx, &change->table));
    if (!postgres)
        mig_lint_danger(finding, "The table is copied; writes to it wait until that is done.");
    mig_lint_clear_steps(finding);
    if (has_virtual)
        mig_lint_step(finding, "VIRTUAL instead of STORED: it is computed when it is read.");
    mig_lint_step(finding,
                  "%s plain column that a trigger keeps, filled in batches; or an index on "
                  "the expression; or a view.",
                  has_virtual ? "Or a" : "A");
    if (postgres && has_virtual && find_stored(ctx, change, &span))
        mig_lint_fix(ctx, finding, span, "VIRTUAL");
}

const MigRule mig_rule_add_column_stored_generated = {
    .id = "add-column-stored-generated",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "A new stored generated column",
    .danger =
        "AccessExclusiveLock while the table and all of its indexes are written anew: reads and "
        "writes wait.",
    .steps = {"VIRTUAL, where there is one.",
              "Or a plain column that a trigger keeps, filled in batches; or an index on the "
              "expression; or a view."},
    .manual =
        "PostgreSQL 18, \"Generated Columns\"; MySQL 8.4, \"Online DDL Operations\", Generated "
        "Column Operations",
    .weaker = {"mysql-table-copy"},
    .check = check,
};

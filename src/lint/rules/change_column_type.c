/* SPDX-License-Identifier: MIT */
/* Another type for a column, for which the whole table is written anew. */
#include "lint/action.h"
#include "lint/retype.h"
#include "lint/rule.h"

static bool
is_slow(const MigLintContext *ctx, const MigChange *change, const MigType *from, const MigType *to)
{
    if (ctx->engine == MIG_ENGINE_POSTGRES)
        return mig_lint_action_rewrites(ctx, change);
    /* MODIFY also says what stays as it is. */
    if (from != NULL && mig_lint_same_type(from, to))
        return false;
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);
    return impact->refused == NULL && impact->algorithm == MIG_ALGORITHM_COPY;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigType *to = mig_lint_new_type(change);
    const MigType *from = mig_lint_old_type(ctx, change);
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;

    if (to == NULL || !is_slow(ctx, change, from, to))
        return;
    /* What it means for the values is said by change-timestamp-zone. */
    if (postgres && from != NULL && mig_lint_changes_zone(from, to) &&
        mig_lint_is_plain_using(change->expr, change->name.name))
        return;

    const char *table = mig_lint_name(ctx, &change->table);
    const char *column = change->name.name;
    MigFinding *finding =
        mig_lint_report(ctx, change, "changing %s from %s to %s writes all of %s anew", column,
                        from != NULL ? mig_lint_type_name(ctx, from) : "a type that isn't known",
                        mig_lint_type_name(ctx, to), table);
    if (!postgres)
        mig_lint_danger(finding, "The table is copied; writes to it wait until that is done.");
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s ADD COLUMN %s_new %s.", table, column,
                  mig_lint_type_name(ctx, to));
    mig_lint_step(finding, "Keep it equal to %s by a trigger, or by writing both.", column);
    mig_lint_step(finding, "Fill the old rows in batches.");
    mig_lint_step(finding, postgres ? "Make its constraints NOT VALID, then valid, and its indexes "
                                      "concurrently."
                                    : "Make its indexes.");
    mig_lint_step(finding,
                  "Let the readers use it, or swap the two names in one short transaction.");
    mig_lint_step(finding, "Drop the old column in a later release.");
}

const MigRule mig_rule_change_column_type = {
    .id = "change-column-type",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "Another type for a column, which writes the table anew",
    .danger =
        "AccessExclusiveLock while the table and all of its indexes are written anew: reads and "
        "writes wait.",
    .steps = {"Add a new column of the type.", "Keep it equal by a trigger, or by writing both.",
              "Fill the old rows in batches.", "Make its constraints and indexes.",
              "Let the readers use it; drop the old column in a later release."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET DATA TYPE; MySQL 8.4, \"Online DDL Operations\"",
    .weaker = {"mysql-table-copy"},
    .check = check,
};

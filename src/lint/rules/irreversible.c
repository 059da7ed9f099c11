/* SPDX-License-Identifier: MIT */
/* What no DOWN brings back. */
#include "lint/data.h"
#include "lint/rule.h"

static const char *
describe(MigLintContext *ctx, const MigChange *change)
{
    const char *table = mig_lint_name(ctx, &change->table);

    if (change->kind == MIG_CHANGE_DROP_TABLE)
        return mig_lint_format(ctx, "the rows of %s", table);
    if (change->kind == MIG_CHANGE_DROP_COLUMN)
        return mig_lint_format(ctx, "the values of %s.%s", table,
                               mig_lint_name(ctx, &change->name));
    if (change->kind == MIG_CHANGE_TRUNCATE)
        return mig_lint_format(ctx, "the rows of %s", table);
    if (change->kind == MIG_CHANGE_DELETE)
        return mig_lint_format(ctx, "the rows that are deleted from %s", table);
    return NULL;
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    const MigMigration *migration = ctx->step->step->migration;
    const char *lost = describe(ctx, change);

    if (lost == NULL || (change->if_exists && mig_lint_table(ctx, &change->table) == NULL &&
                         !mig_lint_is_unknown(ctx, &change->table)))
        return;

    bool required = g_strcmp0(mig_lint_text(ctx, "require-backup"), "true") == 0;
    bool said = migration != NULL && mig_migration_header(migration, "Backup") != NULL;
    if (required && said)
        return;
    mig_lint_report_as(ctx, required ? MIG_SEVERITY_ERROR : mig_lint_severity(ctx), change,
                       "only a backup can bring back %s%s", lost,
                       required ? ", and the header names none" : "");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (ctx->down || ctx->step->step->direction != MIG_DIRECTION_UP)
        return;
    if (change->kind == MIG_CHANGE_ADD_ENUM_VALUE && ctx->engine == MIG_ENGINE_POSTGRES &&
        change->n_values > 0)
        mig_lint_report(ctx, change, "the value '%s' can't be taken from %s again",
                        change->values[0], mig_lint_name(ctx, &change->name));
    else if (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_DROP_COLUMN ||
             change->kind == MIG_CHANGE_TRUNCATE)
        judge(ctx, change);
    else
        mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_irreversible = {
    .id = "irreversible",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DATA,
    .summary = "something that DOWN can't bring back",
    .danger = "After it, a rollback gives back the schema, but not what was in it.",
    .steps =
        {"Take a backup of it first, or a copy in a table of its own, and say which in the header: "
         "-- Backup: where.",
         "Say in the header what a rollback would do: -- Rollback: irreversible – reason."},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* SQL that the configured server doesn't have yet, has no more, or refuses in this place. */
#include "lint/rule.h"

static const char *
version_name(MigLintContext *ctx, int version)
{
    int major = version / 10000;
    int minor = version / 100 % 100;
    int patch = version % 100;

    if (ctx->engine == MIG_ENGINE_POSTGRES)
        return mig_lint_format(ctx, "%d", major);
    return patch != 0 ? mig_lint_format(ctx, "%d.%d.%d", major, minor, patch)
                      : mig_lint_format(ctx, "%d.%d", major, minor);
}

static void
report_newer(MigLintContext *ctx, const MigChanges *changes)
{
    const char *title = mig_engine_title(ctx->engine);
    const char *what = changes->needs_what != NULL ? changes->needs_what : "this statement";
    const MigPlace place = {.statement = ctx->statement, .span = changes->needs_where};

    MigFinding *finding = mig_lint_report_at(
        ctx, mig_lint_severity(ctx), place, "%s came with %s %s, the target is %s", what, title,
        version_name(ctx, changes->needs_version), version_name(ctx, ctx->version));
    mig_lint_step(finding, "If the server is newer than %s, say so with --server-version.",
                  version_name(ctx, ctx->version));
}

static bool
is_partitioned(const MigTable *table)
{
    return table != NULL && table->kind == MIG_RELATION_PARTITIONED;
}

/* A foreign key that partitions don't take unvalidated before 18. */
static void
check_partitioned_key(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_ADD_CONSTRAINT || ctx->version == 0 || ctx->version >= 180000 ||
        change->constraint->kind != MIG_CONSTRAINT_FOREIGN_KEY || !change->constraint->not_valid ||
        !is_partitioned(mig_lint_table(ctx, &change->table)))
        return;
    mig_lint_report(ctx, change, "a foreign key of the partitioned table %s can't be NOT VALID",
                    mig_lint_name(ctx, &change->table));
}

static void
check_unlogged(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    if (change->kind != MIG_CHANGE_CREATE_TABLE || create == NULL || !create->unlogged ||
        create->partition_by.method == NULL || (ctx->version != 0 && ctx->version < 180000))
        return;
    mig_lint_report(ctx, change, "%s is partitioned: it can't be UNLOGGED",
                    mig_lint_name(ctx, &change->table));
}

/* The same for the syntax of another engine, which isn't a question of the version. */
static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;
    bool removed = changes->status == MIG_PARSE_UNSUPPORTED && changes->needs_version == 0;

    if (changes->needs_version > ctx->version && ctx->version != 0) {
        report_newer(ctx, changes);
        return;
    }
    if (removed) {
        const MigPlace place = {.statement = ctx->statement, .span = changes->where};
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "%s",
                           changes->message != NULL ? changes->message : "not supported");
        return;
    }
    if (ctx->engine != MIG_ENGINE_POSTGRES)
        return;
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (change->in_body)
            continue;
        check_partitioned_key(ctx, change);
        check_unlogged(ctx, change);
    }
}

const MigRule mig_rule_unsupported_by_target = {
    .id = "unsupported-by-target",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "the target server doesn't have this",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Write it with what the target has."},
    .manual = "the release notes of the engine's versions",
    .check_statement = check_statement,
};

/* SPDX-License-Identifier: MIT */
/* A statement that may wait for its lock for ever, and everybody else behind it. */
#include "lint/action.h"
#include "lint/timeout.h"
#include "lint/rule.h"

/* One finding for a migration: its edit is for all that follows. */
static bool
is_first(const MigLintContext *ctx)
{
    const GPtrArray *statements = ctx->step->statements;

    for (guint i = 0; i < statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(statements, i);
        if (statement != ctx->statement && mig_lint_keeps_waiting(ctx, statement))
            return false;
    }
    return true;
}

static const MigRelationLock *
find_lock(const MigLintContext *ctx)
{
    const GArray *locks = ctx->statement->impact->locks;

    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        if (!lock->index && (lock->blocks_reads || lock->blocks_writes) &&
            mig_lint_is_old_relation(ctx, lock))
            return lock;
    }
    return NULL;
}

static void
check_statement(MigLintContext *ctx)
{
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;
    const MigRelationLock *lock = find_lock(ctx);

    if (lock == NULL || !mig_lint_keeps_waiting(ctx, ctx->statement) ||
        mig_lint_has_lock_limit(ctx) || !is_first(ctx))
        return;
    const MigName name = {.schema = lock->schema, .name = lock->name};
    const MigPlace place = {.statement = ctx->statement, .table = &name};
    MigFinding *finding = mig_lint_report_at(
        ctx, mig_lint_severity(ctx), place,
        "nothing limits how long this waits for its lock on %s, with all others behind it",
        mig_lint_relation_name(ctx, lock->schema, lock->name));
    if (!postgres)
        mig_lint_danger(finding,
                        "A statement that waits for its metadata lock keeps out everyone who "
                        "comes after it. The default limit is a year on MySQL, a day on "
                        "MariaDB.");
    const char *text = !postgres                      ? "SET SESSION lock_wait_timeout = 2;\n"
                       : mig_lint_in_transaction(ctx) ? "SET LOCAL lock_timeout = '2s';\n"
                                                      : "SET lock_timeout = '2s';\n";
    mig_lint_fix(ctx, finding, (MigSpan){0, 0}, text);
}

const MigRule mig_rule_lock_timeout_missing = {
    .id = "lock-timeout-missing",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "A lock on a table in use without a lock time-out",
    .danger =
        "A statement that waits behind one idle transaction stops everyone who comes after it; a "
        "lock_timeout of 0, the server's default, means for ever.",
    .steps = {"Leave lock-timeout in migrate.conf at its default of 5s, which sets it for every "
              "migration.",
              "Or set it in the file: SET LOCAL lock_timeout (PostgreSQL), SET SESSION "
              "lock_wait_timeout (MySQL, MariaDB)."},
    .manual =
        "PostgreSQL 16, \"Client Connection Defaults\", lock_timeout; MySQL 8.4, \"Server System "
        "Variables\", lock_wait_timeout",
    .check_statement = check_statement,
};

/* SPDX-License-Identifier: MIT */
/* ALTER TABLE or an index without ALGORITHM, which lets the server fall back to a copy. */
#include "lint/mysql.h"
#include "lint/rule.h"

#define INSTANT_SINCE_MARIADB 100300

/* The last action's, behind which the clauses may stand; without a length: nowhere. */
static MigSpan
find_end(const MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;
    MigSpan end = {0};

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        /* RENAME needs no copy ever, and what is about partitions has a grammar of its own. */
        if (change->kind < MIG_CHANGE_TABLE_OPTIONS || change->kind > MIG_CHANGE_INDEX_VISIBILITY ||
            change->in_body || change->nested)
            return (MigSpan){0};
        if (change->span.offset + change->span.length > end.offset + end.length)
            end = change->span;
    }
    return end;
}

static const char *
best_clauses(const MigLintContext *ctx, const MigImpact *best, bool alone)
{
    bool old = ctx->engine == MIG_ENGINE_MARIADB && ctx->version != 0 &&
               ctx->version < INSTANT_SINCE_MARIADB;

    /* MySQL refuses LOCK beside INSTANT. */
    if (best->algorithm == MIG_ALGORITHM_INSTANT && !old)
        return alone ? " ALGORITHM=INSTANT" : ", ALGORITHM=INSTANT";
    if (best->algorithm == MIG_ALGORITHM_NOCOPY && !old)
        return alone ? " ALGORITHM=NOCOPY LOCK=NONE" : ", ALGORITHM=NOCOPY, LOCK=NONE";
    return alone ? " ALGORITHM=INPLACE LOCK=NONE" : ", ALGORITHM=INPLACE, LOCK=NONE";
}

static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;

    if (changes->n_changes == 0 || changes->algorithm != MIG_ALGORITHM_UNSAID ||
        changes->lock != MIG_LOCK_CLAUSE_UNSAID || changes->online_said ||
        ctx->statement->impact->refused != NULL ||
        mig_catalog_setting(ctx->catalog, "alter_algorithm") != NULL)
        return;
    const MigSpan end = find_end(ctx);
    g_autoptr(MigImpact) best = mig_mysql_best(ctx);
    MigMysqlCost cost = mig_mysql_cost(best);
    if (end.length == 0 || best->algorithm == MIG_ALGORITHM_UNSAID || cost == MIG_MYSQL_COST_COPY ||
        cost == MIG_MYSQL_COST_SHARED)
        return;

    const MigChange *first = &changes->changes[0];
    /* CREATE INDEX and DROP INDEX are one change from their first word on. */
    bool alone = first->span.offset == 0;
    const char *clauses = best_clauses(ctx, best, alone);
    MigFinding *finding = mig_lint_report(ctx, first, "no ALGORITHM is stated for altering %s",
                                          mig_lint_name(ctx, &first->table));
    if (mig_lint_table(ctx, &first->table) == NULL)
        return;
    mig_lint_fix(ctx, finding, (MigSpan){end.offset + end.length, 0}, clauses);
}

const MigRule mig_rule_mysql_algorithm_unstated = {
    .id = "mysql-algorithm-unstated",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "ALTER TABLE or an index without ALGORITHM",
    .danger = "Where the best algorithm can't be used, on another version or for a property of the "
              "table, the server copies the table without a word.",
    .steps = {"State what is expected: ALGORITHM=INSTANT, or ALGORITHM=INPLACE, LOCK=NONE. The "
              "server then refuses before anything is done."},
    .manual = "MySQL 8.4, \"ALTER TABLE Statement\", Performance and Space Requirements",
    .check_statement = check_statement,
};

/* SPDX-License-Identifier: MIT */
/* A foreign key that locks the table which it references. */
#include "lint/action.h"
#include "lint/parents.h"
#include "lint/rule.h"

static void
add_from(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraints, size_t n,
         MigLintParents *parents)
{
    for (size_t i = 0; i < n; i++) {
        if (constraints[i].kind == MIG_CONSTRAINT_FOREIGN_KEY)
            mig_lint_parents_add(ctx, parents, &constraints[i].references, &change->table);
    }
}

static void
find_parents(MigLintContext *ctx, const MigChange *change, MigLintParents *parents)
{
    const MigCreateTable *made = change->create_table;

    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL) {
        add_from(ctx, change, change->constraint, 1, parents);
    } else if (mig_lint_adds_column(ctx, change)) {
        add_from(ctx, change, change->column->constraints, change->column->n_constraints, parents);
    } else if (change->kind == MIG_CHANGE_CREATE_TABLE && made != NULL) {
        for (size_t i = 0; i < made->n_columns; i++)
            add_from(ctx, change, made->columns[i].constraints, made->columns[i].n_constraints,
                     parents);
        add_from(ctx, change, made->constraints, made->n_constraints, parents);
    }
}

static bool
adds_key(MigLintContext *ctx, const MigChange *change)
{
    g_auto(MigLintParents) parents = {0};

    mig_lint_parents_init(&parents);
    find_parents(ctx, change, &parents);
    return parents.names->len > 0;
}

/* One finding for a statement, at its first key, though it may lock several tables. */
static bool
is_first(MigLintContext *ctx, const MigChange *change)
{
    const MigChanges *changes = ctx->statement->changes;

    for (size_t i = 0; i < changes->n_changes && &changes->changes[i] != change; i++) {
        if (!changes->changes[i].in_body && adds_key(ctx, &changes->changes[i]))
            return false;
    }
    return true;
}

/* The key by itself, NOT VALID, is the safe way. */
static bool
is_safe(const MigLintContext *ctx, const MigChange *change)
{
    return change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
           change->constraint->not_valid && ctx->statement->changes->n_changes == 1 &&
           mig_lint_is_alone(ctx);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigChanges *changes = ctx->statement->changes;
    g_auto(MigLintParents) here = {0};
    g_auto(MigLintParents) all = {0};

    mig_lint_parents_init(&here);
    mig_lint_parents_init(&all);
    if (change->kind == MIG_CHANGE_CREATE_TABLE && change->if_not_exists &&
        mig_lint_table(ctx, &change->table) != NULL && !mig_lint_made_here(ctx, &change->table))
        return;
    find_parents(ctx, change, &here);
    if (here.names->len == 0 || is_safe(ctx, change) || !is_first(ctx, change))
        return;
    mig_lint_parents_before(ctx, change, find_parents, &all);
    for (size_t i = 0; i < changes->n_changes; i++) {
        if (!changes->changes[i].in_body)
            find_parents(ctx, &changes->changes[i], &all);
    }

    const char *locked = mig_lint_list(ctx, (const char *const *)all.shown->pdata, all.shown->len);
    if (all.names->len > 1)
        mig_lint_report_on(ctx, MIG_SEVERITY_ERROR, change, here.first,
                           "foreign keys of one transaction lock %s against writes", locked);
    else
        mig_lint_report_on(ctx, mig_lint_severity(ctx), change, here.first,
                           "the foreign key locks %s against writes", locked);
}

const MigRule mig_rule_foreign_key_locks_parent = {
    .id = "foreign-key-locks-parent",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A foreign key that locks the table which it references",
    .danger = "ShareRowExclusiveLock on the referenced table until the transaction ends. No row is "
              "looked at, but the lock waits for every transaction that has written there, and new "
              "writes wait behind it; with two such tables it can deadlock.",
    .steps =
        {"Make the table without its keys first.",
         "Then one migration for each referenced table: ADD CONSTRAINT ... FOREIGN KEY ... NOT "
         "VALID, under a lock time-out with retries."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", ADD table_constraint; \"Explicit Locking\"",
    .check = check,
};

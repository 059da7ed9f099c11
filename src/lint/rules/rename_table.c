/* SPDX-License-Identifier: MIT */
/* A table gets another name, and nothing keeps the old one. */
#include "lint/rule.h"
#include "lint/within.h"

/* Whether something else takes the name that the table leaves. */
static bool
takes_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    if (change->kind == MIG_CHANGE_RENAME_TABLE)
        return mig_lint_same_word(ctx, change->to.name, name->name);
    return (change->kind == MIG_CHANGE_CREATE_TABLE || change->kind == MIG_CHANGE_CREATE_VIEW) &&
           !change->temporary && mig_lint_same_name(ctx, &change->table, name);
}

/* "new_orders" becomes "orders" behind DROP TABLE orders: a rebuild. */
static bool
freed_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *to = data;

    return (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_RENAME_TABLE) &&
           mig_lint_same_word(ctx, change->table.name, to->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_RENAME_TABLE || ctx->down || change->to.name == NULL)
        return;

    const MigTable *table = mig_lint_table(ctx, &change->table);
    bool absent = mig_catalog_table(ctx->catalog, &change->table, NULL) == MIG_LOOKUP_ABSENT;
    bool is_other = table != NULL &&
                    (table->kind == MIG_RELATION_SEQUENCE || table->kind == MIG_RELATION_VIEW ||
                     table->kind == MIG_RELATION_MATERIALIZED_VIEW);
    if (absent || is_other || mig_lint_same_name(ctx, &change->table, &change->to))
        return;
    if (mig_lint_in_statement(ctx, takes_name, &change->table) != NULL ||
        mig_lint_after(ctx, takes_name, &change->table) != NULL ||
        mig_lint_in_statement(ctx, freed_name, &change->to) != NULL ||
        mig_lint_before(ctx, freed_name, &change->to) != NULL)
        return;

    const char *old = mig_lint_name(ctx, &change->table);
    const char *new = mig_lint_name(ctx, &change->to);
    MigFinding *finding =
        mig_lint_report(ctx, change, "code that uses %s fails once it is %s", old, new);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "CREATE VIEW %s AS SELECT * FROM %s; in the same migration: the view "
                  "takes reads and writes of the old code.",
                  old, new);
    mig_lint_step(finding, "Let the code use %s, and release that.", new);
    mig_lint_step(finding, "Drop the view one release later.");
}

const MigRule mig_rule_rename_table = {
    .id = "rename-table",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a table gets another name under running code",
    .danger = "Statements with the old name fail from now on, those with the new one failed until "
              "now: there is no moment at which both releases work.",
    .steps = {"Leave a view with the old name, until no code uses it."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", RENAME; \"CREATE VIEW\", Updatable Views",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* ALTER COLUMN TYPE of a column that something was made from: PostgreSQL refuses it. */
#include "lint/rule.h"
#include "lint/within.h"

typedef struct {
    MigLintContext *ctx;
    GPtrArray *users; /* (owned) const char *, in words */
    const char *view; /* the first one; %NULL: none */
} Search;

static void
add(Search *search, const char *what)
{
    g_ptr_array_add(search->users, (gpointer)(uintptr_t)what);
}

static void
add_view(const MigTable *view, gpointer data)
{
    Search *search = data;
    const char *name = mig_lint_table_name(search->ctx, view);

    add(search, mig_lint_format(search->ctx, "view %s", name));
    if (search->view == NULL)
        search->view = name;
}

static void
add_parts(Search *search, const MigTable *table, const MigChange *change)
{
    MigLintContext *ctx = search->ctx;
    const char *column = change->name.name;

    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(table->columns, i);
        if (other->generated_as != NULL && mig_expr_mentions(other->generated_as, column))
            add(search, mig_lint_format(ctx, "generated column %s", other->name));
    }
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);
        if (mig_lint_has_word(ctx, trigger->columns, trigger->n_columns, column))
            add(search, mig_lint_format(ctx, "trigger %s", trigger->name));
    }
    for (guint i = 0; i < table->policies->len; i++) {
        const MigTablePolicy *policy = g_ptr_array_index(table->policies, i);
        if ((policy->using_expr != NULL && mig_expr_mentions(policy->using_expr, column)) ||
            (policy->check != NULL && mig_expr_mentions(policy->check, column)))
            add(search, mig_lint_format(ctx, "policy %s", policy->name));
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (change->kind != MIG_CHANGE_ALTER_TYPE || table == NULL || change->nested)
        return;

    g_autoptr(GPtrArray) users = g_ptr_array_new();
    Search search = {ctx, users, NULL};
    mig_catalog_each_view_of(ctx->catalog, table, change->name.name, add_view, &search);
    add_parts(&search, table, change);
    if (users->len == 0)
        return;

    const char *list = mig_lint_list(ctx, (const char *const *)users->pdata, users->len);
    MigFinding *finding =
        mig_lint_report(ctx, change, "the type of %s.%s can't change while it is used by %s",
                        mig_lint_name(ctx, &change->table), change->name.name, list);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "Drop %s.", list);
    mig_lint_step(finding, "ALTER TABLE %s ALTER COLUMN %s TYPE ...",
                  mig_lint_name(ctx, &change->table), change->name.name);
    mig_lint_step(finding, "Make %s again, with %s grants, all in one transaction.",
                  users->len == 1 ? "it" : "them", users->len == 1 ? "its" : "their");
}

const MigRule mig_rule_type_change_blocked = {
    .id = "type-change-blocked",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "a new type for a column that a view or the like is made from",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Drop what uses the column, change its type, and make it again, in one transaction."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", SET DATA TYPE",
    .check = check,
};

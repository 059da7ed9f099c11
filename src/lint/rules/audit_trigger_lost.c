/* SPDX-License-Identifier: MIT */
/* A table with an audit trigger, replaced by one without. */
#include "lint/within.h"
#include "lint/rule.h"

#include <string.h>

static bool
is_audit(const char *text)
{
    static const char *const words[] = {"audit", "history", "journal", "changelog", "change_log"};
    g_autofree char *lower = g_ascii_strdown(text != NULL ? text : "", -1);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strstr(lower, words[i]) != NULL)
            return true;
    }
    return false;
}

/* (borrowed) its trigger that keeps an audit; NULL: there is none. */
static const char *
find_audit(const MigTable *table)
{
    for (guint i = 0; table != NULL && i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);

        if (is_audit(trigger->name) || is_audit(trigger->routine))
            return trigger->name;
    }
    return NULL;
}

static bool
takes_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    if (change->kind == MIG_CHANGE_RENAME_TABLE) {
        const MigName to = {.schema = change->table.schema, .name = change->to.name};
        return mig_lint_same_name(ctx, &to, name);
    }
    return change->kind == MIG_CHANGE_CREATE_TABLE && mig_lint_same_name(ctx, &change->table, name);
}

static bool
makes_audit(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    return change->kind == MIG_CHANGE_CREATE_TRIGGER &&
           mig_lint_same_name(ctx, &change->table, name);
}

static bool
is_made_anywhere(const MigLintContext *ctx, const MigName *name)
{
    return mig_lint_before(ctx, makes_audit, name) != NULL ||
           mig_lint_after(ctx, makes_audit, name) != NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if ((change->kind != MIG_CHANGE_DROP_TABLE && change->kind != MIG_CHANGE_RENAME_TABLE) ||
        ctx->down)
        return;

    const char *trigger = find_audit(mig_lint_table(ctx, &change->table));
    if (trigger == NULL)
        return;

    const MigChange *next = mig_lint_in_statement(ctx, takes_name, &change->table);
    if (next == NULL)
        next = mig_lint_after(ctx, takes_name, &change->table);
    if (next == NULL || is_made_anywhere(ctx, &change->table))
        return;
    if (next->kind == MIG_CHANGE_RENAME_TABLE &&
        (mig_lint_is_unknown(ctx, &next->table) || is_made_anywhere(ctx, &next->table) ||
         find_audit(mig_lint_table(ctx, &next->table)) != NULL))
        return;
    mig_lint_report(ctx, change, "trigger %s of %s is not on the table that takes its place",
                    trigger, mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_audit_trigger_lost = {
    .id = "audit-trigger-lost",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A table with an audit trigger replaced by one without",
    .danger = "From then on changes leave no trace, and nothing fails.",
    .steps = {"CREATE TRIGGER on the new table, before it takes the old one's name."},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* DROP of something that other things hang on. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

typedef struct {
    MigLintContext *ctx;
    const MigTable *table;
    GPtrArray *users; /* (owned) const char *, in words */
} Search;

static bool
drops(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigTable *table = data;

    return (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_DROP_VIEW ||
            change->kind == MIG_CHANGE_DROP_MATERIALIZED_VIEW) &&
           mig_lint_same_word(ctx, change->table.name, table->name);
}

static void
add_child(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    Search *search = data;
    MigLintContext *ctx = search->ctx;

    if (child == search->table || mig_lint_in_statement(ctx, drops, child) != NULL)
        return;
    const char *name = mig_lint_table_name(ctx, child);
    g_ptr_array_add(search->users,
                    (gpointer)(uintptr_t)(*key->name != '\0'
                                              ? mig_lint_format(ctx, "the foreign key %s of %s",
                                                                key->name, name)
                                              : mig_lint_format(ctx, "a foreign key of %s", name)));
}

static void
add_view(const MigTable *view, gpointer data)
{
    Search *search = data;

    if (mig_lint_in_statement(search->ctx, drops, view) == NULL)
        g_ptr_array_add(search->users,
                        (gpointer)(uintptr_t)mig_lint_format(
                            search->ctx, "the view %s", mig_lint_table_name(search->ctx, view)));
}

static bool
is_off(const MigLintContext *ctx, const char *name)
{
    const char *value = mig_catalog_setting(ctx->catalog, name);

    return value != NULL && (strcmp(value, "0") == 0 || g_ascii_strcasecmp(value, "off") == 0 ||
                             g_ascii_strcasecmp(value, "false") == 0);
}

static bool
is_on(const MigLintContext *ctx, const char *name)
{
    return mig_catalog_setting(ctx->catalog, name) != NULL && !is_off(ctx, name);
}

/* Whether the server looks for foreign keys to what is dropped. */
static bool
minds_keys(const MigLintContext *ctx)
{
    if (ctx->engine == MIG_ENGINE_SQLITE)
        return is_on(ctx, "foreign_keys");
    return ctx->engine == MIG_ENGINE_POSTGRES || !is_off(ctx, "foreign_key_checks");
}

static void
say(MigLintContext *ctx, MigSeverity severity, const MigChange *change, const char *what,
    const GPtrArray *users)
{
    const char *list = mig_lint_list(ctx, (const char *const *)users->pdata, users->len);
    bool fails = severity == MIG_SEVERITY_ERROR;
    MigFinding *finding =
        mig_lint_report_as(ctx, severity, change,
                           fails ? "%s can't be dropped: %s hang%s on it"
                                 : "%s is dropped under %s, which fail%s from then on",
                           what, list, users->len == 1 ? "s" : "");

    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "Drop or change %s first.", list);
    if (fails && ctx->engine == MIG_ENGINE_POSTGRES)
        mig_lint_step(finding, "CASCADE would take all of it along, and what hangs on that.");
}

static void
check_table(MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    g_autoptr(GPtrArray) views = g_ptr_array_new();
    Search by_key = {ctx, table, keys};
    Search by_view = {ctx, table, views};
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;
    const char *name = mig_lint_name(ctx, &change->table);

    if (minds_keys(ctx) && !change->cascade)
        mig_catalog_each_reference(ctx->catalog, table, add_child, &by_key);
    mig_catalog_each_view_of(ctx->catalog, table, NULL, add_view, postgres ? &by_key : &by_view);
    /* With CASCADE nothing is refused. */
    if (postgres && change->cascade)
        return;
    if (keys->len > 0)
        say(ctx, MIG_SEVERITY_ERROR, change, name, keys);
    else if (views->len > 0 && ctx->engine != MIG_ENGINE_SQLITE)
        say(ctx, MIG_SEVERITY_WARNING, change, name, views);
}

static void
check_column(MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    g_autoptr(GPtrArray) views = g_ptr_array_new();
    Search search = {ctx, table, views};

    if ((ctx->engine & MIG_ENGINE_MYSQL_FAMILY) == 0)
        return;
    mig_catalog_each_view_of(ctx->catalog, table, change->name.name, add_view, &search);
    if (views->len > 0)
        say(ctx, MIG_SEVERITY_WARNING, change,
            mig_lint_format(ctx, "%s.%s", mig_lint_name(ctx, &change->table), change->name.name),
            views);
}

/* What the tables of locks know of other things: columns, types, functions, sequences. */
static void
check_refused(MigLintContext *ctx, const MigChange *change)
{
    static const char *const codes[] = {"2BP01", "1828", "1829", "3108", NULL};
    const MigImpact *impact = ctx->statement->impact;

    /* Of several actions the one that is meant is named. */
    if (impact->refused != NULL && impact->refused_code != NULL && change->name.name != NULL &&
        g_strv_contains(codes, impact->refused_code) &&
        strstr(impact->refused, change->name.name) != NULL)
        mig_lint_report(ctx, change, "%s", impact->refused);
}

static bool
is_of_constraint(const MigLintContext *ctx, const MigChange *change)
{
    const MigTableIndex *index = NULL;

    return change->kind == MIG_CHANGE_DROP_INDEX &&
           mig_catalog_index(ctx->catalog, &change->name, NULL, NULL, &index) == MIG_LOOKUP_FOUND &&
           index->constraint != NULL;
}

static bool
is_drop(const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_DROP_COLUMN:
    case MIG_CHANGE_DROP_CONSTRAINT:
    case MIG_CHANGE_DROP_INDEX:
    case MIG_CHANGE_DROP_ROUTINE:
    case MIG_CHANGE_DROP_OBJECT:
        return true;
    default:
        return false;
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (change->nested)
        return;
    if (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_DROP_VIEW ||
        change->kind == MIG_CHANGE_DROP_MATERIALIZED_VIEW) {
        if (table != NULL)
            check_table(ctx, change, table);
        return;
    }
    if (!is_drop(change) || is_of_constraint(ctx, change))
        return;
    if (change->kind == MIG_CHANGE_DROP_COLUMN && table != NULL)
        check_column(ctx, change, table);
    check_refused(ctx, change);
}

const MigRule mig_rule_drop_blocked_by_dependents = {
    .id = "drop-blocked-by-dependents",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "DROP of something that other things hang on",
    .danger =
        "The server refuses the statement, and the migration stops there; MySQL drops what a view "
        "reads, and the view fails when it is used.",
    .steps = {"Drop or change what hangs on it first."},
    .manual = "PostgreSQL 18, \"Dependency Tracking\"; MySQL 8.4, \"FOREIGN KEY Constraints\"",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* Functions with their owner's rights that look for names where the caller says. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/within.h"
#include "lint/rule.h"

#include <string.h>

static bool
sets_path(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigChange *definer = data;

    return change->kind == MIG_CHANGE_ALTER_OBJECT && change->routine != NULL &&
           change->routine->sets_search_path &&
           mig_lint_same_name(ctx, &change->name, &definer->name);
}

/* Neither C nor internal functions look up names by themselves. */
static bool
is_compiled(const MigRoutine *routine)
{
    return g_strcmp0(routine->language, "c") == 0 || g_strcmp0(routine->language, "internal") == 0;
}

/* ALTER FUNCTION ... SECURITY DEFINER of one that already has its own path. */
static bool
has_path(const MigLintContext *ctx, const MigChange *change)
{
    const MigUserRoutine *routine = NULL;

    if (change->kind == MIG_CHANGE_CREATE_ROUTINE)
        return false;
    if (mig_catalog_routine(ctx->catalog, change->name.schema, change->name.name, &routine) !=
        MIG_LOOKUP_FOUND)
        return true;
    return routine->routine == NULL || routine->routine->sets_search_path ||
           is_compiled(routine->routine);
}

/* Its own schema and the usual one, temporary tables last: what it has found, it finds still. */
static const char *
path_of(MigLintContext *ctx, const MigChange *change)
{
    const MigName plain = {.name = change->name.name};
    const char *own = mig_catalog_schema_for(ctx->catalog, &change->name, false);
    const char *usual = mig_catalog_schema_for(ctx->catalog, &plain, false);

    if (own == NULL || usual == NULL || strcmp(own, usual) == 0)
        return mig_lint_ident(ctx, own != NULL ? own : usual != NULL ? usual : "public");
    return mig_lint_format(ctx, "%s, %s", mig_lint_ident(ctx, own), mig_lint_ident(ctx, usual));
}

static void
check_routine(MigLintContext *ctx, const MigChange *change)
{
    const MigRoutine *routine = change->routine;

    if (!routine->security_definer || routine->sets_search_path || is_compiled(routine) ||
        has_path(ctx, change) || mig_lint_before(ctx, sets_path, change) != NULL ||
        mig_lint_after(ctx, sets_path, change) != NULL)
        return;

    MigFinding *finding = mig_lint_report(
        ctx, change, "%s runs with its owner's rights, and finds names by its caller's search_path",
        mig_lint_name(ctx, &change->name));
    if (!change->nested)
        mig_lint_fix_behind(
            ctx, finding, "definer",
            mig_lint_format(ctx, " SET search_path = %s, pg_temp", path_of(ctx, change)));
}

typedef struct {
    const MigLintContext *ctx;
    const MigTable *secured;
} Search;

static void
look_at_table(const MigName *name, gpointer data)
{
    Search *search = data;
    const MigTable *table = mig_lint_table(search->ctx, name);

    if (table != NULL && table->row_security)
        search->secured = table;
}

static void
check_view(MigLintContext *ctx, const MigChange *change)
{
    Search search = {.ctx = ctx};

    if (change->on || change->query == NULL || mig_lint_is_before(ctx, 150000))
        return;
    mig_query_tables(change->query, look_at_table, &search);
    if (search.secured == NULL)
        return;
    MigFinding *finding = mig_lint_report_as(
        ctx, MIG_SEVERITY_INFO, change,
        "view %s asks %s with its owner's rights: its row security may not hold",
        mig_lint_name(ctx, &change->table), mig_lint_table_name(ctx, search.secured));
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "CREATE VIEW ... WITH (security_invoker = true), so that policies are asked "
                  "about whoever reads the view.");
    mig_lint_danger(finding,
                    "Who may read the view sees rows that the table's policies keep from them.");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool alters = change->kind == MIG_CHANGE_ALTER_OBJECT && change->routine != NULL;

    if (change->kind == MIG_CHANGE_CREATE_ROUTINE || alters)
        check_routine(ctx, change);
    else if (change->kind == MIG_CHANGE_CREATE_VIEW)
        check_view(ctx, change);
}

const MigRule mig_rule_security_definer_search_path = {
    .id = "security-definer-search-path",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_YES,
    .summary = "SECURITY DEFINER without SET search_path",
    .danger = "Whoever calls the function can put a table or an operator of their own before those "
              "that it means, which then run with its owner's rights.",
    .steps = {"SET search_path = its_schema, pg_temp in the function's definition.",
              "Write the schema before names of other schemas."},
    .manual = "PostgreSQL 16, \"CREATE FUNCTION\", Writing SECURITY DEFINER Functions Safely",
    .check = check,
};

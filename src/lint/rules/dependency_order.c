/* SPDX-License-Identifier: MIT */
/* Something is used before it is made, or Requires names what comes later. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static bool
makes(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return (change->kind == MIG_CHANGE_CREATE_TABLE || change->kind == MIG_CHANGE_CREATE_VIEW ||
            change->kind == MIG_CHANGE_CREATE_MATERIALIZED_VIEW) &&
           mig_lint_same_name(ctx, &change->table, data);
}

typedef struct {
    MigLintContext *ctx;
    const MigChange *change;
} Search;

static void
check_table(const MigName *name, gpointer data)
{
    Search *search = data;
    MigLintContext *ctx = search->ctx;

    if (name->name == NULL || mig_catalog_table(ctx->catalog, name, NULL) != MIG_LOOKUP_ABSENT ||
        mig_lint_in_statement(ctx, makes, name) != NULL || mig_lint_after(ctx, makes, name) == NULL)
        return;
    const MigPlace place = {.statement = ctx->statement,
                            .span = mig_lint_span(name->span, search->change->span)};
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "%s is only made by a later statement of this migration",
                       mig_lint_name(ctx, name));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    Search search = {ctx, change};
    const MigCreateTable *create = change->create_table;
    bool creates = makes(ctx, change, &change->table);

    if (change->nested || change->if_exists || change->parent_if_exists ||
        change->kind == MIG_CHANGE_CREATE_ROUTINE)
        return;
    if (!creates && change->table.name != NULL)
        check_table(&change->table, &search);
    mig_query_tables(change->query, check_table, &search);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        check_table(&change->constraint->references, &search);
    for (size_t i = 0; create != NULL && i < create->n_columns; i++) {
        for (size_t j = 0; j < create->columns[i].n_constraints; j++)
            check_table(&create->columns[i].constraints[j].references, &search);
    }
    for (size_t i = 0; create != NULL && i < create->n_constraints; i++)
        check_table(&create->constraints[i].references, &search);
}

static bool
is_named(const MigStep *step, const char *required)
{
    bool digits = *required != '\0' && strspn(required, "0123456789") == strlen(required);

    return digits ? mig_version_compare(step->version, required) == 0
                  : strcmp(step->name, required) == 0;
}

static void
check_begin(MigLintContext *ctx)
{
    const MigMigration *migration = ctx->step->step->migration;
    const GPtrArray *steps = ctx->review->plan->steps;

    for (guint i = 0; migration != NULL && migration->requires != NULL && !ctx->down &&
                      i < migration->requires->len;
         i++) {
        const char *required = g_ptr_array_index(migration->requires, i);
        for (guint j = 0; j < steps->len; j++) {
            const MigStep *step = g_ptr_array_index(steps, j);
            if (!is_named(step, required) ||
                mig_version_compare(step->version, ctx->step->step->version) < 0)
                continue;
            const MigPlace place = {.line = 1};
            mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                               step->version == ctx->step->step->version
                                   ? "Requires: %s is this migration itself"
                                   : "Requires: %s is newer than this migration",
                               required);
        }
    }
}

const MigRule mig_rule_dependency_order = {
    .id = "dependency-order",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "something is used before it is made",
    .danger = "The server refuses the statement, and the migration stops there; a newer version in "
              "Requires makes the order of the directory another one than its names say.",
    .steps = {"Put what makes it before what uses it.",
              "Give the migration that is required an older version."},
    .manual = NULL,
    .weaker = {"unknown-object"},
    .check = check,
    .check_begin = check_begin,
};

/* SPDX-License-Identifier: MIT */
/* A column that is given two values. */
#include "lint/data.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

/* PostgreSQL lets parts of an array, of a composite or of JSON be set one by one. */
static bool
may_have_parts(const MigLintContext *ctx, const MigChange *change, const char *column)
{
    const MigTableColumn *found = mig_lint_column(ctx, &change->table, column);
    const MigUserType *type = NULL;

    if (ctx->engine != MIG_ENGINE_POSTGRES)
        return false;
    return found == NULL || found->type.name == NULL || found->type.dimensions > 0 ||
           found->type.schema != NULL || g_str_has_prefix(found->type.name, "json") ||
           mig_catalog_type(ctx->catalog, NULL, found->type.name, &type) == MIG_LOOKUP_FOUND;
}

static MigSeverity
severity(const MigLintContext *ctx, bool insert)
{
    bool refused =
        ctx->engine == MIG_ENGINE_POSTGRES || (insert && ctx->engine != MIG_ENGINE_SQLITE);

    return refused ? MIG_SEVERITY_ERROR : mig_lint_severity(ctx);
}

static void
report(MigLintContext *ctx, const MigChange *change, MigSpan span, const char *column)
{
    bool insert = change->kind == MIG_CHANGE_INSERT;
    const MigPlace place = {.statement = ctx->statement,
                            .span = mig_lint_span(span, change->span),
                            .nested = change->nested};

    mig_lint_report_at(ctx, severity(ctx, insert), place, "%s of %s is %s twice", column,
                       mig_lint_name(ctx, &change->table), insert ? "named" : "set");
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    for (size_t i = 1; change->kind == MIG_CHANGE_UPDATE && i < change->n_items; i++) {
        const char *column = change->items[i].column;
        bool twice = false;
        for (size_t j = 0; j < i && column != NULL; j++)
            twice = twice || mig_lint_same_word(ctx, change->items[j].column, column);
        if (twice && !may_have_parts(ctx, change, column))
            report(ctx, change, change->items[i].span, column);
    }
    for (size_t i = 1; change->kind == MIG_CHANGE_INSERT && i < change->n_columns; i++) {
        if (mig_lint_has_word(ctx, change->columns, i, change->columns[i]) &&
            !may_have_parts(ctx, change, change->columns[i]))
            report(ctx, change, (MigSpan){0}, change->columns[i]);
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_duplicate_assignment = {
    .id = "duplicate-assignment",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_FAILS,
    .summary = "a column that is given two values",
    .danger = "PostgreSQL refuses it; elsewhere one of the values is dropped without a word.",
    .steps = {"Set the column once."},
    .manual = "PostgreSQL 16, \"UPDATE\"; SQLite, \"UPDATE\"; MySQL 8.4, \"UPDATE Statement\"",
    .check = check,
};

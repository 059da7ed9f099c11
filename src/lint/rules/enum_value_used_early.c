/* SPDX-License-Identifier: MIT */
/* A new value of an enum is used in the transaction that adds it. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

/* Queries in queries: deeper ones aren't looked into. */
#define DEEPEST 50

typedef struct {
    MigLintContext *ctx;
    const MigUserType *type;
    const char *value;
    MigSpan span;
    bool found;
    unsigned depth;
} Search;

static void search_query(Search *search, const MigQuery *query);

static bool
look_at(const MigExpr *expr, gpointer data)
{
    Search *search = data;

    if (!search->found && expr->kind == MIG_EXPR_LITERAL && expr->string && expr->text != NULL &&
        strcmp(expr->text, search->value) == 0) {
        search->found = true;
        search->span = expr->span;
    }
    if (expr->query != NULL)
        search_query(search, expr->query);
    return !search->found;
}

static void
search_items(Search *search, const MigItem *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mig_expr_walk(items[i].value, look_at, search);
}

static void
search_query(Search *search, const MigQuery *query)
{
    if (query == NULL || ++search->depth > DEEPEST)
        return;
    for (const MigQuery *arm = query; arm != NULL && !search->found; arm = arm->next) {
        search_items(search, arm->targets, arm->n_targets);
        mig_expr_walk(arm->where, look_at, search);
        for (size_t i = 0; i < arm->n_values; i++)
            mig_expr_walk(arm->values[i], look_at, search);
        for (size_t i = 0; i < arm->n_from; i++)
            search_query(search, arm->from[i].query);
    }
    search->depth--;
}

static void
search_change(Search *search, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    mig_expr_walk(change->expr, look_at, search);
    search_items(search, change->items, change->n_items);
    search_query(search, change->query);
    if (change->column != NULL)
        mig_expr_walk(change->column->default_value, look_at, search);
    if (change->constraint != NULL)
        mig_expr_walk(change->constraint->expr, look_at, search);
    if (change->index != NULL)
        mig_expr_walk(change->index->where, look_at, search);
    for (size_t i = 0; create != NULL && i < create->n_columns; i++)
        mig_expr_walk(create->columns[i].default_value, look_at, search);
}

static bool
is_of_type(const MigType *type, const MigUserType *wanted)
{
    return type->name != NULL && strcmp(type->name, wanted->name) == 0;
}

/* Whether the change is about something of that type: a text that is alike isn't the value. */
static bool
uses_type(const MigLintContext *ctx, const MigChange *change, const MigUserType *type)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigCreateTable *create = change->create_table;

    if (change->column != NULL && is_of_type(&change->column->type, type))
        return true;
    for (size_t i = 0; create != NULL && i < create->n_columns; i++) {
        if (is_of_type(&create->columns[i].type, type))
            return true;
    }
    for (guint i = 0; table != NULL && i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (is_of_type(&column->type, type))
            return true;
    }
    return false;
}

/* The type may be used at once if the transaction has made it, from 17 on. */
static bool
is_allowed(const MigLintContext *ctx, const MigUserType *type)
{
    MigMoment now = ctx->statement->moment;
    bool own = type->made.migration == now.migration && type->made.transaction == now.transaction;

    return own && (ctx->version == 0 || ctx->version >= 170000);
}

static void
check_against(MigLintContext *ctx, const MigChange *change, const MigChange *added)
{
    const MigUserType *type = NULL;

    if (mig_catalog_type(ctx->catalog, added->name.schema, added->name.name, &type) !=
            MIG_LOOKUP_FOUND ||
        is_allowed(ctx, type) || !uses_type(ctx, change, type))
        return;
    Search search = {.ctx = ctx, .type = type, .value = added->values[0]};
    search_change(&search, change);
    if (!search.found)
        return;
    const MigPlace place = {.statement = ctx->statement,
                            .span = mig_lint_span(search.span, change->span),
                            .nested = change->nested};
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "'%s' of %s can't be used in the transaction that adds it", added->values[0],
                       type->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!mig_lint_in_transaction(ctx) || (ctx->version != 0 && ctx->version < 120000))
        return;
    for (guint i = 0; i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *before = g_ptr_array_index(ctx->step->statements, i);
        if (before == ctx->statement ||
            before->moment.transaction != ctx->statement->moment.transaction)
            continue;
        for (size_t j = 0; j < before->changes->n_changes; j++) {
            const MigChange *added = &before->changes->changes[j];
            if (added->kind == MIG_CHANGE_ADD_ENUM_VALUE && !added->in_body && added->n_values > 0)
                check_against(ctx, change, added);
        }
    }
}

const MigRule mig_rule_enum_value_used_early = {
    .id = "enum-value-used-early",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "a new enum value is used in the transaction that adds it",
    .danger = "The server refuses it: \"unsafe use of new value\".",
    .steps = {"ALTER TYPE ... ADD VALUE in a migration of its own.",
              "Use the value in the next one."},
    .manual = "PostgreSQL 18, \"ALTER TYPE\", Notes",
    .check = check,
};

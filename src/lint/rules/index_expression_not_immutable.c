/* SPDX-License-Identifier: MIT */
/* Indexes and generated columns by functions that may give another value tomorrow. */
#include "lint/rule.h"
#include "locks/postgres_volatility.h"

#include <string.h>

/* Functions of which no variant is immutable; some only with so many arguments. */
static const struct {
    const char *name;
    size_t n_args; /* only with so many; 0: always */
} mutable[] = {
    {"now", 0},
    {"current_date", 0},
    {"current_time", 0},
    {"current_timestamp", 0},
    {"localtime", 0},
    {"localtimestamp", 0},
    {"clock_timestamp", 0},
    {"statement_timestamp", 0},
    {"transaction_timestamp", 0},
    {"timeofday", 0},
    {"random", 0},
    {"gen_random_uuid", 0},
    {"uuidv4", 0},
    {"uuidv7", 0},
    {"nextval", 0},
    {"current_user", 0},
    {"session_user", 0},
    {"current_setting", 0},
    {"concat", 0},
    {"concat_ws", 0},
    {"format", 0},
    {"to_char", 0},
    {"to_date", 0},
    {"to_timestamp", 2},
    {"to_tsvector", 1},
    {"to_tsquery", 1},
    {"age", 1},
    {"unaccent", 0},
};

typedef struct {
    MigLintContext *ctx;
    const MigTable *table; /* %NULL: it isn't known */
    const char *found;
} Search;

static bool
has_type(const Search *search, const MigExpr *expr, const char *type)
{
    const MigTableColumn *column = expr->kind == MIG_EXPR_COLUMN && search->table != NULL
                                       ? mig_table_column(search->table, expr->name)
                                       : NULL;

    return column != NULL && g_strcmp0(column->type.name, type) == 0;
}

static bool
is_zoned(const Search *search, const MigExpr *expr)
{
    return has_type(search, expr, "timestamp with time zone");
}

/* What depends on the session's time zone or style of dates. */
static bool
is_of_session(const Search *search, const MigExpr *expr)
{
    if (expr->kind == MIG_EXPR_CALL && strcmp(expr->name, "date_trunc") == 0)
        return expr->n_args == 2 && is_zoned(search, expr->args[1]);
    if (expr->kind == MIG_EXPR_CALL && strcmp(expr->name, "date") == 0)
        return expr->n_args == 1 && is_zoned(search, expr->args[0]);
    if (expr->kind != MIG_EXPR_CAST || expr->type == NULL || expr->type->name == NULL)
        return false;
    bool to_time =
        strcmp(expr->type->name, "date") == 0 || g_str_has_prefix(expr->type->name, "timestamp");
    bool from_text = has_type(search, expr->args[0], "text") ||
                     has_type(search, expr->args[0], "character varying");
    return (to_time && from_text) ||
           (is_zoned(search, expr->args[0]) && strcmp(expr->type->name, "date") == 0);
}

static bool
look_at(const MigExpr *expr, gpointer data)
{
    Search *search = data;
    const MigUserRoutine *routine = NULL;

    if (search->found != NULL)
        return false;
    if (is_of_session(search, expr)) {
        search->found = expr->kind == MIG_EXPR_CALL
                            ? mig_lint_format(search->ctx, "%s()", expr->name)
                            : mig_lint_format(search->ctx, "the cast to %s", expr->type->name);
        return false;
    }
    if (expr->kind != MIG_EXPR_CALL || expr->name == NULL)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(mutable); i++) {
        bool any = mutable[i].n_args == 0 || mutable[i].n_args == expr->n_args;
        if (any && strcmp(mutable[i].name, expr->name) == 0 &&
            (expr->schema == NULL || strcmp(expr->schema, "pg_catalog") == 0))
            search->found = mig_lint_format(search->ctx, "%s()", expr->name);
    }
    /* The database's own: one that is put in place of its call counts for what it contains. */
    if (search->found == NULL &&
        mig_catalog_routine(search->ctx->catalog, expr->schema, expr->name, &routine) ==
            MIG_LOOKUP_FOUND &&
        routine->routine != NULL && mig_postgres_volatility(expr, search->ctx->catalog) != 'i')
        search->found = mig_lint_format(search->ctx, "%s()", expr->name);
    return true;
}

static void
check_expr(MigLintContext *ctx, const MigChange *change, const MigTable *table, const MigExpr *expr,
           const char *what)
{
    Search search = {ctx, table, NULL};
    MigPlace place = {.statement = ctx->statement, .nested = change->nested};

    if (expr == NULL)
        return;
    place.span = expr->span.length > 0 ? expr->span : change->span;
    mig_expr_walk(expr, look_at, &search);
    if (search.found != NULL)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s can't use %s, which isn't immutable", what, search.found);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigCreateTable *create = change->create_table;

    if (change->kind == MIG_CHANGE_CREATE_INDEX) {
        for (size_t i = 0; i < change->index->n_parts; i++)
            check_expr(ctx, change, table, change->index->parts[i].expr, "an index");
        check_expr(ctx, change, table, change->index->where, "an index's WHERE");
    } else if (change->kind == MIG_CHANGE_ADD_COLUMN) {
        check_expr(ctx, change, table, change->column->generated_as, "a generated column");
    } else if (change->kind == MIG_CHANGE_CREATE_TABLE && create != NULL) {
        for (size_t i = 0; i < create->n_columns; i++)
            check_expr(ctx, change, NULL, create->columns[i].generated_as, "a generated column");
    }
}

const MigRule mig_rule_index_expression_not_immutable = {
    .id = "index-expression-not-immutable",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "an index by something that may change its value",
    .danger = "The server refuses the statement: \"functions in index expression must be marked "
              "IMMUTABLE\".",
    .steps = {"Write a fixed value where now() and the like stand, or partition by time.",
              "Say what else it depends on: AT TIME ZONE 'UTC', to_tsvector('english', ...)."},
    .manual = "PostgreSQL 18, \"CREATE INDEX\"; \"Function Volatility Categories\"",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* A condition on a function of an indexed column. */
#include "lint/queries.h"
#include "lint/rule.h"

#include <string.h>

typedef struct {
    const MigExpr *column;
    size_t n;
} Columns;

static bool
visit_column(const MigExpr *expr, gpointer data)
{
    Columns *columns = data;

    if (expr->kind == MIG_EXPR_COLUMN) {
        columns->column = expr;
        columns->n++;
    }
    if (expr->query != NULL)
        columns->n += 2;
    return true;
}

/* (borrowed) the only column that the call is about; NULL: there is none, or several. */
static const MigExpr *
column_of(const MigExpr *call)
{
    Columns columns = {0};

    mig_expr_walk(call, visit_column, &columns);
    return columns.n == 1 ? columns.column : NULL;
}

static bool
is_text(const char *type)
{
    return g_strcmp0(type, "text") == 0 || g_strcmp0(type, "character varying") == 0 ||
           g_strcmp0(type, "character") == 0;
}

/* Casts between types of text change nothing; COALESCE is there because of NULL. */
static bool
hides_column(const MigExpr *expr, const MigTableColumn *column)
{
    if (expr->kind == MIG_EXPR_CAST && expr->type != NULL)
        return column->type.name != NULL &&
               !(is_text(expr->type->name) && is_text(column->type.name)) &&
               g_strcmp0(expr->type->name, column->type.name) != 0;
    return expr->kind == MIG_EXPR_CALL;
}

/* What an index is said to hold is that function, too, or whatever else of the column. */
static const MigTableIndex *
find_index(const MigTable *table, const char *column)
{
    const MigTableIndex *found = NULL;

    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);

        for (size_t part = 0; part < index->n_parts; part++) {
            if (index->parts[part].expr != NULL &&
                mig_expr_mentions(index->parts[part].expr, column))
                return NULL;
        }
        if (found == NULL && index->where == NULL && index->n_parts > 0 &&
            g_strcmp0(index->parts[0].column, column) == 0 && strcmp(index->method, "btree") == 0)
            found = index;
    }
    return found;
}

/* MySQL and SQLite may have the function as a generated column with an index. */
static bool
is_generated_from(const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *each = g_ptr_array_index(table->columns, i);

        if (each->generated_as != NULL && mig_expr_mentions(each->generated_as, column))
            return true;
    }
    return false;
}

static void
judge(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *call)
{
    const MigExpr *inside = column_of(call);
    const MigTableColumn *column = NULL;

    if (inside == NULL)
        return;

    const MigName *name = mig_lint_resolve(ctx, scope, inside, &column);
    const MigTable *table = mig_lint_table(ctx, name);
    if (column == NULL || !hides_column(call, column) ||
        !mig_lint_speed_matters(ctx, scope, table) || is_generated_from(table, column->name))
        return;

    const MigTableIndex *index = find_index(table, column->name);
    if (index == NULL)
        return;
    mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, call->span,
                         "%s of column %s.%s can't be found in index %s",
                         call->kind == MIG_EXPR_CAST ? "a cast" : "a function",
                         mig_lint_name(ctx, name), column->name, index->name);
}

static bool
compares(const MigExpr *expr)
{
    static const char *const words[] = {"=", "<", ">", "<=", ">=", "like", NULL};

    return expr->kind == MIG_EXPR_IN || expr->kind == MIG_EXPR_BETWEEN ||
           (expr->kind == MIG_EXPR_OPERATOR && expr->text != NULL &&
            g_strv_contains(words, expr->text));
}

static bool
visit(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr)
{
    if (scope->clause != MIG_LINT_CLAUSE_FILTER || !compares(expr) || expr->n_args < 1)
        return true;
    for (size_t i = 1; i < expr->n_args; i++) {
        if (!mig_lint_is_constant(expr->args[i]))
            return true;
    }
    judge(ctx, scope, expr->args[0]);
    return true;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.expr = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_function_on_indexed_column = {
    .id = "function-on-indexed-column",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A condition on a function of an indexed column",
    .danger = "The index on the column isn't used: every row is read, and the function is called "
              "for each.",
    .steps = {"Say what the column itself must be: a range instead of date(), extract() or year().",
              "Or add an index on the expression."},
    .check = check,
    .check_body = check,
};

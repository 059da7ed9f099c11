/* SPDX-License-Identifier: MIT */
/* A CHECK that lets fewer values in than the one before, or fewer than a column's default. */
#include "lint/compare.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <stdlib.h>
#include <string.h>

/* column IN (literals), or column = literal; %NULL column: it is something else. */
typedef struct {
    const char *column;
    MigExpr *const *values;
    size_t n;
} List;

static const MigExpr *
bare(const MigExpr *expr)
{
    while (expr != NULL && expr->kind == MIG_EXPR_CAST && expr->n_args == 1)
        expr = expr->args[0];
    return expr;
}

static List
list_of(const MigExpr *expr)
{
    const List none = {NULL, NULL, 0};
    bool equals = expr != NULL && expr->kind == MIG_EXPR_OPERATOR && expr->n_args == 2 &&
                  g_strcmp0(expr->text, "=") == 0;

    if (expr == NULL || (expr->kind != MIG_EXPR_IN && !equals) || expr->query != NULL ||
        expr->n_args < 2)
        return none;
    const MigExpr *column = bare(expr->args[0]);
    if (column == NULL || column->kind != MIG_EXPR_COLUMN)
        return none;
    for (size_t i = 1; i < expr->n_args; i++) {
        const MigExpr *value = bare(expr->args[i]);
        if (value->kind != MIG_EXPR_LITERAL || value->text == NULL)
            return none;
    }
    return (List){column->name, expr->args + 1, expr->n_args - 1};
}

static bool
has_value(const List *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(bare(list->values[i])->text, text) == 0)
            return true;
    }
    return false;
}

/* A bound: column > 0 and the like. */
static bool
read_bound(const MigExpr *expr, const char **out_column, bool *out_upper, double *out_value)
{
    if (expr == NULL || expr->kind != MIG_EXPR_OPERATOR || expr->n_args != 2 || expr->text == NULL)
        return false;

    const MigExpr *column = bare(expr->args[0]);
    const MigExpr *value = bare(expr->args[1]);
    if (column->kind != MIG_EXPR_COLUMN || value->kind != MIG_EXPR_LITERAL || value->string ||
        value->text == NULL || (expr->text[0] != '<' && expr->text[0] != '>') ||
        strcmp(expr->text, "<>") == 0)
        return false;

    char *end = NULL;
    *out_value = g_ascii_strtod(value->text, &end);
    *out_column = column->name;
    *out_upper = expr->text[0] == '<';
    return *end == '\0' && end != value->text;
}

/* (borrowed) what the new condition shuts out that the old one let in; %NULL: nothing that is seen. */
static const char *
lost(MigLintContext *ctx, const MigExpr *old, const MigExpr *made)
{
    List before = list_of(old);
    List after = list_of(made);
    const char *columns[2] = {NULL, NULL};
    bool uppers[2] = {false, false};
    double values[2] = {0, 0};

    if (before.column != NULL && mig_lint_same_word(ctx, before.column, after.column)) {
        for (size_t i = 0; i < before.n; i++) {
            const char *text = bare(before.values[i])->text;
            if (!has_value(&after, text))
                return mig_lint_format(ctx, "'%s'", text);
        }
        return NULL;
    }
    if (read_bound(old, &columns[0], &uppers[0], &values[0]) &&
        read_bound(made, &columns[1], &uppers[1], &values[1]) &&
        mig_lint_same_word(ctx, columns[0], columns[1]) && uppers[0] == uppers[1])
        return (uppers[0] && values[1] < values[0]) || (!uppers[0] && values[1] > values[0])
                   ? mig_lint_format(ctx, "values of %s", columns[0])
                   : NULL;
    /* The old condition, and another one that must be true, too. */
    if (made != NULL && made->kind == MIG_EXPR_AND && old->kind != MIG_EXPR_AND) {
        for (size_t i = 0; i < made->n_args; i++) {
            if (mig_lint_same_expr(ctx, old, made->args[i]))
                return "rows";
        }
    }
    return NULL;
}

typedef struct {
    MigLintContext *ctx;
    const MigChange *drop;
    const MigExpr *old;
    const char *lost;
} Replaced;

static bool
replaces(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    Replaced *replaced = (Replaced *)(uintptr_t)data;

    if (change->kind != MIG_CHANGE_ADD_CONSTRAINT ||
        change->constraint->kind != MIG_CONSTRAINT_CHECK ||
        !mig_lint_same_name(ctx, &change->table, &replaced->drop->table))
        return false;
    replaced->lost = lost(replaced->ctx, replaced->old, change->constraint->expr);
    return replaced->lost != NULL;
}

/* Rows that are there have been changed before. */
static bool
updates(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return (change->kind == MIG_CHANGE_UPDATE || change->kind == MIG_CHANGE_DELETE) &&
           mig_lint_same_name(ctx, &change->table, data);
}

static void
check_drop(MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    const MigTableConstraint *old = mig_table_constraint(table, change->name.name);

    if (old == NULL || old->kind != MIG_CONSTRAINT_CHECK || old->expr == NULL ||
        mig_lint_before(ctx, updates, &change->table) != NULL)
        return;
    Replaced replaced = {ctx, change, old->expr, NULL};
    if (mig_lint_in_statement(ctx, replaces, &replaced) == NULL &&
        mig_lint_after(ctx, replaces, &replaced) == NULL)
        return;
    mig_lint_report(ctx, change, "what replaces the CHECK %s of %s shuts out %s that it let in",
                    old->name, mig_lint_name(ctx, &change->table), replaced.lost);
}

static void
check_default(MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    List list = list_of(change->constraint->expr);
    const MigTableColumn *column =
        list.column != NULL ? mig_table_column(table, list.column) : NULL;
    const MigExpr *value = column != NULL ? bare(column->default_value) : NULL;

    if (value == NULL || value->kind != MIG_EXPR_LITERAL || value->text == NULL ||
        has_value(&list, value->text))
        return;
    mig_lint_report(ctx, change, "the CHECK shuts out '%s', which is the default of %s.%s",
                    value->text, mig_lint_name(ctx, &change->table), column->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (table == NULL || mig_lint_is_new(ctx, table) || table->temporary || ctx->down)
        return;
    if (change->kind == MIG_CHANGE_DROP_CONSTRAINT)
        check_drop(ctx, change, table);
    else if (change->kind == MIG_CHANGE_ADD_CONSTRAINT &&
             change->constraint->kind == MIG_CONSTRAINT_CHECK)
        check_default(ctx, change, table);
}

const MigRule mig_rule_constraint_narrowed = {
    .id = "constraint-narrowed",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a CHECK that lets fewer values in than before",
    .danger =
        "Validated at once it fails on the first row that it shuts out; NOT VALID, the next UPDATE "
        "of such a row fails, whatever column it changes. Running code may still write the value.",
    .steps = {"Let no code write the value any more, and release that.",
              "Update the rows that have it, in batches.",
              "Add the narrower CHECK with NOT VALID, and VALIDATE it in the next migration."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", ADD table_constraint",
    .check = check,
};

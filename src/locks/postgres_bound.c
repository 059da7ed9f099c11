/* SPDX-License-Identifier: MIT */
/* Bounds of PostgreSQL's partitions: which rows are inside, as far as constraints and constants tell. */
#include <stdlib.h>
#include <string.h>

#include "locks/postgres.h"

/* An end of a range of constants. */
typedef struct {
    const MigExpr *value; /* %NULL: there is no end */
    bool inclusive;
} End;

/* What constraints say of one column. */
typedef struct {
    const char *column;
    End low;
    End high;
    MigExpr *const *values; /* %NULL: no list */
    size_t n_values;
    bool not_null;
} Range;

static const MigExpr *
bare(const MigExpr *expr)
{
    while (expr != NULL && expr->kind == MIG_EXPR_CAST && expr->n_args == 1)
        expr = expr->args[0];
    return expr;
}

static bool
is_word(const MigExpr *expr, const char *word)
{
    return expr->text != NULL && expr->kind != MIG_EXPR_LITERAL &&
           g_ascii_strcasecmp(expr->text, word) == 0;
}

static bool
is_date(const char *text)
{
    enum { DATE_LENGTH = 10 };

    return strlen(text) >= DATE_LENGTH && text[4] == '-' && text[7] == '-' &&
           strspn(text, "0123456789-:. T+") == strlen(text);
}

/* Whether two constants can be compared without knowing their type's order: numbers, and dates in
 * the form that sorts as text does. */
static bool
compare(const MigExpr *a, const MigExpr *b, int *out_order)
{
    char *end_a = NULL, *end_b = NULL;

    a = bare(a);
    b = bare(b);
    if (a == NULL || b == NULL || a->kind != MIG_EXPR_LITERAL || b->kind != MIG_EXPR_LITERAL ||
        a->text == NULL || b->text == NULL)
        return false;
    if (g_str_equal(a->text, b->text)) {
        *out_order = 0;
        return true;
    }
    if (a->string != b->string)
        return false;
    if (is_date(a->text) && is_date(b->text) && a->string) {
        int order = strcmp(a->text, b->text);
        *out_order = order < 0 ? -1 : 1;
        return true;
    }
    double left = g_ascii_strtod(a->text, &end_a), right = g_ascii_strtod(b->text, &end_b);
    if (a->string || end_a == a->text || end_b == b->text || *end_a != '\0' || *end_b != '\0')
        return false;
    *out_order = left < right ? -1 : left > right ? 1 : 0;
    return true;
}

static bool
is_column(const MigExpr *expr, const char *column)
{
    expr = bare(expr);
    return expr != NULL && expr->kind == MIG_EXPR_COLUMN && g_strcmp0(expr->name, column) == 0;
}

static bool
tighter(const End *known, const MigExpr *value, bool inclusive, int direction)
{
    int order = 0;

    if (known->value == NULL)
        return true;
    if (!compare(value, known->value, &order))
        return false;
    return order * direction > 0 || (order == 0 && known->inclusive && !inclusive);
}

static void
add_low(Range *range, const MigExpr *value, bool inclusive)
{
    if (tighter(&range->low, value, inclusive, 1))
        range->low = (End){.value = value, .inclusive = inclusive};
}

static void
add_high(Range *range, const MigExpr *value, bool inclusive)
{
    if (tighter(&range->high, value, inclusive, -1))
        range->high = (End){.value = value, .inclusive = inclusive};
}

static void
add_comparison(Range *range, const char *operator, const MigExpr * value, bool swapped)
{
    bool less = operator[0] == '<', more = operator[0] == '>', same = g_str_equal(operator, "=");
    bool inclusive = g_str_has_suffix(operator, "=");

    if (strlen(operator) > 2 || g_str_equal(operator, "<>"))
        return;
    if (same || (swapped ? less : more))
        add_low(range, value, inclusive);
    if (same || (swapped ? more : less))
        add_high(range, value, inclusive);
}

static void
add_condition(Range *range, const MigExpr *expr)
{
    if (expr->kind == MIG_EXPR_AND) {
        for (size_t i = 0; i < expr->n_args; i++) {
            if (expr->args[i]->kind != MIG_EXPR_AND)
                add_condition(range, expr->args[i]);
        }
        return;
    }
    if (expr->n_args == 0)
        return;
    bool first = is_column(expr->args[0], range->column);
    if (expr->kind == MIG_EXPR_IS_NOT_NULL && first)
        range->not_null = true;
    else if (expr->kind == MIG_EXPR_BETWEEN && first && expr->n_args == 3) {
        add_low(range, expr->args[1], true);
        add_high(range, expr->args[2], true);
    } else if (expr->kind == MIG_EXPR_IN && first && expr->query == NULL) {
        range->values = expr->args + 1;
        range->n_values = expr->n_args - 1;
    } else if (expr->kind == MIG_EXPR_OPERATOR && expr->n_args == 2 && expr->text != NULL) {
        if (first)
            add_comparison(range, expr->text, expr->args[1], false);
        else if (is_column(expr->args[1], range->column))
            add_comparison(range, expr->text, expr->args[0], true);
    }
}

/* The one column that the parent is partitioned by; %NULL: there are more, or it is an expression. */
static const char *
key_column(const MigTable *parent)
{
    const MigPartitionBy *by = parent->partition_by;

    return by != NULL && by->n_key == 1 ? by->key[0].column : NULL;
}

static bool
read_range(const MigTable *table, const MigTable *parent, Range *out_range)
{
    const MigTableColumn *column = NULL;
    Range range = {.column = key_column(parent)};

    if (range.column == NULL)
        return false;
    column = mig_table_column(table, range.column);
    range.not_null = column != NULL && column->not_null && !column->not_null_not_valid;
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *check = g_ptr_array_index(table->constraints, i);
        if (check->kind == MIG_CONSTRAINT_CHECK && check->validated && check->expr != NULL)
            add_condition(&range, check->expr);
    }
    *out_range = range;
    return true;
}

static bool
is_listed(MigExpr *const *values, size_t n, const MigExpr *value)
{
    int order = 0;

    for (size_t i = 0; i < n; i++) {
        if (compare(values[i], value, &order) && order == 0)
            return true;
    }
    return false;
}

/* a = constant is a list of one. */
static bool
has_list(const Range *range, MigExpr *const **out_values, size_t *out_n, MigExpr **one)
{
    int order = 0;

    if (range->values != NULL) {
        *out_values = range->values;
        *out_n = range->n_values;
        return true;
    }
    if (range->low.value == NULL || range->high.value == NULL || !range->low.inclusive ||
        !range->high.inclusive || !compare(range->low.value, range->high.value, &order) ||
        order != 0)
        return false;
    *one = (MigExpr *)range->low.value;
    *out_values = one;
    *out_n = 1;
    return true;
}

static bool
starts_inside(const Range *range, const MigExpr *from)
{
    int order = 0;

    if (is_word(from, "minvalue"))
        return true;
    return range->low.value != NULL && compare(range->low.value, from, &order) && order >= 0;
}

static bool
ends_inside(const Range *range, const MigExpr *to)
{
    int order = 0;

    if (is_word(to, "maxvalue"))
        return true;
    if (range->high.value == NULL || !compare(range->high.value, to, &order))
        return false;
    return order < 0 || (order == 0 && !range->high.inclusive);
}

bool
mig_postgres_proves_inside(const MigTable *table, const MigTable *parent, const MigBound *bound)
{
    Range range = {0};
    MigExpr *const *values = NULL;
    MigExpr *one = NULL;
    size_t n = 0;

    if (bound == NULL || !read_range(table, parent, &range) || !range.not_null)
        return false;
    if (bound->kind == MIG_BOUND_RANGE && bound->n_from == 1 && bound->n_to == 1)
        return starts_inside(&range, bound->from[0]) && ends_inside(&range, bound->to[0]);
    if (bound->kind != MIG_BOUND_LIST || !has_list(&range, &values, &n, &one))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_listed(bound->from, bound->n_from, values[i]))
            return false;
    }
    return true;
}

static bool
ends_before(const Range *range, const MigExpr *from)
{
    int order = 0;

    if (is_word(from, "minvalue") || range->high.value == NULL ||
        !compare(range->high.value, from, &order))
        return false;
    return order < 0 || (order == 0 && !range->high.inclusive);
}

static bool
starts_after(const Range *range, const MigExpr *to)
{
    int order = 0;

    return !is_word(to, "maxvalue") && range->low.value != NULL &&
           compare(range->low.value, to, &order) && order >= 0;
}

bool
mig_postgres_proves_outside(const MigTable *table, const MigTable *parent, const MigBound *bound)
{
    Range range = {0};
    MigExpr *const *values = NULL;
    MigExpr *one = NULL;
    size_t n = 0;

    if (bound == NULL || !read_range(table, parent, &range))
        return false;
    if (bound->kind == MIG_BOUND_RANGE && bound->n_from == 1 && bound->n_to == 1)
        return ends_before(&range, bound->from[0]) || starts_after(&range, bound->to[0]);
    if (bound->kind != MIG_BOUND_LIST || !has_list(&range, &values, &n, &one))
        return false;
    for (size_t i = 0; i < n; i++) {
        int order = 0;
        for (size_t j = 0; j < bound->n_from; j++) {
            if (!compare(bound->from[j], values[i], &order) || order == 0)
                return false;
        }
    }
    return true;
}

bool
mig_postgres_bound_takes(const MigBound *bound, const MigExpr *value)
{
    int order = 0;

    if (bound == NULL || bare(value) == NULL || bare(value)->kind != MIG_EXPR_LITERAL)
        return true;
    if (bound->kind == MIG_BOUND_LIST)
        return is_listed(bound->from, bound->n_from, value);
    if (bound->kind != MIG_BOUND_RANGE || bound->n_from != 1 || bound->n_to != 1)
        return true;
    if (!is_word(bound->from[0], "minvalue") && compare(value, bound->from[0], &order) && order < 0)
        return false;
    return is_word(bound->to[0], "maxvalue") || !compare(value, bound->to[0], &order) || order < 0;
}

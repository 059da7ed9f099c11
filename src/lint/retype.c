/* SPDX-License-Identifier: MIT */
/* A column's new type beside the one that it has. */
#include "lint/retype.h"

#include <string.h>

const MigType *
mig_lint_new_type(const MigChange *change)
{
    if (change->column == NULL ||
        (change->kind != MIG_CHANGE_ALTER_TYPE && change->kind != MIG_CHANGE_MODIFY_COLUMN))
        return NULL;
    return change->column->type.name != NULL ? &change->column->type : NULL;
}

const MigType *
mig_lint_old_type(const MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);

    return column != NULL && column->type.name != NULL ? &column->type : NULL;
}

bool
mig_lint_same_type(const MigType *a, const MigType *b)
{
    if (g_strcmp0(a->name, b->name) != 0 || g_strcmp0(a->schema, b->schema) != 0 ||
        a->n_modifiers != b->n_modifiers || a->dimensions != b->dimensions ||
        a->is_unsigned != b->is_unsigned || g_strcmp0(a->fields, b->fields) != 0 ||
        g_strcmp0(a->charset, b->charset) != 0 || a->n_values != b->n_values)
        return false;
    for (unsigned i = 0; i < a->n_modifiers && i < G_N_ELEMENTS(a->modifiers); i++) {
        if (a->modifiers[i] != b->modifiers[i])
            return false;
    }
    for (size_t i = 0; i < a->n_values; i++) {
        if (g_strcmp0(a->values[i], b->values[i]) != 0)
            return false;
    }
    return true;
}

const char *
mig_lint_type_name(MigLintContext *ctx, const MigType *type)
{
    const char *name = type->name;

    /* "timestamp(3) with time zone" */
    const char *zone = strstr(name, " with");
    if (type->n_modifiers == 1 && zone != NULL)
        name = mig_lint_format(ctx, "%.*s(%lld)%s", (int)(zone - name), name, type->modifiers[0],
                               zone);
    else if (type->n_modifiers == 1)
        name = mig_lint_format(ctx, "%s(%lld)", name, type->modifiers[0]);
    else if (type->n_modifiers > 1)
        name = mig_lint_format(ctx, "%s(%lld,%lld)", name, type->modifiers[0], type->modifiers[1]);
    if (type->is_unsigned)
        name = mig_lint_format(ctx, "%s unsigned", name);
    return type->dimensions > 0 ? mig_lint_format(ctx, "%s[]", name) : name;
}

bool
mig_lint_changes_zone(const MigType *from, const MigType *to)
{
    static const char *const with = "timestamp with time zone";
    static const char *const without[] = {"timestamp without time zone", "timestamp"};

    for (size_t i = 0; i < G_N_ELEMENTS(without); i++) {
        if ((g_strcmp0(from->name, with) == 0 && g_strcmp0(to->name, without[i]) == 0) ||
            (g_strcmp0(to->name, with) == 0 && g_strcmp0(from->name, without[i]) == 0))
            return from->dimensions == 0 && to->dimensions == 0;
    }
    return false;
}

bool
mig_lint_is_plain_using(const MigExpr *using_expr, const char *column)
{
    while (using_expr != NULL && using_expr->kind == MIG_EXPR_CAST && using_expr->n_args == 1)
        using_expr = using_expr->args[0];
    return using_expr == NULL ||
           (using_expr->kind == MIG_EXPR_COLUMN && g_strcmp0(using_expr->name, column) == 0);
}

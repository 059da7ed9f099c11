/* SPDX-License-Identifier: MIT */
/* The constraints that a change makes, wherever in it they are written, and the columns they are of. */
#include "lint/keys.h"

#include "lint/within.h"

static void
give(MigLintContext *ctx, const MigLintKey *key, MigConstraintKind kind, MigLintKeyFunc func,
     gpointer data)
{
    if (key->constraint->kind == kind)
        func(ctx, key, data);
}

static void
each_of_column(MigLintContext *ctx, const MigChange *change, const MigColumn *column,
               MigConstraintKind kind, MigLintKeyFunc func, gpointer data)
{
    for (size_t i = 0; i < column->n_constraints; i++) {
        const MigConstraint *constraint = &column->constraints[i];
        MigSpan span = mig_lint_span(constraint->span, mig_lint_span(column->span, change->span));
        const MigLintKey key = {change, constraint, column, span};
        give(ctx, &key, kind, func, data);
    }
}

void
mig_lint_each_key(MigLintContext *ctx, const MigChange *change, MigConstraintKind kind,
                  MigLintKeyFunc func, gpointer data)
{
    const MigCreateTable *create = change->create_table;

    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT) {
        const MigLintKey key = {change, change->constraint, NULL, change->span};
        give(ctx, &key, kind, func, data);
    } else if (change->kind == MIG_CHANGE_ADD_COLUMN || change->kind == MIG_CHANGE_MODIFY_COLUMN) {
        each_of_column(ctx, change, change->column, kind, func, data);
    } else if (change->kind == MIG_CHANGE_CREATE_TABLE && create != NULL) {
        for (size_t i = 0; i < create->n_columns; i++)
            each_of_column(ctx, change, &create->columns[i], kind, func, data);
        for (size_t i = 0; i < create->n_constraints; i++) {
            const MigConstraint *constraint = &create->constraints[i];
            const MigLintKey key = {change, constraint, NULL,
                                    mig_lint_span(constraint->span, change->span)};
            give(ctx, &key, kind, func, data);
        }
    }
}

static bool
is_default(const MigExpr *expr)
{
    return expr != NULL && expr->kind != MIG_EXPR_NULL;
}

static bool
is_of_primary_key(const MigLintContext *ctx, const MigCreateTable *create, const char *column)
{
    for (size_t i = 0; i < create->n_constraints; i++) {
        const MigConstraint *constraint = &create->constraints[i];
        if (constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY &&
            mig_lint_has_word(ctx, constraint->columns, constraint->n_columns, column))
            return true;
    }
    return false;
}

static MigLintKeyColumn
written(const MigColumn *column)
{
    return (MigLintKeyColumn){
        .type = column->type.name != NULL ? &column->type : NULL,
        .not_null = column->not_null,
        .has_default = is_default(column->default_value),
        .known = true,
    };
}

typedef struct {
    const MigName *table;
    const char *column;
} Wanted;

static bool
adds_column(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const Wanted *wanted = data;

    return change->kind == MIG_CHANGE_ADD_COLUMN &&
           mig_lint_same_name(ctx, &change->table, wanted->table) &&
           mig_lint_same_word(ctx, change->column->name, wanted->column);
}

MigLintKeyColumn
mig_lint_key_column(const MigLintContext *ctx, const MigLintKey *key, const char *column)
{
    const MigChange *change = key->change;
    const MigCreateTable *create = change->create_table;
    const Wanted wanted = {&change->table, column};

    if (key->column != NULL && mig_lint_same_word(ctx, key->column->name, column))
        return written(key->column);
    for (size_t i = 0; create != NULL && i < create->n_columns; i++) {
        if (!mig_lint_same_word(ctx, create->columns[i].name, column))
            continue;
        MigLintKeyColumn found = written(&create->columns[i]);
        found.not_null = found.not_null || is_of_primary_key(ctx, create, column);
        return found;
    }

    const MigChange *added = mig_lint_in_statement(ctx, adds_column, &wanted);
    if (added != NULL)
        return written(added->column);

    const MigTableColumn *there = change->kind != MIG_CHANGE_CREATE_TABLE
                                      ? mig_lint_column(ctx, &change->table, column)
                                      : NULL;
    if (there == NULL)
        return (MigLintKeyColumn){NULL, false, false, false};
    return (MigLintKeyColumn){
        .type = there->type.name != NULL ? &there->type : NULL,
        .not_null = there->not_null,
        .has_default = is_default(there->default_value),
        .known = true,
    };
}

/* SPDX-License-Identifier: MIT */
/* Tables as a migration leaves them, with the statements that made them so. */
#include "lint/design.h"

#include "lint/within.h"

#include <string.h>

static bool
is_about_design(const MigChange *change)
{
    bool about = change->kind == MIG_CHANGE_CREATE_TABLE || change->kind == MIG_CHANGE_ADD_COLUMN ||
                 change->kind == MIG_CHANGE_MODIFY_COLUMN ||
                 change->kind == MIG_CHANGE_ADD_CONSTRAINT ||
                 change->kind == MIG_CHANGE_CREATE_INDEX;

    return about && !change->in_body && !change->temporary;
}

static bool
is_first(const MigLintContext *ctx, const MigChanges *changes, size_t index, const MigTable *table)
{
    for (size_t i = 0; i < index; i++) {
        if (is_about_design(&changes->changes[i]) &&
            mig_lint_table(ctx, &changes->changes[i].table) == table)
            return false;
    }
    return true;
}

bool
mig_lint_made_by(const MigLintTouched *touched, MigMoment made)
{
    return made.migration == touched->statement->moment.migration &&
           made.statement == touched->statement->moment.statement;
}

static void
visit(MigLintContext *ctx, const MigReviewedStatement *statement, MigLintTouchedFunc func)
{
    const MigChanges *changes = statement->changes;

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (!is_about_design(change))
            continue;

        const MigTable *table = mig_lint_table(ctx, &change->table);
        if (table == NULL || table->temporary || !is_first(ctx, changes, i, table) ||
            (table->kind != MIG_RELATION_TABLE && table->kind != MIG_RELATION_PARTITIONED))
            continue;
        MigLintTouched touched = {.statement = statement, .change = change, .table = table};
        touched.created = mig_lint_made_by(&touched, table->made);
        func(ctx, &touched);
    }
}

void
mig_lint_each_touched(MigLintContext *ctx, MigLintTouchedFunc func)
{
    for (guint i = 0; !ctx->down && i < ctx->step->statements->len; i++)
        visit(ctx, g_ptr_array_index(ctx->step->statements, i), func);
}

static MigSpan
span_of(const MigLintContext *ctx, const MigLintTouched *touched, const char *column)
{
    const MigChanges *changes = touched->statement->changes;
    const MigCreateTable *create = touched->change->create_table;

    for (size_t i = 0; column != NULL && create != NULL && i < create->n_columns; i++) {
        if (mig_lint_same_word(ctx, create->columns[i].name, column))
            return create->columns[i].span;
    }
    for (size_t i = 0; column != NULL && i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        bool same = change->kind == MIG_CHANGE_ADD_COLUMN &&
                    mig_lint_same_word(ctx, change->column->name, column);
        same |= change->kind == MIG_CHANGE_ADD_CONSTRAINT &&
                mig_lint_has_word(ctx, change->constraint->columns, change->constraint->n_columns,
                                  column);
        if (same && mig_lint_same_name(ctx, &change->table, &touched->change->table))
            return change->span;
    }
    /* Of a new table its name is enough: all of its definition would be underlined. */
    return create != NULL ? mig_lint_span(touched->change->table.span, touched->change->span)
                          : touched->change->span;
}

MigFinding *
mig_lint_report_touched(MigLintContext *ctx, MigSeverity severity, const MigLintTouched *touched,
                        const char *column, const char *format, ...)
{
    const MigPlace place = {
        .statement = touched->statement,
        .span = span_of(ctx, touched, column),
        .table = &touched->change->table,
        .nested = touched->change->nested,
    };
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return mig_lint_report_at(ctx, severity, place, "%s", message);
}

static bool
leads(const MigLintContext *ctx, const MigTableIndex *index, const char *const *columns, size_t n)
{
    if (index->n_parts < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!mig_lint_has_word(ctx, columns, n, index->parts[i].column))
            return false;
    }
    return true;
}

/* A predicate that leaves out only rows without a value, which no key looks for. */
static bool
is_complete(const MigLintContext *ctx, const MigExpr *where, const char *const *columns, size_t n)
{
    return where == NULL ||
           (where->kind == MIG_EXPR_IS_NOT_NULL && where->args[0]->kind == MIG_EXPR_COLUMN &&
            mig_lint_has_word(ctx, columns, n, where->args[0]->name));
}

bool
mig_lint_index_finds(const MigLintContext *ctx, const MigTable *table, const char *const *columns,
                     size_t n)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        bool method = g_strcmp0(index->method, "btree") == 0 ||
                      (g_strcmp0(index->method, "hash") == 0 && n == 1);
        if (method && index->valid && !index->invisible && leads(ctx, index, columns, n) &&
            is_complete(ctx, index->where, columns, n))
            return true;
    }
    return false;
}

bool
mig_lint_key_within(const MigLintContext *ctx, const MigTable *table, const char *const *columns,
                    size_t n)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        bool within = key->kind == MIG_CONSTRAINT_PRIMARY_KEY || key->kind == MIG_CONSTRAINT_UNIQUE;
        for (size_t j = 0; within && j < key->n_columns; j++)
            within = mig_lint_has_word(ctx, columns, n, key->columns[j]);
        if (within)
            return true;
    }
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        bool within = index->unique && index->where == NULL;
        for (size_t j = 0; within && j < index->n_parts; j++)
            within = mig_lint_has_word(ctx, columns, n, index->parts[j].column);
        if (within)
            return true;
    }
    return false;
}

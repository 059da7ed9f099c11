/* SPDX-License-Identifier: MIT */
/* DOWN brings back what only old rows are sure to fit. */
#include "lint/rollback.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static bool
repairs(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return (change->kind == MIG_CHANGE_UPDATE || change->kind == MIG_CHANGE_DELETE ||
            change->kind == MIG_CHANGE_TRUNCATE) &&
           mig_lint_same_name(ctx, &change->table, data);
}

/* Types of numbers, from the smallest. */
static int
width(const char *name)
{
    static const char *const widths[] = {"tinyint", "smallint", "mediumint", "int", "bigint"};

    if (strcmp(name, "integer") == 0)
        name = "int";
    for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
        if (strcmp(widths[i], name) == 0)
            return (int)i + 1;
    }
    return 0;
}

static bool
is_text(const char *name)
{
    return strcmp(name, "text") == 0 || strcmp(name, "character varying") == 0 ||
           strcmp(name, "varchar") == 0;
}

/* Whether values of the wide type may not fit into the narrow one. */
static bool
is_narrower(const MigType *narrow, const MigType *wide)
{
    if (narrow->name == NULL || wide->name == NULL)
        return false;
    if (width(narrow->name) > 0 && width(wide->name) > 0)
        return width(narrow->name) < width(wide->name);
    if (is_text(narrow->name) && is_text(wide->name) && narrow->n_modifiers > 0)
        return wide->n_modifiers == 0 || narrow->modifiers[0] < wide->modifiers[0];
    if (strcmp(narrow->name, wide->name) != 0)
        return false;
    if (narrow->n_values > 0 || wide->n_values > 0)
        return narrow->n_values < wide->n_values;
    return narrow->n_modifiers > 0 &&
           (wide->n_modifiers == 0 || narrow->modifiers[0] < wide->modifiers[0]);
}

static bool
had_not_null(const MigLintContext *ctx, const MigChange *change, const char *column)
{
    const MigTable *before = mig_lint_table_before(ctx, &change->table);
    const MigTableColumn *old = before != NULL ? mig_table_column(before, column) : NULL;
    const MigTableColumn *now = mig_lint_column(ctx, &change->table, column);

    return old != NULL && now != NULL && old->not_null_known && old->not_null &&
           now->not_null_known && !now->not_null;
}

/* A constraint that was there before UP, and is not now. */
static bool
had_constraint(const MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *constraint = change->constraint;
    const MigTable *before = mig_lint_table_before(ctx, &change->table);

    for (guint i = 0; before != NULL && i < before->constraints->len; i++) {
        const MigTableConstraint *old = g_ptr_array_index(before->constraints, i);
        if (old->kind != constraint->kind || !old->validated)
            continue;
        if (constraint->name.name != NULL &&
            mig_lint_same_word(ctx, old->name, constraint->name.name))
            return true;
        bool same = constraint->n_columns > 0 && old->n_columns == constraint->n_columns;
        for (size_t j = 0; same && j < old->n_columns; j++)
            same = mig_lint_same_word(ctx, old->columns[j], constraint->columns[j]);
        if (same)
            return true;
    }
    return false;
}

static bool
had_index(const MigLintContext *ctx, const MigChange *change)
{
    const MigTable *before = mig_lint_table_before(ctx, &change->table);

    return before != NULL && change->index->name.name != NULL &&
           mig_table_index(before, change->index->name.name) != NULL;
}

static const char *
describe_constraint(MigLintContext *ctx, const MigChange *change)
{
    static const char *const kinds[] = {
        [MIG_CONSTRAINT_CHECK] = "CHECK",
        [MIG_CONSTRAINT_NOT_NULL] = "NOT NULL",
        [MIG_CONSTRAINT_PRIMARY_KEY] = "PRIMARY KEY",
        [MIG_CONSTRAINT_UNIQUE] = "UNIQUE",
        [MIG_CONSTRAINT_FOREIGN_KEY] = "FOREIGN KEY",
        [MIG_CONSTRAINT_EXCLUDE] = "EXCLUDE",
        [MIG_CONSTRAINT_ANY] = "constraint",
    };
    const MigConstraint *constraint = change->constraint;

    if (constraint->not_valid || constraint->not_enforced || !had_constraint(ctx, change))
        return NULL;
    return constraint->name.name != NULL
               ? mig_lint_format(ctx, "%s %s", kinds[constraint->kind], constraint->name.name)
               : kinds[constraint->kind];
}

/* Returns: what DOWN brings back, for people; NULL: nothing that rows could be against */
static const char *
describe(MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *now = mig_lint_column(ctx, &change->table, change->name.name);
    const char *column = change->name.name;

    if (change->kind == MIG_CHANGE_SET_NOT_NULL && had_not_null(ctx, change, column))
        return mig_lint_format(ctx, "NOT NULL of %s", column);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL)
        return describe_constraint(ctx, change);
    if (change->kind == MIG_CHANGE_CREATE_INDEX && change->index->unique && had_index(ctx, change))
        return mig_lint_format(ctx, "unique index %s", change->index->name.name);
    if ((change->kind != MIG_CHANGE_ALTER_TYPE && change->kind != MIG_CHANGE_MODIFY_COLUMN) ||
        change->column == NULL || now == NULL)
        return NULL;
    if (change->kind == MIG_CHANGE_MODIFY_COLUMN && change->column->not_null &&
        had_not_null(ctx, change, column))
        return mig_lint_format(ctx, "NOT NULL of %s", column);
    /* With USING the author has thought of values that don't fit. */
    return change->expr == NULL && is_narrower(&change->column->type, &now->type)
               ? mig_lint_format(ctx, "the narrower type of %s", column)
               : NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (mig_lint_before_up(ctx) == NULL || table == NULL || mig_lint_is_irreversible(ctx) ||
        mig_lint_undoes(ctx, table->made) || mig_lint_is_new(ctx, table))
        return;
    const char *what = describe(ctx, change);
    if (what != NULL && mig_lint_before(ctx, repairs, &change->table) == NULL)
        mig_lint_report(ctx, change, "rows that came since UP may be against %s on %s", what,
                        mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_down_tightens = {
    .id = "down-tightens",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BACK,
    .wants_before = true,
    .summary = "DOWN brings back what only old rows are sure to fit",
    .danger =
        "It works right after UP, and fails once new code has written one row: the rollback stops "
        "half-way when it is needed.",
    .steps = {"In DOWN, first move, change or delete the rows that don't fit.",
              "On PostgreSQL, bring a CHECK or a foreign key back NOT VALID.",
              "Or say in the header: -- Rollback: irreversible – reason."},
    .check = check,
};

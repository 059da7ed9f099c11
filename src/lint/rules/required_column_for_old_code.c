/* SPDX-License-Identifier: MIT */
/* A column of a table in use that INSERTs of old code leave out, and must not. */
#include "lint/rule.h"
#include "lint/within.h"

/* What makes a column required: its name; %NULL: another kind of change. */
static const char *
column_of(const MigChange *change)
{
    const MigConstraint *constraint = change->constraint;

    switch ((int)change->kind) {
    case MIG_CHANGE_SET_NOT_NULL:
    case MIG_CHANGE_DROP_DEFAULT:
        return change->name.name;
    case MIG_CHANGE_ADD_COLUMN:
    case MIG_CHANGE_MODIFY_COLUMN:
        return change->column->name;
    case MIG_CHANGE_ADD_CONSTRAINT:
        if (constraint->kind == MIG_CONSTRAINT_CHECK && constraint->expr != NULL &&
            constraint->expr->kind == MIG_EXPR_IS_NOT_NULL && constraint->expr->n_args == 1 &&
            constraint->expr->args[0]->kind == MIG_EXPR_COLUMN)
            return constraint->expr->args[0]->name;
        return NULL;
    default:
        return NULL;
    }
}

static bool
gets_value(const MigTableColumn *column)
{
    return (column->default_value != NULL && column->default_value->kind != MIG_EXPR_NULL) ||
           column->generated != MIG_GENERATED_NO || column->identity != MIG_IDENTITY_NO ||
           column->serial || column->auto_increment;
}

/* The last change of the migration that is about the column is the one to tell of. */
static bool
is_about(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigChange *first = data;

    return change != first && mig_lint_same_name(ctx, &change->table, &first->table) &&
           mig_lint_same_word(ctx, column_of(change), column_of(first));
}

static bool
drops_default(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return change->kind == MIG_CHANGE_DROP_DEFAULT && is_about(ctx, change, data);
}

/* Whether the change leaves the column such that old code's INSERTs fail. */
static bool
requires_value(const MigLintContext *ctx, size_t at, const MigChange *change,
               const MigTableColumn *column)
{
    bool is_new = mig_lint_is_new_moment(ctx, column->made);
    bool enforces = ctx->engine == MIG_ENGINE_POSTGRES;

    if (gets_value(column))
        return false;
    /* A CHECK holds for new rows at once, NOT VALID or not: code that knows an old column may
     * write it always, code that doesn't know a new one can't. */
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        return is_new;
    if (!column->not_null)
        return false;
    /* NOT NULL without any default is refused, and told by another rule. */
    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        return change->column->not_null && !enforces && ctx->engine != MIG_ENGINE_SQLITE &&
               change->column->default_value == NULL;
    if (change->kind == MIG_CHANGE_MODIFY_COLUMN)
        return mig_lint_is_new_moment(ctx, column->nullability_set) ||
               mig_lint_is_new_moment(ctx, column->default_set);
    return change->kind == MIG_CHANGE_SET_NOT_NULL || change->kind == MIG_CHANGE_DROP_DEFAULT ||
           mig_lint_between(ctx, at, SIZE_MAX, drops_default, change) != NULL;
}

static void
check_change(MigLintContext *ctx, size_t at, const MigChange *change)
{
    const MigReviewedStatement *statement = mig_lint_statement(ctx, at);
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, column_of(change));
    const MigPlace place = {.statement = statement,
                            .span = change->span,
                            .table = &change->table,
                            .nested = change->nested};

    if (column == NULL || !requires_value(ctx, at, change, column) ||
        mig_lint_between(ctx, at + 1, SIZE_MAX, is_about, change) != NULL)
        return;
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "INSERTs of code that doesn't write %s.%s fail from now on",
                       mig_lint_name(ctx, &change->table), column->name);
}

static void
check_end(MigLintContext *ctx)
{
    /* DOWN is run when the code that needed it is gone. */
    for (guint i = 0; !ctx->down && i < ctx->step->statements->len; i++) {
        const MigChanges *changes = mig_lint_statement(ctx, i)->changes;
        for (size_t j = 0; j < changes->n_changes; j++) {
            const MigChange *change = &changes->changes[j];
            if (!change->in_body && column_of(change) != NULL)
                check_change(ctx, i, change);
        }
    }
}

const MigRule mig_rule_required_column_for_old_code = {
    .id = "required-column-for-old-code",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a column that running code must write from now on",
    .danger =
        "INSERTs of code that doesn't write the column fail while the deploy is in progress, also "
        "after a rollback of the code.",
    .steps = {"Leave the column a default until all running code writes it.",
              "Require it one release later."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", SET NOT NULL, ADD table_constraint NOT VALID",
    .check_end = check_end,
};

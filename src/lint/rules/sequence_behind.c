/* SPDX-License-Identifier: MIT */
/* Rows with numbers of their own, while the sequence stays where it was. */
#include "lint/data.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static bool
find_setval(const MigExpr *expr, gpointer data)
{
    bool *found = data;

    *found = *found || (expr->kind == MIG_EXPR_CALL && g_strcmp0(expr->name, "setval") == 0);
    return !*found;
}

/* Any setval will do: of which sequence it is may be computed. */
static bool
moves_sequence(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    bool found = false;
    (void)ctx;
    (void)data;

    if (change->kind == MIG_CHANGE_SET_IDENTITY || change->kind == MIG_CHANGE_DYNAMIC ||
        change->kind == MIG_CHANGE_CALL || change->kind == MIG_CHANGE_DO ||
        (change->kind == MIG_CHANGE_ALTER_OBJECT && change->object_type == MIG_TYPE_OF_SEQUENCE))
        return true;
    for (const MigQuery *arm = change->query; arm != NULL && !found; arm = arm->next) {
        for (size_t i = 0; i < arm->n_targets && arm->targets[i].value != NULL; i++)
            mig_expr_walk(arm->targets[i].value, find_setval, &found);
    }
    return found;
}

/* Whether some row has a number there that the sequence will come to. */
static bool
gives_number(const MigQuery *query, size_t at)
{
    for (size_t i = 0; i < query->n_values; i++) {
        const MigExpr *value = at < query->values[i]->n_args ? query->values[i]->args[at] : NULL;
        if (value != NULL && value->kind == MIG_EXPR_LITERAL && !value->string &&
            value->text != NULL && g_ascii_strtoll(value->text, NULL, 10) > 0)
            return true;
    }
    return false;
}

static void
judge(MigLintContext *ctx, size_t index, const MigReviewedStatement *statement,
      const MigChange *change)
{
    const MigTable *table = change->kind == MIG_CHANGE_INSERT && change->query != NULL
                                ? mig_lint_table(ctx, &change->table)
                                : NULL;

    for (size_t i = 0; table != NULL && i < change->n_columns; i++) {
        const MigTableColumn *column = mig_table_column(table, change->columns[i]);
        const MigPlace place = {
            .statement = statement, .span = change->span, .nested = change->nested};

        if (column == NULL || (!column->serial && column->identity == MIG_IDENTITY_NO) ||
            !gives_number(change->query, i) ||
            mig_lint_between(ctx, index + 1, ctx->step->statements->len, moves_sequence, NULL) !=
                NULL)
            continue;
        MigFinding *finding =
            mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                               "%s gets numbers for %s that its sequence doesn't know of",
                               mig_lint_name(ctx, &change->table), column->name);
        mig_lint_step(
            finding,
            "Behind it: SELECT setval(pg_get_serial_sequence('%s', '%s'), (SELECT max(%s) "
            "FROM %s)).",
            mig_lint_name(ctx, &change->table), column->name, column->name,
            mig_lint_name(ctx, &change->table));
    }
}

static void
check_end(MigLintContext *ctx)
{
    for (guint i = 0; !ctx->down && i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);

        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            const MigChange *change = &statement->changes->changes[j];
            if (!change->in_body && g_strcmp0(change->text, "explain") != 0)
                judge(ctx, i, statement, change);
        }
    }
}

const MigRule mig_rule_sequence_behind = {
    .id = "sequence-behind",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    /* Of new tables, too: their next row is what fails. */
    .kind = MIG_RULE_FAILS,
    .summary = "rows bring their numbers, and the sequence stays behind",
    .danger = "The next rows that the application inserts get numbers that are taken, and fail.",
    .steps = {"Leave the column out, or move the sequence behind the largest number."},
    .manual = "PostgreSQL 16, \"Sequence Manipulation Functions\"",
    .check_end = check_end,
};

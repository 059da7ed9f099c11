/* SPDX-License-Identifier: MIT */
/* DROP COLUMN takes keys and indexes with it that are about other columns, too. */
#include "lint/rule.h"
#include "lint/within.h"

/* What goes with a column: the gravest of it is told first. */
typedef struct {
    MigLintContext *ctx;
    const MigChange *change;
    const MigTable *table;
    GPtrArray *lost; /* (owned) const char *, in words */
    MigSeverity severity;
} Losing;

static void
lose(Losing *losing, MigSeverity severity, const char *what)
{
    g_ptr_array_add(losing->lost, (gpointer)(uintptr_t)what);
    losing->severity = MAX(losing->severity, severity);
}

/* Whether one of the columns stays when the statement is done. */
static bool
leaves_some(const Losing *losing, const char *const *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (columns[i] != NULL &&
            !mig_lint_same_word(losing->ctx, columns[i], losing->change->name.name) &&
            !mig_lint_statement_has_column(losing->ctx, losing->change, columns[i]))
            return true;
    }
    return false;
}

static void
look_at_constraint(Losing *losing, const MigTableConstraint *constraint)
{
    MigLintContext *ctx = losing->ctx;
    bool primary = constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY;

    if (!mig_lint_has_word(ctx, constraint->columns, constraint->n_columns,
                           losing->change->name.name) ||
        mig_lint_is_new_moment(ctx, constraint->made))
        return;
    if (primary) {
        lose(losing, MIG_SEVERITY_ERROR, "the primary key");
        return;
    }
    /* What is about this column alone has no use without it. */
    if (!leaves_some(losing, constraint->columns, constraint->n_columns) ||
        ctx->engine != MIG_ENGINE_POSTGRES)
        return;
    if (constraint->kind == MIG_CONSTRAINT_UNIQUE || constraint->kind == MIG_CONSTRAINT_EXCLUDE)
        lose(losing, MIG_SEVERITY_ERROR, mig_lint_format(ctx, "UNIQUE %s", constraint->name));
    else if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        lose(losing, MIG_SEVERITY_WARNING,
             mig_lint_format(ctx, "the foreign key %s", constraint->name));
    else if (constraint->kind == MIG_CONSTRAINT_CHECK)
        lose(losing, MIG_SEVERITY_WARNING, mig_lint_format(ctx, "the CHECK %s", constraint->name));
}

static bool
names_column(const Losing *losing, const MigTableIndex *index)
{
    const char *column = losing->change->name.name;

    for (size_t i = 0; i < index->n_parts; i++) {
        if (mig_lint_same_word(losing->ctx, index->parts[i].column, column) ||
            (index->parts[i].expr != NULL && mig_expr_mentions(index->parts[i].expr, column)))
            return true;
    }
    return mig_lint_has_word(losing->ctx, index->include, index->n_include, column) ||
           (index->where != NULL && mig_expr_mentions(index->where, column));
}

static void
look_at_index(Losing *losing, const MigTableIndex *index)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();

    /* A constraint's is told with it; MySQL takes the column out of an index, and has a rule for it. */
    if (losing->ctx->engine != MIG_ENGINE_POSTGRES || index->constraint != NULL ||
        !names_column(losing, index) || mig_lint_is_new_moment(losing->ctx, index->made))
        return;
    for (size_t i = 0; i < index->n_parts; i++) {
        if (index->parts[i].column != NULL)
            g_ptr_array_add(keys, (gpointer)(uintptr_t)index->parts[i].column);
    }
    if (!leaves_some(losing, (const char *const *)keys->pdata, keys->len))
        return;
    lose(losing, index->unique ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING,
         mig_lint_format(losing->ctx, "the index %s", index->name));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);

    if (change->kind != MIG_CHANGE_DROP_COLUMN || column == NULL ||
        mig_lint_undoes(ctx, column->made))
        return;

    g_autoptr(GPtrArray) lost = g_ptr_array_new();
    Losing losing = {ctx, change, table, lost, MIG_SEVERITY_INFO};
    for (guint i = 0; i < table->constraints->len; i++)
        look_at_constraint(&losing, g_ptr_array_index(table->constraints, i));
    for (guint i = 0; i < table->indexes->len; i++)
        look_at_index(&losing, g_ptr_array_index(table->indexes, i));
    if (lost->len == 0)
        return;
    mig_lint_report_as(ctx, losing.severity, change, "with %s.%s goes %s",
                       mig_lint_name(ctx, &change->table), column->name,
                       mig_lint_list(ctx, (const char *const *)lost->pdata, lost->len));
}

const MigRule mig_rule_drop_column_loses = {
    .id = "drop-column-loses",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "DROP COLUMN takes keys or indexes of other columns with it",
    .danger =
        "The server drops them without a word: queries on the other columns read the whole table, "
        "and what a key kept out comes in.",
    .steps =
        {"Before the column goes, make what is still needed without it: CREATE INDEX CONCURRENTLY, "
         "and a constraint that uses it.",
         "Then drop the old key or index, and at last the column."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", DROP COLUMN",
    .check = check,
};

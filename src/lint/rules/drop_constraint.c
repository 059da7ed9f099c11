/* SPDX-License-Identifier: MIT */
/* A foreign key, UNIQUE, CHECK or exclusion goes, and nothing takes its place. */
#include "lint/rule.h"
#include "lint/within.h"

typedef struct {
    const MigChange *drop;
    const MigTableConstraint *constraint; /* %NULL: it isn't known */
} Dropped;

static bool
shares_column(const MigLintContext *ctx, const MigTableConstraint *constraint,
              const char *const *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mig_lint_has_word(ctx, constraint->columns, constraint->n_columns, columns[i]))
            return true;
    }
    return false;
}

static bool
is_unique(MigConstraintKind kind)
{
    return kind == MIG_CONSTRAINT_UNIQUE || kind == MIG_CONSTRAINT_PRIMARY_KEY ||
           kind == MIG_CONSTRAINT_EXCLUDE;
}

static bool
adds_like(const MigLintContext *ctx, const MigConstraint *made, const Dropped *dropped)
{
    const MigTableConstraint *old = dropped->constraint;

    if (mig_lint_same_word(ctx, made->name.name, dropped->drop->name.name))
        return true;
    if (old == NULL)
        return made->kind == dropped->drop->constraint_kind;
    if (made->kind != old->kind && !(is_unique(made->kind) && is_unique(old->kind)))
        return false;
    /* What a CHECK names isn't listed with it. */
    if (made->kind == MIG_CONSTRAINT_CHECK) {
        for (size_t i = 0; i < old->n_columns; i++) {
            if (mig_expr_mentions(made->expr, old->columns[i]))
                return true;
        }
        return false;
    }
    return shares_column(ctx, old, made->columns, made->n_columns) || made->using_index != NULL;
}

static bool
goes_with(const MigLintContext *ctx, const MigChange *change, const Dropped *dropped)
{
    const MigTableConstraint *old = dropped->constraint;
    const char *parent = old != NULL ? old->ref_table : NULL;

    if (change->kind == MIG_CHANGE_DROP_TABLE)
        return mig_lint_same_name(ctx, &change->table, &dropped->drop->table) ||
               mig_lint_same_word(ctx, change->table.name, parent);
    return change->kind == MIG_CHANGE_DROP_COLUMN && old != NULL &&
           mig_lint_same_name(ctx, &change->table, &dropped->drop->table) &&
           mig_lint_has_word(ctx, old->columns, old->n_columns, change->name.name);
}

/* Whether a change puts something in its place, or takes away what it is for. */
static bool
replaces(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const Dropped *dropped = data;
    const MigTableConstraint *old = dropped->constraint;

    if (goes_with(ctx, change, dropped))
        return true;
    if (!mig_lint_same_name(ctx, &change->table, &dropped->drop->table))
        return false;
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        return adds_like(ctx, change->constraint, dropped);
    return change->kind == MIG_CHANGE_CREATE_INDEX && change->index->unique && old != NULL &&
           is_unique(old->kind) && change->index->n_parts > 0 &&
           mig_lint_has_word(ctx, old->columns, old->n_columns, change->index->parts[0].column);
}

/* CHECK (a IS NOT NULL), once it has let SET NOT NULL go without a scan. */
static bool
is_helper(const MigTable *table, const MigTableConstraint *constraint)
{
    const MigExpr *expr = constraint->expr;

    if (expr == NULL || expr->kind != MIG_EXPR_IS_NOT_NULL || expr->n_args != 1 ||
        expr->args[0]->kind != MIG_EXPR_COLUMN)
        return false;
    const MigTableColumn *column = mig_table_column(table, expr->args[0]->name);
    return column != NULL && column->not_null;
}

static const char *
kind_of(MigConstraintKind kind)
{
    static const char *const names[] = {
        [MIG_CONSTRAINT_CHECK] = "CHECK constraint",
        [MIG_CONSTRAINT_NOT_NULL] = "NOT NULL",
        [MIG_CONSTRAINT_PRIMARY_KEY] = "primary key",
        [MIG_CONSTRAINT_UNIQUE] = "UNIQUE constraint",
        [MIG_CONSTRAINT_FOREIGN_KEY] = "foreign key",
        [MIG_CONSTRAINT_EXCLUDE] = "exclusion constraint",
        [MIG_CONSTRAINT_ANY] = "constraint",
    };

    return names[kind];
}

/* Whether it was made by this migration, or is what its UP made. */
static bool
is_own(const MigLintContext *ctx, const MigTable *table, const MigTableConstraint *constraint)
{
    bool helper = constraint->kind == MIG_CONSTRAINT_CHECK && is_helper(table, constraint);

    return mig_lint_is_new_moment(ctx, constraint->made) ||
           mig_lint_undoes(ctx, constraint->made) || helper;
}

static bool
sets_not_null(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const Dropped *dropped = data;
    const MigExpr *expr = dropped->constraint != NULL ? dropped->constraint->expr : NULL;

    return change->kind == MIG_CHANGE_SET_NOT_NULL && expr != NULL &&
           expr->kind == MIG_EXPR_IS_NOT_NULL &&
           mig_lint_same_name(ctx, &change->table, &dropped->drop->table) &&
           mig_expr_mentions(expr, change->name.name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_DROP_CONSTRAINT)
        return;

    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableConstraint *constraint =
        table != NULL ? mig_table_constraint(table, change->name.name) : NULL;
    MigConstraintKind kind = constraint != NULL ? constraint->kind : change->constraint_kind;
    const Dropped dropped = {change, constraint};

    /* The primary key has a rule of its own; what isn't there is unknown-object's. */
    if (kind == MIG_CONSTRAINT_PRIMARY_KEY || kind == MIG_CONSTRAINT_NOT_NULL ||
        (constraint == NULL && table != NULL && table->columns_known && !table->assumed))
        return;
    if (constraint != NULL && is_own(ctx, table, constraint))
        return;
    if (mig_lint_in_statement(ctx, replaces, &dropped) != NULL ||
        mig_lint_in_statement(ctx, sets_not_null, &dropped) != NULL ||
        mig_lint_before(ctx, replaces, &dropped) != NULL ||
        mig_lint_after(ctx, replaces, &dropped) != NULL)
        return;

    MigFinding *finding = mig_lint_report(
        ctx, change, "without the %s %s rows get into %s that it kept out", kind_of(kind),
        mig_lint_name(ctx, &change->name), mig_lint_name(ctx, &change->table));
    if (constraint != NULL && kind == MIG_CONSTRAINT_FOREIGN_KEY &&
        constraint->on_delete == MIG_ACTION_CASCADE)
        mig_lint_danger(finding,
                        "Rows without a parent come in unnoticed, and rows of %s stay when "
                        "their parent is deleted.",
                        mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_drop_constraint = {
    .id = "drop-constraint",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a constraint goes without a replacement",
    .danger =
        "Wrong rows come in unnoticed, queries lose a fact that they were planned with, and it "
        "can't be put back while such rows are there.",
    .steps = {"Make sure that no code counts on it.",
              "To change it, add the new one in the same migration.",
              "Else allow it with the reason: `-- migrate:allow drop-constraint -- ` and why."},
    .manual = "PostgreSQL 18, \"Constraints\"",
    .check = check,
};

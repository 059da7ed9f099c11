/* SPDX-License-Identifier: MIT */
/* REFERENCES columns that no key makes unique. */
#include "lint/keys.h"
#include "lint/rule.h"
#include "lint/within.h"

static bool
is_same_set(const MigLintContext *ctx, const char *const *a, size_t n, const char *const *b,
            size_t m)
{
    for (size_t i = 0; n == m && i < n; i++) {
        if (!mig_lint_has_word(ctx, b, m, a[i]))
            return false;
    }
    return n == m;
}

/* Whether the index is plainly over these columns: all of them, or (@prefix) as its first ones. */
static bool
covers(const MigLintContext *ctx, const MigTableIndex *index, const MigConstraint *key, bool prefix)
{
    if (index->n_parts < key->n_ref_columns || (!prefix && index->n_parts != key->n_ref_columns))
        return false;
    for (size_t i = 0; i < key->n_ref_columns; i++) {
        if (!mig_lint_has_word(ctx, key->ref_columns, key->n_ref_columns, index->parts[i].column))
            return false;
    }
    return true;
}

static bool
is_unique(const MigLintContext *ctx, const MigTable *parent, const MigConstraint *key)
{
    for (guint i = 0; i < parent->constraints->len; i++) {
        const MigTableConstraint *other = g_ptr_array_index(parent->constraints, i);
        if ((other->kind == MIG_CONSTRAINT_PRIMARY_KEY || other->kind == MIG_CONSTRAINT_UNIQUE) &&
            is_same_set(ctx, other->columns, other->n_columns, key->ref_columns,
                        key->n_ref_columns))
            return true;
    }
    for (guint i = 0; i < parent->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(parent->indexes, i);
        if (index->unique && index->where == NULL && covers(ctx, index, key, false))
            return true;
    }
    return false;
}

static bool
is_indexed(const MigLintContext *ctx, const MigTable *parent, const MigConstraint *key)
{
    for (guint i = 0; i < parent->indexes->len; i++) {
        if (covers(ctx, g_ptr_array_index(parent->indexes, i), key, true))
            return true;
    }
    return false;
}

/* MariaDB, and MySQL before 8.4, are content with any index. */
static bool
takes_any_index(const MigLintContext *ctx)
{
    return ctx->engine == MIG_ENGINE_MARIADB ||
           (ctx->engine == MIG_ENGINE_MYSQL && ctx->version != 0 && ctx->version < 80400);
}

static bool
makes_key(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigTable *parent = data;

    return (change->kind == MIG_CHANGE_ADD_CONSTRAINT || change->kind == MIG_CHANGE_CREATE_INDEX) &&
           mig_lint_table(ctx, &change->table) == parent &&
           (change->kind == MIG_CHANGE_CREATE_INDEX ||
            change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY ||
            change->constraint->kind == MIG_CONSTRAINT_UNIQUE);
}

static void
check_key(MigLintContext *ctx, const MigLintKey *key, gpointer data G_GNUC_UNUSED)
{
    const MigConstraint *constraint = key->constraint;
    const MigTable *parent = mig_lint_table(ctx, &constraint->references);
    const MigPlace place = {
        .statement = ctx->statement, .span = key->span, .nested = key->change->nested};

    if (parent == NULL || !parent->columns_known || parent->assumed ||
        constraint->without_overlaps ||
        mig_lint_same_name(ctx, &constraint->references, &key->change->table) ||
        mig_lint_in_statement(ctx, makes_key, parent) != NULL)
        return;
    const char *name = mig_lint_table_name(ctx, parent);
    if (constraint->n_ref_columns == 0) {
        if (mig_table_primary_key(parent) == NULL)
            mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                               "%s has no primary key to reference", name);
        return;
    }
    /* A column that isn't there is unknown-object's. */
    for (size_t i = 0; i < constraint->n_ref_columns; i++) {
        if (mig_table_column(parent, constraint->ref_columns[i]) == NULL)
            return;
    }
    if (is_unique(ctx, parent, constraint))
        return;
    bool enough = takes_any_index(ctx) && is_indexed(ctx, parent, constraint);
    mig_lint_report_at(ctx, enough ? MIG_SEVERITY_WARNING : mig_lint_severity(ctx), place,
                       "nothing makes %s unique in %s, which the foreign key references",
                       mig_lint_list(ctx, constraint->ref_columns, constraint->n_ref_columns),
                       name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_key(ctx, change, MIG_CONSTRAINT_FOREIGN_KEY, check_key, NULL);
}

const MigRule mig_rule_foreign_key_target_not_unique = {
    .id = "foreign-key-target-not-unique",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a foreign key to columns that aren't unique",
    .danger = "The server refuses the key; SQLite refuses each INSERT, UPDATE and DELETE with a "
              "\"foreign "
              "key mismatch\"; where an index is enough, it isn't said which parent is meant.",
    .steps = {"Reference the primary key, or make the columns unique first, by a key or an index "
              "without "
              "WHERE."},
    .manual =
        "PostgreSQL 18, \"Constraints\", Foreign Keys; MySQL 8.4, \"FOREIGN KEY Constraints\"; "
        "SQLite, \"Foreign Key Support\", Required and Suggested Database Indexes",
    .check = check,
};

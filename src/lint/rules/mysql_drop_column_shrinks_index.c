/* SPDX-License-Identifier: MIT */
/* DROP COLUMN of a column that an index of several columns has. */
#include "lint/mysql.h"
#include "lint/rule.h"
#include "lint/within.h"

/* The parts that are left, as a list; NULL: it doesn't have the column, or nothing is left. */
static const char *
rest_of(MigLintContext *ctx, const MigTableIndex *index, const char *column)
{
    g_autoptr(GPtrArray) rest = g_ptr_array_new();
    bool found = false;

    for (size_t i = 0; i < index->n_parts; i++) {
        const char *name = index->parts[i].column;
        found = found || mig_lint_same_word(ctx, name, column);
        if (name == NULL || !mig_mysql_drops(ctx, MIG_CHANGE_DROP_COLUMN, name))
            g_ptr_array_add(rest, (gpointer)(uintptr_t)(name != NULL ? name : "an expression"));
    }
    return found && rest->len > 0 ? mig_lint_list(ctx, (const char *const *)rest->pdata, rest->len)
                                  : NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (change->kind != MIG_CHANGE_DROP_COLUMN || table == NULL)
        return;
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        const char *rest = rest_of(ctx, index, change->name.name);

        if (rest == NULL || mig_mysql_drops(ctx, MIG_CHANGE_DROP_INDEX, index->name) ||
            mig_mysql_drops(ctx, MIG_CHANGE_DROP_CONSTRAINT, index->name) || index->primary)
            continue;
        if (!index->unique)
            mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                               "without %s index %s of %s is one of %s", change->name.name,
                               index->name, mig_lint_name(ctx, &change->table), rest);
        else if (ctx->engine == MIG_ENGINE_MARIADB)
            mig_lint_report(ctx, change,
                            "%s is part of unique index %s of %s: the server refuses to drop it",
                            change->name.name, index->name, mig_lint_name(ctx, &change->table));
        else
            mig_lint_report(ctx, change, "without %s unique index %s of %s is unique in %s",
                            change->name.name, index->name, mig_lint_name(ctx, &change->table),
                            rest);
    }
}

const MigRule mig_rule_mysql_drop_column_shrinks_index = {
    .id = "mysql-drop-column-shrinks-index",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "DROP COLUMN of a column that an index of several columns has",
    .danger =
        "The column leaves the index, and the rest of it stays: a unique index then fails on rows "
        "that differed only in that column, or forbids valid ones from now on.",
    .steps = {"Drop the index in the same ALTER, and add the one that is wanted."},
    .manual = "MySQL 8.4, \"ALTER TABLE Statement\", DROP COLUMN",
    .check = check,
};

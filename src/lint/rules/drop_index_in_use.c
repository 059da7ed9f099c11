/* SPDX-License-Identifier: MIT */
/* DROP INDEX of the only one for its leading column. */
#include "lint/action.h"
#include "lint/rule.h"
#include "lint/within.h"

static const char *
leading(const MigTableIndex *index)
{
    return index->n_parts > 0 ? index->parts[0].column : NULL;
}

static bool
is_dropped(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigTableIndex *index = data;

    return change->kind == MIG_CHANGE_DROP_INDEX &&
           mig_lint_same_word(ctx, change->name.name, index->name);
}

/* Whether another index begins with the same column; a partial one is none. */
static bool
has_other(const MigLintContext *ctx, const MigTable *table, const MigTableIndex *index)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *other = g_ptr_array_index(table->indexes, i);
        if (other != index && other->valid && !other->invisible && other->where == NULL &&
            mig_lint_same_word(ctx, leading(other), leading(index)) &&
            mig_lint_in_statement(ctx, is_dropped, other) == NULL)
            return true;
    }
    return false;
}

typedef struct {
    const MigTable *table;
    const char *column;
} Wanted;

static bool
makes_index(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const Wanted *wanted = data;

    if (change->kind == MIG_CHANGE_CREATE_INDEX && change->index->n_parts > 0)
        return mig_lint_table(ctx, &change->table) == wanted->table &&
               mig_lint_same_word(ctx, change->index->parts[0].column, wanted->column);
    if (change->kind == MIG_CHANGE_DROP_COLUMN)
        return mig_lint_table(ctx, &change->table) == wanted->table &&
               mig_lint_same_word(ctx, change->name.name, wanted->column);
    return change->kind == MIG_CHANGE_DROP_TABLE &&
           mig_lint_table(ctx, &change->table) == wanted->table;
}

/* (borrowed) a foreign key of the table whose rows are looked for by the index; %NULL: none. */
static const MigTableConstraint *
key_on(const MigLintContext *ctx, const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind == MIG_CONSTRAINT_FOREIGN_KEY && key->n_columns > 0 &&
            mig_lint_same_word(ctx, key->columns[0], column))
            return key;
    }
    return NULL;
}

static bool
can_hide(const MigLintContext *ctx)
{
    if (ctx->engine == MIG_ENGINE_MYSQL)
        return ctx->version == 0 || ctx->version >= 80000;
    return ctx->engine == MIG_ENGINE_MARIADB && (ctx->version == 0 || ctx->version >= 100600);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableIndex *index = NULL;

    if (change->kind != MIG_CHANGE_DROP_INDEX ||
        mig_catalog_index(ctx->catalog, &change->name, table, &table, &index) != MIG_LOOKUP_FOUND)
        return;
    const Wanted wanted = {table, leading(index)};
    /* One that nobody sees has been tried out; a constraint's is refused, and has a rule of its own. */
    if (wanted.column == NULL || index->constraint != NULL || index->invisible || !index->valid ||
        mig_lint_is_new_moment(ctx, index->made) || mig_lint_undoes(ctx, index->made) ||
        has_other(ctx, table, index) || mig_lint_in_statement(ctx, makes_index, &wanted) != NULL ||
        mig_lint_after(ctx, makes_index, &wanted) != NULL)
        return;

    const char *name = mig_lint_table_name(ctx, table);
    const MigTableConstraint *key = key_on(ctx, table, wanted.column);
    MigFinding *finding =
        key != NULL
            ? mig_lint_report_on(ctx, mig_lint_severity(ctx), change, table,
                                 "without %s, changes to %s look through all of %s for rows of %s",
                                 index->name, key->ref_table, name, key->name)
            : mig_lint_report_on(ctx, mig_lint_severity(ctx), change, table,
                                 "%s is the only index of %s that begins with %s", index->name,
                                 name, wanted.column);
    if (can_hide(ctx))
        mig_lint_step(finding,
                      "ALTER TABLE %s ALTER INDEX %s %s; one release before: that can be "
                      "taken back at once.",
                      name, index->name, ctx->engine == MIG_ENGINE_MYSQL ? "INVISIBLE" : "IGNORED");
}

const MigRule mig_rule_drop_index_in_use = {
    .id = "drop-index-in-use",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "DROP INDEX of the only one for its leading column",
    .danger = "Queries that use it read the whole table from then on, and building it again takes "
              "as long "
              "as it did.",
    .steps = {"Look whether it is used: pg_stat_user_indexes, sys.schema_unused_indexes."},
    .manual = "MySQL 8.4, \"Invisible Indexes\"; MariaDB, \"Ignored Indexes\"",
    .check = check,
};

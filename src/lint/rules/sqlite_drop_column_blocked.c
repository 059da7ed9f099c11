/* SPDX-License-Identifier: MIT */
/* DROP COLUMN of a column that something else names. */
#include "lint/action.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

typedef struct {
    MigLintContext *ctx;
    const MigTable *table;
    const char *column;
    GPtrArray *blockers; /* what they are, for people */
    GPtrArray *drops;    /* statements that take them away first */
    bool stuck;          /* one can only go by a rebuild */
} Blockers;

static void
block(Blockers *blockers, const char *what, const char *drop)
{
    if (g_ptr_array_find_with_equal_func(blockers->blockers, what, g_str_equal, NULL))
        return;
    g_ptr_array_add(blockers->blockers, (gpointer)(uintptr_t)what);
    if (drop != NULL)
        g_ptr_array_add(blockers->drops, (gpointer)(uintptr_t)drop);
    else
        blockers->stuck = true;
}

static bool
names_column(const Blockers *blockers, const char *const *columns, size_t n)
{
    return mig_lint_has_word(blockers->ctx, columns, n, blockers->column);
}

static void
look_at_constraints(Blockers *blockers)
{
    for (guint i = 0; i < blockers->table->constraints->len; i++) {
        const MigTableConstraint *each = g_ptr_array_index(blockers->table->constraints, i);
        bool named = names_column(blockers, each->columns, each->n_columns) ||
                     (each->expr != NULL && mig_expr_mentions(each->expr, blockers->column));

        if (!named)
            continue;
        if (each->kind == MIG_CONSTRAINT_PRIMARY_KEY)
            block(blockers, "the primary key", NULL);
        else if (each->kind == MIG_CONSTRAINT_UNIQUE)
            block(blockers, "a UNIQUE constraint", NULL);
        /* What was written with the column goes with it. */
        else if (each->kind == MIG_CONSTRAINT_CHECK && !each->of_column)
            block(blockers, "a CHECK of the table", NULL);
        else if (each->kind == MIG_CONSTRAINT_FOREIGN_KEY && !each->of_column)
            block(blockers, "a FOREIGN KEY of the table", NULL);
    }
}

static void
look_at_indexes(Blockers *blockers)
{
    for (guint i = 0; i < blockers->table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(blockers->table->indexes, i);
        bool named = index->where != NULL && mig_expr_mentions(index->where, blockers->column);

        for (size_t j = 0; j < index->n_parts; j++) {
            const MigKeyPart *part = &index->parts[j];
            named = named || mig_lint_same_word(blockers->ctx, part->column, blockers->column) ||
                    (part->expr != NULL && mig_expr_mentions(part->expr, blockers->column));
        }
        if (named && index->constraint == NULL && !index->primary)
            block(blockers, mig_lint_format(blockers->ctx, "index %s", index->name),
                  mig_lint_format(blockers->ctx, "DROP INDEX %s", index->name));
    }
}

static void
look_at_columns(Blockers *blockers)
{
    for (guint i = 0; i < blockers->table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(blockers->table->columns, i);
        if (other->generated_as != NULL && strcmp(other->name, blockers->column) != 0 &&
            mig_expr_mentions(other->generated_as, blockers->column))
            block(blockers, mig_lint_format(blockers->ctx, "generated column %s", other->name),
                  mig_lint_format(blockers->ctx, "ALTER TABLE %s DROP COLUMN %s",
                                  blockers->table->name, other->name));
    }
}

static void
look_at_triggers(Blockers *blockers)
{
    for (guint i = 0; i < blockers->table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(blockers->table->triggers, i);
        if (names_column(blockers, trigger->columns, trigger->n_columns))
            block(blockers, mig_lint_format(blockers->ctx, "trigger %s", trigger->name),
                  mig_lint_format(blockers->ctx, "DROP TRIGGER %s", trigger->name));
    }
}

static void
look_at_view(const MigTable *view, gpointer data)
{
    Blockers *blockers = data;

    block(blockers, mig_lint_format(blockers->ctx, "view %s", view->name),
          mig_lint_format(blockers->ctx, "DROP VIEW %s", view->name));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    g_autoptr(GPtrArray) what = g_ptr_array_new();
    g_autoptr(GPtrArray) drops = g_ptr_array_new();
    Blockers blockers = {ctx, table, change->name.name, what, drops, false};

    if (change->kind != MIG_CHANGE_DROP_COLUMN || table == NULL || mig_lint_is_before(ctx, 33500) ||
        mig_lint_column(ctx, &change->table, change->name.name) == NULL)
        return;
    look_at_constraints(&blockers);
    look_at_indexes(&blockers);
    look_at_columns(&blockers);
    look_at_triggers(&blockers);
    mig_catalog_each_view_of(ctx->catalog, table, change->name.name, look_at_view, &blockers);
    if (what->len == 0)
        return;

    MigFinding *finding =
        mig_lint_report(ctx, change, "%s.%s can't be dropped: it is named by %s",
                        mig_lint_name(ctx, &change->table), change->name.name,
                        mig_lint_list(ctx, (const char *const *)what->pdata, what->len));
    if (blockers.stuck)
        return;
    mig_lint_clear_steps(finding);
    for (guint i = 0; i < drops->len; i++)
        mig_lint_step(finding, "%s;", (const char *)g_ptr_array_index(drops, i));
    mig_lint_step(finding, "Then drop the column, and make again what shall stay, without it.");
}

const MigRule mig_rule_sqlite_drop_column_blocked = {
    .id = "sqlite-drop-column-blocked",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .summary = "DROP COLUMN of a column that something else names",
    .danger =
        "SQLite refuses it, and the migration fails: it would leave an index, a view or a key "
        "behind that names a column which isn't there.",
    .steps =
        {"Rebuild the table: create the new one under another name, copy the rows, drop the old "
         "one, rename the new one, make its indexes and triggers again."},
    .manual = "SQLite, \"ALTER TABLE\", ALTER TABLE DROP COLUMN",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* A column's new name wherever the old one stands. */
#include "schema/copy.h"
#include "schema/replay.h"

typedef struct {
    MigEngine engine;
    const char *from;
    const char *to; /* (borrowed) of the arena that has the expression */
} Rename;

/* Expressions of a catalog are copies of its own, const only to those who read them. */
static bool
rename_node(const MigExpr *expr, gpointer data)
{
    const Rename *rename = data;

    if (expr->kind == MIG_EXPR_COLUMN && mig_names_equal(rename->engine, expr->name, rename->from))
        ((MigExpr *)expr)->name = rename->to;
    return true;
}

void
mig_rename_in_expr(MigArena *arena, MigEngine engine, const MigExpr *expr, const char *from,
                   const char *to)
{
    Rename rename = {.engine = engine, .from = from, .to = mig_arena_strdup(arena, to)};

    if (expr != NULL)
        mig_expr_walk(expr, rename_node, &rename);
}

static void
rename_in_names(MigTable *table, const char **names, size_t n, const char *from, const char *to)
{
    for (size_t i = 0; i < n; i++) {
        if (mig_names_equal(table->engine, names[i], from))
            names[i] = mig_arena_strdup(table->arena, to);
    }
}

static void
rename_in_parts(MigTable *table, MigKeyPart *parts, size_t n, const char *from, const char *to)
{
    for (size_t i = 0; i < n; i++) {
        if (mig_names_equal(table->engine, parts[i].column, from) && parts[i].column != NULL)
            parts[i].column = mig_arena_strdup(table->arena, to);
        mig_rename_in_expr(table->arena, table->engine, parts[i].expr, from, to);
    }
}

static void
rename_in_table(MigTable *table, const char *from, const char *to)
{
    MigArena *arena = table->arena;
    MigEngine engine = table->engine;

    for (guint i = 0; i < table->constraints->len; i++) {
        MigTableConstraint *constraint = table->constraints->pdata[i];

        rename_in_names(table, constraint->columns, constraint->n_columns, from, to);
        mig_rename_in_expr(arena, engine, constraint->expr, from, to);
    }
    for (guint i = 0; i < table->indexes->len; i++) {
        MigTableIndex *index = table->indexes->pdata[i];

        rename_in_parts(table, index->parts, index->n_parts, from, to);
        rename_in_names(table, index->include, index->n_include, from, to);
        mig_rename_in_expr(arena, engine, index->where, from, to);
    }
    for (guint i = 0; i < table->columns->len; i++) {
        MigTableColumn *column = table->columns->pdata[i];

        mig_rename_in_expr(arena, engine, column->generated_as, from, to);
        if (engine != MIG_ENGINE_POSTGRES)
            mig_rename_in_expr(arena, engine, column->default_value, from, to);
    }
    for (guint i = 0; i < table->triggers->len; i++) {
        MigTableTrigger *trigger = table->triggers->pdata[i];

        rename_in_names(table, trigger->columns, trigger->n_columns, from, to);
    }
    for (guint i = 0; i < table->policies->len; i++) {
        MigTablePolicy *policy = table->policies->pdata[i];

        mig_rename_in_expr(arena, engine, policy->using_expr, from, to);
        mig_rename_in_expr(arena, engine, policy->check, from, to);
    }
    if (table->partition_by != NULL)
        rename_in_parts(table, table->partition_by->key, table->partition_by->n_key, from, to);
}

/* Foreign keys of others, and views: not MySQL's views, which keep the old name and break. */
static void
rename_in_users(MigReplay *replay, MigTable *table, const char *from, const char *to)
{
    MigEngine engine = replay->catalog->engine;
    g_autoptr(GPtrArray) users = mig_store_users(replay->catalog, table->schema, table->name);

    for (guint i = 0; i < users->len; i++) {
        MigTable *user = users->pdata[i];

        mig_store_touch(replay->catalog, user, user->changed);
        for (guint c = 0; c < user->constraints->len; c++) {
            MigTableConstraint *key = user->constraints->pdata[c];

            if (key->ref_table == NULL || !mig_names_equal(engine, key->ref_table, table->name) ||
                !mig_names_equal(engine, key->ref_schema, table->schema))
                continue;
            rename_in_names(user, key->ref_columns, key->n_ref_columns, from, to);
        }
        for (guint d = 0; !MIG_IS_MYSQL(replay->catalog) && d < user->depends_on->len; d++) {
            MigDependency *on = user->depends_on->pdata[d];

            if (on->column != NULL && mig_names_equal(engine, on->column, from) &&
                mig_names_equal(engine, on->table, table->name) &&
                mig_names_equal(engine, on->schema, table->schema))
                on->column = mig_arena_strdup(user->arena, to);
        }
    }
}

void
mig_replay_follow_column(MigReplay *replay, MigTable *table, const char *from, const char *to)
{
    rename_in_table(table, from, to);
    rename_in_users(replay, table, from, to);
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *column = table->columns->pdata[i];
        MigSequence *sequence = mig_store_sequence_of(replay->catalog, column);

        if (sequence != NULL && mig_names_equal(table->engine, column->name, to))
            sequence->owned_by_column = mig_arena_strdup(sequence->arena, to);
    }
}

void
mig_replay_rename_column(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL || change->to.name == NULL)
        return;

    MigTableColumn *column = mig_store_column(table, change->name.name);
    MigTableColumn *there = mig_store_column(table, change->to.name);

    if (column == NULL || (there != NULL && there != column))
        return;

    g_autofree char *from = g_strdup(column->name);
    g_autoptr(GPtrArray) family = mig_replay_family(table, change->only);

    for (guint i = 0; i < family->len; i++) {
        MigTable *one = family->pdata[i];
        MigTableColumn *own = mig_store_column(one, from);

        if (own == NULL)
            continue;
        mig_store_touch(replay->catalog, one, replay->now);
        own->name = mig_arena_strdup(one->arena, change->to.name);
        mig_replay_follow_column(replay, one, from, change->to.name);
    }
}

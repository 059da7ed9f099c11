/* SPDX-License-Identifier: MIT */
/* Columns as they are altered. */
#include <string.h>

#include "schema/copy.h"
#include "schema/replay.h"

static void
set_default(MigReplay *replay, MigTable *table, MigTableColumn *column, const MigExpr *expr)
{
    column->default_value = mig_copy_expr(table->arena, expr);
    column->serial = false;
    column->default_set = mig_replay_made(replay);
}

static void
set_not_null(MigReplay *replay, MigTable *table, MigTableColumn *column, bool not_null)
{
    MigConstraint said = {
        .kind = MIG_CONSTRAINT_NOT_NULL, .columns = &column->name, .n_columns = 1};

    if (not_null && MIG_IS_POSTGRES(replay->catalog)) {
        mig_replay_constraint(replay, table, &said, true);
        return;
    }
    if (column->not_null != not_null || !column->not_null_known)
        column->nullability_set = mig_replay_made(replay);
    column->not_null = not_null;
    column->not_null_known = true;
    if (!not_null) {
        column->not_null_name = NULL;
        column->not_null_not_valid = false;
    }
}

static void
alter_type(MigReplay *replay, MigTable *table, MigTableColumn *column, const MigChange *change)
{
    if (change->column == NULL)
        return;

    column->type = mig_replay_type(replay, table->arena, &change->column->type);
    column->type_set = mig_replay_made(replay);
}

static void
set_identity(MigReplay *replay, MigTable *table, MigTableColumn *column, const MigChange *change)
{
    MigColumn said = {.name = column->name, .identity = MIG_IDENTITY_BY_DEFAULT};

    if (change->kind == MIG_CHANGE_DROP_IDENTITY) {
        column->identity = MIG_IDENTITY_NO;
        mig_store_remove_sequence_of(replay->catalog, column);
        column->sequence = NULL;
        return;
    }
    if (change->column != NULL && change->column->identity != MIG_IDENTITY_NO)
        column->identity = change->column->identity;
    if (change->kind == MIG_CHANGE_ADD_IDENTITY)
        mig_replay_column_sequence(replay, table, column, &said);
}

static void
set_options(MigTable *table, MigTableColumn *column, const MigChange *change)
{
    const char *value = change->n_options > 0 ? change->options[0].value : NULL;

    if (g_strcmp0(change->text, "storage") == 0)
        column->storage = mig_arena_strdup(table->arena, value);
    if (g_strcmp0(change->text, "compression") == 0)
        column->compression = mig_arena_strdup(table->arena, value);
}

static void
change_one(MigReplay *replay, MigTable *table, MigTableColumn *column, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_ALTER_TYPE:
        alter_type(replay, table, column, change);
        return;
    case MIG_CHANGE_SET_DEFAULT:
        set_default(replay, table, column, change->expr);
        return;
    case MIG_CHANGE_DROP_DEFAULT:
        set_default(replay, table, column, NULL);
        return;
    case MIG_CHANGE_SET_NOT_NULL:
        set_not_null(replay, table, column, true);
        return;
    case MIG_CHANGE_DROP_NOT_NULL:
        set_not_null(replay, table, column, false);
        return;
    case MIG_CHANGE_ADD_IDENTITY:
    case MIG_CHANGE_SET_IDENTITY:
    case MIG_CHANGE_DROP_IDENTITY:
        set_identity(replay, table, column, change);
        return;
    case MIG_CHANGE_SET_EXPRESSION:
        column->generated_as = mig_copy_expr(table->arena, change->expr);
        return;
    case MIG_CHANGE_DROP_EXPRESSION:
        column->generated = MIG_GENERATED_NO;
        column->generated_as = NULL;
        return;
    case MIG_CHANGE_COLUMN_VISIBILITY:
        column->invisible = !change->on;
        return;
    default:
        set_options(table, column, change);
        return;
    }
}

/* A column that a table must have, though no migration says what it is. */
static MigTableColumn *
assume_column(MigTable *table, const char *name)
{
    if (table->columns_known || name == NULL || table->columns->len >= 4096)
        return NULL;

    MigTableColumn *column = mig_arena_new0(table->arena, MigTableColumn, 1);

    column->name = mig_arena_strdup(table->arena, name);
    column->local = true;
    g_ptr_array_add(table->columns, column);
    return column;
}

void
mig_replay_change_column(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;

    MigTableColumn *first = mig_store_column(table, change->name.name);

    if (first == NULL)
        first = assume_column(table, change->name.name);
    if (first == NULL)
        return;
    if (change->kind == MIG_CHANGE_MODIFY_COLUMN) {
        mig_replay_modify_column(replay, table, first, change);
        return;
    }

    /* The default of a parent is its own, but PostgreSQL changes the children's with it. */
    bool own = change->only || change->kind == MIG_CHANGE_ADD_IDENTITY ||
               change->kind == MIG_CHANGE_SET_IDENTITY || change->kind == MIG_CHANGE_DROP_IDENTITY;
    g_autoptr(GPtrArray) family = mig_replay_family(table, own);

    for (guint i = 0; i < family->len; i++) {
        MigTable *one = family->pdata[i];
        MigTableColumn *column = mig_store_column(one, first->name);

        if (column == NULL)
            continue;
        mig_store_touch(replay->catalog, one, replay->now);
        change_one(replay, one, column, change);
    }
}

static bool
same_moment(MigMoment a, MigMoment b)
{
    return a.migration == b.migration && a.statement == b.statement;
}

/* MySQL: the new definition replaces the whole of the old one, but for keys. */
static void
redefine(MigReplay *replay, MigTable *table, MigTableColumn *column, const MigColumn *said)
{
    MigTableColumn old = *column;
    MigTableColumn *fresh = mig_replay_build_column(replay, table, said);

    *column = *fresh;
    column->made = old.made;
    column->filled = old.filled;
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = table->constraints->pdata[i];

        for (size_t c = 0; key->kind == MIG_CONSTRAINT_PRIMARY_KEY && c < key->n_columns; c++)
            column->not_null =
                column->not_null || g_ascii_strcasecmp(key->columns[c], column->name) == 0;
    }
    if (old.not_null_known && old.not_null == column->not_null &&
        !same_moment(old.made, column->nullability_set))
        column->nullability_set = old.nullability_set;
    /* A check that stood with the old definition goes with it. */
    for (guint i = table->constraints->len;
         replay->catalog->engine == MIG_ENGINE_MARIADB && i-- > 0;) {
        MigTableConstraint *check = table->constraints->pdata[i];

        if (check->kind == MIG_CONSTRAINT_CHECK && check->of_column &&
            g_ascii_strcasecmp(check->name, old.name) == 0)
            mig_store_remove_constraint(replay->catalog, table, check);
    }
}

void
mig_replay_modify_column(MigReplay *replay, MigTable *table, MigTableColumn *column,
                         const MigChange *change)
{
    const char *from = column->name;

    if (change->kind == MIG_CHANGE_RENAME_COLUMN) {
        column->name = mig_arena_strdup(table->arena, change->to.name);
        mig_replay_follow_column(replay, table, from, column->name);
        return;
    }
    if (change->column == NULL)
        return;
    redefine(replay, table, column, change->column);
    if (g_ascii_strcasecmp(from, column->name) != 0)
        mig_replay_follow_column(replay, table, from, column->name);
    if (change->text != NULL) {
        g_ptr_array_remove(table->columns, column);
        mig_replay_place_column(table, column, change);
    }
    mig_replay_mysql_column(replay, table, change->column);
}

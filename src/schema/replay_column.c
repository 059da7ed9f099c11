/* SPDX-License-Identifier: MIT */
/* ADD COLUMN and what a column is made of. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/replay.h"

/* More than any server of the engine takes: PostgreSQL's MaxHeapAttributeNumber, MySQL's manual
 * "Limits on Table Column Count", SQLite's "Limits". What is over it isn't looked at. */
static size_t
most_columns(MigEngine engine)
{
    if (engine == MIG_ENGINE_POSTGRES)
        return 1600;
    return engine == MIG_ENGINE_SQLITE ? 2000 : 4096;
}

/* No server's table has more keys and checks than this, or a use for them. */
#define MOST_KEYS 2000

bool
mig_replay_is_full(MigTable *table)
{
    if (table->columns->len < most_columns(table->engine) && table->constraints->len < MOST_KEYS &&
        table->indexes->len < MOST_KEYS)
        return false;
    table->columns_known = false;
    return true;
}

/* The integer that PostgreSQL's serial stands for; %NULL: it is no serial. */
static const char *
serial_base(const char *name)
{
    static const char *const serials[][2] = {
        {"serial", "integer"}, {"serial4", "integer"},      {"bigserial", "bigint"},
        {"serial8", "bigint"}, {"smallserial", "smallint"}, {"serial2", "smallint"},
    };

    for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(serials); i++) {
        if (strcmp(serials[i][0], name) == 0)
            return serials[i][1];
    }
    return NULL;
}

bool
mig_replay_has_charset(const char *type)
{
    static const char *const types[] = {"char",     "varchar", "tinytext", "text", "mediumtext",
                                        "longtext", "enum",    "set",      NULL};

    return type != NULL && g_strv_contains(types, type);
}

/* What MySQL takes from the table, and makes of TIMESTAMP where it is old. Manual: MySQL 8.4, "Automatic
 * Initialization and Updating for TIMESTAMP and DATETIME"; MariaDB, "TIMESTAMP". */
static void
finish_mysql_column(MigReplay *replay, MigTable *table, MigTableColumn *column,
                    const MigColumn *said)
{
    if (mig_replay_has_charset(column->type.name)) {
        const char *collation = column->type.collation;
        const char *end = collation != NULL ? strchr(collation, '_') : NULL;

        if (column->type.charset == NULL && end != NULL)
            column->type.charset =
                mig_arena_strndup(table->arena, collation, (size_t)(end - collation));
        if (column->type.charset == NULL) {
            column->type.charset = mig_arena_strdup(
                table->arena, g_hash_table_lookup(table->options, "character set"));
            if (collation == NULL)
                column->type.collation =
                    mig_arena_strdup(table->arena, g_hash_table_lookup(table->options, "collate"));
        }
    }

    bool explicit_defaults =
        mig_replay_since(replay, replay->catalog->engine == MIG_ENGINE_MYSQL ? 80002 : 101000);

    if (g_strcmp0(column->type.name, "timestamp") == 0 && !explicit_defaults && !said->null_said &&
        column->generated == MIG_GENERATED_NO)
        column->not_null = true;
    if (column->auto_increment)
        column->not_null = true;
}

MigTableColumn *
mig_replay_build_column(MigReplay *replay, MigTable *table, const MigColumn *said)
{
    MigArena *arena = table->arena;
    MigTableColumn *column = mig_arena_new0(arena, MigTableColumn, 1);
    const char *serial = MIG_IS_POSTGRES(replay->catalog) && said->type.schema == NULL
                             ? serial_base(said->type.name)
                             : NULL;

    column->name = mig_arena_strdup(arena, said->name);
    column->type = mig_replay_type(replay, arena, &said->type);
    if (serial != NULL) {
        column->type.name = serial;
        column->serial = true;
    }
    column->not_null = said->not_null || serial != NULL || said->identity != MIG_IDENTITY_NO;
    column->not_null_known = true;
    column->default_value = mig_copy_expr(arena, said->default_value);
    column->on_update = mig_copy_expr(arena, said->on_update);
    column->generated = said->generated;
    column->generated_as = mig_copy_expr(arena, said->generated_as);
    column->identity = said->identity;
    column->auto_increment = said->auto_increment;
    column->invisible = said->invisible;
    column->comment = mig_arena_strdup(arena, said->comment);
    column->storage = mig_arena_strdup(arena, said->storage);
    column->compression = mig_arena_strdup(arena, said->compression);
    column->local = true;
    column->made = mig_replay_made(replay);
    column->default_set = column->made;
    column->nullability_set = column->made;
    column->type_set = column->made;
    if (MIG_IS_MYSQL(replay->catalog))
        finish_mysql_column(replay, table, column, said);
    return column;
}

static const MigExpr *
next_value(MigArena *arena, const char *sequence)
{
    MigExpr *name = mig_arena_new0(arena, MigExpr, 1);
    MigExpr *call = mig_arena_new0(arena, MigExpr, 1);

    name->kind = MIG_EXPR_LITERAL;
    name->text = sequence;
    name->string = true;
    call->kind = MIG_EXPR_CALL;
    call->name = "nextval";
    call->args = mig_arena_new0(arena, MigExpr *, 1);
    call->args[0] = name;
    call->n_args = 1;
    return call;
}

void
mig_replay_column_sequence(MigReplay *replay, MigTable *table, MigTableColumn *column,
                           const MigColumn *said)
{
    if (!MIG_IS_POSTGRES(replay->catalog) || column->sequence != NULL ||
        (serial_base(said->type.name) == NULL && said->identity == MIG_IDENTITY_NO))
        return;

    g_autofree char *name = mig_naming_postgres(replay->catalog, table->schema, table->name,
                                                column->name, "seq", false);
    g_autofree char *qualified = mig_store_qualify(table->schema, name);
    MigSequence *sequence =
        mig_store_add_sequence(replay->catalog, table->schema, name, mig_replay_made(replay));

    sequence->type = mig_arena_strdup(sequence->arena, column->type.name);
    g_autofree char *owner = mig_store_qualify(table->schema, table->name);
    sequence->owned_by_table = mig_arena_strdup(sequence->arena, owner);
    sequence->owned_by_column = mig_arena_strdup(sequence->arena, column->name);
    column->sequence = mig_arena_strdup(table->arena, qualified);
    if (column->identity == MIG_IDENTITY_NO)
        column->default_value = next_value(table->arena, column->sequence);
}

void
mig_replay_place_column(MigTable *table, MigTableColumn *column, const MigChange *change)
{
    guint at = table->columns->len;

    if (g_strcmp0(change->text, "first") == 0)
        at = 0;
    if (g_strcmp0(change->text, "after") == 0) {
        guint other;
        MigTableColumn *neighbour = mig_store_column(table, change->to.name);

        if (neighbour != NULL && g_ptr_array_find(table->columns, neighbour, &other))
            at = other + 1;
    }
    g_ptr_array_insert(table->columns, (gint)at, column);
}

/* Of a table that inherits it: what is there already merges with it. */
static void
add_to_children(MigReplay *replay, MigTable *table, MigTableColumn *column)
{
    for (guint i = 0; i < table->children->len; i++) {
        MigTable *child = table->children->pdata[i];
        MigTableColumn *own = mig_store_column(child, column->name);

        mig_store_touch(replay->catalog, child, replay->now);
        if (own != NULL) {
            own->inherited = true;
            continue;
        }
        own = mig_copy_column(child->arena, column);
        own->inherited = true;
        own->local = false;
        own->sequence = NULL;
        g_ptr_array_add(child->columns, own);
        add_to_children(replay, child, own);
    }
}

void
mig_replay_add_column(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL || change->column == NULL || mig_replay_is_full(table) ||
        mig_store_column(table, change->column->name) != NULL)
        return;

    bool nested = replay->nested;

    /* It may have been there before. */
    replay->nested = nested || (change->if_not_exists && !table->columns_known);

    MigTableColumn *column = mig_replay_build_column(replay, table, change->column);

    mig_replay_place_column(table, column, change);
    mig_replay_column_sequence(replay, table, column, change->column);
    if (!change->only)
        add_to_children(replay, table, column);
    if (MIG_IS_MYSQL(replay->catalog))
        mig_replay_mysql_column(replay, table, change->column);
    else
        mig_replay_constraints(replay, table, change->column, 1, NULL, 0);
    if (table->of_type != NULL)
        table->columns_known = false;
    replay->nested = nested;
}

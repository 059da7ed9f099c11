/* SPDX-License-Identifier: MIT */
/* Schemas, sequences, extensions, publications and other objects. */
#include <string.h>

#include "schema/copy.h"
#include "schema/replay.h"
#include "schema/session.h"

static char *
object_key(MigObjectType type, const char *name)
{
    const char *kind = type == MIG_TYPE_OF_EXTENSION ? "extension" : mig_object_type_name(type);

    return g_strconcat(kind, "\n", name, NULL);
}

static bool
is_schema(const MigReplay *replay, const MigChange *change)
{
    return change->object_type == MIG_TYPE_OF_SCHEMA ||
           (change->object_type == MIG_TYPE_OF_DATABASE && MIG_IS_MYSQL(replay->catalog));
}

static const char *
option(const MigChange *change, const char *name)
{
    for (size_t i = 0; i < change->n_options; i++) {
        if (change->options[i].name != NULL && strcmp(change->options[i].name, name) == 0)
            return change->options[i].value;
    }
    return NULL;
}

static void
own_sequence(MigReplay *replay, MigSequence *sequence, const MigChange *change)
{
    MigTable *table =
        change->table.name == NULL
            ? NULL
            : mig_session_table(replay->catalog, change->table.schema, change->table.name);
    const char *type = option(change, "as");

    if (type != NULL)
        sequence->type = mig_arena_strdup(sequence->arena, type);
    if (table == NULL || change->to.name == NULL)
        return;

    MigTableColumn *column = mig_store_column(table, change->to.name);
    g_autofree char *owner = mig_store_qualify(table->schema, table->name);
    g_autofree char *qualified = mig_store_qualify(sequence->schema, sequence->name);

    sequence->owned_by_table = mig_arena_strdup(sequence->arena, owner);
    sequence->owned_by_column = mig_arena_strdup(sequence->arena, change->to.name);
    if (column == NULL)
        return;
    mig_store_touch(replay->catalog, table, replay->now);
    column->sequence = mig_arena_strdup(table->arena, qualified);
}

static void
create_sequence(MigReplay *replay, const MigChange *change)
{
    const char *schema =
        mig_session_schema(replay->catalog, change->name.schema, change->temporary);

    if (mig_store_name_taken(replay->catalog, schema, change->name.name))
        return;
    own_sequence(
        replay,
        mig_store_add_sequence(replay->catalog, schema, change->name.name, mig_replay_made(replay)),
        change);
}

/* Tables of a publication: in `relations`, or all of them. */
static void
publish(MigReplay *replay, const MigChange *change, bool on)
{
    const char *all = option(change, "for all tables");

    if (all != NULL || g_strcmp0(change->text, "all tables") == 0) {
        GHashTableIter iter;
        gpointer table;

        replay->catalog->publishes_all = on;
        g_hash_table_iter_init(&iter, replay->catalog->relations);
        while (g_hash_table_iter_next(&iter, NULL, &table))
            ((MigTable *)table)->published = on;
    }
    for (size_t i = 0; i < change->n_relations; i++) {
        MigTable *table = change->relations[i].name.name == NULL
                              ? NULL
                              : mig_replay_table(replay, &change->relations[i].name);

        if (table != NULL)
            table->published = on;
    }
}

static void
create(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;

    if (change->name.name == NULL)
        return;
    if (is_schema(replay, change)) {
        g_hash_table_add(catalog->schemas, g_strdup(change->name.name));
        return;
    }
    if (change->object_type == MIG_TYPE_OF_SEQUENCE) {
        create_sequence(replay, change);
        return;
    }
    if (change->object_type == MIG_TYPE_OF_PUBLICATION)
        publish(replay, change, true);
    if (change->object_type == MIG_TYPE_OF_TYPE) {
        const char *schema = mig_session_schema(catalog, change->name.schema, false);

        if (mig_store_type(catalog, schema, change->name.name) == NULL)
            mig_store_add_type(catalog, schema, change->name.name, mig_replay_made(replay));
        return;
    }
    g_hash_table_add(catalog->objects, object_key(change->object_type, change->name.name));
}

static void
drop_schema(MigReplay *replay, const char *schema)
{
    MigCatalog *catalog = replay->catalog;
    g_autoptr(GPtrArray) tables = mig_store_tables(catalog);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer key, value;

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = tables->pdata[i];

        if (strcmp(table->schema, schema) == 0)
            g_ptr_array_add(names, g_strdup(table->name));
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        const MigTable *table = mig_store_table(catalog, schema, name);
        MigChange drop = {.kind = MIG_CHANGE_DROP_TABLE, .table = {.schema = schema, .name = name}};

        /* It may have gone with one before it, as partitions and views do. */
        if (table == NULL)
            continue;
        if (table->kind == MIG_RELATION_VIEW || table->kind == MIG_RELATION_MATERIALIZED_VIEW) {
            drop.kind = MIG_CHANGE_DROP_VIEW;
            mig_replay_drop_view(replay, &drop);
        } else {
            mig_replay_drop_table(replay, &drop);
        }
    }

    g_autofree char *prefix = g_strconcat(schema, "\n", NULL);
    GHashTable *const others[] = {catalog->sequences, catalog->routines};

    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_hash_table_iter_init(&iter, others[i]);
        while (g_hash_table_iter_next(&iter, &key, &value)) {
            if (g_str_has_prefix(key, prefix))
                g_hash_table_iter_remove(&iter);
        }
    }

    g_autoptr(GPtrArray) types = g_ptr_array_new();

    g_hash_table_iter_init(&iter, catalog->types);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        if (g_str_has_prefix(key, prefix))
            g_ptr_array_add(types, value);
    }
    for (guint i = 0; i < types->len; i++)
        mig_replay_drop_type(replay, types->pdata[i]);
    g_hash_table_remove(catalog->schemas, schema);
}

static void
drop_sequence(MigReplay *replay, const MigChange *change)
{
    MigSequence *sequence =
        mig_session_sequence(replay->catalog, change->name.schema, change->name.name);

    if (sequence == NULL)
        return;
    if (sequence->owned_by_table != NULL) {
        g_autoptr(GPtrArray) tables = mig_store_tables(replay->catalog);

        for (guint i = 0; i < tables->len; i++) {
            MigTable *table = tables->pdata[i];

            for (guint c = 0; c < table->columns->len; c++) {
                MigTableColumn *column = table->columns->pdata[c];

                if (mig_store_sequence_of(replay->catalog, column) != sequence)
                    continue;
                /* CASCADE: the default that calls it goes. */
                column->sequence = NULL;
                column->serial = false;
                column->default_value = NULL;
            }
        }
    }
    mig_store_remove_sequence(replay->catalog, sequence->schema, sequence->name);
}

static void
drop(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;

    if (change->name.name == NULL)
        return;
    if (is_schema(replay, change)) {
        drop_schema(replay, change->name.name);
        return;
    }
    switch ((int)change->object_type) {
    case MIG_TYPE_OF_SEQUENCE:
        drop_sequence(replay, change);
        return;
    case MIG_TYPE_OF_TYPE:
    case MIG_TYPE_OF_DOMAIN: {
        MigUserType *type = mig_session_type(catalog, change->name.schema, change->name.name);

        if (type != NULL)
            mig_replay_drop_type(replay, type);
        return;
    }
    case MIG_TYPE_OF_EXTENSION:
        /* What it had made goes as well, and nobody here knows what that was. */
        if (change->cascade)
            mig_catalog_set_incomplete(catalog, "an extension was dropped with all that used it");
        break;
    case MIG_TYPE_OF_FOREIGN_TABLE: {
        MigChange table = *change;

        table.table = change->name;
        mig_replay_drop_table(replay, &table);
        return;
    }
    default:
        break;
    }

    g_autofree char *key = object_key(change->object_type, change->name.name);

    g_hash_table_remove(catalog->objects, key);
}

static void
rename_type_users(MigReplay *replay, const MigUserType *type, const char *schema, const char *name)
{
    g_autoptr(GPtrArray) tables = mig_store_tables(replay->catalog);

    for (guint i = 0; i < tables->len; i++) {
        MigTable *table = tables->pdata[i];

        for (guint c = 0; c < table->columns->len; c++) {
            MigTableColumn *column = table->columns->pdata[c];

            if (g_strcmp0(column->type.name, type->name) != 0 ||
                g_strcmp0(column->type.schema, type->schema) != 0)
                continue;
            column->type.name = mig_arena_strdup(table->arena, name);
            column->type.schema = mig_arena_strdup(table->arena, schema);
        }
    }
}

static void
move_type(MigReplay *replay, const MigChange *change, const char *schema, const char *name)
{
    MigUserType *type = mig_session_type(replay->catalog, change->name.schema, change->name.name);

    if (type == NULL)
        return;
    if (schema == NULL)
        schema = type->schema;
    if (name == NULL)
        name = type->name;

    g_autofree char *old = mig_store_key(replay->catalog, type->schema, type->name);

    rename_type_users(replay, type, schema, name);
    mig_store_take_key(replay->catalog->types, old);
    type->schema = mig_arena_strdup(type->arena, schema);
    type->name = mig_arena_strdup(type->arena, name);
    g_hash_table_insert(replay->catalog->types, mig_store_key(replay->catalog, schema, name), type);
}

static void
rename_sequence(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;
    MigSequence *sequence = mig_session_sequence(catalog, change->name.schema, change->name.name);

    if (sequence == NULL)
        return;

    g_autofree char *old = mig_store_key(catalog, sequence->schema, sequence->name);
    g_autofree char *was = mig_store_qualify(sequence->schema, sequence->name);
    g_autofree char *qualified = mig_store_qualify(sequence->schema, change->to.name);
    g_autoptr(GPtrArray) tables = mig_store_tables(catalog);

    mig_store_take_key(catalog->sequences, old);
    sequence->name = mig_arena_strdup(sequence->arena, change->to.name);
    g_hash_table_insert(catalog->sequences,
                        mig_store_key(catalog, sequence->schema, sequence->name), sequence);
    for (guint i = 0; i < tables->len; i++) {
        MigTable *table = tables->pdata[i];

        for (guint c = 0; c < table->columns->len; c++) {
            MigTableColumn *column = table->columns->pdata[c];

            if (g_strcmp0(column->sequence, was) == 0)
                column->sequence = mig_arena_strdup(table->arena, qualified);
        }
    }
}

static void
rename_schema(MigReplay *replay, const char *from, const char *to)
{
    g_autoptr(GPtrArray) tables = mig_store_tables(replay->catalog);

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = tables->pdata[i];
        MigChange move = {.kind = MIG_CHANGE_SET_SCHEMA, .to = {.name = to}};

        if (strcmp(table->schema, from) != 0)
            continue;
        move.table = (MigName){.schema = from, .name = table->name};
        mig_replay_set_schema(replay, &move);
    }

    g_autofree char *prefix = g_strconcat(from, "\n", NULL);
    g_autoptr(GPtrArray) types = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key, type;

    g_hash_table_iter_init(&iter, replay->catalog->types);
    while (g_hash_table_iter_next(&iter, &key, &type)) {
        if (g_str_has_prefix(key, prefix))
            g_ptr_array_add(types, type);
    }
    for (guint i = 0; i < types->len; i++) {
        const MigUserType *one = types->pdata[i];
        MigChange move = {.name = {.schema = from, .name = one->name}};

        move_type(replay, &move, to, NULL);
    }
    g_hash_table_remove(replay->catalog->schemas, from);
    g_hash_table_add(replay->catalog->schemas, g_strdup(to));
}

static void
rename_object(MigReplay *replay, const MigChange *change)
{
    if (change->name.name == NULL || change->to.name == NULL)
        return;
    if (is_schema(replay, change)) {
        rename_schema(replay, change->name.name, change->to.name);
        return;
    }
    if (change->object_type == MIG_TYPE_OF_TYPE || change->object_type == MIG_TYPE_OF_DOMAIN) {
        move_type(replay, change, NULL, change->to.name);
        return;
    }
    if (change->object_type == MIG_TYPE_OF_SEQUENCE) {
        rename_sequence(replay, change);
        return;
    }

    g_autofree char *old = object_key(change->object_type, change->name.name);

    if (g_hash_table_remove(replay->catalog->objects, old))
        g_hash_table_add(replay->catalog->objects,
                         object_key(change->object_type, change->to.name));
}

static void
comment(MigReplay *replay, const MigChange *change)
{
    MigTable *table =
        change->table.name == NULL
            ? NULL
            : mig_session_table(replay->catalog, change->table.schema, change->table.name);

    if (table == NULL)
        return;
    mig_store_touch(replay->catalog, table, table->changed);
    if (change->object_type == MIG_TYPE_OF_COLUMN) {
        MigTableColumn *column = mig_store_column(table, change->name.name);

        if (column != NULL)
            column->comment = mig_arena_strdup(table->arena, change->text);
    } else if (change->object_type == MIG_TYPE_OF_TABLE ||
               change->object_type == MIG_TYPE_OF_VIEW ||
               change->object_type == MIG_TYPE_OF_MATERIALIZED_VIEW) {
        table->comment = mig_arena_strdup(table->arena, change->text);
    }
}

static void
alter(MigReplay *replay, const MigChange *change)
{
    if (change->name.name == NULL)
        return;
    if (change->object_type == MIG_TYPE_OF_SEQUENCE) {
        MigSequence *sequence =
            mig_session_sequence(replay->catalog, change->name.schema, change->name.name);

        if (sequence != NULL)
            own_sequence(replay, sequence, change);
    } else if (change->object_type == MIG_TYPE_OF_PUBLICATION) {
        publish(replay, change, g_strcmp0(change->text, "drop") != 0);
    }
}

void
mig_replay_move_object(MigReplay *replay, const MigChange *change)
{
    if (change->name.name != NULL &&
        (change->object_type == MIG_TYPE_OF_TYPE || change->object_type == MIG_TYPE_OF_DOMAIN))
        move_type(replay, change, change->to.name, NULL);
}

static void
create_statistics(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL || change->name.name == NULL)
        return;
    g_ptr_array_add(table->statistics, mig_arena_strdup(table->arena, change->name.name));
    mig_store_touch(replay->catalog, table, replay->now);
}

/* Its table isn't named, and in another schema it may have the same name: the first one is taken. */
static void
drop_statistics(MigReplay *replay, const MigChange *change)
{
    GHashTableIter iter;
    gpointer value = NULL;

    g_hash_table_iter_init(&iter, replay->catalog->relations);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        MigTable *table = value;
        guint at = 0;

        if (change->name.name == NULL ||
            !g_ptr_array_find_with_equal_func(table->statistics, change->name.name, g_str_equal,
                                              &at))
            continue;
        g_ptr_array_remove_index(table->statistics, at);
        mig_store_touch(replay->catalog, table, replay->now);
        return;
    }
}

void
mig_replay_object(MigReplay *replay, const MigChange *change)
{
    if (change->object_type == MIG_TYPE_OF_STATISTICS) {
        if (change->kind == MIG_CHANGE_CREATE_OBJECT)
            create_statistics(replay, change);
        else if (change->kind == MIG_CHANGE_DROP_OBJECT)
            drop_statistics(replay, change);
        return;
    }
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_OBJECT:
        create(replay, change);
        return;
    case MIG_CHANGE_DROP_OBJECT:
        drop(replay, change);
        return;
    case MIG_CHANGE_RENAME_OBJECT:
        rename_object(replay, change);
        return;
    case MIG_CHANGE_COMMENT:
        comment(replay, change);
        return;
    case MIG_CHANGE_OWNED:
        mig_catalog_set_incomplete(replay->catalog, "DROP OWNED or REASSIGN OWNED");
        return;
    default:
        alter(replay, change);
        return;
    }
}

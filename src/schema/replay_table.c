/* SPDX-License-Identifier: MIT */
/* CREATE TABLE, in each of its forms. */
#include <string.h>

#include "schema/copy.h"
#include "schema/replay.h"
#include "schema/session.h"

static void
add_said_column(MigReplay *replay, MigTable *table, const MigColumn *said)
{
    if (mig_replay_is_full(table))
        return;

    MigTableColumn *inherited = mig_store_column(table, said->name);

    if (inherited != NULL && !inherited->inherited)
        return;

    MigTableColumn *column = mig_replay_build_column(replay, table, said);

    if (inherited == NULL) {
        g_ptr_array_add(table->columns, column);
        return;
    }
    /* Of a partition, or of a child that says again what its parent has. */
    inherited->local = !table->is_partition;
    inherited->not_null |= column->not_null;
    if (column->default_value != NULL) {
        inherited->default_value = column->default_value;
        inherited->default_set = column->default_set;
        inherited->serial = column->serial;
    }
    if (column->generated != MIG_GENERATED_NO) {
        inherited->generated = column->generated;
        inherited->generated_as = column->generated_as;
    }
}

/* Columns and LIKE clauses as they follow one another in the text. */
static void
add_columns(MigReplay *replay, MigTable *table, const MigCreateTable *create)
{
    size_t like = 0;

    for (size_t i = 0; i < create->n_columns; i++) {
        for (; like < create->n_likes &&
               create->likes[like].table.span.offset < create->columns[i].span.offset;
             like++)
            mig_replay_like(replay, table, create, like);
        add_said_column(replay, table, &create->columns[i]);
    }
    for (; like < create->n_likes; like++)
        mig_replay_like(replay, table, create, like);

    for (size_t i = 0;
         MIG_IS_POSTGRES(replay->catalog) && i < create->n_columns && i <= table->columns->len;
         i++) {
        MigTableColumn *column = mig_store_column(table, create->columns[i].name);

        if (column != NULL)
            mig_replay_column_sequence(replay, table, column, &create->columns[i]);
    }
}

static void
add_parents(MigReplay *replay, MigTable *table, const MigCreateTable *create)
{
    for (size_t i = 0; i < create->n_inherits; i++) {
        MigTable *parent = mig_replay_table(replay, &create->inherits[i]);

        if (parent == NULL || g_ptr_array_find(table->parents, parent, NULL))
            continue;
        mig_store_link(parent, table);
        mig_replay_take_over(replay, parent, table, false);
    }
    if (create->partition_of.name == NULL)
        return;

    MigTable *parent = mig_replay_table(replay, &create->partition_of);

    table->is_partition = true;
    table->bound = mig_copy_bound(table->arena, &create->bound);
    if (parent == NULL)
        return;
    mig_store_link(parent, table);
    mig_replay_take_over(replay, parent, table, true);
}

static void
set_options(MigTable *table, const MigOption *options, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (options[i].name == NULL)
            continue;
        if (strcmp(options[i].name, "comment") == 0)
            table->comment = mig_arena_strdup(table->arena, options[i].value);
        g_hash_table_insert(table->options, g_ascii_strdown(options[i].name, -1),
                            g_strdup(options[i].value != NULL ? options[i].value : ""));
    }
    /* A collation says which character set it is of. */
    const char *collation = g_hash_table_lookup(table->options, "collate");

    if (collation != NULL && g_hash_table_lookup(table->options, "character set") == NULL) {
        const char *end = strchr(collation, '_');

        g_hash_table_insert(table->options, g_strdup("character set"),
                            end == NULL ? g_strdup(collation)
                                        : g_strndup(collation, (gsize)(end - collation)));
    }
}

static MigRelationKind
kind_of(const MigReplay *replay, const MigCreateTable *create)
{
    if (create->virtual_module != NULL)
        return MIG_RELATION_VIRTUAL;
    if (create->foreign)
        return MIG_RELATION_FOREIGN;
    return MIG_IS_POSTGRES(replay->catalog) && create->partition_by.method != NULL
               ? MIG_RELATION_PARTITIONED
               : MIG_RELATION_TABLE;
}

/* Whether the name is free: an assumed table gives way, and OR REPLACE drops the old one. */
static bool
make_room(MigReplay *replay, const MigChange *change, const char *schema)
{
    MigCatalog *catalog = replay->catalog;
    MigTable *old = mig_store_table(catalog, schema, change->table.name);

    if (old == NULL)
        return MIG_IS_MYSQL(catalog) || !mig_store_name_taken(catalog, schema, change->table.name);
    if (change->if_not_exists || (!old->assumed && !change->or_replace))
        return false;
    mig_store_remove_table(catalog, old);
    return true;
}

static void
describe(MigReplay *replay, MigTable *table, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    table->temporary = change->temporary || strcmp(table->schema, "pg_temp") == 0 ||
                       (MIG_IS_SQLITE(replay->catalog) && strcmp(table->schema, "temp") == 0);
    if (table->temporary)
        replay->catalog->n_temporary++;
    table->unlogged = create->unlogged;
    table->without_rowid = create->without_rowid;
    table->strict = create->strict;
    table->tablespace = mig_arena_strdup(table->arena, create->tablespace);
    table->access_method = mig_arena_strdup(table->arena, create->access_method);
    table->of_type = mig_arena_strdup(table->arena, create->of_type.name);
    table->partition_by = mig_copy_partition_by(table->arena, &create->partition_by);
    set_options(table, create->options, create->n_options);
    table->system_versioned = g_hash_table_contains(table->options, "system versioning");
    /* A virtual table's module decides on its columns. */
    if (table->kind == MIG_RELATION_VIRTUAL)
        table->columns_known = false;
}

/* OF type: the type's attributes are the table's columns. */
static void
add_typed_columns(MigReplay *replay, MigTable *table, const MigCreateTable *create)
{
    if (create->of_type.name == NULL)
        return;

    const MigUserType *type =
        mig_session_type(replay->catalog, create->of_type.schema, create->of_type.name);

    if (type == NULL || type->columns->len == 0) {
        table->columns_known = false;
        return;
    }
    for (guint i = 0; i < type->columns->len; i++) {
        MigTableColumn *column = mig_copy_column(table->arena, type->columns->pdata[i]);

        /* As with a parent's, options may be said of it. */
        column->inherited = true;
        column->made = mig_replay_made(replay);
        g_ptr_array_add(table->columns, column);
    }
}

static void
settle_typed_columns(MigTable *table, const MigCreateTable *create)
{
    for (guint i = 0; create->of_type.name != NULL && i < table->columns->len; i++) {
        MigTableColumn *column = table->columns->pdata[i];

        column->inherited = false;
        column->local = true;
    }
}

static void
fill(MigReplay *replay, MigTable *table, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    add_typed_columns(replay, table, create);
    add_parents(replay, table, create);
    add_columns(replay, table, create);
    settle_typed_columns(table, create);
    if (create->query != NULL &&
        !mig_replay_query_columns(replay, table, create->query, create->as_columns,
                                  create->n_as_columns))
        table->columns_known = false;
    if (MIG_IS_MYSQL(replay->catalog))
        mig_replay_mysql_keys(replay, table, create);
    else
        mig_replay_constraints(replay, table, create->columns, create->n_columns,
                               create->constraints, create->n_constraints);
    mig_replay_like_indexes(replay, table, create);
    if (table->is_partition && table->parents->len > 0) {
        MigTable *parent = table->parents->pdata[0];

        for (guint i = 0; i < parent->indexes->len; i++)
            mig_replay_index_partition(replay, parent, parent->indexes->pdata[i], table);
    }
}

void
mig_replay_create_table(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;

    if (change->create_table == NULL || change->table.name == NULL)
        return;

    const char *schema = mig_session_schema(catalog, change->table.schema, change->temporary);
    bool maybe_there = change->if_not_exists &&
                       mig_catalog_table(catalog, &change->table, NULL) == MIG_LOOKUP_UNKNOWN;

    if (!make_room(replay, change, schema))
        return;

    bool nested = replay->nested;

    replay->nested = nested || maybe_there;
    replay->creating = true;

    MigTable *table = mig_store_add_table(catalog, kind_of(replay, change->create_table), schema,
                                          change->table.name, mig_replay_made(replay));

    describe(replay, table, change);
    fill(replay, table, change);
    if (replay->nested) {
        table->assumed = true;
        table->columns_known = false;
    }
    replay->creating = false;
    replay->nested = nested;
}

/* Bytes that a character takes at most; 0: not known. */
static unsigned
char_bytes(const char *charset)
{
    static const struct {
        const char *charset;
        unsigned bytes;
    } charsets[] = {
        {"utf8mb4", 4}, {"utf8mb3", 3}, {"utf8", 3},   {"utf16", 4},  {"utf16le", 4},
        {"utf32", 4},   {"ucs2", 2},    {"latin1", 1}, {"ascii", 1},  {"latin2", 1},
        {"cp1250", 1},  {"cp1251", 1},  {"koi8r", 1},  {"binary", 1}, {"gb18030", 4},
        {"sjis", 2},    {"ujis", 3},    {"big5", 2},
    };

    for (size_t i = 0; charset != NULL && i < G_N_ELEMENTS(charsets); i++) {
        if (g_ascii_strcasecmp(charsets[i].charset, charset) == 0)
            return charsets[i].bytes;
    }
    return 0;
}

/* A text that may have to take more bytes becomes the next larger type. Manual: MySQL 8.4, "ALTER
 * TABLE Statement", Changing the Character Set. */
static const char *
widened(const char *type)
{
    static const char *const types[] = {"tinytext", "text", "mediumtext", "longtext"};

    for (size_t i = 0; i + 1 < G_N_ELEMENTS(types); i++) {
        if (strcmp(types[i], type) == 0)
            return types[i + 1];
    }
    return type;
}

static void
convert(MigTable *table, const char *charset)
{
    g_hash_table_remove(table->options, "collate");
    g_hash_table_insert(table->options, g_strdup("character set"),
                        g_strdup(charset != NULL ? charset : ""));
    for (guint c = 0; c < table->columns->len; c++) {
        MigTableColumn *column = table->columns->pdata[c];
        unsigned before = char_bytes(column->type.charset);

        if (!mig_replay_has_charset(column->type.name))
            continue;
        if (before != 0 && char_bytes(charset) > before)
            column->type.name = widened(column->type.name);
        column->type.charset = mig_arena_strdup(table->arena, charset);
        column->type.collation = NULL;
    }
}

void
mig_replay_table_options(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;
    for (size_t i = 0; i < change->n_options; i++) {
        const MigOption *option = &change->options[i];

        if (option->name == NULL)
            continue;
        if (strcmp(option->name, "convert to character set") == 0) {
            convert(table, option->value);
        } else if (option->value == NULL && MIG_IS_POSTGRES(replay->catalog)) {
            g_hash_table_remove(table->options, option->name);
        } else {
            if (strcmp(option->name, "character set") == 0)
                g_hash_table_remove(table->options, "collate");
            set_options(table, option, 1);
        }
    }
}

void
mig_replay_create_table_as(MigReplay *replay, const MigName *name, const MigQuery *query,
                           const MigChange *change)
{
    MigCreateTable create = {.query = query, .with_data = true};
    MigChange made = {
        .kind = MIG_CHANGE_CREATE_TABLE,
        .table = *name,
        .create_table = &create,
        .temporary = change->temporary,
    };

    mig_replay_create_table(replay, &made);
}

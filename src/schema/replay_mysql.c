/* SPDX-License-Identifier: MIT */
/* Keys and checks by the rules of MySQL and MariaDB. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/replay.h"

static bool
is_mariadb(const MigReplay *replay)
{
    return replay->catalog->engine == MIG_ENGINE_MARIADB;
}

/* Whether the index begins with these columns, whole ones, in this order. */
static bool
begins_with(const MigTableIndex *index, const char *const *columns, size_t n)
{
    if (index->n_parts < n || strcmp(index->method, "fulltext") == 0 ||
        strcmp(index->method, "spatial") == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (index->parts[i].column == NULL || index->parts[i].prefix_length != 0 ||
            g_ascii_strcasecmp(index->parts[i].column, columns[i]) != 0)
            return false;
    }
    return true;
}

/* An index that was made for a foreign key goes when another serves the key. */
static void
drop_superseded(MigReplay *replay, MigTable *table, const MigTableIndex *by)
{
    for (guint i = table->indexes->len; i-- > 0;) {
        MigTableIndex *index = table->indexes->pdata[i];
        g_autoptr(GPtrArray) columns = g_ptr_array_new();

        if (!index->for_foreign_key || index == by)
            continue;
        for (size_t p = 0; p < index->n_parts; p++)
            g_ptr_array_add(columns, (gpointer)index->parts[p].column);
        if (begins_with(by, (const char *const *)columns->pdata, columns->len))
            mig_store_remove_index(replay->catalog, table, index);
    }
}

static MigTableIndex *
add_index(MigReplay *replay, MigTable *table, const char *name, const MigKeyPart *parts, size_t n)
{
    g_autofree char *made = name == NULL ? mig_naming_mysql_index(table, parts, n) : NULL;
    MigTableIndex *index =
        mig_replay_new_index(replay, table, made != NULL ? made : name, parts, n);
    const char *engine = g_hash_table_lookup(table->options, "engine");

    index->name_made = made != NULL;
    index->name_known = made == NULL || table->columns_known;
    if (engine != NULL &&
        (g_ascii_strcasecmp(engine, "memory") == 0 || g_ascii_strcasecmp(engine, "heap") == 0))
        index->method = "hash";
    mig_store_add_index(replay->catalog, table, index);
    return index;
}

MigTableIndex *
mig_replay_mysql_index(MigReplay *replay, MigTable *table, const MigIndex *said)
{
    if (mig_replay_is_full(table))
        return NULL;

    MigTableIndex *index = add_index(replay, table, said->name.name, said->parts, said->n_parts);

    if (said->method != NULL)
        index->method = mig_arena_strdup(table->arena, said->method);
    index->unique = said->unique;
    index->invisible = said->invisible;
    if (index->unique) {
        /* A unique index is a unique constraint: the server makes no difference. */
        MigTableConstraint *key = mig_arena_new0(table->arena, MigTableConstraint, 1);

        key->kind = MIG_CONSTRAINT_UNIQUE;
        key->name = index->name;
        key->name_known = index->name_known;
        key->name_made = index->name_made;
        key->columns = mig_arena_new0(table->arena, const char *, index->n_parts);
        for (size_t i = 0; i < index->n_parts; i++) {
            if (index->parts[i].column != NULL)
                key->columns[key->n_columns++] = index->parts[i].column;
        }
        key->index = index->name;
        key->validated = true;
        key->enforced = true;
        key->made = index->made;
        key->validated_at = index->made;
        index->constraint = key->name;
        mig_store_add_constraint(replay->catalog, table, key);
    }
    drop_superseded(replay, table, index);
    return index;
}

static void
add_unique(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    MigIndex index = {
        .name = {.name = said->using_index != NULL ? said->using_index : said->name.name},
        .parts = said->parts,
        .n_parts = said->n_parts,
        .method = said->method,
        .invisible = said->invisible,
        .unique = true,
    };

    if (mig_store_index(table, index.name.name) == NULL)
        mig_replay_mysql_index(replay, table, &index);
}

static void
add_primary_key(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    if (mig_table_primary_key(table) != NULL)
        return;

    MigTableConstraint *key = mig_replay_new_constraint(replay, table, said);
    MigTableIndex *index = add_index(replay, table, "PRIMARY", said->parts, said->n_parts);

    key->name = index->name;
    key->name_known = true;
    key->name_made = true;
    key->index = index->name;
    index->name_made = true;
    index->primary = true;
    index->unique = true;
    index->constraint = key->name;
    mig_store_add_constraint(replay->catalog, table, key);
    for (size_t i = 0; i < key->n_columns; i++) {
        MigTableColumn *column = mig_store_column(table, key->columns[i]);

        if (column == NULL || (column->not_null && column->not_null_known))
            continue;
        column->not_null = true;
        column->not_null_known = true;
        column->nullability_set = mig_replay_made(replay);
    }
    drop_superseded(replay, table, index);
}

static bool
has_foreign_keys(const MigTable *table)
{
    const char *engine = g_hash_table_lookup(table->options, "engine");

    return engine == NULL || g_ascii_strcasecmp(engine, "innodb") == 0 ||
           g_ascii_strncasecmp(engine, "ndb", 3) == 0;
}

static void
add_foreign_key(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    /* Of a column they are read and forgotten: MySQL before 9.0, MariaDB before 10.5. */
    if (said->of_column && !mig_replay_since(replay, is_mariadb(replay) ? 100500 : 90000))
        return;

    MigTableConstraint *key = mig_replay_new_constraint(replay, table, said);
    bool served = false;

    if (key->name == NULL && said->using_index != NULL)
        key->name = mig_arena_strdup(table->arena, said->using_index);
    for (guint i = 0; !served && i < table->indexes->len; i++) {
        const MigTableIndex *index = table->indexes->pdata[i];

        /* One that was made for a key like this gives way to the new key's. */
        served = begins_with(index, said->columns, said->n_columns) &&
                 (!index->for_foreign_key || said->n_columns < index->n_parts);
    }
    if (!served) {
        g_autofree MigKeyPart *parts = g_new0(MigKeyPart, said->n_columns);

        for (size_t i = 0; i < said->n_columns; i++)
            parts[i].column = said->columns[i];

        const char *name = said->using_index != NULL ? said->using_index : said->name.name;
        const char *free_name = mig_store_index(table, name) == NULL ? name : NULL;
        MigTableIndex *index = add_index(replay, table, free_name, parts, said->n_columns);

        index->for_foreign_key = true;
        drop_superseded(replay, table, index);
    }
    if (!has_foreign_keys(table))
        return;
    if (key->name == NULL) {
        g_autofree char *name = mig_naming_mysql_numbered(table, "ibfk");

        key->name = mig_arena_strdup(table->arena, name);
    }
    mig_replay_references(replay, table, key, said);
    if (mig_store_constraint(table, key->name) == NULL)
        mig_store_add_constraint(replay->catalog, table, key);
}

static void
add_check(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    /* Before these versions a CHECK is read and forgotten. */
    if (!mig_replay_since(replay, is_mariadb(replay) ? 100201 : 80016))
        return;

    MigTableConstraint *check = mig_replay_new_constraint(replay, table, said);

    if (is_mariadb(replay) && replay->column != NULL)
        check->name = mig_arena_strdup(table->arena, replay->column);
    if (check->name == NULL) {
        g_autofree char *name = is_mariadb(replay) ? mig_naming_mariadb_check(table)
                                                   : mig_naming_mysql_numbered(table, "chk");

        check->name = mig_arena_strdup(table->arena, name);
    }
    mig_store_add_constraint(replay->catalog, table, check);
}

void
mig_replay_mysql_constraint(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    switch ((int)said->kind) {
    case MIG_CONSTRAINT_PRIMARY_KEY:
        add_primary_key(replay, table, said);
        return;
    case MIG_CONSTRAINT_UNIQUE:
        add_unique(replay, table, said);
        return;
    case MIG_CONSTRAINT_FOREIGN_KEY:
        if (!replay->foreign_keys_last)
            add_foreign_key(replay, table, said);
        return;
    case MIG_CONSTRAINT_CHECK:
        add_check(replay, table, said);
        return;
    default:
        return;
    }
}

/* MariaDB's JSON is a LONGTEXT with a check. Manual: MariaDB, "JSON Data Type". */
static void
check_json(MigReplay *replay, MigTable *table, const MigColumn *said)
{
    MigTableColumn *column = mig_store_column(table, said->name);
    MigExpr *name = mig_arena_new0(table->arena, MigExpr, 1);
    MigExpr *call = mig_arena_new0(table->arena, MigExpr, 1);

    if (column == NULL || !is_mariadb(replay) || !mig_replay_since(replay, 100403) ||
        g_strcmp0(column->type.name, "json") != 0 ||
        mig_store_constraint(table, said->name) != NULL)
        return;
    name->kind = MIG_EXPR_COLUMN;
    name->name = column->name;
    call->kind = MIG_EXPR_CALL;
    call->name = "json_valid";
    call->args = mig_arena_new0(table->arena, MigExpr *, 1);
    call->args[0] = name;
    call->n_args = 1;

    MigConstraint check = {.kind = MIG_CONSTRAINT_CHECK, .expr = call, .of_column = true};

    replay->column = said->name;
    add_check(replay, table, &check);
    replay->column = NULL;
}

/* Foreign keys come last, so that an index that serves one need not be made for it. */
void
mig_replay_mysql_keys(MigReplay *replay, MigTable *table, const MigCreateTable *create)
{
    size_t index = 0;

    replay->foreign_keys_last = true;
    mig_replay_constraints(replay, table, create->columns, create->n_columns, NULL, 0);
    replay->foreign_keys_last = false;
    for (size_t i = 0; i < create->n_columns; i++)
        check_json(replay, table, &create->columns[i]);
    for (size_t i = 0; i < create->n_constraints; i++) {
        const MigConstraint *said = &create->constraints[i];

        for (; index < create->n_indexes && create->indexes[index].span.offset < said->span.offset;
             index++)
            mig_replay_mysql_index(replay, table, &create->indexes[index]);
        if (said->kind != MIG_CONSTRAINT_FOREIGN_KEY)
            mig_replay_mysql_constraint(replay, table, said);
    }
    for (; index < create->n_indexes; index++)
        mig_replay_mysql_index(replay, table, &create->indexes[index]);
    for (size_t i = 0; i < create->n_columns; i++) {
        const MigColumn *column = &create->columns[i];

        for (size_t c = 0; c < column->n_constraints; c++) {
            if (column->constraints[c].kind == MIG_CONSTRAINT_FOREIGN_KEY)
                mig_replay_mysql_constraint(replay, table, &column->constraints[c]);
        }
    }
    for (size_t i = 0; i < create->n_constraints; i++) {
        if (create->constraints[i].kind == MIG_CONSTRAINT_FOREIGN_KEY)
            mig_replay_mysql_constraint(replay, table, &create->constraints[i]);
    }
}

void
mig_replay_mysql_column(MigReplay *replay, MigTable *table, const MigColumn *said)
{
    replay->column = said->name;
    for (size_t i = 0; i < said->n_constraints; i++)
        mig_replay_mysql_constraint(replay, table, &said->constraints[i]);
    replay->column = NULL;
    check_json(replay, table, said);
}

/* SPDX-License-Identifier: MIT */
/* A statement's changes applied to a catalog, in the order in which the engine does them. */
#include "schema/replay.h"

#include "schema/copy.h"
#include "schema/session.h"

MigMoment
mig_replay_made(const MigReplay *replay)
{
    return replay->nested ? MIG_NO_MOMENT : replay->now;
}

bool
mig_replay_since(const MigReplay *replay, int version)
{
    return replay->catalog->version == 0 || replay->catalog->version >= version;
}

MigTable *
mig_replay_table(MigReplay *replay, const MigName *name)
{
    MigCatalog *catalog = replay->catalog;

    if (name->name == NULL)
        return NULL;

    MigTable *table = mig_session_table(catalog, name->schema, name->name);

    if (table != NULL) {
        mig_store_touch(catalog, table, replay->now);
        return table;
    }
    if (mig_catalog_table(catalog, name, NULL) != MIG_LOOKUP_UNKNOWN)
        return NULL;
    table = mig_store_add_table(catalog, MIG_RELATION_TABLE,
                                mig_session_schema(catalog, name->schema, false), name->name,
                                MIG_NO_MOMENT);
    table->assumed = true;
    table->columns_known = false;
    return table;
}

static void
collect(const MigTable *table, gpointer family)
{
    g_ptr_array_add(family, (gpointer)table);
}

GPtrArray *
mig_replay_family(MigTable *table, bool only)
{
    GPtrArray *family = g_ptr_array_new();

    mig_catalog_each_child(table, only, collect, family);
    return family;
}

MigType
mig_replay_type(const MigReplay *replay, MigArena *arena, const MigType *type)
{
    MigType copy = mig_copy_type(arena, type);

    if (type->name == NULL || !MIG_IS_POSTGRES(replay->catalog))
        return copy;

    const MigUserType *user = mig_session_type(replay->catalog, type->schema, type->name);

    if (user != NULL)
        copy.schema = mig_arena_strdup(arena, user->schema);
    return copy;
}

/* PostgreSQL's passes over the actions of one ALTER TABLE. Source: PostgreSQL 17,
 * src/backend/commands/tablecmds.c, AlterTablePass. */
static int
postgres_pass(const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_DROP_COLUMN:
    case MIG_CHANGE_DROP_CONSTRAINT:
    case MIG_CHANGE_DROP_NOT_NULL:
    case MIG_CHANGE_DROP_EXPRESSION:
    case MIG_CHANGE_DROP_IDENTITY:
    case MIG_CHANGE_DROP_DEFAULT:
        return 0;
    case MIG_CHANGE_ALTER_TYPE:
        return 1;
    case MIG_CHANGE_SET_EXPRESSION:
        return 2;
    case MIG_CHANGE_ADD_COLUMN:
        return 3;
    case MIG_CHANGE_SET_NOT_NULL:
        return 4;
    case MIG_CHANGE_SET_DEFAULT:
    case MIG_CHANGE_ADD_IDENTITY:
        return 6;
    case MIG_CHANGE_ADD_CONSTRAINT:
        return change->constraint != NULL &&
                       (change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY ||
                        change->constraint->kind == MIG_CONSTRAINT_UNIQUE ||
                        change->constraint->kind == MIG_CONSTRAINT_EXCLUDE)
                   ? 5
                   : 6;
    default:
        return 7;
    }
}

/* MySQL makes the new list of columns from the old one, then the new list of keys. */
static int
mysql_pass(const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_DROP_INDEX:
    case MIG_CHANGE_DROP_CONSTRAINT:
        return 0;
    case MIG_CHANGE_DROP_COLUMN:
        return 1;
    case MIG_CHANGE_MODIFY_COLUMN:
    case MIG_CHANGE_RENAME_COLUMN:
        return 2;
    case MIG_CHANGE_ADD_COLUMN:
        return 3;
    case MIG_CHANGE_SET_DEFAULT:
    case MIG_CHANGE_DROP_DEFAULT:
        return 4;
    case MIG_CHANGE_RENAME_INDEX:
        return 5;
    case MIG_CHANGE_CREATE_INDEX:
    case MIG_CHANGE_ADD_CONSTRAINT:
        return 6;
    case MIG_CHANGE_RENAME_TABLE:
        return 8;
    default:
        return 7;
    }
}

/* Whether a statement's changes are actions of one ALTER TABLE. */
static bool
is_one_alter(const MigChanges *changes)
{
    const MigName *first = &changes->changes[0].table;

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];

        if (change->nested || change->in_body || change->kind == MIG_CHANGE_CREATE_TABLE ||
            g_strcmp0(change->table.name, first->name) != 0 ||
            g_strcmp0(change->table.schema, first->schema) != 0)
            return false;
    }
    return true;
}

/* Stable: actions of one pass keep their order. (container) const MigChange */
static GPtrArray *
in_order(const MigReplay *replay)
{
    const MigChanges *changes = replay->changes;
    GPtrArray *ordered = g_ptr_array_sized_new((guint)changes->n_changes);
    bool passes =
        changes->n_changes > 1 && !MIG_IS_SQLITE(replay->catalog) && is_one_alter(changes);

    for (int pass = 0; pass <= (passes ? 8 : 0); pass++) {
        for (size_t i = 0; i < changes->n_changes; i++) {
            const MigChange *change = &changes->changes[i];
            int own = !passes                            ? 0
                      : MIG_IS_POSTGRES(replay->catalog) ? postgres_pass(change)
                                                         : mysql_pass(change);

            if (own == pass)
                g_ptr_array_add(ordered, (gpointer)change);
        }
    }
    return ordered;
}

static bool
apply_table(MigReplay *replay, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
        mig_replay_create_table(replay, change);
        return true;
    case MIG_CHANGE_DROP_TABLE:
        mig_replay_drop_table(replay, change);
        return true;
    case MIG_CHANGE_RENAME_TABLE:
        mig_replay_rename_table(replay, change);
        return true;
    case MIG_CHANGE_SET_SCHEMA:
        mig_replay_set_schema(replay, change);
        return true;
    case MIG_CHANGE_TABLE_OPTIONS:
        mig_replay_table_options(replay, change);
        return true;
    case MIG_CHANGE_INHERIT:
        mig_replay_inherit(replay, change);
        return true;
    case MIG_CHANGE_SET_OWNER:
    case MIG_CHANGE_SET_PERSISTENCE:
    case MIG_CHANGE_SET_TABLESPACE:
    case MIG_CHANGE_SET_ACCESS_METHOD:
    case MIG_CHANGE_CLUSTER_ON:
    case MIG_CHANGE_CLUSTER:
    case MIG_CHANGE_REPLICA_IDENTITY:
    case MIG_CHANGE_OF_TYPE:
    case MIG_CHANGE_ROW_SECURITY:
    case MIG_CHANGE_SYSTEM_VERSIONING:
    case MIG_CHANGE_ENABLE_TRIGGER:
        mig_replay_table_setting(replay, change);
        return true;
    case MIG_CHANGE_ATTACH_PARTITION:
        mig_replay_attach(replay, change);
        return true;
    case MIG_CHANGE_DETACH_PARTITION:
        mig_replay_detach(replay, change);
        return true;
    case MIG_CHANGE_PARTITIONS:
    case MIG_CHANGE_PARTITION_BY:
    case MIG_CHANGE_REMOVE_PARTITIONING:
        mig_replay_partitions(replay, change);
        return true;
    default:
        return false;
    }
}

static bool
apply_column(MigReplay *replay, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_ADD_COLUMN:
        mig_replay_add_column(replay, change);
        return true;
    case MIG_CHANGE_DROP_COLUMN:
        mig_replay_drop_column(replay, change);
        return true;
    case MIG_CHANGE_RENAME_COLUMN:
        mig_replay_rename_column(replay, change);
        return true;
    case MIG_CHANGE_ALTER_TYPE:
    case MIG_CHANGE_SET_DEFAULT:
    case MIG_CHANGE_DROP_DEFAULT:
    case MIG_CHANGE_SET_NOT_NULL:
    case MIG_CHANGE_DROP_NOT_NULL:
    case MIG_CHANGE_ADD_IDENTITY:
    case MIG_CHANGE_SET_IDENTITY:
    case MIG_CHANGE_DROP_IDENTITY:
    case MIG_CHANGE_SET_EXPRESSION:
    case MIG_CHANGE_DROP_EXPRESSION:
    case MIG_CHANGE_COLUMN_OPTIONS:
    case MIG_CHANGE_COLUMN_VISIBILITY:
    case MIG_CHANGE_MODIFY_COLUMN:
        mig_replay_change_column(replay, change);
        return true;
    default:
        return false;
    }
}

static bool
apply_key(MigReplay *replay, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_ADD_CONSTRAINT:
        mig_replay_add_constraint(replay, change);
        return true;
    case MIG_CHANGE_VALIDATE_CONSTRAINT:
    case MIG_CHANGE_ALTER_CONSTRAINT:
        mig_replay_alter_constraint(replay, change);
        return true;
    case MIG_CHANGE_DROP_CONSTRAINT:
        mig_replay_drop_constraint(replay, change);
        return true;
    case MIG_CHANGE_RENAME_CONSTRAINT:
        mig_replay_rename_constraint(replay, change);
        return true;
    case MIG_CHANGE_CREATE_INDEX:
        mig_replay_create_index(replay, change);
        return true;
    case MIG_CHANGE_DROP_INDEX:
        mig_replay_drop_index(replay, change);
        return true;
    case MIG_CHANGE_RENAME_INDEX:
        mig_replay_rename_index(replay, change);
        return true;
    case MIG_CHANGE_INDEX_OPTIONS:
    case MIG_CHANGE_INDEX_VISIBILITY:
        mig_replay_alter_index(replay, change);
        return true;
    case MIG_CHANGE_ATTACH_INDEX:
        mig_replay_attach_index(replay, change);
        return true;
    default:
        return false;
    }
}

static void
apply_other(MigReplay *replay, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_VIEW:
    case MIG_CHANGE_CREATE_MATERIALIZED_VIEW:
        mig_replay_create_view(replay, change);
        return;
    case MIG_CHANGE_DROP_VIEW:
    case MIG_CHANGE_DROP_MATERIALIZED_VIEW:
    case MIG_CHANGE_REFRESH_MATERIALIZED_VIEW:
        mig_replay_drop_view(replay, change);
        return;
    case MIG_CHANGE_CREATE_ENUM:
    case MIG_CHANGE_CREATE_COMPOSITE:
    case MIG_CHANGE_CREATE_DOMAIN:
    case MIG_CHANGE_ADD_ENUM_VALUE:
    case MIG_CHANGE_RENAME_ENUM_VALUE:
    case MIG_CHANGE_DROP_ENUM_VALUE:
    case MIG_CHANGE_ALTER_COMPOSITE:
    case MIG_CHANGE_ALTER_DOMAIN:
        mig_replay_type_change(replay, change);
        return;
    case MIG_CHANGE_CREATE_OBJECT:
    case MIG_CHANGE_ALTER_OBJECT:
    case MIG_CHANGE_DROP_OBJECT:
    case MIG_CHANGE_RENAME_OBJECT:
    case MIG_CHANGE_COMMENT:
    case MIG_CHANGE_OWNED:
        mig_replay_object(replay, change);
        return;
    case MIG_CHANGE_INSERT:
    case MIG_CHANGE_UPDATE:
    case MIG_CHANGE_DELETE:
    case MIG_CHANGE_TRUNCATE:
        mig_replay_data(replay, change);
        return;
    case MIG_CHANGE_SELECT:
    case MIG_CHANGE_SET:
    case MIG_CHANGE_USE:
    case MIG_CHANGE_TRANSACTION:
    case MIG_CHANGE_ATTACH_DATABASE:
    case MIG_CHANGE_DYNAMIC:
    case MIG_CHANGE_DO:
    case MIG_CHANGE_CALL:
    case MIG_CHANGE_UNKNOWN:
        mig_replay_session(replay, change);
        return;
    default:
        mig_replay_program(replay, change);
        return;
    }
}

/* What a DO block does is done only if its branch is taken: nothing of it is certain. */
static void
doubt(MigReplay *replay, const MigChange *change)
{
    const MigName *name = change->kind == MIG_CHANGE_RENAME_TABLE && change->to.name != NULL
                              ? &change->to
                              : &change->table;

    if (name->name == NULL)
        return;

    const char *schema = name->schema != NULL ? name->schema : change->table.schema;
    MigTable *table = mig_session_table(replay->catalog, schema, name->name);

    if (table == NULL) {
        g_hash_table_add(replay->catalog->unsure,
                         mig_store_key(replay->catalog,
                                       mig_session_schema(replay->catalog, schema, false),
                                       name->name));
        return;
    }
    if (change->kind >= MIG_CHANGE_INSERT && change->kind <= MIG_CHANGE_SELECT)
        return;
    table->columns_known = false;

    MigTableColumn *column = mig_store_column(
        table, change->kind == MIG_CHANGE_RENAME_COLUMN ? change->to.name : change->name.name);

    if (column == NULL)
        return;
    column->uncertain = true;
    column->not_null_known = false;
    if (change->kind == MIG_CHANGE_ALTER_TYPE)
        column->type = (MigType){0};
}

static void
apply(MigReplay *replay, const MigChange *change)
{
    if (change->in_body)
        return;
    replay->nested = change->nested;
    if (!apply_table(replay, change) && !apply_column(replay, change) && !apply_key(replay, change))
        apply_other(replay, change);
    if (change->nested)
        doubt(replay, change);
}

/* MySQL's MODIFY, CHANGE and RENAME COLUMN all mean the columns that the table had before, so that two
 * may change names: they are looked up before the first is done. */
static void
apply_mysql_columns(MigReplay *replay, GPtrArray *ordered)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    const MigChange *first = ordered->pdata[0];
    MigTable *table = mig_replay_table(replay, &first->table);

    for (guint i = 0; i < ordered->len; i++) {
        const MigChange *change = ordered->pdata[i];
        bool renames =
            change->kind == MIG_CHANGE_MODIFY_COLUMN || change->kind == MIG_CHANGE_RENAME_COLUMN;

        g_ptr_array_add(
            columns, table != NULL && renames ? mig_store_column(table, change->name.name) : NULL);
    }
    for (guint i = 0; i < ordered->len; i++) {
        const MigChange *change = ordered->pdata[i];

        if (columns->pdata[i] == NULL) {
            apply(replay, change);
            continue;
        }
        replay->nested = change->nested;
        if (g_ptr_array_find(table->columns, columns->pdata[i], NULL))
            mig_replay_modify_column(replay, table, columns->pdata[i], change);
    }
}

void
mig_catalog_apply(MigCatalog *catalog, const MigChanges *changes, MigMoment moment)
{
    MigReplay replay = {.catalog = catalog, .changes = changes, .now = moment};

    if (changes->n_changes == 0) {
        if (changes->status != MIG_PARSE_OK && changes->status != MIG_PARSE_SYNTAX)
            mig_catalog_set_incomplete(catalog, "a statement was not understood");
        return;
    }

    g_autoptr(GPtrArray) ordered = in_order(&replay);

    if (MIG_IS_MYSQL(catalog) && ordered->len > 1 && is_one_alter(changes))
        apply_mysql_columns(&replay, ordered);
    else
        for (guint i = 0; i < ordered->len; i++)
            apply(&replay, ordered->pdata[i]);
    mig_store_settle(catalog);
}

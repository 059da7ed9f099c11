/* SPDX-License-Identifier: MIT */
/* Actions of ALTER TABLE on MySQL and MariaDB: what each asks for. */
#include "locks/mysql.h"

#include <string.h>

const char *
mig_mysql_option(const MigTable *table, const char *name)
{
    return g_hash_table_lookup(table->options, name);
}

bool
mig_mysql_is_innodb(const MigTable *table)
{
    const char *engine = mig_mysql_option(table, "engine");

    return engine == NULL || g_ascii_strcasecmp(engine, "innodb") == 0;
}

bool
mig_mysql_is_indexed(const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        if (mig_work_index_has(g_ptr_array_index(table->indexes, i), column))
            return true;
    }
    return false;
}

bool
mig_mysql_has_index_of(const MigTable *table, const char *method)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        if (index->method != NULL && g_ascii_strcasecmp(index->method, method) == 0)
            return true;
    }
    return false;
}

bool
mig_mysql_has_generated(const MigTable *table, MigGenerated kind)
{
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (column->generated == kind)
            return true;
    }
    return false;
}

bool
mig_mysql_has_indexed_virtual(const MigTable *table)
{
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (column->generated == MIG_GENERATED_VIRTUAL && mig_mysql_is_indexed(table, column->name))
            return true;
    }
    return false;
}

static const MigTableConstraint *
key_with_column(const MigTable *table, const char *column, MigConstraintKind kind)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind == kind && mig_work_has_name(key->columns, key->n_columns, column))
            return key;
    }
    return NULL;
}

/* What keeps a column from being dropped. */
static bool
is_needed(MigWork *work, const MigTable *table, const char *name)
{
    const MigTableConstraint *key = key_with_column(table, name, MIG_CONSTRAINT_FOREIGN_KEY);

    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(table->columns, i);
        if (other->generated_as == NULL || !mig_expr_mentions(other->generated_as, name) ||
            mig_work_dropped(work, table, other->name))
            continue;
        if (mig_mysql_is_mariadb(work))
            mig_work_refuse(work, "1054", "Unknown column '%s' in 'GENERATED ALWAYS AS'", name);
        else
            mig_work_refuse(work, "3108", "Column '%s' has a generated column dependency.", name);
        return true;
    }
    if (key != NULL && !mig_work_dropped(work, table, key->name)) {
        if (mig_mysql_is_mariadb(work))
            mig_work_refuse(work, "1553",
                            "Cannot drop index '%s': needed in a foreign key constraint",
                            key->name);
        else
            mig_work_refuse(work, "1828",
                            "Cannot drop column '%s': needed in a foreign key constraint '%s'",
                            name, key->name);
        return true;
    }
    return false;
}

static unsigned
drop_column(MigWork *work, const MigTable *table, const MigChange *change)
{
    const char *name = change->name.name;
    const MigTableColumn *column = mig_table_column(table, name);
    const MigTableConstraint *primary = mig_table_primary_key(table);
    bool mariadb = mig_mysql_is_mariadb(work);

    if (column == NULL && table->columns_known) {
        if (!change->if_exists)
            mig_work_refuse(work, "1091", "Can't DROP COLUMN `%s`; check that it exists", name);
        return MIG_ASK_NOTHING;
    }
    if (is_needed(work, table, name))
        return MIG_ASK_NOTHING;
    if (primary != NULL && mig_work_has_name(primary->columns, primary->n_columns, name))
        return MIG_ASK_COPY;
    if (mig_mysql_is_indexed(table, name)) {
        if (!mariadb)
            return MIG_ASK_REBUILD;
        return MIG_ASK_DROP_INDEX |
               (column != NULL && column->generated == MIG_GENERATED_VIRTUAL ? MIG_ASK_META
                                                                             : MIG_ASK_COLUMN);
    }
    if (column != NULL && column->generated == MIG_GENERATED_VIRTUAL)
        return MIG_ASK_META;
    if (mariadb ? work->version < MIG_MYSQL(10, 4, 0) : work->version < MIG_MYSQL(8, 0, 29))
        return MIG_ASK_REBUILD;
    return MIG_ASK_COLUMN;
}

static bool
is_text(const MigTableColumn *column)
{
    const char *name = column != NULL ? column->type.name : NULL;

    return name != NULL && (g_str_has_suffix(name, "text") || g_str_has_suffix(name, "blob"));
}

static bool
has_doc_id(const MigTable *table)
{
    return mig_table_column(table, "FTS_DOC_ID") != NULL;
}

static bool
is_there(const MigWork *work, const MigTable *table, const char *name)
{
    g_autofree char *part = g_strconcat("index ", name, NULL);

    return name != NULL && mig_table_index(table, name) != NULL &&
           !mig_work_dropped(work, table, part) && !mig_work_dropped(work, table, name);
}

static unsigned
build_index(MigWork *work, const MigTable *table, const char *method, const MigKeyPart *parts,
            size_t n_parts, bool unique)
{
    if (method != NULL && g_ascii_strcasecmp(method, "fulltext") == 0) {
        if (mig_mysql_has_index_of(table, "fulltext") || has_doc_id(table))
            return MIG_ASK_BUILD_SHARED;
        return MIG_ASK_REBUILD_SHARED;
    }
    if (method != NULL && g_ascii_strcasecmp(method, "spatial") == 0)
        return MIG_ASK_BUILD_SHARED;
    for (size_t i = 0; i < n_parts; i++) {
        /* MySQL makes a hidden virtual column for it. */
        if (parts[i].expr != NULL && parts[i].column == NULL)
            return MIG_ASK_BUILD_SHARED;
        /* MariaDB makes a hidden column with a hash, to compare the whole of it. */
        if (unique && parts[i].prefix_length == 0 && mig_mysql_is_mariadb(work) &&
            is_text(mig_table_column(table, parts[i].column)))
            return MIG_ASK_COPY;
    }
    return MIG_ASK_BUILD;
}

static unsigned
create_index(MigWork *work, const MigTable *table, const MigChange *change)
{
    const MigIndex *index = change->index;
    const char *name = change->name.name;

    if (index == NULL)
        return MIG_ASK_BUILD;
    if (name == NULL)
        name = index->name.name;
    if (is_there(work, table, name) && !change->or_replace) {
        if (!change->if_not_exists)
            mig_work_refuse(work, "1061", "Duplicate key name '%s'", name);
        return MIG_ASK_NOTHING;
    }
    return build_index(work, table, index->method, index->parts, index->n_parts, index->unique);
}

/* Whether a foreign key would be left without an index. */
static const MigTableConstraint *
key_needing(MigWork *work, const MigTable *table, const MigTableIndex *index)
{
    if (index->n_parts == 0 || index->parts[0].column == NULL)
        return NULL;
    const MigTableConstraint *key =
        key_with_column(table, index->parts[0].column, MIG_CONSTRAINT_FOREIGN_KEY);
    if (key == NULL || key->n_columns == 0 || mig_work_dropped(work, table, key->name) ||
        g_strcmp0(key->columns[0], index->parts[0].column) != 0)
        return NULL;
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *other = g_ptr_array_index(table->indexes, i);
        if (other != index && other->n_parts > 0 &&
            g_strcmp0(other->parts[0].column, key->columns[0]) == 0)
            return NULL;
    }
    return key;
}

static unsigned
drop_index(MigWork *work, const MigTable *table, const MigChange *change)
{
    const MigTableIndex *index = mig_table_index(table, change->name.name);
    bool added = false;

    if (index == NULL && table->columns_known && !table->assumed) {
        if (!change->if_exists)
            mig_work_refuse(work, "1091", "Can't DROP INDEX `%s`; check that it exists",
                            change->name.name);
        return MIG_ASK_NOTHING;
    }
    for (size_t i = 0; i < work->changes->n_changes; i++)
        added = added || work->changes->changes[i].kind == MIG_CHANGE_CREATE_INDEX;
    if (index != NULL && !added && key_needing(work, table, index) != NULL) {
        mig_work_refuse(work, "1553", "Cannot drop index '%s': needed in a foreign key constraint",
                        index->name);
        return MIG_ASK_NOTHING;
    }
    return MIG_ASK_DROP_INDEX;
}

static bool
adds_primary_key(const MigWork *work)
{
    for (size_t i = 0; i < work->changes->n_changes; i++) {
        const MigChange *change = &work->changes->changes[i];
        if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
            change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY)
            return true;
        for (size_t j = 0; change->column != NULL && j < change->column->n_constraints; j++) {
            if (change->column->constraints[j].kind == MIG_CONSTRAINT_PRIMARY_KEY)
                return true;
        }
    }
    return false;
}

static unsigned
add_constraint(MigWork *work, const MigTable *table, const MigChange *change)
{
    const MigConstraint *made = change->constraint;
    const MigTable *parent = NULL;

    if (made == NULL)
        return MIG_ASK_COPY;
    switch ((int)made->kind) {
    case MIG_CONSTRAINT_PRIMARY_KEY:
        if (mig_table_primary_key(table) != NULL && !mig_work_dropped(work, table, "PRIMARY"))
            mig_work_refuse(work, "1068", "Multiple primary key defined");
        return MIG_ASK_REBUILD;
    case MIG_CONSTRAINT_UNIQUE:
        if (is_there(work, table, made->name.name)) {
            if (!change->if_not_exists)
                mig_work_refuse(work, "1061", "Duplicate key name '%s'", made->name.name);
            return MIG_ASK_NOTHING;
        }
        return build_index(work, table, NULL, made->parts, made->n_parts, true);
    case MIG_CONSTRAINT_FOREIGN_KEY:
        parent = mig_work_table(work, &made->references, false);
        if (parent != NULL)
            mig_work_lock(work, parent, MIG_LOCK_MODE_NONE);
        return MIG_ASK_VALIDATE;
    case MIG_CONSTRAINT_CHECK:
        return made->not_enforced ? MIG_ASK_META : MIG_ASK_COPY;
    default:
        return MIG_ASK_COPY;
    }
}

static unsigned
drop_constraint(MigWork *work, const MigTable *table, const MigChange *change)
{
    const MigTableConstraint *dropped = NULL;
    MigConstraintKind kind = change->constraint_kind;

    if (kind == MIG_CONSTRAINT_PRIMARY_KEY)
        return adds_primary_key(work) ? MIG_ASK_REBUILD : MIG_ASK_COPY;
    if (change->name.name != NULL)
        dropped = mig_table_constraint(table, change->name.name);
    if (dropped == NULL) {
        if (change->name.name != NULL && mig_table_index(table, change->name.name) != NULL)
            return MIG_ASK_DROP_INDEX;
        if (table->columns_known && !table->assumed && !change->if_exists)
            mig_work_refuse(work, mig_mysql_is_mariadb(work) ? "1091" : "3940",
                            "Constraint '%s' does not exist", change->name.name);
        return MIG_ASK_NOTHING;
    }
    if (dropped->kind == MIG_CONSTRAINT_PRIMARY_KEY)
        return adds_primary_key(work) ? MIG_ASK_REBUILD : MIG_ASK_COPY;
    if (dropped->kind == MIG_CONSTRAINT_UNIQUE)
        return MIG_ASK_DROP_INDEX;
    return dropped->kind == MIG_CONSTRAINT_FOREIGN_KEY ? MIG_ASK_META_INPLACE : MIG_ASK_META;
}

/* What one table option asks for; most are only remembered. */
static unsigned
set_option(const MigWork *work, const MigTable *table, const MigOption *option)
{
    static const char *const rebuilds[] = {"force",        "row_format", "key_block_size",
                                           "encryption",   "encrypted",  "compression",
                                           "transactional"};
    bool mariadb = mig_mysql_is_mariadb(work);

    if (g_str_equal(option->name, "engine")) {
        const char *now = mig_mysql_option(table, "engine");
        if (g_ascii_strcasecmp(now != NULL ? now : "innodb",
                               option->value != NULL ? option->value : "") != 0)
            return MIG_ASK_COPY;
        return MIG_ASK_REBUILD;
    }
    if (strstr(option->name, "convert") != NULL)
        return MIG_ASK_COPY;
    if (mig_work_has_name(rebuilds, G_N_ELEMENTS(rebuilds), option->name))
        return MIG_ASK_REBUILD;
    if (g_str_has_prefix(option->name, "page_compress"))
        return mariadb && work->version >= MIG_MYSQL(11, 8, 0) ? MIG_ASK_META : MIG_ASK_REBUILD;
    /* MyISAM and Aria keep these with the rows. */
    if (!mig_mysql_is_innodb(table) &&
        (g_str_equal(option->name, "checksum") || g_str_equal(option->name, "pack_keys") ||
         g_str_equal(option->name, "delay_key_write")))
        return MIG_ASK_COPY;
    return MIG_ASK_META_INPLACE;
}

static unsigned
set_options(const MigWork *work, const MigTable *table, const MigChange *change)
{
    unsigned asks = MIG_ASK_NOTHING;

    for (size_t i = 0; i < change->n_options; i++)
        asks |= set_option(work, table, &change->options[i]);
    return asks;
}

static unsigned
change_partitions(const MigTable *table, const MigChange *change)
{
    static const char *const copies[] = {"reorganize", "rebuild", "coalesce", "optimize", "repair"};
    const char *method = table->partition_by != NULL ? table->partition_by->method : NULL;

    if (mig_work_has_name(copies, G_N_ELEMENTS(copies), change->text))
        return MIG_ASK_PARTITIONS;
    if (g_strcmp0(change->text, "add") == 0 && method != NULL &&
        (strstr(method, "hash") != NULL || strstr(method, "key") != NULL))
        return MIG_ASK_PARTITIONS;
    return MIG_ASK_EMPTY;
}

unsigned
mig_mysql_ask(MigWork *work, const MigTable *table, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_ADD_COLUMN:
        return mig_mysql_add_column(work, table, change);
    case MIG_CHANGE_DROP_COLUMN:
        return drop_column(work, table, change);
    case MIG_CHANGE_MODIFY_COLUMN:
        return mig_mysql_modify_column(work, table, change);
    case MIG_CHANGE_RENAME_COLUMN:
    case MIG_CHANGE_SET_DEFAULT:
    case MIG_CHANGE_DROP_DEFAULT:
    case MIG_CHANGE_COLUMN_VISIBILITY:
    case MIG_CHANGE_RENAME_TABLE:
        if (change->kind != MIG_CHANGE_RENAME_TABLE && table->columns_known &&
            mig_table_column(table, change->name.name) == NULL && !change->if_exists)
            mig_work_refuse(work, "1054", "Unknown column '%s' in '%s'", change->name.name,
                            table->name);
        return MIG_ASK_META;
    case MIG_CHANGE_CREATE_INDEX:
        return create_index(work, table, change);
    case MIG_CHANGE_DROP_INDEX:
        return drop_index(work, table, change);
    case MIG_CHANGE_RENAME_INDEX:
    case MIG_CHANGE_INDEX_VISIBILITY:
        return MIG_ASK_META_INPLACE;
    case MIG_CHANGE_ADD_CONSTRAINT:
        return add_constraint(work, table, change);
    case MIG_CHANGE_DROP_CONSTRAINT:
        return drop_constraint(work, table, change);
    case MIG_CHANGE_ALTER_CONSTRAINT:
        return change->constraint != NULL && change->constraint->not_enforced ? MIG_ASK_META
                                                                              : MIG_ASK_COPY;
    case MIG_CHANGE_TABLE_OPTIONS:
        return set_options(work, table, change);
    case MIG_CHANGE_SET_TABLESPACE:
        return MIG_ASK_REBUILD;
    case MIG_CHANGE_SYSTEM_VERSIONING:
        return change->on ? MIG_ASK_COPY : MIG_ASK_REBUILD_SHARED;
    case MIG_CHANGE_PARTITIONS:
        return change_partitions(table, change);
    case MIG_CHANGE_PARTITION_BY:
    case MIG_CHANGE_REMOVE_PARTITIONING:
        return MIG_ASK_COPY;
    default:
        return MIG_ASK_META;
    }
}

/* SPDX-License-Identifier: MIT */
/* SQLite: one writer at a time, whatever it writes; what matters is how long it does. */
#include <string.h>

#include "locks/engines.h"

static const char one_writer[] = "SQLite has one writer: others wait until this commits";

static void
write_to(MigWork *work, const MigTable *table)
{
    MigRelationLock *lock = NULL;

    mig_work_lock(work, table, MIG_LOCK_MODE_NONE);
    lock = mig_work_lock_of(work, table->schema, table->name);
    lock->blocks_writes = true;
    mig_work_because(work, "%s", one_writer);
}

static bool
since(const MigWork *work, int minor)
{
    return work->version >= 30000 + minor * 100;
}

static bool
keys_are_on(const MigWork *work)
{
    const char *setting = mig_catalog_setting(work->catalog, "foreign_keys");

    return setting != NULL &&
           (g_str_equal(setting, "1") || g_ascii_strcasecmp(setting, "on") == 0 ||
            g_ascii_strcasecmp(setting, "true") == 0 || g_ascii_strcasecmp(setting, "yes") == 0);
}

static void
refuse_column(MigWork *work, const MigTable *table, const MigColumn *column)
{
    bool key = false, unique = false, references = false;

    for (size_t i = 0; i < column->n_constraints; i++) {
        key = key || column->constraints[i].kind == MIG_CONSTRAINT_PRIMARY_KEY;
        unique = unique || column->constraints[i].kind == MIG_CONSTRAINT_UNIQUE;
        references = references || column->constraints[i].kind == MIG_CONSTRAINT_FOREIGN_KEY;
    }
    if (mig_table_column(table, column->name) != NULL)
        mig_work_refuse(work, "1", "duplicate column name: %s", column->name);
    else if (key)
        mig_work_refuse(work, "1", "Cannot add a PRIMARY KEY column");
    else if (unique)
        mig_work_refuse(work, "1", "Cannot add a UNIQUE column");
    else if (column->generated == MIG_GENERATED_STORED)
        mig_work_refuse(work, "1", "cannot add a STORED column");
    else if (references && keys_are_on(work) && column->default_value != NULL &&
             column->default_value->kind != MIG_EXPR_NULL)
        mig_work_refuse(work, "1", "Cannot add a REFERENCES column with non-NULL default value");
}

static void
add_column(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);
    bool tests = false;

    if (table == NULL || change->column == NULL)
        return;
    refuse_column(work, table, change->column);
    write_to(work, table);
    for (size_t i = 0; i < change->column->n_constraints; i++)
        tests = tests || change->column->constraints[i].kind == MIG_CONSTRAINT_CHECK;
    tests = tests || (change->column->not_null && change->column->generated != MIG_GENERATED_NO);
    /* Since 3.37 rows that are there are tested; what only the schema says isn't in any row. */
    if (tests && since(work, 37) && work->impact->refused == NULL)
        mig_work_scan(work, table);
}

static bool
in_constraint(const MigTable *table, const char *column, MigConstraintKind kind)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind == kind &&
            (mig_work_has_name(key->columns, key->n_columns, column) ||
             (key->expr != NULL && !key->of_column && mig_expr_mentions(key->expr, column))))
            return true;
    }
    return false;
}

static void
refuse_drop(MigWork *work, const MigTable *table, const char *name)
{
    bool indexed = false, generated = false;
    g_autoptr(GPtrArray) views = mig_work_views_of(work, table, name);

    for (guint i = 0; i < table->indexes->len; i++)
        indexed = indexed || mig_work_index_has(g_ptr_array_index(table->indexes, i), name);
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(table->columns, i);
        generated = generated ||
                    (other->generated_as != NULL && mig_expr_mentions(other->generated_as, name));
    }
    if (mig_table_column(table, name) == NULL && table->columns_known)
        mig_work_refuse(work, "1", "no such column: \"%s\"", name);
    else if (in_constraint(table, name, MIG_CONSTRAINT_PRIMARY_KEY))
        mig_work_refuse(work, "1", "cannot drop PRIMARY KEY column: \"%s\"", name);
    else if (in_constraint(table, name, MIG_CONSTRAINT_UNIQUE))
        mig_work_refuse(work, "1", "cannot drop UNIQUE column: \"%s\"", name);
    else if (indexed || generated || views->len > 0 ||
             in_constraint(table, name, MIG_CONSTRAINT_CHECK))
        mig_work_refuse(work, "1", "error in %s after drop column: no such column: %s",
                        indexed          ? "index"
                        : views->len > 0 ? "view"
                                         : "table",
                        name);
}

static void
drop_column(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);
    const MigTableColumn *column = NULL;

    if (table == NULL)
        return;
    if (!since(work, 35)) {
        mig_work_refuse(work, "1", "DROP COLUMN needs SQLite 3.35");
        return;
    }
    refuse_drop(work, table, change->name.name);
    write_to(work, table);
    column = mig_table_column(table, change->name.name);
    if (work->impact->refused != NULL ||
        (column != NULL && column->generated == MIG_GENERATED_VIRTUAL))
        return;
    mig_work_rewrite(work, table);
    mig_work_scan(work, table);
}

static void
read_relation(const MigName *name, gpointer data)
{
    MigWork *work = data;
    const MigTable *table = mig_work_table(work, name, true);

    if (table == NULL)
        return;
    mig_work_lock(work, table, MIG_LOCK_MODE_NONE);
    mig_work_scan(work, table);
}

static void
create_table(MigWork *work, const MigChange *change)
{
    if (mig_catalog_table(work->catalog, &change->table, NULL) == MIG_LOOKUP_FOUND) {
        if (!change->if_not_exists)
            mig_work_refuse(work, "1", "table %s already exists", change->table.name);
        return;
    }
    mig_work_makes(work, &change->table);
    if (change->create_table != NULL && change->create_table->query != NULL)
        mig_query_tables(change->create_table->query, read_relation, work);
}

/* With foreign keys on, the rows are deleted first, and those of children are looked for. */
static void
drop_table(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->if_exists);
    g_autoptr(GArray) keys = NULL;

    if (table == NULL)
        return;
    write_to(work, table);
    if (!keys_are_on(work))
        return;
    keys = mig_work_keys_to(work, table);
    for (guint i = 0; i < keys->len; i++) {
        const MigTable *child = g_array_index(keys, MigWorkKey, i).child;
        write_to(work, child);
        mig_work_scan(work, child);
        mig_work_scan(work, table);
    }
}

static void
write_table(MigWork *work, const MigChange *change, bool scans)
{
    const MigTable *table = mig_work_table(work, &change->table, change->if_exists);

    if (table == NULL)
        return;
    write_to(work, table);
    if (scans)
        mig_work_scan(work, table);
}

static void
drop_index(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    if (mig_catalog_index(work->catalog, &change->name, NULL, &table, &index) == MIG_LOOKUP_FOUND)
        write_to(work, table);
    else if (!change->if_exists && mig_catalog_complete(work->catalog))
        mig_work_refuse(work, "1", "no such index: %s", change->name.name);
}

static void
rewrite_all(MigWork *work)
{
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        if (!mig_work_has_rows(table))
            continue;
        write_to(work, table);
        mig_work_rewrite(work, table);
        mig_work_scan(work, table);
    }
}

static void
look_at(MigWork *work, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
        create_table(work, change);
        break;
    case MIG_CHANGE_DROP_TABLE:
        drop_table(work, change);
        break;
    case MIG_CHANGE_ADD_COLUMN:
        add_column(work, change);
        break;
    case MIG_CHANGE_DROP_COLUMN:
        drop_column(work, change);
        break;
    case MIG_CHANGE_CREATE_INDEX:
    case MIG_CHANGE_UPDATE:
    case MIG_CHANGE_DELETE:
    case MIG_CHANGE_ANALYZE:
    case MIG_CHANGE_SET_NOT_NULL:
    case MIG_CHANGE_ADD_CONSTRAINT:
        write_table(work, change, true);
        break;
    case MIG_CHANGE_DROP_INDEX:
        drop_index(work, change);
        break;
    case MIG_CHANGE_INSERT:
        write_table(work, change, false);
        if (change->query != NULL)
            mig_query_tables(change->query, read_relation, work);
        break;
    case MIG_CHANGE_RENAME_TABLE:
    case MIG_CHANGE_RENAME_COLUMN:
    case MIG_CHANGE_DROP_NOT_NULL:
    case MIG_CHANGE_DROP_CONSTRAINT:
    case MIG_CHANGE_CREATE_TRIGGER:
        write_table(work, change, false);
        break;
    case MIG_CHANGE_SELECT:
        if (change->query != NULL)
            mig_query_tables(change->query, read_relation, work);
        break;
    case MIG_CHANGE_VACUUM:
        rewrite_all(work);
        break;
    default:
        break;
    }
}

void
mig_sqlite_impact(MigWork *work)
{
    const MigChanges *changes = work->changes;
    MigImpact *impact = work->impact;

    for (size_t i = 0; i < changes->n_changes; i++) {
        if (!changes->changes[i].in_body)
            look_at(work, &changes->changes[i]);
    }
    if (impact->refused != NULL) {
        g_array_set_size(impact->rewrites, 0);
        g_array_set_size(impact->scans, 0);
    }
    impact->brief = impact->rewrites->len == 0 && impact->scans->len == 0;
}

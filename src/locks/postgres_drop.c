/* SPDX-License-Identifier: MIT */
/* DROP on PostgreSQL: what goes along, what stands in the way, and what else is locked for it. */
#include <string.h>

#include "locks/postgres.h"

/* Marks in `gone` a table that this statement drops or empties as a whole. */
static bool
goes_too(const MigWork *work, const MigTable *table)
{
    return mig_work_dropped(work, table, "*");
}

/* What keeps a relation from being dropped alone; %NULL: nothing. */
static const char *
find_dependent(MigWork *work, const MigTable *table)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);
    g_autoptr(GPtrArray) views = mig_work_views_of(work, table, NULL);

    for (guint i = 0; i < keys->len; i++) {
        const MigTable *child = g_array_index(keys, MigWorkKey, i).child;
        if (child != table && !goes_too(work, child))
            return child->name;
    }
    for (guint i = 0; i < views->len; i++) {
        const MigTable *view = g_ptr_array_index(views, i);
        if (!goes_too(work, view))
            return view->name;
    }
    for (guint i = 0; i < table->children->len; i++) {
        const MigTable *child = g_ptr_array_index(table->children, i);
        if (!child->is_partition && !goes_too(work, child))
            return child->name;
    }
    return NULL;
}

static void
lock_views(MigWork *work, const MigTable *table, const char *column)
{
    g_autoptr(GPtrArray) views = mig_work_views_of(work, table, column);

    for (guint i = 0; i < views->len; i++) {
        const MigTable *view = g_ptr_array_index(views, i);
        mig_work_lock(work, view, AX);
        mig_work_lock_indexes(work, view, AX);
    }
}

static void
lock_keys(MigWork *work, const MigTable *table)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    for (guint i = 0; i < keys->len; i++)
        mig_work_lock(work, g_array_index(keys, MigWorkKey, i).child, AX);
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        const MigTable *parent =
            key->kind == MIG_CONSTRAINT_FOREIGN_KEY ? mig_postgres_parent(work, key) : NULL;
        if (parent != NULL)
            mig_work_lock(work, parent, AX);
    }
}

/* A partition's rows may belong to the default one from now on, and the other way round. */
static void
lock_parents(MigWork *work, const MigTable *table)
{
    for (guint i = 0; table->is_partition && i < table->parents->len; i++) {
        const MigTable *parent = g_ptr_array_index(table->parents, i);
        const MigTable *rest = mig_table_default_partition(parent);
        mig_work_lock(work, parent, AX);
        if (rest != NULL && rest != table)
            mig_work_lock(work, rest, AX);
    }
}

void
mig_postgres_drop_relation(MigWork *work, const MigTable *table, bool cascade)
{
    g_autoptr(GPtrArray) tables = mig_work_tree(table, false);
    const char *dependent = cascade ? NULL : find_dependent(work, table);

    mig_work_lock(work, table, AX);
    if (dependent != NULL) {
        mig_work_refuse(work, "2BP01",
                        "cannot drop %s because other objects depend on it: %s needs it",
                        table->name, dependent);
        return;
    }
    lock_parents(work, table);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        mig_work_lock(work, part, AX);
        mig_work_lock_indexes(work, part, AX);
        lock_keys(work, part);
        lock_views(work, part, NULL);
    }
}

void
mig_postgres_drop_table(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->if_exists);

    if (table != NULL)
        mig_postgres_drop_relation(work, table, change->cascade);
}

void
mig_postgres_drop_view(MigWork *work, const MigChange *change)
{
    mig_postgres_drop_table(work, change);
}

void
mig_postgres_drop_schema(MigWork *work, const char *schema, bool cascade)
{
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        if (!g_str_equal(table->schema, schema))
            continue;
        if (!cascade) {
            mig_work_refuse(work, "2BP01",
                            "cannot drop schema %s because other objects depend on it", schema);
            return;
        }
        mig_postgres_drop_relation(work, table, true);
    }
}

static bool
refuse_drop(MigWork *work, const MigTable *table, const char *column, const char *what)
{
    mig_work_refuse(work, "2BP01",
                    "cannot drop column %s of table %s because other objects depend on it: %s",
                    column, table->name, what);
    return true;
}

/* What hangs on the column and isn't dropped without CASCADE. */
static bool
is_needed(MigWork *work, const MigTable *table, const char *column)
{
    g_autoptr(GPtrArray) views = mig_work_views_of(work, table, column);
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    if (views->len > 0)
        return refuse_drop(work, table, column,
                           ((const MigTable *)g_ptr_array_index(views, 0))->name);
    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *key = &g_array_index(keys, MigWorkKey, i);
        if (mig_work_has_name(key->key->ref_columns, key->key->n_ref_columns, column) &&
            !(key->child == table &&
              mig_work_has_name(key->key->columns, key->key->n_columns, column)))
            return refuse_drop(work, table, column, key->key->name);
    }
    /* Before 15 a generated column went along with what it is made of. */
    for (guint i = 0; work->major >= 15 && i < table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(table->columns, i);
        if (other->generated_as != NULL && mig_expr_mentions(other->generated_as, column) &&
            !mig_work_dropped(work, table, other->name))
            return refuse_drop(work, table, column, other->name);
    }
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);
        if (mig_work_has_name(trigger->columns, trigger->n_columns, column))
            return refuse_drop(work, table, column, trigger->name);
    }
    for (guint i = 0; i < table->policies->len; i++) {
        const MigTablePolicy *policy = g_ptr_array_index(table->policies, i);
        if ((policy->using_expr != NULL && mig_expr_mentions(policy->using_expr, column)) ||
            (policy->check != NULL && mig_expr_mentions(policy->check, column)))
            return refuse_drop(work, table, column, policy->name);
    }
    return false;
}

void
mig_postgres_drop_column_of(MigWork *work, const MigTable *table, const char *column, bool cascade)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    mig_work_lock(work, table, AX);
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        if (mig_work_index_has(index, column))
            mig_work_lock_index(work, table, index, AX);
    }
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        const MigTable *parent = NULL;
        if (key->kind == MIG_CONSTRAINT_FOREIGN_KEY &&
            mig_work_has_name(key->columns, key->n_columns, column))
            parent = mig_postgres_parent(work, key);
        if (parent != NULL)
            mig_work_lock(work, parent, AX);
    }
    if (!cascade)
        return;
    lock_views(work, table, column);
    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *key = &g_array_index(keys, MigWorkKey, i);
        if (mig_work_has_name(key->key->ref_columns, key->key->n_ref_columns, column))
            mig_work_lock(work, key->child, AX);
    }
}

void
mig_postgres_drop_column(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_postgres_target(work, change);
    const char *name = change->name.name;
    const MigTableColumn *column = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return;
    tables = mig_work_tree(table, change->only);
    column = mig_table_column(table, name);
    if (column == NULL && table->columns_known) {
        if (!change->if_exists)
            mig_work_refuse(work, "42703", "column \"%s\" of relation \"%s\" does not exist", name,
                            table->name);
        return;
    }
    if (column != NULL && column->inherited) {
        mig_work_refuse(work, "42P16", "cannot drop inherited column \"%s\"", name);
        return;
    }
    if (table->of_type != NULL) {
        mig_work_refuse(work, "42809", "cannot drop column from typed table");
        return;
    }
    if (mig_postgres_is_key_column(table, name)) {
        mig_work_refuse(work, "42P16",
                        "cannot drop column \"%s\" because it is part of the partition key of "
                        "relation \"%s\"",
                        name, table->name);
        return;
    }
    if (!change->cascade && is_needed(work, table, name))
        return;
    for (guint i = 0; i < tables->len; i++)
        mig_postgres_drop_column_of(work, g_ptr_array_index(tables, i), name, change->cascade);
}

/* A key that others reference goes with CASCADE only, and then their foreign keys go too. */
static bool
release_references(MigWork *work, const MigChange *change, const MigTable *table,
                   const MigTableConstraint *dropped)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *key = &g_array_index(keys, MigWorkKey, i);
        bool same = key->key->n_ref_columns == dropped->n_columns;
        for (size_t j = 0; same && j < dropped->n_columns; j++)
            same = mig_work_has_name(key->key->ref_columns, key->key->n_ref_columns,
                                     dropped->columns[j]);
        if (!same || mig_work_dropped(work, key->child, key->key->name))
            continue;
        if (!change->cascade) {
            mig_work_refuse(work, "2BP01",
                            "cannot drop constraint %s on table %s because other objects depend "
                            "on it: %s needs it",
                            dropped->name, table->name, key->key->name);
            return false;
        }
        mig_work_lock(work, key->child, AX);
    }
    return true;
}

static bool
has_not_null(const MigTable *table, const char *name)
{
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (g_strcmp0(column->not_null_name, name) == 0)
            return true;
    }
    return false;
}

static void
drop_constraint_of(MigWork *work, const MigTable *table, const MigTableConstraint *dropped)
{
    const MigTable *parent = NULL;
    const MigTableIndex *index = mig_work_index_of(table, dropped);

    mig_work_lock(work, table, AX);
    if (index != NULL)
        mig_work_lock_index(work, table, index, AX);
    if (dropped->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        parent = mig_postgres_parent(work, dropped);
    if (parent != NULL) {
        g_autoptr(GPtrArray) parents =
            mig_work_tree(parent, parent->kind != MIG_RELATION_PARTITIONED);
        mig_postgres_lock_all(work, parents, AX);
        mig_work_because(work, "the triggers of a foreign key are on both tables");
    }
}

void
mig_postgres_drop_constraint(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_postgres_target(work, change);
    const MigTableConstraint *dropped = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return;
    dropped = mig_table_constraint(table, change->name.name);
    if (dropped == NULL) {
        bool not_null = work->major >= 18 && has_not_null(table, change->name.name);
        tables = mig_work_tree(table, change->only || !not_null);
        mig_postgres_lock_all(work, tables, AX);
        if (!not_null && !change->if_exists && table->columns_known && !table->assumed)
            mig_work_refuse(work, "42704", "constraint \"%s\" of relation \"%s\" does not exist",
                            change->name.name, table->name);
        return;
    }
    if (dropped->inherited && table->parents->len > 0) {
        mig_work_refuse(work, "42P16", "cannot drop inherited constraint \"%s\" of relation \"%s\"",
                        dropped->name, table->name);
        return;
    }
    if (mig_work_index_of(table, dropped) != NULL &&
        !release_references(work, change, table, dropped))
        return;
    drop_constraint_of(work, table, dropped);
    tables = mig_work_tree(table, change->only || dropped->no_inherit ||
                                      (dropped->kind != MIG_CONSTRAINT_CHECK &&
                                       table->kind != MIG_RELATION_PARTITIONED));
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        mig_work_lock(work, part, AX);
        for (guint j = 0; part != table && j < part->indexes->len; j++) {
            const MigTableIndex *index = g_ptr_array_index(part->indexes, j);
            if (index->parent != NULL && g_str_has_suffix(index->parent, dropped->name))
                mig_work_lock_index(work, part, index, AX);
        }
    }
}

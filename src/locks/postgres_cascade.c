/* SPDX-License-Identifier: MIT */
/* Foreign keys that data statements on PostgreSQL set off: parents and children are looked up. */
#include <string.h>

#include "locks/postgres.h"

enum { MAX_CASCADE_DEPTH = 20 };

/* A foreign key's lookup is a query, which looks at all indexes of what it reads. */
static void
look_up(MigWork *work, const MigTable *table, MigLockMode mode)
{
    g_autoptr(GPtrArray) tables = mig_work_tree(table, table->kind != MIG_RELATION_PARTITIONED);

    for (guint i = 0; i < tables->len; i++)
        mig_postgres_read_table(work, g_ptr_array_index(tables, i), mode);
}

static bool
has_leading_index(const MigTable *table, const MigTableConstraint *key)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        if (index->n_parts > 0 && index->where == NULL && index->parts[0].column != NULL &&
            mig_work_has_name(key->columns, key->n_columns, index->parts[0].column))
            return true;
    }
    return false;
}

static bool
writes_children(MigReferentialAction action)
{
    return action == MIG_ACTION_CASCADE || action == MIG_ACTION_SET_NULL ||
           action == MIG_ACTION_SET_DEFAULT;
}

static void
leave_child(MigWork *work, const MigWorkKey *key, const MigChange *change, unsigned depth)
{
    bool deletes = change == NULL || change->kind == MIG_CHANGE_DELETE;
    MigReferentialAction action = deletes ? key->key->on_delete : key->key->on_update;
    g_autoptr(GPtrArray) tables =
        mig_work_tree(key->child, key->child->kind != MIG_RELATION_PARTITIONED);

    look_up(work, key->child, writes_children(action) ? RX : RS);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        if (has_leading_index(part, key->key))
            continue;
        mig_work_scan(work, part);
        mig_work_because(work, "%s has no index on the columns of %s: each lookup reads all of it",
                         part->name, key->key->name);
    }
    /* Each table once: foreign keys may go round in circles. */
    if (!deletes || action != MIG_ACTION_CASCADE || depth >= MAX_CASCADE_DEPTH ||
        mig_work_dropped(work, key->child, "rows"))
        return;
    mig_work_drops(work, key->child, "rows");
    mig_postgres_leave_children(work, key->child, NULL, depth + 1);
}

/* Rows that reference what is deleted or gets another key are looked for. @change %NULL: deleted. */
void
mig_postgres_leave_children(MigWork *work, const MigTable *table, const MigChange *change,
                            unsigned depth)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *key = &g_array_index(keys, MigWorkKey, i);
        bool touched = change == NULL || change->kind == MIG_CHANGE_DELETE;

        for (size_t j = 0; !touched && j < change->n_items; j++)
            touched = mig_work_has_name(key->key->ref_columns, key->key->n_ref_columns,
                                        change->items[j].column);
        if (touched && key->key->enforced && (depth == 0 || key->child != table))
            leave_child(work, key, change, depth);
    }
}

static bool
is_empty(const MigExpr *value)
{
    return value == NULL || value->kind == MIG_EXPR_NULL;
}

static const MigExpr *
default_of(const MigTable *table, const char *column)
{
    const MigTableColumn *known = mig_table_column(table, column);

    return known != NULL ? known->default_value : NULL;
}

/* Whether INSERT gives the column a value in any row. */
static bool
gives_value(const MigChange *change, const MigTable *table, const char *column)
{
    const MigQuery *query = change->query;
    size_t place = 0;

    if (query == NULL)
        return !is_empty(default_of(table, column));
    if (change->n_columns > 0) {
        while (place < change->n_columns && g_strcmp0(change->columns[place], column) != 0)
            place++;
        if (place == change->n_columns)
            return !is_empty(default_of(table, column));
    } else {
        while (place < table->columns->len &&
               g_strcmp0(((const MigTableColumn *)g_ptr_array_index(table->columns, place))->name,
                         column) != 0)
            place++;
    }
    if (query->n_values == 0)
        return true;
    for (size_t i = 0; i < query->n_values; i++) {
        const MigExpr *row = query->values[i];
        const MigExpr *value = place < row->n_args ? row->args[place] : NULL;
        if (value != NULL && value->kind == MIG_EXPR_DEFAULT)
            value = default_of(table, column);
        if (!is_empty(value))
            return true;
    }
    return false;
}

void
mig_postgres_look_up_parents(MigWork *work, const MigTable *table, const MigChange *change)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        const MigTable *parent = NULL;
        bool touched = key->kind == MIG_CONSTRAINT_FOREIGN_KEY && key->enforced;

        if (!touched)
            continue;
        if (change->kind == MIG_CHANGE_UPDATE) {
            touched = false;
            for (size_t j = 0; !touched && j < change->n_items; j++)
                touched =
                    mig_work_has_name(key->columns, key->n_columns, change->items[j].column) &&
                    !is_empty(change->items[j].value);
        } else if (change->kind == MIG_CHANGE_INSERT) {
            for (size_t j = 0; touched && j < key->n_columns; j++)
                touched = gives_value(change, table, key->columns[j]);
        }
        parent = touched ? mig_postgres_parent(work, key) : NULL;
        if (parent != NULL)
            look_up(work, parent, RS);
    }
}

/* SPDX-License-Identifier: MIT */
/* Foreign keys on PostgreSQL: both sides are locked, and where rows are compared both are read. */
#include <string.h>

#include "locks/postgres.h"

const MigTable *
mig_postgres_parent(MigWork *work, const MigTableConstraint *key)
{
    if (key->ref_table == NULL)
        return NULL;
    return mig_work_named(work, key->ref_schema, key->ref_table, true);
}

/* The query that compares them is planned, which looks at all indexes of what it reads. */
void
mig_postgres_check_key(MigWork *work, const MigTable *child, const MigTable *parent)
{
    const MigTable *const sides[] = {child, parent};

    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autoptr(GPtrArray) tables = NULL;
        if (sides[i] == NULL)
            continue;
        tables = mig_work_tree(sides[i], sides[i]->kind != MIG_RELATION_PARTITIONED);
        for (guint j = 0; j < tables->len; j++) {
            mig_postgres_read_table(work, g_ptr_array_index(tables, j), AS);
            mig_work_scan(work, g_ptr_array_index(tables, j));
        }
    }
}

static bool
covers(const MigTableIndex *index, const char *const *columns, size_t n)
{
    if (!index->unique || index->where != NULL || index->n_parts != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        for (size_t j = 0; j < index->n_parts; j++)
            found = found || g_strcmp0(index->parts[j].column, columns[i]) == 0;
        if (!found)
            return false;
    }
    return true;
}

/* The index that a foreign key rests upon; %NULL: none, or it isn't known. */
static const MigTableIndex *
referenced_index(const MigTable *parent, const MigConstraint *key)
{
    const MigTableConstraint *primary = mig_table_primary_key(parent);

    if (key->n_ref_columns == 0)
        return primary != NULL ? mig_work_index_of(parent, primary) : NULL;
    for (guint i = 0; i < parent->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(parent->indexes, i);
        if (covers(index, key->ref_columns, key->n_ref_columns))
            return index;
    }
    return NULL;
}

static void
check_target(MigWork *work, const MigTable *parent, const MigConstraint *key,
             const MigTableIndex *index)
{
    if (index != NULL || !parent->columns_known || parent->assumed || key->without_overlaps)
        return;
    for (size_t i = 0; i < key->n_ref_columns; i++) {
        if (mig_table_column(parent, key->ref_columns[i]) == NULL) {
            mig_work_refuse(work, "42703",
                            "column \"%s\" referenced in foreign key constraint does not exist",
                            key->ref_columns[i]);
            return;
        }
    }
    if (key->n_ref_columns == 0)
        mig_work_refuse(work, "42704", "there is no primary key for referenced table \"%s\"",
                        parent->name);
    else
        mig_work_refuse(work, "42830",
                        "there is no unique constraint matching given keys for referenced table "
                        "\"%s\"",
                        parent->name);
}

/* Since 15.20 what a new object depends on is locked against being dropped meanwhile; other major
 * versions have been seen not to. */
static bool
locks_dependencies(const MigWork *work)
{
    return work->major == 15 && (work->version == 150000 || work->version >= 150020);
}

void
mig_postgres_add_key(MigWork *work, const MigTable *child, const MigConstraint *key, bool validate)
{
    const MigTable *parent = mig_work_table(work, &key->references, false);
    const MigTableIndex *index = NULL;
    g_autoptr(GPtrArray) parents = NULL;

    if (parent == NULL)
        return;
    index = referenced_index(parent, key);
    mig_work_lock(work, parent, SRX);
    check_target(work, parent, key, index);
    if (work->impact->refused != NULL)
        return;
    parents = mig_work_tree(parent, parent->kind != MIG_RELATION_PARTITIONED);
    mig_postgres_lock_all(work, parents, SRX);
    if (index != NULL && locks_dependencies(work))
        mig_work_lock_index(work, parent, index, AS);
    if (validate && child != NULL) {
        mig_postgres_check_key(work, child, parent);
        mig_work_because(work, "every row of %s is looked up in %s", child->name, parent->name);
    }
}

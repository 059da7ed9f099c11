/* SPDX-License-Identifier: MIT */
/* Indexes on PostgreSQL: built, dropped, renamed, attached, rebuilt. */
#include <string.h>

#include "locks/postgres.h"

static bool
same_method(const char *a, const char *b)
{
    return g_strcmp0(a != NULL ? a : "btree", b != NULL ? b : "btree") == 0;
}

const MigTableIndex *
mig_postgres_matching_index(const MigTable *table, const MigKeyPart *parts, size_t n_parts,
                            bool unique, const char *method)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        bool same = index->n_parts == n_parts && index->unique == unique && index->parent == NULL &&
                    index->where == NULL && index->valid && same_method(index->method, method);

        for (size_t j = 0; same && j < n_parts; j++) {
            const MigKeyPart *a = &index->parts[j], *b = &parts[j];
            same = a->column != NULL && g_strcmp0(a->column, b->column) == 0 &&
                   a->descending == b->descending && g_strcmp0(a->opclass, b->opclass) == 0 &&
                   g_strcmp0(a->collation, b->collation) == 0;
        }
        if (same)
            return index;
    }
    return NULL;
}

const MigTable *
mig_postgres_index_of(MigWork *work, const MigName *name, bool if_exists,
                      const MigTableIndex **out_index)
{
    const MigTable *table = NULL;

    *out_index = NULL;
    if (name->name == NULL)
        return NULL;
    switch (mig_catalog_index(work->catalog, name, NULL, &table, out_index)) {
    case MIG_LOOKUP_FOUND:
        return table;
    case MIG_LOOKUP_ABSENT:
        if (!if_exists)
            mig_work_refuse(work, "42704", "index \"%s\" does not exist", name->name);
        return NULL;
    case MIG_LOOKUP_UNKNOWN:
        break;
    }
    return NULL;
}

/* An index that no migration made has a lock, but its table can't be named. */
static void
lock_unknown(MigWork *work, const MigName *name, MigLockMode mode)
{
    if (name->name == NULL || work->impact->refused != NULL)
        return;
    mig_work_lock_other(work, name->schema, name->name, true, false, mode);
    mig_work_because(work, "the index %s isn't known from the migrations, nor which table has it",
                     name->name);
}

static bool
name_is_taken(MigWork *work, const MigTable *table, const char *name)
{
    const MigName whole = {.schema = table->schema, .name = name};

    if (name == NULL)
        return false;
    return mig_catalog_index(work->catalog, &whole, NULL, NULL, NULL) == MIG_LOOKUP_FOUND ||
           mig_catalog_table(work->catalog, &whole, NULL) == MIG_LOOKUP_FOUND;
}

void
mig_postgres_create_index(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, false);
    const MigIndex *made = change->index;
    const char *name = change->name.name;
    MigLockMode mode = change->concurrently ? SUX : S;
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL || made == NULL)
        return;
    if (name == NULL)
        name = made->name.name;
    mig_work_lock(work, table, mode);
    if (table->kind == MIG_RELATION_PARTITIONED && change->concurrently) {
        mig_work_refuse(work, "0A000",
                        "cannot create index on partitioned table \"%s\" concurrently",
                        table->name);
        return;
    }
    if (table->kind == MIG_RELATION_VIEW) {
        mig_work_refuse(work, "42809", "\"%s\" is not a table or materialized view", table->name);
        return;
    }
    if (name_is_taken(work, table, name)) {
        if (!change->if_not_exists)
            mig_work_refuse(work, "42P07", "relation \"%s\" already exists", name);
        return;
    }
    work->impact->waits_for_others = change->concurrently;
    tables = mig_work_tree(table, change->only || table->kind != MIG_RELATION_PARTITIONED);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        const MigTableIndex *same = NULL;
        mig_work_lock(work, part, mode);
        if (part != table && made->where == NULL)
            same = mig_postgres_matching_index(part, made->parts, made->n_parts, made->unique,
                                               made->method);
        if (same != NULL)
            mig_work_lock_index(work, part, same, S);
        else
            mig_work_scan(work, part);
    }
    mig_work_because(work, change->concurrently
                               ? "the table is read twice, and open transactions are waited for"
                               : "writes wait until the whole index is built");
}

static size_t
count_drops(const MigWork *work)
{
    size_t n = 0;

    for (size_t i = 0; i < work->changes->n_changes; i++)
        n += work->changes->changes[i].kind == MIG_CHANGE_DROP_INDEX;
    return n;
}

static bool
is_refused(MigWork *work, const MigChange *change, const MigTable *table,
           const MigTableIndex *index)
{
    if (change->concurrently && table->kind == MIG_RELATION_PARTITIONED) {
        mig_work_refuse(work, "0A000", "cannot drop partitioned index \"%s\" concurrently",
                        index->name);
        return true;
    }
    if (index->constraint != NULL) {
        mig_work_refuse(work, "2BP01",
                        "cannot drop index %s because constraint %s on table %s requires it",
                        index->name, index->constraint, table->name);
        return true;
    }
    if (index->parent != NULL) {
        mig_work_refuse(work, "2BP01", "cannot drop index %s because index %s requires it",
                        index->name, index->parent);
        return true;
    }
    return false;
}

void
mig_postgres_drop_index(MigWork *work, const MigChange *change)
{
    const MigTableIndex *index = NULL;
    const MigTable *table = NULL;
    MigLockMode mode = change->concurrently ? SUX : AX;
    g_autoptr(GPtrArray) tables = NULL;

    if (change->concurrently && count_drops(work) > 1) {
        mig_work_refuse(work, "0A000",
                        "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
        return;
    }
    if (change->concurrently && change->cascade) {
        mig_work_refuse(work, "0A000", "DROP INDEX CONCURRENTLY does not support CASCADE");
        return;
    }
    table = mig_postgres_index_of(work, &change->name, change->if_exists, &index);
    if (table == NULL) {
        if (!change->if_exists)
            lock_unknown(work, &change->name, mode);
        return;
    }
    mig_work_lock(work, table, mode);
    if (is_refused(work, change, table, index))
        return;
    /* The strongest lock comes only when nobody uses the index any more. */
    mig_work_lock_index(work, table, index, mode);
    work->impact->waits_for_others = change->concurrently;
    tables = mig_work_tree(table, table->kind != MIG_RELATION_PARTITIONED);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        for (guint j = 0; part != table && j < part->indexes->len; j++) {
            const MigTableIndex *child = g_ptr_array_index(part->indexes, j);
            if (child->parent == NULL || !g_str_has_suffix(child->parent, index->name))
                continue;
            mig_work_lock(work, part, AX);
            mig_work_lock_index(work, part, child, AX);
        }
    }
}

void
mig_postgres_rename_index(MigWork *work, const MigChange *change)
{
    const MigTableIndex *index = NULL;
    const MigTable *table = mig_postgres_index_of(work, &change->name, change->if_exists, &index);
    MigLockMode mode = work->major >= 12 ? SUX : AX;

    if (table != NULL)
        mig_work_lock_index(work, table, index, mode);
    else if (!change->if_exists)
        lock_unknown(work, &change->name, mode);
}

/* PostgreSQL 18, "CREATE INDEX", Index Storage Parameters: these can't change under a reader. */
static bool
is_strong_option(const char *name)
{
    static const char *const strong[] = {"fastupdate", "gin_pending_list_limit", "buffering",
                                         "pages_per_range", "autosummarize"};

    return mig_work_has_name(strong, G_N_ELEMENTS(strong), name);
}

void
mig_postgres_index_options(MigWork *work, const MigChange *change)
{
    const MigTableIndex *index = NULL;
    const MigTable *table = mig_postgres_index_of(work, &change->name, change->if_exists, &index);
    MigLockMode mode = SUX;

    for (size_t i = 0; i < change->n_options; i++) {
        if (is_strong_option(change->options[i].name))
            mode = AX;
    }
    if (table != NULL)
        mig_work_lock_index(work, table, index, mode);
    else if (!change->if_exists)
        lock_unknown(work, &change->name, mode);
}

void
mig_postgres_attach_index(MigWork *work, const MigChange *change)
{
    const MigTableIndex *parent = NULL, *child = NULL;
    const MigTable *table = mig_postgres_index_of(work, &change->name, false, &parent);
    const MigTable *part = mig_postgres_index_of(work, &change->to, false, &child);

    if (table != NULL) {
        mig_work_lock(work, table, AS);
        mig_work_lock_index(work, table, parent, work->major >= 12 ? SUX : AX);
    }
    if (part != NULL) {
        mig_work_lock(work, part, AS);
        mig_work_lock_index(work, part, child, AX);
    }
}

static void
reindex_one(MigWork *work, const MigTable *table, const MigTableIndex *index, bool concurrently)
{
    mig_work_lock(work, table, concurrently ? SUX : S);
    mig_work_lock_index(work, table, index, concurrently ? SUX : AX);
    mig_work_rebuild(work, table, index);
    mig_work_scan(work, table);
}

static void
reindex_table(MigWork *work, const MigTable *table, bool concurrently)
{
    g_autoptr(GPtrArray) tables = mig_work_tree(table, table->kind != MIG_RELATION_PARTITIONED);

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        mig_work_lock(work, part, concurrently ? SUX : S);
        for (guint j = 0; mig_work_has_rows(part) && j < part->indexes->len; j++)
            reindex_one(work, part, g_ptr_array_index(part->indexes, j), concurrently);
        if (part->assumed)
            mig_work_scan(work, part);
    }
}

static void
reindex_index(MigWork *work, const MigChange *change)
{
    const MigTableIndex *index = NULL;
    const MigTable *table = mig_postgres_index_of(work, &change->name, false, &index);
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL) {
        lock_unknown(work, &change->name, change->concurrently ? SUX : AX);
        return;
    }
    if (table->kind != MIG_RELATION_PARTITIONED) {
        reindex_one(work, table, index, change->concurrently);
        return;
    }
    if (work->major < 14) {
        mig_work_refuse(work, "0A000", "REINDEX is not yet implemented for partitioned indexes");
        return;
    }
    tables = mig_work_tree(table, false);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        for (guint j = 0; part != table && j < part->indexes->len; j++) {
            const MigTableIndex *child = g_ptr_array_index(part->indexes, j);
            if (child->parent != NULL && g_str_has_suffix(child->parent, index->name))
                reindex_one(work, part, child, change->concurrently);
        }
    }
}

void
mig_postgres_reindex(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (change->concurrently && work->major < 12) {
        mig_work_refuse(work, "42601", "REINDEX CONCURRENTLY needs PostgreSQL 12");
        return;
    }
    work->impact->waits_for_others = change->concurrently;
    if (change->object_type == MIG_TYPE_OF_INDEX) {
        reindex_index(work, change);
        return;
    }
    if (change->object_type == MIG_TYPE_OF_TABLE) {
        table = mig_work_table(work, &change->table, false);
        if (table != NULL)
            reindex_table(work, table, change->concurrently);
        return;
    }
    if (change->object_type != MIG_TYPE_OF_SCHEMA && change->object_type != MIG_TYPE_OF_DATABASE)
        return;
    /* One table after the other, each in a transaction of its own. */
    tables = mig_work_all_tables(work);
    for (guint i = 0; i < tables->len; i++) {
        table = g_ptr_array_index(tables, i);
        if (mig_work_has_rows(table) && (change->object_type == MIG_TYPE_OF_DATABASE ||
                                         g_strcmp0(table->schema, change->name.name) == 0))
            reindex_table(work, table, change->concurrently);
    }
}

void
mig_postgres_cluster_on(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_postgres_target(work, change);
    const MigTableIndex *index = NULL;

    if (table == NULL || change->to.name == NULL)
        return;
    index = mig_table_index(table, change->to.name);
    if (index != NULL)
        mig_work_lock_index(work, table, index, mig_postgres_level(work, change));
    else if (table->columns_known && !table->assumed)
        mig_work_refuse(work, "42704", "index \"%s\" for table \"%s\" does not exist",
                        change->to.name, table->name);
}

/* SPDX-License-Identifier: MIT */
/* What every engine's part adds to an impact: locks, rewrites, scans, refusals. */
#include "locks/work.h"

#include <string.h>

/* Names hold no newline that matters here: a key only has to tell relations apart. */
static char *
make_key(const char *schema, const char *name, const char *part)
{
    return g_strjoin("\n", schema != NULL ? schema : "", name != NULL ? name : "", part, NULL);
}

static void
free_stand_in(gpointer data)
{
    MigTable *table = data;
    GPtrArray *const arrays[] = {
        table->columns, table->constraints, table->indexes,  table->triggers,   table->policies,
        table->rules,   table->parents,     table->children, table->depends_on,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_ptr_array_unref(arrays[i]);
    g_hash_table_unref(table->options);
    g_free(table);
}

static MigTable *
make_stand_in(MigWork *work, const char *schema, const char *name)
{
    MigTable *table = g_new0(MigTable, 1);
    GPtrArray **const arrays[] = {
        &table->columns,  &table->constraints, &table->indexes,
        &table->triggers, &table->policies,    &table->rules,
        &table->parents,  &table->children,    &table->depends_on,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        *arrays[i] = g_ptr_array_new();
    table->options = g_hash_table_new(g_str_hash, g_str_equal);
    table->schema = schema != NULL ? g_string_chunk_insert(work->impact->strings, schema) : "";
    table->name = g_string_chunk_insert(work->impact->strings, name);
    table->replica_identity = 'd';
    table->assumed = true;
    g_ptr_array_add(work->stand_ins, table);
    return table;
}

void
mig_work_init(MigWork *work, MigImpact *impact, const MigChanges *changes,
              const MigCatalog *catalog, MigMoment now)
{
    int version = mig_catalog_version(catalog);

    *work = (MigWork){
        .impact = impact,
        .changes = changes,
        .catalog = catalog,
        .now = now,
        .engine = mig_catalog_engine(catalog),
        .version = version != 0 ? version : G_MAXINT,
        .major = version != 0 ? version / 10000 : G_MAXINT,
        .at = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .owners = g_ptr_array_new(),
        .made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .stand_ins = g_ptr_array_new_with_free_func(free_stand_in),
    };
}

void
mig_work_clear(MigWork *work)
{
    g_clear_pointer(&work->at, g_hash_table_unref);
    g_clear_pointer(&work->owners, g_ptr_array_unref);
    g_clear_pointer(&work->made, g_hash_table_unref);
    g_clear_pointer(&work->gone, g_hash_table_unref);
    g_clear_pointer(&work->stand_ins, g_ptr_array_unref);
}

static const MigTable *
find_stand_in(MigWork *work, const char *schema, const char *name)
{
    for (guint i = 0; i < work->stand_ins->len; i++) {
        const MigTable *table = g_ptr_array_index(work->stand_ins, i);
        if (g_str_equal(table->name, name) &&
            g_str_equal(table->schema, schema != NULL ? schema : ""))
            return table;
    }
    return make_stand_in(work, schema, name);
}

static bool
is_made(const MigWork *work, const MigName *name)
{
    g_autofree char *bare = make_key(NULL, name->name, NULL);
    g_autofree char *key = make_key(name->schema, name->name, NULL);

    return g_hash_table_contains(work->made, key) || g_hash_table_contains(work->made, bare);
}

const MigTable *
mig_work_table(MigWork *work, const MigName *name, bool if_exists)
{
    const MigTable *table = NULL;

    if (name->name == NULL || is_made(work, name))
        return NULL;
    switch (mig_catalog_table(work->catalog, name, &table)) {
    case MIG_LOOKUP_FOUND:
        return table;
    case MIG_LOOKUP_ABSENT:
        /* A sequence is read like a table, and nobody waits for its one row. */
        if (if_exists || mig_catalog_sequence(work->catalog, name, NULL) == MIG_LOOKUP_FOUND)
            return NULL;
        /* What an earlier action or an unread branch has made can't be known to be missing. */
        if (!work->uncertain) {
            if (work->engine == MIG_ENGINE_POSTGRES)
                mig_work_refuse(work, "42P01", "relation \"%s\" does not exist", name->name);
            else if (work->engine != MIG_ENGINE_SQLITE)
                mig_work_refuse(work, "1146", "Table '%s' doesn't exist", name->name);
            else
                mig_work_refuse(work, "1", "no such table: %s", name->name);
            return NULL;
        }
        break;
    case MIG_LOOKUP_UNKNOWN:
        break;
    }
    mig_work_because(work, "%s isn't known from the migrations: it is taken to be full of rows",
                     name->name);
    return find_stand_in(work, name->schema, name->name);
}

const MigTable *
mig_work_named(MigWork *work, const char *schema, const char *name, bool if_exists)
{
    const MigName whole = {.schema = schema, .name = name};

    return mig_work_table(work, &whole, if_exists);
}

void
mig_work_makes(MigWork *work, const MigName *name)
{
    if (name->name != NULL)
        g_hash_table_add(work->made, make_key(name->schema, name->name, NULL));
}

void
mig_work_drops(MigWork *work, const MigTable *table, const char *part)
{
    if (part != NULL)
        g_hash_table_add(work->gone, make_key(table->schema, table->name, part));
}

bool
mig_work_dropped(const MigWork *work, const MigTable *table, const char *part)
{
    g_autofree char *key = NULL;

    if (part == NULL)
        return false;
    key = make_key(table->schema, table->name, part);
    return g_hash_table_contains(work->gone, key);
}

bool
mig_work_made_here(const MigWork *work, MigMoment made)
{
    return made.migration != 0 && made.migration == work->now.migration;
}

MigRelationLock *
mig_work_lock_of(const MigWork *work, const char *schema, const char *name)
{
    g_autofree char *key = make_key(schema, name, NULL);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(work->at, key));

    return place != 0 ? &g_array_index(work->impact->locks, MigRelationLock, place - 1) : NULL;
}

static void
add_lock(MigWork *work, const MigRelationLock *lock, const MigTable *owner)
{
    MigRelationLock *known = mig_work_lock_of(work, lock->schema, lock->name);
    GArray *locks = work->impact->locks;
    MigRelationLock copy = *lock;

    if (known != NULL) {
        known->mode = MAX(known->mode, lock->mode);
        return;
    }
    copy.schema = g_string_chunk_insert(work->impact->strings, lock->schema);
    copy.name = g_string_chunk_insert(work->impact->strings, lock->name);
    g_array_append_val(locks, copy);
    g_ptr_array_add(work->owners, (gpointer)owner);
    g_hash_table_insert(work->at, make_key(lock->schema, lock->name, NULL),
                        GUINT_TO_POINTER(locks->len));
}

void
mig_work_lock(MigWork *work, const MigTable *table, MigLockMode mode)
{
    const MigRelationLock lock = {
        .schema = table->schema,
        .name = table->name,
        .made_here = mig_work_made_here(work, table->made),
        .assumed = table->assumed,
        .mode = mode,
    };

    add_lock(work, &lock, table);
}

void
mig_work_lock_other(MigWork *work, const char *schema, const char *name, bool index, bool made_here,
                    MigLockMode mode)
{
    const MigRelationLock lock = {
        .schema = schema != NULL ? schema : "",
        .name = name,
        .index = index,
        .sequence = !index,
        .made_here = made_here,
        .mode = mode,
    };

    add_lock(work, &lock, NULL);
}

void
mig_work_lock_index(MigWork *work, const MigTable *table, const MigTableIndex *index,
                    MigLockMode mode)
{
    const MigRelationLock lock = {
        .schema = table->schema,
        .name = index->name,
        .index = true,
        .made_here = mig_work_made_here(work, index->made),
        .assumed = table->assumed,
        .mode = mode,
    };

    add_lock(work, &lock, table);
}

void
mig_work_lock_indexes(MigWork *work, const MigTable *table, MigLockMode mode)
{
    for (guint i = 0; i < table->indexes->len; i++)
        mig_work_lock_index(work, table, g_ptr_array_index(table->indexes, i), mode);
}

void
mig_work_wait(MigWork *work, const MigTable *table, bool reads, bool writes)
{
    MigRelationLock *known = mig_work_lock_of(work, table->schema, table->name);
    GArray *waits = work->impact->waits;
    MigRelationLock lock = {
        .schema = table->schema,
        .name = table->name,
        .made_here = mig_work_made_here(work, table->made),
        .assumed = table->assumed,
    };

    if (known == NULL) {
        for (guint i = 0; i < waits->len && known == NULL; i++) {
            MigRelationLock *other = &g_array_index(waits, MigRelationLock, i);
            if (g_str_equal(other->name, table->name) && g_str_equal(other->schema, table->schema))
                known = other;
        }
    }
    if (known == NULL) {
        lock.schema = g_string_chunk_insert(work->impact->strings, table->schema);
        lock.name = g_string_chunk_insert(work->impact->strings, table->name);
        g_array_append_val(waits, lock);
        known = &g_array_index(waits, MigRelationLock, waits->len - 1);
    }
    known->blocks_reads = known->blocks_reads || reads;
    known->blocks_writes = known->blocks_writes || writes;
}

bool
mig_work_has_rows(const MigTable *table)
{
    return table->kind == MIG_RELATION_TABLE || table->kind == MIG_RELATION_MATERIALIZED_VIEW;
}

static bool
has_ref(const GArray *refs, const char *schema, const char *name)
{
    for (guint i = 0; i < refs->len; i++) {
        const MigRelationRef *ref = &g_array_index(refs, MigRelationRef, i);
        if (g_str_equal(ref->name, name) && g_str_equal(ref->schema, schema))
            return true;
    }
    return false;
}

static void
add_ref(MigWork *work, GArray *refs, const char *schema, const char *name, MigMoment made)
{
    if (has_ref(refs, schema, name))
        return;
    const MigRelationRef ref = {
        .schema = g_string_chunk_insert(work->impact->strings, schema),
        .name = g_string_chunk_insert(work->impact->strings, name),
        .made_here = mig_work_made_here(work, made),
    };
    g_array_append_val(refs, ref);
}

void
mig_work_scan(MigWork *work, const MigTable *table)
{
    if (mig_work_has_rows(table))
        add_ref(work, work->impact->scans, table->schema, table->name, table->made);
}

void
mig_work_rewrite(MigWork *work, const MigTable *table)
{
    if (mig_work_has_rows(table))
        add_ref(work, work->impact->rewrites, table->schema, table->name, table->made);
}

void
mig_work_rebuild(MigWork *work, const MigTable *table, const MigTableIndex *index)
{
    if (mig_work_has_rows(table))
        add_ref(work, work->impact->rebuilds, table->schema, index->name, index->made);
}

bool
mig_work_rewrites(const MigWork *work, const MigTable *table)
{
    return has_ref(work->impact->rewrites, table->schema, table->name);
}

void
mig_work_refuse(MigWork *work, const char *code, const char *format, ...)
{
    va_list arguments;
    g_autofree char *text = NULL;

    if (work->uncertain || work->impact->refused != NULL)
        return;
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    work->impact->refused = g_string_chunk_insert(work->impact->strings, text);
    work->impact->refused_code = g_string_chunk_insert(work->impact->strings, code);
}

void
mig_work_because(MigWork *work, const char *format, ...)
{
    va_list arguments;
    g_autofree char *text = NULL;

    if (work->impact->because != NULL)
        return;
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    work->impact->because = g_string_chunk_insert(work->impact->strings, text);
}

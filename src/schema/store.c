/* SPDX-License-Identifier: MIT */
/* What a catalog is made of: tables and what is theirs go in and out here. */
#include "schema/store.h"

#include <string.h>

#include "schema/copy.h"

/* An arena is copied without what is dead when that may be two thirds of it, and worth the work. */
#define WORTH_BYTES ((size_t)16 * 1024)

bool
mig_names_equal(MigEngine engine, const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return engine == MIG_ENGINE_POSTGRES ? strcmp(a, b) == 0 : g_ascii_strcasecmp(a, b) == 0;
}

char *
mig_store_key(const MigCatalog *catalog, const char *schema, const char *name)
{
    char *key = g_strconcat(schema, "\n", name, NULL);

    if (catalog->engine == MIG_ENGINE_SQLITE) {
        for (char *c = key; *c != '\0'; c++)
            *c = g_ascii_tolower(*c);
    }
    return key;
}

char *
mig_store_qualify(const char *schema, const char *name)
{
    return schema == NULL || *schema == '\0' ? g_strdup(name)
                                             : g_strconcat(schema, ".", name, NULL);
}

void
mig_store_take_key(GHashTable *table, const char *key)
{
    gpointer stored = NULL;

    if (g_hash_table_steal_extended(table, key, &stored, NULL))
        g_free(stored);
}

MigTable *
mig_store_table(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    return g_hash_table_lookup(catalog->relations, key);
}

bool
mig_store_name_taken(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    return g_hash_table_contains(catalog->relations, key) ||
           g_hash_table_contains(catalog->indexes, key) ||
           g_hash_table_contains(catalog->sequences, key);
}

bool
mig_store_constraint_taken(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    return g_hash_table_contains(catalog->constraints, key);
}

MigTable *
mig_store_add_table(MigCatalog *catalog, MigRelationKind kind, const char *schema, const char *name,
                    MigMoment moment)
{
    MigTable *table = g_new0(MigTable, 1);
    char *key = mig_store_key(catalog, schema, name);

    table->arena = mig_arena_new();
    table->engine = catalog->engine;
    table->kind = kind;
    table->schema = mig_arena_strdup(table->arena, schema);
    table->name = mig_arena_strdup(table->arena, name);
    table->columns = g_ptr_array_new();
    table->constraints = g_ptr_array_new();
    table->indexes = g_ptr_array_new();
    table->triggers = g_ptr_array_new();
    table->policies = g_ptr_array_new();
    table->rules = g_ptr_array_new();
    table->statistics = g_ptr_array_new();
    table->parents = g_ptr_array_new();
    table->children = g_ptr_array_new();
    table->depends_on = g_ptr_array_new();
    table->options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    table->replica_identity = 'd';
    table->columns_known = true;
    table->published = catalog->publishes_all && kind == MIG_RELATION_TABLE;
    table->made = moment;
    table->changed = moment;
    g_hash_table_remove(catalog->unsure, key);
    g_hash_table_insert(catalog->relations, key, table);
    mig_store_touch(catalog, table, moment);
    return table;
}

/* What mig_copy_table() makes; the struct itself stays. */
static void
free_content(MigTable *table)
{
    g_ptr_array_unref(table->columns);
    g_ptr_array_unref(table->constraints);
    g_ptr_array_unref(table->indexes);
    g_ptr_array_unref(table->triggers);
    g_ptr_array_unref(table->policies);
    g_ptr_array_unref(table->rules);
    g_ptr_array_unref(table->statistics);
    g_ptr_array_unref(table->parents);
    g_ptr_array_unref(table->children);
    g_ptr_array_unref(table->depends_on);
    g_hash_table_unref(table->options);
    mig_arena_free(table->arena);
}

void
mig_table_free(MigTable *table)
{
    if (table == NULL)
        return;
    free_content(table);
    g_free(table);
}

void
mig_store_touch(MigCatalog *catalog, MigTable *table, MigMoment moment)
{
    table->changed = moment;
    if (table->touched)
        return;
    table->touched = true;
    g_ptr_array_add(catalog->touched, table);
}

void
mig_store_settle(MigCatalog *catalog)
{
    for (guint i = 0; i < catalog->touched->len; i++) {
        MigTable *table = catalog->touched->pdata[i];

        table->touched = false;
        if (mig_arena_size(table->arena) <= 3 * table->settled_bytes + WORTH_BYTES)
            continue;

        MigTable old = *table;

        mig_copy_table(table, &old);
        free_content(&old);
    }
    g_ptr_array_set_size(catalog->touched, 0);
}

static void
add_user(MigCatalog *catalog, const char *schema, const char *name, MigTable *user)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);
    GHashTable *set = g_hash_table_lookup(catalog->users, key);

    if (set == NULL) {
        set = g_hash_table_new(NULL, NULL);
        g_hash_table_insert(catalog->users, g_steal_pointer(&key), set);
    }
    g_hash_table_add(set, user);
}

static bool
mentions(const MigCatalog *catalog, const MigTable *user, const char *schema, const char *name)
{
    for (guint i = 0; i < user->constraints->len; i++) {
        const MigTableConstraint *key = user->constraints->pdata[i];

        if (key->ref_table != NULL && mig_names_equal(catalog->engine, key->ref_table, name) &&
            mig_names_equal(catalog->engine, key->ref_schema, schema))
            return true;
    }
    for (guint i = 0; i < user->depends_on->len; i++) {
        const MigDependency *on = user->depends_on->pdata[i];

        if (mig_names_equal(catalog->engine, on->table, name) &&
            mig_names_equal(catalog->engine, on->schema, schema))
            return true;
    }
    return false;
}

static void
drop_user(MigCatalog *catalog, const char *schema, const char *name, MigTable *user)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);
    GHashTable *set = g_hash_table_lookup(catalog->users, key);

    if (set == NULL)
        return;
    g_hash_table_remove(set, user);
    if (g_hash_table_size(set) == 0)
        g_hash_table_remove(catalog->users, key);
}

static gint
compare_tables(gconstpointer a, gconstpointer b)
{
    const MigTable *one = *(MigTable *const *)a;
    const MigTable *other = *(MigTable *const *)b;
    int schemas = strcmp(one->schema, other->schema);

    return schemas != 0 ? schemas : strcmp(one->name, other->name);
}

GPtrArray *
mig_store_users(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);
    GHashTable *set = g_hash_table_lookup(catalog->users, key);
    GPtrArray *users = g_ptr_array_new();
    GHashTableIter iter;
    gpointer user;

    if (set == NULL)
        return users;
    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &user, NULL)) {
        if (mentions(catalog, user, schema, name))
            g_ptr_array_add(users, user);
    }
    g_ptr_array_sort(users, compare_tables);
    return users;
}

GPtrArray *
mig_store_tables(const MigCatalog *catalog)
{
    GPtrArray *tables = g_ptr_array_sized_new(g_hash_table_size(catalog->relations));
    GHashTableIter iter;
    gpointer table;

    g_hash_table_iter_init(&iter, catalog->relations);
    while (g_hash_table_iter_next(&iter, NULL, &table))
        g_ptr_array_add(tables, table);
    g_ptr_array_sort(tables, compare_tables);
    return tables;
}

static void
count_constraint(MigCatalog *catalog, const char *schema, const char *name, int by)
{
    if (*name == '\0')
        return;

    g_autofree char *key = mig_store_key(catalog, schema, name);
    int count = GPOINTER_TO_INT(g_hash_table_lookup(catalog->constraints, key)) + by;

    if (count > 0)
        g_hash_table_insert(catalog->constraints, g_steal_pointer(&key), GINT_TO_POINTER(count));
    else
        g_hash_table_remove(catalog->constraints, key);
}

static void
index_key(MigCatalog *catalog, MigTable *table, const char *name, bool add)
{
    if (catalog->engine & MIG_ENGINE_MYSQL_FAMILY)
        return;

    g_autofree char *key = mig_store_key(catalog, table->schema, name);

    if (add)
        g_hash_table_insert(catalog->indexes, g_steal_pointer(&key), table);
    else if (g_hash_table_lookup(catalog->indexes, key) == table)
        g_hash_table_remove(catalog->indexes, key);
}

void
mig_store_register(MigCatalog *catalog, MigTable *table, bool add)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        MigTableConstraint *constraint = table->constraints->pdata[i];

        count_constraint(catalog, table->schema, constraint->name, add ? 1 : -1);
        if (constraint->ref_table == NULL)
            continue;
        if (add)
            add_user(catalog, constraint->ref_schema, constraint->ref_table, table);
        else
            drop_user(catalog, constraint->ref_schema, constraint->ref_table, table);
    }
    for (guint i = 0; i < table->indexes->len; i++)
        index_key(catalog, table, ((MigTableIndex *)table->indexes->pdata[i])->name, add);
    for (guint i = 0; i < table->depends_on->len; i++) {
        MigDependency *on = table->depends_on->pdata[i];

        if (add)
            add_user(catalog, on->schema, on->table, table);
        else
            drop_user(catalog, on->schema, on->table, table);
    }
}

void
mig_store_remove_table(MigCatalog *catalog, MigTable *table)
{
    g_autofree char *key = mig_store_key(catalog, table->schema, table->name);

    mig_store_register(catalog, table, false);
    while (table->parents->len > 0)
        mig_store_unlink(table->parents->pdata[0], table);
    while (table->children->len > 0)
        mig_store_unlink(table, table->children->pdata[0]);
    if (table->touched)
        g_ptr_array_remove_fast(catalog->touched, table);
    g_hash_table_remove(catalog->relations, key);
}

void
mig_store_rename_table(MigCatalog *catalog, MigTable *table, const char *schema, const char *name)
{
    g_autofree char *old = mig_store_key(catalog, table->schema, table->name);
    char *key = mig_store_key(catalog, schema, name);

    mig_store_register(catalog, table, false);
    table->schema = mig_arena_strdup(table->arena, schema);
    table->name = mig_arena_strdup(table->arena, name);
    mig_store_take_key(catalog->relations, old);
    g_hash_table_remove(catalog->unsure, key);
    g_hash_table_insert(catalog->relations, key, table);
    mig_store_register(catalog, table, true);
}

void
mig_store_add_constraint(MigCatalog *catalog, MigTable *table, MigTableConstraint *constraint)
{
    g_ptr_array_add(table->constraints, constraint);
    count_constraint(catalog, table->schema, constraint->name, 1);
    if (constraint->ref_table != NULL)
        add_user(catalog, constraint->ref_schema, constraint->ref_table, table);
}

void
mig_store_remove_constraint(MigCatalog *catalog, MigTable *table, MigTableConstraint *constraint)
{
    count_constraint(catalog, table->schema, constraint->name, -1);
    g_ptr_array_remove(table->constraints, constraint);
    if (constraint->ref_table != NULL &&
        !mentions(catalog, table, constraint->ref_schema, constraint->ref_table))
        drop_user(catalog, constraint->ref_schema, constraint->ref_table, table);
}

void
mig_store_rename_constraint(MigCatalog *catalog, MigTable *table, MigTableConstraint *constraint,
                            const char *name)
{
    count_constraint(catalog, table->schema, constraint->name, -1);
    constraint->name = mig_arena_strdup(table->arena, name);
    count_constraint(catalog, table->schema, constraint->name, 1);
}

void
mig_store_add_index(MigCatalog *catalog, MigTable *table, MigTableIndex *index)
{
    g_ptr_array_add(table->indexes, index);
    index_key(catalog, table, index->name, true);
}

void
mig_store_remove_index(MigCatalog *catalog, MigTable *table, MigTableIndex *index)
{
    index_key(catalog, table, index->name, false);
    g_ptr_array_remove(table->indexes, index);
}

void
mig_store_rename_index(MigCatalog *catalog, MigTable *table, MigTableIndex *index, const char *name)
{
    index_key(catalog, table, index->name, false);
    index->name = mig_arena_strdup(table->arena, name);
    index_key(catalog, table, index->name, true);
}

void
mig_store_add_dependency(MigCatalog *catalog, MigTable *view, const char *schema, const char *table,
                         const char *column)
{
    MigDependency *on = mig_arena_new0(view->arena, MigDependency, 1);

    on->schema = mig_arena_strdup(view->arena, schema);
    on->table = mig_arena_strdup(view->arena, table);
    on->column = mig_arena_strdup(view->arena, column);
    g_ptr_array_add(view->depends_on, on);
    add_user(catalog, schema, table, view);
}

void
mig_store_link(MigTable *parent, MigTable *child)
{
    g_ptr_array_add(child->parents, parent);
    g_ptr_array_add(parent->children, child);
}

void
mig_store_unlink(MigTable *parent, MigTable *child)
{
    g_ptr_array_remove(child->parents, parent);
    g_ptr_array_remove(parent->children, child);
}

/* SPDX-License-Identifier: MIT */
/* Answers to what is asked of a catalog. */
#include <string.h>

#include "schema/session.h"
#include "schema/store.h"

/* Schemas that belong to the server, and are never all known. */
static bool
is_system_schema(const MigCatalog *catalog, const char *schema)
{
    static const char *const postgres[] = {"pg_catalog", "information_schema", "pg_toast", NULL};
    static const char *const mysql[] = {"information_schema", "mysql", "performance_schema", "sys",
                                        NULL};

    if (catalog->engine == MIG_ENGINE_POSTGRES)
        return g_strv_contains(postgres, schema);
    return (catalog->engine & MIG_ENGINE_MYSQL_FAMILY) && g_strv_contains(mysql, schema);
}

static bool
is_system_name(const MigCatalog *catalog, const char *name)
{
    if (catalog->engine == MIG_ENGINE_POSTGRES)
        return g_str_has_prefix(name, "pg_");
    return catalog->engine == MIG_ENGINE_SQLITE && g_ascii_strncasecmp(name, "sqlite_", 7) == 0;
}

/* What is not in the catalog is absent only if nothing can have made it unseen. */
static MigLookup
missing(const MigCatalog *catalog, const char *schema, const char *name)
{
    const char *where = mig_session_schema(catalog, schema, false);
    g_autofree char *key = mig_store_key(catalog, where, name);

    if (catalog->incomplete != NULL || g_hash_table_contains(catalog->unsure, key))
        return MIG_LOOKUP_UNKNOWN;
    if (is_system_schema(catalog, where) || (schema == NULL && is_system_name(catalog, name)))
        return MIG_LOOKUP_UNKNOWN;
    /* Another database of the server has its own history. */
    if ((catalog->engine & MIG_ENGINE_MYSQL_FAMILY) && !mig_catalog_has_schema(catalog, where))
        return MIG_LOOKUP_UNKNOWN;
    return MIG_LOOKUP_ABSENT;
}

MigLookup
mig_catalog_table(const MigCatalog *catalog, const MigName *name, const MigTable **out_table)
{
    if (name->name == NULL)
        return MIG_LOOKUP_UNKNOWN;

    const MigTable *table = mig_session_table(catalog, name->schema, name->name);

    if (table == NULL)
        return missing(catalog, name->schema, name->name);
    if (out_table != NULL)
        *out_table = table;
    return MIG_LOOKUP_FOUND;
}

MigLookup
mig_catalog_index(const MigCatalog *catalog, const MigName *name, const MigTable *on,
                  const MigTable **out_table, const MigTableIndex **out_index)
{
    if (name->name == NULL)
        return MIG_LOOKUP_UNKNOWN;

    const MigTable *table = on;

    if (!(catalog->engine & MIG_ENGINE_MYSQL_FAMILY)) {
        const char *schema = name->schema != NULL || on == NULL ? name->schema : on->schema;

        table = mig_session_index(catalog, schema, name->name);
    }

    const MigTableIndex *index = table == NULL ? NULL : mig_table_index(table, name->name);

    if (index != NULL && (on == NULL || table == on)) {
        if (out_table != NULL)
            *out_table = table;
        if (out_index != NULL)
            *out_index = index;
        return MIG_LOOKUP_FOUND;
    }
    if (on != NULL)
        return on->columns_known ? MIG_LOOKUP_ABSENT : MIG_LOOKUP_UNKNOWN;
    return missing(catalog, name->schema, name->name);
}

/* Extensions bring types and routines that no migration names. */
static bool
has_extensions(const MigCatalog *catalog)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, catalog->objects);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (g_str_has_prefix(key, "extension\n"))
            return true;
    }
    return false;
}

MigLookup
mig_catalog_type(const MigCatalog *catalog, const char *schema, const char *name,
                 const MigUserType **out_type)
{
    if (name == NULL)
        return MIG_LOOKUP_ABSENT;

    const MigUserType *type = mig_session_type(catalog, schema, name);

    if (type == NULL)
        return has_extensions(catalog) ? MIG_LOOKUP_UNKNOWN : missing(catalog, schema, name);
    if (out_type != NULL)
        *out_type = type;
    return MIG_LOOKUP_FOUND;
}

MigLookup
mig_catalog_sequence(const MigCatalog *catalog, const MigName *name,
                     const MigSequence **out_sequence)
{
    if (name->name == NULL)
        return MIG_LOOKUP_UNKNOWN;

    const MigSequence *sequence = mig_session_sequence(catalog, name->schema, name->name);

    if (sequence == NULL)
        return missing(catalog, name->schema, name->name);
    if (out_sequence != NULL)
        *out_sequence = sequence;
    return MIG_LOOKUP_FOUND;
}

MigLookup
mig_catalog_routine(const MigCatalog *catalog, const char *schema, const char *name,
                    const MigUserRoutine **out_routine)
{
    if (name == NULL)
        return MIG_LOOKUP_UNKNOWN;

    const GPtrArray *routines = mig_session_routines(catalog, schema, name);

    if (routines == NULL || routines->len == 0)
        return has_extensions(catalog) ? MIG_LOOKUP_UNKNOWN : missing(catalog, schema, name);
    if (out_routine != NULL)
        *out_routine = routines->pdata[0];
    return MIG_LOOKUP_FOUND;
}

bool
mig_catalog_has_schema(const MigCatalog *catalog, const char *schema)
{
    return g_hash_table_contains(catalog->schemas, schema) || is_system_schema(catalog, schema) ||
           (catalog->engine == MIG_ENGINE_POSTGRES && strcmp(schema, "pg_temp") == 0);
}

bool
mig_catalog_has_extension(const MigCatalog *catalog, const char *name)
{
    g_autofree char *key = g_strconcat("extension\n", name, NULL);

    return g_hash_table_contains(catalog->objects, key);
}

MigTableColumn *
mig_store_column(const MigTable *table, const char *name)
{
    for (guint i = 0; name != NULL && i < table->columns->len; i++) {
        MigTableColumn *column = table->columns->pdata[i];

        if (mig_names_equal(table->engine, column->name, name))
            return column;
    }
    return NULL;
}

MigTableConstraint *
mig_store_constraint(const MigTable *table, const char *name)
{
    for (guint i = 0; name != NULL && i < table->constraints->len; i++) {
        MigTableConstraint *constraint = table->constraints->pdata[i];

        if (*constraint->name != '\0' && mig_names_equal(table->engine, constraint->name, name))
            return constraint;
    }
    return NULL;
}

MigTableIndex *
mig_store_index(const MigTable *table, const char *name)
{
    for (guint i = 0; name != NULL && i < table->indexes->len; i++) {
        MigTableIndex *index = table->indexes->pdata[i];

        if (mig_names_equal(table->engine, index->name, name))
            return index;
    }
    return NULL;
}

const MigTableColumn *
mig_table_column(const MigTable *table, const char *name)
{
    return mig_store_column(table, name);
}

const MigTableConstraint *
mig_table_constraint(const MigTable *table, const char *name)
{
    return mig_store_constraint(table, name);
}

const MigTableIndex *
mig_table_index(const MigTable *table, const char *name)
{
    return mig_store_index(table, name);
}

const MigTableConstraint *
mig_table_primary_key(const MigTable *table)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *constraint = table->constraints->pdata[i];

        if (constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY)
            return constraint;
    }
    return NULL;
}

static bool
implies_not_null(const MigTable *table, const MigExpr *expr, const char *column)
{
    if (expr == NULL)
        return false;
    if (expr->kind == MIG_EXPR_IS_NOT_NULL)
        return expr->n_args == 1 && expr->args[0]->kind == MIG_EXPR_COLUMN &&
               mig_names_equal(table->engine, expr->args[0]->name, column);
    if (expr->kind != MIG_EXPR_AND)
        return false;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (implies_not_null(table, expr->args[i], column))
            return true;
    }
    return false;
}

bool
mig_table_proves_not_null(const MigTable *table, const char *column, const char *without)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *check = table->constraints->pdata[i];

        if (check->kind != MIG_CONSTRAINT_CHECK || !check->validated || !check->enforced)
            continue;
        if (without != NULL && mig_names_equal(table->engine, check->name, without))
            continue;
        if (implies_not_null(table, check->expr, column))
            return true;
    }
    return false;
}

const MigTable *
mig_table_default_partition(const MigTable *table)
{
    for (guint i = 0; i < table->children->len; i++) {
        const MigTable *child = table->children->pdata[i];

        if (child->is_partition && child->bound != NULL && child->bound->kind == MIG_BOUND_DEFAULT)
            return child;
    }
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/* What a catalog holds beside tables: sequences, types, routines. */
#include <string.h>

#include "schema/copy.h"
#include "schema/store.h"

void
mig_sequence_free(MigSequence *sequence)
{
    if (sequence == NULL)
        return;
    mig_arena_free(sequence->arena);
    g_free(sequence);
}

void
mig_user_type_free(MigUserType *type)
{
    if (type == NULL)
        return;
    g_ptr_array_unref(type->values);
    g_array_unref(type->values_made);
    g_ptr_array_unref(type->constraints);
    g_ptr_array_unref(type->columns);
    mig_arena_free(type->arena);
    g_free(type);
}

void
mig_user_routine_free(MigUserRoutine *routine)
{
    if (routine == NULL)
        return;
    g_ptr_array_unref(routine->depends_on);
    mig_arena_free(routine->arena);
    g_free(routine);
}

MigSequence *
mig_store_add_sequence(MigCatalog *catalog, const char *schema, const char *name, MigMoment moment)
{
    MigSequence *sequence = g_new0(MigSequence, 1);

    sequence->arena = mig_arena_new();
    sequence->schema = mig_arena_strdup(sequence->arena, schema);
    sequence->name = mig_arena_strdup(sequence->arena, name);
    sequence->type = "bigint";
    sequence->made = moment;
    g_hash_table_insert(catalog->sequences, mig_store_key(catalog, schema, name), sequence);
    return sequence;
}

MigSequence *
mig_store_sequence(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    return g_hash_table_lookup(catalog->sequences, key);
}

void
mig_store_remove_sequence(MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    g_hash_table_remove(catalog->sequences, key);
}

/* Of its qualified name: a schema's name may have a dot in it, but then the rest isn't found. */
static char *
sequence_key(const MigCatalog *catalog, const MigTableColumn *column)
{
    const char *dot = column->sequence != NULL ? strchr(column->sequence, '.') : NULL;

    if (dot == NULL)
        return NULL;

    g_autofree char *schema = g_strndup(column->sequence, (gsize)(dot - column->sequence));

    return mig_store_key(catalog, schema, dot + 1);
}

MigSequence *
mig_store_sequence_of(const MigCatalog *catalog, const MigTableColumn *column)
{
    g_autofree char *key = sequence_key(catalog, column);

    return key == NULL ? NULL : g_hash_table_lookup(catalog->sequences, key);
}

void
mig_store_remove_sequence_of(MigCatalog *catalog, const MigTableColumn *column)
{
    g_autofree char *key = sequence_key(catalog, column);

    if (key != NULL)
        g_hash_table_remove(catalog->sequences, key);
}

MigUserType *
mig_store_add_type(MigCatalog *catalog, const char *schema, const char *name, MigMoment moment)
{
    MigUserType *type = g_new0(MigUserType, 1);
    char *key = mig_store_key(catalog, schema, name);

    type->arena = mig_arena_new();
    type->schema = mig_arena_strdup(type->arena, schema);
    type->name = mig_arena_strdup(type->arena, name);
    type->kind = MIG_USER_TYPE_OTHER;
    type->values = g_ptr_array_new();
    type->values_made = g_array_new(FALSE, TRUE, sizeof(MigMoment));
    type->constraints = g_ptr_array_new();
    type->columns = g_ptr_array_new();
    type->made = moment;
    g_hash_table_insert(catalog->types, key, type);
    return type;
}

MigUserType *
mig_store_type(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    return g_hash_table_lookup(catalog->types, key);
}

void
mig_store_remove_type(MigCatalog *catalog, MigUserType *type)
{
    g_autofree char *key = mig_store_key(catalog, type->schema, type->name);

    g_hash_table_remove(catalog->types, key);
}

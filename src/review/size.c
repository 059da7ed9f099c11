/* SPDX-License-Identifier: MIT */
/* How big the tables of a live database are, and how fast it reads and writes. */
#include "review/size.h"

MigSizes *
mig_sizes_new(void)
{
    MigSizes *sizes = g_new0(MigSizes, 1);

    sizes->tables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return sizes;
}

void
mig_sizes_free(MigSizes *sizes)
{
    if (sizes == NULL)
        return;

    g_hash_table_unref(sizes->tables);
    g_free(sizes->how);
    g_free(sizes);
}

/* A "." in a name is no harm: schema and name are told apart by a byte that no name has. */
static char *
key_of(const char *schema, const char *name)
{
    return g_strdup_printf("%s\n%s", schema != NULL ? schema : "", name);
}

void
mig_sizes_add(MigSizes *sizes, const char *schema, const char *name, const MigTableSize *size)
{
    g_hash_table_replace(sizes->tables, key_of(schema, name), g_memdup2(size, sizeof *size));
}

const MigTableSize *
mig_sizes_find(const MigSizes *sizes, const char *schema, const char *name)
{
    g_autofree char *key = key_of(schema, name);

    return g_hash_table_lookup(sizes->tables, key);
}

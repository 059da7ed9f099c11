/* SPDX-License-Identifier: MIT */
/* What rules say of each statement of a plan. */
#include "report/plan_found.h"

struct MigPlanFound {
    GHashTable *lists; /* (owned) number and file of a statement to GPtrArray of MigFinding */
};

static char *
key_of(const char *file, size_t statement)
{
    return g_strdup_printf("%zu %s", statement, file);
}

MigPlanFound *
mig_plan_found_new(const MigFindings *findings)
{
    MigPlanFound *found = g_new0(MigPlanFound, 1);

    found->lists =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; findings != NULL && i < findings->list->len; i++) {
        MigFinding *finding = g_ptr_array_index(findings->list, i);
        g_autofree char *key = key_of(finding->file, finding->statement);
        GPtrArray *list = g_hash_table_lookup(found->lists, key);

        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(found->lists, g_steal_pointer(&key), list);
        }
        g_ptr_array_add(list, finding);
    }
    return found;
}

void
mig_plan_found_free(MigPlanFound *found)
{
    if (found == NULL)
        return;

    g_hash_table_unref(found->lists);
    g_free(found);
}

GPtrArray *
mig_plan_found_of(const MigPlanFound *found, const MigStep *step, size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    const char *text = step->script->text + statement->offset;
    g_autofree char *key = key_of(step->path, index + 1);
    const GPtrArray *list = g_hash_table_lookup(found->lists, key);
    GPtrArray *own = g_ptr_array_new();
    unsigned last = statement->line;

    if (list == NULL)
        return own;
    /* UP and DOWN of a file are counted each from 1. */
    for (size_t i = 0; i < statement->length; i++)
        last += text[i] == '\n';
    for (guint i = 0; i < list->len; i++) {
        MigFinding *finding = g_ptr_array_index(list, i);
        if (finding->line >= statement->line && finding->line <= last)
            g_ptr_array_add(own, finding);
    }
    return own;
}

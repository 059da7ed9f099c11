/* SPDX-License-Identifier: MIT */
/* Predictions beside what servers were seen to do: statements replayed, and impacts as words. */
#include "locks/truth.h"

#include <string.h>

static void
free_changes(gpointer data)
{
    mig_changes_free(data);
}

void
mig_stage_init(MigStage *stage, MigEngine engine, int version, const char *schema)
{
    *stage = (MigStage){
        .catalog = mig_catalog_new(engine, version),
        .parsed = g_ptr_array_new_with_free_func(free_changes),
        .engine = engine,
        .version = version,
        .now = {.migration = 1, .transaction = 1},
    };
    if (schema != NULL)
        mig_catalog_set_default_schema(stage->catalog, schema);
}

void
mig_stage_clear(MigStage *stage)
{
    g_clear_pointer(&stage->catalog, mig_catalog_free);
    g_clear_pointer(&stage->parsed, g_ptr_array_unref);
}

static MigChanges *
parse(MigStage *stage, const char *sql)
{
    MigChanges *changes = mig_parse(sql, strlen(sql), stage->engine, stage->version);

    g_ptr_array_add(stage->parsed, changes);
    return changes;
}

void
mig_stage_run(MigStage *stage, const char *sql)
{
    stage->now.statement++;
    mig_catalog_apply(stage->catalog, parse(stage, sql), stage->now);
}

MigImpact *
mig_stage_predict(MigStage *stage, const char *sql)
{
    const MigMoment now = {.migration = stage->now.migration + 1, .transaction = 1, .statement = 1};

    return mig_impact_of(parse(stage, sql), stage->catalog, now);
}

static void
add_refs(GString *text, const char *what, const GArray *refs)
{
    for (guint i = 0; i < refs->len; i++) {
        const MigRelationRef *ref = &g_array_index(refs, MigRelationRef, i);
        g_string_append_printf(text, "%s %s\n", what, ref->name);
    }
}

static void
add_locks(GString *text, const char *what, const GArray *locks)
{
    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        g_string_append_printf(text, "%s %s%s", lock->index ? "index" : what, lock->name,
                               lock->assumed ? " (assumed)" : "");
        if (lock->mode != MIG_LOCK_MODE_NONE)
            g_string_append_printf(text, " %s", mig_lock_mode_name(lock->mode));
        if (lock->blocks_reads)
            g_string_append(text, " blocks-reads");
        if (lock->blocks_writes)
            g_string_append(text, " blocks-writes");
        g_string_append_c(text, '\n');
    }
}

char *
mig_stage_describe(const MigStage *stage, const MigImpact *impact)
{
    static const char *const algorithms[] = {"-",      "default", "instant",
                                             "nocopy", "inplace", "copy"};
    static const char *const clauses[] = {"-", "default", "none", "shared", "exclusive"};
    GString *text = g_string_new(NULL);

    add_locks(text, "lock", impact->locks);
    add_locks(text, "wait", impact->waits);
    add_refs(text, "rewrite", impact->rewrites);
    add_refs(text, "scan", impact->scans);
    add_refs(text, "rebuild", impact->rebuilds);
    if ((stage->engine & MIG_ENGINE_MYSQL_FAMILY) != 0 && impact->algorithm != MIG_ALGORITHM_UNSAID)
        g_string_append_printf(text, "algorithm %s, lock %s%s%s\n", algorithms[impact->algorithm],
                               clauses[impact->lock], impact->rebuilds_table ? ", rebuild" : "",
                               impact->concurrent_dml ? ", concurrent" : "");
    if (impact->brief)
        g_string_append(text, "brief\n");
    if (impact->waits_for_others)
        g_string_append(text, "waits for others\n");
    if (impact->refused != NULL)
        g_string_append_printf(text, "refused %s: %s\n", impact->refused_code, impact->refused);
    if (impact->because != NULL)
        g_string_append_printf(text, "because %s\n", impact->because);
    return g_string_free(text, false);
}

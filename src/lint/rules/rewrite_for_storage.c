/* SPDX-License-Identifier: MIT */
/* A table or index that is copied to be stored otherwise. */
#include "lint/action.h"
#include "lint/rule.h"

static bool
is_same(const char *a, const char *b, const char *initial)
{
    return g_strcmp0(a != NULL ? a : initial, b != NULL ? b : initial) == 0;
}

/* (borrowed) where it is going; NULL: it is there already, or nothing is copied. */
static const char *
find_target(MigLintContext *ctx, const MigChange *change, const MigTable *table,
            const MigTableIndex *index)
{
    bool parent = table != NULL && index == NULL && table->kind == MIG_RELATION_PARTITIONED;

    /* A partitioned table has no rows: only its new partitions go there. */
    if (parent)
        return NULL;
    if (change->kind == MIG_CHANGE_SET_PERSISTENCE) {
        if (table != NULL && !table->assumed && table->unlogged == !change->on)
            return NULL;
        return change->on ? "a logged table" : "an unlogged table";
    }
    if (change->kind == MIG_CHANGE_SET_ACCESS_METHOD) {
        if (table != NULL && !table->assumed &&
            is_same(table->access_method, change->to.name, "heap"))
            return NULL;
        return mig_lint_format(ctx, "the access method %s", mig_lint_name(ctx, &change->to));
    }
    if (change->kind != MIG_CHANGE_SET_TABLESPACE || change->to.name == NULL)
        return NULL;
    const char *present = index != NULL   ? index->tablespace
                          : table != NULL ? table->tablespace
                                          : NULL;
    if ((table != NULL && !table->assumed) && is_same(present, change->to.name, "pg_default"))
        return NULL;
    return mig_lint_format(ctx, "the tablespace %s", change->to.name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;
    bool of_index = change->object_type == MIG_TYPE_OF_INDEX && change->table.name == NULL;

    if (of_index && change->kind == MIG_CHANGE_SET_TABLESPACE)
        mig_catalog_index(ctx->catalog, &change->name, NULL, &table, &index);
    else
        table = mig_lint_table(ctx, &change->table);
    const char *to = find_target(ctx, change, table, index);
    if (to == NULL)
        return;

    const MigName *named = change->table.name != NULL ? &change->table : &change->name;
    bool all = g_strcmp0(change->text, "all in tablespace") == 0;
    mig_lint_report_on(ctx, mig_lint_severity(ctx), change, table,
                       "%s%s is copied to %s while %s wait", all ? "all in tablespace " : "",
                       mig_lint_name(ctx, named), to,
                       of_index ? "queries that look at it" : "reads and writes");
}

const MigRule mig_rule_rewrite_for_storage = {
    .id = "rewrite-for-storage",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A table or index copied to another kind of storage",
    .danger = "AccessExclusiveLock while everything is copied: reads and writes wait.",
    .steps =
        {"Make a new table, or new partitions, there, and move the rows in batches.",
         "An index: build a second one there with CREATE INDEX CONCURRENTLY, then drop the old."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET TABLESPACE, SET LOGGED, SET ACCESS METHOD",
    .check = check,
};

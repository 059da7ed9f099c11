/* SPDX-License-Identifier: MIT */
/* An index goes before the one that takes its place is there. */
#include "lint/action.h"
#include "lint/rule.h"
#include "lint/within.h"

typedef struct {
    const MigTable *table;
    const MigTableIndex *index;
} Dropped;

/* Whether a change makes an index for the same leading columns. */
static bool
replaces(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const Dropped *dropped = data;
    const MigTableIndex *old = dropped->index;

    if (change->kind != MIG_CHANGE_CREATE_INDEX || old->n_parts == 0 ||
        mig_lint_table(ctx, &change->table) != dropped->table)
        return false;
    const MigIndex *made = change->index;
    size_t n = MIN(old->n_parts, made->n_parts);
    for (size_t i = 0; i < n; i++) {
        if (!mig_lint_same_word(ctx, old->parts[i].column, made->parts[i].column))
            return i > 0;
    }
    return n > 0;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableIndex *index = NULL;

    if (change->kind != MIG_CHANGE_DROP_INDEX ||
        mig_catalog_index(ctx->catalog, &change->name, table, &table, &index) != MIG_LOOKUP_FOUND ||
        mig_lint_is_new_moment(ctx, index->made))
        return;

    const Dropped dropped = {table, index};
    const MigChange *made = mig_lint_after(ctx, replaces, &dropped);
    if (made == NULL || mig_lint_in_statement(ctx, replaces, &dropped) != NULL ||
        mig_lint_before(ctx, replaces, &dropped) != NULL)
        return;
    /* In one transaction nobody sees the table without it. */
    if (mig_lint_in_transaction(ctx) && !made->concurrently && !change->concurrently)
        return;

    const char *name = mig_lint_table_name(ctx, table);
    mig_lint_report_on(ctx, mig_lint_severity(ctx), change, table,
                       "queries of %s have no index from %s until %s is built", name, index->name,
                       made->index->name.name != NULL ? made->index->name.name : "the new one");
}

const MigRule mig_rule_drop_index_before_replacement = {
    .id = "drop-index-before-replacement",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_YES,
    .summary = "an index is dropped before its replacement is built",
    .danger = "Until the new index is built, which takes longer the larger the table is, the "
              "queries that "
              "use the old one read the whole table.",
    .steps = {"Build the new index first, then drop the old one."},
    .manual = NULL,
    .check = check,
};

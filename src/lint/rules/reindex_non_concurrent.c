/* SPDX-License-Identifier: MIT */
/* REINDEX without CONCURRENTLY. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

static const struct {
    MigObjectType type;
    const char *word;
} forms[] = {
    {MIG_TYPE_OF_INDEX, "index"},
    {MIG_TYPE_OF_TABLE, "table"},
    {MIG_TYPE_OF_SCHEMA, "schema"},
    {MIG_TYPE_OF_DATABASE, "database"},
};

static const char *
form_of(const MigChange *change)
{
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        if (change->object_type == forms[i].type)
            return forms[i].word;
    }
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    if (change->kind != MIG_CHANGE_REINDEX || change->concurrently)
        return;
    /* There is no online form of REINDEX SYSTEM. */
    const char *word = form_of(change);
    if (word == NULL)
        return;
    bool of_index = change->object_type == MIG_TYPE_OF_INDEX;
    bool of_table = change->object_type == MIG_TYPE_OF_TABLE;
    if (of_table)
        table = mig_lint_table(ctx, &change->table);
    else if (of_index)
        mig_catalog_index(ctx->catalog, &change->name, NULL, &table, &index);

    const MigName *named = of_table ? &change->table : &change->name;
    const char *what = named->name != NULL ? mig_lint_name(ctx, named) : "";
    MigFinding *finding =
        mig_lint_report_on(ctx, mig_lint_severity(ctx), change, table,
                           "rebuilding %s%s %s blocks writes, and reads that would use %s",
                           of_index ? "" : "all indexes of ", word, what, of_index ? "it" : "them");
    if (mig_lint_is_before(ctx, 120000)) {
        mig_lint_clear_steps(finding);
        mig_lint_step(finding,
                      "Before PostgreSQL 12 there is no online REINDEX: build a second index "
                      "with CREATE INDEX CONCURRENTLY, then drop the old one.");
        return;
    }
    if (mig_lint_can_leave_transaction(ctx, change))
        mig_lint_fix_behind(ctx, finding, word, " CONCURRENTLY");
}

const MigRule mig_rule_reindex_non_concurrent = {
    .id = "reindex-non-concurrent",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "REINDEX without CONCURRENTLY",
    .danger = "ShareLock on the table, so that writes wait, and AccessExclusiveLock on each index: "
              "queries whose plans look at the index wait too, until it is rebuilt.",
    .steps = {"REINDEX with CONCURRENTLY, in a migration of its own.",
              "If it fails, drop the indexes that it leaves, named like the old with _ccnew or "
              "_ccold behind."},
    .manual = "PostgreSQL 16, \"REINDEX\", Rebuilding Indexes Concurrently",
    .check = check,
};

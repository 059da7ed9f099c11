/* SPDX-License-Identifier: MIT */
/* An index of a partitioned table, which can't be built concurrently as a whole. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

enum { MAX_NAMED = 12 };

static void
add_steps(MigLintContext *ctx, MigFinding *finding, const MigChange *change, const MigTable *table)
{
    const char *parent = mig_lint_table_name(ctx, table);
    const char *index = change->index->name.name != NULL ? change->index->name.name : "the_index";

    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "CREATE INDEX %s ON ONLY %s (...): it is invalid until all partitions have "
                  "theirs, and is made at once.",
                  index, parent);
    for (guint i = 0; i < table->children->len && i < MAX_NAMED; i++) {
        const MigTable *part = g_ptr_array_index(table->children, i);
        const char *name = mig_lint_table_name(ctx, part);
        mig_lint_step(finding,
                      "CREATE INDEX CONCURRENTLY %s_%s ON %s (...); then ALTER INDEX %s ATTACH "
                      "PARTITION %s_%s.",
                      part->name, index, name, index, part->name, index);
    }
    if (table->children->len > MAX_NAMED)
        mig_lint_step(finding, "The same for the other %u partitions.",
                      table->children->len - MAX_NAMED);
}

static void
check_create(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (table == NULL || table->kind != MIG_RELATION_PARTITIONED)
        return;
    const char *name = mig_lint_table_name(ctx, table);
    if (change->concurrently) {
        /* Refused whatever the table's age and size. */
        MigFinding *finding = mig_lint_report_on(
            ctx, MIG_SEVERITY_ERROR, change, NULL,
            "%s is partitioned: the server refuses to build its index concurrently", name);
        add_steps(ctx, finding, change, table);
        mig_lint_danger(finding, "The statement fails.");
        return;
    }
    if (change->only || table->children->len == 0)
        return;
    MigFinding *finding = mig_lint_report(
        ctx, change, "building the index blocks writes to %s and its %u partition%s", name,
        table->children->len, table->children->len == 1 ? "" : "s");
    add_steps(ctx, finding, change, table);
}

static void
check_drop(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    if (!change->concurrently ||
        mig_catalog_index(ctx->catalog, &change->name, NULL, &table, &index) != MIG_LOOKUP_FOUND ||
        table->kind != MIG_RELATION_PARTITIONED)
        return;
    MigFinding *finding = mig_lint_report_on(
        ctx, MIG_SEVERITY_ERROR, change, NULL,
        "%s is partitioned: the server refuses to drop its index %s concurrently",
        mig_lint_table_name(ctx, table), index->name);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "DROP INDEX %s, with a short lock time-out: it takes the partitions' "
                  "indexes with it.",
                  index->name);
    mig_lint_danger(finding, "The statement fails.");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (mig_lint_is_before(ctx, 110000))
        return;
    if (change->kind == MIG_CHANGE_CREATE_INDEX)
        check_create(ctx, change);
    else if (change->kind == MIG_CHANGE_DROP_INDEX)
        check_drop(ctx, change);
}

const MigRule mig_rule_index_partitioned_parent = {
    .id = "index-partitioned-parent",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "An index on a partitioned table as a whole",
    .danger = "ShareLock on the parent and on every partition until all of them have their index: "
              "writes wait, reads go on.",
    .steps =
        {"CREATE INDEX ON ONLY the parent.", "CREATE INDEX CONCURRENTLY on each partition.",
         "ALTER INDEX ... ATTACH PARTITION for each: with the last one the parent's index turns "
         "valid."},
    .manual = "PostgreSQL 16, \"CREATE INDEX\", Building Indexes Concurrently",
    .weaker = {"unsupported-by-target"},
    .check = check,
};

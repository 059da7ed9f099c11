/* SPDX-License-Identifier: MIT */
/* MERGE PARTITIONS and SPLIT PARTITION copy rows under the strongest lock. */
#include "lint/action.h"
#include "lint/rule.h"

#include <string.h>

/* Whether a database says that there is nothing to copy. */
static bool
is_empty(const MigLintContext *ctx, const MigName *name)
{
    return mig_lint_rows(ctx, mig_lint_table(ctx, name)) == 0;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_PARTITIONS || change->text == NULL)
        return;
    bool merge = strcmp(change->text, "merge") == 0;
    if (!merge && strcmp(change->text, "split") != 0)
        return;
    bool empty = !merge && is_empty(ctx, &change->to);
    for (size_t i = 0; merge && i < change->n_partitions; i++) {
        empty = is_empty(ctx, &change->partitions[i].name);
        if (!empty)
            break;
    }
    if (empty)
        return;
    mig_lint_report(ctx, change, "reads and writes of all of %s wait while rows are copied %s",
                    mig_lint_name(ctx, &change->table),
                    merge ? "into one partition" : "into the new partitions");
}

const MigRule mig_rule_merge_split_partition = {
    .id = "merge-split-partition",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "MERGE PARTITIONS or SPLIT PARTITION of partitions in use",
    .danger = "AccessExclusiveLock on the parent, so on the whole partitioned table, while rows "
              "are copied.",
    .steps = {"Make the new partitions as tables of their own, and fill them in batches.",
              "DETACH PARTITION ... CONCURRENTLY the old ones.",
              "ATTACH PARTITION the new ones, with a valid CHECK for each bound."},
    .manual = "PostgreSQL 19, \"ALTER TABLE\", MERGE PARTITIONS, SPLIT PARTITION",
    .check = check,
};

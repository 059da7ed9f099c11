/* SPDX-License-Identifier: MIT */
/* Partitions that are changed in a way that copies or deletes rows. */
#include "lint/mysql.h"
#include "lint/rule.h"

#include <string.h>

static void
check_partitions(MigLintContext *ctx, const MigChange *change, const char *name)
{
    static const char *const copies[] = {"reorganize", "rebuild", "coalesce", "optimize", NULL};
    const char *what = change->text != NULL ? change->text : "";
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *method =
        table != NULL && table->partition_by != NULL ? table->partition_by->method : NULL;

    if (strcmp(what, "drop") == 0 || strcmp(what, "truncate") == 0)
        mig_lint_report(ctx, change, "the rows of partitions of %s are deleted", name);
    else if (g_strv_contains(copies, what))
        mig_lint_report(ctx, change, "%s of partitions copies their rows while writes to %s wait",
                        what, name);
    else if (strcmp(what, "add") == 0 && method != NULL &&
             (strstr(method, "hash") != NULL || strstr(method, "key") != NULL))
        mig_lint_report(ctx, change, "another partition by %s moves rows of %s while writes wait",
                        method, name);
    else if (strcmp(what, "exchange") == 0 && change->on)
        mig_lint_report_as(ctx, MIG_SEVERITY_INFO, change,
                           "the exchange reads all rows that come into %s", name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *name = mig_lint_name(ctx, &change->table);

    if (ctx->statement->impact->refused != NULL)
        return;
    if (change->kind == MIG_CHANGE_PARTITIONS)
        check_partitions(ctx, change, name);
    else if (change->kind == MIG_CHANGE_PARTITION_BY)
        mig_lint_report(ctx, change, "partitioning %s copies all of it", name);
    else if (change->kind == MIG_CHANGE_REMOVE_PARTITIONING)
        mig_lint_report(ctx, change, "taking the partitions of %s together copies all of it", name);
}

const MigRule mig_rule_mysql_partition_change = {
    .id = "mysql-partition-change",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .summary = "partitions that are changed in a way that copies or deletes rows",
    .danger =
        "Rows are copied from partition to partition, or deleted with theirs; writes wait for as "
        "long as it takes.",
    .steps = {"Add partitions by RANGE or LIST behind the last, before they are needed.",
              "What copies: when nobody writes, or through an online schema change tool.",
              "What deletes: only after a backup, and once nobody reads the rows."},
    .manual = "MySQL 8.4, \"Online DDL Operations\", Partitioning Operations",
    .weaker = {"mysql-table-copy", "mysql-blocks-writes-inplace", "mysql-table-rebuild"},
    .check = check,
};

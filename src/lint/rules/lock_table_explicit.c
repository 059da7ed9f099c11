/* SPDX-License-Identifier: MIT */
/* LOCK TABLE in a mode that keeps others out. */
#include "lint/rule.h"

#include <string.h>

/* (borrowed) who waits; NULL: nobody who matters. */
static const char *
who_waits(const char *mode)
{
    if (strcmp(mode, "access exclusive") == 0 || strcmp(mode, "write") == 0)
        return "reads and writes";
    if (strcmp(mode, "share row exclusive") == 0 || strcmp(mode, "exclusive") == 0 ||
        strcmp(mode, "global read") == 0)
        return "writes";
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *who = change->kind == MIG_CHANGE_LOCK_TABLE && change->text != NULL
                          ? who_waits(change->text)
                          : NULL;

    if (who == NULL)
        return;
    if (change->table.name == NULL)
        mig_lint_report(ctx, change, "the statement blocks %s of every table", who);
    else
        mig_lint_report(ctx, change, "the statement blocks %s of %s", who,
                        mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_lock_table_explicit = {
    .id = "lock-table-explicit",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A table locked by hand",
    .danger = "The lock is held until the transaction ends (MySQL: until UNLOCK TABLES), whatever "
              "is done "
              "meanwhile.",
    .steps = {"Leave it out: each statement takes the lock that it needs.",
              "On PostgreSQL SHARE UPDATE EXCLUSIVE keeps other migrations out, and nobody else."},
    .manual = "PostgreSQL 16, \"LOCK\"; MySQL 8.4, \"LOCK TABLES and UNLOCK TABLES Statements\"",
    .check = check,
};

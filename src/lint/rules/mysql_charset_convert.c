/* SPDX-License-Identifier: MIT */
/* A character set that is changed on a table in use. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

#include <string.h>

static const MigOption *
find_convert(const MigChange *change)
{
    for (size_t i = 0; i < change->n_options; i++) {
        if (strstr(change->options[i].name, "convert") != NULL)
            return &change->options[i];
    }
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *name = mig_lint_name(ctx, &change->table);

    if (change->kind != MIG_CHANGE_TABLE_OPTIONS || ctx->statement->impact->refused != NULL)
        return;
    const MigOption *convert = find_convert(change);
    const char *set = mig_lint_option(change->options, change->n_options, "character set");
    if (convert != NULL) {
        bool blocks = !ctx->statement->impact->concurrent_dml;
        mig_lint_report_as(ctx, blocks ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING, change,
                           "converting %s to another character set copies all of it%s", name,
                           blocks ? " while writes wait" : "");
    } else if (set != NULL) {
        MigFinding *finding = mig_lint_report_as(
            ctx, MIG_SEVERITY_INFO, change,
            "%s is the character set of new columns of %s alone: old columns keep theirs", set,
            name);
        mig_lint_danger(finding,
                        "Columns of one table then differ in their character set, which is "
                        "found when they are joined or compared.");
    }
}

const MigRule mig_rule_mysql_charset_convert = {
    .id = "mysql-charset-convert",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .summary = "a character set that is changed on a table in use",
    .danger =
        "The table is copied row by row while writes to it wait, even if it is in that character "
        "set already. TEXT may become MEDIUMTEXT, and values that were different may be the same "
        "under the new collation, which unique keys refuse.",
    .steps = {"Let an online schema change tool do it: gh-ost, pt-online-schema-change, spirit.",
              "Or column by column: a new column, a backfill, a swap."},
    .manual = "MySQL 8.4, \"ALTER TABLE Statement\", Changing the Character Set",
    .weaker = {"mysql-table-copy", "mysql-algorithm-unstated"},
    .check = check,
};

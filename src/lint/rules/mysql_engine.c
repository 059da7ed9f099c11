/* SPDX-License-Identifier: MIT */
/* A storage engine other than those that are allowed. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static bool
is_allowed(const MigLintContext *ctx, const char *engine)
{
    const char *allowed = mig_lint_text(ctx, "engines");
    g_auto(GStrv) words = g_strsplit_set(allowed != NULL ? allowed : "InnoDB", ", ", -1);

    for (char **word = words; *word != NULL; word++) {
        if (g_ascii_strcasecmp(*word, engine) == 0)
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;
    const char *engine = NULL;

    if (change->kind == MIG_CHANGE_CREATE_TABLE && made != NULL && !change->temporary)
        engine = mig_lint_option(made->options, made->n_options, "engine");
    else if (change->kind == MIG_CHANGE_TABLE_OPTIONS)
        engine = mig_lint_option(change->options, change->n_options, "engine");
    if (engine != NULL && !is_allowed(ctx, engine))
        mig_lint_report(ctx, change, "%s %s a table of %s", mig_lint_name(ctx, &change->table),
                        change->kind == MIG_CHANGE_CREATE_TABLE ? "is" : "becomes", engine);
}

const MigRule mig_rule_mysql_engine = {
    .id = "mysql-engine",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DESIGN,
    .summary = "a storage engine other than InnoDB",
    .danger =
        "MyISAM and the like have no transactions and no foreign keys, lock the whole table for "
        "each write, and lose rows in a crash. Changing the engine copies the table.",
    .steps = {"ENGINE=InnoDB.", "What else is wanted is said by engines in [lint]."},
    .manual = "MySQL 8.4, \"Alternative Storage Engines\"",
    .weaker = {"mysql-table-copy"},
    .check = check,
};

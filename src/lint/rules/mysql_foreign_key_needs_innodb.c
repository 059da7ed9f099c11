/* SPDX-License-Identifier: MIT */
/* A foreign key on a table that can't have one. */
#include "lint/mysql.h"
#include "lint/rule.h"

static bool
ignores_keys(const char *engine)
{
    static const char *const engines[] = {"myisam",  "aria",  "memory",     "heap", "csv",
                                          "archive", "merge", "mrg_myisam", NULL};

    return engine != NULL && g_strv_contains(engines, engine);
}

static bool
has_key(const MigConstraint *constraints, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (constraints[i].kind == MIG_CONSTRAINT_FOREIGN_KEY)
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;
    const MigTable *table = mig_lint_table(ctx, &change->table);
    bool adds = change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
                has_key(change->constraint, 1);
    bool makes = change->kind == MIG_CHANGE_CREATE_TABLE && made != NULL &&
                 has_key(made->constraints, made->n_constraints);

    if (!adds && !makes)
        return;
    const char *name = mig_lint_name(ctx, &change->table);
    const char *engine = mig_lint_table_option(ctx, &change->table, "engine");
    bool partitioned =
        makes ? made->partition_by.method != NULL : table != NULL && table->partition_by != NULL;
    if (ignores_keys(engine))
        mig_lint_report(ctx, change, "%s is a table of %s, which forgets the foreign key", name,
                        engine);
    else if (partitioned && (engine == NULL || g_str_equal(engine, "innodb")))
        mig_lint_report(ctx, change, "%s is partitioned, and can't have a foreign key", name);
}

const MigRule mig_rule_mysql_foreign_key_needs_innodb = {
    .id = "mysql-foreign-key-needs-innodb",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .summary = "a foreign key on a table that can't have one",
    .danger =
        "Storage engines other than InnoDB accept the key and forget it: orphans come in. On a "
        "partitioned table of InnoDB the server refuses it.",
    .steps = {"Make the table with ENGINE=InnoDB.",
              "Or leave the key out, and keep the reference in the code."},
    .manual =
        "MySQL 8.4, \"FOREIGN KEY Constraints\"; \"Restrictions and Limitations on Partitioning\"",
    .check = check,
};

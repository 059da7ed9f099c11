/* SPDX-License-Identifier: MIT */
/* A CHECK that the server reads and forgets. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static size_t
count_checks(const MigConstraint *constraints, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += constraints[i].kind == MIG_CONSTRAINT_CHECK;
    return count;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    size_t n = 0;
    size_t checks = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);

    if (ctx->version == 0 || !mig_mysql_is_older(ctx, 80016, 100201))
        return;
    for (size_t i = 0; i < n; i++)
        checks += count_checks(columns[i].constraints, columns[i].n_constraints);
    if (change->create_table != NULL)
        checks +=
            count_checks(change->create_table->constraints, change->create_table->n_constraints);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL)
        checks += count_checks(change->constraint, 1);
    if (checks > 0)
        mig_lint_report(ctx, change, "this server reads the CHECK%s of %s and forgets %s",
                        checks == 1 ? "" : "s", mig_lint_name(ctx, &change->table),
                        checks == 1 ? "it" : "them");
}

const MigRule mig_rule_mysql_check_ignored = {
    .id = "mysql-check-ignored",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "a CHECK that the server reads and forgets",
    .danger =
        "Before MySQL 8.0.16 and MariaDB 10.2.1 no CHECK is kept: rows that violate it come in.",
    .steps = {"Upgrade the server, or test the condition in a trigger or in the code."},
    .manual = "MySQL 8.0, \"CHECK Constraints\"",
    .check = check,
};

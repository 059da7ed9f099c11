/* SPDX-License-Identifier: MIT */
/* REFERENCES with a column, which the server reads and forgets. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

#define SINCE_MYSQL 90000
#define SINCE_MARIADB 100500

static void
check(MigLintContext *ctx, const MigChange *change)
{
    size_t n = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);

    if (!mig_mysql_is_older(ctx, SINCE_MYSQL, SINCE_MARIADB) &&
        (ctx->version != 0 || ctx->engine == MIG_ENGINE_MARIADB))
        return;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < columns[i].n_constraints; j++) {
            const MigConstraint *key = &columns[i].constraints[j];

            if (key->kind != MIG_CONSTRAINT_FOREIGN_KEY || !key->of_column)
                continue;
            MigFinding *finding = mig_lint_report_at(
                ctx, ctx->version != 0 ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING,
                mig_lint_column_place(ctx, change, &columns[i]),
                "%s.%s gets no foreign key to %s%s: what stands with a column is forgotten",
                mig_lint_name(ctx, &change->table), columns[i].name,
                mig_lint_name(ctx, &key->references), ctx->version != 0 ? "" : " before MySQL 9.0");
            mig_lint_clear_steps(finding);
            mig_lint_step(finding, "FOREIGN KEY (%s) REFERENCES %s (...), as an item of its own.",
                          columns[i].name, mig_lint_name(ctx, &key->references));
        }
    }
}

const MigRule mig_rule_mysql_inline_references_ignored = {
    .id = "mysql-inline-references-ignored",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DESIGN,
    .summary = "REFERENCES with a column, which the server reads and forgets",
    .danger =
        "Before MySQL 9.0 and MariaDB 10.5 there is no foreign key, without a word: orphans come "
        "in.",
    .steps = {"FOREIGN KEY (column) REFERENCES parent (key), as an item of its own."},
    .manual = "MySQL 8.4, \"FOREIGN KEY Constraints\"; MySQL 9.0 Release Notes",
    .check = check,
};

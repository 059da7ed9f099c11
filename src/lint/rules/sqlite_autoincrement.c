/* SPDX-License-Identifier: MIT */
/* AUTOINCREMENT, which is seldom needed. */
#include "lint/columns.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    size_t n = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < columns[i].n_constraints; j++) {
            if (columns[i].constraints[j].autoincrement)
                mig_lint_report_at(ctx, mig_lint_severity(ctx),
                                   mig_lint_column_place(ctx, change, &columns[i]),
                                   "AUTOINCREMENT of %s.%s writes a second table with each row",
                                   mig_lint_name(ctx, &change->table), columns[i].name);
        }
    }
}

const MigRule mig_rule_sqlite_autoincrement = {
    .id = "sqlite-autoincrement",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "AUTOINCREMENT, which is seldom needed",
    .danger =
        "INTEGER PRIMARY KEY counts by itself. AUTOINCREMENT adds that numbers of deleted rows "
        "never come again, and pays for it with each INSERT.",
    .steps = {"INTEGER PRIMARY KEY alone, unless numbers must never come again."},
    .manual = "SQLite, \"SQLite Autoincrement\"",
    .check = check,
};

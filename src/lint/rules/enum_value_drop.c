/* SPDX-License-Identifier: MIT */
/* ALTER TYPE ... DROP VALUE, which no PostgreSQL has. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_DROP_ENUM_VALUE)
        return;
    mig_lint_report(ctx, change, "no PostgreSQL can take '%s' from %s", change->values[0],
                    mig_lint_name(ctx, &change->name));
}

const MigRule mig_rule_enum_value_drop = {
    .id = "enum-value-drop",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "an enum can't lose a value",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Leave the value in the type, and keep it out with a CHECK.",
              "Or use a table of values, or text with a CHECK, where values come and go."},
    .manual = "PostgreSQL 18, \"Enumerated Types\", Implementation Details",
    .weaker = {"syntax-error", "unsupported-by-target"},
    .check = check,
};

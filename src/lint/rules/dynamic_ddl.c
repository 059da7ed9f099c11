/* SPDX-License-Identifier: MIT */
/* SQL that is made at run time, which nobody can look at before. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind == MIG_CHANGE_DYNAMIC)
        mig_lint_report(ctx, change, "SQL that is put together at run time isn't analysed");
}

const MigRule mig_rule_dynamic_ddl = {
    .id = "dynamic-ddl",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SOURCE,
    .summary = "SQL that is made at run time isn't analysed",
    .danger =
        "Nothing is known of its locks, of what it drops, or of the schema that it leaves: what "
        "comes after it is judged with less certainty, too.",
    .steps =
        {"Write the statements out.",
         "If names must be computed, keep that part in a migration of its own, and check by VERIFY "
         "what it has done."},
    .check = check,
};

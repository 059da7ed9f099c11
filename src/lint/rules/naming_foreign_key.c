/* SPDX-License-Identifier: MIT */
/* Foreign keys whose names don't say whose they are. */
#include "lint/defined.h"
#include "lint/naming.h"
#include "lint/rule.h"

#include <string.h>

static void
look(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraint)
{
    const char *name = constraint->name.name;

    if (constraint->kind != MIG_CONSTRAINT_FOREIGN_KEY || name == NULL ||
        change->table.name == NULL ||
        (mig_lint_name_fits(ctx, name, "fk_", change->table.name) &&
         strstr(name, "_ibfk_") == NULL))
        return;
    mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), change, constraint->name.span,
                         "the foreign key %s doesn't say that it is of %s", name,
                         mig_lint_name(ctx, &change->table));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_constraint(ctx, change, look);
}

const MigRule mig_rule_naming_foreign_key = {
    .id = "naming-foreign-key",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a foreign key whose name doesn't say its table",
    .danger = "Its name is all that an application is told when a row is refused.",
    .steps = {"Call it fk_{table}_{referenced}."},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* Keys that are called by a name of their own. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/naming.h"
#include "lint/rule.h"

#include <string.h>

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    MigValues values = mig_lint_values(ctx, &defined->column->type);
    const MigConstraint *key =
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_PRIMARY_KEY);
    bool number =
        values == MIG_VALUES_INTEGER || mig_lint_type_named(&defined->column->type, "uuid");

    /* What the world gives, such as a code or a year, is called as it is there. */
    if (!defined->whole || key == NULL || key->n_columns > 1 || !number ||
        !mig_name_ends(defined->name, "id uid pk key guid uuid no") ||
        mig_name_is(defined->name, "id uuid guid") ||
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_FOREIGN_KEY) != NULL)
        return;
    g_autofree char *singular = mig_name_singular(defined->change->table.name);
    g_autofree char *given = mig_name_to_snake(defined->name);
    const char *last = strrchr(singular, '_');
    if (strcmp(given, mig_lint_format(ctx, "%s_id", singular)) == 0 ||
        strcmp(given, mig_lint_format(ctx, "%s_id", defined->change->table.name)) == 0 ||
        (last != NULL && strcmp(given, mig_lint_format(ctx, "%s_id", last + 1)) == 0))
        return;
    mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), defined->change,
                         defined->column->name_span, "the key %s is called neither id nor %s_id",
                         defined->shown, singular);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_naming_primary_key = {
    .id = "naming-primary-key",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "an id that isn't called id",
    .danger = "Whoever joins has to look up what it is called in this table.",
    .steps = {"Call it id, or {table_singular}_id."},
    .check = check,
};

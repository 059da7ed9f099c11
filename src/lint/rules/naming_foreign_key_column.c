/* SPDX-License-Identifier: MIT */
/* Columns that reference ids without saying so. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/naming.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraint)
{
    const MigTable *parent = mig_lint_table(ctx, &constraint->references);
    const MigTableConstraint *key = parent != NULL ? mig_table_primary_key(parent) : NULL;
    const char *target = constraint->n_ref_columns == 1       ? constraint->ref_columns[0]
                         : key != NULL && key->n_columns == 1 ? key->columns[0]
                                                              : NULL;

    if (constraint->kind != MIG_CONSTRAINT_FOREIGN_KEY || constraint->n_columns != 1 ||
        constraint->n_ref_columns > 1 || target == NULL || !mig_name_is(target, "id"))
        return;
    /* created_by is said so everywhere. A key that is the parent's own is called as it is there. */
    if (mig_name_ends(constraint->columns[0], "id ids uuid by"))
        return;
    g_autofree char *singular = mig_name_singular(constraint->references.name);
    mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), change, constraint->span,
                         "%s.%s references an id of %s, and isn't called so, as %s_id is",
                         mig_lint_name(ctx, &change->table), constraint->columns[0],
                         mig_lint_name(ctx, &constraint->references), singular);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_constraint(ctx, change, look);
}

const MigRule mig_rule_naming_foreign_key_column = {
    .id = "naming-foreign-key-column",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a column that references an id without saying so",
    .danger = "A reader takes it for a value of its own.",
    .steps = {"Call it {referenced_singular}_id, or for its part: author_id."},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* varchar with a length that bounds nothing. */
#include "lint/defined.h"
#include "lint/rule.h"
#include "lint/within.h"

static bool
has_key(const MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigCreateTable *create = defined->change->create_table;

    for (size_t i = 0; create != NULL && i < create->n_indexes; i++) {
        for (size_t j = 0; j < create->indexes[i].n_parts; j++) {
            if (mig_lint_same_word(ctx, create->indexes[i].parts[j].column, defined->name))
                return true;
        }
    }
    return mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_UNIQUE) != NULL ||
           mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_PRIMARY_KEY) != NULL ||
           mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_FOREIGN_KEY) != NULL;
}

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;

    if (!mig_lint_type_named(type, postgres ? "character varying" : "varchar") ||
        type->n_modifiers == 0 || type->modifiers[0] <= (postgres ? 1000 : 255))
        return;
    /* MySQL's TEXT takes no index of its whole length, and no plain default. */
    if (!postgres && (has_key(ctx, defined) || defined->column->default_value != NULL ||
                      mig_lint_column(ctx, &defined->change->table, defined->name) != NULL))
        return;
    MigFinding *finding = mig_lint_report_defined(
        ctx, mig_lint_severity(ctx), defined, "the length of %s bounds nothing: %lld characters",
        defined->shown, type->modifiers[0]);
    if (postgres || (type->charset == NULL && type->collation == NULL))
        mig_lint_fix_type(ctx, finding, defined, "text");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_text_long_varchar = {
    .id = "text-long-varchar",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a very long varchar",
    .danger = "The length is no rule of the data, and has to be changed when somebody needs more.",
    .steps = {"Take text; with a CHECK where a bound is meant."},
    .manual = "PostgreSQL 18, \"Character Types\"",
    .check = check,
};

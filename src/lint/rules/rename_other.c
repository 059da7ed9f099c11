/* SPDX-License-Identifier: MIT */
/* Schemas, types, views, routines, enum values, indexes and constraints with another name. */
#include "lint/rule.h"
#include "lint/within.h"

static bool
is_new_routine(const MigLintContext *ctx, const MigName *name)
{
    const MigUserRoutine *routine = NULL;

    return mig_catalog_routine(ctx->catalog, name->schema, name->name, &routine) ==
               MIG_LOOKUP_FOUND &&
           mig_lint_is_new_moment(ctx, routine->made);
}

static bool
is_new_type(const MigLintContext *ctx, const MigName *name)
{
    const MigUserType *type = NULL;

    return mig_catalog_type(ctx->catalog, name->schema, name->name, &type) == MIG_LOOKUP_FOUND &&
           mig_lint_is_new_moment(ctx, type->made);
}

static bool
is_new_index(const MigLintContext *ctx, const MigChange *change)
{
    const MigTable *on = mig_lint_table(ctx, &change->table);
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    return mig_catalog_index(ctx->catalog, &change->name, on, &table, &index) == MIG_LOOKUP_FOUND &&
           (mig_lint_is_new(ctx, table) || mig_lint_is_new_moment(ctx, index->made));
}

static bool
is_view(const MigLintContext *ctx, const MigName *name)
{
    const MigTable *table = mig_lint_table(ctx, name);

    return table != NULL &&
           (table->kind == MIG_RELATION_VIEW || table->kind == MIG_RELATION_MATERIALIZED_VIEW ||
            table->kind == MIG_RELATION_SEQUENCE);
}

static void
check_object(MigLintContext *ctx, const MigChange *change)
{
    const char *what = mig_object_type_name(change->object_type);
    const MigName *name = change->name.name != NULL ? &change->name : &change->table;

    /* Roles, databases and what only the server's administration names are left out. */
    switch ((int)change->object_type) {
    case MIG_TYPE_OF_SCHEMA:
    case MIG_TYPE_OF_SEQUENCE:
        break;
    case MIG_TYPE_OF_TYPE:
    case MIG_TYPE_OF_DOMAIN:
        if (is_new_type(ctx, name))
            return;
        break;
    case MIG_TYPE_OF_FUNCTION:
    case MIG_TYPE_OF_PROCEDURE:
    case MIG_TYPE_OF_AGGREGATE:
        if (is_new_routine(ctx, name))
            return;
        break;
    default:
        return;
    }
    mig_lint_report(ctx, change, "code that uses the %s %s fails once it is %s", what,
                    mig_lint_name(ctx, name), mig_lint_name(ctx, &change->to));
}

static void
check_schema(MigLintContext *ctx, const MigChange *change)
{
    const MigName *name = change->table.name != NULL ? &change->table : &change->name;

    if (change->object_type == MIG_TYPE_OF_EXTENSION || is_new_type(ctx, name) ||
        is_new_routine(ctx, name))
        return;
    mig_lint_report(ctx, change, "code that finds %s in its schema fails once it is in %s",
                    mig_lint_name(ctx, name), change->to.name);
}

static void
check_value(MigLintContext *ctx, const MigChange *change)
{
    if (change->n_values < 2 || is_new_type(ctx, &change->name))
        return;
    MigFinding *finding =
        mig_lint_report(ctx, change, "code that writes '%s' as %s fails once it is '%s'",
                        change->values[0], mig_lint_name(ctx, &change->name), change->values[1]);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TYPE %s ADD VALUE '%s' AFTER '%s'.",
                  mig_lint_name(ctx, &change->name), change->values[1], change->values[0]);
    mig_lint_step(finding, "Let the code accept both, then write only the new one.");
    mig_lint_step(finding, "Update the rows that have the old one, in batches.");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (ctx->down)
        return;
    if (change->kind == MIG_CHANGE_RENAME_OBJECT)
        check_object(ctx, change);
    else if (change->kind == MIG_CHANGE_RENAME_TABLE && is_view(ctx, &change->table))
        mig_lint_report(ctx, change, "code that uses %s fails once it is %s",
                        mig_lint_name(ctx, &change->table), mig_lint_name(ctx, &change->to));
    else if (change->kind == MIG_CHANGE_SET_SCHEMA)
        check_schema(ctx, change);
    else if (change->kind == MIG_CHANGE_RENAME_ENUM_VALUE)
        check_value(ctx, change);
    else if (change->kind == MIG_CHANGE_RENAME_CONSTRAINT)
        mig_lint_report_as(ctx, MIG_SEVERITY_INFO, change,
                           "code that names the constraint %s misses it once it is %s",
                           change->name.name, change->to.name);
    else if (change->kind == MIG_CHANGE_RENAME_INDEX && !is_new_index(ctx, change))
        mig_lint_report_as(ctx, MIG_SEVERITY_INFO, change,
                           "code that names the index %s misses it once it is %s",
                           change->name.name, change->to.name);
}

const MigRule mig_rule_rename_other = {
    .id = "rename-other",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "something that code names gets another name",
    .danger = "Statements with the old name fail from now on, those with the new one failed until "
              "now: there is no moment at which both releases work.",
    .steps = {"Make the thing anew under the new name, beside the old one.",
              "Let the code use the new one, and release that.",
              "Drop the old one a release later."},
    .manual = "PostgreSQL 18, \"ALTER TYPE\", \"ALTER SCHEMA\", \"ALTER FUNCTION\"",
    .check = check,
};

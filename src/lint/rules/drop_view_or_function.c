/* SPDX-License-Identifier: MIT */
/* A view, a routine, a trigger, a sequence or a type goes, and isn't made again. */
#include "lint/rule.h"
#include "lint/within.h"

static const MigName *
name_of(const MigChange *change)
{
    return change->name.name != NULL ? &change->name : &change->table;
}

static bool
is_view_drop(const MigChange *change)
{
    return change->kind == MIG_CHANGE_DROP_VIEW ||
           change->kind == MIG_CHANGE_DROP_MATERIALIZED_VIEW;
}

static bool
is_create(const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
    case MIG_CHANGE_CREATE_VIEW:
    case MIG_CHANGE_CREATE_MATERIALIZED_VIEW:
    case MIG_CHANGE_CREATE_TRIGGER:
    case MIG_CHANGE_CREATE_ROUTINE:
    case MIG_CHANGE_CREATE_ENUM:
    case MIG_CHANGE_CREATE_COMPOSITE:
    case MIG_CHANGE_CREATE_DOMAIN:
    case MIG_CHANGE_CREATE_OBJECT:
        return true;
    default:
        return false;
    }
}

/* Whether it is made again, or something else takes its name. */
static bool
makes_again(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    if (change->kind == MIG_CHANGE_RENAME_TABLE || change->kind == MIG_CHANGE_RENAME_OBJECT)
        return mig_lint_same_word(ctx, change->to.name, name->name);
    return is_create(change) && mig_lint_same_word(ctx, name_of(change)->name, name->name);
}

static bool
drops_table(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return change->kind == MIG_CHANGE_DROP_TABLE && mig_lint_same_name(ctx, &change->table, data);
}

/* When it was made, as far as the catalog knows. Returns: whether it is there, or may be */
static bool
find(const MigLintContext *ctx, const MigChange *change, MigMoment *out_made)
{
    const MigName *name = name_of(change);
    const MigTable *table = mig_lint_table(ctx, is_view_drop(change) ? name : &change->table);
    const MigUserType *type = NULL;
    const MigUserRoutine *routine = NULL;
    const MigSequence *sequence = NULL;
    MigLookup found = MIG_LOOKUP_UNKNOWN;

    if (is_view_drop(change)) {
        found = mig_catalog_table(ctx->catalog, name, &table);
        if (found == MIG_LOOKUP_FOUND)
            *out_made = table->made;
    } else if (change->kind == MIG_CHANGE_DROP_ROUTINE) {
        found = mig_catalog_routine(ctx->catalog, name->schema, name->name, &routine);
        if (found == MIG_LOOKUP_FOUND)
            *out_made = routine->made;
    } else if (change->kind == MIG_CHANGE_DROP_TRIGGER) {
        for (guint i = 0; table != NULL && i < table->triggers->len; i++) {
            const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);
            if (mig_lint_same_word(ctx, trigger->name, name->name))
                *out_made = trigger->made;
        }
    } else if (change->object_type == MIG_TYPE_OF_SEQUENCE) {
        found = mig_catalog_sequence(ctx->catalog, name, &sequence);
        if (found == MIG_LOOKUP_FOUND)
            *out_made = sequence->made;
    } else {
        found = mig_catalog_type(ctx->catalog, name->schema, name->name, &type);
        if (found == MIG_LOOKUP_FOUND)
            *out_made = type->made;
    }
    return found != MIG_LOOKUP_ABSENT;
}

static const char *
kind_of(const MigChange *change)
{
    if (change->kind == MIG_CHANGE_DROP_VIEW)
        return "view";
    if (change->kind == MIG_CHANGE_DROP_MATERIALIZED_VIEW)
        return "materialized view";
    if (change->kind == MIG_CHANGE_DROP_TRIGGER)
        return "trigger";
    return mig_object_type_name(change->object_type);
}

static bool
is_looked_at(const MigChange *change)
{
    if (is_view_drop(change) || change->kind == MIG_CHANGE_DROP_ROUTINE ||
        change->kind == MIG_CHANGE_DROP_TRIGGER)
        return true;
    return change->kind == MIG_CHANGE_DROP_OBJECT &&
           (change->object_type == MIG_TYPE_OF_SEQUENCE ||
            change->object_type == MIG_TYPE_OF_TYPE || change->object_type == MIG_TYPE_OF_DOMAIN);
}

/* DROP and CREATE with a moment in between. */
static void
check_gap(MigLintContext *ctx, const MigChange *change)
{
    if (ctx->engine != MIG_ENGINE_POSTGRES || mig_lint_in_transaction(ctx) ||
        change->kind == MIG_CHANGE_DROP_TRIGGER)
        return;
    MigFinding *finding = mig_lint_report(
        ctx, change, "there is no %s %s until it is made again: no transaction hides it",
        kind_of(change), mig_lint_name(ctx, name_of(change)));
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "Take CREATE OR REPLACE, or put both into one transaction.");
    mig_lint_step(finding, "GRANT again what was granted: it goes with what is dropped.");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    MigMoment made = {0, 0, 0};

    if (!is_looked_at(change) || !find(ctx, change, &made) || mig_lint_undoes(ctx, made) ||
        mig_lint_is_new_moment(ctx, made))
        return;
    if (change->kind == MIG_CHANGE_DROP_TRIGGER &&
        mig_lint_after(ctx, drops_table, &change->table) != NULL)
        return;
    if (mig_lint_in_statement(ctx, makes_again, name_of(change)) != NULL ||
        mig_lint_before(ctx, makes_again, name_of(change)) != NULL)
        return;
    if (mig_lint_after(ctx, makes_again, name_of(change)) != NULL) {
        check_gap(ctx, change);
        return;
    }
    if (change->kind == MIG_CHANGE_DROP_TRIGGER) {
        mig_lint_report(ctx, change, "what the trigger %s did isn't done any more",
                        mig_lint_name(ctx, name_of(change)));
        return;
    }
    mig_lint_report(ctx, change, "code that uses the %s %s fails once it is dropped",
                    kind_of(change), mig_lint_name(ctx, name_of(change)));
}

const MigRule mig_rule_drop_view_or_function = {
    .id = "drop-view-or-function",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a view, routine, trigger, sequence or type goes",
    .danger =
        "Statements that use it fail until all old code is gone; what a trigger did is no longer "
        "done. Grants go with it, also if it is made again.",
    .steps =
        {"Let the code stop using it, and release that.",
         "Drop it one release later, with `-- migrate:allow drop-view-or-function -- ` and the "
         "release that stopped using it."},
    .manual = "PostgreSQL 18, \"DROP VIEW\", \"DROP FUNCTION\", \"DROP TRIGGER\"",
    .check = check,
};

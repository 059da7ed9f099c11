/* SPDX-License-Identifier: MIT */
/* What one action of a statement does by itself, and findings about tables other than its own. */
#include "lint/action.h"

#include "lint/private.h"

#include <string.h>

MigImpact *
mig_lint_impact(const MigLintContext *ctx, const MigChange *change)
{
    MigChanges alone = *ctx->statement->changes;

    /* Nothing writes through it: an impact only reads changes. */
    alone.changes = (MigChange *)(uintptr_t)change;
    alone.n_changes = 1;
    return mig_impact_of(&alone, ctx->catalog, ctx->statement->moment);
}

static bool
has_relation(const GArray *relations, const char *schema, const char *name)
{
    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);

        if (strcmp(relation->name, name) == 0 &&
            (schema == NULL || g_strcmp0(relation->schema, schema) == 0))
            return true;
    }
    return false;
}

typedef struct {
    const GArray *relations;
    bool found;
} Search;

static void
search(const MigTable *table, gpointer data)
{
    Search *state = data;

    state->found = state->found || has_relation(state->relations, table->schema, table->name);
}

bool
mig_lint_has_table(const MigLintContext *ctx, const GArray *relations, const MigName *name)
{
    const MigTable *table = mig_lint_table(ctx, name);
    Search state = {.relations = relations};

    if (name->name == NULL)
        return false;
    if (table == NULL)
        return has_relation(relations, name->schema, name->name);
    mig_catalog_each_child(table, false, search, &state);
    return state.found;
}

bool
mig_lint_action_scans(const MigLintContext *ctx, const MigChange *change)
{
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);

    return mig_lint_has_table(ctx, impact->scans, &change->table);
}

bool
mig_lint_action_rewrites(const MigLintContext *ctx, const MigChange *change)
{
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);

    return mig_lint_has_table(ctx, impact->rewrites, &change->table);
}

bool
mig_lint_adds_column(const MigLintContext *ctx, const MigChange *change)
{
    return change->kind == MIG_CHANGE_ADD_COLUMN && change->column != NULL &&
           !(change->if_not_exists &&
             mig_lint_column(ctx, &change->table, change->column->name) != NULL);
}

const MigConstraint *
mig_lint_column_constraint(const MigChange *change, MigConstraintKind kind)
{
    for (size_t i = 0; change->column != NULL && i < change->column->n_constraints; i++) {
        if (change->column->constraints[i].kind == kind)
            return &change->column->constraints[i];
    }
    return NULL;
}

bool
mig_lint_is_before(const MigLintContext *ctx, int version)
{
    return ctx->version != 0 && ctx->version < version;
}

const char *
mig_lint_relation_name(MigLintContext *ctx, const char *schema, const char *name)
{
    const MigName whole = {.schema = schema, .name = name};
    const MigTable *table = mig_lint_table(ctx, &whole);

    return table != NULL ? mig_lint_table_name(ctx, table) : mig_lint_name(ctx, &whole);
}

bool
mig_lint_is_old_relation(const MigLintContext *ctx, const MigRelationLock *lock)
{
    const MigName name = {.schema = lock->schema, .name = lock->name};

    if (lock->made_here)
        return false;

    const MigTable *table = mig_lint_table(ctx, &name);
    return table == NULL || (!table->temporary && !mig_lint_is_new(ctx, table));
}

static bool
is_servers_own(const MigRelationRef *relation)
{
    return g_strcmp0(relation->schema, "pg_catalog") == 0 ||
           g_strcmp0(relation->schema, "information_schema") == 0 ||
           g_str_has_prefix(relation->name, "pg_");
}

const MigRelationRef *
mig_lint_first_old(const MigLintContext *ctx, const GArray *relations)
{
    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);
        const MigName name = {.schema = relation->schema, .name = relation->name};
        const MigTable *table = mig_lint_table(ctx, &name);

        if (!relation->made_here && !is_servers_own(relation) &&
            (table == NULL ||
             (!table->temporary && !mig_lint_is_new(ctx, table) && !mig_lint_is_small(ctx, table))))
            return relation;
    }
    return NULL;
}

const MigRelationLock *
mig_lint_strongest_held(const MigLintContext *ctx)
{
    const GArray *held = mig_lint_held(ctx);
    const MigRelationLock *found = NULL;

    for (guint i = 0; i < held->len; i++) {
        const MigRelationLock *lock = &g_array_index(held, MigRelationLock, i);
        const MigName name = {.schema = lock->schema, .name = lock->name};

        if (lock->index || lock->made_here || lock->mode < MIG_LOCK_MODE_SHARE ||
            !lock->blocks_writes || !mig_lint_is_old_relation(ctx, lock))
            continue;

        const MigTable *table = mig_lint_table(ctx, &name);
        /* What isn't there any more keeps nobody waiting, nor does a small table for long. */
        if ((table == NULL && !lock->assumed) || (table != NULL && mig_lint_is_small(ctx, table)))
            continue;
        /* A statement that takes the same lock itself is the concern of its own rules. */
        if (mig_lint_lock_on(ctx, &name) >= lock->mode)
            continue;
        if (found == NULL || lock->mode > found->mode)
            found = lock;
    }
    return found;
}

bool
mig_lint_was_told(const MigLintContext *ctx, MigSeverity severity)
{
    const GArray *reported = ctx->private->reported;
    const GPtrArray *statements = ctx->step->statements;

    for (guint i = reported->len; i-- > 0;) {
        const MigReported *each = &g_array_index(reported, MigReported, i);
        /* Statements of DOWN are counted from the middle of the range. */
        bool down = each->statement > SIZE_MAX / 4;

        if (each->rule != ctx->private->rule || each->finding == NULL || down != ctx->down ||
            each->finding->severity < severity)
            continue;
        /* Statements are in the order of their numbers, which a finding counts from 1. */
        for (guint j = statements->len; j-- > 0;) {
            const MigReviewedStatement *other = g_ptr_array_index(statements, j);
            if (other->index + 1 == each->finding->statement)
                return other->moment.transaction == ctx->statement->moment.transaction &&
                       mig_lint_in_transaction(ctx);
        }
        return false;
    }
    return false;
}

static const MigUnit *
find_unit(const MigLintContext *ctx)
{
    const MigStep *step = ctx->step->step;

    for (guint i = 0; i < step->units->len; i++) {
        const MigUnit *unit = mig_step_unit(step, i);

        if (ctx->statement->index >= unit->first && ctx->statement->index < unit->first + unit->n)
            return unit;
    }
    return NULL;
}

MigUnitKind
mig_lint_unit_kind(const MigLintContext *ctx)
{
    const MigUnit *unit = find_unit(ctx);

    return unit != NULL ? unit->kind : MIG_UNIT_TRANSACTION;
}

bool
mig_lint_can_leave_transaction(const MigLintContext *ctx, const MigChange *change)
{
    const MigMigration *migration = ctx->step->step->migration;

    return !change->nested && mig_lint_unit_kind(ctx) != MIG_UNIT_AUTHOR &&
           (migration == NULL || migration->transaction_mode != MIG_TRANSACTION_MODE_SINGLE);
}

static bool
is_setting(const MigReviewedStatement *statement)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        MigChangeKind kind = statement->changes->changes[i].kind;
        if (kind != MIG_CHANGE_SET && kind != MIG_CHANGE_TRANSACTION)
            return false;
    }
    return true;
}

bool
mig_lint_is_alone(const MigLintContext *ctx)
{
    const MigUnit *unit = find_unit(ctx);
    const GPtrArray *statements = ctx->step->statements;

    if (unit == NULL)
        return false;
    /* What comes behind it isn't read yet; only the author's COMMIT may. */
    size_t behind = unit->first + unit->n - 1 - ctx->statement->index;
    if (behind > (unit->kind == MIG_UNIT_AUTHOR ? 1 : 0))
        return false;
    for (guint i = 0; i < statements->len; i++) {
        const MigReviewedStatement *other = g_ptr_array_index(statements, i);
        if (other != ctx->statement && other->index >= unit->first && !is_setting(other))
            return false;
    }
    return true;
}

MigFinding *
mig_lint_report_on(MigLintContext *ctx, MigSeverity severity, const MigChange *change,
                   const MigTable *table, const char *format, ...)
{
    va_list args;
    MigName name = {0};
    MigPlace place = {.statement = ctx->statement, .span = change->span, .nested = change->nested};

    if (table != NULL) {
        name.schema = table->schema;
        name.name = table->name;
        place.table = &name;
    }
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return mig_lint_report_at(ctx, severity, place, "%s", message);
}

/* SPDX-License-Identifier: MIT */
/* Two ALTER TABLE of one table that could be one. */
#include "lint/action.h"
#include "lint/rule.h"

#include <string.h>

/* What may share a statement with others. RENAME and SET SCHEMA can't; VALIDATE would then run
 * under the stronger lock. */
static bool
can_share(const MigChange *change)
{
    static const MigChangeKind kinds[] = {
        MIG_CHANGE_ADD_COLUMN,      MIG_CHANGE_DROP_COLUMN,    MIG_CHANGE_ALTER_TYPE,
        MIG_CHANGE_MODIFY_COLUMN,   MIG_CHANGE_SET_DEFAULT,    MIG_CHANGE_DROP_DEFAULT,
        MIG_CHANGE_SET_NOT_NULL,    MIG_CHANGE_DROP_NOT_NULL,  MIG_CHANGE_ADD_CONSTRAINT,
        MIG_CHANGE_DROP_CONSTRAINT, MIG_CHANGE_COLUMN_OPTIONS, MIG_CHANGE_CREATE_INDEX,
        MIG_CHANGE_DROP_INDEX,
    };

    /* An action stands behind ALTER TABLE; CREATE INDEX is a statement. */
    if (change->span.offset == 0 || change->nested || change->in_body || change->table.name == NULL)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (change->kind == kinds[i])
            return true;
    }
    return false;
}

static bool
are_alike(const MigLintContext *ctx, const MigChanges *changes, const MigChange *first)
{
    const MigTable *table = mig_lint_table(ctx, &first->table);

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        bool same = table != NULL ? mig_lint_table(ctx, &change->table) == table
                                  : g_strcmp0(change->table.name, first->table.name) == 0 &&
                                        g_strcmp0(change->table.schema, first->table.schema) == 0;
        if (!same || !can_share(change) || change->only != first->only ||
            change->parent_if_exists != first->parent_if_exists)
            return false;
    }
    return changes->n_changes > 0;
}

static bool
uses(const MigChange *change, const char *column)
{
    const MigConstraint *constraint = change->constraint;
    bool found = g_strcmp0(change->name.name, column) == 0 ||
                 g_strcmp0(change->to.name, column) == 0 ||
                 (change->expr != NULL && mig_expr_mentions(change->expr, column));

    if (change->column != NULL && change->column->generated_as != NULL)
        found = found || mig_expr_mentions(change->column->generated_as, column);
    for (size_t i = 0; constraint != NULL && i < constraint->n_columns; i++)
        found = found || g_strcmp0(constraint->columns[i], column) == 0;
    if (constraint != NULL && constraint->expr != NULL)
        found = found || mig_expr_mentions(constraint->expr, column);
    for (size_t i = 0; change->index != NULL && i < change->index->n_parts; i++) {
        const MigKeyPart *part = &change->index->parts[i];
        found = found || g_strcmp0(part->column, column) == 0 ||
                (part->expr != NULL && mig_expr_mentions(part->expr, column));
    }
    return found;
}

/* Whether the second needs the first to be done: it names what the first has changed. */
static bool
depends(const MigChanges *before, const MigChanges *after)
{
    for (size_t i = 0; i < before->n_changes; i++) {
        const MigChange *first = &before->changes[i];
        for (size_t j = 0; j < after->n_changes; j++) {
            const MigChange *second = &after->changes[j];
            if ((first->name.name != NULL && uses(second, first->name.name)) ||
                (second->name.name != NULL && uses(first, second->name.name)))
                return true;
            /* A CHECK that goes may be what proves the other's NOT NULL. */
            if (first->kind == MIG_CHANGE_SET_NOT_NULL &&
                second->kind == MIG_CHANGE_DROP_CONSTRAINT)
                return true;
        }
    }
    return false;
}

static MigLockMode
strongest(const MigImpact *impact)
{
    MigLockMode mode = MIG_LOCK_MODE_NONE;

    for (guint i = 0; i < impact->locks->len; i++)
        mode = MAX(mode, g_array_index(impact->locks, MigRelationLock, i).mode);
    return mode;
}

/* Neither may get a stronger lock, or more work, by the other's company. */
static bool
cost_alike(const MigImpact *a, const MigImpact *b)
{
    return strongest(a) == strongest(b) && a->locks->len == b->locks->len &&
           a->algorithm == b->algorithm && a->lock == b->lock &&
           a->rebuilds_table == b->rebuilds_table && (a->scans->len == 0) == (b->scans->len == 0) &&
           (a->rewrites->len == 0) == (b->rewrites->len == 0) && a->refused == NULL &&
           b->refused == NULL;
}

static const MigReviewedStatement *
previous(const MigLintContext *ctx)
{
    const GPtrArray *statements = ctx->step->statements;

    for (guint i = statements->len; i-- > 0;) {
        const MigReviewedStatement *statement = g_ptr_array_index(statements, i);
        if (statement != ctx->statement)
            return statement->index + 1 == ctx->statement->index ? statement : NULL;
    }
    return NULL;
}

static void
check_statement(MigLintContext *ctx)
{
    const MigReviewedStatement *before = previous(ctx);
    const MigChanges *changes = ctx->statement->changes;
    const MigImpact *impact = ctx->statement->impact;

    if (before == NULL || changes->n_changes == 0 ||
        before->moment.transaction != ctx->statement->moment.transaction)
        return;
    const MigChange *first = &changes->changes[0];
    if (!are_alike(ctx, changes, first) || !are_alike(ctx, before->changes, first) ||
        depends(before->changes, changes) || !cost_alike(before->impact, impact))
        return;

    bool rebuilds = impact->algorithm == MIG_ALGORITHM_COPY || impact->rebuilds_table;
    const MigPlace place = {.statement = ctx->statement, .table = &first->table};
    MigFinding *finding =
        mig_lint_report_at(ctx, rebuilds ? MIG_SEVERITY_WARNING : mig_lint_severity(ctx), place,
                           "this and the statement before it could be one ALTER TABLE %s",
                           mig_lint_name(ctx, &first->table));
    if (rebuilds)
        mig_lint_danger(finding, "Each of the two writes the whole table anew.");
}

const MigRule mig_rule_alter_tables_mergeable = {
    .id = "alter-tables-mergeable",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "ALTER TABLE statements that could be one",
    .danger = "Each of them locks the table, and scans or writes it, anew.",
    .steps = {"Put their actions into one ALTER TABLE, with commas between them."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", Notes; MySQL 8.4, \"Online DDL Operations\"",
    .check_statement = check_statement,
};

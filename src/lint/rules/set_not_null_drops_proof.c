/* SPDX-License-Identifier: MIT */
/* SET NOT NULL beside the drop of the CHECK that proves it. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

/* (borrowed) the action that drops the only proof; NULL: there is none. */
static const MigChange *
find_drop(const MigLintContext *ctx, const MigTable *table, const char *column)
{
    const MigChanges *changes = ctx->statement->changes;

    if (!mig_table_proves_not_null(table, column, NULL))
        return NULL;
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *other = &changes->changes[i];
        if (other->kind == MIG_CHANGE_DROP_CONSTRAINT && other->name.name != NULL &&
            mig_lint_table(ctx, &other->table) == table &&
            !mig_table_proves_not_null(table, column, other->name.name))
            return other;
    }
    return NULL;
}

static void
add_fix(MigLintContext *ctx, MigFinding *finding, const MigChange *set, const MigChange *drop)
{
    const MigScript *script = ctx->step->step->script;
    const MigStatement *statement = mig_script_statement(script, ctx->statement->index);
    size_t first = MIN(set->span.offset, drop->span.offset);
    const MigSpan whole = {0, statement->length};
    const MigSpan head = {0, first};

    if (ctx->statement->changes->n_changes != 2 || set->nested)
        return;
    const char *start = mig_lint_source(ctx, ctx->statement, head);
    g_autofree char *text =
        g_strdup_printf("%s%s;\n%s%s", start, mig_lint_source(ctx, ctx->statement, set->span),
                        start, mig_lint_source(ctx, ctx->statement, drop->span));
    mig_lint_fix(ctx, finding, whole, text);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (change->kind != MIG_CHANGE_SET_NOT_NULL || table == NULL || mig_lint_is_before(ctx, 120000))
        return;
    const MigTableColumn *column = mig_table_column(table, change->name.name);
    if (column == NULL || column->not_null)
        return;
    const MigChange *drop = find_drop(ctx, table, change->name.name);
    if (drop == NULL)
        return;
    MigFinding *finding =
        mig_lint_report(ctx, change,
                        "%s, which proves that %s isn't NULL, is dropped first: all of %s "
                        "is read",
                        drop->name.name, change->name.name, mig_lint_name(ctx, &change->table));
    add_fix(ctx, finding, change, drop);
}

const MigRule mig_rule_set_not_null_drops_proof = {
    .id = "set-not-null-drops-proof",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "SET NOT NULL in the statement that drops its proof",
    .danger = "One ALTER TABLE drops first, whatever the order in the text: the proof is gone, and "
              "every row is read under AccessExclusiveLock.",
    .steps = {"Two statements, SET NOT NULL first; they may share a transaction."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET NOT NULL",
    .weaker = {"set-not-null-scan"},
    .check = check,
};

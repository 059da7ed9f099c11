/* SPDX-License-Identifier: MIT */
/* Schema and rows of old tables changed by one migration. */
#include "lint/data.h"
#include "lint/rule.h"

static bool
alters(const MigLintContext *ctx, const MigChange *change)
{
    return change->kind >= MIG_CHANGE_DROP_TABLE && change->kind <= MIG_CHANGE_DROP_INDEX &&
           change->table.name != NULL && mig_lint_is_old(ctx, &change->table);
}

typedef struct {
    const MigReviewedStatement *first; /* that alters an old table */
    const MigReviewedStatement *data;  /* that writes rows of one */
    const MigChange *write;
} Mixture;

/* In check_end a table that was dropped since is taken for new, or for unknown: that is quiet. */
static void
look_at(MigLintContext *ctx, const MigReviewedStatement *statement, Mixture *mixture)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];
        bool writes = change->kind == MIG_CHANGE_UPDATE || change->kind == MIG_CHANGE_DELETE ||
                      change->kind == MIG_CHANGE_INSERT || change->kind == MIG_CHANGE_MERGE;

        if (change->in_body || g_strcmp0(change->text, "explain") == 0)
            continue;
        if (mixture->first == NULL && alters(ctx, change))
            mixture->first = statement;
        if (mixture->data == NULL && writes && mig_lint_is_old(ctx, &change->table)) {
            mixture->data = statement;
            mixture->write = change;
        }
    }
}

static void
check(MigLintContext *ctx)
{
    Mixture mixture = {0};

    for (guint i = 0; i < ctx->step->statements->len; i++)
        look_at(ctx, g_ptr_array_index(ctx->step->statements, i), &mixture);
    if (mixture.first == NULL || mixture.data == NULL)
        return;

    const MigPlace place = {.statement = mixture.data,
                            .span = mixture.write->span,
                            .table = &mixture.write->table,
                            .nested = mixture.write->nested};
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "rows of %s change in a migration that changes tables, too",
                       mig_lint_name(ctx, &mixture.write->table));
}

const MigRule mig_rule_data_in_schema_migration = {
    .id = "data-in-schema-migration",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DATA,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "schema and rows are changed by one migration",
    .danger =
        "The rows' part decides how long the schema's locks are held, and DOWN can revert only "
        "one of the two.",
    .steps = {"Change the schema in one migration, and the rows in the next."},
    .check_end = check,
};

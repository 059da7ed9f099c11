/* SPDX-License-Identifier: MIT */
/* The key goes by which subscribers of a publication find rows. */
#include "lint/rule.h"

#include <string.h>

static bool
names_column(const MigTableConstraint *key, const char *column)
{
    for (size_t i = 0; i < key->n_columns; i++) {
        if (g_strcmp0(key->columns[i], column) == 0)
            return true;
    }
    return false;
}

/* (borrowed) the table whose identity the change takes away; NULL: it takes none. */
static const MigTable *
find_loser(const MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    if (change->kind == MIG_CHANGE_DROP_INDEX)
        return mig_catalog_index(ctx->catalog, &change->name, NULL, &table, &index) ==
                           MIG_LOOKUP_FOUND &&
                       index->replica_identity
                   ? table
                   : NULL;
    table = mig_lint_table(ctx, &change->table);
    const MigTableConstraint *key = table != NULL ? mig_table_primary_key(table) : NULL;
    if (key == NULL)
        return NULL;
    bool by_key = table->replica_identity == 'd' || table->replica_identity == '\0';
    bool drops = (change->kind == MIG_CHANGE_DROP_CONSTRAINT &&
                  g_strcmp0(change->name.name, key->name) == 0) ||
                 (change->kind == MIG_CHANGE_DROP_COLUMN && names_column(key, change->name.name));
    index = key->index != NULL ? mig_table_index(table, key->index) : NULL;
    return drops && (by_key || (index != NULL && index->replica_identity)) ? table : NULL;
}

static bool
gives_identity(const MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    if (mig_lint_table(ctx, &change->table) != table)
        return false;
    return change->kind == MIG_CHANGE_REPLICA_IDENTITY ||
           (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
            change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY);
}

static bool
has_other_identity(const MigLintContext *ctx, const MigTable *table)
{
    const GPtrArray *statements = ctx->step->statements;

    for (guint i = 0; i < statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(statements, i);
        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            if (gives_identity(ctx, &statement->changes->changes[j], table))
                return true;
        }
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = find_loser(ctx, change);

    if (table == NULL || has_other_identity(ctx, table))
        return;
    bool published = table->published || mig_catalog_publishes_all(ctx->catalog);
    /* Where all of the schema is known, so is that nobody publishes the table. */
    if (!published && mig_catalog_complete(ctx->catalog))
        return;
    const MigName name = {.schema = table->schema, .name = table->name};
    const MigPlace place = {.statement = ctx->statement,
                            .span = change->span,
                            .table = &name,
                            .nested = change->nested};
    const char *shown = mig_lint_table_name(ctx, table);
    MigFinding *finding = mig_lint_report_at(
        ctx, published ? mig_lint_severity(ctx) : MIG_SEVERITY_WARNING, place,
        published
            ? "%s is published and loses its replica identity: UPDATE and DELETE will fail"
            : "%s loses its replica identity: if it is published, UPDATE and DELETE will fail",
        shown);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "ALTER TABLE %s REPLICA IDENTITY USING INDEX another unique index, before it.",
                  shown);
}

const MigRule mig_rule_replica_identity_lost = {
    .id = "replica-identity-lost",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "The key by which a published table is replicated goes",
    .danger = "UPDATE and DELETE of the table fail at once, on the publisher.",
    .steps = {"ALTER TABLE ... REPLICA IDENTITY USING INDEX another unique index, before it."},
    .manual = "PostgreSQL 16, \"Logical Replication\", Publication",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* A rollback that loses what was written since, or brings back an empty shell. */
#include "lint/rollback.h"
#include "lint/rule.h"
#include "lint/within.h"

static bool
fills(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *table = data;

    return (change->kind == MIG_CHANGE_UPDATE || change->kind == MIG_CHANGE_INSERT ||
            change->kind == MIG_CHANGE_MERGE || change->kind == MIG_CHANGE_COPY) &&
           mig_lint_same_name(ctx, &change->table, table);
}

static const MigTable *
table_before(const MigLintContext *ctx, const MigName *name)
{
    const MigTable *table = mig_lint_table_before(ctx, name);
    bool has_rows = table != NULL && !table->temporary &&
                    (table->kind == MIG_RELATION_TABLE || table->kind == MIG_RELATION_PARTITIONED);

    return has_rows ? table : NULL;
}

/* Who has written that only the structure comes back knows it. */
static bool
is_said(const MigLintContext *ctx)
{
    const char *rollback = mig_migration_header(ctx->step->step->migration, "Rollback");

    return mig_lint_is_irreversible(ctx) ||
           (rollback != NULL && g_ascii_strncasecmp(rollback, "structure", 9) == 0);
}

static void
report(MigLintContext *ctx, const MigReviewedStatement *statement, const MigChange *change,
       const char *what)
{
    const MigPlace place = {.statement = statement, .span = change->span, .nested = change->nested};

    mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "DOWN makes %s again, but empty", what);
}

/* What UP has destroyed: to be found in the catalog of before, and made again here. */
static void
look_at(MigLintContext *ctx, guint index, const MigReviewedStatement *statement,
        const MigChange *change)
{
    size_t n = ctx->step->statements->len;

    if (change->kind == MIG_CHANGE_CREATE_TABLE && change->create_table != NULL) {
        bool empty = change->create_table->query == NULL && !change->temporary &&
                     !change->if_not_exists && change->create_table->partition_of.name == NULL;
        if (empty && table_before(ctx, &change->table) != NULL &&
            mig_lint_between(ctx, index, n, fills, &change->table) == NULL)
            report(ctx, statement, change,
                   mig_lint_format(ctx, "table %s", mig_lint_name(ctx, &change->table)));
        return;
    }
    if (change->kind != MIG_CHANGE_ADD_COLUMN || change->column == NULL ||
        change->column->generated != MIG_GENERATED_NO)
        return;
    const MigTable *before = table_before(ctx, &change->table);
    const MigTableColumn *column =
        before != NULL ? mig_table_column(before, change->column->name) : NULL;
    if (column != NULL && column->generated == MIG_GENERATED_NO && !column->uncertain &&
        mig_lint_between(ctx, index, n, fills, &change->table) == NULL)
        report(ctx, statement, change,
               mig_lint_format(ctx, "column %s of %s", change->column->name,
                               mig_lint_name(ctx, &change->table)));
}

static void
check_end(MigLintContext *ctx)
{
    if (mig_lint_before_up(ctx) == NULL || is_said(ctx))
        return;
    for (guint i = 0; i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);

        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            if (!statement->changes->changes[j].in_body)
                look_at(ctx, i, statement, &statement->changes->changes[j]);
        }
    }
}

/* What UP has made, and people have filled since: that is what DOWN is for, and worth a word. */
static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = ctx->down ? mig_lint_table(ctx, &change->table) : NULL;
    const char *name = mig_lint_name(ctx, &change->table);

    if (table == NULL ||
        (table->kind != MIG_RELATION_TABLE && table->kind != MIG_RELATION_PARTITIONED))
        return;
    if (change->kind == MIG_CHANGE_DROP_TABLE && mig_lint_undoes(ctx, table->made))
        mig_lint_report_as(ctx, MIG_SEVERITY_INFO, change,
                           "DOWN loses the rows that %s has got since UP", name);
    if (change->kind != MIG_CHANGE_DROP_COLUMN || mig_lint_undoes(ctx, table->made))
        return;
    const MigTableColumn *column = mig_table_column(table, change->name.name);
    if (column != NULL && column->generated == MIG_GENERATED_NO &&
        mig_lint_undoes(ctx, column->made))
        mig_lint_report_as(ctx, MIG_SEVERITY_INFO, change,
                           "DOWN loses the values that %s.%s has got since UP", name, column->name);
}

const MigRule mig_rule_down_loses_data = {
    .id = "down-loses-data",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    /* Not one about data, which would weigh less in DOWN: DOWN is what it is about. */
    .kind = MIG_RULE_BACK,
    .wants_before = true,
    .summary = "a rollback loses data, or brings back an empty shell",
    .danger =
        "Whoever runs it believes to be back where they were; the rows are gone all the same.",
    .steps = {"Let UP keep what it would destroy, under another name, until no rollback is to be "
              "expected; DOWN then renames it back.",
              "Or fill it again in DOWN from where its values are now.",
              "Or say in the header: -- Rollback: structure only."},
    .check = check,
    .check_end = check_end,
};

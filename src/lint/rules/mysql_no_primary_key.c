/* SPDX-License-Identifier: MIT */
/* A new table without a primary key. */
#include "lint/rule.h"

static bool
is_required(const MigLintContext *ctx)
{
    const char *setting = mig_catalog_setting(ctx->catalog, "sql_require_primary_key");

    return setting != NULL && (g_str_equal(setting, "1") || g_ascii_strcasecmp(setting, "on") == 0);
}

/* InnoDB takes a unique key of columns that are all NOT NULL in its place. */
static bool
has_key(const MigTable *table)
{
    if (mig_table_primary_key(table) != NULL)
        return true;
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        bool whole = index->unique && index->n_parts > 0;

        for (size_t j = 0; whole && j < index->n_parts; j++) {
            const MigTableColumn *column =
                index->parts[j].column != NULL && index->parts[j].prefix_length == 0
                    ? mig_table_column(table, index->parts[j].column)
                    : NULL;
            whole = column != NULL && column->not_null;
        }
        if (whole || index->primary)
            return true;
    }
    return false;
}

static void
judge(MigLintContext *ctx, const MigReviewedStatement *statement, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    /* It may have been dropped again, or renamed, or been there before. */
    if (change->kind != MIG_CHANGE_CREATE_TABLE || change->in_body || change->temporary ||
        table == NULL || table->temporary || table->kind != MIG_RELATION_TABLE ||
        !mig_lint_is_new(ctx, table) || !table->columns_known || table->columns->len == 0 ||
        has_key(table))
        return;
    const MigPlace place = {.statement = statement,
                            .span = change->table.span,
                            .table = &change->table,
                            .nested = change->nested};
    mig_lint_report_at(ctx, is_required(ctx) ? MIG_SEVERITY_ERROR : mig_lint_severity(ctx), place,
                       "%s has no primary key", mig_lint_name(ctx, &change->table));
}

static void
check_end(MigLintContext *ctx)
{
    const MigReviewedStatement *statement = mig_lint_statement(ctx, 0);

    for (size_t n = 0; statement != NULL; statement = mig_lint_statement(ctx, ++n)) {
        for (size_t i = 0; i < statement->changes->n_changes; i++)
            judge(ctx, statement, &statement->changes->changes[i]);
    }
}

const MigRule mig_rule_mysql_no_primary_key = {
    .id = "mysql-no-primary-key",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "a new table without a primary key",
    .danger = "Replicas find each changed row by reading all of them, group replication and "
              "sql_require_primary_key refuse the table, and online schema change tools can't work "
              "on it.",
    .steps = {"Add a primary key: id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, or the "
              "columns that tell rows apart."},
    .manual = "MySQL 8.4, \"Clustered and Secondary Indexes\"; \"Group Replication Requirements\"",
    .check_end = check_end,
};

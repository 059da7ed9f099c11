/* SPDX-License-Identifier: MIT */
/* ADD or DROP COLUMN that could be INSTANT, and isn't. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static bool
is_plain(const MigChange *change)
{
    const MigColumn *column = change->column;

    if (change->kind == MIG_CHANGE_DROP_COLUMN)
        return true;
    return change->kind == MIG_CHANGE_ADD_COLUMN && column != NULL && !column->auto_increment &&
           column->generated == MIG_GENERATED_NO && column->n_constraints == 0 &&
           (column->default_value == NULL || !column->default_value->parenthesised);
}

static bool
is_in_primary_key(const MigTable *table, const char *column)
{
    const MigTableConstraint *key = mig_table_primary_key(table);

    return key != NULL && key->columns != NULL && key->n_columns > 0 &&
           g_ascii_strcasecmp(key->columns[0], column) == 0;
}

static const char *
why(MigLintContext *ctx, const MigTable *table, const MigChange *change)
{
    const char *format = mig_lint_table_option(ctx, &change->table, "row_format");
    bool indexed = false;

    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        if (g_str_equal(index->method, "fulltext"))
            return "the table has a FULLTEXT index";
        for (size_t j = 0; j < index->n_parts; j++)
            indexed = indexed || g_strcmp0(index->parts[j].column, change->name.name) == 0;
    }
    if (format != NULL && g_str_equal(format, "compressed"))
        return "the table has ROW_FORMAT=COMPRESSED";
    if (change->kind == MIG_CHANGE_DROP_COLUMN && indexed)
        return "the column is in an index";
    if (change->kind == MIG_CHANGE_DROP_COLUMN && mig_mysql_is_older(ctx, 80029, 100400))
        return "this server drops columns only so";
    if (change->text != NULL && mig_mysql_is_older(ctx, 80029, 100400))
        return "this server puts an instant column only behind all others";
    return NULL;
}

/* Another action of the ALTER that builds an index, which turns the whole into a rebuild. */
static bool
builds_index(const MigLintContext *ctx)
{
    for (size_t i = 0; i < ctx->statement->changes->n_changes; i++) {
        const MigChange *change = &ctx->statement->changes->changes[i];
        if (change->kind == MIG_CHANGE_CREATE_INDEX ||
            (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
             change->constraint->kind == MIG_CONSTRAINT_UNIQUE))
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (!is_plain(change) || table == NULL || ctx->statement->impact->refused != NULL ||
        is_in_primary_key(table, change->name.name))
        return;
    g_autoptr(MigImpact) alone = mig_mysql_alone(ctx, change);
    g_autoptr(MigImpact) best = mig_mysql_best(ctx);
    MigMysqlCost cost = mig_mysql_cost(alone);
    const char *reason = cost != MIG_MYSQL_COST_NONE ? why(ctx, table, change) : NULL;
    if (cost == MIG_MYSQL_COST_NONE && mig_mysql_cost(best) == MIG_MYSQL_COST_REBUILD &&
        mig_mysql_blames(ctx, change, MIG_MYSQL_COST_REBUILD) && builds_index(ctx)) {
        reason = "the same ALTER builds an index";
        cost = MIG_MYSQL_COST_REBUILD;
    }
    if (reason == NULL)
        return;
    const char *name = mig_lint_name(ctx, &change->table);
    bool blocks = cost >= MIG_MYSQL_COST_SHARED && !best->concurrent_dml;
    mig_lint_report_as(ctx, blocks ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING, change,
                       "%s %s all of %s%s instead of being INSTANT: %s",
                       mig_mysql_describe(ctx, change),
                       cost == MIG_MYSQL_COST_COPY ? "copies" : "rebuilds", name,
                       blocks ? " while writes wait," : "", reason);
}

const MigRule mig_rule_mysql_instant_blocked = {
    .id = "mysql-instant-blocked",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .summary = "ADD or DROP COLUMN that could be INSTANT, and isn't",
    .danger =
        "What should change the dictionary alone writes the whole table anew: it takes its size "
        "on disk again, replicas fall behind, and with a FULLTEXT index writes wait.",
    .steps = {"Write a statement for each: what is INSTANT first, the index after it.",
              "State ALGORITHM=INSTANT, so that the server refuses instead of rebuilding.",
              "Where the table itself forbids it, let an online schema change tool do it."},
    .manual =
        "MySQL 8.4, \"Online DDL Operations\", Column Operations; MariaDB, \"InnoDB Online DDL "
        "Operations with the INSTANT Alter Algorithm\"",
    .weaker = {"mysql-table-copy", "mysql-table-rebuild", "mysql-blocks-writes-inplace",
               "mysql-algorithm-unstated"},
    .check = check,
};

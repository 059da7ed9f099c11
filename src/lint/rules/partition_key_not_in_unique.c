/* SPDX-License-Identifier: MIT */
/* A key of a partitioned table that lacks a column which decides on the partition. */
#include "lint/keys.h"
#include "lint/rule.h"
#include "lint/within.h"

typedef struct {
    const MigPartitionBy *by;
    const MigName *table;
} Partitioned;

typedef struct {
    GPtrArray *columns; /* (borrowed) char * */
} Mentions;

static bool
add_column(const MigExpr *expr, gpointer data)
{
    Mentions *mentions = data;

    if (expr->kind == MIG_EXPR_COLUMN)
        g_ptr_array_add(mentions->columns, (gpointer)(uintptr_t)expr->name);
    return true;
}

/* The columns that decide on the partition; %NULL array members never. */
static GPtrArray *
columns_of(const MigPartitionBy *by)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    Mentions mentions = {columns};

    for (size_t i = 0; by != NULL && i < by->n_key; i++) {
        if (by->key[i].column != NULL)
            g_ptr_array_add(columns, (gpointer)(uintptr_t)by->key[i].column);
        else
            mig_expr_walk(by->key[i].expr, add_column, &mentions);
    }
    return g_steal_pointer(&columns);
}

static void
check_columns(MigLintContext *ctx, MigPlace place, const Partitioned *partitioned,
              const char *const *columns, size_t n, const char *what)
{
    g_autoptr(GPtrArray) needed = columns_of(partitioned->by);

    for (guint i = 0; i < needed->len; i++) {
        const char *column = g_ptr_array_index(needed, i);
        if (mig_lint_has_word(ctx, columns, n, column))
            continue;
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s of %s must have %s, by which it is partitioned", what,
                           mig_lint_name(ctx, partitioned->table), column);
        return;
    }
}

static void
check_key(MigLintContext *ctx, const MigLintKey *key, gpointer data)
{
    const MigPlace place = {
        .statement = ctx->statement, .span = key->span, .nested = key->change->nested};

    if (key->constraint->using_index != NULL && key->constraint->n_columns == 0)
        return;
    check_columns(ctx, place, data, key->constraint->columns, key->constraint->n_columns,
                  key->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY ? "the primary key"
                                                                      : "UNIQUE");
}

static void
check_index(MigLintContext *ctx, const MigChange *change, const Partitioned *partitioned)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    const MigPlace place = {
        .statement = ctx->statement, .span = change->span, .nested = change->nested};

    if (change->kind != MIG_CHANGE_CREATE_INDEX || !change->index->unique)
        return;
    for (size_t i = 0; i < change->index->n_parts; i++) {
        if (change->index->parts[i].column != NULL)
            g_ptr_array_add(columns, (gpointer)(uintptr_t)change->index->parts[i].column);
    }
    check_columns(ctx, place, partitioned, (const char *const *)columns->pdata, columns->len,
                  "a unique index");
}

/* PARTITION BY of a table whose keys are there already. */
static void
check_there(MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    const Partitioned partitioned = {change->partition_by, &change->table};
    const MigPlace place = {.statement = ctx->statement, .span = change->span};

    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind == MIG_CONSTRAINT_PRIMARY_KEY || key->kind == MIG_CONSTRAINT_UNIQUE)
            check_columns(ctx, place, &partitioned, key->columns, key->n_columns,
                          key->kind == MIG_CONSTRAINT_PRIMARY_KEY ? "the primary key" : "UNIQUE");
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;
    const MigTable *table = mig_lint_table(ctx, &change->table);
    bool creates = change->kind == MIG_CHANGE_CREATE_TABLE && create != NULL;
    Partitioned partitioned = {NULL, &change->table};

    if (creates && create->partition_by.method != NULL)
        partitioned.by = &create->partition_by;
    else if (!creates && table != NULL)
        partitioned.by = table->partition_by;
    if (change->kind == MIG_CHANGE_PARTITION_BY && table != NULL && change->partition_by != NULL)
        check_there(ctx, change, table);
    if (partitioned.by == NULL || partitioned.by->method == NULL)
        return;
    mig_lint_each_key(ctx, change, MIG_CONSTRAINT_PRIMARY_KEY, check_key, &partitioned);
    mig_lint_each_key(ctx, change, MIG_CONSTRAINT_UNIQUE, check_key, &partitioned);
    check_index(ctx, change, &partitioned);
}

const MigRule mig_rule_partition_key_not_in_unique = {
    .id = "partition-key-not-in-unique",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a partitioned table's key without the partition's column",
    .danger =
        "The server refuses the statement: it can only see within a partition whether a key is "
        "there twice.",
    .steps = {"Add the columns by which the table is partitioned to the key."},
    .manual = "PostgreSQL 18, \"Table Partitioning\", Limitations; MySQL 8.4, \"Partitioning Keys, "
              "Primary "
              "Keys, and Unique Keys\"",
    .check = check,
};

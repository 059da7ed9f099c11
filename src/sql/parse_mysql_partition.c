/* SPDX-License-Identifier: MIT */
/* PARTITION BY, and the partitions it names. */
#include "sql/parse_mysql.h"

bool
mig_mysql_at_partition_by(const MigParser *p)
{
    return mig_parser_is(p, "partition") && mig_parser_peek_is(p, "by");
}

/* (a, b), which are expressions or columns; () is KEY's primary key. */
static MigKeyPart *
read_columns(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(MigKeyPart));

    mig_parser_expect_mark(p, "(");
    if (!mig_parser_is_mark(p, ")")) {
        do {
            MigKeyPart part = {.column = mig_parser_identifier(p, NULL)};
            g_array_append_val(parts, part);
        } while (mig_parser_take_mark(p, ","));
    }
    mig_parser_expect_mark(p, ")");
    return mig_arena_take_array(p->arena, parts, out_n);
}

/* (expression) of HASH, RANGE and LIST: a column, most often. */
static MigKeyPart *
read_expression(MigParser *p, size_t *out_n)
{
    MigKeyPart *part = mig_arena_new0(p->arena, MigKeyPart, 1);

    mig_parser_expect_mark(p, "(");
    MigExpr *expr = mig_parser_expression(p);
    mig_parser_expect_mark(p, ")");
    if (expr->kind == MIG_EXPR_COLUMN && expr->schema == NULL)
        part->column = expr->name;
    else
        part->expr = expr;
    *out_n = 1;
    return part;
}

static void
read_key_method(MigParser *p, MigPartitionBy *by, bool linear)
{
    by->method = linear ? "linear key" : "key";
    if (mig_parser_take(p, "algorithm")) {
        mig_parser_expect_mark(p, "=");
        mig_parser_number(p);
    }
    by->key = read_columns(p, &by->n_key);
}

/* MariaDB: SYSTEM_TIME [INTERVAL n unit [STARTS x] | LIMIT n] [AUTO]. */
static void
read_system_time(MigParser *p, MigPartitionBy *by, size_t from)
{
    by->method = "system_time";
    if (mig_parser_take(p, "interval")) {
        mig_parser_expression(p);
        mig_mysql_word(p);
        if (mig_parser_take(p, "starts"))
            mig_parser_expression(p);
    } else if (mig_parser_take(p, "limit")) {
        mig_parser_number(p);
    }
    mig_parser_take(p, "auto");
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "partitions by SYSTEM_TIME", from);
}

/* HASH, KEY, RANGE, LIST, SYSTEM_TIME. */
static void
read_method(MigParser *p, MigPartitionBy *by, bool sub)
{
    size_t from = mig_parser_mark(p);
    bool linear = mig_parser_take(p, "linear");

    if (mig_parser_take(p, "hash")) {
        by->method = linear ? "linear hash" : "hash";
        by->key = read_expression(p, &by->n_key);
    } else if (mig_parser_take(p, "key")) {
        read_key_method(p, by, linear);
    } else if (linear || sub) {
        mig_parser_fail(p, "expected HASH or KEY");
    } else if (mig_parser_is(p, "range") || mig_parser_is(p, "list")) {
        const char *method = mig_mysql_word(p);
        if (mig_parser_take(p, "columns")) {
            by->method = mig_arena_printf(p->arena, "%s columns", method);
            by->key = read_columns(p, &by->n_key);
        } else {
            by->method = method;
            by->key = read_expression(p, &by->n_key);
        }
    } else if (mig_parser_take(p, "system_time")) {
        read_system_time(p, by, from);
    } else {
        mig_parser_fail(p, "expected HASH, KEY, RANGE or LIST");
    }
}

/* A value of LESS THAN or IN, where MAXVALUE and DEFAULT are words. */
static MigExpr *
read_value(MigParser *p)
{
    static const char *const words[] = {"maxvalue", "default", NULL};

    if (mig_parser_is_any(p, words)) {
        MigExpr *word = mig_arena_new0(p->arena, MigExpr, 1);
        size_t from = mig_parser_mark(p);

        word->kind = MIG_EXPR_OTHER;
        word->text = mig_mysql_word(p);
        word->span = mig_parser_span(p, from);
        return word;
    }
    return mig_parser_expression(p);
}

/* (1, (2, 3), MAXVALUE) */
static MigExpr **
read_values(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(MigExpr *));

    mig_parser_expect_mark(p, "(");
    do {
        MigExpr *value = read_value(p);
        g_array_append_val(values, value);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
    return mig_arena_take_array(p->arena, values, out_n);
}

static void
read_less_than(MigParser *p, MigBound *bound)
{
    bound->kind = MIG_BOUND_RANGE;
    if (mig_parser_is(p, "maxvalue")) {
        bound->to = mig_arena_new0(p->arena, MigExpr *, 1);
        bound->to[0] = read_value(p);
        bound->n_to = 1;
        return;
    }
    bound->to = read_values(p, &bound->n_to);
}

/* VALUES LESS THAN ..., VALUES IN (...); MariaDB: HISTORY, CURRENT, DEFAULT. */
static void
read_bound(MigParser *p, MigBound *bound)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "default")) {
        bound->kind = MIG_BOUND_DEFAULT;
    } else if (mig_parser_take(p, "history") || mig_parser_take(p, "current")) {
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "partitions by SYSTEM_TIME", from);
    } else if (mig_parser_take(p, "values")) {
        if (mig_parser_take_words(p, "less than")) {
            read_less_than(p, bound);
        } else if (mig_parser_take(p, "in")) {
            bound->kind = MIG_BOUND_LIST;
            bound->from = read_values(p, &bound->n_from);
        } else {
            mig_parser_fail(p, "expected LESS THAN or IN");
        }
    }
}

/* ENGINE, COMMENT, DATA DIRECTORY, MAX_ROWS, ... of a partition: nothing here depends on them. */
static void
read_partition_options(MigParser *p)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

    for (;;) {
        if (mig_parser_take(p, "nodegroup")) {
            mig_mysql_take_equals(p);
            mig_parser_number(p);
        } else if (!mig_mysql_table_option(p, options)) {
            return;
        }
        if (mig_parser_failed(p))
            return;
    }
}

static void
read_subpartitions(MigParser *p)
{
    mig_parser_expect_mark(p, "(");
    do {
        mig_parser_expect(p, "subpartition");
        mig_mysql_name_or_string(p);
        read_partition_options(p);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
}

void
mig_mysql_partition(MigParser *p, MigPartition *partition)
{
    size_t from = mig_parser_mark(p);

    partition->name.name = mig_parser_identifier(p, &partition->name.quoted);
    partition->name.span = mig_parser_span(p, from);
    read_bound(p, &partition->bound);
    read_partition_options(p);
    if (mig_parser_is_mark(p, "("))
        read_subpartitions(p);
}

MigPartition *
mig_mysql_partitions(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) partitions = g_array_new(FALSE, FALSE, sizeof(MigPartition));

    mig_parser_expect_mark(p, "(");
    do {
        MigPartition partition = {0};
        /* MariaDB lets it be left out. */
        if (!mig_parser_take(p, "partition") && !mig_mysql_is_mariadb(p))
            mig_parser_expect(p, "partition");
        mig_mysql_partition(p, &partition);
        g_array_append_val(partitions, partition);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
    return mig_arena_take_array(p->arena, partitions, out_n);
}

void
mig_mysql_partition_by(MigParser *p, MigPartitionBy *by)
{
    mig_parser_expect(p, "partition");
    mig_parser_expect(p, "by");
    read_method(p, by, false);
    if (mig_parser_take(p, "partitions"))
        by->count = mig_parser_number(p);
    if (mig_parser_take(p, "subpartition")) {
        MigPartitionBy *sub = mig_arena_new0(p->arena, MigPartitionBy, 1);

        mig_parser_expect(p, "by");
        read_method(p, sub, true);
        if (mig_parser_take(p, "subpartitions"))
            sub->count = mig_parser_number(p);
        by->sub = sub;
    }
    if (mig_parser_is_mark(p, "("))
        by->partitions = mig_mysql_partitions(p, &by->n_partitions);
}

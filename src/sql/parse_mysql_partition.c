/* SPDX-License-Identifier: MIT */
/* PARTITION BY, the partitions it names, and what ALTER TABLE does with them. */
#include <string.h>

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

/* a, b, or ALL: names only. */
static void
read_partition_names(MigParser *p, MigChange *change, bool may_be_all)
{
    g_autoptr(GArray) partitions = g_array_new(FALSE, FALSE, sizeof(MigPartition));

    if (may_be_all && mig_parser_take(p, "all"))
        return;
    do {
        MigPartition partition = {0};
        size_t from = mig_parser_mark(p);

        partition.name.name = mig_parser_identifier(p, &partition.name.quoted);
        partition.name.span = mig_parser_span(p, from);
        g_array_append_val(partitions, partition);
    } while (mig_parser_take_mark(p, ","));
    change->partitions = mig_arena_take_array(p->arena, partitions, &change->n_partitions);
}

static void
take_no_binlog(MigParser *p)
{
    if (!mig_parser_take(p, "no_write_to_binlog"))
        mig_parser_take(p, "local");
}

static void
read_add(MigParser *p, MigChange *change)
{
    change->if_not_exists = mig_mysql_take_maria_if_not_exists(p, "partitions");
    take_no_binlog(p);
    if (mig_parser_take(p, "partitions")) {
        MigPartitionBy *by = mig_arena_new0(p->arena, MigPartitionBy, 1);
        by->count = mig_parser_number(p);
        change->partition_by = by;
        return;
    }
    change->partitions = mig_mysql_partitions(p, &change->n_partitions);
}

static void
read_reorganize(MigParser *p, MigChange *change)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(const char *));

    take_no_binlog(p);
    if (!mig_parser_is(p, "into") && mig_parser_is_name(p)) {
        do {
            const char *name = mig_parser_identifier(p, NULL);
            g_array_append_val(columns, name);
        } while (mig_parser_take_mark(p, ","));
        mig_parser_expect(p, "into");
        change->partitions = mig_mysql_partitions(p, &change->n_partitions);
    }
    change->columns = mig_arena_take_array(p->arena, columns, &change->n_columns);
}

static void
read_exchange(MigParser *p, MigChange *change)
{
    read_partition_names(p, change, false);
    mig_parser_expect(p, "with");
    mig_parser_expect(p, "table");
    change->to = mig_parser_name(p);
    change->on = true;

    size_t from = mig_parser_mark(p);
    if (mig_parser_take_words(p, "without validation"))
        change->on = false;
    else if (!mig_parser_take_words(p, "with validation"))
        return;
    mig_mysql_since_from(p, 50700, 110400, "WITH or WITHOUT VALIDATION", from);
}

/* MariaDB: CONVERT PARTITION a TO TABLE b; CONVERT TABLE b TO PARTITION a VALUES ... */
static void
read_convert(MigParser *p, MigChange *change, size_t from)
{
    change->on = true;
    if (mig_parser_take(p, "table")) {
        change->to = mig_parser_name(p);
        mig_parser_expect(p, "to");
        mig_parser_expect(p, "partition");
        change->partitions = mig_arena_new0(p->arena, MigPartition, 1);
        change->n_partitions = 1;
        mig_mysql_partition(p, &change->partitions[0]);
        if (mig_parser_take_words(p, "without validation"))
            change->on = false;
        else
            mig_parser_take_words(p, "with validation");
        change->text = "convert table";
    } else {
        mig_parser_expect(p, "partition");
        read_partition_names(p, change, false);
        mig_parser_expect(p, "to");
        mig_parser_expect(p, "table");
        change->to = mig_parser_name(p);
        change->text = "convert";
    }
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100700, "CONVERT PARTITION", from);
}

/* What CHECK and REPAIR are to do more. */
static void
skip_admin_words(MigParser *p)
{
    static const char *const words[] = {"quick",   "fast", "medium",  "extended", "changed",
                                        "use_frm", "for",  "upgrade", NULL};

    while (mig_parser_is_any(p, words))
        mig_parser_next(p);
}

static bool
read_named(MigParser *p, MigChange *change, const char *text)
{
    change->text = text;
    take_no_binlog(p);
    if (strcmp(text, "drop") == 0)
        change->if_exists = mig_mysql_take_maria_if_exists(p, "partitions");
    read_partition_names(p, change, strcmp(text, "drop") != 0);
    if (strcmp(text, "discard") == 0 || strcmp(text, "import") == 0) {
        mig_parser_expect(p, "tablespace");
        mig_mysql_since_from(p, 0, MIG_MYSQL_NEVER, "a partition's TABLESPACE",
                             change->partitions != NULL ? change->partitions[0].name.span.offset
                                                        : p->last_end);
    }
    skip_admin_words(p);
    return true;
}

/* The action whose word, and PARTITION behind it, have been passed. */
static bool
read_action(MigParser *p, MigChange *change, const char *word)
{
    change->text = word;
    if (strcmp(word, "add") == 0)
        read_add(p, change);
    else if (strcmp(word, "reorganize") == 0)
        read_reorganize(p, change);
    else if (strcmp(word, "exchange") == 0)
        read_exchange(p, change);
    else if (strcmp(word, "coalesce") == 0) {
        MigPartitionBy *by = mig_arena_new0(p->arena, MigPartitionBy, 1);
        take_no_binlog(p);
        by->count = mig_parser_number(p);
        change->partition_by = by;
    } else
        read_named(p, change, word);
    return true;
}

bool
mig_mysql_alter_partition(MigParser *p, const MigChange *base)
{
    static const char *const words[] = {"add",      "drop",       "discard",  "import",  "truncate",
                                        "coalesce", "reorganize", "exchange", "analyze", "check",
                                        "optimize", "rebuild",    "repair",   NULL};
    MigChange change = *base;
    size_t from = mig_parser_mark(p);

    change.kind = MIG_CHANGE_PARTITIONS;
    if (mig_mysql_at_partition_by(p)) {
        MigPartitionBy *by = mig_arena_new0(p->arena, MigPartitionBy, 1);
        mig_mysql_partition_by(p, by);
        change.kind = MIG_CHANGE_PARTITION_BY;
        change.partition_by = by;
    } else if (mig_parser_take_words(p, "remove partitioning")) {
        change.kind = MIG_CHANGE_REMOVE_PARTITIONING;
    } else if (mig_parser_is(p, "convert") &&
               (mig_parser_peek_is(p, "partition") || mig_parser_peek_is(p, "table"))) {
        mig_parser_next(p);
        read_convert(p, &change, from);
    } else if (mig_parser_is_any(p, words) && mig_parser_peek_is(p, "partition")) {
        const char *word = mig_mysql_word(p);
        mig_parser_next(p);
        read_action(p, &change, word);
    } else {
        return false;
    }
    mig_mysql_push(p, &change, from);
    return true;
}

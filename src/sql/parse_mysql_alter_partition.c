/* SPDX-License-Identifier: MIT */
/* What ALTER TABLE does with partitions. */
#include <string.h>

#include "sql/parse_mysql.h"

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

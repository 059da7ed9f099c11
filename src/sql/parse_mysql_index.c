/* SPDX-License-Identifier: MIT */
/* CREATE and DROP INDEX, DROP, RENAME and TRUNCATE TABLE. */
#include "sql/parse_mysql.h"

/* ALGORITHM and LOCK, and MariaDB's WAIT. */
static void
read_clauses(MigParser *p)
{
    while (mig_mysql_alter_clause(p))
        ;
}

void
mig_mysql_create_index(MigParser *p, size_t from, bool or_replace)
{
    static const char *const kinds[] = {"fulltext", "spatial", "vector", NULL};
    MigIndex *index = mig_arena_new0(p->arena, MigIndex, 1);
    MigChange change = {.kind = MIG_CHANGE_CREATE_INDEX, .or_replace = or_replace, .index = index};
    const char *kind = NULL;
    size_t index_from = mig_parser_mark(p);

    index->unique = mig_parser_take(p, "unique");
    if (!index->unique && mig_parser_is_any(p, kinds))
        kind = mig_mysql_word(p);
    mig_parser_expect(p, "index");
    change.if_not_exists = mig_mysql_take_maria_if_not_exists(p, "indexes");
    size_t name_from = mig_parser_mark(p);
    index->name.name = mig_parser_identifier(p, &index->name.quoted);
    index->name.span = mig_parser_span(p, name_from);
    change.name = index->name;
    mig_mysql_index_method(p, &index->method);
    mig_parser_expect(p, "on");
    change.table = mig_parser_name(p);
    index->parts = mig_mysql_key_parts(p, &index->n_parts);
    index->without_overlaps = mig_parser_take_words(p, "without overlaps");
    if (index->without_overlaps)
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100503, "WITHOUT OVERLAPS", from);
    mig_parser_expect_mark(p, ")");
    mig_mysql_wait(p);
    mig_mysql_index_options(p, index);
    if (kind != NULL)
        index->method = kind;
    index->span = mig_parser_span(p, index_from);
    read_clauses(p);
    mig_mysql_push(p, &change, from);
}

void
mig_mysql_drop_index(MigParser *p, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_DROP_INDEX};

    change.if_exists = mig_mysql_take_maria_if_exists(p, "indexes");
    size_t name_from = mig_parser_mark(p);
    change.name.name = mig_parser_identifier(p, &change.name.quoted);
    change.name.span = mig_parser_span(p, name_from);
    mig_parser_expect(p, "on");
    change.table = mig_parser_name(p);
    mig_mysql_wait(p);

    size_t clauses = mig_parser_mark(p);
    if (mig_mysql_alter_clause(p)) {
        read_clauses(p);
        mig_mysql_since_from(p, 0, MIG_MYSQL_NEVER, "ALGORITHM and LOCK of DROP INDEX", clauses);
    }
    mig_mysql_push(p, &change, from);
}

void
mig_mysql_drop_tables(MigParser *p, size_t from, bool temporary)
{
    size_t first = p->changes->len;
    bool if_exists = mig_mysql_take_if_exists(p);

    do {
        MigChange change = {
            .kind = MIG_CHANGE_DROP_TABLE, .temporary = temporary, .if_exists = if_exists};
        change.table = mig_parser_name(p);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));
    mig_mysql_wait(p);

    bool cascade = mig_parser_take(p, "cascade");
    bool restricted = !cascade && mig_parser_take(p, "restrict");
    for (size_t i = first; i < p->changes->len; i++) {
        MigChange *change = &g_array_index(p->changes, MigChange, i);
        change->cascade = cascade;
        change->restrict_said = restricted;
    }
}

static void
rename_users(MigParser *p, size_t from)
{
    do {
        MigChange change = {.kind = MIG_CHANGE_RENAME_OBJECT, .object_type = MIG_TYPE_OF_ROLE};
        change.name.name = mig_mysql_account(p);
        mig_parser_expect(p, "to");
        change.to.name = mig_mysql_account(p);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));
}

void
mig_mysql_rename(MigParser *p, size_t from)
{
    if (mig_parser_take(p, "user")) {
        rename_users(p, from);
        return;
    }
    if (!mig_parser_take(p, "table"))
        mig_parser_expect(p, "tables");

    bool if_exists = mig_mysql_take_maria_if_exists(p, "RENAME TABLE");
    do {
        size_t one = mig_parser_mark(p);
        MigChange change = {.kind = MIG_CHANGE_RENAME_TABLE, .if_exists = if_exists};

        change.table = mig_parser_name(p);
        mig_mysql_wait(p);
        mig_parser_expect(p, "to");
        change.to = mig_parser_name(p);
        mig_mysql_push(p, &change, one);
    } while (mig_parser_take_mark(p, ","));
}

void
mig_mysql_truncate(MigParser *p, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_TRUNCATE};

    mig_parser_take(p, "table");
    change.table = mig_parser_name(p);
    mig_mysql_wait(p);

    mig_mysql_push(p, &change, from);
}

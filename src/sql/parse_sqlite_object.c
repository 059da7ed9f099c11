/* SPDX-License-Identifier: MIT */
/* SQLite's CREATE INDEX, CREATE VIEW and CREATE TRIGGER, and a trigger's body. */
#include "sql/parse_sqlite.h"

#include <string.h>

#include "sql/parse_expression.h"

void
mig_sqlite_create_index(MigParser *p, size_t from, bool unique)
{
    MigIndex *index = mig_arena_new0(p->arena, MigIndex, 1);
    MigChange change = {.kind = MIG_CHANGE_CREATE_INDEX, .index = index};

    change.if_not_exists = mig_sqlite_if_not_exists(p);
    change.name = mig_parser_name(p);
    index->name = change.name;
    index->unique = unique;
    mig_parser_expect(p, "on");
    size_t table_from = mig_parser_mark(p);
    change.table.name = mig_parser_identifier(p, &change.table.quoted);
    change.table.schema = change.name.schema;
    change.table.span = mig_parser_span(p, table_from);
    index->parts = mig_parser_key_parts(p, &index->n_parts);
    if (mig_parser_take(p, "where"))
        index->where = mig_parser_expression(p);
    index->span = mig_parser_span(p, from);
    change.span = index->span;
    g_array_append_val(p->changes, change);
}

void
mig_sqlite_create_view(MigParser *p, size_t from, bool temporary)
{
    MigChange change = {.kind = MIG_CHANGE_CREATE_VIEW, .temporary = temporary};

    change.if_not_exists = mig_sqlite_if_not_exists(p);
    change.table = mig_parser_name(p);
    if (mig_parser_is_mark(p, "("))
        change.columns = mig_parser_names(p, &change.n_columns);
    mig_parser_expect(p, "as");
    change.query = mig_parser_query(p);
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

static void
read_event(MigParser *p, MigChange *change, MigRoutine *routine)
{
    const char **events = mig_arena_new0(p->arena, const char *, 1);

    change->text = "before";
    if (mig_parser_take_words(p, "instead of"))
        change->text = "instead of";
    else if (mig_parser_take(p, "after"))
        change->text = "after";
    else
        mig_parser_take(p, "before");
    if (mig_parser_take(p, "delete")) {
        events[0] = "delete";
    } else if (mig_parser_take(p, "insert")) {
        events[0] = "insert";
    } else if (mig_parser_take(p, "update")) {
        events[0] = "update";
        if (mig_parser_take(p, "of")) {
            g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(const char *));
            do {
                const char *column = mig_parser_identifier(p, NULL);
                g_array_append_val(columns, column);
            } while (mig_parser_take_mark(p, ","));
            change->columns = mig_arena_take_array(p->arena, columns, &change->n_columns);
        }
    } else {
        mig_parser_fail(p, "expected INSERT, UPDATE or DELETE");
    }
    routine->events = events;
    routine->n_events = 1;
}

void
mig_parse_sqlite_body(MigParser *p)
{
    guint before = p->changes->len;
    guint n = 0;

    while (!mig_parser_is(p, "end") && !mig_parser_failed(p)) {
        guint last = p->changes->len;
        size_t from = mig_parser_mark(p);

        if (!mig_parser_data_statement(p))
            mig_parser_fail(p, "expected INSERT, UPDATE, DELETE, SELECT or END");
        /* SQLite, "CREATE TRIGGER": common table expressions aren't for statements in a trigger. */
        if (p->changes->len > last && g_array_index(p->changes, MigChange, last).n_ctes > 0)
            mig_parser_fail_at(p, mig_parser_span(p, from), MIG_PARSE_SYNTAX,
                               "in a trigger WITH can't stand before INSERT, UPDATE or DELETE");
        if (p->token.kind != MIG_TOKEN_SEMICOLON)
            mig_parser_fail(p, "expected \";\"");
        mig_parser_next(p);
        n++;
    }
    if (n == 0)
        mig_parser_fail(p, "expected INSERT, UPDATE, DELETE or SELECT");
    for (guint i = before; i < p->changes->len; i++)
        g_array_index(p->changes, MigChange, i).in_body = true;
}

void
mig_sqlite_create_trigger(MigParser *p, size_t from, bool temporary)
{
    MigRoutine *routine = mig_arena_new0(p->arena, MigRoutine, 1);
    MigChange change = {
        .kind = MIG_CHANGE_CREATE_TRIGGER, .temporary = temporary, .routine = routine, .on = true};

    change.if_not_exists = mig_sqlite_if_not_exists(p);
    change.name = mig_parser_name(p);
    read_event(p, &change, routine);
    mig_parser_expect(p, "on");
    change.table = mig_parser_name(p);
    mig_parser_take_words(p, "for each row");
    if (mig_parser_take(p, "when"))
        change.expr = mig_parser_expression(p);

    size_t body = mig_parser_mark(p);
    guint at = p->changes->len;
    mig_parser_expect(p, "begin");
    g_array_append_val(p->changes, change);
    mig_parse_sqlite_body(p);
    mig_parser_expect(p, "end");
    routine->body_span = mig_parser_span(p, body);
    routine->body =
        mig_arena_strndup(p->arena, p->sql + routine->body_span.offset, routine->body_span.length);
    routine->body_length = routine->body_span.length;
    routine->volatility = 'v';
    g_array_index(p->changes, MigChange, at).span = mig_parser_span(p, from);
}

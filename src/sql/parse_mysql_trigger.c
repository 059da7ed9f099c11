/* SPDX-License-Identifier: MIT */
/* Triggers, events and MariaDB's packages. */
#include "sql/parse_mysql.h"

static MigRoutine *
new_routine(MigParser *p, const char *definer)
{
    MigRoutine *routine = mig_arena_new0(p->arena, MigRoutine, 1);

    routine->volatility = 'v';
    routine->security_definer = true;
    routine->definer = definer;
    return routine;
}

/* INSERT, UPDATE or DELETE; MariaDB 12 has several: INSERT OR UPDATE OF a. */
static void
read_events(MigParser *p, MigChange *change, MigRoutine *routine)
{
    static const char *const events[] = {"insert", "update", "delete", NULL};
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(const char *));
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(const char *));
    size_t from = mig_parser_mark(p);

    do {
        const char *event = mig_mysql_one_of(p, events);
        g_array_append_val(list, event);
        if (mig_mysql_is_mariadb(p) && mig_parser_take(p, "of")) {
            do {
                const char *column = mig_parser_identifier(p, NULL);
                g_array_append_val(columns, column);
            } while (mig_parser_take_mark(p, ","));
        }
    } while (mig_mysql_is_mariadb(p) && mig_parser_take(p, "or"));
    if (list->len > 1 || columns->len > 0)
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 120000, "triggers for several events", from);
    routine->events = mig_arena_take_array(p->arena, list, &routine->n_events);
    change->columns = mig_arena_take_array(p->arena, columns, &change->n_columns);
}

static void
read_body(MigParser *p, MigChange *change, MigRoutine *routine, size_t from)
{
    size_t index = p->changes->len;

    change->routine = routine;
    mig_mysql_push(p, change, from);
    mig_mysql_routine_body(p, routine);
    g_array_index(p->changes, MigChange, index).span = mig_parser_span(p, from);
}

void
mig_mysql_create_trigger(MigParser *p, size_t from, const char *definer, bool or_replace)
{
    static const char *const times[] = {"before", "after", NULL};
    MigRoutine *routine = new_routine(p, definer);
    MigChange change = {.kind = MIG_CHANGE_CREATE_TRIGGER, .or_replace = or_replace, .on = true};

    mig_parser_expect(p, "trigger");
    size_t if_from = mig_parser_mark(p);
    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    if (change.if_not_exists)
        mig_mysql_since_from(p, 80029, 100104, "CREATE TRIGGER IF NOT EXISTS", if_from);
    change.name = mig_parser_name(p);
    change.text = mig_mysql_one_of(p, times);
    read_events(p, &change, routine);
    mig_parser_expect(p, "on");
    change.table = mig_parser_name(p);
    mig_parser_expect(p, "for");
    mig_parser_expect(p, "each");
    mig_parser_expect(p, "row");
    if (mig_parser_take(p, "follows") || mig_parser_take(p, "precedes"))
        mig_mysql_name_or_string(p);
    read_body(p, &change, routine, from);
}

/* AT x [+ INTERVAL ...] or EVERY n unit [STARTS x] [ENDS x] */
static void
read_schedule(MigParser *p)
{
    if (mig_parser_take(p, "at")) {
        mig_parser_expression(p);
        return;
    }
    mig_parser_expect(p, "every");
    mig_parser_expression(p);
    mig_mysql_word(p);
    if (mig_parser_take(p, "starts"))
        mig_parser_expression(p);
    if (mig_parser_take(p, "ends"))
        mig_parser_expression(p);
}

/* ON COMPLETION, ENABLE, DISABLE, COMMENT. */
static void
read_event_options(MigParser *p, GArray *options)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take_words(p, "on completion")) {
        mig_mysql_add_option(p, options, "on completion",
                             mig_parser_take(p, "not") ? "not preserve" : "preserve", from);
        mig_parser_expect(p, "preserve");
    }
    if (mig_parser_take_words(p, "rename to")) {
        mig_mysql_add_option(p, options, "rename to", mig_parser_name(p).name, from);
    }
    from = mig_parser_mark(p);
    if (mig_parser_take(p, "enable")) {
        mig_mysql_add_option(p, options, "enable", NULL, from);
    } else if (mig_parser_take(p, "disable")) {
        if (mig_parser_take(p, "on") && !mig_parser_take(p, "slave"))
            mig_parser_expect(p, "replica");
        mig_mysql_add_option(p, options, "disable", NULL, from);
    }
    from = mig_parser_mark(p);
    if (mig_parser_take(p, "comment"))
        mig_mysql_add_option(p, options, "comment", mig_parser_string(p), from);
}

void
mig_mysql_create_event(MigParser *p, size_t from, const char *definer, bool or_replace)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));
    MigRoutine *routine = new_routine(p, definer);
    MigChange change = {.kind = MIG_CHANGE_CREATE_EVENT, .or_replace = or_replace};

    mig_parser_expect(p, "event");
    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    change.name = mig_parser_name(p);
    mig_parser_expect(p, "on");
    mig_parser_expect(p, "schedule");
    read_schedule(p);
    read_event_options(p, options);
    mig_mysql_take_options(p, options, &change);
    mig_parser_expect(p, "do");
    read_body(p, &change, routine, from);
}

void
mig_mysql_alter_event(MigParser *p, size_t from, const char *definer)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));
    MigChange change = {.kind = MIG_CHANGE_ALTER_OBJECT, .object_type = MIG_TYPE_OF_EVENT};

    mig_parser_expect(p, "event");
    change.name = mig_parser_name(p);
    if (mig_parser_is(p, "on") && mig_parser_peek_is(p, "schedule")) {
        mig_parser_next(p);
        mig_parser_next(p);
        read_schedule(p);
    }
    read_event_options(p, options);
    mig_mysql_take_options(p, options, &change);
    if (mig_parser_take(p, "do"))
        read_body(p, &change, new_routine(p, definer), from);
    else
        mig_mysql_push(p, &change, from);
}

/* A package is written in Oracle's language, into which is not looked: its END is the last word. */
void
mig_mysql_create_package(MigParser *p, size_t from, const char *definer, bool or_replace)
{
    MigRoutine *routine = new_routine(p, definer);
    MigChange change = {.kind = MIG_CHANGE_CREATE_OBJECT,
                        .object_type = MIG_TYPE_OF_OTHER,
                        .or_replace = or_replace,
                        .routine = routine};

    mig_parser_expect(p, "package");
    change.text = mig_parser_take(p, "body") ? "package body" : "package";
    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    change.name = mig_parser_name(p);
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100305, "packages", from);

    size_t body = mig_parser_mark(p);
    while (!mig_parser_at_end(p))
        mig_parser_next(p);
    routine->body_span = mig_parser_span(p, body);
    routine->body =
        mig_arena_strndup(p->arena, p->sql + routine->body_span.offset, routine->body_span.length);
    routine->body_length = routine->body_span.length;
    mig_mysql_push(p, &change, from);
}

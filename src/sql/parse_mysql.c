/* SPDX-License-Identifier: MIT */
/* MySQL's and MariaDB's statements, by their first words. */
#include "sql/parse_mysql.h"

/* ALGORITHM = UNDEFINED, MERGE or TEMPTABLE, of a view. */
static void
take_view_algorithm(MigParser *p)
{
    static const char *const algorithms[] = {"undefined", "merge", "temptable", NULL};

    if (!mig_parser_is(p, "algorithm") || !mig_parser_peek_mark(p, "="))
        return;
    mig_parser_next(p);
    mig_parser_next(p);
    mig_mysql_one_of(p, algorithms);
}

/* What of CREATE may have a DEFINER. Returns: false if it is none of them */
static bool
create_program(MigParser *p, size_t from, const char *definer, bool or_replace)
{
    static const char *const routines[] = {"procedure", "function", "aggregate", NULL};

    if (mig_parser_is(p, "view") || mig_parser_is(p, "sql"))
        mig_mysql_create_view(p, from, definer, or_replace);
    else if (mig_parser_is_any(p, routines))
        mig_mysql_create_routine(p, from, definer, or_replace);
    else if (mig_parser_is(p, "trigger"))
        mig_mysql_create_trigger(p, from, definer, or_replace);
    else if (mig_parser_is(p, "event"))
        mig_mysql_create_event(p, from, definer, or_replace);
    else if (mig_parser_is(p, "package"))
        mig_mysql_create_package(p, from, definer, or_replace);
    else
        return false;
    return true;
}

/* MySQL has OR REPLACE for views, and for spatial reference systems, only. */
static bool
take_or_replace(MigParser *p)
{
    static const char *const no_view[] = {"table",     "temporary", "index", "unique", "trigger",
                                          "procedure", "function",  "event", "user",   "role",
                                          "database",  "server",    NULL};
    size_t from = mig_parser_mark(p);

    if (!mig_parser_take_words(p, "or replace"))
        return false;
    if (!mig_parser_is_any(p, no_view))
        return true;
    if (mig_mysql_is_mariadb(p))
        mig_mysql_since_from(p, 0, 100108, "OR REPLACE", from);
    else
        mig_parser_unsupported(p, mig_parser_span(p, from),
                               "MySQL has OR REPLACE for views only; MariaDB has it for this, too");
    return true;
}

static void
read_create(MigParser *p, size_t from)
{
    static const char *const indexes[] = {"index", "unique", "fulltext", "spatial", "vector", NULL};
    bool or_replace = take_or_replace(p);

    take_view_algorithm(p);
    const char *definer = mig_mysql_definer(p);
    if (create_program(p, from, definer, or_replace))
        return;
    if (definer != NULL) {
        mig_parser_fail(p, "expected VIEW, PROCEDURE, FUNCTION, TRIGGER or EVENT");
        return;
    }

    bool temporary = mig_parser_take(p, "temporary");
    if (mig_parser_take(p, "table"))
        mig_mysql_create_table(p, from, or_replace, temporary);
    else if (mig_parser_is_any(p, indexes))
        mig_mysql_create_index(p, from, or_replace);
    else if (mig_parser_take(p, "user"))
        mig_mysql_create_user(p, from, or_replace);
    else if (mig_parser_take(p, "role"))
        mig_mysql_create_role(p, from, or_replace);
    else if (!mig_mysql_create_object(p, from, or_replace, temporary))
        mig_parser_fail(p, "expected what to create, such as TABLE, INDEX or VIEW");
}

static void
read_alter(MigParser *p, size_t from)
{
    size_t online = mig_parser_mark(p);

    take_view_algorithm(p);
    const char *definer = mig_mysql_definer(p);
    if (mig_parser_is(p, "view") || mig_parser_is(p, "sql")) {
        mig_mysql_create_view(p, from, definer, true);
        return;
    }
    if (mig_parser_is(p, "event")) {
        mig_mysql_alter_event(p, from, definer);
        return;
    }
    if (mig_parser_is(p, "procedure") || mig_parser_is(p, "function")) {
        mig_mysql_alter_routine(p, from);
        return;
    }
    if (mig_parser_take(p, "user")) {
        mig_mysql_alter_user(p, from);
        return;
    }
    if (mig_parser_take(p, "online")) {
        p->into->online_said = true;
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 0, "ALTER ONLINE TABLE", online);
    }
    size_t ignore = mig_parser_mark(p);
    if (mig_parser_take(p, "ignore"))
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 0, "ALTER IGNORE TABLE", ignore);
    if (mig_parser_is(p, "table"))
        mig_mysql_alter_table(p, from);
    else if (!mig_mysql_alter_object(p, from))
        mig_parser_fail(p, "expected what to alter, such as TABLE or VIEW");
}

/* MariaDB runs a compound statement outside of programs, too. */
static void
read_compound(MigParser *p, size_t from)
{
    MigRoutine *routine = mig_arena_new0(p->arena, MigRoutine, 1);
    MigChange change = {.kind = MIG_CHANGE_DO, .routine = routine};
    size_t index = p->changes->len;

    mig_mysql_push(p, &change, from);
    mig_mysql_routine_body(p, routine);
    for (size_t i = index + 1; i < p->changes->len; i++) {
        MigChange *inside = &g_array_index(p->changes, MigChange, i);
        inside->in_body = false;
        inside->nested = true;
    }
    g_array_index(p->changes, MigChange, index).span = mig_parser_span(p, from);
}

static bool
read_definition(MigParser *p, size_t from)
{
    if (mig_parser_take(p, "create"))
        read_create(p, from);
    else if (mig_parser_take(p, "alter"))
        read_alter(p, from);
    else if (mig_parser_take(p, "drop"))
        mig_mysql_drop(p, from);
    else if (mig_parser_take(p, "rename"))
        mig_mysql_rename(p, from);
    else if (mig_parser_take(p, "truncate"))
        mig_mysql_truncate(p, from);
    else if (mig_parser_take(p, "grant"))
        mig_mysql_grant(p, from, MIG_CHANGE_GRANT);
    else if (mig_parser_take(p, "revoke"))
        mig_mysql_grant(p, from, MIG_CHANGE_REVOKE);
    else if (mig_parser_take(p, "set"))
        mig_mysql_set(p, from);
    else
        return false;
    return true;
}

void
mig_mysql_statement(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_data_statement(p) || read_definition(p, from) || mig_mysql_load(p, from) ||
        mig_mysql_session(p, from) || mig_mysql_admin(p, from))
        return;
    if (mig_mysql_signal(p)) {
        mig_mysql_unknown(p, "signal", from);
        return;
    }
    mig_parser_fail(p, "no statement begins so");
}

void
mig_parse_mysql(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (mig_mysql_at_compound(p))
        read_compound(p, from);
    else
        mig_mysql_statement(p);
}

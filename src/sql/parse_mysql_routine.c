/* SPDX-License-Identifier: MIT */
/* Stored procedures and functions: their heads. */
#include <string.h>

#include "sql/parse_mysql.h"

/* One parameter: [IN | OUT | INOUT] name type. In Oracle mode the name comes first. */
static const char *
read_parameter(MigParser *p, bool procedure)
{
    static const char *const modes[] = {"in", "out", "inout", NULL};
    bool mode = false;

    if ((procedure || mig_mysql_is_mariadb(p)) && mig_parser_is_any(p, modes)) {
        mode = true;
        mig_parser_next(p);
    }
    const char *name = mig_parser_identifier(p, NULL);
    if (!mode && mig_mysql_is_mariadb(p) && mig_parser_take(p, "in")) {
        mig_parser_take(p, "out");
    } else if (!mode && mig_mysql_is_mariadb(p) && !mig_parser_take(p, "out")) {
        mig_parser_take(p, "inout");
    }
    mig_mysql_program_type(p);
    /* MariaDB 11.8: a default. */
    if (mig_mysql_is_mariadb(p) && (mig_parser_take(p, "default") || mig_parser_take_mark(p, ":=")))
        mig_parser_expression(p);
    return name;
}

static void
read_parameters(MigParser *p, MigRoutine *routine, bool procedure)
{
    g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(const char *));
    size_t from = mig_parser_mark(p);

    mig_parser_expect_mark(p, "(");
    if (!mig_parser_is_mark(p, ")")) {
        do {
            const char *name = read_parameter(p, procedure);
            g_array_append_val(names, name);
        } while (mig_parser_take_mark(p, ","));
    }
    mig_parser_expect_mark(p, ")");
    routine->arguments = mig_parser_text(p, mig_parser_span(p, from));
    routine->parameters = mig_arena_take_array(p->arena, names, &routine->n_parameters);
}

static bool
read_characteristic(MigParser *p, MigRoutine *routine, GArray *options)
{
    static const char *const sql[] = {"contains sql", "no sql", "reads sql data",
                                      "modifies sql data", NULL};
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "comment")) {
        mig_mysql_add_option(p, options, "comment", mig_parser_string(p), from);
        return true;
    }
    if (mig_parser_take(p, "language")) {
        routine->language = mig_mysql_word(p);
        return true;
    }
    for (size_t i = 0; sql[i] != NULL; i++) {
        if (mig_parser_take_words(p, sql[i])) {
            mig_mysql_add_option(p, options, sql[i], NULL, from);
            return true;
        }
    }
    if (mig_parser_take_words(p, "sql security")) {
        routine->security_definer = !mig_parser_take(p, "invoker");
        if (routine->security_definer)
            mig_parser_expect(p, "definer");
        return true;
    }
    if (mig_parser_take_words(p, "not deterministic")) {
        routine->volatility_said = true;
        return true;
    }
    if (mig_parser_take(p, "deterministic")) {
        routine->volatility = 'i';
        routine->volatility_said = true;
        return true;
    }
    return false;
}

void
mig_mysql_characteristics(MigParser *p, MigRoutine *routine, GArray *options)
{
    while (read_characteristic(p, routine, options) && !mig_parser_failed(p))
        ;
}

bool
mig_mysql_oracle_body(MigParser *p)
{
    if (!mig_mysql_is_mariadb(p) || (!mig_parser_is(p, "as") && !mig_parser_is(p, "is")))
        return false;
    while (!mig_parser_at_end(p))
        mig_parser_next(p);
    return true;
}

/* Whether a routine whose parameters begin here is written in Oracle's language. */
static bool
is_oracle(const MigParser *p)
{
    MigParser ahead = *p;

    if (!mig_mysql_is_mariadb(p))
        return false;
    if (mig_parser_is_mark(&ahead, "("))
        mig_parser_skip_parens(&ahead);
    return mig_parser_is(&ahead, "as") || mig_parser_is(&ahead, "is") ||
           mig_parser_is(&ahead, "return") || mig_parser_is(&ahead, "authid");
}

/* [(parameters)] [RETURN type] ... AS | IS: neither is looked into. */
static void
read_oracle_head(MigParser *p, MigRoutine *routine)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_is_mark(p, "("))
        mig_parser_skip_parens(p);
    routine->arguments = mig_parser_text(p, mig_parser_span(p, from));
    while (!mig_parser_at_end(p) && !mig_parser_is(p, "as") && !mig_parser_is(p, "is"))
        mig_parser_next(p);
    if (mig_parser_at_end(p))
        mig_parser_fail(p, "expected AS or IS");
}

void
mig_mysql_routine_body(MigParser *p, MigRoutine *routine)
{
    size_t from = mig_parser_mark(p);
    size_t first = p->changes->len;
    MigChanges outside = *p->into;

    if (routine->language != NULL && strcmp(routine->language, "javascript") == 0) {
        /* MySQL 9, JavaScript: AS $$ ... $$. */
        mig_mysql_skip_statement(p);
    } else if (!mig_mysql_oracle_body(p)) {
        mig_parse_mysql_body(p);
    }
    for (size_t i = first; i < p->changes->len; i++)
        g_array_index(p->changes, MigChange, i).in_body = true;
    /* The clauses of an ALTER TABLE in there are not this statement's. */
    p->into->algorithm = outside.algorithm;
    p->into->lock = outside.lock;
    p->into->online_said = outside.online_said;
    p->into->wait_said = outside.wait_said;
    p->into->wait_s = outside.wait_s;
    routine->body_span = mig_parser_span(p, from);
    routine->body =
        mig_arena_strndup(p->arena, p->sql + routine->body_span.offset, routine->body_span.length);
    routine->body_length = routine->body_span.length;
}

/* CREATE FUNCTION name RETURNS STRING SONAME 'library': what comes from a library. */
static bool
read_loadable(MigParser *p, MigChange *change, size_t from)
{
    static const char *const types[] = {"string", "integer", "int", "real", "decimal", NULL};

    if (mig_parser_is_mark(p, "("))
        return false;
    mig_parser_expect(p, "returns");
    mig_mysql_one_of(p, types);
    mig_parser_expect(p, "soname");
    mig_parser_string(p);
    change->kind = MIG_CHANGE_CREATE_ROUTINE;
    mig_mysql_push(p, change, from);
    return true;
}

/* Behind the parameters, up to the body. */
static void
read_head(MigParser *p, MigRoutine *routine, bool function)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

    if (function) {
        mig_parser_expect(p, "returns");
        size_t from = mig_parser_mark(p);
        mig_mysql_program_type(p);
        routine->returns = mig_parser_text(p, mig_parser_span(p, from));
    }
    mig_mysql_characteristics(p, routine, options);
    routine->options = mig_arena_take_array(p->arena, options, &routine->n_options);
}

void
mig_mysql_create_routine(MigParser *p, size_t from, const char *definer, bool or_replace)
{
    MigRoutine *routine = mig_arena_new0(p->arena, MigRoutine, 1);
    MigChange change = {
        .kind = MIG_CHANGE_CREATE_ROUTINE, .or_replace = or_replace, .routine = routine};
    size_t aggregate_from = mig_parser_mark(p);

    routine->volatility = 'v';
    routine->security_definer = true;
    routine->definer = definer;
    bool aggregate = mig_parser_take(p, "aggregate");
    bool function = mig_parser_take(p, "function");
    if (!function)
        mig_parser_expect(p, "procedure");
    change.object_type = function ? MIG_TYPE_OF_FUNCTION : MIG_TYPE_OF_PROCEDURE;

    size_t if_from = mig_parser_mark(p);
    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    if (change.if_not_exists)
        mig_mysql_since_from(p, 80029, 100103, "IF NOT EXISTS of a routine", if_from);
    change.name = mig_parser_name(p);
    bool oracle = is_oracle(p);
    if (function && !oracle && read_loadable(p, &change, from))
        return;
    if (aggregate) {
        change.object_type = MIG_TYPE_OF_AGGREGATE;
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100303, "stored aggregate functions",
                             aggregate_from);
    }
    if (oracle) {
        routine->language = "oracle";
        read_oracle_head(p, routine);
    } else {
        read_parameters(p, routine, !function);
        read_head(p, routine, function);
    }

    size_t index = p->changes->len;
    mig_mysql_push(p, &change, from);
    mig_mysql_routine_body(p, routine);
    g_array_index(p->changes, MigChange, index).span = mig_parser_span(p, from);
}

void
mig_mysql_alter_routine(MigParser *p, size_t from)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));
    MigRoutine *routine = mig_arena_new0(p->arena, MigRoutine, 1);
    MigChange change = {.kind = MIG_CHANGE_ALTER_OBJECT, .routine = routine};

    if (mig_parser_take(p, "function")) {
        change.object_type = MIG_TYPE_OF_FUNCTION;
    } else {
        mig_parser_expect(p, "procedure");
        change.object_type = MIG_TYPE_OF_PROCEDURE;
    }
    change.name = mig_parser_name(p);
    mig_mysql_characteristics(p, routine, options);
    mig_mysql_take_options(p, options, &change);
    mig_mysql_push(p, &change, from);
}

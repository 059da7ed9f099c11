/* SPDX-License-Identifier: MIT */
/* What a stored program does: blocks, declarations, loops and the statements in them. */
#include "sql/parse_mysql.h"

/* Statement and block call each other: a program is nested. */
static void read_statement(MigParser *p);

static void
expect_semicolon(MigParser *p)
{
    if (mig_mysql_at_semicolon(p))
        mig_parser_next(p);
    else
        mig_parser_fail(p, "expected \";\"");
}

static bool
at_any_end(const MigParser *p, const char *const *ends)
{
    return mig_parser_at_end(p) || mig_parser_is_any(p, ends);
}

/* Statements up to one of these words, each with its ";". */
static void
read_list(MigParser *p, const char *const *ends)
{
    while (!at_any_end(p, ends)) {
        read_statement(p);
        expect_semicolon(p);
    }
}

/* TYPE OF and ROWTYPE, which only programs have: MariaDB, "DECLARE Variable". */
void
mig_mysql_program_type(MigParser *p)
{
    if (mig_mysql_is_mariadb(p) &&
        (mig_parser_take_words(p, "type of") || mig_parser_take_words(p, "row type of"))) {
        do
            mig_parser_name(p);
        while (mig_parser_take_mark(p, "."));
        return;
    }
    if (mig_mysql_is_mariadb(p) && mig_parser_is(p, "row") && mig_parser_peek_mark(p, "(")) {
        mig_parser_next(p);
        mig_parser_skip_parens(p);
        return;
    }
    mig_parse_mysql_type(p);
    if (mig_mysql_take_charset_words(p))
        mig_mysql_name_or_string(p);
    if (mig_parser_take(p, "collate"))
        mig_mysql_name_or_string(p);
}

/* A condition: SQLSTATE [VALUE] '...', SQLWARNING, NOT FOUND, SQLEXCEPTION, an error's number, a
 * name. */
static void
read_condition(MigParser *p)
{
    if (mig_parser_take(p, "sqlstate")) {
        mig_parser_take(p, "value");
        mig_parser_string(p);
    } else if (p->token.kind == MIG_TOKEN_NUMBER) {
        mig_parser_number(p);
    } else if (!mig_parser_take_words(p, "not found") && !mig_parser_take(p, "sqlwarning") &&
               !mig_parser_take(p, "sqlexception")) {
        mig_parser_identifier(p, NULL);
    }
}

static void
read_handler(MigParser *p)
{
    static const char *const kinds[] = {"continue", "exit", "undo", NULL};

    mig_mysql_one_of(p, kinds);
    mig_parser_expect(p, "handler");
    mig_parser_expect(p, "for");
    do
        read_condition(p);
    while (mig_parser_take_mark(p, ","));
    read_statement(p);
}

static void
read_cursor(MigParser *p)
{
    mig_parser_expect(p, "cursor");
    if (mig_mysql_is_mariadb(p) && mig_parser_is_mark(p, "("))
        mig_parser_skip_parens(p);
    mig_parser_expect(p, "for");
    size_t from = mig_parser_mark(p);
    MigChange change = {.kind = MIG_CHANGE_SELECT};
    if (!mig_mysql_at_query(p)) {
        /* MariaDB 11: a prepared statement's name; INSERT ... RETURNING. */
        read_statement(p);
        return;
    }
    change.query = mig_parser_query(p);
    mig_mysql_push(p, &change, from);
}

/* DECLARE: variables, conditions, cursors, handlers. */
static void
read_declaration(MigParser *p)
{
    static const char *const handlers[] = {"continue", "exit", "undo", NULL};

    if (mig_parser_is_any(p, handlers) && mig_parser_peek_is(p, "handler")) {
        read_handler(p);
        return;
    }
    mig_parser_identifier(p, NULL);
    if (mig_parser_is(p, "cursor")) {
        read_cursor(p);
        return;
    }
    if (mig_parser_take(p, "condition")) {
        mig_parser_expect(p, "for");
        read_condition(p);
        return;
    }
    while (mig_parser_take_mark(p, ","))
        mig_parser_identifier(p, NULL);
    mig_mysql_program_type(p);
    if (mig_parser_take(p, "default") || (mig_mysql_is_mariadb(p) && mig_parser_take_mark(p, ":=")))
        mig_parser_expression(p);
}

/* BEGIN, behind the word. MariaDB: BEGIN NOT ATOMIC. */
static void
read_block(MigParser *p)
{
    static const char *const ends[] = {"end", NULL};

    mig_parser_take_words(p, "not atomic");
    while (!at_any_end(p, ends)) {
        if (mig_parser_take(p, "declare"))
            read_declaration(p);
        else
            read_statement(p);
        expect_semicolon(p);
    }
    mig_parser_expect(p, "end");
}

static void
read_if(MigParser *p)
{
    static const char *const ends[] = {"elseif", "else", "end", NULL};

    do {
        mig_parser_expression(p);
        mig_parser_expect(p, "then");
        read_list(p, ends);
    } while (mig_parser_take(p, "elseif"));
    if (mig_parser_take(p, "else"))
        read_list(p, ends + 2);
    mig_parser_expect(p, "end");
    mig_parser_expect(p, "if");
}

static void
read_case(MigParser *p)
{
    static const char *const ends[] = {"when", "else", "end", NULL};

    if (!mig_parser_is(p, "when"))
        mig_parser_expression(p);
    if (!mig_parser_is(p, "when"))
        mig_parser_fail(p, "expected WHEN");
    while (mig_parser_take(p, "when")) {
        mig_parser_expression(p);
        mig_parser_expect(p, "then");
        read_list(p, ends);
    }
    if (mig_parser_take(p, "else"))
        read_list(p, ends + 2);
    mig_parser_expect(p, "end");
    mig_parser_expect(p, "case");
}

static void
read_repeat(MigParser *p)
{
    static const char *const ends[] = {"until", NULL};

    read_list(p, ends);
    mig_parser_expect(p, "until");
    mig_parser_expression(p);
    mig_parser_expect(p, "end");
    mig_parser_expect(p, "repeat");
}

/* Whether "a..b" begins here, whose first dots an expression would take for a column's. */
static bool
at_named_range(const MigParser *p)
{
    MigParser ahead = *p;

    if (!mig_parser_is_name(p) || !mig_parser_peek_mark(p, "."))
        return false;
    mig_parser_next(&ahead);
    return mig_parser_peek_mark(&ahead, ".");
}

/* 1..10, or a cursor's name. */
static void
read_range(MigParser *p)
{
    if (at_named_range(p))
        mig_parser_identifier(p, NULL);
    else
        mig_parser_expression(p);
    if (mig_parser_take_mark(p, ".")) {
        mig_parser_expect_mark(p, ".");
        mig_parser_expression(p);
    }
}

/* MariaDB: FOR i IN [REVERSE] 1..10 DO, FOR r IN (query) DO, FOR r IN cursor DO. */
static void
read_for(MigParser *p)
{
    static const char *const ends[] = {"end", NULL};

    mig_parser_identifier(p, NULL);
    mig_parser_expect(p, "in");
    mig_parser_take(p, "reverse");
    if (mig_parser_is_mark(p, "(") && mig_parser_peek_is(p, "select")) {
        size_t from = mig_parser_mark(p);
        MigChange change = {.kind = MIG_CHANGE_SELECT, .query = mig_parser_query(p)};
        mig_mysql_push(p, &change, from);
    } else {
        read_range(p);
    }
    mig_parser_expect(p, "do");
    read_list(p, ends);
    mig_parser_expect(p, "end");
    mig_parser_expect(p, "for");
}

static void
read_loop(MigParser *p)
{
    static const char *const ends[] = {"end", NULL};

    if (mig_parser_take(p, "while")) {
        mig_parser_expression(p);
        mig_parser_expect(p, "do");
        read_list(p, ends);
        mig_parser_expect(p, "end");
        mig_parser_expect(p, "while");
    } else if (mig_parser_take(p, "repeat")) {
        read_repeat(p);
    } else if (mig_parser_take(p, "loop")) {
        read_list(p, ends);
        mig_parser_expect(p, "end");
        mig_parser_expect(p, "loop");
    } else {
        mig_parser_expect(p, "for");
        read_for(p);
    }
}

/* What may have a label: a block or a loop. */
static bool
read_labelled(MigParser *p)
{
    static const char *const loops[] = {"while", "repeat", "loop", NULL};

    if (mig_parser_take(p, "begin"))
        read_block(p);
    else if (mig_parser_is_any(p, loops) || (mig_mysql_is_mariadb(p) && mig_parser_is(p, "for")))
        read_loop(p);
    else
        return false;
    if (!mig_mysql_at_statement_end(p) && mig_parser_is_name(p))
        mig_parser_identifier(p, NULL);
    return true;
}

bool
mig_mysql_signal(MigParser *p)
{
    bool again = mig_parser_take(p, "resignal");

    if (!again && !mig_parser_take(p, "signal"))
        return false;
    if (!again || (!mig_mysql_at_statement_end(p) && !mig_parser_is(p, "set"))) {
        if (mig_parser_take(p, "sqlstate")) {
            mig_parser_take(p, "value");
            mig_parser_string(p);
        } else {
            mig_parser_identifier(p, NULL);
        }
    }
    if (mig_parser_take(p, "set")) {
        do {
            mig_parser_identifier(p, NULL);
            mig_parser_expect_mark(p, "=");
            mig_parser_expression(p);
        } while (mig_parser_take_mark(p, ","));
    }
    return true;
}

static void
read_fetch(MigParser *p)
{
    if (mig_parser_take(p, "next"))
        mig_parser_expect(p, "from");
    else
        mig_parser_take(p, "from");
    if (mig_mysql_is_mariadb(p) && mig_parser_take_words(p, "group next row"))
        return;
    mig_parser_identifier(p, NULL);
    mig_parser_expect(p, "into");
    do
        mig_parser_expression(p);
    while (mig_parser_take_mark(p, ","));
}

/* Statements that only programs have. */
static bool
read_program_statement(MigParser *p)
{
    if (mig_parser_take(p, "if")) {
        read_if(p);
    } else if (mig_parser_take(p, "case")) {
        read_case(p);
    } else if (mig_parser_take(p, "return")) {
        if (!mig_mysql_at_statement_end(p))
            mig_parser_expression(p);
    } else if (mig_parser_take(p, "leave") || mig_parser_take(p, "iterate") ||
               mig_parser_take(p, "close")) {
        mig_parser_identifier(p, NULL);
    } else if (mig_parser_take(p, "open")) {
        mig_parser_identifier(p, NULL);
        if (mig_mysql_is_mariadb(p) && mig_parser_is_mark(p, "("))
            mig_parser_skip_parens(p);
    } else if (mig_parser_take(p, "fetch")) {
        read_fetch(p);
    } else {
        return mig_mysql_signal(p);
    }
    return true;
}

static void
read_statement(MigParser *p)
{
    if (!mig_parser_enter(p))
        return;
    /* In a program BEGIN is a block: a transaction is begun by START TRANSACTION. */
    if (mig_parser_is_name(p) && mig_parser_peek_mark(p, ":")) {
        mig_parser_next(p);
        mig_parser_next(p);
        if (!read_labelled(p))
            mig_parser_fail(p, "expected BEGIN or a loop behind the label");
    } else if (!read_labelled(p) && !read_program_statement(p)) {
        mig_mysql_statement(p);
    }
    mig_parser_leave(p);
}

void
mig_parse_mysql_body(MigParser *p)
{
    read_statement(p);
}

bool
mig_mysql_at_compound(const MigParser *p)
{
    static const char *const words[] = {"if", "case", "while", "repeat", "loop", "for", NULL};

    if (!mig_mysql_is_mariadb(p))
        return false;
    if (mig_parser_is(p, "begin"))
        return mig_parser_peek_is(p, "not");
    return mig_parser_is_any(p, words) || (mig_parser_is_name(p) && mig_parser_peek_mark(p, ":"));
}

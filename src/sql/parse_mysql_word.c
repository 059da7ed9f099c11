/* SPDX-License-Identifier: MIT */
/* Words, names and options as MySQL's and MariaDB's statements have them everywhere. */
#include <string.h>

#include "sql/parse_mysql.h"

void
mig_mysql_since(MigParser *p, int mysql, int mariadb, const char *what, MigSpan where)
{
    int since = mig_mysql_is_mariadb(p) ? mariadb : mysql;

    if (since == MIG_MYSQL_NEVER)
        mig_parser_unsupported(p, where, "%s has no %s; %s has",
                               mig_mysql_is_mariadb(p) ? "MariaDB" : "MySQL", what,
                               mig_mysql_is_mariadb(p) ? "MySQL" : "MariaDB");
    else if (since > 0)
        mig_parser_needs(p, since, what, where);
}

void
mig_mysql_since_from(MigParser *p, int mysql, int mariadb, const char *what, size_t from)
{
    mig_mysql_since(p, mysql, mariadb, what, mig_parser_span(p, from));
}

MigChange *
mig_mysql_push(MigParser *p, const MigChange *change, size_t from)
{
    MigChange *added = mig_parser_add(p, change->kind);

    *added = *change;
    added->span = mig_parser_span(p, from);
    return added;
}

bool
mig_mysql_at_semicolon(const MigParser *p)
{
    return p->token.kind == MIG_TOKEN_SEMICOLON;
}

bool
mig_mysql_at_statement_end(const MigParser *p)
{
    return mig_parser_at_end(p) || mig_mysql_at_semicolon(p);
}

void
mig_mysql_skip_statement(MigParser *p)
{
    while (!mig_mysql_at_statement_end(p))
        mig_parser_next(p);
}

bool
mig_mysql_take_if_exists(MigParser *p)
{
    return mig_parser_take_words(p, "if exists");
}

bool
mig_mysql_take_if_not_exists(MigParser *p)
{
    return mig_parser_take_words(p, "if not exists");
}

static bool
take_maria_words(MigParser *p, const char *words, const char *shown, const char *what)
{
    size_t from = mig_parser_mark(p);

    if (!mig_parser_take_words(p, words))
        return false;
    if (!mig_mysql_is_mariadb(p))
        mig_parser_unsupported(p, mig_parser_span(p, from), "MySQL has no %s for %s; MariaDB has",
                               shown, what);
    return true;
}

bool
mig_mysql_take_maria_if_exists(MigParser *p, const char *what)
{
    return take_maria_words(p, "if exists", "IF EXISTS", what);
}

bool
mig_mysql_take_maria_if_not_exists(MigParser *p, const char *what)
{
    return take_maria_words(p, "if not exists", "IF NOT EXISTS", what);
}

bool
mig_mysql_take_or_replace(MigParser *p, const char *what)
{
    return take_maria_words(p, "or replace", "OR REPLACE", what);
}

const char *
mig_mysql_token_text(MigParser *p)
{
    const char *text = mig_arena_strndup(p->arena, p->sql + p->token.offset, p->token.length);

    mig_parser_next(p);
    return text;
}

const char *
mig_mysql_word(MigParser *p)
{
    char *text = mig_arena_strndup(p->arena, p->sql + p->token.offset, p->token.length);

    for (char *at = text; *at != '\0'; at++)
        *at = g_ascii_tolower(*at);
    mig_parser_next(p);
    return text;
}

const char *
mig_mysql_name_or_string(MigParser *p)
{
    if (mig_parser_is_string(p))
        return mig_parser_string(p);
    /* CHARACTER SET binary, COLLATE binary: a reserved word that is a name there. */
    if (mig_parser_is(p, "binary") || (mig_mysql_is_mariadb(p) && mig_parser_is(p, "default")))
        return mig_mysql_word(p);
    return mig_parser_identifier(p, NULL);
}

const char *
mig_mysql_one_of(MigParser *p, const char *const *words)
{
    if (mig_parser_is_any(p, words))
        return mig_mysql_word(p);

    g_autoptr(GString) list = g_string_new(NULL);
    for (size_t i = 0; words[i] != NULL; i++) {
        g_autofree char *upper = g_ascii_strup(words[i], -1);
        g_string_append_printf(list, "%s%s",
                               i == 0                 ? ""
                               : words[i + 1] == NULL ? " or "
                                                      : ", ",
                               upper);
    }
    mig_parser_fail(p, "expected %s", list->str);
    return "";
}

void
mig_mysql_take_equals(MigParser *p)
{
    /* ":=" stands for it nowhere but in SET. */
    mig_parser_take_mark(p, "=");
}

long long
mig_mysql_size(MigParser *p)
{
    if (p->token.kind != MIG_TOKEN_NUMBER)
        mig_parser_fail(p, "expected a number");
    return mig_parser_number(p);
}

bool
mig_mysql_take_charset_words(MigParser *p)
{
    static const char *const words[] = {"character set", "char set", "charset", NULL};
    MigParser before = *p;

    mig_parser_take(p, "default");
    for (size_t i = 0; words[i] != NULL; i++) {
        if (mig_parser_take_words(p, words[i]))
            return true;
    }
    if (!p->failed)
        *p = before;
    return false;
}

bool
mig_mysql_at_query(const MigParser *p)
{
    static const char *const words[] = {"select", "with", "values", "table", NULL};

    if (mig_parser_at_query(p))
        return true;
    if (!mig_parser_is_mark(p, "("))
        return false;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (mig_parser_peek_is(p, words[i]))
            return true;
    }
    return mig_parser_peek_mark(p, "(");
}

void
mig_mysql_add_option(MigParser *p, GArray *options, const char *name, const char *value,
                     size_t from)
{
    MigOption option = {.name = name, .value = value, .span = mig_parser_span(p, from)};

    g_array_append_val(options, option);
}

void
mig_mysql_take_options(MigParser *p, GArray *options, MigChange *change)
{
    change->options = mig_arena_take_array(p->arena, options, &change->n_options);
}

/* The host of name@host, which the lexer takes for a variable: "@host", "@'host'", or "@" alone. */
static const char *
read_host(MigParser *p)
{
    if (mig_parser_take_mark(p, "@"))
        return mig_mysql_name_or_string(p);

    MigToken at = p->token;
    size_t begin = at.offset + 1;
    size_t length = at.length - 1;

    if (length > 0 && p->sql[begin] == '@') {
        mig_parser_fail(p, "expected a host");
        return "";
    }
    if (length >= 2 && strchr("'\"`", p->sql[begin]) != NULL) {
        begin++;
        length -= 2;
    }
    const char *host = mig_arena_strndup(p->arena, p->sql + begin, length);
    mig_parser_next(p);
    return host;
}

const char *
mig_mysql_account(MigParser *p)
{
    static const char *const self[] = {"current_user", "current_role", NULL};

    if (mig_parser_is_any(p, self)) {
        const char *word = mig_mysql_word(p);
        if (mig_parser_take_mark(p, "("))
            mig_parser_expect_mark(p, ")");
        return word;
    }

    const char *name = mig_parser_is_string(p) ? mig_parser_string(p) : NULL;
    if (name == NULL)
        name = mig_parser_identifier(p, NULL);
    if (mig_parser_is_mark(p, "@") ||
        (p->token.kind == MIG_TOKEN_PARAMETER && p->sql[p->token.offset] == '@'))
        return mig_arena_printf(p->arena, "%s@%s", name, read_host(p));
    return name;
}

const char *
mig_mysql_definer(MigParser *p)
{
    if (!mig_parser_is(p, "definer") || !mig_parser_peek_mark(p, "="))
        return NULL;
    mig_parser_next(p);
    mig_parser_next(p);
    return mig_mysql_account(p);
}

void
mig_mysql_wait(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "nowait")) {
        p->into->wait_said = true;
    } else if (mig_parser_is(p, "wait")) {
        mig_parser_next(p);
        p->into->wait_said = true;
        p->into->wait_s = mig_parser_number(p);
    } else {
        return;
    }
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "WAIT or NOWAIT for DDL", from);
}

void
mig_mysql_unknown(MigParser *p, const char *text, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_UNKNOWN, .text = text};

    mig_mysql_skip_statement(p);
    mig_mysql_push(p, &change, from);
}

/* SPDX-License-Identifier: MIT */
/* Names, strings, numbers and lists of columns, as they stand in a statement. */
#include "sql/parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sql/reserved.h"
#include "sql/literal.h"

static bool
is_mysql(const MigParser *p)
{
    return (p->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
}

bool
mig_parser_is_name(const MigParser *p)
{
    if (p->token.kind == MIG_TOKEN_QUOTED)
        return true;
    return p->token.kind == MIG_TOKEN_WORD &&
           !mig_word_is_reserved(p->sql + p->token.offset, p->token.length, p->engine, p->version);
}

bool
mig_parser_is_sqlite_id(const MigParser *p)
{
    static const char *const words[] = {"cross", "full",  "inner",   "left", "natural",
                                        "outer", "right", "indexed", NULL};

    return mig_parser_is_name(p) && !mig_parser_is_any(p, words);
}

/* The text of a quoted token without its quotes, a doubled one as one. */
static const char *
unquote_name(MigParser *p)
{
    const char *at = p->sql + p->token.offset;
    size_t length = p->token.length;

    if (length < 2)
        return mig_arena_strndup(p->arena, at, length);

    char quote = at[0] == '[' ? '\0' : at[0];
    char *name = mig_arena_strndup(p->arena, at + 1, length - 2);
    size_t n = 0;

    for (size_t i = 0; i < length - 2; i++) {
        name[n++] = name[i];
        if (quote != '\0' && name[i] == quote && i + 1 < length - 2 && name[i + 1] == quote)
            i++;
    }
    name[n] = '\0';
    return name;
}

static const char *
take_name(MigParser *p, bool *out_quoted)
{
    bool quoted = p->token.kind == MIG_TOKEN_QUOTED;
    const char *name = NULL;

    if (quoted || p->token.kind == MIG_TOKEN_STRING)
        name = unquote_name(p);
    else
        name = mig_arena_strndup(p->arena, p->sql + p->token.offset, p->token.length);
    if (out_quoted != NULL)
        *out_quoted = p->token.kind != MIG_TOKEN_WORD;
    mig_parser_next(p);
    return name;
}

const char *
mig_parser_identifier(MigParser *p, bool *out_quoted)
{
    if (out_quoted != NULL)
        *out_quoted = false;

    if (p->token.kind == MIG_TOKEN_QUOTED && p->token.length == 2 && is_mysql(p)) {
        mig_parser_fail(p, "expected a name, not an empty one");
        return "";
    }
    /* SQLite's grammar: nm ::= STRING. */
    bool string = p->engine == MIG_ENGINE_SQLITE && mig_parser_is_quoted_string(p);
    if (string || mig_parser_is_name(p))
        return take_name(p, out_quoted);
    if (p->token.kind == MIG_TOKEN_WORD)
        mig_parser_fail(p, "expected a name; this word is reserved and has to be quoted as one");
    else
        mig_parser_fail(p, "expected a name");
    return "";
}

/* The name behind a ".", where MySQL takes any word (MySQL 8.4, "Schema Object Names"). */
static const char *
second_identifier(MigParser *p, bool *out_quoted)
{
    if (is_mysql(p) && p->token.kind == MIG_TOKEN_WORD)
        return take_name(p, out_quoted);
    return mig_parser_identifier(p, out_quoted);
}

MigName
mig_parser_name(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigName name = {0};

    /* MySQL takes ".t" for "t". */
    if (is_mysql(p))
        mig_parser_take_mark(p, ".");
    name.name = mig_parser_identifier(p, &name.quoted);
    if (mig_parser_take_mark(p, ".")) {
        name.schema = name.name;
        name.name = second_identifier(p, &name.quoted);
    }
    name.span = mig_parser_span(p, from);
    return name;
}

/* MySQL: a string without a prefix, which goes on with the one before it. */
static bool
is_continuation(const MigParser *p)
{
    return mig_parser_is_string(p) && strchr("'\"", p->sql[p->token.offset]) != NULL;
}

const char *
mig_parser_string(MigParser *p)
{
    if (!mig_parser_is_string(p)) {
        mig_parser_fail(p, "expected a string");
        return "";
    }

    const char *value =
        mig_literal_value(p->arena, p->sql + p->token.offset, p->token.length, p->engine);
    mig_parser_next(p);
    if (!is_mysql(p) || !is_continuation(p))
        return value;

    /* MySQL 8.4, "String Literals": those beside each other are one. */
    g_autoptr(GString) all = g_string_new(value);
    while (is_continuation(p)) {
        g_string_append(
            all, mig_literal_value(p->arena, p->sql + p->token.offset, p->token.length, p->engine));
        mig_parser_next(p);
    }
    return mig_arena_strndup(p->arena, all->str, all->len);
}

const char *
mig_parser_value(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_is_string(p))
        return mig_parser_string(p);
    if (p->token.kind == MIG_TOKEN_QUOTED)
        return take_name(p, NULL);
    if (mig_parser_is_mark(p, "-") || mig_parser_is_mark(p, "+"))
        mig_parser_next(p);
    if (p->token.kind != MIG_TOKEN_WORD && p->token.kind != MIG_TOKEN_NUMBER &&
        p->token.kind != MIG_TOKEN_PARAMETER) {
        mig_parser_fail(p, "expected a value");
        return "";
    }
    mig_parser_next(p);
    return mig_parser_text(p, mig_parser_span(p, from));
}

long long
mig_parser_number(MigParser *p)
{
    bool negative = mig_parser_take_mark(p, "-");

    if (!negative)
        mig_parser_take_mark(p, "+");
    if (p->token.kind != MIG_TOKEN_NUMBER) {
        mig_parser_fail(p, "expected a number");
        return 0;
    }

    g_autofree char *digits = g_strndup(p->sql + p->token.offset, p->token.length);
    /* What is too large becomes the largest. */
    long long number = strtoll(digits, NULL, g_str_has_prefix(digits, "0x") ? 16 : 10);
    mig_parser_next(p);
    return negative ? -number : number;
}

const char **
mig_parser_names(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(const char *));

    mig_parser_expect_mark(p, "(");
    do {
        const char *name = mig_parser_identifier(p, NULL);
        g_array_append_val(names, name);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
    return mig_arena_take_array(p->arena, names, out_n);
}

/* Whether a plain column is all that the current token can be: what follows it belongs to the key. */
static bool
is_plain_column(const MigParser *p)
{
    static const char *const after[] = {"asc", "desc", "collate", "nulls", NULL};
    MigToken token;

    if (!mig_parser_is_name(p) || !mig_parser_peek(p, &token))
        return false;
    if (token.kind == MIG_TOKEN_OPERATOR && token.length == 1) {
        char mark = p->sql[token.offset];
        return mark == ',' || mark == ')' || (mark == '(' && is_mysql(p));
    }
    for (size_t i = 0; after[i] != NULL; i++) {
        if (mig_token_is(&p->lexer, &token, after[i]))
            return true;
    }
    return false;
}

/* What an expression turns out to be: SQLite takes (a), "a" and a COLLATE x for a column. */
static void
settle_part(const MigParser *p, MigKeyPart *part, const MigExpr *expr)
{
    part->expr = expr;
    if (p->engine != MIG_ENGINE_SQLITE)
        return;
    if (expr->kind == MIG_EXPR_COLLATE) {
        part->collation = expr->text;
        expr = expr->args[0];
    }
    if (expr->kind == MIG_EXPR_COLUMN && expr->schema == NULL) {
        part->column = expr->name;
        part->expr = NULL;
    } else if (expr->kind == MIG_EXPR_LITERAL && expr->string) {
        part->column = expr->text;
        part->expr = NULL;
    }
}

MigKeyPart
mig_parser_key_part(MigParser *p)
{
    MigKeyPart part = {0};

    if (is_plain_column(p)) {
        part.column = mig_parser_identifier(p, NULL);
        if (mig_parser_take_mark(p, "(")) {
            part.prefix_length = (unsigned)CLAMP(mig_parser_number(p), 0, G_MAXINT);
            mig_parser_expect_mark(p, ")");
        }
    } else {
        settle_part(p, &part, mig_parser_expression(p));
    }
    if (mig_parser_take(p, "collate"))
        part.collation = is_mysql(p) ? mig_parser_value(p) : mig_parser_identifier(p, NULL);
    part.descending = mig_parser_take(p, "desc");
    if (!part.descending)
        mig_parser_take(p, "asc");
    return part;
}

MigKeyPart *
mig_parser_key_parts(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(MigKeyPart));

    mig_parser_expect_mark(p, "(");
    do {
        MigKeyPart part = mig_parser_key_part(p);
        g_array_append_val(parts, part);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
    return mig_arena_take_array(p->arena, parts, out_n);
}

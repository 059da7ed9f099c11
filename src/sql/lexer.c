/* SPDX-License-Identifier: MIT */
/* Text to tokens, by each engine's own lexical rules. */
#include "sql/lexer.h"

#include <string.h>

#include "sql/scan.h"

#define POSTGRES_NAME_MAX 63

/* PostgreSQL 15, "Lexical Structure", Operators; "#" and the like are operators there. */
static const char postgres_operator[] = "~!@#^&|`?+-*/%<>=";
/* A multi-character operator may end in + or - only if it has one of these, too. */
static const char postgres_free[] = "~!@#^&|`?%";

static const char *const mysql_operators[] = {"<=>", "->>", ":=", "->", "&&", "||", "<<",
                                              ">>",  "<>",  "!=", "<=", ">=", NULL};
static const char *const sqlite_operators[] = {"->>", "->", "||", "<<", ">>", "<>",
                                               "!=",  "<=", ">=", "==", NULL};

void
mig_lexer_init(MigLexer *lexer, const char *text, size_t length, MigEngine engine)
{
    *lexer = (MigLexer){.text = text, .length = length, .engine = engine};
}

static char
peek(const MigLexer *lexer, size_t at)
{
    return at < lexer->length ? lexer->text[at] : '\0';
}

static bool
is_mysql(const MigLexer *lexer)
{
    return (lexer->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
}

/* How long the mark is that opens a version comment at @at, 0 if none does. MySQL 8.4,
 * "Comments"; MariaDB, "Comment Syntax". */
static size_t
version_mark(const MigLexer *lexer, size_t at)
{
    size_t end = at + 2;

    if (lexer->engine == MIG_ENGINE_MARIADB && peek(lexer, end) == 'M')
        end++;
    if (peek(lexer, end) != '!')
        return 0;
    end++;

    size_t n_digits = 0;
    while (n_digits < 6 && mig_scan_byte(peek(lexer, end + n_digits)) == MIG_BYTE_DIGIT)
        n_digits++;
    return end - at + (n_digits >= 5 ? n_digits : 0);
}

/* MySQL 8.4, "'--' as the Start of a Comment". */
static bool
is_mysql_dash_comment(const MigLexer *lexer, size_t at)
{
    return at + 2 >= lexer->length || (unsigned char)lexer->text[at + 2] <= ' ' ||
           lexer->text[at + 2] == 0x7f;
}

static size_t
line_comment(const MigLexer *lexer, size_t at)
{
    size_t end = mig_scan_line(lexer->text, lexer->length, at);

    /* PostgreSQL's comments also end at a carriage return; in the others' CRLF it is white space. */
    if (lexer->engine == MIG_ENGINE_POSTGRES) {
        const char *cr = memchr(lexer->text + at, '\r', end - at);
        return cr != NULL ? (size_t)(cr - lexer->text) : end;
    }
    return end > at && lexer->text[end - 1] == '\r' ? end - 1 : end;
}

size_t
mig_lexer_comment(const MigLexer *lexer, size_t at)
{
    char c = lexer->text[at];

    if (c == '-' && peek(lexer, at + 1) == '-') {
        if (!is_mysql(lexer) || is_mysql_dash_comment(lexer, at))
            return line_comment(lexer, at);
        return 0;
    }
    if (c == '#')
        return is_mysql(lexer) ? line_comment(lexer, at) : 0;
    if (c != '/' || peek(lexer, at + 1) != '*')
        return 0;
    if (is_mysql(lexer) && version_mark(lexer, at) > 0)
        return 0;

    size_t end =
        mig_scan_comment(lexer->text, lexer->length, at, lexer->engine == MIG_ENGINE_POSTGRES);
    /* SQLite: "C-style comments can also extend to the end of the input" (SQL Comment Syntax). */
    if (end == MIG_SCAN_OPEN && lexer->engine == MIG_ENGINE_SQLITE)
        return lexer->length;
    return end;
}

static bool
emit(MigLexer *lexer, MigToken *out_token, MigTokenKind kind, size_t begin, size_t end)
{
    if (end == MIG_SCAN_OPEN) {
        kind = MIG_TOKEN_ERROR;
        end = lexer->length;
    }
    *out_token = (MigToken){.kind = kind, .offset = begin, .length = end - begin};
    lexer->offset = end;
    return true;
}

/* A string in single quotes, whose prefix begins at @begin and whose quote stands at @quote. */
static bool
lex_string(MigLexer *lexer, MigToken *out_token, size_t begin, size_t quote, bool escapes)
{
    size_t end = mig_scan_quoted(lexer->text, lexer->length, quote, lexer->text[quote], escapes);

    if (lexer->engine == MIG_ENGINE_POSTGRES)
        lexer->escaped = escapes && end != MIG_SCAN_OPEN ? end : 0;
    return emit(lexer, out_token, MIG_TOKEN_STRING, begin, end);
}

static bool
lex_quoted(MigLexer *lexer, MigToken *out_token, size_t begin, size_t quote, char close)
{
    size_t end = mig_scan_quoted(lexer->text, lexer->length, quote, close, false);
    return emit(lexer, out_token, MIG_TOKEN_QUOTED, begin, end);
}

/* A word, or a literal that a prefix makes look like one. */
static bool
lex_word(MigLexer *lexer, MigToken *out_token, size_t at)
{
    char c = (char)(lexer->text[at] | 0x20);
    char next = peek(lexer, at + 1);

    if (next == '\'') {
        if (lexer->engine == MIG_ENGINE_POSTGRES && strchr("ebxn", c) != NULL)
            return lex_string(lexer, out_token, at, at + 1, c == 'e');
        if (is_mysql(lexer) && strchr("bxn", c) != NULL)
            return lex_string(lexer, out_token, at, at + 1, true);
        if (lexer->engine == MIG_ENGINE_SQLITE && c == 'x')
            return lex_string(lexer, out_token, at, at + 1, false);
    }
    if (lexer->engine == MIG_ENGINE_POSTGRES && c == 'u' && next == '&') {
        if (peek(lexer, at + 2) == '\'')
            return lex_string(lexer, out_token, at, at + 2, false);
        if (peek(lexer, at + 2) == '"')
            return lex_quoted(lexer, out_token, at, at + 2, '"');
    }
    return emit(lexer, out_token, MIG_TOKEN_WORD, at,
                mig_scan_word(lexer->text, lexer->length, at));
}

static size_t
scan_alnum(const MigLexer *lexer, size_t at)
{
    while (mig_scan_byte(peek(lexer, at)) == MIG_BYTE_DIGIT ||
           mig_scan_byte(peek(lexer, at)) == MIG_BYTE_LETTER)
        at++;
    return at;
}

static size_t
scan_digits(const MigLexer *lexer, size_t at)
{
    while (mig_scan_byte(peek(lexer, at)) == MIG_BYTE_DIGIT || peek(lexer, at) == '_')
        at++;
    return at;
}

/* Decimal, hexadecimal, with a fraction, with an exponent. What letters follow directly belong to
 * it: no engine has a use for "12abc" but MySQL, where it is an identifier. */
static bool
lex_number(MigLexer *lexer, MigToken *out_token, size_t begin)
{
    size_t at = scan_digits(lexer, begin);
    bool whole = true;

    if (peek(lexer, at) == '.' && peek(lexer, at + 1) != '.') {
        whole = false;
        at = scan_digits(lexer, at + 1);
    }
    if ((peek(lexer, at) | 0x20) == 'e') {
        size_t digits = at + 1;
        if (peek(lexer, digits) == '+' || peek(lexer, digits) == '-')
            digits++;
        if (mig_scan_byte(peek(lexer, digits)) == MIG_BYTE_DIGIT)
            return emit(lexer, out_token, MIG_TOKEN_NUMBER, begin, scan_alnum(lexer, digits));
    }

    size_t end = scan_alnum(lexer, at);
    char base = (char)(peek(lexer, begin + 1) | 0x20);
    bool prefixed = lexer->text[begin] == '0' && (base == 'x' || base == 'b');
    if (is_mysql(lexer) && whole && end > at && !prefixed)
        return emit(lexer, out_token, MIG_TOKEN_WORD, begin,
                    mig_scan_word(lexer->text, lexer->length, begin));
    return emit(lexer, out_token, MIG_TOKEN_NUMBER, begin, end);
}

static bool
lex_dollar(MigLexer *lexer, MigToken *out_token, size_t at)
{
    if (lexer->engine == MIG_ENGINE_POSTGRES) {
        size_t tag_length = mig_scan_dollar_tag(lexer->text, lexer->length, at);
        if (tag_length > 0)
            return emit(lexer, out_token, MIG_TOKEN_STRING, at,
                        mig_scan_dollar(lexer->text, lexer->length, at, tag_length));
        size_t end = at + 1;
        while (mig_scan_byte(peek(lexer, end)) == MIG_BYTE_DIGIT)
            end++;
        return emit(lexer, out_token, end > at + 1 ? MIG_TOKEN_PARAMETER : MIG_TOKEN_OPERATOR, at,
                    end);
    }
    size_t end = mig_scan_word(lexer->text, lexer->length, at + 1);
    if (lexer->engine == MIG_ENGINE_SQLITE)
        return emit(lexer, out_token, end > at + 1 ? MIG_TOKEN_PARAMETER : MIG_TOKEN_OPERATOR, at,
                    end);
    return emit(lexer, out_token, MIG_TOKEN_WORD, at, end);
}

/* MySQL's @name, @'name', @@global.name; an account's host looks the same. */
static bool
lex_mysql_variable(MigLexer *lexer, MigToken *out_token, size_t at)
{
    size_t end = at + 1;
    char c = peek(lexer, end);

    if (c == '\'' || c == '"' || c == '`')
        return emit(lexer, out_token, MIG_TOKEN_PARAMETER, at,
                    mig_scan_quoted(lexer->text, lexer->length, end, c, c != '`'));
    if (c == '@')
        end++;
    size_t name = end;
    while (mig_scan_in_word(peek(lexer, end)) || peek(lexer, end) == '.')
        end++;
    return emit(lexer, out_token, end > name ? MIG_TOKEN_PARAMETER : MIG_TOKEN_OPERATOR, at,
                end > name ? end : at + 1);
}

static bool
lex_listed_operator(MigLexer *lexer, MigToken *out_token, size_t at, const char *const *operators)
{
    /* The second byte of all that have one. */
    bool longer = at + 1 < lexer->length && lexer->text[at + 1] != '\0' &&
                  strchr("=>|&<", lexer->text[at + 1]) != NULL;

    for (size_t i = 0; longer && operators[i] != NULL; i++) {
        size_t length = strlen(operators[i]);
        if (lexer->length - at >= length && memcmp(lexer->text + at, operators[i], length) == 0)
            return emit(lexer, out_token, MIG_TOKEN_OPERATOR, at, at + length);
    }
    return emit(lexer, out_token, MIG_TOKEN_OPERATOR, at, at + 1);
}

static bool
has_free_byte(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr(postgres_free, text[i]) != NULL)
            return true;
    }
    return false;
}

static bool
lex_postgres_operator(MigLexer *lexer, MigToken *out_token, size_t at)
{
    const char *text = lexer->text;
    size_t end = at;

    /* The server refuses a longer one; without an end to it "+-+-+-" would be searched from each of
     * its bytes. */
    while (end < lexer->length && end - at < POSTGRES_NAME_MAX && text[end] != '\0' &&
           strchr(postgres_operator, text[end]) != NULL) {
        /* A comment ends an operator that runs into it. */
        if (end > at && ((text[end] == '-' && peek(lexer, end + 1) == '-') ||
                         (text[end] == '/' && peek(lexer, end + 1) == '*')))
            break;
        end++;
    }
    if (end - at > 1 && (text[end - 1] == '+' || text[end - 1] == '-') &&
        !has_free_byte(text + at, end - at)) {
        while (end - at > 1 && (text[end - 1] == '+' || text[end - 1] == '-'))
            end--;
    }
    if (end > at)
        return emit(lexer, out_token, MIG_TOKEN_OPERATOR, at, end);

    char next = peek(lexer, at + 1);
    bool pair =
        (text[at] == ':' && (next == ':' || next == '=')) || (text[at] == '.' && next == '.');
    return emit(lexer, out_token, MIG_TOKEN_OPERATOR, at, at + (pair ? 2 : 1));
}

/* ?1, :name and the others of SQLite, "Variables". */
static bool
lex_sqlite_mark(MigLexer *lexer, MigToken *out_token, size_t at)
{
    size_t end = mig_scan_word(lexer->text, lexer->length, at + 1);

    if (lexer->text[at] == '?' || end > at + 1)
        return emit(lexer, out_token, MIG_TOKEN_PARAMETER, at, end);
    return emit(lexer, out_token, MIG_TOKEN_OPERATOR, at, at + 1);
}

static bool
lex_mark(MigLexer *lexer, MigToken *out_token, size_t at)
{
    char c = lexer->text[at];

    if (lexer->engine == MIG_ENGINE_POSTGRES)
        return lex_postgres_operator(lexer, out_token, at);
    if (lexer->engine == MIG_ENGINE_SQLITE) {
        if (c == '?' || c == ':' || c == '@' || c == '#')
            return lex_sqlite_mark(lexer, out_token, at);
        return lex_listed_operator(lexer, out_token, at, sqlite_operators);
    }

    if (c == '@')
        return lex_mysql_variable(lexer, out_token, at);
    if (c == '?')
        return emit(lexer, out_token, MIG_TOKEN_PARAMETER, at, at + 1);
    if (c == '/' && peek(lexer, at + 1) == '*') {
        lexer->in_version_comment = true;
        return emit(lexer, out_token, MIG_TOKEN_VERSION_BEGIN, at, at + version_mark(lexer, at));
    }
    if (c == '*' && lexer->in_version_comment && peek(lexer, at + 1) == '/') {
        lexer->in_version_comment = false;
        return emit(lexer, out_token, MIG_TOKEN_VERSION_END, at, at + 2);
    }
    return lex_listed_operator(lexer, out_token, at, mysql_operators);
}

static bool
lex_other(MigLexer *lexer, MigToken *out_token, size_t at)
{
    bool mysql = is_mysql(lexer);

    switch (lexer->text[at]) {
    case ';':
        return emit(lexer, out_token, MIG_TOKEN_SEMICOLON, at, at + 1);
    case '\'': {
        bool continues = lexer->escaped > 0 && lexer->escaped <= at &&
                         mig_scan_continues(lexer->text, lexer->escaped, at);
        return lex_string(lexer, out_token, at, at, mysql || continues);
    }
    case '"':
        /* An identifier under MySQL's ANSI_QUOTES, which has no escapes; a string by default. */
        if (mysql)
            return lex_string(lexer, out_token, at, at, true);
        return lex_quoted(lexer, out_token, at, at, '"');
    case '`':
        if (lexer->engine != MIG_ENGINE_POSTGRES)
            return lex_quoted(lexer, out_token, at, at, '`');
        break;
    case '[':
        if (lexer->engine == MIG_ENGINE_SQLITE)
            return lex_quoted(lexer, out_token, at, at, ']');
        break;
    case '.':
        if (mig_scan_byte(peek(lexer, at + 1)) == MIG_BYTE_DIGIT) {
            /* t.1a is a column of MySQL's, and 1..10 two numbers of PostgreSQL's. */
            bool after_name = at > 0 && (mig_scan_in_word(lexer->text[at - 1]) ||
                                         strchr("`\".", lexer->text[at - 1]) != NULL);
            if (!after_name)
                return lex_number(lexer, out_token, at);
        }
        break;
    default:
        break;
    }
    return lex_mark(lexer, out_token, at);
}

bool
mig_lexer_next(MigLexer *lexer, MigToken *out_token)
{
    for (;;) {
        size_t at = lexer->offset;
        while (at < lexer->length && mig_scan_is_space(lexer->text[at]))
            at++;
        if (at >= lexer->length) {
            lexer->offset = lexer->length;
            *out_token = (MigToken){.kind = MIG_TOKEN_END, .offset = lexer->length};
            return false;
        }

        switch (mig_scan_byte(lexer->text[at])) {
        case MIG_BYTE_LETTER:
            return lex_word(lexer, out_token, at);
        case MIG_BYTE_DIGIT:
            return lex_number(lexer, out_token, at);
        case MIG_BYTE_DOLLAR:
            return lex_dollar(lexer, out_token, at);
        case MIG_BYTE_SPACE:
        case MIG_BYTE_OTHER:
            break;
        }

        if (lexer->text[at] == '\'')
            return lex_other(lexer, out_token, at);
        size_t comment = mig_lexer_comment(lexer, at);
        if (comment == 0)
            return lex_other(lexer, out_token, at);
        if (lexer->comments || comment == MIG_SCAN_OPEN)
            return emit(lexer, out_token, MIG_TOKEN_COMMENT, at, comment);
        lexer->offset = comment;
    }
}

bool
mig_token_is(const MigLexer *lexer, const MigToken *token, const char *word)
{
    if (token->kind != MIG_TOKEN_WORD)
        return false;

    const char *at = lexer->text + token->offset;
    for (size_t i = 0; i < token->length; i++) {
        if (g_ascii_tolower(at[i]) != word[i] || word[i] == '\0')
            return false;
    }
    return word[token->length] == '\0';
}

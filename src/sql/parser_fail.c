/* SPDX-License-Identifier: MIT */
/* Failing: what was expected where, what a server is too old for, what is nested too deep. */
#include "sql/parser.h"

#include <string.h>

/* How much of a token an error message shows, in bytes. */
#define NEAR_BYTES 40

static void
stop(MigParser *p)
{
    p->failed = true;
    p->lexer.offset = p->length;
    p->token = (MigToken){.kind = MIG_TOKEN_END, .offset = p->length};
}

/* What stands at the current token, to be shown in quotes. */
static char *
near_text(const MigParser *p)
{
    const char *at = p->sql + p->token.offset;
    size_t length = MIN(p->token.length, NEAR_BYTES);
    const char *line_end = memchr(at, '\n', length);

    if (line_end != NULL)
        length = (size_t)(line_end - at);
    while (length > 0 && length < p->token.length && ((unsigned char)at[length] & 0xc0) == 0x80)
        length--;

    g_autofree char *text = g_utf8_make_valid(at, (gssize)length);
    return g_strconcat(text, length < p->token.length ? "..." : "", NULL);
}

void
mig_parser_fail(MigParser *p, const char *format, ...)
{
    if (p->failed)
        return;

    MigSpan where = {.offset = p->token.offset, .length = p->token.length};
    va_list args;

    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    if (p->token.kind == MIG_TOKEN_END) {
        mig_parser_fail_at(p, where, MIG_PARSE_SYNTAX, "at the end: %s", what);
        return;
    }
    g_autofree char *text = near_text(p);
    mig_parser_fail_at(p, where, MIG_PARSE_SYNTAX, "near \"%s\": %s", text, what);
}

void
mig_parser_fail_at(MigParser *p, MigSpan where, MigParseStatus status, const char *format, ...)
{
    if (p->failed)
        return;
    stop(p);
    if (p->into->status != MIG_PARSE_OK)
        return;

    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    p->into->status = status;
    p->into->message = mig_arena_strdup(p->arena, message);
    p->into->where = where;
}

void
mig_parser_unsupported(MigParser *p, MigSpan where, const char *format, ...)
{
    if (p->failed || p->into->status != MIG_PARSE_OK)
        return;

    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    p->into->status = MIG_PARSE_UNSUPPORTED;
    p->into->message = mig_arena_strdup(p->arena, message);
    p->into->where = where;
}

bool
mig_parser_failed(const MigParser *p)
{
    return p->failed;
}

void
mig_parser_needs(MigParser *p, int version, const char *what, MigSpan where)
{
    if (p->failed || version <= p->into->needs_version)
        return;
    p->into->needs_version = version;
    p->into->needs_what = mig_arena_strdup(p->arena, what);
    p->into->needs_where = where;
}

bool
mig_parser_enter(MigParser *p)
{
    if (p->depth >= MIG_PARSER_DEPTH) {
        MigSpan where = {.offset = p->token.offset, .length = p->token.length};

        mig_parser_fail_at(p, where, MIG_PARSE_TOO_DEEP,
                           "nested deeper than %d levels, which isn't looked into",
                           MIG_PARSER_DEPTH);
        return false;
    }
    p->depth++;
    return !p->failed;
}

void
mig_parser_leave(MigParser *p)
{
    if (p->depth > 0)
        p->depth--;
}

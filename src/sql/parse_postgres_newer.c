/* SPDX-License-Identifier: MIT */
/* PostgreSQL's syntax that is newer than the library's grammar: it is blanked out of the text that is
 * parsed, or replaced by older words of no greater length. The tokens still have it, and so whoever
 * reads the tree can see what was said. */
#include <string.h>

#include "sql/parse_postgres.h"

bool
mig_pg_is_newer(const PgReader *r)
{
    return r->parsed != r->text || PG_VERSION_NUM >= 160000;
}

static void
blank(PgReader *r, char *text, size_t first, size_t end)
{
    const MigToken *from = mig_pg_token(r, first);
    const MigToken *to = end > first ? mig_pg_token(r, end - 1) : NULL;

    if (from != NULL && to != NULL)
        memset(text + from->offset, ' ', to->offset + to->length - from->offset);
}

/* In the place of what stands from @first to before @end, which must not be shorter. */
static void
replace(PgReader *r, char *text, size_t first, size_t end, const char *word)
{
    blank(r, text, first, end);
    memcpy(text + mig_pg_token(r, first)->offset, word, strlen(word));
}

static bool
are(PgReader *r, size_t i, const char *a, const char *b)
{
    return mig_pg_token_is(r, i, a) && mig_pg_token_is(r, i + 1, b);
}

static bool
is_name(PgReader *r, size_t i)
{
    const MigToken *token = mig_pg_token(r, i);

    return token != NULL && (token->kind == MIG_TOKEN_WORD || token->kind == MIG_TOKEN_QUOTED);
}

/* GENERATED ALWAYS AS (expression) without STORED becomes DEFAULT (expression). */
static bool
blank_virtual(PgReader *r, char *text, size_t i)
{
    if (!are(r, i, "generated", "always") || !mig_pg_token_is(r, i + 2, "as") ||
        !mig_pg_token_is_mark(r, i + 3, '('))
        return false;

    size_t end = mig_pg_close(r, i + 3);
    if (mig_pg_token_is(r, end, "stored"))
        return false;
    replace(r, text, i, i + 3, "DEFAULT");
    if (mig_pg_token_is(r, end, "virtual"))
        blank(r, text, end, end + 1);
    return true;
}

static bool
begins_piece(PgReader *r, size_t i)
{
    return i > 0 && (mig_pg_token_is(r, i - 1, "add") || mig_pg_token_is_mark(r, i - 1, '(') ||
                     mig_pg_token_is_mark(r, i - 1, ','));
}

/* [CONSTRAINT name] NOT NULL column, of a table, becomes CHECK(column): one byte to the left, so that
 * there is place for what closes it. */
static bool
blank_not_null(PgReader *r, char *text, size_t i)
{
    bool named = i >= 2 && mig_pg_token_is(r, i - 2, "constraint");

    if (!are(r, i, "not", "null") || !is_name(r, i + 2) || !begins_piece(r, named ? i - 2 : i))
        return false;

    MigToken column = *mig_pg_token(r, i + 2);
    blank(r, text, i, i + 3);
    memcpy(text + mig_pg_token(r, i)->offset, "CHECK(", 6);
    memcpy(text + column.offset - 1, r->text + column.offset, column.length);
    text[column.offset + column.length - 1] = ')';
    return true;
}

/* Words that say how a constraint is checked. */
static bool
blank_constraint(PgReader *r, char *text, size_t i)
{
    if (are(r, i, "not", "enforced") || are(r, i, "without", "overlaps")) {
        blank(r, text, i, i + 2);
        return true;
    }
    if (mig_pg_token_is(r, i, "enforced") && i > 2) {
        blank(r, text, i, i + 1);
        return true;
    }
    /* PERIOD column, in a foreign key's lists. */
    if (mig_pg_token_is(r, i, "period") && begins_piece(r, i) && is_name(r, i + 1)) {
        blank(r, text, i, i + 1);
        return true;
    }
    /* a integer NOT NULL NO INHERIT */
    if (are(r, i, "no", "inherit") && i >= 2 && are(r, i - 2, "not", "null")) {
        blank(r, text, i, i + 2);
        return true;
    }
    if (are(r, i, "alter", "constraint")) {
        bool no = are(r, i + 3, "no", "inherit");

        if (no || mig_pg_token_is(r, i + 3, "inherit"))
            blank(r, text, i + 3, i + (no ? 5 : 4));
        return no || mig_pg_token_is(r, i + 3, "inherit");
    }
    return false;
}

static bool
blank_column(PgReader *r, char *text, size_t i)
{
    static const char *const storages[] = {"plain", "external", "extended", "main", "default"};

    if (are(r, i, "set", "expression") && mig_pg_token_is(r, i + 2, "as")) {
        replace(r, text, i + 1, i + 3, "DEFAULT");
        return true;
    }
    if (are(r, i, "statistics", "default")) {
        replace(r, text, i + 1, i + 2, "-1");
        mig_pg_needs(r, 170000, "SET STATISTICS DEFAULT", mig_pg_span_tokens(r, i, i + 2));
        return true;
    }
    if (are(r, i, "method", "default")) {
        replace(r, text, i + 1, i + 2, "heap");
        mig_pg_needs(r, 170000, "SET ACCESS METHOD DEFAULT", mig_pg_span_tokens(r, i, i + 2));
        return true;
    }
    if (!mig_pg_token_is(r, i, "storage") || i == 0)
        return false;
    if (mig_pg_token_is(r, i - 1, "set") && mig_pg_token_is(r, i + 1, "default")) {
        replace(r, text, i + 1, i + 2, "extende");
        return true;
    }
    for (size_t k = 0; k < G_N_ELEMENTS(storages) && !mig_pg_token_is(r, i - 1, "set"); k++) {
        if (mig_pg_token_is(r, i + 1, storages[k])) {
            blank(r, text, i, i + 2);
            return true;
        }
    }
    return false;
}

/* Up to what closes the query or the statement. */
static size_t
query_end(PgReader *r, size_t i)
{
    while (mig_pg_token(r, i) != NULL && !mig_pg_token_is_mark(r, i, ')') &&
           mig_pg_token(r, i)->kind != MIG_TOKEN_SEMICOLON)
        i = mig_pg_token_is_mark(r, i, '(') ? mig_pg_close(r, i) : i + 1;
    return i;
}

/* MERGE's RETURNING, and WHEN NOT MATCHED BY SOURCE, whose actions are those of WHEN MATCHED. */
static bool
blank_merge(PgReader *r, char *text, size_t i, bool in_merge)
{
    if (!in_merge)
        return false;
    if (mig_pg_token_is(r, i, "returning")) {
        blank(r, text, i, query_end(r, i));
        mig_pg_needs(r, 170000, "MERGE ... RETURNING", mig_pg_span_token(r, i));
        return true;
    }
    if (are(r, i, "not", "matched") && are(r, i + 2, "by", "source")) {
        blank(r, text, i, i + 1);
        blank(r, text, i + 2, i + 4);
        mig_pg_needs(r, 170000, "WHEN NOT MATCHED BY SOURCE", mig_pg_span_tokens(r, i, i + 4));
        return true;
    }
    if (are(r, i, "by", "target")) {
        blank(r, text, i, i + 2);
        mig_pg_needs(r, 170000, "WHEN NOT MATCHED BY TARGET", mig_pg_span_tokens(r, i, i + 2));
        return true;
    }
    return false;
}

/* What stands behind the arguments of SQL/JSON's functions, and JSON_OBJECT's colons. */
static bool
blank_json_call(PgReader *r, char *text, size_t i)
{
    static const struct {
        const char *name;
        int version;
    } functions[] = {
        {"json_table", 170000},    {"json_exists", 170000}, {"json_value", 170000},
        {"json_query", 170000},    {"json_scalar", 170000}, {"json_serialize", 170000},
        {"json_object", 160000},   {"json_array", 160000},  {"json_objectagg", 160000},
        {"json_arrayagg", 160000},
    };
    static const char *const tails[] = {"columns", "passing", "returning", "absent", "null",
                                        "with",    "without", "error",     "empty",  "default",
                                        "keep",    "omit",    "true",      "false",  "unknown"};
    size_t which = 0;

    while (which < G_N_ELEMENTS(functions) && !mig_pg_token_is(r, i, functions[which].name))
        which++;
    if (which == G_N_ELEMENTS(functions) || !mig_pg_token_is_mark(r, i + 1, '('))
        return false;

    size_t close = mig_pg_close(r, i + 1);
    size_t end = close - 1;
    size_t from = end;
    for (size_t k = 0; k < G_N_ELEMENTS(tails); k++) {
        size_t at = mig_pg_find_within(r, i + 2, end, tails[k]);

        /* A value may be NULL or TRUE: a clause's word has an argument before it. */
        if (at != PG_NO_TOKEN && !mig_pg_token_is_mark(r, at - 1, ',') &&
            !mig_pg_token_is_mark(r, at - 1, ':') &&
            (!mig_pg_token_is_mark(r, at - 1, '(') || mig_pg_token_is(r, at + 1, "on") ||
             mig_pg_token_is(r, at, "returning")))
            from = MIN(from, at);
    }
    if (from < end)
        blank(r, text, from, end);
    for (size_t k = i + 2; k < from; k++) {
        const MigToken *token = mig_pg_token(r, k);

        if (mig_pg_token_is_mark(r, k, ':'))
            text[token->offset] = ',';
    }
    mig_pg_needs(r, functions[which].version, "SQL/JSON", mig_pg_span_token(r, i));
    return true;
}

/* IS [NOT] JSON becomes IS [NOT] TRUE: of no test that rules know anything follows from it. */
static bool
blank_is_json(PgReader *r, char *text, size_t i)
{
    static const char *const kinds[] = {"value", "object", "array", "scalar"};
    bool not = mig_pg_token_is(r, i + 1, "not");
    size_t at = i + (not ? 2 : 1);

    if (!mig_pg_token_is(r, i, "is") || !mig_pg_token_is(r, at, "json"))
        return false;
    replace(r, text, at, at + 1, "TRUE");
    mig_pg_needs(r, 160000, "IS JSON", mig_pg_span_tokens(r, i, at + 1));
    at++;
    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        if (mig_pg_token_is(r, at, kinds[k])) {
            blank(r, text, at, at + 1);
            at++;
            break;
        }
    }
    if ((mig_pg_token_is(r, at, "with") || mig_pg_token_is(r, at, "without")) &&
        mig_pg_token_is(r, at + 1, "unique"))
        blank(r, text, at, at + (mig_pg_token_is(r, at + 2, "keys") ? 3 : 2));
    return true;
}

static bool
blank_query(PgReader *r, char *text, size_t i)
{
    if (mig_pg_token_is(r, i, "returning") && mig_pg_token_is(r, i + 1, "with") &&
        mig_pg_token_is_mark(r, i + 2, '(')) {
        blank(r, text, i + 1, mig_pg_close(r, i + 2));
        mig_pg_needs(r, 180000, "RETURNING WITH (...)", mig_pg_span_tokens(r, i, i + 2));
        return true;
    }
    if (are(r, i, "on", "conflict")) {
        size_t do_at = mig_pg_find_within(r, i + 2, query_end(r, i), "do");

        if (do_at != PG_NO_TOKEN && mig_pg_token_is(r, do_at + 1, "select")) {
            size_t end = mig_pg_find_within(r, do_at, query_end(r, i), "returning");

            blank(r, text, i, end == PG_NO_TOKEN ? query_end(r, i) : end);
            mig_pg_needs(r, 190000, "ON CONFLICT DO SELECT",
                         mig_pg_span_tokens(r, do_at, do_at + 2));
            return true;
        }
    }
    if (are(r, i, "group", "by") && mig_pg_token_is(r, i + 2, "all")) {
        const MigToken *after = mig_pg_token(r, i + 3);

        if (after == NULL || after->kind == MIG_TOKEN_SEMICOLON ||
            mig_pg_token_is_mark(r, i + 3, ')') || mig_pg_token_is(r, i + 3, "having") ||
            mig_pg_token_is(r, i + 3, "order") || mig_pg_token_is(r, i + 3, "limit") ||
            mig_pg_token_is(r, i + 3, "union")) {
            blank(r, text, i, i + 3);
            mig_pg_needs(r, 190000, "GROUP BY ALL", mig_pg_span_tokens(r, i, i + 3));
            return true;
        }
    }
    return blank_json_call(r, text, i) || blank_is_json(r, text, i);
}

/* GRANT role TO role WITH INHERIT TRUE, VACUUM ONLY table */
static bool
blank_statement(PgReader *r, char *text, size_t i)
{
    if (mig_pg_token_is(r, 0, "grant") && mig_pg_token_is(r, i, "with") &&
        (mig_pg_token_is(r, i + 1, "inherit") || mig_pg_token_is(r, i + 1, "set") ||
         mig_pg_token_is(r, i + 1, "admin")) &&
        !mig_pg_token_is(r, i + 2, "option")) {
        size_t end = mig_pg_find_here(r, i, "granted");

        blank(r, text, i, end == PG_NO_TOKEN ? query_end(r, i) : end);
        mig_pg_needs(r, 160000, "GRANT ... WITH INHERIT or SET", mig_pg_span_token(r, i));
        return true;
    }
    if (mig_pg_token_is(r, i, "only") &&
        (mig_pg_token_is(r, 0, "vacuum") || mig_pg_token_is(r, 0, "analyze"))) {
        blank(r, text, i, i + 1);
        mig_pg_needs(r, 180000, "VACUUM ONLY and ANALYZE ONLY", mig_pg_span_token(r, i));
        return true;
    }
    /* Older servers had it. */
    if (are(r, i, "with", "oids")) {
        blank(r, text, i, i + 2);
        mig_pg_fail(r, MIG_PARSE_UNSUPPORTED, mig_pg_span_tokens(r, i, i + 2),
                    "WITH OIDS was removed in PostgreSQL 12");
        return true;
    }
    return false;
}

bool
mig_pg_blank_newer(PgReader *r)
{
    char *text = mig_arena_strndup(r->arena, r->text, r->length);
    bool any = false;
    bool in_merge = false;

    for (size_t i = 0; mig_pg_token(r, i) != NULL; i++) {
        if (mig_pg_token(r, i)->kind != MIG_TOKEN_WORD)
            continue;
        in_merge = in_merge || are(r, i, "merge", "into");
        any |= blank_virtual(r, text, i) || blank_not_null(r, text, i) ||
               blank_constraint(r, text, i) || blank_column(r, text, i) ||
               blank_merge(r, text, i, in_merge) || blank_query(r, text, i) ||
               blank_statement(r, text, i);
    }
    if (any)
        r->parsed = text;
    return any;
}

/* SPDX-License-Identifier: MIT */
/* SQLite's statements: which one begins here. Manual: SQLite, "SQL As Understood By SQLite". */
#include "sql/parse_sqlite.h"

#include <string.h>

#include "base/text.h"

bool
mig_sqlite_if_not_exists(MigParser *p)
{
    if (!mig_parser_take(p, "if"))
        return false;
    mig_parser_expect(p, "not");
    mig_parser_expect(p, "exists");
    return true;
}

static void
read_create(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    bool temporary = false;

    mig_parser_next(p);
    temporary = mig_parser_take(p, "temp") || mig_parser_take(p, "temporary");
    if (mig_parser_take(p, "table"))
        mig_sqlite_create_table(p, from, temporary);
    else if (mig_parser_take(p, "view"))
        mig_sqlite_create_view(p, from, temporary);
    else if (mig_parser_take(p, "trigger"))
        mig_sqlite_create_trigger(p, from, temporary);
    else if (temporary)
        mig_parser_fail(p, "expected TABLE, VIEW or TRIGGER");
    else if (mig_parser_take(p, "virtual"))
        mig_sqlite_create_virtual(p, from);
    else if (mig_parser_take(p, "index"))
        mig_sqlite_create_index(p, from, false);
    else if (mig_parser_take_words(p, "unique index"))
        mig_sqlite_create_index(p, from, true);
    else
        mig_parser_fail(p, "expected TABLE, INDEX, UNIQUE INDEX, VIEW, TRIGGER or VIRTUAL TABLE");
}

static void
read_drop(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigChange change = {0};
    MigName *name = &change.table;

    mig_parser_next(p);
    if (mig_parser_take(p, "table")) {
        change.kind = MIG_CHANGE_DROP_TABLE;
    } else if (mig_parser_take(p, "view")) {
        change.kind = MIG_CHANGE_DROP_VIEW;
    } else if (mig_parser_take(p, "index")) {
        change.kind = MIG_CHANGE_DROP_INDEX;
        name = &change.name;
    } else if (mig_parser_take(p, "trigger")) {
        change.kind = MIG_CHANGE_DROP_TRIGGER;
        name = &change.name;
    } else {
        mig_parser_fail(p, "expected TABLE, INDEX, VIEW or TRIGGER");
    }
    change.if_exists = mig_parser_take(p, "if");
    if (change.if_exists)
        mig_parser_expect(p, "exists");
    *name = mig_parser_name(p);

    size_t at = mig_parser_mark(p);
    change.cascade = mig_parser_take(p, "cascade");
    change.restrict_said = !change.cascade && mig_parser_take(p, "restrict");
    if (change.cascade || change.restrict_said)
        mig_parser_unsupported(p, mig_parser_span(p, at),
                               "SQLite has no CASCADE and RESTRICT here: leave it out");
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

/* What is explained isn't done. */
static void
read_explain(MigParser *p)
{
    guint before = p->changes->len;
    size_t from = mig_parser_mark(p);

    mig_parser_next(p);
    mig_parser_take_words(p, "query plan");
    if (mig_parser_is(p, "explain"))
        mig_parser_fail(p, "expected a statement that isn't explained already");
    mig_parse_sqlite(p);
    g_array_set_size(p->changes, before);
    MigChange *change = mig_parser_add(p, MIG_CHANGE_UNKNOWN);
    change->text = "explain";
    change->span = mig_parser_span(p, from);
}

static void
fail_unknown(MigParser *p)
{
    static const char *const statements[] = {
        "ALTER",    "ANALYZE",   "ATTACH",  "BEGIN",  "COMMIT", "CREATE",  "DELETE",  "DETACH",
        "DROP",     "END",       "EXPLAIN", "INSERT", "PRAGMA", "REINDEX", "RELEASE", "REPLACE",
        "ROLLBACK", "SAVEPOINT", "SELECT",  "UPDATE", "VACUUM", "VALUES",  "WITH",    NULL};
    g_autofree char *word = g_ascii_strup(p->sql + p->token.offset, (gssize)p->token.length);
    const char *meant = NULL;

    if (p->token.kind == MIG_TOKEN_WORD && g_utf8_validate(word, -1, NULL))
        meant = mig_text_suggest(word, statements);
    if (meant != NULL)
        mig_parser_fail(p, "expected a statement; %s may have been meant", meant);
    else
        mig_parser_fail(p, "expected a statement");
}

void
mig_parse_sqlite(MigParser *p)
{
    if (mig_parser_is(p, "create"))
        read_create(p);
    else if (mig_parser_is(p, "alter"))
        mig_sqlite_alter(p);
    else if (mig_parser_is(p, "drop"))
        read_drop(p);
    else if (mig_parser_is(p, "explain"))
        read_explain(p);
    else if (!mig_sqlite_session(p) && !mig_parser_data_statement(p))
        fail_unknown(p);
}

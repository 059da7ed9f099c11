/* SPDX-License-Identifier: MIT */
/* USE, transactions, table locks, and statements that are prepared from text. */
#include <string.h>

#include "sql/parse_mysql.h"

static void
push_transaction(MigParser *p, const char *text, const char *name, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_TRANSACTION, .text = text, .name = {.name = name}};

    mig_mysql_push(p, &change, from);
}

/* [WORK] [AND [NO] CHAIN] [[NO] RELEASE] */
static void
read_completion(MigParser *p)
{
    mig_parser_take(p, "work");
    if (mig_parser_take(p, "and")) {
        mig_parser_take(p, "no");
        mig_parser_expect(p, "chain");
    }
    if (!mig_parser_take_words(p, "no release"))
        mig_parser_take(p, "release");
}

static void
read_start(MigParser *p, size_t from)
{
    static const char *const modes[] = {"with consistent snapshot", "read write", "read only",
                                        NULL};

    mig_parser_expect(p, "transaction");
    if (!mig_mysql_at_statement_end(p)) {
        do {
            bool known = false;
            for (size_t i = 0; modes[i] != NULL && !known; i++)
                known = mig_parser_take_words(p, modes[i]);
            if (!known)
                mig_parser_fail(p, "expected WITH CONSISTENT SNAPSHOT, READ WRITE or READ ONLY");
        } while (mig_parser_take_mark(p, ","));
    }
    push_transaction(p, "begin", NULL, from);
}

static void
read_rollback(MigParser *p, size_t from)
{
    MigParser before = *p;

    mig_parser_take(p, "work");
    if (mig_parser_take(p, "to")) {
        if (mig_parser_is(p, "savepoint"))
            mig_parser_next(p);
        push_transaction(p, "rollback to", mig_parser_identifier(p, NULL), from);
        return;
    }
    if (!p->failed)
        *p = before;
    read_completion(p);
    push_transaction(p, "rollback", NULL, from);
}

/* XA: the work of one branch. What has no counterpart isn't analysed. */
static void
read_xa(MigParser *p, size_t from)
{
    static const struct {
        const char *word;
        const char *text; /* %NULL: unknown */
    } commands[] = {
        {"start", "begin"},       {"begin", "begin"}, {"prepare", "prepare"}, {"commit", "commit"},
        {"rollback", "rollback"}, {"end", NULL},      {"recover", NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (!mig_parser_take(p, commands[i].word))
            continue;
        if (commands[i].text == NULL) {
            mig_mysql_unknown(p, "xa", from);
            return;
        }
        mig_parser_value(p);
        while (mig_parser_take_mark(p, ","))
            mig_parser_value(p);
        if (!mig_parser_take_words(p, "one phase") && !mig_parser_take(p, "join"))
            mig_parser_take(p, "resume");
        push_transaction(p, commands[i].text, NULL, from);
        return;
    }
    mig_parser_fail(p, "expected START, END, PREPARE, COMMIT, ROLLBACK or RECOVER");
}

static bool
read_transaction(MigParser *p, size_t from)
{
    if (mig_parser_is(p, "start") && mig_parser_peek_is(p, "transaction")) {
        mig_parser_next(p);
        read_start(p, from);
    } else if (mig_parser_take(p, "begin")) {
        mig_parser_take(p, "work");
        push_transaction(p, "begin", NULL, from);
    } else if (mig_parser_take(p, "commit")) {
        read_completion(p);
        push_transaction(p, "commit", NULL, from);
    } else if (mig_parser_take(p, "rollback")) {
        read_rollback(p, from);
    } else if (mig_parser_take(p, "savepoint")) {
        push_transaction(p, "savepoint", mig_parser_identifier(p, NULL), from);
    } else if (mig_parser_take(p, "release")) {
        mig_parser_expect(p, "savepoint");
        push_transaction(p, "release", mig_parser_identifier(p, NULL), from);
    } else if (mig_parser_take(p, "xa")) {
        read_xa(p, from);
    } else {
        return false;
    }
    return true;
}

/* READ [LOCAL], [LOW_PRIORITY] WRITE [CONCURRENT] */
static const char *
read_lock_mode(MigParser *p)
{
    if (mig_parser_take(p, "read")) {
        mig_parser_take(p, "local");
        return "read";
    }
    mig_parser_take(p, "low_priority");
    mig_parser_expect(p, "write");
    mig_parser_take(p, "concurrent");
    return "write";
}

static void
read_lock(MigParser *p, size_t from)
{
    if (mig_parser_take_words(p, "instance for backup")) {
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "LOCK INSTANCE", from);
        mig_mysql_unknown(p, "lock instance", from);
        return;
    }
    if (!mig_parser_take(p, "tables"))
        mig_parser_expect(p, "table");
    do {
        size_t one = mig_parser_mark(p);
        MigChange change = {.kind = MIG_CHANGE_LOCK_TABLE, .table = mig_parser_name(p)};

        if (mig_parser_take(p, "as") || (mig_parser_is_name(p) && !mig_parser_is(p, "local")))
            mig_parser_identifier(p, NULL);
        change.text = read_lock_mode(p);
        mig_mysql_push(p, &change, one);
    } while (mig_parser_take_mark(p, ","));
    mig_mysql_wait(p);
}

static void
read_unlock(MigParser *p, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_LOCK_TABLE, .text = "unlock"};

    if (mig_parser_take(p, "instance")) {
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "UNLOCK INSTANCE", from);
        mig_mysql_unknown(p, "unlock instance", from);
        return;
    }
    if (!mig_parser_take(p, "tables"))
        mig_parser_expect(p, "table");
    mig_mysql_push(p, &change, from);
}

/* PREPARE name FROM text; EXECUTE name; EXECUTE IMMEDIATE text */
static bool
read_dynamic(MigParser *p, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_DYNAMIC};

    if (mig_parser_take(p, "prepare")) {
        change.name.name = mig_parser_identifier(p, NULL);
        mig_parser_expect(p, "from");
        size_t text = mig_parser_mark(p);
        change.expr = mig_parser_expression(p);
        change.text = mig_parser_text(p, mig_parser_span(p, text));
    } else if (mig_parser_take(p, "execute")) {
        size_t text = mig_parser_mark(p);
        if (mig_parser_take(p, "immediate")) {
            mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100200, "EXECUTE IMMEDIATE", from);
            text = mig_parser_mark(p);
            change.expr = mig_parser_expression(p);
        } else {
            change.name.name = mig_parser_identifier(p, NULL);
        }
        change.text = mig_parser_text(p, mig_parser_span(p, text));
        if (mig_parser_take(p, "using")) {
            do
                mig_parser_expression(p);
            while (mig_parser_take_mark(p, ","));
        }
    } else {
        return false;
    }
    mig_mysql_push(p, &change, from);
    return true;
}

bool
mig_mysql_session(MigParser *p, size_t from)
{
    if (mig_parser_take(p, "use")) {
        MigChange change = {.kind = MIG_CHANGE_USE};
        size_t name_from = mig_parser_mark(p);

        change.name.name = mig_parser_identifier(p, &change.name.quoted);
        change.name.span = mig_parser_span(p, name_from);
        mig_mysql_push(p, &change, from);
        return true;
    }
    if (mig_parser_take(p, "lock")) {
        read_lock(p, from);
        return true;
    }
    if (mig_parser_take(p, "unlock")) {
        read_unlock(p, from);
        return true;
    }
    if (mig_parser_is(p, "deallocate")) {
        mig_parser_next(p);
        mig_parser_expect(p, "prepare");
        mig_parser_identifier(p, NULL);
        mig_mysql_unknown(p, "deallocate prepare", from);
        return true;
    }
    return read_transaction(p, from) || read_dynamic(p, from);
}

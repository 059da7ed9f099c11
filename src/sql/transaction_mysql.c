/* SPDX-License-Identifier: MIT */
/* Which statements of MySQL and MariaDB commit by themselves. */
#include <string.h>

#include "sql/transaction.h"

/* Statements that a rollback undoes, or that change nothing that it could undo. Every other one is
 * taken to commit: what isn't known is never assumed to be undoable. */
static const char *const undoable[] = {
    "select",    "insert",  "update",  "delete",     "replace", "with",     "values",  "table",
    "do",        "use",     "show",    "describe",   "desc",    "explain",  "handler", "help",
    "savepoint", "release", "prepare", "deallocate", "signal",  "resignal", "get",     NULL,
};

static MigTransaction
commits_unless(bool undone)
{
    return undone ? MIG_TRANSACTION_ANY : MIG_TRANSACTION_COMMITS;
}

static bool
ends_with_autocommit(const MigWords *words)
{
    static const char name[] = "autocommit";
    size_t length = strlen(name);
    const MigToken *token = &words->token;
    const char *end = words->lexer.text + token->offset + token->length;

    if (token->kind != MIG_TOKEN_WORD && token->kind != MIG_TOKEN_PARAMETER &&
        token->kind != MIG_TOKEN_QUOTED)
        return false;
    size_t quote = token->kind == MIG_TOKEN_QUOTED ? 1 : 0;
    if (token->length < length + 2 * quote ||
        g_ascii_strncasecmp(end - quote - length, name, length) != 0)
        return false;

    /* @autocommit is a variable of the user's, @@autocommit and @@session.autocommit are not. */
    if (token->kind != MIG_TOKEN_PARAMETER)
        return token->length == length + 2 * quote;
    const char *begin = words->lexer.text + token->offset;
    return token->length > length + 1 && begin[1] == '@' &&
           (end[-(ptrdiff_t)length - 1] == '.' || end[-(ptrdiff_t)length - 1] == '@');
}

/* Whether the current token is a value that switches autocommit on. */
static bool
is_switched_on(const MigWords *words)
{
    static const char *const off[] = {"off", "false", NULL};

    if (mig_words_is_any(words, off))
        return false;
    return !(words->token.kind == MIG_TOKEN_NUMBER && words->token.length == 1 &&
             words->lexer.text[words->token.offset] == '0');
}

static MigTransaction classify(MigWords *words);

/* SET is undoable, or rather changes nothing, but for a few of its forms. */
static MigTransaction
classify_set(MigWords *words)
{
    if (mig_words_is(words, "password"))
        return MIG_TRANSACTION_COMMITS;
    /* SET DEFAULT ROLE writes to the tables of accounts; SET ROLE doesn't. */
    if (mig_words_take(words, "default"))
        return commits_unless(!mig_words_is(words, "role"));
    /* MariaDB: SET STATEMENT variable = value FOR statement. */
    if (mig_words_is(words, "statement")) {
        if (!mig_words_find(words, "for") || !mig_words_next(words))
            return MIG_TRANSACTION_COMMITS;
        return mig_words_is(words, "set") ? MIG_TRANSACTION_ANY : classify(words);
    }

    while (!mig_words_at_end(words)) {
        bool autocommit = ends_with_autocommit(words);
        mig_words_next(words);
        if (!autocommit)
            continue;
        mig_words_next(words); /* = or := */
        if (is_switched_on(words))
            return MIG_TRANSACTION_COMMITS;
    }
    return MIG_TRANSACTION_ANY;
}

/* "CREATE TABLE and DROP TABLE statements do not commit a transaction if the TEMPORARY keyword is
 * used", nor does DROP PREPARE, another name of DEALLOCATE. */
static MigTransaction
classify_create_or_drop(MigWords *words, bool drop)
{
    if (drop && mig_words_is(words, "prepare"))
        return MIG_TRANSACTION_ANY;
    if (mig_words_take(words, "or"))
        mig_words_take(words, "replace");
    return commits_unless(mig_words_take(words, "temporary") && mig_words_is(words, "table"));
}

/* MariaDB: ANALYZE SELECT executes a statement and shows how; ANALYZE TABLE is another matter. */
static MigTransaction
classify_analyze(MigWords *words)
{
    static const char *const explained[] = {"format", "select",  "update", "delete",
                                            "insert", "replace", "with",   NULL};
    return commits_unless(mig_words_is_any(words, explained));
}

static MigTransaction
classify_rollback(MigWords *words)
{
    mig_words_take(words, "work");
    return mig_words_is(words, "to") ? MIG_TRANSACTION_ANY : MIG_TRANSACTION_ROLLBACK;
}

static MigTransaction
classify(MigWords *words)
{
    while (mig_words_is_mark(words, '('))
        mig_words_next(words);

    if (mig_words_take(words, "set"))
        return classify_set(words);
    if (mig_words_take(words, "create"))
        return classify_create_or_drop(words, false);
    if (mig_words_take(words, "drop"))
        return classify_create_or_drop(words, true);
    if (mig_words_take(words, "load"))
        return commits_unless(mig_words_is(words, "data") || mig_words_is(words, "xml"));
    if (mig_words_take(words, "analyze"))
        return classify_analyze(words);
    /* BEGIN NOT ATOMIC is MariaDB's block, in which anything may stand. */
    if (mig_words_take(words, "begin"))
        return mig_words_is(words, "not") ? MIG_TRANSACTION_COMMITS : MIG_TRANSACTION_BEGIN;
    if (mig_words_take(words, "start"))
        return mig_words_is(words, "transaction") ? MIG_TRANSACTION_BEGIN : MIG_TRANSACTION_COMMITS;
    if (mig_words_is(words, "commit"))
        return MIG_TRANSACTION_COMMIT;
    if (mig_words_take(words, "rollback"))
        return classify_rollback(words);
    return commits_unless(mig_words_is_any(words, undoable));
}

/* Manual: MySQL 8.4, "Statements That Cause an Implicit Commit"; MariaDB, "SQL statements That Cause
 * an Implicit Commit". */
MigTransaction
mig_transaction_mysql(MigWords *words)
{
    return classify(words);
}

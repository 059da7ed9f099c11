/* SPDX-License-Identifier: MIT */
/* Which of PostgreSQL's statements the server refuses inside a transaction block. */
#include "sql/transaction.h"

/* From 12 on a value may be added in a transaction, though not used in it. */
#define ADD_VALUE_VERSION 120000

static MigTransaction
never_if(bool never)
{
    return never ? MIG_TRANSACTION_NEVER : MIG_TRANSACTION_ANY;
}

/* Whether an option's value, at the current token, switches it on; nothing does, too. */
static bool
is_switched_on(MigWords *words)
{
    static const char *const off[] = {"false", "off", "no", "none", NULL};
    const char *text = words->lexer.text + words->token.offset;

    if (mig_words_is_any(words, off))
        return false;
    if (words->token.kind == MIG_TOKEN_NUMBER)
        return !(words->token.length == 1 && text[0] == '0');
    if (words->token.kind != MIG_TOKEN_STRING || words->token.length < 3)
        return true;

    g_autofree char *value = g_strndup(text + 1, words->token.length - 2);
    return g_ascii_strcasecmp(value, "false") != 0 && g_ascii_strcasecmp(value, "off") != 0 &&
           g_ascii_strcasecmp(value, "0") != 0 && g_ascii_strcasecmp(value, "none") != 0;
}

/* The option @name of the list in parentheses that begins at the current token: 1 on, 0 off, -1 not
 * there. The current token then stands behind the list. */
static int
take_option(MigWords *words, const char *name)
{
    MigWords at = *words;
    int found = -1;

    if (!mig_words_take_parens(words))
        return -1;
    while (at.token.offset < words->token.offset && mig_words_next(&at)) {
        if (!mig_words_is(&at, name) || at.parens != words->parens + 1)
            continue;
        mig_words_next(&at);
        if (mig_words_is_mark(&at, '='))
            mig_words_next(&at);
        found = is_switched_on(&at) ? 1 : 0;
    }
    return found;
}

static bool
has_option(const MigWords *words, const char *name, bool on)
{
    MigWords at = *words;
    return mig_words_find(&at, "with") && mig_words_next(&at) &&
           take_option(&at, name) == (on ? 1 : 0);
}

static MigTransaction
classify_create(MigWords *words)
{
    static const char *const whole[] = {"database", "tablespace", NULL};

    if (mig_words_is_any(words, whole))
        return MIG_TRANSACTION_NEVER;
    /* "CREATE SUBSCRIPTION cannot be executed inside a transaction block when creating a
     * replication slot", which it does unless it is told not to. */
    if (mig_words_is(words, "subscription"))
        return never_if(!has_option(words, "connect", false) &&
                        !has_option(words, "create_slot", false));
    mig_words_take(words, "unique");
    return never_if(mig_words_take(words, "index") && mig_words_is(words, "concurrently"));
}

static MigTransaction
classify_drop(MigWords *words)
{
    /* Of a subscription it is refused if it has a slot; whether it has one only the server knows. */
    static const char *const whole[] = {"database", "tablespace", "subscription", NULL};

    if (mig_words_is_any(words, whole))
        return MIG_TRANSACTION_NEVER;
    return never_if(mig_words_take(words, "index") && mig_words_is(words, "concurrently"));
}

/* ALTER SUBSCRIPTION name: REFRESH PUBLICATION, and SET, ADD, DROP PUBLICATION unless their refresh
 * is off; SET (failover), SET (two_phase) since 17 and 18. */
static MigTransaction
classify_alter_subscription(MigWords *words)
{
    mig_words_take_name(words);
    if (mig_words_take(words, "refresh"))
        return MIG_TRANSACTION_NEVER;

    static const char *const actions[] = {"set", "add", "drop", NULL};
    if (!mig_words_is_any(words, actions))
        return MIG_TRANSACTION_ANY;
    mig_words_next(words);
    if (mig_words_is(words, "publication"))
        return never_if(!has_option(words, "refresh", false));
    MigWords again = *words;
    return never_if(take_option(words, "failover") >= 0 || take_option(&again, "two_phase") >= 0);
}

static MigTransaction
classify_alter(MigWords *words, int version)
{
    if (mig_words_is(words, "system"))
        return MIG_TRANSACTION_NEVER;
    if (mig_words_take(words, "database")) {
        mig_words_take_name(words);
        return never_if(mig_words_take(words, "set") && mig_words_is(words, "tablespace"));
    }
    if (mig_words_take(words, "subscription"))
        return classify_alter_subscription(words);
    if (mig_words_take(words, "table")) {
        if (!mig_words_find(words, "detach"))
            return MIG_TRANSACTION_ANY;
        mig_words_next(words);
        return never_if(mig_words_take(words, "partition") &&
                        mig_words_find(words, "concurrently"));
    }
    if (mig_words_take(words, "type")) {
        mig_words_take_name(words);
        bool adds_value = mig_words_take(words, "add") && mig_words_is(words, "value");
        return never_if(adds_value && version > 0 && version < ADD_VALUE_VERSION);
    }
    return MIG_TRANSACTION_ANY;
}

static MigTransaction
classify_reindex(MigWords *words)
{
    static const char *const whole[] = {"schema", "database", "system", NULL};

    if (take_option(words, "concurrently") == 1 || mig_words_is_any(words, whole))
        return MIG_TRANSACTION_NEVER;
    mig_words_next(words);
    return never_if(mig_words_is(words, "concurrently"));
}

/* Without a table CLUSTER and REPACK take one table after the other, each in its transaction. */
static MigTransaction
classify_cluster(MigWords *words)
{
    mig_words_take(words, "verbose");
    mig_words_take_parens(words);
    return never_if(mig_words_at_end(words));
}

static MigTransaction
classify_repack(MigWords *words)
{
    MigWords again = *words;

    if (take_option(words, "concurrently") == 1 || take_option(&again, "analyze") == 1)
        return MIG_TRANSACTION_NEVER;
    return never_if(mig_words_at_end(words) || mig_words_is(words, "using"));
}

static MigTransaction
classify_rollback(MigWords *words)
{
    if (mig_words_is(words, "prepared"))
        return MIG_TRANSACTION_NEVER;
    if (!mig_words_take(words, "work"))
        mig_words_take(words, "transaction");
    return mig_words_is(words, "to") ? MIG_TRANSACTION_ANY : MIG_TRANSACTION_ROLLBACK;
}

/* Manual: PostgreSQL 15 to 18, the description and the Notes of each command. */
MigTransaction
mig_transaction_postgres(MigWords *words, int version)
{
    if (mig_words_take(words, "create"))
        return classify_create(words);
    if (mig_words_take(words, "drop"))
        return classify_drop(words);
    if (mig_words_take(words, "alter"))
        return classify_alter(words, version);
    if (mig_words_is(words, "begin"))
        return MIG_TRANSACTION_BEGIN;
    if (mig_words_take(words, "start"))
        return mig_words_is(words, "transaction") ? MIG_TRANSACTION_BEGIN : MIG_TRANSACTION_ANY;
    if (mig_words_take(words, "commit"))
        return mig_words_is(words, "prepared") ? MIG_TRANSACTION_NEVER : MIG_TRANSACTION_COMMIT;
    if (mig_words_is(words, "end"))
        return MIG_TRANSACTION_COMMIT;
    if (mig_words_take(words, "rollback"))
        return classify_rollback(words);
    if (mig_words_is(words, "abort"))
        return MIG_TRANSACTION_ROLLBACK;
    /* What was done so far is then the prepared transaction's, whose end is its author's affair. */
    if (mig_words_take(words, "prepare"))
        return mig_words_is(words, "transaction") ? MIG_TRANSACTION_COMMIT : MIG_TRANSACTION_ANY;
    if (mig_words_is(words, "vacuum"))
        return MIG_TRANSACTION_NEVER;
    if (mig_words_take(words, "reindex"))
        return classify_reindex(words);
    if (mig_words_take(words, "cluster"))
        return classify_cluster(words);
    if (mig_words_take(words, "repack"))
        return classify_repack(words);
    if (mig_words_take(words, "discard"))
        return never_if(mig_words_is(words, "all"));
    return MIG_TRANSACTION_ANY;
}

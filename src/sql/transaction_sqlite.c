/* SPDX-License-Identifier: MIT */
/* What SQLite refuses or ignores inside a transaction. */
#include "sql/transaction.h"

/* "cannot change into wal mode from within a transaction", "Safety level may not be changed inside a
 * transaction", "database table is locked". */
static const char *const refused[] = {"journal_mode", "synchronous", "wal_checkpoint", NULL};

/* "This pragma is a no-op within a transaction" (foreign_keys); the others shape a file that is still
 * empty, and are ignored once a transaction has begun one. */
static const char *const ignored[] = {"foreign_keys", "page_size", "auto_vacuum", "encoding", NULL};

static MigTransaction
classify_pragma(MigWords *words)
{
    MigWords name = *words;

    mig_words_next(words);
    if (mig_words_is_mark(words, '.')) {
        mig_words_next(words);
        name = *words;
        mig_words_next(words);
    }
    bool sets = mig_words_is_mark(words, '=') || mig_words_is_mark(words, '(');
    if (!sets && !mig_words_is(&name, "wal_checkpoint"))
        return MIG_TRANSACTION_ANY;
    if (mig_words_is_any(&name, refused))
        return MIG_TRANSACTION_NEVER;
    return mig_words_is_any(&name, ignored) ? MIG_TRANSACTION_OUTSIDE : MIG_TRANSACTION_ANY;
}

/* Manual: SQLite, "VACUUM", "ATTACH DATABASE", "PRAGMA Statements", "Transaction"; tried on 3.40. */
MigTransaction
mig_transaction_sqlite(MigWords *words)
{
    /* A rollback doesn't undo ATTACH, and DETACH fails if the transaction has used the file. */
    static const char *const never[] = {"vacuum", "attach", "detach", NULL};

    if (mig_words_is_any(words, never))
        return MIG_TRANSACTION_NEVER;
    if (mig_words_take(words, "pragma"))
        return classify_pragma(words);
    if (mig_words_is(words, "begin"))
        return MIG_TRANSACTION_BEGIN;
    if (mig_words_is(words, "commit") || mig_words_is(words, "end"))
        return MIG_TRANSACTION_COMMIT;
    if (mig_words_take(words, "rollback")) {
        mig_words_take(words, "transaction");
        return mig_words_is(words, "to") ? MIG_TRANSACTION_ANY : MIG_TRANSACTION_ROLLBACK;
    }
    return MIG_TRANSACTION_ANY;
}

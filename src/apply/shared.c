/* SPDX-License-Identifier: MIT */
/* Statements outside a transaction, where a pooling proxy shares the session with others. */
#include "apply/shared.h"

#include "sql/words.h"

/* A procedure may commit what it did so far, which is refused inside a transaction. */
static bool
may_commit(const char *sql, size_t length, MigEngine engine)
{
    static const char *const verbs[] = {"call", "do", NULL};
    MigWords words;

    mig_words_init(&words, sql, length, engine);
    return mig_words_is_any(&words, verbs);
}

static bool
has_limits(const MigRunner *runner, const MigStatement *statement)
{
    int64_t lock = statement->lock_timeout_ms >= 0 ? statement->lock_timeout_ms
                                                   : runner->options->lock_timeout_ms;
    int64_t time = statement->statement_timeout_ms >= 0 ? statement->statement_timeout_ms
                                                        : runner->options->statement_timeout_ms;

    return lock > 0 || time > 0;
}

static void
warn(MigRunner *runner, const MigStatement *statement)
{
    char *warning = g_strdup_printf(
        "%s:%u:%u: behind the pooling proxy this statement has neither lock-timeout nor "
        "statement-timeout, since it can't be in a transaction; connect to the server itself to "
        "have them",
        runner->step->path, statement->line, statement->column);

    g_ptr_array_add(runner->execution->warnings, warning);
    mig_runner_tell(runner, MIG_PROGRESS_WARNING, 0, warning);
}

bool
mig_shared_wraps(MigRunner *runner, size_t index)
{
    const MigScript *script = runner->step->script;
    const MigStatement *statement = mig_script_statement(script, index);
    const char *sql = script->text + statement->offset;
    MigEngine engine = runner->plan->engine;

    if (!mig_lock_is_leased(runner->options->lock) || !has_limits(runner, statement))
        return false;

    MigTransaction need =
        mig_statement_transaction(sql, statement->length, engine, runner->plan->server_version);
    if (need == MIG_TRANSACTION_ANY && !may_commit(sql, statement->length, engine))
        return true;
    /* A retry says nothing new. */
    if (runner->tried == 0)
        warn(runner, statement);
    return false;
}

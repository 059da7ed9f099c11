/* SPDX-License-Identifier: MIT */
/* The steps in order, until the first that fails. */
#include "apply/retry.h"
#include "apply/runner.h"
#include "base/duration.h"
#include "base/error.h"
#include "sql/lexer.h"

#include <string.h>

void
mig_execution_free(MigExecution *execution)
{
    if (execution == NULL)
        return;

    g_ptr_array_unref(execution->results);
    g_ptr_array_unref(execution->warnings);
    g_clear_error(&execution->error);
    g_free(execution);
}

void
mig_runner_tell(const MigRunner *runner, MigProgressKind kind, size_t statement, const char *text)
{
    const MigProgress progress = {
        .kind = kind,
        .step = runner->step,
        .result = kind == MIG_PROGRESS_DONE || kind == MIG_PROGRESS_FAILED ? runner->result : NULL,
        .number = runner->number,
        .n_steps = runner->plan->steps->len,
        .statement = statement,
        .text = text,
    };

    if (runner->options->progress != NULL)
        runner->options->progress(&progress, runner->options->data);
}

/* Whether a script may have left something set in the session. Asking the server costs a round
 * trip, and most migrations can't have. */
static bool
may_leave_settings(const MigRunner *runner)
{
    static const char *const verbs[] = {
        "set",  "reset",   "use",  "pragma", "attach", "detach",  "select",  "do",
        "call", "discard", "lock", "begin",  "load",   "prepare", "declare", "listen"};
    const MigScript *script = runner->step->script;

    for (guint i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        MigLexer lexer;
        MigToken token;

        mig_lexer_init(&lexer, script->text + statement->offset, statement->length,
                       runner->plan->engine);
        bool any = mig_lexer_next(&lexer, &token);
        while (any && token.kind == MIG_TOKEN_VERSION_BEGIN)
            any = mig_lexer_next(&lexer, &token);
        for (size_t j = 0; any && j < G_N_ELEMENTS(verbs); j++) {
            if (mig_token_is(&lexer, &token, verbs[j]))
                return true;
        }
    }
    return false;
}

/* What a migration left set would change what the next one means. */
static bool
clean_session(MigRunner *runner, GError **error)
{
    g_autofree char *changed = NULL;

    if (!may_leave_settings(runner))
        return true;
    if (!mig_target_reset(runner->target, &changed, error))
        return false;
    if (changed == NULL)
        return true;

    char *warning =
        g_strdup_printf("%s left settings of the session changed, which were put back: %s",
                        runner->step->path, changed);
    g_ptr_array_add(runner->execution->warnings, warning);
    mig_runner_tell(runner, MIG_PROGRESS_WARNING, 0, warning);
    return true;
}

static bool
is_for_others(const GError *failure)
{
    MigSqlClass class = mig_error_sql_class(failure);

    return class == MIG_SQL_LOCK_TIMEOUT || class == MIG_SQL_DEADLOCK ||
           class == MIG_SQL_SERIALIZATION || g_error_matches(failure, MIG_ERROR, MIG_ERROR_LOCKED);
}

/* What is to be done before the command is typed again. */
static const char *
remedy(const GError *failure, const char *mend)
{
    if (mig_error_sql_class(failure) == MIG_SQL_DISK_FULL)
        return "make room, then ";
    /* What failed for others, or for a signal, needs no mending. */
    bool stopped = g_error_matches(failure, MIG_ERROR, MIG_ERROR_CANCELLED);
    return stopped || is_for_others(failure) ? "" : mend;
}

/* A sentence on what is left in the database, one on what the history says, one on what to type. */
static char *
describe_state(const MigRunner *runner, const GError *failure, bool recorded)
{
    const MigStep *step = runner->step;
    const MigStepResult *result = runner->result;
    bool up = step->direction == MIG_DIRECTION_UP;
    const char *command = up ? "up" : "down";
    bool lost = g_error_matches(failure, MIG_ERROR, MIG_ERROR_CONNECTION);
    GString *out = g_string_new(NULL);

    if (lost) {
        g_string_append_printf(out,
                               "\n  state: the connection is lost; the server undoes what was not "
                               "committed, and the history says what was\n"
                               "  next: `migrate status`, then `migrate %s` again",
                               command);
        return g_string_free(out, FALSE);
    }
    if (runner->journal.doubt) {
        g_string_append_printf(out,
                               "\n  state: statement %zu was executed, but whether it took "
                               "effect could not be found out\n"
                               "  next: `migrate %s` again: it looks, and goes on",
                               result->failed_at, command);
        return g_string_free(out, FALSE);
    }
    if (result->rolled_back && result->done == 0) {
        g_string_append_printf(out,
                               "\n  state: rolled back; nothing of %s is left, and the history "
                               "shows it as %s",
                               up ? "this migration" : "its revert", up ? "pending" : "applied");
        if (!recorded)
            g_string_append(out, " (the failure could not be recorded)");
        g_string_append_printf(out, "\n  next: %s`migrate %s` again",
                               remedy(failure, "mend the file, then "), command);
        return g_string_free(out, FALSE);
    }

    if (result->done == 0)
        g_string_append(out, "\n  state: no statement is committed");
    else if (result->done == 1)
        g_string_append(out, "\n  state: statement 1 is committed");
    else
        g_string_append_printf(out, "\n  state: statements %s%zu are committed",
                               result->done == 2 ? "1 and " : "1 to ", result->done);
    if (g_error_matches(failure, MIG_ERROR, MIG_ERROR_VERIFY) && result->done == result->total) {
        g_string_append(out, "; the history says \"failed-verify\"\n"
                             "  next: `migrate down` reverts it; or mend VERIFY or the data, then "
                             "`migrate up` verifies it again");
        return g_string_free(out, FALSE);
    }
    if (result->rolled_back)
        g_string_append(out, ", and what came after was rolled back");
    g_string_append_printf(out,
                           "; the history says \"failed at %zu/%zu\"\n"
                           "  next: %s`migrate %s` again: it goes on with statement %zu",
                           result->failed_at != 0 ? result->failed_at : result->done, result->total,
                           remedy(failure, "mend the file from there on, then "), command,
                           result->done + 1);
    return g_string_free(out, FALSE);
}

static void
fail_step(MigRunner *runner, size_t done, size_t failed_at, GError *failure)
{
    MigStepResult *result = runner->result;
    bool unverified = g_error_matches(failure, MIG_ERROR, MIG_ERROR_VERIFY);
    bool open = mig_target_transaction(runner->target) != MIG_TXN_NONE;

    mig_target_rollback(runner->target, NULL);
    result->outcome = MIG_OUTCOME_FAILED;
    result->done = done;
    result->failed_at = failed_at;
    result->rolled_back = open || runner->step->atomic;
    result->duration_ms = mig_journal_ms(&runner->journal);

    /* BEGIN, COMMIT or the history failed: that has no place in the file, but it has a file. */
    if (!g_str_has_prefix(failure->message, runner->step->path))
        g_prefix_error(&failure, "%s: ", runner->step->path);
    bool recorded = mig_journal_fail(&runner->journal, done, failed_at,
                                     unverified && done == result->total, failure->message, NULL);
    g_autofree char *state = describe_state(runner, failure, recorded);
    mig_error_take_sql(&runner->execution->error, (MigErrorCode)failure->code, failure, "%s%s",
                       failure->message, state);
    clean_session(runner, NULL);
    mig_runner_tell(runner, MIG_PROGRESS_FAILED, failed_at, NULL);
}

/* What is left once all units are done: VERIFY outside a transaction, and the final record, unless
 * the last unit's transaction held both. */
static bool
finish_step(MigRunner *runner, GError **error)
{
    const MigStep *step = runner->step;

    for (guint i = step->units->len; i-- > 0;) {
        const MigUnit *unit = mig_step_unit(step, i);
        if (unit->kind == MIG_UNIT_SESSION)
            continue;
        bool verified_outside = runner->options->verify && step->verify != NULL &&
                                step->direction == MIG_DIRECTION_UP &&
                                !mig_unit_verifies_inside(runner, i);
        if (unit->kind != MIG_UNIT_SINGLE && !verified_outside)
            return true;
        break;
    }

    if (!mig_unit_verify(runner, false, error))
        return false;
    for (unsigned tried = 1;; tried++) {
        GError *failure = NULL;
        g_autoptr(MigBatch) batch = mig_batch_new();
        mig_journal_finish(&runner->journal, batch);
        if (mig_history_table_write(runner->table, batch, &failure))
            return true;
        if (!mig_runner_write_again(runner, tried, failure)) {
            g_propagate_error(error, failure);
            return false;
        }
        g_error_free(failure);
    }
}

bool
mig_runner_write_again(MigRunner *runner, unsigned tried, const GError *failure)
{
    MigSqlClass class = mig_error_sql_class(failure);

    if ((class != MIG_SQL_LOCK_TIMEOUT && class != MIG_SQL_DEADLOCK &&
         class != MIG_SQL_SERIALIZATION) ||
        tried > runner->options->lock_retries)
        return false;

    mig_journal_settle(&runner->journal, false);
    int64_t pause = mig_retry_pause_ms(tried, g_rand_double(runner->random));
    g_autofree char *time = mig_duration_format(pause);
    g_autofree char *text =
        g_strdup_printf("%s; writing it again in %s (%u)", failure->message, time, tried);
    mig_runner_tell(runner, MIG_PROGRESS_RETRY, 0, text);
    return mig_cancel_sleep(mig_target_cancel(runner->target), pause);
}

/* Tells that a unit failed for a lock, waits, and says whether to try it again. */
static bool
wait_for_retry(MigRunner *runner, const MigUnit *unit, const GError *failure, int64_t took_ms)
{
    const MigApplyOptions *options = runner->options;
    bool counted =
        !options->wait_for_blockers || mig_error_sql_class(failure) != MIG_SQL_LOCK_TIMEOUT;

    /* It is the history that could not be written then: the statement is done. */
    if (runner->single_open || !mig_retry_is_worth(failure, unit, runner->plan->engine) ||
        (counted && runner->tried >= options->lock_retries))
        return false;
    if (!mig_target_rollback(runner->target, NULL))
        return false;

    mig_journal_settle(&runner->journal, false);
    runner->tried++;
    runner->waited_ms += took_ms;
    int64_t pause = mig_retry_pause_ms(runner->tried, g_rand_double(runner->random));
    g_autofree char *time = mig_duration_format(pause);
    const MigSqlError *sql = mig_error_get_sql(failure);
    g_autofree char *text = g_strdup_printf(
        "%s; nothing is left of it, trying again in %s (%u%s)",
        sql != NULL && sql->message != NULL ? sql->message : "not had the lock in time", time,
        runner->tried, counted ? "" : ", until it is had");
    mig_runner_tell(runner, MIG_PROGRESS_RETRY, 0, text);
    return mig_cancel_sleep(mig_target_cancel(runner->target), pause);
}

static bool
run_unit(MigRunner *runner, guint index, size_t *out_failed_at, GError **error)
{
    const MigUnit *unit = mig_step_unit(runner->step, index);

    runner->tried = 0;
    runner->waited_ms = 0;
    for (;;) {
        GError *failure = NULL;
        int64_t start = g_get_monotonic_time();
        if (mig_unit_run(runner, index, out_failed_at, &failure))
            return true;
        if (!wait_for_retry(runner, unit, failure, (g_get_monotonic_time() - start) / 1000)) {
            g_propagate_error(error, failure);
            return false;
        }
        g_error_free(failure);
    }
}

static bool
run_step(MigRunner *runner)
{
    const MigStep *step = runner->step;
    size_t done = step->done;
    size_t failed_at = 0;
    GError *failure = NULL;

    mig_journal_init(&runner->journal, runner->table, step);
    mig_runner_tell(runner, MIG_PROGRESS_STEP, 0, NULL);
    if (!mig_unit_replay(runner, &failure)) {
        fail_step(runner, done, 0, failure);
        return false;
    }
    for (guint i = 0; i < step->units->len; i++) {
        const MigUnit *unit = mig_step_unit(step, i);
        if (!run_unit(runner, i, &failed_at, &failure)) {
            /* In LOCK TABLES ... UNLOCK TABLES each statement is committed as it is done. */
            if (unit->kind == MIG_UNIT_SINGLE && failed_at > 0)
                done = failed_at - 1;
            else if (unit->kind == MIG_UNIT_SINGLE && runner->single_open)
                done = unit->first + unit->n;
            fail_step(runner, done, failed_at, failure);
            return false;
        }
        /* A setting of the session is neither committed nor recorded: the next run sets it again. */
        if (unit->kind != MIG_UNIT_SESSION)
            done = unit->first + unit->n;
    }
    done = step->script->statements->len;
    if (!finish_step(runner, &failure)) {
        fail_step(runner, done, 0, failure);
        return false;
    }

    runner->result->outcome = MIG_OUTCOME_DONE;
    runner->result->done = step->script->statements->len;
    runner->result->duration_ms = mig_journal_ms(&runner->journal);
    mig_runner_tell(runner, MIG_PROGRESS_DONE, 0, NULL);
    return clean_session(runner, &runner->execution->error);
}

/* From the watch's thread. */
static void
tell_blockers(const char *text, bool terminated, gpointer data)
{
    MigRunner *runner = data;

    if (terminated) {
        g_mutex_lock(&runner->ended_mutex);
        g_ptr_array_add(runner->ended, g_strdup(text));
        g_mutex_unlock(&runner->ended_mutex);
    }
    mig_runner_tell(runner, MIG_PROGRESS_WAITING, 0, text);
}

/* Ending somebody's session is not to be found in a log only. */
static void
record_ended(MigRunner *runner)
{
    g_autoptr(MigBatch) batch = mig_batch_new();

    for (guint i = 0; i < runner->ended->len; i++) {
        const char *text = g_ptr_array_index(runner->ended, i);
        const MigEvent event = {
            .kind = "terminated",
            .version = runner->step->version,
            .name = runner->step->name,
            .message = text,
        };
        mig_history_table_event(runner->table, batch, &event);
        g_ptr_array_add(runner->execution->warnings, g_strdup(text));
    }
    if (runner->ended->len > 0)
        mig_history_table_write(runner->table, batch, NULL);
}

static void
run_steps(MigRunner *runner)
{
    for (guint i = 0; i < runner->plan->steps->len; i++) {
        runner->step = g_ptr_array_index(runner->plan->steps, i);
        runner->result = g_ptr_array_index(runner->execution->results, i);
        runner->number = i + 1;
        if (!run_step(runner))
            return;
    }
}

MigExecution *
mig_apply(const MigPlan *plan, MigHistoryTable *table, const MigApplyOptions *options)
{
    MigExecution *execution = g_new0(MigExecution, 1);
    int64_t start = g_get_monotonic_time();
    MigRunner runner = {
        .plan = plan,
        .options = options,
        .table = table,
        .target = mig_history_table_target(table),
        .execution = execution,
        .ended = g_ptr_array_new_with_free_func(g_free),
        .random = g_rand_new(),
    };

    g_mutex_init(&runner.ended_mutex);
    runner.watch =
        mig_watch_new(runner.target, options->terminate_after_ms, tell_blockers, &runner);
    execution->results = g_ptr_array_new_with_free_func(g_free);
    execution->warnings = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < plan->steps->len; i++) {
        MigStepResult *result = g_new0(MigStepResult, 1);
        result->step = g_ptr_array_index(plan->steps, i);
        result->outcome = MIG_OUTCOME_NOT_RUN;
        result->done = result->step->done;
        result->total = result->step->script->statements->len;
        g_ptr_array_add(execution->results, result);
    }
    run_steps(&runner);
    mig_watch_free(runner.watch);
    record_ended(&runner);
    g_ptr_array_unref(runner.ended);
    g_rand_free(runner.random);
    g_mutex_clear(&runner.ended_mutex);
    execution->duration_ms = (g_get_monotonic_time() - start) / 1000;
    return execution;
}

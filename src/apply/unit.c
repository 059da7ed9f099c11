/* SPDX-License-Identifier: MIT */
/* One unit: run, verify, record. */
#include "apply/failure.h"
#include "apply/index.h"
#include "apply/runner.h"
#include "apply/shared.h"
#include "apply/verify.h"
#include "base/error.h"

#include <string.h>

bool
mig_unit_is_last_change(const MigStep *step, guint index)
{
    for (guint i = index + 1; i < step->units->len; i++) {
        if (mig_step_unit(step, i)->kind != MIG_UNIT_SESSION)
            return false;
    }
    return true;
}

static bool
wants_verify(const MigRunner *runner)
{
    return runner->options->verify && runner->step->verify != NULL &&
           runner->step->direction == MIG_DIRECTION_UP;
}

bool
mig_unit_verifies_inside(const MigRunner *runner, guint index)
{
    const MigUnit *unit = mig_step_unit(runner->step, index);
    bool transaction = unit->kind == MIG_UNIT_TRANSACTION || unit->kind == MIG_UNIT_AUTHOR;

    return wants_verify(runner) && transaction && mig_unit_is_last_change(runner->step, index) &&
           (mig_target_caps(runner->target) & MIG_CAP_TRANSACTIONAL_DDL) != 0;
}

bool
mig_unit_verify(MigRunner *runner, bool inside, GError **error)
{
    if (!wants_verify(runner))
        return true;

    mig_runner_tell(runner, MIG_PROGRESS_VERIFY, 0, NULL);
    return mig_verify(runner->target, runner->step->verify, runner->step->path, inside,
                      &runner->result->verified, error);
}

static bool
set_limits(MigRunner *runner, const MigStatement *statement, GError **error)
{
    const MigApplyOptions *options = runner->options;
    int64_t lock = options->lock_timeout_ms;
    int64_t time = options->statement_timeout_ms;

    if (statement != NULL && statement->lock_timeout_ms >= 0)
        lock = statement->lock_timeout_ms;
    if (statement != NULL && statement->statement_timeout_ms >= 0)
        time = statement->statement_timeout_ms;
    return mig_target_limits(runner->target, lock, time, error);
}

/* Whether an earlier try of this statement, in this run or the one before, may have left something. */
static bool
was_begun(const MigRunner *runner, size_t index)
{
    const MigRecord *record = runner->step->record;

    return runner->tried > 0 ||
           (record != NULL && !mig_record_is_applied(record) && record->doing == (int)index + 1);
}

static bool
send_statement(MigRunner *runner, size_t index, GError **error)
{
    const MigScript *script = runner->step->script;
    const MigStatement *statement = mig_script_statement(script, index);
    g_auto(MigBuild) build = {NULL, NULL};

    if (mig_lock_is_lost(runner->options->lock)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_LOCKED,
                    "the runners' lock was lost: its lease could not be renewed in time, and "
                    "another runner may be at work");
        return false;
    }
    if (!set_limits(runner, statement, error) ||
        !mig_build_prepare(runner->target, script->text + statement->offset, statement->length,
                           was_begun(runner, index), &build, error))
        return false;

    mig_watch_begin(runner->watch, runner->waited_ms);
    bool done = mig_target_exec(runner->target, script, statement, error);
    mig_watch_end(runner->watch);
    if (!done) {
        mig_build_undo(runner->target, &build);
        return false;
    }

    bool looked = true;
    bool valid = mig_build_check(runner->target, &build, &looked, error);
    runner->journal.doubt = !looked;
    return valid;
}

/* In SQLite it is the transaction that waits for others, at both of its ends. */
static bool
begin_work(MigRunner *runner, GError **error)
{
    mig_watch_begin(runner->watch, runner->waited_ms);
    bool done = mig_target_begin_work(runner->target, error);
    mig_watch_end(runner->watch);
    return done;
}

static bool
commit_work(MigRunner *runner, const MigBatch *batch, GError **error)
{
    mig_watch_begin(runner->watch, runner->waited_ms);
    bool done = mig_target_commit_work(runner->target, batch, error);
    mig_watch_end(runner->watch);
    return done;
}

/* Adds the place in the file to what the database said. */
static bool
run_statement(MigRunner *runner, size_t index, GError **error)
{
    const MigScript *script = runner->step->script;
    const MigStatement *statement = mig_script_statement(script, index);
    GError *failure = NULL;

    mig_runner_tell(runner, MIG_PROGRESS_STATEMENT, index + 1, NULL);
    if (send_statement(runner, index, &failure))
        return true;

    g_autofree char *what = mig_failure_describe(script, statement, runner->step->path, failure);
    mig_error_take_sql(error, (MigErrorCode)failure->code, failure, "%s", what);
    return false;
}

/* BEGIN and COMMIT of the author's that are not a transaction, as DDL in it commits on MySQL, are
 * not sent: the statements between them stand by themselves. */
static bool
is_left_out(const MigRunner *runner, const MigUnit *unit, size_t index)
{
    const MigStatement *statement = mig_script_statement(runner->step->script, index);
    MigTransaction need =
        mig_statement_transaction(runner->step->script->text + statement->offset, statement->length,
                                  runner->plan->engine, runner->plan->server_version);

    return unit->kind != MIG_UNIT_AUTHOR &&
           (need == MIG_TRANSACTION_BEGIN || need == MIG_TRANSACTION_COMMIT);
}

static bool
run_statements(MigRunner *runner, const MigUnit *unit, size_t n, size_t *out_failed_at,
               GError **error)
{
    for (size_t i = unit->first; i < unit->first + n; i++) {
        *out_failed_at = i + 1;
        if (is_left_out(runner, unit, i))
            continue;
        if (!run_statement(runner, i, error))
            return false;
    }
    *out_failed_at = 0;
    return true;
}

typedef struct {
    char *first; /* (owned) the first row, for the message */
    size_t n;
} Orphans;

static bool
count_orphan(const MigRow *row, gpointer data)
{
    Orphans *orphans = data;

    if (orphans->n++ == 0)
        orphans->first = g_strdup_printf("row %s of %s refers to a row of %s that isn't there",
                                         row->values[1] != NULL ? row->values[1] : "?",
                                         row->values[0], row->values[2]);
    return orphans->n < 1000;
}

/* Whether a statement before @first, of this run or of one that was interrupted, has switched foreign
 * keys off or on. */
static bool
switches_foreign_keys(const MigRunner *runner, size_t first)
{
    const MigScript *script = runner->step->script;

    for (size_t i = 0; runner->plan->engine == MIG_ENGINE_SQLITE && i < first; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        if (mig_statement_transaction(script->text + statement->offset, statement->length,
                                      runner->plan->engine,
                                      runner->plan->server_version) == MIG_TRANSACTION_OUTSIDE)
            return true;
    }
    return false;
}

static bool
read_switch(const MigRow *row, gpointer data)
{
    bool *off = data;

    *off = row->values[0] != NULL && strcmp(row->values[0], "0") == 0;
    return false;
}

/* SQLite checks no foreign key while they are switched off, as they are for rebuilding a table: what
 * was broken meanwhile must not be committed. Manual: SQLite, "Making Other Kinds Of Table Schema
 * Changes", step 10. */
static bool
check_foreign_keys(MigRunner *runner, guint index, GError **error)
{
    Orphans orphans = {NULL, 0};
    const MigCall state = {.sql = "PRAGMA foreign_keys"};
    const MigCall call = {.sql = "PRAGMA foreign_key_check"};
    bool off = false;

    if (!switches_foreign_keys(runner, mig_step_unit(runner->step, index)->first))
        return true;
    if (!mig_target_query(runner->target, &state, read_switch, &off, error))
        return false;
    if (!off)
        return true;
    if (!mig_target_query(runner->target, &call, count_orphan, &orphans, error))
        return false;

    g_autofree char *first = orphans.first;
    if (orphans.n == 0)
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_SQL,
                "%s: foreign keys were switched off, and %zu%s are broken now: %s",
                runner->step->path, orphans.n, orphans.n == 1000 ? " or more" : "", first);
    return false;
}

/* What the history is to say with this unit's COMMIT. */
static void
add_record(MigRunner *runner, guint index, MigBatch *batch)
{
    const MigUnit *unit = mig_step_unit(runner->step, index);
    bool last = mig_unit_is_last_change(runner->step, index);

    if (last && (!wants_verify(runner) || mig_unit_verifies_inside(runner, index)))
        mig_journal_finish(&runner->journal, batch);
    else
        mig_journal_mark(&runner->journal, batch, unit->first + unit->n, 0);
}

static bool
run_transaction(MigRunner *runner, guint index, size_t *out_failed_at, GError **error)
{
    const MigUnit *unit = mig_step_unit(runner->step, index);
    g_autoptr(MigBatch) batch = mig_batch_new();

    /* So that they travel with BEGIN. */
    if (!set_limits(runner, mig_script_statement(runner->step->script, unit->first), error) ||
        !begin_work(runner, error) ||
        !run_statements(runner, unit, unit->n, out_failed_at, error) ||
        !check_foreign_keys(runner, index, error))
        return false;
    if (mig_unit_verifies_inside(runner, index) && !mig_unit_verify(runner, true, error))
        return false;

    add_record(runner, index, batch);
    mig_history_table_commit(batch);
    if (!commit_work(runner, batch, error))
        return false;
    mig_journal_settle(&runner->journal, true);
    return true;
}

/* The author's own transaction: the history's row goes inside, before the author's COMMIT. */
static bool
run_author(MigRunner *runner, guint index, size_t *out_failed_at, GError **error)
{
    const MigUnit *unit = mig_step_unit(runner->step, index);
    g_autoptr(MigBatch) batch = mig_batch_new();
    size_t commit = unit->first + unit->n - 1;

    if (!run_statements(runner, unit, unit->n - 1, out_failed_at, error) ||
        !check_foreign_keys(runner, index, error))
        return false;
    if (mig_unit_verifies_inside(runner, index) && !mig_unit_verify(runner, true, error))
        return false;

    add_record(runner, index, batch);
    if (!mig_target_batch(runner->target, batch, error))
        return false;
    *out_failed_at = commit + 1;
    if (!run_statement(runner, commit, error))
        return false;
    *out_failed_at = 0;
    mig_journal_settle(&runner->journal, true);
    return true;
}

/* One statement in a transaction of its own, with which its limits travel. */
static bool
run_wrapped(MigRunner *runner, const MigUnit *unit, size_t *out_failed_at, GError **error)
{
    if (!set_limits(runner, mig_script_statement(runner->step->script, unit->first), error) ||
        !mig_target_begin(runner->target, MIG_BEGIN_WRITE, error) ||
        !run_statements(runner, unit, unit->n, out_failed_at, error))
        return false;
    *out_failed_at = unit->first + 1;
    if (!mig_target_commit(runner->target, error))
        return false;
    *out_failed_at = 0;
    return true;
}

/* The statement is done, and can't be tried again for want of the history's lock. */
static bool
write_done(MigRunner *runner, size_t done, GError **error)
{
    for (unsigned tried = 1;; tried++) {
        GError *failure = NULL;
        if (mig_journal_write(&runner->journal, done, 0, &failure))
            return true;
        if (!mig_runner_write_again(runner, tried, failure)) {
            g_propagate_error(error, failure);
            return false;
        }
        g_error_free(failure);
    }
}

/* Outside a transaction: the journal says what is begun before it is, and what is done as soon as
 * it is, so that after a crash at most one statement is in doubt. */
static bool
run_single(MigRunner *runner, guint index, size_t *out_failed_at, GError **error)
{
    const MigStep *step = runner->step;
    const MigUnit *unit = mig_step_unit(step, index);
    size_t end = unit->first + unit->n;

    if (!mig_journal_write(&runner->journal, unit->first, unit->first + 1, error))
        return false;
    /* An interrupted run's locks went with its session. */
    if (unit->lock != 0 && !run_statement(runner, unit->lock - 1, error))
        return false;
    bool wraps = unit->n == 1 && unit->lock == 0 && mig_shared_wraps(runner, unit->first);
    if (!(wraps ? run_wrapped(runner, unit, out_failed_at, error)
                : run_statements(runner, unit, unit->n, out_failed_at, error)))
        return false;

    /* The next one's mark says the same, and so does what finishes the step. */
    bool marked_next =
        index + 1 < step->units->len && mig_step_unit(step, index + 1)->kind == MIG_UNIT_SINGLE;
    bool finished_next = mig_unit_is_last_change(step, index) && !wants_verify(runner);
    runner->single_open = true;
    if (!marked_next && !finished_next && !write_done(runner, end, error))
        return false;
    runner->single_open = false;
    return true;
}

bool
mig_unit_run(MigRunner *runner, guint index, size_t *out_failed_at, GError **error)
{
    const MigUnit *unit = mig_step_unit(runner->step, index);

    *out_failed_at = 0;
    switch (unit->kind) {
    case MIG_UNIT_TRANSACTION:
        return run_transaction(runner, index, out_failed_at, error);
    case MIG_UNIT_AUTHOR:
        return run_author(runner, index, out_failed_at, error);
    case MIG_UNIT_SINGLE:
        return run_single(runner, index, out_failed_at, error);
    case MIG_UNIT_SESSION:
        return run_statements(runner, unit, unit->n, out_failed_at, error);
    }
    return false;
}

bool
mig_unit_replay(MigRunner *runner, GError **error)
{
    const GArray *replay = runner->step->replay;

    for (guint i = 0; replay != NULL && i < replay->len; i++) {
        if (!run_statement(runner, g_array_index(replay, size_t, i), error))
            return false;
    }
    return true;
}

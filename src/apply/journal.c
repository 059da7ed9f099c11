/* SPDX-License-Identifier: MIT */
/* What is written to the history while a step runs. */
#include "apply/journal.h"

void
mig_journal_init(MigJournal *journal, MigHistoryTable *table, const MigStep *step)
{
    *journal = (MigJournal){
        .table = table,
        .step = step,
        .start_us = g_get_monotonic_time(),
        /* Of a migration that is reverted the record is there, with the SQL that was run. */
        .saved = step->direction == MIG_DIRECTION_DOWN,
        .done = step->done,
    };
}

int64_t
mig_journal_ms(const MigJournal *journal)
{
    return (g_get_monotonic_time() - journal->start_us) / 1000;
}

static bool
is_up(const MigJournal *journal)
{
    return journal->step->direction == MIG_DIRECTION_UP;
}

/* As it is in the table: a file may have lost its leading zeros since. */
static const char *
recorded_version(const MigJournal *journal)
{
    const MigStep *step = journal->step;
    return step->record != NULL ? step->record->version : step->version;
}

static void
save(MigJournal *journal, MigBatch *batch, MigState state, size_t done, size_t doing)
{
    const MigStep *step = journal->step;
    const MigSave row = {
        .migration = step->migration,
        .record = step->record,
        .state = state,
        .done = done,
        .doing = doing,
        .total = step->script->statements->len,
        .duration_ms = mig_journal_ms(journal),
    };

    mig_history_table_save(journal->table, batch, &row);
    journal->saved = true;
}

void
mig_journal_settle(MigJournal *journal, bool committed)
{
    journal->written = journal->written || committed;
    journal->saved = journal->written || !is_up(journal);
}

void
mig_journal_mark(MigJournal *journal, MigBatch *batch, size_t done, size_t doing)
{
    MigState state = is_up(journal) ? MIG_STATE_RUNNING : MIG_STATE_REVERTING;

    if (journal->saved)
        mig_history_table_move(journal->table, batch, recorded_version(journal), state, done,
                               doing);
    else
        save(journal, batch, state, done, doing);
}

static void
append_event(const MigJournal *journal, MigBatch *batch, const char *kind, size_t statement,
             const char *message)
{
    const MigStep *step = journal->step;
    const MigEvent event = {
        .kind = kind,
        .version = recorded_version(journal),
        .name = step->name,
        .checksum =
            step->migration != NULL ? step->migration->checksum_tokens : step->record->checksum,
        .checksum_raw =
            step->migration != NULL ? step->migration->checksum_raw : step->record->checksum_raw,
        .statement = statement,
        .duration_ms = mig_journal_ms(journal),
        .message = message,
    };

    mig_history_table_event(journal->table, batch, &event);
}

void
mig_journal_finish(MigJournal *journal, MigBatch *batch)
{
    size_t total = journal->step->script->statements->len;

    if (is_up(journal)) {
        save(journal, batch, MIG_STATE_APPLIED, total, 0);
        append_event(journal, batch, "applied", 0, journal->step->late ? "out of order" : NULL);
    } else {
        mig_history_table_delete(journal->table, batch, recorded_version(journal));
        append_event(journal, batch, "reverted", 0, NULL);
    }
}

bool
mig_journal_write(MigJournal *journal, size_t done, size_t doing, GError **error)
{
    g_autoptr(MigBatch) batch = mig_batch_new();

    mig_journal_mark(journal, batch, done, doing);
    if (!mig_history_table_write(journal->table, batch, error))
        return false;
    journal->done = done;
    mig_journal_settle(journal, true);
    return true;
}

/* Whether what was rolled back leaves a migration as applied as it was before its revert began. */
static bool
is_still_applied(const MigJournal *journal, size_t done)
{
    return !is_up(journal) && !journal->written && done == 0 &&
           mig_record_is_applied(journal->step->record);
}

bool
mig_journal_fail(MigJournal *journal, size_t done, size_t failed_at, bool unverified,
                 const char *message, GError **error)
{
    g_autoptr(MigBatch) batch = mig_batch_new();
    MigState state = unverified       ? MIG_STATE_FAILED_VERIFY
                     : is_up(journal) ? MIG_STATE_FAILED
                                      : MIG_STATE_REVERT_FAILED;

    if (!journal->doubt && journal->saved && !is_still_applied(journal, done))
        mig_history_table_move(journal->table, batch, recorded_version(journal), state, done,
                               failed_at);
    else if (!journal->doubt && !journal->saved && done > 0 && journal->step->record != NULL)
        save(journal, batch, state, done, failed_at);
    append_event(journal, batch, "failed", failed_at, message);
    return mig_history_table_write(journal->table, batch, error);
}

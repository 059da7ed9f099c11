/* SPDX-License-Identifier: MIT */
/* What is written to the history while a step runs. */
#pragma once

#include "apply/apply.h"

/**
 * MigJournal:
 *
 * One step's place in the history. It lives on the stack of whoever runs the step.
 */
typedef struct {
    MigHistoryTable *table; /* (borrowed) */
    const MigStep *step;    /* (borrowed) */
    int64_t start_us;       /* monotonic */
    bool saved;             /* whether the record is there as this run left it */
    bool written;           /* whether this run has committed a mark in it */
    size_t done;            /* what the history says for certain */
    bool doubt; /* whether the statement that failed may have taken effect: the mark that it
                            was begun stays, and the next run asks the catalog */
} MigJournal;

void mig_journal_init(MigJournal *journal, MigHistoryTable *table, const MigStep *step);

int64_t mig_journal_ms(const MigJournal *journal);

/** mig_journal_mark: appends "@done are done, @doing is being done" (0: none is). */
void mig_journal_mark(MigJournal *journal, MigBatch *batch, size_t done, size_t doing);

/**
 * mig_journal_settle:
 * @committed: whether what was appended last is in the history now, or was rolled back
 *
 * A row that was rolled back has to be inserted again: moving it would move nothing.
 */
void mig_journal_settle(MigJournal *journal, bool committed);

/** mig_journal_finish: appends what says that the step is done: the record and its event. */
void mig_journal_finish(MigJournal *journal, MigBatch *batch);

/** mig_journal_write: sends a mark in a transaction of its own. */
bool mig_journal_write(MigJournal *journal, size_t done, size_t doing, GError **error);

/**
 * mig_journal_fail:
 * @failed_at: number of the statement, from 1; 0: not at a statement
 * @unverified: whether it was VERIFY that failed
 * @message: (borrowed) what to record
 *
 * Records a failure: as an event, and in the record where one was begun. Fails when the connection
 * is gone; then the history still says what it said before, which is true.
 */
bool mig_journal_fail(MigJournal *journal, size_t done, size_t failed_at, bool unverified,
                      const char *message, GError **error);

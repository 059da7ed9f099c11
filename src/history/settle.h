/* SPDX-License-Identifier: MIT */
/* `repair` and `baseline`: the only ways to write history without running anything. */
#pragma once

#include "history/compare.h"
#include "history/table.h"

typedef enum {
    MIG_SETTLE_DONE,     /* the statement in doubt took effect: go on behind it */
    MIG_SETTLE_RETRY,    /* it did not: go on with it */
    MIG_SETTLE_REVERTED, /* nothing of the migration is left: forget it */
    MIG_SETTLE_APPLIED,  /* all of the migration is there: it counts as applied */
} MigSettlement;

/** mig_settlement_option: (static) as `repair` takes it, without the dashes. */
const char *mig_settlement_option(MigSettlement settlement);

/**
 * mig_settle:
 * @record: (borrowed) what is to be settled
 * @error: %MIG_ERROR_USAGE if this can't be said of a record in its state
 *
 * The choice is an event of the history.
 */
bool mig_settle(MigHistoryTable *table, const MigRecord *record, MigSettlement settlement,
                GError **error);

/**
 * mig_settle_accept:
 * @pairs: (borrowed) from mig_compare()
 * @version: (borrowed) the one to accept; %NULL for all that are changed
 * @out_accepted: (out) how many
 *
 * What the files say now takes the place of what was recorded.
 */
bool mig_settle_accept(MigHistoryTable *table, const GArray *pairs, const char *version,
                       size_t *out_accepted, GError **error);

/**
 * mig_settle_baseline:
 * @version: (borrowed) the newest that counts as applied
 * @out_recorded: (out) how many weren't recorded before
 * @error: %MIG_ERROR_USAGE if there is no such migration
 *
 * Records everything up to @version as applied, running nothing, in one transaction.
 */
bool mig_settle_baseline(MigHistoryTable *table, MigSource *source, const MigHistory *history,
                         const char *version, size_t *out_recorded, GError **error);

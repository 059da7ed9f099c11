/* SPDX-License-Identifier: MIT */
/* `repair` and `baseline`: the only ways to write history without running anything. */
#include "history/settle.h"

#include <string.h>

static const char *const options[] = {
    [MIG_SETTLE_DONE] = "done",
    [MIG_SETTLE_RETRY] = "retry",
    [MIG_SETTLE_REVERTED] = "reverted",
    [MIG_SETTLE_APPLIED] = "applied",
};

const char *
mig_settlement_option(MigSettlement settlement)
{
    return options[settlement];
}

static MigEvent
event_of(const char *kind, const MigRecord *record, const char *message)
{
    return (MigEvent){
        .kind = kind,
        .version = record->version,
        .name = record->name,
        .checksum = record->checksum,
        .checksum_raw = record->checksum_raw,
        .statement = (size_t)record->doing,
        .message = message,
    };
}

static bool
is_reverting(const MigRecord *record)
{
    return record->state == MIG_STATE_REVERTING || record->state == MIG_STATE_REVERT_FAILED;
}

static bool
check_settlement(const MigRecord *record, MigSettlement settlement, GError **error)
{
    bool statement = settlement == MIG_SETTLE_DONE || settlement == MIG_SETTLE_RETRY;

    if (mig_record_is_applied(record) && settlement != MIG_SETTLE_REVERTED) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s %s is %s: there is nothing to settle\n"
                    "  `migrate status` shows what needs settling",
                    record->version, record->name, mig_state_name(record->state));
        return false;
    }
    if (statement && record->doing == 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s %s stopped between two statements (%d are done): none is in doubt\n"
                    "  `migrate %s` goes on where it stopped",
                    record->version, record->name, record->done,
                    is_reverting(record) ? "down" : "up");
        return false;
    }
    /* What stands between them was rolled back with it, and would never be executed. */
    if (settlement == MIG_SETTLE_DONE && !mig_record_in_doubt(record) &&
        record->doing > record->done + 1) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "statement %d of %s %s failed, and was rolled back with those from statement "
                    "%d on: it can't be done alone\n"
                    "  `migrate %s` goes on with statement %d",
                    record->doing, record->version, record->name, record->done + 1,
                    is_reverting(record) ? "down" : "up", record->done + 1);
        return false;
    }
    return true;
}

bool
mig_settle(MigHistoryTable *table, const MigRecord *record, MigSettlement settlement,
           GError **error)
{
    if (!check_settlement(record, settlement, error))
        return false;

    g_autoptr(MigBatch) batch = mig_batch_new();
    MigState stopped = is_reverting(record) ? MIG_STATE_REVERT_FAILED : MIG_STATE_FAILED;
    g_autofree char *message =
        record->doing != 0
            ? g_strdup_printf("statement %d: --%s; was %s", record->doing, options[settlement],
                              mig_state_name(record->state))
            : g_strdup_printf("--%s; was %s", options[settlement], mig_state_name(record->state));

    if (settlement == MIG_SETTLE_DONE)
        mig_history_table_move(table, batch, record->version, stopped, (size_t)record->doing, 0);
    else if (settlement == MIG_SETTLE_RETRY)
        mig_history_table_move(table, batch, record->version, stopped, (size_t)record->done,
                               (size_t)record->doing);
    else if (settlement == MIG_SETTLE_APPLIED)
        mig_history_table_move(table, batch, record->version, MIG_STATE_APPLIED,
                               (size_t)record->total, 0);
    else
        mig_history_table_delete(table, batch, record->version);

    const MigEvent event = event_of("repaired", record, message);
    mig_history_table_event(table, batch, &event);
    return mig_history_table_write(table, batch, error);
}

static bool
is_wanted(const MigPair *pair, const char *version)
{
    return pair->standing == MIG_STANDING_CHANGED &&
           (version == NULL || mig_version_compare(pair->record->version, version) == 0);
}

bool
mig_settle_accept(MigHistoryTable *table, const GArray *pairs, const char *version,
                  size_t *out_accepted, GError **error)
{
    g_autoptr(MigBatch) batch = mig_batch_new();
    size_t accepted = 0;

    for (guint i = 0; i < pairs->len; i++) {
        const MigPair *pair = &g_array_index(pairs, MigPair, i);
        if (!is_wanted(pair, version))
            continue;

        g_autofree char *message =
            g_strdup_printf("checksum accepted; was %s", pair->record->checksum);
        MigEvent event = event_of("accepted", pair->record, message);
        event.checksum = pair->migration->checksum_tokens;
        event.checksum_raw = pair->migration->checksum_raw;
        mig_history_table_accept(table, batch, pair->record->version, pair->migration);
        mig_history_table_event(table, batch, &event);
        accepted++;
    }
    if (accepted > 0 && !mig_history_table_write(table, batch, error))
        return false;
    *out_accepted = accepted;
    return true;
}

bool
mig_settle_baseline(MigHistoryTable *table, MigSource *source, const MigHistory *history,
                    const char *version, size_t *out_recorded, GError **error)
{
    const MigMigration *newest = mig_source_find(source, version);
    if (newest == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "there is no migration %s in %s: a baseline names the newest migration whose "
                    "changes the database has already",
                    version, source->directory);
        return false;
    }

    g_autoptr(MigBatch) batch = mig_batch_new();
    size_t recorded = 0;
    for (guint i = 0; i < source->migrations->len; i++) {
        MigMigration *migration = g_ptr_array_index(source->migrations, i);
        if (mig_version_compare(migration->version, newest->version) > 0)
            break;
        if (mig_history_find(history, migration->version) != NULL)
            continue;
        if (!mig_source_parse(source, migration, error))
            return false;

        const MigSave save = {
            .migration = migration,
            .state = MIG_STATE_BASELINED,
            .done = migration->up->statements->len,
            .total = migration->up->statements->len,
        };
        const MigEvent event = {
            .kind = "baselined",
            .version = migration->version,
            .name = migration->name,
            .checksum = migration->checksum_tokens,
            .checksum_raw = migration->checksum_raw,
        };
        mig_history_table_save(table, batch, &save);
        mig_history_table_event(table, batch, &event);
        recorded++;
    }
    if (recorded > 0 && !mig_history_table_write(table, batch, error))
        return false;
    *out_recorded = recorded;
    return true;
}

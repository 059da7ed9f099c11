/* SPDX-License-Identifier: MIT */
/* Files against records: what is applied, pending, changed, missing, failed or in doubt. */
#include "history/compare.h"

#include <string.h>

static const char *const names[] = {
    [MIG_STANDING_APPLIED] = "applied",   [MIG_STANDING_PENDING] = "pending",
    [MIG_STANDING_LATE] = "pending",      [MIG_STANDING_CHANGED] = "changed",
    [MIG_STANDING_MISSING] = "missing",   [MIG_STANDING_NEWER] = "missing",
    [MIG_STANDING_STOPPED] = "failed",    [MIG_STANDING_DOUBT] = "in doubt",
    [MIG_STANDING_UNVERIFIED] = "failed",
};

const char *
mig_standing_name(MigStanding standing)
{
    return names[standing];
}

static const char *
without_zeros(const char *version)
{
    while (version[0] == '0' && version[1] != '\0')
        version++;
    return version;
}

GHashTable *
mig_compare_known(const MigHistory *history)
{
    GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        /* One that is begun is parsed: the rest of it is to be executed. */
        if (mig_record_is_applied(record) && record->checksum_raw != NULL)
            g_hash_table_insert(known, (gpointer)(uintptr_t)without_zeros(record->version),
                                (gpointer)(uintptr_t)record->checksum_raw);
    }
    return known;
}

static bool
same_bytes(const MigMigration *migration, const MigRecord *record)
{
    return record->checksum_raw != NULL &&
           strcmp(migration->checksum_raw, record->checksum_raw) == 0;
}

/* Whether what was applied is what the file says; a baseline without checksums is believed. */
static bool
unchanged(MigSource *source, MigMigration *migration, const MigRecord *record, bool strict,
          bool *out_same, GError **error)
{
    *out_same = true;
    if (record->checksum == NULL || same_bytes(migration, record))
        return true;
    if (!mig_source_parse(source, migration, error))
        return false;

    if (strict && record->checksum_raw != NULL)
        *out_same = false;
    else
        *out_same = strcmp(migration->checksum_tokens, record->checksum) == 0;
    return true;
}

static MigStanding
begun(const MigRecord *record)
{
    if (record->state == MIG_STATE_FAILED_VERIFY)
        return MIG_STANDING_UNVERIFIED;
    if (mig_record_in_doubt(record))
        return MIG_STANDING_DOUBT;
    return MIG_STANDING_STOPPED;
}

static bool
stand(MigSource *source, MigPair *pair, bool strict, GError **error)
{
    const MigRecord *record = pair->record;

    if (record == NULL) {
        pair->standing = MIG_STANDING_PENDING;
        return true;
    }
    if (!mig_record_is_applied(record)) {
        pair->standing = begun(record);
        return true;
    }
    if (pair->migration == NULL) {
        pair->standing = MIG_STANDING_MISSING;
        return true;
    }

    bool same = true;
    if (!unchanged(source, pair->migration, record, strict, &same, error))
        return false;
    pair->standing = same ? MIG_STANDING_APPLIED : MIG_STANDING_CHANGED;
    return true;
}

/* What can only be said of the whole: late ones, and those newer than the directory. */
static void
stand_in_order(GArray *pairs)
{
    bool file_seen = false;
    bool record_seen = false;

    for (guint i = pairs->len; i-- > 0;) {
        MigPair *pair = &g_array_index(pairs, MigPair, i);
        if (pair->standing == MIG_STANDING_MISSING && !file_seen)
            pair->standing = MIG_STANDING_NEWER;
        if (pair->standing == MIG_STANDING_PENDING && record_seen)
            pair->standing = MIG_STANDING_LATE;
        file_seen = file_seen || pair->migration != NULL;
        record_seen = record_seen || pair->record != NULL;
    }
}

GArray *
mig_compare(MigSource *source, const MigHistory *history, bool strict, GError **error)
{
    const GPtrArray *files = source->migrations;
    const GPtrArray *records = history->records;
    g_autoptr(GArray) pairs = g_array_sized_new(FALSE, TRUE, sizeof(MigPair), files->len);

    for (guint i = 0, j = 0; i < files->len || j < records->len;) {
        MigMigration *file = i < files->len ? g_ptr_array_index(files, i) : NULL;
        const MigRecord *record = j < records->len ? g_ptr_array_index(records, j) : NULL;
        int order = file == NULL     ? 1
                    : record == NULL ? -1
                                     : mig_version_compare(file->version, record->version);
        MigPair pair = {
            .migration = order <= 0 ? file : NULL,
            .record = order >= 0 ? record : NULL,
        };

        if (!stand(source, &pair, strict, error))
            return NULL;
        g_array_append_val(pairs, pair);
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
    stand_in_order(pairs);
    return g_steal_pointer(&pairs);
}

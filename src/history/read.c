/* SPDX-License-Identifier: MIT */
/* Rows of the history's tables to values. */
#include "history/private.h"

#include <migrate/source.h>

#include <stdlib.h>
#include <string.h>

static const struct {
    MigState state;
    const char *name;
} states[] = {
    {MIG_STATE_APPLIED, "applied"},
    {MIG_STATE_BASELINED, "baselined"},
    {MIG_STATE_RUNNING, "running"},
    {MIG_STATE_FAILED, "failed"},
    {MIG_STATE_FAILED_VERIFY, "failed-verify"},
    {MIG_STATE_REVERTING, "reverting"},
    {MIG_STATE_REVERT_FAILED, "revert-failed"},
};

const char *
mig_state_name(MigState state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        if (states[i].state == state)
            return states[i].name;
    }
    return "unknown";
}

bool
mig_state_parse(const char *name, MigState *out_state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        if (name != NULL && strcmp(states[i].name, name) == 0) {
            *out_state = states[i].state;
            return true;
        }
    }
    return false;
}

bool
mig_record_is_applied(const MigRecord *record)
{
    return record->state == MIG_STATE_APPLIED || record->state == MIG_STATE_BASELINED;
}

bool
mig_record_in_doubt(const MigRecord *record)
{
    return (record->state == MIG_STATE_RUNNING || record->state == MIG_STATE_REVERTING) &&
           record->doing != 0;
}

void
mig_history_free(MigHistory *history)
{
    if (history == NULL)
        return;

    g_ptr_array_unref(history->records);
    g_clear_pointer(&history->strings, g_string_chunk_free);
    g_free(history);
}

static int
compare_records(gconstpointer a, gconstpointer b)
{
    const MigRecord *const *left = a;
    const MigRecord *const *right = b;

    return mig_version_compare((*left)->version, (*right)->version);
}

const MigRecord *
mig_history_find(const MigHistory *history, const char *version)
{
    guint low = 0;
    guint high = history->records->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const MigRecord *record = g_ptr_array_index(history->records, middle);
        int order = mig_version_compare(version, record->version);
        if (order == 0)
            return record;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static int
number(const char *text)
{
    return text == NULL ? 0 : (int)strtol(text, NULL, 10);
}

typedef struct {
    MigHistory *history;
    GError *error;
} Reading;

/* Thousands of short strings that live as long as the history: one by one they cost more than
 * reading them. */
static const char *
keep(MigHistory *history, const char *text)
{
    return text == NULL ? NULL : g_string_chunk_insert(history->strings, text);
}

static bool
read_record(const MigRow *row, gpointer data)
{
    Reading *reading = data;
    const char *const *value = row->values;
    MigState state = MIG_STATE_APPLIED;

    reading->history->format = number(value[15]);
    if (reading->history->format > MIG_HISTORY_FORMAT)
        return false;
    if (!mig_state_parse(value[2], &state)) {
        g_set_error(
            &reading->error, MIG_ERROR, MIG_ERROR_HISTORY,
            "the history says that %s is \"%s\", which this version of migrate doesn't know",
            value[0], value[2] != NULL ? value[2] : "NULL");
        return false;
    }

    MigRecord *record = g_new0(MigRecord, 1);
    record->version = keep(reading->history, value[0]);
    record->name = keep(reading->history, value[1]);
    record->state = state;
    record->done = number(value[3]);
    record->doing = number(value[4]);
    record->total = number(value[5]);
    record->checksum = keep(reading->history, value[6]);
    record->checksum_raw = keep(reading->history, value[7]);
    record->header = keep(reading->history, value[8]);
    record->applied_at = keep(reading->history, value[9]);
    record->duration_ms = value[10] == NULL ? 0 : g_ascii_strtoll(value[10], NULL, 10);
    record->db_user = keep(reading->history, value[11]);
    record->os_user = keep(reading->history, value[12]);
    record->host = keep(reading->history, value[13]);
    record->tool_version = keep(reading->history, value[14]);
    g_ptr_array_add(reading->history->records, record);
    return true;
}

static bool
read_format(const MigRow *row, gpointer data)
{
    MigHistory *history = data;

    history->format = number(row->values[0]);
    return false;
}

MigHistory *
mig_history_read(MigHistoryTable *table, GError **error)
{
    g_autoptr(MigHistory) history = g_new0(MigHistory, 1);
    Reading reading = {.history = history};
    g_autoptr(GError) failure = NULL;

    history->records = g_ptr_array_new_with_free_func(g_free);
    history->strings = g_string_chunk_new(16384);
    const MigCall call = {.sql = mig_history_table_sql(table, MIG_HISTORY_READ)};
    history->exists = mig_target_query(table->target, &call, read_record, &reading, &failure);
    if (!history->exists) {
        if (mig_error_sql_class(failure) == MIG_SQL_UNDEFINED_TABLE)
            return g_steal_pointer(&history);
        g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                                   "reading the history table %s: ", table->label);
        return NULL;
    }
    if (reading.error != NULL) {
        g_propagate_error(error, reading.error);
        return NULL;
    }

    /* Without a row there is none to carry the format. */
    const MigCall format = {.sql = mig_history_table_sql(table, MIG_HISTORY_READ_FORMAT)};
    if (history->records->len == 0 && history->format == 0 &&
        !mig_target_query(table->target, &format, read_format, history, &failure)) {
        if (mig_error_sql_class(failure) == MIG_SQL_UNDEFINED_TABLE)
            return g_steal_pointer(&history);
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    if (history->format > MIG_HISTORY_FORMAT) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                    "the history table %s has format %d, and this version of migrate knows formats "
                    "up to %d: use the newer version that wrote it",
                    table->label, history->format, MIG_HISTORY_FORMAT);
        return NULL;
    }
    g_ptr_array_sort(history->records, compare_records);
    return g_steal_pointer(&history);
}

typedef struct {
    char *up;
    char *down;
    bool found;
} RecordedSql;

static bool
read_sql(const MigRow *row, gpointer data)
{
    RecordedSql *sql = data;

    sql->up = g_strdup(row->values[0]);
    sql->down = g_strdup(row->values[1]);
    sql->found = true;
    return false;
}

bool
mig_history_sql(MigHistoryTable *table, const char *version, char **out_up, char **out_down,
                GError **error)
{
    RecordedSql sql = {NULL, NULL, false};
    const char *const params[] = {version};
    const MigCall call = {mig_history_table_sql(table, MIG_HISTORY_READ_SQL), params, 1};

    if (!mig_target_query(table->target, &call, read_sql, &sql, error))
        return false;
    if (!sql.found) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY, "the history has no record of %s",
                    version);
        return false;
    }
    *out_up = sql.up;
    *out_down = sql.down;
    return true;
}

static void
free_failure(gpointer data)
{
    MigFailure *failure = data;

    g_free(failure->version);
    g_free(failure->name);
    g_free(failure->at);
    g_free(failure->message);
    g_free(failure);
}

static bool
read_failure(const MigRow *row, gpointer data)
{
    GPtrArray *failures = data;
    MigFailure *failure = g_new0(MigFailure, 1);

    failure->version = g_strdup(row->values[0]);
    failure->name = g_strdup(row->values[1]);
    failure->at = g_strdup(row->values[2]);
    failure->statement = number(row->values[3]);
    failure->message = g_strdup(row->values[4]);
    g_ptr_array_add(failures, failure);
    return true;
}

GPtrArray *
mig_history_failures(MigHistoryTable *table, GError **error)
{
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(free_failure);
    const MigCall call = {.sql = mig_history_table_sql(table, MIG_HISTORY_READ_FAILURES)};

    if (!mig_target_query(table->target, &call, read_failure, failures, error))
        return NULL;
    return g_steal_pointer(&failures);
}

bool
mig_history_table_each_event(MigHistoryTable *table, size_t limit, MigRowFunc row, gpointer data,
                             GError **error)
{
    g_autofree char *text = g_strdup_printf("%zu", limit);
    const char *const params[] = {text};
    const MigCall call = {mig_history_table_sql(table, MIG_HISTORY_READ_EVENTS), params, 1};

    return mig_target_query(table->target, &call, row, data, error);
}

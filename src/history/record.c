/* SPDX-License-Identifier: MIT */
/* What is written to the history: records, events, and where a migration stands. */
#include "history/private.h"

#include <jansson.h>
#include <string.h>

static void
add_key(json_t *object, const char *key, const char *value)
{
    /* Of a key that is there twice the first one counts. */
    if (json_object_get(object, key) == NULL)
        json_object_set_new(object, key, json_string(value));
}

char *
mig_history_table_header(const MigMigration *migration)
{
    json_t *object = json_object();

    for (guint i = 0; migration->headers != NULL && i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);
        add_key(object, header->key, header->value);
    }
    for (guint i = 0; migration->directives != NULL && i < migration->directives->len; i++) {
        const MigDirective *directive = g_ptr_array_index(migration->directives, i);
        g_autofree char *key = g_strdup_printf("migrate:%s", directive->name);
        add_key(object, key, directive->argument);
    }
    char *text = json_object_size(object) > 0 ? json_dumps(object, JSON_COMPACT) : NULL;
    char *copy = g_strdup(text);
    free(text);
    json_decref(object);
    return copy;
}

void
mig_history_table_save(MigHistoryTable *table, MigBatch *batch, const MigSave *save)
{
    const MigMigration *migration = save->migration;
    const MigRecord *record = save->record;
    g_return_if_fail(migration != NULL || record != NULL);

    g_autofree char *done = g_strdup_printf("%zu", save->done);
    g_autofree char *doing = save->doing != 0 ? g_strdup_printf("%zu", save->doing) : NULL;
    g_autofree char *total = g_strdup_printf("%zu", save->total);
    g_autofree char *duration = g_strdup_printf("%" G_GINT64_FORMAT, save->duration_ms);
    g_autofree char *header = migration != NULL && migration->parsed
                                  ? mig_history_table_header(migration)
                                  : g_strdup(record != NULL ? record->header : NULL);
    const char *up = save->up_sql;
    const char *down = save->down_sql;
    if (migration != NULL && migration->parsed) {
        up = migration->up->text;
        down = migration->down != NULL ? migration->down->text : NULL;
    }

    const char *const params[] = {
        /* As it was recorded: a file that lost its leading zeros is still the same version. */
        record != NULL ? record->version : migration->version,
        migration != NULL ? migration->name : record->name,
        mig_state_name(save->state),
        done,
        doing,
        total,
        migration != NULL ? migration->checksum_tokens : record->checksum,
        migration != NULL ? migration->checksum_raw : record->checksum_raw,
        header,
        up,
        down,
        duration,
        mig_history_table_os_user(table),
        g_get_host_name(),
        MIG_VERSION,
    };
    mig_batch_add(batch, mig_history_table_sql(table, MIG_HISTORY_SAVE), params,
                  G_N_ELEMENTS(params));
}

void
mig_history_table_move(MigHistoryTable *table, MigBatch *batch, const char *version, MigState state,
                       size_t done, size_t doing)
{
    g_autofree char *done_text = g_strdup_printf("%zu", done);
    g_autofree char *doing_text = doing != 0 ? g_strdup_printf("%zu", doing) : NULL;
    const char *const params[] = {version, mig_state_name(state), done_text, doing_text};

    mig_batch_add(batch, mig_history_table_sql(table, MIG_HISTORY_MOVE), params,
                  G_N_ELEMENTS(params));
}

void
mig_history_table_delete(MigHistoryTable *table, MigBatch *batch, const char *version)
{
    const char *const params[] = {version};

    mig_batch_add(batch, mig_history_table_sql(table, MIG_HISTORY_DELETE), params,
                  G_N_ELEMENTS(params));
}

void
mig_history_table_accept(MigHistoryTable *table, MigBatch *batch, const char *version,
                         const MigMigration *migration)
{
    g_autofree char *header = mig_history_table_header(migration);
    const char *const params[] = {
        version, migration->checksum_tokens, migration->checksum_raw,
        header,  migration->up->text,        migration->down != NULL ? migration->down->text : NULL,
    };

    mig_batch_add(batch, mig_history_table_sql(table, MIG_HISTORY_ACCEPT), params,
                  G_N_ELEMENTS(params));
}

void
mig_history_table_event(MigHistoryTable *table, MigBatch *batch, const MigEvent *event)
{
    g_autofree char *statement =
        event->statement != 0 ? g_strdup_printf("%zu", event->statement) : NULL;
    g_autofree char *duration = g_strdup_printf("%" G_GINT64_FORMAT, event->duration_ms);
    g_autofree char *format = g_strdup_printf("%d", MIG_HISTORY_FORMAT);
    const char *const params[] = {
        event->kind,         event->version, event->name,    event->checksum,
        event->checksum_raw, statement,      duration,       mig_history_table_os_user(table),
        g_get_host_name(),   MIG_VERSION,    event->message, format,
    };

    mig_batch_add(batch, mig_history_table_sql(table, MIG_HISTORY_EVENT), params,
                  G_N_ELEMENTS(params));
}

void
mig_history_table_commit(MigBatch *batch)
{
    mig_batch_add(batch, "COMMIT", NULL, 0);
}

bool
mig_history_table_write(MigHistoryTable *table, MigBatch *batch, GError **error)
{
    if (!mig_target_begin(table->target, MIG_BEGIN_WRITE, error))
        return false;

    mig_history_table_commit(batch);
    if (mig_target_batch(table->target, batch, error))
        return true;

    /* What it failed with is what matters. */
    mig_target_rollback(table->target, NULL);
    g_prefix_error(error, "writing the history table %s: ", table->label);
    return false;
}

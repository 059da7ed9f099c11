/* SPDX-License-Identifier: MIT */
/* MigHistoryTable: where the history stands, and making and upgrading its tables. */
#include "history/private.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

MigHistoryTable *
mig_history_table_new(MigTarget *target, const char *schema, const char *table, GError **error)
{
    g_autoptr(MigHistoryTable) made = g_new0(MigHistoryTable, 1);

    made->target = target;
    made->table = g_strdup(table);
    made->configured_schema = schema != NULL;
    if ((mig_target_caps(target) & MIG_CAP_SCHEMAS) != 0) {
        made->schema = schema != NULL ? g_strdup(schema) : mig_target_default_schema(target, error);
        if (made->schema == NULL)
            return NULL;
        made->label = g_strdup_printf("%s.%s", made->schema, table);
    } else if (schema != NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "history-schema is set, but %s has no schemas: unset it",
                    mig_engine_title(mig_target_server(target)->engine));
        return NULL;
    } else {
        made->label = g_strdup(table);
    }
    return g_steal_pointer(&made);
}

void
mig_history_table_free(MigHistoryTable *table)
{
    if (table == NULL)
        return;

    for (size_t i = 0; i < G_N_ELEMENTS(table->sql); i++) {
        g_free(table->sql[i]);
        g_free(table->sql_anywhere[i]);
    }
    g_free(table->schema);
    g_free(table->table);
    g_free(table->label);
    g_free(table->os_user);
    g_free(table);
}

MigTarget *
mig_history_table_target(const MigHistoryTable *table)
{
    return table->target;
}

const char *
mig_history_table_label(const MigHistoryTable *table)
{
    return table->label;
}

const char *
mig_history_table_sql(MigHistoryTable *table, MigHistorySql which)
{
    if (table->sql[which] == NULL)
        table->sql[which] =
            mig_target_history_sql(table->target, which, table->schema, table->table);
    return table->sql[which];
}

const char *
mig_history_table_statement(MigHistoryTable *table, MigHistorySql which, bool anywhere)
{
    MigEngine engine = mig_target_server(table->target)->engine;

    if (which == MIG_HISTORY_CREATE_SCHEMA && !table->configured_schema)
        return NULL;
    if (!anywhere || table->configured_schema || (engine & MIG_ENGINE_MYSQL_FAMILY) == 0)
        return mig_history_table_sql(table, which);
    if (table->sql_anywhere[which] == NULL)
        table->sql_anywhere[which] =
            mig_target_history_sql(table->target, which, NULL, table->table);
    return table->sql_anywhere[which];
}

const char *
mig_history_table_os_user(MigHistoryTable *table)
{
    if (table->os_user == NULL) {
        /* Who really calls: $USER is what sudo and cron say it is. */
        const struct passwd *entry = getpwuid(getuid());
        table->os_user = entry != NULL ? g_strdup(entry->pw_name)
                                       : g_strdup_printf("%lu", (unsigned long)getuid());
    }
    return table->os_user;
}

static bool
create(MigHistoryTable *table, GError **error)
{
    const MigHistorySql statements[] = {
        MIG_HISTORY_CREATE_SCHEMA,
        MIG_HISTORY_CREATE_TABLE,
        MIG_HISTORY_CREATE_EVENT_TABLE,
        MIG_HISTORY_CREATE_EVENT_INDEX,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
        if (statements[i] == MIG_HISTORY_CREATE_SCHEMA && !table->configured_schema)
            continue;
        const char *sql = mig_history_table_sql(table, statements[i]);
        if (sql == NULL || mig_target_exec_text(table->target, sql, error))
            continue;
        g_prefix_error(error, "making the history table %s: ", table->label);
        return false;
    }

    /* The event also carries the format, which mig_history_read() checks. */
    g_autoptr(MigBatch) batch = mig_batch_new();
    const MigEvent event = {
        .kind = "created",
        .message = "history tables made",
    };
    mig_history_table_event(table, batch, &event);
    return mig_history_table_write(table, batch, error);
}

bool
mig_history_table_ensure(MigHistoryTable *table, bool exists, int format, GError **error)
{
    if (exists && format == MIG_HISTORY_FORMAT)
        return true;
    return create(table, error);
}

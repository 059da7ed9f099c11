/* SPDX-License-Identifier: MIT */
/* The catalog from which a review starts. */
#include "review/start.h"

#include "history/compare.h"

#include <string.h>

/* What was there before the migrations that are looked at. */
static const MigMoment before = {0, 0, 0};

static void
replay_script(MigCatalog *catalog, const MigScript *script)
{
    for (guint i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        g_autoptr(MigChanges) changes =
            mig_parse(script->text + statement->offset, statement->length,
                      mig_catalog_engine(catalog), mig_catalog_version(catalog));

        mig_catalog_apply(catalog, changes, before);
    }
    mig_catalog_end_migration(catalog);
}

void
mig_start_add_sql(MigCatalog *catalog, const char *sql)
{
    g_autoptr(MigChanges) changes =
        mig_parse(sql, strlen(sql), mig_catalog_engine(catalog), mig_catalog_version(catalog));

    mig_catalog_apply(catalog, changes, before);
}

/* Reads the file again instead of keeping it with the others: of thousands only one is in memory. */
static bool
replay_file(MigCatalog *catalog, const char *path, GError **error)
{
    g_autoptr(MigMigration) migration =
        mig_source_read_file(path, mig_catalog_engine(catalog), error);

    if (migration == NULL)
        return false;
    replay_script(catalog, migration->up);
    return true;
}

static bool
replay_recorded(MigCatalog *catalog, const MigRecord *record, MigRecordedSql recorded,
                gpointer data, GError **error)
{
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;
    g_autofree char *why = NULL;

    if (recorded != NULL && !recorded(record->version, &up, &down, data, error))
        return false;
    if (up == NULL) {
        why = g_strdup_printf("what %s %s did is not known: its file is gone", record->version,
                              record->name);
        mig_catalog_set_incomplete(catalog, why);
        return true;
    }

    g_autofree char *path = g_strdup_printf("history:%s", record->version);
    g_autoptr(MigScript) script =
        mig_source_parse_script(path, up, mig_catalog_engine(catalog), error);
    if (script == NULL)
        return false;
    replay_script(catalog, script);
    return true;
}

static bool
replay_record(MigCatalog *catalog, const MigSource *source, const MigRecord *record,
              MigRecordedSql recorded, gpointer data, GError **error)
{
    const MigMigration *migration = mig_source_find(source, record->version);
    bool same = migration != NULL && g_strcmp0(migration->checksum_raw, record->checksum_raw) == 0;

    if (migration != NULL && (same || recorded == NULL || record->state == MIG_STATE_BASELINED))
        return replay_file(catalog, migration->path, error);
    return replay_recorded(catalog, record, recorded, data, error);
}

MigCatalog *
mig_start_from_history(const MigSource *source, const MigHistory *history, MigRecordedSql recorded,
                       gpointer data, int server_version, GError **error)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(source->engine, server_version);

    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);

        if (mig_record_is_applied(record) &&
            !replay_record(catalog, source, record, recorded, data, error))
            return NULL;
    }
    return g_steal_pointer(&catalog);
}

MigCatalog *
mig_start_from_before(const MigSource *source, const char *version, int server_version,
                      GError **error)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(source->engine, server_version);

    for (guint i = 0; i < source->migrations->len; i++) {
        const MigMigration *migration = g_ptr_array_index(source->migrations, i);

        if (version != NULL && mig_version_compare(migration->version, version) >= 0)
            break;
        if (!replay_file(catalog, migration->path, error))
            return NULL;
    }
    return g_steal_pointer(&catalog);
}

MigCatalog *
mig_start_from_file(const char *path, MigEngine engine, int server_version, GError **error)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(engine, server_version);

    return replay_file(catalog, path, error) ? g_steal_pointer(&catalog) : NULL;
}

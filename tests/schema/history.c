/* SPDX-License-Identifier: MIT */
/* A file of statements replayed into a catalog. */
#include "history.h"

#include <string.h>

#include "sql/splitter.h"

MigEngine
history_engine(const char *name, int *out_version)
{
    static const struct {
        const char *name;
        MigEngine engine;
        int version;
    } engines[] = {
        {"postgres", MIG_ENGINE_POSTGRES, 150000},
        {"mysql", MIG_ENGINE_MYSQL, 80400},
        {"mariadb", MIG_ENGINE_MARIADB, 101100},
        {"sqlite", MIG_ENGINE_SQLITE, 34000},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (strcmp(engines[i].name, name) != 0)
            continue;
        *out_version = engines[i].version;
        return engines[i].engine;
    }
    g_error("there is no engine %s", name);
}

void
history_replay(MigCatalog *catalog, const char *text, unsigned migration)
{
    MigSplitError problem = {0};
    MigEngine engine = mig_catalog_engine(catalog);
    g_autoptr(MigSplit) split = mig_split(text, strlen(text), engine, 1, &problem);

    if (split == NULL)
        g_error("line %u: %s", problem.line, problem.message);
    for (guint i = 0; i < split->statements->len; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);
        g_autoptr(MigChanges) changes = mig_parse(text + statement->offset, statement->length,
                                                  engine, mig_catalog_version(catalog));
        MigMoment moment = {.migration = migration, .statement = i + 1};

        if (changes->status != MIG_PARSE_OK)
            g_printerr("# line %u: %s\n", statement->line, changes->message);
        mig_catalog_apply(catalog, changes, moment);
    }
    mig_catalog_end_migration(catalog);
}

MigCatalog *
history_of(const char *folder, const char *text)
{
    int version = 0;
    MigEngine engine = history_engine(folder, &version);

    if (g_str_has_prefix(text, "-- version "))
        version = mig_engine_version_parse(engine, text + strlen("-- version "));

    MigCatalog *catalog = mig_catalog_new(engine, version);

    history_replay(catalog, text, 1);
    return catalog;
}

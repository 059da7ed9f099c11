/* SPDX-License-Identifier: MIT */
/* The catalog from which a review starts. */
#pragma once

#include "schema/catalog.h"

#include <migrate/plan.h>

/**
 * mig_start_from_history:
 * @source: (borrowed) the files
 * @history: (borrowed) what is applied; what isn't recorded there is left out
 * @recorded: (scope call) (nullable) asked where a file is gone or was changed since
 *
 * Replays what is applied, a migration at a time: what was read of one is let go before the next.
 * Where the SQL of an applied migration can't be had the catalog is incomplete, and says so.
 *
 * Returns: (owned) the catalog, or %NULL with @error set
 */
MigCatalog *
mig_start_from_history(const MigSource *source, const MigHistory *history, MigRecordedSql recorded,
                       gpointer data, int server_version, GError **error);

/**
 * mig_start_from_before:
 * @version: (borrowed) (nullable) replays the files below it; %NULL: all of them
 *
 * Without a database: as if everything below were applied.
 */
MigCatalog *mig_start_from_before(const MigSource *source, const char *version, int server_version,
                                  GError **error);

/**
 * mig_start_from_file:
 * @path: (borrowed) SQL that makes the schema, as pg_dump --schema-only, mysqldump --no-data or
 *     sqlite3's .schema writes it; or a migration
 */
MigCatalog *
mig_start_from_file(const char *path, MigEngine engine, int server_version, GError **error);

/** mig_start_add_sql: one statement of a live database's schema. */
void mig_start_add_sql(MigCatalog *catalog, const char *sql);

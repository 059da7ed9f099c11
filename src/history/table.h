/* SPDX-License-Identifier: MIT */
/* MigTable: the history's tables in one database; made, upgraded, read and written here. */
#pragma once

#include "driver/target.h"

#include <migrate/history.h>
#include <migrate/source.h>

/* The schema version of the tables that this program writes. */
#define MIG_HISTORY_FORMAT 1

typedef struct MigTable MigTable;

/**
 * mig_table_new:
 * @target: (borrowed) must outlive the table
 * @schema: (borrowed) history-schema, or %NULL for the connection's own
 * @table: (borrowed) history-table
 *
 * Touches no table. The schema is settled now, so that a migration that changes the search path
 * doesn't change where its history goes.
 *
 * Returns: (owned) or %NULL with @error set
 */
MigTable *mig_table_new(MigTarget *target, const char *schema, const char *table, GError **error);
void mig_table_free(MigTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigTable, mig_table_free)

MigTarget *mig_table_target(const MigTable *table);

/** mig_table_label: (borrowed) "schema.table", for people and for the runners' lock. */
const char *mig_table_label(const MigTable *table);

/**
 * mig_table_statement:
 * @anywhere: whether the script may be run on a database of another name
 *
 * One of the history's statements as the driver writes it, for a script that is run elsewhere.
 * Where a schema is a database and none is configured, it names this one unless it is for anywhere.
 *
 * Returns: (borrowed) the SQL, or %NULL where the engine (or, for a schema, the configuration) needs
 *     none
 */
const char *mig_table_statement(MigTable *table, MigHistorySql which, bool anywhere);

/**
 * mig_table_ensure:
 * @exists: whether the tables are known to be there
 * @format: that they have, when they are
 *
 * Makes the tables if they aren't there, upgrades them if they are older. Harmless when repeated.
 */
bool mig_table_ensure(MigTable *table, bool exists, int format, GError **error);

/**
 * mig_history_read:
 *
 * Creates nothing: a database without history gives an empty one. %MIG_ERROR_HISTORY if the tables
 * were written by a newer version of migrate.
 *
 * Returns: (owned) or %NULL with @error set
 */
MigHistory *mig_history_read(MigTable *table, GError **error);

/**
 * mig_history_sql:
 *
 * The SQL that was recorded with a migration. Either may come out as %NULL: a baseline has none.
 */
bool mig_history_sql(MigTable *table, const char *version, char **out_up, char **out_down,
                     GError **error);

/**
 * MigFailure:
 *
 * A version's newest event, where that is a failure.
 */
typedef struct {
    char *version; /* (owned) */
    char *name;    /* (owned) */
    char *at;      /* (owned) ISO 8601, UTC */
    int statement; /* from 1; 0: not at a statement */
    char *message; /* (owned) */
} MigFailure;

/** mig_history_failures: (owned) GPtrArray of MigFailure, which it owns; or %NULL */
GPtrArray *mig_history_failures(MigTable *table, GError **error);

/**
 * MigEvent:
 *
 * One row of the table of events.
 */
typedef struct {
    const char *kind; /* (borrowed) applied, reverted, failed, baselined, repaired, accepted, ... */
    const char *version;
    const char *name;
    const char *checksum;
    const char *checksum_raw;
    size_t statement; /* 0: none */
    int64_t duration_ms;
    const char *message; /* (borrowed) or NULL */
} MigEvent;

/**
 * MigSave:
 *
 * A record to be written whole.
 */
typedef struct {
    const MigMigration *migration; /* (borrowed) or %NULL: then only `record` */
    const MigRecord *record;       /* (borrowed) or %NULL */
    MigState state;
    size_t done;
    size_t doing; /* 0: none */
    size_t total;
    const char *up_sql; /* (borrowed) with a record alone: what it had */
    const char *down_sql;
    int64_t duration_ms;
} MigSave;

/**
 * mig_table_header:
 * @migration: (borrowed) parsed
 *
 * The header as it is recorded, its directives among it: what is needed to revert a migration when
 * its file is gone.
 *
 * Returns: (owned) a JSON object, or %NULL if there is no header
 */
char *mig_table_header(const MigMigration *migration);

/* Each appends one statement; mig_target_batch() sends them. */
void mig_table_save(MigTable *table, MigBatch *batch, const MigSave *save);
void mig_table_move(MigTable *table, MigBatch *batch, const char *version, MigState state,
                    size_t done, size_t doing);
void mig_table_delete(MigTable *table, MigBatch *batch, const char *version);
void mig_table_event(MigTable *table, MigBatch *batch, const MigEvent *event);
void mig_table_accept(MigTable *table, MigBatch *batch, const char *version,
                      const MigMigration *migration);
void mig_table_commit(MigBatch *batch);

/** mig_table_write: sends a batch in a transaction of its own. */
bool mig_table_write(MigTable *table, MigBatch *batch, GError **error);

/**
 * mig_table_event_row, mig_table_each_event:
 *
 * The newest events first, at most @limit: for `status --history`.
 */
bool
mig_table_each_event(MigTable *table, size_t limit, MigRowFunc row, gpointer data, GError **error);

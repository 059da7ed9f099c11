/* SPDX-License-Identifier: MIT */
/* MigHistoryTable: the history's tables in one database; made, upgraded, read and written here. */
#pragma once

#include "driver/target.h"

#include <migrate/history.h>
#include <migrate/source.h>

/* The schema version of the tables that this program writes. */
#define MIG_HISTORY_FORMAT 1

typedef struct MigHistoryTable MigHistoryTable;

/**
 * mig_history_table_new:
 * @target: (borrowed) must outlive the table
 * @schema: (borrowed) history-schema, or %NULL for the connection's own
 * @table: (borrowed) history-table
 *
 * Touches no table. The schema is settled now, so that a migration that changes the search path
 * doesn't change where its history goes.
 *
 * Returns: (owned) or %NULL with @error set
 */
MigHistoryTable *
mig_history_table_new(MigTarget *target, const char *schema, const char *table, GError **error);
void mig_history_table_free(MigHistoryTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigHistoryTable, mig_history_table_free)

MigTarget *mig_history_table_target(const MigHistoryTable *table);

/** mig_history_table_label: (borrowed) "schema.table", for people and for the runners' lock. */
const char *mig_history_table_label(const MigHistoryTable *table);

/**
 * mig_history_table_statement:
 * @anywhere: whether the script may be run on a database of another name
 *
 * One of the history's statements as the driver writes it, for a script that is run elsewhere.
 * Where a schema is a database and none is configured, it names this one unless it is for anywhere.
 *
 * Returns: (borrowed) the SQL, or %NULL where the engine (or, for a schema, the configuration) needs
 *     none
 */
const char *mig_history_table_statement(MigHistoryTable *table, MigHistorySql which, bool anywhere);

/**
 * mig_history_table_ensure:
 * @exists: whether the tables are known to be there
 * @format: that they have, when they are
 *
 * Makes the tables if they aren't there, upgrades them if they are older. Harmless when repeated.
 */
bool mig_history_table_ensure(MigHistoryTable *table, bool exists, int format, GError **error);

/**
 * mig_history_read:
 *
 * Creates nothing: a database without history gives an empty one. %MIG_ERROR_HISTORY if the tables
 * were written by a newer version of migrate.
 *
 * Returns: (owned) or %NULL with @error set
 */
MigHistory *mig_history_read(MigHistoryTable *table, GError **error);

/**
 * mig_history_sql:
 *
 * The SQL that was recorded with a migration. Either may come out as %NULL: a baseline has none.
 */
bool mig_history_sql(MigHistoryTable *table, const char *version, char **out_up, char **out_down,
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
GPtrArray *mig_history_failures(MigHistoryTable *table, GError **error);

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
 * mig_history_table_header:
 * @migration: (borrowed) parsed
 *
 * The header as it is recorded, its directives among it: what is needed to revert a migration when
 * its file is gone.
 *
 * Returns: (owned) a JSON object, or %NULL if there is no header
 */
char *mig_history_table_header(const MigMigration *migration);

/* Each appends one statement; mig_target_batch() sends them. */
void mig_history_table_save(MigHistoryTable *table, MigBatch *batch, const MigSave *save);
void mig_history_table_move(MigHistoryTable *table, MigBatch *batch, const char *version,
                            MigState state, size_t done, size_t doing);
void mig_history_table_delete(MigHistoryTable *table, MigBatch *batch, const char *version);
void mig_history_table_event(MigHistoryTable *table, MigBatch *batch, const MigEvent *event);
void mig_history_table_accept(MigHistoryTable *table, MigBatch *batch, const char *version,
                              const MigMigration *migration);
void mig_history_table_commit(MigBatch *batch);

/** mig_history_table_write: sends a batch in a transaction of its own. */
bool mig_history_table_write(MigHistoryTable *table, MigBatch *batch, GError **error);

/**
 * mig_history_table_event_row, mig_history_table_each_event:
 *
 * The newest events first, at most @limit: for `status --history`.
 */
bool mig_history_table_each_event(MigHistoryTable *table, size_t limit, MigRowFunc row,
                                  gpointer data, GError **error);

/* SPDX-License-Identifier: MIT */
/* MigHistory: what the database says has run. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * MigState:
 *
 * Where a recorded migration stands. Manual: migrate(1), HISTORY TABLES.
 */
typedef enum {
    MIG_STATE_APPLIED,
    MIG_STATE_BASELINED,     /* recorded as applied by `baseline`; nothing was run */
    MIG_STATE_RUNNING,       /* UP was begun and neither finished nor given up: a crash, or now */
    MIG_STATE_FAILED,        /* UP stopped at a statement that the database refused */
    MIG_STATE_FAILED_VERIFY, /* all of UP is done, but its VERIFY did not pass */
    MIG_STATE_REVERTING,     /* DOWN was begun: a crash, or now */
    MIG_STATE_REVERT_FAILED, /* DOWN stopped at a statement that the database refused */
} MigState;

/**
 * mig_state_name:
 *
 * Returns: (static) the word that the history table and JSON have for it
 */
const char *mig_state_name(MigState state);

/** mig_state_parse: Returns: whether @name is a state's name */
bool mig_state_parse(const char *name, MigState *out_state);

/**
 * MigRecord:
 *
 * One row of the history table. Its strings belong to the history.
 */
typedef struct {
    const char *version; /* as in the file's name when it was recorded */
    const char *name;
    MigState state;
    int done;                 /* statements of UP (reverting: of DOWN) that are done, for certain */
    int doing;                /* the number, from 1, of the one that was begun last; 0: none was */
    int total;                /* statements that UP has */
    const char *checksum;     /* of UP's tokens, with its algorithm; %NULL if none was recorded */
    const char *checksum_raw; /* of the file's bytes, likewise */
    const char *header;       /* the header's keys as a JSON object; %NULL if it had none */
    const char *applied_at;   /* the database's time, ISO 8601, UTC */
    int64_t duration_ms;
    const char *db_user;      /* or %NULL */
    const char *os_user;      /* or %NULL */
    const char *host;         /* or %NULL */
    const char *tool_version; /* or %NULL */
} MigRecord;

/**
 * MigHistory:
 *
 * The whole of the history table, as it was when it was read.
 */
typedef struct {
    bool exists;           /* whether the tables are there; %false: nothing has ever run */
    int format;            /* the schema version of the tables themselves; 0 if there are none */
    GPtrArray *records;    /* (owned) MigRecord, by ascending version */
    GStringChunk *strings; /* (owned) what the records' strings are in; %NULL if there are none */
} MigHistory;

/** mig_history_find: Returns: (borrowed) the record of @version, leading zeros aside, or %NULL */
const MigRecord *mig_history_find(const MigHistory *history, const char *version);

/**
 * mig_record_is_applied:
 *
 * Whether it counts as applied: nothing of its UP is left to do, and its DOWN was not begun.
 */
bool mig_record_is_applied(const MigRecord *record);

/**
 * mig_record_in_doubt:
 *
 * Whether one of its statements was being executed when the run that began it ended: a statement
 * that was refused had no effect, that one may have had. While another runner is at work, its
 * record looks the same.
 */
bool mig_record_in_doubt(const MigRecord *record);

void mig_history_free(MigHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigHistory, mig_history_free)

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/* What the files of this room share of MigHistoryTable. */
#pragma once

#include "history/table.h"

struct MigHistoryTable {
    MigTarget *target; /* (borrowed) */
    char *schema;      /* (owned) NULL where the engine has none */
    char *table;       /* (owned) */
    char *label;       /* (owned) */
    char *os_user;     /* (owned) NULL until asked for */
    bool configured_schema;
    char *sql[MIG_N_HISTORY_SQL];          /* (owned) NULL until asked for */
    char *sql_anywhere[MIG_N_HISTORY_SQL]; /* (owned) likewise; without the schema */
};

/** mig_history_table_sql: (borrowed) one of the history's statements; NULL where the engine needs none. */
const char *mig_history_table_sql(MigHistoryTable *table, MigHistorySql which);

/** mig_history_table_os_user: (borrowed) the operating system's name for who runs this. */
const char *mig_history_table_os_user(MigHistoryTable *table);

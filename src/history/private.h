/* SPDX-License-Identifier: MIT */
/* What the files of this room share of MigTable. */
#pragma once

#include "history/table.h"

struct MigTable {
    MigTarget *target; /* (borrowed) */
    char *schema;      /* (owned) NULL where the engine has none */
    char *table;       /* (owned) */
    char *label;       /* (owned) */
    char *os_user;     /* (owned) NULL until asked for */
    bool configured_schema;
    char *sql[MIG_N_HISTORY_SQL];          /* (owned) NULL until asked for */
    char *sql_anywhere[MIG_N_HISTORY_SQL]; /* (owned) likewise; without the schema */
};

/** mig_table_sql: (borrowed) one of the history's statements; NULL where the engine needs none. */
const char *mig_table_sql(MigTable *table, MigHistorySql which);

/** mig_table_os_user: (borrowed) the operating system's name for who runs this. */
const char *mig_table_os_user(MigTable *table);

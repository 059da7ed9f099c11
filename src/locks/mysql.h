/* SPDX-License-Identifier: MIT */
/* MySQL's and MariaDB's part: what the actions of an ALTER TABLE ask for, and what comes of it. */
#pragma once

#include "locks/work.h"

/** What an action asks of the server; a statement asks for all that its actions do. */
typedef enum {
    MIG_ASK_NOTHING = 0,
    MIG_ASK_META = 1 << 0,           /* the dictionary alone */
    MIG_ASK_META_INPLACE = 1 << 1,   /* the same, which MySQL calls INPLACE */
    MIG_ASK_COLUMN = 1 << 2,         /* columns come, go or move: INSTANT, or a rebuild */
    MIG_ASK_VIRTUAL = 1 << 3,        /* a virtual column comes */
    MIG_ASK_DROP_INDEX = 1 << 4,     /* and nothing is read */
    MIG_ASK_BUILD = 1 << 5,          /* an index is built while writers go on */
    MIG_ASK_BUILD_SHARED = 1 << 6,   /* FULLTEXT, SPATIAL: while writers wait */
    MIG_ASK_REBUILD = 1 << 7,        /* the table is written anew, in place */
    MIG_ASK_REBUILD_SHARED = 1 << 8, /* the same while writers wait */
    MIG_ASK_COPY = 1 << 9,
    MIG_ASK_VALIDATE = 1 << 10,   /* a foreign key that is tested row by row */
    MIG_ASK_EMPTY = 1 << 11,      /* partitions come or go with their files */
    MIG_ASK_PARTITIONS = 1 << 12, /* rows of partitions are copied */
} MigAsk;

#define MIG_MYSQL(major, minor, patch) ((major)*10000 + (minor)*100 + (patch))

static inline bool
mig_mysql_is_mariadb(const MigWork *work)
{
    return work->engine == MIG_ENGINE_MARIADB;
}

/** What comes of it. */
typedef struct {
    MigAlgorithm algorithm;
    MigLockClause lock;
    bool rebuilds;
    bool reads; /* an index is built, or rows are tested */
} MigVerdict;

/* mysql_verdict.c */
bool mig_mysql_is_setting(const MigWork *work, const char *name, const char *value);
/** @asks: MigAsk of all actions */
MigVerdict mig_mysql_judge(const MigWork *work, const MigTable *table, unsigned asks);
/** Heeds ALGORITHM= and LOCK=, and notes the outcome. */
void mig_mysql_conclude(MigWork *work, const MigTable *table, MigVerdict verdict);
void mig_mysql_mark(MigWork *work, const MigTable *table, bool reads, bool writes);

/* mysql_table.c */
/** What an action asks for. @table: (borrowed) as it is. */
unsigned mig_mysql_ask(MigWork *work, const MigTable *table, const MigChange *change);
bool mig_mysql_is_innodb(const MigTable *table);
/** (borrowed) or %NULL: a table option as the catalog has it. */
const char *mig_mysql_option(const MigTable *table, const char *name);
bool mig_mysql_has_index_of(const MigTable *table, const char *method);
bool mig_mysql_has_generated(const MigTable *table, MigGenerated kind);
bool mig_mysql_has_indexed_virtual(const MigTable *table);
bool mig_mysql_is_indexed(const MigTable *table, const char *column);

/* mysql_column.c */
unsigned mig_mysql_add_column(MigWork *work, const MigTable *table, const MigChange *change);
unsigned mig_mysql_modify_column(MigWork *work, const MigTable *table, const MigChange *change);

/* mysql_type.c */
/** What a change of a column's type alone asks for. */
unsigned mig_mysql_retype(const MigWork *work, const MigTable *table, const MigTableColumn *from,
                          const MigColumn *to);

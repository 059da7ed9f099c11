/* SPDX-License-Identifier: MIT */
/* MySQL and MariaDB: what an ALTER costs, and which of its actions is to blame. */
#pragma once

#include "lint/context.h"

/** What an ALTER does to its table while others use it. */
typedef enum {
    MIG_MYSQL_COST_NONE,    /* metadata, or an index that is built while writers go on */
    MIG_MYSQL_COST_REBUILD, /* the table is written anew in place, and writers go on */
    MIG_MYSQL_COST_SHARED,  /* it isn't copied, but writers wait */
    MIG_MYSQL_COST_COPY,
} MigMysqlCost;

/** Returns: (owned) the impact of the statement were neither ALGORITHM nor LOCK written. */
MigImpact *mig_mysql_best(const MigLintContext *ctx);
/** Returns: (owned) the same of one of its actions alone. */
MigImpact *mig_mysql_alone(const MigLintContext *ctx, const MigChange *change);
MigMysqlCost mig_mysql_cost(const MigImpact *impact);

/**
 * mig_mysql_blames:
 *
 * Whether the whole statement costs exactly @cost, and this action is why: by itself it costs the
 * same; or no action does so, and it is the first. A statement that the server refuses costs nothing.
 */
bool mig_mysql_blames(const MigLintContext *ctx, const MigChange *change, MigMysqlCost cost);

/** (borrowed) what the action is, for a message: "changing orders.total". */
const char *mig_mysql_describe(MigLintContext *ctx, const MigChange *change);

/** (borrowed) an option of the table in lower case ("engine"), as the statement leaves it; %NULL. */
const char *mig_lint_table_option(MigLintContext *ctx, const MigName *table, const char *name);
/** Whether the statement's own server may be older than @mysql or @mariadb; 0: never. */
bool mig_mysql_is_older(const MigLintContext *ctx, int mysql, int mariadb);
/** Whether the session tests foreign keys. */
bool mig_mysql_checks_keys(const MigLintContext *ctx);
/** Whether an action of the statement drops this column, index or constraint of its table. */
bool mig_mysql_drops(const MigLintContext *ctx, MigChangeKind kind, const char *name);

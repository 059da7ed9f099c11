/* SPDX-License-Identifier: MIT */
/* Whether PostgreSQL evaluates an expression once for a statement, or for every row. */
#pragma once

#include "schema/catalog.h"

/**
 * mig_postgres_volatility:
 * @expr: (borrowed) (nullable) an expression
 * @catalog: (borrowed) for the database's own functions
 *
 * As the planner sees it, after it has folded constants: coalesce(1, random()) is immutable.
 *
 * Manual: PostgreSQL 18, "Function Volatility Categories".
 *
 * Returns: 'i' immutable, 's' stable, 'v' volatile or not known
 */
char mig_postgres_volatility(const MigExpr *expr, const MigCatalog *catalog);

/** (borrowed) the first function that it calls of which nothing is known, so that it is only taken
 * for volatile; %NULL: all are known. */
const char *mig_postgres_unknown_call(const MigExpr *expr, const MigCatalog *catalog);

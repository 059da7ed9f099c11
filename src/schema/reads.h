/* SPDX-License-Identifier: MIT */
/* What a query reads, and what its result looks like. */
#pragma once

#include "schema/store.h"

typedef struct {
    const char *name;             /* %NULL: the engine's own idea isn't known */
    char *owned_name;             /* (owned) where `name` had to be made */
    const MigType *type;          /* (borrowed) %NULL: not known */
    const MigTableColumn *column; /* (borrowed) that it is; %NULL: an expression */
} MigReadsResult;

/* The columns of a query's result. Returns: whether they are all there */
bool mig_reads_results(const MigCatalog *catalog, const MigQuery *query, GArray *out_results);

/* (owned) (owned) MigDependency: each relation, with "" for its column; each column that is told; and a
 * relation with %NULL for its column where it may be any. Strings are the query's and the catalog's. */
GPtrArray *mig_reads_of_query(const MigCatalog *catalog, const MigQuery *query);

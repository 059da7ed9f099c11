/* SPDX-License-Identifier: MIT */
/* What the files that parse data statements share. */
#pragma once

#include "sql/parse_expression.h"

/* SQLite's OR REPLACE behind a verb; %NULL: there is none */
typedef const char *(*MigDataOr)(MigParser *p);

/* The statement that begins here, ctes of its WITH given. */
void mig_data_update(MigParser *p, MigDataOr read_or, MigCte *ctes, size_t n_ctes);
void mig_data_delete(MigParser *p, MigCte *ctes, size_t n_ctes);

/* The query that has a change's ORDER BY and LIMIT: made if there is none yet. */
MigQuery *mig_data_query(MigParser *p, MigChange *change);

/* LOW_PRIORITY, IGNORE and the like. Returns: whether IGNORE was among them */
bool mig_data_skip_modifiers(MigParser *p);

/* RETURNING, with the versions that have it here. */
void mig_data_returning(MigParser *p, int sqlite, int mariadb);

/* a = 1, t.b = 2. @qualifiers: %NULL, or is given a name or %NULL for each item */
MigItem *mig_data_assignments(MigParser *p, size_t *out_n, GPtrArray *qualifiers);

/* (a, t.b) */
const char **mig_data_columns(MigParser *p, size_t *out_n);

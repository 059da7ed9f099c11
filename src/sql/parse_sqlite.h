/* SPDX-License-Identifier: MIT */
/* What the files that parse SQLite's DDL share. */
#pragma once

#include "sql/parser.h"

/* CREATE has been read, with TEMP and the like; @from: where the statement began. */
void mig_sqlite_create_table(MigParser *p, size_t from, bool temporary);
void mig_sqlite_create_virtual(MigParser *p, size_t from);
void mig_sqlite_create_index(MigParser *p, size_t from, bool unique);
void mig_sqlite_create_view(MigParser *p, size_t from, bool temporary);
void mig_sqlite_create_trigger(MigParser *p, size_t from, bool temporary);
/* The current token is ALTER. */
void mig_sqlite_alter(MigParser *p);

/* IF here is never a name. Returns: whether it was there */
bool mig_sqlite_if_not_exists(MigParser *p);

/* ATTACH, PRAGMA, VACUUM, BEGIN and the like. Returns: false if it isn't any of these */
bool mig_sqlite_session(MigParser *p);

/* a text NOT NULL DEFAULT 'x' */
void mig_sqlite_column(MigParser *p, MigColumn *column);
/* A table's constraint, with its name if it has one. Returns: false if there is only a name */
bool mig_sqlite_constraint(MigParser *p, MigConstraint *constraint);
bool mig_sqlite_at_constraint(const MigParser *p);
/* ON CONFLICT REPLACE: the word; %NULL if it isn't there */
const char *mig_sqlite_on_conflict(MigParser *p);

/* SPDX-License-Identifier: MIT */
/* Settings of the session: the search path, MySQL's database, what SET says. */
#pragma once

#include "schema/store.h"

void mig_session_clear(MigSessionState *session);
void mig_session_copy(MigSessionState *to, const MigSessionState *from);

/* SET, RESET, PRAGMA. @value: %NULL: back to what it was at the start. */
void mig_session_set(MigCatalog *catalog, const char *name, const char *value, bool local);
void mig_session_use(MigCatalog *catalog, const char *database);
/* BEGIN and the like; @verb as in %MIG_CHANGE_TRANSACTION. */
void mig_session_transaction(MigCatalog *catalog, const char *verb);

/* What an unqualified name means. */
MigTable *mig_session_table(const MigCatalog *catalog, const char *schema, const char *name);
MigUserType *mig_session_type(const MigCatalog *catalog, const char *schema, const char *name);
MigSequence *mig_session_sequence(const MigCatalog *catalog, const char *schema, const char *name);
/* The table that the index is on; not MySQL's. */
MigTable *mig_session_index(const MigCatalog *catalog, const char *schema, const char *name);
GPtrArray *mig_session_routines(const MigCatalog *catalog, const char *schema, const char *name);
/* (borrowed) where such a thing would be made. */
const char *mig_session_schema(const MigCatalog *catalog, const char *schema, bool temporary);

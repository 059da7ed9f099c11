/* SPDX-License-Identifier: MIT */
/* A file of statements replayed into a catalog, and a catalog in the words of a server's own. */
#pragma once

#include "schema/catalog.h"

/** (static) the engine of a folder's name, and the version that its fixtures are for. */
MigEngine history_engine(const char *name, int *out_version);

/** history_replay: applies each statement of @text as migration number @migration. */
void history_replay(MigCatalog *catalog, const char *text, unsigned migration);

/** (owned) a catalog after one text, by a version that its first line says: "-- version 18". */
MigCatalog *history_of(const char *folder, const char *text);

/** (owned) sorted lines, as the queries in reality.py write them. */
char *history_reduce(const MigCatalog *catalog);

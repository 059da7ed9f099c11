/* SPDX-License-Identifier: MIT */
/* The database engines that migrate knows, as flags, and how their versions are numbered. */
#pragma once

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

/**
 * MigEngine:
 *
 * An engine, or with `|` a set of them. MySQL and MariaDB are two engines: they share a protocol
 * and most of their grammar, but not their lexical rules for version comments, nor their locks.
 */
typedef enum {
    MIG_ENGINE_NONE = 0,
    MIG_ENGINE_SQLITE = 1 << 0,
    MIG_ENGINE_POSTGRES = 1 << 1,
    MIG_ENGINE_MYSQL = 1 << 2,
    MIG_ENGINE_MARIADB = 1 << 3,
} MigEngine;

#define MIG_ENGINE_MYSQL_FAMILY (MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB)
#define MIG_ENGINE_ALL (MIG_ENGINE_SQLITE | MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY)

/**
 * mig_engine_from_name:
 * @name: (borrowed) a word, in any case: sqlite, sqlite3, postgres, postgresql, pg, mysql, mariadb
 *
 * Returns: the engine, or %MIG_ENGINE_NONE if there is none of that name
 */
MigEngine mig_engine_from_name(const char *name);

/**
 * mig_engine_name:
 * @engine: one engine
 *
 * Returns: (static) its name as --engine takes it, or "unknown"
 */
const char *mig_engine_name(MigEngine engine);

/**
 * mig_engine_title:
 * @engine: one engine
 *
 * Returns: (static) its name as its makers write it, for messages
 */
const char *mig_engine_title(MigEngine engine);

/**
 * mig_engine_version_parse:
 * @text: (borrowed) "15", "8.0.36", "10.11.6-MariaDB-0+deb12u1", "3.46.1"
 *
 * Versions are one number so that they can be compared: major * 10000 + minor * 100 + patch. For
 * PostgreSQL 10 and later, which has no minor in that sense, "15.6" is 150006, as its server says.
 *
 * Returns: the number, or 0 if @text does not begin with one
 */
int mig_engine_version_parse(MigEngine engine, const char *text);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/* Databases of their own for tests, on a server that somebody else started. */
#pragma once

#include <migrate/driver.h>

/**
 * mig_server_url:
 * @engine: (borrowed) "postgres" or "mysql"
 *
 * Returns: (borrowed) MIGRATE_TEST_POSTGRES or MIGRATE_TEST_MYSQL; %NULL if unset or empty
 */
const char *mig_server_url(const char *engine);

/**
 * mig_server_missing:
 *
 * Skips the test that is running; fails it where MIGRATE_TEST_REQUIRE (comma separated) names
 * @engine, since a skip that nobody sees is a hole.
 */
void mig_server_missing(const char *engine, const char *reason);

/**
 * mig_server_database_new:
 * @server: (borrowed) a URL whose user may create databases
 *
 * Makes a database with a name of its own.
 *
 * Returns: (owned) its URL, or %NULL with @error set
 */
char *mig_server_database_new(const MigDriver *driver, const char *server, GError **error);

/** mig_server_database_drop: drops what mig_server_database_new() made, whoever is connected. */
void mig_server_database_drop(const MigDriver *driver, const char *server, const char *url);

/* SPDX-License-Identifier: MIT */
/* A database of its own for a test, through the real driver, on any of the engines. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * For programs that load drivers: linked with tests/meson.build's `database_dep`, with
 * MIGRATE_DRIVER_PATH naming the modules, and MIGRATE_TEST_ENGINE the engine: sqlite, postgres or
 * mysql (the MySQL family's server, whichever it is).
 */
typedef struct {
    const char *engine; /* (static) */
    char *url;          /* (owned) */
    char *folder;       /* (owned) a scratch directory */
} MigTestDatabase;

/** mig_test_engine: (static) the engine of this run. */
const char *mig_test_engine(void);

/**
 * mig_test_engine_ready:
 *
 * Whether there is a server for it. Where there isn't, a test is added that says so: skipped, or
 * failed where MIGRATE_TEST_REQUIRE names the engine.
 */
bool mig_test_engine_ready(void);

MigTestDatabase *mig_test_database_new(void);
void mig_test_database_free(MigTestDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigTestDatabase, mig_test_database_free)

/* SPDX-License-Identifier: MIT */
/* What every driver promises, as tests: the definition of a driver. */
#pragma once

#include <migrate/driver.h>

typedef struct MigPromise MigPromise;

/**
 * MigSubject:
 *
 * A driver under test: where it gets its databases, and what the promises can't say in every
 * dialect. Statements use no placeholders. Lists end with %NULL.
 */
typedef struct {
    const char *name;       /* in the tests' paths: "sqlite", "faulty" */
    const char *engine;     /* as in MIGRATE_TEST_REQUIRE: "sqlite", "postgres", "mysql" */
    const char *module;     /* "migrate-sqlite" */
    const char *url_prefix; /* stands before each URL, or "" */

    /**
     * scratch_new: (owned) the URL of a new and empty database; %NULL without an error: there is no
     * server to test with.
     */
    char *(*scratch_new)(const MigDriver *driver, GError **error);
    void (*scratch_drop)(const MigDriver *driver, const char *url);

    bool shared_sessions;         /* a pooler is in between: each transaction may have another */
    bool dollar_placeholders;     /* $1 rather than ? */
    bool failed_state;            /* an error leaves a transaction that only a rollback ends */
    const char *text_type;        /* of a column for texts of any length */
    const char *slow;             /* a query that takes at least half a minute */
    const char *const *refused;   /* URLs that nothing answers; where there can be a password, it
                                     is s3cret */
    const char *const *malformed; /* URLs that can't be read; the same */
    const char *const *escapes;   /* statements that try to get out of read-only */

    const char *setting_change; /* changes a setting of the session */
    const char *setting_probe;  /* a query that shows its value */
    const char *setting_name;   /* part of what `reset` calls it; %NULL: the engine doesn't tell */

    const char *connection_id; /* a query for the connection's number; %NULL: there is no server */
    const char *kill_format;   /* ends the connection with the number %s */

    const char *const *schema; /* statements that make something of everything; %NULL */
    const char *const *told;   /* what is to be found in what `schema` tells of it */
    size_t n_told;

    const MigPromise
        *own; /* promises of this driver alone, ended by one without a name; or %NULL */
} MigSubject;

/**
 * mig_contract_run:
 *
 * All of main() of a driver's test. The module is looked for in MIGRATE_DRIVER_PATH.
 *
 * Returns: the exit status
 */
int mig_contract_run(int argc, char **argv, const MigSubject *subject);

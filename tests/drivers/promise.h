/* SPDX-License-Identifier: MIT */
/* What the files of promises share: one case's database, its connections, and short forms. */
#pragma once

#include "drivers/contract.h"

/**
 * MigCase:
 *
 * What a promise is tested with. The database is the case's own.
 */
typedef struct {
    const MigSubject *subject;
    const MigDriver *driver;
    const char *program;  /* (borrowed) this test, to be started again as another process */
    char *url;            /* (owned) of a new and empty database */
    MigConnection *first; /* (owned) open from the start */
    MigConnection *other; /* (owned) %NULL until mig_case_other() */
} MigCase;

struct MigPromise {
    const char *name;
    void (*check)(MigCase *c);
    bool (*applies)(const MigCase *c); /* %NULL: to every driver */
};

extern const MigPromise mig_statement_promises[];
extern const MigPromise mig_transaction_promises[];
extern const MigPromise mig_limit_promises[];
extern const MigPromise mig_lock_promises[];
extern const MigPromise mig_history_promises[];
extern const MigPromise mig_session_promises[];
extern const MigPromise mig_server_promises[];
extern const MigPromise mig_catalog_promises[];
extern const MigPromise mig_blocker_promises[];
extern const MigPromise mig_backup_promises[];
extern const MigPromise mig_lease_promises[];
extern const MigPromise mig_schema_promises[];

/** mig_case_own_session: `applies` of what a session keeps, or a server tells of one. */
bool mig_case_own_session(const MigCase *c);

/** mig_case_open: (owned) one more connection to the case's database. */
MigConnection *mig_case_open(MigCase *c);

/** mig_case_other: (borrowed) a second connection, for what a neighbour sees and does. */
MigConnection *mig_case_other(MigCase *c);

/** mig_case_sql: (owned) @sql with its "?" as the dialect writes placeholders. */
char *mig_case_sql(MigCase *c, const char *sql);

/** mig_case_run: executes a statement, which must succeed. */
void mig_case_run(MigCase *c, MigConnection *connection, const char *sql);

/** mig_case_refused: (owned) the error of a statement, which must fail with one of the database. */
GError *mig_case_refused(MigCase *c, MigConnection *connection, const char *sql);

/** mig_case_call: queries with parameters, without asking for rows; must succeed. */
void mig_case_call(MigCase *c, MigConnection *connection, const char *sql,
                   const char *const *params, size_t n_params);

/** mig_case_value: (owned) the first column of the first row, %NULL if that is NULL. */
char *mig_case_value(MigCase *c, MigConnection *connection, const char *sql);

/** mig_case_values: (owned) what a query returns, "a|b" for each row, NULL as "NULL". */
GPtrArray *mig_case_values(MigCase *c, MigConnection *connection, const char *sql,
                           const char *const *params, size_t n_params);

/** mig_case_table: makes the table "kept" with an integer "id" and a text "t", and the row 1, one. */
void mig_case_table(MigCase *c);

/** mig_case_kept: (owned) the ids of "kept" in order, such as "1,2", as a neighbour sees them. */
char *mig_case_kept(MigCase *c);

/** mig_case_elsewhere: whether another process could execute @sql, without waiting for a lock. */
bool mig_case_elsewhere(MigCase *c, const char *sql);

typedef struct MigCanceller MigCanceller;

/** mig_canceller_start: cancels again and again from another thread, first after @after_ms. */
MigCanceller *mig_canceller_start(MigCase *c, MigConnection *connection, int64_t after_ms);
void mig_canceller_stop(MigCanceller *canceller);

#define mig_assert_class(error_, class_) g_assert_cmpint(mig_error_sql_class(error_), ==, class_)

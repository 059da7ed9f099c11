/* SPDX-License-Identifier: MIT */
/* MigTarget: an open connection. The only room that calls a driver. */
#pragma once

#include "base/cancel.h"

#include <migrate/driver.h>
#include <migrate/statement.h>

typedef struct MigTarget MigTarget;

typedef struct {
    const char *url;            /* (borrowed) as the user wrote it */
    const char *password;       /* (borrowed) from --password-file and the like, or %NULL */
    const char *application;    /* (borrowed) "migrate up" */
    int64_t connect_timeout_ms; /* 0: the client library's default */
    bool create;                /* SQLite: make the file */
    bool read_only;             /* SQLite: open it for reading only */
    MigCancel *cancel;          /* (borrowed) outlives the target, or %NULL */
} MigTargetOptions;

/**
 * mig_target_open:
 * @error: %MIG_ERROR_USAGE for a URL or driver that is wrong, %MIG_ERROR_CONNECTION
 *
 * One attempt to connect. No error ever holds a password.
 *
 * Returns: (owned) the target, or %NULL with @error set
 */
MigTarget *mig_target_open(const MigTargetOptions *options, GError **error);

/**
 * mig_target_open_with:
 *
 * The same with a driver that the caller has: for tests.
 */
MigTarget *
mig_target_open_with(const MigDriver *driver, const MigTargetOptions *options, GError **error);
void mig_target_close(MigTarget *target);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigTarget, mig_target_close)

const MigServer *mig_target_server(MigTarget *target);
MigCaps mig_target_caps(const MigTarget *target);
MigCancel *mig_target_cancel(const MigTarget *target);

/** mig_target_label: (borrowed) the URL without its password, for people. */
const char *mig_target_label(const MigTarget *target);

/**
 * mig_target_exec:
 * @script: (borrowed) a script
 * @statement: (borrowed) one of its statements
 *
 * Executes one statement, with its COPY data if it has any. A requested stop makes it fail with
 * %MIG_ERROR_CANCELLED, before it is sent or while it runs.
 */
bool mig_target_exec(MigTarget *target, const MigScript *script, const MigStatement *statement,
                     GError **error);

/** mig_target_exec_text: a statement of our own, NUL-terminated; a requested stop ends it. */
bool mig_target_exec_text(MigTarget *target, const char *sql, GError **error);

/**
 * mig_target_query:
 *
 * One statement of ours with parameters. A stop that is requested while it runs, or waits for a lock,
 * ends it with %MIG_ERROR_CANCELLED; one that was requested before doesn't keep it from being sent.
 */
bool mig_target_query(MigTarget *target, const MigCall *call, MigRowFunc row, gpointer data,
                      GError **error);

/** mig_target_ask: a user's query, without parameters; stopped like mig_target_exec(). */
bool
mig_target_ask(MigTarget *target, const char *sql, MigRowFunc row, gpointer data, GError **error);

/**
 * MigBatch:
 *
 * Statements of ours that go to the database together. It owns copies of all parameters.
 */
typedef struct MigBatch MigBatch;

MigBatch *mig_batch_new(void);
void mig_batch_free(MigBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigBatch, mig_batch_free)

/**
 * mig_batch_add:
 * @sql: (borrowed) outlives the batch
 * @params: (borrowed) copied
 */
void mig_batch_add(MigBatch *batch, const char *sql, const char *const *params, size_t n_params);

/** mig_target_batch: not stopped by a request: what is being recorded has happened. */
bool mig_target_batch(MigTarget *target, const MigBatch *batch, GError **error);

bool mig_target_begin(MigTarget *target, MigBegin how, GError **error);

/**
 * mig_target_begin_work:
 *
 * Begins the transaction that a user's statements run in; stopped like mig_target_exec(), since it is
 * here that SQLite waits for others who write.
 */
bool mig_target_begin_work(MigTarget *target, GError **error);

/**
 * mig_target_commit_work:
 * @batch: (borrowed) what ends that transaction, COMMIT included
 *
 * Like mig_target_batch(), but stopped by a request: either all of it is committed then, or nothing.
 */
bool mig_target_commit_work(MigTarget *target, const MigBatch *batch, GError **error);
bool mig_target_commit(MigTarget *target, GError **error);
bool mig_target_rollback(MigTarget *target, GError **error);
MigTxnState mig_target_transaction(MigTarget *target);
bool mig_target_read_only(MigTarget *target, bool on, GError **error);
bool mig_target_limits(MigTarget *target, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
                       GError **error);
bool mig_target_try_lock(MigTarget *target, const char *name, bool *out_taken, char **out_holder,
                         GError **error);
bool mig_target_unlock(MigTarget *target, const char *name, GError **error);
bool mig_target_locked(MigTarget *target, const char *name, bool *out_ours, GError **error);
bool mig_target_reset(MigTarget *target, char **out_changed, GError **error);
char *mig_target_quote(MigTarget *target, const char *identifier);
char *mig_target_history_sql(MigTarget *target, MigHistorySql which, const char *schema,
                             const char *table);
char *mig_target_default_schema(MigTarget *target, GError **error);

/**
 * mig_target_open_second:
 *
 * A further connection to the same database, for what must not wait behind the first one. It isn't
 * stopped by a request.
 */
MigTarget *mig_target_open_second(const MigTarget *target, GError **error);

/**
 * mig_target_reopen:
 *
 * One attempt to connect again after the connection was lost. What the session had, its lock, its
 * settings, its transaction, is gone.
 */
bool mig_target_reopen(MigTarget *target, GError **error);

char *mig_target_session(MigTarget *target);
bool mig_target_blockers(MigTarget *target, const char *session, MigBlockerFunc blocker,
                         gpointer data, GError **error);
bool mig_target_terminate(MigTarget *target, const char *session, GError **error);
bool
mig_target_find(MigTarget *target, const MigObject *object, MigFound *out_found, GError **error);
/** mig_target_can_find: whether the driver can ask the catalog. */
bool mig_target_can_find(const MigTarget *target);
bool mig_target_pooled(MigTarget *target, bool *out_pooled, GError **error);

/** mig_target_backup: fails with %MIG_ERROR_USAGE where the engine has no way of its own. */
bool mig_target_backup(MigTarget *target, const char *path, GError **error);

/** mig_target_schema, mig_target_sizes, mig_target_speed: see MigDriver. */
bool mig_target_schema(MigTarget *target, MigSchemaFunc statement, gpointer data, GError **error);
bool mig_target_sizes(MigTarget *target, MigSizeFunc size, gpointer data, GError **error);
bool mig_target_speed(MigTarget *target, double *out_read, double *out_write, GError **error);

/** mig_target_can_tell_held: whether the driver can tell what a transaction holds. */
bool mig_target_can_tell_held(const MigTarget *target);
bool mig_target_held(MigTarget *target, MigHeldFunc held, gpointer data, GError **error);

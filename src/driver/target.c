/* SPDX-License-Identifier: MIT */
/* MigTarget: an open connection. The only room that calls a driver. */
#include "driver/target.h"

#include "base/error.h"
#include "driver/load.h"
#include "driver/url.h"

#include <string.h>

struct MigTarget {
    const MigDriver *driver;
    MigConnection *connection;
    MigCancel *cancel; /* (borrowed) or NULL */
    char *label;       /* (owned) the URL without its password */
    char *url;         /* (owned) for connecting again: never to be shown */
    char *password;    /* (owned) likewise, or NULL */
    char *application; /* (owned) */
    int64_t connect_timeout_ms;
    bool read_only;
};

struct MigBatch {
    GArray *calls;     /* (owned) MigCall */
    GPtrArray *params; /* (owned) char **, one for each call, NULL elements and all */
};

static MigConnection *
connect_to(const MigTarget *target, bool create, GError **error)
{
    const MigOpenOptions open = {
        .password = target->password,
        .application = target->application,
        .connect_timeout_ms = target->connect_timeout_ms,
        .create = create,
        .read_only = target->read_only,
    };
    GError *failure = NULL;
    MigConnection *connection = target->driver->open(target->url, &open, &failure);

    if (connection == NULL) {
        /* Client libraries quote what they can't read. */
        mig_url_scrub(&failure, target->url, target->password);
        g_propagate_error(error, failure);
    }
    return connection;
}

MigTarget *
mig_target_open_with(const MigDriver *driver, const MigTargetOptions *options, GError **error)
{
    g_autoptr(MigTarget) target = g_new0(MigTarget, 1);

    target->driver = driver;
    target->cancel = options->cancel;
    target->label = mig_url_redact(options->url);
    target->url = g_strdup(options->url);
    target->password = g_strdup(options->password);
    target->application = g_strdup(options->application);
    target->connect_timeout_ms = options->connect_timeout_ms;
    target->read_only = options->read_only;
    target->connection = connect_to(target, options->create, error);
    return target->connection == NULL ? NULL : g_steal_pointer(&target);
}

MigTarget *
mig_target_open_second(const MigTarget *target, GError **error)
{
    const MigTargetOptions options = {
        .url = target->url,
        .password = target->password,
        .application = target->application,
        .connect_timeout_ms = target->connect_timeout_ms,
        .read_only = target->read_only,
    };

    return mig_target_open_with(target->driver, &options, error);
}

bool
mig_target_reopen(MigTarget *target, GError **error)
{
    MigConnection *connection = connect_to(target, false, error);

    if (connection == NULL)
        return false;
    target->driver->close(target->connection);
    target->connection = connection;
    return true;
}

MigTarget *
mig_target_open(const MigTargetOptions *options, GError **error)
{
    if (!mig_url_check(options->url, error))
        return NULL;

    const MigDriver *driver = mig_driver_load(options->url, error);
    if (driver == NULL)
        return NULL;
    return mig_target_open_with(driver, options, error);
}

void
mig_target_close(MigTarget *target)
{
    if (target == NULL)
        return;

    if (target->connection != NULL)
        target->driver->close(target->connection);
    g_free(target->label);
    g_free(target->url);
    g_free(target->password);
    g_free(target->application);
    g_free(target);
}

const MigServer *
mig_target_server(MigTarget *target)
{
    return target->driver->server(target->connection);
}

MigCaps
mig_target_caps(const MigTarget *target)
{
    return target->driver->caps;
}

MigCancel *
mig_target_cancel(const MigTarget *target)
{
    return target->cancel;
}

const char *
mig_target_label(const MigTarget *target)
{
    return target->label;
}

static void
stop(void *data)
{
    MigTarget *target = data;
    target->driver->cancel(target->connection);
}

static bool
refuse_when_stopped(MigTarget *target, GError **error)
{
    int signal = mig_cancel_requested(target->cancel);

    if (signal == 0)
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_CANCELLED, "stopped by %s",
                mig_cancel_signal_name(signal));
    return false;
}

/* A statement that failed because it was asked to is not the database's failure. */
static void
name_cancellation(MigTarget *target, GError **failure, GError **error)
{
    int signal = mig_cancel_requested(target->cancel);

    if (signal != 0 && mig_error_sql_class(*failure) == MIG_SQL_CANCELLED)
        mig_error_take_sql(error, MIG_ERROR_CANCELLED, g_steal_pointer(failure), "stopped by %s",
                           mig_cancel_signal_name(signal));
    else
        g_propagate_error(error, g_steal_pointer(failure));
}

bool
mig_target_exec(MigTarget *target, const MigScript *script, const MigStatement *statement,
                GError **error)
{
    const MigDriver *driver = target->driver;
    const char *sql = script->text + statement->offset;
    GError *failure = NULL;

    if (!refuse_when_stopped(target, error))
        return false;
    if (statement->copy_data && driver->copy == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                    "COPY data is PostgreSQL's; this engine has nothing like it");
        return false;
    }

    /* Drivers are promised a NUL after the statement. */
    g_autofree char *terminated = NULL;
    if (sql[statement->length] != '\0') {
        terminated = g_strndup(sql, statement->length);
        sql = terminated;
    }
    mig_cancel_enter(target->cancel, stop, target);
    bool done =
        statement->copy_data
            ? driver->copy(target->connection, sql, statement->length,
                           script->text + statement->data_offset, statement->data_length, &failure)
            : driver->exec(target->connection, sql, statement->length, &failure);
    mig_cancel_leave(target->cancel);
    if (!done)
        name_cancellation(target, &failure, error);
    return done;
}

bool
mig_target_exec_text(MigTarget *target, const char *sql, GError **error)
{
    GError *failure = NULL;

    mig_cancel_enter(target->cancel, stop, target);
    bool done = target->driver->exec(target->connection, sql, strlen(sql), &failure);
    mig_cancel_leave(target->cancel);
    if (!done)
        name_cancellation(target, &failure, error);
    return done;
}

bool
mig_target_query(MigTarget *target, const MigCall *call, MigRowFunc row, gpointer data,
                 GError **error)
{
    GError *failure = NULL;

    mig_cancel_enter(target->cancel, stop, target);
    bool done = target->driver->query(target->connection, call, row, data, &failure);
    mig_cancel_leave(target->cancel);
    if (!done)
        name_cancellation(target, &failure, error);
    return done;
}

bool
mig_target_ask(MigTarget *target, const char *sql, MigRowFunc row, gpointer data, GError **error)
{
    const MigCall call = {.sql = sql};

    return refuse_when_stopped(target, error) && mig_target_query(target, &call, row, data, error);
}

static void
free_params(gpointer params)
{
    char **texts = params;

    /* The first element is the number of the others: any of them may be NULL. */
    for (size_t i = 1; i <= GPOINTER_TO_SIZE(texts[0]); i++)
        g_free(texts[i]);
    g_free(texts);
}

MigBatch *
mig_batch_new(void)
{
    MigBatch *batch = g_new0(MigBatch, 1);

    batch->calls = g_array_new(FALSE, FALSE, sizeof(MigCall));
    batch->params = g_ptr_array_new_with_free_func(free_params);
    return batch;
}

void
mig_batch_free(MigBatch *batch)
{
    if (batch == NULL)
        return;

    g_array_unref(batch->calls);
    g_ptr_array_unref(batch->params);
    g_free(batch);
}

void
mig_batch_add(MigBatch *batch, const char *sql, const char *const *params, size_t n_params)
{
    char **copies = g_new0(char *, n_params + 1);

    copies[0] = GSIZE_TO_POINTER(n_params);
    for (size_t i = 0; i < n_params; i++)
        copies[i + 1] = g_strdup(params[i]);
    g_ptr_array_add(batch->params, copies);

    const MigCall call = {
        .sql = sql,
        .params = (const char *const *)(copies + 1),
        .n_params = n_params,
    };
    g_array_append_val(batch->calls, call);
}

bool
mig_target_batch(MigTarget *target, const MigBatch *batch, GError **error)
{
    return target->driver->batch(target->connection, (const MigCall *)batch->calls->data,
                                 batch->calls->len, NULL, error);
}

bool
mig_target_begin(MigTarget *target, MigBegin how, GError **error)
{
    return target->driver->begin(target->connection, how, error);
}

bool
mig_target_begin_work(MigTarget *target, GError **error)
{
    GError *failure = NULL;

    if (!refuse_when_stopped(target, error))
        return false;
    mig_cancel_enter(target->cancel, stop, target);
    bool done = target->driver->begin(target->connection, MIG_BEGIN_WRITE, &failure);
    mig_cancel_leave(target->cancel);
    if (!done)
        name_cancellation(target, &failure, error);
    return done;
}

bool
mig_target_commit_work(MigTarget *target, const MigBatch *batch, GError **error)
{
    GError *failure = NULL;

    mig_cancel_enter(target->cancel, stop, target);
    bool done = mig_target_batch(target, batch, &failure);
    mig_cancel_leave(target->cancel);
    if (!done)
        name_cancellation(target, &failure, error);
    return done;
}

bool
mig_target_commit(MigTarget *target, GError **error)
{
    return target->driver->commit(target->connection, error);
}

bool
mig_target_rollback(MigTarget *target, GError **error)
{
    return target->driver->rollback(target->connection, error);
}

MigTxnState
mig_target_transaction(MigTarget *target)
{
    return target->driver->transaction(target->connection);
}

bool
mig_target_read_only(MigTarget *target, bool on, GError **error)
{
    return target->driver->read_only(target->connection, on, error);
}

bool
mig_target_limits(MigTarget *target, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
                  GError **error)
{
    return target->driver->limits(target->connection, lock_timeout_ms, statement_timeout_ms, error);
}

bool
mig_target_try_lock(MigTarget *target, const char *name, bool *out_taken, char **out_holder,
                    GError **error)
{
    return target->driver->try_lock(target->connection, name, out_taken, out_holder, error);
}

bool
mig_target_unlock(MigTarget *target, const char *name, GError **error)
{
    return target->driver->unlock(target->connection, name, error);
}

bool
mig_target_locked(MigTarget *target, const char *name, bool *out_ours, GError **error)
{
    return target->driver->locked(target->connection, name, out_ours, error);
}

bool
mig_target_reset(MigTarget *target, char **out_changed, GError **error)
{
    return target->driver->reset(target->connection, out_changed, error);
}

char *
mig_target_quote(MigTarget *target, const char *identifier)
{
    return target->driver->quote(target->connection, identifier);
}

char *
mig_target_history_sql(MigTarget *target, MigHistorySql which, const char *schema,
                       const char *table)
{
    return target->driver->history_sql(target->connection, which, schema, table);
}

char *
mig_target_default_schema(MigTarget *target, GError **error)
{
    return target->driver->default_schema(target->connection, error);
}

char *
mig_target_session(MigTarget *target)
{
    return target->driver->session != NULL ? target->driver->session(target->connection) : NULL;
}

bool
mig_target_blockers(MigTarget *target, const char *session, MigBlockerFunc blocker, gpointer data,
                    GError **error)
{
    /* A driver that can't tell has nothing to tell. */
    return target->driver->blockers == NULL ||
           target->driver->blockers(target->connection, session, blocker, data, error);
}

bool
mig_target_terminate(MigTarget *target, const char *session, GError **error)
{
    if (target->driver->terminate == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s has no way to end another session",
                    mig_engine_title(mig_target_server(target)->engine));
        return false;
    }
    return target->driver->terminate(target->connection, session, error);
}

bool
mig_target_find(MigTarget *target, const MigObject *object, MigFound *out_found, GError **error)
{
    if (target->driver->find == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "the driver can't ask %s's catalog",
                    mig_engine_title(mig_target_server(target)->engine));
        return false;
    }
    return target->driver->find(target->connection, object, out_found, error);
}

bool
mig_target_can_find(const MigTarget *target)
{
    return target->driver->find != NULL;
}

bool
mig_target_pooled(MigTarget *target, bool *out_pooled, GError **error)
{
    *out_pooled = false;
    return target->driver->pooled == NULL ||
           target->driver->pooled(target->connection, out_pooled, error);
}

bool
mig_target_backup(MigTarget *target, const char *path, GError **error)
{
    if (target->driver->backup == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s has no backup of its own",
                    mig_engine_title(mig_target_server(target)->engine));
        return false;
    }
    return target->driver->backup(target->connection, path, error);
}

static bool
refuse_asking(const MigTarget *target, GError **error)
{
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "the driver %s can't tell what a database has",
                target->driver->name);
    return false;
}

bool
mig_target_schema(MigTarget *target, MigSchemaFunc statement, gpointer data, GError **error)
{
    if (target->driver->schema == NULL)
        return refuse_asking(target, error);
    return target->driver->schema(target->connection, statement, data, error);
}

bool
mig_target_sizes(MigTarget *target, MigSizeFunc size, gpointer data, GError **error)
{
    if (target->driver->sizes == NULL)
        return refuse_asking(target, error);
    return target->driver->sizes(target->connection, size, data, error);
}

bool
mig_target_speed(MigTarget *target, double *out_read, double *out_write, GError **error)
{
    if (target->driver->speed == NULL)
        return refuse_asking(target, error);
    return target->driver->speed(target->connection, out_read, out_write, error);
}

bool
mig_target_can_tell_held(const MigTarget *target)
{
    return target->driver->held != NULL;
}

bool
mig_target_held(MigTarget *target, MigHeldFunc held, gpointer data, GError **error)
{
    return target->driver->held(target->connection, held, data, error);
}

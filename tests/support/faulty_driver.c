/* SPDX-License-Identifier: MIT */
/* A driver for "faulty+sqlite:", "faulty+postgres:" and "faulty+mysql:" that fails at one call. */
#include <gmodule.h>
#include <migrate/driver.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * It wraps the real driver, and counts what goes to the database, over all connections of the
 * process; each statement of a batch is a call of its own. MIGRATE_FAULT_AT=n picks the call,
 * MIGRATE_FAULT_KIND what happens to it:
 *
 *   error       it is not sent, and fails with MIG_ERROR_SQL (a rollback or a cleanup, which only
 *               a lost connection can fail, is carried out)
 *   lost        the connection is lost before it
 *   lost-after  it is carried out, and then the connection is lost: nobody knows
 *   kill        the process is killed before it
 *   kill-after  after it
 *
 * MIGRATE_FAULT_LOG names a file that gets a line "n name" for each call, before it is made.
 */

typedef enum {
    FAULT_NONE,
    FAULT_ERROR,
    FAULT_LOST,
    FAULT_LOST_AFTER,
    FAULT_KILL,
    FAULT_KILL_AFTER,
} Fault;

static const char *const fault_names[] = {"none",       "error", "lost",
                                          "lost-after", "kill",  "kill-after"};

struct MigConnection {
    const MigDriver *real;
    MigConnection *inner; /* (owned) NULL once it is lost */
    MigConnection *spare; /* (owned) for what asks nothing of the database, once it is lost */
    MigServer server;     /* (owned) a copy, which outlives the loss */
    char *url;            /* (owned) the real driver's */
    char *password;       /* (owned) or NULL */
    GMutex mutex;         /* `cancel` may come while the connection is being lost */
};

/* Its capabilities are those of the driver that was opened last. */
static MigDriver driver;

static gint calls;

static bool
lose(MigConnection *connection, GError **error)
{
    const MigSqlError said = {
        .class = MIG_SQL_CONNECTION_LOST,
        .message = (char *)"the connection was lost (injected fault)",
        .offset = -1,
    };

    g_mutex_lock(&connection->mutex);
    MigConnection *inner = g_steal_pointer(&connection->inner);
    g_mutex_unlock(&connection->mutex);
    if (inner != NULL)
        connection->real->close(inner);
    mig_error_set_sql(error, MIG_ERROR_CONNECTION, &said);
    return false;
}

static void
log_call(unsigned n, const char *name)
{
    const char *path = g_getenv("MIGRATE_FAULT_LOG");
    FILE *file = path == NULL ? NULL : fopen(path, "a");

    if (file == NULL)
        return;
    fprintf(file, "%u %s\n", n, name);
    fclose(file);
}

/* What is to happen to this call. */
static Fault
count(const char *name)
{
    unsigned n = (unsigned)g_atomic_int_add(&calls, 1) + 1;
    const char *at = g_getenv("MIGRATE_FAULT_AT");
    const char *kind = g_getenv("MIGRATE_FAULT_KIND");

    log_call(n, name);
    if (at == NULL || g_ascii_strtoull(at, NULL, 10) != n)
        return FAULT_NONE;
    for (size_t i = 0; kind != NULL && i < G_N_ELEMENTS(fault_names); i++) {
        if (strcmp(fault_names[i], kind) == 0)
            return (Fault)i;
    }
    fprintf(stderr, "MIGRATE_FAULT_KIND is none of error, lost, lost-after, kill, kill-after\n");
    abort();
}

/* Whether the call is to be made; if not, @error is set. */
static bool
before(MigConnection *connection, Fault fault, GError **error)
{
    const MigSqlError said = {
        .class = MIG_SQL_OTHER,
        .code = (char *)"FAULT",
        .message = (char *)"injected fault",
        .offset = -1,
    };

    if (fault == FAULT_KILL)
        kill(getpid(), SIGKILL);
    if (fault == FAULT_LOST || connection->inner == NULL)
        return lose(connection, error);
    if (fault != FAULT_ERROR)
        return true;
    mig_error_set_sql(error, MIG_ERROR_SQL, &said);
    return false;
}

/* What becomes of a call that was made. */
static bool
after(MigConnection *connection, Fault fault, bool done, GError **error)
{
    if (fault == FAULT_KILL_AFTER)
        kill(getpid(), SIGKILL);
    if (fault != FAULT_LOST_AFTER)
        return done;
    if (error != NULL)
        g_clear_error(error);
    return lose(connection, error);
}

static Fault
count_cleanup(const char *name)
{
    Fault fault = count(name);

    return fault == FAULT_ERROR ? FAULT_NONE : fault;
}

static const MigDriver *
load_real(const char *url, GError **error)
{
    const char *path = g_getenv("MIGRATE_DRIVER_PATH");
    g_auto(GStrv) folders = g_strsplit(path != NULL ? path : "", ":", -1);
    const char *name = g_str_has_prefix(url, "sqlite")     ? "sqlite"
                       : g_str_has_prefix(url, "postgres") ? "postgres"
                                                           : "mysql";
    g_autofree char *file = g_strdup_printf("migrate-%s.so", name);

    for (size_t i = 0; folders[i] != NULL; i++) {
        g_autofree char *candidate = g_build_filename(folders[i], file, NULL);
        GModule *module = g_module_open(candidate, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
        gpointer symbol = NULL;
        if (module == NULL || !g_module_symbol(module, MIG_DRIVER_ENTRY, &symbol))
            continue;
        g_module_make_resident(module);
        MigDriverEntry entry = (MigDriverEntry)symbol;
        return entry();
    }
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s isn't in MIGRATE_DRIVER_PATH", file);
    return NULL;
}

static bool
copy(MigConnection *connection, const char *sql, size_t length, const char *data,
     size_t data_length, GError **error)
{
    Fault fault = count("copy");

    if (!before(connection, fault, error))
        return false;
    bool done = connection->real->copy(connection->inner, sql, length, data, data_length, error);
    return after(connection, fault, done, error);
}

static bool
terminate(MigConnection *connection, const char *other, GError **error)
{
    Fault fault = count("terminate");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->terminate(connection->inner, other, error),
                 error);
}

static bool
backup(MigConnection *connection, const char *path, GError **error)
{
    Fault fault = count("backup");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->backup(connection->inner, path, error),
                 error);
}

static bool
held(MigConnection *connection, MigHeldFunc tell, gpointer data, GError **error)
{
    Fault fault = count("held");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->held(connection->inner, tell, data, error),
                 error);
}

static MigConnection *
open_inner(const MigDriver *real, const char *url, const MigOpenOptions *options, Fault fault,
           GError **error)
{
    if (fault == FAULT_KILL)
        kill(getpid(), SIGKILL);

    MigConnection *inner =
        fault == FAULT_NONE || fault == FAULT_KILL_AFTER ? real->open(url, options, error) : NULL;
    if (fault == FAULT_KILL_AFTER)
        kill(getpid(), SIGKILL);
    if (fault != FAULT_NONE)
        g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION,
                    "the database can't be reached (injected fault)");
    return inner;
}

static MigConnection *
open_connection(const char *url, const MigOpenOptions *options, GError **error)
{
    const char *plus = strchr(url, '+');
    const char *inner_url = plus != NULL ? plus + 1 : url;
    const MigDriver *real = load_real(inner_url, error);

    if (real == NULL)
        return NULL;
    MigConnection *inner = open_inner(real, inner_url, options, count("open"), error);
    if (inner == NULL)
        return NULL;

    MigConnection *connection = g_new0(MigConnection, 1);
    const MigServer *server = real->server(inner);
    connection->real = real;
    connection->inner = inner;
    connection->server = *server;
    connection->server.version_text = g_strdup(server->version_text);
    connection->server.database = g_strdup(server->database);
    connection->url = g_strdup(inner_url);
    connection->password = g_strdup(options->password);
    g_mutex_init(&connection->mutex);
    driver.caps = real->caps;
    driver.copy = real->copy != NULL ? copy : NULL;
    driver.backup = real->backup != NULL ? backup : NULL;
    driver.held = real->held != NULL ? held : NULL;
    driver.terminate = real->terminate != NULL ? terminate : NULL;
    return connection;
}

static void
close_connection(MigConnection *connection)
{
    if (connection == NULL)
        return;

    if (connection->inner != NULL)
        connection->real->close(connection->inner);
    if (connection->spare != NULL)
        connection->real->close(connection->spare);
    g_mutex_clear(&connection->mutex);
    g_free(connection->server.version_text);
    g_free(connection->server.database);
    g_free(connection->url);
    g_free(connection->password);
    g_free(connection);
}

static const MigServer *
server(MigConnection *connection)
{
    return &connection->server;
}

static bool
exec(MigConnection *connection, const char *sql, size_t length, GError **error)
{
    Fault fault = count("exec");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->exec(connection->inner, sql, length, error),
                 error);
}

static bool
query(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data, GError **error)
{
    Fault fault = count("query");

    return before(connection, fault, error) &&
           after(connection, fault,
                 connection->real->query(connection->inner, call, row, data, error), error);
}

/* One by one only where a fault falls into it: otherwise the real driver does what it does. */
static bool
batch(MigConnection *connection, const MigCall *list, size_t n_calls, size_t *out_done,
      GError **error)
{
    Fault fault = FAULT_NONE;
    size_t at = 0;

    while (at < n_calls && fault == FAULT_NONE) {
        fault = count("batch");
        at++;
    }
    if (connection->inner == NULL || n_calls == 0 || fault == FAULT_NONE) {
        if (out_done != NULL)
            *out_done = 0;
        return before(connection, FAULT_NONE, error) &&
               connection->real->batch(connection->inner, list, n_calls, out_done, error);
    }

    /* `at` is the call that has the fault, from 1. */
    size_t sent = fault == FAULT_LOST_AFTER || fault == FAULT_KILL_AFTER ? at : at - 1;
    if (sent > 0 && !connection->real->batch(connection->inner, list, sent, out_done, error))
        return false;
    if (out_done != NULL)
        *out_done = at - 1;
    return before(connection, fault, error) && after(connection, fault, true, error);
}

static bool
begin(MigConnection *connection, MigBegin how, GError **error)
{
    Fault fault = count("begin");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->begin(connection->inner, how, error), error);
}

static bool
commit(MigConnection *connection, GError **error)
{
    Fault fault = count("commit");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->commit(connection->inner, error), error);
}

static bool
rollback(MigConnection *connection, GError **error)
{
    Fault fault = count_cleanup("rollback");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->rollback(connection->inner, error), error);
}

static MigTxnState
transaction(MigConnection *connection)
{
    return connection->inner == NULL ? MIG_TXN_LOST
                                     : connection->real->transaction(connection->inner);
}

static bool
read_only(MigConnection *connection, bool on, GError **error)
{
    Fault fault = count("read_only");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->read_only(connection->inner, on, error),
                 error);
}

static bool
limits(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
       GError **error)
{
    Fault fault = count("limits");

    return before(connection, fault, error) &&
           after(connection, fault,
                 connection->real->limits(connection->inner, lock_timeout_ms, statement_timeout_ms,
                                          error),
                 error);
}

static bool
try_lock(MigConnection *connection, const char *name, bool *out_taken, char **out_holder,
         GError **error)
{
    Fault fault = count("try_lock");
    g_autofree char *holder = NULL;
    bool taken = false;

    if (!before(connection, fault, error))
        return false;
    bool done = connection->real->try_lock(connection->inner, name, &taken,
                                           out_holder != NULL ? &holder : NULL, error);
    if (!after(connection, fault, done, error))
        return false;
    *out_taken = taken;
    if (out_holder != NULL)
        *out_holder = g_steal_pointer(&holder);
    return true;
}

static bool
unlock(MigConnection *connection, const char *name, GError **error)
{
    Fault fault = count_cleanup("unlock");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->unlock(connection->inner, name, error),
                 error);
}

static bool
locked(MigConnection *connection, const char *name, bool *out_ours, GError **error)
{
    Fault fault = count("locked");

    return before(connection, fault, error) &&
           after(connection, fault,
                 connection->real->locked(connection->inner, name, out_ours, error), error);
}

static void
cancel(MigConnection *connection)
{
    g_mutex_lock(&connection->mutex);
    if (connection->inner != NULL)
        connection->real->cancel(connection->inner);
    g_mutex_unlock(&connection->mutex);
}

/* For what a driver answers by itself, and also when the connection is lost. */
static MigConnection *
any(MigConnection *connection)
{
    const MigOpenOptions options = {.password = connection->password};

    if (connection->inner != NULL)
        return connection->inner;
    if (connection->spare == NULL)
        connection->spare = connection->real->open(connection->url, &options, NULL);
    return connection->spare;
}

static char *
quote(MigConnection *connection, const char *identifier)
{
    return connection->real->quote(any(connection), identifier);
}

static char *
history_sql(MigConnection *connection, MigHistorySql which, const char *schema, const char *table)
{
    return connection->real->history_sql(any(connection), which, schema, table);
}

static char *
default_schema(MigConnection *connection, GError **error)
{
    Fault fault = count("default_schema");

    if (!before(connection, fault, error))
        return NULL;
    char *schema = connection->real->default_schema(connection->inner, error);
    if (after(connection, fault, true, error))
        return schema;
    g_free(schema);
    return NULL;
}

static bool
reset(MigConnection *connection, char **out_changed, GError **error)
{
    Fault fault = count("reset");

    if (!before(connection, fault, error))
        return false;

    g_autofree char *changed = NULL;
    bool done = connection->real->reset(connection->inner, &changed, error);
    if (!after(connection, fault, done, error))
        return false;
    if (out_changed != NULL)
        *out_changed = g_steal_pointer(&changed);
    return true;
}

/* Known without asking; of a connection that is lost nobody asks. */
static char *
session(MigConnection *connection)
{
    return connection->inner == NULL ? NULL : connection->real->session(connection->inner);
}

static bool
blockers(MigConnection *connection, const char *waiting, MigBlockerFunc blocker, gpointer data,
         GError **error)
{
    Fault fault = count("blockers");

    return before(connection, fault, error) &&
           after(connection, fault,
                 connection->real->blockers(connection->inner, waiting, blocker, data, error),
                 error);
}

static bool
find(MigConnection *connection, const MigObject *object, MigFound *out_found, GError **error)
{
    Fault fault = count("find");
    MigFound found = {.exists = false};

    if (!before(connection, fault, error))
        return false;
    bool done = connection->real->find(connection->inner, object, &found, error);
    if (!after(connection, fault, done, error)) {
        mig_found_clear(&found);
        return false;
    }
    *out_found = found;
    return true;
}

static bool
pooled(MigConnection *connection, bool *out_pooled, GError **error)
{
    Fault fault = count("pooled");
    bool answer = false;

    if (!before(connection, fault, error))
        return false;
    bool done = connection->real->pooled(connection->inner, &answer, error);
    if (!after(connection, fault, done, error))
        return false;
    *out_pooled = answer;
    return true;
}

static bool
schema(MigConnection *connection, MigSchemaFunc statement, gpointer data, GError **error)
{
    Fault fault = count("schema");

    return before(connection, fault, error) &&
           after(connection, fault,
                 connection->real->schema(connection->inner, statement, data, error), error);
}

static bool
sizes(MigConnection *connection, MigSizeFunc size, gpointer data, GError **error)
{
    Fault fault = count("sizes");

    return before(connection, fault, error) &&
           after(connection, fault, connection->real->sizes(connection->inner, size, data, error),
                 error);
}

static bool
speed(MigConnection *connection, double *out_read, double *out_write, GError **error)
{
    Fault fault = count("speed");
    double read = 0;
    double write = 0;

    if (!before(connection, fault, error))
        return false;
    bool done = connection->real->speed(connection->inner, &read, &write, error);
    if (!after(connection, fault, done, error))
        return false;
    *out_read = read;
    *out_write = write;
    return true;
}

static const char *const schemes[] = {"faulty+sqlite",
                                      "faulty+sqlite3",
                                      "faulty+postgres",
                                      "faulty+postgresql",
                                      "faulty+mysql",
                                      "faulty+mariadb",
                                      NULL};

static MigDriver driver = {
    .abi = MIG_DRIVER_ABI,
    .name = "faulty",
    .schemes = schemes,
    .open = open_connection,
    .close = close_connection,
    .server = server,
    .exec = exec,
    .query = query,
    .batch = batch,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .transaction = transaction,
    .read_only = read_only,
    .limits = limits,
    .try_lock = try_lock,
    .unlock = unlock,
    .locked = locked,
    .cancel = cancel,
    .quote = quote,
    .history_sql = history_sql,
    .default_schema = default_schema,
    .reset = reset,
    .session = session,
    .blockers = blockers,
    .find = find,
    .pooled = pooled,
    .schema = schema,
    .sizes = sizes,
    .speed = speed,
};

const MigDriver *
mig_driver_v1(void)
{
    return &driver;
}

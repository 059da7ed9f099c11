/* SPDX-License-Identifier: MIT */
/* Sending statements, and reading all that comes back. */
#include "postgres.h"

#include <string.h>

#define BOOLEAN_OID 16 /* pg_type.dat; has not changed since PostgreSQL began */

static const char *
skip_blank(const char *at)
{
    for (;;) {
        while (g_ascii_isspace(*at) || *at == ';')
            at++;
        if (at[0] == '-' && at[1] == '-') {
            at += strcspn(at, "\n");
            continue;
        }
        if (at[0] != '/' || at[1] != '*')
            return at;

        /* Comments nest: PostgreSQL 15, "Lexical Structure", Comments. */
        size_t depth = 0;
        do {
            if (at[0] == '/' && at[1] == '*') {
                depth++;
                at += 2;
            } else if (at[0] == '*' && at[1] == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && *at != '\0');
    }
}

const char *
mig_pg_word(const char *sql)
{
    static const char *const words[] = {"BEGIN", "START",   "COMMIT",    "END",     "ROLLBACK",
                                        "ABORT", "PREPARE", "SAVEPOINT", "RELEASE", "COPY"};
    const char *at = skip_blank(sql);
    size_t length = 0;

    while (g_ascii_isalpha(at[length]))
        length++;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strlen(words[i]) == length && g_ascii_strncasecmp(words[i], at, length) == 0)
            return words[i];
    }
    return NULL;
}

bool
mig_pg_start(MigConnection *connection, GError **error)
{
    if (mig_pg_is_lost(connection)) {
        mig_pg_error_set_result(error, connection, NULL, NULL);
        return false;
    }

    bool open = PQtransactionStatus(connection->pg) != PQTRANS_IDLE;
    connection->limit_ms = open ? connection->local.statement_ms : connection->session.statement_ms;
    connection->started_us = g_get_monotonic_time();
    g_atomic_int_set(&connection->cancelled, 0);
    return true;
}

void
mig_pg_note_command(MigConnection *connection, const PGresult *result)
{
    static const PgLimits unknown = {PG_LIMIT_UNKNOWN, PG_LIMIT_UNKNOWN};
    const char *tag = PQcmdStatus((PGresult *)result);

    /* SET LOCAL has ended, or (ROLLBACK TO, COMMIT AND CHAIN) may have. */
    if (g_str_equal(tag, "BEGIN") || g_str_equal(tag, "START TRANSACTION"))
        connection->local = connection->session;
    else if (g_str_equal(tag, "COMMIT") || g_str_equal(tag, "ROLLBACK"))
        connection->local = unknown;
    else if (g_str_equal(tag, "DISCARD ALL"))
        connection->session = unknown;
}

bool
mig_pg_check_commit(const char *sql, const PGresult *result, GError **error)
{
    if (!g_str_equal(PQcmdStatus((PGresult *)result), "ROLLBACK"))
        return true;

    const char *word = mig_pg_word(sql);
    if (g_strcmp0(word, "COMMIT") != 0 && g_strcmp0(word, "END") != 0 &&
        g_strcmp0(word, "PREPARE") != 0)
        return true;
    mig_pg_error_set(
        error, MIG_SQL_OTHER, "25P02",
        "the server answered COMMIT with ROLLBACK, because an earlier statement of the "
        "transaction had failed; nothing of the transaction is left");
    return false;
}

/*
 * Rows on their way to a callback. With PQsetSingleRowMode each comes in a result of its own, so
 * that a query's size doesn't matter; the arrays are made once.
 */
typedef struct {
    MigRowFunc func; /* %NULL: rows are dropped, or no more are wanted */
    gpointer data;
    size_t n_columns;
    const char **names;
    const char **values;
    bool *booleans;
    bool any_boolean;
} Rows;

static void
rows_clear(Rows *rows)
{
    g_free(rows->names);
    g_free(rows->values);
    g_free(rows->booleans);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rows, rows_clear)

static void
rows_describe(Rows *rows, const PGresult *result)
{
    rows->n_columns = (size_t)PQnfields(result);
    rows->names = g_renew(const char *, rows->names, rows->n_columns);
    rows->values = g_renew(const char *, rows->values, rows->n_columns);
    rows->booleans = g_renew(bool, rows->booleans, rows->n_columns);
    rows->any_boolean = false;
    for (size_t i = 0; i < rows->n_columns; i++) {
        rows->names[i] = PQfname(result, (int)i);
        rows->booleans[i] = PQftype(result, (int)i) == BOOLEAN_OID;
        rows->any_boolean = rows->any_boolean || rows->booleans[i];
    }
}

static void
rows_deliver(Rows *rows, const PGresult *result)
{
    int n_rows = PQntuples(result);

    if (rows->func == NULL || n_rows == 0)
        return;

    rows_describe(rows, result);
    for (int r = 0; r < n_rows && rows->func != NULL; r++) {
        for (size_t i = 0; i < rows->n_columns; i++)
            rows->values[i] = PQgetisnull(result, r, (int)i) ? NULL : PQgetvalue(result, r, (int)i);

        MigRow row = {.n_columns = rows->n_columns,
                      .names = rows->names,
                      .values = rows->values,
                      .booleans = rows->any_boolean ? rows->booleans : NULL};
        if (!rows->func(&row, rows->data))
            rows->func = NULL;
    }
}

static void
drop_copied(PGconn *pg)
{
    char *line = NULL;

    while (PQgetCopyData(pg, &line, 0) > 0)
        PQfreemem(line);
}

/* Data for COPY ... FROM stdin, in pieces that the socket's buffers are happy with. */
static void
send_copied(PGconn *pg, const char *data, size_t length)
{
    const size_t piece = 262144;

    for (size_t at = 0; at < length; at += piece) {
        if (PQputCopyData(pg, data + at, (int)MIN(piece, length - at)) != 1)
            return; /* the result that follows says why */
    }
    (void)PQputCopyEnd(pg, NULL);
}

typedef struct {
    const char *sql;  /* (borrowed) what was sent */
    const char *data; /* (borrowed) for COPY ... FROM stdin; %NULL: there is none */
    size_t data_length;
    bool data_sent;
    bool refused; /* the server asked for data, and there was none */
} Sent;

static bool
take_result(MigConnection *connection, Sent *sent, Rows *rows, const PGresult *result,
            GError **error)
{
    /* A switch would have to name states of replication and of a pipeline, which we are not in. */
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_COPY_OUT) {
        drop_copied(connection->pg);
        return true;
    }
    if (status == PGRES_COPY_IN && sent->data != NULL && !sent->data_sent) {
        sent->data_sent = true;
        send_copied(connection->pg, sent->data, sent->data_length);
        return true;
    }
    if (status == PGRES_COPY_IN) {
        sent->refused = true;
        (void)PQputCopyEnd(connection->pg, "no data");
        return true;
    }
    if (status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE) {
        rows_deliver(rows, result);
        return true;
    }
    if (status == PGRES_COMMAND_OK) {
        mig_pg_note_command(connection, result);
        return mig_pg_check_commit(sent->sql, result, error);
    }
    if (status == PGRES_EMPTY_QUERY)
        return true;

    if (sent->refused)
        mig_pg_error_set(
            error, MIG_SQL_OTHER, "57014",
            "COPY ... FROM stdin needs its data in the lines below it, ended by a line "
            "that is \"\\.\"");
    else
        mig_pg_error_set_result(error, connection, result, sent->sql);
    return false;
}

/* Reads until libpq has nothing more, also after an error, so that the connection stays usable. */
static bool
finish(MigConnection *connection, Sent *sent, Rows *rows, GError **error)
{
    g_autoptr(GError) first = NULL;

    for (;;) {
        PGresult *result = PQgetResult(connection->pg);
        if (result == NULL)
            break;
        /* COPY has to be ended whatever came before it, or libpq waits for us for ever. */
        if (!take_result(connection, sent, rows, result, first == NULL ? &first : NULL))
            rows->func = NULL;
        PQclear(result);
    }
    if (first == NULL && mig_pg_is_lost(connection))
        mig_pg_error_set_result(&first, connection, NULL, sent->sql);
    if (first == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&first));
    return false;
}

static bool
run_simple(MigConnection *connection, Sent *sent, Rows *rows, GError **error)
{
    if (!mig_pg_start(connection, error))
        return false;
    if (PQsendQuery(connection->pg, sent->sql) != 1) {
        mig_pg_error_set_result(error, connection, NULL, sent->sql);
        return false;
    }
    (void)PQsetSingleRowMode(connection->pg);
    return finish(connection, sent, rows, error);
}

bool
mig_pg_simple(MigConnection *connection, const char *sql, MigRowFunc row, gpointer data,
              GError **error)
{
    Sent sent = {.sql = sql};
    g_auto(Rows) rows = {.func = row, .data = data};

    return run_simple(connection, &sent, &rows, error);
}

/* The protocol ends a statement at its first NUL: the rest would be dropped without a word. */
static bool
check_nul(const char *sql, size_t length, GError **error)
{
    const char *nul = memchr(sql, '\0', length);

    if (nul == NULL)
        return true;
    const MigSqlError said = {.class = MIG_SQL_SYNTAX,
                              .code = (char *)"42601",
                              .message = (char *)"the statement has a NUL byte in it",
                              .offset = nul - sql};
    mig_error_set_sql(error, MIG_ERROR_SQL, &said);
    return false;
}

bool
mig_pg_query_plain(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
                   GError **error)
{
    Sent sent = {.sql = call->sql};
    g_auto(Rows) rows = {.func = row, .data = data};

    if (!mig_pg_start(connection, error))
        return false;
    /* The extended protocol takes one statement only, so that text of a user can't end with more. */
    if (PQsendQueryParams(connection->pg, call->sql, (int)call->n_params, NULL, call->params, NULL,
                          NULL, 0) != 1) {
        mig_pg_error_set_result(error, connection, NULL, call->sql);
        return false;
    }
    (void)PQsetSingleRowMode(connection->pg);
    return finish(connection, &sent, &rows, error);
}

bool
mig_pg_exec(MigConnection *connection, const char *sql, size_t length, GError **error)
{
    if (!check_nul(sql, length, error) || !mig_pg_prepare(connection, sql, error))
        return false;
    /* A text of several statements could end our read-only transaction and go on. */
    if (connection->read_only != PG_READ_ONLY_OFF) {
        const MigCall call = {.sql = sql};
        return mig_pg_query_plain(connection, &call, NULL, NULL, error);
    }
    return mig_pg_simple(connection, sql, NULL, NULL, error);
}

bool
mig_pg_copy(MigConnection *connection, const char *sql, size_t length, const char *data,
            size_t data_length, GError **error)
{
    Sent sent = {.sql = sql, .data = data != NULL ? data : "", .data_length = data_length};
    g_auto(Rows) rows = {.func = NULL};

    if (!check_nul(sql, length, error) || !mig_pg_prepare(connection, sql, error))
        return false;
    if (!run_simple(connection, &sent, &rows, error))
        return false;
    if (!sent.data_sent && data_length > 0) {
        mig_pg_error_set(error, MIG_SQL_OTHER, NULL,
                         "the statement has data below it, but did not read any");
        return false;
    }
    return true;
}

bool
mig_pg_query(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
             GError **error)
{
    return mig_pg_prepare(connection, call->sql, error) &&
           mig_pg_query_plain(connection, call, row, data, error);
}

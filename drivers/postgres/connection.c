/* SPDX-License-Identifier: MIT */
/* Opening and closing a connection, by all the means that libpq has. */
#include "postgres.h"

#include <string.h>

/* Nothing of a server's notices goes to our standard error. */
static void
drop_notice(G_GNUC_UNUSED void *data, G_GNUC_UNUSED const PGresult *notice)
{
}

static const char *
shown(const char *text)
{
    return text != NULL && *text != '\0' ? text : "?";
}

/*
 * Later keywords stand above earlier ones and above what the URL says, so the order is: what the
 * URL may override, the URL, what it may not.
 * Manual: PostgreSQL 15, "Database Connection Control Functions", PQconnectdbParams.
 */
static PGconn *
connect_to(const char *url, const MigOpenOptions *options)
{
    g_autofree char *timeout = NULL;
    const char *keywords[8] = {NULL};
    const char *values[8] = {NULL};
    size_t n = 0;

    if (options->application != NULL) {
        keywords[n] = "fallback_application_name";
        values[n++] = options->application;
    }
    keywords[n] = "dbname";
    values[n++] = url;
    keywords[n] = "client_encoding";
    values[n++] = "UTF8";
    if (options->password != NULL) {
        keywords[n] = "password";
        values[n++] = options->password;
    }
    if (options->connect_timeout_ms > 0) {
        timeout = g_strdup_printf("%" G_GINT64_FORMAT, (options->connect_timeout_ms + 999) / 1000);
        keywords[n] = "connect_timeout";
        values[n++] = timeout;
    }
    return PQconnectdbParams(keywords, values, 1);
}

/* libpq writes a hint, or the next host's failure, on a line of its own. */
static char *
indent_lines(const char *text)
{
    GString *out = g_string_new(text);

    g_string_replace(out, "\n\t", "\n", 0);
    g_string_replace(out, "\n", "\n  ", 0);
    return g_string_free(out, FALSE);
}

static bool
check_server(PGconn *pg, GError **error)
{
    if (PQstatus(pg) != CONNECTION_OK) {
        g_autofree char *raw = g_strstrip(g_utf8_make_valid(PQerrorMessage(pg), -1));
        g_autofree char *reason = indent_lines(raw);
        g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION,
                    "can't connect to the PostgreSQL database \"%s\" as \"%s\": %s",
                    shown(PQdb(pg)), shown(PQuser(pg)), reason);
        return false;
    }
    if (PQserverVersion(pg) < 100000) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the server is PostgreSQL %s; migrate needs version 10 or later",
                    shown(PQparameterStatus(pg, "server_version")));
        return false;
    }
    return true;
}

MigConnection *
mig_pg_open(const char *url, const MigOpenOptions *options, GError **error)
{
    if (!mig_pg_url_check(url, error))
        return NULL;

    PGconn *pg = connect_to(url, options);
    if (!check_server(pg, error)) {
        PQfinish(pg);
        return NULL;
    }
    PQsetNoticeReceiver(pg, drop_notice, NULL);

    MigConnection *connection = g_new0(MigConnection, 1);
    connection->pg = pg;
    connection->cancel = PQgetCancel(pg);
    connection->wanted = (PgLimits){PG_LIMIT_UNKNOWN, PG_LIMIT_UNKNOWN};
    connection->session = connection->wanted;
    connection->local = connection->wanted;
    connection->locks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    /* The server has said all of this while it let us in. */
    connection->server = (MigServer){
        .engine = MIG_ENGINE_POSTGRES,
        .version = PQserverVersion(pg),
        .version_text = g_strdup(shown(PQparameterStatus(pg, "server_version"))),
        .database = g_strdup(PQdb(pg)),
    };
    return connection;
}

void
mig_pg_close(MigConnection *connection)
{
    if (connection == NULL)
        return;

    if (connection->cancel != NULL)
        PQfreeCancel(connection->cancel);
    PQfinish(connection->pg);
    g_hash_table_unref(connection->locks);
    g_free(connection->default_schema);
    g_clear_pointer(&connection->relations, g_hash_table_unref);
    g_free(connection->relations_of);
    g_free(connection->server.version_text);
    g_free(connection->server.database);
    g_free(connection);
}

const MigServer *
mig_pg_server(MigConnection *connection)
{
    return &connection->server;
}

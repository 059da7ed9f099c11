/* SPDX-License-Identifier: MIT */
/* SQLSTATEs to MIG_ERROR, with the place in the statement in bytes. */
#include "postgres.h"

#include <string.h>

/* Manual: PostgreSQL 15, appendix A, "PostgreSQL Error Codes". A code of two characters stands for
 * its whole class. */
static const struct {
    const char *code;
    MigSqlClass class;
} classes[] = {
    {"42601", MIG_SQL_SYNTAX},           {"42P01", MIG_SQL_UNDEFINED_TABLE},
    {"3F000", MIG_SQL_UNDEFINED_TABLE},  {"3D000", MIG_SQL_UNDEFINED_TABLE},
    {"42P04", MIG_SQL_DUPLICATE_OBJECT}, {"42P06", MIG_SQL_DUPLICATE_OBJECT},
    {"42P07", MIG_SQL_DUPLICATE_OBJECT}, {"42701", MIG_SQL_DUPLICATE_OBJECT},
    {"42710", MIG_SQL_DUPLICATE_OBJECT}, {"42723", MIG_SQL_DUPLICATE_OBJECT},
    {"55P03", MIG_SQL_LOCK_TIMEOUT},     {"40P01", MIG_SQL_DEADLOCK},
    {"40001", MIG_SQL_SERIALIZATION},    {"57014", MIG_SQL_CANCELLED},
    {"08", MIG_SQL_CONNECTION_LOST},     {"57P", MIG_SQL_CONNECTION_LOST},
    {"25P03", MIG_SQL_CONNECTION_LOST},  {"25P04", MIG_SQL_CONNECTION_LOST},
    {"25006", MIG_SQL_READ_ONLY},        {"53100", MIG_SQL_DISK_FULL},
    {"42501", MIG_SQL_PRIVILEGE},        {"25001", MIG_SQL_IN_TRANSACTION},
};

bool
mig_pg_is_lost(MigConnection *connection)
{
    return PQstatus(connection->pg) != CONNECTION_OK;
}

void
mig_pg_error_set(GError **error, MigSqlClass class, const char *code, const char *message)
{
    const MigSqlError said = {
        .class = class, .code = (char *)code, .message = (char *)message, .offset = -1};
    mig_error_set_sql(error, MIG_ERROR_SQL, &said);
}

/* The server counts characters, from 1, and we bytes, from 0. */
static int64_t
byte_offset(const char *position, const char *sql)
{
    if (position == NULL || sql == NULL)
        return -1;

    uint64_t left = 0;
    if (!g_ascii_string_to_unsigned(position, 10, 1, INT32_MAX, &left, NULL))
        return -1;

    const char *at = sql;
    for (left--; left > 0 && *at != '\0'; left--) {
        at++;
        while (((unsigned char)*at & 0xC0) == 0x80)
            at++;
    }
    return left == 0 ? at - sql : -1;
}

/*
 * The server has one code for a time-out, for our cancel and for an administrator's, and the text
 * is in the server's language. So what we did and the clock come first, and the text only serves
 * where a migration has set a time-out that we don't know of.
 */
static MigSqlClass
tell_cancelled(MigConnection *connection, const char *message)
{
    if (g_atomic_int_get(&connection->cancelled) != 0)
        return MIG_SQL_CANCELLED;
    if (strstr(message, "statement timeout") != NULL)
        return MIG_SQL_STATEMENT_TIMEOUT;
    if (strstr(message, "user request") != NULL)
        return MIG_SQL_CANCELLED;

    int64_t elapsed_ms = (g_get_monotonic_time() - connection->started_us) / 1000;
    if (connection->limit_ms > 0 && elapsed_ms + 1 >= connection->limit_ms)
        return MIG_SQL_STATEMENT_TIMEOUT;
    return MIG_SQL_CANCELLED;
}

static MigSqlClass
classify(MigConnection *connection, const PGresult *result, const char *code, const char *message)
{
    /* After an error of this severity the server ends the session, whatever its code. */
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (mig_pg_is_lost(connection) || g_strcmp0(severity, "FATAL") == 0 ||
        g_strcmp0(severity, "PANIC") == 0)
        return MIG_SQL_CONNECTION_LOST;

    for (size_t i = 0; code != NULL && i < G_N_ELEMENTS(classes); i++) {
        if (!g_str_has_prefix(code, classes[i].code))
            continue;
        if (classes[i].class == MIG_SQL_CANCELLED)
            return tell_cancelled(connection, message);
        return classes[i].class;
    }
    return MIG_SQL_OTHER;
}

/* Where in a function or in COPY's data it happened is worth as much as the detail. */
static char *
join_detail(const PGresult *result)
{
    const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);

    if (detail != NULL && context != NULL)
        return g_strdup_printf("%s\n%s", detail, context);
    return g_strdup(detail != NULL ? detail : context);
}

void
mig_pg_error_set_result(GError **error, MigConnection *connection, const PGresult *result,
                        const char *sql)
{
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    g_autofree char *detail = join_detail(result);
    g_autofree char *message = g_strdup(primary);

    /* What libpq finds out by itself, a lost connection mostly, has no fields, and its guesses at
     * the cause on further lines. */
    if (message == NULL) {
        const char *text =
            result != NULL ? PQresultErrorMessage(result) : PQerrorMessage(connection->pg);
        message = g_strstrip(g_strndup(text, strcspn(text, "\n")));
    }
    if (*message == '\0') {
        g_free(message);
        message = g_strdup("the server gave no reason");
    }

    MigSqlError said = {
        .class = classify(connection, result, code, message),
        .code = (char *)code,
        .message = message,
        .detail = detail,
        .hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT),
        .offset = byte_offset(PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION), sql),
    };
    bool lost = said.class == MIG_SQL_CONNECTION_LOST;
    g_autofree char *explained =
        lost ? g_strdup_printf("lost the connection to PostgreSQL: %s", message) : NULL;
    if (lost)
        said.message = explained;
    mig_error_set_sql(error, lost ? MIG_ERROR_CONNECTION : MIG_ERROR_SQL, &said);
}

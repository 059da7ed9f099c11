/* SPDX-License-Identifier: MIT */
/* Error numbers to MIG_ERROR, and the place of a syntax error from the message's text. */
#include "mysql_driver.h"

#include <errmsg.h>
#include <string.h>

/* Manual: MySQL 8.4, "MySQL Error Message Reference"; MariaDB, "MariaDB Error Code Reference". The
 * numbers are the same in both where both have them. */
static const struct {
    unsigned number;
    MigSqlClass class;
} classes[] = {
    {1064, MIG_SQL_SYNTAX},
    {1149, MIG_SQL_SYNTAX},
    {1049, MIG_SQL_UNDEFINED_TABLE},
    {1051, MIG_SQL_UNDEFINED_TABLE},
    {1109, MIG_SQL_UNDEFINED_TABLE},
    {1146, MIG_SQL_UNDEFINED_TABLE},
    {1007, MIG_SQL_DUPLICATE_OBJECT},
    {1022, MIG_SQL_DUPLICATE_OBJECT},
    {1050, MIG_SQL_DUPLICATE_OBJECT},
    {1060, MIG_SQL_DUPLICATE_OBJECT},
    {1061, MIG_SQL_DUPLICATE_OBJECT},
    {1068, MIG_SQL_DUPLICATE_OBJECT},
    {1304, MIG_SQL_DUPLICATE_OBJECT},
    {1359, MIG_SQL_DUPLICATE_OBJECT},
    {1537, MIG_SQL_DUPLICATE_OBJECT},
    {1826, MIG_SQL_DUPLICATE_OBJECT},
    {3822, MIG_SQL_DUPLICATE_OBJECT},
    {1205, MIG_SQL_LOCK_TIMEOUT},
    {3572, MIG_SQL_LOCK_TIMEOUT},
    {1213, MIG_SQL_DEADLOCK},
    {1614, MIG_SQL_DEADLOCK},
    {3058, MIG_SQL_DEADLOCK},
    {1020, MIG_SQL_SERIALIZATION},
    {1969, MIG_SQL_STATEMENT_TIMEOUT},
    {3024, MIG_SQL_STATEMENT_TIMEOUT},
    {1028, MIG_SQL_CANCELLED}, /* a sort that was */
    {1317, MIG_SQL_CANCELLED},
    {1053, MIG_SQL_CONNECTION_LOST},
    {1152, MIG_SQL_CONNECTION_LOST},
    {1184, MIG_SQL_CONNECTION_LOST},
    {1927, MIG_SQL_CONNECTION_LOST},
    {3169, MIG_SQL_CONNECTION_LOST},
    {4031, MIG_SQL_CONNECTION_LOST},
    {CR_SERVER_GONE_ERROR, MIG_SQL_CONNECTION_LOST},
    {CR_SERVER_LOST, MIG_SQL_CONNECTION_LOST},
    {2055, MIG_SQL_CONNECTION_LOST}, /* CR_SERVER_LOST_EXTENDED */
    {1792, MIG_SQL_READ_ONLY},
    {1836, MIG_SQL_READ_ONLY},
    {3, MIG_SQL_DISK_FULL},
    {1021, MIG_SQL_DISK_FULL},
    {1114, MIG_SQL_DISK_FULL},
    {1044, MIG_SQL_PRIVILEGE},
    {1045, MIG_SQL_PRIVILEGE},
    {1142, MIG_SQL_PRIVILEGE},
    {1143, MIG_SQL_PRIVILEGE},
    {1227, MIG_SQL_PRIVILEGE},
    {1370, MIG_SQL_PRIVILEGE},
    {1410, MIG_SQL_PRIVILEGE},
    {1419, MIG_SQL_PRIVILEGE},
    {1568, MIG_SQL_IN_TRANSACTION},
    {1179, MIG_SQL_IN_TRANSACTION},
};

MigSqlClass
mig_my_error_class(unsigned number, const char *message)
{
    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
        if (classes[i].number == number)
            return classes[i].class;
    }
    /* "running with the --read-only option"; the number serves other options, too. */
    if (number == 1290 && strstr(message, "read-only") != NULL)
        return MIG_SQL_READ_ONLY;
    /* "Got error 28 from storage engine": ENOSPC. */
    if ((number == 1030 || number == 1026) && strstr(message, "28") != NULL)
        return MIG_SQL_DISK_FULL;
    return MIG_SQL_OTHER;
}

static const char *
find_line(const char *sql, size_t length, unsigned line)
{
    const char *at = sql;

    for (; line > 1; line--) {
        const char *newline = memchr(at, '\n', length - (size_t)(at - sql));
        if (newline == NULL)
            return sql;
        at = newline + 1;
    }
    return at;
}

/*
 * "... near '<the text from there on, cut at some 80 bytes>' at line N", in the server's language:
 * what is common to all is the quotation, and the number behind it. Where the text was not cut, it
 * is the statement's end; otherwise it is looked for from that line on.
 */
static int64_t
find_near(const char *message, const char *sql, size_t length)
{
    const char *first = strchr(message, '\'');
    const char *last = strrchr(message, '\'');

    if (sql == NULL || first == NULL || first == last)
        return -1;

    size_t near_length = (size_t)(last - first) - 1;
    const char *digits = last + 1 + strcspn(last + 1, "0123456789");
    unsigned line = (unsigned)MIN(g_ascii_strtoull(digits, NULL, 10), G_MAXUINT);
    const char *from = find_line(sql, length, line);

    if (near_length == 0)
        return (int64_t)length;
    if (near_length <= length && memcmp(sql + length - near_length, first + 1, near_length) == 0)
        return (int64_t)(length - near_length);

    /* The cut may go through a character, and what is left of it was replaced. */
    g_autofree char *text = g_strndup(first + 1, near_length);
    if (near_length > 76)
        text[76] = '\0';
    const char *found = strstr(from, text);
    if (found == NULL)
        found = strstr(sql, text);
    return found != NULL ? found - sql : -1;
}

void
mig_my_error_set(GError **error, MigConnection *connection, unsigned number, const char *state,
                 const char *message, const char *sql, size_t length)
{
    g_autofree char *code = g_strdup_printf("%u (%s)", number, state);
    g_autofree char *explained = NULL;
    MigSqlError said = {
        .class = mig_my_error_class(number, message),
        .code = code,
        .message = (char *)message,
        .offset = number == 1064 ? find_near(message, sql, length) : -1,
    };
    bool lost = said.class == MIG_SQL_CONNECTION_LOST;

    if (lost) {
        connection->lost = true;
        explained = g_strdup_printf("lost the connection to the server: %s", message);
        said.message = explained;
    }
    mig_error_set_sql(error, lost ? MIG_ERROR_CONNECTION : MIG_ERROR_SQL, &said);
}

bool
mig_my_check(MigConnection *connection, GError **error)
{
    if (connection->lost) {
        mig_my_error_set(error, connection, CR_SERVER_GONE_ERROR, "HY000", "it is gone", NULL, 0);
        return false;
    }
    return true;
}

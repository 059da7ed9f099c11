/* SPDX-License-Identifier: MIT */
/* The live schema, how big its tables are, and how fast rows are read and written. */
#include "sqlite.h"

#include <string.h>

/* How many rows at each end of a table tell how long its rows are. */
#define SAMPLE 100

/* Speed is tried out with so many rows of so many bytes. */
#define SPEED_ROWS 20000
#define SPEED_ROW_BYTES 200

typedef struct {
    MigSchemaFunc statement;
    gpointer data;
} Telling;

static bool
tell_statement(const MigRow *row, gpointer data)
{
    const Telling *telling = data;

    telling->statement(row->values[0], telling->data);
    return true;
}

bool
lite_schema(MigConnection *connection, MigSchemaFunc statement, gpointer data, GError **error)
{
    Telling telling = {statement, data};
    /* A virtual table makes its shadows itself; before 3.37 nothing tells them from others. */
    const char *shadows = sqlite3_libversion_number() >= 3037000
                              ? " AND name NOT IN (SELECT name FROM pragma_table_list"
                                " WHERE schema = 'main' AND type = 'shadow')"
                              : "";
    g_autofree char *sql =
        g_strdup_printf("SELECT sql FROM main.sqlite_master WHERE sql IS NOT NULL"
                        " AND name NOT LIKE 'sqlite\\_%%' ESCAPE '\\'%s"
                        " ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'view'"
                        " THEN 3 ELSE 4 END, rowid",
                        shadows);

    /* In the order in which they were made, but what is made of tables comes after all of them. */
    return lite_run(connection, sql, tell_statement, &telling, error);
}

static bool
collect_name(const MigRow *row, gpointer data)
{
    g_ptr_array_add(data, g_strdup(row->values[0]));
    return true;
}

/* A value that isn't there, or isn't a number, is -1. */
static int64_t
ask_number(MigConnection *connection, const char *sql)
{
    g_autofree char *value = lite_value(connection, sql);

    return value != NULL ? (int64_t)g_ascii_strtod(value, NULL) : -1;
}

static char *
quote(const char *name)
{
    char *quoted = sqlite3_mprintf("\"%w\"", name);
    char *copy = g_strdup(quoted);

    sqlite3_free(quoted);
    return copy;
}

/* The greatest rowid is found at once, and is how many rows there are where none was deleted. */
static int64_t
count_rows(MigConnection *connection, const char *table, const char *quoted)
{
    char *statistics = sqlite3_mprintf("SELECT CAST(stat AS integer) FROM main.sqlite_stat1"
                                       " WHERE tbl = %Q ORDER BY idx IS NULL DESC LIMIT 1",
                                       table);
    int64_t rows = ask_number(connection, statistics);
    g_autofree char *greatest = g_strdup_printf("SELECT max(rowid) FROM main.%s", quoted);
    int64_t last = ask_number(connection, greatest);

    sqlite3_free(statistics);
    if (last < 0) {
        /* WITHOUT ROWID, or empty: a short look tells small tables from others. */
        g_autofree char *some =
            g_strdup_printf("SELECT count(*) FROM (SELECT 1 FROM main.%s LIMIT 20001)", quoted);
        int64_t counted = ask_number(connection, some);
        return counted <= 20000 ? counted : MAX(rows, counted);
    }
    return rows >= 0 && rows < last ? MAX(rows, MIN(last, rows * 2)) : last;
}

static bool
append_length(const MigRow *row, gpointer data)
{
    g_autofree char *column = quote(row->values[0]);

    /* A character of text may take several bytes; a number takes at most 8. */
    g_string_append_printf(data, " + coalesce(length(CAST(%s AS blob)), 0)", column);
    return true;
}

/* Bytes of a row, from the first and the last of them; -1: not known. */
static int64_t
sample_row(MigConnection *connection, const char *table, const char *quoted)
{
    g_autoptr(GString) lengths = g_string_new("2");
    const char *const params[] = {table};
    const MigCall columns = {"SELECT name FROM pragma_table_info($1, 'main')", params, 1};

    if (!lite_call(connection, &columns, append_length, lengths, NULL))
        return -1;
    g_autofree char *sql = g_strdup_printf("SELECT avg(l) FROM (SELECT %s AS l FROM main.%s LIMIT"
                                           " %d)",
                                           lengths->str, quoted, SAMPLE);
    return ask_number(connection, sql);
}

static void
tell_size(MigConnection *connection, const char *table, MigSizeFunc size, gpointer data)
{
    g_autofree char *quoted = quote(table);
    MigSize found = {.schema = "main", .name = table, .index_bytes = -1};
    char *indexes = sqlite3_mprintf("SELECT count(*) FROM pragma_index_list(%Q, 'main')", table);
    int64_t n_indexes = ask_number(connection, indexes);

    sqlite3_free(indexes);
    found.rows = count_rows(connection, table, quoted);
    int64_t row = found.rows > 0 ? sample_row(connection, table, quoted) : 0;
    found.bytes = found.rows >= 0 && row >= 0 ? found.rows * (row + 6) : -1;
    /* An index has a column and a rowid: a quarter of its table is what is common. */
    if (found.bytes >= 0)
        found.index_bytes = found.bytes / 4 * MAX(n_indexes, 0);
    size(&found, data);
}

bool
lite_sizes(MigConnection *connection, MigSizeFunc size, gpointer data, GError **error)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);

    if (!lite_run(connection,
                  "SELECT name FROM main.sqlite_master WHERE type = 'table'"
                  " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND rootpage > 0",
                  collect_name, tables, error))
        return false;
    for (guint i = 0; i < tables->len; i++)
        tell_size(connection, g_ptr_array_index(tables, i), size, data);
    return true;
}

bool
lite_speed(MigConnection *connection, double *out_read, double *out_write, GError **error)
{
    g_autofree char *fill = g_strdup_printf(
        "INSERT INTO temp.migrate_speed WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
        " FROM n WHERE i < %d) SELECT i, zeroblob(%d) FROM n",
        SPEED_ROWS, SPEED_ROW_BYTES);
    int64_t bytes = (int64_t)SPEED_ROWS * SPEED_ROW_BYTES;

    if (!lite_run(connection,
                  "CREATE TEMP TABLE IF NOT EXISTS migrate_speed (i integer PRIMARY KEY, b blob)",
                  NULL, NULL, error))
        return false;
    int64_t begun = g_get_monotonic_time();
    bool done = lite_run(connection, fill, NULL, NULL, error);
    int64_t filled = g_get_monotonic_time();
    if (done)
        done = lite_run(connection, "SELECT sum(length(b)), max(i) FROM temp.migrate_speed", NULL,
                        NULL, error);
    int64_t read = g_get_monotonic_time();

    /* What is temporary goes with the connection at the latest. */
    lite_run(connection, "DROP TABLE temp.migrate_speed", NULL, NULL, NULL);
    if (!done)
        return false;
    *out_write = (double)bytes * 1000 / (double)MAX(filled - begun, 1);
    *out_read = (double)bytes * 1000 / (double)MAX(read - filled, 1);
    return true;
}

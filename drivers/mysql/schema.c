/* SPDX-License-Identifier: MIT */
/* The live schema, how big its tables are, and how fast rows are read and written. */
#include "mysql_driver.h"

#include <string.h>

/* Ten of anything, to be multiplied with itself: recursion came with MySQL 8.0 only. */
#define TEN                                                                                       \
    "(SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 1 UNION" \
    " ALL SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 1)"

#define SPEED_ROWS 10000
#define SPEED_ROW_BYTES 400

/* What there is of a kind, and the column in which SHOW CREATE has its SQL. */
typedef struct {
    const char *list;
    const char *word;
    size_t column;
} Kind;

static const Kind kinds[] = {
    {"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
     " AND TABLE_TYPE NOT IN ('VIEW', 'SYSTEM VIEW', 'SEQUENCE') ORDER BY TABLE_NAME",
     "TABLE", 1},
    {"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
     " AND TABLE_TYPE = 'VIEW' ORDER BY TABLE_NAME",
     "VIEW", 1},
    {"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
     " AND ROUTINE_TYPE = 'PROCEDURE' ORDER BY ROUTINE_NAME",
     "PROCEDURE", 2},
    {"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
     " AND ROUTINE_TYPE = 'FUNCTION' ORDER BY ROUTINE_NAME",
     "FUNCTION", 2},
    {"SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
     " ORDER BY EVENT_OBJECT_TABLE, ACTION_ORDER",
     "TRIGGER", 2},
};

typedef struct {
    MigSchemaFunc statement;
    gpointer data;
    size_t column;
} Telling;

static bool
collect_name(const MigRow *row, gpointer data)
{
    g_ptr_array_add(data, g_strdup(row->values[0]));
    return true;
}

static bool
tell_statement(const MigRow *row, gpointer data)
{
    const Telling *telling = data;

    /* NULL: the privileges don't suffice to see a routine's body. */
    if (telling->column < row->n_columns && row->values[telling->column] != NULL)
        telling->statement(row->values[telling->column], telling->data);
    return true;
}

static bool
ask(MigConnection *connection, const char *sql, MigRowFunc row, gpointer data, GError **error)
{
    return mig_my_run(connection, sql, strlen(sql), row, data, error);
}

static bool
tell_kind(MigConnection *connection, const Kind *kind, MigSchemaFunc statement, gpointer data,
          GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    Telling telling = {statement, data, kind->column};

    if (!ask(connection, kind->list, collect_name, names, error))
        return false;
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *quoted = mig_my_quote(connection, g_ptr_array_index(names, i));
        g_autofree char *show = g_strdup_printf("SHOW CREATE %s %s", kind->word, quoted);
        g_autoptr(GError) failure = NULL;

        /* One that was dropped meanwhile, or a view over what is gone, is no reason to stop. */
        if (!ask(connection, show, tell_statement, &telling, &failure) &&
            !g_error_matches(failure, MIG_ERROR, MIG_ERROR_SQL)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
    }
    return true;
}

bool
mig_my_schema(MigConnection *connection, MigSchemaFunc statement, gpointer data, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (!tell_kind(connection, &kinds[i], statement, data, error))
            return false;
    }
    return true;
}

typedef struct {
    MigSizeFunc size;
    gpointer data;
} Sizing;

static int64_t
number(const char *text)
{
    return text != NULL ? g_ascii_strtoll(text, NULL, 10) : -1;
}

static bool
tell_size(const MigRow *row, gpointer data)
{
    const Sizing *sizing = data;
    const MigSize size = {
        .schema = row->values[0],
        .name = row->values[1],
        .rows = number(row->values[2]),
        .bytes = number(row->values[3]),
        .index_bytes = number(row->values[4]),
    };

    sizing->size(&size, sizing->data);
    return true;
}

bool
mig_my_sizes(MigConnection *connection, MigSizeFunc size, gpointer data, GError **error)
{
    Sizing sizing = {size, data};

    return ask(connection,
               "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS, DATA_LENGTH, INDEX_LENGTH FROM"
               " information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
               " AND TABLE_TYPE NOT IN ('VIEW', 'SYSTEM VIEW')",
               tell_size, &sizing, error);
}

bool
mig_my_speed(MigConnection *connection, double *out_read, double *out_write, GError **error)
{
    g_autofree char *fill =
        g_strdup_printf("INSERT INTO migrate_speed (b) SELECT repeat('x', %d) FROM " TEN " a, " TEN
                        " b, " TEN " c, " TEN " d",
                        SPEED_ROW_BYTES);
    double bytes = (double)SPEED_ROWS * SPEED_ROW_BYTES;

    if (!ask(connection,
             "CREATE TEMPORARY TABLE migrate_speed (i INT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
             " b VARBINARY(1000)) ENGINE=InnoDB",
             NULL, NULL, error))
        return false;
    int64_t begun = g_get_monotonic_time();
    bool done = ask(connection, fill, NULL, NULL, error);
    int64_t filled = g_get_monotonic_time();
    if (done)
        done = ask(connection, "SELECT sum(length(b)) FROM migrate_speed", NULL, NULL, error);
    int64_t read = g_get_monotonic_time();

    ask(connection, "DROP TEMPORARY TABLE migrate_speed", NULL, NULL, NULL);
    if (!done)
        return false;
    *out_write = bytes * 1000 / (double)MAX(filled - begun, 1);
    *out_read = bytes * 1000 / (double)MAX(read - filled, 1);
    return true;
}

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

/* So many views may stand on each other. */
#define MAX_DEPTH 200

/* What there is of a kind, and the column in which SHOW CREATE has its SQL. */
typedef struct {
    const char *list;
    const char *word;
    size_t column;
} Kind;

/* A view may call functions, and a trigger needs its table; what routines name is looked for later. */
static const Kind kinds[] = {
    {"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
     " AND TABLE_TYPE = 'SEQUENCE' ORDER BY TABLE_NAME",
     "SEQUENCE", 1},
    {"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
     " AND TABLE_TYPE NOT IN ('VIEW', 'SYSTEM VIEW', 'SEQUENCE') ORDER BY TABLE_NAME",
     "TABLE", 1},
    {"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
     " AND ROUTINE_TYPE = 'FUNCTION' ORDER BY ROUTINE_NAME",
     "FUNCTION", 2},
    {"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
     " AND ROUTINE_TYPE = 'PROCEDURE' ORDER BY ROUTINE_NAME",
     "PROCEDURE", 2},
    {"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
     " AND TABLE_TYPE = 'VIEW' ORDER BY TABLE_NAME",
     "VIEW", 1},
    {"SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
     " ORDER BY EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_ORDER",
     "TRIGGER", 2},
    {"SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"
     " ORDER BY EVENT_NAME",
     "EVENT", 3},
};

/* One of a kind, and what SHOW CREATE says of it. */
typedef struct {
    char *name;
    char *sql; /* NULL: it is gone, or the privileges don't suffice to see it */
    bool told;
} Made;

typedef struct {
    Made *made;
    size_t column;
} Showing;

typedef struct {
    MigSchemaFunc statement;
    gpointer data;
    bool sorted;
} Telling;

static void
free_made(gpointer data)
{
    Made *made = data;

    g_free(made->name);
    g_free(made->sql);
    g_free(made);
}

static bool
collect_name(const MigRow *row, gpointer data)
{
    Made *made = g_new0(Made, 1);

    made->name = g_strdup(row->values[0]);
    g_ptr_array_add(data, made);
    return true;
}

static bool
note_sql(const MigRow *row, gpointer data)
{
    const Showing *showing = data;

    if (showing->column < row->n_columns)
        showing->made->sql = g_strdup(row->values[showing->column]);
    return true;
}

static bool
ask(MigConnection *connection, const char *sql, MigRowFunc row, gpointer data, GError **error)
{
    return mig_my_run(connection, sql, strlen(sql), row, data, error);
}

/* What was dropped meanwhile, is not ours to see, or is a view over what is gone, is left out; what
 * somebody keeps locked is there. */
static bool
is_left_out(const GError *failure)
{
    MigSqlClass class = mig_error_sql_class(failure);

    return g_error_matches(failure, MIG_ERROR, MIG_ERROR_SQL) &&
           (class == MIG_SQL_OTHER || class == MIG_SQL_UNDEFINED_TABLE ||
            class == MIG_SQL_PRIVILEGE);
}

static bool
show_all(MigConnection *connection, const Kind *kind, const GPtrArray *all, GError **error)
{
    for (guint i = 0; i < all->len; i++) {
        Showing showing = {g_ptr_array_index(all, i), kind->column};
        g_autofree char *quoted = mig_my_quote(connection, showing.made->name);
        g_autofree char *show = g_strdup_printf("SHOW CREATE %s %s", kind->word, quoted);
        g_autoptr(GError) failure = NULL;

        if (!ask(connection, show, note_sql, &showing, &failure) && !is_left_out(failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
    }
    return true;
}

/* What a view reads is told before it. The server writes every name in backquotes, so that a name
 * that stands in the text is looked at, whatever it is the name of. */
static void
tell_one(MigConnection *connection, const GPtrArray *all, Made *made, const Telling *telling,
         unsigned depth)
{
    if (made->told || made->sql == NULL || depth > MAX_DEPTH)
        return;
    made->told = true;
    for (guint i = 0; telling->sorted && i < all->len; i++) {
        Made *other = g_ptr_array_index(all, i);
        g_autofree char *quoted = mig_my_quote(connection, other->name);

        if (!other->told && strstr(made->sql, quoted) != NULL)
            tell_one(connection, all, other, telling, depth + 1);
    }
    telling->statement(made->sql, telling->data);
}

static bool
tell_kind(MigConnection *connection, const Kind *kind, MigSchemaFunc statement, gpointer data,
          GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_made);
    const Telling telling = {statement, data, strcmp(kind->word, "VIEW") == 0};

    if (!ask(connection, kind->list, collect_name, all, error) ||
        !show_all(connection, kind, all, error))
        return false;
    for (guint i = 0; i < all->len; i++)
        tell_one(connection, all, g_ptr_array_index(all, i), &telling, 0);
    return true;
}

bool
mig_my_schema(MigConnection *connection, MigSchemaFunc statement, gpointer data, GError **error)
{
    /* Tables come by name, and may refer to those that come later. */
    statement("SET foreign_key_checks = 0", data);
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

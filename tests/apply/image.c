/* SPDX-License-Identifier: MIT */
/* What is in a database, put into others: making a new database takes longer than most tests. */
#include "apply/image.h"

#include <string.h>

/* One statement that makes a MySQL table, and one that fills it. */
typedef struct {
    char *name;   /* (owned) */
    char *create; /* (owned) what SHOW CREATE TABLE says, but for the counter */
    char *fill;   /* (owned) */
} Table;

struct MigImage {
    char *bytes; /* (owned) SQLite's file, or PostgreSQL's script; NULL for MySQL */
    gsize length;
    GPtrArray *tables; /* (owned) Table; NULL but for MySQL */
};

static void
free_table(gpointer data)
{
    Table *table = data;

    g_free(table->name);
    g_free(table->create);
    g_free(table->fill);
    g_free(table);
}

static void
exec(MigTarget *target, const char *sql)
{
    g_autoptr(GError) error = NULL;

    mig_target_exec_text(target, sql, &error);
    g_assert_no_error(error);
}

static void
query(MigTarget *target, const char *sql, MigRowFunc row, gpointer data)
{
    const MigCall call = {.sql = sql};
    g_autoptr(GError) error = NULL;

    mig_target_query(target, &call, row, data, &error);
    g_assert_no_error(error);
}

static char *
sqlite_path(const MigTestDatabase *database)
{
    return g_strdup(strchr(database->url, ':') + 1);
}

static bool
add_text(const MigRow *row, gpointer data)
{
    g_ptr_array_add(data, g_strdup(row->values[0]));
    return true;
}

/* pg_dump refuses servers that are newer than it is. These rows are statements that make the tables,
 * their constraints and their other indexes. */
#define POSTGRES_COLUMNS                                                                        \
    "SELECT format('CREATE TABLE public.%I (%s);', c.relname, string_agg("                      \
    "format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),"                      \
    " CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END,"            \
    " CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), ', ' ORDER BY a.attnum))"           \
    " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT" \
    " a.attisdropped WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"         \
    " GROUP BY c.oid, c.relname"
#define POSTGRES_CONSTRAINTS                                                              \
    "SELECT format('ALTER TABLE public.%I ADD CONSTRAINT %I %s;', r.relname, c.conname,"  \
    " pg_get_constraintdef(c.oid)) FROM pg_constraint AS c JOIN pg_class AS r ON r.oid =" \
    " c.conrelid WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'c')"
#define POSTGRES_INDEXES                                                                   \
    "SELECT pg_get_indexdef(i.indexrelid) || ';' FROM pg_index AS i JOIN pg_class AS r ON" \
    " r.oid = i.indrelid WHERE r.relnamespace = 'public'::regnamespace AND NOT EXISTS"     \
    " (SELECT 1 FROM pg_constraint AS c WHERE c.conindid = i.indexrelid)"
/* These are queries for such rows: what fills a table, and what its counter goes on with. */
#define POSTGRES_ROWS                                                                            \
    "SELECT format('SELECT format(''INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM" \
    " json_populate_recordset(NULL::public.%I, %%L);'', coalesce(json_agg(t), ''[]''))"          \
    " FROM public.%I AS t', relname, relname, relname)"                                          \
    " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
#define POSTGRES_COUNTERS                                                                       \
    "SELECT format('SELECT format(''ALTER TABLE public.%I ALTER COLUMN %I RESTART WITH %%s;''," \
    " coalesce(max(%I), 0) + 1) FROM public.%I', c.relname, a.attname, a.attname, c.relname)"   \
    " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"                          \
    " WHERE c.relnamespace = 'public'::regnamespace AND a.attidentity <> ''"

static char *
make_script(MigTarget *target)
{
    static const char *const queries[] = {POSTGRES_ROWS, POSTGRES_COUNTERS};
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(lines, g_strdup("DROP SCHEMA public CASCADE; CREATE SCHEMA public;"));
    query(target, POSTGRES_COLUMNS, add_text, lines);
    query(target, POSTGRES_CONSTRAINTS, add_text, lines);
    query(target, POSTGRES_INDEXES, add_text, lines);
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autoptr(GPtrArray) each = g_ptr_array_new_with_free_func(g_free);
        query(target, queries[i], add_text, each);
        for (guint j = 0; j < each->len; j++)
            query(target, g_ptr_array_index(each, j), add_text, lines);
    }
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static GPtrArray *
list_tables(MigTarget *target)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    query(target,
          "SELECT table_name FROM information_schema.tables WHERE table_schema = database()",
          add_text, names);
    return names;
}

static bool
keep_create(const MigRow *row, gpointer data)
{
    char **create = data;

    *create = g_strdup(row->values[1]);
    return false;
}

static char *
show_create(MigTarget *target, const char *name)
{
    g_autofree char *sql = g_strdup_printf("SHOW CREATE TABLE `%s`", name);
    char *create = NULL;

    query(target, sql, keep_create, &create);
    char *counter = strstr(create, " AUTO_INCREMENT=");
    if (counter != NULL) {
        char *end = counter + strlen(" AUTO_INCREMENT=");
        end += strspn(end, "0123456789");
        memmove(counter, end, strlen(end) + 1);
    }
    return create;
}

static GPtrArray *
keep_tables(MigTarget *target)
{
    g_autoptr(GPtrArray) names = list_tables(target);
    GPtrArray *tables = g_ptr_array_new_with_free_func(free_table);
    const char *from = mig_target_server(target)->database;

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        Table *table = g_new0(Table, 1);
        table->name = g_strdup(name);
        table->create = show_create(target, name);
        table->fill = g_strdup_printf("INSERT INTO `%s` SELECT * FROM `%s`.`%s`", name, from, name);
        g_ptr_array_add(tables, table);
    }
    return tables;
}

MigImage *
mig_image_new(const MigTestDatabase *database, MigTarget *target)
{
    MigImage *image = g_new0(MigImage, 1);
    g_autoptr(GError) error = NULL;

    if (strcmp(database->engine, "sqlite") == 0) {
        g_autofree char *path = sqlite_path(database);
        g_file_get_contents(path, &image->bytes, &image->length, &error);
        g_assert_no_error(error);
    } else if (strcmp(database->engine, "postgres") == 0) {
        image->bytes = make_script(target);
    } else {
        image->tables = keep_tables(target);
    }
    return image;
}

void
mig_image_free(MigImage *image)
{
    if (image == NULL)
        return;

    g_free(image->bytes);
    g_clear_pointer(&image->tables, g_ptr_array_unref);
    g_free(image);
}

static const Table *
find_table(const MigImage *image, const char *name)
{
    for (guint i = 0; i < image->tables->len; i++) {
        const Table *table = g_ptr_array_index(image->tables, i);
        if (strcmp(table->name, name) == 0)
            return table;
    }
    return NULL;
}

/* A table that is as it was is emptied: to drop it and to make it again takes ten times as long. */
static void
restore_tables(const MigImage *image, MigTarget *target)
{
    g_autoptr(GPtrArray) names = list_tables(target);
    g_autoptr(GHashTable) kept = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        const Table *table = find_table(image, name);
        g_autofree char *create = show_create(target, name);
        bool same = table != NULL && strcmp(table->create, create) == 0;
        g_autofree char *sql =
            g_strdup_printf("%s `%s`", same ? "DELETE FROM" : "DROP TABLE", name);
        exec(target, sql);
        if (same)
            g_hash_table_add(kept, table->name);
    }
    for (guint i = 0; i < image->tables->len; i++) {
        const Table *table = g_ptr_array_index(image->tables, i);
        if (!g_hash_table_contains(kept, table->name))
            exec(target, table->create);
        exec(target, table->fill);
    }
}

void
mig_image_restore(const MigImage *image, const MigTestDatabase *database, MigTarget *target)
{
    if (image->tables != NULL) {
        restore_tables(image, target);
    } else if (strcmp(database->engine, "postgres") == 0) {
        exec(target, image->bytes);
    } else {
        g_autofree char *path = sqlite_path(database);
        g_autoptr(GError) error = NULL;
        g_file_set_contents(path, image->bytes, (gssize)image->length, &error);
        g_assert_no_error(error);
    }
}

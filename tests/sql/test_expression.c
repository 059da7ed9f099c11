/* SPDX-License-Identifier: MIT */
/* Which tables a query reads, and which columns an expression names. */
#include <migrate/change.h>

#include <string.h>

#define S MIG_ENGINE_SQLITE
#define M MIG_ENGINE_MYSQL
#define P MIG_ENGINE_POSTGRES

typedef struct {
    MigEngine engine;
    const char *sql;
    const char *tables; /* in the order they are found */
} TablesCase;

static const TablesCase tables_cases[] = {
    {S, "SELECT 1", ""},
    {S, "SELECT * FROM a, main.b LEFT JOIN c USING (x)", "a main.b c"},
    {S, "SELECT (SELECT 1 FROM a) FROM b WHERE x IN (SELECT y FROM c) AND EXISTS (SELECT 1 FROM d)",
     "a b c d"},
    {S, "SELECT * FROM a WHERE x IN b ORDER BY (SELECT 1 FROM c) LIMIT (SELECT 2 FROM d)",
     "a b c d"},
    {S,
     "SELECT * FROM (SELECT * FROM (SELECT * FROM a) AS x) AS y JOIN b ON y.i = (SELECT 1 FROM c)",
     "a b c"},
    {S, "SELECT 1 FROM a UNION SELECT 2 FROM b EXCEPT SELECT 3 FROM c", "a b c"},
    {S, "WITH x AS (SELECT * FROM a), y AS (SELECT * FROM x, b) SELECT * FROM y, c", "a b c"},
    {S, "WITH x(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x) SELECT * FROM X", ""},
    {S, "WITH x AS (SELECT 1) SELECT * FROM main.x", "main.x"},
    {S, "SELECT * FROM (WITH x AS (SELECT * FROM a) SELECT * FROM x) JOIN x", "a x"},
    {S,
     "SELECT sum(a) FILTER (WHERE b IN (SELECT c FROM d)) OVER (ORDER BY (SELECT 1 FROM e)) FROM f",
     "d e f"},
    {S, "SELECT CASE WHEN EXISTS (SELECT 1 FROM a) THEN CAST((SELECT 2 FROM b) AS INT) END", "a b"},
    {S, "VALUES ((SELECT 1 FROM a)), (2)", "a"},
    {S, "SELECT * FROM json_each((SELECT x FROM a)) AS j", "a"},
    {M, "WITH t AS (SELECT * FROM t) SELECT * FROM t", "t"},
    {M, "WITH RECURSIVE t AS (SELECT 1 UNION SELECT * FROM t) SELECT * FROM t", ""},
    {M, "SELECT * FROM a JOIN (b, c) ON a.x = b.x, LATERAL (SELECT * FROM d) AS e", "a b c d"},
    {M, "(SELECT * FROM a LIMIT 1) UNION (SELECT * FROM b ORDER BY 1 LIMIT 2) UNION TABLE c",
     "a b c"},
    {M, "SELECT x FROM a WHERE y = ANY (SELECT z FROM db.b) FOR UPDATE OF a", "a db.b"},
    {P, "WITH t AS (SELECT * FROM t) SELECT * FROM t", "t"},
    {P, "WITH x AS (DELETE FROM a USING b WHERE a.i = b.i RETURNING a.i) SELECT * FROM x, c",
     "b c"},
    {P, "SELECT * FROM a, LATERAL (SELECT * FROM s.b) AS x WHERE ARRAY(SELECT i FROM c) = '{}'",
     "a s.b c"},
};

static void
note_table(const MigName *name, gpointer data)
{
    GString *out = data;

    if (out->len > 0)
        g_string_append_c(out, ' ');
    if (name->schema != NULL)
        g_string_append_printf(out, "%s.", name->schema);
    g_string_append(out, name->name);
}

static void
check_tables(gconstpointer data)
{
    const TablesCase *one = data;
    g_autoptr(MigChanges) changes = mig_parse(one->sql, strlen(one->sql), one->engine, 0);
    g_autoptr(GString) found = g_string_new(NULL);

    g_assert_cmpstr(changes->message, ==, NULL);
    g_assert_cmpuint(changes->n_changes, >=, 1);
    const MigChange *select = &changes->changes[changes->n_changes - 1];
    g_assert_cmpint(select->kind, ==, MIG_CHANGE_SELECT);
    mig_query_tables(select->query, note_table, found);
    g_assert_cmpstr(found->str, ==, one->tables);
}

typedef struct {
    MigEngine engine;
    const char *where;
    const char *column;
    bool mentioned;
    const char *tables;
} MentionsCase;

static const MentionsCase mentions_cases[] = {
    {S, "a > 1", "a", true, ""},
    {S, "a > 1", "b", false, ""},
    {S, "t.\"A\" > 1", "a", true, ""},
    {S, "x = 'a'", "a", false, ""},
    {S, "a(1)", "a", false, ""},
    {S, "1 AND (2 OR NOT coalesce(3, CASE WHEN f(a) THEN 1 END) BETWEEN 1 AND 2)", "a", true, ""},
    {S, "x IN (1, a)", "a", true, ""},
    {S, "x IN (SELECT a FROM s)", "a", false, "s"},
    {M, "x + INTERVAL a DAY > now()", "a", true, ""},
    {M, "MATCH (a) AGAINST ('x')", "a", true, ""},
    {P, "x::text = a::text AND EXISTS (SELECT 1 FROM s, r)", "a", true, "s r"},
};

static void
check_mentions(gconstpointer data)
{
    const MentionsCase *one = data;
    g_autofree char *sql = g_strconcat("DELETE FROM t WHERE ", one->where, NULL);
    g_autoptr(MigChanges) changes = mig_parse(sql, strlen(sql), one->engine, 0);
    g_autoptr(GString) found = g_string_new(NULL);

    g_assert_cmpstr(changes->message, ==, NULL);
    g_assert_cmpuint(changes->n_changes, ==, 1);
    const MigExpr *where = changes->changes[0].expr;
    g_assert_cmpint(mig_expr_mentions(where, one->column), ==, one->mentioned);
    mig_expr_tables(where, note_table, found);
    g_assert_cmpstr(found->str, ==, one->tables);
}

static bool
count_node(const MigExpr *expr, gpointer data)
{
    unsigned *n = data;

    (*n)++;
    /* The children of functions are left out. */
    return expr->kind != MIG_EXPR_CALL;
}

static void
test_walk(void)
{
    static const char sql[] = "DELETE FROM t WHERE a = f(1, 2, 3) AND b";
    g_autoptr(MigChanges) changes = mig_parse(sql, strlen(sql), S, 0);
    unsigned n = 0;

    mig_expr_walk(changes->changes[0].expr, count_node, &n);
    /* AND, =, a, f, b */
    g_assert_cmpuint(n, ==, 5);
    mig_expr_walk(NULL, count_node, &n);
    g_assert_cmpuint(n, ==, 5);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tables_cases); i++) {
        g_autofree char *test = g_strdup_printf("/expression/tables/%s/%zu",
                                                mig_engine_name(tables_cases[i].engine), i);
        g_test_add_data_func(test, &tables_cases[i], check_tables);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(mentions_cases); i++) {
        g_autofree char *test = g_strdup_printf("/expression/mentions/%s/%zu",
                                                mig_engine_name(mentions_cases[i].engine), i);
        g_test_add_data_func(test, &mentions_cases[i], check_mentions);
    }
    g_test_add_func("/expression/walk-leaves-out-what-it-is-told-to", test_walk);
    return g_test_run();
}

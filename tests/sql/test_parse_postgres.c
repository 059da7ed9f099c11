/* SPDX-License-Identifier: MIT */
/* Where things stand in PostgreSQL's statements, and statements of a size that nobody wrote by hand. */
#include <migrate/change.h>

#include <string.h>

#include "sql/arena.h"

static MigChanges *
parse(const char *sql)
{
    return mig_parse(sql, strlen(sql), MIG_ENGINE_POSTGRES, 0);
}

static char *
text_of(const char *sql, MigSpan span)
{
    g_assert_cmpuint(span.offset + span.length, <=, strlen(sql));
    return g_strndup(sql + span.offset, span.length);
}

static void
assert_text(const char *sql, MigSpan span, const char *expected)
{
    g_autofree char *found = text_of(sql, span);

    g_assert_cmpstr(found, ==, expected);
}

/* Each change's own text, in order. */
static const struct {
    const char *sql;
    const char *spans[4];
} span_cases[] = {
    {"ALTER TABLE a.b * ADD c numeric(1, 2), DROP d", {"ADD c numeric(1, 2)", "DROP d"}},
    {"ALTER TABLE t /* , */ ADD COLUMN a text DEFAULT ',', ALTER b SET NOT NULL",
     {"ADD COLUMN a text DEFAULT ','", "ALTER b SET NOT NULL"}},
    {"DROP TABLE \"\xc3\xa9\", b CASCADE", {"\"\xc3\xa9\"", "b"}},
    {"DROP TABLE a", {"DROP TABLE a"}},
    {"DO $$ BEGIN\n DROP TABLE a; EXECUTE 'ALTER TABLE b ADD c int'; END $$",
     {"DO $$ BEGIN\n DROP TABLE a; EXECUTE 'ALTER TABLE b ADD c int'; END $$", "DROP TABLE a",
      "ADD c int"}},
    {"DO 'BEGIN UPDATE t SET a = ''x''; END'",
     {"DO 'BEGIN UPDATE t SET a = ''x''; END'", "'BEGIN UPDATE t SET a = ''x''; END'"}},
    {"ALTER TABLE t ADD CHECK (a > 0) NOT ENFORCED, DROP b",
     {"ADD CHECK (a > 0) NOT ENFORCED", "DROP b"}},
};

static void
check_spans(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(span_cases); i++) {
        const char *sql = span_cases[i].sql;
        g_autoptr(MigChanges) changes = parse(sql);

        g_assert_cmpint(changes->status, ==, MIG_PARSE_OK);
        for (size_t k = 0; k < G_N_ELEMENTS(span_cases[i].spans); k++) {
            if (span_cases[i].spans[k] == NULL) {
                g_assert_cmpuint(changes->n_changes, ==, k);
                break;
            }
            g_assert_cmpuint(changes->n_changes, >, k);
            assert_text(sql, changes->changes[k].span, span_cases[i].spans[k]);
        }
    }
}

static void
check_column_spans(void)
{
    const char *sql = "CREATE TABLE \"T\" (a int DEFAULT (1 + 2) NOT NULL CHECK (a > 0), "
                      "\"B\" numeric(5, 2) COLLATE \"C\", CONSTRAINT c UNIQUE (a, \"B\"))";
    g_autoptr(MigChanges) changes = parse(sql);

    g_assert_cmpuint(changes->n_changes, ==, 1);
    const MigCreateTable *create = changes->changes[0].create_table;
    assert_text(sql, changes->changes[0].table.span, "\"T\"");
    assert_text(sql, create->columns[0].span, "a int DEFAULT (1 + 2) NOT NULL CHECK (a > 0)");
    assert_text(sql, create->columns[0].name_span, "a");
    assert_text(sql, create->columns[0].type.span, "int");
    assert_text(sql, create->columns[0].default_span, "DEFAULT (1 + 2)");
    assert_text(sql, create->columns[0].default_value->span, "1 + 2");
    assert_text(sql, create->columns[0].constraints[0].span, "CHECK (a > 0)");
    assert_text(sql, create->columns[1].type.span, "numeric(5, 2)");
    g_assert_true(create->columns[1].quoted);
    assert_text(sql, create->constraints[0].span, "CONSTRAINT c UNIQUE (a, \"B\")");
    assert_text(sql, create->constraints[0].name.span, "c");
}

static const struct {
    const char *sql;
    const char *at;
} error_cases[] = {
    {"SELECT '\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80', FROM t", "FROM"},
    {"ALTER TABLE t ADD COLUM a int", "int"},
    {"DROP TABLE", ""},
    {"CREATE TABLE t (a int GENERATED ALWAYS AS (1) VIRTUAL, b int wrong)", "wrong"},
};

static void
check_errors(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(error_cases); i++) {
        g_autoptr(MigChanges) changes = parse(error_cases[i].sql);

        g_assert_cmpint(changes->status, ==, MIG_PARSE_SYNTAX);
        g_assert_nonnull(changes->message);
        assert_text(error_cases[i].sql, changes->where, error_cases[i].at);
    }

    g_autoptr(MigChanges) changes = mig_parse("SELECT\0 1", 9, MIG_ENGINE_POSTGRES, 0);
    g_assert_cmpint(changes->status, ==, MIG_PARSE_SYNTAX);
    g_assert_cmpuint(changes->where.offset, ==, 6);
}

/* Grammars of 16 and newer read it. */
static void
check_no_alias(void)
{
    g_autoptr(MigChanges) changes = parse("SELECT * FROM (SELECT 1) WHERE true");

    g_assert_true(changes->status == MIG_PARSE_OK || changes->status == MIG_PARSE_UNSUPPORTED);
    g_assert_cmpint(changes->needs_version, ==, 160000);
}

static char *
repeat(const char *before, const char *open, const char *middle, const char *close, size_t n)
{
    g_autoptr(GString) text = g_string_new(before);

    for (size_t i = 0; i < n; i++)
        g_string_append(text, open);
    g_string_append(text, middle);
    for (size_t i = 0; i < n; i++)
        g_string_append(text, close);
    return g_strdup(text->str);
}

static const struct {
    const char *before;
    const char *open;
    const char *middle;
    const char *close;
} deep_cases[] = {
    {"SELECT ", "(", "1", ")"},
    {"SELECT ", "f(", "1", ")"},
    {"SELECT ARRAY", "[", "1", "]"},
    {"SELECT ", "- ", "1", ""},
    {"SELECT ", "NOT ", "a", ""},
    {"SELECT 1", " + 1", "", ""},
    {"SELECT a", "::int", "", ""},
    {"SELECT a", " IS NULL", "", ""},
    {"SELECT ", "(SELECT ", "1", ")"},
    {"SELECT ", "CASE WHEN a THEN ", "1", " END"},
    {"SELECT 1", " UNION ALL SELECT 1", "", ""},
    {"SELECT * FROM a", " JOIN b ON true", "", ""},
    {"CREATE INDEX i ON t (", "(", "a", ")"},
};

static void
check_depth(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(deep_cases); i++) {
        g_autofree char *sql = repeat(deep_cases[i].before, deep_cases[i].open,
                                      deep_cases[i].middle, deep_cases[i].close, 10000);
        g_autoptr(MigChanges) changes = parse(sql);
        g_autofree char *some = repeat(deep_cases[i].before, deep_cases[i].open,
                                       deep_cases[i].middle, deep_cases[i].close, 150);
        g_autoptr(MigChanges) fewer = parse(some);

        g_assert_cmpint(changes->status, ==, MIG_PARSE_TOO_DEEP);
        g_assert_nonnull(changes->message);
        g_assert_cmpint(fewer->status, !=, MIG_PARSE_TOO_DEEP);
    }
}

static void
check_breadth(void)
{
    g_autofree char *sql = repeat("DELETE FROM t WHERE a = 0", " OR a = 1", "", "", 20000);
    g_autoptr(MigChanges) changes = parse(sql);

    g_assert_cmpint(changes->status, ==, MIG_PARSE_OK);
    g_assert_cmpuint(changes->changes[0].expr->n_args, ==, 20001);
}

static void
check_columns(void)
{
    g_autoptr(GString) sql = g_string_new("CREATE TABLE t (c int");

    for (int i = 0; i < 100000; i++)
        g_string_append_printf(sql, ", c%d int CONSTRAINT n%d NOT NULL NO INHERIT", i, i);
    g_string_append_c(sql, ')');

    g_autoptr(MigChanges) changes = parse(sql->str);
    g_assert_cmpint(changes->status, ==, MIG_PARSE_OK);
    g_assert_cmpuint(changes->changes[0].create_table->n_columns, ==, 100001);
    g_assert_true(changes->changes[0].create_table->columns[100000].constraints[0].no_inherit);
}

/* 10 MB of rows, whose tree would be fifty times as large. */
static void
check_rows(void)
{
    g_autoptr(GString) sql = g_string_new("INSERT INTO t (a, b) VALUES (0, 'x')");

    while (sql->len < 10000000)
        g_string_append(sql, ",\n(-1, 'some text, with a '' and a )', NULL)");
    g_string_append(sql, " ON CONFLICT DO NOTHING");

    g_autoptr(MigChanges) changes = parse(sql->str);
    g_assert_cmpint(changes->status, ==, MIG_PARSE_OK);
    g_assert_cmpuint(changes->n_changes, ==, 1);
    g_assert_true(changes->changes[0].on);
    g_assert_cmpuint(changes->changes[0].n_columns, ==, 2);
    g_assert_cmpuint(changes->changes[0].query->n_values, ==, 1000);
    g_assert_cmpuint(changes->changes[0].span.length, ==, sql->len);
    g_assert_cmpuint(mig_arena_size(changes->arena), <, 3 * sql->len);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/parse-postgres/a-change-has-its-own-text", check_spans);
    g_test_add_func("/parse-postgres/columns-and-constraints-have-their-text", check_column_spans);
    g_test_add_func("/parse-postgres/an-error-has-its-place-in-bytes", check_errors);
    g_test_add_func("/parse-postgres/a-query-without-an-alias-is-newer", check_no_alias);
    g_test_add_func("/parse-postgres/deep-nesting-is-refused", check_depth);
    g_test_add_func("/parse-postgres/a-long-list-is-not-deep", check_breadth);
    g_test_add_func("/parse-postgres/very-many-columns-are-read", check_columns);
    g_test_add_func("/parse-postgres/rows-of-literals-are-passed-over", check_rows);
    return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* What changes a migration's checksum, and what doesn't. */
#include "sql/checksum.h"

#include <string.h>

#include "sql/splitter.h"

static char *
tokens_of(const char *text, MigEngine engine, size_t n_statements)
{
    MigSplitError error = {0};
    g_autoptr(MigSplit) split = mig_split(text, strlen(text), engine, 1, &error);
    g_assert_cmpstr(error.message, ==, NULL);
    MigScript script = {
        .text = (char *)text, .length = strlen(text), .line = 1, .statements = split->statements};
    return mig_checksum_tokens(&script, engine, n_statements);
}

static const struct {
    const char *name;
    MigEngine engine;
    const char *a;
    const char *b;
    bool same;
} cases[] = {
    {"line ends", MIG_ENGINE_POSTGRES, "SELECT\n1;\n", "SELECT\r\n1;\r\n", true},
    {"white space", MIG_ENGINE_POSTGRES, "SELECT 1,2", "SELECT\t1 , 2 ", true},
    {"comments", MIG_ENGINE_POSTGRES, "SELECT 1", "-- licence\nSELECT /* x */ 1 -- y", true},
    {"terminator", MIG_ENGINE_SQLITE, "SELECT 1", "SELECT 1;;;", true},
    {"DELIMITER", MIG_ENGINE_MYSQL, "SELECT 1; SELECT 2;",
     "DELIMITER //\nSELECT 1// SELECT 2//\nDELIMITER ;", true},
    {"CRLF in a literal", MIG_ENGINE_POSTGRES, "SELECT 'a\nb'", "SELECT 'a\r\nb'", true},
    {"CRLF in a dollar quote", MIG_ENGINE_POSTGRES, "DO $$a\nb\n$$", "DO $$a\r\nb\r\n$$", true},
    {"a continued literal", MIG_ENGINE_POSTGRES, "SELECT 'a'\n'b'", "SELECT 'a' -- x\n  'b'", true},
    {"CRLF in COPY data", MIG_ENGINE_POSTGRES, "COPY t FROM stdin;\n1\n\\.\n",
     "COPY t FROM stdin;\r\n1\r\n\\.\r\n", true},
    {"a literal", MIG_ENGINE_POSTGRES, "SELECT 'a'", "SELECT 'b'", false},
    {"white space in a literal", MIG_ENGINE_POSTGRES, "SELECT 'a b'", "SELECT 'a  b'", false},
    {"a comment in a literal", MIG_ENGINE_POSTGRES, "SELECT '--a'", "SELECT '--b'", false},
    {"case", MIG_ENGINE_POSTGRES, "SELECT a", "select a", false},
    {"token bounds", MIG_ENGINE_POSTGRES, "SELECT ab", "SELECT a b", false},
    {"statement bounds", MIG_ENGINE_POSTGRES, "SELECT 1; SELECT 2", "SELECT 1 SELECT 2", false},
    {"order", MIG_ENGINE_POSTGRES, "SELECT 1; SELECT 2", "SELECT 2; SELECT 1", false},
    {"a version comment", MIG_ENGINE_MYSQL, "SELECT /*!50000 1 */", "SELECT /*!50000 2 */", false},
    {"a version", MIG_ENGINE_MYSQL, "SELECT /*!50000 1 */", "SELECT /*!50001 1 */", false},
    {"a hint is a comment", MIG_ENGINE_MYSQL, "SELECT /*+ a */ 1", "SELECT 1", true},
    {"COPY data", MIG_ENGINE_POSTGRES, "COPY t FROM stdin;\n1\n\\.\n",
     "COPY t FROM stdin;\n2\n\\.\n", false},
    {"white space in COPY data", MIG_ENGINE_POSTGRES, "COPY t FROM stdin;\n1\n\\.\n",
     "COPY t FROM stdin;\n1 \n\\.\n", false},
    {"COPY data are not a statement", MIG_ENGINE_POSTGRES, "COPY t FROM stdin;\nabc\n\\.\n",
     "COPY t FROM stdin;\n\\.\nabc;", false},
    {"lone CR in a literal", MIG_ENGINE_POSTGRES, "SELECT 'a\rb'", "SELECT 'a\nb'", false},
};

static void
compares(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *a = tokens_of(cases[i].a, cases[i].engine, SIZE_MAX);
        g_autofree char *b = tokens_of(cases[i].b, cases[i].engine, SIZE_MAX);
        g_test_message("%s", cases[i].name);
        if (cases[i].same)
            g_assert_cmpstr(a, ==, b);
        else
            g_assert_cmpstr(a, !=, b);
    }
}

/* A recorded checksum is checked by its algorithm for ever: these may never change. */
static void
stays_as_recorded(void)
{
    g_autofree char *raw = mig_checksum_raw("abc", 3);
    g_assert_cmpstr(raw, ==,
                    "sha256-raw:1:"
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    static const char bytes[] = "SELECT\0"
                                "1\0"
                                "\0"
                                "COPY\0"
                                "t\0"
                                "FROM\0"
                                "stdin\0"
                                "\001x\0";
    g_autofree char *expected =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, sizeof(bytes));
    g_autofree char *text = g_strconcat("sha256-tokens:1:", expected, NULL);
    g_autofree char *tokens =
        tokens_of("SELECT 1; COPY t FROM stdin;\nx\n\\.\n", MIG_ENGINE_POSTGRES, SIZE_MAX);
    g_assert_cmpstr(tokens, ==, text);
}

static void
counts_the_first_statements(void)
{
    g_autofree char *one = tokens_of("SELECT 1", MIG_ENGINE_SQLITE, SIZE_MAX);
    g_autofree char *first = tokens_of("SELECT 1; SELECT 2", MIG_ENGINE_SQLITE, 1);
    g_autofree char *both = tokens_of("SELECT 1; SELECT 2", MIG_ENGINE_SQLITE, 2);
    g_assert_cmpstr(one, ==, first);
    g_assert_cmpstr(one, !=, both);
}

/* More than is hashed at a time. */
static void
hashes_long_scripts(void)
{
    g_autoptr(GString) a = g_string_new("SELECT ");
    g_autoptr(GString) b = g_string_new("SELECT/**/");
    for (unsigned i = 0; i < 50000; i++) {
        g_string_append_printf(a, "'%u',", i);
        g_string_append_printf(b, "'%u'\n,", i);
    }
    g_autofree char *first = tokens_of(a->str, MIG_ENGINE_SQLITE, SIZE_MAX);
    g_autofree char *second = tokens_of(b->str, MIG_ENGINE_SQLITE, SIZE_MAX);
    g_assert_cmpstr(first, ==, second);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/checksum/compares", compares);
    g_test_add_func("/checksum/stays-as-recorded", stays_as_recorded);
    g_test_add_func("/checksum/counts-the-first-statements", counts_the_first_statements);
    g_test_add_func("/checksum/hashes-long-scripts", hashes_long_scripts);
    return g_test_run();
}

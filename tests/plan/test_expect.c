/* SPDX-License-Identifier: MIT */
/* What "-- migrate:expect" understands, and which answers meet it. */
#include "plan/expect.h"

#include <string.h>

static const struct {
    const char *text;
    const char *described; /* NULL: refused */
} grammar[] = {
    {"", "a row whose first column is true"},
    {"true", "a row whose first column is true"},
    {"TRUE", "a row whose first column is true"},
    {"false", "a row whose first column is false"},
    {"empty", "no row"},
    {"Empty", "no row"},
    {"rows 3", "3 rows"},
    {"rows 1", "1 row"},
    {"rows 0", "0 rows"},
    {"rows\t3", "3 rows"},
    {"rows = 3", "3 rows"},
    {"rows == 3", "3 rows"},
    {"rows >= 1", ">= 1 row"},
    {"rows >=1", ">= 1 row"},
    {"rows <> 2", "!= 2 rows"},
    {"value 7", "a row whose first column is 7"},
    {"value two words", "a row whose first column is two words"},
    {"value 'quoted'", "a row whose first column is quoted"},
    {"value ' it''s '", "a row whose first column is  it's "},
    {"value ''", "a row whose first column is "},
    {"value '", "a row whose first column is '"},
    {"value null", "a row whose first column is NULL"},
    {"value 'null'", "a row whose first column is null"},
    {"value >= 7", "a row whose first column is >= 7"},
    {"value true", "a row whose first column is true"},
    {">= 10", "a row whose first column is >= 10"},
    {"<10", "a row whose first column is < 10"},
    {"= 10", "a row whose first column is 10"},
    {"!= null", "a row whose first column is != NULL"},
    {"<> 'a'", "a row whose first column is != a"},
    {"rows", NULL},
    {"rows many", NULL},
    {"rows -1", NULL},
    {"rows 1.5", NULL},
    {"rows 1e3", NULL},
    {"rows 3 or so", NULL},
    {"rows >=", NULL},
    {"value", NULL},
    {"value >=", NULL},
    {">=", NULL},
    {"yes", NULL},
    {"7", NULL},
    {"trueish", NULL},
    {"true or so", NULL},
    {"empty rows", NULL},
    {"rows3", NULL},
    {"'quoted'", NULL},
};

#define NO_ROW "(no row)"

/* The first column's value; `b` in front of it: it is of a boolean type. */
static const struct {
    const char *text;
    const char *met[8];
    const char *unmet[14];
} judgement[] = {
    {"true",
     {"1", "t", "b:t", "-1", "0.01", "x", " ", "1e-9"},
     {NO_ROW, "NULL", "0", "0.00", "-0", "0e5", "", "b:f", "false", "False"}},
    {"false", {"0", "0.00", "", "NULL", "b:f", "false"}, {NO_ROW, "1", "b:t", "x", "f"}},
    {"empty", {NO_ROW}, {"0", "NULL", "", "b:f"}},
    {"rows 1", {"0", "NULL"}, {NO_ROW}},
    {"rows 0", {NO_ROW}, {"1"}},
    {"rows >= 1", {"1"}, {NO_ROW}},
    {"rows < 1", {NO_ROW}, {"1"}},
    {"rows != 0", {"1"}, {NO_ROW}},
    {"value 3", {"3", "3.0", "03", "3e0"}, {NO_ROW, "NULL", "4", "", "3x", " 3"}},
    {"value abc", {"abc"}, {"ABC", "abcd", NO_ROW, "NULL", "ab"}},
    {"value 'abc '", {"abc "}, {"abc", "'abc '"}},
    {"value ''", {""}, {"NULL", NO_ROW, "0", " "}},
    {"value null", {"NULL"}, {NO_ROW, "", "null", "0"}},
    {"!= null", {"", "0", "null"}, {"NULL", NO_ROW}},
    {"value true", {"b:t", "true"}, {"b:f", "t", "1", "NULL", NO_ROW}},
    {"value false", {"b:f", "false"}, {"b:t", "f", "0", "NULL", NO_ROW}},
    {"value FALSE", {"b:f"}, {"b:t"}},
    {"!= true", {"b:f", "NULL"}, {"b:t", NO_ROW}},
    {"value t", {"b:t", "t"}, {"b:f"}},
    {">= 10", {"10", "10.0", "11", "100", "1e3"}, {"9", "9.999", "-10", "NULL", NO_ROW}},
    {"> 10", {"10.001", "11"}, {"10", "9", "NULL"}},
    {"<= 10", {"10", "9", "-100"}, {"10.01", "NULL", NO_ROW}},
    {"< 10", {"9", "-11"}, {"10", "11", "NULL"}},
    {"> abc", {"abd", "b"}, {"abc", "abb", "NULL"}},
    {"value 9007199254740993", {"9007199254740993"}, {"9007199254740992", "9007199254740994"}},
    {"> 9007199254740992", {"9007199254740993"}, {"9007199254740992", "9007199254740991"}},
    {"value nan", {"nan"}, {"0", "NaN", "1"}},
    {"value inf", {"inf"}, {"1e999", "INF"}},
    {"value 0x10", {"0x10"}, {"16"}},
    {"value 2026-03-01", {"2026-03-01"}, {"2026", "2026-03-02"}},
};

static void
test_grammar(gconstpointer data)
{
    size_t i = GPOINTER_TO_SIZE(data);
    g_autofree char *message = NULL;
    MigExpect expect;
    bool understood = mig_expect_parse(grammar[i].text, &expect, &message);

    if (grammar[i].described == NULL) {
        g_assert_false(understood);
        g_assert_nonnull(message);
    } else {
        g_autofree char *described = mig_expect_describe(&expect);
        g_assert_true(understood);
        g_assert_null(message);
        g_assert_cmpstr(described, ==, grammar[i].described);
    }
    mig_expect_clear(&expect);
}

static bool
is_met(const MigExpect *expect, const char *answer)
{
    bool boolean = g_str_has_prefix(answer, "b:");

    if (g_strcmp0(answer, NO_ROW) == 0)
        return mig_expect_met(expect, 0, NULL, false);
    if (g_strcmp0(answer, "NULL") == 0)
        return mig_expect_met(expect, 1, NULL, false);
    return mig_expect_met(expect, 1, boolean ? answer + 2 : answer, boolean);
}

static void
test_judgement(gconstpointer data)
{
    size_t i = GPOINTER_TO_SIZE(data);
    g_autofree char *message = NULL;
    MigExpect expect;

    g_assert_true(mig_expect_parse(judgement[i].text, &expect, &message));
    for (size_t j = 0; j < G_N_ELEMENTS(judgement[i].met); j++) {
        const char *answer = judgement[i].met[j];
        if (answer != NULL && !is_met(&expect, answer))
            g_error("\"%s\" doesn't meet \"%s\"", answer, judgement[i].text);
    }
    for (size_t j = 0; j < G_N_ELEMENTS(judgement[i].unmet); j++) {
        const char *answer = judgement[i].unmet[j];
        if (answer != NULL && is_met(&expect, answer))
            g_error("\"%s\" meets \"%s\"", answer, judgement[i].text);
    }
    mig_expect_clear(&expect);
}

static void
test_many_rows(void)
{
    g_autofree char *message = NULL;
    MigExpect expect;

    g_assert_true(mig_expect_parse("rows 10000000000", &expect, &message));
    g_assert_true(mig_expect_met(&expect, 10000000000, "x", false));
    g_assert_false(mig_expect_met(&expect, 10000000001, "x", false));
    mig_expect_clear(&expect);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(grammar); i++) {
        g_autofree char *path = g_strdup_printf("/plan/expect/grammar/%zu-%s", i, grammar[i].text);
        g_strdelimit(path + strlen("/plan/expect/grammar/"), "/", '|');
        g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_grammar);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(judgement); i++) {
        g_autofree char *path =
            g_strdup_printf("/plan/expect/judgement/%zu-%s", i, judgement[i].text);
        g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_judgement);
    }
    g_test_add_func("/plan/expect/many-rows", test_many_rows);
    return g_test_run();
}

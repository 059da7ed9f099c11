/* SPDX-License-Identifier: MIT */
/* "-- migrate:expect": what a VERIFY query must return. */
#include "plan/expect.h"

#include <string.h>

/* Longer ones first: "<=" begins with "<". */
static const struct {
    const char *written;
    const char *comparison;
} comparisons[] = {
    {">=", ">="}, {"<=", "<="}, {"!=", "!="}, {"<>", "!="},
    {"==", "="},  {">", ">"},   {"<", "<"},   {"=", "="},
};

static const char *
take_comparison(const char **text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(comparisons); i++) {
        if (g_str_has_prefix(*text, comparisons[i].written)) {
            *text += strlen(comparisons[i].written);
            *text += strspn(*text, " \t");
            return comparisons[i].comparison;
        }
    }
    return NULL;
}

/* A value is written bare, or in SQL's quotes where it has white space at its ends. */
static char *
unquote(const char *text)
{
    size_t length = strlen(text);

    if (g_ascii_strcasecmp(text, "null") == 0)
        return NULL;
    if (length < 2 || text[0] != '\'' || text[length - 1] != '\'')
        return g_strdup(text);

    g_autofree char *inner = g_strndup(text + 1, length - 2);
    g_auto(GStrv) parts = g_strsplit(inner, "''", -1);
    return g_strjoinv("'", parts);
}

/* As databases write numbers: what C takes for one besides, such as "nan" and "0x10", is text. */
static bool
is_number(const char *text, double *out_number)
{
    char *end = NULL;

    if (text == NULL || *text == '\0' || strspn(text, "0123456789+-.eE") != strlen(text))
        return false;
    *out_number = g_ascii_strtod(text, &end);
    return *end == '\0' && end != text;
}

/* A whole number's sign, and its digits without leading zeros. */
static bool
is_whole(const char *text, bool *out_negative, const char **out_digits)
{
    const char *digits = text + (*text == '-' || *text == '+' ? 1 : 0);

    if (*digits == '\0' || strspn(digits, "0123456789") != strlen(digits))
        return false;
    digits += strspn(digits, "0");
    *out_negative = *text == '-' && *digits != '\0';
    *out_digits = digits;
    return true;
}

/* Whole numbers are compared digit by digit: a double has only some fifteen of them. */
static bool
compare_numbers(const char *a, const char *b, int *out_order)
{
    const char *a_digits = NULL;
    const char *b_digits = NULL;
    bool a_negative = false;
    bool b_negative = false;
    double left = 0;
    double right = 0;

    if (!is_number(a, &left) || !is_number(b, &right))
        return false;
    *out_order = left < right ? -1 : left > right ? 1 : 0;
    if (*out_order != 0 || !is_whole(a, &a_negative, &a_digits) ||
        !is_whole(b, &b_negative, &b_digits))
        return true;

    size_t a_length = strlen(a_digits);
    size_t b_length = strlen(b_digits);
    int order = a_length < b_length ? -1 : a_length > b_length ? 1 : strcmp(a_digits, b_digits);
    *out_order = a_negative ? -order : order;
    return true;
}

/* A word and what follows it. */
static bool
take_word(const char **text, const char *word)
{
    size_t length = strlen(word);

    if (g_ascii_strncasecmp(*text, word, length) != 0 ||
        ((*text)[length] != '\0' && !g_ascii_isspace((*text)[length])))
        return false;
    *text += length;
    *text += strspn(*text, " \t");
    return true;
}

static bool
parse_rows(const char *text, MigExpect *expect, char **out_message)
{
    double number = 0;
    const char *comparison = take_comparison(&text);

    if (!is_number(text, &number) || strspn(text, "0123456789") != strlen(text)) {
        *out_message =
            g_strdup_printf("\"rows\" takes a number, as in \"rows 3\" or \"rows >= 1\", "
                            "not \"%s\"",
                            text);
        return false;
    }
    *expect = (MigExpect){MIG_EXPECT_ROWS, comparison != NULL ? comparison : "=", g_strdup(text)};
    return true;
}

bool
mig_expect_parse(const char *text, MigExpect *out_expect, char **out_message)
{
    const char *rest = text;
    const char *comparison = NULL;

    *out_expect = (MigExpect){MIG_EXPECT_TRUE, "=", NULL};
    if (*rest == '\0' || (take_word(&rest, "true") && *rest == '\0'))
        return true;
    if (take_word(&rest, "false") && *rest == '\0') {
        out_expect->kind = MIG_EXPECT_FALSE;
        return true;
    }
    if (take_word(&rest, "empty") && *rest == '\0') {
        out_expect->kind = MIG_EXPECT_EMPTY;
        return true;
    }
    if (take_word(&rest, "rows"))
        return parse_rows(rest, out_expect, out_message);

    bool value = take_word(&rest, "value");
    comparison = take_comparison(&rest);
    if ((!value && comparison == NULL) || *rest == '\0') {
        *out_message = g_strdup_printf(
            "\"%s\" is nothing that a query can be expected to return: write true, false, empty, "
            "rows N, value V, or a comparison such as >= 10",
            text);
        return false;
    }
    *out_expect =
        (MigExpect){MIG_EXPECT_COMPARE, comparison != NULL ? comparison : "=", unquote(rest)};
    return true;
}

void
mig_expect_clear(MigExpect *expect)
{
    g_clear_pointer(&expect->operand, g_free);
}

bool
mig_expect_of(const MigStatement *statement, MigExpect *out_expect,
              const MigDirective **out_directive, char **out_message)
{
    *out_directive = NULL;
    for (guint i = 0; statement->directives != NULL && i < statement->directives->len; i++) {
        const MigDirective *directive = g_ptr_array_index(statement->directives, i);
        if (strcmp(directive->name, "expect") == 0)
            *out_directive = directive;
    }
    return mig_expect_parse(*out_directive != NULL ? (*out_directive)->argument : "", out_expect,
                            out_message);
}

static bool
is_true(const char *value, bool boolean)
{
    double number = 0;

    if (value == NULL || *value == '\0')
        return false;
    if (boolean)
        return strcmp(value, "t") == 0;
    /* As text it is what a JSON function makes of it. */
    if (g_ascii_strcasecmp(value, "false") == 0)
        return false;
    return !is_number(value, &number) || number != 0;
}

/* Numbers compare as numbers, 3 is 3.0; what isn't one is neither more nor less than a number; all
 * else compares as text, as dates do. */
static bool
compares(const char *value, const char *comparison, const char *operand, bool boolean)
{
    bool ordering = comparison[0] == '<' || comparison[0] == '>';
    double number = 0;
    int order = 0;

    if (value == NULL || operand == NULL) {
        bool same = value == operand;
        return comparison[0] == '!' ? !same : strcmp(comparison, "=") == 0 && same;
    }
    if (boolean &&
        (g_ascii_strcasecmp(operand, "true") == 0 || g_ascii_strcasecmp(operand, "false") == 0))
        order = g_ascii_tolower(operand[0]) == value[0] ? 0 : 1;
    else if (!compare_numbers(value, operand, &order)) {
        if (ordering && is_number(operand, &number))
            return false;
        order = strcmp(value, operand);
    }

    if (comparison[0] == '!')
        return order != 0;
    bool equal = comparison[0] == '=' || comparison[1] == '=';
    return (equal && order == 0) || (comparison[0] == '<' && order < 0) ||
           (comparison[0] == '>' && order > 0);
}

bool
mig_expect_met(const MigExpect *expect, size_t n_rows, const char *value, bool boolean)
{
    switch (expect->kind) {
    case MIG_EXPECT_TRUE:
        return n_rows > 0 && is_true(value, boolean);
    case MIG_EXPECT_FALSE:
        return n_rows > 0 && !is_true(value, boolean);
    case MIG_EXPECT_EMPTY:
        return n_rows == 0;
    case MIG_EXPECT_ROWS: {
        g_autofree char *rows = g_strdup_printf("%zu", n_rows);
        return compares(rows, expect->comparison, expect->operand, false);
    }
    case MIG_EXPECT_COMPARE:
        return n_rows > 0 && compares(value, expect->comparison, expect->operand, boolean);
    }
    return false;
}

char *
mig_expect_describe(const MigExpect *expect)
{
    bool equal = expect->comparison != NULL && strcmp(expect->comparison, "=") == 0;
    const char *operand = expect->operand != NULL ? expect->operand : "NULL";

    switch (expect->kind) {
    case MIG_EXPECT_TRUE:
        return g_strdup("a row whose first column is true");
    case MIG_EXPECT_FALSE:
        return g_strdup("a row whose first column is false");
    case MIG_EXPECT_EMPTY:
        return g_strdup("no row");
    case MIG_EXPECT_ROWS:
        return g_strdup_printf("%s%s%s row%s", equal ? "" : expect->comparison, equal ? "" : " ",
                               operand, strcmp(operand, "1") == 0 ? "" : "s");
    case MIG_EXPECT_COMPARE:
        return g_strdup_printf("a row whose first column is %s%s%s",
                               equal ? "" : expect->comparison, equal ? "" : " ", operand);
    }
    return NULL;
}

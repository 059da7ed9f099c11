/* SPDX-License-Identifier: MIT */
/* .env files and ${VARIABLE}. */
#include "config/environment.h"

#include <string.h>

typedef struct {
    const char *name; /* of the test */
    const char *text;
    const char *value; /* of DATABASE_URL; NULL: it isn't there */
    unsigned line;
    const char *wrong; /* what the error ends in; NULL: there is none */
} Case;

static const Case cases[] = {
    {"plain", "DATABASE_URL=a\n", "a", 1, NULL},
    {"without-a-line-end", "DATABASE_URL=a", "a", 1, NULL},
    {"crlf", "X=1\r\nDATABASE_URL=a b\r\n", "a b", 2, NULL},
    {"byte-order-mark",
     "\xef\xbb\xbf"
     "DATABASE_URL=a",
     "a", 1, NULL},
    {"export", "export DATABASE_URL=a", "a", 1, NULL},
    {"export-as-a-name", "export=1\nDATABASE_URL=a", "a", 2, NULL},
    {"white-space", "\t DATABASE_URL \t=  a  ", "a", 1, NULL},
    {"comment", "DATABASE_URL=a # b", "a", 1, NULL},
    {"number-sign-in-a-value", "DATABASE_URL=a#b", "a#b", 1, NULL},
    {"only-a-comment", "DATABASE_URL= # b", "", 1, NULL},
    {"commented-out", "#DATABASE_URL=a", NULL, 0, NULL},
    {"empty", "DATABASE_URL=", "", 1, NULL},
    {"empty-quotes", "DATABASE_URL=\"\"", "", 1, NULL},
    {"single-quotes", "DATABASE_URL='a\\n$b #c'  # d", "a\\n$b #c", 1, NULL},
    {"double-quotes", "DATABASE_URL=\"a\\n\\t\\r\\\"\\\\\\$\\`\\q\"", "a\n\t\r\"\\$`\\q", 1, NULL},
    {"over-several-lines", "A='1\n2'\nDATABASE_URL=\"a\nb\"\n", "a\nb", 3, NULL},
    {"inside-of-another-value", "A='\nDATABASE_URL=a\n'\n", NULL, 0, NULL},
    {"the-last-one-counts", "DATABASE_URL=a\nDATABASE_URL=b\n", "b", 2, NULL},
    {"longer-names", "DATABASE_URLS=a\nMY_DATABASE_URL=b\n", NULL, 0, NULL},
    {"no-equals-sign", "DATABASE_URL\nDATABASE_URL a\n", NULL, 0, NULL},
    {"equals-signs-in-a-value", "DATABASE_URL=a=b=c", "a=b=c", 1, NULL},
    {"open-quote-elsewhere", "A=\"b\nDATABASE_URL=a", "a", 2, NULL},
    {"nothing-is-expanded", "DATABASE_URL=${HOME}$(id)`id`", "${HOME}$(id)`id`", 1, NULL},
    {"open-quote", "\nDATABASE_URL='a\n", NULL, 0,
     ".env:2: the value of DATABASE_URL can't be "
     "read: its quotation mark is never closed"},
    {"escaped-end", "DATABASE_URL=\"a\\\"", NULL, 0, "its quotation mark is never closed"},
    {"backslash-at-the-end", "DATABASE_URL=\"a\\", NULL, 0, "its quotation mark is never closed"},
    {"text-behind", "DATABASE_URL='a'b", NULL, 0,
     "there is text behind its closing quotation mark"},
};

static void
test_dotenv(gconstpointer data)
{
    const Case *expected = data;
    g_autofree char *value = NULL;
    g_autoptr(GError) error = NULL;
    unsigned line = 0;
    bool found = mig_dotenv_find(".env", expected->text, strlen(expected->text), "DATABASE_URL",
                                 &value, &line, &error);

    if (expected->wrong != NULL) {
        g_assert_false(found);
        g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
        g_assert_true(g_str_has_suffix(error->message, expected->wrong));
        return;
    }
    g_assert_no_error(error);
    g_assert_true(found);
    g_assert_cmpstr(value, ==, expected->value);
    g_assert_cmpuint(line, ==, expected->line);
}

static void
test_dotenv_nul(void)
{
    static const char text[] = "A=\0\nDATABASE_URL=a\0b\n";
    g_autofree char *value = NULL;
    g_autoptr(GError) error = NULL;
    unsigned line = 0;

    g_assert_false(
        mig_dotenv_find("x", text, sizeof text - 1, "DATABASE_URL", &value, &line, &error));
    g_assert_cmpstr(error->message, ==,
                    "x:2: the value of DATABASE_URL can't be read: it has a NUL byte");
    g_assert_true(mig_dotenv_find("x", text, sizeof text - 1, "B", &value, &line, &error));
    g_assert_null(value);
}

static void
test_expand(void)
{
    static const char *const environment[] = {"A=1", "B=${A}", "EMPTY=", "AB=2", NULL};
    static const struct {
        const char *text;
        const char *expanded; /* NULL: it's an error */
    } texts[] = {
        {"", ""},         {"plain", "plain"},   {"${A}", "1"},      {"x${A}y${AB}z", "x1y2z"},
        {"$$", "$"},      {"$${A}", "${A}"},    {"$", "$"},         {"$A", "$A"},
        {"${B}", "${A}"}, {"$$$${A}", "$${A}"}, {"${EMPTY}", NULL}, {"${NONE}", NULL},
        {"${", NULL},     {"${}", NULL},        {"${A", NULL},      {"${1}", NULL},
        {"${A-x}", NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *out = mig_environment_expand(texts[i].text, environment, "f:1", &error);
        g_assert_cmpstr(out, ==, texts[i].expanded);
        g_assert_true((error != NULL) == (texts[i].expanded == NULL));
        g_assert_true(error == NULL || g_str_has_prefix(error->message, "f:1: "));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/config/dotenv/", cases[i].name, NULL);
        g_test_add_data_func(path, &cases[i], test_dotenv);
    }
    g_test_add_func("/config/dotenv/nul-byte", test_dotenv_nul);
    g_test_add_func("/config/variables-are-expanded-once", test_expand);
    return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* What is shown of a database's URL, right or wrong, and what is said of a wrong one. */
#include "base/error.h"
#include "driver/url.h"

#include <string.h>

/* Wherever a password stands in these, it is or begins with "secret". */
static const struct {
    const char *url;
    const char *shown;
} redactions[] = {
    {"postgres://me@host/db", "postgres://me@host/db"},
    {"postgres://me:secret@host/db", "postgres://me:***@host/db"},
    {"postgresql://me:secret@host:5432,other:5433/db?sslmode=require",
     "postgresql://me:***@host:5432,other:5433/db?sslmode=require"},
    {"mysql://me:secret@host", "mysql://me:***@host"},
    {"postgres://me:@host/db", "postgres://me:***@host/db"},
    {"postgres://:secret@host/db", "postgres://:***@host/db"},
    {"postgres://me:secret%40x@host/db", "postgres://me:***@host/db"},
    {"POSTGRES://me:secret@host/db", "POSTGRES://me:***@host/db"},
    {"faulty+postgres://me:secret@host/db", "faulty+postgres://me:***@host/db"},
    {"postgres://me:secret@[::1]:5432/db", "postgres://me:***@[::1]:5432/db"},
    {"postgres://me:secret@/db?host=/run", "postgres://me:***@/db?host=/run"},
    {"unknown://me:secret@host/db", "unknown://me:***@host/db"},

    /* Characters that must be escaped, and aren't. */
    {"postgres://me:secret@x@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret/x@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret?x@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret#x@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret:x@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret x@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret/x=y@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret?x=y@host/db", "postgres://me:***@host/db"},
    {"postgres://me:1/secret=y@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret@x/y@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret@/%41?&=#'\"\\ +x@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret@x=y@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret@x?=y@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret@x#?a=y@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret%zz@host/db", "postgres://me:***@host/db"},
    {"postgres://me:secret://x@host/db", "postgres://me:***@host/db"},

    {"postgres://me:secret", "postgres://me:***"},
    {"postgres://me:secret/db", "postgres://me:***"},
    {"postgres://me:1secret?x", "postgres://me:***"},
    {"mysql://a,me:secret", "mysql://a,me:***"},
    {"--database=postgres://me:secret", "--database=postgres://me:***"},
    {"postgres://host:5432", "postgres://host:5432"},
    {"postgres://host:", "postgres://host:"},
    {"postgres://[::1]:5432,b:6/db", "postgres://[::1]:5432,b:6/db"},
    {"postgres://[::1/db", "postgres://[::1/db"},

    /* An '@' that is no user's. */
    {"postgres://host:5432/db?user=me@corp", "postgres://host:5432/db?user=me@corp"},
    {"postgres://host/db?user=me@corp", "postgres://host/db?user=me@corp"},
    {"postgres://[::1]:5432/db?user=me@corp", "postgres://[::1]:5432/db?user=me@corp"},
    {"postgres://a:1,b:2/db?user=me@corp", "postgres://a:1,b:2/db?user=me@corp"},
    {"postgres://me:secret@host/db?user=me@corp", "postgres://me:***@host/db?user=me@corp"},
    {"postgres://me:secret@/db?user=me@corp", "postgres://me:***@/db?user=me@corp"},
    {"postgres://me:secret@a:1,b:2/db?a=b&user=me@corp",
     "postgres://me:***@a:1,b:2/db?a=b&user=me@corp"},
    {"postgres://me@host/db?application_name=a:b@c",
     "postgres://me@host/db?application_name=a:b@c"},

    /* Parameters. */
    {"postgres://host/db?password=secret", "postgres://host/db?password=***"},
    {"postgres://host/db?user=me&password=secret&sslmode=require",
     "postgres://host/db?user=me&password=***&sslmode=require"},
    {"postgres://host/db?PassWord=secret", "postgres://host/db?PassWord=***"},
    {"postgres://host/db?pass%77ord=secret", "postgres://host/db?pass%77ord=***"},
    {"postgres://host/db?sslpassword=secret&password=secret",
     "postgres://host/db?sslpassword=***&password=***"},
    {"postgres://host/db?password=secret#x", "postgres://host/db?password=***"},
    {"postgres://host/db?password=secret x", "postgres://host/db?password=***"},
    {"postgres://host/db?password=", "postgres://host/db?password=***"},
    {"postgres://me:secret@host/db?password=secret", "postgres://me:***@host/db?password=***"},
    {"postgres://host:1/db?password=secret@x&a=b", "postgres://host:1/db?password=***&a=b"},
    {"mysql://host/db?passwd=secret&pwd=secret", "mysql://host/db?passwd=***&pwd=***"},
    {"postgres://host/db?passwordless=yes", "postgres://host/db?passwordless=yes"},
    {"postgres://host/db?x=password", "postgres://host/db?x=password"},

    /* No scheme, or no slashes. */
    {"me:secret@host/db", "me:***@host/db"},
    {"my_user:secret@host/db", "my_user:***@host/db"},
    {"me.x:secret@host:5432/db", "me.x:***@host:5432/db"},
    {"me:secret@x@host/db", "me:***@host/db"},
    {"me:secret://x@host/db", "me:***@host/db"},
    {"me:secret@tcp(host:3306)/db", "me:***@tcp(host:3306)/db"},
    {"postgres:me:secret@host/db", "postgres:me:***@host/db"},
    {"postgres:/me:secret@host/db", "postgres:/me:***@host/db"},
    {"//me:secret@host/db", "//me:***@host/db"},
    {"://me:secret@host/db", ":***@host/db"},
    {":secret@host", ":***@host"},
    {" postgres://me:secret@host/db", " postgres://me:***@host/db"},
    {"\"postgres://me:secret@host/db\"", "\"postgres://me:***@host/db\""},
    {"jdbc:postgresql://me:secret@host/db", "jdbc:***@host/db"},
    {"jdbc:postgresql://host/db?user=me&password=secret",
     "jdbc:postgresql://host/db?user=me&password=***"},
    {"--database=postgres://me:secret@host/db", "--database=postgres://me:***@host/db"},

    /* As libpq and others write it without a URL. */
    {"host=x password=secret", "host=x password=***"},
    {"password=secret host=x", "password=*** host=x"},
    {"host=x password = secret user=y", "host=x password = *** user=y"},
    {"host=x password='secret y' user=z", "host=x password=*** user=z"},
    {"host=x password='secret \\' y' user=z", "host=x password=*** user=z"},
    {"host=x password=secret\\ y user=z", "host=x password=*** user=z"},
    {"host=x password='secret y", "host=x password=***"},
    {"host=x\npassword=secret\nuser=z", "host=x\npassword=***\nuser=z"},
    {"host=x PASSWORD=secret", "host=x PASSWORD=***"},
    {"host=x sslpassword=secret", "host=x sslpassword=***"},
    {"Server=x;Pwd=secret;Database=y", "Server=x;Pwd=***"},
    {"dbname=postgres://me:secret@host/db", "dbname=postgres://me:***@host/db"},
    {"password=secret dbname=postgres://me:secret@host/db",
     "password=*** dbname=postgres://me:***@host/db"},

    /* SQLite has no passwords, and its paths may hold anything. */
    {"sqlite:app.db", "sqlite:app.db"},
    {"sqlite:/a:b@c/app.db", "sqlite:/a:b@c/app.db"},
    {"sqlite:///a/app.db", "sqlite:///a/app.db"},
    {"sqlite::memory:", "sqlite::memory:"},

    {"", ""},
    {"@", "@"},
    {":", ":"},
    {":@", ":***@"},
    {"postgres:", "postgres:"},
    {"postgres://", "postgres://"},
    {"postgres://:@", "postgres://:***@"},
    {"password=", "password=***"},
    {"=", "="},
    {"?password=secret", "?password=***"},
    {"migrations", "migrations"},
    {"20260301120000", "20260301120000"},
};

static const struct {
    const char *url;
    const char *wrong; /* part of the message; NULL: accepted */
} checks[] = {
    {"sqlite:app.db", NULL},
    {"sqlite:/a b/@:?#.db", NULL},
    {"sqlite::memory:", NULL},
    {"postgres://me:s%40x@host:5432/db?sslmode=require", NULL},
    {"postgresql:///db?host=/run/postgresql", NULL},
    {"postgres://", NULL},
    {"postgres://host:5432/db?user=me@corp", NULL},
    {"postgres://host/db?password=secret@x", NULL},
    {"postgres://me:secret@host/db?password=secret/y", NULL},
    {"mysql://root@localhost/?socket=/tmp/mysql.sock", NULL},
    {"postgres://me:secret@x@host/db", "'@' that must be escaped: write it as %40"},
    {"postgres://me:secret/x@host/db", "'/' that must be escaped: write it as %2F"},
    {"postgres://me:secret?x@host/db", "'?' that must be escaped: write it as %3F"},
    {"postgres://me:secret#x@host/db", "'#' that must be escaped: write it as %23"},
    {"postgres://me:secret x@host/db", "' ' that must be escaped: write it as %20"},
    {"postgres://me:secret[x@host/db", "'[' that must be escaped: write it as %5B"},
    {"postgres://me:secret%@host/db", "write a literal '%' as %25"},
    {"postgres://me:secret%4@host/db", "write a literal '%' as %25"},
    {"postgres://me:secret%zz@host/db", "write a literal '%' as %25"},
    {"postgres://a b:secret@host/db", "the user name in the database URL has a ' '"},
    {"postgres:me:secret@host/db", "lacks \"//\" after \"postgres:\""},
    {"mysql:host", "lacks \"//\" after \"mysql:\""},
    {"me:secret@host/db", "\"me:***@host/db\" is not a database URL"},
    {"my_user:secret@host/db", "is not a database URL"},
    {"host=x password=secret", "\"host=x password=***\" is not a database URL"},
    {"host=x password='secret y' user=z", "is not a database URL"},
    {"app.db", "is not a database URL: it has no scheme"},
    {"", "is not a database URL"},
    {":secret@host", "is not a database URL"},
    {" postgres://me:secret@host/db", "is not a database URL"},
};

static const struct {
    const char *url;
    const char *scheme;
    MigEngine engine;
} schemes[] = {
    {"sqlite:x", "sqlite", MIG_ENGINE_SQLITE},
    {"sqlite3:x", "sqlite3", MIG_ENGINE_SQLITE},
    {"POSTGRES://x", "postgres", MIG_ENGINE_POSTGRES},
    {"postgresql://x", "postgresql", MIG_ENGINE_POSTGRES},
    {"mysql://x", "mysql", MIG_ENGINE_MYSQL},
    {"mariadb://x", "mariadb", MIG_ENGINE_MARIADB},
    {"faulty+sqlite:x", "faulty+sqlite", MIG_ENGINE_SQLITE},
    {"oracle://x", "oracle", MIG_ENGINE_NONE},
    {"x", NULL, MIG_ENGINE_NONE},
    {"", NULL, MIG_ENGINE_NONE},
    {":", NULL, MIG_ENGINE_NONE},
    {"1a:x", NULL, MIG_ENGINE_NONE},
    {"my_user:x", NULL, MIG_ENGINE_NONE},
    {"a b:x", NULL, MIG_ENGINE_NONE},
};

static const struct {
    const char *url;
    const char *message;
    const char *scrubbed;
} scrubs[] = {
    {"postgres://me:secret@host/db", "no: secret, \"secret\"", "no: ***, \"***\""},
    {"postgres://me:s%65cret@host/db", "no: s%65cret is secret", "no: *** is ***"},
    {"postgres://host/db?password=secret", "no: secret", "no: ***"},
    {"me:secret@host/db", "no host \"me:secret@host\"", "no host \"me:***@host\""},
    {"postgres://me:ab@host/db", "a database absent", "a database absent"},
    {"sqlite:x", "no: further", "no: ***"},
};

static const struct {
    const char *url;
    const char *left;
    const char *password;
} takings[] = {
    {"postgres://me:s%65cret@host/db", "postgres://me@host/db", "secret"},
    {"postgres://me@host/db", "postgres://me@host/db", NULL},
    {"postgres://me:@host/db", "postgres://me@host/db", ""},
    {"postgres://host/db?password=secret", "postgres://host/db", "secret"},
    {"postgres://host/db?password=secret&sslpassword=x", "postgres://host/db", "secret"},
    {"postgres://me:secret@host/db?sslpassword=x", "postgres://me@host/db", "secret"},
    {"postgres://host/db?password=secret&a=b", "postgres://host/db?a=b", "secret"},
    {"postgres://host/db?a=b&password=secret", "postgres://host/db?a=b", "secret"},
    {"postgres://me:one@host/db?password=two", "postgres://me@host/db", "two"},
    {"sqlite:a:b@c", "sqlite:a:b@c", NULL},
};

static void
test_redactions(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(redactions); i++) {
        g_autofree char *shown = mig_url_redact(redactions[i].url);
        g_assert_cmpstr(shown, ==, redactions[i].shown);
        g_assert_null(strstr(shown, "secret"));
    }
}

/* Whatever is done to a URL, no piece of its password shows. */
static void
test_broken(void)
{
    static const char *const urls[] = {
        "postgres://me:sssssssss@host:5432/db?sslmode=require",
        "mysql://host/db?user=me&password=sssssssss&x=y",
        "me:sssssssss@host/db",
        "host=x password=sssssssss user=y",
    };
    static const char marks[] = "@:/?#=&%;, \\'\"[]";

    for (size_t i = 0; i < G_N_ELEMENTS(urls); i++) {
        size_t start = (size_t)(strstr(urls[i], "sssssssss") - urls[i]);
        for (size_t j = 0; marks[j] != '\0'; j++) {
            g_autofree char *url = g_strdup(urls[i]);
            /* The last part of a parameter can't be told from what follows its value. */
            bool ends = (i == 1 && marks[j] == '&') || (i == 3 && marks[j] == ' ');
            url[start + 4] = marks[j];
            g_autofree char *shown = mig_url_redact(url);
            g_assert_null(strstr(shown, ends ? "=ssss" : "ssss"));
        }
    }
}

static void
test_checks(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
        g_autoptr(GError) error = NULL;
        bool accepted = mig_url_check(checks[i].url, &error);

        if (checks[i].wrong == NULL) {
            g_assert_no_error(error);
            g_assert_true(accepted);
            continue;
        }
        g_assert_false(accepted);
        g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
        g_assert_null(strstr(error->message, "secret"));
        if (strstr(error->message, checks[i].wrong) == NULL)
            g_error("\"%s\" doesn't say \"%s\"", error->message, checks[i].wrong);
    }
}

static void
test_schemes(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        g_autofree char *scheme = mig_url_scheme(schemes[i].url);
        g_assert_cmpstr(scheme, ==, schemes[i].scheme);
        g_assert_cmpint(mig_url_engine(schemes[i].url), ==, schemes[i].engine);
    }
}

static void
test_scrubs(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(scrubs); i++) {
        GError *error = g_error_new_literal(MIG_ERROR, MIG_ERROR_CONNECTION, scrubs[i].message);
        mig_url_scrub(&error, scrubs[i].url, "further");
        g_assert_cmpstr(error->message, ==, scrubs[i].scrubbed);
        g_error_free(error);
    }
    GError *none = NULL;
    mig_url_scrub(&none, "postgres://me:secret@host", NULL);
    g_assert_no_error(none);
}

static void
test_takings(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(takings); i++) {
        g_autofree char *password = NULL;
        g_autofree char *left = mig_url_take_password(takings[i].url, &password);
        g_assert_cmpstr(left, ==, takings[i].left);
        g_assert_cmpstr(password, ==, takings[i].password);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(redactions); i++) {
        g_autofree char *password = NULL;
        g_autofree char *left = mig_url_take_password(redactions[i].url, &password);
        g_assert_nonnull(left);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/driver/url/no-password-is-shown", test_redactions);
    g_test_add_func("/driver/url/no-password-is-shown-of-a-broken-one", test_broken);
    g_test_add_func("/driver/url/what-is-wrong-is-said", test_checks);
    g_test_add_func("/driver/url/schemes", test_schemes);
    g_test_add_func("/driver/url/errors-are-scrubbed", test_scrubs);
    g_test_add_func("/driver/url/the-password-is-taken-out", test_takings);
    return g_test_run();
}

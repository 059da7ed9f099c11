/* SPDX-License-Identifier: MIT */
/* Databases of their own for tests, on a server that somebody else started. */
#include "support/server.h"

#include <string.h>
#include <unistd.h>

const char *
mig_server_url(const char *engine)
{
    g_autofree char *upper = g_ascii_strup(engine, -1);
    g_autofree char *variable = g_strconcat("MIGRATE_TEST_", upper, NULL);
    const char *url = g_getenv(variable);

    return url == NULL || *url == '\0' ? NULL : url;
}

void
mig_server_missing(const char *engine, const char *reason)
{
    const char *value = g_getenv("MIGRATE_TEST_REQUIRE");
    g_auto(GStrv) required = g_strsplit_set(value != NULL ? value : "", ", ", -1);

    if (g_strv_contains((const char *const *)required, engine)) {
        g_test_message("%s is required: %s", engine, reason);
        g_test_fail();
    } else {
        g_test_skip(reason);
    }
}

/* The URL with another path: what is between the authority and the parameters. */
static char *
with_database(const char *server, const char *name)
{
    const char *authority = strstr(server, "://");
    g_assert_nonnull(authority);

    size_t before = (size_t)(authority - server) + 3;
    before += strcspn(server + before, "/?");
    size_t after = before + strcspn(server + before, "?");
    return g_strdup_printf("%.*s/%s%s", (int)before, server, name, server + after);
}

static bool
exec_on_server(const MigDriver *driver, const char *server, const char *sql, GError **error)
{
    const MigOpenOptions options = {.application = "migrate test"};
    MigConnection *connection = driver->open(server, &options, error);

    if (connection == NULL)
        return false;
    bool done = driver->exec(connection, sql, strlen(sql), error);
    driver->close(connection);
    return done;
}

char *
mig_server_database_new(const MigDriver *driver, const char *server, GError **error)
{
    /* Unique among the processes of one run and among the cases of one process. */
    g_autofree char *name = g_strdup_printf("migrate_test_%d_%08x", (int)getpid(), g_random_int());
    g_autofree char *sql = g_strdup_printf("CREATE DATABASE %s", name);

    return exec_on_server(driver, server, sql, error) ? with_database(server, name) : NULL;
}

void
mig_server_database_drop(const MigDriver *driver, const char *server, const char *url)
{
    const char *start = strstr(url, "/migrate_test_");
    g_assert_nonnull(start);

    g_autofree char *name = g_strndup(start + 1, strcspn(start + 1, "?"));
    bool postgres = g_str_has_prefix(url, "postgres");
    g_autofree char *sql =
        g_strdup_printf("DROP DATABASE %s%s", name, postgres ? " WITH (FORCE)" : "");
    g_autoptr(GError) error = NULL;

    exec_on_server(driver, server, sql, &error);
    g_assert_no_error(error);
}

/* SPDX-License-Identifier: MIT */
/* The leased lock's statements: one holder at a time, by the server's own clock. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

#define N_RUNNERS 6
#define N_ROUNDS 10

static const char minute[] = "60000";
static const char past[] = "-1000"; /* a lease that is out as soon as it is taken */

static char *
text_of(MigCase *c, MigHistorySql which)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *schema = c->driver->default_schema(c->first, &error);

    g_assert_no_error(error);
    return c->driver->history_sql(c->first, which, schema, "history");
}

static void
create(MigCase *c)
{
    g_autofree char *sql = text_of(c, MIG_HISTORY_CREATE_LOCK_TABLE);

    g_assert_nonnull(sql);
    for (unsigned i = 0; i < 2; i++)
        mig_case_run(c, c->first, sql);
}

static void
call(MigCase *c, MigConnection *connection, MigHistorySql which, const char *const *params,
     size_t n_params)
{
    g_autofree char *sql = text_of(c, which);
    const MigCall statement = {sql, params, n_params};
    g_autoptr(GError) error = NULL;
    bool done = c->driver->query(connection, &statement, NULL, NULL, &error);

    g_assert_no_error(error);
    g_assert_true(done);
}

static void
take(MigCase *c, const char *token, const char *lease_ms)
{
    const char *const params[] = {token, "it's \"me\" \\ `here`", lease_ms};

    call(c, c->first, MIG_HISTORY_LEASE_TAKE, params, G_N_ELEMENTS(params));
}

static void
renew(MigCase *c, const char *token, const char *lease_ms)
{
    const char *const params[] = {token, lease_ms};

    call(c, c->first, MIG_HISTORY_LEASE_RENEW, params, G_N_ELEMENTS(params));
}

static void
release(MigCase *c, const char *token)
{
    call(c, c->first, MIG_HISTORY_LEASE_RELEASE, &token, 1);
}

/* Who has it, as a neighbour sees it, and that between @least_ms and @most_ms of it are left. */
static void
assert_lease(MigCase *c, const char *token, int64_t least_ms, int64_t most_ms)
{
    g_autofree char *sql = text_of(c, MIG_HISTORY_LEASE_READ);
    g_autoptr(GPtrArray) rows = mig_case_values(c, mig_case_other(c), sql, NULL, 0);

    if (token == NULL) {
        g_assert_cmpuint(rows->len, ==, 0);
        return;
    }
    g_assert_cmpuint(rows->len, ==, 1);
    g_auto(GStrv) row = g_strsplit(g_ptr_array_index(rows, 0), "|", -1);
    g_assert_cmpuint(g_strv_length(row), ==, 3);
    g_assert_cmpstr(row[0], ==, token);
    g_assert_cmpstr(row[1], ==, "it's \"me\" \\ `here`");

    int64_t remaining_ms = 0;
    g_assert_true(g_ascii_string_to_signed(row[2], 10, INT64_MIN, INT64_MAX, &remaining_ms, NULL));
    g_assert_cmpint(remaining_ms, >=, least_ms);
    g_assert_cmpint(remaining_ms, <=, most_ms);
}

static void
check_exclusive(MigCase *c)
{
    create(c);
    assert_lease(c, NULL, 0, 0);
    take(c, "first", minute);
    assert_lease(c, "first", 30000, 60000);
    take(c, "second", minute);
    assert_lease(c, "first", 30000, 60000);
    release(c, "second");
    assert_lease(c, "first", 30000, 60000);
    release(c, "first");
    assert_lease(c, NULL, 0, 0);
    take(c, "second", minute);
    assert_lease(c, "second", 30000, 60000);
}

static void
check_taken_over(MigCase *c)
{
    create(c);
    take(c, "first", past);
    assert_lease(c, "first", -60000, -1);
    take(c, "second", minute);
    assert_lease(c, "second", 30000, 60000);

    /* The first one was only slow, and comes back. */
    renew(c, "first", "900000");
    release(c, "first");
    assert_lease(c, "second", 30000, 60000);
}

static void
check_renew(MigCase *c)
{
    create(c);
    take(c, "first", minute);
    renew(c, "first", "900000");
    assert_lease(c, "first", 870000, 900000);
    renew(c, "second", minute);
    assert_lease(c, "first", 870000, 900000);
    release(c, "first");
    renew(c, "first", minute);
    assert_lease(c, NULL, 0, 0);
}

static void
check_taken_twice(MigCase *c)
{
    /* The answer to the first may have been lost on its way. */
    create(c);
    take(c, "first", minute);
    take(c, "first", "900000");
    assert_lease(c, "first", 870000, 900000);
}

static void
check_elsewhere(MigCase *c)
{
    /* A lease is of one history table. */
    g_autoptr(GError) error = NULL;
    g_autofree char *schema = c->driver->default_schema(c->first, &error);
    g_autofree char *made =
        c->driver->history_sql(c->first, MIG_HISTORY_CREATE_LOCK_TABLE, schema, "odd \"name");
    g_autofree char *read =
        c->driver->history_sql(c->first, MIG_HISTORY_LEASE_READ, schema, "odd \"name");

    create(c);
    mig_case_run(c, c->first, made);
    take(c, "first", minute);
    g_autoptr(GPtrArray) rows = mig_case_values(c, c->first, read, NULL, 0);
    g_assert_cmpuint(rows->len, ==, 0);
}

typedef struct {
    MigCase *c;
    MigConnection *connection;
    const char *sql;
    char *token;     /* (owned) */
    unsigned *ready; /* (atomic) how many are about to begin */
} Runner;

static gpointer
take_at_once(gpointer data)
{
    Runner *runner = data;
    const char *const params[] = {runner->token, "it's \"me\" \\ `here`", minute};
    const MigCall statement = {runner->sql, params, G_N_ELEMENTS(params)};
    g_autoptr(GError) error = NULL;

    g_atomic_int_inc(runner->ready);
    while (g_atomic_int_get(runner->ready) < N_RUNNERS)
        g_thread_yield();
    runner->c->driver->query(runner->connection, &statement, NULL, NULL, &error);
    g_assert_no_error(error);
    return NULL;
}

/* Whoever it was: the last one to write must not have replaced another. */
static void
race(MigCase *c, Runner *runners, bool taken_before)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *read = text_of(c, MIG_HISTORY_LEASE_READ);
    GThread *threads[N_RUNNERS] = {NULL};
    unsigned ready = 0;

    if (taken_before)
        take(c, "late", past);
    for (size_t i = 0; i < N_RUNNERS; i++) {
        runners[i].ready = &ready;
        threads[i] = g_thread_new("runner", take_at_once, &runners[i]);
    }
    for (unsigned i = 0; i < 20; i++) {
        g_autoptr(GPtrArray) rows = mig_case_values(c, mig_case_other(c), read, NULL, 0);
        for (guint k = 0; k < rows->len; k++) {
            char *row = g_ptr_array_index(rows, k);
            g_hash_table_add(seen, g_strndup(row, strcspn(row, "|")));
        }
    }
    for (size_t i = 0; i < N_RUNNERS; i++)
        g_thread_join(threads[i]);
    g_autoptr(GPtrArray) rows = mig_case_values(c, c->other, read, NULL, 0);
    g_assert_cmpuint(rows->len, ==, 1);
    char *last = g_ptr_array_index(rows, 0);
    last[strcspn(last, "|")] = '\0';
    g_assert_true(g_str_has_prefix(last, "runner-"));
    g_hash_table_add(seen, g_strdup(last));
    g_hash_table_remove(seen, "late");
    g_assert_cmpuint(g_hash_table_size(seen), ==, 1);
    release(c, last);
}

static void
check_race(MigCase *c)
{
    Runner runners[N_RUNNERS] = {0};

    create(c);
    g_autofree char *sql = text_of(c, MIG_HISTORY_LEASE_TAKE);
    for (size_t i = 0; i < N_RUNNERS; i++)
        runners[i] = (Runner){.c = c,
                              .connection = mig_case_open(c),
                              .sql = sql,
                              .token = g_strdup_printf("runner-%zu", i)};
    for (unsigned i = 0; i < N_ROUNDS; i++)
        race(c, runners, i % 2 == 1);
    for (size_t i = 0; i < N_RUNNERS; i++) {
        c->driver->close(runners[i].connection);
        g_free(runners[i].token);
    }
}

const MigPromise mig_lease_promises[] = {
    {"a-lease-has-one-holder", check_exclusive, NULL},
    {"a-lease-whose-time-is-out-is-taken-over-for-good", check_taken_over, NULL},
    {"a-lease-is-renewed-by-its-holder-alone", check_renew, NULL},
    {"a-lease-may-be-taken-twice-by-one", check_taken_twice, NULL},
    {"a-lease-is-of-one-history-table", check_elsewhere, NULL},
    {"of-many-that-come-at-once-one-has-the-lease", check_race, NULL},
    {NULL, NULL, NULL},
};

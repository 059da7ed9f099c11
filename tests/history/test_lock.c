/* SPDX-License-Identifier: MIT */
/* One runner at a time: who comes second waits, is told, gives up or is stopped. */
#include "base/cancel.h"
#include "history/lock.h"
#include "support/database.h"

#include <signal.h>
#include <string.h>

typedef struct {
    MigTarget *target;
    MigCancel *cancel;
    MigHistoryTable *table;
} Runner;

typedef struct {
    MigTestDatabase *database;
    Runner first;
    Runner second;
} Fixture;

static void
open_runner(const Fixture *f, Runner *runner)
{
    g_autoptr(GError) error = NULL;

    runner->cancel = mig_cancel_new();
    const MigTargetOptions options = {
        .url = f->database->url,
        .application = "migrate test",
        .create = true,
        .cancel = runner->cancel,
    };
    runner->target = mig_target_open(&options, &error);
    g_assert_no_error(error);
    runner->table = mig_history_table_new(runner->target, NULL, "migrate_history", &error);
    g_assert_no_error(error);
}

static void
close_runner(Runner *runner)
{
    mig_history_table_free(runner->table);
    mig_target_close(runner->target);
    mig_cancel_free(runner->cancel);
}

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->database = mig_test_database_new();
    open_runner(f, &f->first);
    open_runner(f, &f->second);
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    close_runner(&f->first);
    close_runner(&f->second);
    mig_test_database_free(f->database);
}

static MigLock *
take(const Runner *runner)
{
    g_autoptr(GError) error = NULL;
    MigLock *lock = mig_lock_take(runner->table, 0, NULL, NULL, &error);

    g_assert_no_error(error);
    g_assert_false(mig_lock_is_lost(lock));
    return lock;
}

static void
test_refused(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigLock) lock = take(&f->first);
    g_assert_nonnull(lock);
    g_autoptr(GError) error = NULL;

    g_assert_null(mig_lock_take(f->second.table, 0, NULL, NULL, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_LOCKED);
    g_assert_true(g_str_has_prefix(error->message, "another runner is migrating this database: "));
    /* The holder is this very process. */
    g_assert_null(strstr(error->message, "doesn't say who"));
}

static void
test_given_back(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    for (int i = 0; i < 3; i++) {
        g_autoptr(MigLock) first = take(&f->first);
        g_assert_nonnull(first);
        g_clear_pointer(&first, mig_lock_release);
        g_autoptr(MigLock) second = take(&f->second);
        g_assert_nonnull(second);
    }
}

typedef struct {
    MigLock *held;
    MigCancel *cancel;
    unsigned told;
    bool named;
} Waiting;

static void
release_when_told(const char *holder, int64_t waited_ms, gpointer data)
{
    Waiting *waiting = data;

    g_assert_cmpint(waited_ms, >=, 0);
    waiting->told++;
    waiting->named = holder != NULL;
    g_clear_pointer(&waiting->held, mig_lock_release);
}

static void
test_waits(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    Waiting waiting = {.held = take(&f->first)};
    g_autoptr(GError) error = NULL;
    g_autoptr(MigLock) lock =
        mig_lock_take(f->second.table, 60000, release_when_told, &waiting, &error);
    g_assert_nonnull(lock);

    g_assert_no_error(error);
    g_assert_nonnull(lock);
    g_assert_cmpuint(waiting.told, ==, 1);
    g_assert_true(waiting.named);
}

static void
test_gives_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigLock) lock = take(&f->first);
    g_assert_nonnull(lock);
    g_autoptr(GError) error = NULL;
    int64_t start = g_get_monotonic_time();

    g_assert_null(mig_lock_take(f->second.table, 150, NULL, NULL, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_LOCKED);
    g_assert_nonnull(strstr(error->message, "waited 150 ms"));
    g_assert_cmpint(g_get_monotonic_time() - start, >=, 150000);
    /* And the one who has it still has it. */
    g_clear_error(&error);
    g_assert_null(mig_lock_take(f->second.table, 0, NULL, NULL, &error));
}

static void
stop_when_told(const char *holder G_GNUC_UNUSED, int64_t waited_ms G_GNUC_UNUSED, gpointer data)
{
    Waiting *waiting = data;

    mig_cancel_request(waiting->cancel, SIGTERM);
}

static void
test_stopped(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigLock) lock = take(&f->first);
    g_assert_nonnull(lock);
    Waiting waiting = {.cancel = f->second.cancel};
    g_autoptr(GError) error = NULL;
    int64_t start = g_get_monotonic_time();

    g_assert_null(mig_lock_take(f->second.table, 60000, stop_when_told, &waiting, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_CANCELLED);
    g_assert_nonnull(strstr(error->message, "SIGTERM"));
    g_assert_cmpint(g_get_monotonic_time() - start, <, 20000000);
}

static void
test_other_table(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigHistoryTable) table =
        mig_history_table_new(f->second.target, NULL, "it's \"other\"", &error);
    g_autoptr(MigLock) first = take(&f->first);
    g_assert_nonnull(first);

    /* SQLite has one lock for the whole file. */
    if (strcmp(mig_test_engine(), "sqlite") == 0)
        return;
    g_autoptr(MigLock) second = mig_lock_take(table, 0, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(second);
}

static void
test_other_database(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    Fixture other = {NULL};
    g_autoptr(MigLock) first = take(&f->first);
    g_assert_nonnull(first);

    set_up(&other, NULL);
    g_autoptr(MigLock) second = take(&other.first);
    g_assert_nonnull(second);
    g_clear_pointer(&second, mig_lock_release);
    tear_down(&other, NULL);
}

static void
test_nothing_to_release(Fixture *f G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
    mig_lock_release(NULL);
    g_assert_false(mig_lock_is_lost(NULL));
}

static const struct {
    const char *name;
    void (*run)(Fixture *f, gconstpointer data);
} tests[] = {
    {"the-second-is-refused-and-told-who", test_refused},
    {"it-can-be-given-back", test_given_back},
    {"the-second-waits", test_waits},
    {"the-second-gives-up", test_gives_up},
    {"the-second-can-be-stopped", test_stopped},
    {"another-history-has-its-own", test_other_table},
    {"another-database-has-its-own", test_other_database},
    {"there-may-be-nothing-to-release", test_nothing_to_release},
};

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (!mig_test_engine_ready())
        return g_test_run();
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/lock/%s/%s", mig_test_engine(), tests[i].name);
        g_test_add(path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
    return g_test_run();
}

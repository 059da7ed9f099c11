/* SPDX-License-Identifier: MIT */
/* The faulty driver keeps every promise as long as it has no fault, and then fails as it says. */
#include "base/error.h"
#include "drivers/promise.h"
#include "drivers/subject_sqlite.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *
read_log(void)
{
    char *log = NULL;
    g_autoptr(GError) error = NULL;

    g_file_get_contents(g_getenv("MIGRATE_FAULT_LOG"), &log, NULL, &error);
    g_assert_no_error(error);
    return log;
}

/* The next call but @skip is to fail. Calls are numbered over the whole process. */
static void
arm(MigCase *c, const char *kind, unsigned skip)
{
    g_autofree char *folder = g_path_get_dirname(strchr(c->url, '/'));
    g_autofree char *path = g_build_filename(folder, "calls", NULL);

    /* Lines are appended: only this one is to be there. */
    unlink(path);
    g_setenv("MIGRATE_FAULT_LOG", path, TRUE);
    mig_case_run(c, c->first, "SELECT 1");
    g_autofree char *log = read_log();
    g_autofree char *at =
        g_strdup_printf("%u", (unsigned)g_ascii_strtoull(log, NULL, 10) + 1 + skip);
    g_setenv("MIGRATE_FAULT_KIND", kind, TRUE);
    g_setenv("MIGRATE_FAULT_AT", at, TRUE);
}

static void
disarm(void)
{
    g_unsetenv("MIGRATE_FAULT_AT");
    g_unsetenv("MIGRATE_FAULT_LOG");
}

static bool
insert(MigCase *c, GError **error)
{
    const char *sql = "INSERT INTO kept VALUES (2, 'two')";

    return c->driver->exec(c->first, sql, strlen(sql), error);
}

static void
check_log(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    arm(c, "error", 100);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    g_assert_true(c->driver->commit(c->first, &error));
    g_autofree char *log = read_log();
    g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
    unsigned n = (unsigned)g_ascii_strtoull(lines[0], NULL, 10);
    g_autofree char *begin = g_strdup_printf("%u begin", n + 1);
    g_autofree char *commit = g_strdup_printf("%u commit", n + 2);
    g_assert_true(g_str_has_suffix(lines[0], " exec"));
    g_assert_cmpstr(lines[1], ==, begin);
    g_assert_cmpstr(lines[2], ==, commit);
    disarm();
}

static void
check_error(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    arm(c, "error", 0);
    g_assert_false(insert(c, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
    g_clear_error(&error);
    g_assert_true(insert(c, &error));
    disarm();
}

static void
check_lost_kind(MigCase *c, const char *kind, const char *kept_after)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) second = NULL;

    mig_case_table(c);
    mig_case_other(c);
    arm(c, kind, 0);
    g_assert_false(insert(c, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_CONNECTION);
    mig_assert_class(error, MIG_SQL_CONNECTION_LOST);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_LOST);
    g_assert_false(c->driver->rollback(c->first, &second));
    g_assert_error(second, MIG_ERROR, MIG_ERROR_CONNECTION);
    g_autofree char *quoted = c->driver->quote(c->first, "a");
    g_assert_cmpstr(quoted, ==, "\"a\"");
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, kept_after);
    disarm();
}

static void
check_lost(MigCase *c)
{
    check_lost_kind(c, "lost", "1");
}

static void
check_lost_after(MigCase *c)
{
    check_lost_kind(c, "lost-after", "1,2");
}

static void
check_lost_transaction(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    mig_case_other(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    arm(c, "lost-after", 0);
    g_assert_false(insert(c, &error));
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
    disarm();
}

static void
check_batch(MigCase *c)
{
    static const struct {
        const char *kind;
        const char *kept;
    } cases[] = {{"error", "1,2"}, {"lost", "1,2"}, {"lost-after", "1,2,3"}};
    const MigCall calls[] = {
        {.sql = "INSERT INTO kept VALUES (2, 'two')"},
        {.sql = "INSERT INTO kept VALUES (3, 'three')"},
        {.sql = "INSERT INTO kept VALUES (4, 'four')"},
    };

    mig_case_table(c);
    mig_case_other(c);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        size_t done = 99;

        arm(c, cases[i].kind, 1);
        g_assert_false(c->driver->batch(c->first, calls, 3, &done, &error));
        disarm();
        g_assert_cmpuint(done, ==, 1);
        g_autofree char *kept = mig_case_kept(c);
        g_assert_cmpstr(kept, ==, cases[i].kept);
        mig_case_run(c, c->other, "DELETE FROM kept WHERE id > 1");
        c->driver->close(c->first);
        c->first = mig_case_open(c);
    }
}

static void
check_open(MigCase *c)
{
    const MigOpenOptions options = {.application = "migrate test"};
    g_autoptr(GError) error = NULL;

    arm(c, "lost", 0);
    g_assert_null(c->driver->open(c->url, &options, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_CONNECTION);
    disarm();
}

/* In a process of its own, whose database is left in this one's folder. */
static void
check_killed(MigCase *c, const char *kind, const char *kept_after)
{
    if (g_test_subprocess()) {
        mig_case_table(c);
        arm(c, kind, 0);
        insert(c, NULL);
        return;
    }

    g_autofree char *folder = g_path_get_dirname(strchr(c->url, '/'));
    g_setenv("TMPDIR", folder, TRUE);
    g_test_trap_subprocess(NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
    g_unsetenv("TMPDIR");
    g_assert_false(g_test_trap_has_passed());
    g_assert_false(g_test_trap_reached_timeout());

    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name = g_dir_read_name(entries);
    while (name != NULL && !g_str_has_prefix(name, "migrate-test-"))
        name = g_dir_read_name(entries);
    g_assert_nonnull(name);
    g_free(c->url);
    c->url = g_strdup_printf("faulty+sqlite:%s/%s/test.db", folder, name);
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, kept_after);
}

static void
check_kill(MigCase *c)
{
    check_killed(c, "kill", "1");
}

static void
check_kill_after(MigCase *c)
{
    check_killed(c, "kill-after", "1,2");
}

static const MigPromise own[] = {
    {"calls-are-numbered-and-logged", check_log, NULL},
    {"fault-error-fails-one-call", check_error, NULL},
    {"fault-lost-does-nothing-and-loses-the-connection", check_lost, NULL},
    {"fault-lost-after-carries-out-and-loses-the-connection", check_lost_after, NULL},
    {"fault-lost-undoes-the-transaction", check_lost_transaction, NULL},
    {"faults-fall-between-the-statements-of-a-batch", check_batch, NULL},
    {"faults-reach-open", check_open, NULL},
    {"fault-kill-kills-before", check_kill, NULL},
    {"fault-kill-after-kills-after", check_kill_after, NULL},
    {NULL, NULL, NULL},
};

int
main(int argc, char **argv)
{
    MigSubject subject = mig_sqlite_subject;

    subject.name = "faulty";
    subject.module = "migrate-faulty";
    subject.url_prefix = "faulty+";
    subject.own = own;
    return mig_contract_run(argc, argv, &subject);
}

/* SPDX-License-Identifier: MIT */
/* The history in a real database: what is written is read again, and nothing else is there. */
#include "history/settle.h"
#include "support/database.h"

#include <string.h>

#define TABLE "migrate_history"
#define HOSTILE "it's \"quoted\" \\ \\' %s ? $1 :x\n\t-- ; /* 😀 ünï */ `x` \r\n"

typedef struct {
    MigTestDatabase *database;
    MigTarget *target;
    MigHistoryTable *table;
} Fixture;

static MigTarget *
connect(const Fixture *f)
{
    const MigTargetOptions options = {.url = f->database->url, .create = true};
    g_autoptr(GError) error = NULL;
    MigTarget *target = mig_target_open(&options, &error);

    g_assert_no_error(error);
    return target;
}

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    f->database = mig_test_database_new();
    f->target = connect(f);
    f->table = mig_history_table_new(f->target, NULL, TABLE, &error);
    g_assert_no_error(error);
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    mig_history_table_free(f->table);
    mig_target_close(f->target);
    mig_test_database_free(f->database);
}

static MigHistory *
read_history(const Fixture *f)
{
    g_autoptr(GError) error = NULL;
    MigHistory *history = mig_history_read(f->table, &error);

    g_assert_no_error(error);
    return history;
}

static void
ensure(const Fixture *f)
{
    g_autoptr(MigHistory) history = read_history(f);
    g_autoptr(GError) error = NULL;

    mig_history_table_ensure(f->table, history->exists, history->format, &error);
    g_assert_no_error(error);
}

static void
write_batch(const Fixture *f, MigBatch *batch)
{
    g_autoptr(GError) error = NULL;

    mig_history_table_write(f->table, batch, &error);
    g_assert_no_error(error);
}

static MigMigration *
parse(const char *name, const char *text, const Fixture *f)
{
    g_autoptr(GError) error = NULL;
    MigMigration *migration = mig_source_parse_text(name, text, strlen(text),
                                                    mig_target_server(f->target)->engine, &error);

    g_assert_no_error(error);
    return migration;
}

static void
save(const Fixture *f, const MigMigration *migration, MigState state, size_t done, size_t doing)
{
    g_autoptr(MigBatch) batch = mig_batch_new();
    const MigSave row = {
        .migration = migration,
        .state = state,
        .done = done,
        .doing = doing,
        .total = migration->up->statements->len,
        .duration_ms = 1234567890123,
    };

    mig_history_table_save(f->table, batch, &row);
    write_batch(f, batch);
}

static bool
count_row(const MigRow *row G_GNUC_UNUSED, gpointer data)
{
    (*(size_t *)data)++;
    return true;
}

static size_t
count_events(const Fixture *f)
{
    size_t n = 0;
    g_autoptr(GError) error = NULL;

    mig_history_table_each_event(f->table, 1000, count_row, &n, &error);
    g_assert_no_error(error);
    return n;
}

static void
test_reading_creates_nothing(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigHistory) history = read_history(f);

    g_assert_false(history->exists);
    g_assert_cmpint(history->format, ==, 0);
    g_assert_cmpuint(history->records->len, ==, 0);
    g_assert_false(mig_target_ask(f->target, "SELECT * FROM " TABLE, NULL, NULL, &error));
    g_assert_cmpint(mig_error_sql_class(error), ==, MIG_SQL_UNDEFINED_TABLE);
    g_clear_error(&error);
    g_assert_false(mig_target_ask(f->target, "SELECT * FROM " TABLE "_event", NULL, NULL, &error));
    g_assert_cmpint(mig_error_sql_class(error), ==, MIG_SQL_UNDEFINED_TABLE);
}

static void
test_making_is_repeatable(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigMigration) migration = parse("1_a.sql", "SELECT 1;", f);

    ensure(f);
    g_assert_cmpuint(count_events(f), ==, 1);
    ensure(f);
    g_assert_cmpuint(count_events(f), ==, 1);
    save(f, migration, MIG_STATE_APPLIED, 1, 0);
    /* Another runner that hasn't seen them yet. */
    g_assert_true(mig_history_table_ensure(f->table, false, 0, &error));
    g_assert_no_error(error);

    g_autoptr(MigHistory) history = read_history(f);
    g_assert_true(history->exists);
    g_assert_cmpint(history->format, ==, MIG_HISTORY_FORMAT);
    g_assert_cmpuint(history->records->len, ==, 1);
}

/* A record whose every text is hostile comes back as it was. */
static void
test_round_trip(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GString) big = g_string_new("-- Author: ");
    g_autoptr(GError) error = NULL;
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;

    g_string_append(big, "O'Reilly \"x\" \\\n-- ===== UP =====\nSELECT 'it''s; ? $1 😀';\n-- ");
    for (size_t i = 0; i < 1000000; i++)
        g_string_append_c(big, (char)('a' + i % 26));
    g_string_append(big, "\nSELECT 2;\n-- ===== DOWN =====\nSELECT 3; -- \\ ' \"\n");
    g_autoptr(MigMigration) migration = parse("0012_it's \"a\" \\ 😀.sql", big->str, f);

    ensure(f);
    save(f, migration, MIG_STATE_RUNNING, 1, 2);
    g_autoptr(MigHistory) history = read_history(f);
    const MigRecord *record = mig_history_find(history, "12");
    g_assert_nonnull(record);
    g_assert_true(mig_history_find(history, "00012") == record);
    g_assert_null(mig_history_find(history, "1"));
    g_assert_cmpstr(record->version, ==, "0012");
    g_assert_cmpstr(record->name, ==, "it's \"a\" \\ 😀");
    g_assert_cmpint(record->state, ==, MIG_STATE_RUNNING);
    g_assert_cmpint(record->done, ==, 1);
    g_assert_cmpint(record->doing, ==, 2);
    g_assert_cmpint(record->total, ==, 2);
    g_assert_cmpstr(record->checksum, ==, migration->checksum_tokens);
    g_assert_cmpstr(record->checksum_raw, ==, migration->checksum_raw);
    g_assert_cmpstr(record->header, ==, "{\"Author\":\"O'Reilly \\\"x\\\" \\\\\"}");
    g_assert_cmpint(record->duration_ms, ==, 1234567890123);
    g_assert_nonnull(record->os_user);
    g_assert_cmpstr(record->host, ==, g_get_host_name());
    g_assert_true(g_regex_match_simple("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
                                       record->applied_at, 0, 0));
    g_assert_true(mig_history_sql(f->table, "0012", &up, &down, &error));
    g_assert_cmpstr(up, ==, migration->up->text);
    g_assert_cmpstr(down, ==, migration->down->text);
}

static void
test_unknown_sql(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;

    ensure(f);
    g_assert_false(mig_history_sql(f->table, "7", &up, &down, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_HISTORY);
}

static void
test_moving_and_deleting(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigMigration) first = parse("1_a.sql", "SELECT 1; SELECT 2;", f);
    g_autoptr(MigMigration) second = parse("2_b.sql", "SELECT 1;", f);
    g_autoptr(MigBatch) batch = mig_batch_new();

    ensure(f);
    save(f, first, MIG_STATE_APPLIED, 2, 0);
    save(f, second, MIG_STATE_APPLIED, 1, 0);
    mig_history_table_move(f->table, batch, "1", MIG_STATE_REVERT_FAILED, 1, 2);
    mig_history_table_delete(f->table, batch, "2");
    write_batch(f, batch);

    g_autoptr(MigHistory) history = read_history(f);
    g_assert_cmpuint(history->records->len, ==, 1);
    const MigRecord *record = g_ptr_array_index(history->records, 0);
    g_assert_cmpint(record->state, ==, MIG_STATE_REVERT_FAILED);
    g_assert_cmpint(record->done, ==, 1);
    g_assert_cmpint(record->doing, ==, 2);
    g_assert_cmpint(record->total, ==, 2);
    g_assert_cmpstr(record->name, ==, "a");

    g_autoptr(MigBatch) again = mig_batch_new();
    mig_history_table_move(f->table, again, "1", MIG_STATE_REVERTING, 0, 0);
    write_batch(f, again);
    g_autoptr(MigHistory) moved = read_history(f);
    record = g_ptr_array_index(moved->records, 0);
    g_assert_cmpint(record->doing, ==, 0);
}

static bool
check_event(const MigRow *row, gpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr(row->values[2], ==, "failed");
    g_assert_cmpstr(row->values[3], ==, "7");
    g_assert_cmpstr(row->values[4], ==, HOSTILE);
    g_assert_cmpstr(row->values[5], ==, "3");
    g_assert_cmpstr(row->values[11], ==, HOSTILE);
    return false;
}

static void
add_event(const Fixture *f, const char *kind, const char *version, const char *text)
{
    g_autoptr(MigBatch) batch = mig_batch_new();
    const MigEvent event = {
        .kind = kind, .version = version, .name = text, .statement = 3, .message = text};

    mig_history_table_event(f->table, batch, &event);
    write_batch(f, batch);
}

static void
test_events(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    ensure(f);
    add_event(f, "applied", "6", "x");
    add_event(f, "failed", "7", HOSTILE);
    g_assert_true(mig_history_table_each_event(f->table, 1, check_event, NULL, &error));
    g_assert_cmpuint(count_events(f), ==, 3);
}

static void
test_failures(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    ensure(f);
    add_event(f, "failed", "1", "one");
    add_event(f, "failed", "2", "two");
    add_event(f, "applied", "1", "one");
    add_event(f, "failed", "3", HOSTILE);
    g_autoptr(GPtrArray) failures = mig_history_failures(f->table, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(failures->len, ==, 2);
    for (guint i = 0; i < failures->len; i++) {
        const MigFailure *failure = g_ptr_array_index(failures, i);
        bool third = strcmp(failure->version, "3") == 0;
        g_assert_true(third || strcmp(failure->version, "2") == 0);
        g_assert_cmpstr(failure->message, ==, third ? HOSTILE : "two");
        g_assert_cmpint(failure->statement, ==, 3);
    }
}

/* As a later version of the program would: its events say so. */
static void
write_newer(const Fixture *f)
{
    g_autoptr(GError) error = NULL;
    const char *const params[] = {"created", NULL, NULL, NULL,  NULL, NULL,
                                  "0",       NULL, NULL, "9.9", NULL, "2"};
    const MigCall call = {mig_history_table_statement(f->table, MIG_HISTORY_EVENT, false), params,
                          G_N_ELEMENTS(params)};

    mig_target_query(f->target, &call, NULL, NULL, &error);
    g_assert_no_error(error);
}

static void
test_newer_format(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigMigration) migration = parse("1_a.sql", "SELECT 1;", f);
    g_autoptr(GError) error = NULL;

    ensure(f);
    write_newer(f);
    g_assert_null(mig_history_read(f->table, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_HISTORY);
    g_assert_nonnull(strstr(error->message, "has format 2"));
    g_clear_error(&error);

    save(f, migration, MIG_STATE_APPLIED, 1, 0);
    write_newer(f);
    g_assert_null(mig_history_read(f->table, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_HISTORY);
}

static void
test_unknown_state(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigMigration) migration = parse("1_a.sql", "SELECT 1;", f);
    g_autoptr(GError) error = NULL;

    ensure(f);
    save(f, migration, MIG_STATE_APPLIED, 1, 0);
    g_assert_true(
        mig_target_exec_text(f->target, "UPDATE " TABLE " SET state = 'levitating'", &error));
    g_assert_null(mig_history_read(f->table, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_HISTORY);
    g_assert_nonnull(strstr(error->message, "levitating"));
}

static const struct {
    MigState state;
    size_t done;
    size_t doing;
    MigSettlement settlement;
    const char *after; /* state, done, doing; "gone"; NULL: refused */
} settlements[] = {
    {MIG_STATE_RUNNING, 1, 2, MIG_SETTLE_DONE, "failed 2 0"},
    {MIG_STATE_RUNNING, 1, 2, MIG_SETTLE_RETRY, "failed 1 2"},
    {MIG_STATE_RUNNING, 1, 2, MIG_SETTLE_APPLIED, "applied 3 0"},
    {MIG_STATE_RUNNING, 1, 2, MIG_SETTLE_REVERTED, "gone"},
    {MIG_STATE_RUNNING, 1, 0, MIG_SETTLE_DONE, NULL},
    {MIG_STATE_RUNNING, 1, 0, MIG_SETTLE_RETRY, NULL},
    {MIG_STATE_RUNNING, 1, 0, MIG_SETTLE_APPLIED, "applied 3 0"},
    {MIG_STATE_FAILED, 1, 2, MIG_SETTLE_DONE, "failed 2 0"},
    {MIG_STATE_FAILED, 0, 2, MIG_SETTLE_DONE, NULL},
    {MIG_STATE_FAILED, 0, 2, MIG_SETTLE_RETRY, "failed 0 2"},
    {MIG_STATE_FAILED_VERIFY, 3, 0, MIG_SETTLE_APPLIED, "applied 3 0"},
    {MIG_STATE_FAILED_VERIFY, 3, 0, MIG_SETTLE_REVERTED, "gone"},
    {MIG_STATE_REVERTING, 1, 2, MIG_SETTLE_DONE, "revert-failed 2 0"},
    {MIG_STATE_REVERTING, 1, 2, MIG_SETTLE_RETRY, "revert-failed 1 2"},
    {MIG_STATE_REVERTING, 1, 2, MIG_SETTLE_APPLIED, "applied 3 0"},
    {MIG_STATE_REVERTING, 1, 2, MIG_SETTLE_REVERTED, "gone"},
    {MIG_STATE_REVERT_FAILED, 1, 2, MIG_SETTLE_REVERTED, "gone"},
    {MIG_STATE_APPLIED, 3, 0, MIG_SETTLE_DONE, NULL},
    {MIG_STATE_APPLIED, 3, 0, MIG_SETTLE_RETRY, NULL},
    {MIG_STATE_APPLIED, 3, 0, MIG_SETTLE_APPLIED, NULL},
    {MIG_STATE_APPLIED, 3, 0, MIG_SETTLE_REVERTED, "gone"},
    {MIG_STATE_BASELINED, 3, 0, MIG_SETTLE_REVERTED, "gone"},
};

static char *
describe(const Fixture *f)
{
    g_autoptr(MigHistory) history = read_history(f);

    if (history->records->len == 0)
        return g_strdup("gone");
    const MigRecord *record = g_ptr_array_index(history->records, 0);
    return g_strdup_printf("%s %d %d", mig_state_name(record->state), record->done, record->doing);
}

static void
test_settlements(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigMigration) migration = parse("1_a.sql", "SELECT 1; SELECT 2; SELECT 3;", f);

    ensure(f);
    for (size_t i = 0; i < G_N_ELEMENTS(settlements); i++) {
        g_autoptr(GError) error = NULL;
        save(f, migration, settlements[i].state, settlements[i].done, settlements[i].doing);
        g_autofree char *before = describe(f);
        g_autoptr(MigHistory) history = read_history(f);
        size_t events = count_events(f);
        bool done =
            mig_settle(f->table, mig_history_find(history, "1"), settlements[i].settlement, &error);
        g_autofree char *after = describe(f);

        g_test_message("%zu: %s --%s", i, before, mig_settlement_option(settlements[i].settlement));
        if (settlements[i].after == NULL) {
            g_assert_false(done);
            g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
            g_assert_cmpstr(after, ==, before);
            g_assert_cmpuint(count_events(f), ==, events);
        } else {
            g_assert_no_error(error);
            g_assert_cmpstr(after, ==, settlements[i].after);
            g_assert_cmpuint(count_events(f), ==, events + 1);
        }
    }
}

static MigSource *
two_files(const Fixture *f, const char *second)
{
    MigSource *source = g_new0(MigSource, 1);

    source->directory = g_strdup("migrations");
    source->engine = mig_target_server(f->target)->engine;
    source->migrations = g_ptr_array_new_with_free_func((GDestroyNotify)mig_migration_free);
    g_ptr_array_add(source->migrations, parse("1_a.sql", "SELECT 1;", f));
    g_ptr_array_add(source->migrations, parse("2_b.sql", second, f));
    return source;
}

static void
test_baseline(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigSource) source = two_files(f, "SELECT 2;");
    g_autoptr(GError) error = NULL;
    size_t n = 0;

    ensure(f);
    g_autoptr(MigHistory) empty = read_history(f);
    g_assert_false(mig_settle_baseline(f->table, source, empty, "3", &n, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_true(mig_settle_baseline(f->table, source, empty, "1", &n, &error));
    g_assert_cmpuint(n, ==, 1);
    g_autoptr(MigHistory) one = read_history(f);
    g_assert_cmpuint(one->records->len, ==, 1);
    g_assert_true(mig_settle_baseline(f->table, source, one, "2", &n, &error));
    g_assert_cmpuint(n, ==, 1);
    g_autoptr(MigHistory) both = read_history(f);
    g_assert_cmpuint(both->records->len, ==, 2);
    const MigRecord *record = g_ptr_array_index(both->records, 1);
    g_assert_cmpint(record->state, ==, MIG_STATE_BASELINED);
    g_assert_true(mig_record_is_applied(record));
    size_t events = count_events(f);
    g_assert_true(mig_settle_baseline(f->table, source, both, "2", &n, &error));
    g_assert_cmpuint(n, ==, 0);
    g_assert_cmpuint(count_events(f), ==, events);
}

static void
test_accept(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigSource) before = two_files(f, "SELECT 2;");
    g_autoptr(MigSource) source = two_files(f, "SELECT 3;\n");
    g_autoptr(GError) error = NULL;
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;
    size_t n = 0;

    ensure(f);
    save(f, g_ptr_array_index(before->migrations, 0), MIG_STATE_APPLIED, 1, 0);
    save(f, g_ptr_array_index(before->migrations, 1), MIG_STATE_APPLIED, 1, 0);
    g_autoptr(MigHistory) history = read_history(f);
    g_autoptr(GArray) pairs = mig_compare(source, history, false, &error);
    g_assert_cmpint(g_array_index(pairs, MigPair, 0).standing, ==, MIG_STANDING_APPLIED);
    g_assert_cmpint(g_array_index(pairs, MigPair, 1).standing, ==, MIG_STANDING_CHANGED);
    g_assert_true(mig_settle_accept(f->table, pairs, "1", &n, &error));
    g_assert_cmpuint(n, ==, 0);
    g_assert_true(mig_settle_accept(f->table, pairs, NULL, &n, &error));
    g_assert_cmpuint(n, ==, 1);

    g_autoptr(MigHistory) after = read_history(f);
    g_autoptr(GArray) now = mig_compare(source, after, true, &error);
    g_assert_cmpint(g_array_index(now, MigPair, 1).standing, ==, MIG_STANDING_APPLIED);
    g_assert_true(mig_history_sql(f->table, "2", &up, &down, &error));
    g_assert_cmpstr(up, ==, "SELECT 3;\n");
}

/* Two histories in one database don't know of each other. */
static void
test_two_tables(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(MigMigration) migration = parse("1_a.sql", "SELECT 1;", f);
    g_autoptr(GError) error = NULL;
    g_autoptr(MigHistoryTable) other =
        mig_history_table_new(f->target, NULL, "it's \"other\" `x`", &error);

    ensure(f);
    save(f, migration, MIG_STATE_APPLIED, 1, 0);
    g_autoptr(MigHistory) none = mig_history_read(other, &error);
    g_assert_no_error(error);
    g_assert_false(none->exists);
    g_assert_true(mig_history_table_ensure(other, false, 0, &error));
    g_autoptr(MigHistory) empty = mig_history_read(other, &error);
    g_assert_no_error(error);
    g_assert_true(empty->exists);
    g_assert_cmpuint(empty->records->len, ==, 0);
}

static void
test_states(void)
{
    for (int i = MIG_STATE_APPLIED; i <= MIG_STATE_REVERT_FAILED; i++) {
        MigState state = MIG_STATE_APPLIED;
        g_assert_true(mig_state_parse(mig_state_name((MigState)i), &state));
        g_assert_cmpint(state, ==, i);
    }
    MigState state = MIG_STATE_RUNNING;
    g_assert_false(mig_state_parse("", &state));
    g_assert_false(mig_state_parse(NULL, &state));
    g_assert_false(mig_state_parse("Applied", &state));
    g_assert_cmpint(state, ==, MIG_STATE_RUNNING);
}

static const struct {
    const char *name;
    void (*run)(Fixture *f, gconstpointer data);
} tests[] = {
    {"reading-creates-nothing", test_reading_creates_nothing},
    {"making-is-repeatable", test_making_is_repeatable},
    {"a-record-comes-back-as-it-was", test_round_trip},
    {"sql-of-an-unknown-version", test_unknown_sql},
    {"moving-and-deleting", test_moving_and_deleting},
    {"an-event-comes-back-as-it-was", test_events},
    {"failures-are-the-newest-events", test_failures},
    {"a-newer-format-is-refused", test_newer_format},
    {"an-unknown-state-is-refused", test_unknown_state},
    {"settlements", test_settlements},
    {"baseline", test_baseline},
    {"accept", test_accept},
    {"two-histories", test_two_tables},
};

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/history/states", test_states);
    if (!mig_test_engine_ready())
        return g_test_run();
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/history/%s/%s", mig_test_engine(), tests[i].name);
        g_test_add(path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
    return g_test_run();
}

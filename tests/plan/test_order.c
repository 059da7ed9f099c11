/* SPDX-License-Identifier: MIT */
/* Order in the large: what a directory may hold must not cost the square of it, nor the stack. */
#include "plan/order.h"

#include <migrate/error.h>
#include <string.h>

#define MANY 100000

typedef struct {
    MigSource *source;
    MigHistory *history;
} Large;

static void
free_migration(gpointer migration)
{
    mig_migration_free(migration);
}

static void
add_migration(Large *large, unsigned version, unsigned required)
{
    MigMigration *migration = g_new0(MigMigration, 1);

    migration->version = g_strdup_printf("%u", version);
    migration->name = g_strdup_printf("m%u", version);
    migration->path = g_strdup_printf("%u_m%u.sql", version, version);
    migration->parsed = true;
    migration->requires = g_ptr_array_new_with_free_func(g_free);
    if (required != 0)
        g_ptr_array_add(migration->requires, g_strdup_printf("%u", required));
    g_ptr_array_add(large->source->migrations, migration);
}

static void
set_up(Large *large, gconstpointer data G_GNUC_UNUSED)
{
    large->source = g_new0(MigSource, 1);
    large->source->directory = g_strdup("migrations");
    large->source->engine = MIG_ENGINE_SQLITE;
    large->source->migrations = g_ptr_array_new_with_free_func(free_migration);
    large->history = g_new0(MigHistory, 1);
    large->history->records = g_ptr_array_new_with_free_func(g_free);
}

static void
tear_down(Large *large, gconstpointer data G_GNUC_UNUSED)
{
    mig_source_free(large->source);
    mig_history_free(large->history);
}

static unsigned
version_at(const GPtrArray *order, guint index)
{
    const MigMigration *migration = g_ptr_array_index(order, index);
    guint64 version = 0;

    g_assert_true(g_ascii_string_to_unsigned(migration->version, 10, 1, MANY, &version, NULL));
    return (unsigned)version;
}

static GPtrArray *
order_up(Large *large)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *order =
        mig_order_up(large->source->migrations, large->source, large->history, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(order->len, ==, MANY);
    return order;
}

static void
test_chain(Large *large, gconstpointer data G_GNUC_UNUSED)
{
    for (unsigned i = 1; i <= MANY; i++)
        add_migration(large, i, i - 1);

    g_autoptr(GPtrArray) order = order_up(large);
    for (guint i = 0; i < MANY; i++)
        g_assert_cmpuint(version_at(order, i), ==, i + 1);
}

static void
test_chain_backwards(Large *large, gconstpointer data G_GNUC_UNUSED)
{
    for (unsigned i = 1; i <= MANY; i++)
        add_migration(large, i, i < MANY ? i + 1 : 0);

    g_autoptr(GPtrArray) order = order_up(large);
    for (guint i = 0; i < MANY; i++)
        g_assert_cmpuint(version_at(order, i), ==, MANY - i);
}

static void
test_star(Large *large, gconstpointer data G_GNUC_UNUSED)
{
    for (unsigned i = 1; i <= MANY; i++)
        add_migration(large, i, i < MANY ? MANY : 0);

    g_autoptr(GPtrArray) order = order_up(large);
    g_assert_cmpuint(version_at(order, 0), ==, MANY);
    for (guint i = 1; i < MANY; i++)
        g_assert_cmpuint(version_at(order, i), ==, i);
}

static void
test_circle(Large *large, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    for (unsigned i = 1; i <= MANY; i++)
        add_migration(large, i, i < MANY ? i + 1 : 1);
    g_assert_null(
        mig_order_up(large->source->migrations, large->source, large->history, NULL, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
    g_assert_true(
        g_str_has_prefix(error->message, "1_m1.sql:1: Requires leads in a circle: 1 -> "));
    g_assert_cmpuint(strlen(error->message), <, 1000);
}

static void
test_down(Large *large, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) leaving = g_ptr_array_new();
    g_autoptr(GError) error = NULL;

    for (unsigned i = 1; i <= MANY; i++) {
        add_migration(large, i, i < MANY ? i + 1 : 0);
        const MigMigration *migration = g_ptr_array_index(large->source->migrations, i - 1);
        MigRecord *record = g_new0(MigRecord, 1);
        record->version = migration->version;
        record->name = migration->name;
        g_ptr_array_add(large->history->records, record);
    }
    for (unsigned i = MANY; i-- > 0;)
        g_ptr_array_add(leaving, g_ptr_array_index(large->history->records, i));
    g_autoptr(GPtrArray) order = mig_order_down(leaving, large->source, large->history, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(order->len, ==, MANY);
    for (guint i = 0; i < MANY; i++)
        g_assert_true(g_ptr_array_index(order, i) == g_ptr_array_index(leaving, MANY - 1 - i));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/plan/order/a-long-chain", Large, NULL, set_up, test_chain, tear_down);
    g_test_add("/plan/order/a-long-chain-backwards", Large, NULL, set_up, test_chain_backwards,
               tear_down);
    g_test_add("/plan/order/one-that-all-require", Large, NULL, set_up, test_star, tear_down);
    g_test_add("/plan/order/a-large-circle-is-told-short", Large, NULL, set_up, test_circle,
               tear_down);
    g_test_add("/plan/order/a-long-chain-down", Large, NULL, set_up, test_down, tear_down);
    return g_test_run();
}

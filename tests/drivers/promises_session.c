/* SPDX-License-Identifier: MIT */
/* Quoting, and putting the session back to how it was. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

static char *
reset(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    char *changed = NULL;
    bool done = c->driver->reset(c->first, &changed, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    return changed;
}

static void
check_quote(MigCase *c)
{
    static const char *const names[] = {
        "plain",    "Mixed Case", "select",       "with \"quotes\"", "with `backticks`",
        "it's [x]", "žluť",       "semi;colon--", "per%cent",        "back\\slash",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *quoted = c->driver->quote(c->first, names[i]);
        g_autofree char *create = g_strdup_printf("CREATE TABLE %s (%s integer)", quoted, quoted);
        g_autofree char *insert = g_strdup_printf("INSERT INTO %s (%s) VALUES (7)", quoted, quoted);
        g_autofree char *select = g_strdup_printf("SELECT %s.%s FROM %s", quoted, quoted, quoted);

        g_test_message("%s", quoted);
        mig_case_run(c, c->first, create);
        mig_case_run(c, c->first, insert);
        g_autofree char *value = mig_case_value(c, c->first, select);
        g_assert_cmpstr(value, ==, "7");
    }
}

static void
check_reset_untouched(MigCase *c)
{
    g_autofree char *at_once = reset(c);
    g_assert_null(at_once);

    mig_case_table(c);
    g_autofree char *after_work = reset(c);
    g_assert_null(after_work);
}

static void
check_reset_setting(MigCase *c)
{
    g_autofree char *before = mig_case_value(c, c->first, c->subject->setting_probe);

    mig_case_run(c, c->first, c->subject->setting_change);
    g_autofree char *meanwhile = mig_case_value(c, c->first, c->subject->setting_probe);
    g_assert_cmpstr(meanwhile, !=, before);

    g_autofree char *changed = reset(c);
    g_autofree char *after = mig_case_value(c, c->first, c->subject->setting_probe);
    g_assert_cmpstr(after, ==, before);
    if (c->subject->setting_name != NULL) {
        g_assert_nonnull(changed);
        g_assert_nonnull(strstr(changed, c->subject->setting_name));
    }
    g_autofree char *again = reset(c);
    g_assert_null(again);
}

static void
check_reset_transaction(MigCase *c)
{
    mig_case_table(c);
    mig_case_run(c, c->first, "BEGIN");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'left open')");
    g_autofree char *changed = reset(c);
    g_assert_nonnull(changed);
    g_assert_nonnull(strstr(changed, "transaction"));

    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

static void
check_reset_temporary(MigCase *c)
{
    mig_case_run(c, c->first, "CREATE TEMPORARY TABLE passing (id integer)");
    g_free(reset(c));
    g_autoptr(GError) error = mig_case_refused(c, c->first, "SELECT * FROM passing");
    mig_assert_class(error, MIG_SQL_UNDEFINED_TABLE);
}

static void
check_default_schema(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *schema = c->driver->default_schema(c->first, &error);

    g_assert_no_error(error);
    g_assert_true((schema != NULL) == ((c->driver->caps & MIG_CAP_SCHEMAS) != 0));
    mig_case_run(c, c->first, c->subject->setting_change);
    g_autofree char *again = c->driver->default_schema(c->first, &error);
    g_assert_cmpstr(again, ==, schema);
}

const MigPromise mig_session_promises[] = {
    {"quoted-identifiers-are-taken-literally", check_quote, NULL},
    {"reset-finds-nothing-where-nothing-was-changed", check_reset_untouched, NULL},
    {"reset-puts-a-setting-back-and-names-it", check_reset_setting, NULL},
    {"reset-ends-a-transaction-that-was-left-open", check_reset_transaction, NULL},
    {"reset-drops-temporary-tables", check_reset_temporary, NULL},
    {"default-schema-doesn-t-move-with-the-session", check_default_schema, NULL},
    {NULL, NULL, NULL},
};

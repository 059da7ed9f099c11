/* SPDX-License-Identifier: MIT */
/* Each rule's cases: unsafe.sql gives exactly unsafe.findings, safe.sql gives nothing of it. */
#include "lint/run.h"
#include "review/start.h"

#include <string.h>

/*
 * A case begins with "-- case: title". Lines of its head, "-- key: value", come before its SQL:
 *
 *   engine, version        for this case, or before the first case for all of them
 *   set: key = value       a key of [lint]
 *   rows: table = number   as if a database had said so
 *   lock-timeout: ms       the runner's own
 *   run: one               its migrations are one run
 *   given:                 what follows is the schema that is there
 *   migration: 2_name      what follows is a migration; one at least
 */
typedef struct {
    char *title;
    MigEngine engine;
    int version;
    GString *given;
    GPtrArray *names;      /* of the migrations' files */
    GPtrArray *migrations; /* GString */
    MigSizes *sizes;
    GHashTable *settings;
    GHashTable *severities;
    int64_t lock_timeout_ms;
    bool one_run;
} Case;

static void
free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

static Case *
new_case(const char *title, const Case *base)
{
    Case *each = g_new0(Case, 1);

    each->title = g_strdup(title);
    each->engine = base != NULL ? base->engine : MIG_ENGINE_POSTGRES;
    each->version = base != NULL ? base->version : 0;
    each->given = g_string_new(NULL);
    each->names = g_ptr_array_new_with_free_func(g_free);
    each->migrations = g_ptr_array_new_with_free_func(free_text);
    each->settings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    each->severities = g_hash_table_new(g_str_hash, g_str_equal);
    each->lock_timeout_ms = 5000;
    return each;
}

static void
free_case(gpointer data)
{
    Case *each = data;

    g_free(each->title);
    g_string_free(each->given, TRUE);
    g_ptr_array_unref(each->names);
    g_ptr_array_unref(each->migrations);
    g_clear_pointer(&each->sizes, mig_sizes_free);
    g_hash_table_unref(each->settings);
    g_hash_table_unref(each->severities);
    g_free(each);
}

/* "a = b" */
static void
split_pair(const char *value, char **out_key, char **out_value)
{
    g_auto(GStrv) parts = g_strsplit(value, "=", 2);

    g_assert_cmpuint(g_strv_length(parts), ==, 2);
    *out_key = g_strdup(g_strstrip(parts[0]));
    *out_value = g_strdup(g_strstrip(parts[1]));
}

static void
add_rows(Case *each, const char *value)
{
    g_autofree char *table = NULL;
    g_autofree char *rows = NULL;

    split_pair(value, &table, &rows);
    if (each->sizes == NULL)
        each->sizes = mig_sizes_new();
    int64_t n = g_ascii_strtoll(rows, NULL, 10);
    const MigTableSize size = {n, n * 100, n * 20};
    const char *schema = each->engine == MIG_ENGINE_POSTGRES ? "public"
                         : each->engine == MIG_ENGINE_SQLITE ? "main"
                                                             : "";
    mig_sizes_add(each->sizes, schema, table, &size);
}

/* Returns: whether the line was one of a case's head */
static bool
read_key(Case *each, const char *key, const char *value, GString **text)
{
    if (strcmp(key, "engine") == 0) {
        each->engine = mig_engine_from_name(value);
        g_assert_cmpint(each->engine, !=, MIG_ENGINE_NONE);
    } else if (strcmp(key, "version") == 0) {
        each->version = mig_engine_version_parse(each->engine, value);
        g_assert_cmpint(each->version, >, 0);
    } else if (strcmp(key, "set") == 0) {
        char *name = NULL;
        char *setting = NULL;
        split_pair(value, &name, &setting);
        g_hash_table_replace(each->settings, name, setting);
    } else if (strcmp(key, "rows") == 0) {
        add_rows(each, value);
    } else if (strcmp(key, "lock-timeout") == 0) {
        each->lock_timeout_ms = g_ascii_strtoll(value, NULL, 10);
    } else if (strcmp(key, "run") == 0) {
        each->one_run = true;
    } else if (strcmp(key, "given") == 0) {
        *text = each->given;
    } else if (strcmp(key, "migration") == 0) {
        g_ptr_array_add(each->names, *value != '\0'
                                         ? g_strdup_printf("%s.sql", value)
                                         : g_strdup_printf("%u_case.sql", each->names->len + 1));
        g_ptr_array_add(each->migrations, g_string_new(NULL));
        *text = g_ptr_array_index(each->migrations, each->migrations->len - 1);
    } else {
        return false;
    }
    return true;
}

static GPtrArray *
read_cases(const char *path)
{
    g_autofree char *content = NULL;
    g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func(free_case);
    Case *defaults = new_case("", NULL);
    Case *each = defaults;
    GString *text = NULL;

    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        const char *colon = g_str_has_prefix(*line, "-- ") ? strchr(*line, ':') : NULL;
        g_autofree char *key =
            colon != NULL ? g_strndup(*line + 3, (size_t)(colon - *line) - 3) : NULL;
        g_autofree char *value = colon != NULL ? g_strstrip(g_strdup(colon + 1)) : NULL;

        if (g_strcmp0(key, "case") == 0) {
            each = new_case(value, defaults);
            g_ptr_array_add(cases, each);
            text = NULL;
        } else if (key == NULL || !read_key(each, key, value, &text)) {
            if (text != NULL)
                g_string_append_printf(text, "%s\n", *line);
        }
    }
    free_case(defaults);
    return g_steal_pointer(&cases);
}

static MigCatalog *
start(const Case *each)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigScript) script =
        mig_source_parse_script("given", each->given->str, each->engine, &error);
    MigCatalog *catalog = mig_catalog_new(each->engine, each->version);

    g_assert_no_error(error);
    for (guint i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        g_autofree char *sql = g_strndup(script->text + statement->offset, statement->length);
        mig_start_add_sql(catalog, sql);
    }
    mig_catalog_end_migration(catalog);
    return catalog;
}

static void
free_migration(gpointer migration)
{
    mig_migration_free(migration);
}

static MigSource *
read_source(const Case *each)
{
    MigSource *source = g_new0(MigSource, 1);

    source->directory = g_strdup("migrations");
    source->engine = each->engine;
    source->migrations = g_ptr_array_new_with_free_func(free_migration);
    for (guint i = 0; i < each->migrations->len; i++) {
        const GString *text = g_ptr_array_index(each->migrations, i);
        g_autoptr(GError) error = NULL;
        MigMigration *migration = mig_source_parse_text(g_ptr_array_index(each->names, i),
                                                        text->str, text->len, each->engine, &error);
        g_assert_no_error(error);
        g_ptr_array_add(source->migrations, migration);
    }
    return source;
}

static void
append_finding(GString *out, const MigFinding *finding, bool with_file)
{
    if (with_file)
        g_string_append_printf(out, "%s:", finding->file);
    g_string_append_printf(out, "%u:%u-%u:%u %s: %s%s%s\n", finding->line, finding->column,
                           finding->end_line, finding->end_column,
                           mig_severity_name(finding->severity), finding->message,
                           finding->allowed != NULL ? " (allowed: " : "",
                           finding->allowed != NULL ? finding->allowed : "");
    if (finding->fix != NULL)
        g_string_append_printf(out, "  fix %u:%u-%u:%u: %s\n", finding->fix_line,
                               finding->fix_column, finding->fix_end_line, finding->fix_end_column,
                               finding->fix);
}

static void
lint_case(const Case *each, const MigRule *rule, GString *out)
{
    g_autoptr(MigSource) source = read_source(each);
    g_autoptr(GPtrArray) records = g_ptr_array_new();
    const MigHistory history = {.records = records};
    const MigGoal goal = {
        .kind = MIG_GOAL_UP, .count = -1, .server_version = each->version, .tolerant = true};
    g_autoptr(GError) error = NULL;
    g_autoptr(MigPlan) plan = mig_plan_build(source, &history, &goal, NULL, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(MigFindings) findings = mig_findings_new();
    const MigLintOptions options = {
        .severities = each->severities,
        .settings = each->settings,
        .small_table = 10000,
        .lock_timeout_ms = each->lock_timeout_ms,
        .one_run = each->one_run,
    };

    if (rule->off)
        g_hash_table_insert(each->severities, (gpointer)(uintptr_t)rule->id,
                            GINT_TO_POINTER(MIG_LINT_INFO + (int)rule->severity));
    g_autoptr(MigReview) review = mig_lint_plan(plan, start(each), each->sizes, &options, findings);
    g_assert_nonnull(review);
    for (guint i = 0; i < findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        if (strcmp(finding->rule, rule->id) == 0)
            append_finding(out, finding, each->migrations->len > 1);
    }
}

static char *
folder_of(const MigRule *rule)
{
    return g_test_build_filename(G_TEST_DIST, rule->id, NULL);
}

static void
test_unsafe(gconstpointer data)
{
    const MigRule *rule = data;
    g_autofree char *folder = folder_of(rule);
    g_autofree char *sql = g_build_filename(folder, "unsafe.sql", NULL);
    g_autofree char *expected = g_build_filename(folder, "unsafe.findings", NULL);
    g_autoptr(GPtrArray) cases = read_cases(sql);
    g_autoptr(GString) got = g_string_new(NULL);
    g_autofree char *wanted = NULL;

    g_assert_cmpuint(cases->len, >, 0);
    for (guint i = 0; i < cases->len; i++) {
        const Case *each = g_ptr_array_index(cases, i);
        gsize before = 0;

        g_string_append_printf(got, "case: %s\n", each->title);
        before = got->len;
        lint_case(each, rule, got);
        if (got->len == before) {
            g_test_message("nothing was found in: %s", each->title);
            g_test_fail();
        }
    }
    if (g_getenv("MIGRATE_BLESS") != NULL) {
        g_assert_true(g_file_set_contents(expected, got->str, (gssize)got->len, NULL));
        return;
    }
    g_assert_true(g_file_get_contents(expected, &wanted, NULL, NULL));
    g_assert_cmpstr(got->str, ==, wanted);
}

static void
test_safe(gconstpointer data)
{
    const MigRule *rule = data;
    g_autofree char *folder = folder_of(rule);
    g_autofree char *sql = g_build_filename(folder, "safe.sql", NULL);
    g_autoptr(GPtrArray) cases = read_cases(sql);

    g_assert_cmpuint(cases->len, >, 0);
    for (guint i = 0; i < cases->len; i++) {
        const Case *each = g_ptr_array_index(cases, i);
        g_autoptr(GString) got = g_string_new(NULL);

        lint_case(each, rule, got);
        if (got->len > 0) {
            g_test_message("%s: %s", each->title, got->str);
            g_test_fail();
        }
    }
}

/* A folder without a rule would be tested by nobody. */
static void
test_folders(void)
{
    g_autofree char *folder = g_strdup(g_test_get_dir(G_TEST_DIST));
    GDir *dir = g_dir_open(folder, 0, NULL);

    g_assert_nonnull(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && mig_rule_find(name) == NULL) {
            g_test_message("there is no rule %s", name);
            g_test_fail();
        }
    }
    g_dir_close(dir);
}

static void
test_descriptors(void)
{
    for (const MigRule *const *each = mig_rules(); *each != NULL; each++) {
        const MigRule *rule = *each;
        bool checks = rule->check != NULL || rule->check_body != NULL ||
                      rule->check_statement != NULL || rule->check_begin != NULL ||
                      rule->check_end != NULL || rule->check_allowances != NULL;

        g_test_message("%s", rule->id);
        g_assert_true(checks);
        g_assert_cmpint(rule->engines, !=, MIG_ENGINE_NONE);
        g_assert_nonnull(rule->summary);
        g_assert_nonnull(rule->danger);
        g_assert_nonnull(rule->steps[0]);
        g_assert_cmpuint(strlen(rule->summary), <=, 72);
        if (each[1] != NULL)
            g_assert_cmpstr(rule->id, <, each[1]->id);
        for (size_t i = 0; i < MIG_RULE_MAX_WEAKER && rule->weaker[i] != NULL; i++)
            g_assert_nonnull(mig_rule_find(rule->weaker[i]));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lint/rules/every-descriptor-is-whole", test_descriptors);
    g_test_add_func("/lint/rules/every-folder-has-its-rule", test_folders);
    for (const MigRule *const *rule = mig_rules(); *rule != NULL; rule++) {
        g_autofree char *unsafe = g_strdup_printf("/lint/%s/unsafe", (*rule)->id);
        g_autofree char *safe = g_strdup_printf("/lint/%s/safe", (*rule)->id);

        g_test_add_data_func(unsafe, *rule, test_unsafe);
        g_test_add_data_func(safe, *rule, test_safe);
    }
    return g_test_run();
}

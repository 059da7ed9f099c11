/* SPDX-License-Identifier: MIT */
/* What [lint] of migrate.conf says: severities, by rule and by path, and what rules ask for. */
#include "lint/config.h"

#include "base/text.h"
#include "lint/rule.h"

#include <string.h>

static const MigLintKey keys[] = {
    {"disable", "rules that say nothing", true},
    {"enable", "rules that are off by default", true},
    {"info", "rules whose findings are advice", true},
    {"warning", "rules whose findings are warnings", true},
    {"error", "rules whose findings stop a run", true},
    {"fail-on", "error, warning, info or never: what `lint` exits with 4 for", false},
    {"lint-from", "the first version that is reported", false},
    {"postgres-version", "of the server, where --server-version isn't given", false},
    {"mysql-version", "likewise", false},
    {"mariadb-version", "likewise", false},
    {"sqlite-version", "likewise", false},
    {"small-table", "rows below which nobody waits long enough to notice", false},
    {"small-tables", "tables that are small, where no database tells", false},
    {"large-table", "rows from which a database's table is large to rules about queries", false},
    {"max-in-list", "values behind IN above which large-in-list speaks", false},
    {"max-lock-timeout", "a lock_timeout above which timeout-unsuitable speaks", false},
    {"max-statements", "statements above which a migration is too large", false},
    {"backfill-rows", "rows from which an unbatched change of data stops a run", false},
    {"online-tool-rows", "rows from which MySQL's online tools are advised", false},
    {"lookup-tables", "tables of few rows for ever, whose keys may be small", false},
    {"staging-tables", "tables that need no key", false},
    {"engines", "MySQL's storage engines that may be used", false},
    {"naming", "strict: names are warnings, and exact", false},
    {"prefer", "text or varchar, for varchar-or-text", false},
    {"require-backup", "true: what can't be undone needs a Backup: in the header", false},
    {"application-roles", "roles that the application runs as", false},
    {"extensions-allowed", "extensions that may be made; unset: any", false},
    {NULL, NULL, false},
};

const MigLintKey *
mig_lint_keys(void)
{
    return keys;
}

static void
free_path(gpointer data)
{
    MigLintPath *path = data;

    g_pattern_spec_free(path->pattern);
    g_free(path->text);
    g_hash_table_unref(path->severities);
    g_free(path);
}

MigLintConfig *
mig_lint_config_new(void)
{
    MigLintConfig *config = g_new0(MigLintConfig, 1);

    config->severities = g_hash_table_new(g_str_hash, g_str_equal);
    config->paths = g_ptr_array_new_with_free_func(free_path);
    config->settings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    config->small_table = 10000;
    config->fail_on = MIG_SEVERITY_ERROR;
    return config;
}

void
mig_lint_config_free(MigLintConfig *config)
{
    if (config == NULL)
        return;

    g_hash_table_unref(config->severities);
    g_ptr_array_unref(config->paths);
    g_hash_table_unref(config->settings);
    g_free(config);
}

static GHashTable *
severities_of(MigLintConfig *config, const char *pattern)
{
    if (pattern == NULL)
        return config->severities;
    for (guint i = 0; i < config->paths->len; i++) {
        MigLintPath *path = g_ptr_array_index(config->paths, i);
        if (strcmp(path->text, pattern) == 0)
            return path->severities;
    }

    MigLintPath *path = g_new0(MigLintPath, 1);
    path->text = g_strdup(pattern);
    path->pattern = g_pattern_spec_new(pattern);
    path->severities = g_hash_table_new(g_str_hash, g_str_equal);
    g_ptr_array_add(config->paths, path);
    return path->severities;
}

/* A name that is no rule's would silence nothing, or not what was meant. */
static char *
refuse_rule(const char *word)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (const MigRule *const *rule = mig_rules(); *rule != NULL; rule++)
        g_ptr_array_add(ids, (gpointer)(uintptr_t)(*rule)->id);
    g_ptr_array_add(ids, NULL);
    const char *meant = mig_text_suggest(word, (const char *const *)ids->pdata);
    return g_strdup_printf("there is no rule \"%s\"%s%s%s", word,
                           meant != NULL ? "; did you mean \"" : "", meant != NULL ? meant : "",
                           meant != NULL ? "\"?" : "; `migrate lint --list-rules` lists them");
}

static char *
set_rules(GHashTable *severities, const char *key, const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, ", \t", -1);

    for (char **word = words; *word != NULL; word++) {
        const MigRule *rule = mig_rule_find(*word);
        MigLintSetting setting = MIG_LINT_OFF;

        if (**word == '\0')
            continue;
        if (rule == NULL)
            return refuse_rule(*word);
        if (strcmp(key, "enable") == 0)
            setting = MIG_LINT_INFO + (MigLintSetting)rule->severity;
        else if (strcmp(key, "disable") != 0)
            setting = strcmp(key, "error") == 0     ? MIG_LINT_ERROR
                      : strcmp(key, "warning") == 0 ? MIG_LINT_WARNING
                                                    : MIG_LINT_INFO;
        g_hash_table_replace(severities, (gpointer)(uintptr_t)rule->id, GINT_TO_POINTER(setting));
    }
    return NULL;
}

bool
mig_lint_fail_on(const char *word, MigSeverity *out_severity)
{
    static const char *const words[] = {"info", "warning", "error", "never", NULL};

    for (unsigned i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) != 0)
            continue;
        *out_severity = (MigSeverity)i;
        return true;
    }
    return false;
}

char *
mig_lint_config_set(MigLintConfig *config, const char *pattern, const char *key, const char *value)
{
    static const char *const severities[] = {"disable", "enable", "info", "warning", "error", NULL};

    if (g_strv_contains(severities, key))
        return set_rules(severities_of(config, pattern), key, value);
    if (strcmp(key, "fail-on") == 0 && !mig_lint_fail_on(value, &config->fail_on))
        return g_strdup_printf("\"%s\" is none of: error, warning, info, never", value);
    if (g_str_has_suffix(key, "-version") && !g_ascii_isdigit(*value))
        return g_strdup_printf("\"%s\" is not a version, which begins with a number", value);
    if (strcmp(key, "small-table") == 0) {
        guint64 rows = 0;
        if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT64, &rows, NULL))
            return g_strdup_printf("\"%s\" is not a number of rows", value);
        config->small_table = (int64_t)rows;
    }
    g_hash_table_replace(config->settings, g_strdup(key), g_strdup(value));
    return NULL;
}

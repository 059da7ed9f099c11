/* SPDX-License-Identifier: MIT */
/* migrate lint: what is dangerous in migrations, without running them. */
#include "base/text.h"
#include "cli/lint_baseline.h"
#include "cli/look.h"
#include "cli/mend.h"
#include "cli/options.h"

#include <string.h>

/* A fix can uncover what another one is for; a file that is never done with would be our fault. */
#define MAX_PASSES 10

typedef struct {
    MigLookOptions look;
    char *fail_on;
    char *explain;
    char *write_baseline;
    gboolean list_rules;
    gboolean fix;
    gboolean dry_run;
} LintOptions;

static void
clear_options(LintOptions *options)
{
    g_free(options->look.schema);
    g_free(options->fail_on);
    g_free(options->explain);
    g_free(options->look.since);
    g_free(options->look.baseline);
    g_free(options->write_baseline);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LintOptions, clear_options)

static int
explain(const MigReport *report, const char *id, GError **error)
{
    const MigRule *rule = mig_rule_find(id);

    if (rule == NULL) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new();
        for (const MigRule *const *each = mig_rules(); *each != NULL; each++)
            g_ptr_array_add(ids, (gpointer)(uintptr_t)(*each)->id);
        g_ptr_array_add(ids, NULL);
        const char *meant = mig_text_suggest(id, (const char *const *)ids->pdata);
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "there is no rule \"%s\"%s%s%s", id,
                    meant != NULL ? "; did you mean \""
                                  : "; `migrate lint --list-rules` lists them",
                    meant != NULL ? meant : "", meant != NULL ? "\"?" : "");
        return MIG_EXIT_USAGE;
    }
    mig_report_rule(report, rule);
    return MIG_EXIT_DONE;
}

/* How many findings are at or above the severity, and are not allowed. */
static size_t
count_failing(const MigFindings *findings, MigSeverity fail_on)
{
    MigFindingCount count = mig_findings_count(findings);
    size_t n = 0;

    for (unsigned i = fail_on; i < MIG_N_SEVERITIES; i++)
        n += count.by_severity[i];
    return n;
}

/* Services know files by their place in the repository, which may be above where we are. */
static char *
find_root(void)
{
    static const char *const variables[] = {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"};
    g_autofree char *here = g_get_current_dir();

    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        if (value == NULL || !g_path_is_absolute(value))
            continue;
        g_autofree char *root = g_canonicalize_filename(value, NULL);
        size_t length = strlen(root);
        if (strncmp(here, root, length) == 0 && (here[length] == '/' || here[length] == '\0'))
            return g_steal_pointer(&root);
    }
    return g_steal_pointer(&here);
}

static MigFindingsFormat
format_of(const MigInvocation *invocation)
{
    static const MigFindingsFormat formats[MIG_N_FORMATS] = {
        [MIG_FORMAT_TEXT] = MIG_FINDINGS_TEXT,         [MIG_FORMAT_JSON] = MIG_FINDINGS_TEXT,
        [MIG_FORMAT_MARKDOWN] = MIG_FINDINGS_MARKDOWN, [MIG_FORMAT_SARIF] = MIG_FINDINGS_SARIF,
        [MIG_FORMAT_GITHUB] = MIG_FINDINGS_GITHUB,     [MIG_FORMAT_JUNIT] = MIG_FINDINGS_JUNIT,
    };

    return formats[invocation->format];
}

static int
report_findings(MigInvocation *invocation, const LintOptions *options, const MigLook *look,
                const GPtrArray *fixed, MigSeverity fail_on, GError **error)
{
    MigReport report = mig_session_report(invocation);
    const MigFindings *findings = look->survey->findings;
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    g_autofree char *root = find_root();
    size_t n_statements = mig_look_files(invocation, look, files);
    size_t n = count_failing(findings, fail_on);
    g_autoptr(GError) failure = NULL;

    if (n > 0)
        failure = g_error_new(MIG_ERROR, MIG_ERROR_LINT, "%zu finding%s of severity %s%s", n,
                              n == 1 ? "" : "s", mig_severity_name(fail_on),
                              fail_on == MIG_SEVERITY_ERROR ? "" : " or worse");
    const MigFindingsView view = {
        .findings = findings,
        .engine = look->planned->engine,
        .files = files,
        .n_statements = n_statements,
        .n_baseline = look->n_baseline,
        .fixed = fixed,
        .dry_run = options->dry_run,
        .fail_on = fail_on,
        .root = root,
        .tool_version = MIG_VERSION,
        .error = failure,
        .exit_status = MIG_EXIT_LINT,
    };
    mig_report_findings(&report, format_of(invocation), &view);
    invocation->document_written = report.json;
    if (failure == NULL)
        return MIG_EXIT_DONE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return MIG_EXIT_LINT;
}

static void
merge_fixed(GPtrArray *all, GPtrArray *more)
{
    while (more->len > 0) {
        g_autoptr(MigFixedFile) file = g_ptr_array_steal_index(more, 0);
        MigFixedFile *known = NULL;

        for (guint i = 0; i < all->len && known == NULL; i++) {
            MigFixedFile *each = g_ptr_array_index(all, i);
            known = strcmp(each->path, file->path) == 0 ? each : NULL;
        }
        if (known == NULL) {
            g_ptr_array_add(all, g_steal_pointer(&file));
            continue;
        }
        known->edits += file->edits;
        g_free(known->after);
        known->after = g_steal_pointer(&file->after);
    }
}

/* Mends, and looks again, until there is nothing more to mend. */
static int
fix(MigInvocation *invocation, const LintOptions *options, MigLook **look, MigSeverity fail_on,
    GError **error)
{
    g_autoptr(GPtrArray) all = NULL;
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    if (!mig_mend_allowed(invocation, (*look)->since, error))
        return MIG_EXIT_USAGE;
    for (int pass = 0; pass < MAX_PASSES; pass++) {
        g_autoptr(GPtrArray) fixed =
            mig_mend((*look)->planned, invocation, (*look)->since, (*look)->survey->findings,
                     options->dry_run, told, error);
        if (fixed == NULL)
            return MIG_EXIT_FAILED;
        bool done = fixed->len == 0 || options->dry_run;
        if (all == NULL)
            all = g_steal_pointer(&fixed);
        else
            merge_fixed(all, fixed);
        if (done)
            break;
        g_clear_pointer(look, mig_look_free);
        *look = mig_look(invocation, &options->look, error);
        if (*look == NULL)
            return MIG_EXIT_FAILED;
    }
    return report_findings(invocation, options, *look, all, fail_on, error);
}

static bool
check_options(const MigInvocation *invocation, const LintOptions *options, GError **error)
{
    const char *wrong = NULL;

    if (options->look.since != NULL && (invocation->n_args > 0 || options->look.all))
        wrong = "--since chooses the files; it doesn't go with FILE or --all";
    else if (options->dry_run && !options->fix)
        wrong = "--dry-run belongs to --fix: looking changes nothing anyway";
    else if (options->dry_run && invocation->format > MIG_FORMAT_JSON)
        wrong = "--fix --dry-run writes a diff, or JSON with --format json";
    else if (options->write_baseline != NULL && (options->look.baseline != NULL || options->fix))
        wrong = "--write-baseline writes down all that is found; it goes neither with --baseline "
                "nor with --fix";
    if (wrong == NULL)
        return true;
    g_set_error_literal(error, MIG_ERROR, MIG_ERROR_USAGE, wrong);
    return false;
}

static int
lint(MigInvocation *invocation, const LintOptions *options, GError **error)
{
    MigSeverity fail_on = invocation->settings->rules->fail_on;

    if (options->fail_on != NULL && !mig_lint_fail_on(options->fail_on, &fail_on)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "--fail-on: \"%s\" is none of: error, warning, info, never", options->fail_on);
        return MIG_EXIT_USAGE;
    }
    if (!check_options(invocation, options, error))
        return MIG_EXIT_USAGE;
    g_autoptr(MigLook) look = mig_look(invocation, &options->look, error);
    if (look == NULL)
        return MIG_EXIT_FAILED;
    if (options->write_baseline != NULL)
        return mig_lint_baseline_write(invocation, options->write_baseline, look->survey->findings,
                                       error)
                   ? MIG_EXIT_DONE
                   : MIG_EXIT_FAILED;
    if (options->fix)
        return fix(invocation, options, &look, fail_on, error);
    return report_findings(invocation, options, look, NULL, fail_on, error);
}

static int
run(MigInvocation *invocation, GError **error)
{
    g_auto(LintOptions) options = {0};
    const GOptionEntry entries[] = {
        {"all", 0, 0, G_OPTION_ARG_NONE, &options.look.all, "all migrations, one after the other",
         NULL},
        {"pending", 0, 0, G_OPTION_ARG_NONE, &options.look.pending, "what the database lacks",
         NULL},
        {"since", 0, 0, G_OPTION_ARG_FILENAME, &options.look.since,
         "what the branch adds to what this has", "GIT-REV"},
        {"schema", 0, 0, G_OPTION_ARG_FILENAME, &options.look.schema,
         "start from the schema that this makes", "FILE"},
        {"fail-on", 0, 0, G_OPTION_ARG_FILENAME, &options.fail_on, "exit 4 from this severity on",
         "error|warning|info|never"},
        {"no-down", 0, 0, G_OPTION_ARG_NONE, &options.look.no_down, "leave DOWN sections out",
         NULL},
        {"baseline", 0, 0, G_OPTION_ARG_FILENAME, &options.look.baseline,
         "leave out what this file has", "FILE"},
        {"write-baseline", 0, 0, G_OPTION_ARG_FILENAME, &options.write_baseline,
         "write what is found to a file", "FILE"},
        {"fix", 0, 0, G_OPTION_ARG_NONE, &options.fix, "mend files that aren't applied", NULL},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, "with --fix: show a diff only",
         NULL},
        {"explain", 0, 0, G_OPTION_ARG_FILENAME, &options.explain, "say what a rule is about",
         "RULE"},
        {"list-rules", 0, 0, G_OPTION_ARG_NONE, &options.list_rules, "list all rules", NULL},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;
    MigReport report = mig_session_report(invocation);
    if (options.explain != NULL)
        return explain(&report, options.explain, error);
    if (options.list_rules) {
        mig_report_rules(&report);
        return MIG_EXIT_DONE;
    }
    return lint(invocation, &options, error);
}

static const MigCommandExample examples[] = {
    {"What is pending, on this database", "migrate lint"},
    {"All migrations, without a database", "migrate lint --engine postgres --server-version 15"},
    {"What a branch adds", "migrate lint --since origin/main --engine postgres"},
    {"Beside the lines of a pull request", "migrate lint --since origin/main --format github"},
    {"Mend what can be mended, showing it first", "migrate lint --fix --dry-run"},
    {"One file, against a dump of the schema", "migrate lint --schema schema.sql change.sql"},
    {"What a rule is about", "migrate lint --explain add-index-non-concurrent"},
    {0},
};

const MigCommand mig_command_lint = {
    .name = "lint",
    .group = MIG_COMMAND_REVIEW,
    .summary = "find what is dangerous before it runs",
    .arguments = "[FILE...]",
    .description =
        "Looks for statements that fail, destroy data, break running code or make others wait, "
        "knowing the schema that the migrations before them make, or that the database has. Each "
        "finding says where, what it does to whom, and the safe way. Nothing is executed, and "
        "without a database nothing but the files is needed.\n\n"
        "With a database what is pending is looked at, else all migrations; a FILE is looked at "
        "as if it were pending. A finding is accepted with a comment above its statement:\n\n"
        "-- migrate:allow RULE -- reason",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_ENGINE) | MIG_SETTING_BIT(MIG_SETTING_SERVER_VERSION) |
                MIG_SETTING_BIT(MIG_SETTING_LOCK_TIMEOUT),
    .formats = MIG_FORMAT_BIT(MIG_FORMAT_SARIF) | MIG_FORMAT_BIT(MIG_FORMAT_GITHUB) |
               MIG_FORMAT_BIT(MIG_FORMAT_JUNIT) | MIG_FORMAT_BIT(MIG_FORMAT_MARKDOWN),
    .min_args = 0,
    .max_args = MIG_COMMAND_ANY_ARGS,
    .run = run,
};

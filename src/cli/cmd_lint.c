/* SPDX-License-Identifier: MIT */
/* migrate lint: what is dangerous in migrations, without running them. */
#include "base/text.h"
#include "cli/goal.h"
#include "cli/lint_baseline.h"
#include "cli/mend.h"
#include "cli/options.h"
#include "cli/since.h"
#include "cli/survey.h"
#include "lint/fingerprint.h"

#include <string.h>

/* A fix can uncover what another one is for; a file that is never done with would be our fault. */
#define MAX_PASSES 10

typedef struct {
    char *schema;
    char *fail_on;
    char *explain;
    char *since;
    char *baseline;
    char *write_baseline;
    gboolean all;
    gboolean pending;
    gboolean list_rules;
    gboolean no_down;
    gboolean fix;
    gboolean dry_run;
} LintOptions;

/** One look at the files. Everything is (owned). */
typedef struct {
    MigPlanned *planned;
    MigSince *since;  /* %NULL: all that was planned is reported */
    GHashTable *only; /* likewise: their paths */
    MigSurvey *survey;
    size_t n_baseline;
} Look;

static void
free_look(Look *look)
{
    if (look == NULL)
        return;

    mig_survey_free(look->survey);
    g_clear_pointer(&look->only, g_hash_table_unref);
    mig_since_free(look->since);
    mig_planned_free(look->planned);
    g_free(look);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Look, free_look)

static void
clear_options(LintOptions *options)
{
    g_free(options->schema);
    g_free(options->fail_on);
    g_free(options->explain);
    g_free(options->since);
    g_free(options->baseline);
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

static MigPlanned *
make_plan(MigInvocation *invocation, const LintOptions *options, GError **error)
{
    const MigSettings *settings = invocation->settings;
    /* Without a database nothing says what is applied: then all of them are looked at. So they are
     * for what a branch adds: a database of one's own may have that already. */
    bool all = options->all || (settings->database == NULL && !options->pending) ||
               (options->since != NULL && !options->pending);
    g_auto(MigGoalOptions) goal = {NULL, NULL, all};

    if (invocation->n_args > 0)
        return mig_goal_plan_files(invocation, invocation->args, error);
    if (settings->database == NULL && settings->engine == MIG_ENGINE_NONE) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "for which database? say --engine postgres, mysql, mariadb or sqlite, or give "
                    "a database with -d, DATABASE_URL or migrate.conf");
        return NULL;
    }
    return mig_goal_plan(invocation, &goal, error);
}

/* Whether the migration was reported, not only replayed. */
static bool
is_reported(const MigInvocation *invocation, const Look *look, const MigStep *step)
{
    const char *from = g_hash_table_lookup(invocation->settings->rules->settings, "lint-from");

    if (look->only != NULL && !g_hash_table_contains(look->only, step->path))
        return false;
    return from == NULL || mig_version_compare(step->version, from) >= 0;
}

static size_t
list_files(const MigInvocation *invocation, const Look *look, GPtrArray *files)
{
    const MigReview *review = look->survey->review;
    size_t n_statements = 0;

    for (guint i = 0; i < review->steps->len; i++) {
        const MigReviewedStep *reviewed = mig_review_step(review, i);
        if (!is_reported(invocation, look, reviewed->step))
            continue;
        n_statements += reviewed->statements->len;
        g_ptr_array_add(files, (gpointer)(uintptr_t)reviewed->step->path);
    }
    return n_statements;
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
report_findings(MigInvocation *invocation, const LintOptions *options, const Look *look,
                const GPtrArray *fixed, MigSeverity fail_on, GError **error)
{
    MigReport report = mig_session_report(invocation);
    const MigFindings *findings = look->survey->findings;
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    g_autofree char *root = find_root();
    size_t n_statements = list_files(invocation, look, files);
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

static bool
look_since(const MigInvocation *invocation, const LintOptions *options, Look *look, GError **error)
{
    const char *directory = invocation->settings->directory;

    if (options->since == NULL)
        return true;
    look->since = mig_since_read(directory, options->since, error);
    if (look->since == NULL)
        return false;
    look->only = mig_since_paths(look->since, directory);
    return true;
}

/* The files, and what is found in them. */
static Look *
look_at(MigInvocation *invocation, const LintOptions *options, GError **error)
{
    g_autoptr(Look) look = g_new0(Look, 1);

    look->planned = make_plan(invocation, options, error);
    if (look->planned == NULL || !look_since(invocation, options, look, error))
        return NULL;

    /* All of a history is many releases; what is pending, or on one branch, is one. */
    const MigSurveyOptions how = {
        .schema = options->schema,
        .one_run = look->planned->live || look->only != NULL,
        .no_down = options->no_down,
        .only = look->only,
    };
    look->survey = mig_survey(invocation, look->planned, &how, error);
    if (look->survey == NULL)
        return NULL;
    if (look->since != NULL)
        mig_since_check(look->since, look->planned->plan, look->survey->findings);
    mig_findings_fingerprint(look->survey->findings, look->planned->plan);
    if (options->baseline != NULL &&
        !mig_lint_baseline_use(invocation, options->baseline, look->survey->findings,
                               &look->n_baseline, error))
        return NULL;
    return g_steal_pointer(&look);
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
fix(MigInvocation *invocation, const LintOptions *options, Look **look, MigSeverity fail_on,
    GError **error)
{
    g_autoptr(GPtrArray) all = NULL;

    if (!mig_mend_allowed(invocation, (*look)->since, error))
        return MIG_EXIT_USAGE;
    for (int pass = 0; pass < MAX_PASSES; pass++) {
        g_autoptr(GPtrArray) fixed = mig_mend((*look)->planned, invocation, (*look)->since,
                                              (*look)->survey->findings, options->dry_run, error);
        if (fixed == NULL)
            return MIG_EXIT_FAILED;
        bool done = fixed->len == 0 || options->dry_run;
        if (all == NULL)
            all = g_steal_pointer(&fixed);
        else
            merge_fixed(all, fixed);
        if (done)
            break;
        g_clear_pointer(look, free_look);
        *look = look_at(invocation, options, error);
        if (*look == NULL)
            return MIG_EXIT_FAILED;
    }
    return report_findings(invocation, options, *look, all, fail_on, error);
}

static bool
check_options(const MigInvocation *invocation, const LintOptions *options, GError **error)
{
    const char *wrong = NULL;

    if (options->since != NULL && (invocation->n_args > 0 || options->all))
        wrong = "--since chooses the files; it doesn't go with FILE or --all";
    else if (options->dry_run && !options->fix)
        wrong = "--dry-run belongs to --fix: looking changes nothing anyway";
    else if (options->dry_run && invocation->format > MIG_FORMAT_JSON)
        wrong = "--fix --dry-run writes a diff, or JSON with --format json";
    else if (options->write_baseline != NULL && (options->baseline != NULL || options->fix))
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
    g_autoptr(Look) look = look_at(invocation, options, error);
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
        {"all", 0, 0, G_OPTION_ARG_NONE, &options.all, "all migrations, one after the other", NULL},
        {"pending", 0, 0, G_OPTION_ARG_NONE, &options.pending, "what the database lacks", NULL},
        {"since", 0, 0, G_OPTION_ARG_FILENAME, &options.since,
         "what the branch adds to what this has", "GIT-REV"},
        {"schema", 0, 0, G_OPTION_ARG_FILENAME, &options.schema,
         "start from the schema that this makes", "FILE"},
        {"fail-on", 0, 0, G_OPTION_ARG_FILENAME, &options.fail_on, "exit 4 from this severity on",
         "error|warning|info|never"},
        {"no-down", 0, 0, G_OPTION_ARG_NONE, &options.no_down, "leave DOWN sections out", NULL},
        {"baseline", 0, 0, G_OPTION_ARG_FILENAME, &options.baseline, "leave out what this file has",
         "FILE"},
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

/* SPDX-License-Identifier: MIT */
/* migrate lint: what is dangerous in migrations, without running them. */
#include "base/text.h"
#include "cli/goal.h"
#include "cli/options.h"
#include "cli/survey.h"
#include "lint/rule.h"
#include "report/style.h"

#include <string.h>

typedef struct {
    char *schema;
    char *fail_on;
    char *explain;
    gboolean all;
    gboolean pending;
    gboolean list_rules;
    gboolean no_down;
} LintOptions;

static void
clear_options(LintOptions *options)
{
    g_free(options->schema);
    g_free(options->fail_on);
    g_free(options->explain);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LintOptions, clear_options)

static const char *
fix_word(MigRuleFix fix)
{
    static const char *const words[] = {
        [MIG_RULE_FIX_NO] = "a person must decide",
        [MIG_RULE_FIX_YES] = "an edit in place",
        [MIG_RULE_FIX_SPLIT] = "steps in several migrations",
    };

    return words[fix];
}

/* (owned) "postgres, sqlite" */
static char *
list_engines(MigEngine engines)
{
    static const MigEngine all[] = {MIG_ENGINE_POSTGRES, MIG_ENGINE_MYSQL, MIG_ENGINE_MARIADB,
                                    MIG_ENGINE_SQLITE};
    GString *list = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if ((engines & all[i]) != 0)
            g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "",
                                   mig_engine_name(all[i]));
    }
    return g_string_free(list, false);
}

static json_t *
rule_json(const MigRule *rule)
{
    g_autofree char *engines = list_engines(rule->engines);
    json_t *steps = json_array();

    for (size_t i = 0; i < MIG_RULE_MAX_STEPS && rule->steps[i] != NULL; i++)
        json_array_append_new(steps, json_string(rule->steps[i]));
    return json_pack("{s:s, s:s, s:b, s:s, s:s, s:s, s:o, s:s, s:s?}", "rule", rule->id, "severity",
                     mig_severity_name(rule->severity), "default", rule->off ? 0 : 1, "engines",
                     engines, "summary", rule->summary, "danger", rule->danger, "steps", steps,
                     "fix", fix_word(rule->fix), "manual", rule->manual);
}

static void
list_rules(const MigReport *report)
{
    json_t *rules = json_array();

    for (const MigRule *const *rule = mig_rules(); *rule != NULL; rule++) {
        if (report->json)
            json_array_append_new(rules, rule_json(*rule));
        else
            fprintf(report->out, "%-36s %-7s %s\n", (*rule)->id,
                    (*rule)->off ? "off" : mig_severity_name((*rule)->severity), (*rule)->summary);
    }
    if (report->json)
        mig_json_print(report->out, json_pack("{s:i, s:o}", "version", 1, "rules", rules));
    else
        json_decref(rules);
}

static void
print_paragraph(const MigReport *report, const char *first, const char *indent, const char *text)
{
    g_autofree char *wrapped = mig_text_wrap(text, 79 - (unsigned)strlen(indent), indent);

    fprintf(report->out, "%s%s\n", first, wrapped);
}

static void
print_rule(const MigReport *report, const MigRule *rule)
{
    g_autofree char *engines = list_engines(rule->engines);

    fprintf(report->out, "%s%s%s\n", mig_style_on(report->color_out, MIG_STYLE_STRONG), rule->id,
            mig_style_off(report->color_out));
    print_paragraph(report, "  ", "  ", rule->summary);
    fprintf(report->out, "\n  severity: %s%s\n  engines:  %s\n  fix:      %s\n",
            mig_severity_name(rule->severity), rule->off ? ", off by default" : "", engines,
            fix_word(rule->fix));
    if (rule->manual != NULL)
        fprintf(report->out, "  manual:   %s\n", rule->manual);
    putc('\n', report->out);
    print_paragraph(report, "  ", "  ", rule->danger);
    putc('\n', report->out);
    for (size_t i = 0; i < MIG_RULE_MAX_STEPS && rule->steps[i] != NULL; i++) {
        g_autofree char *number = g_strdup_printf("  %zu. ", i + 1);
        print_paragraph(report, number, "     ", rule->steps[i]);
    }
    fprintf(report->out,
            "\n  To accept one finding, above its statement:\n"
            "    -- migrate:allow %s -- reason\n",
            rule->id);
}

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
    if (report->json)
        mig_json_print(report->out, rule_json(rule));
    else
        print_rule(report, rule);
    return MIG_EXIT_DONE;
}

static MigPlanned *
make_plan(MigInvocation *invocation, const LintOptions *options, GError **error)
{
    const MigSettings *settings = invocation->settings;
    /* Without a database nothing says what is applied: then all of them are looked at. */
    bool all = options->all || (settings->database == NULL && !options->pending);
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

static size_t
count_statements(const MigReview *review)
{
    size_t n = 0;

    for (guint i = 0; i < review->steps->len; i++)
        n += mig_review_step(review, i)->statements->len;
    return n;
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

static int
report_findings(MigInvocation *invocation, const MigPlanned *planned, const MigSurvey *survey,
                MigSeverity fail_on, GError **error)
{
    MigReport report = mig_session_report(invocation);
    size_t n = count_failing(survey->findings, fail_on);
    g_autoptr(GError) failure = NULL;

    if (n > 0)
        failure = g_error_new(MIG_ERROR, MIG_ERROR_LINT, "%zu finding%s of severity %s%s", n,
                              mig_style_plural(n), mig_severity_name(fail_on),
                              fail_on == MIG_SEVERITY_ERROR ? "" : " or worse");
    const MigFindingsView view = {
        .findings = survey->findings,
        .engine = planned->engine,
        .n_files = planned->plan->steps->len,
        .n_statements = count_statements(survey->review),
        .error = failure,
        .exit_status = MIG_EXIT_LINT,
    };
    mig_report_findings(&report, &view);
    invocation->document_written = report.json;
    if (failure == NULL)
        return MIG_EXIT_DONE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return MIG_EXIT_LINT;
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
    g_autoptr(MigPlanned) planned = make_plan(invocation, options, error);
    if (planned == NULL)
        return MIG_EXIT_FAILED;
    /* All of a history is many releases; what is pending is one. */
    const MigSurveyOptions how = {
        .schema = options->schema,
        .one_run = planned->live,
        .no_down = options->no_down,
    };
    g_autoptr(MigSurvey) survey = mig_survey(invocation, planned, &how, error);
    if (survey == NULL)
        return MIG_EXIT_FAILED;
    return report_findings(invocation, planned, survey, fail_on, error);
}

static int
run(MigInvocation *invocation, GError **error)
{
    g_auto(LintOptions) options = {0};
    const GOptionEntry entries[] = {
        {"all", 0, 0, G_OPTION_ARG_NONE, &options.all, "all migrations, one after the other", NULL},
        {"pending", 0, 0, G_OPTION_ARG_NONE, &options.pending, "what the database lacks", NULL},
        {"schema", 0, 0, G_OPTION_ARG_FILENAME, &options.schema,
         "start from the schema that this makes", "FILE"},
        {"fail-on", 0, 0, G_OPTION_ARG_FILENAME, &options.fail_on, "exit 4 from this severity on",
         "error|warning|info|never"},
        {"no-down", 0, 0, G_OPTION_ARG_NONE, &options.no_down, "leave DOWN sections out", NULL},
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
        list_rules(&report);
        return MIG_EXIT_DONE;
    }
    return lint(invocation, &options, error);
}

static const MigCommandExample examples[] = {
    {"What is pending, on this database", "migrate lint"},
    {"All migrations, without a database", "migrate lint --engine postgres --server-version 15"},
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
    .min_args = 0,
    .max_args = MIG_COMMAND_ANY_ARGS,
    .run = run,
};

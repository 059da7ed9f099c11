/* SPDX-License-Identifier: MIT */
/* The rules as `lint --list-rules` and `lint --explain` show them. */
#include "base/text.h"
#include "report/style.h"

#include <string.h>

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

void
mig_report_rules(const MigReport *report)
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

void
mig_report_rule(const MigReport *report, const MigRule *rule)
{
    if (report->json)
        mig_json_print(report->out, rule_json(rule));
    else
        print_rule(report, rule);
}

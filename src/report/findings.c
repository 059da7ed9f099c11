/* SPDX-License-Identifier: MIT */
/* Findings for people, with the line that they are about, and as JSON. */
#include "base/text.h"
#include "report/style.h"

#include <string.h>

#define WIDTH 80

static MigStyle
style_of(const MigFinding *finding)
{
    if (finding->allowed != NULL || finding->severity == MIG_SEVERITY_INFO)
        return MIG_STYLE_DIM;
    return finding->severity == MIG_SEVERITY_ERROR ? MIG_STYLE_BAD : MIG_STYLE_CAUTION;
}

static void
print_wrapped(const MigReport *report, const char *first, const char *indent, const char *text)
{
    g_autofree char *wrapped = mig_text_wrap(text, WIDTH - 1 - (unsigned)strlen(indent), indent);

    fprintf(report->out, "%s%s\n", first, wrapped);
}

static void
print_finding(const MigReport *report, const MigFinding *finding)
{
    fprintf(report->out, "%s%s:%u:%u:%s %s%s:%s %s %s[%s]%s\n",
            mig_style_on(report->color_out, MIG_STYLE_STRONG), finding->file, finding->line,
            finding->column, mig_style_off(report->color_out),
            mig_style_on(report->color_out, style_of(finding)),
            mig_severity_name(finding->severity), mig_style_off(report->color_out),
            finding->message, mig_style_on(report->color_out, MIG_STYLE_DIM), finding->rule,
            mig_style_off(report->color_out));
    if (finding->source != NULL) {
        g_autofree char *excerpt =
            mig_text_excerpt(finding->source, finding->source_offset,
                             MAX(finding->source_length, 1), finding->line, WIDTH);
        fputs(excerpt, report->out);
    }
    if (finding->allowed != NULL) {
        print_wrapped(report, "  allowed: ", "    ", finding->allowed);
        return;
    }
    if (finding->danger != NULL)
        print_wrapped(report, "  ", "  ", finding->danger);
    for (guint i = 0; finding->steps != NULL && i < finding->steps->len; i++) {
        g_autofree char *number = g_strdup_printf("  %u. ", i + 1);
        print_wrapped(report, number, "     ", g_ptr_array_index(finding->steps, i));
    }
}

static void
print_text(const MigReport *report, const MigFindingsView *view)
{
    MigFindingCount count = mig_findings_count(view->findings);
    GString *summary = g_string_new(NULL);
    size_t told = 0;

    for (guint i = 0; i < view->findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(view->findings->list, i);
        if (finding->allowed != NULL && !report->verbose)
            continue;
        print_finding(report, finding);
        putc('\n', report->out);
        told++;
    }
    size_t errors = count.by_severity[MIG_SEVERITY_ERROR];
    size_t warnings = count.by_severity[MIG_SEVERITY_WARNING];
    if (errors > 0)
        mig_style_count(summary, errors, errors == 1 ? "error" : "errors");
    if (warnings > 0)
        mig_style_count(summary, warnings, warnings == 1 ? "warning" : "warnings");
    mig_style_count(summary, count.by_severity[MIG_SEVERITY_INFO], "info");
    mig_style_count(summary, count.allowed, "allowed");
    fprintf(report->out, "%zu file%s, %zu statement%s: %s\n", view->n_files,
            mig_style_plural(view->n_files), view->n_statements,
            mig_style_plural(view->n_statements), summary->len > 0 ? summary->str : "no findings");
    g_string_free(summary, true);
}

static json_t *
strings_json(const GPtrArray *strings)
{
    json_t *array = json_array();

    for (guint i = 0; strings != NULL && i < strings->len; i++)
        json_array_append_new(array, mig_json_text(g_ptr_array_index(strings, i)));
    return array;
}

static json_t *
fix_json(const MigFinding *finding)
{
    if (finding->fix == NULL)
        return json_null();
    return json_pack("{s:i, s:i, s:i, s:i, s:o}", "line", (int)finding->fix_line, "column",
                     (int)finding->fix_column, "endLine", (int)finding->fix_end_line, "endColumn",
                     (int)finding->fix_end_column, "text", mig_json_text(finding->fix));
}

static json_t *
finding_json(const MigFinding *finding)
{
    json_t *object = json_object();

    json_object_set_new(object, "rule", json_string(finding->rule));
    json_object_set_new(object, "severity", json_string(mig_severity_name(finding->severity)));
    json_object_set_new(object, "file", mig_json_text(finding->file));
    json_object_set_new(object, "line", json_integer(finding->line));
    json_object_set_new(object, "column", json_integer(finding->column));
    json_object_set_new(object, "endLine", json_integer(finding->end_line));
    json_object_set_new(object, "endColumn", json_integer(finding->end_column));
    json_object_set_new(object, "statement",
                        finding->statement > 0 ? json_integer(finding->statement) : json_null());
    json_object_set_new(object, "message", mig_json_text(finding->message));
    json_object_set_new(object, "danger", mig_json_text(finding->danger));
    json_object_set_new(object, "steps", strings_json(finding->steps));
    json_object_set_new(object, "fix", fix_json(finding));
    json_object_set_new(object, "allowed", mig_json_text(finding->allowed));
    return object;
}

static void
print_json(const MigReport *report, const MigFindingsView *view)
{
    MigFindingCount count = mig_findings_count(view->findings);
    json_t *document = json_object();
    json_t *findings = json_array();

    json_object_set_new(document, "version", json_integer(1));
    json_object_set_new(document, "engine", json_string(mig_engine_name(view->engine)));
    for (guint i = 0; i < view->findings->list->len; i++)
        json_array_append_new(findings, finding_json(g_ptr_array_index(view->findings->list, i)));
    json_object_set_new(document, "findings", findings);
    json_object_set_new(document, "summary",
                        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "files",
                                  (json_int_t)view->n_files, "statements",
                                  (json_int_t)view->n_statements, "error",
                                  (json_int_t)count.by_severity[MIG_SEVERITY_ERROR], "warning",
                                  (json_int_t)count.by_severity[MIG_SEVERITY_WARNING], "info",
                                  (json_int_t)count.by_severity[MIG_SEVERITY_INFO], "allowed",
                                  (json_int_t)count.allowed));
    mig_json_add_error(document, view->error, view->exit_status);
    mig_json_print(report->out, document);
}

void
mig_report_findings(const MigReport *report, const MigFindingsView *view)
{
    if (report->json)
        print_json(report, view);
    else
        print_text(report, view);
}

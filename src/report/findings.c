/* SPDX-License-Identifier: MIT */
/* Findings for people, with the line that they are about, and as JSON. */
#include "base/diff.h"
#include "base/text.h"
#include "report/findings_view.h"

#include <string.h>

#define WIDTH 80

static MigStyle
style_of(const MigFinding *finding)
{
    if (finding->allowed != NULL || finding->severity == MIG_SEVERITY_INFO)
        return MIG_STYLE_DIM;
    return finding->severity == MIG_SEVERITY_ERROR ? MIG_STYLE_BAD : MIG_STYLE_CAUTION;
}

/* (owned) names in messages are the file's: what would command the terminal is shown as "?". */
static char *
printable(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        g_string_append_unichar(out, g_unichar_iscntrl(c) ? '?' : c);
    }
    return g_string_free(out, false);
}

static void
print_wrapped(const MigReport *report, const char *first, const char *indent, const char *text)
{
    g_autofree char *clean = printable(text);
    g_autofree char *wrapped = mig_text_wrap(clean, WIDTH - 1 - (unsigned)strlen(indent), indent);

    fprintf(report->out, "%s%s\n", first, wrapped);
}

/* "file:line:column: severity: message [rule]", wrapped; words are coloured afterwards, as colours have
 * no width. */
static void
print_head(const MigReport *report, const MigFinding *finding)
{
    bool color = report->color_out;
    g_autofree char *file = printable(finding->file);
    g_autofree char *message = printable(finding->message);
    g_autofree char *place = g_strdup_printf("%s:%u:%u:", file, finding->line, finding->column);
    g_autofree char *rule = g_strdup_printf("[%s]", finding->rule);
    const char *severity = mig_severity_name(finding->severity);
    g_autofree char *head = g_strdup_printf("%s %s: %s %s", place, severity, message, rule);
    g_autofree char *wrapped = mig_text_wrap(head, WIDTH - 1, "  ");
    /* The path may have been wrapped, and then nothing is where it was. */
    size_t begin = g_str_has_prefix(wrapped, place) ? strlen(place) : 0;
    size_t middle = begin + strcspn(wrapped + begin, "\n ");
    size_t after = middle + strspn(wrapped + middle, "\n ");
    size_t end = strlen(wrapped) - strlen(rule);

    if (!color || begin == 0 || !g_str_has_prefix(wrapped + after, severity)) {
        fprintf(report->out, "%s\n", wrapped);
        return;
    }
    size_t word = strlen(severity) + 1;
    fprintf(report->out, "%s%s%s%.*s%s%.*s%s%.*s%s%s%s\n", mig_style_on(color, MIG_STYLE_STRONG),
            place, mig_style_off(color), (int)(after - begin), wrapped + begin,
            mig_style_on(color, style_of(finding)), (int)word, wrapped + after,
            mig_style_off(color), (int)(end - after - word), wrapped + after + word,
            mig_style_on(color, MIG_STYLE_DIM), wrapped + end, mig_style_off(color));
}

static void
print_finding(const MigReport *report, const MigFinding *finding)
{
    print_head(report, finding);
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
print_diffs(const MigReport *report, const MigFindingsView *view)
{
    for (guint i = 0; i < view->fixed->len; i++) {
        const MigFixedFile *file = g_ptr_array_index(view->fixed, i);
        g_autofree char *diff = mig_diff_unified(file->path, file->before, file->path, file->after);
        fputs(diff, report->out);
    }
}

static size_t
count_fixes(const MigFindings *findings)
{
    size_t n = 0;

    for (guint i = 0; i < findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        n += finding->fix != NULL && finding->allowed == NULL ? 1 : 0;
    }
    return n;
}

static void
print_text(const MigReport *report, const MigFindingsView *view)
{
    size_t fixes = count_fixes(view->findings);
    g_autofree char *summary = mig_findings_summary(view);

    /* A diff is to be given to patch(1) as it is. */
    if (view->fixed != NULL && view->dry_run) {
        print_diffs(report, view);
        return;
    }
    for (guint i = 0; view->fixed != NULL && i < view->fixed->len; i++) {
        const MigFixedFile *file = g_ptr_array_index(view->fixed, i);
        fprintf(report->out, "%s: %zu edit%s\n", file->path, file->edits,
                mig_style_plural(file->edits));
    }
    if (view->fixed != NULL && view->fixed->len > 0)
        putc('\n', report->out);
    for (guint i = 0; i < view->findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(view->findings->list, i);
        if (finding->allowed != NULL && !report->verbose)
            continue;
        print_finding(report, finding);
        putc('\n', report->out);
    }
    fprintf(report->out, "%s\n", summary);
    if (fixes > 0 && view->fixed == NULL)
        fprintf(report->out, "%zu of them can be mended by `migrate lint --fix`\n", fixes);
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
    json_object_set_new(object, "fingerprint", mig_json_text(finding->fingerprint));
    return object;
}

static json_t *
fixed_json(const MigFindingsView *view)
{
    json_t *array = json_array();

    for (guint i = 0; i < view->fixed->len; i++) {
        const MigFixedFile *file = g_ptr_array_index(view->fixed, i);
        g_autofree char *diff = mig_diff_unified(file->path, file->before, file->path, file->after);
        json_array_append_new(array, json_pack("{s:o, s:I, s:o}", "file", mig_json_text(file->path),
                                               "edits", (json_int_t)file->edits, "diff",
                                               mig_json_text(diff)));
    }
    return array;
}

static json_t *
summary_json(const MigFindingsView *view)
{
    MigFindingCount count = mig_findings_count(view->findings);

    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "files", (json_int_t)view->files->len,
                     "statements", (json_int_t)view->n_statements, "error",
                     (json_int_t)count.by_severity[MIG_SEVERITY_ERROR], "warning",
                     (json_int_t)count.by_severity[MIG_SEVERITY_WARNING], "info",
                     (json_int_t)count.by_severity[MIG_SEVERITY_INFO], "allowed",
                     (json_int_t)count.allowed, "baseline", (json_int_t)view->n_baseline);
}

static void
print_json(const MigReport *report, const MigFindingsView *view)
{
    json_t *document = json_object();
    json_t *findings = json_array();

    json_object_set_new(document, "version", json_integer(1));
    json_object_set_new(document, "engine", json_string(mig_engine_name(view->engine)));
    for (guint i = 0; i < view->findings->list->len; i++)
        json_array_append_new(findings, finding_json(g_ptr_array_index(view->findings->list, i)));
    json_object_set_new(document, "findings", findings);
    if (view->fixed != NULL)
        json_object_set_new(document, view->dry_run ? "wouldFix" : "fixed", fixed_json(view));
    json_object_set_new(document, "summary", summary_json(view));
    mig_json_add_error(document, view->error, view->exit_status);
    mig_json_print(report->out, document);
}

void
mig_report_findings(const MigReport *report, MigFindingsFormat format, const MigFindingsView *view)
{
    switch (format) {
    case MIG_FINDINGS_SARIF:
        mig_findings_print_sarif(report, view);
        return;
    case MIG_FINDINGS_GITHUB:
        mig_findings_print_github(report, view);
        return;
    case MIG_FINDINGS_JUNIT:
        mig_findings_print_junit(report, view);
        return;
    case MIG_FINDINGS_MARKDOWN:
        mig_findings_print_markdown(report, view);
        return;
    case MIG_FINDINGS_TEXT:
        break;
    }
    if (report->json)
        print_json(report, view);
    else
        print_text(report, view);
}

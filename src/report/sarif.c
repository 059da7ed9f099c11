/* SPDX-License-Identifier: MIT */
/* Findings as SARIF 2.1.0, which code hosts and editors read. */
#include "report/findings_view.h"

#include <string.h>

/* Manual: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", section 3. */
#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"
#define ROOT "%SRCROOT%"

static const char *
level_of(MigSeverity severity)
{
    static const char *const levels[MIG_N_SEVERITIES] = {
        [MIG_SEVERITY_INFO] = "note",
        [MIG_SEVERITY_WARNING] = "warning",
        [MIG_SEVERITY_ERROR] = "error",
    };

    return levels[severity];
}

static bool
is_placeholder(const char *text)
{
    size_t digits = strspn(text + 1, "0123456789");

    return *text == '{' && digits > 0 && text[1 + digits] == '}';
}

/* Section 3.11: "[text](target)" is a link, and "{0}" a placeholder. */
static json_t *
message_json(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    bool link = strstr(text, "](") != NULL;

    for (const char *c = text; *c != '\0'; c++) {
        if (link && strchr("[]\\", *c) != NULL)
            g_string_append_c(out, '\\');
        if (!is_placeholder(c)) {
            g_string_append_c(out, *c);
            continue;
        }
        size_t length = strcspn(c, "}") + 1;
        g_string_append_printf(out, "{%.*s}", (int)length, c);
        c += length - 1;
    }
    return json_pack("{s:o}", "text", mig_json_text(out->str));
}

/* (owned) a URI reference: relative to the root, or of a file elsewhere. */
static json_t *
artifact_json(const MigFindingsView *view, const char *file)
{
    g_autofree char *path = mig_findings_path(view, file);

    if (g_path_is_absolute(path)) {
        g_autofree char *escaped = g_uri_escape_string(path, "/", false);
        return json_pack("{s:s+}", "uri", "file://", escaped);
    }
    g_autofree char *escaped = g_uri_escape_string(path, "/", false);
    return json_pack("{s:s, s:s}", "uri", escaped, "uriBaseId", ROOT);
}

/* Regions end before their last column, our findings with it; see section 3.30. */
static json_t *
region_json(const MigFinding *finding)
{
    json_t *region =
        json_pack("{s:I, s:I, s:I, s:I}", "startLine", (json_int_t)finding->line, "startColumn",
                  (json_int_t)finding->column, "endLine", (json_int_t)finding->end_line,
                  "endColumn", (json_int_t)finding->end_column + 1);

    if (finding->source != NULL && finding->source_length > 0) {
        g_autofree char *part =
            g_strndup(finding->source + finding->source_offset, finding->source_length);
        json_object_set_new(region, "snippet", json_pack("{s:o}", "text", mig_json_text(part)));
    }
    return region;
}

static json_t *
location_json(const MigFindingsView *view, const MigFinding *finding)
{
    return json_pack("[{s:{s:o, s:o}}]", "physicalLocation", "artifactLocation",
                     artifact_json(view, finding->file), "region", region_json(finding));
}

static json_t *
fixes_json(const MigFindingsView *view, const MigFinding *finding)
{
    json_t *deleted =
        json_pack("{s:I, s:I, s:I, s:I}", "startLine", (json_int_t)finding->fix_line, "startColumn",
                  (json_int_t)finding->fix_column, "endLine", (json_int_t)finding->fix_end_line,
                  "endColumn", (json_int_t)finding->fix_end_column);
    json_t *replacement = json_pack("{s:o, s:{s:o}}", "deletedRegion", deleted, "insertedContent",
                                    "text", mig_json_text(finding->fix));
    json_t *change = json_pack("{s:o, s:[o]}", "artifactLocation",
                               artifact_json(view, finding->file), "replacements", replacement);

    return json_pack("[{s:{s:s}, s:[o]}]", "description", "text",
                     "the edit of `migrate lint --fix`", "artifactChanges", change);
}

/* Findings that share a fingerprint are told apart by their order. */
static json_t *
fingerprints_json(const MigFinding *finding, GHashTable *seen)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, finding->fingerprint)) + 1;
    g_autofree char *text = g_strdup_printf("%s:%u", finding->fingerprint, n);

    g_hash_table_insert(seen, finding->fingerprint, GUINT_TO_POINTER(n));
    return json_pack("{s:s, s:s}", "migrateStatement/v1", text, "primaryLocationLineHash", text);
}

static json_t *
suppressions_json(const MigFinding *finding)
{
    if (finding->allowed == NULL)
        return json_array();
    return json_pack("[{s:s, s:s, s:o}]", "kind", "inSource", "status", "accepted", "justification",
                     mig_json_text(finding->allowed));
}

static json_t *
result_json(const MigFindingsView *view, const MigFinding *finding, size_t rule, GHashTable *seen)
{
    g_autoptr(GString) text = g_string_new(finding->message);
    json_t *result = json_object();

    g_string_append_c(text, '\n');
    mig_findings_advice(text, finding);
    json_object_set_new(result, "ruleId", mig_json_text(finding->rule));
    json_object_set_new(result, "ruleIndex", json_integer((json_int_t)rule));
    json_object_set_new(result, "level", json_string(level_of(finding->severity)));
    json_object_set_new(result, "message", message_json(g_strchomp(text->str)));
    json_object_set_new(result, "locations", location_json(view, finding));
    if (finding->fingerprint != NULL)
        json_object_set_new(result, "partialFingerprints", fingerprints_json(finding, seen));
    json_object_set_new(result, "suppressions", suppressions_json(finding));
    if (finding->fix != NULL)
        json_object_set_new(result, "fixes", fixes_json(view, finding));
    return result;
}

static json_t *
rule_json(const MigFinding *finding)
{
    const MigRule *rule = mig_rule_find(finding->rule);
    json_t *object = json_pack("{s:o}", "id", mig_json_text(finding->rule));

    if (rule == NULL)
        return object;
    g_autoptr(GString) help = g_string_new(rule->danger);
    for (size_t i = 0; i < MIG_RULE_MAX_STEPS && rule->steps[i] != NULL; i++)
        g_string_append_printf(help, "\n%zu. %s", i + 1, rule->steps[i]);
    g_string_append_printf(help,
                           "\nTo accept a finding, above its statement: -- migrate:allow %s "
                           "-- reason",
                           rule->id);
    if (rule->manual != NULL)
        g_string_append_printf(help, "\nManual: %s", rule->manual);
    json_object_set_new(object, "shortDescription", message_json(rule->summary));
    json_object_set_new(object, "fullDescription", message_json(rule->danger));
    json_object_set_new(object, "help", message_json(help->str));
    json_object_set_new(
        object, "defaultConfiguration",
        json_pack("{s:s, s:b}", "level", level_of(rule->severity), "enabled", rule->off ? 0 : 1));
    return object;
}

/* The rules that found something: their place in the array is what results call them by. */
static size_t
rule_index(json_t *rules, GHashTable *indexes, const MigFinding *finding)
{
    gpointer index = NULL;

    if (g_hash_table_lookup_extended(indexes, finding->rule, NULL, &index))
        return GPOINTER_TO_SIZE(index);
    size_t next = json_array_size(rules);
    json_array_append_new(rules, rule_json(finding));
    g_hash_table_insert(indexes, finding->rule, GSIZE_TO_POINTER(next));
    return next;
}

static json_t *
tool_json(const MigFindingsView *view, json_t *rules)
{
    json_t *driver = json_pack("{s:s, s:o}", "name", "migrate", "rules", rules);

    if (view->tool_version != NULL)
        json_object_set_new(driver, "version", json_string(view->tool_version));
    return json_pack("{s:o}", "driver", driver);
}

static json_t *
invocation_json(const MigFindingsView *view)
{
    return json_pack("[{s:b, s:i}]", "executionSuccessful", 1, "exitCode",
                     view->error != NULL ? view->exit_status : 0);
}

void
mig_findings_print_sarif(const MigReport *report, const MigFindingsView *view)
{
    g_autoptr(GHashTable) indexes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    json_t *rules = json_array();
    json_t *results = json_array();

    for (guint i = 0; i < view->findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(view->findings->list, i);
        size_t rule = rule_index(rules, indexes, finding);
        json_array_append_new(results, result_json(view, finding, rule, seen));
    }
    json_t *run =
        json_pack("{s:o, s:s, s:o, s:o}", "tool", tool_json(view, rules), "columnKind",
                  "unicodeCodePoints", "invocations", invocation_json(view), "results", results);
    mig_json_print(report->out, json_pack("{s:s, s:s, s:[o]}", "$schema", SCHEMA, "version",
                                          "2.1.0", "runs", run));
}

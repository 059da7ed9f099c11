/* SPDX-License-Identifier: MIT */
/* Findings: making, sorting, counting. */
#include <migrate/lint.h>
#include <string.h>

const char *
mig_severity_name(MigSeverity severity)
{
    static const char *const names[MIG_N_SEVERITIES] = {
        [MIG_SEVERITY_INFO] = "info",
        [MIG_SEVERITY_WARNING] = "warning",
        [MIG_SEVERITY_ERROR] = "error",
    };
    return names[severity];
}

MigFinding *
mig_finding_new(const char *rule, MigSeverity severity, const char *file, unsigned line,
                unsigned column, const char *message)
{
    MigFinding *finding = g_new0(MigFinding, 1);

    finding->rule = g_strdup(rule);
    finding->severity = severity;
    finding->file = g_strdup(file);
    finding->line = line;
    finding->column = column;
    finding->end_line = line;
    finding->end_column = column;
    finding->message = g_strdup(message);
    return finding;
}

void
mig_finding_free(MigFinding *finding)
{
    if (finding == NULL)
        return;

    g_free(finding->rule);
    g_free(finding->file);
    g_free(finding->message);
    g_free(finding->danger);
    g_clear_pointer(&finding->steps, g_ptr_array_unref);
    g_free(finding->fix);
    g_free(finding->source);
    g_free(finding->allowed);
    g_free(finding->fingerprint);
    g_free(finding);
}

static void
free_finding(gpointer finding)
{
    mig_finding_free(finding);
}

MigFindings *
mig_findings_new(void)
{
    MigFindings *findings = g_new0(MigFindings, 1);

    findings->list = g_ptr_array_new_with_free_func(free_finding);
    return findings;
}

void
mig_findings_free(MigFindings *findings)
{
    if (findings == NULL)
        return;

    g_ptr_array_unref(findings->list);
    g_free(findings);
}

void
mig_findings_take(MigFindings *findings, MigFinding *finding)
{
    g_ptr_array_add(findings->list, finding);
}

static gint
compare(gconstpointer a, gconstpointer b, gpointer data)
{
    GHashTable *files = data;
    const MigFinding *left = *(const MigFinding *const *)a;
    const MigFinding *right = *(const MigFinding *const *)b;
    guint left_file = GPOINTER_TO_UINT(g_hash_table_lookup(files, left->file));
    guint right_file = GPOINTER_TO_UINT(g_hash_table_lookup(files, right->file));

    if (left_file != right_file)
        return left_file < right_file ? -1 : 1;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    if (left->severity != right->severity)
        return left->severity > right->severity ? -1 : 1;
    int rule = strcmp(left->rule, right->rule);
    return rule != 0 ? rule : strcmp(left->message, right->message);
}

void
mig_findings_sort(MigFindings *findings)
{
    /* Migrations are told in the order in which they run, which isn't that of their names. */
    g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        if (!g_hash_table_contains(files, finding->file))
            g_hash_table_insert(files, finding->file, GUINT_TO_POINTER(i + 1));
    }
    g_ptr_array_sort_with_data(findings->list, compare, files);
}

MigFindingCount
mig_findings_count(const MigFindings *findings)
{
    MigFindingCount count = {{0}, 0};

    for (guint i = 0; i < findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        if (finding->allowed != NULL)
            count.allowed++;
        else
            count.by_severity[finding->severity]++;
    }
    return count;
}

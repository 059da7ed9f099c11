/* SPDX-License-Identifier: MIT */
/* Findings that a project had before it began to look for them: known, and not told again. */
#include "lint/baseline.h"

#include <string.h>

#define TITLE "# migrate lint baseline, version 1"

void
mig_baseline_free(MigBaseline *baseline)
{
    if (baseline == NULL)
        return;

    g_hash_table_unref(baseline->entries);
    g_ptr_array_unref(baseline->order);
    g_free(baseline);
}

static void
add_entry(MigBaseline *baseline, const char *line)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(baseline->entries, line));

    if (n == 0)
        g_ptr_array_add(baseline->order, g_strdup(line));
    g_hash_table_replace(baseline->entries, g_strdup(line), GUINT_TO_POINTER(n + 1));
}

/* "0123456789abcdef add-index-non-concurrent 20240101_a.sql" */
static bool
is_entry(const char *line)
{
    size_t digits = strspn(line, "0123456789abcdef");
    const char *rule = line + digits + 1;

    if (digits != 16 || line[digits] != ' ')
        return false;
    size_t length = strcspn(rule, " ");
    return length > 0 && rule[length] == ' ' && rule[length + 1] != '\0';
}

MigBaseline *
mig_baseline_parse(const char *path, const char *text, GError **error)
{
    g_autoptr(MigBaseline) baseline = g_new0(MigBaseline, 1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    baseline->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    baseline->order = g_ptr_array_new_with_free_func(g_free);
    /* An empty file, or another tool's, would hide or show everything without a word. */
    if (lines[0] == NULL || strcmp(g_strchomp(lines[0]), TITLE) != 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                    "%s:1: this is no baseline, whose first line is \"%s\"; `migrate lint "
                    "--write-baseline %s` makes one",
                    path, TITLE, path);
        return NULL;
    }
    for (size_t i = 1; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);
        if (*line == '\0' || *line == '#')
            continue;
        if (!is_entry(line)) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                        "%s:%zu: not an entry, which is 16 hexadecimal digits, a rule and a file's "
                        "name",
                        path, i + 1);
            return NULL;
        }
        add_entry(baseline, line);
    }
    return g_steal_pointer(&baseline);
}

/* (owned) a file's name may hold anything; a line end in it would make two entries of one. */
static char *
entry_of(const MigFinding *finding)
{
    g_autofree char *base = g_path_get_basename(finding->file);
    g_autofree char *name = g_utf8_make_valid(base, -1);

    g_strdelimit(name, "\r\n", '?');
    return g_strchomp(g_strdup_printf("%s %s %s", finding->fingerprint, finding->rule, name));
}

size_t
mig_baseline_apply(MigBaseline *baseline, MigFindings *findings)
{
    size_t n = 0;

    for (guint i = 0; i < findings->list->len;) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        g_autofree char *line = entry_of(finding);
        guint left = GPOINTER_TO_UINT(g_hash_table_lookup(baseline->entries, line));

        if (finding->allowed != NULL || left == 0) {
            i++;
            continue;
        }
        g_hash_table_replace(baseline->entries, g_steal_pointer(&line), GUINT_TO_POINTER(left - 1));
        g_ptr_array_remove_index(findings->list, i);
        n++;
    }
    return n;
}

GPtrArray *
mig_baseline_unused(const MigBaseline *baseline)
{
    GPtrArray *unused = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < baseline->order->len; i++) {
        const char *line = g_ptr_array_index(baseline->order, i);
        guint left = GPOINTER_TO_UINT(g_hash_table_lookup(baseline->entries, line));
        for (; left > 0; left--)
            g_ptr_array_add(unused, g_strdup(line));
    }
    return unused;
}

char *
mig_baseline_write(const MigFindings *findings)
{
    GString *text = g_string_new(TITLE "\n"
                                       "# Findings that are not told again. Remove a line, and it "
                                       "is.\n");

    for (guint i = 0; i < findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        g_autofree char *line = entry_of(finding);
        if (finding->allowed == NULL)
            g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, false);
}

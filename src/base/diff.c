/* SPDX-License-Identifier: MIT */
/* Two texts to a unified diff. */
#include "base/diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define CONTEXT 3

/* The table of common subsequences has that many cells at most: 16 MB. */
#define MOST_CELLS ((size_t)4 << 20)

typedef struct {
    char **old_lines; /* (owned) without line ends */
    char **new_lines;
    size_t n_old;
    size_t n_new;
    GString *out;
} Diff;

/* One line of the result. */
typedef struct {
    char mark; /* ' ', '-' or '+' */
    size_t old_index;
    size_t new_index;
} Edit;

static char **
split_lines(const char *text, size_t *out_n)
{
    char **lines = g_strsplit(text, "\n", -1);
    size_t n = g_strv_length(lines);

    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(lines[i]);
        if (length > 0 && lines[i][length - 1] == '\r')
            lines[i][length - 1] = '\0';
    }
    /* What follows the last newline isn't a line if nothing does. */
    if (n > 0 && *lines[n - 1] == '\0')
        n--;
    *out_n = n;
    return lines;
}

static void
add_edit(GArray *edits, char mark, size_t old_index, size_t new_index)
{
    const Edit edit = {mark, old_index, new_index};
    g_array_append_val(edits, edit);
}

/* Longest common subsequence of the middles, behind `start` common lines and before common ends. */
static void
compare_middle(const Diff *diff, size_t start, size_t n, size_t m, GArray *edits)
{
    size_t width = m + 1;
    bool bounded = (n + 1) * width <= MOST_CELLS;
    g_autofree uint32_t *common = bounded ? g_new0(uint32_t, (n + 1) * width) : NULL;
    char **a = diff->old_lines + start;
    char **b = diff->new_lines + start;

    for (size_t i = n; bounded && i-- > 0;) {
        for (size_t j = m; j-- > 0;)
            common[i * width + j] = strcmp(a[i], b[j]) == 0 ? common[(i + 1) * width + j + 1] + 1
                                                            : MAX(common[(i + 1) * width + j],
                                                                  common[i * width + j + 1]);
    }

    size_t i = 0;
    size_t j = 0;
    while (i < n || j < m) {
        if (bounded && i < n && j < m && strcmp(a[i], b[j]) == 0) {
            add_edit(edits, ' ', start + i++, start + j++);
        } else if (i < n && (j == m || !bounded ||
                             common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            add_edit(edits, '-', start + i++, start + j);
        } else {
            add_edit(edits, '+', start + i, start + j++);
        }
    }
}

static GArray *
compare(const Diff *diff)
{
    GArray *edits = g_array_new(FALSE, FALSE, sizeof(Edit));
    size_t n = diff->n_old;
    size_t m = diff->n_new;
    size_t start = 0;

    while (start < n && start < m && strcmp(diff->old_lines[start], diff->new_lines[start]) == 0) {
        add_edit(edits, ' ', start, start);
        start++;
    }
    while (n > start && m > start && strcmp(diff->old_lines[n - 1], diff->new_lines[m - 1]) == 0) {
        n--;
        m--;
    }
    compare_middle(diff, start, n - start, m - start, edits);
    for (; n < diff->n_old; n++, m++)
        add_edit(edits, ' ', n, m);
    return edits;
}

static const Edit *
edit_at(const GArray *edits, size_t index)
{
    return &g_array_index(edits, Edit, index);
}

/* Where the hunk that begins with a change at `from` ends, with its context. */
static size_t
hunk_end(const GArray *edits, size_t from)
{
    size_t end = from;

    for (size_t i = from; i < edits->len && i <= end + 2 * (size_t)CONTEXT; i++) {
        if (edit_at(edits, i)->mark != ' ')
            end = i;
    }
    return MIN(end + CONTEXT + 1, edits->len);
}

static void
append_hunk(const Diff *diff, const GArray *edits, size_t from, size_t end)
{
    size_t n_old = 0;
    size_t n_new = 0;

    for (size_t i = from; i < end; i++) {
        n_old += edit_at(edits, i)->mark != '+' ? 1 : 0;
        n_new += edit_at(edits, i)->mark != '-' ? 1 : 0;
    }
    const Edit *first = edit_at(edits, from);
    g_string_append_printf(diff->out, "@@ -%zu,%zu +%zu,%zu @@\n",
                           first->old_index + (n_old > 0 ? 1 : 0), n_old,
                           first->new_index + (n_new > 0 ? 1 : 0), n_new);
    for (size_t i = from; i < end; i++) {
        const Edit *edit = edit_at(edits, i);
        g_string_append_printf(diff->out, "%c%s\n", edit->mark,
                               edit->mark == '+' ? diff->new_lines[edit->new_index]
                                                 : diff->old_lines[edit->old_index]);
    }
}

char *
mig_diff_unified(const char *old_name, const char *old_text, const char *new_name,
                 const char *new_text)
{
    Diff diff = {.out = g_string_new(NULL)};
    diff.old_lines = split_lines(old_text, &diff.n_old);
    diff.new_lines = split_lines(new_text, &diff.n_new);
    g_autoptr(GArray) edits = compare(&diff);

    for (size_t i = 0; i < edits->len;) {
        if (edit_at(edits, i)->mark == ' ') {
            i++;
            continue;
        }
        if (diff.out->len == 0)
            g_string_append_printf(diff.out, "--- %s\n+++ %s\n", old_name, new_name);
        size_t end = hunk_end(edits, i);
        append_hunk(&diff, edits, i > CONTEXT ? i - CONTEXT : 0, end);
        i = end;
    }
    g_strfreev(diff.old_lines);
    g_strfreev(diff.new_lines);
    return g_string_free(diff.out, FALSE);
}

/* SPDX-License-Identifier: MIT */
/* The edits of findings, made in a file's text. */
#include "lint/fix.h"

#include <string.h>

typedef struct {
    size_t from; /* in the file, in bytes */
    size_t to;
    const char *text; /* (borrowed) what takes the range's place */
} Edit;

void
mig_fixed_file_free(MigFixedFile *file)
{
    if (file == NULL)
        return;

    g_free(file->path);
    g_free(file->before);
    g_free(file->after);
    g_free(file);
}

/* Where the line begins that has the number. Returns: whether there is such a line */
static bool
find_line(const char *text, unsigned line, size_t *out_offset)
{
    const char *at = text;

    for (unsigned i = 1; i < line; i++) {
        at = strchr(at, '\n');
        if (at == NULL)
            return false;
        at++;
    }
    *out_offset = (size_t)(at - text);
    return true;
}

static bool
find_place(const char *text, unsigned line, unsigned column, size_t *out_offset)
{
    size_t offset = 0;

    if (line == 0 || column == 0 || !find_line(text, line, &offset))
        return false;
    for (unsigned i = 1; i < column; i++) {
        if (text[offset] == '\0' || text[offset] == '\n')
            return false;
        offset += (size_t)(g_utf8_next_char(text + offset) - (text + offset));
    }
    *out_offset = offset;
    return true;
}

static gint
compare_edits(gconstpointer a, gconstpointer b)
{
    const Edit *left = a;
    const Edit *right = b;

    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return left->to < right->to ? -1 : left->to > right->to;
}

/* (owned) Edit, in the order of their places */
static GArray *
find_edits(const char *text, const GPtrArray *findings)
{
    GArray *edits = g_array_new(false, false, sizeof(Edit));

    for (guint i = 0; i < findings->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings, i);
        Edit edit = {.text = finding->fix};

        if (finding->fix == NULL || finding->allowed != NULL ||
            !find_place(text, finding->fix_line, finding->fix_column, &edit.from) ||
            !find_place(text, finding->fix_end_line, finding->fix_end_column, &edit.to) ||
            edit.to < edit.from)
            continue;
        g_array_append_val(edits, edit);
    }
    g_array_sort(edits, compare_edits);
    return edits;
}

/* What each further line of a section that is written as comments begins with: "-- ", or nothing. */
static char *
line_prefix(const char *text, size_t offset)
{
    while (offset > 0 && text[offset - 1] != '\n')
        offset--;

    size_t blanks = strspn(text + offset, " \t");
    if (strncmp(text + offset + blanks, "--", 2) != 0)
        return g_strdup("");
    size_t length = blanks + 2;
    if (text[offset + length] == ' ')
        length++;
    return g_strndup(text + offset, length);
}

static void
append_edit(GString *out, const char *text, const Edit *edit)
{
    g_autofree char *prefix = line_prefix(text, edit->from);
    const char *first = strchr(text, '\n');
    bool crlf = first != NULL && first > text && first[-1] == '\r';

    for (const char *c = edit->text; *c != '\0'; c++) {
        if (*c != '\n') {
            g_string_append_c(out, *c);
            continue;
        }
        g_string_append(out, crlf && (c == edit->text || c[-1] != '\r') ? "\r\n" : "\n");
        g_string_append(out, prefix);
    }
}

static bool
is_same(const Edit *a, const Edit *b)
{
    return a->from == b->from && a->to == b->to && strcmp(a->text, b->text) == 0;
}

char *
mig_fix_text(const char *text, const GPtrArray *findings, size_t *out_edits, size_t *out_left)
{
    /* Lines and columns are those of the text behind the byte order mark. */
    size_t bom = g_str_has_prefix(text, "\xef\xbb\xbf") ? 3 : 0;
    const char *body = text + bom;
    g_autoptr(GArray) edits = find_edits(body, findings);
    GString *out = g_string_new_len(text, (gssize)bom);
    const Edit *last = NULL;
    size_t done = 0;

    *out_edits = 0;
    *out_left = 0;
    for (guint i = 0; i < edits->len; i++) {
        const Edit *edit = &g_array_index(edits, Edit, i);
        /* Two rules may ask for the same; in which order two insertions go, nobody can tell. */
        bool same = last != NULL && is_same(last, edit);
        bool clash = last != NULL &&
                     (edit->from < last->to || (edit->from == last->from && edit->to == last->to));

        if (same || clash) {
            *out_left += same ? 0 : 1;
            continue;
        }
        g_string_append_len(out, body + done, (gssize)(edit->from - done));
        append_edit(out, body, edit);
        done = edit->to;
        last = edit;
        (*out_edits)++;
    }
    g_string_append(out, body + done);
    return g_string_free(out, false);
}

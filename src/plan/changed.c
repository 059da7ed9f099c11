/* SPDX-License-Identifier: MIT */
/* How a file differs from the SQL that was executed, for a refusal. */
#include "plan/changed.h"

#include "base/diff.h"
#include "history/compare.h"

/* A line of generated SQL may be of any length. */
#define LINE_BYTES 200

/* A terminal takes control characters for commands, wherever they come from. */
static void
append_line(GString *out, const char *line)
{
    g_autofree char *text = g_utf8_make_valid(line, -1);
    const char *p = text;

    g_string_append(out, "\n    ");
    for (; *p != '\0' && p - text < LINE_BYTES; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(out, c != '\t' && g_unichar_iscntrl(c) ? 0xfffd : c);
    }
    if (*p != '\0')
        g_string_append(out, "\u2026");
}

void
mig_changed_append(GString *out, const char *version, const char *ran, const char *path,
                   const char *now, size_t *lines)
{
    if (ran == NULL) {
        g_string_append_printf(out, "\n    %s: what was executed is not recorded", path);
        return;
    }

    g_autofree char *title = g_strdup_printf("UP of %s as it was executed", version);
    g_autofree char *diff = mig_diff_unified(title, ran, path, now);
    if (*diff == '\0') {
        g_string_append_printf(out, "\n    %s: UP is as it was executed, the rest is not", path);
        return;
    }

    g_auto(GStrv) parts = g_strsplit(diff, "\n", -1);
    size_t n = g_strv_length(parts) - 1;
    size_t shown = MIN(n, *lines);
    for (size_t i = 0; i < shown; i++)
        append_line(out, parts[i]);
    if (shown < n)
        g_string_append_printf(out, "\n    \u2026 %zu more line%s: migrate status -v", n - shown,
                               n - shown == 1 ? "" : "s");
    *lines -= shown;
}

bool
mig_changed_describe(const GArray *pairs, MigSource *source, MigRecordedSql recorded, gpointer data,
                     GString *out, GError **error)
{
    size_t lines = MIG_CHANGED_LINES;
    size_t more = 0;

    for (guint i = 0; i < pairs->len; i++) {
        const MigPair *pair = &g_array_index(pairs, MigPair, i);
        g_autofree char *up = NULL;
        g_autofree char *down = NULL;
        if (pair->standing != MIG_STANDING_CHANGED)
            continue;
        if (lines == 0) {
            more++;
            continue;
        }
        if (!recorded(pair->record->version, &up, &down, data, error) ||
            !mig_source_parse(source, pair->migration, error))
            return false;
        mig_changed_append(out, pair->record->version, up, pair->migration->path,
                           pair->migration->up->text, &lines);
    }
    if (more > 0)
        g_string_append_printf(out, "\n    \u2026 %zu more file%s: migrate status -v", more,
                               more == 1 ? "" : "s");
    return true;
}

/* SPDX-License-Identifier: MIT */
/* One line to a section's marker, well written or nearly so. */
#include "source/marker.h"

#include <string.h>

#include "base/text.h"

static const char *const names[] = {"UP", "DOWN", "VERIFY", NULL};

static const char *const engine_names[] = {
    "sqlite", "sqlite3", "postgres", "postgresql", "pg", "mysql", "mariadb", NULL,
};

/* What other tools and people call the same things. A section that is passed over because of its
 * title would run as a part of the one before it. */
static const struct {
    const char *word;
    MigSectionKind kind;
} synonyms[] = {
    {"UPGRADE", MIG_SECTION_UP},  {"DOWNGRADE", MIG_SECTION_DOWN}, {"ROLLBACK", MIG_SECTION_DOWN},
    {"REVERT", MIG_SECTION_DOWN}, {"UNDO", MIG_SECTION_DOWN},
};

const char *
mig_section_name(MigSectionKind kind)
{
    return kind < MIG_SECTION_WRONG ? names[kind] : "";
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool
find_name(const char *word, MigSectionKind *out_kind)
{
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (g_ascii_strcasecmp(word, names[i]) == 0) {
            *out_kind = (MigSectionKind)i;
            return true;
        }
    }
    return false;
}

static const char *
guess_name(const char *word)
{
    g_autofree char *upper = g_ascii_strup(word, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(synonyms); i++) {
        if (strcmp(upper, synonyms[i].word) == 0)
            return names[synonyms[i].kind];
    }
    /* Words of two letters are all close to UP: "-- == UI ==" is a title. */
    return strlen(word) > 2 ? mig_text_suggest(upper, names) : NULL;
}

/* What stands between the signs: a word of ours, then names of engines. */
static void
read_words(const char *line, size_t start, size_t end, bool complete, MigMarker *marker)
{
    bool first = true;

    for (size_t at = start; at < end;) {
        size_t from = at;
        while (at < end && !is_blank(line[at]) && line[at] != ',')
            at++;
        g_autofree char *word = g_strndup(line + from, at - from);
        while (at < end && (is_blank(line[at]) || line[at] == ','))
            at++;

        if (first) {
            first = false;
            if (find_name(word, &marker->kind)) {
                marker->state = complete ? MIG_MARKER_GOOD : MIG_MARKER_INCOMPLETE;
                continue;
            }
            marker->suggestion = complete ? guess_name(word) : NULL;
            if (marker->suggestion == NULL)
                return;
            marker->state = MIG_MARKER_TYPO;
            marker->word = from;
            marker->word_length = strlen(word);
            continue;
        }

        MigEngine engine = mig_engine_from_name(word);
        marker->engines |= engine;
        if (engine != MIG_ENGINE_NONE)
            continue;
        /* "-- ===== Town planning =====" and "-- ===== UP to here" are prose. */
        if (marker->state != MIG_MARKER_GOOD) {
            marker->state = MIG_MARKER_NONE;
            return;
        }
        g_autofree char *lower = g_ascii_strdown(word, -1);
        marker->state = MIG_MARKER_ENGINE;
        marker->word = from;
        marker->word_length = strlen(word);
        marker->suggestion = mig_text_suggest(lower, engine_names);
        return;
    }
}

/* One line, without its line end, that begins with "--". Allocates nothing for a plain comment. */
MigMarker
mig_marker_read(const char *line, size_t length)
{
    MigMarker marker = {.state = MIG_MARKER_NONE, .kind = MIG_SECTION_WRONG};
    size_t start = 2;
    size_t end = length;

    while (end > start && is_blank(line[end - 1]))
        end--;
    while (start < end && is_blank(line[start]))
        start++;
    bool apart = start > 2;

    size_t before = 0;
    while (start < end && line[start] == '=') {
        start++;
        before++;
    }
    size_t after = 0;
    while (end > start && line[end - 1] == '=') {
        end--;
        after++;
    }
    if ((before < 2 && after < 2) || start == end)
        return marker;

    while (start < end && is_blank(line[start]))
        start++;
    while (end > start && is_blank(line[end - 1]))
        end--;
    if (start < end)
        read_words(line, start, end, apart && before >= 2 && after >= 2, &marker);
    return marker;
}

bool
mig_marker_is_line(const char *line, size_t length)
{
    return length > 2 && memcmp(line, "--", 2) == 0 &&
           mig_marker_read(line, length).state != MIG_MARKER_NONE;
}

static size_t
line_length(const char *text, size_t length, size_t offset)
{
    const char *end = memchr(text + offset, '\n', length - offset);

    return end != NULL ? (size_t)(end - text) - offset : length - offset;
}

size_t
mig_marker_next(const char *text, size_t length, size_t offset, bool indented)
{
    while (offset < length) {
        /* Every marker has two signs in a row, and few other lines do. */
        const char *signs = memmem(text + offset, length - offset, "==", 2);
        if (signs == NULL)
            return length;

        size_t start = (size_t)(signs - text);
        while (start > offset && text[start - 1] != '\n')
            start--;
        size_t end = start + line_length(text, length, start);
        size_t dashes = start;
        while (indented && dashes < end && is_blank(text[dashes]))
            dashes++;
        if (end - dashes > 2 && memcmp(text + dashes, "--", 2) == 0 &&
            (dashes > start) == indented &&
            mig_marker_read(text + dashes, end - dashes).state != MIG_MARKER_NONE)
            return dashes;
        offset = MIN(end + 1, length);
    }
    return length;
}

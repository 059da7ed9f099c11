/* SPDX-License-Identifier: MIT */
/* Sections by engine, and the commented form. */
#include "source/section.h"

#include <string.h>

#include "base/text.h"
#include "sql/splitter.h"

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static size_t
line_length(const char *text, size_t length, size_t offset)
{
    const char *end = memchr(text + offset, '\n', length - offset);

    return end != NULL ? (size_t)(end - text) - offset : length - offset;
}

static bool
is_marker(const char *line, size_t length, gpointer data)
{
    (void)data;
    return mig_marker_is_line(line, length);
}

/* The end of what begins at @offset, read by an engine's rules. */
static size_t
find_end(const MigInput *input, size_t offset, MigEngine engine)
{
    /* Where no line reads as a marker there is nothing to ask the lexer about. */
    size_t next = mig_marker_next(input->text, input->length, offset, false);
    if (next == input->length)
        return next;
    return mig_split_section_end(input->text, input->length, offset, engine, is_marker, NULL);
}

/* The same for a section that is for other engines. What their rules stumble over is nothing to us,
 * but must not swallow the sections that follow: it is then cut at the next line that reads as a
 * marker, and so are all further ones, lest each of them is read to the end of the file. */
static size_t
find_foreign_end(const MigInput *input, size_t offset, MigEngine engine, bool *trusted)
{
    size_t next = mig_marker_next(input->text, input->length, offset, false);
    if (engine == MIG_ENGINE_NONE || next == input->length || !*trusted)
        return next;

    size_t end = find_end(input, offset, engine);
    MigSplitError wrong = {0};
    g_autoptr(MigSplit) split = mig_split(input->text + offset, end - offset, engine, 1, &wrong);
    mig_split_error_clear(&wrong);
    *trusted = split != NULL;
    return *trusted ? end : next;
}

static void
complain(const MigInput *input, const MigSection *section, const MigMarker *marker)
{
    const char *line = input->text + section->marker;
    g_autofree char *word = g_strndup(line + marker->word, marker->word_length);
    unsigned ignored = 1;
    unsigned column = 1;

    mig_text_locate(line, marker->word, &ignored, &column);
    if (marker->state == MIG_MARKER_TYPO)
        mig_problems_add(input->problems, input->path, section->line, column,
                         "\"%s\" is no section; if %s was meant, write \"-- ===== %s =====\", "
                         "otherwise write the title without \"=\" signs",
                         word, marker->suggestion, marker->suggestion);
    else if (marker->state == MIG_MARKER_ENGINE && marker->suggestion != NULL)
        mig_problems_add(input->problems, input->path, section->line, column,
                         "unknown engine \"%s\"; did you mean %s?", word, marker->suggestion);
    else if (marker->state == MIG_MARKER_ENGINE)
        mig_problems_add(input->problems, input->path, section->line, column,
                         "unknown engine \"%s\"; sqlite, postgres, mysql and mariadb are known",
                         word);
    else if (marker->state == MIG_MARKER_INCOMPLETE)
        mig_problems_add(input->problems, input->path, section->line, 1,
                         "this is not quite a section's marker; write \"-- ===== %s =====\", with "
                         "a blank after the dashes and two or more \"=\" on both sides",
                         mig_section_name(marker->kind));
}

/* For each kind the engines that lines of the file name, whatever these lines stand in. */
static void
read_named(const MigInput *input, MigEngine named[MIG_SECTION_WRONG])
{
    size_t offset = 0;

    while ((offset = mig_marker_next(input->text, input->length, offset, false)) < input->length) {
        size_t length = line_length(input->text, input->length, offset);
        MigMarker marker = mig_marker_read(input->text + offset, length);
        if (marker.state == MIG_MARKER_GOOD)
            named[marker.kind] |= marker.engines;
        offset = MIN(offset + length + 1, input->length);
    }
}

/* By whose rules a section is cut: ours if it may be for us, otherwise those of the first engine
 * that it names. One that names none is for others when another one names ours, and nobody says by
 * whose rules it is to be read. */
static MigEngine
rules_of(MigEngine ours, const MigSection *section, const MigEngine named[MIG_SECTION_WRONG])
{
    MigEngine serving = ours;

    if (ours == MIG_ENGINE_MARIADB)
        serving |= MIG_ENGINE_MYSQL;
    if (section->kind == MIG_SECTION_WRONG)
        return MIG_ENGINE_NONE;
    if (section->engines == MIG_ENGINE_NONE)
        return (named[section->kind] & serving) == 0 ? ours : MIG_ENGINE_NONE;
    if ((section->engines & serving) != 0)
        return ours;
    return (MigEngine)((unsigned)section->engines & -(unsigned)section->engines);
}

/* The first section of each kind for each engine, as a bit of MigEngine, and for none by name. */
typedef struct {
    unsigned lines[MIG_SECTION_WRONG][MIG_ENGINE_ALL + 1];
} Seen;

static void
refuse_repeated(const MigInput *input, const MigSection *section, Seen *seen)
{
    static const MigEngine each[] = {MIG_ENGINE_NONE, MIG_ENGINE_SQLITE, MIG_ENGINE_POSTGRES,
                                     MIG_ENGINE_MYSQL, MIG_ENGINE_MARIADB};

    if (section->kind == MIG_SECTION_WRONG)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(each); i++) {
        bool named = (section->engines & each[i]) != 0;
        if (!named && (each[i] != MIG_ENGINE_NONE || section->engines != MIG_ENGINE_NONE))
            continue;
        unsigned *first = &seen->lines[section->kind][each[i]];
        if (*first == 0) {
            *first = section->line;
            continue;
        }
        mig_problems_add(input->problems, input->path, section->line, 1,
                         "a second %s section%s%s; the first is in line %u: make them one",
                         mig_section_name(section->kind), named ? " for " : "",
                         named ? mig_engine_title(each[i]) : "", *first);
        return;
    }
}

GArray *
mig_sections_find(const MigInput *input)
{
    GArray *sections = g_array_new(FALSE, FALSE, sizeof(MigSection));
    MigEngine named[MIG_SECTION_WRONG] = {MIG_ENGINE_NONE};
    Seen seen = {0};
    bool trusted = true;
    size_t counted = 0;
    unsigned line = 1;
    unsigned column = 0;

    read_named(input, named);

    for (size_t at = find_end(input, 0, input->engine); at < input->length;) {
        size_t length = line_length(input->text, input->length, at);
        MigMarker marker = mig_marker_read(input->text + at, length);
        mig_text_locate(input->text + counted, at - counted, &line, &column);
        counted = at;

        bool good = marker.state == MIG_MARKER_GOOD;
        MigSection section = {
            .kind = good ? marker.kind : MIG_SECTION_WRONG,
            .engines = marker.engines,
            .marker = at,
            .offset = MIN(at + length + 1, input->length),
            .line = line,
        };
        if (!good)
            complain(input, &section, &marker);
        refuse_repeated(input, &section, &seen);
        MigEngine rules = rules_of(input->engine, &section, named);
        at = rules == input->engine ? find_end(input, section.offset, rules)
                                    : find_foreign_end(input, section.offset, rules, &trusted);
        section.length = at - section.offset;
        g_array_append_val(sections, section);
    }
    return sections;
}

const MigSection *
mig_sections_pick(const GArray *sections, MigSectionKind kind, MigEngine engine)
{
    const MigSection *general = NULL;
    const MigSection *family = NULL;

    for (unsigned i = 0; i < sections->len; i++) {
        const MigSection *section = &g_array_index(sections, MigSection, i);
        if (section->kind != kind)
            continue;
        if ((section->engines & engine) != 0)
            return section;
        if (section->engines == MIG_ENGINE_NONE)
            general = section;
        if (engine == MIG_ENGINE_MARIADB && (section->engines & MIG_ENGINE_MYSQL) != 0)
            family = section;
    }
    return family != NULL ? family : general;
}

/* How many characters of a comment line are taken off: white space, dashes, one blank. 0: it isn't
 * a comment, or a directive, which is read as one. */
static unsigned
count_removed(const char *line, size_t length)
{
    size_t at = 0;

    while (at < length && is_blank(line[at]))
        at++;
    if (length - at < 2 || memcmp(line + at, "--", 2) != 0)
        return 0;
    at += 2;

    size_t word = at;
    while (word < length && is_blank(line[word]))
        word++;
    if (length - word >= 8 && memcmp(line + word, "migrate:", 8) == 0)
        return 0;
    if (at < length && (line[at] == ' ' || line[at] == '\t'))
        at++;
    return (unsigned)at;
}

static size_t
trimmed_length(const char *line, size_t length)
{
    while (length > 0 && is_blank(line[length - 1]))
        length--;
    return length;
}

/* Whether a line may stand in the commented form; sets @statement if it ends one. */
static bool
is_comment_line(const char *line, size_t length, bool *statement)
{
    size_t trimmed = trimmed_length(line, length);
    size_t start = 0;

    while (start < trimmed && is_blank(line[start]))
        start++;
    if (start == trimmed)
        return true;
    if (trimmed - start < 2 || memcmp(line + start, "--", 2) != 0)
        return false;
    if (line[trimmed - 1] == ';' && count_removed(line, length) > 0)
        *statement = true;
    return true;
}

char *
mig_section_uncomment(const char *text, size_t length, size_t *out_length, GArray **out_removed)
{
    bool statement = false;

    for (size_t at = 0; at < length;) {
        size_t line = line_length(text, length, at);
        if (!is_comment_line(text + at, line, &statement))
            return NULL;
        at += line + 1;
    }
    if (!statement)
        return NULL;

    GString *out = g_string_sized_new(length);
    GArray *removed = g_array_new(FALSE, FALSE, sizeof(unsigned));
    for (size_t at = 0; at < length;) {
        size_t line = line_length(text, length, at);
        unsigned n = count_removed(text + at, line);
        size_t whole = MIN(line + 1, length - at);
        g_array_append_val(removed, n);
        g_string_append_len(out, text + at + n, (gssize)(whole - n));
        at += whole;
    }
    *out_length = out->len;
    *out_removed = removed;
    return g_string_free(out, FALSE);
}

/* SPDX-License-Identifier: MIT */
/* "-- Key: value" lines. */
#include "source/header.h"

#include <string.h>

#include "base/text.h"
#include "source/filename.h"

/* Longer ones are sentences that end in a colon. */
#define KEY_CHARACTERS 40

static const char *const risks[] = {"low", "medium", "high", NULL};
static const char *const transactions[] = {"single", "none", NULL};

/* One line of the header and its place. */
typedef struct {
    const MigInput *input;
    const char *start; /* (borrowed) of the line */
    unsigned number;
    char *key;   /* (owned) */
    char *value; /* (owned) */
    size_t value_offset;
} Line;

bool
mig_header_key_equal(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        char one = *a == '-' || *a == '_' ? ' ' : g_ascii_tolower(*a);
        char other = *b == '-' || *b == '_' ? ' ' : g_ascii_tolower(*b);
        if (one != other)
            return false;
    }
    return *a == *b;
}

static void
complain(const Line *line, const char *what)
{
    unsigned ignored = 1;
    unsigned column = 1;

    mig_text_locate(line->start, line->value_offset, &ignored, &column);
    mig_problems_add(line->input->problems, line->input->path, line->number, column, "%s", what);
}

/* The index of a value in a list; a value that isn't in it is a problem. */
static int
choose(const Line *line, const char *const *values)
{
    for (int i = 0; values[i] != NULL; i++) {
        if (g_ascii_strcasecmp(line->value, values[i]) == 0)
            return i;
    }
    g_autofree char *all = g_strjoinv(", ", (char **)values);
    g_autofree char *what =
        g_strdup_printf("%s: \"%s\" is none of %s", line->key, line->value, all);
    complain(line, what);
    return -1;
}

/* A version, a name, or a file's name, of which the version counts. */
static void
add_required(GPtrArray *requires, const char *word)
{
    g_autofree char *filename =
        g_str_has_suffix(word, ".sql") ? g_strdup(word) : g_strconcat(word, ".sql", NULL);

    if (mig_filename_kind(filename) != MIG_FILENAME_MIGRATION) {
        g_ptr_array_add(requires, g_strdup(word));
        return;
    }
    char *version = NULL;
    g_autofree char *name = NULL;
    mig_filename_split(filename, &version, &name);
    g_ptr_array_add(requires, version);
}

static void
read_requires(const Line *line, MigMigration *migration)
{
    g_auto(GStrv) words = g_strsplit(line->value, ",", -1);

    for (size_t i = 0; words[i] != NULL; i++) {
        const char *word = g_strstrip(words[i]);
        if (*word == '\0' || strcmp(word, "-") == 0 || g_ascii_strcasecmp(word, "none") == 0)
            continue;
        if (strspn(word, "0123456789 \t") == strlen(word) && strpbrk(word, " \t") != NULL) {
            g_autofree char *what = g_strdup_printf(
                "%s: \"%s\" is no version; separate several by commas", line->key, word);
            complain(line, what);
            continue;
        }
        add_required(migration->requires, word);
    }
}

static void
read_transaction(const Line *line, MigMigration *migration)
{
    int which = choose(line, transactions);
    if (which < 0)
        return;

    MigTransactionMode mode = which == 0 ? MIG_TRANSACTION_MODE_SINGLE : MIG_TRANSACTION_MODE_NONE;
    if (migration->transaction_mode != MIG_TRANSACTION_MODE_AUTO &&
        migration->transaction_mode != mode)
        complain(line, "the header says both \"Transaction: single\" and \"Transaction: none\"; "
                       "keep one");
    migration->transaction_mode = mode;
}

/* Whether the text up to a colon is a key: letters, digits, blanks, "-" and "_", a letter first. */
static bool
is_key(const char *text, size_t length)
{
    size_t characters = 0;

    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool inner = c == ' ' || c == '-' || c == '_' || g_unichar_isdigit(c);
        if (!g_unichar_isalpha(c) && (characters == 0 || !inner))
            return false;
        characters++;
    }
    return characters > 0 && characters <= KEY_CHARACTERS;
}

static bool
split_line(const char *start, size_t length, Line *line)
{
    const char *end = start + length;
    const char *at = start;

    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (end - at < 2 || memcmp(at, "--", 2) != 0)
        return false;
    at += 2;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;

    const char *colon = memchr(at, ':', (size_t)(end - at));
    /* What follows the colon of "https://" is no value, nor is "-- migrate:" a key. */
    if (colon == NULL || (colon + 1 < end && !g_ascii_isspace(colon[1])))
        return false;
    const char *key_end = colon;
    while (key_end > at && key_end[-1] == ' ')
        key_end--;
    if (!is_key(at, (size_t)(key_end - at)))
        return false;

    const char *value = colon + 1;
    while (value < end && g_ascii_isspace(*value))
        value++;
    while (end > value && g_ascii_isspace(end[-1]))
        end--;
    if (value == end)
        return false;

    line->start = start;
    line->value_offset = (size_t)(value - start);
    line->key = g_strndup(at, (size_t)(key_end - at));
    line->value = g_strndup(value, (size_t)(end - value));
    return true;
}

static void
take_line(const Line *line, MigMigration *migration)
{
    if (mig_header_key_equal(line->key, "Risk"))
        choose(line, risks);
    else if (mig_header_key_equal(line->key, "Requires"))
        read_requires(line, migration);
    else if (mig_header_key_equal(line->key, "Transaction"))
        read_transaction(line, migration);

    MigHeader *header = g_new0(MigHeader, 1);
    header->key = line->key;
    header->value = line->value;
    header->line = line->number;
    g_ptr_array_add(migration->headers, header);
}

void
mig_header_read(const MigInput *input, size_t length, MigMigration *migration)
{
    unsigned number = 1;

    for (size_t at = 0; at < length; number++) {
        const char *start = input->text + at;
        const char *newline = memchr(start, '\n', length - at);
        size_t end = newline != NULL ? (size_t)(newline - start) : length - at;
        Line line = {.input = input, .number = number};
        if (split_line(start, end, &line))
            take_line(&line, migration);
        at += end + 1;
    }
}

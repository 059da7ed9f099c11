/* SPDX-License-Identifier: MIT */
/* Whatever the bytes: statements in order, inside the text, where their line and column say. */
#include <glib.h>

#include "base/text.h"
#include "fuzz.h"
#include "sql/checksum.h"
#include "sql/splitter.h"

#define FIRST_LINE 3

static const MigEngine engines[] = {MIG_ENGINE_POSTGRES, MIG_ENGINE_MYSQL, MIG_ENGINE_MARIADB,
                                    MIG_ENGINE_SQLITE};

static void
check_place(const char *text, size_t offset, unsigned line, unsigned column)
{
    unsigned expected_line = FIRST_LINE;
    unsigned expected_column = 0;

    mig_text_locate(text, offset, &expected_line, &expected_column);
    g_assert_cmpuint(line, ==, expected_line);
    g_assert_cmpuint(column, ==, expected_column);
}

static void
check_split(const char *text, size_t length, const MigSplit *split)
{
    size_t from = 0;

    for (size_t i = 0; i < split->statements->len; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);
        g_assert_cmpuint(statement->offset, >=, from);
        g_assert_cmpuint(statement->length, >, 0);
        from = statement->offset + statement->length;
        g_assert_cmpuint(from, <=, length);
        g_assert_false(g_ascii_isspace(text[statement->offset]));
        g_assert_false(g_ascii_isspace(text[from - 1]));
        check_place(text, statement->offset, statement->line, statement->column);
        if (statement->copy_data) {
            g_assert_cmpuint(statement->data_offset, >=, from);
            from = statement->data_offset + statement->data_length;
            g_assert_cmpuint(from, <=, length);
        }
    }

    size_t statement = 0;
    for (size_t i = 0; i < split->notes->len; i++) {
        const MigNote *note = &g_array_index(split->notes, MigNote, i);
        g_assert_cmpuint(note->offset + note->length, <=, length);
        g_assert_cmpuint(note->statement, >=, statement);
        g_assert_cmpuint(note->statement, <=, split->statements->len);
        statement = note->statement;
        check_place(text, note->offset, note->line, note->column);
    }
}

static bool
is_marker(const char *line, size_t length, gpointer data)
{
    size_t *n_asked = data;
    (*n_asked)++;
    g_assert_cmpuint(length, >=, 2);
    g_assert_cmpint(line[0], ==, '-');
    return length >= 4 && line[2] == '=' && line[3] == '=';
}

static void
check_section(const char *text, size_t length, MigEngine engine)
{
    size_t at = 0;

    while (at < length) {
        size_t n_asked = 0;
        size_t end = mig_split_section_end(text, length, at, engine, is_marker, &n_asked);
        g_assert_cmpuint(end, >=, at);
        g_assert_cmpuint(end, <=, length);
        if (end == length)
            break;
        g_assert_true(end == 0 || text[end - 1] == '\n');
        at = end + 1;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;

    MigEngine engine = engines[data[0] % G_N_ELEMENTS(engines)];
    /* A copy of just these bytes, so that AddressSanitizer sees what is read beyond them. */
    size_t length = size - 1;
    char *text = g_malloc(length > 0 ? length : 1);
    memcpy(text, data + 1, length);

    MigSplitError error = {0};
    MigSplit *split = mig_split(text, length, engine, FIRST_LINE, &error);
    if (split == NULL) {
        g_assert_nonnull(error.message);
        g_assert_cmpuint(error.offset, <=, length);
        check_place(text, error.offset, error.line, error.column);
        mig_split_error_clear(&error);
    } else {
        g_assert_null(error.message);
        check_split(text, length, split);
        MigScript script = {.text = text, .length = length, .statements = split->statements};
        g_free(mig_checksum_tokens(&script, engine, SIZE_MAX));
    }
    check_section(text, length, engine);
    mig_split_free(split);
    g_free(text);
    return 0;
}

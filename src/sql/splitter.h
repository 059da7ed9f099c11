/* SPDX-License-Identifier: MIT */
/* A script to its statements: dollar quotes, DELIMITER, routine bodies, COPY data, directives. */
#pragma once

#include <migrate/error.h>
#include <migrate/statement.h>

/* A "-- migrate:" comment line, not yet understood. */
typedef struct {
    size_t offset; /* of the first byte after "migrate:" */
    size_t length; /* up to the end of the line, without white space at its end */
    unsigned line; /* in the file, from 1 */
    unsigned column;
    size_t statement; /* index of the statement that it precedes; n_statements at the end */
} MigNote;

typedef struct {
    GArray *statements; /* (owned) MigStatement: spans and positions, but no directives */
    GArray *notes;      /* (owned) MigNote, in order; without migrate:statement and migrate:end,
                           which the splitter carries out itself */
} MigSplit;

/* What was wrong, and where it began. */
typedef struct {
    size_t offset;
    unsigned line;
    unsigned column;
    char *message; /* (owned) */
} MigSplitError;

/**
 * mig_split:
 * @text: (borrowed) UTF-8, no NUL; need not be NUL-terminated
 * @length: of @text, in bytes
 * @engine: by whose rules; also which client's: psql's \-lines and COPY data, mysql's DELIMITER
 * @first_line: in the file, of @text's first byte
 * @out_error: (out) filled on failure, to be cleared with mig_split_error_clear()
 *
 * Cuts a script into statements. Time is linear in @length and nothing recurses.
 *
 * Returns: (owned) the statements, or %NULL with @out_error filled: an unterminated literal or
 *     comment, a routine's body without its END, a \-command that only psql can carry out
 */
MigSplit *mig_split(const char *text, size_t length, MigEngine engine, unsigned first_line,
                    MigSplitError *out_error);

void mig_split_error_clear(MigSplitError *error);
void mig_split_free(MigSplit *split);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigSplit, mig_split_free)

/**
 * mig_split_section_end:
 *
 * Where in a file a section's text ends: the offset of the first marker line after @offset that
 * doesn't stand inside a literal, a block comment or COPY data, by @engine's rules; @length if none.
 * @is_marker is asked about each line that begins with "--" outside of those (offset and length of
 * the line, without its line end).
 */
typedef bool (*MigMarkerFunc)(const char *line, size_t length, gpointer data);
size_t mig_split_section_end(const char *text, size_t length, size_t offset, MigEngine engine,
                             MigMarkerFunc is_marker, gpointer data);

/* SPDX-License-Identifier: MIT */
/* Offset to line and column, excerpts with an underline, suggestions for misspelt words. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * mig_text_locate:
 * @out_line: (out) (inout) to be set to the line of @text's first byte before the call
 * @out_column: (out) in characters, from 1
 */
void mig_text_locate(const char *text, size_t offset, unsigned *out_line, unsigned *out_column);

/**
 * mig_text_excerpt:
 * @text: (borrowed) NUL-terminated
 * @offset: in bytes; the line that holds it is shown
 * @length: of the range that is underlined, in bytes, cut at the line's end; at least one mark
 * @line: the number that is shown before the line
 * @width: columns of the terminal; a longer line is cut round the range
 *
 * Returns: (owned) two lines, "  12 | ALTER TABLE user" and one with "^" marks, each ended by "\n"
 */
char *
mig_text_excerpt(const char *text, size_t offset, size_t length, unsigned line, unsigned width);

/** mig_text_turns: whether a character turns the direction of the text behind it, so that a reader
 * takes it for something else. */
bool mig_text_turns(gunichar c);

/** mig_text_printable: (owned) text for a terminal: control characters are spaces, and characters
 * that turn it around or aren't UTF-8 are U+FFFD. */
char *mig_text_printable(const char *text, size_t length);

/**
 * mig_text_one_line:
 * @width: how many characters it may have; what is cut off is shown as an ellipsis
 *
 * Returns: (owned) a statement on one line, runs of white space as one space
 */
char *mig_text_one_line(const char *text, size_t length, unsigned width);

/**
 * mig_text_suggest:
 * @word: (borrowed) what was typed
 * @words: (borrowed) %NULL-terminated
 *
 * Returns: (borrowed) the one of @words that was most likely meant, or %NULL
 */
const char *mig_text_suggest(const char *word, const char *const *words);

/**
 * mig_text_pad:
 *
 * Appends @text, and spaces up to @width characters of a terminal, East Asian wide ones counted.
 */
void mig_text_pad(GString *out, const char *text, unsigned width);

/** mig_text_width: columns that a text takes in a terminal. */
unsigned mig_text_width(const char *text);

/**
 * mig_text_wrap:
 * @indent: (borrowed) what stands before each further line
 *
 * Returns: (owned) @text with its words wrapped at @width columns
 */
char *mig_text_wrap(const char *text, unsigned width, const char *indent);

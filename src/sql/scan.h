/* SPDX-License-Identifier: MIT */
/* Where a literal or a comment ends: what the lexer and the splitter share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A literal or comment that is never closed. */
#define MIG_SCAN_OPEN SIZE_MAX

typedef enum {
    MIG_BYTE_OTHER,
    MIG_BYTE_SPACE,
    MIG_BYTE_LETTER, /* begins a word: a letter, "_", any byte of a character beyond ASCII */
    MIG_BYTE_DIGIT,
    MIG_BYTE_DOLLAR, /* goes on with a word, but doesn't begin one */
} MigByte;

extern const uint8_t mig_scan_bytes[256]; /* MigByte */

static inline MigByte
mig_scan_byte(char c)
{
    return (MigByte)mig_scan_bytes[(unsigned char)c];
}

static inline bool
mig_scan_is_space(char c)
{
    return mig_scan_byte(c) == MIG_BYTE_SPACE;
}

/* Whether a byte goes on with a word that has begun. */
static inline bool
mig_scan_in_word(char c)
{
    return mig_scan_byte(c) >= MIG_BYTE_LETTER;
}

/* Returns: the first offset from @at on that isn't in a word */
size_t mig_scan_word(const char *text, size_t length, size_t at);

/* Returns: the offset of the next "\n", or @length */
size_t mig_scan_line(const char *text, size_t length, size_t at);

/* Returns: the first offset of the line that @at stands in */
size_t mig_scan_line_start(const char *text, size_t at);

/* Returns: @to, or the lower offset behind the last byte before it that isn't white space */
size_t mig_scan_trim(const char *text, size_t from, size_t to);

/**
 * mig_scan_quoted:
 * @at: of the opening quote
 * @quote: what closes it; doubled, it stands for itself, except for "]"
 * @escapes: whether a backslash takes its meaning from the next byte
 *
 * Returns: the offset behind the closing quote, or %MIG_SCAN_OPEN
 */
size_t mig_scan_quoted(const char *text, size_t length, size_t at, char quote, bool escapes);

/* @at: of a slash and a star. Returns: the offset behind its end, or %MIG_SCAN_OPEN */
size_t mig_scan_comment(const char *text, size_t length, size_t at, bool nested);

/* PostgreSQL. @at: of a "$". Returns: the length of the "$tag$" there, or 0 */
size_t mig_scan_dollar_tag(const char *text, size_t length, size_t at);

/* PostgreSQL. @at: of a "$tag$". Returns: the offset behind the one that closes it, or OPEN */
size_t mig_scan_dollar(const char *text, size_t length, size_t at, size_t tag_length);

/* PostgreSQL. Returns: whether a string at @to would continue one that ended at @from, which it
 * does if only white space and "--" comments stand between them, with at least one line end. */
bool mig_scan_continues(const char *text, size_t from, size_t to);

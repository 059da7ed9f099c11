/* SPDX-License-Identifier: MIT */
/* Marker lines, sections by engine, and the commented form. */
#pragma once

#include "source/problem.h"

typedef enum {
    MIG_SECTION_UP,
    MIG_SECTION_DOWN,
    MIG_SECTION_VERIFY,
    MIG_SECTION_WRONG, /* under a marker that was complained about */
} MigSectionKind;

/* A marker line and the text below it, up to the next one. */
typedef struct {
    MigSectionKind kind;
    MigEngine engines; /* those that the marker names; %MIG_ENGINE_NONE: it names none */
    size_t marker;     /* offset of the marker line */
    size_t offset;     /* of the text, in the input's */
    size_t length;
    unsigned line; /* of the marker; the text begins in the next one */
} MigSection;

/**
 * mig_sections_find:
 *
 * Cuts a file at its marker lines. A marker that is misspelt, names an unknown engine or repeats
 * another is a problem. A section is cut by the lexical rules of the input's engine, or of the one
 * that it names, so that a marker in a literal is none. Where nobody says by whose rules a section
 * for others is to be read, or where they find an end to nothing, it is cut line by line.
 *
 * Returns: (owned) MigSection, in the file's order; none: the file has no marker
 */
GArray *mig_sections_find(const MigInput *input);

/**
 * mig_sections_pick:
 *
 * Returns: (borrowed) the section of @kind that serves @engine, or %NULL
 */
const MigSection *mig_sections_pick(const GArray *sections, MigSectionKind kind, MigEngine engine);

/**
 * mig_section_name:
 *
 * Returns: (static) "UP", "DOWN" or "VERIFY"
 */
const char *mig_section_name(MigSectionKind kind);

/**
 * mig_section_is_marker:
 *
 * Whether a line, without its line end, reads as a marker, right or wrong.
 */
bool mig_section_is_marker(const char *line, size_t length);

/**
 * mig_section_next_marker:
 * @offset: where to begin, at the start of a line
 * @indented: whether to look for markers behind white space, which are none, instead of real ones
 *
 * Returns: the offset of the next line that reads as a marker, right or wrong, whatever it stands
 *     in; for an indented one, of its dashes; the text's length if there is none
 */
size_t mig_section_next_marker(const char *text, size_t length, size_t offset, bool indented);

/**
 * mig_section_uncomment:
 * @out_removed: (out) (owned) for each line of the result how many characters were taken off its
 *     start (unsigned)
 *
 * The commented form: every line that isn't blank is a "--" comment, and one of them ends in ";".
 * "-- migrate:" lines keep their dashes and don't count.
 *
 * Returns: (owned) the text without the dashes, or %NULL if it isn't of that form
 */
char *
mig_section_uncomment(const char *text, size_t length, size_t *out_length, GArray **out_removed);

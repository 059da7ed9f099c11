/* SPDX-License-Identifier: MIT */
/* Sections by engine, and the commented form. */
#pragma once

#include "source/marker.h"
#include "source/problem.h"

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

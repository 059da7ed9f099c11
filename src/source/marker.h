/* SPDX-License-Identifier: MIT */
/* One line to a section's marker, well written or nearly so. */
#pragma once

#include <migrate/engine.h>
#include <stddef.h>

typedef enum {
    MIG_SECTION_UP,
    MIG_SECTION_DOWN,
    MIG_SECTION_VERIFY,
    MIG_SECTION_WRONG, /* under a marker that was complained about */
} MigSectionKind;

/**
 * mig_section_name:
 *
 * Returns: (static) "UP", "DOWN" or "VERIFY"
 */
const char *mig_section_name(MigSectionKind kind);

typedef enum {
    MIG_MARKER_NONE, /* an ordinary line */
    MIG_MARKER_GOOD,
    MIG_MARKER_TYPO,       /* "-- ===== UPP =====": the word is close to one of ours */
    MIG_MARKER_ENGINE,     /* "-- ===== UP oracle =====" */
    MIG_MARKER_INCOMPLETE, /* "-- ===== UP", "--===== UP =====", "-- = UP ==" */
} MigMarkerState;

typedef struct {
    MigMarkerState state;
    MigSectionKind kind;
    MigEngine engines;
    size_t word; /* offset in the line of the word that is wrong */
    size_t word_length;
    const char *suggestion; /* (static) or %NULL */
} MigMarker;

/**
 * mig_marker_read:
 * @line: (borrowed) one that begins with "--"
 * @length: of it, without its line end
 *
 * Allocates nothing for an ordinary comment.
 *
 * Returns: what it says
 */
MigMarker mig_marker_read(const char *line, size_t length);

/**
 * mig_marker_is_line:
 *
 * Whether a line, without its line end, reads as a marker, right or wrong.
 */
bool mig_marker_is_line(const char *line, size_t length);

/**
 * mig_marker_next:
 * @offset: where to begin, at the start of a line
 * @indented: whether to look for markers behind white space, which are none, instead of real ones
 *
 * Returns: the offset of the next line that reads as a marker, right or wrong, whatever it stands
 *     in; for an indented one, of its dashes; the text's length if there is none
 */
size_t mig_marker_next(const char *text, size_t length, size_t offset, bool indented);

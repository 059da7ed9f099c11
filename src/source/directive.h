/* SPDX-License-Identifier: MIT */
/* "-- migrate:" lines and the statement that each is for. */
#pragma once

#include <migrate/source.h>

#include "source/problem.h"
#include "source/section.h"

/* What is known of a script's origin when its directives are read. */
typedef struct {
    MigSectionKind kind; /* %MIG_SECTION_WRONG: not known, so every directive may stand in it */
    size_t header_end;   /* in the script's text, in bytes: directives before it hold for the whole
                            file if they can; 0: none do */
} MigDirectivePlace;

/**
 * mig_directives_read:
 * @script: (inout) its statements get what the notes say
 * @notes: (borrowed) MigNote, as the splitter found them in the script
 * @header: (inout) gets the MigDirective that hold for the whole file
 *
 * An unknown word, a wrong argument, or a directive that no statement follows is a problem.
 */
void mig_directives_read(const MigInput *input, MigScript *script, const GArray *notes,
                         const MigDirectivePlace *place, GPtrArray *header);

/**
 * mig_directives_read_header:
 * @text: (borrowed) the text that the notes' offsets count from
 *
 * The same for the notes of a header, which stands before the first marker.
 */
void mig_directives_read_header(const MigInput *input, const char *text, const GArray *notes,
                                GPtrArray *header);

/**
 * mig_directives_apply_header:
 *
 * Lets what holds for the whole file hold for each statement that doesn't say otherwise.
 */
void mig_directives_apply_header(const GPtrArray *header, MigScript *script);

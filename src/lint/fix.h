/* SPDX-License-Identifier: MIT */
/* The edits of findings, made in a file's text. */
#pragma once

#include <migrate/lint.h>

/** MigFixedFile: what became, or would become, of one file. Everything is (owned). */
typedef struct {
    char *path;
    char *before;
    char *after;
    size_t edits;
    size_t left; /* edits that overlap one that was made: for the next time */
} MigFixedFile;

void mig_fixed_file_free(MigFixedFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigFixedFile, mig_fixed_file_free)

/**
 * mig_fix_text:
 * @text: (borrowed) of the file, with its BOM and its line ends
 * @findings: (borrowed) MigFinding of this file; those without a fix, or that are allowed, are
 *     passed over
 * @out_edits: (out) how many edits were made
 * @out_left: (out) how many were not, as they overlap one that was
 *
 * Nothing but the edits' ranges changes. In a section that is written as comments, the lines of an
 * edit become comments, too; line ends are written as the file has them.
 *
 * Returns: (owned) the new text
 */
char *
mig_fix_text(const char *text, const GPtrArray *findings, size_t *out_edits, size_t *out_left);

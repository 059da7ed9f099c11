/* SPDX-License-Identifier: MIT */
/* Cases in text files: parts that say what is there and what is done, and what must come of it. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * A line "== word argument" begins a part, whose body goes up to the next such line. What stands
 * before the first part says why the case is there.
 */
typedef struct {
    char *word;     /* (owned) */
    char *argument; /* (owned) "" if there is none */
    char *body;     /* (owned) "" if there is none; else it ends with a newline */
} MigPart;

typedef struct {
    char *path;       /* (owned) */
    char *intro;      /* (owned) */
    GPtrArray *parts; /* (owned) MigPart */
} MigCaseFile;

/** mig_casefile_read: (owned) the case; fails the test if it can't be read. */
MigCaseFile *mig_casefile_read(const char *path);
void mig_casefile_free(MigCaseFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigCaseFile, mig_casefile_free)

/** mig_casefile_part: (borrowed) the first part of that word, or %NULL. */
const MigPart *mig_casefile_part(const MigCaseFile *file, const char *word);

/**
 * mig_casefile_expect:
 *
 * Fails the test if a part's body isn't @got. With MIGRATE_BLESS set, @got becomes its body and the
 * file is written again.
 */
void mig_casefile_expect(MigCaseFile *file, MigPart *part, const char *got);

/**
 * mig_casefile_add:
 * @folder: (borrowed) below the folder of the test's sources
 * @prefix: (borrowed) of the tests' names
 * @engine: (borrowed) only cases with an "engines" part that has this word; %NULL: all
 *
 * Makes a test of every file in @folder whose name ends in ".case"; its data is the path.
 */
void
mig_casefile_add(const char *folder, const char *prefix, const char *engine, GTestDataFunc run);

/* SPDX-License-Identifier: MIT */
/* What `lint` looks at, and what it finds there. */
#pragma once

#include "cli/since.h"
#include "cli/survey.h"

/** MigLookOptions: options of `lint` that say where to look. The strings are (owned) by the command. */
typedef struct {
    char *schema;   /* --schema FILE; %NULL */
    char *since;    /* --since GIT-REV; %NULL */
    char *baseline; /* --baseline FILE; %NULL */
    gboolean all;
    gboolean pending;
    gboolean no_down;
} MigLookOptions;

/** MigLook: one look at the files. Everything is (owned). */
typedef struct {
    MigPlanned *planned;
    MigSince *since;   /* %NULL: all that was planned is reported */
    GHashTable *only;  /* likewise: their paths */
    MigSurvey *survey; /* its findings have fingerprints */
    size_t n_baseline; /* findings that --baseline has taken out */
} MigLook;

void mig_look_free(MigLook *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigLook, mig_look_free)

/** mig_look: reads files and database again, each time that it is called. */
MigLook *mig_look(MigInvocation *invocation, const MigLookOptions *options, GError **error);

/**
 * mig_look_files:
 * @files: (inout) gets char * (borrowed from @look): the paths of the files that are reported
 *
 * Returns: how many statements they have
 */
size_t mig_look_files(const MigInvocation *invocation, const MigLook *look, GPtrArray *files);

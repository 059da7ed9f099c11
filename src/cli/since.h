/* SPDX-License-Identifier: MIT */
/* What a branch adds to the directory of migrations, as git knows it. */
#pragma once

#include <glib.h>
#include <migrate/lint.h>

/** MigSince: file names without their directory. Everything is (owned). */
typedef struct {
    char *revision; /* as it was given */
    GHashTable
        *changed;      /* names that differ from where the branch began, untracked ones included */
    GPtrArray *theirs; /* char *: the revision has them now; not those that the branch removes */
    GHashTable *known; /* names in `theirs` */
} MigSince;

/**
 * mig_since_read:
 * @directory: (borrowed) of migrations
 * @revision: (borrowed) what git calls the other side: "origin/main"
 * @error: %MIG_ERROR_USAGE: there is no git, no repository, no such revision, or nothing in common
 *
 * Asks git for what is different from where the branch began, the merge base of @revision and HEAD:
 * committed, staged, or only written. git is started without a shell and changes nothing.
 */
MigSince *mig_since_read(const char *directory, const char *revision, GError **error);
void mig_since_free(MigSince *since);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigSince, mig_since_free)

/** mig_since_paths: (owned) paths of what is different, as a plan has them: a set. */
GHashTable *mig_since_paths(const MigSince *since, const char *directory);

/** mig_since_is_new: whether the revision has no file of that name, so that nobody has applied it. */
bool mig_since_is_new(const MigSince *since, const char *path);

/**
 * mig_since_check:
 * @plan: (borrowed) with the branch's files
 * @findings: (inout) gets versions that the revision has, too, and those that come before its newest
 */
void mig_since_check(const MigSince *since, const MigPlan *plan, MigFindings *findings);

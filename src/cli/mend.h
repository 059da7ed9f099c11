/* SPDX-License-Identifier: MIT */
/* `lint --fix`: the edits of findings, made in files that nobody has applied. */
#pragma once

#include "cli/goal.h"
#include "cli/since.h"

#include <migrate/lint.h>

/**
 * mig_mend:
 * @planned: (borrowed) with the files that the findings are about
 * @since: (borrowed) (nullable) what --since found
 * @findings: (borrowed)
 * @dry_run: change nothing
 * @told: (inout) a set of paths, (owned) by it: of files that were left alone, so that each is told once
 * @error: %MIG_ERROR_USAGE: nothing tells what is applied; %MIG_ERROR_FILE; from the database
 *
 * A file is left alone, and a note says so, if the database has a record of its migration, if
 * another branch has it, if it was changed meanwhile, or if it couldn't be read any more.
 *
 * Returns: (owned) MigFixedFile, in the order of the findings, or %NULL with @error set
 */
GPtrArray *
mig_mend(const MigPlanned *planned, const MigInvocation *invocation, const MigSince *since,
         const MigFindings *findings, bool dry_run, GHashTable *told, GError **error);

/** mig_mend_allowed: whether something tells which migrations are applied: else an error says so. */
bool mig_mend_allowed(const MigInvocation *invocation, const MigSince *since, GError **error);

/* SPDX-License-Identifier: MIT */
/* The files of `lint --baseline` and `lint --write-baseline`. */
#pragma once

#include "cli/command.h"

#include <migrate/lint.h>

/**
 * mig_lint_baseline_use:
 * @path: (borrowed) of --baseline
 * @findings: (inout) with fingerprints; those that are in the file are taken out
 *
 * With -v, what is in the file for nothing is told on standard error.
 */
bool mig_lint_baseline_use(const MigInvocation *invocation, const char *path, MigFindings *findings,
                           size_t *out_n, GError **error);

/** mig_lint_baseline_write: writes the file, telling on standard error how many findings it has. */
bool mig_lint_baseline_write(const MigInvocation *invocation, const char *path,
                             const MigFindings *findings, GError **error);

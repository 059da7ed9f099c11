/* SPDX-License-Identifier: MIT */
/* What a finding is known by where lines have moved: its rule, its file and its statement. */
#pragma once

#include <migrate/lint.h>
#include <migrate/plan.h>

/**
 * mig_findings_fingerprint:
 * @findings: (inout) of @plan
 * @plan: (borrowed) whose files the findings are about
 *
 * Gives each finding its fingerprint: a hash of the rule, the file's name without its directory and
 * the statement's tokens. Comments, white space, statements added above it and the directory from
 * which the program was started don't change it; findings of one rule in one statement share it.
 */
void mig_findings_fingerprint(MigFindings *findings, const MigPlan *plan);

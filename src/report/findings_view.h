/* SPDX-License-Identifier: MIT */
/* What the reports of findings share. */
#pragma once

#include "report/style.h"

/** mig_findings_path: (owned) a file's path as a service looks it up: below the view's root. */
char *mig_findings_path(const MigFindingsView *view, const char *file);

/** mig_findings_fails: whether the finding is at or above --fail-on, and isn't allowed. */
bool mig_findings_fails(const MigFindingsView *view, const MigFinding *finding);

/** mig_findings_summary: (owned) "2 files, 5 statements: 1 error, 1 allowed" */
char *mig_findings_summary(const MigFindingsView *view);

/** mig_findings_advice: appends what it does and the safe way, each on lines of its own. */
void mig_findings_advice(GString *out, const MigFinding *finding);

void mig_findings_print_sarif(const MigReport *report, const MigFindingsView *view);
void mig_findings_print_github(const MigReport *report, const MigFindingsView *view);
void mig_findings_print_junit(const MigReport *report, const MigFindingsView *view);
void mig_findings_print_markdown(const MigReport *report, const MigFindingsView *view);

/* SPDX-License-Identifier: MIT */
/* What each of a plan's reports is made from. */
#pragma once

#include "report/report.h"
#include "review/review.h"

/** The two that mig_report_plan() chooses from. */
void mig_plan_print_text(const MigReport *report, const MigPlanView *view);
void mig_plan_print_json(const MigReport *report, const MigPlanView *view);

/** (owned) "2 migrations; writes to public.orders wait longest: about 3 s" */
char *mig_plan_summary(const MigPlanView *view);

/** (owned) "PostgreSQL 15.6", or without a database "PostgreSQL 14" or "PostgreSQL". */
char *mig_plan_engine_title(const MigPlanView *view);

/* SPDX-License-Identifier: MIT */
/* `plan`: which of its reports is wanted, and what a plan has to say beside itself. */
#include "report/plan_view.h"
#include "report/style.h"

char *
mig_plan_engine_title(const MigPlanView *view)
{
    if (view->server != NULL)
        return mig_style_server(view->server);
    if (view->server_version != NULL)
        return g_strdup_printf("%s %s", mig_engine_title(view->plan->engine), view->server_version);
    return g_strdup(mig_engine_title(view->plan->engine));
}

void
mig_report_notices(const MigReport *report, const MigPlan *plan)
{
    if (report->quiet || report->json)
        return;
    for (guint i = 0; i < plan->notices->len; i++)
        fprintf(report->err, "%snote:%s %s\n", mig_style_on(report->color_err, MIG_STYLE_CAUTION),
                mig_style_off(report->color_err), (char *)g_ptr_array_index(plan->notices, i));
}

void
mig_report_plan(const MigReport *report, const MigPlanView *view)
{
    if (report->json)
        mig_plan_print_json(report, view);
    else
        mig_plan_print_text(report, view);
    mig_report_notices(report, view->plan);
}

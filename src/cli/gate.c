/* SPDX-License-Identifier: MIT */
/* What is found in a plan before it is carried out, and whether that stops it. */
#include "cli/gate.h"

#include "cli/survey.h"

static bool
is_fresh(const MigHistory *history)
{
    for (guint i = 0; i < history->records->len; i++) {
        if (mig_record_is_applied(g_ptr_array_index(history->records, i)))
            return false;
    }
    return true;
}

static void
tell(const MigSession *session, const MigFinding *finding, GPtrArray *warnings)
{
    /* Advice is for those who review, not for those who deploy. */
    if (finding->severity == MIG_SEVERITY_INFO && !session->report.verbose)
        return;

    char *text = g_strdup_printf("%s: %s:%u:%u: %s [%s]%s%s", mig_severity_name(finding->severity),
                                 finding->file, finding->line, finding->column, finding->message,
                                 finding->rule, finding->allowed != NULL ? ", allowed: " : "",
                                 finding->allowed != NULL ? finding->allowed : "");

    if (!session->report.quiet && !session->report.json)
        fprintf(session->report.err, "%s\n", text);
    g_ptr_array_add(warnings, text);
}

bool
mig_gate_pass(const MigSession *session, const MigPlan *plan, GPtrArray *warnings, GError **error)
{
    const MigGate gate = {
        .mode = session->invocation->settings->lint,
        .fresh = is_fresh(session->history),
    };

    if (gate.mode == MIG_GATE_OFF)
        return true;

    /* On a fresh database nobody's data or traffic is in danger. */
    if (gate.fresh)
        return true;

    const MigSurveyOptions options = {.one_run = true, .no_down = true};
    g_autoptr(MigSurvey) survey = mig_survey_live(session, plan, &options, error);
    if (survey == NULL)
        return false;
    if (!mig_gate_decide(survey->findings, &gate, error))
        return false;
    for (guint i = 0; i < survey->findings->list->len; i++)
        tell(session, g_ptr_array_index(survey->findings->list, i), warnings);
    return true;
}

/* SPDX-License-Identifier: MIT */
/* The goal that `plan` and `script` take, and the plan for it, with a database or without. */
#include "cli/goal.h"

#include <string.h>

void
mig_goal_options_clear(MigGoalOptions *options)
{
    g_free(options->to);
    g_free(options->down);
}

void
mig_planned_free(MigPlanned *planned)
{
    if (planned == NULL)
        return;

    mig_plan_free(planned->plan);
    mig_history_free(planned->history);
    mig_source_free(planned->source);
    mig_session_close(planned->session);
    g_free(planned);
}

static bool
read_goal(const MigInvocation *invocation, const MigGoalOptions *options, MigGoal *goal,
          GError **error)
{
    *goal = (MigGoal){.kind = MIG_GOAL_UP, .count = -1, .to = options->to};
    if (options->down != NULL) {
        goal->kind = MIG_GOAL_DOWN;
        if (strcmp(options->down, "all") != 0 &&
            !mig_session_count(options->down, &goal->count, error))
            return false;
        return true;
    }
    return mig_session_count(invocation->args[0], &goal->count, error);
}

/* As if nothing had run. */
static bool
plan_from_nothing(MigPlanned *planned, const MigSettings *settings, MigGoal *goal, GError **error)
{
    const MigSourceOptions source = {.engine = planned->engine};

    planned->source = mig_source_read(settings->directory, &source, error);
    if (planned->source == NULL)
        return false;
    planned->history = g_new0(MigHistory, 1);
    planned->history->records = g_ptr_array_new();
    goal->out_of_order = settings->out_of_order;
    goal->strict_checksums = settings->strict_checksums;
    if (settings->server_version != NULL)
        goal->server_version = mig_engine_version_parse(planned->engine, settings->server_version);
    planned->plan = mig_plan_build(planned->source, planned->history, goal, NULL, NULL, error);
    return planned->plan != NULL;
}

MigPlanned *
mig_goal_plan(MigInvocation *invocation, const MigGoalOptions *options, GError **error)
{
    const MigSettings *settings = invocation->settings;
    g_autoptr(MigPlanned) planned = g_new0(MigPlanned, 1);
    MigGoal goal;

    if (!read_goal(invocation, options, &goal, error))
        return NULL;
    if (settings->database == NULL && settings->engine != MIG_ENGINE_NONE) {
        planned->engine = settings->engine;
        return plan_from_nothing(planned, settings, &goal, error) ? g_steal_pointer(&planned)
                                                                  : NULL;
    }

    planned->session = mig_session_connect(invocation, MIG_SESSION_READS, error);
    if (planned->session == NULL)
        return NULL;
    planned->engine = mig_session_server(planned->session)->engine;
    if (options->all) {
        goal.server_version = mig_session_server(planned->session)->version;
        return plan_from_nothing(planned, settings, &goal, error) ? g_steal_pointer(&planned)
                                                                  : NULL;
    }
    if (!mig_session_read(planned->session, error))
        return NULL;
    planned->plan = mig_session_plan(planned->session, &goal, error);
    return planned->plan == NULL ? NULL : g_steal_pointer(&planned);
}

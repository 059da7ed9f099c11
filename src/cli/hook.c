/* SPDX-License-Identifier: MIT */
/* Commands before and after a run. */
#include "cli/hook.h"

#include "base/error.h"
#include "base/spawn.h"

#include <stdlib.h>

static char *
plan_document(const MigPlan *plan, const MigSession *session)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    const MigReport report = {.out = stream, .err = stderr, .json = true};

    const MigPlanView view = {
        .plan = plan,
        .database = session->database,
        .server = mig_session_server(session),
    };
    mig_report_plan(&report, &view);
    fclose(stream);
    char *copy = g_strndup(text, length);
    free(text);
    return copy;
}

bool
mig_hook_run(const char *command, const char *when, const MigPlan *plan, const MigSession *session,
             GError **error)
{
    g_autofree char *document = plan_document(plan, session);
    const char *const argv[] = {"sh", "-c", command, NULL};
    const MigSpawn program = {.argv = argv, .input = document};
    int status = 0;

    if (!mig_spawn(&program, &status, error)) {
        mig_error_adopt(error, MIG_ERROR_FAILED);
        g_prefix_error(error, "--%s: ", when);
        return false;
    }
    if (status == 0)
        return true;

    g_autofree char *what = mig_spawn_describe(status);
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "--%s: the command %s\n    %s", when, what,
                command);
    return false;
}

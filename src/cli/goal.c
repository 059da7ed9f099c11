/* SPDX-License-Identifier: MIT */
/* The goal that `plan` and `script` take, and the plan for it, with a database or without. */
#include "cli/goal.h"

#include <string.h>
#include <sys/stat.h>

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
    g_clear_pointer(&planned->files, g_ptr_array_unref);
    mig_history_free(planned->history);
    mig_source_free(planned->source);
    mig_session_close(planned->session);
    g_free(planned);
}

static bool
read_goal(const MigInvocation *invocation, const MigGoalOptions *options, MigGoal *goal,
          GError **error)
{
    *goal = (MigGoal){
        .kind = MIG_GOAL_UP, .count = -1, .to = options->to, .tolerant = options->tolerant};
    if (options->down != NULL) {
        goal->kind = MIG_GOAL_DOWN;
        if (strcmp(options->down, "all") != 0 &&
            !mig_session_count(options->down, &goal->count, error))
            return false;
        return true;
    }
    return mig_session_count(invocation->args[0], &goal->count, error);
}

/* Nothing has run. */
static MigHistory *
new_history(void)
{
    MigHistory *history = g_new0(MigHistory, 1);

    history->records = g_ptr_array_new();
    return history;
}

/* The server's version where no server tells: --server-version, else "postgres-version" and the like of
 * [lint]; 0: the newest known. */
static int
configured_version(const MigSettings *settings, MigEngine engine)
{
    g_autofree char *key = g_strconcat(mig_engine_name(engine), "-version", NULL);
    const char *version = settings->server_version;

    if (version == NULL)
        version = g_hash_table_lookup(settings->rules->settings, key);
    return version != NULL ? mig_engine_version_parse(engine, version) : 0;
}

/* As if nothing had run. */
static bool
plan_from_nothing(MigPlanned *planned, const MigSettings *settings, MigGoal *goal, GError **error)
{
    const MigSourceOptions source = {.engine = planned->engine};

    planned->source = mig_source_read(settings->directory, &source, error);
    if (planned->source == NULL)
        return false;
    planned->history = new_history();
    goal->out_of_order = settings->out_of_order;
    goal->strict_checksums = settings->strict_checksums;
    if (goal->server_version == 0 || settings->server_version != NULL)
        goal->server_version = configured_version(settings, planned->engine);
    planned->plan = mig_plan_build(planned->source, planned->history, goal, NULL, NULL, error);
    return planned->plan != NULL;
}

static MigPlanned *
connect_planned(MigInvocation *invocation, GError **error)
{
    g_autoptr(MigPlanned) planned = g_new0(MigPlanned, 1);

    planned->session = mig_session_connect(invocation, MIG_SESSION_READS, error);
    if (planned->session == NULL)
        return NULL;
    planned->engine = mig_session_server(planned->session)->engine;
    return g_steal_pointer(&planned);
}

static bool
plan_live(MigPlanned *planned, MigGoal *goal, GError **error)
{
    planned->live = true;
    if (!mig_session_read(planned->session, error))
        return false;
    planned->plan = mig_session_plan(planned->session, goal, error);
    return planned->plan != NULL;
}

MigPlanned *
mig_goal_plan_for(MigInvocation *invocation, MigGoal *goal, GError **error)
{
    g_autoptr(MigPlanned) planned = connect_planned(invocation, error);

    if (planned == NULL || !plan_live(planned, goal, error))
        return NULL;
    return g_steal_pointer(&planned);
}

MigPlanned *
mig_goal_plan(MigInvocation *invocation, const MigGoalOptions *options, GError **error)
{
    const MigSettings *settings = invocation->settings;
    g_autoptr(MigPlanned) planned = NULL;
    MigGoal goal;

    if (!read_goal(invocation, options, &goal, error))
        return NULL;
    if (settings->database == NULL && settings->engine != MIG_ENGINE_NONE) {
        planned = g_new0(MigPlanned, 1);
        planned->engine = settings->engine;
        return plan_from_nothing(planned, settings, &goal, error) ? g_steal_pointer(&planned)
                                                                  : NULL;
    }

    planned = connect_planned(invocation, error);
    if (planned == NULL)
        return NULL;
    if (options->all)
        goal.server_version = mig_session_server(planned->session)->version;
    bool made = options->all ? plan_from_nothing(planned, settings, &goal, error)
                             : plan_live(planned, &goal, error);
    return made ? g_steal_pointer(&planned) : NULL;
}

static void
free_source(gpointer source)
{
    mig_source_free(source);
}

static MigSource *
new_source(const char *path, MigEngine engine, GError **error)
{
    MigMigration *migration = mig_source_read_file(path, engine, error);
    if (migration == NULL)
        return NULL;

    MigSource *source = g_new0(MigSource, 1);
    source->directory = g_path_get_dirname(path);
    source->engine = engine;
    source->migrations = g_ptr_array_new_with_free_func((GDestroyNotify)mig_migration_free);
    g_ptr_array_add(source->migrations, migration);
    return source;
}

/* The plan for one file more, behind what is there. */
static bool
add_file(MigPlanned *planned, const char *path, const MigGoal *goal, GError **error)
{
    MigSource *source = new_source(path, planned->engine, error);
    if (source == NULL)
        return false;
    g_ptr_array_add(planned->files, source);

    g_autoptr(MigPlan) plan = mig_plan_build(source, planned->history, goal, NULL, NULL, error);
    if (plan == NULL)
        return false;
    if (planned->plan == NULL) {
        planned->plan = g_steal_pointer(&plan);
        return true;
    }
    while (plan->steps->len > 0)
        g_ptr_array_add(planned->plan->steps, g_ptr_array_steal_index(plan->steps, 0));
    return true;
}

/* A migration among others is for the schema that those before it make. */
static bool
find_before(MigPlanned *planned, const MigSettings *settings, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    struct stat here;
    struct stat there;

    planned->alone = stat(folder, &here) != 0 || stat(settings->directory, &there) != 0 ||
                     here.st_ino != there.st_ino || here.st_dev != there.st_dev;
    if (planned->alone)
        return true;

    const MigSourceOptions options = {.engine = planned->engine};
    planned->source = mig_source_read(settings->directory, &options, error);
    if (planned->source == NULL)
        return false;
    const MigSource *first = g_ptr_array_index(planned->files, 0);
    const MigMigration *migration = g_ptr_array_index(first->migrations, 0);
    planned->before_version = migration->version;
    return true;
}

MigPlanned *
mig_goal_plan_files(MigInvocation *invocation, const char *const *paths, GError **error)
{
    const MigSettings *settings = invocation->settings;
    g_autoptr(MigPlanned) planned = g_new0(MigPlanned, 1);
    MigGoal goal = {
        .kind = MIG_GOAL_UP, .count = -1, .out_of_order = MIG_OUT_OF_ORDER_ALLOW, .tolerant = true};

    planned->engine = settings->engine;
    if (settings->database != NULL || settings->engine == MIG_ENGINE_NONE) {
        planned->session = mig_session_connect(invocation, MIG_SESSION_READS, error);
        if (planned->session == NULL)
            return NULL;
        planned->engine = mig_session_server(planned->session)->engine;
        goal.server_version = mig_session_server(planned->session)->version;
        planned->live = true;
    } else {
        goal.server_version = configured_version(settings, planned->engine);
    }

    planned->files = g_ptr_array_new_with_free_func(free_source);
    planned->history = new_history();
    for (; *paths != NULL; paths++) {
        if (!add_file(planned, *paths, &goal, error))
            return NULL;
        if (planned->files->len == 1 && !planned->live &&
            !find_before(planned, settings, *paths, error))
            return NULL;
    }
    return g_steal_pointer(&planned);
}

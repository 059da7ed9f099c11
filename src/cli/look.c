/* SPDX-License-Identifier: MIT */
/* What `lint` looks at, and what it finds there. */
#include "cli/look.h"

#include "cli/lint_baseline.h"
#include "lint/fingerprint.h"

void
mig_look_free(MigLook *look)
{
    if (look == NULL)
        return;

    mig_survey_free(look->survey);
    g_clear_pointer(&look->only, g_hash_table_unref);
    mig_since_free(look->since);
    mig_planned_free(look->planned);
    g_free(look);
}

static MigPlanned *
make_plan(MigInvocation *invocation, const MigLookOptions *options, GError **error)
{
    const MigSettings *settings = invocation->settings;
    /* Without a database nothing says what is applied: then all of them are looked at. So they are
     * for what a branch adds: a database of one's own may have that already. */
    bool all = options->all || (settings->database == NULL && !options->pending) ||
               (options->since != NULL && !options->pending);
    g_auto(MigGoalOptions) goal = {.all = all, .tolerant = true};

    if (invocation->n_args > 0)
        return mig_goal_plan_files(invocation, invocation->args, error);
    if (settings->database == NULL && settings->engine == MIG_ENGINE_NONE) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "for which database? say --engine postgres, mysql, mariadb or sqlite, or give "
                    "a database with -d, DATABASE_URL or migrate.conf");
        return NULL;
    }
    return mig_goal_plan(invocation, &goal, error);
}

/* Whether the migration was reported, not only replayed. */
static bool
is_reported(const MigInvocation *invocation, const MigLook *look, const MigStep *step)
{
    const char *from = g_hash_table_lookup(invocation->settings->rules->settings, "lint-from");

    if (look->only != NULL && !g_hash_table_contains(look->only, step->path))
        return false;
    return from == NULL || mig_version_compare(step->version, from) >= 0;
}

size_t
mig_look_files(const MigInvocation *invocation, const MigLook *look, GPtrArray *files)
{
    const MigReview *review = look->survey->review;
    size_t n_statements = 0;

    for (guint i = 0; i < review->steps->len; i++) {
        const MigReviewedStep *reviewed = mig_review_step(review, i);
        if (!is_reported(invocation, look, reviewed->step))
            continue;
        n_statements += reviewed->statements->len;
        g_ptr_array_add(files, (gpointer)(uintptr_t)reviewed->step->path);
    }
    return n_statements;
}

static bool
look_since(const MigInvocation *invocation, const MigLookOptions *options, MigLook *look,
           GError **error)
{
    const char *directory = invocation->settings->directory;

    if (options->since == NULL)
        return true;
    look->since = mig_since_read(directory, options->since, error);
    if (look->since == NULL)
        return false;
    look->only = mig_since_paths(look->since, directory);
    return true;
}

MigLook *
mig_look(MigInvocation *invocation, const MigLookOptions *options, GError **error)
{
    g_autoptr(MigLook) look = g_new0(MigLook, 1);

    look->planned = make_plan(invocation, options, error);
    if (look->planned == NULL || !look_since(invocation, options, look, error))
        return NULL;

    /* All of a history is many releases; what is pending, or on one branch, is one. */
    const MigSurveyOptions how = {
        .schema = options->schema,
        .one_run = look->planned->live || look->only != NULL,
        .no_down = options->no_down,
        .only = look->only,
    };
    look->survey = mig_survey(invocation, look->planned, &how, error);
    if (look->survey == NULL)
        return NULL;
    if (look->since != NULL)
        mig_since_check(look->since, look->planned->plan, look->survey->findings);
    mig_findings_fingerprint(look->survey->findings, look->planned->plan);
    if (options->baseline != NULL &&
        !mig_lint_baseline_use(invocation, options->baseline, look->survey->findings,
                               &look->n_baseline, error))
        return NULL;
    return g_steal_pointer(&look);
}

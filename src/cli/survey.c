/* SPDX-License-Identifier: MIT */
/* The review of a plan, from whatever is known of the schema that it will meet. */
#include "cli/survey.h"

#include "review/start.h"

#include <string.h>

/* Rows below which nobody waits long enough to notice; see migrate.conf(5), small-table. */
#define SMALL_TABLE 10000

void
mig_survey_free(MigSurvey *survey)
{
    if (survey == NULL)
        return;

    mig_review_free(survey->review);
    mig_findings_free(survey->findings);
    mig_sizes_free(survey->sizes);
    g_free(survey);
}

static void
add_sql(const char *sql, gpointer data)
{
    mig_start_add_sql(data, sql);
}

static MigCatalog *
start_live(MigTarget *target, int version, GError **error)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(mig_target_server(target)->engine, version);
    g_autofree char *schema = NULL;

    if ((mig_target_caps(target) & MIG_CAP_SCHEMAS) != 0) {
        schema = mig_target_default_schema(target, error);
        if (schema == NULL)
            return NULL;
        mig_catalog_set_default_schema(catalog, schema);
    }
    if (!mig_target_schema(target, add_sql, catalog, error))
        return NULL;
    return g_steal_pointer(&catalog);
}

static void
add_size(const MigSize *size, gpointer data)
{
    const MigTableSize found = {size->rows, size->bytes, size->index_bytes};

    mig_sizes_add(data, size->schema, size->name, &found);
}

static char *
describe_speed(double read, double write)
{
    return g_strdup_printf(
        "Times are estimates: the statistics' sizes of tables, and this server's "
        "speed on a temporary table just now (%.0f MB/s read, %.0f MB/s "
        "written); waiting for locks is not in them.",
        read / 1000, write / 1000);
}

static MigSizes *
measure(MigTarget *target, bool speed, GError **error)
{
    g_autoptr(MigSizes) sizes = mig_sizes_new();

    if (!mig_target_sizes(target, add_size, sizes, error))
        return NULL;
    /* Who may not make a temporary table has sizes, but no times. */
    if (speed &&
        mig_target_speed(target, &sizes->read_bytes_per_ms, &sizes->write_bytes_per_ms, NULL))
        sizes->how = describe_speed(sizes->read_bytes_per_ms, sizes->write_bytes_per_ms);
    return g_steal_pointer(&sizes);
}

static MigCatalog *
start(const MigPlanned *planned, const MigSurveyOptions *options, GError **error)
{
    int version = planned->plan->server_version;

    if (options->schema != NULL)
        return mig_start_from_file(options->schema, planned->engine, version, error);
    if (planned->live)
        return start_live(planned->session->target, version, error);
    if (planned->before_version != NULL)
        return mig_start_from_before(planned->source, planned->before_version, version, error);

    g_autoptr(MigCatalog) catalog = mig_catalog_new(planned->engine, version);
    if (planned->alone)
        mig_catalog_set_incomplete(catalog, "a file is looked at alone: give its schema with "
                                            "--schema FILE, or a database with -d");
    return g_steal_pointer(&catalog);
}

/* Takes the catalog, and the sizes, which may be NULL. */
static MigSurvey *
review(const MigSettings *settings, const MigPlan *plan, MigCatalog *catalog, MigSizes *sizes,
       const MigSurveyOptions *options)
{
    const MigLintOptions lint = {
        .small_table = SMALL_TABLE,
        .lock_timeout_ms = settings->lock_timeout_ms,
        .one_run = options->one_run,
        .no_down = options->no_down,
    };
    MigSurvey *survey = g_new0(MigSurvey, 1);

    survey->sizes = sizes;
    survey->findings = mig_findings_new();
    survey->review = mig_lint_plan(plan, catalog, sizes, &lint, survey->findings);
    return survey;
}

MigSurvey *
mig_survey(const MigInvocation *invocation, const MigPlanned *planned,
           const MigSurveyOptions *options, GError **error)
{
    bool live = planned->live && options->schema == NULL;
    g_autoptr(MigCatalog) catalog = start(planned, options, error);
    g_autoptr(MigSizes) sizes = NULL;

    if (catalog == NULL)
        return NULL;
    if (live && planned->plan->steps->len > 0) {
        sizes = measure(planned->session->target, options->speed, error);
        if (sizes == NULL)
            return NULL;
    }
    return review(invocation->settings, planned->plan, g_steal_pointer(&catalog),
                  g_steal_pointer(&sizes), options);
}

static bool
recorded_sql(const char *version, char **out_up, char **out_down, gpointer data, GError **error)
{
    const MigSession *session = data;

    return mig_history_sql(session->table, version, out_up, out_down, error);
}

MigSurvey *
mig_survey_live(const MigSession *session, const MigPlan *plan, const MigSurveyOptions *options,
                GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(MigSizes) sizes = NULL;
    g_autoptr(MigCatalog) catalog = start_live(session->target, plan->server_version, &failure);

    if (catalog != NULL)
        sizes = measure(session->target, options->speed, &failure);
    if (g_error_matches(failure, MIG_ERROR, MIG_ERROR_CONNECTION) ||
        g_error_matches(failure, MIG_ERROR, MIG_ERROR_CANCELLED)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    if (catalog == NULL)
        catalog = mig_start_from_history(session->source, session->history,
                                         session->history->exists ? recorded_sql : NULL,
                                         (gpointer)(uintptr_t)session, plan->server_version, error);
    if (catalog == NULL)
        return NULL;
    return review(session->invocation->settings, plan, g_steal_pointer(&catalog),
                  g_steal_pointer(&sizes), options);
}

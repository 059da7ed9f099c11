/* SPDX-License-Identifier: MIT */
/* The review of a plan, from whatever is known of the schema that it will meet. */
#include "cli/survey.h"

#include "base/error.h"
#include "review/start.h"

#include <string.h>

void
mig_survey_free(MigSurvey *survey)
{
    if (survey == NULL)
        return;

    mig_review_free(survey->review);
    mig_findings_free(survey->findings);
    mig_sizes_free(survey->sizes);
    g_free(survey->note);
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
    /* The settings under which it was told are not those of the migrations. */
    mig_catalog_end_migration(catalog);
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
        "Times are estimates, from the statistics' sizes of tables and this server's "
        "speed; waiting for locks is not in them. On a temporary table it just now read "
        "%.0f MB/s and wrote %.0f MB/s.",
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

static bool
recorded_sql(const char *version, char **out_up, char **out_down, gpointer data, GError **error)
{
    const MigSession *session = data;

    return mig_history_sql(session->table, version, out_up, out_down, error);
}

/* Whoever can't be asked can't be asked anything else, either. */
static bool
is_final(const GError *failure)
{
    return g_error_matches(failure, MIG_ERROR, MIG_ERROR_CONNECTION) ||
           g_error_matches(failure, MIG_ERROR, MIG_ERROR_CANCELLED) ||
           mig_error_sql_class(failure) == MIG_SQL_CANCELLED;
}

static MigCatalog *
start_anyhow(const MigSession *session, int version, const char *note, GError **error)
{
    if (session->source != NULL && session->history != NULL)
        return mig_start_from_history(session->source, session->history,
                                      session->history->exists ? recorded_sql : NULL,
                                      (gpointer)(uintptr_t)session, version, error);

    MigCatalog *catalog = mig_catalog_new(mig_session_server(session)->engine, version);
    mig_catalog_set_incomplete(catalog, note);
    return catalog;
}

/* From what the database has; where it doesn't let us look, from what was applied. */
static MigCatalog *
start_from_database(const MigSession *session, int version, char **out_note, GError **error)
{
    const MigSettings *settings = session->invocation->settings;
    g_autoptr(GError) failure = NULL;
    MigCatalog *catalog = NULL;

    if (mig_target_limits(session->target, settings->lock_timeout_ms,
                          settings->statement_timeout_ms, &failure))
        catalog = start_live(session->target, version, &failure);
    if (catalog != NULL)
        return catalog;
    if (is_final(failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    *out_note = g_strdup_printf("the database didn't let us look at its schema (%s), so that what "
                                "it locks is told from the migrations alone",
                                failure->message);
    catalog = start_anyhow(session, version, *out_note, error);
    if (catalog == NULL)
        g_clear_pointer(out_note, g_free);
    return catalog;
}

static MigCatalog *
start_without_database(const MigPlanned *planned, const MigSurveyOptions *options, GError **error)
{
    int version = planned->plan->server_version;

    if (options->schema != NULL)
        return mig_start_from_file(options->schema, planned->engine, version, error);
    if (planned->before_version != NULL)
        return mig_start_from_before(planned->source, planned->before_version, version, error);

    MigCatalog *catalog = mig_catalog_new(planned->engine, version);
    if (planned->alone)
        mig_catalog_set_incomplete(catalog, "a file is looked at alone: give its schema with "
                                            "--schema FILE, or a database with -d");
    return catalog;
}

/* Takes the catalog, and the sizes, which may be NULL. */
static MigSurvey *
review(const MigSettings *settings, const MigPlan *plan, MigCatalog *catalog, MigSizes *sizes,
       const MigSurveyOptions *options)
{
    const MigLintOptions lint = {
        .severities = settings->rules->severities,
        .paths = settings->rules->paths,
        .settings = settings->rules->settings,
        .small_table = settings->rules->small_table,
        .lint_from = g_hash_table_lookup(settings->rules->settings, "lint-from"),
        .only = options->only,
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

/* Statistics that can't be read, as those of a table that somebody keeps locked, are not known. */
static bool
look_at_sizes(const MigSession *session, bool speed, MigSizes **out_sizes, GError **error)
{
    g_autoptr(GError) failure = NULL;

    *out_sizes = measure(session->target, speed, &failure);
    if (*out_sizes != NULL || !is_final(failure))
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

MigSurvey *
mig_survey(const MigInvocation *invocation, const MigPlanned *planned,
           const MigSurveyOptions *options, GError **error)
{
    if (planned->live && options->schema == NULL)
        return mig_survey_live(planned->session, planned->plan, options, error);

    MigCatalog *catalog = start_without_database(planned, options, error);
    return catalog != NULL ? review(invocation->settings, planned->plan, catalog, NULL, options)
                           : NULL;
}

MigSurvey *
mig_survey_live(const MigSession *session, const MigPlan *plan, const MigSurveyOptions *options,
                GError **error)
{
    g_autofree char *note = NULL;
    g_autoptr(MigSizes) sizes = NULL;
    g_autoptr(MigCatalog) catalog =
        start_from_database(session, plan->server_version, &note, error);

    if (catalog == NULL)
        return NULL;
    if (plan->steps->len > 0 && !look_at_sizes(session, options->speed, &sizes, error))
        return NULL;

    MigSurvey *survey = review(session->invocation->settings, plan, g_steal_pointer(&catalog),
                               g_steal_pointer(&sizes), options);
    survey->note = g_steal_pointer(&note);
    if ((mig_session_server(session)->engine & MIG_ENGINE_MYSQL_FAMILY) != 0)
        mig_review_hide_schema(survey->review, mig_session_server(session)->database);
    return survey;
}

/* SPDX-License-Identifier: MIT */
/* One migration in one direction: which script, from where on, in which units. */
#include "plan/step.h"

#include "base/duration.h"
#include "plan/changed.h"
#include "plan/expect.h"
#include "plan/unit.h"
#include "source/directive.h"
#include "sql/checksum.h"

#include <jansson.h>
#include <string.h>

void
mig_step_free(MigStep *step)
{
    if (step == NULL)
        return;

    g_clear_pointer(&step->replay, g_array_unref);
    g_clear_pointer(&step->units, g_array_unref);
    g_free(step);
}

static bool
refuse_later(const char *path, const GPtrArray *directives, GError **error)
{
    static const char *const later[] = {"backfill", "check", "needs"};

    for (guint i = 0; directives != NULL && i < directives->len; i++) {
        const MigDirective *directive = g_ptr_array_index(directives, i);
        for (size_t j = 0; j < G_N_ELEMENTS(later); j++) {
            if (strcmp(directive->name, later[j]) != 0)
                continue;
            g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                        "%s:%u:%u: migrate:%s is not carried out by this version, and the "
                        "statement is not executed without it",
                        path, directive->line, directive->column, directive->name);
            return false;
        }
    }
    return true;
}

static bool
refuse_backfill(const char *path, const MigScript *script, GError **error)
{
    for (guint i = 0; i < script->statements->len; i++) {
        if (!refuse_later(path, mig_script_statement(script, i)->directives, error))
            return false;
    }
    return true;
}

/* VERIFY can't change anything, so that only queries are let through to begin with. */
static bool
check_verify(const char *path, const MigScript *verify, MigEngine engine, GError **error)
{
    for (guint i = 0; verify != NULL && i < verify->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(verify, i);
        const MigDirective *directive = NULL;
        g_autofree char *message = NULL;
        MigExpect expect;

        if (!mig_statement_returns_rows(verify->text + statement->offset, statement->length,
                                        engine)) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                        "%s:%u:%u: VERIFY may only hold queries: this statement is not one%s%s",
                        path, statement->line, statement->column,
                        verify->removed != NULL ? "\n  " : "",
                        verify->removed != NULL ? MIG_SCRIPT_COMMENTED : "");
            return false;
        }
        bool understood = mig_expect_of(statement, &expect, &directive, &message);
        mig_expect_clear(&expect);
        if (!understood) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s:%u:%u: %s", path, directive->line,
                        directive->column, message);
            return false;
        }
    }
    return true;
}

/* What the header of a migration whose file is gone said of transactions. */
static MigTransactionMode
recorded_mode(const MigRecord *record)
{
    MigTransactionMode mode = MIG_TRANSACTION_MODE_AUTO;
    json_t *header = record->header != NULL ? json_loads(record->header, 0, NULL) : NULL;
    const char *written = json_string_value(json_object_get(header, "Transaction"));

    if (json_object_get(header, "migrate:no-transaction") != NULL ||
        (written != NULL && g_ascii_strcasecmp(written, "none") == 0))
        mode = MIG_TRANSACTION_MODE_NONE;
    else if (written != NULL && g_ascii_strcasecmp(written, "single") == 0)
        mode = MIG_TRANSACTION_MODE_SINGLE;
    json_decref(header);
    return mode;
}

static bool
add_units(const MigStepMaker *maker, MigStep *step, GError **error)
{
    const MigUnitInput input = {
        .script = step->script,
        .path = step->path,
        .engine = maker->plan->engine,
        .server_version = maker->plan->server_version,
        .mode = step->migration != NULL ? step->migration->transaction_mode
                                        : recorded_mode(step->record),
        .first = step->done,
        .tolerant = maker->tolerant,
    };

    step->units = mig_units_build(&input, error);
    if (step->units == NULL)
        return false;
    step->replay = mig_units_replay(&input);
    /* What was begun with a journal is finished with it. */
    step->atomic = step->done == 0 && mig_units_atomic(step->units);
    return true;
}

static bool
refuse_done(const MigMigration *migration, const MigRecord *record, const char *ran, GError **error)
{
    g_autoptr(GString) differences = g_string_new(NULL);
    int done = record->done;
    g_autofree char *which = done == 1
                                 ? g_strdup(" 1 is")
                                 : g_strdup_printf("s 1 %s %d are", done == 2 ? "and" : "to", done);
    size_t lines = MIG_CHANGED_LINES;

    mig_changed_append(differences, record->version, ran, migration->path, migration->up->text,
                       &lines);
    g_set_error(
        error, MIG_ERROR, MIG_ERROR_HISTORY,
        "%s: statement%s done already, and the file was changed there:%s\n"
        "  nothing was changed in the database; put what is done back as it was, and change\n"
        "  what comes after it; or settle it: `migrate repair %s --applied` or `--reverted`",
        migration->path, which, differences->str, record->version);
    return false;
}

/* Statements that are done must still be what they were when they were done. */
static bool
check_done(const MigStepMaker *maker, const MigMigration *migration, const MigRecord *record,
           size_t done, GError **error)
{
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;
    MigEngine engine = maker->plan->engine;
    bool all_there = done <= migration->up->statements->len;

    if (done == 0 || (maker->recorded != NULL &&
                      !maker->recorded(record->version, &up, &down, maker->data, error)))
        return done == 0;
    if (up == NULL)
        return all_there || refuse_done(migration, record, NULL, error);
    if (!all_there)
        return refuse_done(migration, record, up, error);

    g_autoptr(MigScript) ran = mig_source_parse_script(migration->path, up, engine, error);
    if (ran == NULL)
        return false;
    g_autofree char *before = mig_checksum_tokens(ran, engine, done);
    g_autofree char *now = mig_checksum_tokens(migration->up, engine, done);
    return strcmp(before, now) == 0 || refuse_done(migration, record, up, error);
}

bool
mig_step_add_up(const MigStepMaker *maker, MigMigration *migration, const MigRecord *record,
                bool late, GError **error)
{
    size_t done = record != NULL ? (size_t)MAX(record->done, 0) : 0;

    if (!mig_source_parse(maker->source, migration, error) ||
        !refuse_later(migration->path, migration->directives, error) ||
        !refuse_backfill(migration->path, migration->up, error) ||
        !check_verify(migration->path, migration->verify, maker->plan->engine, error))
        return false;
    if (record != NULL && !check_done(maker, migration, record, done, error))
        return false;

    MigStep *step = g_new0(MigStep, 1);
    step->direction = MIG_DIRECTION_UP;
    step->version = migration->version;
    step->name = migration->name;
    step->migration = migration;
    step->record = record;
    step->script = migration->up;
    step->verify = migration->verify;
    step->path = migration->path;
    step->done = done;
    step->late = late;
    g_ptr_array_add(maker->plan->steps, step);
    return add_units(maker, step, error);
}

static void
free_directive(gpointer directive)
{
    mig_directive_free(directive);
}

static void
free_script(gpointer script)
{
    mig_script_free(script);
}

/* What the header said of time-outs holds for the DOWN that was recorded with it, too. */
static void
apply_recorded_header(const MigRecord *record, MigScript *script)
{
    static const char *const names[] = {"lock-timeout", "statement-timeout"};
    g_autoptr(GPtrArray) directives = g_ptr_array_new_with_free_func(free_directive);
    json_t *header = record->header != NULL ? json_loads(record->header, 0, NULL) : NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *key = g_strconcat("migrate:", names[i], NULL);
        const char *argument = json_string_value(json_object_get(header, key));
        int64_t ms = 0;
        if (argument == NULL || !mig_duration_parse(argument, &ms))
            continue;
        MigDirective *directive = g_new0(MigDirective, 1);
        directive->name = g_strdup(names[i]);
        directive->argument = g_strdup(argument);
        g_ptr_array_add(directives, directive);
    }
    mig_directives_apply_header(directives, script);
    json_decref(header);
}

/* The DOWN that was recorded; NULL without an error if none was. */
static bool
recorded_down(const MigStepMaker *maker, const MigRecord *record, const MigScript **out_script,
              GError **error)
{
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;

    *out_script = NULL;
    if (maker->recorded == NULL ||
        !maker->recorded(record->version, &up, &down, maker->data, error))
        return maker->recorded == NULL;
    if (down == NULL)
        return true;

    g_autofree char *path = g_strdup_printf("recorded DOWN of %s", record->version);
    MigScript *script = mig_source_parse_script(path, down, maker->plan->engine, error);
    if (script == NULL)
        return false;
    if (maker->plan->scripts == NULL)
        maker->plan->scripts = g_ptr_array_new_with_free_func(free_script);
    g_ptr_array_add(maker->plan->scripts, script);
    apply_recorded_header(record, script);
    *out_script = script;
    return true;
}

static bool
refuse_irreversible(const MigRecord *record, bool gone, GError **error)
{
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                "%s %s can't be reverted: %s; nothing was changed\n"
                "  write what undoes it as a new migration, or revert it by hand, then type\n"
                "    migrate repair %s --reverted",
                record->version, record->name,
                gone ? "its file is gone, and no DOWN was recorded" : "it has no DOWN section",
                record->version);
    return false;
}

bool
mig_step_add_down(const MigStepMaker *maker, MigMigration *migration, const MigRecord *record,
                  bool changed, GError **error)
{
    const MigScript *script = NULL;
    bool recorded = migration == NULL || changed;

    if (recorded) {
        if (!recorded_down(maker, record, &script, error))
            return false;
    } else {
        if (!mig_source_parse(maker->source, migration, error))
            return false;
        script = migration->down;
    }
    if (script == NULL)
        return refuse_irreversible(record, migration == NULL, error);
    if (!refuse_backfill(recorded ? "the recorded DOWN" : migration->path, script, error))
        return false;

    /* Of any other state `done` counts statements of UP. */
    bool begun = record->state == MIG_STATE_REVERTING || record->state == MIG_STATE_REVERT_FAILED;
    MigStep *step = g_new0(MigStep, 1);
    step->direction = MIG_DIRECTION_DOWN;
    step->version = record->version;
    step->name = record->name;
    step->migration = recorded ? NULL : migration;
    step->record = record;
    step->script = script;
    step->path = recorded ? "the recorded DOWN" : migration->path;
    step->done = begun ? (size_t)MAX(record->done, 0) : 0;
    g_ptr_array_add(maker->plan->steps, step);
    return add_units(maker, step, error);
}

/* SPDX-License-Identifier: MIT */
/* A case played on a database: files come and go, plans are made and carried out. */
#include "apply/stage.h"

#include "apply/apply.h"
#include "apply/resume.h"
#include "history/settle.h"
#include "apply/client.h"
#include "plan/script.h"
#include "plan/world.h"

#include <stdlib.h>
#include <string.h>

static MigTarget *
connect(const MigStage *stage)
{
    const MigTargetOptions options = {
        .url = stage->database->url,
        .application = "migrate test",
        .create = true,
    };
    g_autoptr(GError) error = NULL;
    MigTarget *target = mig_target_open(&options, &error);

    g_assert_no_error(error);
    return target;
}

MigStage *
mig_stage_new(void)
{
    MigStage *stage = g_new0(MigStage, 1);
    g_autoptr(GError) error = NULL;

    stage->database = mig_test_database_new();
    stage->target = connect(stage);
    stage->other = connect(stage);
    stage->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    stage->table = mig_history_table_new(stage->target, NULL, "migrate_history", &error);
    g_assert_no_error(error);
    return stage;
}

void
mig_stage_free(MigStage *stage)
{
    if (stage == NULL)
        return;

    mig_history_table_free(stage->table);
    mig_target_close(stage->target);
    mig_target_close(stage->other);
    mig_test_database_free(stage->database);
    g_hash_table_unref(stage->files);
    g_clear_error(&stage->error);
    g_free(stage);
}

static void
free_migration(gpointer migration)
{
    mig_migration_free(migration);
}

static gint
compare_migrations(gconstpointer a, gconstpointer b)
{
    const MigMigration *const *left = a;
    const MigMigration *const *right = b;

    return mig_version_compare((*left)->version, (*right)->version);
}

static MigSource *
read_source(const MigStage *stage)
{
    MigSource *source = g_new0(MigSource, 1);
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer text = NULL;
    g_autoptr(GError) error = NULL;

    source->directory = g_strdup("migrations");
    source->engine = mig_target_server(stage->target)->engine;
    source->migrations = g_ptr_array_new_with_free_func(free_migration);
    g_hash_table_iter_init(&iter, stage->files);
    while (g_hash_table_iter_next(&iter, &name, &text)) {
        g_ptr_array_add(source->migrations,
                        mig_source_parse_text(name, text, strlen(text), source->engine, &error));
        g_assert_no_error(error);
    }
    g_ptr_array_sort(source->migrations, compare_migrations);
    return source;
}

static MigHistory *
read_history(const MigStage *stage)
{
    g_autoptr(GError) error = NULL;
    MigHistory *history = mig_history_read(stage->table, &error);

    g_assert_no_error(error);
    return history;
}

static bool
recorded_sql(const char *version, char **out_up, char **out_down, gpointer data, GError **error)
{
    return mig_history_sql(data, version, out_up, out_down, error);
}

static const char *
code_name(const GError *error)
{
    static const char *const names[] = {
        [MIG_ERROR_USAGE] = "usage",     [MIG_ERROR_FILE] = "file",
        [MIG_ERROR_SQL] = "sql",         [MIG_ERROR_VERIFY] = "verify",
        [MIG_ERROR_HISTORY] = "history", [MIG_ERROR_CONNECTION] = "connection",
        [MIG_ERROR_FAILED] = "failed",   [MIG_ERROR_CANCELLED] = "cancelled",
    };

    g_assert_true(error->domain == MIG_ERROR);
    g_assert_cmpuint((guint)error->code, <, G_N_ELEMENTS(names));
    return names[error->code];
}

static void
dump_result(GString *out, const MigStepResult *result)
{
    static const char *const outcomes[] = {
        [MIG_OUTCOME_DONE] = "done",
        [MIG_OUTCOME_FAILED] = "failed",
        [MIG_OUTCOME_NOT_RUN] = "not run",
    };

    g_string_append_printf(out, "%s %s %s: %s",
                           result->step->direction == MIG_DIRECTION_UP ? "up" : "down",
                           result->step->version, result->step->name, outcomes[result->outcome]);
    if (result->outcome != MIG_OUTCOME_NOT_RUN)
        g_string_append_printf(out, ", %zu of %zu", result->done, result->total);
    if (result->failed_at != 0)
        g_string_append_printf(out, ", at %zu", result->failed_at);
    if (result->rolled_back)
        g_string_append(out, ", rolled back");
    if (result->verified != 0)
        g_string_append_printf(out, ", %zu verified", result->verified);
    g_string_append_c(out, '\n');
}

static char *
dump_execution(const MigExecution *execution)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < execution->results->len; i++)
        dump_result(out, g_ptr_array_index(execution->results, i));
    for (guint i = 0; i < execution->warnings->len; i++)
        g_string_append_printf(out, "warning: %s\n",
                               (char *)g_ptr_array_index(execution->warnings, i));
    if (execution->error != NULL)
        g_string_append_printf(out, "%s error\n", code_name(execution->error));
    return g_string_free(out, FALSE);
}

/* "no-verify" is the stage's own word; the others are the goal's. */
static char *
take_no_verify(const char *word, const char *argument, bool *out_verify)
{
    g_autofree char *whole = g_strdup_printf("%s %s", word, argument);
    g_auto(GStrv) words = g_strsplit(g_strchomp(whole), " ", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();

    *out_verify = true;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], "no-verify") == 0)
            *out_verify = false;
        else
            g_ptr_array_add(kept, words[i]);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv(" ", (char **)kept->pdata);
}

static char *
run(MigStage *stage, const char *word, const char *argument)
{
    g_autoptr(MigSource) source = read_source(stage);
    g_autoptr(MigHistory) history = read_history(stage);
    const MigWorld world = {.server_version = mig_target_server(stage->target)->version};
    bool verify = true;
    g_autofree char *words = take_no_verify(word, argument, &verify);
    g_autofree char *to = NULL;
    MigGoal goal = mig_world_goal(&world, words, &to);

    g_clear_error(&stage->error);
    g_autoptr(MigPlan) plan =
        mig_plan_build(source, history, &goal, recorded_sql, stage->table, &stage->error);
    if (plan == NULL)
        return g_strdup_printf("no plan: %s error\n", code_name(stage->error));

    g_autoptr(GError) error = NULL;
    mig_history_table_ensure(stage->table, history->exists, history->format, &error);
    g_assert_no_error(error);
    const MigApplyOptions options = {.verify = verify};
    g_autoptr(MigExecution) execution = mig_apply(plan, stage->table, &options);
    g_assert_cmpint(mig_target_transaction(stage->target), ==, MIG_TXN_NONE);
    char *text = dump_execution(execution);
    stage->error = g_steal_pointer(&execution->error);
    return text;
}

static char *
write_script(MigStage *stage, const MigPlan *plan, bool idempotent)
{
    const char *history[MIG_N_HISTORY_SQL] = {NULL};
    const MigScriptOptions options = {idempotent, history, "0.1.0"};

    for (int i = 0; i < MIG_N_HISTORY_SQL; i++)
        history[i] = mig_history_table_statement(stage->table, (MigHistorySql)i, true);
    return mig_plan_script(plan, &options, &stage->error);
}

/* "script up ...", "script idempotent up ...". */
static char *
script(MigStage *stage, const char *argument)
{
    bool idempotent = g_str_has_prefix(argument, "idempotent ");
    g_autoptr(MigSource) source = read_source(stage);
    /* Where it is to be skipped, it is made of everything. */
    g_autoptr(MigHistory) history = read_history(stage);
    const MigWorld world = {.server_version = mig_target_server(stage->target)->version};
    g_autofree char *to = NULL;
    MigGoal goal = mig_world_goal(&world, argument + (idempotent ? strlen("idempotent ") : 0), &to);

    if (idempotent)
        g_ptr_array_set_size(history->records, 0);
    g_clear_error(&stage->error);
    g_autoptr(MigPlan) plan =
        mig_plan_build(source, history, &goal, recorded_sql, stage->table, &stage->error);
    g_autofree char *text = plan != NULL ? write_script(stage, plan, idempotent) : NULL;
    if (text == NULL)
        return g_strdup_printf("no script: %s error\n", code_name(stage->error));
    return mig_client_run(stage->database, text) ? g_strdup("") : g_strdup("the client failed\n");
}

static char *
settle(MigStage *stage, const char *argument)
{
    g_auto(GStrv) words = g_strsplit(argument, " ", 2);
    g_autoptr(MigHistory) history = read_history(stage);
    const MigRecord *record = mig_history_find(history, words[0]);

    g_assert_nonnull(record);
    for (int i = MIG_SETTLE_DONE; i <= MIG_SETTLE_APPLIED; i++) {
        if (strcmp(words[1], mig_settlement_option((MigSettlement)i)) != 0)
            continue;
        g_clear_error(&stage->error);
        if (mig_settle(stage->table, record, (MigSettlement)i, &stage->error))
            return g_strdup("");
        return g_strdup_printf("%s error\n", code_name(stage->error));
    }
    g_error("%s is no settlement", words[1]);
}

static char *
accept(MigStage *stage)
{
    g_autoptr(MigSource) source = read_source(stage);
    g_autoptr(MigHistory) history = read_history(stage);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) pairs = mig_compare(source, history, false, &error);
    size_t accepted = 0;

    mig_settle_accept(stage->table, pairs, NULL, &accepted, &error);
    g_assert_no_error(error);
    return g_strdup_printf("%zu accepted\n", accepted);
}

/* "1 2": as if a run had died while it executed statement 2 of migration 1. */
static void
doubt(MigStage *stage, const char *argument)
{
    g_auto(GStrv) words = g_strsplit(argument, " ", 2);
    size_t doing = strtoul(words[1], NULL, 10);
    g_autoptr(MigBatch) batch = mig_batch_new();
    g_autoptr(GError) error = NULL;

    mig_history_table_move(stage->table, batch, words[0], MIG_STATE_RUNNING, doing - 1, doing);
    mig_history_table_write(stage->table, batch, &error);
    g_assert_no_error(error);
}

static char *
resolve(MigStage *stage)
{
    g_autoptr(MigHistory) history = read_history(stage);
    g_autoptr(GPtrArray) notices = g_ptr_array_new_with_free_func(g_free);
    GString *out = g_string_new(NULL);
    size_t settled = 0;

    g_clear_error(&stage->error);
    bool known = mig_resume_settle(stage->table, history, notices, &settled, &stage->error);
    g_assert_cmpuint(settled, ==, notices->len);
    for (guint i = 0; i < notices->len; i++)
        g_string_append_printf(out, "%s\n", (char *)g_ptr_array_index(notices, i));
    if (!known)
        g_string_append_printf(out, "%s error\n", code_name(stage->error));
    return g_string_free(out, FALSE);
}

static void
exec(MigStage *stage, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigScript) script =
        mig_source_parse_script("exec", sql, mig_target_server(stage->other)->engine, &error);

    g_assert_no_error(error);
    for (guint i = 0; i < script->statements->len; i++) {
        mig_target_exec(stage->other, script, mig_script_statement(script, i), &error);
        g_assert_no_error(error);
    }
}

static bool
add_row(const MigRow *row, gpointer data)
{
    GString *out = data;

    for (size_t i = 0; i < row->n_columns; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "|" : "",
                               row->values[i] != NULL ? row->values[i] : "NULL");
    g_string_append_c(out, '\n');
    return true;
}

static char *
query(MigTarget *target, const char *sql)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    if (!mig_target_ask(target, sql, add_row, out, &error)) {
        g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
        g_string_assign(out, mig_error_sql_class(error) == MIG_SQL_UNDEFINED_TABLE
                                 ? "no such table\n"
                                 : "sql error\n");
    }
    return g_string_free(out, FALSE);
}

/* Columns of mig_history_table_each_event(): id, at, kind, version, name, statement, ... message. */
static bool
add_event(const MigRow *row, gpointer data)
{
    GString *out = data;
    g_autoptr(GString) line = g_string_new(row->values[2]);

    if (row->values[3] != NULL)
        g_string_append_printf(line, " %s %s", row->values[3], row->values[4]);
    if (row->values[5] != NULL)
        g_string_append_printf(line, " at %s", row->values[5]);
    g_string_append_c(line, '\n');
    g_string_prepend(out, line->str);
    return true;
}

static char *
dump_history(MigStage *stage)
{
    g_autoptr(MigHistory) history = read_history(stage);
    g_autoptr(GString) events = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    GString *out = g_string_new(NULL);

    if (!history->exists)
        return g_string_free(g_string_append(out, "none\n"), FALSE);
    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        g_string_append_printf(out, "%s %s: %s, %d of %d", record->version, record->name,
                               mig_state_name(record->state), record->done, record->total);
        if (record->doing != 0)
            g_string_append_printf(out, ", at %d", record->doing);
        g_string_append_c(out, '\n');
    }
    mig_history_table_each_event(stage->table, 1000, add_event, events, &error);
    g_assert_no_error(error);
    g_string_append_printf(out, "--\n%s", events->str);
    return g_string_free(out, FALSE);
}

static void
check_says(const MigStage *stage, const MigPart *part)
{
    g_auto(GStrv) lines = g_strsplit(part->body, "\n", -1);

    g_assert_nonnull(stage->error);
    for (size_t i = 0; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);
        if (strstr(stage->error->message, line) == NULL)
            g_error("\"%s\" isn't in:\n%s", line, stage->error->message);
    }
}

void
mig_stage_play(MigStage *stage, MigCaseFile *file, MigPart *part)
{
    const char *word = part->word;
    g_autofree char *got = NULL;

    if (strcmp(word, "file") == 0)
        g_hash_table_insert(stage->files, g_strdup(part->argument), g_strdup(part->body));
    else if (strcmp(word, "remove") == 0)
        g_assert_true(g_hash_table_remove(stage->files, part->argument));
    else if (strcmp(word, "says") == 0)
        check_says(stage, part);
    else if (strcmp(word, "doubt") == 0)
        doubt(stage, part->argument);
    else if (strcmp(word, "exec") == 0)
        exec(stage, part->body);
    else if (strcmp(word, "settle") == 0)
        got = settle(stage, part->argument);
    else if (strcmp(word, "script") == 0)
        got = script(stage, part->argument);
    else if (strcmp(word, "resolve") == 0)
        got = resolve(stage);
    else if (strcmp(word, "accept") == 0)
        got = accept(stage);
    else if (strcmp(word, "query") == 0)
        got = query(stage->other, part->argument);
    else if (strcmp(word, "session") == 0)
        got = query(stage->target, part->argument);
    else if (strcmp(word, "history") == 0)
        got = dump_history(stage);
    else if (strcmp(word, "engines") != 0)
        got = run(stage, word, part->argument);
    if (got != NULL)
        mig_casefile_expect(file, part, got);
}

/* SPDX-License-Identifier: MIT */
/* Files, a history and a goal in memory, as a case describes them, and a plan as text. */
#include "plan/world.h"

#include <stdlib.h>
#include <string.h>

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

static gint
compare_records(gconstpointer a, gconstpointer b)
{
    const MigRecord *const *left = a;
    const MigRecord *const *right = b;

    return mig_version_compare((*left)->version, (*right)->version);
}

static MigMigration *
parse(const MigWorld *world, const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    MigMigration *migration =
        mig_source_parse_text(name, text, strlen(text), world->source->engine, &error);

    g_assert_no_error(error);
    return migration;
}

static const char *
file_body(const MigCaseFile *file, const char *name)
{
    for (guint i = 0; i < file->parts->len; i++) {
        const MigPart *part = g_ptr_array_index(file->parts, i);
        if (strcmp(part->word, "file") == 0 && strcmp(part->argument, name) == 0)
            return part->body;
    }
    g_error("%s: a record of %s needs a body or a file", file->path, name);
}

static void
read_counts(MigRecord *record, char **words)
{
    for (size_t i = 2; words[0] != NULL && words[1] != NULL && words[i] != NULL; i++) {
        if (g_str_has_prefix(words[i], "done="))
            record->done = (int)strtol(words[i] + 5, NULL, 10);
        else if (g_str_has_prefix(words[i], "doing="))
            record->doing = (int)strtol(words[i] + 6, NULL, 10);
        else if (g_str_has_prefix(words[i], "total="))
            record->total = (int)strtol(words[i] + 6, NULL, 10);
        else
            g_assert_cmpstr(words[i], ==, "bare");
    }
}

/* "1_a.sql applied done=1": what is recorded of a file as it was then. */
static void
add_record(MigWorld *world, const MigCaseFile *file, const MigPart *part)
{
    g_auto(GStrv) words = g_strsplit(part->argument, " ", -1);
    const char *text = *part->body != '\0' ? part->body : file_body(file, words[0]);
    g_autoptr(MigMigration) ran = parse(world, words[0], text);
    bool bare = g_strv_contains((const char *const *)words, "bare");
    MigRecord *record = g_new0(MigRecord, 1);

    record->version = g_string_chunk_insert(world->history->strings, ran->version);
    record->name = g_string_chunk_insert(world->history->strings, ran->name);
    g_assert_true(mig_state_parse(words[1], &record->state));
    record->applied_at = "2026-03-01T12:00:00.123Z";
    record->duration_ms = 1234;
    record->db_user = "shop";
    record->os_user = "deploy";
    record->host = "ci-7";
    record->tool_version = "0.1.0";
    record->total = (int)ran->up->statements->len;
    record->done = mig_record_is_applied(record) ? record->total : 0;
    read_counts(record, words);
    if (!bare) {
        record->checksum = g_string_chunk_insert(world->history->strings, ran->checksum_tokens);
        record->checksum_raw = g_string_chunk_insert(world->history->strings, ran->checksum_raw);
        char *version = g_strdup(ran->version);
        g_hash_table_insert(world->ran, version, g_steal_pointer(&ran));
    }
    g_ptr_array_add(world->history->records, record);
}

MigWorld *
mig_world_new(const MigCaseFile *file)
{
    MigWorld *world = g_new0(MigWorld, 1);
    const MigPart *engine = mig_casefile_part(file, "engine");
    g_auto(GStrv) words = g_strsplit(engine != NULL ? engine->argument : "sqlite", " ", 2);

    world->source = g_new0(MigSource, 1);
    world->source->directory = g_strdup("migrations");
    world->source->engine = mig_engine_from_name(words[0]);
    g_assert_cmpint(world->source->engine, !=, MIG_ENGINE_NONE);
    world->source->migrations = g_ptr_array_new_with_free_func(free_migration);
    if (words[1] != NULL)
        world->server_version = mig_engine_version_parse(world->source->engine, words[1]);

    world->history = g_new0(MigHistory, 1);
    world->history->exists = true;
    world->history->format = 1;
    world->history->records = g_ptr_array_new_with_free_func(g_free);
    world->history->strings = g_string_chunk_new(1024);
    world->ran = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_migration);
    for (guint i = 0; i < file->parts->len; i++) {
        const MigPart *part = g_ptr_array_index(file->parts, i);
        if (strcmp(part->word, "file") == 0)
            g_ptr_array_add(world->source->migrations, parse(world, part->argument, part->body));
        else if (strcmp(part->word, "record") == 0)
            add_record(world, file, part);
    }
    g_ptr_array_sort(world->source->migrations, compare_migrations);
    g_ptr_array_sort(world->history->records, compare_records);
    return world;
}

void
mig_world_free(MigWorld *world)
{
    if (world == NULL)
        return;

    mig_source_free(world->source);
    mig_history_free(world->history);
    g_hash_table_unref(world->ran);
    g_free(world);
}

static void
read_goal_word(MigGoal *goal, const char *word, char **out_to)
{
    static const char *const policies[] = {
        [MIG_OUT_OF_ORDER_AUTO] = "out-of-order=auto",
        [MIG_OUT_OF_ORDER_ALLOW] = "out-of-order=allow",
        [MIG_OUT_OF_ORDER_REFUSE] = "out-of-order=refuse",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(policies); i++) {
        if (strcmp(word, policies[i]) == 0) {
            goal->out_of_order = (MigOutOfOrder)i;
            return;
        }
    }
    if (g_str_has_prefix(word, "to=")) {
        *out_to = g_strdup(word + 3);
        goal->to = *out_to;
    } else if (strcmp(word, "strict") == 0) {
        goal->strict_checksums = true;
    } else {
        goal->count = (int)strtol(word, NULL, 10);
        g_assert_cmpint(goal->count, >, 0);
    }
}

MigGoal
mig_world_goal(const MigWorld *world, const char *argument, char **out_to)
{
    static const char *const kinds[] = {
        [MIG_GOAL_UP] = "up",
        [MIG_GOAL_DOWN] = "down",
        [MIG_GOAL_REDO] = "redo",
        [MIG_GOAL_GOTO] = "goto",
    };
    g_auto(GStrv) words = g_strsplit(argument, " ", -1);
    MigGoal goal = {.count = -1, .server_version = world->server_version};
    bool known = false;

    *out_to = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i], words[0]) == 0) {
            goal.kind = (MigGoalKind)i;
            known = true;
        }
    }
    g_assert_true(known);
    if (goal.kind == MIG_GOAL_REDO)
        goal.count = 1;
    for (size_t i = 1; words[i] != NULL; i++)
        read_goal_word(&goal, words[i], out_to);
    return goal;
}

static bool
recorded_sql(const char *version, char **out_up, char **out_down, gpointer data,
             GError **error G_GNUC_UNUSED)
{
    const MigWorld *world = data;
    const MigMigration *ran = g_hash_table_lookup(world->ran, version);

    *out_up = ran != NULL ? g_strdup(ran->up->text) : NULL;
    *out_down = ran != NULL && ran->down != NULL ? g_strdup(ran->down->text) : NULL;
    return true;
}

MigPlan *
mig_world_plan(MigWorld *world, const MigGoal *goal, GError **error)
{
    return mig_plan_build(world->source, world->history, goal, recorded_sql, world, error);
}

static void
dump_unit(GString *out, const MigUnit *unit)
{
    static const char *const kinds[] = {
        [MIG_UNIT_TRANSACTION] = "transaction",
        [MIG_UNIT_AUTHOR] = "author",
        [MIG_UNIT_SINGLE] = "single",
        [MIG_UNIT_SESSION] = "session",
    };

    g_string_append_printf(out, "%s %zu", kinds[unit->kind], unit->first + 1);
    if (unit->n != 1)
        g_string_append_printf(out, "-%zu", unit->first + unit->n);
    if (unit->lock != 0)
        g_string_append_printf(out, " under %zu", unit->lock);
}

static void
dump_step(GString *out, const MigStep *step)
{
    g_string_append_printf(out,
                           "%s %s %s (%s): ", step->direction == MIG_DIRECTION_UP ? "up" : "down",
                           step->version, step->name, step->path);
    for (guint i = 0; i < step->units->len; i++) {
        g_string_append(out, i > 0 ? ", " : "");
        dump_unit(out, mig_step_unit(step, i));
    }
    g_string_append(out, step->units->len == 0 ? "nothing left" : "");
    g_string_append(out, step->atomic ? "; atomic" : "; journalled");
    if (step->done > 0)
        g_string_append_printf(out, "; after %zu done", step->done);
    for (guint i = 0; step->replay != NULL && i < step->replay->len; i++)
        g_string_append_printf(out, "%s %zu", i == 0 ? "; again" : ",",
                               g_array_index(step->replay, size_t, i) + 1);
    if (step->verify != NULL)
        g_string_append_printf(out, "; verified by %u", step->verify->statements->len);
    g_string_append(out, step->late ? "; late\n" : "\n");
}

char *
mig_plan_dump(const MigPlan *plan)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < plan->steps->len; i++)
        dump_step(out, g_ptr_array_index(plan->steps, i));
    for (guint i = 0; i < plan->notices->len; i++)
        g_string_append_printf(out, "notice: %s\n", (char *)g_ptr_array_index(plan->notices, i));
    return g_string_free(out, FALSE);
}

/* SPDX-License-Identifier: MIT */
/* Every call to the database fails once, in every way: nothing is lost, nothing is done twice. */
#include "apply/walk.h"

#include <string.h>

/* Not a command: from then on the last counted statement of migration 4 is in doubt. */
#define DOUBT "(doubt)"

typedef struct {
    const char *name;
    const char *before[3]; /* commands that run undisturbed first */
    const char *command;   /* what has the fault */
    const char *after;     /* what finishes it; NULL: `command` again */
} Scenario;

static const Scenario scenarios[] = {
    {"up", {NULL}, "up", NULL},
    {"down", {"up", NULL}, "down --all --yes", NULL},
    {"redo", {"up", NULL}, "redo 3", "up"},
    {"baseline", {NULL}, "baseline 3", NULL},
    {"repair", {"up", DOUBT, NULL}, "repair 4 --done", "up"},
};

static const char *const kinds[] = {"error", "lost", "lost-after", "kill", "kill-after"};

/* A run that makes this many calls does not end by itself. */
#define MOST 2000

typedef struct {
    const Scenario *scenario;
    const char *kind;
} Walk;

static void
fail(const MigWalk *walk, const Walk *what, unsigned at, const char *problem)
{
    g_autofree char *tallies = mig_walk_tallies(walk);
    g_autofree char *calls = NULL;

    g_file_get_contents(walk->log, &calls, NULL, NULL);
    g_error("%s, %s at call %u: %s\n%s\n%s\ncalls:\n%s", what->scenario->name, what->kind, at,
            problem, walk->output, tallies, calls != NULL ? calls : "");
}

static bool
is_reverting(const MigRecord *record)
{
    return record->state == MIG_STATE_REVERTING || record->state == MIG_STATE_REVERT_FAILED;
}

/* MySQL's LOCK TABLES is the first statement of migration 6: up to UNLOCK TABLES nothing can be
 * written to the history. */
static bool
is_locked(const MigRecord *record)
{
    return strcmp(record->version, "6") == 0 && record->doing == 1 && !is_reverting(record);
}

/* Whether the history tells how often each of a record's statements took effect. @base: how often
 * they had before the run with the fault. */
static bool
tells_truth(const MigWalk *walk, const MigRecord *record, char direction, int base)
{
    for (int i = 1; i <= 6; i++) {
        int times = mig_walk_tally(walk, direction, record->version, i);
        bool doubt = mig_record_in_doubt(record) &&
                     (record->doing == i || (record->doing < i && is_locked(record)));
        if (times < 0)
            continue;
        if (i <= record->done ? times != base + 1 : times != base && !(doubt && times == base + 1))
            return false;
    }
    return true;
}

/* What was begun and not finished. */
static void
check_history(const MigWalk *walk, const Walk *what, unsigned at)
{
    g_autoptr(MigHistory) history = mig_walk_history(walk);
    bool redo = strcmp(what->scenario->name, "redo") == 0;

    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        bool down = is_reverting(record);
        int base = redo && !down ? 1 : 0;
        if (record->state == MIG_STATE_BASELINED)
            continue;
        /* Of one that is applied a redo's first half may not have been, yet. */
        if (redo && mig_record_is_applied(record))
            continue;
        if (!tells_truth(walk, record, down ? 'd' : 'u', base))
            fail(walk, what, at, "the history doesn't say what took effect");
    }
}

/* What a person does: looks whether the statement in doubt took effect, and says so. */
static bool
settle(MigWalk *walk, bool redo)
{
    g_autoptr(MigHistory) history = mig_walk_history(walk);

    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        if (!mig_record_in_doubt(record))
            continue;
        if (is_locked(record)) {
            mig_walk_undo(walk, record->version);
            return mig_walk_run(walk, "repair 6 --retry", 0, NULL) == 0;
        }
        bool down = is_reverting(record);
        int base = redo && !down ? 1 : 0;
        int times = mig_walk_tally(walk, down ? 'd' : 'u', record->version, record->doing);
        /* Of statements that aren't counted the catalog knows. */
        if (times < 0)
            return false;
        g_autofree char *command =
            g_strdup_printf("repair %s --%s", record->version, times > base ? "done" : "retry");
        return mig_walk_run(walk, command, 0, NULL) == 0;
    }
    return false;
}

static void
finish(MigWalk *walk, const Walk *what, unsigned at)
{
    const Scenario *scenario = what->scenario;
    bool redo = strcmp(scenario->name, "redo") == 0;

    for (int tries = 0; tries < 10; tries++) {
        const char *command = scenario->after != NULL ? scenario->after : scenario->command;
        int status = mig_walk_run(walk, command, 0, NULL);
        if (status == 0)
            return;
        /* A redo that stopped on its way down is finished by a down. */
        if (redo && status == 6 && strstr(walk->output, "`migrate down` to finish it") != NULL)
            status = mig_walk_run(walk, "down", 0, NULL);
        else if (status == 6 && settle(walk, redo))
            status = 0;
        if (status != 0)
            fail(walk, what, at, "the next run neither finishes nor says what is in doubt");
    }
    fail(walk, what, at, "it is never finished");
}

static void
prepare(MigWalk *walk, const Scenario *scenario)
{
    for (size_t i = 0; scenario->before[i] != NULL; i++) {
        if (strcmp(scenario->before[i], DOUBT) == 0)
            mig_walk_doubt(walk, "4");
        else
            g_assert_cmpint(mig_walk_run(walk, scenario->before[i], 0, NULL), ==, 0);
    }
}

typedef struct {
    char *schema;
    char *tallies;
    char *records;
} End;

static char *
describe_records(const MigWalk *walk)
{
    g_autoptr(MigHistory) history = mig_walk_history(walk);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        g_string_append_printf(out, "%s %s %d of %d\n", record->version,
                               mig_state_name(record->state), record->done, record->total);
    }
    return g_string_free(out, FALSE);
}

static End
end_of(const MigWalk *walk)
{
    return (End){mig_walk_schema(walk), mig_walk_tallies(walk), describe_records(walk)};
}

static void
end_clear(End *end)
{
    g_free(end->schema);
    g_free(end->tallies);
    g_free(end->records);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(End, end_clear)

static End
undisturbed(const Walk *what)
{
    g_autoptr(MigWalk) walk = mig_walk_new();

    prepare(walk, what->scenario);
    const char *after = what->scenario->after;
    if (mig_walk_run(walk, what->scenario->command, 0, NULL) != 0 ||
        (after != NULL && mig_walk_run(walk, after, 0, NULL) != 0))
        fail(walk, what, 0, "it fails without any fault");
    return end_of(walk);
}

static void
check_end(const MigWalk *walk, const Walk *what, unsigned at, const End *wanted)
{
    g_auto(End) end = end_of(walk);
    /* How far a redo was is not recorded: what was applied again before stays as it is. */
    bool counts = strcmp(what->scenario->name, "redo") != 0;

    if (strcmp(end.schema, wanted->schema) != 0)
        fail(walk, what, at, end.schema);
    if (strcmp(end.records, wanted->records) != 0)
        fail(walk, what, at, end.records);
    if (counts && strcmp(end.tallies, wanted->tallies) != 0)
        fail(walk, what, at, wanted->tallies);
}

static void
run_walk(gconstpointer data)
{
    const Walk *what = data;
    g_auto(End) wanted = undisturbed(what);

    for (unsigned at = 1; at < MOST; at++) {
        g_autoptr(MigWalk) walk = mig_walk_new();
        prepare(walk, what->scenario);
        int status = mig_walk_run(walk, what->scenario->command, at, what->kind);
        if (mig_walk_calls(walk) < at) {
            g_assert_cmpint(status, ==, 0);
            g_test_message("%u calls", at - 1);
            return;
        }
        if (status == 0 && what->scenario->after == NULL)
            check_end(walk, what, at, &wanted);
        check_history(walk, what, at);
        finish(walk, what, at);
        check_end(walk, what, at, &wanted);
    }
    g_assert_not_reached();
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (!mig_test_engine_ready())
        return g_test_run();
    for (size_t i = 0; i < G_N_ELEMENTS(scenarios); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(kinds); j++) {
            Walk *walk = g_new(Walk, 1);
            g_autofree char *path = g_strdup_printf("/apply/%s/faults/%s/%s", mig_test_engine(),
                                                    scenarios[i].name, kinds[j]);
            *walk = (Walk){&scenarios[i], kinds[j]};
            g_test_add_data_func_full(path, walk, run_walk, g_free);
        }
    }
    return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* Every call to the database fails once, in every way: nothing is lost, nothing is done twice. */
#include "apply/hand.h"
#include "apply/truth.h"
#include "apply/walk.h"
#include "apply/walk_files.h"

#include <string.h>

/* What somebody does by hand, see mig_hand_act(), stands among the commands in brackets. */
typedef struct {
    const char *name;
    const char *before[5]; /* run undisturbed first */
    const char *command;   /* what has the fault */
    int status;            /* what it ends with */
    bool again;            /* it is to be repeated until it is done */
    int done;              /* what it ends with when there is nothing left for it to do */
    const char *after[4];  /* finishes it */
    bool lies;             /* somebody did what is still to be told to the history */
    bool brief;            /* much is as in others: the two worst faults are enough */
} Scenario;

static const Scenario scenarios[] = {
    {.name = "up", .command = "up", .again = true},
    {.name = "down", .before = {"up"}, .command = "down --all --yes", .again = true},
    {.name = "redo", .before = {"up"}, .command = "redo 3", .after = {"up"}, .brief = true},
    {.name = "goto", .before = {"up"}, .command = "goto 1", .again = true, .brief = true},
    {.name = "baseline", .command = "baseline 3", .again = true, .after = {"up"}},
    {.name = "repair/done",
     .before = {"up", "(doubt)"},
     .command = "repair 4 --done",
     .again = true,
     .done = 2,
     .after = {"up"}},
    {.name = "repair/retry",
     .before = {"up", "(doubt)", "(not done)"},
     .command = "repair 4 --retry",
     .again = true,
     .done = 2,
     .after = {"up"},
     .brief = true},
    {.name = "repair/applied",
     .before = {"up", "(doubt)"},
     .command = "repair 4 --applied",
     .again = true,
     .done = 2,
     .after = {"up"},
     .brief = true},
    {.name = "repair/reverted",
     .before = {"up 4", "(undo)"},
     .command = "repair 4 --reverted",
     .again = true,
     .done = 2,
     .after = {"up"},
     .lies = true,
     .brief = true},
    {.name = "repair/accept",
     .before = {"up", "(edit)"},
     .command = "repair 1 --accept",
     .again = true,
     .done = 2,
     .after = {"up"},
     .brief = true},
    {.name = "failed/transaction",
     .before = {"up", "(transaction)"},
     .command = "up",
     .status = 1,
     .after = {"(mend)", "up"}},
    {.name = "failed/single",
     .before = {"up", "(single)"},
     .command = "up",
     .status = 1,
     .after = {"(mend)", "up"},
     .brief = true},
    {.name = "failed/verify",
     .before = {"up", "(verify)"},
     .command = "up",
     .status = 5,
     .after = {"(mend)", "up"},
     .brief = true},
    {.name = "failed/down",
     .before = {"up", "(down)", "up"},
     .command = "down",
     .status = 1,
     .after = {"(mend)", "down"}},
};

/* A call that writes nothing leaves everything as the one before it did, so that only what writes
 * needs to be followed by a loss or a kill. */
static const struct {
    const char *name;
    bool everywhere; /* at calls that write nothing, too */
    bool brief;      /* in brief scenarios, too */
    bool all;        /* only where everything is wanted */
} kinds[] = {
    {"error", true, false, false},      {"lost", true, false, false},
    {"lost-after", false, true, false}, {"kill", false, false, true},
    {"kill-after", false, true, false},
};

static bool
wants_all(void)
{
    return g_strcmp0(g_getenv("MIGRATE_TEST_FAULTS"), "all") == 0;
}

/* What a scenario's end has to be like. */
typedef struct {
    char *schema;
    char *tallies;
    char *records;
} End;

/* A scenario made ready. */
typedef struct {
    const Scenario *scenario;
    GAsyncQueue *idle; /* (borrowed) MigWalk that no thread uses */
    MigWalk *start;    /* (owned) what each run begins with; NULL until it is needed */
    MigImage *image;   /* (owned) its database */
    GStrv calls;       /* (owned) what the command calls */
    End middle;        /* of the command without a fault */
    End end;           /* and of what comes after */
} Stage;

typedef struct {
    Stage *stage; /* (borrowed) */
    const char *kind;
    bool everywhere;
} Walk;

static void
fail(const MigWalk *walk, const Walk *what, unsigned at, const char *problem)
{
    g_autofree char *tallies = mig_walk_show(walk, "SELECT name, n FROM tally ORDER BY name");
    g_autofree char *calls = NULL;

    g_file_get_contents(walk->log, &calls, NULL, NULL);
    g_error("%s, %s at call %u: %s\n%s\n%s\ncalls:\n%s", what->stage->scenario->name, what->kind,
            at, problem, walk->output, tallies, calls != NULL ? calls : "");
}

static End
end_of(const MigWalk *walk)
{
    g_autoptr(MigHistory) history = mig_walk_history(walk);
    GString *records = g_string_new(NULL);

    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        g_string_append_printf(records, "%s %s %d of %d, %s\n", record->version,
                               mig_state_name(record->state), record->done, record->total,
                               record->checksum);
    }
    return (End){mig_walk_show(walk, mig_walk_files()->schema),
                 mig_walk_show(walk, "SELECT name, n FROM tally ORDER BY name"),
                 g_string_free(records, FALSE)};
}

static void
end_clear(End *end)
{
    g_free(end->schema);
    g_free(end->tallies);
    g_free(end->records);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(End, end_clear)

static void
check_end(const MigWalk *walk, const Walk *what, unsigned at, const End *wanted)
{
    g_auto(End) end = end_of(walk);
    /* How far a redo was is not recorded: what was applied again before stays as it is. */
    bool counts = strcmp(what->stage->scenario->name, "redo") != 0;

    if (strcmp(end.schema, wanted->schema) != 0)
        fail(walk, what, at, end.schema);
    if (strcmp(end.records, wanted->records) != 0)
        fail(walk, what, at, end.records);
    if (counts && strcmp(end.tallies, wanted->tallies) != 0)
        fail(walk, what, at, wanted->tallies);
}

static void
check_history(const MigWalk *walk, const Walk *what, unsigned at)
{
    g_autoptr(MigHistory) history = mig_walk_history(walk);
    MigTallies tallies = mig_walk_tallies(walk);
    int version = mig_truth_check(history, &tallies);

    if (version == 0)
        return;
    g_autofree char *problem =
        g_strdup_printf("the history doesn't say what took effect of %d", version);
    fail(walk, what, at, problem);
}

/* Runs a command as often as it says what is in doubt. */
static void
insist(MigWalk *walk, const Walk *what, unsigned at, const char *command, int done)
{
    for (int tries = 0; tries < 10; tries++) {
        int status = mig_walk_run(walk, command, 0, NULL);
        if (status == 0 || status == done)
            return;
        /* What stopped on its way down is finished by a down. */
        if (status == 6 && strstr(walk->output, "`migrate down` to finish it") != NULL)
            status = mig_walk_run(walk, "down", 0, NULL);
        else if (status == 6 && mig_hand_settle(walk))
            status = 0;
        if (status != 0)
            fail(walk, what, at, "the next run neither finishes nor says what is in doubt");
    }
    fail(walk, what, at, "it is never finished");
}

static void
run_all(MigWalk *walk, const Walk *what, unsigned at, const char *const *commands)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (commands[i][0] == '(')
            mig_hand_act(walk, commands[i]);
        else
            insist(walk, what, at, commands[i], 0);
    }
}

static MigWalk *
take_walk(const Stage *stage)
{
    MigWalk *walk = g_async_queue_try_pop(stage->idle);

    if (walk == NULL)
        walk = mig_walk_new();
    mig_walk_restart(walk, stage->start, stage->image);
    return walk;
}

/* One walk's step, in a thread of its own. */
static void
run_fault(gpointer number, gpointer data)
{
    const Walk *what = data;
    const Scenario *scenario = what->stage->scenario;
    unsigned at = GPOINTER_TO_UINT(number);
    MigWalk *walk = take_walk(what->stage);

    int status = mig_walk_run(walk, scenario->command, at, what->kind);
    g_auto(GStrv) calls = mig_walk_calls(walk);
    if (g_strv_length(calls) < at && status != scenario->status)
        fail(walk, what, at, "it fails without any fault");
    if (status == 0)
        check_end(walk, what, at, &what->stage->middle);
    if (!scenario->lies)
        check_history(walk, what, at);
    if (scenario->again)
        insist(walk, what, at, scenario->command, scenario->done);
    run_all(walk, what, at, scenario->after);
    check_history(walk, what, at);
    check_end(walk, what, at, &what->stage->end);
    g_async_queue_push(what->stage->idle, walk);
}

/* Runs the scenario without a fault. */
static void
make_ready(const Walk *what)
{
    Stage *stage = what->stage;
    const Scenario *scenario = stage->scenario;

    stage->start = mig_walk_new();
    run_all(stage->start, what, 0, scenario->before);
    stage->image = mig_image_new(stage->start->database, stage->start->target);

    MigWalk *walk = take_walk(stage);
    if (mig_walk_run(walk, scenario->command, 0, NULL) != scenario->status)
        fail(walk, what, 0, "it fails without any fault");
    stage->calls = mig_walk_calls(walk);
    stage->middle = end_of(walk);
    if (scenario->again)
        insist(walk, what, 0, scenario->command, scenario->done);
    run_all(walk, what, 0, scenario->after);
    check_history(walk, what, 0);
    stage->end = end_of(walk);
    g_async_queue_push(stage->idle, walk);
}

static void
stage_clear(Stage *stage)
{
    end_clear(&stage->middle);
    end_clear(&stage->end);
    g_strfreev(stage->calls);
    mig_image_free(stage->image);
    mig_walk_free(stage->start);
}

static bool
is_wanted(const Walk *what, const char *call)
{
    static const char *const writing[] = {"exec",   "batch",    "copy",   "commit", "rollback",
                                          "backup", "try_lock", "unlock", NULL};

    return what->everywhere || wants_all() || g_strv_contains(writing, call);
}

static void
run_walk(gconstpointer data)
{
    const Walk *what = data;
    g_autoptr(GError) error = NULL;

    if (what->stage->start == NULL)
        make_ready(what);

    /* Most of the time a run waits for the server, or before it connects again. */
    GThreadPool *pool = g_thread_pool_new(run_fault, (gpointer)(uintptr_t)what,
                                          (gint)g_get_num_processors() * 3, FALSE, &error);
    g_assert_no_error(error);
    unsigned n = g_strv_length(what->stage->calls);
    unsigned walked = 0;
    /* The one after the last shows that it was the last. */
    for (unsigned at = 1; at <= n + 1; at++) {
        if (at <= n && !is_wanted(what, what->stage->calls[at - 1]))
            continue;
        g_thread_pool_push(pool, GUINT_TO_POINTER(at), &error);
        g_assert_no_error(error);
        walked++;
    }
    g_thread_pool_free(pool, FALSE, TRUE);
    g_test_message("%u of %u calls", walked - 1, n);
}

static void
add_walks(Stage *stage)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        bool left_out = kinds[i].all || (stage->scenario->brief && !kinds[i].brief);
        if (left_out && !wants_all())
            continue;
        Walk *walk = g_new(Walk, 1);
        g_autofree char *path = g_strdup_printf("/apply/%s/faults/%s/%s", mig_test_engine(),
                                                stage->scenario->name, kinds[i].name);
        *walk = (Walk){.stage = stage, .kind = kinds[i].name, .everywhere = kinds[i].everywhere};
        g_test_add_data_func_full(path, walk, run_walk, g_free);
    }
}

int
main(int argc, char **argv)
{
    Stage stages[G_N_ELEMENTS(scenarios)] = {0};

    g_test_init(&argc, &argv, NULL);
    if (!mig_test_engine_ready())
        return g_test_run();

    GAsyncQueue *idle = g_async_queue_new();
    for (size_t i = 0; i < G_N_ELEMENTS(scenarios); i++) {
        stages[i].scenario = &scenarios[i];
        stages[i].idle = idle;
        add_walks(&stages[i]);
    }
    int status = g_test_run();
    for (size_t i = 0; i < G_N_ELEMENTS(scenarios); i++)
        stage_clear(&stages[i]);
    for (MigWalk *walk; (walk = g_async_queue_try_pop(idle)) != NULL;)
        mig_walk_free(walk);
    g_async_queue_unref(idle);
    return status;
}

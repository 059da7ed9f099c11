/* SPDX-License-Identifier: MIT */
/* The plan itself: migrations, history and a goal to steps. */
#include "history/compare.h"
#include "plan/changed.h"
#include "plan/late.h"
#include "plan/order.h"
#include "plan/step.h"

#include <string.h>

/* How many of a list are named before "and N more". */
#define LISTED 10

typedef struct {
    MigSource *source;
    const MigHistory *history;
    const MigGoal *goal;
    GArray *pairs; /* (owned) MigPair */
    MigPlan *plan;
    MigStepMaker maker;
} Planning;

void
mig_plan_free(MigPlan *plan)
{
    if (plan == NULL)
        return;

    g_clear_pointer(&plan->steps, g_ptr_array_unref);
    g_clear_pointer(&plan->scripts, g_ptr_array_unref);
    g_clear_pointer(&plan->notices, g_ptr_array_unref);
    g_free(plan);
}

static const MigPair *
pair_at(const Planning *planning, guint index)
{
    return &g_array_index(planning->pairs, MigPair, index);
}

static const char *
pair_version(const MigPair *pair)
{
    return pair->record != NULL ? pair->record->version : pair->migration->version;
}

static const char *
pair_name(const MigPair *pair)
{
    return pair->record != NULL ? pair->record->name : pair->migration->name;
}

/* All pairs of a standing as an indented list; empty if there are none. @among: MigMigration, or
 * NULL for all there are. */
static char *
list_standing(const Planning *planning, MigStanding standing, const GPtrArray *among)
{
    g_autoptr(GString) list = g_string_new(NULL);
    size_t n = 0;

    for (guint i = 0; i < planning->pairs->len; i++) {
        const MigPair *pair = pair_at(planning, i);
        if (pair->standing != standing ||
            (among != NULL && !g_ptr_array_find((GPtrArray *)among, pair->migration, NULL)))
            continue;
        if (n++ < LISTED)
            g_string_append_printf(list, "\n    %s %s", pair_version(pair), pair_name(pair));
    }
    if (n > LISTED)
        g_string_append_printf(list, "\n    and %zu more", n - LISTED);
    return g_string_free(g_steal_pointer(&list), FALSE);
}

static bool
refuse_standing(const Planning *planning, MigStanding standing, const GPtrArray *among,
                const char *what, const char *next, GError **error)
{
    g_autofree char *list = list_standing(planning, standing, among);

    if (*list == '\0')
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY, "%s:%s\n  nothing was changed; %s", what, list,
                next);
    return false;
}

/* With how each differs from what was executed, as far as it fits. */
static bool
refuse_changed(const Planning *planning, GError **error)
{
    g_autofree char *list = list_standing(planning, MIG_STANDING_CHANGED, NULL);
    g_autoptr(GString) differences = g_string_new(NULL);
    const MigStepMaker *maker = &planning->maker;

    if (*list == '\0')
        return true;
    if (maker->recorded != NULL &&
        !mig_changed_describe(planning->pairs, maker->source, maker->recorded, maker->data,
                              differences, error))
        return false;
    g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                "applied migrations whose files were changed afterwards:%s%s\n"
                "  nothing was changed; put the files back and write a new migration, or type\n"
                "    migrate repair --accept     if what they say now is right",
                list, differences->str);
    return false;
}

static bool
is_reverting(const MigRecord *record)
{
    return record->state == MIG_STATE_REVERTING || record->state == MIG_STATE_REVERT_FAILED;
}

/* A statement that was being executed when the last run died: only a person knows, for now. */
static bool
refuse_doubt(const Planning *planning, GError **error)
{
    for (guint i = 0; i < planning->pairs->len; i++) {
        const MigPair *pair = pair_at(planning, i);
        if (pair->standing != MIG_STANDING_DOUBT)
            continue;

        const MigRecord *record = pair->record;
        bool reverting = is_reverting(record);
        const MigScript *script = NULL;
        g_autofree char *place = NULL;
        if (pair->migration != NULL && mig_source_parse(planning->source, pair->migration, NULL))
            script = reverting ? pair->migration->down : pair->migration->up;
        if (script != NULL && (size_t)record->doing <= script->statements->len) {
            const MigStatement *statement = mig_script_statement(script, (size_t)record->doing - 1);
            place = g_strdup_printf("%s:%u:%u: ", pair->migration->path, statement->line,
                                    statement->column);
        }
        g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                    "%sthe last run of %s %s was interrupted while it executed statement %d of "
                    "its %s, and the history can't tell whether that took effect\n"
                    "  look at the database, then type\n"
                    "    migrate repair %s --done     if statement %d took effect\n"
                    "    migrate repair %s --retry    if it did not\n"
                    "  and run this again",
                    place != NULL ? place : "", record->version, record->name, record->doing,
                    reverting ? "DOWN" : "UP", record->version, record->doing, record->version);
        return false;
    }
    return true;
}

static bool
refuse_reverting(const Planning *planning, GError **error)
{
    for (guint i = 0; i < planning->pairs->len; i++) {
        const MigRecord *record = pair_at(planning, i)->record;
        if (record == NULL || !is_reverting(record))
            continue;
        g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                    "the revert of %s %s stopped after statement %d of its DOWN\n"
                    "  type `migrate down` to finish it, or settle it with `migrate repair %s "
                    "--applied` or `--reverted`",
                    record->version, record->name, record->done, record->version);
        return false;
    }
    return true;
}

static void
notice(Planning *planning, char *text)
{
    g_ptr_array_add(planning->plan->notices, text);
}

static void
notice_newer(Planning *planning)
{
    g_autofree char *list = list_standing(planning, MIG_STANDING_NEWER, NULL);

    if (*list != '\0')
        notice(planning,
               g_strdup_printf("the database is newer than %s: applied, and not in it are%s",
                               planning->source->directory, list));
}

static bool
check_up(Planning *planning, GError **error)
{
    if (!refuse_doubt(planning, error) || !refuse_reverting(planning, error))
        return false;
    if (!refuse_changed(planning, error))
        return false;
    if (!refuse_standing(planning, MIG_STANDING_MISSING, NULL,
                         "applied migrations whose files are missing",
                         "put the files back, or type\n"
                         "    migrate repair VERSION --reverted     to forget one for good",
                         error))
        return false;

    notice_newer(planning);
    return true;
}

/* Those of @wanted that are older than one that is applied. */
static GPtrArray *
collect_late(const Planning *planning, const GPtrArray *wanted)
{
    GPtrArray *late = g_ptr_array_new();

    for (guint i = 0; i < planning->pairs->len; i++) {
        const MigPair *pair = pair_at(planning, i);
        if (pair->standing == MIG_STANDING_LATE &&
            g_ptr_array_find((GPtrArray *)(uintptr_t)wanted, pair->migration, NULL))
            g_ptr_array_add(late, pair->migration);
    }
    return late;
}

static bool
check_late(const Planning *planning, const GPtrArray *wanted, GError **error)
{
    if (planning->goal->out_of_order == MIG_OUT_OF_ORDER_ALLOW)
        return true;
    if (planning->goal->out_of_order == MIG_OUT_OF_ORDER_AUTO) {
        g_autoptr(GPtrArray) late = collect_late(planning, wanted);
        return late->len == 0 || mig_late_check(&planning->maker, planning->pairs, late, error);
    }
    return refuse_standing(planning, MIG_STANDING_LATE, wanted,
                           "pending migrations that are older than one that is applied",
                           "give them a newer version, or type\n"
                           "    migrate up --out-of-order allow     if nothing that came after "
                           "them minds",
                           error);
}

static bool
is_pending(const MigPair *pair)
{
    if (pair->migration == NULL)
        return false;
    if (pair->record == NULL)
        return true;
    return !mig_record_is_applied(pair->record) && !is_reverting(pair->record);
}

/* Looks a goal's version up: among the files, then in the history. "0" is before all. */
static const char *
resolve_version(const Planning *planning, const char *wanted, GError **error)
{
    const MigMigration *migration = mig_source_find(planning->source, wanted);
    if (migration != NULL)
        return migration->version;

    if (strspn(wanted, "0123456789") == strlen(wanted) && *wanted != '\0') {
        const MigRecord *record = mig_history_find(planning->history, wanted);
        if (record != NULL)
            return record->version;
        if (mig_version_compare(wanted, "0") == 0)
            return wanted;
    }
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "there is no migration %s in %s; `migrate status` lists what there is", wanted,
                planning->source->directory);
    return NULL;
}

static bool
collect_some(Planning *planning, const char *to, int count, bool begun, GPtrArray *wanted,
             GError **error)
{
    for (guint i = 0; i < planning->pairs->len; i++) {
        const MigPair *pair = pair_at(planning, i);
        if (!is_pending(pair) || (pair->record != NULL) != begun)
            continue;
        if (to != NULL && mig_version_compare(pair->migration->version, to) > 0)
            break;
        if (count >= 0 && wanted->len >= (guint)count)
            break;
        if (!mig_source_parse(planning->source, pair->migration, error))
            return false;
        g_ptr_array_add(wanted, pair->migration);
    }
    return true;
}

/* What UP is to apply, by version: what an earlier run began is finished first. */
static bool
collect_up(Planning *planning, const char *to, int count, GPtrArray *wanted, GError **error)
{
    return collect_some(planning, to, count, true, wanted, error) &&
           collect_some(planning, to, count, false, wanted, error);
}

static const MigPair *
find_pair(const Planning *planning, const MigMigration *migration)
{
    for (guint low = 0, high = planning->pairs->len; low < high;) {
        guint middle = low + (high - low) / 2;
        const MigPair *pair = pair_at(planning, middle);
        int order = mig_version_compare(migration->version, pair_version(pair));
        if (order == 0)
            return pair;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Adds steps for @wanted in an order that honours Requires. @leaving: what the plan's earlier steps
 * revert, so that nothing is recorded of it then. */
static bool
add_ups(Planning *planning, const GPtrArray *wanted, const GPtrArray *leaving, GError **error)
{
    g_autoptr(GError) unordered = NULL;
    g_autoptr(GPtrArray) order =
        mig_order_up(wanted, planning->source, planning->history, leaving, &unordered);
    if (order == NULL && !planning->goal->tolerant) {
        g_propagate_error(error, g_steal_pointer(&unordered));
        return false;
    }
    /* Who only looks takes them by version. */
    const GPtrArray *steps = order != NULL ? order : wanted;

    for (guint i = 0; i < steps->len; i++) {
        MigMigration *migration = g_ptr_array_index(steps, i);
        const MigPair *pair = find_pair(planning, migration);
        bool gone = leaving != NULL && g_ptr_array_find((GPtrArray *)leaving, pair->record, NULL);
        const MigRecord *record = gone ? NULL : pair->record;
        bool late = leaving == NULL && pair->standing == MIG_STANDING_LATE;
        if (!mig_step_add_up(&planning->maker, migration, record, late, error))
            return false;
    }
    return true;
}

static bool
plan_up(Planning *planning, const char *to, int count, GError **error)
{
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();

    return check_up(planning, error) && collect_up(planning, to, count, wanted, error) &&
           check_late(planning, wanted, error) && add_ups(planning, wanted, NULL, error);
}

/* One that was half applied stands in the way of reverting what is below it. */
static bool
refuse_half_applied(const MigRecord *record, GError **error)
{
    g_set_error(
        error, MIG_ERROR, MIG_ERROR_HISTORY,
        "%s %s is half applied (%d of %d statements are done): its DOWN would undo what was "
        "never done\n"
        "  finish it with `migrate up`, or undo by hand what is done and type `migrate "
        "repair %s --reverted`",
        record->version, record->name, record->done, record->total, record->version);
    return false;
}

/* What DOWN is to revert, the newest first. */
static bool
collect_down(const Planning *planning, const char *to, int count, GPtrArray *leaving,
             GError **error)
{
    for (guint i = planning->pairs->len; i-- > 0;) {
        const MigRecord *record = pair_at(planning, i)->record;
        if (record == NULL)
            continue;
        if (to != NULL && mig_version_compare(record->version, to) <= 0)
            break;
        if (count >= 0 && leaving->len >= (guint)count)
            break;
        /* One whose VERIFY did not pass is there whole, and DOWN is the way back. */
        if (!mig_record_is_applied(record) && !is_reverting(record) &&
            record->state != MIG_STATE_FAILED_VERIFY)
            return refuse_half_applied(record, error);
        g_ptr_array_add(leaving, (gpointer)(uintptr_t)record);
    }
    return true;
}

static bool
refuse_dependent(Planning *planning, const GPtrArray *leaving, GError **error)
{
    /* What stays is asked what it requires: that is in files that nobody has read so far. */
    for (guint i = 0; i < planning->pairs->len; i++) {
        const MigPair *pair = pair_at(planning, i);
        if (pair->migration != NULL && pair->record != NULL &&
            !mig_source_parse(planning->source, pair->migration, error))
            return false;
    }

    const char *required = NULL;
    const MigMigration *dependent =
        mig_order_dependent(planning->source, planning->history, leaving, &required);
    if (dependent == NULL)
        return true;
    g_set_error(
        error, MIG_ERROR, MIG_ERROR_HISTORY,
        "%s can't be reverted while %s %s is applied, which requires it\n"
        "  nothing was changed; revert %s, too: `migrate plan --down N` shows what N of them are",
        required, dependent->version, dependent->name, dependent->version);
    return false;
}

static bool
plan_down(Planning *planning, const char *to, int count, GPtrArray *leaving, GError **error)
{
    if (!refuse_doubt(planning, error) || !collect_down(planning, to, count, leaving, error) ||
        !refuse_dependent(planning, leaving, error))
        return false;

    g_autoptr(GPtrArray) order =
        mig_order_down(leaving, planning->source, planning->history, error);
    if (order == NULL)
        return false;
    for (guint i = 0; i < order->len; i++) {
        const MigRecord *record = g_ptr_array_index(order, i);
        MigMigration *migration = mig_source_find(planning->source, record->version);
        const MigPair *pair = migration != NULL ? find_pair(planning, migration) : NULL;
        bool changed = pair != NULL && pair->standing == MIG_STANDING_CHANGED;

        if (changed)
            notice(planning,
                   g_strdup_printf("%s was changed after it was applied: reverting with the DOWN "
                                   "that was recorded",
                                   migration->path));
        else if (migration == NULL)
            notice(planning, g_strdup_printf("the file of %s %s is gone: reverting with the DOWN "
                                             "that was recorded",
                                             record->version, record->name));
        if (!mig_step_add_down(&planning->maker, migration, record, changed, error))
            return false;
    }
    return true;
}

static bool
plan_redo(Planning *planning, GError **error)
{
    g_autoptr(GPtrArray) leaving = g_ptr_array_new();
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();

    if (!plan_down(planning, NULL, planning->goal->count, leaving, error))
        return false;
    for (guint i = leaving->len; i-- > 0;) {
        const MigRecord *record = g_ptr_array_index(leaving, i);
        MigMigration *migration = mig_source_find(planning->source, record->version);
        if (migration == NULL) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                        "%s %s can't be applied again: its file is missing\n"
                        "  nothing was changed; put it back, or type `migrate down`: the DOWN that "
                        "was recorded is used",
                        record->version, record->name);
            return false;
        }
        if (!mig_source_parse(planning->source, migration, error))
            return false;
        g_ptr_array_add(wanted, migration);
    }
    return add_ups(planning, wanted, leaving, error);
}

static bool
plan_goto(Planning *planning, GError **error)
{
    g_autoptr(GPtrArray) leaving = g_ptr_array_new();
    const char *to = resolve_version(planning, planning->goal->to, error);

    if (to == NULL || !plan_down(planning, to, -1, leaving, error))
        return false;
    if (leaving->len == 0)
        return plan_up(planning, to, -1, error);

    /* Downwards nothing is applied, except what is missing below. */
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    return collect_up(planning, to, -1, wanted, error) && add_ups(planning, wanted, leaving, error);
}

static bool
carry_out(Planning *planning, GError **error)
{
    const MigGoal *goal = planning->goal;
    const char *to = NULL;
    g_autoptr(GPtrArray) leaving = g_ptr_array_new();

    if (goal->kind == MIG_GOAL_REDO)
        return plan_redo(planning, error);
    if (goal->kind == MIG_GOAL_GOTO)
        return plan_goto(planning, error);
    if (goal->to != NULL) {
        to = resolve_version(planning, goal->to, error);
        if (to == NULL)
            return false;
    }
    if (goal->kind == MIG_GOAL_UP)
        return plan_up(planning, to, goal->count, error);
    return plan_down(planning, to, goal->count, leaving, error);
}

static void
free_step(gpointer step)
{
    mig_step_free(step);
}

MigPlan *
mig_plan_build(MigSource *source, const MigHistory *history, const MigGoal *goal,
               MigRecordedSql recorded, gpointer data, GError **error)
{
    g_autoptr(GArray) pairs = mig_compare(source, history, goal->strict_checksums, error);
    if (pairs == NULL)
        return NULL;

    g_autoptr(MigPlan) plan = g_new0(MigPlan, 1);
    plan->engine = source->engine;
    plan->server_version = goal->server_version;
    plan->steps = g_ptr_array_new_with_free_func(free_step);
    plan->notices = g_ptr_array_new_with_free_func(g_free);
    Planning planning = {
        .source = source,
        .history = history,
        .goal = goal,
        .pairs = pairs,
        .plan = plan,
        .maker = {.plan = plan,
                  .source = source,
                  .recorded = recorded,
                  .data = data,
                  .tolerant = goal->tolerant},
    };
    if (!carry_out(&planning, error))
        return NULL;
    return g_steal_pointer(&plan);
}

/* SPDX-License-Identifier: MIT */
/* A plan carried out for real in one transaction that is then rolled back. */
#include "apply/rehearse.h"

#include "apply/failure.h"
#include "apply/verify.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

typedef struct {
    const MigPlan *plan;
    MigTarget *target;
    const MigRehearseOptions *options;
    MigRehearsal *rehearsal;
    GHashTable *held; /* (owned) relation to the mode that is held there; NULL: not told */
} Rehearsing;

static void
free_taken(gpointer data)
{
    MigTakenLock *taken = data;

    g_free(taken->schema);
    g_free(taken->name);
    g_free(taken->mode);
    g_free(taken);
}

static void
free_rehearsed(gpointer data)
{
    MigRehearsed *rehearsed = data;

    g_clear_pointer(&rehearsed->taken, g_ptr_array_unref);
    g_free(rehearsed);
}

void
mig_rehearsal_free(MigRehearsal *rehearsal)
{
    if (rehearsal == NULL)
        return;

    g_ptr_array_unref(rehearsal->statements);
    g_clear_error(&rehearsal->error);
    g_free(rehearsal);
}

static MigTransaction
transaction_of(const MigPlan *plan, const MigStep *step, size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);

    return mig_statement_transaction(step->script->text + statement->offset, statement->length,
                                     plan->engine, plan->server_version);
}

static bool
refuse_unit(const MigStep *step, const MigUnit *unit, GError **error)
{
    const MigStatement *statement = mig_script_statement(step->script, unit->first);
    g_autofree char *sql =
        mig_text_one_line(step->script->text + statement->offset, statement->length, 60);

    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                "%s:%u:%u: this can't be rehearsed, since it runs outside a transaction: %s\n"
                "  nothing was executed; `migrate plan` shows what it would lock, and\n"
                "  `migrate up --dry-run=execute --to VERSION` rehearses what comes before it",
                step->path, statement->line, statement->column, sql);
    return false;
}

static bool
check_plan(const MigPlan *plan, const MigTarget *target, GError **error)
{
    if ((mig_target_caps(target) & MIG_CAP_TRANSACTIONAL_DDL) == 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                    "%s can't rehearse: it commits each DDL statement, and nothing could be rolled "
                    "back\n  nothing was executed; `migrate plan` shows what would run",
                    mig_engine_title(plan->engine));
        return false;
    }
    for (guint i = 0; i < plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(plan->steps, i);

        for (guint j = 0; j < step->units->len; j++) {
            const MigUnit *unit = mig_step_unit(step, j);
            if (unit->kind == MIG_UNIT_SINGLE)
                return refuse_unit(step, unit, error);
        }
    }
    return true;
}

static void
collect_held(const MigHeld *held, gpointer data)
{
    MigTakenLock *lock = g_new0(MigTakenLock, 1);

    lock->schema = g_strdup(held->schema);
    lock->name = g_strdup(held->name);
    lock->mode = g_strdup(held->mode);
    lock->index = held->index;
    g_ptr_array_add(data, lock);
}

static int
compare_taken(gconstpointer a, gconstpointer b)
{
    const MigTakenLock *left = *(MigTakenLock *const *)a;
    const MigTakenLock *right = *(MigTakenLock *const *)b;
    int order = strcmp(left->schema, right->schema);

    return order != 0 ? order : strcmp(left->name, right->name);
}

/* What is held now and was not before, or not so strongly. */
static bool
look_at_locks(Rehearsing *rehearsing, GPtrArray **out_taken, GError **error)
{
    if (rehearsing->held == NULL) {
        *out_taken = NULL;
        return true;
    }

    g_autoptr(GPtrArray) now = g_ptr_array_new_with_free_func(free_taken);
    g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func(free_taken);
    if (!mig_target_held(rehearsing->target, collect_held, now, error))
        return false;
    while (now->len > 0) {
        MigTakenLock *lock = g_ptr_array_steal_index_fast(now, 0);
        g_autofree char *key = g_strdup_printf("%s\n%s", lock->schema, lock->name);
        const char *before = g_hash_table_lookup(rehearsing->held, key);

        if (g_strcmp0(before, lock->mode) == 0) {
            free_taken(lock);
            continue;
        }
        g_hash_table_replace(rehearsing->held, g_steal_pointer(&key), g_strdup(lock->mode));
        g_ptr_array_add(taken, lock);
    }
    g_ptr_array_sort(taken, compare_taken);
    *out_taken = g_steal_pointer(&taken);
    return true;
}

static bool
set_limits(const Rehearsing *rehearsing, const MigStatement *statement, GError **error)
{
    int64_t lock = rehearsing->options->lock_timeout_ms;
    int64_t time = rehearsing->options->statement_timeout_ms;

    if (statement->lock_timeout_ms >= 0)
        lock = statement->lock_timeout_ms;
    if (statement->statement_timeout_ms >= 0)
        time = statement->statement_timeout_ms;
    return mig_target_limits(rehearsing->target, lock, time, error);
}

static bool
run_statement(Rehearsing *rehearsing, const MigStep *step, size_t index, GError **error)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    GError *failure = NULL;
    int64_t begun = g_get_monotonic_time();

    if (!set_limits(rehearsing, statement, error))
        return false;
    if (!mig_target_exec(rehearsing->target, step->script, statement, &failure)) {
        g_autofree char *what = mig_failure_describe(step->script, statement, step->path, failure);
        mig_error_take_sql(error, (MigErrorCode)failure->code, failure, "%s", what);
        return false;
    }

    MigRehearsed *rehearsed = g_new0(MigRehearsed, 1);
    rehearsed->step = step;
    rehearsed->index = index;
    rehearsed->duration_ms = (g_get_monotonic_time() - begun) / 1000;
    g_ptr_array_add(rehearsing->rehearsal->statements, rehearsed);
    return look_at_locks(rehearsing, &rehearsed->taken, error);
}

/* The author's own BEGIN and COMMIT are ours here. */
static bool
run_unit(Rehearsing *rehearsing, const MigStep *step, const MigUnit *unit, GError **error)
{
    for (size_t i = unit->first; i < unit->first + unit->n; i++) {
        MigTransaction transaction = transaction_of(rehearsing->plan, step, i);

        if (transaction == MIG_TRANSACTION_BEGIN || transaction == MIG_TRANSACTION_COMMIT)
            continue;
        if (!run_statement(rehearsing, step, i, error))
            return false;
    }
    return true;
}

/* In SQLite what a migration sets at its head has no effect inside a transaction. */
static bool
sets_before(const Rehearsing *rehearsing, const MigUnit *unit)
{
    return unit->kind == MIG_UNIT_SESSION && rehearsing->plan->engine == MIG_ENGINE_SQLITE;
}

static bool
run_settings(Rehearsing *rehearsing, GError **error)
{
    for (guint i = 0; i < rehearsing->plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(rehearsing->plan->steps, i);

        for (guint j = 0; j < step->units->len; j++) {
            const MigUnit *unit = mig_step_unit(step, j);
            if (sets_before(rehearsing, unit) && !run_unit(rehearsing, step, unit, error))
                return false;
        }
    }
    return true;
}

/* What a migration leaves set must not reach the next one, as it would not in a real run. */
static bool
reset_names(const Rehearsing *rehearsing, GError **error)
{
    if (rehearsing->plan->engine != MIG_ENGINE_POSTGRES)
        return true;
    return mig_target_exec_text(rehearsing->target, "RESET search_path", error) &&
           mig_target_exec_text(rehearsing->target, "RESET role", error);
}

static bool
run_step(Rehearsing *rehearsing, const MigStep *step, GError **error)
{
    size_t verified = 0;

    for (guint i = 0; i < step->units->len; i++) {
        const MigUnit *unit = mig_step_unit(step, i);
        if (!sets_before(rehearsing, unit) && !run_unit(rehearsing, step, unit, error))
            return false;
    }
    if (rehearsing->options->verify && step->verify != NULL &&
        step->direction == MIG_DIRECTION_UP &&
        !mig_verify(rehearsing->target, step->verify, step->path, true, &verified, error))
        return false;
    rehearsing->rehearsal->verified += verified;
    return reset_names(rehearsing, error);
}

static bool
run_steps(Rehearsing *rehearsing, GError **error)
{
    GPtrArray *before = NULL;

    if (!run_settings(rehearsing, error) ||
        !mig_target_begin(rehearsing->target, MIG_BEGIN_WRITE, error) ||
        !look_at_locks(rehearsing, &before, error))
        return false;
    g_clear_pointer(&before, g_ptr_array_unref);
    for (guint i = 0; i < rehearsing->plan->steps->len; i++) {
        if (!run_step(rehearsing, g_ptr_array_index(rehearsing->plan->steps, i), error))
            return false;
    }
    return true;
}

MigRehearsal *
mig_rehearse(const MigPlan *plan, MigTarget *target, const MigRehearseOptions *options,
             GError **error)
{
    if (!check_plan(plan, target, error))
        return NULL;

    MigRehearsal *rehearsal = g_new0(MigRehearsal, 1);
    rehearsal->statements = g_ptr_array_new_with_free_func(free_rehearsed);
    g_autoptr(GHashTable) held = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Rehearsing rehearsing = {plan, target, options, rehearsal,
                             mig_target_can_tell_held(target) ? held : NULL};
    int64_t begun = g_get_monotonic_time();
    bool done = run_steps(&rehearsing, &rehearsal->error);

    mig_target_rollback(target, done ? &rehearsal->error : NULL);
    g_autofree char *changed = NULL;
    mig_target_reset(target, &changed, NULL);
    rehearsal->duration_ms = (g_get_monotonic_time() - begun) / 1000;
    return rehearsal;
}

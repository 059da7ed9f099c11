/* SPDX-License-Identifier: MIT */
/* Each case of cases/ has files, a history and a goal, and the plan that must be made of them. */
#include "plan/unit.h"
#include "plan/world.h"

#include <string.h>

static const char *
code_name(const GError *error)
{
    static const char *const names[] = {
        [MIG_ERROR_USAGE] = "usage",
        [MIG_ERROR_FILE] = "file",
        [MIG_ERROR_HISTORY] = "history",
        [MIG_ERROR_FAILED] = "failed",
    };

    g_assert_true(error->domain == MIG_ERROR);
    g_assert_cmpuint((guint)error->code, <, G_N_ELEMENTS(names));
    g_assert_nonnull(names[error->code]);
    return names[error->code];
}

/* Wherever a run is interrupted, the next one finds the same units from there on. */
static void
check_resumes(const MigStep *step, const MigPlan *plan)
{
    size_t n = step->script->statements->len;

    for (size_t first = 0; step->done == 0 && step->migration != NULL && first <= n; first++) {
        const MigUnitInput input = {
            .script = step->script,
            .path = step->path,
            .engine = plan->engine,
            .server_version = plan->server_version,
            .mode = step->migration->transaction_mode,
            .first = first,
        };
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) units = mig_units_build(&input, &error);
        size_t next = first;

        g_assert_no_error(error);
        for (guint i = 0; i < units->len; i++) {
            const MigUnit *unit = &g_array_index(units, MigUnit, i);
            g_assert_cmpuint(unit->first, ==, next);
            next += unit->n;
        }
        g_assert_cmpuint(next, ==, n);
        for (guint i = 0; i < units->len; i++) {
            const MigUnit *left = &g_array_index(units, MigUnit, units->len - 1 - i);
            const MigUnit *whole = mig_step_unit(step, step->units->len - 1 - i);
            bool cut = left->first > whole->first;
            g_assert_cmpint(left->kind, ==,
                            cut && whole->kind == MIG_UNIT_AUTHOR ? MIG_UNIT_TRANSACTION
                                                                  : whole->kind);
            g_assert_cmpuint(left->first + left->n, ==, whole->first + whole->n);
        }
    }
}

static void
run_case(gconstpointer data)
{
    g_autoptr(MigCaseFile) file = mig_casefile_read(data);
    g_autoptr(MigWorld) world = mig_world_new(file);
    const char *argument = NULL;

    for (guint i = 0; i < file->parts->len; i++) {
        MigPart *part = g_ptr_array_index(file->parts, i);
        if (strcmp(part->word, "goal") == 0)
            argument = part->argument;
        if (strcmp(part->word, "plan") != 0)
            continue;

        g_autofree char *goal_to = NULL;
        g_autofree char *text = NULL;
        g_autoptr(GError) error = NULL;
        MigGoal goal = mig_world_goal(world, argument, &goal_to);
        g_autoptr(MigPlan) plan = mig_world_plan(world, &goal, &error);
        if (plan == NULL)
            text = g_strdup_printf("%s error: %s\n", code_name(error), error->message);
        else
            text = mig_plan_dump(plan);
        for (guint j = 0; plan != NULL && j < plan->steps->len; j++)
            check_resumes(g_ptr_array_index(plan->steps, j), plan);
        mig_casefile_expect(file, part, text);
    }
    g_assert_nonnull(argument);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mig_casefile_add("cases/units", "/plan/units", NULL, run_case);
    mig_casefile_add("cases/order", "/plan/order", NULL, run_case);
    mig_casefile_add("cases/build", "/plan/build", NULL, run_case);
    return g_test_run();
}

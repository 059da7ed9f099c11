/* SPDX-License-Identifier: MIT */
/* Each case of cases/ is played on the engines that it names. */
#include "apply/stage.h"

static void
run_case(gconstpointer data)
{
    g_autoptr(MigCaseFile) file = mig_casefile_read(data);
    g_autoptr(MigStage) stage = mig_stage_new();

    for (guint i = 0; i < file->parts->len; i++)
        mig_stage_play(stage, file, g_ptr_array_index(file->parts, i));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *prefix = g_strdup_printf("/apply/%s", mig_test_engine());
    if (mig_test_engine_ready())
        mig_casefile_add("cases", prefix, mig_test_engine(), run_case);
    return g_test_run();
}

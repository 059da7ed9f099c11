/* SPDX-License-Identifier: MIT */
/* A file whose name doesn't say what it does. */
#include "lint/rule.h"

#include <string.h>

static bool
is_snake_case(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        if (!g_ascii_islower(*at) && !g_ascii_isdigit(*at) && *at != '_')
            return false;
    }
    return true;
}

static bool
says_nothing(const char *name)
{
    static const char *const words[] = {"update",  "updates",   "fix",   "fixes", "change",
                                        "changes", "migration", "new",   "misc",  "wip",
                                        "test",    "temp",      "tmp",   "stuff", "db",
                                        "sql",     "schema",    "alter", NULL};

    return g_strv_contains(words, name);
}

static void
check_begin(MigLintContext *ctx)
{
    const MigStep *step = ctx->step->step;
    const char *name = step->name;

    /* A file that is no migration by its name has version 0, and is called as it likes. */
    if (step->direction != MIG_DIRECTION_UP || name == NULL || *name == '\0' ||
        strcmp(step->version, "0") == 0)
        return;
    if (!is_snake_case(name))
        mig_lint_report_at(ctx, mig_lint_severity(ctx), (MigPlace){0},
                           "the name %s isn't words_in_snake_case", name);
    else if (says_nothing(name))
        mig_lint_report_at(ctx, mig_lint_severity(ctx), (MigPlace){0},
                           "the name %s doesn't say what is changed", name);
}

const MigRule mig_rule_migration_name = {
    .id = "migration-name",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SOURCE,
    .summary = "a file whose name doesn't say what it does",
    .danger =
        "Whoever reads the history, or a failed deploy's log, must open each file to know what it "
        "was about.",
    .steps = {"Name it for what it changes, before it is applied anywhere: "
              "20260301120000_add_phone_to_users.sql."},
    .check_begin = check_begin,
};

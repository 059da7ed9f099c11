/* SPDX-License-Identifier: MIT */
/* Prefixes that say nothing, or belong to the server. */
#include "lint/naming.h"
#include "lint/rule.h"

#include <string.h>

static void
look(MigLintContext *ctx, const MigLintNamed *named)
{
    const char *prefixes[] = {"pg_", "sqlite_", "mysql_", "tbl_", "fld_"};

    for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        if (g_ascii_strncasecmp(named->name, prefixes[i], strlen(prefixes[i])) == 0)
            mig_lint_report_named(ctx, named, "%s begins with %s", named->name, prefixes[i]);
    }
    if (g_ascii_isalpha(named->name[0]) && named->name[1] == '\0' &&
        strchr("xyzXYZ", named->name[0]) == NULL)
        mig_lint_report_named(ctx, named, "%s is a name of one letter", named->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_named(ctx, change, look);
}

const MigRule mig_rule_naming_prefix = {
    .id = "naming-prefix",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a name with a needless prefix, or of one letter",
    .danger = "Prefixes such as pg_ belong to the server and may clash with it; tbl_ says what "
              "everybody knows; one letter says nothing.",
    .steps = {"Name it for what it holds."},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* Names that need quotes, or differ by file system. */
#include "lint/naming.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintNamed *named)
{
    bool capital = false;
    bool strange = false;

    for (const char *at = named->name; *at != '\0'; at++) {
        capital |= g_ascii_isupper(*at);
        strange |= !g_ascii_isalnum(*at) && *at != '_' && *at != '$' && (*at & 0x80) == 0;
    }
    if (ctx->engine == MIG_ENGINE_POSTGRES ? !capital && !strange
                                           : !strange && (named->column || !capital))
        return;
    mig_lint_report_named(ctx, named,
                          ctx->engine == MIG_ENGINE_POSTGRES || strange
                              ? "%s has to be quoted wherever it is named"
                              : "%s is another table on systems that tell capitals apart",
                          named->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_named(ctx, change, look);
}

const MigRule mig_rule_naming_mixed_case = {
    .id = "naming-mixed-case",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a name that has to be quoted",
    .danger = "Everybody who names it has to quote it, in code and at the prompt; on MySQL its "
              "case counts on some systems and not on others.",
    .steps = {"Take lower-case letters, digits and _."},
    .weaker = {"naming-table-case", "naming-column-case"},
    .check = check,
};

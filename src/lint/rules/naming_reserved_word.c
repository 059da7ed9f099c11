/* SPDX-License-Identifier: MIT */
/* Names that are words of SQL. */
#include "lint/naming.h"
#include "lint/rule.h"
#include "sql/reserved.h"

#include <string.h>

/* PostgreSQL 18, "SQL Key Words": what is reserved, or reserved but for functions and types. Shortened by what
 * nobody would take for a name. */
static const char *const reserved[] = {
    "all",     "analyse",    "analyze",   "any",    "array",   "asc",     "authorization",
    "binary",  "both",       "case",      "check",  "column",  "cross",   "default",
    "desc",    "distinct",   "end",       "fetch",  "foreign", "freeze",  "from",
    "full",    "grant",      "group",     "inner",  "join",    "lateral", "left",
    "like",    "limit",      "natural",   "offset", "only",    "order",   "outer",
    "primary", "references", "returning", "right",  "select",  "some",    "symmetric",
    "table",   "then",       "to",        "true",   "false",   "union",   "unique",
    "user",    "using",      "verbose",   "when",   "where",   "window",  "with",
};

static bool
is_reserved(const MigLintContext *ctx, const char *word)
{
    if (ctx->engine != MIG_ENGINE_POSTGRES)
        return mig_word_is_reserved(word, strlen(word), ctx->engine, ctx->version);
    for (size_t i = 0; i < G_N_ELEMENTS(reserved); i++) {
        if (strcmp(word, reserved[i]) == 0)
            return true;
    }
    return false;
}

static void
look(MigLintContext *ctx, const MigLintNamed *named)
{
    if (is_reserved(ctx, named->name))
        mig_lint_report_named(ctx, named, "%s is a reserved word", named->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_named(ctx, change, look);
}

const MigRule mig_rule_naming_reserved_word = {
    .id = "naming-reserved-word",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a name that is a reserved word",
    .danger = "It has to be quoted wherever it is named, and the message where it isn't is of a "
              "syntax error.",
    .steps = {"Take another word, such as the plural."},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* Settings of the session that outlive the migration. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

/* Checks that are switched off have a rule of their own. */
static bool
is_told_elsewhere(const char *name)
{
    static const char *const names[] = {"foreign_key_checks",
                                        "unique_checks",
                                        "check_constraint_checks",
                                        "sql_log_bin",
                                        "session_replication_role",
                                        "ignore_check_constraints",
                                        "foreign_keys",
                                        NULL};

    return g_strv_contains(names, name);
}

/* PRAGMAs that ask or do something, and those that the database's file keeps. */
static bool
is_no_setting(const char *name)
{
    static const char *const names[] = {"table_info",       "table_xinfo",
                                        "table_list",       "index_list",
                                        "index_info",       "index_xinfo",
                                        "foreign_key_list", "foreign_key_check",
                                        "integrity_check",  "quick_check",
                                        "optimize",         "wal_checkpoint",
                                        "shrink_memory",    "incremental_vacuum",
                                        "user_version",     "application_id",
                                        "journal_mode",     "encoding",
                                        "page_size",        "auto_vacuum",
                                        "schema_version",   NULL};

    return g_strv_contains(names, name);
}

static bool
is_old_value(const char *value)
{
    return value == NULL || *value == '@' || g_ascii_strcasecmp(value, "default") == 0;
}

static bool
sets_session(const MigChange *change)
{
    static const char *const scopes[] = {"session", "role", "pragma", NULL};

    return change->kind == MIG_CHANGE_SET && !change->on && change->text != NULL &&
           g_strv_contains(scopes, change->text);
}

static bool
puts_back(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    (void)ctx;
    if (change->kind != MIG_CHANGE_SET)
        return false;
    for (size_t i = 0; i < change->n_options; i++) {
        const MigOption *option = &change->options[i];
        if (is_old_value(option->value) &&
            (strcmp(option->name, data) == 0 || strcmp(option->name, "all") == 0))
            return true;
    }
    return false;
}

typedef struct {
    const MigReviewedStatement *statement; /* the first that leaves something */
    MigSpan span;
    GPtrArray *names; /* (owned) const char *, borrowed */
} Left;

static void
look_at(MigLintContext *ctx, size_t index, const MigReviewedStatement *statement, Left *left)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];

        if (change->in_body || !sets_session(change))
            continue;
        for (size_t j = 0; j < change->n_options; j++) {
            const char *name = change->options[j].name;
            if (is_old_value(change->options[j].value) || is_told_elsewhere(name) ||
                (strcmp(change->text, "pragma") == 0 && is_no_setting(name)) ||
                mig_lint_between(ctx, index + 1, ctx->step->statements->len, puts_back, name) !=
                    NULL ||
                g_ptr_array_find_with_equal_func(left->names, name, g_str_equal, NULL))
                continue;
            if (left->statement == NULL) {
                left->statement = statement;
                left->span = change->span;
            }
            g_ptr_array_add(left->names, (gpointer)(uintptr_t)name);
        }
    }
}

static void
check_end(MigLintContext *ctx)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Left left = {.names = names};

    for (guint i = 0; i < ctx->step->statements->len; i++)
        look_at(ctx, i, g_ptr_array_index(ctx->step->statements, i), &left);
    if (left.statement == NULL)
        return;

    const MigPlace place = {.statement = left.statement, .span = left.span};
    MigFinding *finding = mig_lint_report_at(
        ctx, mig_lint_severity(ctx), place, "%s %s set for the rest of the session",
        mig_lint_list(ctx, (const char *const *)names->pdata, names->len),
        names->len == 1 ? "stays" : "stay");
    if (ctx->engine == MIG_ENGINE_POSTGRES)
        mig_lint_step(finding, "Write SET LOCAL, which ends with the transaction.");
}

const MigRule mig_rule_session_setting_left = {
    .id = "session-setting-left",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SOURCE,
    .summary = "a setting of the session outlives the migration",
    .danger =
        "Our runner puts it back; other runners, and people who execute the file by hand, go on "
        "with it in what comes next.",
    .steps = {"Put it back at the end of the file."},
    .manual = "PostgreSQL 16, \"SET\"; MySQL 8.4, \"SET Syntax for Variable Assignment\"",
    .check_end = check_end,
};

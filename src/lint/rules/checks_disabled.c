/* SPDX-License-Identifier: MIT */
/* Checks of the server that are switched off. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static bool
is_word(const char *value, const char *const *words)
{
    g_autofree char *lower = value != NULL ? g_ascii_strdown(value, -1) : NULL;

    return lower != NULL && g_strv_contains(words, lower);
}

static bool
is_lax(const char *mode)
{
    g_autofree char *upper = mode != NULL ? g_ascii_strup(mode, -1) : NULL;

    /* A variable, or DEFAULT, is what was there before. */
    return upper != NULL && *upper != '@' && strcmp(upper, "DEFAULT") != 0 &&
           strstr(upper, "STRICT_") == NULL && strstr(upper, "TRADITIONAL") == NULL &&
           strstr(upper, "@@") == NULL && strchr(upper, '(') == NULL;
}

/* Returns: whether the option is a check, and this value switches it off */
static bool
is_off(const MigOption *option)
{
    static const char *const off[] = {"0", "off", "false", "no", NULL};
    static const char *const on[] = {"1", "on", "true", "yes", NULL};
    static const char *const replica[] = {"replica", NULL};
    static const char *const switches[] = {"foreign_key_checks", "unique_checks",
                                           "check_constraint_checks", "sql_log_bin", NULL};

    if (g_strv_contains(switches, option->name))
        return is_word(option->value, off);
    if (strcmp(option->name, "session_replication_role") == 0)
        return is_word(option->value, replica);
    if (strcmp(option->name, "ignore_check_constraints") == 0)
        return is_word(option->value, on);
    return strcmp(option->name, "sql_mode") == 0 && is_lax(option->value);
}

static bool
turns_on_option(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    (void)ctx;
    for (size_t i = 0; change->kind == MIG_CHANGE_SET && i < change->n_options; i++) {
        const MigOption *option = &change->options[i];
        if ((strcmp(option->name, data) == 0 || strcmp(option->name, "all") == 0) &&
            !is_off(option))
            return true;
    }
    return false;
}

static bool
turns_on_triggers(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return change->kind == MIG_CHANGE_ENABLE_TRIGGER && change->on && change->name.name == NULL &&
           mig_lint_same_name(ctx, &change->table, data);
}

static void
report(MigLintContext *ctx, const MigReviewedStatement *statement, const MigChange *change,
       bool restored, const char *what)
{
    const MigPlace place = {.statement = statement,
                            .span = change->span,
                            .table = change->table.name != NULL ? &change->table : NULL,
                            .nested = change->nested};

    mig_lint_report_at(ctx, restored ? MIG_SEVERITY_WARNING : MIG_SEVERITY_ERROR, place, "%s%s",
                       what, restored ? "" : ", and this file doesn't take that back");
}

static void
look_at(MigLintContext *ctx, size_t index, const MigReviewedStatement *statement,
        const MigChange *change)
{
    size_t n = ctx->step->statements->len;

    if (change->kind == MIG_CHANGE_ENABLE_TRIGGER && !change->on && change->name.name == NULL &&
        change->object_type == MIG_TYPE_OF_TRIGGER) {
        bool all = g_strcmp0(change->text, "all") == 0;
        report(ctx, statement, change,
               mig_lint_between(ctx, index + 1, n, turns_on_triggers, &change->table) != NULL,
               mig_lint_format(ctx, "%s of %s is switched off",
                               all ? "every trigger, and every foreign key," : "every trigger",
                               mig_lint_name(ctx, &change->table)));
    }
    for (size_t i = 0; change->kind == MIG_CHANGE_SET && i < change->n_options; i++) {
        const MigOption *option = &change->options[i];
        bool restored = change->on ||
                        mig_lint_between(ctx, index + 1, n, turns_on_option, option->name) != NULL;
        if (is_off(option))
            report(ctx, statement, change, restored,
                   mig_lint_format(ctx, "%s is set to %s", option->name,
                                   *option->value != '\0' ? option->value : "nothing"));
    }
}

static void
check_end(MigLintContext *ctx)
{
    for (guint i = 0; i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);

        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            if (!statement->changes->changes[j].in_body)
                look_at(ctx, i, statement, &statement->changes->changes[j]);
        }
    }
}

const MigRule mig_rule_checks_disabled = {
    .id = "checks-disabled",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .summary = "checks of the server are switched off",
    .danger =
        "Rows that break the rules get in and stay for ever: nothing looks at them when the checks "
        "are on again.",
    .steps =
        {"Order the statements so that each row's parents are there before it.",
         "If it can't be done otherwise: switch the checks on again in the same file, and look for "
         "rows that break them in VERIFY."},
    .manual =
        "PostgreSQL 16, \"ALTER TABLE\", DISABLE TRIGGER; MySQL 8.4, \"Server System Variables\"; "
        "SQLite, \"PRAGMA ignore_check_constraints\"",
    .check_end = check_end,
};

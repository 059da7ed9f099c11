/* SPDX-License-Identifier: MIT */
/* Row security without a policy that lets anybody in. */
#include "lint/within.h"
#include "lint/rule.h"

#include <string.h>

static bool
is_dynamic(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    (void)ctx;
    (void)data;
    return change->kind == MIG_CHANGE_DYNAMIC;
}

static bool
has_policy(const MigTable *table, const char *command)
{
    for (guint i = 0; i < table->policies->len; i++) {
        const MigTablePolicy *policy = g_ptr_array_index(table->policies, i);

        if (strcmp(policy->command, command) == 0 || strcmp(policy->command, "all") == 0)
            return true;
    }
    return false;
}

/* (borrowed) the commands that no policy is for: "INSERT and DELETE"; NULL: none */
static const char *
missing_commands(MigLintContext *ctx, const MigTable *table)
{
    static const char *const commands[] = {"select", "insert", "update", "delete"};
    static const char *const words[] = {"SELECT", "INSERT", "UPDATE", "DELETE"};
    const char *missing[G_N_ELEMENTS(commands)] = {NULL};
    size_t n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (!has_policy(table, commands[i]))
            missing[n++] = words[i];
    }
    return n > 0 ? mig_lint_list(ctx, missing, n) : NULL;
}

static void
judge(MigLintContext *ctx, const MigReviewedStatement *statement, const MigChange *change)
{
    bool enables =
        change->kind == MIG_CHANGE_ROW_SECURITY && g_strcmp0(change->text, "enable") == 0;
    bool drops = change->kind == MIG_CHANGE_DROP_POLICY;
    const MigTable *table = enables || drops ? mig_lint_table(ctx, &change->table) : NULL;
    const MigPlace place = {.statement = statement,
                            .span = change->span,
                            .table = &change->table,
                            .nested = change->nested};

    /* Whoever asks a partition by its parent is held to the parent's policies. */
    if (table == NULL || table->assumed || !table->row_security || table->is_partition)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    const char *missing = missing_commands(ctx, table);
    if (table->policies->len == 0)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "row security of %s has no policy: everybody but its owner sees no rows",
                           name);
    else if (enables && missing != NULL)
        mig_lint_report_at(ctx, MIG_SEVERITY_INFO, place,
                           "row security of %s has no policy for %s, which only its owner can then",
                           name, missing);
}

/* A policy may come later in the file; so it is asked at its end. */
static void
check_end(MigLintContext *ctx)
{
    const GPtrArray *statements = ctx->step->statements;

    if (mig_lint_between(ctx, 0, statements->len, is_dynamic, NULL) != NULL)
        return;
    for (guint i = 0; i < statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(statements, i);

        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            if (!statement->changes->changes[j].in_body)
                judge(ctx, statement, &statement->changes->changes[j]);
        }
    }
}

const MigRule mig_rule_row_security_without_policy = {
    .id = "row-security-without-policy",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "ENABLE ROW LEVEL SECURITY without a policy",
    .danger = "The application reads no rows, without an error, and can write none.",
    .steps = {"CREATE POLICY for each command that the application uses, in the same migration."},
    .manual = "PostgreSQL 16, \"Row Security Policies\"",
    .check_end = check_end,
};

/* SPDX-License-Identifier: MIT */
/* A time-out that guards nothing, or the wrong thing. */
#include "lint/action.h"
#include "lint/timeout.h"
#include "lint/rule.h"

#include "base/duration.h"

#include <string.h>

enum { DEFAULT_MAX_LOCK_MS = 30000 };

static int64_t
longest_lock_ms(const MigLintContext *ctx)
{
    const char *text = mig_lint_text(ctx, "max-lock-timeout");
    int64_t ms = 0;

    return text != NULL && mig_duration_parse(text, &ms) ? ms : DEFAULT_MAX_LOCK_MS;
}

typedef struct {
    const MigReviewedStatement *statement;
    const MigChange *change;
    const MigOption *option;
    size_t index; /* of the statement in the step's */
} Setting;

/* Whether a statement in the range keeps others waiting. */
static bool
has_lock(const MigLintContext *ctx, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (mig_lint_keeps_waiting(ctx, mig_lint_statement(ctx, i)))
            return true;
    }
    return false;
}

static bool
is_set_before(const MigLintContext *ctx, const Setting *setting)
{
    for (size_t i = 0; i < setting->index; i++) {
        const MigChanges *changes = mig_lint_statement(ctx, i)->changes;
        for (size_t j = 0; j < changes->n_changes; j++) {
            if (mig_lint_set_option(&changes->changes[j], setting->option->name) != NULL)
                return true;
        }
    }
    return false;
}

static void
check_lock_setting(MigLintContext *ctx, const Setting *setting)
{
    const MigPlace place = {.statement = setting->statement, .span = setting->change->span};
    size_t n = ctx->step->statements->len;
    const char *name = setting->option->name;
    int64_t ms = mig_lint_time_ms(ctx, setting->option->value);
    bool later = has_lock(ctx, setting->index + 1, n);

    /* The head of a dump switches everything off, and then only makes tables. */
    if (later && ms == 0)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s is switched off: statements wait for their locks for ever", name);
    else if (later && ms > longest_lock_ms(ctx))
        mig_lint_report_at(
            ctx, mig_lint_severity(ctx), place,
            "%s of %s is long: so long others may wait behind a statement that waits", name,
            setting->option->value);
    else if (!later && ms > 0 && has_lock(ctx, 0, setting->index) && !is_set_before(ctx, setting))
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s comes behind the statements that it should guard", name);
}

static void
check_setting(MigLintContext *ctx, const Setting *setting)
{
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;

    if (postgres && setting->change->on && !setting->change->nested &&
        setting->statement->moment.transaction == 0) {
        const MigPlace place = {.statement = setting->statement, .span = setting->change->span};
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "SET LOCAL %s does nothing outside of a transaction",
                           setting->option->name);
        return;
    }
    if (strcmp(setting->option->name, mig_lint_lock_setting(ctx)) == 0)
        check_lock_setting(ctx, setting);
}

static void
check_end(MigLintContext *ctx)
{
    static const char *const names[] = {"lock_timeout", "lock_wait_timeout", "statement_timeout"};

    for (size_t i = 0; i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = mig_lint_statement(ctx, i);
        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            const MigChange *change = &statement->changes->changes[j];
            for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
                const Setting setting = {statement, change, mig_lint_set_option(change, names[k]),
                                         i};
                if (setting.option != NULL)
                    check_setting(ctx, &setting);
            }
        }
    }
}

/* What takes long on purpose isn't to be cut off. */
static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *set = mig_catalog_setting(ctx->catalog, "statement_timeout");
    const MigStatement *statement =
        mig_script_statement(ctx->step->step->script, ctx->statement->index);
    bool validates = change->kind == MIG_CHANGE_VALIDATE_CONSTRAINT;

    if (ctx->engine != MIG_ENGINE_POSTGRES ||
        (!validates && !(change->kind == MIG_CHANGE_CREATE_INDEX && change->concurrently)) ||
        mig_lint_made_here(ctx, &change->table))
        return;
    if (statement->statement_timeout_ms <= 0 && (set == NULL || mig_lint_time_ms(ctx, set) <= 0))
        return;
    MigFinding *finding =
        mig_lint_report(ctx, change, "statement_timeout may cut %s off, whose time grows with %s",
                        validates ? "VALIDATE CONSTRAINT" : "CREATE INDEX CONCURRENTLY",
                        mig_lint_name(ctx, &change->table));
    mig_lint_danger(finding, validates
                                 ? "All that was read so far was for nothing."
                                 : "An index that is cut off stays behind, invalid, and is kept "
                                   "up by every write.");
}

const MigRule mig_rule_timeout_unsuitable = {
    .id = "timeout-unsuitable",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A time-out that guards nothing, or the wrong statement",
    .danger =
        "A statement that waits for its lock keeps out everyone who comes after it, as long as it "
        "waits.",
    .steps = {"A lock time-out of a few seconds, before the statements that it is for, in their "
              "transaction.",
              "No statement_timeout for CREATE INDEX CONCURRENTLY and VALIDATE CONSTRAINT."},
    .manual = "PostgreSQL 16, \"Client Connection Defaults\", lock_timeout; \"SET\"",
    .check = check,
    .check_end = check_end,
};

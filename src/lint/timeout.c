/* SPDX-License-Identifier: MIT */
/* Time-outs that the migration sets, and statements that they are for. */
#include "lint/timeout.h"

#include "lint/action.h"

#include <string.h>

const char *
mig_lint_lock_setting(const MigLintContext *ctx)
{
    return ctx->engine == MIG_ENGINE_POSTGRES ? "lock_timeout" : "lock_wait_timeout";
}

int64_t
mig_lint_time_ms(const MigLintContext *ctx, const char *value)
{
    static const struct {
        const char *unit;
        double ms;
    } units[] = {{"us", 0.001},  {"ms", 1},      {"s", 1000},
                 {"min", 60000}, {"h", 3600000}, {"d", 86400000}};
    char *end = NULL;
    double number = g_ascii_strtod(value, &end);

    if (end == value || !(number >= 0 && number < 1e12))
        return -1;
    while (*end == ' ')
        end++;
    if (*end == '\0')
        return (int64_t)(ctx->engine == MIG_ENGINE_POSTGRES ? number : number * 1000);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_ascii_strcasecmp(end, units[i].unit) == 0)
            return (int64_t)(number * units[i].ms);
    }
    return -1;
}

bool
mig_lint_keeps_waiting(const MigLintContext *ctx, const MigReviewedStatement *statement)
{
    const MigImpact *impact = statement->impact;

    if (impact->waits_for_others)
        return false;
    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        if (!lock->index && (lock->blocks_reads || lock->blocks_writes) &&
            mig_lint_is_old_relation(ctx, lock))
            return true;
    }
    return false;
}

bool
mig_lint_has_lock_limit(const MigLintContext *ctx)
{
    const MigStatement *statement =
        mig_script_statement(ctx->step->step->script, ctx->statement->index);
    const char *set = mig_catalog_setting(ctx->catalog, mig_lint_lock_setting(ctx));

    /* Whoever switches it off in the file has thought of it, and hears from timeout-unsuitable. */
    if (set != NULL)
        return true;
    if (statement->lock_timeout_ms >= 0)
        return statement->lock_timeout_ms > 0;
    return ctx->options->lock_timeout_ms > 0;
}

const MigOption *
mig_lint_set_option(const MigChange *change, const char *name)
{
    if (change->kind != MIG_CHANGE_SET || change->in_body)
        return NULL;
    for (size_t i = 0; i < change->n_options; i++) {
        if (g_ascii_strcasecmp(change->options[i].name, name) == 0 &&
            change->options[i].value != NULL)
            return &change->options[i];
    }
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/* The file's own BEGIN, COMMIT and ROLLBACK that don't belong together. */
#include "lint/within.h"
#include "lint/rule.h"

#include <string.h>

/* What has been seen of the section so far. */
typedef struct {
    const MigReviewedStatement *begin; /* of the transaction that is open; %NULL: none is */
    bool committed;                    /* the author has ended one */
    bool told;                         /* that statements are outside of it */
} State;

static void
say(MigLintContext *ctx, MigSeverity severity, const MigReviewedStatement *statement,
    const char *message)
{
    const MigPlace place = {.statement = statement};

    mig_lint_report_at(ctx, severity, place, "%s", message);
}

static void
end(MigLintContext *ctx, const MigReviewedStatement *statement, State *state, const char *verb)
{
    bool commits = strcmp(verb, "commit") == 0;

    if (state->begin == NULL)
        say(ctx, MIG_SEVERITY_ERROR, statement,
            commits ? "COMMIT without a BEGIN before it" : "ROLLBACK without a BEGIN before it");
    else if (strcmp(verb, "prepare") == 0)
        say(ctx, MIG_SEVERITY_ERROR, statement,
            "PREPARE TRANSACTION leaves the migration uncommitted");
    else if (!commits)
        say(ctx, MIG_SEVERITY_ERROR, statement,
            "ROLLBACK undoes what the file did: nothing of it stays");
    state->begin = NULL;
    state->committed = true;
    state->told = false;
}

static void
take(MigLintContext *ctx, const MigReviewedStatement *statement, State *state, const char *verb)
{
    bool savepoint = strcmp(verb, "savepoint") == 0 || strcmp(verb, "release") == 0 ||
                     strcmp(verb, "rollback to") == 0;

    if (strcmp(verb, "begin") == 0) {
        if (state->begin != NULL)
            say(ctx, MIG_SEVERITY_WARNING, statement,
                "BEGIN inside a transaction that is open already");
        state->begin = statement;
    } else if (!savepoint) {
        end(ctx, statement, state, verb);
    } else if (state->begin == NULL && statement->moment.transaction == 0 &&
               ctx->engine == MIG_ENGINE_POSTGRES) {
        say(ctx, MIG_SEVERITY_ERROR, statement, "SAVEPOINT outside of a transaction");
    }
}

/* The verb of a statement that is about its transaction; %NULL: it isn't. */
static const char *
verb_of(const MigReviewedStatement *statement)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];
        if (change->kind == MIG_CHANGE_TRANSACTION && !change->in_body && !change->nested)
            return change->text;
    }
    return NULL;
}

static void
check_end(MigLintContext *ctx)
{
    State state = {NULL, false, false};

    for (guint i = 0; i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);
        const char *verb = verb_of(statement);

        if (verb != NULL) {
            take(ctx, statement, &state, verb);
        } else if (state.committed && state.begin == NULL && !state.told) {
            say(ctx, MIG_SEVERITY_WARNING, statement,
                "this stands behind the file's own COMMIT, and isn't undone with it");
            state.told = true;
        }
    }
    if (state.begin != NULL)
        say(ctx, MIG_SEVERITY_ERROR, state.begin, "this transaction is never committed");
}

const MigRule mig_rule_transaction_control = {
    .id = "transaction-control",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "BEGIN, COMMIT and ROLLBACK that don't belong together",
    .danger =
        "The migration is refused, or done only in part: what runs outside of the transaction "
        "stays when the rest is undone.",
    .steps = {"Leave BEGIN and COMMIT out: the runner begins a transaction for the file.",
              "Or write one BEGIN at the start of the section and one COMMIT at its end."},
    .manual = "PostgreSQL 18, \"BEGIN\"; MySQL 8.4, \"START TRANSACTION, COMMIT, and ROLLBACK\"; "
              "SQLite, \"Transaction\"",
    .check_end = check_end,
};

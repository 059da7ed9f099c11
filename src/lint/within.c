/* SPDX-License-Identifier: MIT */
/* A change among the others of its statement and of its migration. */
#include "lint/within.h"

#include "lint/private.h"
#include "schema/store.h"

/* DOWN's number is its UP's and this; see run.c. */
#define DOWN_NUMBER 1000000000u

MigLintTransaction
mig_lint_transaction(const MigLintContext *ctx)
{
    if (!mig_lint_in_transaction(ctx))
        return MIG_LINT_TRANSACTION_NONE;

    unsigned number = ctx->statement->moment.transaction;
    const MigMigration *migration = ctx->step->step->migration;
    const MigUnit *unit = mig_step_unit(ctx->step->step, number - 1);
    bool single = migration != NULL && migration->transaction_mode == MIG_TRANSACTION_MODE_SINGLE;
    return single || unit->kind == MIG_UNIT_AUTHOR ? MIG_LINT_TRANSACTION_AUTHORS
                                                   : MIG_LINT_TRANSACTION_OURS;
}

bool
mig_lint_undoes(const MigLintContext *ctx, MigMoment made)
{
    return ctx->down && made.migration > 0 &&
           made.migration + DOWN_NUMBER == ctx->private->migration;
}

bool
mig_lint_same_word(const MigLintContext *ctx, const char *a, const char *b)
{
    return a != NULL && b != NULL && mig_names_equal(ctx->engine, a, b);
}

bool
mig_lint_has_word(const MigLintContext *ctx, const char *const *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++) {
        if (mig_lint_same_word(ctx, words[i], word))
            return true;
    }
    return false;
}

bool
mig_lint_same_name(const MigLintContext *ctx, const MigName *a, const MigName *b)
{
    if (!mig_lint_same_word(ctx, a->name, b->name))
        return false;
    return a->schema == NULL || b->schema == NULL || mig_lint_same_word(ctx, a->schema, b->schema);
}

static const MigChange *
find_in(const MigLintContext *ctx, const MigChanges *changes, MigLintTest test, gconstpointer data)
{
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (!change->in_body && test(ctx, change, data))
            return change;
    }
    return NULL;
}

static const MigChange *
find(const MigLintContext *ctx, const MigReviewedStatement *statement, MigLintTest test,
     gconstpointer data)
{
    return find_in(ctx, statement->changes, test, data);
}

const MigChange *
mig_lint_in_statement(const MigLintContext *ctx, MigLintTest test, gconstpointer data)
{
    return ctx->statement != NULL ? find(ctx, ctx->statement, test, data) : NULL;
}

const MigChange *
mig_lint_before(const MigLintContext *ctx, MigLintTest test, gconstpointer data)
{
    for (guint i = ctx->step->statements->len; i-- > 0;) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);
        const MigChange *found =
            statement != ctx->statement ? find(ctx, statement, test, data) : NULL;
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
free_changes(gpointer changes)
{
    mig_changes_free(changes);
}

/* The review hasn't come to it: it is read for whoever asks, and kept for the next one. */
static const MigChanges *
read_ahead(const MigLintContext *ctx, size_t index)
{
    MigLintPrivate *private = ctx->private;
    const MigScript *script = ctx->step->step->script;
    const MigStatement *statement = mig_script_statement(script, index);

    if (private->ahead == NULL)
    private->ahead = g_hash_table_new_full(NULL, NULL, NULL, free_changes);

    MigChanges *changes = g_hash_table_lookup(private->ahead, statement);
    if (changes == NULL) {
        changes = mig_parse(script->text + statement->offset, statement->length, ctx->engine,
                            ctx->version);
        g_hash_table_insert(private->ahead, (gpointer)(uintptr_t)statement, changes);
    }
    return changes;
}

const MigChange *
mig_lint_after(const MigLintContext *ctx, MigLintTest test, gconstpointer data)
{
    const MigScript *script = ctx->step->step->script;

    for (size_t i = ctx->statement->index + 1; i < script->statements->len; i++) {
        const MigChange *found = find_in(ctx, read_ahead(ctx, i), test, data);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const MigChange *
mig_lint_between(const MigLintContext *ctx, size_t from, size_t to, MigLintTest test,
                 gconstpointer data)
{
    for (size_t i = from; i < to && i < ctx->step->statements->len; i++) {
        const MigChange *found = find(ctx, g_ptr_array_index(ctx->step->statements, i), test, data);
        if (found != NULL)
            return found;
    }
    return NULL;
}

typedef struct {
    const MigChange *self;
    const char *column;
} Wanted;

static bool
has_column(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const Wanted *wanted = data;
    const MigColumn *column = change->column;

    if (change == wanted->self || !mig_lint_same_name(ctx, &change->table, &wanted->self->table))
        return false;
    const char *made = column != NULL ? column->name : NULL;
    const char *old = change->name.name;

    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        return mig_lint_same_word(ctx, made, wanted->column);
    if (change->kind == MIG_CHANGE_MODIFY_COLUMN)
        return !mig_lint_same_word(ctx, old, made) &&
               (mig_lint_same_word(ctx, old, wanted->column) ||
                mig_lint_same_word(ctx, made, wanted->column));
    if (change->kind == MIG_CHANGE_RENAME_COLUMN)
        return mig_lint_same_word(ctx, old, wanted->column) ||
               mig_lint_same_word(ctx, change->to.name, wanted->column);
    return change->kind == MIG_CHANGE_DROP_COLUMN && mig_lint_same_word(ctx, old, wanted->column);
}

bool
mig_lint_statement_has_column(const MigLintContext *ctx, const MigChange *change,
                              const char *column)
{
    const Wanted wanted = {change, column};

    return mig_lint_in_statement(ctx, has_column, &wanted) != NULL;
}

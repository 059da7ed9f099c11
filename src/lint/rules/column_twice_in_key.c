/* SPDX-License-Identifier: MIT */
/* Keys that name a column twice. */
#include "lint/defined.h"
#include "lint/rule.h"
#include "lint/within.h"

static const char *
find_twice(const MigLintContext *ctx, const char *const *columns, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (mig_lint_has_word(ctx, columns, i, columns[i]))
            return columns[i];
    }
    return NULL;
}

/* The same column by other means is another key, as of trigrams. */
static const char *
find_part_twice(const MigLintContext *ctx, const MigIndex *index)
{
    for (size_t i = 1; i < index->n_parts; i++) {
        for (size_t j = 0; j < i; j++) {
            const MigKeyPart *a = &index->parts[i];
            const MigKeyPart *b = &index->parts[j];
            if (mig_lint_same_word(ctx, a->column, b->column) &&
                g_strcmp0(a->opclass, b->opclass) == 0 &&
                g_strcmp0(a->collation, b->collation) == 0)
                return a->column;
        }
    }
    return NULL;
}

static void
look(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraint)
{
    const char *twice = find_twice(ctx, constraint->columns, constraint->n_columns);

    if (twice != NULL && constraint->kind != MIG_CONSTRAINT_CHECK &&
        constraint->kind != MIG_CONSTRAINT_EXCLUDE)
        mig_lint_report_part(ctx, mig_lint_severity(ctx), change, constraint->span,
                             "a key of %s has %s twice", mig_lint_name(ctx, &change->table), twice);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *twice = change->kind == MIG_CHANGE_CREATE_INDEX && change->index != NULL
                            ? find_part_twice(ctx, change->index)
                            : NULL;

    if (twice != NULL)
        mig_lint_report(ctx, change, "an index of %s has %s twice",
                        mig_lint_name(ctx, &change->table), twice);
    mig_lint_each_constraint(ctx, change, look);
}

const MigRule mig_rule_column_twice_in_key = {
    .id = "column-twice-in-key",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DESIGN,
    .summary = "one column twice in a key or an index",
    .danger = "The server refuses it in a key, and in an index it only costs room.",
    .steps = {"Name the column once."},
    .check = check,
};

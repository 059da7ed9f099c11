/* SPDX-License-Identifier: MIT */
/* Whether two expressions say the same. */
#include "lint/compare.h"

#include <string.h>

#include "lint/within.h"

/* Deeper ones are taken to differ. */
#define DEEPEST 200

static bool
is_same_type(const MigLintContext *ctx, const MigType *a, const MigType *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->name == NULL || b->name == NULL)
        return a->name == b->name;
    if (a->n_modifiers != b->n_modifiers || a->dimensions != b->dimensions ||
        a->is_unsigned != b->is_unsigned || a->n_values != b->n_values)
        return false;
    for (unsigned i = 0; i < a->n_modifiers; i++) {
        if (a->modifiers[i] != b->modifiers[i])
            return false;
    }
    for (size_t i = 0; i < a->n_values; i++) {
        if (strcmp(a->values[i], b->values[i]) != 0)
            return false;
    }
    if (a->schema != NULL && b->schema != NULL && !mig_lint_same_word(ctx, a->schema, b->schema))
        return false;
    return g_ascii_strcasecmp(a->name, b->name) == 0;
}

static bool
is_same_name(const MigLintContext *ctx, const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : mig_lint_same_word(ctx, a, b);
}

static bool
compare(const MigLintContext *ctx, const MigExpr *a, const MigExpr *b, unsigned depth)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (depth > DEEPEST || a->kind != b->kind || a->n_args != b->n_args || a->query != NULL ||
        b->query != NULL || a->kind == MIG_EXPR_OTHER)
        return false;
    if (g_strcmp0(a->text, b->text) != 0 || !is_same_name(ctx, a->name, b->name) ||
        a->string != b->string || a->distinct != b->distinct)
        return false;
    if (a->kind == MIG_EXPR_CAST && !is_same_type(ctx, a->type, b->type))
        return false;
    for (size_t i = 0; i < a->n_args; i++) {
        if (!compare(ctx, a->args[i], b->args[i], depth + 1))
            return false;
    }
    return true;
}

bool
mig_lint_same_expr(const MigLintContext *ctx, const MigExpr *a, const MigExpr *b)
{
    return compare(ctx, a, b, 0);
}

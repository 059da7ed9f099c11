/* SPDX-License-Identifier: MIT */
/* Why PostgreSQL writes a table anew when a column is added to it. */
#include "lint/added.h"

#include "lint/action.h"
#include "locks/postgres_volatility.h"

#include <string.h>

static const MigUserType *
domain_of(const MigLintContext *ctx, const MigType *type)
{
    const MigUserType *user = NULL;

    if (type->name == NULL ||
        mig_catalog_type(ctx->catalog, type->schema, type->name, &user) != MIG_LOOKUP_FOUND ||
        user->kind != MIG_USER_TYPE_DOMAIN)
        return NULL;
    return user;
}

MigAddedCause
mig_lint_added_cause(const MigLintContext *ctx, const MigChange *change)
{
    const MigColumn *column = change->column;

    /* Whether it does so is a fact of src/locks; here it is only told from what. */
    if (!mig_lint_adds_column(ctx, change) || !mig_lint_action_rewrites(ctx, change))
        return MIG_ADDED_NOTHING;
    if (column->generated != MIG_GENERATED_NO)
        return MIG_ADDED_STORED;
    if (column->identity != MIG_IDENTITY_NO ||
        (column->type.name != NULL && g_str_has_suffix(column->type.name, "serial")))
        return MIG_ADDED_NUMBERS;
    const MigUserType *domain = domain_of(ctx, &column->type);
    const MigExpr *value = column->default_value;
    if (value == NULL && domain != NULL)
        value = domain->default_value;
    if (value != NULL && mig_postgres_volatility(value, ctx->catalog) == 'v')
        return MIG_ADDED_VOLATILE;
    return domain != NULL ? MIG_ADDED_DOMAIN : MIG_ADDED_DEFAULT;
}

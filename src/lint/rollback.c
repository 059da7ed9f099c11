/* SPDX-License-Identifier: MIT */
/* The way back: what the header says of it, and what was there before. */
#include "lint/rollback.h"

#include <string.h>

bool
mig_lint_is_irreversible(const MigLintContext *ctx)
{
    static const char word[] = "irreversible";
    const MigMigration *migration = ctx->step->step->migration;
    const char *rollback = migration != NULL ? mig_migration_header(migration, "Rollback") : NULL;

    return rollback != NULL && g_ascii_strncasecmp(rollback, word, strlen(word)) == 0;
}

const MigTable *
mig_lint_table_before(const MigLintContext *ctx, const MigName *name)
{
    const MigCatalog *before = mig_lint_before_up(ctx);
    const MigTable *table = NULL;

    if (before == NULL || name->name == NULL ||
        mig_catalog_table(before, name, &table) != MIG_LOOKUP_FOUND)
        return NULL;
    return table;
}

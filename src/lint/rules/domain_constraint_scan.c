/* SPDX-License-Identifier: MIT */
/* A domain's new constraint, for which every table that uses it is read. */
#include "lint/action.h"
#include "lint/rule.h"

#include <string.h>

typedef struct {
    MigLintContext *ctx;
    GPtrArray *names;
    const MigTable *first;
} Users;

static void
add_user(const MigTable *table, gpointer data)
{
    Users *users = data;

    if (table->temporary || mig_lint_is_new(users->ctx, table) ||
        (table->kind != MIG_RELATION_TABLE && table->kind != MIG_RELATION_PARTITIONED))
        return;
    if (users->first == NULL)
        users->first = table;
    g_ptr_array_add(users->names, (gpointer)(uintptr_t)mig_lint_table_name(users->ctx, table));
}

static bool
reads_rows(const MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_ALTER_DOMAIN || change->text == NULL)
        return false;
    if (strcmp(change->text, "add constraint") == 0)
        return change->constraint == NULL || !change->constraint->not_valid;
    if (strcmp(change->text, "validate constraint") == 0)
        return ctx->version != 0 && ctx->version < 190000;
    return strcmp(change->text, "set not null") == 0;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigUserType *type = NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Users users = {.ctx = ctx, .names = names};

    if (!reads_rows(ctx, change))
        return;
    MigLookup found = mig_catalog_type(ctx->catalog, change->name.schema, change->name.name, &type);
    if (found == MIG_LOOKUP_FOUND)
        mig_catalog_each_user_of_type(ctx->catalog, type, add_user, &users);
    if (names->len == 0 && (found != MIG_LOOKUP_UNKNOWN && mig_catalog_complete(ctx->catalog)))
        return;

    const char *domain = mig_lint_name(ctx, &change->name);
    mig_lint_report_on(ctx, mig_lint_severity(ctx), change, users.first,
                       "all rows of %s are read for the domain %s while writes wait",
                       names->len > 0
                           ? mig_lint_list(ctx, (const char *const *)names->pdata, names->len)
                           : "every table that uses it",
                       domain);
}

const MigRule mig_rule_domain_constraint_scan = {
    .id = "domain-constraint-scan",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A domain's constraint that is checked in every table",
    .danger =
        "ShareLock on every table that uses the domain while all of them are read: writes wait. Up "
        "to PostgreSQL 18 VALIDATE CONSTRAINT of a domain takes it, too.",
    .steps = {"Put the constraint on the tables instead: ADD CONSTRAINT ... CHECK (...) NOT VALID.",
              "VALIDATE CONSTRAINT in the next migration."},
    .manual = "PostgreSQL 16, \"ALTER DOMAIN\", Notes",
    .check = check,
};

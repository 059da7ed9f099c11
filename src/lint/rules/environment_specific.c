/* SPDX-License-Identifier: MIT */
/* What is there on one server, and not on the next. */
#include "lint/rule.h"

#include <string.h>

static bool
is_current_role(const char *role)
{
    static const char *const words[] = {"current_user", "session_user", "current_role", NULL};
    g_autofree char *lower = g_ascii_strdown(role, -1);

    return g_strv_contains(words, lower);
}

static bool
is_about_roles(const MigChange *change)
{
    return (change->kind == MIG_CHANGE_CREATE_OBJECT || change->kind == MIG_CHANGE_ALTER_OBJECT) &&
           change->object_type == MIG_TYPE_OF_ROLE;
}

static bool
is_about_databases(const MigChange *change)
{
    return change->kind == MIG_CHANGE_CREATE_OBJECT &&
           (change->object_type == MIG_TYPE_OF_DATABASE ||
            change->object_type == MIG_TYPE_OF_TABLESPACE);
}

/* Returns: what of it another server may not have, for people; NULL: nothing */
static const char *
describe(MigLintContext *ctx, const MigChange *change)
{
    bool mysql = (ctx->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;

    if (is_about_roles(change))
        return "users and roles differ from server to server";
    if (is_about_databases(change))
        return "databases and tablespaces differ from server to server";
    if (change->kind == MIG_CHANGE_SET_OWNER && change->text != NULL &&
        !is_current_role(change->text))
        return mig_lint_format(ctx, "role %s may not be there on another server", change->text);
    if (change->kind == MIG_CHANGE_SET_TABLESPACE && change->to.name != NULL)
        return mig_lint_format(ctx, "tablespace %s may not be there on another server",
                               change->to.name);
    if (change->kind == MIG_CHANGE_USE)
        return mig_lint_format(ctx, "the database may not be called %s everywhere",
                               mig_lint_name(ctx, &change->name));
    if (change->kind == MIG_CHANGE_COPY && change->text != NULL && *change->text == '/')
        return "the server's file may not be there on another one";
    if (mysql && change->table.schema != NULL && change->table.name != NULL)
        return mig_lint_format(ctx, "the database may not be called %s everywhere",
                               change->table.schema);
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *what = describe(ctx, change);

    if (what != NULL)
        mig_lint_report(ctx, change, "%s", what);
}

const MigRule mig_rule_environment_specific = {
    .id = "environment-specific",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SOURCE,
    .summary = "what is there on one server, and not on the next",
    .danger = "It works in production and fails in a test, or the other way round; or it changes "
              "another database than the one that was connected to.",
    .steps = {"Make users, databases and tablespaces where servers are set up, not in migrations.",
              "Leave database names out: the connection says which one is meant.",
              "On PostgreSQL, OWNER TO CURRENT_USER is right everywhere."},
    .check = check,
};

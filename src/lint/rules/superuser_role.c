/* SPDX-License-Identifier: MIT */
/* Roles that no check stops. */
#include "lint/rule.h"

/* PostgreSQL: what CREATE ROLE can say. */
static const struct {
    const char *option;
    const char *what;
} attributes[] = {
    {"superuser", "SUPERUSER"},
    {"bypassrls", "BYPASSRLS"},
    {"createrole", "CREATEROLE"},
    {"isreplication", "REPLICATION"},
};

static void
check_role(MigLintContext *ctx, const MigChange *change)
{
    for (size_t i = 0; i < change->n_options; i++) {
        const MigOption *option = &change->options[i];

        for (size_t j = 0; j < G_N_ELEMENTS(attributes); j++) {
            if (g_strcmp0(option->name, attributes[j].option) == 0 &&
                g_strcmp0(option->value, "true") == 0)
                mig_lint_report(ctx, change, "role %s gets %s", mig_lint_name(ctx, &change->name),
                                attributes[j].what);
        }
    }
}

/* MySQL: what is harmless though it holds for the whole server, as monitoring needs it. */
static bool
is_harmless(const char *privilege)
{
    static const char *const words[] = {
        "usage",         "process",         "replication client", "binlog monitor",
        "slave monitor", "replica monitor", "show databases",     NULL};

    return g_strv_contains(words, privilege);
}

static bool
is_harmless_grant(const MigGrant *grant)
{
    if (grant->all_privileges)
        return false;
    for (size_t i = 0; i < grant->n_privileges; i++) {
        if (!is_harmless(grant->privileges[i]))
            return false;
    }
    return true;
}

/* PostgreSQL: roles whose members can read and write files, or run programs, on the server. */
static bool
is_powerful(const char *role)
{
    static const char *const roles[] = {"pg_execute_server_program",
                                        "pg_read_server_files",
                                        "pg_write_server_files",
                                        "postgres",
                                        "rds_superuser",
                                        NULL};

    return g_strv_contains(roles, role);
}

static void
check_grant(MigLintContext *ctx, const MigChange *change)
{
    const MigGrant *grant = change->grant;
    const char *who = mig_lint_list(ctx, grant->roles, grant->n_roles);

    for (size_t i = 0; grant->grants_roles && i < grant->n_privileges; i++) {
        if (is_powerful(grant->privileges[i]))
            mig_lint_report(ctx, change, "%s becomes a member of %s", who, grant->privileges[i]);
    }
    if ((ctx->engine & MIG_ENGINE_MYSQL_FAMILY) == 0 || grant->n_objects == 0 ||
        g_strcmp0(grant->objects[0].schema, "*") != 0 || is_harmless_grant(grant))
        return;
    mig_lint_report(ctx, change, "%s gets privileges on all databases (*.*)", who);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool role =
        change->object_type == MIG_TYPE_OF_ROLE &&
        (change->kind == MIG_CHANGE_CREATE_OBJECT || change->kind == MIG_CHANGE_ALTER_OBJECT);

    if (role && ctx->engine == MIG_ENGINE_POSTGRES)
        check_role(ctx, change);
    else if (change->kind == MIG_CHANGE_GRANT && change->grant != NULL)
        check_grant(ctx, change);
    else if (change->kind == MIG_CHANGE_SET_OWNER && change->text != NULL &&
             mig_lint_listed(ctx, "application-roles", change->text))
        mig_lint_report(ctx, change, "the application's role %s becomes the owner, who can drop it",
                        change->text);
}

const MigRule mig_rule_superuser_role = {
    .id = "superuser-role",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A role that no check stops",
    .danger =
        "Whoever gets hold of it has the whole server: all databases, all rows, often its files.",
    .steps = {"Leave such roles to whoever runs the server: they are no part of a schema.",
              "Give the application's role privileges on its own tables only; let another role own "
              "them."},
    .manual = "PostgreSQL 16, \"Role Attributes\"; MySQL 8.0, \"Privileges Provided by MySQL\"",
    .weaker = {"grant-too-broad"},
    .check = check,
};

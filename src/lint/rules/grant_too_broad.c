/* SPDX-License-Identifier: MIT */
/* GRANT of more than anybody needs. */
#include "lint/rule.h"

#include <string.h>

static bool
has_role(const MigGrant *grant, const char *role)
{
    for (size_t i = 0; i < grant->n_roles; i++) {
        if (g_ascii_strcasecmp(grant->roles[i], role) == 0)
            return true;
    }
    return false;
}

/* A privilege as it was given, be it of some columns only. */
static bool
has_privilege(const MigGrant *grant, const char *wanted)
{
    for (size_t i = 0; i < grant->n_privileges; i++) {
        if (strcmp(grant->privileges[i], wanted) == 0)
            return true;
    }
    return false;
}

static bool
writes(const MigGrant *grant)
{
    return grant->all_privileges || has_privilege(grant, "insert") ||
           has_privilege(grant, "update") || has_privilege(grant, "delete") ||
           has_privilege(grant, "truncate");
}

/* What PostgreSQL gives to everybody by itself. */
static bool
is_public_anyway(const MigGrant *grant)
{
    return grant->object_type == MIG_TYPE_OF_FUNCTION ||
           grant->object_type == MIG_TYPE_OF_PROCEDURE || grant->object_type == MIG_TYPE_OF_TYPE ||
           grant->object_type == MIG_TYPE_OF_DOMAIN || grant->object_type == MIG_TYPE_OF_LANGUAGE;
}

/* MySQL: all databases at once are what superuser-role is about. */
static bool
is_global(const MigGrant *grant)
{
    return grant->n_objects > 0 && g_strcmp0(grant->objects[0].schema, "*") == 0;
}

/* (borrowed) what is too much; NULL: nothing is. */
static const char *
judge(const MigChange *change, const MigGrant *grant)
{
    if (has_role(grant, "public") && !is_public_anyway(grant))
        return "everybody who can connect gets it";
    if (grant->all_privileges && grant->object_type != MIG_TYPE_OF_SEQUENCE &&
        !is_public_anyway(grant))
        return "ALL has more than reading and writing rows";
    if (grant->all_in_schema && writes(grant))
        return "all tables of a schema can be written";
    if (grant->grant_option)
        return grant->grants_roles ? "who gets it can hand it on (WITH ADMIN OPTION)"
                                   : "who gets it can hand it on (WITH GRANT OPTION)";
    if (grant->object_type == MIG_TYPE_OF_SCHEMA && has_privilege(grant, "create"))
        return "who gets it can make tables and functions in the schema";
    return change->kind == MIG_CHANGE_DEFAULT_PRIVILEGES && has_privilege(grant, "truncate")
               ? "whatever is made later can be emptied"
               : NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool gives = change->kind == MIG_CHANGE_GRANT ||
                 (change->kind == MIG_CHANGE_DEFAULT_PRIVILEGES && change->on);

    if (!gives || change->grant == NULL || is_global(change->grant))
        return;

    const MigGrant *grant = change->grant;
    const char *what = judge(change, grant);
    if (what != NULL)
        mig_lint_report(ctx, change, "the grant to %s is broad: %s",
                        mig_lint_list(ctx, grant->roles, grant->n_roles), what);
}

const MigRule mig_rule_grant_too_broad = {
    .id = "grant-too-broad",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "GRANT of more than anybody needs",
    .danger = "Whoever gets hold of the role can do all of that, and so can an injected statement.",
    .steps = {"Name the privileges that the application uses, such as SELECT, INSERT, UPDATE.",
              "Give them to a role for the purpose, and that role to the users."},
    .check = check,
};

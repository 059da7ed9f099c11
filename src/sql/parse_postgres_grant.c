/* SPDX-License-Identifier: MIT */
/* PostgreSQL's privileges. */
#include <string.h>

#include "sql/parse_postgres.h"

/* SELECT (a, b): the columns are kept with the privilege. */
static const char *
privilege_text(PgReader *r, const PgQuery__AccessPriv *privilege, bool is_role)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (privilege->priv_name != NULL && *privilege->priv_name != '\0')
        g_string_append(text, privilege->priv_name);
    else
        g_string_append(text, "all");
    if (!is_role)
        g_string_ascii_down(text);
    for (size_t i = 0; i < privilege->n_cols; i++) {
        const char *column = mig_pg_string(privilege->cols[i]);

        g_string_append_printf(text, "%s%s", i == 0 ? " (" : ", ", column == NULL ? "" : column);
    }
    if (privilege->n_cols > 0)
        g_string_append_c(text, ')');
    return mig_arena_strndup(r->arena, text->str, text->len);
}

static const char **
read_privileges(PgReader *r, PgNode *const *list, size_t n, bool is_role, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    const char **privileges = mig_arena_new0(r->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        if (list[i]->node_case == PG_QUERY__NODE__NODE_ACCESS_PRIV)
            privileges[(*out_n)++] = privilege_text(r, list[i]->access_priv, is_role);
    }
    return privileges;
}

static void
read_objects(PgReader *r, const PgQuery__GrantStmt *stmt, MigGrant *grant)
{
    size_t from = mig_pg_find_here(r, 1, "on");

    if (stmt->n_objects == 0)
        return;
    if (from == PG_NO_TOKEN)
        from = 0;
    grant->objects = mig_arena_new0(r->arena, MigName, stmt->n_objects);
    for (size_t i = 0; i < stmt->n_objects; i++) {
        MigName name = mig_pg_node_name(r, stmt->objects[i], from + 1);

        if (name.name != NULL)
            grant->objects[grant->n_objects++] = name;
    }
}

static MigGrant *
read_grant(PgReader *r, const PgQuery__GrantStmt *stmt)
{
    MigGrant *grant = mig_arena_new0(r->arena, MigGrant, 1);

    grant->object_type = mig_pg_object_type(stmt->objtype);
    grant->all_in_schema = stmt->targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA;
    grant->privileges =
        read_privileges(r, stmt->privileges, stmt->n_privileges, false, &grant->n_privileges);
    grant->all_privileges = stmt->n_privileges == 0;
    grant->grant_option = stmt->grant_option;
    grant->roles = mig_pg_roles(r, stmt->grantees, stmt->n_grantees, &grant->n_roles);
    read_objects(r, stmt, grant);
    return grant;
}

void
mig_pg_grant(PgReader *r, const PgNode *node)
{
    const PgQuery__GrantStmt *stmt = node->grant_stmt;
    MigChange *change = mig_pg_add(r, stmt->is_grant ? MIG_CHANGE_GRANT : MIG_CHANGE_REVOKE);

    change->grant = read_grant(r, stmt);
    change->object_type = change->grant->object_type;
    change->cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
}

void
mig_pg_grant_role(PgReader *r, const PgNode *node)
{
    const PgQuery__GrantRoleStmt *stmt = node->grant_role_stmt;
    MigGrant *grant = mig_arena_new0(r->arena, MigGrant, 1);
    MigChange *change = mig_pg_add(r, stmt->is_grant ? MIG_CHANGE_GRANT : MIG_CHANGE_REVOKE);

    grant->object_type = MIG_TYPE_OF_ROLE;
    grant->grants_roles = true;
    grant->privileges =
        read_privileges(r, stmt->granted_roles, stmt->n_granted_roles, true, &grant->n_privileges);
    grant->roles = mig_pg_roles(r, stmt->grantee_roles, stmt->n_grantee_roles, &grant->n_roles);
#if PG_VERSION_NUM >= 160000
    grant->grant_option = mig_pg_option_is_on(stmt->opt, stmt->n_opt, "admin");
    if (mig_pg_find_option(stmt->opt, stmt->n_opt, "inherit") != NULL ||
        mig_pg_find_option(stmt->opt, stmt->n_opt, "set") != NULL)
        mig_pg_needs(r, 160000, "GRANT ... WITH INHERIT or SET", change->span);
#else
    grant->grant_option = stmt->admin_opt;
#endif
    change->object_type = MIG_TYPE_OF_ROLE;
    change->grant = grant;
    change->cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
}

void
mig_pg_default_privileges(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterDefaultPrivilegesStmt *stmt = node->alter_default_privileges_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_DEFAULT_PRIVILEGES);

    if (stmt->action == NULL)
        return;
    change->grant = read_grant(r, stmt->action);
    change->object_type = change->grant->object_type;
    change->on = stmt->action->is_grant;
    change->options = mig_pg_options(r, stmt->options, stmt->n_options, &change->n_options);
}

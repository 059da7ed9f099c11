/* SPDX-License-Identifier: MIT */
/* PostgreSQL's views, rules and policies. */
#include <string.h>

#include "sql/parse_postgres.h"

void
mig_pg_create_view(PgReader *r, const PgNode *node)
{
    const PgQuery__ViewStmt *stmt = node->view_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_VIEW);

    change->table = mig_pg_range_name(r, stmt->view);
    change->temporary = stmt->view != NULL && stmt->view->relpersistence != NULL &&
                        stmt->view->relpersistence[0] == 't';
    change->or_replace = stmt->replace;
    change->columns = mig_pg_names(r, stmt->aliases, stmt->n_aliases, &change->n_columns);
    change->options = mig_pg_options(r, stmt->options, stmt->n_options, &change->n_options);
    change->on = mig_pg_option_is_on(stmt->options, stmt->n_options, "security_invoker");
    change->query = mig_pg_query(r, stmt->query);
    if (change->on)
        mig_pg_needs(r, 150000, "security_invoker",
                     mig_pg_span_token(r, mig_pg_find(r, 2, "security_invoker")));
}

void
mig_pg_refresh(PgReader *r, const PgNode *node)
{
    const PgQuery__RefreshMatViewStmt *stmt = node->refresh_mat_view_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_REFRESH_MATERIALIZED_VIEW);

    change->table = mig_pg_range_name(r, stmt->relation);
    change->concurrently = stmt->concurrent;
    change->on = !stmt->skip_data;
}

/* What a rule does is done in its relation's statements, not by this one. */
void
mig_pg_create_rule(PgReader *r, const PgNode *node)
{
    const PgQuery__RuleStmt *stmt = node->rule_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_RULE);

    change->name = mig_pg_plain_name(r, stmt->rulename, 2);
    change->table = mig_pg_range_name(r, stmt->relation);
    change->or_replace = stmt->replace;
    change->on = stmt->instead;
    change->expr = mig_pg_expr(r, stmt->where_clause);
    switch ((int)stmt->event) {
    case PG_QUERY__CMD_TYPE__CMD_SELECT:
        change->text = "select";
        break;
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
        change->text = "insert";
        break;
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
        change->text = "update";
        break;
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
        change->text = "delete";
        break;
    default:
        break;
    }

    bool in_body = r->in_body;
    r->in_body = true;
    for (size_t i = 0; i < stmt->n_actions; i++) {
        if (stmt->actions[i]->node_case != PG_QUERY__NODE__NODE__NOT_SET)
            mig_pg_read_node(r, stmt->actions[i]);
    }
    r->in_body = in_body;
}

static void
read_policy(PgReader *r, MigChange *change, const PgNode *qual, const PgNode *with_check,
            PgNode *const *roles, size_t n_roles)
{
    change->expr = mig_pg_expr(r, qual);
    change->check = mig_pg_expr(r, with_check);
    change->values = mig_pg_roles(r, roles, n_roles, &change->n_values);
}

void
mig_pg_create_policy(PgReader *r, const PgNode *node)
{
    const PgQuery__CreatePolicyStmt *stmt = node->create_policy_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_POLICY);

    change->name = mig_pg_plain_name(r, stmt->policy_name, 2);
    change->table = mig_pg_range_name(r, stmt->table);
    change->text = mig_pg_dup(r, stmt->cmd_name);
    change->on = stmt->permissive;
    read_policy(r, change, stmt->qual, stmt->with_check, stmt->roles, stmt->n_roles);
}

void
mig_pg_alter_policy(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterPolicyStmt *stmt = node->alter_policy_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ALTER_POLICY);

    change->name = mig_pg_plain_name(r, stmt->policy_name, 2);
    change->table = mig_pg_range_name(r, stmt->table);
    read_policy(r, change, stmt->qual, stmt->with_check, stmt->roles, stmt->n_roles);
}

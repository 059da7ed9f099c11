/* SPDX-License-Identifier: MIT */
/* PostgreSQL's DROP of everything. */
#include <string.h>

#include "sql/parse_postgres.h"

static MigChangeKind
kind_of(PgQuery__ObjectType type)
{
    switch ((int)type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return MIG_CHANGE_DROP_TABLE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        return MIG_CHANGE_DROP_INDEX;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
        return MIG_CHANGE_DROP_VIEW;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        return MIG_CHANGE_DROP_MATERIALIZED_VIEW;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        return MIG_CHANGE_DROP_TRIGGER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return MIG_CHANGE_DROP_POLICY;
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return MIG_CHANGE_DROP_RULE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return MIG_CHANGE_DROP_ROUTINE;
    default:
        return MIG_CHANGE_DROP_OBJECT;
    }
}

/* DROP TRIGGER a ON b: the list has the table's name, and then the trigger's. */
static void
name_of_table_part(PgReader *r, MigChange *change, const PgNode *object, size_t from)
{
    const PgQuery__List *list =
        object->node_case == PG_QUERY__NODE__NODE_LIST ? object->list : NULL;

    if (list == NULL || list->n_items < 2)
        return;
    change->name = mig_pg_node_name(r, list->items[list->n_items - 1], from);

    size_t on = mig_pg_find(r, from, "on");
    change->table =
        mig_pg_list_name(r, list->items, list->n_items - 1, on == PG_NO_TOKEN ? from : on);
}

/* Casts, operators of an access method and the like have no name that is one. */
static void
name_object(PgReader *r, MigChange *change, const PgNode *object, size_t first, size_t end)
{
    const PgQuery__List *list =
        object->node_case == PG_QUERY__NODE__NODE_LIST ? object->list : NULL;

    if (list != NULL && change->object_type == MIG_TYPE_OF_CAST && list->n_items == 2 &&
        list->items[0]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME &&
        list->items[1]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
        change->name.name =
            mig_pg_cast_name(r, list->items[0]->type_name, list->items[1]->type_name);
        change->name.span = mig_pg_span_tokens(r, first, end);
        return;
    }
    if (list != NULL &&
        (change->object_type == MIG_TYPE_OF_CAST || change->object_type == MIG_TYPE_OF_OPERATOR)) {
        change->name.name = mig_pg_text(r, first, end);
        change->name.span = mig_pg_span_tokens(r, first, end);
        return;
    }
    change->name = mig_pg_node_name(r, object, first);
}

/* The argument types as written: (integer, text) */
static const char *
arguments_of(PgReader *r, size_t first, size_t end)
{
    size_t open = mig_pg_name_end(r, first);

    if (!mig_pg_token_is_mark(r, open, '('))
        return NULL;

    size_t close = MIN(mig_pg_close(r, open), end);
    if (close <= open + 2)
        return "";
    return mig_pg_text(r, open + 1, close - 1);
}

/* Where the list of names begins: behind DROP, the kind, CONCURRENTLY and IF EXISTS. */
static size_t
first_name(PgReader *r, const PgQuery__DropStmt *stmt)
{
    static const char *const words[] = {"materialized", "foreign", "event",
                                        "access",       "text",    "operator"};
    size_t at = 2;

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (mig_pg_token_is(r, 1, words[i]) &&
            stmt->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR)
            at = 3;
    }
    if (mig_pg_token_is(r, 1, "foreign") && mig_pg_token_is(r, 2, "data"))
        at = 4;
    if (stmt->concurrent && mig_pg_token_is(r, at, "concurrently"))
        at++;
    if (stmt->missing_ok && mig_pg_token_is(r, at, "if"))
        at += 2;
    return at;
}

static void
drop_one(PgReader *r, const PgQuery__DropStmt *stmt, const PgNode *object, size_t first, size_t end)
{
    MigChange *change = mig_pg_add(r, kind_of(stmt->remove_type));

    change->object_type = mig_pg_object_type(stmt->remove_type);
    change->if_exists = stmt->missing_ok;
    change->cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    change->restrict_said = mig_pg_ends_with(r, "restrict");
    change->concurrently = stmt->concurrent;
    if (stmt->n_objects > 1)
        change->span = mig_pg_span_tokens(r, first, end);

    switch ((int)change->kind) {
    case MIG_CHANGE_DROP_TRIGGER:
    case MIG_CHANGE_DROP_POLICY:
    case MIG_CHANGE_DROP_RULE:
        name_of_table_part(r, change, object, first);
        break;
    case MIG_CHANGE_DROP_TABLE:
    case MIG_CHANGE_DROP_VIEW:
    case MIG_CHANGE_DROP_MATERIALIZED_VIEW:
        change->table = mig_pg_node_name(r, object, first);
        break;
    case MIG_CHANGE_DROP_ROUTINE:
        change->name = mig_pg_node_name(r, object, first);
        change->text = arguments_of(r, first, end);
        break;
    default:
        name_object(r, change, object, first, end);
        break;
    }
}

void
mig_pg_drop(PgReader *r, const PgNode *node)
{
    const PgQuery__DropStmt *stmt = node->drop_stmt;
    size_t first = first_name(r, stmt);

    for (size_t i = 0; i < stmt->n_objects; i++) {
        size_t end = mig_pg_piece_end(r, first);
        size_t last = end;

        if (i + 1 == stmt->n_objects &&
            (mig_pg_ends_with(r, "cascade") || mig_pg_ends_with(r, "restrict")) && last > first + 1)
            last--;
        drop_one(r, stmt, stmt->objects[i], first, last);
        first = end + 1;
    }
}

static void
drop_named(PgReader *r, MigObjectType type, const char *name, bool missing_ok, size_t from)
{
    MigChange *change = mig_pg_add(r, MIG_CHANGE_DROP_OBJECT);

    change->object_type = type;
    change->name = mig_pg_plain_name(r, name, from);
    change->if_exists = missing_ok;
    change->cascade = mig_pg_ends_with(r, "cascade");
    change->restrict_said = mig_pg_ends_with(r, "restrict");
}

static void
drop_roles(PgReader *r, const PgQuery__DropRoleStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_roles; i++) {
        if (stmt->roles[i]->node_case == PG_QUERY__NODE__NODE_ROLE_SPEC)
            drop_named(r, MIG_TYPE_OF_ROLE, mig_pg_role(r, stmt->roles[i]->role_spec),
                       stmt->missing_ok, 2);
    }
}

/* Those that have statements of their own in the grammar. */
void
mig_pg_drop_other(PgReader *r, const PgNode *node)
{
    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
        drop_named(r, MIG_TYPE_OF_DATABASE, node->dropdb_stmt->dbname,
                   node->dropdb_stmt->missing_ok, 2);
        break;
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
        drop_named(r, MIG_TYPE_OF_TABLESPACE, node->drop_table_space_stmt->tablespacename,
                   node->drop_table_space_stmt->missing_ok, 2);
        break;
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
        drop_named(r, MIG_TYPE_OF_SUBSCRIPTION, node->drop_subscription_stmt->subname,
                   node->drop_subscription_stmt->missing_ok, 2);
        break;
    case PG_QUERY__NODE__NODE_DROP_USER_MAPPING_STMT:
        drop_named(r, MIG_TYPE_OF_SERVER, node->drop_user_mapping_stmt->servername,
                   node->drop_user_mapping_stmt->missing_ok, 3);
        break;
    case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
        drop_roles(r, node->drop_role_stmt);
        break;
    default:
        break;
    }
}

void
mig_pg_drop_owned(PgReader *r, const PgNode *node)
{
    const PgQuery__DropOwnedStmt *stmt = node->drop_owned_stmt;

    for (size_t i = 0; i < stmt->n_roles; i++) {
        if (stmt->roles[i]->node_case != PG_QUERY__NODE__NODE_ROLE_SPEC)
            continue;

        MigChange *change = mig_pg_add(r, MIG_CHANGE_OWNED);
        change->text = "drop";
        change->name = mig_pg_plain_name(r, mig_pg_role(r, stmt->roles[i]->role_spec), 3);
        change->cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    }
}

void
mig_pg_reassign_owned(PgReader *r, const PgNode *node)
{
    const PgQuery__ReassignOwnedStmt *stmt = node->reassign_owned_stmt;

    for (size_t i = 0; i < stmt->n_roles; i++) {
        if (stmt->roles[i]->node_case != PG_QUERY__NODE__NODE_ROLE_SPEC)
            continue;

        MigChange *change = mig_pg_add(r, MIG_CHANGE_OWNED);
        change->text = "reassign";
        change->name = mig_pg_plain_name(r, mig_pg_role(r, stmt->roles[i]->role_spec), 3);
        change->to = mig_pg_plain_name(r, mig_pg_role(r, stmt->newrole), 4);
    }
}

/* SPDX-License-Identifier: MIT */
/* PostgreSQL's roles, publications, subscriptions and foreign servers. */
#include <string.h>

#include "sql/parse_postgres.h"

static MigChange *
add_object(PgReader *r, MigChangeKind kind, MigObjectType type, const char *name, size_t from)
{
    MigChange *change = mig_pg_add(r, kind);

    change->object_type = type;
    change->name = mig_pg_plain_name(r, name, from);
    return change;
}

static void
add_options(PgReader *r, MigChange *change, PgNode *const *list, size_t n)
{
    change->options = mig_pg_options(r, list, n, &change->n_options);
}

void
mig_pg_create_role(PgReader *r, const PgNode *node)
{
    MigChange *change = NULL;

    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_ROLE_STMT) {
        const PgQuery__CreateRoleStmt *stmt = node->create_role_stmt;

        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_ROLE, stmt->role, 2);
        add_options(r, change, stmt->options, stmt->n_options);
        return;
    }

    const PgQuery__AlterRoleStmt *stmt = node->alter_role_stmt;
    change =
        add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_ROLE, mig_pg_role(r, stmt->role), 2);
    add_options(r, change, stmt->options, stmt->n_options);
}

/* The tables in `relations`, of which only the names count. */
static void
published_tables(PgReader *r, MigChange *change, PgNode *const *list, size_t n)
{
    if (n == 0)
        return;
    change->relations = mig_arena_new0(r->arena, MigRelation, n);
    for (size_t i = 0; i < n; i++) {
        if (list[i]->node_case != PG_QUERY__NODE__NODE_PUBLICATION_OBJ_SPEC)
            continue;

        const PgQuery__PublicationObjSpec *spec = list[i]->publication_obj_spec;
        if (spec->pubtable == NULL || spec->pubtable->relation == NULL)
            continue;

        MigRelation *relation = &change->relations[change->n_relations++];
        relation->name = mig_pg_range_name(r, spec->pubtable->relation);
        relation->join = i == 0 ? MIG_JOIN_FIRST : MIG_JOIN_COMMA;
    }
}

void
mig_pg_publication(PgReader *r, const PgNode *node)
{
    MigChange *change = NULL;

    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT) {
        const PgQuery__CreatePublicationStmt *stmt = node->create_publication_stmt;

        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_PUBLICATION, stmt->pubname, 2);
        add_options(r, change, stmt->options, stmt->n_options);
        published_tables(r, change, stmt->pubobjects, stmt->n_pubobjects);
        change->text = stmt->for_all_tables ? "all tables" : NULL;
    } else {
        const PgQuery__AlterPublicationStmt *stmt = node->alter_publication_stmt;

        change = add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_PUBLICATION, stmt->pubname, 2);
        add_options(r, change, stmt->options, stmt->n_options);
        published_tables(r, change, stmt->pubobjects, stmt->n_pubobjects);
        if (stmt->n_pubobjects > 0)
            change->text = mig_pg_find_here(r, 3, "add") == 3    ? "add"
                           : mig_pg_find_here(r, 3, "drop") == 3 ? "drop"
                                                                 : "set";
    }
    mig_pg_needs(r, 100000, "publications", change->span);
}

/* The connection's text is an option, in which a password may stand. */
static void
add_connection(PgReader *r, MigChange *change, PgNode *const *list, size_t n, const char *conninfo)
{
    MigOption *options = mig_arena_new0(r->arena, MigOption, n + 1);
    size_t n_options = 0;
    MigOption *rest = mig_pg_options(r, list, n, &n_options);

    if (n_options > 0)
        memcpy(options, rest, sizeof *options * n_options);
    if (conninfo != NULL && *conninfo != '\0') {
        options[n_options].name = "connection";
        options[n_options].value = mig_arena_strdup(r->arena, conninfo);
        options[n_options].span = r->whole;
        n_options++;
    }
    change->options = options;
    change->n_options = n_options;
}

void
mig_pg_subscription(PgReader *r, const PgNode *node)
{
    MigChange *change = NULL;

    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT) {
        const PgQuery__CreateSubscriptionStmt *stmt = node->create_subscription_stmt;

        change =
            add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_SUBSCRIPTION, stmt->subname, 2);
        add_connection(r, change, stmt->options, stmt->n_options, stmt->conninfo);
    } else {
        const PgQuery__AlterSubscriptionStmt *stmt = node->alter_subscription_stmt;

        change = add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_SUBSCRIPTION, stmt->subname, 2);
        add_connection(r, change, stmt->options, stmt->n_options, stmt->conninfo);
    }
    mig_pg_needs(r, 100000, "subscriptions", change->span);
}

void
mig_pg_foreign(PgReader *r, const PgNode *node)
{
    MigChange *change = NULL;

    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_SERVER,
                            node->create_fdw_stmt->fdwname, 4);
        add_options(r, change, node->create_fdw_stmt->options, node->create_fdw_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT:
        change = add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_SERVER,
                            node->alter_fdw_stmt->fdwname, 4);
        add_options(r, change, node->alter_fdw_stmt->options, node->alter_fdw_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT:
        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_SERVER,
                            node->create_foreign_server_stmt->servername, 2);
        change->if_not_exists = node->create_foreign_server_stmt->if_not_exists;
        add_options(r, change, node->create_foreign_server_stmt->options,
                    node->create_foreign_server_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT:
        change = add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_SERVER,
                            node->alter_foreign_server_stmt->servername, 2);
        add_options(r, change, node->alter_foreign_server_stmt->options,
                    node->alter_foreign_server_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT:
        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_SERVER,
                            node->create_user_mapping_stmt->servername, 3);
        change->if_not_exists = node->create_user_mapping_stmt->if_not_exists;
        change->text = "user mapping";
        add_options(r, change, node->create_user_mapping_stmt->options,
                    node->create_user_mapping_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT:
        change = add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_SERVER,
                            node->alter_user_mapping_stmt->servername, 3);
        change->text = "user mapping";
        add_options(r, change, node->alter_user_mapping_stmt->options,
                    node->alter_user_mapping_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_IMPORT_FOREIGN_SCHEMA_STMT:
        /* Which tables it makes is known to the other server only. */
        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_FOREIGN_TABLE,
                            node->import_foreign_schema_stmt->local_schema, 3);
        change->text = "import foreign schema";
        break;
    default:
        mig_pg_plain(r, node);
        break;
    }
}

/* SPDX-License-Identifier: MIT */
/* PostgreSQL's schemas, sequences, extensions, roles, and other objects that few rules look at. */
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

/* CREATE SCHEMA may have statements of its own in it, which are done. */
void
mig_pg_create_schema(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateSchemaStmt *stmt = node->create_schema_stmt;
    const char *role = mig_pg_role(r, stmt->authrole);
    bool named = stmt->schemaname != NULL && *stmt->schemaname != '\0';
    MigChange *change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_SCHEMA,
                                   named ? stmt->schemaname : role, 2);

    change->if_not_exists = stmt->if_not_exists;
    if (role != NULL) {
        MigOption *option = mig_arena_new0(r->arena, MigOption, 1);

        option->name = "authorization";
        option->value = role;
        option->span = r->whole;
        change->options = option;
        change->n_options = 1;
    }

    const char *schema = change->name.name;
    guint first = r->changes->len;
    for (size_t i = 0; i < stmt->n_schema_elts; i++)
        mig_pg_read_node(r, stmt->schema_elts[i]);
    for (guint i = first; i < r->changes->len; i++) {
        MigChange *inner = &g_array_index(r->changes, MigChange, i);

        if (inner->table.name != NULL && inner->table.schema == NULL)
            inner->table.schema = schema;
    }
}

/* OWNED BY table.column, or NONE. */
static void
read_owner(PgReader *r, MigChange *change, PgNode *const *options, size_t n)
{
    const PgQuery__DefElem *owned = mig_pg_find_option(options, n, "owned_by");

    if (owned == NULL || owned->arg == NULL || owned->arg->node_case != PG_QUERY__NODE__NODE_LIST ||
        owned->arg->list->n_items < 2)
        return;

    const PgQuery__List *list = owned->arg->list;
    change->table.name = mig_pg_last_name(r, list->items, list->n_items - 1);
    if (list->n_items > 2)
        change->table.schema = mig_pg_last_name(r, list->items, list->n_items - 2);
    change->to.name = mig_pg_last_name(r, list->items, list->n_items);
}

void
mig_pg_create_sequence(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateSeqStmt *stmt = node->create_seq_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_OBJECT);

    change->object_type = MIG_TYPE_OF_SEQUENCE;
    change->name = mig_pg_range_name(r, stmt->sequence);
    change->temporary = stmt->sequence != NULL && stmt->sequence->relpersistence != NULL &&
                        stmt->sequence->relpersistence[0] == 't';
    change->if_not_exists = stmt->if_not_exists;
    add_options(r, change, stmt->options, stmt->n_options);
    read_owner(r, change, stmt->options, stmt->n_options);
}

void
mig_pg_alter_sequence(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterSeqStmt *stmt = node->alter_seq_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);

    change->object_type = MIG_TYPE_OF_SEQUENCE;
    change->name = mig_pg_range_name(r, stmt->sequence);
    change->parent_if_exists = stmt->missing_ok;
    add_options(r, change, stmt->options, stmt->n_options);
    read_owner(r, change, stmt->options, stmt->n_options);
}

static void
create_database(PgReader *r, const PgQuery__CreatedbStmt *stmt)
{
    MigChange *change =
        add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_DATABASE, stmt->dbname, 2);

    add_options(r, change, stmt->options, stmt->n_options);
}

static void
create_cast(PgReader *r, const PgQuery__CreateCastStmt *stmt)
{
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_OBJECT);

    change->object_type = MIG_TYPE_OF_CAST;
    change->name.name = mig_pg_cast_name(r, stmt->sourcetype, stmt->targettype);
}

static void
create_operator_class(PgReader *r, PgNode *const *list, size_t n, size_t from)
{
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_OBJECT);

    change->object_type = MIG_TYPE_OF_OPERATOR;
    change->name = mig_pg_list_name(r, list, n, from);
}

void
mig_pg_create_object(PgReader *r, const PgNode *node)
{
    MigChange *change = NULL;

    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_EXTENSION,
                            node->create_extension_stmt->extname, 2);
        change->if_not_exists = node->create_extension_stmt->if_not_exists;
        add_options(r, change, node->create_extension_stmt->options,
                    node->create_extension_stmt->n_options);
        change->cascade = mig_pg_option_is_on(node->create_extension_stmt->options,
                                              node->create_extension_stmt->n_options, "cascade");
        break;
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
        create_database(r, node->createdb_stmt);
        break;
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
        add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_TABLESPACE,
                   node->create_table_space_stmt->tablespacename, 2);
        break;
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT:
        create_cast(r, node->create_cast_stmt);
        break;
    case PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT:
        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_CAST,
                            node->create_transform_stmt->lang, 2);
        change->or_replace = node->create_transform_stmt->replace;
        break;
    case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT:
        change = add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_LANGUAGE,
                            node->create_plang_stmt->plname, 2);
        change->or_replace = node->create_plang_stmt->replace;
        change->on = node->create_plang_stmt->pltrusted;
        break;
    case PG_QUERY__NODE__NODE_CREATE_AM_STMT:
        add_object(r, MIG_CHANGE_CREATE_OBJECT, MIG_TYPE_OF_OTHER, node->create_am_stmt->amname, 3);
        break;
    case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT:
        create_operator_class(r, node->create_op_class_stmt->opclassname,
                              node->create_op_class_stmt->n_opclassname, 3);
        break;
    case PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT:
        create_operator_class(r, node->create_op_family_stmt->opfamilyname,
                              node->create_op_family_stmt->n_opfamilyname, 3);
        break;
    case PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT:
        create_operator_class(r, node->create_conversion_stmt->conversion_name,
                              node->create_conversion_stmt->n_conversion_name, 2);
        g_array_index(r->changes, MigChange, r->changes->len - 1).object_type =
            MIG_TYPE_OF_COLLATION;
        break;
    default:
        mig_pg_plain(r, node);
        break;
    }
}

/* Aggregates, operators, types, text search, collations. */
void
mig_pg_define(PgReader *r, const PgNode *node)
{
    const PgQuery__DefineStmt *stmt = node->define_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_OBJECT);

    change->object_type = mig_pg_object_type(stmt->kind);
    change->if_not_exists = stmt->if_not_exists;
    change->or_replace = stmt->replace;
    change->name = mig_pg_list_name(r, stmt->defnames, stmt->n_defnames, 2);
    add_options(r, change, stmt->definition, stmt->n_definition);
}

void
mig_pg_create_statistics(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateStatsStmt *stmt = node->create_stats_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_OBJECT);

    change->object_type = MIG_TYPE_OF_STATISTICS;
    change->if_not_exists = stmt->if_not_exists;
    change->name = mig_pg_list_name(r, stmt->defnames, stmt->n_defnames, 2);
    if (stmt->n_relations > 0)
        change->table = mig_pg_node_name(r, stmt->relations[0], 0);
    if (stmt->n_exprs > 0)
        change->columns = mig_arena_new0(r->arena, const char *, stmt->n_exprs);
    for (size_t i = 0; i < stmt->n_exprs; i++) {
        if (stmt->exprs[i]->node_case == PG_QUERY__NODE__NODE_STATS_ELEM &&
            *stmt->exprs[i]->stats_elem->name != '\0')
            change->columns[change->n_columns++] =
                mig_arena_strdup(r->arena, stmt->exprs[i]->stats_elem->name);
    }
    mig_pg_needs(r, 100000, "CREATE STATISTICS", change->span);
}

/* What ALTER changes is in the options, as far as anybody asks. */
void
mig_pg_alter_object(PgReader *r, const PgNode *node)
{
    MigChange *change = NULL;

    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
        change = add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_EXTENSION,
                            node->alter_extension_stmt->extname, 2);
        add_options(r, change, node->alter_extension_stmt->options,
                    node->alter_extension_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT:
        add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_EXTENSION,
                   node->alter_extension_contents_stmt->extname, 2);
        break;
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
        change = add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_DATABASE,
                            node->alter_database_stmt->dbname, 2);
        add_options(r, change, node->alter_database_stmt->options,
                    node->alter_database_stmt->n_options);
        break;
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT:
        change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);
        change->object_type = MIG_TYPE_OF_STATISTICS;
        change->name = mig_pg_list_name(r, node->alter_stats_stmt->defnames,
                                        node->alter_stats_stmt->n_defnames, 2);
        break;
    case PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT:
        add_object(r, MIG_CHANGE_ALTER_OBJECT, MIG_TYPE_OF_EVENT_TRIGGER,
                   node->alter_event_trig_stmt->trigname, 3);
        break;
    case PG_QUERY__NODE__NODE_ALTER_COLLATION_STMT:
        change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);
        change->object_type = MIG_TYPE_OF_COLLATION;
        change->name = mig_pg_list_name(r, node->alter_collation_stmt->collname,
                                        node->alter_collation_stmt->n_collname, 2);
        break;
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_DEPENDS_STMT:
        change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);
        change->object_type = mig_pg_object_type(node->alter_object_depends_stmt->object_type);
        change->name = node->alter_object_depends_stmt->relation != NULL
                           ? mig_pg_range_name(r, node->alter_object_depends_stmt->relation)
                           : mig_pg_node_name(r, node->alter_object_depends_stmt->object, 2);
        break;
    default:
        mig_pg_plain(r, node);
        break;
    }
}

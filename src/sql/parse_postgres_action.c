/* SPDX-License-Identifier: MIT */
/* ALTER TABLE's actions on the table as a whole: storage, partitions, triggers, ownership. */
#include <string.h>

#include "sql/parse_postgres.h"

static void
table_options(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd)
{
    change->kind = change->object_type == MIG_TYPE_OF_INDEX ? MIG_CHANGE_INDEX_OPTIONS
                                                            : MIG_CHANGE_TABLE_OPTIONS;
    if (cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_LIST)
        change->options =
            mig_pg_options(r, cmd->def->list->items, cmd->def->list->n_items, &change->n_options);
}

static void
partition(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd)
{
    const PgQuery__PartitionCmd *command =
        cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD
            ? cmd->def->partition_cmd
            : NULL;

    if (command == NULL)
        return;
    change->to = mig_pg_range_name(r, command->name);
    change->concurrently = command->concurrent;
    if (command->bound != NULL) {
        MigBound *bound = mig_arena_new0(r->arena, MigBound, 1);

        mig_pg_read_bound(r, command->bound, bound);
        change->bound = bound;
    }
}

static void
attach(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd)
{
    bool is_index = change->object_type == MIG_TYPE_OF_INDEX;

    change->kind = is_index ? MIG_CHANGE_ATTACH_INDEX : MIG_CHANGE_ATTACH_PARTITION;
    partition(r, change, cmd);
    mig_pg_needs(r, is_index ? 110000 : 100000, "ATTACH PARTITION", change->span);
}

static void
detach(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, bool finalize)
{
    change->kind = MIG_CHANGE_DETACH_PARTITION;
    partition(r, change, cmd);
    change->text = finalize ? "finalize" : NULL;
    if (finalize)
        mig_pg_needs(r, 140000, "DETACH PARTITION ... FINALIZE", change->span);
    else if (change->concurrently)
        mig_pg_needs(r, 140000, "DETACH PARTITION ... CONCURRENTLY", change->span);
}

static void
name_target(PgReader *r, MigChange *change, MigChangeKind kind, const char *name, size_t first)
{
    change->kind = kind;
    change->to = mig_pg_plain_name(r, name, first);
}

static void
trigger(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first)
{
    static const struct {
        PgQuery__AlterTableType subtype;
        bool on;
        MigObjectType type;
        const char *text;
    } table[] = {
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig, true, MIG_TYPE_OF_TRIGGER, NULL},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig, true, MIG_TYPE_OF_TRIGGER, "always"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig, true, MIG_TYPE_OF_TRIGGER, "replica"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig, false, MIG_TYPE_OF_TRIGGER, NULL},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll, true, MIG_TYPE_OF_TRIGGER, "all"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll, false, MIG_TYPE_OF_TRIGGER, "all"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser, true, MIG_TYPE_OF_TRIGGER, "user"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser, false, MIG_TYPE_OF_TRIGGER, "user"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule, true, MIG_TYPE_OF_RULE, NULL},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule, true, MIG_TYPE_OF_RULE, "always"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule, true, MIG_TYPE_OF_RULE, "replica"},
        {PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule, false, MIG_TYPE_OF_RULE, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (table[i].subtype != cmd->subtype)
            continue;
        change->kind = MIG_CHANGE_ENABLE_TRIGGER;
        change->on = table[i].on;
        change->object_type = table[i].type;
        change->text = table[i].text;
        change->name = mig_pg_plain_name(r, cmd->name, first + 2);
    }
}

static void
replica_identity(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first)
{
    const char *type =
        cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_REPLICA_IDENTITY_STMT
            ? cmd->def->replica_identity_stmt->identity_type
            : "";

    change->kind = MIG_CHANGE_REPLICA_IDENTITY;
    switch (type[0]) {
    case 'f':
        change->text = "full";
        break;
    case 'n':
        change->text = "nothing";
        break;
    case 'i':
        change->text = "index";
        change->to = mig_pg_plain_name(r, cmd->def->replica_identity_stmt->name, first + 3);
        break;
    default:
        change->text = "default";
        break;
    }
}

static void
row_security(MigChange *change, const char *text)
{
    change->kind = MIG_CHANGE_ROW_SECURITY;
    change->text = text;
}

static bool
storage_action(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first)
{
    switch ((int)cmd->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
        table_options(r, change, cmd);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids:
        /* Up to 11 it rewrites the table, since then it does nothing. */
        change->kind = MIG_CHANGE_TABLE_OPTIONS;
        change->options = mig_arena_new0(r->arena, MigOption, 1);
        change->options[0] = (MigOption){.name = "oids", .span = change->span};
        change->n_options = 1;
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        change->kind = MIG_CHANGE_SET_PERSISTENCE;
        change->on = cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged;
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
        name_target(r, change, MIG_CHANGE_SET_TABLESPACE, cmd->name, first + 2);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        name_target(r, change, MIG_CHANGE_SET_ACCESS_METHOD, cmd->name, first + 3);
        mig_pg_needs(r, 150000, "SET ACCESS METHOD", change->span);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
        name_target(r, change, MIG_CHANGE_CLUSTER_ON, cmd->name, first + 2);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        change->kind = MIG_CHANGE_CLUSTER_ON;
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
        replica_identity(r, change, cmd, first);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
        change->kind = MIG_CHANGE_SET_OWNER;
        change->text = mig_pg_role(r, cmd->newowner);
        return true;
    default:
        return false;
    }
}

static bool
kinship_action(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first)
{
    switch ((int)cmd->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
        attach(r, change, cmd);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
        detach(r, change, cmd, false);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
        detach(r, change, cmd, true);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
        change->kind = MIG_CHANGE_INHERIT;
        change->on = cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit;
        change->to = mig_pg_node_name(r, cmd->def, first);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
        change->kind = MIG_CHANGE_OF_TYPE;
        change->on = cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf;
        change->to = mig_pg_node_name(r, cmd->def, first + 1);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
        row_security(change, "enable");
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
        row_security(change, "disable");
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
        row_security(change, "force");
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
        row_security(change, "no force");
        return true;
    default:
        return false;
    }
}

/* ALTER TYPE ... ADD ATTRIBUTE and the like come as a table's columns. */
static void
composite(PgReader *r, MigChange *change)
{
    static const struct {
        MigChangeKind kind;
        const char *text;
    } table[] = {
        {MIG_CHANGE_ADD_COLUMN, "add"},
        {MIG_CHANGE_DROP_COLUMN, "drop"},
        {MIG_CHANGE_ALTER_TYPE, "alter"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (table[i].kind != change->kind)
            continue;
        change->kind = MIG_CHANGE_ALTER_COMPOSITE;
        change->text = table[i].text;
        if (change->column == NULL) {
            MigColumn *column = mig_arena_new0(r->arena, MigColumn, 1);

            column->name = change->name.name;
            column->quoted = change->name.quoted;
            column->name_span = change->name.span;
            change->column = column;
        }
        change->name = change->table;
        change->table = (MigName){0};
        change->only = false;
        break;
    }
}

void
mig_pg_action(PgReader *r, const PgQuery__AlterTableStmt *alter, const PgQuery__AlterTableCmd *cmd,
              size_t first, size_t end)
{
    MigChange *change = mig_pg_add(r, MIG_CHANGE_UNKNOWN);

    change->span = mig_pg_span_tokens(r, first, end);
    change->object_type = mig_pg_object_type(alter->objtype);
    change->table = mig_pg_range_name(r, alter->relation);
    change->only = alter->relation != NULL && !alter->relation->inh;
    change->parent_if_exists = alter->missing_ok;
    change->cascade = cmd->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;

    if (!mig_pg_column_action(r, change, cmd, first, end) &&
        !storage_action(r, change, cmd, first) && !kinship_action(r, change, cmd, first))
        trigger(r, change, cmd, first);
    change->restrict_said =
        (change->kind == MIG_CHANGE_DROP_COLUMN || change->kind == MIG_CHANGE_DROP_CONSTRAINT) &&
        end > first && mig_pg_token_is(r, end - 1, "restrict");
    if (alter->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE)
        composite(r, change);
    if ((change->object_type == MIG_TYPE_OF_INDEX || change->object_type == MIG_TYPE_OF_SEQUENCE) &&
        change->kind != MIG_CHANGE_UNKNOWN) {
        change->name = change->table;
        change->table = (MigName){0};
    }
    if (change->kind == MIG_CHANGE_UNKNOWN)
        change->text = mig_pg_text(r, first, end);
}

/* SPDX-License-Identifier: MIT */
/* ALTER TABLE's actions on columns and constraints. */
#include <string.h>

#include "sql/parse_postgres.h"

static void
name_column(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first)
{
    change->name = mig_pg_plain_name(r, cmd->name, first + 1);
}

static void
alter_type(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd)
{
    MigColumn *column = mig_arena_new0(r->arena, MigColumn, 1);

    change->kind = MIG_CHANGE_ALTER_TYPE;
    if (cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
        const PgQuery__ColumnDef *def = cmd->def->column_def;

        column->type = mig_pg_type(r, def->type_name);
        if (def->coll_clause != NULL)
            column->type.collation =
                mig_pg_last_name(r, def->coll_clause->collname, def->coll_clause->n_collname);
        change->expr = mig_pg_expr(r, def->raw_default);
    }
    column->name = change->name.name;
    column->quoted = change->name.quoted;
    column->name_span = change->name.span;
    column->span = change->span;
    change->column = column;
}

static void
column_default(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first,
               size_t end)
{
    change->expr = mig_pg_expr(r, cmd->def);
    change->kind = cmd->def != NULL ? MIG_CHANGE_SET_DEFAULT : MIG_CHANGE_DROP_DEFAULT;
    /* SET EXPRESSION AS comes as SET DEFAULT. */
    if (mig_pg_is_newer(r) && mig_pg_find_within(r, first, end, "expression") != PG_NO_TOKEN) {
        change->kind = MIG_CHANGE_SET_EXPRESSION;
        mig_pg_needs(r, 170000, "SET EXPRESSION", change->span);
    }
}

static void
identity(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, bool add)
{
    MigColumn *column = mig_arena_new0(r->arena, MigColumn, 1);

    change->kind = add ? MIG_CHANGE_ADD_IDENTITY : MIG_CHANGE_SET_IDENTITY;
    column->name = change->name.name;
    if (cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
        const PgQuery__Constraint *node = cmd->def->constraint;

        column->identity = node->generated_when != NULL && node->generated_when[0] == 'd'
                               ? MIG_IDENTITY_BY_DEFAULT
                               : MIG_IDENTITY_ALWAYS;
        change->options = mig_pg_options(r, node->options, node->n_options, &change->n_options);
    } else if (cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_LIST) {
        const PgQuery__List *list = cmd->def->list;
        const PgQuery__DefElem *generated =
            mig_pg_find_option(list->items, list->n_items, "generated");

        if (generated != NULL && generated->arg != NULL &&
            generated->arg->node_case == PG_QUERY__NODE__NODE_INTEGER)
            column->identity = generated->arg->integer->ival == 'd' ? MIG_IDENTITY_BY_DEFAULT
                                                                    : MIG_IDENTITY_ALWAYS;
        change->options = mig_pg_options(r, list->items, list->n_items, &change->n_options);
        /* It comes as a letter's number, and is in the column. */
        if (change->n_options > 0 && strcmp(change->options[0].name, "generated") == 0) {
            change->options++;
            change->n_options--;
        }
    }
    change->column = column;
    mig_pg_needs(r, 100000, "identity columns", change->span);
}

/* One option with the value: SET STATISTICS 100, SET STORAGE external, SET COMPRESSION lz4. */
static void
column_setting(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, const char *what)
{
    MigOption *option = mig_arena_new0(r->arena, MigOption, 1);

    change->kind = MIG_CHANGE_COLUMN_OPTIONS;
    change->text = what;
    option->name = what;
    option->value = mig_pg_value(r, cmd->def);
    /* What stands for DEFAULT in older grammars. */
    if (mig_pg_is_newer(r) && option->value != NULL && strcmp(option->value, "extende") == 0)
        option->value = "default";
    if (strcmp(what, "storage") == 0 && option->value != NULL &&
        strcmp(option->value, "default") == 0)
        mig_pg_needs(r, 160000, "SET STORAGE DEFAULT", change->span);
    option->span = change->span;
    change->options = option;
    change->n_options = 1;
}

static void
column_options(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd)
{
    change->kind = MIG_CHANGE_COLUMN_OPTIONS;
    change->text = "options";
    if (cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_LIST)
        change->options =
            mig_pg_options(r, cmd->def->list->items, cmd->def->list->n_items, &change->n_options);
}

static void
add_column(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd)
{
    change->kind = MIG_CHANGE_ADD_COLUMN;
    change->if_not_exists = cmd->missing_ok;
    if (cmd->def == NULL || cmd->def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF)
        return;

    const MigColumn *column = mig_pg_column(r, cmd->def->column_def);
    change->column = column;
    change->name.name = column->name;
    change->name.quoted = column->quoted;
    change->name.span = column->name_span;
}

static void
alter_constraint(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first,
                 size_t end)
{
    MigConstraint *constraint = mig_arena_new0(r->arena, MigConstraint, 1);

    change->kind = MIG_CHANGE_ALTER_CONSTRAINT;
    constraint->kind = MIG_CONSTRAINT_ANY;
    constraint->span = change->span;
    if (cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
        const PgQuery__Constraint *node = cmd->def->constraint;

        constraint->name = mig_pg_plain_name(r, node->conname, first);
        constraint->deferrable = node->deferrable;
        constraint->initially_deferred = node->initdeferred;
    }
    if (mig_pg_is_newer(r)) {
        size_t enforced = mig_pg_find_within(r, first, end, "enforced");
        size_t inherit = mig_pg_find_within(r, first, end, "inherit");

        constraint->not_enforced =
            enforced != PG_NO_TOKEN && mig_pg_token_is(r, enforced - 1, "not");
        constraint->no_inherit = inherit != PG_NO_TOKEN && mig_pg_token_is(r, inherit - 1, "no");
        if (enforced != PG_NO_TOKEN || inherit != PG_NO_TOKEN)
            mig_pg_needs(r, 180000, "ALTER CONSTRAINT ... ENFORCED, INHERIT", change->span);
    }
    change->name = constraint->name;
    change->constraint = constraint;
}

static bool
constraint_action(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd, size_t first,
                  size_t end)
{
    switch ((int)cmd->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        change->kind = MIG_CHANGE_ADD_CONSTRAINT;
        if (cmd->def != NULL && cmd->def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
            change->constraint = mig_pg_table_constraint(r, cmd->def->constraint);
            change->name = change->constraint->name;
        }
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
        alter_constraint(r, change, cmd, first, end);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
        change->kind = MIG_CHANGE_VALIDATE_CONSTRAINT;
        change->name = mig_pg_plain_name(r, cmd->name, first + 2);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        change->kind = MIG_CHANGE_DROP_CONSTRAINT;
        change->constraint_kind = MIG_CONSTRAINT_ANY;
        change->if_exists = cmd->missing_ok;
        change->name = mig_pg_plain_name(r, cmd->name, first + 2);
        return true;
    default:
        return false;
    }
}

static bool
setting_action(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd)
{
    switch ((int)cmd->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        column_setting(r, change, cmd, "statistics");
        /* An index's column has a number only. */
        if (change->name.name == NULL && cmd->num > 0)
            change->name.name = mig_arena_printf(r->arena, "%d", cmd->num);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
        column_setting(r, change, cmd, "storage");
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
        column_setting(r, change, cmd, "compression");
        mig_pg_needs(r, 140000, "SET COMPRESSION", change->span);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
        column_options(r, change, cmd);
        return true;
    default:
        return false;
    }
}

bool
mig_pg_column_action(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd,
                     size_t first, size_t end)
{
    if (constraint_action(r, change, cmd, first, end))
        return true;
    name_column(r, change, cmd, first);
    if (setting_action(r, change, cmd))
        return true;

    switch ((int)cmd->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        add_column(r, change, cmd);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        change->kind = MIG_CHANGE_DROP_COLUMN;
        change->if_exists = cmd->missing_ok;
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        alter_type(r, change, cmd);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        column_default(r, change, cmd, first, end);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        change->kind = MIG_CHANGE_SET_NOT_NULL;
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        change->kind = MIG_CHANGE_DROP_NOT_NULL;
        return true;
#if PG_VERSION_NUM >= 170000
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetExpression:
        change->kind = MIG_CHANGE_SET_EXPRESSION;
        change->expr = mig_pg_expr(r, cmd->def);
        mig_pg_needs(r, 170000, "SET EXPRESSION", change->span);
        return true;
#endif
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        change->kind = MIG_CHANGE_DROP_EXPRESSION;
        change->if_exists = cmd->missing_ok;
        mig_pg_needs(r, 130000, "DROP EXPRESSION", change->span);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        identity(r, change, cmd, true);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
        identity(r, change, cmd, false);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        change->kind = MIG_CHANGE_DROP_IDENTITY;
        change->if_exists = cmd->missing_ok;
        return true;
    default:
        change->name = (MigName){0};
        return false;
    }
}

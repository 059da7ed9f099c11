/* SPDX-License-Identifier: MIT */
/* PostgreSQL's own types: enums, composites, domains, ranges. */
#include <string.h>

#include "sql/parse_postgres.h"

void
mig_pg_create_enum(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateEnumStmt *stmt = node->create_enum_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_ENUM);

    change->name = mig_pg_list_name(r, stmt->type_name, stmt->n_type_name, 2);
    change->object_type = MIG_TYPE_OF_TYPE;
    change->values = mig_pg_names(r, stmt->vals, stmt->n_vals, &change->n_values);
}

void
mig_pg_alter_enum(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterEnumStmt *stmt = node->alter_enum_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ADD_ENUM_VALUE);
    bool renames = stmt->old_val != NULL && *stmt->old_val != '\0';

    change->name = mig_pg_list_name(r, stmt->type_name, stmt->n_type_name, 2);
    change->object_type = MIG_TYPE_OF_TYPE;
    change->values = mig_arena_new0(r->arena, const char *, 2);
    if (renames) {
        change->kind = MIG_CHANGE_RENAME_ENUM_VALUE;
        change->values[0] = mig_arena_strdup(r->arena, stmt->old_val);
        change->values[1] = mig_arena_strdup(r->arena, stmt->new_val);
        change->n_values = 2;
        mig_pg_needs(r, 100000, "RENAME VALUE", change->span);
        return;
    }
    change->if_not_exists = stmt->skip_if_new_val_exists;
    change->values[0] = mig_arena_strdup(r->arena, stmt->new_val == NULL ? "" : stmt->new_val);
    change->n_values = 1;
    if (stmt->new_val_neighbor != NULL && *stmt->new_val_neighbor != '\0') {
        change->values[1] = mig_arena_strdup(r->arena, stmt->new_val_neighbor);
        change->n_values = 2;
        change->text = stmt->new_val_is_after ? "after" : "before";
    }
}

void
mig_pg_create_composite(PgReader *r, const PgNode *node)
{
    const PgQuery__CompositeTypeStmt *stmt = node->composite_type_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_COMPOSITE);
    MigCreateTable *create = mig_arena_new0(r->arena, MigCreateTable, 1);

    change->name = mig_pg_range_name(r, stmt->typevar);
    change->object_type = MIG_TYPE_OF_TYPE;
    if (stmt->n_coldeflist > 0)
        create->columns = mig_arena_new0(r->arena, MigColumn, stmt->n_coldeflist);
    for (size_t i = 0; i < stmt->n_coldeflist; i++) {
        if (stmt->coldeflist[i]->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
            mig_pg_read_column(r, stmt->coldeflist[i]->column_def,
                               &create->columns[create->n_columns++]);
    }
    change->create_table = create;
}

/* Returns: the list's DEFAULT and NOT NULL in @column, the rest in its constraints */
static void
read_domain_constraints(PgReader *r, const PgQuery__CreateDomainStmt *stmt, MigColumn *column)
{
    const PgQuery__ColumnDef def = {.constraints = stmt->constraints,
                                    .n_constraints = stmt->n_constraints,
                                    .colname = (char *)"value",
                                    .location = -1};

    mig_pg_read_column(r, &def, column);
}

void
mig_pg_create_domain(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateDomainStmt *stmt = node->create_domain_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_DOMAIN);
    MigColumn *column = mig_arena_new0(r->arena, MigColumn, 1);

    change->object_type = MIG_TYPE_OF_DOMAIN;
    change->name = mig_pg_list_name(r, stmt->domainname, stmt->n_domainname, 2);
    read_domain_constraints(r, stmt, column);
    column->name = change->name.name;
    column->span = change->span;
    column->type = mig_pg_type(r, stmt->type_name);
    if (stmt->coll_clause != NULL)
        column->type.collation =
            mig_pg_last_name(r, stmt->coll_clause->collname, stmt->coll_clause->n_collname);
    for (size_t i = 0; i < column->n_constraints; i++) {
        column->constraints[i].columns = NULL;
        column->constraints[i].n_columns = 0;
    }
    change->column = column;
}

void
mig_pg_create_range(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateRangeStmt *stmt = node->create_range_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_OBJECT);

    change->object_type = MIG_TYPE_OF_TYPE;
    change->text = "range";
    change->name = mig_pg_list_name(r, stmt->type_name, stmt->n_type_name, 2);
    change->options = mig_pg_options(r, stmt->params, stmt->n_params, &change->n_options);
}

void
mig_pg_alter_type(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterTypeStmt *stmt = node->alter_type_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);

    change->object_type = MIG_TYPE_OF_TYPE;
    change->name = mig_pg_list_name(r, stmt->type_name, stmt->n_type_name, 2);
    change->options = mig_pg_options(r, stmt->options, stmt->n_options, &change->n_options);
    mig_pg_needs(r, 130000, "ALTER TYPE ... SET (...)", change->span);
}

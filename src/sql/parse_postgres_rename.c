/* SPDX-License-Identifier: MIT */
/* PostgreSQL's RENAME, SET SCHEMA and OWNER TO, of everything that has them. */
#include <string.h>

#include "sql/parse_postgres.h"

/* The token behind the last TO or SCHEMA: new names stand at the end. */
static size_t
behind_last(PgReader *r, const char *word)
{
    size_t found = 0;

    for (size_t at = 0; (at = mig_pg_find_here(r, at, word)) != PG_NO_TOKEN; at++)
        found = at + 1;
    return found;
}

static bool
is_table(PgQuery__ObjectType type)
{
    return type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
           type == PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE ||
           type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW ||
           type == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
}

static void
rename_part(PgReader *r, MigChange *change, const PgQuery__RenameStmt *stmt, MigChangeKind kind)
{
    size_t from = 2;

    change->kind = kind;
    change->table = mig_pg_range_name(r, stmt->relation);
    if (stmt->relation != NULL && mig_pg_has_location(r, stmt->relation->location))
        from = mig_pg_name_end(r, mig_pg_token_at(r, (size_t)stmt->relation->location));
    change->name = mig_pg_plain_name(r, stmt->subname, from + 1);
    change->only = stmt->relation != NULL && !stmt->relation->inh;
    change->object_type = kind == MIG_CHANGE_RENAME_CONSTRAINT
                              ? MIG_TYPE_OF_TABLE
                              : mig_pg_object_type(stmt->relation_type);
}

static void
rename_object(PgReader *r, MigChange *change, const PgQuery__RenameStmt *stmt)
{
    change->kind = MIG_CHANGE_RENAME_OBJECT;
    change->object_type = mig_pg_object_type(stmt->rename_type);
    if (stmt->relation != NULL && stmt->subname != NULL && *stmt->subname != '\0') {
        /* A trigger, rule or policy. */
        change->table = mig_pg_range_name(r, stmt->relation);
        change->name = mig_pg_plain_name(r, stmt->subname, 2);
    } else if (stmt->relation != NULL) {
        change->name = mig_pg_range_name(r, stmt->relation);
    } else if (stmt->object != NULL) {
        change->name = mig_pg_node_name(r, stmt->object, 2);
    } else {
        change->name = mig_pg_plain_name(r, stmt->subname, 2);
    }
}

static void
rename_attribute(PgReader *r, MigChange *change, const PgQuery__RenameStmt *stmt)
{
    MigColumn *column = mig_arena_new0(r->arena, MigColumn, 1);

    change->kind = MIG_CHANGE_ALTER_COMPOSITE;
    change->object_type = MIG_TYPE_OF_TYPE;
    change->text = "rename";
    change->name = mig_pg_range_name(r, stmt->relation);
    column->name = mig_pg_dup(r, stmt->subname);
    change->column = column;
}

void
mig_pg_rename(PgReader *r, const PgNode *node)
{
    const PgQuery__RenameStmt *stmt = node->rename_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_RENAME_OBJECT);

    change->cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    change->parent_if_exists = stmt->missing_ok;
    switch ((int)stmt->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
        rename_part(r, change, stmt, MIG_CHANGE_RENAME_COLUMN);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        rename_part(r, change, stmt, MIG_CHANGE_RENAME_CONSTRAINT);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        change->kind = MIG_CHANGE_RENAME_INDEX;
        change->object_type = MIG_TYPE_OF_INDEX;
        change->name = mig_pg_range_name(r, stmt->relation);
        change->if_exists = stmt->missing_ok;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        rename_attribute(r, change, stmt);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT: {
        MigConstraint *constraint = mig_arena_new0(r->arena, MigConstraint, 1);

        change->kind = MIG_CHANGE_ALTER_DOMAIN;
        change->object_type = MIG_TYPE_OF_DOMAIN;
        change->text = "rename constraint";
        change->name = mig_pg_node_name(r, stmt->object, 2);
        constraint->kind = MIG_CONSTRAINT_ANY;
        constraint->name = mig_pg_plain_name(r, stmt->subname, 3);
        change->constraint = constraint;
        break;
    }
    default:
        if (is_table(stmt->rename_type)) {
            change->kind = MIG_CHANGE_RENAME_TABLE;
            change->object_type = mig_pg_object_type(stmt->rename_type);
            change->table = mig_pg_range_name(r, stmt->relation);
            change->if_exists = stmt->missing_ok;
        } else {
            rename_object(r, change, stmt);
        }
        break;
    }
    change->to = mig_pg_plain_name(r, stmt->newname, behind_last(r, "to"));
    if (change->kind == MIG_CHANGE_RENAME_TABLE)
        change->to.schema = change->table.schema;
}

void
mig_pg_set_schema(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterObjectSchemaStmt *stmt = node->alter_object_schema_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_SET_SCHEMA);

    change->object_type = mig_pg_object_type(stmt->object_type);
    change->parent_if_exists = stmt->missing_ok;
    if (is_table(stmt->object_type))
        change->table = mig_pg_range_name(r, stmt->relation);
    else if (stmt->relation != NULL)
        change->name = mig_pg_range_name(r, stmt->relation);
    else
        change->name = mig_pg_node_name(r, stmt->object, 2);
    change->to = mig_pg_plain_name(r, stmt->newschema, behind_last(r, "schema"));
}

void
mig_pg_set_owner(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterOwnerStmt *stmt = node->alter_owner_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_SET_OWNER);

    change->object_type = mig_pg_object_type(stmt->object_type);
    if (stmt->relation != NULL)
        change->name = mig_pg_range_name(r, stmt->relation);
    else
        change->name = mig_pg_node_name(r, stmt->object, 2);
    change->text = mig_pg_role(r, stmt->newowner);
}

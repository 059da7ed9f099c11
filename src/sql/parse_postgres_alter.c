/* SPDX-License-Identifier: MIT */
/* PostgreSQL's ALTER TABLE, and ALTER of what is altered in its way: one change for each action. */
#include <string.h>

#include "sql/parse_postgres.h"

/* The token at which the first action begins: behind the relation's name. */
static size_t
first_action(PgReader *r, const PgQuery__AlterTableStmt *alter)
{
    size_t at = 2;

    if (alter->relation != NULL && mig_pg_has_location(r, alter->relation->location))
        at = mig_pg_name_end(r, mig_pg_token_at(r, (size_t)alter->relation->location));
    /* ALTER TABLE ONLY (t), ALTER TABLE t * */
    while (mig_pg_token_is_mark(r, at, '*') || mig_pg_token_is_mark(r, at, ')'))
        at++;
    return at;
}

void
mig_pg_alter_table(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterTableStmt *alter = node->alter_table_stmt;
    size_t at = first_action(r, alter);

    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (alter->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
            continue;

        size_t end = mig_pg_piece_end(r, at);
        mig_pg_action(r, alter, alter->cmds[i]->alter_table_cmd, at, end);
        at = end + 1;
    }
}

/* ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b: which tables is not written. */
void
mig_pg_alter_all(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterTableMoveAllStmt *stmt = node->alter_table_move_all_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_SET_TABLESPACE);

    change->object_type = mig_pg_object_type(stmt->objtype);
    change->to.name = mig_pg_dup(r, stmt->new_tablespacename);
    change->name.name = mig_pg_dup(r, stmt->orig_tablespacename);
    change->text = "all in tablespace";
}

/* The letters are those of the grammar. */
static const char *
domain_action(const char *subtype)
{
    switch (subtype == NULL ? '\0' : subtype[0]) {
    case 'T':
        return "set default";
    case 'N':
        return "drop not null";
    case 'O':
        return "set not null";
    case 'C':
        return "add constraint";
    case 'X':
        return "drop constraint";
    case 'V':
        return "validate constraint";
    default:
        return NULL;
    }
}

void
mig_pg_alter_domain(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterDomainStmt *stmt = node->alter_domain_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ALTER_DOMAIN);

    change->object_type = MIG_TYPE_OF_DOMAIN;
    change->name = mig_pg_list_name(r, stmt->type_name, stmt->n_type_name, 2);
    change->text = domain_action(stmt->subtype);
    change->cascade = stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    change->restrict_said = mig_pg_ends_with(r, "restrict");
    change->if_exists = stmt->missing_ok;
    if (stmt->name != NULL && *stmt->name != '\0') {
        MigConstraint *constraint = mig_arena_new0(r->arena, MigConstraint, 1);

        constraint->kind = MIG_CONSTRAINT_ANY;
        constraint->name = mig_pg_plain_name(r, stmt->name, 3);
        change->constraint = constraint;
    }
    if (stmt->def != NULL && stmt->def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
        change->constraint = mig_pg_table_constraint(r, stmt->def->constraint);
    else if (stmt->def != NULL)
        change->expr = mig_pg_expr(r, stmt->def);
    else if (change->text != NULL && strcmp(change->text, "set default") == 0)
        change->text = "drop default";
}

/* SPDX-License-Identifier: MIT */
/* PostgreSQL's COMMENT ON and SECURITY LABEL. */
#include <string.h>

#include "sql/parse_postgres.h"

static bool
is_relation(PgQuery__ObjectType type)
{
    switch ((int)type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return true;
    default:
        return false;
    }
}

/* Those whose list of names ends with their own, the table's before it. */
static bool
is_part(PgQuery__ObjectType type)
{
    switch ((int)type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return true;
    default:
        return false;
    }
}

/* COLUMN a.b.c is written with its table before it, CONSTRAINT c ON a.b with its table behind. */
static void
name_part(PgReader *r, MigChange *change, const PgQuery__List *list, bool is_column)
{
    size_t n = list->n_items;

    if (n < 2)
        return;

    size_t last = n - 1;
    if (!is_column) {
        size_t on = mig_pg_find_here(r, 4, "on");

        change->name = mig_pg_node_name(r, list->items[last], 3);
        change->table = mig_pg_list_name(r, list->items, last, on == PG_NO_TOKEN ? 4 : on + 1);
        return;
    }

    /* One name of several parts in the text. */
    MigName all = mig_pg_list_name(r, list->items, n, 3);
    change->name.name = all.name;
    change->name.quoted = all.quoted;
    change->table.name = mig_pg_last_name(r, list->items, last);
    if (last > 1)
        change->table.schema = mig_pg_last_name(r, list->items, last - 1);
    if (all.span.length == 0 || r->fixed)
        return;

    size_t first = mig_pg_token_at(r, all.span.offset - r->base);
    size_t end = mig_pg_name_end(r, first);
    const MigToken *table = mig_pg_token(r, end - 3);
    change->name.span = mig_pg_span_token(r, end - 1);
    change->table.span = mig_pg_span_tokens(r, first, end - 2);
    change->table.quoted = table != NULL && table->kind == MIG_TOKEN_QUOTED;
}

static void
name_object(PgReader *r, MigChange *change, PgQuery__ObjectType type, const PgNode *object)
{
    change->object_type = mig_pg_object_type(type);
    if (object == NULL)
        return;
    if (is_relation(type))
        change->table = mig_pg_node_name(r, object, 3);
    else if (is_part(type) && object->node_case == PG_QUERY__NODE__NODE_LIST)
        name_part(r, change, object->list, type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN);
    else
        change->name = mig_pg_node_name(r, object, 3);
    /* The domain stands before its constraint in the tree. */
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT &&
        object->node_case == PG_QUERY__NODE__NODE_LIST && object->list->n_items > 1)
        change->to = mig_pg_node_name(r, object->list->items[0], 4);
}

void
mig_pg_comment(PgReader *r, const PgNode *node)
{
    const PgQuery__CommentStmt *stmt = node->comment_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_COMMENT);

    name_object(r, change, stmt->objtype, stmt->object);
    change->text = mig_pg_dup(r, stmt->comment);
}

void
mig_pg_security_label(PgReader *r, const PgNode *node)
{
    const PgQuery__SecLabelStmt *stmt = node->sec_label_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);
    MigOption *option = mig_arena_new0(r->arena, MigOption, 1);

    name_object(r, change, stmt->objtype, stmt->object);
    option->name = "security label";
    option->value = mig_pg_dup(r, stmt->label);
    option->span = r->whole;
    change->options = option;
    change->n_options = 1;
}

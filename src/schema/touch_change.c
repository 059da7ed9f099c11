/* SPDX-License-Identifier: MIT */
/* What each kind of change touches. */
#include "schema/session.h"
#include "schema/touching.h"

static void
read_type(MigTouch *touch, const MigType *type)
{
    const MigUserType *user = NULL;

    if (type->name != NULL &&
        mig_catalog_type(touch->catalog, type->schema, type->name, &user) == MIG_LOOKUP_FOUND)
        mig_touch_note(touch, "type", user->schema, user->name, MIG_TOUCH_READ);
}

static void
read_column(MigTouch *touch, const MigColumn *column)
{
    if (column == NULL)
        return;
    read_type(touch, &column->type);
    mig_touch_expr(touch, column->default_value);
    for (size_t i = 0; i < column->n_constraints; i++) {
        mig_touch_name(touch, &column->constraints[i].references,
                       MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
        mig_touch_expr(touch, column->constraints[i].expr);
    }
}

/* A foreign key's triggers stand on both tables. */
static void
touch_constraint(MigTouch *touch, const MigConstraint *constraint)
{
    if (constraint == NULL)
        return;
    mig_touch_name(touch, &constraint->references, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    mig_touch_expr(touch, constraint->expr);
}

static void
touch_create_table(MigTouch *touch, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    if (create == NULL)
        return;
    for (size_t i = 0; i < create->n_columns; i++)
        read_column(touch, &create->columns[i]);
    for (size_t i = 0; i < create->n_constraints; i++)
        touch_constraint(touch, &create->constraints[i]);
    for (size_t i = 0; i < create->n_likes; i++)
        mig_touch_name(touch, &create->likes[i].table, MIG_TOUCH_READ);
    for (size_t i = 0; i < create->n_inherits; i++)
        mig_touch_name(touch, &create->inherits[i], MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    mig_touch_name(touch, &create->partition_of, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    mig_touch_query(touch, create->query);
}

static void
touch_object(MigTouch *touch, const MigChange *change, const char *what)
{
    unsigned how = MIG_TOUCH_WRITE_SCHEMA;

    if (change->name.name != NULL)
        mig_touch_note(touch, what,
                       change->object_type == MIG_TYPE_OF_SCHEMA
                           ? NULL
                           : mig_session_schema(touch->catalog, change->name.schema, false),
                       change->name.name, how);
    if (change->to.name != NULL && change->kind == MIG_CHANGE_RENAME_OBJECT)
        mig_touch_note(touch, what, mig_session_schema(touch->catalog, change->to.schema, false),
                       change->to.name, how);
    mig_touch_name(touch, &change->table, MIG_TOUCH_WRITE_SCHEMA);
    for (size_t i = 0; i < change->n_relations; i++)
        mig_touch_name(touch, &change->relations[i].name, MIG_TOUCH_WRITE_SCHEMA);
    /* What goes with it isn't told. */
    if (change->cascade || change->object_type == MIG_TYPE_OF_EXTENSION ||
        (change->object_type == MIG_TYPE_OF_SCHEMA && change->kind != MIG_CHANGE_CREATE_OBJECT))
        touch->touches->all = true;
}

/* An index is named without its table. */
static void
touch_index(MigTouch *touch, const MigChange *change)
{
    const MigTable *table = NULL;

    mig_touch_name(touch, &change->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    if (change->index != NULL) {
        for (size_t i = 0; i < change->index->n_parts; i++)
            mig_touch_expr(touch, change->index->parts[i].expr);
        mig_touch_expr(touch, change->index->where);
    }
    if (change->kind == MIG_CHANGE_CREATE_INDEX || change->table.name != NULL)
        return;
    if (mig_catalog_index(touch->catalog, &change->name, NULL, &table, NULL) == MIG_LOOKUP_FOUND)
        mig_touch_note(touch, "table", table->schema, table->name, MIG_TOUCH_WRITE_SCHEMA);
    else if (change->name.name != NULL)
        touch->touches->all = touch->touches->all || !change->if_exists;
}

/* A key's action writes the children's rows; without one they are only looked at. */
static void
touch_child(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    MigTouch *touch = data;
    bool writes = key->on_delete > MIG_ACTION_RESTRICT || key->on_update > MIG_ACTION_RESTRICT;

    if (touch->depth >= MIG_TOUCH_DEEPEST) {
        touch->touches->all = true;
        return;
    }
    touch->depth++;
    mig_touch_relation(touch, child->schema, child->name,
                       MIG_TOUCH_READ | (writes ? MIG_TOUCH_WRITE_DATA : 0U));
    if (writes)
        mig_catalog_each_reference(touch->catalog, child, touch_child, touch);
    touch->depth--;
}

static void
touch_data(MigTouch *touch, const MigChange *change)
{
    unsigned how = MIG_TOUCH_WRITE_DATA;

    if (change->kind != MIG_CHANGE_INSERT)
        how |= MIG_TOUCH_READ;
    if (change->kind == MIG_CHANGE_COPY && !change->on)
        how = MIG_TOUCH_READ;
    mig_touch_name(touch, &change->table, how);
    for (size_t i = 0; i < change->n_relations; i++) {
        mig_touch_name(touch, &change->relations[i].name, MIG_TOUCH_READ);
        mig_touch_query(touch, change->relations[i].query);
    }
    for (size_t i = 0; i < change->n_items; i++)
        mig_touch_expr(touch, change->items[i].value);
    mig_touch_expr(touch, change->expr);
    mig_touch_query(touch, change->query);

    /* Foreign keys may delete and change rows of the children. */
    const MigTable *table =
        change->table.name == NULL
            ? NULL
            : mig_session_table(touch->catalog, change->table.schema, change->table.name);

    if (table == NULL || change->kind == MIG_CHANGE_INSERT || change->kind == MIG_CHANGE_COPY)
        return;

    mig_catalog_each_reference(touch->catalog, table, touch_child, touch);
}

/* A table that goes or changes its name takes along what stands on it. */
static void
touch_users(MigTouch *touch, const MigChange *change)
{
    const MigTable *table =
        change->table.name == NULL
            ? NULL
            : mig_session_table(touch->catalog, change->table.schema, change->table.name);

    if (table == NULL)
        return;

    g_autoptr(GPtrArray) users = mig_store_users(touch->catalog, table->schema, table->name);

    for (guint i = 0; i < users->len; i++) {
        const MigTable *user = users->pdata[i];

        mig_touch_note(touch, "table", user->schema, user->name, MIG_TOUCH_WRITE_SCHEMA);
    }
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = table->constraints->pdata[i];

        if (key->ref_table != NULL)
            mig_touch_note(touch, "table", key->ref_schema, key->ref_table, MIG_TOUCH_WRITE_SCHEMA);
    }
}

static void
touch_alter(MigTouch *touch, const MigChange *change)
{
    mig_touch_name(touch, &change->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
        touch_create_table(touch, change);
        return;
    case MIG_CHANGE_DROP_TABLE:
    case MIG_CHANGE_DROP_COLUMN:
    case MIG_CHANGE_RENAME_COLUMN:
    case MIG_CHANGE_MODIFY_COLUMN:
    case MIG_CHANGE_ALTER_TYPE:
    case MIG_CHANGE_DROP_CONSTRAINT:
    case MIG_CHANGE_DROP_VIEW:
    case MIG_CHANGE_DROP_MATERIALIZED_VIEW:
    case MIG_CHANGE_SET_SCHEMA:
    case MIG_CHANGE_RENAME_TABLE:
        touch_users(touch, change);
        break;
    default:
        break;
    }
    if (change->kind == MIG_CHANGE_RENAME_TABLE || change->kind == MIG_CHANGE_INHERIT ||
        change->kind == MIG_CHANGE_ATTACH_PARTITION ||
        change->kind == MIG_CHANGE_DETACH_PARTITION) {
        MigName to = change->to;

        if (to.schema == NULL && change->kind == MIG_CHANGE_RENAME_TABLE)
            to.schema = change->table.schema;
        mig_touch_name(touch, &to, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    }
    read_column(touch, change->column);
    touch_constraint(touch, change->constraint);
    mig_touch_expr(touch, change->expr);
    mig_touch_expr(touch, change->check);
    mig_touch_query(touch, change->query);
    for (size_t i = 0; i < change->n_partitions; i++)
        mig_touch_name(touch, &change->partitions[i].name, MIG_TOUCH_WRITE_SCHEMA);
}

static void
touch_program(MigTouch *touch, const MigChange *change)
{
    mig_touch_name(touch, &change->table, MIG_TOUCH_WRITE_SCHEMA);
    if (change->routine != NULL && change->routine->calls.name != NULL)
        mig_touch_note(touch, "routine",
                       mig_session_schema(touch->catalog, change->routine->calls.schema, false),
                       change->routine->calls.name, MIG_TOUCH_READ);
    mig_touch_expr(touch, change->expr);
    mig_touch_expr(touch, change->check);
    /* Where a trigger's name is all that is said, it may be on any table. */
    if (change->kind == MIG_CHANGE_DROP_TRIGGER && change->table.name == NULL)
        touch->touches->all = true;
}

static void
touch_grant(MigTouch *touch, const MigChange *change)
{
    for (size_t i = 0; change->grant != NULL && i < change->grant->n_objects; i++) {
        const MigName *name = &change->grant->objects[i];

        if (change->grant->object_type == MIG_TYPE_OF_TABLE && !change->grant->all_in_schema)
            mig_touch_name(touch, name, MIG_TOUCH_WRITE_SCHEMA);
        else
            touch->touches->all = touch->touches->all || change->grant->all_in_schema;
        if (name->name != NULL && change->grant->object_type != MIG_TYPE_OF_TABLE)
            mig_touch_note(touch, mig_object_type_name(change->grant->object_type), name->schema,
                           name->name, MIG_TOUCH_WRITE_SCHEMA);
    }
}

static void
touch_other(MigTouch *touch, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_SELECT:
        mig_touch_query(touch, change->query);
        return;
    case MIG_CHANGE_GRANT:
    case MIG_CHANGE_REVOKE:
        touch_grant(touch, change);
        return;
    case MIG_CHANGE_CREATE_ROUTINE:
    case MIG_CHANGE_DROP_ROUTINE:
        touch_object(touch, change, "routine");
        return;
    case MIG_CHANGE_CALL:
        mig_touch_expr(touch, change->expr);
        return;
    case MIG_CHANGE_REINDEX:
    case MIG_CHANGE_VACUUM:
    case MIG_CHANGE_ANALYZE:
    case MIG_CHANGE_CLUSTER:
    case MIG_CHANGE_MAINTAIN:
    case MIG_CHANGE_LOCK_TABLE:
        mig_touch_name(touch, &change->table, MIG_TOUCH_READ);
        return;
    case MIG_CHANGE_SET:
    case MIG_CHANGE_USE:
    case MIG_CHANGE_TRANSACTION:
    case MIG_CHANGE_DO: /* what is in it follows */
    case MIG_CHANGE_PSQL:
        return;
    case MIG_CHANGE_CREATE_OBJECT:
    case MIG_CHANGE_ALTER_OBJECT:
    case MIG_CHANGE_DROP_OBJECT:
    case MIG_CHANGE_RENAME_OBJECT:
    case MIG_CHANGE_COMMENT:
    case MIG_CHANGE_CREATE_EVENT:
        touch_object(touch, change, mig_object_type_name(change->object_type));
        return;
    default:
        touch->touches->all = true;
        return;
    }
}

void
mig_touch_change(MigTouch *touch, const MigChange *change)
{
    if (change->in_body)
        return;
    for (size_t i = 0; i < change->n_ctes; i++) {
        mig_touch_query(touch, change->ctes[i].query);
        if (change->ctes[i].change != NULL && touch->depth < MIG_TOUCH_DEEPEST) {
            touch->depth++;
            mig_touch_change(touch, change->ctes[i].change);
            touch->depth--;
        }
    }
    if (change->kind >= MIG_CHANGE_INSERT && change->kind <= MIG_CHANGE_COPY)
        touch_data(touch, change);
    else if (change->kind >= MIG_CHANGE_CREATE_INDEX && change->kind <= MIG_CHANGE_ATTACH_INDEX)
        touch_index(touch, change);
    else if (change->kind >= MIG_CHANGE_CREATE_TRIGGER && change->kind <= MIG_CHANGE_DROP_RULE)
        touch_program(touch, change);
    else if (change->kind >= MIG_CHANGE_CREATE_ENUM && change->kind <= MIG_CHANGE_ALTER_DOMAIN)
        touch_object(touch, change, "type");
    else if (change->kind >= MIG_CHANGE_CREATE_TABLE &&
             change->kind <= MIG_CHANGE_REFRESH_MATERIALIZED_VIEW)
        touch_alter(touch, change);
    else
        touch_other(touch, change);
}

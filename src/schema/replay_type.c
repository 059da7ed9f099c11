/* SPDX-License-Identifier: MIT */
/* Enums, domains and composite types. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/replay.h"
#include "schema/session.h"

static void
add_value(MigUserType *type, const char *value, guint at, MigMoment made)
{
    g_ptr_array_insert(type->values, (gint)at, mig_arena_strdup(type->arena, value));
    g_array_insert_val(type->values_made, at, made);
}

static bool
find_value(const MigUserType *type, const char *value, guint *out_at)
{
    return value != NULL &&
           g_ptr_array_find_with_equal_func(type->values, value, g_str_equal, out_at);
}

static void
add_domain_constraint(MigReplay *replay, MigUserType *type, const MigConstraint *said)
{
    MigArena *arena = type->arena;
    MigTableConstraint *check = mig_arena_new0(arena, MigTableConstraint, 1);

    if (said->kind == MIG_CONSTRAINT_NOT_NULL) {
        type->not_null = true;
        return;
    }
    check->kind = said->kind;
    check->name = mig_arena_strdup(arena, said->name.name);
    check->name_known = true;
    check->name_made = check->name == NULL;
    check->expr = mig_copy_expr(arena, said->expr);
    check->enforced = true;
    check->validated = !said->not_valid;
    check->made = mig_replay_made(replay);
    check->validated_at = check->made;
    if (check->name == NULL) {
        g_autofree char *name = NULL;

        for (unsigned pass = 0; name == NULL; pass++) {
            g_autofree char *label =
                pass == 0 ? g_strdup("check") : g_strdup_printf("check%u", pass);
            g_autofree char *made =
                mig_naming_postgres(replay->catalog, type->schema, type->name, NULL, label, true);
            bool taken = false;

            for (guint i = 0; i < type->constraints->len; i++) {
                const MigTableConstraint *other = type->constraints->pdata[i];

                taken = taken || strcmp(other->name, made) == 0;
            }
            if (!taken)
                name = g_steal_pointer(&made);
        }
        check->name = mig_arena_strdup(arena, name);
    }
    g_ptr_array_add(type->constraints, check);
}

static void
create_domain(MigReplay *replay, MigUserType *type, const MigChange *change)
{
    const MigColumn *said = change->column;

    type->kind = MIG_USER_TYPE_DOMAIN;
    if (said == NULL)
        return;
    type->base = mig_replay_type(replay, type->arena, &said->type);
    type->not_null = said->not_null;
    type->default_value = mig_copy_expr(type->arena, said->default_value);
    for (size_t i = 0; i < said->n_constraints; i++)
        add_domain_constraint(replay, type, &said->constraints[i]);
}

static MigTableColumn *
new_attribute(MigReplay *replay, MigUserType *type, const MigColumn *said)
{
    MigTableColumn *attribute = mig_arena_new0(type->arena, MigTableColumn, 1);

    attribute->name = mig_arena_strdup(type->arena, said->name);
    attribute->type = mig_replay_type(replay, type->arena, &said->type);
    attribute->not_null_known = true;
    attribute->local = true;
    attribute->made = mig_replay_made(replay);
    attribute->type_set = attribute->made;
    return attribute;
}

static void
create_composite(MigReplay *replay, MigUserType *type, const MigChange *change)
{
    type->kind = MIG_USER_TYPE_COMPOSITE;
    for (size_t i = 0; change->create_table != NULL && i < change->create_table->n_columns; i++)
        g_ptr_array_add(type->columns,
                        new_attribute(replay, type, &change->create_table->columns[i]));
}

static void
create(MigReplay *replay, const MigChange *change)
{
    if (change->name.name == NULL)
        return;

    const char *schema = mig_session_schema(replay->catalog, change->name.schema, false);

    if (mig_store_type(replay->catalog, schema, change->name.name) != NULL)
        return;

    MigUserType *type =
        mig_store_add_type(replay->catalog, schema, change->name.name, mig_replay_made(replay));

    if (change->kind == MIG_CHANGE_CREATE_DOMAIN) {
        create_domain(replay, type, change);
        return;
    }
    if (change->kind == MIG_CHANGE_CREATE_COMPOSITE) {
        create_composite(replay, type, change);
        return;
    }
    type->kind = MIG_USER_TYPE_ENUM;
    for (size_t i = 0; i < change->n_values; i++)
        add_value(type, change->values[i], type->values->len, type->made);
}

static void
change_enum(MigReplay *replay, MigUserType *type, const MigChange *change)
{
    guint at = type->values->len;

    if (change->n_values == 0)
        return;

    bool there = find_value(type, change->values[0], &at);

    if (change->kind == MIG_CHANGE_RENAME_ENUM_VALUE) {
        if (there && change->n_values > 1)
            type->values->pdata[at] = mig_arena_strdup(type->arena, change->values[1]);
        return;
    }
    if (change->kind != MIG_CHANGE_ADD_ENUM_VALUE || there)
        return;
    at = type->values->len;
    if (change->n_values > 1 && find_value(type, change->values[1], &at) &&
        g_strcmp0(change->text, "after") == 0)
        at++;
    add_value(type, change->values[0], at, mig_replay_made(replay));
}

static MigTableColumn *
find_attribute(const MigUserType *type, const char *name)
{
    for (guint i = 0; i < type->columns->len; i++) {
        MigTableColumn *attribute = type->columns->pdata[i];

        if (g_strcmp0(attribute->name, name) == 0)
            return attribute;
    }
    return NULL;
}

static void
alter_composite(MigReplay *replay, MigUserType *type, const MigChange *change)
{
    const char *name = change->column != NULL ? change->column->name : change->to.name;
    MigTableColumn *attribute = find_attribute(type, name);

    if (change->text == NULL)
        return;
    if (strcmp(change->text, "add") == 0 && attribute == NULL && change->column != NULL) {
        g_ptr_array_add(type->columns, new_attribute(replay, type, change->column));
    } else if (strcmp(change->text, "drop") == 0 && attribute != NULL) {
        g_ptr_array_remove(type->columns, attribute);
    } else if (strcmp(change->text, "alter") == 0 && attribute != NULL && change->column != NULL) {
        attribute->type = mig_replay_type(replay, type->arena, &change->column->type);
        attribute->type_set = mig_replay_made(replay);
    } else if (strcmp(change->text, "rename") == 0 && attribute != NULL &&
               change->to.name != NULL) {
        attribute->name = mig_arena_strdup(type->arena, change->to.name);
    }
}

static MigTableConstraint *
find_constraint(const MigUserType *type, const MigChange *change)
{
    const char *name = change->constraint != NULL && change->constraint->name.name != NULL
                           ? change->constraint->name.name
                           : change->to.name;

    for (guint i = 0; i < type->constraints->len; i++) {
        MigTableConstraint *constraint = type->constraints->pdata[i];

        if (g_strcmp0(constraint->name, name) == 0)
            return constraint;
    }
    return NULL;
}

static void
alter_domain(MigReplay *replay, MigUserType *type, const MigChange *change)
{
    const char *what = change->text != NULL ? change->text : "";
    MigTableConstraint *constraint = find_constraint(type, change);

    if (strcmp(what, "set default") == 0)
        type->default_value = mig_copy_expr(type->arena, change->expr);
    else if (strcmp(what, "drop default") == 0)
        type->default_value = NULL;
    else if (strcmp(what, "set not null") == 0)
        type->not_null = true;
    else if (strcmp(what, "drop not null") == 0)
        type->not_null = false;
    else if (strcmp(what, "add constraint") == 0 && change->constraint != NULL)
        add_domain_constraint(replay, type, change->constraint);
    else if (strcmp(what, "drop constraint") == 0 && constraint != NULL)
        g_ptr_array_remove(type->constraints, constraint);
    else if (strcmp(what, "validate constraint") == 0 && constraint != NULL)
        constraint->validated = true;
}

/* Columns of a type that goes are dropped with it: CASCADE. */
void
mig_replay_drop_type(MigReplay *replay, MigUserType *type)
{
    g_autoptr(GPtrArray) tables = mig_store_tables(replay->catalog);

    for (guint i = 0; i < tables->len; i++) {
        MigTable *table = tables->pdata[i];

        for (guint c = table->columns->len; c-- > 0;) {
            MigTableColumn *column = c < table->columns->len ? table->columns->pdata[c] : NULL;

            if (column != NULL && g_strcmp0(column->type.name, type->name) == 0 &&
                g_strcmp0(column->type.schema, type->schema) == 0 &&
                table->kind != MIG_RELATION_VIEW && table->kind != MIG_RELATION_MATERIALIZED_VIEW)
                mig_replay_remove_column(replay, table, column);
        }
    }
    mig_store_remove_type(replay->catalog, type);
}

void
mig_replay_type_change(MigReplay *replay, const MigChange *change)
{
    if (change->kind == MIG_CHANGE_CREATE_ENUM || change->kind == MIG_CHANGE_CREATE_COMPOSITE ||
        change->kind == MIG_CHANGE_CREATE_DOMAIN) {
        create(replay, change);
        return;
    }

    MigUserType *type =
        change->name.name == NULL
            ? NULL
            : mig_session_type(replay->catalog, change->name.schema, change->name.name);

    if (type == NULL)
        return;
    switch ((int)change->kind) {
    case MIG_CHANGE_ALTER_COMPOSITE:
        alter_composite(replay, type, change);
        return;
    case MIG_CHANGE_ALTER_DOMAIN:
        alter_domain(replay, type, change);
        return;
    default:
        change_enum(replay, type, change);
        return;
    }
}

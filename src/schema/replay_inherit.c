/* SPDX-License-Identifier: MIT */
/* What a table has from others: LIKE, INHERITS, and being a partition. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/replay.h"

/* What LIKE leaves out unless it is INCLUDING it. MySQL's takes all, and says so. */
static void
like_column(MigReplay *replay, MigTable *table, const MigTableColumn *from,
            const MigCreateTable *create, size_t i)
{
    MigTableColumn *column = mig_copy_column(table->arena, from);

    if (!create->likes[i].defaults && column->generated == MIG_GENERATED_NO)
        column->default_value = NULL;
    if (!create->likes[i].generated && !MIG_IS_MYSQL(replay->catalog)) {
        column->generated = MIG_GENERATED_NO;
        column->generated_as = NULL;
    }
    if (!create->likes[i].comments && !MIG_IS_MYSQL(replay->catalog))
        column->comment = NULL;
    if (!create->likes[i].storage && !MIG_IS_MYSQL(replay->catalog))
        column->storage = NULL;
    column->serial = false;
    column->sequence = NULL;
    column->inherited = false;
    column->local = true;
    column->not_null_name = NULL;
    column->made = mig_replay_made(replay);
    column->nullability_set = column->made;
    column->default_set = column->made;
    column->type_set = column->made;
    column->filled = MIG_NO_MOMENT;

    MigIdentity identity = column->identity;

    column->identity = MIG_IDENTITY_NO;
    g_ptr_array_add(table->columns, column);
    if (identity == MIG_IDENTITY_NO || !create->likes[i].identity)
        return;

    MigColumn said = {.name = column->name, .identity = identity};

    column->identity = identity;
    mig_replay_column_sequence(replay, table, column, &said);
}

static void
like_checks(MigReplay *replay, MigTable *table, const MigTable *from)
{
    for (guint i = 0; i < from->constraints->len; i++) {
        const MigTableConstraint *check = from->constraints->pdata[i];

        if (check->kind != MIG_CONSTRAINT_CHECK)
            continue;

        MigTableConstraint *copy = mig_copy_constraint(table->arena, check);

        copy->inherited = false;
        copy->made = mig_replay_made(replay);
        copy->validated_at = copy->made;
        if (replay->catalog->engine == MIG_ENGINE_MYSQL) {
            g_autofree char *name = mig_naming_mysql_numbered(table, "chk");

            copy->name = mig_arena_strdup(table->arena, name);
        }
        mig_store_add_constraint(replay->catalog, table, copy);
    }
}

void
mig_replay_like(MigReplay *replay, MigTable *table, const MigCreateTable *create, size_t i)
{
    MigTable *from = mig_replay_table(replay, &create->likes[i].table);

    if (from == NULL || !from->columns_known)
        table->columns_known = false;
    if (from == NULL)
        return;
    for (guint c = 0; c < from->columns->len; c++)
        like_column(replay, table, from->columns->pdata[c], create, i);
    if (create->likes[i].constraints || MIG_IS_MYSQL(replay->catalog))
        like_checks(replay, table, from);
    if (!MIG_IS_MYSQL(replay->catalog))
        return;

    GHashTableIter iter;
    gpointer name, value;

    g_hash_table_iter_init(&iter, from->options);
    while (g_hash_table_iter_next(&iter, &name, &value))
        g_hash_table_insert(table->options, g_strdup(name), g_strdup(value));
}

static void
like_index(MigReplay *replay, MigTable *table, const MigTable *from, const MigTableIndex *index)
{
    MigTableIndex *copy = mig_copy_index(table->arena, index);
    const MigTableConstraint *key = mig_store_constraint(from, index->constraint);

    copy->made = mig_replay_made(replay);
    copy->parent = NULL;
    copy->clustered = false;
    copy->replica_identity = false;
    copy->for_foreign_key = false;
    copy->valid = true;
    if (MIG_IS_POSTGRES(replay->catalog)) {
        g_autofree char *addition = index->primary
                                        ? NULL
                                        : mig_naming_join_parts(index->parts, index->n_parts,
                                                                index->include, index->n_include);
        const char *label = index->primary ? "pkey" : key == NULL ? "idx" : "key";

        if (key != NULL && key->kind == MIG_CONSTRAINT_EXCLUDE)
            label = "excl";

        g_autofree char *name = mig_naming_postgres(replay->catalog, table->schema, table->name,
                                                    addition, label, key != NULL);

        copy->name = mig_arena_strdup(table->arena, name);
        copy->name_made = true;
    }
    copy->constraint = key != NULL ? copy->name : NULL;
    mig_store_add_index(replay->catalog, table, copy);
    if (key == NULL)
        return;

    MigTableConstraint *own = mig_copy_constraint(table->arena, key);

    own->name = copy->name;
    own->name_made = copy->name_made;
    own->index = copy->name;
    own->inherited = false;
    own->made = copy->made;
    mig_store_add_constraint(replay->catalog, table, own);
}

void
mig_replay_like_indexes(MigReplay *replay, MigTable *table, const MigCreateTable *create)
{
    for (size_t i = 0; i < create->n_likes; i++) {
        MigTable *from = mig_replay_table(replay, &create->likes[i].table);

        if (from == NULL || (!create->likes[i].indexes && !MIG_IS_MYSQL(replay->catalog)))
            continue;
        for (guint k = 0; k < from->indexes->len; k++)
            like_index(replay, table, from, from->indexes->pdata[k]);
    }
}

static void
take_over_column(MigTable *child, const MigTableColumn *from, bool partition, bool creating)
{
    MigTableColumn *own = mig_store_column(child, from->name);

    if (own != NULL) {
        own->inherited = true;
        own->local = own->local && !partition;
        own->not_null = own->not_null || from->not_null;
        /* Of two parents the one that has a default; what is attached keeps its own, or none. */
        if (creating && own->default_value == NULL)
            own->default_value = mig_copy_expr(child->arena, from->default_value);
        return;
    }
    own = mig_copy_column(child->arena, from);
    own->inherited = true;
    own->local = false;
    own->sequence = NULL;
    own->filled = MIG_NO_MOMENT;
    own->made = child->made;
    if (!partition)
        own->identity = MIG_IDENTITY_NO;
    g_ptr_array_add(child->columns, own);
}

static void
take_over_constraint(MigReplay *replay, MigTable *child, const MigTableConstraint *from)
{
    MigTableConstraint *own = mig_store_constraint(child, from->name);

    if (own != NULL) {
        own->inherited = true;
        return;
    }
    own = mig_copy_constraint(child->arena, from);
    own->inherited = true;
    own->made = mig_replay_made(replay);
    mig_store_add_constraint(replay->catalog, child, own);
}

/* Row triggers of a partitioned table are its partitions' as well. */
static void
take_over_triggers(MigTable *parent, MigTable *child)
{
    for (guint i = 0; i < parent->triggers->len; i++) {
        const MigTableTrigger *from = parent->triggers->pdata[i];

        if (!from->for_each_row)
            continue;

        MigTableTrigger *own = mig_arena_new0(child->arena, MigTableTrigger, 1);

        *own = *from;
        own->name = mig_arena_strdup(child->arena, from->name);
        own->routine = mig_arena_strdup(child->arena, from->routine);
        own->timing = mig_arena_strdup(child->arena, from->timing);
        own->columns = mig_copy_strings(child->arena, from->columns, from->n_columns);
        own->events = mig_copy_strings(child->arena, from->events, from->n_events);
        g_ptr_array_add(child->triggers, own);
    }
}

void
mig_replay_take_over(MigReplay *replay, MigTable *parent, MigTable *child, bool partition)
{
    if (!parent->columns_known)
        child->columns_known = false;
    for (guint i = 0; i < parent->columns->len; i++)
        take_over_column(child, parent->columns->pdata[i], partition, replay->creating);
    for (guint i = 0; i < parent->constraints->len; i++) {
        const MigTableConstraint *constraint = parent->constraints->pdata[i];
        bool taken = constraint->kind == MIG_CONSTRAINT_CHECK
                         ? !constraint->no_inherit
                         : partition && constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY;

        if (taken)
            take_over_constraint(replay, child, constraint);
    }
    if (partition)
        take_over_triggers(parent, child);
}

/* What was a parent's stays, as the child's own. */
static void
let_go(MigTable *child)
{
    for (guint i = 0; i < child->columns->len; i++) {
        MigTableColumn *column = child->columns->pdata[i];

        column->inherited = child->parents->len > 0 && column->inherited;
        column->local = true;
    }
    for (guint i = 0; child->parents->len == 0 && i < child->constraints->len; i++)
        ((MigTableConstraint *)child->constraints->pdata[i])->inherited = false;
    for (guint i = 0; child->parents->len == 0 && i < child->indexes->len; i++)
        ((MigTableIndex *)child->indexes->pdata[i])->parent = NULL;
}

void
mig_replay_inherit(MigReplay *replay, const MigChange *change)
{
    MigTable *child = mig_replay_table(replay, &change->table);
    MigTable *parent = mig_replay_table(replay, &change->to);
    bool linked = child != NULL && parent != NULL && g_ptr_array_find(child->parents, parent, NULL);

    if (child == NULL || parent == NULL || child == parent || linked == change->on)
        return;
    if (!change->on) {
        mig_store_unlink(parent, child);
        let_go(child);
        return;
    }
    mig_store_link(parent, child);
    mig_replay_take_over(replay, parent, child, false);
}

void
mig_replay_attach(MigReplay *replay, const MigChange *change)
{
    MigTable *parent = mig_replay_table(replay, &change->table);
    MigTable *child = mig_replay_table(replay, &change->to);

    if (parent == NULL || child == NULL || parent == child ||
        g_ptr_array_find(child->parents, parent, NULL))
        return;
    if (parent->assumed && parent->kind == MIG_RELATION_TABLE)
        parent->kind = MIG_RELATION_PARTITIONED;
    mig_store_link(parent, child);
    child->is_partition = true;
    child->bound = mig_copy_bound(child->arena, change->bound);
    mig_replay_take_over(replay, parent, child, true);
    for (guint i = 0; i < parent->indexes->len; i++) {
        MigTableIndex *index = parent->indexes->pdata[i];

        /* An index that was made ON ONLY the parent gets its partitions' by hand. */
        if (index->valid)
            mig_replay_index_partition(replay, parent, index, child);
    }
}

void
mig_replay_detach(MigReplay *replay, const MigChange *change)
{
    MigTable *parent = mig_replay_table(replay, &change->table);
    MigTable *child = mig_replay_table(replay, &change->to);

    if (parent == NULL || child == NULL || !g_ptr_array_find(child->parents, parent, NULL))
        return;
    mig_store_unlink(parent, child);
    child->is_partition = false;
    child->bound = NULL;
    let_go(child);
    /* Triggers that came from the parent go with it. */
    for (guint i = child->triggers->len; i-- > 0;) {
        const MigTableTrigger *own = child->triggers->pdata[i];

        for (guint p = 0; p < parent->triggers->len; p++) {
            const MigTableTrigger *theirs = parent->triggers->pdata[p];

            if (theirs->for_each_row && strcmp(theirs->name, own->name) == 0) {
                g_ptr_array_remove_index(child->triggers, i);
                break;
            }
        }
    }
}

void
mig_replay_partitions(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;
    switch ((int)change->kind) {
    case MIG_CHANGE_PARTITION_BY:
        table->partition_by = mig_copy_partition_by(table->arena, change->partition_by);
        return;
    case MIG_CHANGE_REMOVE_PARTITIONING:
        table->partition_by = NULL;
        return;
    default:
        mig_replay_change_partitions(replay, table, change);
        return;
    }
}

/* SPDX-License-Identifier: MIT */
/* Tables as they are dropped, renamed and set. */
#include <string.h>

#include "schema/replay.h"
#include "schema/session.h"

/* PostgreSQL leaves no foreign key without its parent. The others leave them, without checks. */
static void
drop_foreign_keys_to(MigReplay *replay, MigTable *table)
{
    g_autoptr(GPtrArray) users = mig_store_users(replay->catalog, table->schema, table->name);

    for (guint i = 0; i < users->len; i++) {
        MigTable *child = users->pdata[i];

        for (guint c = child->constraints->len; c-- > 0;) {
            MigTableConstraint *key = child->constraints->pdata[c];

            if (key->ref_table == NULL || strcmp(key->ref_table, table->name) != 0 ||
                strcmp(key->ref_schema, table->schema) != 0)
                continue;
            mig_store_touch(replay->catalog, child, replay->now);
            mig_store_remove_constraint(replay->catalog, child, key);
        }
    }
}

/* The table itself may be dropped by this, being the partition of its parent. */
static void
drop_table(MigReplay *replay, MigTable *table)
{
    if (MIG_IS_POSTGRES(replay->catalog)) {
        while (table->children->len > 0)
            drop_table(replay, table->children->pdata[0]);
        mig_replay_drop_views_of(replay, table, NULL);
        drop_foreign_keys_to(replay, table);
        for (guint i = 0; i < table->columns->len; i++)
            mig_store_remove_sequence_of(replay->catalog, table->columns->pdata[i]);
    }
    mig_store_remove_table(replay->catalog, table);
}

/* What the server would refuse because something stands on the table is done all the same, and that goes
 * with it: a history that was applied has proved that nothing was in the way. */
void
mig_replay_drop_table(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;

    if (change->table.name == NULL)
        return;

    MigTable *table = mig_session_table(catalog, change->table.schema, change->table.name);

    if (table == NULL || table->kind == MIG_RELATION_VIEW ||
        table->kind == MIG_RELATION_MATERIALIZED_VIEW)
        return;
    if (MIG_IS_MYSQL(catalog) && change->temporary && !table->temporary)
        return;
    drop_table(replay, table);
}

/* Foreign keys and views that have the old name. */
static void
follow(MigReplay *replay, MigTable *table, const char *schema, const char *name)
{
    const char *legacy = mig_catalog_setting(replay->catalog, "legacy_alter_table");
    const char *checks = mig_catalog_setting(replay->catalog, "foreign_keys");
    bool is_legacy =
        MIG_IS_SQLITE(replay->catalog) &&
        (!mig_replay_since(replay, 32500) ||
         (legacy != NULL && (g_ascii_strcasecmp(legacy, "on") == 0 ||
                             g_ascii_strcasecmp(legacy, "true") == 0 || strcmp(legacy, "1") == 0)));
    bool checks_on =
        checks != NULL && (g_ascii_strcasecmp(checks, "on") == 0 ||
                           g_ascii_strcasecmp(checks, "true") == 0 || strcmp(checks, "1") == 0);
    bool keys = !MIG_IS_SQLITE(replay->catalog) || checks_on ||
                (!is_legacy && mig_replay_since(replay, 32600));
    bool views = !MIG_IS_MYSQL(replay->catalog) && !is_legacy;
    g_autoptr(GPtrArray) users = mig_store_users(replay->catalog, schema, name);

    for (guint i = 0; i < users->len; i++) {
        MigTable *user = users->pdata[i];

        mig_store_touch(replay->catalog, user, user->changed);
        mig_store_register(replay->catalog, user, false);
        for (guint c = 0; keys && c < user->constraints->len; c++) {
            MigTableConstraint *key = user->constraints->pdata[c];

            if (key->ref_table == NULL ||
                !mig_names_equal(replay->catalog->engine, key->ref_table, name) ||
                !mig_names_equal(replay->catalog->engine, key->ref_schema, schema))
                continue;
            key->ref_schema = mig_arena_strdup(user->arena, table->schema);
            key->ref_table = mig_arena_strdup(user->arena, table->name);
        }
        for (guint d = 0; views && d < user->depends_on->len; d++) {
            MigDependency *on = user->depends_on->pdata[d];

            if (!mig_names_equal(replay->catalog->engine, on->table, name) ||
                !mig_names_equal(replay->catalog->engine, on->schema, schema))
                continue;
            on->schema = mig_arena_strdup(user->arena, table->schema);
            on->table = mig_arena_strdup(user->arena, table->name);
        }
        mig_store_register(replay->catalog, user, true);
    }
}

/* Names that begin with the table's: SQLite's automatic indexes, InnoDB's foreign keys, MySQL's checks. */
static void
rename_generated(MigReplay *replay, MigTable *table, const char *old)
{
    if (MIG_IS_SQLITE(replay->catalog)) {
        g_autofree char *prefix = g_strdup_printf("sqlite_autoindex_%s_", old);

        for (guint i = 0; i < table->indexes->len; i++) {
            MigTableIndex *index = table->indexes->pdata[i];

            if (g_ascii_strncasecmp(index->name, prefix, strlen(prefix)) != 0)
                continue;

            g_autofree char *name = g_strdup_printf("sqlite_autoindex_%s_%s", table->name,
                                                    index->name + strlen(prefix));
            const char *was = index->name;

            mig_store_rename_index(replay->catalog, table, index, name);
            for (guint c = 0; c < table->constraints->len; c++) {
                MigTableConstraint *key = table->constraints->pdata[c];

                if (g_strcmp0(key->index, was) == 0)
                    key->index = index->name;
            }
        }
    }
    static const char *const labels[] = {"_ibfk_", "_chk_"};
    bool chk = replay->catalog->engine == MIG_ENGINE_MYSQL;

    for (size_t l = 0; MIG_IS_MYSQL(replay->catalog) && l < (chk ? 2U : 1U); l++) {
        g_autofree char *prefix = g_strconcat(old, labels[l], NULL);

        for (guint c = 0; c < table->constraints->len; c++) {
            MigTableConstraint *constraint = table->constraints->pdata[c];

            if (!g_str_has_prefix(constraint->name, prefix))
                continue;

            g_autofree char *name =
                g_strconcat(table->name, labels[l], constraint->name + strlen(prefix), NULL);

            mig_store_rename_constraint(replay->catalog, table, constraint, name);
        }
    }
}

static void
rename_owned_sequences(MigReplay *replay, const MigTable *table)
{
    g_autofree char *owner = mig_store_qualify(table->schema, table->name);

    for (guint i = 0; i < table->columns->len; i++) {
        MigSequence *sequence = mig_store_sequence_of(replay->catalog, table->columns->pdata[i]);

        if (sequence != NULL)
            sequence->owned_by_table = mig_arena_strdup(sequence->arena, owner);
    }
}

static void
move(MigReplay *replay, MigTable *table, const char *schema, const char *name)
{
    g_autofree char *old_schema = g_strdup(table->schema);
    g_autofree char *old_name = g_strdup(table->name);

    mig_store_rename_table(replay->catalog, table, schema, name);
    follow(replay, table, old_schema, old_name);
    rename_generated(replay, table, old_name);
    rename_owned_sequences(replay, table);
}

void
mig_replay_rename_table(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL || change->to.name == NULL)
        return;

    /* MySQL's new name is in the current database unless it says another. */
    const char *schema = table->schema;

    if (MIG_IS_MYSQL(replay->catalog))
        schema = mig_session_schema(replay->catalog, change->to.schema, false);

    MigTable *there = mig_store_table(replay->catalog, schema, change->to.name);

    if (there != NULL && there != table && !there->assumed)
        return;
    if (there != NULL && there != table)
        mig_store_remove_table(replay->catalog, there);
    move(replay, table, schema, change->to.name);
}

void
mig_replay_set_schema(MigReplay *replay, const MigChange *change)
{
    if (change->table.name == NULL && change->name.name != NULL)
        mig_replay_move_object(replay, change);
    if (change->table.name == NULL || change->to.name == NULL)
        return;

    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL || mig_store_table(replay->catalog, change->to.name, table->name) != NULL)
        return;
    for (guint i = 0; i < table->columns->len; i++) {
        MigTableColumn *column = table->columns->pdata[i];
        MigSequence *old = mig_store_sequence_of(replay->catalog, column);

        if (old == NULL)
            continue;

        g_autofree char *name = g_strdup(old->name);
        g_autofree char *moved = mig_store_qualify(change->to.name, name);
        MigSequence *sequence =
            mig_store_add_sequence(replay->catalog, change->to.name, name, old->made);

        sequence->owned_by_column = mig_arena_strdup(sequence->arena, column->name);
        sequence->type = mig_arena_strdup(sequence->arena, old->type);
        mig_store_remove_sequence_of(replay->catalog, column);
        column->sequence = mig_arena_strdup(table->arena, moved);
    }
    move(replay, table, change->to.name, table->name);
}

static void
set_replica_identity(MigTable *table, const MigChange *change)
{
    table->replica_identity = change->text != NULL ? *change->text : 'd';
    for (guint i = 0; i < table->indexes->len; i++) {
        MigTableIndex *index = table->indexes->pdata[i];

        index->replica_identity =
            table->replica_identity == 'i' && g_strcmp0(index->name, change->to.name) == 0;
    }
}

static void
set_row_security(MigTable *table, const char *text)
{
    if (text == NULL)
        return;
    if (strcmp(text, "enable") == 0)
        table->row_security = true;
    else if (strcmp(text, "disable") == 0)
        table->row_security = false;
    else
        table->row_security_forced = strcmp(text, "force") == 0;
}

static void
cluster_on(MigTable *table, const char *name)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        MigTableIndex *index = table->indexes->pdata[i];

        index->clustered = g_strcmp0(index->name, name) == 0;
    }
}

static void
enable_trigger(MigTable *table, const MigChange *change)
{
    for (guint i = 0; change->object_type != MIG_TYPE_OF_RULE && i < table->triggers->len; i++) {
        MigTableTrigger *trigger = table->triggers->pdata[i];

        if (change->name.name == NULL || strcmp(trigger->name, change->name.name) == 0)
            trigger->enabled = change->on;
    }
}

void
mig_replay_table_setting(MigReplay *replay, const MigChange *change)
{
    if (change->table.name == NULL)
        return;

    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;
    switch ((int)change->kind) {
    case MIG_CHANGE_SET_OWNER:
        table->owner = mig_arena_strdup(table->arena, change->text);
        return;
    case MIG_CHANGE_SET_PERSISTENCE:
        table->unlogged = !change->on;
        return;
    case MIG_CHANGE_SET_TABLESPACE:
        table->tablespace = mig_arena_strdup(table->arena, change->to.name);
        return;
    case MIG_CHANGE_SET_ACCESS_METHOD:
        table->access_method = mig_arena_strdup(table->arena, change->to.name);
        return;
    case MIG_CHANGE_CLUSTER:
        if (change->to.name != NULL)
            cluster_on(table, change->to.name);
        return;
    case MIG_CHANGE_CLUSTER_ON:
        cluster_on(table, change->to.name);
        return;
    case MIG_CHANGE_REPLICA_IDENTITY:
        set_replica_identity(table, change);
        return;
    case MIG_CHANGE_OF_TYPE:
        table->of_type = change->on ? mig_arena_strdup(table->arena, change->to.name) : NULL;
        return;
    case MIG_CHANGE_ROW_SECURITY:
        set_row_security(table, change->text);
        return;
    case MIG_CHANGE_SYSTEM_VERSIONING:
        if (change->text == NULL)
            table->system_versioned = change->on;
        return;
    case MIG_CHANGE_ENABLE_TRIGGER:
        enable_trigger(table, change);
        return;
    default:
        return;
    }
}

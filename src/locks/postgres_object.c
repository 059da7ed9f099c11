/* SPDX-License-Identifier: MIT */
/* Views, triggers, policies, routines, comments and privileges on PostgreSQL. */
#include "locks/postgres.h"

#include <string.h>

void
mig_postgres_create_view(MigWork *work, const MigChange *change)
{
    const MigTable *view = NULL;
    bool stars = false;

    mig_postgres_define(work, change->query);
    if (mig_catalog_table(work->catalog, &change->table, &view) != MIG_LOOKUP_FOUND) {
        mig_work_makes(work, &change->table);
        return;
    }
    if (!change->or_replace) {
        mig_work_refuse(work, "42P07", "relation \"%s\" already exists", view->name);
        return;
    }
    if (view->kind != MIG_RELATION_VIEW) {
        mig_work_refuse(work, "42809", "\"%s\" is not a view", view->name);
        return;
    }
    for (size_t i = 0; change->query != NULL && i < change->query->n_targets; i++) {
        const MigExpr *value = change->query->targets[i].value;
        stars = stars || (value != NULL && value->kind == MIG_EXPR_STAR);
    }
    if (change->query != NULL && change->query->n_targets > 0 && !stars && view->columns_known &&
        change->query->n_targets < view->columns->len) {
        mig_work_refuse(work, "42P16", "cannot drop columns from view");
        return;
    }
    mig_work_lock(work, view, AX);
}

void
mig_postgres_create_matview(MigWork *work, const MigChange *change)
{
    if (mig_catalog_table(work->catalog, &change->table, NULL) == MIG_LOOKUP_FOUND) {
        if (!change->if_not_exists)
            mig_work_refuse(work, "42P07", "relation \"%s\" already exists", change->table.name);
        return;
    }
    mig_work_makes(work, &change->table);
    mig_postgres_query(work, change->query, change->on);
}

static bool
has_plain_unique(const MigTable *view)
{
    for (guint i = 0; i < view->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(view->indexes, i);
        bool plain = index->unique && index->where == NULL;
        for (size_t j = 0; plain && j < index->n_parts; j++)
            plain = index->parts[j].column != NULL;
        if (plain)
            return true;
    }
    return false;
}

void
mig_postgres_refresh(MigWork *work, const MigChange *change)
{
    const MigTable *view = mig_work_table(work, &change->table, false);

    if (view == NULL)
        return;
    mig_work_lock(work, view, change->concurrently ? X : AX);
    if (change->concurrently && view->columns_known && !view->assumed && !has_plain_unique(view)) {
        mig_work_refuse(work, "55000", "cannot refresh materialized view \"%s\" concurrently",
                        view->name);
        return;
    }
    if (change->on || change->concurrently) {
        if (view->query != NULL) {
            mig_postgres_query(work, view->query, true);
        } else {
            for (guint i = 0; i < view->depends_on->len; i++) {
                const MigDependency *needed = g_ptr_array_index(view->depends_on, i);
                const MigTable *table = mig_work_named(work, needed->schema, needed->table, true);
                if (table == NULL)
                    continue;
                mig_postgres_read_table(work, table, AS);
                mig_work_scan(work, table);
            }
        }
    }
    if (change->concurrently) {
        mig_work_lock_indexes(work, view, RX);
        mig_work_scan(work, view);
        return;
    }
    mig_work_lock_indexes(work, view, AX);
    if (!change->on)
        return;
    mig_work_rewrite(work, view);
    for (guint i = 0; i < view->indexes->len; i++) {
        mig_work_rebuild(work, view, g_ptr_array_index(view->indexes, i));
        mig_work_scan(work, view);
    }
}

static bool
has_trigger(const MigTable *table, const char *name)
{
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);
        if (g_strcmp0(trigger->name, name) == 0)
            return true;
    }
    return false;
}

void
mig_postgres_trigger(MigWork *work, const MigChange *change)
{
    bool creates = change->kind == MIG_CHANGE_CREATE_TRIGGER;
    const MigTable *table = mig_work_table(work, &change->table, change->if_exists);
    bool known = table != NULL && table->columns_known && !table->assumed;
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return;
    if (!creates && known && !has_trigger(table, change->name.name)) {
        if (!change->if_exists) {
            mig_work_refuse(work, "42704", "trigger \"%s\" for table \"%s\" does not exist",
                            change->name.name, table->name);
        }
        return;
    }
    tables =
        mig_work_tree(table, table->kind != MIG_RELATION_PARTITIONED || (creates && !change->on));
    mig_postgres_lock_all(work, tables, creates ? SRX : AX);
    if (creates && has_trigger(table, change->name.name) &&
        (!change->or_replace || work->major < 14))
        mig_work_refuse(work, "42710", "trigger \"%s\" for relation \"%s\" already exists",
                        change->name.name, table->name);
}

static bool
has_policy(const MigTable *table, const char *name)
{
    for (guint i = 0; i < table->policies->len; i++) {
        const MigTablePolicy *policy = g_ptr_array_index(table->policies, i);
        if (g_strcmp0(policy->name, name) == 0)
            return true;
    }
    return false;
}

static bool
has_rule(const MigTable *table, const char *name)
{
    for (guint i = 0; i < table->rules->len; i++) {
        if (g_strcmp0(g_ptr_array_index(table->rules, i), name) == 0)
            return true;
    }
    return false;
}

/* Policies, and rules, which lock the same way. */
void
mig_postgres_policy(MigWork *work, const MigChange *change)
{
    bool rule = change->kind == MIG_CHANGE_CREATE_RULE || change->kind == MIG_CHANGE_DROP_RULE;
    bool creates =
        change->kind == MIG_CHANGE_CREATE_RULE || change->kind == MIG_CHANGE_CREATE_POLICY;
    const MigTable *table = mig_work_table(work, &change->table, change->if_exists);
    const char *name = change->name.name;
    bool there = false;

    if (table == NULL)
        return;
    there = rule ? has_rule(table, name) : has_policy(table, name);
    if (!creates && !there && table->columns_known && !table->assumed) {
        if (!change->if_exists) {
            mig_work_refuse(work, "42704", "%s \"%s\" for table \"%s\" does not exist",
                            rule ? "rule" : "policy", name, table->name);
            mig_work_lock(work, table, change->kind == MIG_CHANGE_ALTER_POLICY ? AX : AS);
        }
        return;
    }
    mig_work_lock(work, table, AX);
    mig_postgres_define_expr(work, change->expr);
    mig_postgres_define_expr(work, change->check);
    if (creates && there && !change->or_replace)
        mig_work_refuse(work, "42710", "%s \"%s\" for table \"%s\" already exists",
                        rule ? "rule" : "policy", name, table->name);
}

/* A body in SQL is analysed when it is written down; one in another language isn't. */
void
mig_postgres_create_routine(MigWork *work, const MigChange *change)
{
    const MigRoutine *routine = change->routine;
    g_autoptr(MigChanges) body = NULL;

    if (routine == NULL || routine->body == NULL || g_strcmp0(routine->language, "sql") != 0)
        return;
    body = mig_parse(routine->body, routine->body_length, MIG_ENGINE_POSTGRES,
                     mig_catalog_version(work->catalog));
    for (size_t i = 0; i < body->n_changes; i++) {
        const MigChange *inner = &body->changes[i];
        const MigTable *table = NULL;

        if (inner->kind == MIG_CHANGE_SELECT) {
            mig_postgres_define(work, inner->query);
            continue;
        }
        if (inner->kind != MIG_CHANGE_INSERT && inner->kind != MIG_CHANGE_UPDATE &&
            inner->kind != MIG_CHANGE_DELETE && inner->kind != MIG_CHANGE_MERGE)
            continue;
        table = mig_work_table(work, &inner->table, true);
        if (table != NULL)
            mig_work_lock(work, table, RX);
        mig_postgres_define(work, inner->query);
        mig_postgres_define_expr(work, inner->expr);
    }
}

/* Triggers that call it go along, or keep it. */
void
mig_postgres_drop_routine(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        for (guint j = 0; j < table->triggers->len; j++) {
            const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, j);
            const char *dot = trigger->routine != NULL ? strrchr(trigger->routine, '.') : NULL;
            const char *called = dot != NULL ? dot + 1 : trigger->routine;

            if (g_strcmp0(called, change->name.name) != 0)
                continue;
            mig_work_lock(work, table, AX);
            if (!change->cascade)
                mig_work_refuse(work, "2BP01",
                                "cannot drop function %s() because other objects depend on it: "
                                "trigger %s on table %s",
                                change->name.name, trigger->name, table->name);
        }
    }
}

void
mig_postgres_comment(MigWork *work, const MigChange *change)
{
    const MigTableIndex *index = NULL;
    const MigTable *table = NULL;
    bool is_part = change->object_type == MIG_TYPE_OF_TRIGGER ||
                   change->object_type == MIG_TYPE_OF_CONSTRAINT ||
                   change->object_type == MIG_TYPE_OF_POLICY ||
                   change->object_type == MIG_TYPE_OF_RULE;

    if (change->object_type == MIG_TYPE_OF_INDEX) {
        table = mig_postgres_index_of(work, &change->name, false, &index);
        if (table != NULL)
            mig_work_lock_index(work, table, index, SUX);
        return;
    }
    if (change->object_type == MIG_TYPE_OF_SEQUENCE)
        return;
    if (change->table.name == NULL)
        return;
    table = mig_work_table(work, &change->table, false);
    if (table != NULL)
        mig_work_lock(work, table, is_part ? AS : SUX);
}

/* Privileges are rows of the catalog. Since 18 the tables that are named are locked against being
 * dropped meanwhile. */
void
mig_postgres_grant(MigWork *work, const MigChange *change)
{
    const MigGrant *grant = change->grant;

    if (work->major < 18 || grant == NULL || grant->all_in_schema || grant->grants_roles ||
        grant->object_type != MIG_TYPE_OF_TABLE || change->kind == MIG_CHANGE_DEFAULT_PRIVILEGES)
        return;
    for (size_t i = 0; i < grant->n_objects; i++) {
        const MigTable *table = mig_work_table(work, &grant->objects[i], true);
        if (table != NULL)
            mig_work_lock(work, table, AS);
    }
}

void
mig_postgres_owned(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);
    bool drops = change->text != NULL && strstr(change->text, "drop") != NULL;

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        if (table->owner == NULL || g_strcmp0(table->owner, change->name.name) != 0)
            continue;
        if (drops) {
            mig_postgres_drop_relation(work, table, change->cascade);
            continue;
        }
        mig_work_lock(work, table, AX);
        mig_work_lock_indexes(work, table, AX);
    }
}

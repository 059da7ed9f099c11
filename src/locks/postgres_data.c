/* SPDX-License-Identifier: MIT */
/* Data statements on PostgreSQL, with the triggers and routines that they set off. */
#include <string.h>

#include "locks/postgres.h"

enum { MAX_CALL_DEPTH = 4 }; /* of programs that are looked into */

/* A body is read as the statement that would do it at once. */
static void
run_routine(MigWork *work, const MigRoutine *routine)
{
    static const char tag[] = "$migrate_body$";
    const MigChanges *outer = work->changes;
    bool uncertain = work->uncertain;
    g_autoptr(MigChanges) inner = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    if (routine == NULL || routine->body == NULL || work->depth >= MAX_CALL_DEPTH)
        return;
    if (g_strcmp0(routine->language, "plpgsql") == 0) {
        if (g_strstr_len(routine->body, (gssize)routine->body_length, tag) != NULL)
            return;
        g_string_append_printf(text, "DO %s", tag);
        g_string_append_len(text, routine->body, (gssize)routine->body_length);
        g_string_append(text, tag);
    } else if (g_strcmp0(routine->language, "sql") == 0) {
        g_string_append_len(text, routine->body, (gssize)routine->body_length);
    } else {
        return;
    }
    inner =
        mig_parse(text->str, text->len, MIG_ENGINE_POSTGRES, mig_catalog_version(work->catalog));
    work->depth++;
    work->uncertain = true;
    mig_postgres_changes(work, inner);
    work->uncertain = uncertain;
    work->changes = outer;
    work->depth--;
}

static void
run_named(MigWork *work, const char *schema, const char *name)
{
    const MigUserRoutine *routine = NULL;

    if (name != NULL &&
        mig_catalog_routine(work->catalog, schema, name, &routine) == MIG_LOOKUP_FOUND)
        run_routine(work, routine->routine);
}

static bool
visit_call(const MigExpr *expr, gpointer data)
{
    if (expr->kind == MIG_EXPR_CALL)
        run_named(data, expr->schema, expr->name);
    return true;
}

static void
run_calls(MigWork *work, const MigExpr *expr)
{
    if (expr != NULL)
        mig_expr_walk(expr, visit_call, work);
}

static void
fire_triggers(MigWork *work, const MigTable *table, const char *event)
{
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);
        const char *dot = NULL;
        g_autofree char *schema = NULL;

        if (!trigger->enabled || trigger->routine == NULL ||
            !mig_work_has_name(trigger->events, trigger->n_events, event))
            continue;
        dot = strrchr(trigger->routine, '.');
        if (dot != NULL)
            schema = g_strndup(trigger->routine, (gsize)(dot - trigger->routine));
        run_named(work, schema, dot != NULL ? dot + 1 : trigger->routine);
    }
}

/* The place of the partition key in INSERT's rows; %NULL: it isn't a constant. */
static const MigExpr *
inserted_key(const MigChange *change, const MigTable *table, size_t row)
{
    const MigPartitionBy *by = table->partition_by;
    const MigExpr *values = NULL;

    if (by == NULL || by->n_key != 1 || by->key[0].column == NULL || change->query == NULL ||
        row >= change->query->n_values)
        return NULL;
    values = change->query->values[row];
    for (size_t i = 0; i < change->n_columns; i++) {
        if (g_strcmp0(change->columns[i], by->key[0].column) == 0)
            return i < values->n_args ? values->args[i] : NULL;
    }
    for (guint i = 0; change->n_columns == 0 && i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (g_strcmp0(column->name, by->key[0].column) == 0)
            return i < values->n_args ? values->args[i] : NULL;
    }
    return NULL;
}

/* Only the partitions that rows are put into are locked. */
static void
route(MigWork *work, const MigTable *table, const MigChange *change)
{
    size_t n = change->query != NULL && change->query->n_values > 0 ? change->query->n_values : 1;

    for (guint i = 0; i < table->children->len; i++) {
        const MigTable *part = g_ptr_array_index(table->children, i);
        bool taken = false;

        if (!part->is_partition)
            continue;
        for (size_t row = 0; row < n && !taken; row++) {
            const MigExpr *key = inserted_key(change, table, row);
            taken = key == NULL || part->bound == NULL ||
                    (part->bound->kind != MIG_BOUND_DEFAULT &&
                     mig_postgres_bound_takes(part->bound, key));
        }
        if (!taken)
            continue;
        mig_work_lock(work, part, RX);
        route(work, part, change);
    }
}

/* The table below a view that rows can be written through. */
static const MigTable *
written_table(MigWork *work, const MigTable *table, MigLockMode mode)
{
    enum { MAX_DEPTH = 32 };

    for (unsigned depth = 0; table != NULL && depth < MAX_DEPTH; depth++) {
        const MigDependency *needed = NULL;
        mig_work_lock(work, table, mode);
        if (table->kind != MIG_RELATION_VIEW || table->triggers->len > 0 ||
            table->depends_on->len == 0)
            return table;
        needed = g_ptr_array_index(table->depends_on, 0);
        table = mig_work_named(work, needed->schema, needed->table, true);
    }
    return table;
}

void
mig_postgres_insert(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, false);

    if (table != NULL)
        table = written_table(work, table, RX);
    if (table == NULL)
        return;
    mig_postgres_read_around(work, change);
    if (change->on)
        mig_work_lock_indexes(work, table, RX);
    route(work, table, change);
    mig_postgres_look_up_parents(work, table, change);
    fire_triggers(work, table, "insert");
    if (change->n_items > 0)
        fire_triggers(work, table, "update");
}

static bool
is_explained(const MigChange *change)
{
    return g_strcmp0(change->text, "explain") == 0;
}

static void
write_rows(MigWork *work, const MigChange *change, const char *event)
{
    const MigTable *table = mig_work_table(work, &change->table, false);
    const char *alias = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (table != NULL)
        table = written_table(work, table, RX);
    if (table == NULL)
        return;
    tables = mig_work_tree(table, change->only);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        mig_postgres_read_table(work, part, RX);
        if (!mig_postgres_uses_index(part, alias, change->expr))
            mig_work_scan(work, part);
    }
    mig_postgres_read_around(work, change);
    if (is_explained(change))
        return;
    if (change->kind == MIG_CHANGE_UPDATE)
        mig_postgres_look_up_parents(work, table, change);
    mig_postgres_leave_children(work, table, change, 0);
    fire_triggers(work, table, event);
}

void
mig_postgres_update(MigWork *work, const MigChange *change)
{
    write_rows(work, change, "update");
}

void
mig_postgres_delete(MigWork *work, const MigChange *change)
{
    write_rows(work, change, "delete");
}

void
mig_postgres_merge(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (work->major < 15) {
        mig_work_refuse(work, "42601", "MERGE needs PostgreSQL 15");
        return;
    }
    table = mig_work_table(work, &change->table, false);
    if (table == NULL)
        return;
    tables = mig_work_tree(table, change->only);
    for (guint i = 0; i < tables->len; i++) {
        mig_postgres_read_table(work, g_ptr_array_index(tables, i), RX);
        mig_work_scan(work, g_ptr_array_index(tables, i));
    }
    mig_postgres_read_around(work, change);
    mig_postgres_look_up_parents(work, table, change);
}

void
mig_postgres_copy(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;

    if (change->query != NULL) {
        mig_postgres_query(work, change->query, true);
        return;
    }
    table = mig_work_table(work, &change->table, false);
    if (table == NULL)
        return;
    if (!change->on) {
        mig_work_lock(work, table, AS);
        mig_work_scan(work, table);
        return;
    }
    mig_work_lock(work, table, RX);
    route(work, table, change);
    mig_postgres_look_up_parents(work, table, change);
    fire_triggers(work, table, "insert");
}

void
mig_postgres_select(MigWork *work, const MigChange *change)
{
    mig_postgres_query(work, change->query, true);
    for (size_t i = 0; change->query != NULL && i < change->query->n_targets; i++)
        run_calls(work, change->query->targets[i].value);
}

void
mig_postgres_call(MigWork *work, const MigChange *change)
{
    run_named(work, change->name.schema, change->name.name);
}

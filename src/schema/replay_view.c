/* SPDX-License-Identifier: MIT */
/* Views: their columns, and what they read. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/reads.h"
#include "schema/replay.h"
#include "schema/session.h"

static const MigExpr *
zero(MigArena *arena)
{
    MigExpr *expr = mig_arena_new0(arena, MigExpr, 1);

    expr->kind = MIG_EXPR_LITERAL;
    expr->text = "0";
    return expr;
}

/* SQLite gives a table that a query makes types by affinity. Manual: SQLite, "CREATE TABLE", CREATE
 * TABLE ... AS SELECT. */
static const char *
affinity(const char *type)
{
    static const struct {
        const char *part;
        const char *name;
    } parts[] = {
        {"int", "INT"}, {"char", "TEXT"}, {"clob", "TEXT"}, {"text", "TEXT"},
        {"blob", ""},   {"real", "REAL"}, {"floa", "REAL"}, {"doub", "REAL"},
    };
    g_autofree char *lower = g_ascii_strdown(type, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (strstr(lower, parts[i].part) != NULL)
            return parts[i].name;
    }
    return "NUM";
}

static void
add_result(MigReplay *replay, MigTable *table, const char *name, const MigReadsResult *result)
{
    MigTableColumn *column = mig_arena_new0(table->arena, MigTableColumn, 1);

    column->name = mig_arena_strdup(table->arena, name);
    if (result->type != NULL)
        column->type = mig_replay_type(replay, table->arena, result->type);
    if (MIG_IS_SQLITE(replay->catalog) && table->kind == MIG_RELATION_TABLE &&
        column->type.name != NULL)
        column->type = (MigType){.name = affinity(column->type.name)};
    /* CREATE TABLE AS takes NOT NULL from nowhere; MySQL does from the columns it reads. */
    column->not_null = MIG_IS_MYSQL(replay->catalog) && table->kind == MIG_RELATION_TABLE &&
                       result->column != NULL && result->column->not_null;
    column->not_null_known = !MIG_IS_MYSQL(replay->catalog) || result->column != NULL;
    column->local = true;
    column->made = mig_replay_made(replay);
    column->default_set = column->made;
    column->nullability_set = column->made;
    column->type_set = column->made;
    if (MIG_IS_MYSQL(replay->catalog) && table->kind == MIG_RELATION_TABLE &&
        result->column != NULL)
        column->default_value = result->column->auto_increment
                                    ? zero(table->arena)
                                    : mig_copy_expr(table->arena, result->column->default_value);
    g_ptr_array_add(table->columns, column);
}

bool
mig_replay_query_columns(MigReplay *replay, MigTable *table, const MigQuery *query,
                         const char *const *names, size_t n_names)
{
    g_autoptr(GArray) results = g_array_new(FALSE, TRUE, sizeof(MigReadsResult));
    bool known = mig_reads_results(replay->catalog, query, results);

    for (guint i = 0; i < results->len; i++) {
        const MigReadsResult *result = &g_array_index(results, MigReadsResult, i);
        const char *name = i < n_names ? names[i] : result->name;

        if (name == NULL) {
            known = false;
            continue;
        }
        if (mig_store_column(table, name) == NULL)
            add_result(replay, table, name, result);
    }
    for (guint i = 0; i < results->len; i++)
        g_free((char *)g_array_index(results, MigReadsResult, i).owned_name);
    return known;
}

void
mig_replay_dependencies(MigReplay *replay, MigTable *view, const MigQuery *query)
{
    g_autoptr(GPtrArray) reads = mig_reads_of_query(replay->catalog, query);

    for (guint i = 0; i < reads->len; i++) {
        const MigDependency *on = reads->pdata[i];

        mig_store_add_dependency(replay->catalog, view, on->schema, on->table, on->column);
    }
}

static bool
selects_star(const MigQuery *query)
{
    for (; query != NULL; query = query->next) {
        for (size_t i = 0; i < query->n_targets; i++) {
            if (query->targets[i].value != NULL && query->targets[i].value->kind == MIG_EXPR_STAR)
                return true;
        }
    }
    return false;
}

void
mig_replay_create_view(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;
    bool materialized = change->kind == MIG_CHANGE_CREATE_MATERIALIZED_VIEW;

    if (change->table.name == NULL)
        return;

    const char *schema = mig_session_schema(catalog, change->table.schema, change->temporary);
    MigTable *old = mig_store_table(catalog, schema, change->table.name);
    MigMoment made = mig_replay_made(replay);

    if (old != NULL && (change->if_not_exists || (!change->or_replace && !old->assumed)))
        return;
    if (old != NULL) {
        if (!old->assumed && old->kind != MIG_RELATION_VIEW)
            return;
        if (!replay->nested)
            made = old->made;
        mig_store_remove_table(catalog, old);
    }

    MigTable *view = mig_store_add_table(
        catalog, materialized ? MIG_RELATION_MATERIALIZED_VIEW : MIG_RELATION_VIEW, schema,
        change->table.name, made);

    view->changed = replay->now;
    view->temporary = change->temporary;
    if (view->temporary)
        catalog->n_temporary++;
    view->populated = !materialized || change->on;
    view->query = mig_copy_query(view->arena, change->query);
    view->selects_star = selects_star(change->query);
    view->columns_known =
        change->query != NULL &&
        mig_replay_query_columns(replay, view, change->query, change->columns, change->n_columns);
    mig_replay_dependencies(replay, view, change->query);
}

static void
collect(const MigTable *table, gpointer views)
{
    g_ptr_array_add(views, (gpointer)table);
}

void
mig_replay_drop_views_of(MigReplay *replay, MigTable *table, const char *column)
{
    g_autoptr(GPtrArray) views = g_ptr_array_new();

    mig_catalog_each_view_of(replay->catalog, table, column, collect, views);
    for (guint i = 0; i < views->len; i++) {
        MigTable *view = views->pdata[i];

        /* Dependencies that are a guess don't take a view along. */
        if (view->kind == MIG_RELATION_VIEW || view->kind == MIG_RELATION_MATERIALIZED_VIEW)
            mig_store_remove_table(replay->catalog, view);
    }
}

void
mig_replay_drop_view(MigReplay *replay, const MigChange *change)
{
    MigTable *view = mig_session_table(replay->catalog, change->table.schema, change->table.name);

    if (view == NULL || (view->kind != MIG_RELATION_VIEW &&
                         view->kind != MIG_RELATION_MATERIALIZED_VIEW && !view->assumed))
        return;
    if (change->kind == MIG_CHANGE_REFRESH_MATERIALIZED_VIEW) {
        mig_store_touch(replay->catalog, view, replay->now);
        view->populated = change->on;
        return;
    }
    if (MIG_IS_POSTGRES(replay->catalog))
        mig_replay_drop_views_of(replay, view, NULL);
    mig_store_remove_table(replay->catalog, view);
}

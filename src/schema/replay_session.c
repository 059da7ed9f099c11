/* SPDX-License-Identifier: MIT */
/* What changes the session, or nobody knows what; and what data statements tell of columns. */
#include <string.h>

#include "schema/replay.h"
#include "schema/session.h"

static void
set(MigReplay *replay, const MigChange *change)
{
    const char *scope = change->text != NULL ? change->text : "";

    /* A variable of the user's or of a program isn't a setting. */
    if (strcmp(scope, "user") == 0 || strcmp(scope, "variable") == 0 || strcmp(scope, "row") == 0)
        return;
    for (size_t i = 0; i < change->n_options; i++) {
        if (change->options[i].name != NULL)
            mig_session_set(replay->catalog, change->options[i].name, change->options[i].value,
                            change->on);
    }
}

/* SELECT set_config('search_path', '', false), as pg_dump writes it. */
static void
set_config(MigReplay *replay, const MigQuery *query)
{
    for (size_t i = 0; query != NULL && i < query->n_targets; i++) {
        const MigExpr *call = query->targets[i].value;

        if (call == NULL || call->kind != MIG_EXPR_CALL || call->n_args != 3 ||
            g_strcmp0(call->name, "set_config") != 0 || call->args[0]->kind != MIG_EXPR_LITERAL ||
            call->args[1]->kind != MIG_EXPR_LITERAL)
            continue;
        mig_session_set(replay->catalog, call->args[0]->text, call->args[1]->text,
                        g_strcmp0(call->args[2]->text, "true") == 0);
    }
}

static void
attach(MigReplay *replay, const MigChange *change)
{
    if (change->name.name == NULL)
        return;
    if (change->on) {
        /* What is in that file isn't told. */
        g_hash_table_add(replay->catalog->schemas, g_strdup(change->name.name));
        mig_catalog_set_incomplete(replay->catalog, "a database was attached");
    } else {
        g_hash_table_remove(replay->catalog->schemas, change->name.name);
    }
}

/* What a procedure does is followed only where that is nothing to the schema. */
static void
call(MigReplay *replay, const MigChange *change)
{
    const MigUserRoutine *routine = NULL;
    MigLookup found =
        mig_catalog_routine(replay->catalog, change->name.schema, change->name.name, &routine);

    if (found != MIG_LOOKUP_FOUND || !routine->body_known || routine->changes_schema)
        mig_catalog_set_incomplete(replay->catalog,
                                   "a procedure was called of which it isn't known what it does");
}

void
mig_replay_session(MigReplay *replay, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_SET:
        set(replay, change);
        return;
    case MIG_CHANGE_SELECT:
        if (change->query != NULL && change->query->into.name != NULL)
            mig_replay_create_table_as(replay, &change->query->into, change->query, change);
        else if (MIG_IS_POSTGRES(replay->catalog))
            set_config(replay, change->query);
        return;
    case MIG_CHANGE_USE:
        if (change->name.name != NULL)
            mig_session_use(replay->catalog, change->name.name);
        return;
    case MIG_CHANGE_TRANSACTION:
        mig_session_transaction(replay->catalog, change->text);
        return;
    case MIG_CHANGE_ATTACH_DATABASE:
        attach(replay, change);
        return;
    case MIG_CHANGE_CALL:
        call(replay, change);
        return;
    case MIG_CHANGE_DYNAMIC:
        mig_catalog_set_incomplete(replay->catalog, "SQL that is made at run time was executed");
        return;
    default:
        return;
    }
}

static bool
is_null_test(const MigExpr *expr, const char *column)
{
    if (expr->kind == MIG_EXPR_IS_NULL)
        return expr->n_args == 1 && expr->args[0]->kind == MIG_EXPR_COLUMN &&
               g_ascii_strcasecmp(expr->args[0]->name != NULL ? expr->args[0]->name : "", column) ==
                   0;
    /* With more conditions only some rows are filled, as batches do: it is filled in the end. */
    if (expr->kind != MIG_EXPR_AND)
        return false;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (is_null_test(expr->args[i], column))
            return true;
    }
    return false;
}

/* An UPDATE that gives every row, or every row that is NULL, a value. */
static void
note_filled(MigReplay *replay, const MigChange *change)
{
    MigTable *table =
        change->table.name == NULL
            ? NULL
            : mig_session_table(replay->catalog, change->table.schema, change->table.name);

    for (size_t i = 0; table != NULL && i < change->n_items; i++) {
        MigTableColumn *column = mig_store_column(table, change->items[i].column);
        const MigExpr *value = change->items[i].value;

        if (column == NULL || (value != NULL && value->kind == MIG_EXPR_NULL))
            continue;
        if (change->expr == NULL || is_null_test(change->expr, column->name))
            column->filled = replay->now;
    }
}

void
mig_replay_data(MigReplay *replay, const MigChange *change)
{
    if (change->kind == MIG_CHANGE_UPDATE)
        note_filled(replay, change);
}

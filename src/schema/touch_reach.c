/* SPDX-License-Identifier: MIT */
/* How far a relation, an expression or a query reaches. */
#include <string.h>

#include "schema/session.h"
#include "schema/touching.h"

/* A view stands for what it reads: who reads it reads these, and who writes it writes them. */
static void
add_underlying(MigTouch *touch, const MigTable *view, unsigned how)
{
    if (touch->depth >= MIG_TOUCH_DEEPEST) {
        touch->touches->all = true;
        return;
    }
    touch->depth++;
    for (guint i = 0; i < view->depends_on->len; i++) {
        const MigDependency *on = view->depends_on->pdata[i];

        mig_touch_relation(touch, on->schema, on->table, how);
    }
    touch->depth--;
}

static void
add_triggers(MigTouch *touch, const MigTable *table)
{
    if (table->triggers->len > 0 && touch->depth >= MIG_TOUCH_DEEPEST) {
        touch->touches->all = true;
        return;
    }
    touch->depth++;
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = table->triggers->pdata[i];
        const char *dot = trigger->routine != NULL ? strrchr(trigger->routine, '.') : NULL;
        g_autofree char *schema =
            dot != NULL ? g_strndup(trigger->routine, (gsize)(dot - trigger->routine)) : NULL;
        const MigUserRoutine *routine = NULL;

        if (trigger->routine == NULL ||
            mig_catalog_routine(touch->catalog, schema, dot != NULL ? dot + 1 : trigger->routine,
                                &routine) != MIG_LOOKUP_FOUND ||
            !routine->body_known) {
            touch->touches->all = true;
            continue;
        }
        for (guint d = 0; d < routine->depends_on->len; d++) {
            const MigDependency *on = routine->depends_on->pdata[d];

            mig_touch_relation(touch, on->schema, on->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_DATA);
        }
    }
    touch->depth--;
}

void
mig_touch_relation(MigTouch *touch, const char *schema, const char *name, unsigned how)
{
    const MigTable *table = mig_session_table(touch->catalog, schema, name);

    if (schema == NULL)
        schema = table != NULL ? table->schema : mig_session_schema(touch->catalog, NULL, false);
    /* What has been followed isn't followed again, so that cycles end. */
    if (!mig_touch_note(touch, "table", schema, name, how) || table == NULL)
        return;
    if (table->kind == MIG_RELATION_VIEW ||
        (table->kind == MIG_RELATION_MATERIALIZED_VIEW && (how & MIG_TOUCH_WRITE_DATA)))
        add_underlying(touch, table, how & ~(unsigned)MIG_TOUCH_WRITE_SCHEMA);
    /* Rows may go to any child, and a parent's columns are its children's. */
    for (guint i = 0; touch->depth < MIG_TOUCH_DEEPEST && i < table->children->len; i++) {
        const MigTable *child = table->children->pdata[i];

        touch->depth++;
        mig_touch_relation(touch, child->schema, child->name, how);
        touch->depth--;
    }
    if ((how & MIG_TOUCH_WRITE_DATA) == 0)
        return;
    add_triggers(touch, table);
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *constraint = table->constraints->pdata[i];

        if (constraint->ref_table != NULL)
            mig_touch_note(touch, "table", constraint->ref_schema, constraint->ref_table,
                           MIG_TOUCH_READ);
    }
}

void
mig_touch_name(MigTouch *touch, const MigName *name, unsigned how)
{
    if (name->name != NULL)
        mig_touch_relation(touch, name->schema, name->name, how);
}

static void
read_table(const MigName *name, gpointer data)
{
    mig_touch_name(data, name, MIG_TOUCH_READ);
}

/* A user's routine that is called does what its body does. */
static bool
note_call(const MigExpr *expr, gpointer data)
{
    MigTouch *touch = data;
    const MigUserRoutine *routine = NULL;

    if (expr->kind != MIG_EXPR_CALL || expr->name == NULL)
        return true;
    if (g_strcmp0(expr->name, "nextval") == 0 || g_strcmp0(expr->name, "setval") == 0) {
        if (expr->n_args > 0 && expr->args[0]->kind == MIG_EXPR_LITERAL)
            mig_touch_note(touch, "sequence", NULL, expr->args[0]->text, MIG_TOUCH_WRITE_DATA);
        else
            touch->touches->all = true;
    }
    if (mig_catalog_routine(touch->catalog, expr->schema, expr->name, &routine) != MIG_LOOKUP_FOUND)
        return true;
    mig_touch_note(touch, "routine", routine->schema, routine->name, MIG_TOUCH_READ);
    if (!routine->body_known) {
        touch->touches->all = true;
        return true;
    }
    for (guint i = 0; i < routine->depends_on->len; i++) {
        const MigDependency *on = routine->depends_on->pdata[i];

        mig_touch_relation(touch, on->schema, on->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_DATA);
    }
    return true;
}

void
mig_touch_expr(MigTouch *touch, const MigExpr *expr)
{
    if (expr == NULL)
        return;
    mig_expr_tables(expr, read_table, touch);
    mig_expr_walk(expr, note_call, touch);
}

void
mig_touch_query(MigTouch *touch, const MigQuery *query)
{
    for (; query != NULL; query = query->next) {
        mig_query_tables(query, read_table, touch);
        for (size_t i = 0; i < query->n_targets; i++) {
            if (query->targets[i].value != NULL)
                mig_expr_walk(query->targets[i].value, note_call, touch);
        }
        if (query->where != NULL)
            mig_expr_walk(query->where, note_call, touch);
        for (size_t i = 0; i < query->n_from; i++) {
            if (query->from[i].call != NULL)
                mig_expr_walk(query->from[i].call, note_call, touch);
        }
        for (size_t i = 0; i < query->n_ctes && touch->depth < MIG_TOUCH_DEEPEST; i++) {
            touch->depth++;
            if (query->ctes[i].change != NULL)
                mig_touch_change(touch, query->ctes[i].change);
            touch->depth--;
        }
        mig_touch_name(touch, &query->into, MIG_TOUCH_WRITE_SCHEMA);
    }
}

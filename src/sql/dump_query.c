/* SPDX-License-Identifier: MIT */
/* Queries back to text, normalised. */
#include <migrate/change.h>

#include "sql/dump.h"

static const char *const joins[] = {
    [MIG_JOIN_FIRST] = "",
    [MIG_JOIN_COMMA] = ", ",
    [MIG_JOIN_INNER] = " join ",
    [MIG_JOIN_LEFT] = " left join ",
    [MIG_JOIN_RIGHT] = " right join ",
    [MIG_JOIN_FULL] = " full join ",
    [MIG_JOIN_CROSS] = " cross join ",
};

static void
put_relation(GString *out, const MigRelation *relation)
{
    g_string_append(out, joins[relation->join]);
    if (relation->lateral)
        g_string_append(out, "lateral ");
    if (relation->query != NULL) {
        g_string_append_c(out, '(');
        mig_dump_query(out, relation->query);
        g_string_append_c(out, ')');
    } else if (relation->call != NULL) {
        mig_dump_expr(out, relation->call);
    } else {
        mig_dump_name(out, &relation->name);
    }
    if (relation->alias != NULL) {
        g_string_append(out, " as ");
        mig_dump_word(out, relation->alias);
    }
    if (relation->on != NULL) {
        g_string_append(out, " on ");
        mig_dump_expr(out, relation->on);
    } else if (relation->has_condition) {
        g_string_append(out, " using");
    }
}

void
mig_dump_relations(GString *out, const MigRelation *relations, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_relation(out, &relations[i]);
}

static void
put_items(GString *out, const char *before, const MigItem *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_string_append(out, i == 0 ? before : ", ");
        if (items[i].value != NULL)
            mig_dump_expr(out, items[i].value);
        if (items[i].column != NULL) {
            g_string_append(out, " as ");
            mig_dump_word(out, items[i].column);
        }
        if (items[i].descending)
            g_string_append(out, " desc");
    }
}

static void
put_clause(GString *out, const char *before, const MigExpr *expr)
{
    if (expr == NULL)
        return;
    g_string_append(out, before);
    mig_dump_expr(out, expr);
}

void
mig_dump_ctes(GString *out, const MigCte *ctes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_string_append(out, i == 0 ? "with " : ", ");
        if (ctes[i].recursive)
            g_string_append(out, "recursive ");
        mig_dump_word(out, ctes[i].name);
        g_string_append(out, " as (");
        if (ctes[i].query != NULL)
            mig_dump_query(out, ctes[i].query);
        if (ctes[i].change != NULL) {
            g_string_append(out, "\n");
            mig_dump_change(out, ctes[i].change, 6);
            g_string_append(out, "    ");
        }
        g_string_append_c(out, ')');
    }
    if (n > 0)
        g_string_append_c(out, ' ');
}

static void
put_arm(GString *out, const MigQuery *query)
{
    if (query->n_values > 0) {
        g_string_append(out, "values ");
        mig_dump_exprs(out, query->values, query->n_values);
    } else {
        g_string_append(out, query->distinct ? "select distinct" : "select");
        put_items(out, " ", query->targets, query->n_targets);
    }
    if (query->into.name != NULL) {
        g_string_append(out, " into ");
        mig_dump_name(out, &query->into);
    }
    if (query->n_from > 0) {
        g_string_append(out, " from ");
        mig_dump_relations(out, query->from, query->n_from);
    }
    put_clause(out, " where ", query->where);
    if (query->n_group_by > 0) {
        g_string_append(out, " group by ");
        mig_dump_exprs(out, query->group_by, query->n_group_by);
    }
    put_clause(out, " having ", query->having);
}

void
mig_dump_query(GString *out, const MigQuery *query)
{
    mig_dump_ctes(out, query->ctes, query->n_ctes);
    put_arm(out, query);
    for (const MigQuery *arm = query; arm->next != NULL; arm = arm->next) {
        g_string_append_printf(out, " %s ", arm->op != NULL ? arm->op : "union");

        /* An arm in parentheses has more of its own than these. */
        const MigQuery *next = arm->next;
        bool own = next->n_order_by > 0 || next->limit != NULL || next->n_ctes > 0;
        if (own)
            g_string_append_c(out, '(');
        mig_dump_ctes(out, next->ctes, next->n_ctes);
        put_arm(out, next);
        put_items(out, " order by ", next->order_by, next->n_order_by);
        put_clause(out, " limit ", next->limit);
        put_clause(out, " offset ", next->offset);
        if (own)
            g_string_append_c(out, ')');
    }
    put_items(out, " order by ", query->order_by, query->n_order_by);
    put_clause(out, " limit ", query->limit);
    put_clause(out, " offset ", query->offset);
    if (query->for_update)
        g_string_append(out, " for update");
}

/* SPDX-License-Identifier: MIT */
/* PostgreSQL's queries: SELECT, VALUES, set operations, WITH, and what stands in FROM. */
#include <string.h>

#include "sql/parse_postgres.h"

MigItem *
mig_pg_items(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    MigItem *items = mig_arena_new0(r->arena, MigItem, n);
    for (size_t i = 0; i < n; i++) {
        if (list[i]->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
            continue;

        const PgQuery__ResTarget *target = list[i]->res_target;
        MigItem *item = &items[(*out_n)++];
        const MigExpr *value = mig_pg_expr(r, target->val);

        item->column = mig_pg_dup(r, target->name);
        item->value = value != NULL ? value : mig_pg_other_expr(r, NULL);
        if (mig_pg_has_location(r, target->location)) {
            size_t first = mig_pg_token_at(r, (size_t)target->location);
            MigSpan span = mig_pg_span_token(r, first);
            size_t end =
                MAX(span.offset + span.length, item->value->span.offset + item->value->span.length);

            item->span = r->fixed ? span : (MigSpan){span.offset, end - span.offset};
        }
    }
    return items;
}

MigItem *
mig_pg_sort_items(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    MigItem *items = mig_arena_new0(r->arena, MigItem, n);
    for (size_t i = 0; i < n; i++) {
        if (list[i]->node_case != PG_QUERY__NODE__NODE_SORT_BY)
            continue;

        const PgQuery__SortBy *sort = list[i]->sort_by;
        MigItem *item = &items[(*out_n)++];

        item->value = mig_pg_expr(r, sort->node);
        if (item->value == NULL)
            item->value = mig_pg_other_expr(r, NULL);
        item->descending = sort->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
        item->span = item->value->span;
    }
    return items;
}

static MigExpr *
range_function(PgReader *r, const PgQuery__RangeFunction *node)
{
    MigExpr *all = NULL;

    if (node->n_functions > 1) {
        all = mig_pg_other_expr(r, "rows from");
        all->args = mig_arena_new0(r->arena, MigExpr *, node->n_functions);
    }
    for (size_t i = 0; i < node->n_functions; i++) {
        const PgNode *pair = node->functions[i];
        const PgNode *call = pair->node_case == PG_QUERY__NODE__NODE_LIST && pair->list->n_items > 0
                                 ? pair->list->items[0]
                                 : pair;
        MigExpr *expr = mig_pg_expr(r, call);

        if (all == NULL)
            return expr;
        if (expr != NULL)
            all->args[all->n_args++] = expr;
    }
    return all;
}

static void add_relation(PgReader *r, GArray *relations, const PgNode *node, MigJoin join);

static const char *
alias_name(PgReader *r, const PgQuery__Alias *alias)
{
    return alias == NULL ? NULL : mig_pg_dup(r, alias->aliasname);
}

static MigRelation
plain_relation(PgReader *r, const PgNode *node)
{
    MigRelation relation = {0};

    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        relation.name = mig_pg_range_name(r, node->range_var);
        relation.alias = alias_name(r, node->range_var->alias);
        break;
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
        relation.query = mig_pg_query(r, node->range_subselect->subquery);
        relation.alias = alias_name(r, node->range_subselect->alias);
        if (relation.alias == NULL)
            mig_pg_needs(r, 160000, "a query in FROM without an alias", r->whole);
        relation.lateral = node->range_subselect->lateral;
        break;
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
        relation.call = range_function(r, node->range_function);
        relation.alias = alias_name(r, node->range_function->alias);
        relation.lateral = node->range_function->lateral;
        break;
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC: {
        MigExpr *call = mig_pg_other_expr(r, "xmltable");
        PgNode *const args[] = {node->range_table_func->docexpr, node->range_table_func->rowexpr};

        call->args = mig_pg_exprs(r, args, G_N_ELEMENTS(args), &call->n_args);
        relation.call = call;
        relation.alias = alias_name(r, node->range_table_func->alias);
        relation.lateral = node->range_table_func->lateral;
        break;
    }
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
        if (node->range_table_sample->relation != NULL && mig_pg_enter(r)) {
            relation = plain_relation(r, node->range_table_sample->relation);
            mig_pg_leave(r);
        }
        break;
    default:
        break;
    }
    return relation;
}

static MigJoin
join_of(const PgQuery__JoinExpr *node)
{
    switch ((int)node->jointype) {
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        return MIG_JOIN_LEFT;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        return MIG_JOIN_RIGHT;
    case PG_QUERY__JOIN_TYPE__JOIN_FULL:
        return MIG_JOIN_FULL;
    default:
        return node->quals == NULL && node->n_using_clause == 0 && !node->is_natural
                   ? MIG_JOIN_CROSS
                   : MIG_JOIN_INNER;
    }
}

static void
add_join(PgReader *r, GArray *relations, const PgQuery__JoinExpr *node, MigJoin join)
{
    add_relation(r, relations, node->larg, join);

    guint before = relations->len;
    add_relation(r, relations, node->rarg, join_of(node));
    if (relations->len == before)
        return;

    const MigExpr *on = mig_pg_expr(r, node->quals);
    MigRelation *joined = &g_array_index(relations, MigRelation, before);
    joined->on = on;
    joined->has_condition = on != NULL || node->n_using_clause > 0 || node->is_natural;
}

static void
add_relation(PgReader *r, GArray *relations, const PgNode *node, MigJoin join)
{
    if (node == NULL || !mig_pg_enter(r))
        return;
    if (node->node_case == PG_QUERY__NODE__NODE_JOIN_EXPR) {
        add_join(r, relations, node->join_expr, join);
    } else {
        MigRelation relation = plain_relation(r, node);

        relation.join = join;
        g_array_append_val(relations, relation);
    }
    mig_pg_leave(r);
}

MigRelation *
mig_pg_relations(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    g_autoptr(GArray) relations = g_array_sized_new(FALSE, TRUE, sizeof(MigRelation), (guint)n);
    for (size_t i = 0; i < n; i++)
        add_relation(r, relations, list[i], i == 0 ? MIG_JOIN_FIRST : MIG_JOIN_COMMA);
    return mig_arena_take_array(r->arena, relations, out_n);
}

/* What a WITH's member that changes data does: the change is taken off the statement's. */
static const MigChange *
data_change(PgReader *r, const PgNode *node)
{
    GArray *outer = r->changes;
    g_autoptr(GArray) own = g_array_new(FALSE, TRUE, sizeof(MigChange));

    r->changes = own;
    mig_pg_read_node(r, node);
    r->changes = outer;
    if (own->len == 0)
        return NULL;
    return mig_arena_copy(r->arena, own->data, sizeof(MigChange));
}

MigCte *
mig_pg_ctes(PgReader *r, const PgQuery__WithClause *with, size_t *out_n)
{
    *out_n = 0;
    if (with == NULL || with->n_ctes == 0)
        return NULL;

    MigCte *ctes = mig_arena_new0(r->arena, MigCte, with->n_ctes);
    for (size_t i = 0; i < with->n_ctes; i++) {
        if (with->ctes[i]->node_case != PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR)
            continue;

        const PgQuery__CommonTableExpr *node = with->ctes[i]->common_table_expr;
        MigCte *cte = &ctes[(*out_n)++];

        cte->name = mig_pg_dup(r, node->ctename);
        cte->recursive = with->recursive;
        if (node->ctequery == NULL)
            continue;
        if (node->ctequery->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
            cte->query = mig_pg_query(r, node->ctequery);
        else
            cte->change = data_change(r, node->ctequery);
    }
    return ctes;
}

static void
read_values(PgReader *r, const PgQuery__SelectStmt *select, MigQuery *query)
{
    query->values = mig_pg_exprs(r, select->values_lists, select->n_values_lists, &query->n_values);
}

/* DISTINCT ON (...) adds its expressions nowhere, as no rule needs them. */
static MigQuery *
plain_select(PgReader *r, const PgQuery__SelectStmt *select)
{
    MigQuery *query = mig_arena_new0(r->arena, MigQuery, 1);

    query->targets = mig_pg_items(r, select->target_list, select->n_target_list, &query->n_targets);
    query->from = mig_pg_relations(r, select->from_clause, select->n_from_clause, &query->n_from);
    query->where = mig_pg_expr(r, select->where_clause);
    query->group_by =
        mig_pg_exprs(r, select->group_clause, select->n_group_clause, &query->n_group_by);
    query->having = mig_pg_expr(r, select->having_clause);
    query->distinct = select->n_distinct_clause > 0;
    if (select->into_clause != NULL)
        query->into = mig_pg_range_name(r, select->into_clause->rel);
    read_values(r, select, query);
    return query;
}

static const char *
operation_name(const PgQuery__SelectStmt *select)
{
    switch ((int)select->op) {
    case PG_QUERY__SET_OPERATION__SETOP_INTERSECT:
        return select->all ? "intersect all" : "intersect";
    case PG_QUERY__SET_OPERATION__SETOP_EXCEPT:
        return select->all ? "except all" : "except";
    default:
        return select->all ? "union all" : "union";
    }
}

static bool
is_set_operation(const PgQuery__SelectStmt *select)
{
    return select->larg != NULL && select->rarg != NULL;
}

/* What is said of a query as a whole: its WITH, order and limit. */
static void
read_tail(PgReader *r, const PgQuery__SelectStmt *select, MigQuery *query)
{
    size_t n_ctes = 0;
    MigCte *ctes = mig_pg_ctes(r, select->with_clause, &n_ctes);

    if (n_ctes > 0 && query->n_ctes > 0) {
        MigCte *both = mig_arena_new0(r->arena, MigCte, n_ctes + query->n_ctes);

        memcpy(both, ctes, sizeof *both * n_ctes);
        memcpy(both + n_ctes, query->ctes, sizeof *both * query->n_ctes);
        query->ctes = both;
        query->n_ctes += n_ctes;
    } else if (n_ctes > 0) {
        query->ctes = ctes;
        query->n_ctes = n_ctes;
    }
    if (select->n_sort_clause > 0)
        query->order_by =
            mig_pg_sort_items(r, select->sort_clause, select->n_sort_clause, &query->n_order_by);
    if (select->limit_count != NULL)
        query->limit = mig_pg_expr(r, select->limit_count);
    if (select->limit_offset != NULL)
        query->offset = mig_pg_expr(r, select->limit_offset);
    if (select->n_locking_clause > 0)
        query->for_update = true;
}

/* a UNION b UNION c is ((a UNION b) UNION c) in the tree, and may be long: the arms are collected
 * from the right, and linked from the left. */
static MigQuery *
set_operation(PgReader *r, const PgQuery__SelectStmt *select)
{
    g_autoptr(GPtrArray) steps = g_ptr_array_new();
    const PgQuery__SelectStmt *left = select;

    for (; is_set_operation(left); left = left->larg)
        g_ptr_array_add(steps, (gpointer)left);

    MigQuery *head = mig_pg_select(r, left);
    MigQuery *last = head;
    for (guint i = steps->len; i > 0; i--) {
        const PgQuery__SelectStmt *step = g_ptr_array_index(steps, i - 1);

        while (last->next != NULL)
            last = (MigQuery *)last->next;
        last->op = operation_name(step);
        last->next = mig_pg_select(r, step->rarg);
        /* A left arm in parentheses with an order or limit of its own passes it on to the whole. */
        read_tail(r, step, head);
    }
    return head;
}

MigQuery *
mig_pg_select(PgReader *r, const PgQuery__SelectStmt *select)
{
    if (select == NULL || !mig_pg_enter(r))
        return mig_arena_new0(r->arena, MigQuery, 1);

    MigQuery *query = NULL;
    if (is_set_operation(select)) {
        query = set_operation(r, select);
    } else {
        query = plain_select(r, select);
        read_tail(r, select, query);
    }
    mig_pg_leave(r);
    return query;
}

MigQuery *
mig_pg_query(PgReader *r, const PgNode *node)
{
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return mig_arena_new0(r->arena, MigQuery, 1);
    return mig_pg_select(r, node->select_stmt);
}

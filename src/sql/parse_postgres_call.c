/* SPDX-License-Identifier: MIT */
/* PostgreSQL's function calls, subqueries, CASE, and expressions that are seldom written. */
#include <string.h>

#include "sql/parse_postgres.h"

static MigExpr *
new_expr(PgReader *r, MigExprKind kind)
{
    MigExpr *expr = mig_arena_new0(r->arena, MigExpr, 1);

    expr->kind = kind;
    return expr;
}

/* To what closes the parentheses that begin behind the expression's first tokens. */
static void
extend_to_close(PgReader *r, MigExpr *expr, int location)
{
    if (r->fixed || !mig_pg_has_location(r, location))
        return;

    size_t first = mig_pg_token_at(r, (size_t)location);
    size_t open = first;
    for (size_t i = 0;
         i < 8 && !mig_pg_token_is_mark(r, open, '(') && !mig_pg_token_is_mark(r, open, '['); i++)
        open++;
    if (!mig_pg_token_is_mark(r, open, '(') && !mig_pg_token_is_mark(r, open, '['))
        return;

    MigSpan span = mig_pg_span_tokens(r, first, mig_pg_close(r, open));
    size_t from = expr->span.length > 0 ? MIN(span.offset, expr->span.offset) : span.offset;
    expr->span = (MigSpan){from, span.offset + span.length - from};
}

/* Whether the grammar made the call of other words: a AT TIME ZONE b, EXTRACT (year FROM c). */
static bool
is_sql_syntax(const PgQuery__FuncCall *call)
{
    return call->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX;
}

/* The grammar puts a schema before the functions behind its own words. */
static bool
is_qualified(PgReader *r, const PgQuery__FuncCall *call)
{
    if (is_sql_syntax(call))
        return false;
    return !mig_pg_has_location(r, call->location) ||
           mig_pg_token_is_mark(r, mig_pg_token_at(r, (size_t)call->location) + 1, '.');
}

static MigExpr *
at_time_zone(PgReader *r, const PgQuery__FuncCall *call)
{
    MigExpr *expr = new_expr(r, MIG_EXPR_OPERATOR);
    size_t n = 0;
    MigExpr **args = mig_pg_exprs(r, call->args, call->n_args, &n);

    expr->text = "at time zone";
    /* The function has the zone first. */
    if (n == 2) {
        MigExpr *zone = args[0];

        args[0] = args[1];
        args[1] = zone;
    }
    expr->args = args;
    expr->n_args = n;
    mig_pg_set_expr_span(r, expr, -1);
    return expr;
}

static void
add_exprs(PgReader *r, MigExpr *expr, PgNode *const *list, size_t n)
{
    if (n == 0)
        return;

    MigExpr **args = mig_arena_new0(r->arena, MigExpr *, expr->n_args + n);
    if (expr->n_args > 0)
        memcpy(args, expr->args, sizeof *args * expr->n_args);
    expr->args = args;
    for (size_t i = 0; i < n; i++) {
        const PgNode *node = list[i];

        if (node->node_case == PG_QUERY__NODE__NODE_SORT_BY)
            node = node->sort_by->node;

        MigExpr *arg = mig_pg_expr(r, node);
        if (arg != NULL)
            expr->args[expr->n_args++] = arg;
    }
}

MigExpr *
mig_pg_call(PgReader *r, const PgQuery__FuncCall *call)
{
    const char *name = mig_pg_last_name(r, call->funcname, call->n_funcname);

    if (is_sql_syntax(call) && name != NULL && strcmp(name, "timezone") == 0 && call->n_args == 2)
        return at_time_zone(r, call);

    MigExpr *expr = new_expr(r, MIG_EXPR_CALL);
    expr->name = name;
    if (call->n_funcname > 1)
        expr->schema = mig_pg_last_name(r, call->funcname, call->n_funcname - 1);
    if (expr->schema != NULL && !is_qualified(r, call))
        expr->schema = NULL;
    expr->distinct = call->agg_distinct;
    expr->args = mig_pg_exprs(r, call->args, call->n_args, &expr->n_args);
    if (call->agg_star) {
        MigExpr *star = new_expr(r, MIG_EXPR_STAR);

        expr->args = mig_arena_new0(r->arena, MigExpr *, 1);
        expr->args[0] = star;
        expr->n_args = 1;
    }
    add_exprs(r, expr, call->agg_order, call->n_agg_order);
    if (call->agg_filter != NULL)
        add_exprs(r, expr, &((PgQuery__FuncCall *)call)->agg_filter, 1);
    if (call->over != NULL) {
        add_exprs(r, expr, call->over->partition_clause, call->over->n_partition_clause);
        add_exprs(r, expr, call->over->order_clause, call->over->n_order_clause);
    }
    mig_pg_set_expr_span(r, expr, call->location);
    extend_to_close(r, expr, call->location);
    return expr;
}

static const char *
value_function_name(PgQuery__SQLValueFunctionOp op)
{
    switch ((int)op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
        return "current_date";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
        return "current_time";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
        return "current_timestamp";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
        return "localtime";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
        return "localtimestamp";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
        return "current_role";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
        return "current_user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
        return "user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
        return "session_user";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
        return "current_catalog";
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
        return "current_schema";
    default:
        return "";
    }
}

static MigExpr *
value_function(PgReader *r, const PgQuery__SQLValueFunction *node)
{
    MigExpr *expr = new_expr(r, MIG_EXPR_CALL);

    expr->name = value_function_name(node->op);
    mig_pg_set_expr_span(r, expr, node->location);
    /* current_timestamp(3) */
    if (node->typmod >= 0 && mig_pg_has_location(r, node->location) &&
        mig_pg_token_is_mark(r, mig_pg_token_at(r, (size_t)node->location) + 1, '('))
        extend_to_close(r, expr, node->location);
    return expr;
}

static MigExpr *
with_args(PgReader *r, MigExprKind kind, PgNode *const *list, size_t n, int location)
{
    MigExpr *expr = new_expr(r, kind);

    expr->args = mig_pg_exprs(r, list, n, &expr->n_args);
    mig_pg_set_expr_span(r, expr, location);
    return expr;
}

static MigExpr *
named_call(PgReader *r, const char *name, PgNode *const *list, size_t n, int location)
{
    MigExpr *expr = with_args(r, MIG_EXPR_CALL, list, n, location);

    expr->name = name;
    extend_to_close(r, expr, location);
    return expr;
}

/* Operand, conditions, results, ELSE. */
static MigExpr *
case_expr(PgReader *r, const PgQuery__CaseExpr *node)
{
    MigExpr *expr = new_expr(r, MIG_EXPR_CASE);
    PgNode *operand[] = {node->arg};
    PgNode *otherwise[] = {node->defresult};

    if (node->arg != NULL)
        add_exprs(r, expr, operand, 1);
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < node->n_args; i++) {
            if (node->args[i]->node_case != PG_QUERY__NODE__NODE_CASE_WHEN)
                continue;

            const PgQuery__CaseWhen *when = node->args[i]->case_when;
            PgNode *one[] = {pass == 0 ? when->expr : when->result};
            add_exprs(r, expr, one, 1);
        }
    }
    if (node->defresult != NULL)
        add_exprs(r, expr, otherwise, 1);
    mig_pg_set_expr_span(r, expr, node->location);
    /* Behind the last of it stands END. */
    if (!r->fixed && expr->span.length > 0) {
        size_t at = mig_pg_token_at(r, expr->span.offset + expr->span.length - r->base);

        if (mig_pg_token_is(r, at, "end")) {
            MigSpan end = mig_pg_span_token(r, at);
            expr->span.length = end.offset + end.length - expr->span.offset;
        }
    }
    return expr;
}

static MigExpr *
sublink(PgReader *r, const PgQuery__SubLink *node)
{
    const char *op = node->n_oper_name > 0 ? mig_pg_string(node->oper_name[0]) : NULL;
    MigExpr *expr = new_expr(r, MIG_EXPR_SUBQUERY);
    PgNode *tested[] = {node->testexpr};

    switch ((int)node->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        expr->kind = MIG_EXPR_EXISTS;
        break;
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
        expr->kind = op == NULL || strcmp(op, "=") == 0 ? MIG_EXPR_IN : MIG_EXPR_OPERATOR;
        if (expr->kind == MIG_EXPR_OPERATOR)
            expr->text = mig_arena_printf(r->arena, "%s any", op);
        break;
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
        expr->kind = op != NULL && strcmp(op, "<>") == 0 ? MIG_EXPR_NOT_IN : MIG_EXPR_OPERATOR;
        if (expr->kind == MIG_EXPR_OPERATOR)
            expr->text = mig_arena_printf(r->arena, "%s all", op == NULL ? "" : op);
        break;
    default:
        break;
    }
    if (node->testexpr != NULL)
        add_exprs(r, expr, tested, 1);
    if (expr->kind == MIG_EXPR_OPERATOR) {
        MigExpr **args = mig_arena_new0(r->arena, MigExpr *, 2);
        MigExpr *subquery = new_expr(r, MIG_EXPR_SUBQUERY);

        subquery->query = mig_pg_query(r, node->subselect);
        if (expr->n_args > 0)
            args[0] = expr->args[0];
        args[expr->n_args++] = subquery;
        expr->args = args;
    } else {
        expr->query = mig_pg_query(r, node->subselect);
    }
    mig_pg_set_expr_span(r, expr, node->location);
    extend_to_close(r, expr, node->location);
    return expr;
}

static MigExpr *
indirection(PgReader *r, const PgQuery__AIndirection *node)
{
    MigExpr *expr = new_expr(r, MIG_EXPR_OTHER);
    PgNode *arg[] = {node->arg};

    add_exprs(r, expr, arg, 1);
    for (size_t i = 0; i < node->n_indirection; i++) {
        const PgNode *step = node->indirection[i];

        if (step->node_case != PG_QUERY__NODE__NODE_A_INDICES)
            continue;

        PgNode *bounds[] = {step->a_indices->lidx, step->a_indices->uidx};
        for (size_t k = 0; k < G_N_ELEMENTS(bounds); k++) {
            if (bounds[k] != NULL)
                add_exprs(r, expr, &bounds[k], 1);
        }
    }
    mig_pg_set_expr_span(r, expr, -1);
    return expr;
}

static MigExpr *
xml_expr(PgReader *r, const PgQuery__XmlExpr *node)
{
    MigExpr *expr = with_args(r, MIG_EXPR_OTHER, node->args, node->n_args, node->location);

    add_exprs(r, expr, node->named_args, node->n_named_args);
    return expr;
}

static MigExpr *
one(PgReader *r, MigExprKind kind, PgNode *node, int location)
{
    PgNode *list[] = {node};

    return with_args(r, kind, list, node != NULL ? 1 : 0, location);
}

/* (a, b) = (1, 2): each column has its own. */
static MigExpr *
assigned(PgReader *r, const PgQuery__MultiAssignRef *node)
{
    const PgNode *source = node->source;

    if (source != NULL && source->node_case == PG_QUERY__NODE__NODE_ROW_EXPR && node->colno > 0 &&
        (size_t)node->colno <= source->row_expr->n_args)
        source = source->row_expr->args[node->colno - 1];
    return mig_pg_expr(r, source);
}

MigExpr *
mig_pg_rare_expr(PgReader *r, const PgNode *node)
{
    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return value_function(r, node->sqlvalue_function);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return sublink(r, node->sub_link);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return case_expr(r, node->case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return named_call(r, "coalesce", node->coalesce_expr->args, node->coalesce_expr->n_args,
                          node->coalesce_expr->location);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return named_call(
            r, node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least",
            node->min_max_expr->args, node->min_max_expr->n_args, node->min_max_expr->location);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: {
        const PgQuery__AArrayExpr *array = node->a_array_expr;
        MigExpr *expr =
            with_args(r, MIG_EXPR_ARRAY, array->elements, array->n_elements, array->location);

        extend_to_close(r, expr, array->location);
        return expr;
    }
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return with_args(r, MIG_EXPR_ROW, node->row_expr->args, node->row_expr->n_args,
                         node->row_expr->location);
    case PG_QUERY__NODE__NODE_LIST:
        return with_args(r, MIG_EXPR_ROW, node->list->items, node->list->n_items, -1);
    case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
        return with_args(r, MIG_EXPR_DEFAULT, NULL, 0, node->set_to_default->location);
    case PG_QUERY__NODE__NODE_PARAM_REF: {
        MigExpr *expr = with_args(r, MIG_EXPR_PARAMETER, NULL, 0, node->param_ref->location);

        expr->text = mig_arena_printf(r->arena, "$%d", node->param_ref->number);
        return expr;
    }
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        return indirection(r, node->a_indirection);
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
        return mig_pg_expr(r, node->named_arg_expr->arg);
    case PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF:
        return assigned(r, node->multi_assign_ref);
    case PG_QUERY__NODE__NODE_RES_TARGET:
        return mig_pg_expr(r, node->res_target->val);
    case PG_QUERY__NODE__NODE_XML_EXPR:
        return xml_expr(r, node->xml_expr);
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
        return one(r, MIG_EXPR_OTHER, node->xml_serialize->expr, node->xml_serialize->location);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return named_call(r, "grouping", node->grouping_func->args, node->grouping_func->n_args,
                          node->grouping_func->location);
    case PG_QUERY__NODE__NODE_GROUPING_SET:
        return with_args(r, MIG_EXPR_OTHER, node->grouping_set->content,
                         node->grouping_set->n_content, node->grouping_set->location);
    case PG_QUERY__NODE__NODE_CURRENT_OF_EXPR:
        return mig_pg_other_expr(r, "current of");
#if PG_VERSION_NUM >= 160000
    case PG_QUERY__NODE__NODE_JSON_IS_PREDICATE: {
        MigExpr *expr = one(r, MIG_EXPR_IS_TRUE, node->json_is_predicate->expr,
                            node->json_is_predicate->location);

        expr->text = "json";
        mig_pg_needs(r, 160000, "IS JSON", expr->span);
        return expr;
    }
#endif
    case PG_QUERY__NODE__NODE_STRING: {
        MigExpr *expr = new_expr(r, MIG_EXPR_LITERAL);

        expr->text = mig_pg_value(r, node);
        expr->string = true;
        return expr;
    }
    default:
        return NULL;
    }
}

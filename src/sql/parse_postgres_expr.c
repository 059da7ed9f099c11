/* SPDX-License-Identifier: MIT */
/* PostgreSQL's expressions: those that most statements have. */
#include <string.h>

#include "sql/parse_postgres.h"

static MigExpr *
new_expr(PgReader *r, MigExprKind kind, size_t n_args)
{
    MigExpr *expr = mig_arena_new0(r->arena, MigExpr, 1);

    expr->kind = kind;
    if (n_args > 0)
        expr->args = mig_arena_new0(r->arena, MigExpr *, n_args);
    return expr;
}

static void
add_arg(MigExpr *expr, MigExpr *arg)
{
    if (arg != NULL)
        expr->args[expr->n_args++] = arg;
}

MigExpr *
mig_pg_other_expr(PgReader *r, const char *text)
{
    MigExpr *expr = new_expr(r, MIG_EXPR_OTHER, 0);

    expr->text = text;
    return expr;
}

MigExpr **
mig_pg_exprs(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    MigExpr **exprs = mig_arena_new0(r->arena, MigExpr *, n);
    for (size_t i = 0; i < n; i++) {
        MigExpr *expr = mig_pg_expr(r, list[i]);

        if (expr != NULL)
            exprs[(*out_n)++] = expr;
    }
    return exprs;
}

/* From its own token to the end of what it contains. */
void
mig_pg_set_expr_span(PgReader *r, MigExpr *expr, int location)
{
    size_t from = SIZE_MAX;
    size_t to = 0;

    if (r->fixed) {
        expr->span = r->whole;
        return;
    }
    if (mig_pg_has_location(r, location)) {
        const MigToken *token = mig_pg_token(r, mig_pg_token_at(r, (size_t)location));

        if (token != NULL) {
            from = r->base + token->offset;
            to = from + token->length;
        }
    }
    for (size_t i = 0; i < expr->n_args; i++) {
        const MigSpan *span = &expr->args[i]->span;

        if (span->length == 0)
            continue;
        from = MIN(from, span->offset);
        to = MAX(to, span->offset + span->length);
    }
    if (from < to)
        expr->span = (MigSpan){from, to - from};
}

static MigExpr *
constant(PgReader *r, const PgNode *node)
{
    const PgQuery__AConst *value = node->a_const;
    MigExpr *expr = new_expr(r, value->isnull ? MIG_EXPR_NULL : MIG_EXPR_LITERAL, 0);

    if (!value->isnull) {
        expr->text = mig_pg_value(r, node);
        expr->string = value->val_case == PG_QUERY__A__CONST__VAL_SVAL ||
                       value->val_case == PG_QUERY__A__CONST__VAL_BSVAL;
    }
    mig_pg_set_expr_span(r, expr, value->location);
    return expr;
}

static MigExpr *
column(PgReader *r, const PgQuery__ColumnRef *ref)
{
    size_t n = ref->n_fields;
    bool star = n > 0 && ref->fields[n - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
    MigExpr *expr = new_expr(r, star ? MIG_EXPR_STAR : MIG_EXPR_COLUMN, 0);

    if (!star)
        expr->name = mig_pg_last_name(r, ref->fields, n);
    if (n > 1)
        expr->schema = mig_pg_last_name(r, ref->fields, n - 1);
    if (mig_pg_has_location(r, ref->location)) {
        size_t first = mig_pg_token_at(r, (size_t)ref->location);
        size_t end = mig_pg_name_end(r, first);
        const MigToken *last = end > first ? mig_pg_token(r, end - 1) : NULL;

        expr->span = mig_pg_span_tokens(r, first, end);
        expr->quoted = last != NULL && last->kind == MIG_TOKEN_QUOTED;
    }
    return expr;
}

static const char *
operator_name(PgReader *r, PgNode *const *list, size_t n)
{
    const char *name = n > 0 ? mig_pg_string(list[n - 1]) : NULL;

    return name == NULL ? "" : mig_arena_strdup(r->arena, name);
}

static const char *
like_name(const PgQuery__AExpr *node, const char *plain, const char *negated)
{
    const char *name = node->n_name > 0 ? mig_pg_string(node->name[node->n_name - 1]) : NULL;

    return name != NULL && name[0] == '!' ? negated : plain;
}

static MigExpr *
binary(PgReader *r, const PgQuery__AExpr *node, const char *text)
{
    MigExpr *expr = new_expr(r, MIG_EXPR_OPERATOR, 2);

    expr->text = text;
    add_arg(expr, mig_pg_expr(r, node->lexpr));
    add_arg(expr, mig_pg_expr(r, node->rexpr));
    return expr;
}

/* Two lists: IN (1, 2), and BETWEEN's low and high. */
static MigExpr *
with_list(PgReader *r, const PgQuery__AExpr *node, MigExprKind kind)
{
    bool is_list = node->rexpr != NULL && node->rexpr->node_case == PG_QUERY__NODE__NODE_LIST;
    size_t n = is_list ? node->rexpr->list->n_items : 1;
    MigExpr *expr = new_expr(r, kind, n + 1);

    add_arg(expr, mig_pg_expr(r, node->lexpr));
    for (size_t i = 0; i < n; i++)
        add_arg(expr, mig_pg_expr(r, is_list ? node->rexpr->list->items[i] : node->rexpr));
    return expr;
}

/* a = ANY (ARRAY[1, 2]) is a IN (1, 2). */
static MigExpr *
any_or_all(PgReader *r, const PgQuery__AExpr *node, bool any)
{
    const char *name = operator_name(r, node->name, node->n_name);
    bool is_array =
        node->rexpr != NULL && node->rexpr->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR;

    if (is_array && (any ? strcmp(name, "=") == 0 : strcmp(name, "<>") == 0)) {
        const PgQuery__AArrayExpr *array = node->rexpr->a_array_expr;
        MigExpr *expr = new_expr(r, any ? MIG_EXPR_IN : MIG_EXPR_NOT_IN, array->n_elements + 1);

        add_arg(expr, mig_pg_expr(r, node->lexpr));
        for (size_t i = 0; i < array->n_elements; i++)
            add_arg(expr, mig_pg_expr(r, array->elements[i]));
        return expr;
    }
    return binary(r, node, mig_arena_printf(r->arena, "%s %s", name, any ? "any" : "all"));
}

static MigExpr *
nullif_call(PgReader *r, const PgQuery__AExpr *node)
{
    MigExpr *expr = binary(r, node, NULL);

    expr->kind = MIG_EXPR_CALL;
    expr->name = "nullif";
    return expr;
}

static MigExpr *
in_list(PgReader *r, const PgQuery__AExpr *node)
{
    const char *name = operator_name(r, node->name, node->n_name);

    return with_list(r, node, name[0] == '<' ? MIG_EXPR_NOT_IN : MIG_EXPR_IN);
}

/* The grammar hands the pattern to a function. */
static MigExpr *
similar(PgReader *r, const PgQuery__AExpr *node)
{
    MigExpr *expr = binary(r, node, like_name(node, "similar to", "not similar to"));
    MigExpr *pattern = expr->n_args == 2 ? expr->args[1] : NULL;

    if (pattern != NULL && pattern->kind == MIG_EXPR_CALL && pattern->n_args == 1)
        expr->args[1] = pattern->args[0];
    return expr;
}

static MigExpr *
operation_of(PgReader *r, const PgQuery__AExpr *node)
{
    switch ((int)node->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        return any_or_all(r, node, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        return any_or_all(r, node, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
        return binary(r, node, "is distinct from");
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        return binary(r, node, "is not distinct from");
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return nullif_call(r, node);
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return in_list(r, node);
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
        return binary(r, node, like_name(node, "like", "not like"));
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
        return binary(r, node, like_name(node, "ilike", "not ilike"));
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        return similar(r, node);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
        return with_list(r, node, MIG_EXPR_BETWEEN);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        return with_list(r, node, MIG_EXPR_NOT_BETWEEN);
    default:
        return binary(r, node, operator_name(r, node->name, node->n_name));
    }
}

static MigExpr *
operation(PgReader *r, const PgQuery__AExpr *node)
{
    MigExpr *expr = operation_of(r, node);

    mig_pg_set_expr_span(r, expr, node->location);
    return expr;
}

/* The grammar flattens only what stands left: a AND (b AND c) is flattened here. */
static MigExpr *
logical(PgReader *r, const PgQuery__BoolExpr *node)
{
    MigExprKind kind = node->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR  ? MIG_EXPR_NOT
                       : node->boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR ? MIG_EXPR_OR
                                                                           : MIG_EXPR_AND;
    size_t n_args = 0;
    MigExpr **args = mig_pg_exprs(r, node->args, node->n_args, &n_args);
    size_t n_flat = 0;

    for (size_t i = 0; i < n_args; i++)
        n_flat += kind != MIG_EXPR_NOT && args[i]->kind == kind ? args[i]->n_args : 1;

    MigExpr *expr = new_expr(r, kind, n_flat);
    for (size_t i = 0; i < n_args; i++) {
        if (kind == MIG_EXPR_NOT || args[i]->kind != kind) {
            add_arg(expr, args[i]);
            continue;
        }
        for (size_t k = 0; k < args[i]->n_args; k++)
            add_arg(expr, args[i]->args[k]);
    }
    mig_pg_set_expr_span(r, expr, kind == MIG_EXPR_NOT ? node->location : -1);
    /* a NOT IN (SELECT ...) is NOT (a IN (SELECT ...)) in the tree. */
    if (kind == MIG_EXPR_NOT && expr->n_args == 1 && expr->args[0]->kind == MIG_EXPR_IN) {
        MigExpr *in = expr->args[0];

        in->kind = MIG_EXPR_NOT_IN;
        in->span = expr->span;
        return in;
    }
    return expr;
}

static MigExpr *
one_arg(PgReader *r, MigExprKind kind, const PgNode *arg)
{
    MigExpr *expr = new_expr(r, kind, 1);

    add_arg(expr, mig_pg_expr(r, arg));
    return expr;
}

/* A test's words stand behind what is tested: IS NOT NULL, ISNULL, IS UNKNOWN. */
static void
extend_test(PgReader *r, MigExpr *expr, int location)
{
    mig_pg_set_expr_span(r, expr, location);
    if (!mig_pg_has_location(r, location) || r->fixed || expr->span.length == 0)
        return;

    size_t at = mig_pg_token_at(r, expr->span.offset + expr->span.length - r->base);
    static const char *const words[] = {"is",      "not",  "null",  "isnull",
                                        "notnull", "true", "false", "unknown"};
    for (size_t i = 0; i < G_N_ELEMENTS(words);) {
        if (!mig_pg_token_is(r, at, words[i])) {
            i++;
            continue;
        }
        at++;
        i = 0;
    }
    if (at > 0) {
        MigSpan last = mig_pg_span_token(r, at - 1);
        size_t end = last.offset + last.length;

        expr->span.length = MAX(end, expr->span.offset + expr->span.length) - expr->span.offset;
    }
}

static MigExpr *
null_test(PgReader *r, const PgQuery__NullTest *node)
{
    bool is_null = node->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
    MigExpr *expr = one_arg(r, is_null ? MIG_EXPR_IS_NULL : MIG_EXPR_IS_NOT_NULL, node->arg);

    extend_test(r, expr, node->location);
    return expr;
}

/* IS [NOT] JSON comes as IS [NOT] TRUE from a grammar that doesn't know it. */
static bool
is_json(PgReader *r, const PgQuery__BooleanTest *node)
{
    if (r->parsed == r->text || !mig_pg_has_location(r, node->location))
        return false;

    size_t at = mig_pg_token_at(r, (size_t)node->location);
    size_t last = at + 1;
    if (mig_pg_token_is(r, last, "not"))
        last++;
    return mig_pg_token_is(r, at, "is") && mig_pg_token_is(r, last, "json");
}

static MigExpr *
json_test(PgReader *r, MigExpr *expr)
{
    bool negated = g_str_has_prefix(expr->text, "not");

    expr->text = "json";
    if (!negated)
        return expr;

    MigExpr *not = new_expr(r, MIG_EXPR_NOT, 1);
    add_arg(not, expr);
    not ->span = expr->span;
    return not ;
}

static MigExpr *
boolean_test(PgReader *r, const PgQuery__BooleanTest *node)
{
    static const char *const texts[] = {
        [PG_QUERY__BOOL_TEST_TYPE__IS_TRUE] = "true",
        [PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE] = "not true",
        [PG_QUERY__BOOL_TEST_TYPE__IS_FALSE] = "false",
        [PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE] = "not false",
        [PG_QUERY__BOOL_TEST_TYPE__IS_UNKNOWN] = "unknown",
        [PG_QUERY__BOOL_TEST_TYPE__IS_NOT_UNKNOWN] = "not unknown",
    };
    MigExpr *expr = one_arg(r, MIG_EXPR_IS_TRUE, node->arg);

    if ((size_t)node->booltesttype < G_N_ELEMENTS(texts))
        expr->text = texts[node->booltesttype];
    extend_test(r, expr, node->location);
    return is_json(r, node) ? json_test(r, expr) : expr;
}

/* true and false are casts of 't' and 'f' up to PostgreSQL 14's grammar, and constants since. */
static MigExpr *
cast(PgReader *r, const PgQuery__TypeCast *node)
{
    MigExpr *expr = one_arg(r, MIG_EXPR_CAST, node->arg);
    MigType *type = mig_arena_new0(r->arena, MigType, 1);

    *type = mig_pg_type(r, node->type_name);
    expr->type = type;
    mig_pg_set_expr_span(r, expr, node->location);
    if (!r->fixed && type->span.length > 0) {
        size_t from = MIN(expr->span.offset, type->span.offset);
        size_t to =
            MAX(expr->span.offset + expr->span.length, type->span.offset + type->span.length);
        size_t at = mig_pg_token_at(r, to - r->base);

        /* CAST (x AS type) */
        if (mig_pg_token_is_mark(r, at, ')') && mig_pg_has_location(r, node->location) &&
            mig_pg_token_is(r, mig_pg_token_at(r, (size_t)node->location), "cast"))
            to++;
        expr->span = (MigSpan){from, to - from};
    }
    return expr;
}

static MigExpr *
collate(PgReader *r, const PgQuery__CollateClause *node)
{
    MigExpr *expr = one_arg(r, MIG_EXPR_COLLATE, node->arg);

    expr->text = mig_pg_last_name(r, node->collname, node->n_collname);
    mig_pg_set_expr_span(r, expr, node->location);
    return expr;
}

static MigExpr *
expr_of(PgReader *r, const PgNode *node)
{
    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
        return constant(r, node);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return column(r, node->column_ref);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return operation(r, node->a_expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return logical(r, node->bool_expr);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return mig_pg_call(r, node->func_call);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return cast(r, node->type_cast);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return null_test(r, node->null_test);
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return boolean_test(r, node->boolean_test);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return collate(r, node->collate_clause);
    default:
        return mig_pg_rare_expr(r, node);
    }
}

MigExpr *
mig_pg_expr(PgReader *r, const PgNode *node)
{
    if (node == NULL || node->node_case == PG_QUERY__NODE__NODE__NOT_SET)
        return NULL;
    if (!mig_pg_enter(r))
        return mig_pg_other_expr(r, NULL);

    MigExpr *expr = expr_of(r, node);

    mig_pg_leave(r);
    return expr != NULL ? expr : mig_pg_other_expr(r, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Expressions: operators by how tightly they bind. */
#include "sql/parse_expression.h"

#include "sql/parse_operator.h"

/* An AND in an AND is the same as one with all of their terms. */
static void
add_term(MigParser *p, MigExprList *list, MigExpr *term, MigExprKind kind)
{
    if (term->kind != kind) {
        mig_expr_list_add(p, list, term);
        return;
    }
    for (size_t i = 0; i < term->n_args; i++)
        mig_expr_list_add(p, list, term->args[i]);
}

/* The whole chain at once, so that its length costs no depth. */
static MigExpr *
read_chain(MigParser *p, const MigOperator *operator, MigExpr * left, size_t from)
{
    MigExprKind kind = operator->form == MIG_FORM_AND ? MIG_EXPR_AND : MIG_EXPR_OR;
    MigExprList list = {0};
    bool negated = false;

    add_term(p, &list, left, kind);
    do {
        mig_parser_next(p);
        add_term(p, &list, mig_parser_climb(p, mig_operator_level(p, operator) + 1), kind);
        operator= mig_operator_find(p, &negated);
    } while (operator!= NULL && operator->form ==(kind == MIG_EXPR_AND ? MIG_FORM_AND
                                                                       : MIG_FORM_OR));
    return mig_expr_new_with(p, kind, from, &list);
}

/* MySQL: = ANY (query) and its kin. */
static MigExpr *
read_quantified(MigParser *p, const char *operator, MigExpr * left, size_t from)
{
    static const char *const quantifiers[] = {"any", "some", "all", NULL};
    MigExprList args = {0};
    const char *text = operator;

    if (mig_parser_is_mysql(p) && mig_parser_is_any(p, quantifiers) &&
        mig_parser_peek_mark(p, "(")) {
        text =
            mig_arena_printf(p->arena, "%s %s", operator, mig_parser_is(p, "all") ? "all" : "any");
        mig_parser_next(p);
    }
    mig_expr_list_add(p, &args, left);
    return mig_expr_new_text(p, MIG_EXPR_OPERATOR, from, text, &args);
}

static MigExpr *
read_binary(MigParser *p, const MigOperator *operator, MigExpr * left, size_t from)
{
    MigExprList args = {0};
    size_t at = mig_parser_mark(p);

    mig_parser_next(p);
    MigExpr *expr = read_quantified(p, operator->word, left, from);
    if (operator->word[0] == '-' && operator->word[1] == '>')
        mig_parser_needs_by_engine(p, 33800, 50709, 0, operator->word, at);
    mig_expr_list_add(p, &args, left);
    mig_expr_list_add(p, &args, mig_parser_climb(p, mig_operator_level(p, operator) + 1));
    expr->args = args.items;
    expr->n_args = args.n;
    expr->span = mig_parser_span(p, from);
    return expr;
}

/* Returns: %NULL if what follows IS [NOT] is an operand like any other */
static MigExpr *
read_is_word(MigParser *p, MigExprList *left, size_t from, bool negated)
{
    static const char *const truths[] = {"true", "false", "unknown"};

    if (mig_parser_take(p, "null"))
        return mig_expr_new_with(p, negated ? MIG_EXPR_IS_NOT_NULL : MIG_EXPR_IS_NULL, from, left);
    for (size_t i = 0; i < G_N_ELEMENTS(truths); i++) {
        if (i == 2 && !mig_parser_is_mysql(p))
            break;
        if (mig_parser_take(p, truths[i]))
            return mig_expr_new_text(
                p, MIG_EXPR_IS_TRUE, from,
                negated ? mig_arena_printf(p->arena, "not %s", truths[i]) : truths[i], left);
    }
    return NULL;
}

static MigExpr *
read_is(MigParser *p, MigExpr *left, size_t from)
{
    MigExprList args = {0};
    const char *text = "is";
    size_t at = mig_parser_mark(p);

    mig_expr_list_add(p, &args, left);
    mig_parser_next(p);
    bool negated = mig_parser_take(p, "not");
    if (mig_parser_is_mysql(p)) {
        MigExpr *expr = read_is_word(p, &args, from, negated);

        if (expr == NULL)
            mig_parser_fail(p, "expected NULL, TRUE, FALSE or UNKNOWN");
        return expr != NULL ? expr : left;
    }
    if (mig_parser_take_words(p, "distinct from")) {
        text = negated ? "is not distinct from" : "is distinct from";
        mig_parser_needs_by_engine(p, 33900, 0, 0, "IS [NOT] DISTINCT FROM", at);
    } else {
        MigToken after;
        /* TRUE is a name in SQLite, and NULL may be the first word of a longer operand. */
        MigExpr *expr = mig_parser_peek(p, &after) && after.kind == MIG_TOKEN_OPERATOR &&
                                p->sql[after.offset] != ')' && p->sql[after.offset] != ','
                            ? NULL
                            : read_is_word(p, &args, from, negated);

        if (expr != NULL)
            return expr;
        text = negated ? "is not" : "is";
    }
    mig_expr_list_add(p, &args, mig_parser_climb(p, MIG_LEVEL_EQUAL + 1));
    return mig_expr_new_text(p, MIG_EXPR_OPERATOR, from, text, &args);
}

/* SQLite: IN table, IN schema.table, IN function(...): a query of all its rows. */
static const MigQuery *
read_table_as_query(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigQuery *query = mig_arena_new0(p->arena, MigQuery, 1);

    query->from = mig_arena_new0(p->arena, MigRelation, 1);
    query->n_from = 1;
    query->targets = mig_arena_new0(p->arena, MigItem, 1);
    query->n_targets = 1;
    query->targets->value = mig_expr_new(p, MIG_EXPR_STAR, from);
    query->from->name = mig_parser_name(p);
    if (mig_parser_is_mark(p, "(")) {
        query->from->call =
            mig_parser_call(p, query->from->name.schema, query->from->name.name, from);
        query->from->name = (MigName){0};
    }
    query->span = mig_parser_span(p, from);
    return query;
}

static MigExpr *
read_in(MigParser *p, MigExpr *left, size_t from, bool negated)
{
    MigExprKind kind = negated ? MIG_EXPR_NOT_IN : MIG_EXPR_IN;
    const MigQuery *query = NULL;
    MigExprList args = {0};

    mig_expr_list_add(p, &args, left);
    mig_parser_next(p);
    if (p->engine == MIG_ENGINE_SQLITE && !mig_parser_is_mark(p, "(")) {
        query = read_table_as_query(p);
    } else {
        mig_parser_expect_mark(p, "(");
        if (mig_parser_at_query(p))
            query = mig_parser_query(p);
        else if (p->engine != MIG_ENGINE_SQLITE || !mig_parser_is_mark(p, ")"))
            mig_expr_list_read(p, &args);
        mig_parser_expect_mark(p, ")");
    }
    MigExpr *expr = mig_expr_new_with(p, kind, from, &args);
    expr->query = query;
    return expr;
}

static MigExpr *
read_between(MigParser *p, const MigOperator *operator, MigExpr * left, size_t from, bool negated)
{
    MigExprList args = {0};
    bool mysql = mig_parser_is_mysql(p);

    mig_expr_list_add(p, &args, left);
    mig_parser_next(p);
    mig_expr_list_add(p, &args, mig_parser_climb(p, mysql ? MIG_LEVEL_BIT_OR : MIG_LEVEL_NOT));
    mig_parser_expect(p, "and");
    mig_expr_list_add(
        p, &args,
        mig_parser_climb(p, mysql ? MIG_LEVEL_PREDICATE : mig_operator_level(p, operator) + 1));
    return mig_expr_new_with(p, negated ? MIG_EXPR_NOT_BETWEEN : MIG_EXPR_BETWEEN, from, &args);
}

static MigExpr *
read_like(MigParser *p, const MigOperator *operator, MigExpr * left, size_t from, bool negated)
{
    MigExprList args = {0};
    const char *text =
        negated ? mig_arena_printf(p->arena, "not %s", operator->word) : operator->word;

    mig_parser_next(p);
    if (operator->word[0] == 's') {
        mig_parser_expect(p, "like");
        text = "sounds like";
    }
    size_t pattern_from = mig_parser_mark(p);
    MigExpr *pattern = mig_parser_climb(p, mig_operator_level(p, operator) + 1);
    if (mig_parser_take(p, "escape")) {
        MigExprList both = {0};

        mig_expr_list_add(p, &both, pattern);
        mig_expr_list_add(p, &both, mig_parser_climb(p, mig_operator_level(p, operator) + 1));
        pattern = mig_expr_new_text(p, MIG_EXPR_OTHER, pattern_from, "escape", &both);
    }
    mig_expr_list_add(p, &args, left);
    mig_expr_list_add(p, &args, pattern);
    return mig_expr_new_text(p, MIG_EXPR_OPERATOR, from, text, &args);
}

static MigExpr *
read_suffix(MigParser *p, const MigOperator *operator, MigExpr * left, size_t from)
{
    MigExprList args = {0};
    MigExprKind kind = operator->word[0] == 'i' ? MIG_EXPR_IS_NULL : MIG_EXPR_IS_NOT_NULL;

    mig_expr_list_add(p, &args, left);
    mig_parser_next(p);
    if (operator->form == MIG_FORM_NULL)
        return mig_expr_new_with(p, kind, from, &args);

    /* "binary" is reserved in MySQL, and a collation. */
    bool word = mig_parser_is_mysql(p) && p->token.kind != MIG_TOKEN_QUOTED;
    const char *collation = word ? mig_parser_value(p) : mig_parser_identifier(p, NULL);
    return mig_expr_new_text(p, MIG_EXPR_COLLATE, from, collation, &args);
}

static MigExpr *
read_member(MigParser *p, MigExpr *left, size_t from)
{
    MigExprList args = {0};
    size_t at = mig_parser_mark(p);

    mig_parser_next(p);
    mig_parser_take(p, "of");
    mig_parser_needs_by_engine(p, 0, 80017, 0, "MEMBER OF", at);
    mig_expr_list_add(p, &args, left);
    mig_parser_expect_mark(p, "(");
    mig_expr_list_add(p, &args, mig_parser_expression(p));
    mig_parser_expect_mark(p, ")");
    return mig_expr_new_text(p, MIG_EXPR_OPERATOR, from, "member of", &args);
}

static MigExpr *
apply(MigParser *p, const MigOperator *operator, bool negated, MigExpr *left, size_t from)
{
    if (negated)
        mig_parser_next(p);
    switch (operator->form) {
    case MIG_FORM_BINARY:
        return read_binary(p, operator, left, from);
    case MIG_FORM_AND:
    case MIG_FORM_OR:
        return read_chain(p, operator, left, from);
    case MIG_FORM_IS:
        return read_is(p, left, from);
    case MIG_FORM_IN:
        return read_in(p, left, from, negated);
    case MIG_FORM_BETWEEN:
        return read_between(p, operator, left, from, negated);
    case MIG_FORM_LIKE:
        return read_like(p, operator, left, from, negated);
    case MIG_FORM_NULL:
    case MIG_FORM_COLLATE:
        return read_suffix(p, operator, left, from);
    case MIG_FORM_MEMBER:
        return read_member(p, left, from);
    }
    return left;
}

MigExpr *
mig_parser_climb_on(MigParser *p, MigExpr *left, size_t from, MigLevel level)
{
    unsigned tall = p->height + 1;
    bool negated = false;

    for (;;) {
        const MigOperator *operator= mig_operator_find(p, &negated);
        MigLevel found = operator!= NULL ? mig_operator_level(p, operator) : MIG_LEVEL_NONE;

        if (found == MIG_LEVEL_NONE || found < level)
            break;
        p->height = 0;
        left = apply(p, operator, negated, left, from);
        tall = MAX(tall, p->height) + 1;
        if (tall > MIG_PARSER_HEIGHT)
            mig_parser_fail_at(p, mig_parser_span(p, from), MIG_PARSE_TOO_DEEP,
                               "an expression of more than %d operators in a row, which isn't "
                               "looked into",
                               MIG_PARSER_HEIGHT);
    }
    p->height = tall;
    return left;
}

MigExpr *
mig_parser_climb(MigParser *p, MigLevel level)
{
    unsigned above = p->height;
    size_t from = mig_parser_mark(p);

    p->height = 0;
    MigExpr *expr = mig_parser_climb_on(p, mig_parser_operand(p), from, level);
    p->height = MAX(above, p->height);
    return expr;
}

MigExpr *
mig_parser_expression(MigParser *p)
{
    return mig_parser_climb(p, MIG_LEVEL_OR);
}

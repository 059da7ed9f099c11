/* SPDX-License-Identifier: MIT */
/* Expressions: operators by how tightly they bind. */
#include "sql/parse_expression.h"

#include <string.h>

typedef enum {
    FORM_BINARY,
    FORM_AND,
    FORM_OR,
    FORM_IS,
    FORM_IN,
    FORM_BETWEEN,
    FORM_LIKE,
    FORM_NULL, /* ISNULL, NOTNULL, NOT NULL */
    FORM_COLLATE,
    FORM_MEMBER, /* MEMBER OF (...) */
} Form;

typedef struct {
    const char *word; /* lower case, or a mark */
    MigLevel sqlite;
    MigLevel mysql;
    Form form;
} Operator;

static const Operator marks[] = {
    {"=", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, FORM_BINARY},
    {"==", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, FORM_BINARY},
    {"<>", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, FORM_BINARY},
    {"!=", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, FORM_BINARY},
    {"<=>", MIG_LEVEL_NONE, MIG_LEVEL_EQUAL, FORM_BINARY},
    {"<", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, FORM_BINARY},
    {"<=", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, FORM_BINARY},
    {">", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, FORM_BINARY},
    {">=", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, FORM_BINARY},
    {"|", MIG_LEVEL_SHIFT, MIG_LEVEL_BIT_OR, FORM_BINARY},
    {"&", MIG_LEVEL_SHIFT, MIG_LEVEL_BIT_AND, FORM_BINARY},
    {"<<", MIG_LEVEL_SHIFT, MIG_LEVEL_SHIFT, FORM_BINARY},
    {">>", MIG_LEVEL_SHIFT, MIG_LEVEL_SHIFT, FORM_BINARY},
    {"+", MIG_LEVEL_ADD, MIG_LEVEL_ADD, FORM_BINARY},
    {"-", MIG_LEVEL_ADD, MIG_LEVEL_ADD, FORM_BINARY},
    {"*", MIG_LEVEL_MULTIPLY, MIG_LEVEL_MULTIPLY, FORM_BINARY},
    {"/", MIG_LEVEL_MULTIPLY, MIG_LEVEL_MULTIPLY, FORM_BINARY},
    {"%", MIG_LEVEL_MULTIPLY, MIG_LEVEL_MULTIPLY, FORM_BINARY},
    {"^", MIG_LEVEL_NONE, MIG_LEVEL_BIT_XOR, FORM_BINARY},
    {"&&", MIG_LEVEL_NONE, MIG_LEVEL_AND, FORM_AND},
    {"->", MIG_LEVEL_CONCAT, MIG_LEVEL_CONCAT, FORM_BINARY},
    {"->>", MIG_LEVEL_CONCAT, MIG_LEVEL_CONCAT, FORM_BINARY},
};

/* MySQL's || is OR unless sql_mode has PIPES_AS_CONCAT, which nothing but the server knows. */
static const Operator sqlite_pipes = {"||", MIG_LEVEL_CONCAT, MIG_LEVEL_NONE, FORM_BINARY};
static const Operator mysql_pipes = {"||", MIG_LEVEL_NONE, MIG_LEVEL_OR, FORM_OR};

static const Operator words[] = {
    {"and", MIG_LEVEL_AND, MIG_LEVEL_AND, FORM_AND},
    {"or", MIG_LEVEL_OR, MIG_LEVEL_OR, FORM_OR},
    {"xor", MIG_LEVEL_NONE, MIG_LEVEL_XOR, FORM_BINARY},
    {"is", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, FORM_IS},
    {"in", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, FORM_IN},
    {"between", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, FORM_BETWEEN},
    {"like", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, FORM_LIKE},
    {"glob", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, FORM_LIKE},
    {"match", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, FORM_LIKE},
    {"regexp", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, FORM_LIKE},
    {"rlike", MIG_LEVEL_NONE, MIG_LEVEL_PREDICATE, FORM_LIKE},
    {"sounds", MIG_LEVEL_NONE, MIG_LEVEL_PREDICATE, FORM_LIKE},
    {"member", MIG_LEVEL_NONE, MIG_LEVEL_PREDICATE, FORM_MEMBER},
    {"isnull", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, FORM_NULL},
    {"notnull", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, FORM_NULL},
    {"div", MIG_LEVEL_NONE, MIG_LEVEL_MULTIPLY, FORM_BINARY},
    {"mod", MIG_LEVEL_NONE, MIG_LEVEL_MULTIPLY, FORM_BINARY},
    {"collate", MIG_LEVEL_COLLATE, MIG_LEVEL_COLLATE, FORM_COLLATE},
};

static const Operator not_null = {"null", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, FORM_NULL};

static MigLevel
level_of(const MigParser *p, const Operator *operator)
{
    return mig_parser_is_mysql(p) ? operator->mysql : operator->sqlite;
}

static const Operator *
find_mark(const MigParser *p)
{
    const char *at = p->sql + p->token.offset;

    if (*at == ',' || *at == ')' || *at == '(')
        return NULL;
    if (mig_parser_is_mark(p, "||"))
        return mig_parser_is_mysql(p) ? &mysql_pipes : &sqlite_pipes;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (mig_parser_is_mark(p, marks[i].word))
            return &marks[i];
    }
    return NULL;
}

static const Operator *
find_word(const MigParser *p, const MigToken *token)
{
    char first = (char)(p->sql[token->offset] | 0x20);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (words[i].word[0] == first && mig_token_is(&p->lexer, token, words[i].word))
            return &words[i];
    }
    return NULL;
}

/* Returns: the operator that stands here, NOT being looked over; %NULL if none does */
static const Operator *
find_operator(const MigParser *p, bool *out_negated)
{
    MigToken token;

    *out_negated = false;
    if (p->token.kind == MIG_TOKEN_OPERATOR)
        return find_mark(p);
    if (p->token.kind != MIG_TOKEN_WORD)
        return NULL;
    if (!mig_parser_is(p, "not"))
        return find_word(p, &p->token);

    if (!mig_parser_peek(p, &token) || token.kind != MIG_TOKEN_WORD)
        return NULL;
    *out_negated = true;
    if (p->engine == MIG_ENGINE_SQLITE && mig_token_is(&p->lexer, &token, "null"))
        return &not_null;

    const Operator *found = find_word(p, &token);
    bool negatable =
        found != NULL && (found->form == FORM_IN || found->form == FORM_BETWEEN ||
                          (found->form == FORM_LIKE && strcmp(found->word, "sounds") != 0));
    return negatable ? found : NULL;
}

void
mig_expr_list_add(MigParser *p, MigExprList *list, MigExpr *expr)
{
    if (list->n == list->capacity) {
        size_t capacity = list->capacity == 0 ? 4 : list->capacity * 2;
        MigExpr **items = mig_arena_new0(p->arena, MigExpr *, capacity);

        if (list->n > 0)
            memcpy(items, list->items, list->n * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->n++] = expr;
}

void
mig_expr_list_read(MigParser *p, MigExprList *list)
{
    do {
        mig_expr_list_add(p, list, mig_parser_expression(p));
    } while (mig_parser_take_mark(p, ","));
}

MigExpr *
mig_expr_new(MigParser *p, MigExprKind kind, size_t from)
{
    MigExpr *expr = mig_arena_new0(p->arena, MigExpr, 1);

    expr->kind = kind;
    expr->span = mig_parser_span(p, from);
    return expr;
}

MigExpr *
mig_expr_new_with(MigParser *p, MigExprKind kind, size_t from, MigExprList *args)
{
    MigExpr *expr = mig_expr_new(p, kind, from);

    expr->args = args->items;
    expr->n_args = args->n;
    return expr;
}

MigExpr *
mig_expr_new_text(MigParser *p, MigExprKind kind, size_t from, const char *text, MigExprList *args)
{
    MigExpr *expr = mig_expr_new_with(p, kind, from, args);

    expr->text = text;
    return expr;
}

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
read_chain(MigParser *p, const Operator *operator, MigExpr * left, size_t from)
{
    MigExprKind kind = operator->form == FORM_AND ? MIG_EXPR_AND : MIG_EXPR_OR;
    MigExprList list = {0};
    bool negated = false;

    add_term(p, &list, left, kind);
    do {
        mig_parser_next(p);
        add_term(p, &list, mig_parser_climb(p, level_of(p, operator) + 1), kind);
        operator= find_operator(p, &negated);
    } while (operator!= NULL && operator->form ==(kind == MIG_EXPR_AND ? FORM_AND : FORM_OR));
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
read_binary(MigParser *p, const Operator *operator, MigExpr * left, size_t from)
{
    MigExprList args = {0};
    size_t at = mig_parser_mark(p);

    mig_parser_next(p);
    MigExpr *expr = read_quantified(p, operator->word, left, from);
    if (operator->word[0] == '-' && operator->word[1] == '>')
        mig_parser_needs_by_engine(p, 33800, 50709, 0, operator->word, at);
    mig_expr_list_add(p, &args, left);
    mig_expr_list_add(p, &args, mig_parser_climb(p, level_of(p, operator) + 1));
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
read_between(MigParser *p, const Operator *operator, MigExpr * left, size_t from, bool negated)
{
    MigExprList args = {0};
    bool mysql = mig_parser_is_mysql(p);

    mig_expr_list_add(p, &args, left);
    mig_parser_next(p);
    mig_expr_list_add(p, &args, mig_parser_climb(p, mysql ? MIG_LEVEL_BIT_OR : MIG_LEVEL_NOT));
    mig_parser_expect(p, "and");
    mig_expr_list_add(p, &args,
                      mig_parser_climb(p, mysql ? MIG_LEVEL_PREDICATE : level_of(p, operator) + 1));
    return mig_expr_new_with(p, negated ? MIG_EXPR_NOT_BETWEEN : MIG_EXPR_BETWEEN, from, &args);
}

static MigExpr *
read_like(MigParser *p, const Operator *operator, MigExpr * left, size_t from, bool negated)
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
    MigExpr *pattern = mig_parser_climb(p, level_of(p, operator) + 1);
    if (mig_parser_take(p, "escape")) {
        MigExprList both = {0};

        mig_expr_list_add(p, &both, pattern);
        mig_expr_list_add(p, &both, mig_parser_climb(p, level_of(p, operator) + 1));
        pattern = mig_expr_new_text(p, MIG_EXPR_OTHER, pattern_from, "escape", &both);
    }
    mig_expr_list_add(p, &args, left);
    mig_expr_list_add(p, &args, pattern);
    return mig_expr_new_text(p, MIG_EXPR_OPERATOR, from, text, &args);
}

static MigExpr *
read_suffix(MigParser *p, const Operator *operator, MigExpr * left, size_t from)
{
    MigExprList args = {0};
    MigExprKind kind = operator->word[0] == 'i' ? MIG_EXPR_IS_NULL : MIG_EXPR_IS_NOT_NULL;

    mig_expr_list_add(p, &args, left);
    mig_parser_next(p);
    if (operator->form == FORM_NULL)
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
apply(MigParser *p, const Operator *operator, bool negated, MigExpr *left, size_t from)
{
    if (negated)
        mig_parser_next(p);
    switch (operator->form) {
    case FORM_BINARY:
        return read_binary(p, operator, left, from);
    case FORM_AND:
    case FORM_OR:
        return read_chain(p, operator, left, from);
    case FORM_IS:
        return read_is(p, left, from);
    case FORM_IN:
        return read_in(p, left, from, negated);
    case FORM_BETWEEN:
        return read_between(p, operator, left, from, negated);
    case FORM_LIKE:
        return read_like(p, operator, left, from, negated);
    case FORM_NULL:
    case FORM_COLLATE:
        return read_suffix(p, operator, left, from);
    case FORM_MEMBER:
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
        const Operator *operator= find_operator(p, &negated);
        MigLevel found = operator!= NULL ? level_of(p, operator) : MIG_LEVEL_NONE;

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

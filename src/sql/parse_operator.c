/* SPDX-License-Identifier: MIT */
/* The operators of expressions, and how tightly each binds on each engine. */
#include "sql/parse_operator.h"

#include <string.h>

static const MigOperator marks[] = {
    {"=", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {"==", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, MIG_FORM_BINARY},
    {"<>", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {"!=", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {"<=>", MIG_LEVEL_NONE, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {"<", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {"<=", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {">", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {">=", MIG_LEVEL_COMPARE, MIG_LEVEL_EQUAL, MIG_FORM_BINARY},
    {"|", MIG_LEVEL_SHIFT, MIG_LEVEL_BIT_OR, MIG_FORM_BINARY},
    {"&", MIG_LEVEL_SHIFT, MIG_LEVEL_BIT_AND, MIG_FORM_BINARY},
    {"<<", MIG_LEVEL_SHIFT, MIG_LEVEL_SHIFT, MIG_FORM_BINARY},
    {">>", MIG_LEVEL_SHIFT, MIG_LEVEL_SHIFT, MIG_FORM_BINARY},
    {"+", MIG_LEVEL_ADD, MIG_LEVEL_ADD, MIG_FORM_BINARY},
    {"-", MIG_LEVEL_ADD, MIG_LEVEL_ADD, MIG_FORM_BINARY},
    {"*", MIG_LEVEL_MULTIPLY, MIG_LEVEL_MULTIPLY, MIG_FORM_BINARY},
    {"/", MIG_LEVEL_MULTIPLY, MIG_LEVEL_MULTIPLY, MIG_FORM_BINARY},
    {"%", MIG_LEVEL_MULTIPLY, MIG_LEVEL_MULTIPLY, MIG_FORM_BINARY},
    {"^", MIG_LEVEL_NONE, MIG_LEVEL_BIT_XOR, MIG_FORM_BINARY},
    {"&&", MIG_LEVEL_NONE, MIG_LEVEL_AND, MIG_FORM_AND},
    {"->", MIG_LEVEL_CONCAT, MIG_LEVEL_CONCAT, MIG_FORM_BINARY},
    {"->>", MIG_LEVEL_CONCAT, MIG_LEVEL_CONCAT, MIG_FORM_BINARY},
};

/* MySQL's || is OR unless sql_mode has PIPES_AS_CONCAT, which nothing but the server knows. */
static const MigOperator sqlite_pipes = {"||", MIG_LEVEL_CONCAT, MIG_LEVEL_NONE, MIG_FORM_BINARY};
static const MigOperator mysql_pipes = {"||", MIG_LEVEL_NONE, MIG_LEVEL_OR, MIG_FORM_OR};

static const MigOperator words[] = {
    {"and", MIG_LEVEL_AND, MIG_LEVEL_AND, MIG_FORM_AND},
    {"or", MIG_LEVEL_OR, MIG_LEVEL_OR, MIG_FORM_OR},
    {"xor", MIG_LEVEL_NONE, MIG_LEVEL_XOR, MIG_FORM_BINARY},
    {"is", MIG_LEVEL_EQUAL, MIG_LEVEL_EQUAL, MIG_FORM_IS},
    {"in", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, MIG_FORM_IN},
    {"between", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, MIG_FORM_BETWEEN},
    {"like", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, MIG_FORM_LIKE},
    {"glob", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, MIG_FORM_LIKE},
    {"match", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, MIG_FORM_LIKE},
    {"regexp", MIG_LEVEL_EQUAL, MIG_LEVEL_PREDICATE, MIG_FORM_LIKE},
    {"rlike", MIG_LEVEL_NONE, MIG_LEVEL_PREDICATE, MIG_FORM_LIKE},
    {"sounds", MIG_LEVEL_NONE, MIG_LEVEL_PREDICATE, MIG_FORM_LIKE},
    {"member", MIG_LEVEL_NONE, MIG_LEVEL_PREDICATE, MIG_FORM_MEMBER},
    {"isnull", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, MIG_FORM_NULL},
    {"notnull", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, MIG_FORM_NULL},
    {"div", MIG_LEVEL_NONE, MIG_LEVEL_MULTIPLY, MIG_FORM_BINARY},
    {"mod", MIG_LEVEL_NONE, MIG_LEVEL_MULTIPLY, MIG_FORM_BINARY},
    {"collate", MIG_LEVEL_COLLATE, MIG_LEVEL_COLLATE, MIG_FORM_COLLATE},
};

static const MigOperator not_null = {"null", MIG_LEVEL_EQUAL, MIG_LEVEL_NONE, MIG_FORM_NULL};

MigLevel
mig_operator_level(const MigParser *p, const MigOperator *operator)
{
    return mig_parser_is_mysql(p) ? operator->mysql : operator->sqlite;
}

static const MigOperator *
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

static const MigOperator *
find_word(const MigParser *p, const MigToken *token)
{
    char first = (char)(p->sql[token->offset] | 0x20);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (words[i].word[0] == first && mig_token_is(&p->lexer, token, words[i].word))
            return &words[i];
    }
    return NULL;
}

const MigOperator *
mig_operator_find(const MigParser *p, bool *out_negated)
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

    const MigOperator *found = find_word(p, &token);
    bool negatable =
        found != NULL && (found->form == MIG_FORM_IN || found->form == MIG_FORM_BETWEEN ||
                          (found->form == MIG_FORM_LIKE && strcmp(found->word, "sounds") != 0));
    return negatable ? found : NULL;
}

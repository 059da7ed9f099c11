/* SPDX-License-Identifier: MIT */
/* Where a stored program of MySQL or MariaDB ends when no DELIMITER says so. */
#include "sql/split.h"

/* What END closes, for the message that says which is missing. */
static const char *const block_names[] = {
    [BLOCK_BEGIN] = "BEGIN",   [BLOCK_IF] = "IF",
    [BLOCK_CASE] = "CASE",     [BLOCK_LOOP] = "LOOP",
    [BLOCK_WHILE] = "WHILE",   [BLOCK_REPEAT] = "REPEAT",
    [BLOCK_FOR] = "FOR",       [BLOCK_ROUTINE] = "AS/IS",
    [BLOCK_PACKAGE] = "AS/IS", [BLOCK_CASE_EXPRESSION] = "CASE",
};

static bool
is(const Splitter *s, const MigToken *token, const char *word)
{
    return mig_token_is(&s->lexer, token, word);
}

static bool
is_mark(const Splitter *s, const MigToken *token, char c)
{
    return token->kind == MIG_TOKEN_OPERATOR && token->length == 1 && s->text[token->offset] == c;
}

static bool
is_any(const Splitter *s, const MigToken *token, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (is(s, token, words[i]))
            return true;
    }
    return false;
}

static Block *
top(const Splitter *s)
{
    return s->blocks->len > 0 ? &g_array_index(s->blocks, Block, s->blocks->len - 1) : NULL;
}

static bool
top_is(const Splitter *s, BlockKind kind)
{
    return top(s) != NULL && top(s)->kind == kind;
}

static void
push(Splitter *s, BlockKind kind, const MigToken *token, ProgramPosition position)
{
    Block block = {.kind = kind, .offset = token->offset};
    g_array_append_val(s->blocks, block);
    s->body.position = position;
}

static void
pop(Splitter *s, ProgramPosition position)
{
    if (s->blocks->len > 0)
        g_array_set_size(s->blocks, s->blocks->len - 1);
    s->body.until = false;
    s->body.position = position;
}

/* A statement's END: the word that must follow it says that it is the right one. */
static void
close_block(Splitter *s)
{
    if (s->blocks->len > 0)
        s->body.closed = *top(s);
    pop(s, s->blocks->len > 0 ? AT_END_WORD : AT_END);
}

/* The token behind END, or the ";". */
static void
check_closed(Splitter *s, const MigToken *token)
{
    static const char *const words[] = {
        [BLOCK_IF] = "if",       [BLOCK_CASE] = "case",     [BLOCK_LOOP] = "loop",
        [BLOCK_WHILE] = "while", [BLOCK_REPEAT] = "repeat", [BLOCK_FOR] = "for",
        [BLOCK_PACKAGE] = NULL,
    };
    const Block *closed = &s->body.closed;
    const char *word = words[closed->kind];

    s->body.position = AT_END;
    if (word == NULL || is(s, token, word))
        return;
    /* Oracle mode closes every loop with END LOOP. */
    if ((closed->kind == BLOCK_WHILE || closed->kind == BLOCK_FOR) && is(s, token, "loop"))
        return;
    mig_split_fail(s, closed->offset, "the %s that begins here has no END %s",
                   block_names[closed->kind], block_names[closed->kind]);
}

/* A token inside a statement: only CASE ... END, THEN and the DO or LOOP of a loop's head count. */
static void
feed_elsewhere(Splitter *s, const MigToken *token)
{
    Body *body = &s->body;

    body->position = AT_ELSEWHERE;
    if (token->kind != MIG_TOKEN_WORD || body->after_name)
        return;
    if (is(s, token, "case")) {
        push(s, BLOCK_CASE_EXPRESSION, token, AT_ELSEWHERE);
    } else if (is(s, token, "end")) {
        /* END isn't reserved: behind an operator or a keyword it is a column. */
        if (top_is(s, BLOCK_CASE_EXPRESSION) && !body->operand)
            pop(s, AT_ELSEWHERE);
        else if (top_is(s, BLOCK_REPEAT) && body->until && !body->operand)
            close_block(s);
    } else if (is(s, token, "then")) {
        if (top(s) != NULL && !top_is(s, BLOCK_CASE_EXPRESSION))
            body->position = AT_STATEMENT;
    } else if (is(s, token, "do") || is(s, token, "loop")) {
        if (top_is(s, BLOCK_WHILE) || top_is(s, BLOCK_FOR))
            body->position = AT_STATEMENT;
    }
}

static bool
is_declarations(const Splitter *s)
{
    return top_is(s, BLOCK_ROUTINE) || top_is(s, BLOCK_PACKAGE);
}

/* A word with which a statement begins and that isn't a block's. */
static void
feed_first_word(Splitter *s, const MigToken *token)
{
    static const char *const heads[] = {"elseif", "elsif", "when", "do", NULL};
    static const char *const transparent[] = {"not", "atomic", "else", "exception", NULL};
    Body *body = &s->body;

    if (is_any(s, token, transparent))
        return; /* BEGIN NOT ATOMIC; ELSE: a statement still follows */
    if (is_any(s, token, heads)) {
        body->position = AT_ELSEWHERE;
    } else if (is(s, token, "until")) {
        body->position = AT_ELSEWHERE;
        body->until = true;
    } else if (is(s, token, "declare")) {
        body->position = AT_DECLARE;
    } else if (is_declarations(s) && (is(s, token, "procedure") || is(s, token, "function"))) {
        body->position = AT_MEMBER;
        body->parens = 0;
    } else {
        body->position = AT_LABEL;
    }
}

static void
feed_statement(Splitter *s, const MigToken *token)
{
    Body *body = &s->body;

    if (token->kind == MIG_TOKEN_OPERATOR && token->length == 2 && s->text[token->offset] == '<' &&
        s->text[token->offset + 1] == '<')
        body->position = AT_MARK;
    else if (token->kind != MIG_TOKEN_WORD)
        body->position = token->kind == MIG_TOKEN_QUOTED ? AT_LABEL : AT_ELSEWHERE;
    else if (is(s, token, "begin") && is_declarations(s))
        *top(s) = (Block){.kind = BLOCK_BEGIN, .offset = token->offset};
    else if (is(s, token, "begin"))
        push(s, BLOCK_BEGIN, token, AT_STATEMENT);
    else if (is(s, token, "if"))
        push(s, BLOCK_IF, token, AT_ELSEWHERE);
    else if (is(s, token, "case"))
        push(s, BLOCK_CASE, token, AT_ELSEWHERE);
    else if (is(s, token, "loop"))
        push(s, BLOCK_LOOP, token, AT_STATEMENT);
    else if (is(s, token, "while"))
        push(s, BLOCK_WHILE, token, AT_ELSEWHERE);
    else if (is(s, token, "repeat"))
        push(s, BLOCK_REPEAT, token, AT_STATEMENT);
    else if (is(s, token, "for"))
        push(s, BLOCK_FOR, token, AT_ELSEWHERE);
    else if (is(s, token, "end"))
        close_block(s);
    else
        feed_first_word(s, token);
}

/* The header of a routine: its name and parameters, and what stands between them and its body. */
static void
feed_routine(Splitter *s, const MigToken *token)
{
    static const char *const characteristics[] = {
        "comment", "language", "sql",      "not",      "deterministic", "contains", "no",
        "reads",   "data",     "modifies", "security", "definer",       "invoker",  NULL};
    static const char *const bodies[] = {"begin", "if",     "case", "loop",
                                         "while", "repeat", "for",  NULL};
    Body *body = &s->body;

    if (is_mark(s, token, '(')) {
        body->parens++;
        return;
    }
    if (is_mark(s, token, ')') && body->parens > 0) {
        if (--body->parens == 0 && body->position == AT_NAME)
            body->position = body->function ? AT_RETURNS : AT_CHARACTERISTICS;
        return;
    }
    if (body->parens > 0 || body->after_name)
        return;
    if (is(s, token, "as") || is(s, token, "is")) {
        body->position = AT_AS;
    } else if (body->position == AT_RETURNS) {
        body->returns = body->returns || is(s, token, "returns");
        /* Oracle mode says RETURN type where the standard says RETURNS. */
        if (is(s, token, "return") && body->returns)
            body->position = AT_ELSEWHERE;
        else if (is_mark(s, token, ':'))
            body->position = AT_STATEMENT;
        else if (is_any(s, token, bodies))
            feed_statement(s, token);
    } else if (body->position == AT_CHARACTERISTICS && token->kind != MIG_TOKEN_STRING &&
               !is_any(s, token, characteristics)) {
        feed_statement(s, token);
    }
}

/* The headers of a trigger, an event, a package and what a package holds. */
static void
feed_header(Splitter *s, const MigToken *token)
{
    static const char *const each_row[] = {"for", "each", "row"};
    Body *body = &s->body;

    if (is_mark(s, token, '('))
        body->parens++;
    else if (is_mark(s, token, ')'))
        body->parens -= body->parens > 0;
    else if (body->parens > 0)
        return;
    else if (body->position == AT_EACH_ROW) {
        body->row = is(s, token, each_row[body->row]) ? body->row + 1 : 0;
        if (body->row == G_N_ELEMENTS(each_row))
            body->position = AT_ORDER;
        body->row %= G_N_ELEMENTS(each_row);
    } else if (body->position == AT_SCHEDULE) {
        if (is(s, token, "do") && !body->after_name)
            body->position = AT_STATEMENT;
    } else if (is(s, token, "as") || is(s, token, "is")) {
        if (body->position == AT_PACKAGE)
            push(s, BLOCK_PACKAGE, token, AT_STATEMENT);
        else
            push(s, BLOCK_ROUTINE, token, AT_STATEMENT);
    }
}

/* DECLARE ... HANDLER FOR condition, condition statement. */
static void
feed_declaration(Splitter *s, const MigToken *token)
{
    static const char *const actions[] = {"continue", "exit", "undo", NULL};
    static const char *const beginnings[] = {"sqlstate", "value", "not", NULL};
    Body *body = &s->body;

    if (body->position == AT_DECLARE) {
        if (is(s, token, "handler"))
            body->position = AT_HANDLER;
        else if (!is_any(s, token, actions))
            feed_elsewhere(s, token);
    } else if (body->position == AT_HANDLER) {
        if (is(s, token, "for"))
            body->position = AT_CONDITION;
    } else if (body->position == AT_CONDITION) {
        if (!is_any(s, token, beginnings))
            body->position = AT_CONDITION_END;
    } else if (is_mark(s, token, ',')) {
        body->position = AT_CONDITION;
    } else {
        feed_statement(s, token);
    }
}

static void
feed_token(Splitter *s, const MigToken *token)
{
    Body *body = &s->body;

    switch (body->position) {
    case AT_NAME:
    case AT_CHARACTERISTICS:
    case AT_RETURNS:
        feed_routine(s, token);
        break;
    case AT_EACH_ROW:
    case AT_SCHEDULE:
    case AT_PACKAGE:
    case AT_MEMBER:
        feed_header(s, token);
        break;
    case AT_ORDER:
        if (is(s, token, "follows") || is(s, token, "precedes"))
            body->position = AT_ORDER_NAME;
        else
            feed_statement(s, token);
        break;
    case AT_ORDER_NAME:
        body->position = AT_STATEMENT;
        break;
    case AT_AS:
        /* AS 'text' is a body in another language; otherwise declarations and BEGIN follow. */
        if (token->kind == MIG_TOKEN_STRING) {
            body->position = AT_ELSEWHERE;
        } else {
            push(s, BLOCK_ROUTINE, token, AT_STATEMENT);
            feed_statement(s, token);
        }
        break;
    case AT_STATEMENT:
        feed_statement(s, token);
        break;
    case AT_LABEL:
        if (is_mark(s, token, ':'))
            body->position = AT_STATEMENT;
        else
            feed_elsewhere(s, token);
        break;
    case AT_MARK:
        if (token->kind == MIG_TOKEN_OPERATOR && token->length == 2)
            body->position = AT_STATEMENT;
        break;
    case AT_DECLARE:
    case AT_HANDLER:
    case AT_CONDITION:
    case AT_CONDITION_END:
        feed_declaration(s, token);
        break;
    case AT_ELSEWHERE:
        feed_elsewhere(s, token);
        break;
    case AT_END_WORD:
        check_closed(s, token);
        break;
    case AT_END:
        break;
    }
}

bool
mig_split_mysql_feed(Splitter *s, const MigToken *token)
{
    static const char *const before_operands[] = {"case", "when",  "then",   "else", "and", "or",
                                                  "not",  "until", "select", "by",   NULL};
    Body *body = &s->body;

    if (token->kind == MIG_TOKEN_SEMICOLON) {
        if (body->position == AT_END_WORD)
            check_closed(s, token);
        if (top_is(s, BLOCK_CASE_EXPRESSION))
            mig_split_fail(s, top(s)->offset, "the CASE that begins here has no END before the ;");
        body->position = AT_STATEMENT;
        body->until = false;
        return s->blocks->len == 0 && !s->stopped;
    }
    feed_token(s, token);
    body->after_name = is_mark(s, token, '.');
    body->operand = (token->kind == MIG_TOKEN_OPERATOR && !is_mark(s, token, ')')) ||
                    is_any(s, token, before_operands);
    return false;
}

void
mig_split_mysql_finish(Splitter *s)
{
    if (s->version_at != SIZE_MAX) {
        mig_split_fail(
            s, s->version_at,
            "the version comment that begins here isn't closed where its statement ends");
        return;
    }
    if (s->body.kind != BODY_PROGRAM || top(s) == NULL)
        return;
    mig_split_fail(s, top(s)->offset, "the %s that begins here has no END",
                   block_names[top(s)->kind]);
}

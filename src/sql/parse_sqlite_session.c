/* SPDX-License-Identifier: MIT */
/* SQLite's statements about the transaction, the connection and the file. */
#include "sql/parse_sqlite.h"

#include <string.h>

#include "sql/parse_expression.h"

static MigOption *
one_option(MigParser *p, const char *name, const char *value, size_t from)
{
    MigOption *option = mig_arena_new0(p->arena, MigOption, 1);
    g_autofree char *lower = g_ascii_strdown(name, -1);

    option->name = mig_arena_strdup(p->arena, lower);
    option->value = value;
    option->span = mig_parser_span(p, from);
    return option;
}

/* A name, a number with its sign, or one of the words that the grammar lets in. */
static const char *
read_pragma_value(MigParser *p)
{
    static const char *const words[] = {"on", "delete", "default", NULL};

    MigToken after;
    bool sign = mig_parser_is_mark(p, "-") || mig_parser_is_mark(p, "+");

    if (sign && (!mig_parser_peek(p, &after) || after.kind != MIG_TOKEN_NUMBER)) {
        mig_parser_next(p);
        mig_parser_fail(p, "expected a number");
    }
    if (p->token.kind == MIG_TOKEN_WORD && !mig_parser_is_name(p) && !mig_parser_is_any(p, words))
        mig_parser_fail(p, "expected a value");
    if (mig_parser_failed(p))
        return "";
    return mig_parser_value(p);
}

static void
read_pragma(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigChange change = {.kind = MIG_CHANGE_SET, .text = "pragma"};
    const char *value = NULL;

    mig_parser_next(p);
    change.name = mig_parser_name(p);
    if (mig_parser_take_mark(p, "=")) {
        value = read_pragma_value(p);
    } else if (mig_parser_take_mark(p, "(")) {
        value = read_pragma_value(p);
        mig_parser_expect_mark(p, ")");
    }
    change.options = one_option(p, change.name.name, value, change.name.span.offset);
    change.n_options = 1;
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

/* The name that an expression of ATTACH comes to, where it is one. */
static const char *
name_of(const MigExpr *expr)
{
    if (expr->kind == MIG_EXPR_COLUMN)
        return expr->name;
    return expr->kind == MIG_EXPR_LITERAL ? expr->text : NULL;
}

static void
read_attach(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigChange change = {.kind = MIG_CHANGE_ATTACH_DATABASE, .on = mig_parser_is(p, "attach")};

    mig_parser_next(p);
    mig_parser_take(p, "database");
    const MigExpr *expr = mig_parser_expression(p);
    if (change.on) {
        change.expr = expr;
        mig_parser_expect(p, "as");
        expr = mig_parser_expression(p);
        if (mig_parser_take(p, "key"))
            mig_parser_expression(p);
    }
    change.name.name = name_of(expr);
    change.name.span = expr->span;
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

static void
read_vacuum(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigChange change = {.kind = MIG_CHANGE_VACUUM};

    mig_parser_next(p);
    if (!mig_parser_is(p, "into") && mig_parser_is_name(p)) {
        change.name.name = mig_parser_identifier(p, &change.name.quoted);
        change.name.span = mig_parser_span(p, from);
    }
    size_t into = mig_parser_mark(p);
    if (mig_parser_take(p, "into")) {
        change.expr = mig_parser_expression(p);
        mig_parser_needs_by_engine(p, 32700, 0, 0, "VACUUM INTO", into);
    }
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

static void
read_maintenance(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    bool reindex = mig_parser_is(p, "reindex");
    MigChange change = {.kind = reindex ? MIG_CHANGE_MAINTAIN : MIG_CHANGE_ANALYZE,
                        .text = reindex ? "reindex" : NULL};

    mig_parser_next(p);
    if (mig_parser_is_name(p) || mig_parser_is_string(p))
        change.table = mig_parser_name(p);
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

static void
read_begin(MigParser *p, MigChange *change)
{
    static const char *const modes[] = {"deferred", "immediate", "exclusive"};
    size_t from = mig_parser_mark(p);

    change->text = "begin";
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
        if (!mig_parser_take(p, modes[i]))
            continue;
        change->options = one_option(p, "mode", modes[i], from);
        change->n_options = 1;
        break;
    }
}

/* TRANSACTION and a name, which nothing comes of. */
static void
skip_transaction(MigParser *p)
{
    if (mig_parser_take(p, "transaction") && !mig_parser_is(p, "to") &&
        (mig_parser_is_name(p) || mig_parser_is_string(p)))
        mig_parser_identifier(p, NULL);
}

/* Returns: false if it isn't about a transaction */
static bool
read_transaction(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigChange change = {.kind = MIG_CHANGE_TRANSACTION};
    bool named = false;

    if (mig_parser_take(p, "begin")) {
        read_begin(p, &change);
        skip_transaction(p);
    } else if (mig_parser_take(p, "commit") || mig_parser_take(p, "end")) {
        change.text = "commit";
        skip_transaction(p);
    } else if (mig_parser_take(p, "rollback")) {
        skip_transaction(p);
        named = mig_parser_take(p, "to");
        change.text = named ? "rollback to" : "rollback";
    } else if (mig_parser_take(p, "savepoint")) {
        change.text = "savepoint";
        named = true;
    } else if (mig_parser_take(p, "release")) {
        change.text = "release";
        named = true;
    } else {
        return false;
    }
    if (named) {
        if (change.text[0] == 'r')
            mig_parser_take(p, "savepoint");
        size_t name_from = mig_parser_mark(p);
        change.name.name = mig_parser_identifier(p, &change.name.quoted);
        change.name.span = mig_parser_span(p, name_from);
    }
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
    return true;
}

bool
mig_sqlite_session(MigParser *p)
{
    if (read_transaction(p))
        return true;
    if (mig_parser_is(p, "pragma"))
        read_pragma(p);
    else if (mig_parser_is(p, "attach") || mig_parser_is(p, "detach"))
        read_attach(p);
    else if (mig_parser_is(p, "vacuum"))
        read_vacuum(p);
    else if (mig_parser_is(p, "analyze") || mig_parser_is(p, "reindex"))
        read_maintenance(p);
    else
        return false;
    return true;
}

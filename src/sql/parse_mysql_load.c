/* SPDX-License-Identifier: MIT */
/* CALL, DO, HANDLER, and LOAD DATA. */
#include "sql/parse_expression.h"
#include "sql/parse_mysql.h"

/* (a, b): (borrowed) expressions; may be empty */
static MigExpr **
read_arguments(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) args = g_array_new(FALSE, FALSE, sizeof(MigExpr *));

    mig_parser_expect_mark(p, "(");
    if (!mig_parser_is_mark(p, ")")) {
        do {
            MigExpr *arg = mig_parser_expression(p);
            g_array_append_val(args, arg);
        } while (mig_parser_take_mark(p, ","));
    }
    mig_parser_expect_mark(p, ")");
    return mig_arena_take_array(p->arena, args, out_n);
}

static void
read_call(MigParser *p, size_t from)
{
    MigExpr *call = mig_arena_new0(p->arena, MigExpr, 1);
    MigChange change = {.kind = MIG_CHANGE_CALL, .expr = call};
    size_t call_from = mig_parser_mark(p);

    change.name = mig_parser_name(p);
    /* MariaDB: package.procedure behind the database. */
    if (mig_mysql_is_mariadb(p) && mig_parser_take_mark(p, "."))
        change.name.name = mig_parser_identifier(p, NULL);
    call->kind = MIG_EXPR_CALL;
    call->name = change.name.name;
    call->schema = change.name.schema;
    if (mig_parser_is_mark(p, "("))
        call->args = read_arguments(p, &call->n_args);
    call->span = mig_parser_span(p, call_from);
    mig_mysql_push(p, &change, from);
}

/* DO a, b: what a SELECT would compute, and nothing of it is told. */
static void
read_do(MigParser *p, size_t from)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(MigItem));
    MigQuery *query = mig_arena_new0(p->arena, MigQuery, 1);
    MigChange change = {.kind = MIG_CHANGE_SELECT, .query = query};
    size_t list = mig_parser_mark(p);

    do {
        size_t one = mig_parser_mark(p);
        MigItem item = {.value = mig_parser_expression(p)};
        item.span = mig_parser_span(p, one);
        g_array_append_val(items, item);
    } while (mig_parser_take_mark(p, ","));
    query->targets = mig_arena_take_array(p->arena, items, &query->n_targets);
    query->span = mig_parser_span(p, list);
    mig_mysql_push(p, &change, from);
}

/* TERMINATED BY 'x', [OPTIONALLY] ENCLOSED BY 'x', ESCAPED BY 'x', STARTING BY 'x' */
static void
read_terms(MigParser *p)
{
    static const char *const terms[] = {"terminated by", "optionally enclosed by",
                                        "enclosed by",   "escaped by",
                                        "starting by",   NULL};
    bool taken = false;

    do {
        taken = false;
        for (size_t i = 0; terms[i] != NULL && !taken; i++)
            taken = mig_parser_take_words(p, terms[i]);
        if (taken)
            mig_parser_string(p);
    } while (taken);
}

/* (a, @b, ...) */
static void
read_load_columns(MigParser *p, MigChange *change)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(const char *));

    if (!mig_parser_take_mark(p, "("))
        return;
    if (!mig_parser_is_mark(p, ")")) {
        do {
            const char *column = p->token.kind == MIG_TOKEN_PARAMETER ? mig_mysql_token_text(p)
                                                                      : mig_parser_name(p).name;
            g_array_append_val(columns, column);
        } while (mig_parser_take_mark(p, ","));
    }
    mig_parser_expect_mark(p, ")");
    change->columns = mig_arena_take_array(p->arena, columns, &change->n_columns);
}

/* An expression, DEFAULT or IGNORE. */
static MigExpr *
read_load_value(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_is(p, "default") && !mig_parser_peek_mark(p, "(")) {
        mig_parser_next(p);
        return mig_expr_new(p, MIG_EXPR_DEFAULT, from);
    }
    if (mig_parser_take(p, "ignore"))
        return mig_expr_new_text(p, MIG_EXPR_OTHER, from, "ignore", &(MigExprList){0});
    return mig_parser_expression(p);
}

static void
read_load_set(MigParser *p, MigChange *change)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(MigItem));

    if (!mig_parser_take(p, "set"))
        return;
    do {
        size_t from = mig_parser_mark(p);
        MigItem item = {.column = mig_parser_name(p).name};

        if (!mig_parser_take_mark(p, ":="))
            mig_parser_expect_mark(p, "=");
        item.value = read_load_value(p);
        item.span = mig_parser_span(p, from);
        g_array_append_val(items, item);
    } while (mig_parser_take_mark(p, ","));
    change->items = mig_arena_take_array(p->arena, items, &change->n_items);
}

static void
read_load(MigParser *p, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_COPY, .on = true};

    if (!mig_parser_take(p, "low_priority"))
        mig_parser_take(p, "concurrent");
    mig_parser_take(p, "local");
    mig_parser_expect(p, "infile");
    change.text = mig_parser_string(p);
    if (!mig_parser_take(p, "replace"))
        mig_parser_take(p, "ignore");
    mig_parser_expect(p, "into");
    mig_parser_expect(p, "table");
    change.table = mig_parser_name(p);
    if (mig_parser_take(p, "partition"))
        mig_parser_skip_parens(p);
    if (mig_mysql_take_charset_words(p))
        mig_mysql_name_or_string(p);
    if (mig_parser_take_words(p, "rows identified by"))
        mig_parser_string(p);
    if (mig_parser_take(p, "fields") || mig_parser_take(p, "columns"))
        read_terms(p);
    if (mig_parser_take(p, "lines"))
        read_terms(p);
    if (mig_parser_take(p, "ignore")) {
        mig_parser_number(p);
        if (!mig_parser_take(p, "lines"))
            mig_parser_expect(p, "rows");
    }
    read_load_columns(p, &change);
    read_load_set(p, &change);
    mig_mysql_push(p, &change, from);
}

static void
read_handler(MigParser *p, size_t from)
{
    static const char *const actions[] = {"open", "read", "close", NULL};
    MigChange change = {.kind = MIG_CHANGE_UNKNOWN, .text = "handler"};

    change.table = mig_parser_name(p);
    mig_mysql_one_of(p, actions);
    mig_mysql_skip_statement(p);
    mig_mysql_push(p, &change, from);
}

bool
mig_mysql_load(MigParser *p, size_t from)
{
    if (mig_parser_take(p, "call")) {
        read_call(p, from);
    } else if (mig_parser_take(p, "do")) {
        read_do(p, from);
    } else if (mig_parser_take_words(p, "load data") || mig_parser_take_words(p, "load xml")) {
        read_load(p, from);
    } else if (mig_parser_take(p, "handler")) {
        read_handler(p, from);
    } else {
        return false;
    }
    return true;
}

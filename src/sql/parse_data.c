/* SPDX-License-Identifier: MIT */
/* SELECT, INSERT, REPLACE, UPDATE and DELETE of MySQL, MariaDB and SQLite. */
#include "sql/parse_data.h"

#include <string.h>

MigQuery *
mig_data_query(MigParser *p, MigChange *change)
{
    if (change->query == NULL)
        change->query = mig_arena_new0(p->arena, MigQuery, 1);
    return (MigQuery *)change->query;
}

/* SQLite: OR REPLACE and its kin. Returns: the word, lower case; %NULL if there is none */
static const char *
read_or(MigParser *p)
{
    static const char *const words[] = {"rollback", "abort", "replace", "fail", "ignore"};

    if (p->engine != MIG_ENGINE_SQLITE || !mig_parser_take(p, "or"))
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (mig_parser_take(p, words[i]))
            return words[i];
    }
    mig_parser_fail(p, "expected ROLLBACK, ABORT, REPLACE, FAIL or IGNORE");
    return NULL;
}

/* Returns: whether IGNORE was among them */
bool
mig_data_skip_modifiers(MigParser *p)
{
    static const char *const words[] = {"low_priority", "delayed", "high_priority", "quick", NULL};
    bool ignore = false;

    while (mig_parser_is_mysql(p)) {
        if (mig_parser_take(p, "ignore"))
            ignore = true;
        else if (mig_parser_is_any(p, words))
            mig_parser_next(p);
        else
            break;
    }
    return ignore;
}

void
mig_data_returning(MigParser *p, int sqlite, int mariadb)
{
    size_t from = mig_parser_mark(p);
    size_t n = 0;

    if (p->engine == MIG_ENGINE_MYSQL || !mig_parser_take(p, "returning"))
        return;
    mig_parser_targets(p, &n);
    mig_parser_needs_by_engine(p, sqlite, 0, mariadb, "RETURNING", from);
}

/* a = 1, t.b = 2, (c, d) = (3, 4). @qualifiers: as many names or NULLs as there are items */
MigItem *
mig_data_assignments(MigParser *p, size_t *out_n, GPtrArray *qualifiers)
{
    g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(MigItem));

    do {
        size_t from = mig_parser_mark(p);
        const char **columns = NULL;
        size_t n = 1;
        MigName name = {0};

        if (p->engine == MIG_ENGINE_SQLITE && mig_parser_is_mark(p, "(")) {
            columns = mig_parser_names(p, &n);
        } else {
            name = mig_parser_name(p);
            if (mig_parser_is_mysql(p) && mig_parser_take_mark(p, ".")) {
                name.schema = name.name;
                name.name = mig_parser_value(p);
            }
        }
        if (!mig_parser_is_mysql(p) || !mig_parser_take_mark(p, ":="))
            mig_parser_expect_mark(p, "=");
        const MigExpr *value = mig_parser_expression(p);
        for (size_t i = 0; i < n; i++) {
            MigItem item = {.column = columns != NULL ? columns[i] : name.name,
                            .value = value,
                            .span = mig_parser_span(p, from)};

            /* The row's own part, where it is written as one. */
            if (columns != NULL && value->kind == MIG_EXPR_ROW && value->n_args == n)
                item.value = value->args[i];
            g_array_append_val(items, item);
            if (qualifiers != NULL)
                g_ptr_array_add(qualifiers, (gpointer)name.schema);
        }
    } while (mig_parser_take_mark(p, ","));
    return mig_arena_take_array(p->arena, items, out_n);
}

/* SQLite: ON CONFLICT (a) WHERE ... DO NOTHING | UPDATE SET ..., more than one since 3.35. */
static void
read_upsert(MigParser *p, MigChange *change)
{
    size_t n = 0;
    bool last = false;

    while (p->engine == MIG_ENGINE_SQLITE && mig_parser_is(p, "on")) {
        size_t from = mig_parser_mark(p);

        if (last)
            mig_parser_fail(p, "expected no ON CONFLICT behind one without a target");
        mig_parser_next(p);
        mig_parser_expect(p, "conflict");
        if (mig_parser_is_mark(p, "(")) {
            mig_parser_key_parts(p, &n);
            if (mig_parser_take(p, "where"))
                mig_parser_expression(p);
        } else {
            last = true;
        }
        mig_parser_expect(p, "do");
        if (mig_parser_take(p, "nothing")) {
            change->text = "nothing";
        } else {
            mig_parser_expect(p, "update");
            mig_parser_expect(p, "set");
            change->text = "update";
            change->items = mig_data_assignments(p, &change->n_items, NULL);
            if (mig_parser_take(p, "where"))
                mig_parser_expression(p);
        }
        mig_parser_needs_by_engine(p, change->on ? 33500 : 32400, 0, 0,
                                   change->on ? "several ON CONFLICT" : "ON CONFLICT", from);
        change->on = true;
    }
}

/* MySQL: AS new(a, b), and ON DUPLICATE KEY UPDATE. */
static void
read_duplicate(MigParser *p, MigChange *change)
{
    size_t n = 0;
    size_t from = mig_parser_mark(p);

    if (p->engine == MIG_ENGINE_MYSQL && mig_parser_take(p, "as")) {
        mig_parser_identifier(p, NULL);
        if (mig_parser_is_mark(p, "("))
            mig_parser_names(p, &n);
        mig_parser_needs_by_engine(p, 0, 80019, 0, "an alias for the new row", from);
    }
    if (!mig_parser_is_mysql(p) || change->on || !mig_parser_take(p, "on"))
        return;
    mig_parser_expect(p, "duplicate");
    mig_parser_expect(p, "key");
    mig_parser_expect(p, "update");
    change->on = true;
    change->text = "update";
    change->items = mig_data_assignments(p, &change->n_items, NULL);
}

/* MySQL: INSERT INTO t SET a = 1: one row. */
static const MigQuery *
read_set_row(MigParser *p, MigChange *change)
{
    size_t from = mig_parser_mark(p);
    size_t n = 0;
    MigItem *items = mig_data_assignments(p, &n, NULL);
    const char **columns = mig_arena_new0(p->arena, const char *, n);
    MigExprList values = {0};
    MigExprList rows = {0};

    for (size_t i = 0; i < n; i++) {
        columns[i] = items[i].column;
        mig_expr_list_add(p, &values, (MigExpr *)items[i].value);
    }
    change->columns = columns;
    change->n_columns = n;
    mig_expr_list_add(p, &rows, mig_expr_new_with(p, MIG_EXPR_ROW, from, &values));
    MigQuery *query = mig_arena_new0(p->arena, MigQuery, 1);
    query->values = rows.items;
    query->n_values = rows.n;
    query->span = mig_parser_span(p, from);
    return query;
}

static const MigQuery *
read_values(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigQuery *query = mig_arena_new0(p->arena, MigQuery, 1);
    MigExprList rows = {0};

    mig_parser_next(p);
    mig_parser_rows(p, &rows);
    query->values = rows.items;
    query->n_values = rows.n;
    query->span = mig_parser_span(p, from);
    return query;
}

/* Whether the "(" here begins the list of columns, and not a query. */
static bool
at_columns(const MigParser *p)
{
    MigToken token;

    if (!mig_parser_is_mark(p, "(") || !mig_parser_peek(p, &token))
        return false;
    if (!mig_parser_is_mysql(p))
        return true;
    return !mig_token_is(&p->lexer, &token, "select") && !mig_token_is(&p->lexer, &token, "with") &&
           p->sql[token.offset] != '(';
}

static void
read_rows(MigParser *p, MigChange *change)
{
    bool mysql = mig_parser_is_mysql(p);

    if (mysql && mig_parser_take(p, "set"))
        change->query = read_set_row(p, change);
    else if (mysql && (mig_parser_is(p, "value") || mig_parser_is(p, "values")))
        change->query = read_values(p);
    else if (mig_parser_at_query(p) || (mysql && mig_parser_is_mark(p, "(")))
        change->query = mig_parser_query(p);
    else if (!mysql && mig_parser_take(p, "default"))
        mig_parser_expect(p, "values");
    else
        mig_parser_fail(p, mysql ? "expected VALUES, SET or SELECT"
                                 : "expected VALUES, SELECT or DEFAULT VALUES");
}

static void
read_insert(MigParser *p, MigCte *ctes, size_t n_ctes)
{
    MigChange change = {.kind = MIG_CHANGE_INSERT, .ctes = ctes, .n_ctes = n_ctes};

    change.span.offset = mig_parser_mark(p);
    change.on = mig_parser_is(p, "replace");
    mig_parser_next(p);
    change.text = change.on ? "replace" : read_or(p);
    change.on = change.text != NULL && strcmp(change.text, "replace") == 0;
    if (mig_data_skip_modifiers(p))
        change.text = "ignore";
    if (!mig_parser_take(p, "into") && !mig_parser_is_mysql(p))
        mig_parser_fail(p, "expected INTO");
    change.table = mig_parser_name(p);
    if (mig_parser_is_mysql(p)) {
        size_t n = 0;

        if (mig_parser_take(p, "partition"))
            mig_parser_names(p, &n);
    } else if (mig_parser_take(p, "as")) {
        mig_parser_identifier(p, NULL);
    }
    if (at_columns(p)) {
        /* MySQL: INSERT INTO t () VALUES () is a row of defaults. */
        if (mig_parser_is_mysql(p) && mig_parser_peek_mark(p, ")"))
            mig_parser_skip_parens(p);
        else
            change.columns = mig_data_columns(p, &change.n_columns);
    }
    read_rows(p, &change);
    read_upsert(p, &change);
    read_duplicate(p, &change);
    mig_data_returning(p, 33500, 100500);
    g_array_append_val(p->changes, change);
}

const char **
mig_data_columns(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(const char *));

    mig_parser_expect_mark(p, "(");
    do {
        /* MySQL takes t.a for a. */
        MigName name = mig_parser_name(p);
        g_array_append_val(names, name.name);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
    return mig_arena_take_array(p->arena, names, out_n);
}

static void
read_select(MigParser *p, size_t from, MigCte *ctes, size_t n_ctes)
{
    MigQuery *query = mig_parser_query(p);
    MigChange *change = mig_parser_add(p, MIG_CHANGE_SELECT);

    if (n_ctes > 0) {
        /* MySQL: WITH a AS (...) (WITH b AS (...) SELECT ...) */
        MigCte *all = mig_arena_new0(p->arena, MigCte, n_ctes + query->n_ctes);

        memcpy(all, ctes, n_ctes * sizeof *all);
        if (query->n_ctes > 0)
            memcpy(all + n_ctes, query->ctes, query->n_ctes * sizeof *all);
        query->ctes = all;
        query->n_ctes += n_ctes;
    }
    change->span.offset = from;
    change->query = query;
}

bool
mig_parser_data_statement(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    guint before = p->changes->len;
    MigCte *ctes = NULL;
    size_t n_ctes = 0;

    if (mig_parser_is(p, "with"))
        ctes = mig_parser_with(p, &n_ctes);
    if (mig_parser_is(p, "update"))
        mig_data_update(p, read_or, ctes, n_ctes);
    else if (mig_parser_is(p, "delete"))
        mig_data_delete(p, ctes, n_ctes);
    else if (mig_parser_is(p, "insert") || mig_parser_is(p, "replace"))
        read_insert(p, ctes, n_ctes);
    else if (mig_parser_at_query(p) || n_ctes > 0 ||
             (mig_parser_is_mysql(p) && mig_parser_is_mark(p, "(")))
        read_select(p, from, ctes, n_ctes);
    else
        return false;
    for (guint i = before; i < p->changes->len; i++)
        g_array_index(p->changes, MigChange, i).span = mig_parser_span(p, from);
    return true;
}

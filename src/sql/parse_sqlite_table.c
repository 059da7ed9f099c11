/* SPDX-License-Identifier: MIT */
/* SQLite's CREATE TABLE and CREATE VIRTUAL TABLE. */
#include "sql/parse_sqlite.h"

#include <string.h>

#include "sql/parse_expression.h"

/* Whether a column is a part of the table's key. */
static bool
is_in_key(const MigCreateTable *table, const MigColumn *column)
{
    for (size_t i = 0; i < column->n_constraints; i++) {
        if (column->constraints[i].kind == MIG_CONSTRAINT_PRIMARY_KEY)
            return true;
    }
    for (size_t i = 0; i < table->n_constraints; i++) {
        const MigConstraint *constraint = &table->constraints[i];

        for (size_t j = 0; j < constraint->n_columns; j++) {
            if (constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY &&
                g_ascii_strcasecmp(constraint->columns[j], column->name) == 0)
                return true;
        }
    }
    return false;
}

/* SQLite, "WITHOUT ROWID" and "STRICT Tables": there a key's columns are NOT NULL without being
 * said so. */
static void
settle_nullability(MigCreateTable *table)
{
    if (!table->without_rowid && !table->strict)
        return;
    for (size_t i = 0; i < table->n_columns; i++) {
        if (is_in_key(table, &table->columns[i]))
            table->columns[i].not_null = true;
    }
}

static void
read_columns(MigParser *p, MigCreateTable *table)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(MigColumn));
    g_autoptr(GArray) constraints = g_array_new(FALSE, TRUE, sizeof(MigConstraint));

    do {
        if (columns->len > 0 && mig_sqlite_at_constraint(p))
            break;
        MigColumn column = {0};
        mig_sqlite_column(p, &column);
        g_array_append_val(columns, column);
        if (!mig_parser_is_mark(p, ",") && !mig_parser_is_mark(p, ")"))
            mig_parser_fail(p, "expected a column constraint, \",\" or \")\"");
    } while (mig_parser_take_mark(p, ","));
    while (mig_sqlite_at_constraint(p)) {
        MigConstraint constraint = {0};

        if (mig_sqlite_constraint(p, &constraint))
            g_array_append_val(constraints, constraint);
        /* The comma may be left out. */
        if (mig_parser_take_mark(p, ",") && !mig_sqlite_at_constraint(p))
            mig_parser_fail(p, "expected a table constraint");
    }
    table->columns = mig_arena_take_array(p->arena, columns, &table->n_columns);
    table->constraints = mig_arena_take_array(p->arena, constraints, &table->n_constraints);
}

static void
read_options(MigParser *p, MigCreateTable *table)
{
    size_t from = mig_parser_mark(p);

    do {
        if (mig_parser_take(p, "without")) {
            if (!mig_parser_take(p, "rowid"))
                mig_parser_fail(p, "expected ROWID");
            table->without_rowid = true;
        } else if (mig_parser_take(p, "strict")) {
            table->strict = true;
            mig_parser_needs_by_engine(p, 33700, 0, 0, "STRICT", from);
        } else if (mig_parser_mark(p) != from || !mig_parser_is_mark(p, ",")) {
            /* The grammar takes a comma before the first. */
            mig_parser_fail(p, "expected WITHOUT ROWID, STRICT or the end of the statement");
        }
    } while (mig_parser_take_mark(p, ","));
}

void
mig_sqlite_create_table(MigParser *p, size_t from, bool temporary)
{
    MigCreateTable *table = mig_arena_new0(p->arena, MigCreateTable, 1);
    MigChange change = {.kind = MIG_CHANGE_CREATE_TABLE, .temporary = temporary};

    change.if_not_exists = mig_sqlite_if_not_exists(p);
    change.table = mig_parser_name(p);
    change.create_table = table;
    if (mig_parser_take(p, "as")) {
        table->query = mig_parser_query(p);
        table->with_data = true;
    } else {
        size_t body = mig_parser_mark(p);

        if (!mig_parser_take_mark(p, "("))
            mig_parser_fail(p, "expected \"(\" or AS");
        read_columns(p, table);
        mig_parser_expect_mark(p, ")");
        table->body_span = mig_parser_span(p, body);
        if (!mig_parser_at_end(p) && p->token.kind != MIG_TOKEN_SEMICOLON)
            read_options(p, table);
        settle_nullability(table);
    }
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

/* What stands between the commas of a module's arguments is the module's own language. */
static void
read_arguments(MigParser *p, MigCreateTable *table)
{
    g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(MigOption));
    size_t from = 0;
    size_t open = 0;

    mig_parser_expect_mark(p, "(");
    from = mig_parser_mark(p);
    while (!mig_parser_at_end(p)) {
        bool end = open == 0 && mig_parser_is_mark(p, ")");

        if (end || (open == 0 && mig_parser_is_mark(p, ","))) {
            MigOption option = {.span = mig_parser_span(p, from)};
            option.name = mig_parser_text(p, option.span);
            if (mig_parser_mark(p) > from)
                g_array_append_val(options, option);
            if (end)
                break;
            mig_parser_next(p);
            from = mig_parser_mark(p);
            continue;
        }
        if (mig_parser_is_mark(p, "("))
            open++;
        else if (mig_parser_is_mark(p, ")"))
            open--;
        mig_parser_next(p);
    }
    mig_parser_expect_mark(p, ")");
    table->options = mig_arena_take_array(p->arena, options, &table->n_options);
}

void
mig_sqlite_create_virtual(MigParser *p, size_t from)
{
    MigCreateTable *table = mig_arena_new0(p->arena, MigCreateTable, 1);
    MigChange change = {.kind = MIG_CHANGE_CREATE_TABLE, .create_table = table};

    mig_parser_expect(p, "table");
    change.if_not_exists = mig_sqlite_if_not_exists(p);
    change.table = mig_parser_name(p);
    mig_parser_expect(p, "using");
    table->foreign = true;
    table->virtual_module = mig_parser_identifier(p, NULL);
    if (mig_parser_is_mark(p, "("))
        read_arguments(p, table);
    change.span = mig_parser_span(p, from);
    g_array_append_val(p->changes, change);
}

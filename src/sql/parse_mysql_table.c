/* SPDX-License-Identifier: MIT */
/* CREATE TABLE of MySQL and MariaDB. */
#include "sql/parse_mysql.h"

/* A table while it is read. */
typedef struct {
    MigCreateTable *table;
    GArray *columns;     /* (owned) MigColumn */
    GArray *constraints; /* (owned) MigConstraint */
    GArray *indexes;     /* (owned) MigIndex */
    GArray *options;     /* (owned) MigOption */
} TableReader;

static void
read_column(MigParser *p, TableReader *r)
{
    MigColumn column = {0};
    size_t from = mig_parser_mark(p);

    column.name = mig_parser_identifier(p, &column.quoted);
    /* MariaDB lets the table stand before it. */
    while (mig_mysql_is_mariadb(p) && mig_parser_take_mark(p, ".")) {
        from = mig_parser_mark(p);
        column.quoted = p->token.kind == MIG_TOKEN_QUOTED;
        column.name = column.quoted ? mig_parser_identifier(p, NULL) : mig_mysql_token_text(p);
    }
    column.name_span = mig_parser_span(p, from);
    mig_mysql_column(p, &column);
    column.span = mig_parser_span(p, from);
    g_array_append_val(r->columns, column);
}

static void
read_period(MigParser *p, TableReader *r, const MigMysqlKey *key, size_t from)
{
    const char *value = key->period;

    for (size_t i = 0; i < key->n_period_columns; i++)
        value = mig_arena_printf(p->arena, "%s%s%s", value, i == 0 ? " " : ", ",
                                 key->period_columns[i]);
    mig_mysql_add_option(p, r->options, "period", value, from);
}

static void
read_element(MigParser *p, TableReader *r)
{
    size_t from = mig_parser_mark(p);
    MigMysqlKey key;

    switch (mig_mysql_key(p, &key)) {
    case MIG_MYSQL_KEY_NONE:
        read_column(p, r);
        return;
    case MIG_MYSQL_KEY_INDEX:
        g_array_append_val(r->indexes, key.index);
        return;
    case MIG_MYSQL_KEY_CONSTRAINT:
        g_array_append_val(r->constraints, key.constraint);
        return;
    case MIG_MYSQL_KEY_PERIOD:
        read_period(p, r, &key, from);
        return;
    }
}

static void
read_elements(MigParser *p, TableReader *r)
{
    size_t from = mig_parser_mark(p);

    mig_parser_expect_mark(p, "(");
    do
        read_element(p, r);
    while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
    r->table->body_span = mig_parser_span(p, from);
}

/* LIKE name, also in parentheses. */
static bool
read_like(MigParser *p, TableReader *r)
{
    bool parens = mig_parser_is_mark(p, "(") && mig_parser_peek_is(p, "like");

    if (parens)
        mig_parser_next(p);
    if (!mig_parser_take(p, "like"))
        return false;
    r->table->likes = mig_arena_alloc(p->arena, sizeof *r->table->likes);
    r->table->n_likes = 1;
    r->table->likes[0].table = mig_parser_name(p);
    r->table->likes[0].defaults = true;
    r->table->likes[0].constraints = true;
    r->table->likes[0].indexes = true;
    r->table->likes[0].identity = true;
    r->table->likes[0].generated = true;
    r->table->likes[0].comments = true;
    r->table->likes[0].storage = true;
    if (parens)
        mig_parser_expect_mark(p, ")");
    return true;
}

/* [IGNORE | REPLACE] [AS] query */
static void
read_query(MigParser *p, TableReader *r)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "ignore"))
        mig_mysql_add_option(p, r->options, "ignore", NULL, from);
    else if (mig_parser_take(p, "replace"))
        mig_mysql_add_option(p, r->options, "replace", NULL, from);
    mig_parser_take(p, "as");
    if (!mig_mysql_at_query(p)) {
        if (mig_parser_mark(p) != from)
            mig_parser_fail(p, "expected a query");
        return;
    }
    r->table->query = mig_parser_query(p);
    r->table->with_data = true;
}

static void
read_body(MigParser *p, TableReader *r)
{
    if (read_like(p, r))
        return;
    if (mig_parser_is_mark(p, "(") && !mig_mysql_at_query(p))
        read_elements(p, r);
    bool more = false;
    while (mig_mysql_table_option(p, r->options) && !mig_parser_failed(p))
        more = mig_parser_take_mark(p, ",");
    if (more)
        mig_parser_fail(p, "expected a table option");
    if (mig_mysql_at_partition_by(p))
        mig_mysql_partition_by(p, &r->table->partition_by);
    read_query(p, r);
}

void
mig_mysql_create_table(MigParser *p, size_t from, bool or_replace, bool temporary)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(MigColumn));
    g_autoptr(GArray) constraints = g_array_new(FALSE, FALSE, sizeof(MigConstraint));
    g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(MigIndex));
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));
    MigCreateTable *table = mig_arena_new0(p->arena, MigCreateTable, 1);
    MigChange change = {.kind = MIG_CHANGE_CREATE_TABLE,
                        .or_replace = or_replace,
                        .temporary = temporary,
                        .create_table = table};
    TableReader r = {.table = table,
                     .columns = columns,
                     .constraints = constraints,
                     .indexes = indexes,
                     .options = options};

    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    change.table = mig_parser_name(p);
    read_body(p, &r);
    table->columns = mig_arena_take_array(p->arena, columns, &table->n_columns);
    table->constraints = mig_arena_take_array(p->arena, constraints, &table->n_constraints);
    table->indexes = mig_arena_take_array(p->arena, indexes, &table->n_indexes);
    table->options = mig_arena_take_array(p->arena, options, &table->n_options);
    mig_mysql_push(p, &change, from);
}

/* SPDX-License-Identifier: MIT */
/* A column's definition: its type, whether it is generated, and its attributes in any order. */
#include <string.h>

#include "sql/parse_expression.h"
#include "sql/parse_mysql.h"

/* A column while it is read. */
typedef struct {
    MigColumn *column;
    GArray *constraints; /* (owned) MigConstraint */
    GArray *options;     /* (owned) MigOption */
} ColumnReader;

/* Of the attributes: whether this was one, and whether it ends the definition. */
typedef enum {
    ATTRIBUTE_NONE,
    ATTRIBUTE_TAKEN,
    ATTRIBUTE_LAST,
} Attribute;

static MigConstraint *
add_constraint(MigParser *p, ColumnReader *r, MigConstraintKind kind, const char *name)
{
    const char **columns = mig_arena_new0(p->arena, const char *, 1);
    MigConstraint constraint = {
        .kind = kind, .name = {.name = name}, .of_column = true, .columns = columns};

    columns[0] = r->column->name;
    if (kind != MIG_CONSTRAINT_CHECK)
        constraint.n_columns = 1;
    g_array_append_val(r->constraints, constraint);
    return &g_array_index(r->constraints, MigConstraint, r->constraints->len - 1);
}

static void
add_key(MigParser *p, ColumnReader *r, MigConstraintKind kind, size_t from)
{
    MigConstraint *key = add_constraint(p, r, kind, NULL);

    key->parts = mig_arena_new0(p->arena, MigKeyPart, 1);
    key->parts[0].column = r->column->name;
    key->n_parts = 1;
    key->span = mig_parser_span(p, from);
    if (kind == MIG_CONSTRAINT_PRIMARY_KEY)
        r->column->not_null = true;
}

/* The value of MariaDB's DEFAULT may be a call; an operator needs parentheses. */
static bool
at_default_call(const MigParser *p)
{
    static const char *const not_calls[] = {"null", "true", "false", NULL};

    if (p->token.kind == MIG_TOKEN_NUMBER || mig_parser_is_string(p) ||
        mig_parser_is_mark(p, "-") || mig_parser_is_mark(p, "+"))
        return false;
    return !mig_parser_is_any(p, not_calls);
}

/* MySQL's DEFAULT without parentheses: the words that begin a literal. */
static bool
at_mysql_literal(const MigParser *p)
{
    static const char *const words[] = {
        "null",           "true", "false", "current_timestamp", "now", "localtime",
        "localtimestamp", "date", "time",  "timestamp",         NULL};

    return p->token.kind != MIG_TOKEN_WORD || p->sql[p->token.offset] == '_' ||
           mig_parser_is_any(p, words);
}

static void
read_default(MigParser *p, ColumnReader *r)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_is_mark(p, "(")) {
        MigExpr *value = mig_parser_operand(p);
        value->parenthesised = true;
        r->column->default_value = value;
        r->column->default_span = mig_parser_span(p, from);
        mig_mysql_since(p, 80013, 100201, "DEFAULT (expression)", r->column->default_span);
        return;
    }
    if (mig_parser_is(p, "not"))
        mig_parser_fail(p, "expected a value; an expression stands in parentheses");
    if (!mig_mysql_is_mariadb(p) && !at_mysql_literal(p))
        mig_parser_fail(p, "expected a literal; an expression stands in parentheses");
    if (mig_mysql_is_mariadb(p) && at_default_call(p))
        r->column->default_value = mig_parser_operand(p);
    else
        r->column->default_value = mig_parser_literal(p);
    r->column->default_span = mig_parser_span(p, from);
}

/* A call of CURRENT_TIMESTAMP by any of its names: all that ON UPDATE takes. */
static void
read_on_update(MigParser *p, ColumnReader *r)
{
    static const char *const now[] = {"current_timestamp", "now", "localtime", "localtimestamp",
                                      NULL};

    mig_parser_next(p);
    mig_parser_expect(p, "update");
    if (!mig_parser_is_any(p, now))
        mig_parser_fail(p, "expected CURRENT_TIMESTAMP");
    r->column->on_update = mig_parser_literal(p);
}

/* REFERENCES, which stands at the end of a definition. */
static Attribute
read_references(MigParser *p, ColumnReader *r, const char *name, size_t from)
{
    MigConstraint *key = add_constraint(p, r, MIG_CONSTRAINT_FOREIGN_KEY, name);

    mig_mysql_references(p, key);
    key->span = mig_parser_span(p, from);
    return ATTRIBUTE_LAST;
}

/* [CONSTRAINT [name]] CHECK ... */
static Attribute
read_constraint(MigParser *p, ColumnReader *r)
{
    size_t from = mig_parser_mark(p);
    const char *name = NULL;
    bool named = mig_parser_take(p, "constraint");

    if (named && !mig_parser_is(p, "check") && !mig_parser_is(p, "references"))
        name = mig_parser_identifier(p, NULL);
    if (mig_parser_is(p, "references")) {
        if (name != NULL)
            mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100501, "named REFERENCES of a column", from);
        return read_references(p, r, name, from);
    }
    mig_parser_expect(p, "check");
    MigConstraint *check = add_constraint(p, r, MIG_CONSTRAINT_CHECK, name);
    mig_mysql_check(p, check);
    check->span = mig_parser_span(p, from);
    if (!mig_mysql_is_mariadb(p))
        return ATTRIBUTE_TAKEN;

    /* In MariaDB nothing but REFERENCES follows, and the name is MySQL's. */
    if (named)
        mig_mysql_since(p, 0, MIG_MYSQL_NEVER, "CONSTRAINT before a column's CHECK", check->span);
    if (mig_parser_is(p, "references") || mig_parser_is(p, "constraint"))
        return ATTRIBUTE_TAKEN;
    return ATTRIBUTE_LAST;
}

static Attribute
read_key_words(MigParser *p, ColumnReader *r)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "unique")) {
        mig_parser_take(p, "key");
        add_key(p, r, MIG_CONSTRAINT_UNIQUE, from);
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_take(p, "primary"))
        mig_parser_expect(p, "key");
    else if (!mig_parser_take(p, "key"))
        return ATTRIBUTE_NONE;
    add_key(p, r, MIG_CONSTRAINT_PRIMARY_KEY, from);
    return ATTRIBUTE_TAKEN;
}

static Attribute
read_null(MigParser *p, ColumnReader *r)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "null")) {
        r->column->null_said = true;
        return ATTRIBUTE_TAKEN;
    }
    if (!mig_parser_take(p, "not"))
        return ATTRIBUTE_NONE;
    if (mig_parser_take(p, "secondary")) {
        mig_mysql_add_option(p, r->options, "not secondary", NULL, from);
        mig_mysql_since_from(p, 80013, MIG_MYSQL_NEVER, "NOT SECONDARY", from);
        return ATTRIBUTE_TAKEN;
    }
    mig_parser_expect(p, "null");
    r->column->not_null = r->column->not_null_said = true;
    return ATTRIBUTE_TAKEN;
}

/* VISIBLE, INVISIBLE, COMPRESSED, and system versioning of a column. */
static Attribute
read_visibility(MigParser *p, ColumnReader *r)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "invisible")) {
        r->column->invisible = true;
        mig_mysql_since_from(p, 80023, 100303, "INVISIBLE columns", from);
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_take(p, "visible")) {
        mig_mysql_since_from(p, 80023, MIG_MYSQL_NEVER, "VISIBLE columns", from);
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_take(p, "compressed")) {
        const char *method = mig_parser_take_mark(p, "=") ? mig_parser_value(p) : NULL;
        r->column->compression = method != NULL ? method : "compressed";
        if (r->column->type.charset == NULL)
            mig_mysql_type_charset(p, &r->column->type);
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100301, "COMPRESSED columns", from);
        return ATTRIBUTE_TAKEN;
    }

    bool with = mig_parser_take_words(p, "with system versioning");
    if (!with && !mig_parser_take_words(p, "without system versioning"))
        return ATTRIBUTE_NONE;
    mig_mysql_add_option(p, r->options, "system versioning", with ? "with" : "without", from);
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "SYSTEM VERSIONING", from);
    return ATTRIBUTE_TAKEN;
}

/* What has a value of its own: COLUMN_FORMAT, STORAGE, SRID, ... */
static Attribute
read_storage(MigParser *p, ColumnReader *r)
{
    static const char *const formats[] = {"fixed", "dynamic", "default", NULL};
    static const char *const storages[] = {"disk", "memory", "default", NULL};
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "column_format")) {
        mig_mysql_add_option(p, r->options, "column_format", mig_mysql_one_of(p, formats), from);
        mig_mysql_since_from(p, 0, MIG_MYSQL_NEVER, "COLUMN_FORMAT", from);
    } else if (mig_parser_is(p, "storage") && !mig_parser_peek_mark(p, "=")) {
        mig_parser_next(p);
        r->column->storage = mig_mysql_one_of(p, storages);
        mig_mysql_since_from(p, 0, MIG_MYSQL_NEVER, "STORAGE of a column", from);
    } else if (mig_parser_is(p, "srid") && !mig_mysql_is_mariadb(p)) {
        mig_parser_next(p);
        mig_mysql_add_option(p, r->options, "srid", mig_parser_value(p), from);
        mig_mysql_since_from(p, 80003, MIG_MYSQL_NEVER, "SRID of a column", from);
    } else if (!mig_mysql_is_mariadb(p) && (mig_parser_is(p, "engine_attribute") ||
                                            mig_parser_is(p, "secondary_engine_attribute"))) {
        const char *name = mig_mysql_word(p);
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, r->options, name, mig_parser_value(p), from);
        mig_mysql_since_from(p, 80021, 0, "ENGINE_ATTRIBUTE", from);
    } else if (mig_mysql_is_mariadb(p) && mig_parser_is(p, "ref_system_id")) {
        mig_parser_next(p);
        mig_parser_expect_mark(p, "=");
        mig_mysql_add_option(p, r->options, "ref_system_id", mig_parser_value(p), from);
    } else if (mig_mysql_is_mariadb(p) && mig_parser_is_name(p) && mig_parser_peek_mark(p, "=") &&
               !mig_mysql_at_table_option(p)) {
        /* An engine's own attribute: MariaDB, "Engine-defined New Table/Field/Index Attributes". */
        const char *name = mig_mysql_word(p);
        mig_parser_next(p);
        mig_mysql_add_option(p, r->options, name, mig_parser_value(p), from);
    } else {
        return ATTRIBUTE_NONE;
    }
    return ATTRIBUTE_TAKEN;
}

static Attribute
read_attribute(MigParser *p, ColumnReader *r)
{
    if (mig_parser_is(p, "null") || mig_parser_is(p, "not"))
        return read_null(p, r);
    if (mig_parser_take(p, "default")) {
        read_default(p, r);
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_is(p, "on") && mig_parser_peek_is(p, "update")) {
        read_on_update(p, r);
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_take(p, "auto_increment")) {
        r->column->auto_increment = true;
        r->column->not_null = true;
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_take_words(p, "serial default value")) {
        size_t from = mig_parser_mark(p);
        r->column->auto_increment = r->column->not_null = true;
        add_key(p, r, MIG_CONSTRAINT_UNIQUE, from);
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_take(p, "comment")) {
        r->column->comment = mig_parser_is_string(p) ? mig_parser_string(p) : NULL;
        if (r->column->comment == NULL)
            mig_parser_fail(p, "expected the comment in quotes");
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_take(p, "collate")) {
        r->column->type.collation = mig_mysql_name_or_string(p);
        return ATTRIBUTE_TAKEN;
    }
    if (mig_parser_is(p, "references"))
        return read_references(p, r, NULL, mig_parser_mark(p));
    if (mig_parser_is(p, "constraint") || mig_parser_is(p, "check"))
        return read_constraint(p, r);

    Attribute found = read_key_words(p, r);
    if (found == ATTRIBUTE_NONE)
        found = read_visibility(p, r);
    return found == ATTRIBUTE_NONE ? read_storage(p, r) : found;
}

/* MariaDB: AS ROW START and AS ROW END, of a table with SYSTEM VERSIONING. */
static bool
read_row_time(MigParser *p, ColumnReader *r)
{
    static const char *const ends[] = {"start", "end", NULL};
    size_t from = mig_parser_mark(p);

    if (!mig_parser_take(p, "row"))
        return false;
    mig_mysql_add_option(p, r->options, "as row", mig_mysql_one_of(p, ends), from);
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "SYSTEM VERSIONING", from);
    return true;
}

/* MariaDB lets hardly anything follow: "Generated Columns", Syntax. */
static void
refuse_attributes(MigParser *p)
{
    static const char *const words[] = {
        "not",     "null", "primary", "key",  "auto_increment", "default",
        "collate", "on",   "without", "with", "references",     NULL};

    if (mig_parser_is_any(p, words))
        mig_parser_fail(p, "a generated column of MariaDB has UNIQUE, COMMENT, INVISIBLE and CHECK "
                           "behind it only");
}

/* [GENERATED ALWAYS] AS (expression) [VIRTUAL | STORED | PERSISTENT] */
static void
read_generated(MigParser *p, ColumnReader *r)
{
    MigColumn *column = r->column;
    size_t from = mig_parser_mark(p);
    bool said = mig_parser_take_words(p, "generated always");

    if (!said && !mig_parser_is(p, "as"))
        return;
    mig_parser_expect(p, "as");
    if (read_row_time(p, r))
        return;
    mig_parser_expect_mark(p, "(");
    column->generated_as = mig_parser_expression(p);
    mig_parser_expect_mark(p, ")");
    column->generated = MIG_GENERATED_VIRTUAL;
    mig_mysql_since_from(p, 50706, 0, "generated columns", from);

    size_t kind = mig_parser_mark(p);
    if (mig_parser_take(p, "virtual")) {
        column->generated_said = true;
    } else if (mig_parser_take(p, "stored")) {
        column->generated_said = true;
        column->generated = MIG_GENERATED_STORED;
        mig_mysql_since_from(p, 0, 100201, "STORED", kind);
    } else if (mig_parser_take(p, "persistent")) {
        column->generated_said = true;
        column->generated = MIG_GENERATED_STORED;
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 0, "PERSISTENT", kind);
    }
    if (mig_mysql_is_mariadb(p))
        refuse_attributes(p);
}

/* SERIAL is an alias for a type with attributes: MySQL 8.4, "Numeric Data Type Syntax". */
static void
settle_serial(MigParser *p, ColumnReader *r, size_t from)
{
    MigColumn *column = r->column;

    if (strcmp(column->type.name, "serial") != 0)
        return;
    column->type.name = "bigint";
    column->type.is_unsigned = true;
    column->not_null = column->not_null_said = column->auto_increment = true;
    add_key(p, r, MIG_CONSTRAINT_UNIQUE, from);
}

void
mig_mysql_column(MigParser *p, MigColumn *column)
{
    g_autoptr(GArray) constraints = g_array_new(FALSE, FALSE, sizeof(MigConstraint));
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));
    ColumnReader r = {.column = column, .constraints = constraints, .options = options};
    size_t from = mig_parser_mark(p);

    column->type = mig_parse_mysql_type(p);
    settle_serial(p, &r, from);
    if (mig_parser_is(p, "collate")) {
        mig_parser_next(p);
        column->type.collation = mig_mysql_name_or_string(p);
    }
    read_generated(p, &r);
    while (read_attribute(p, &r) == ATTRIBUTE_TAKEN && !mig_parser_failed(p))
        ;
    column->constraints = mig_arena_take_array(p->arena, constraints, &column->n_constraints);
    column->options = mig_arena_take_array(p->arena, options, &column->n_options);
}

void
mig_mysql_place(MigParser *p, MigChange *change)
{
    if (mig_parser_take(p, "first")) {
        change->text = "first";
    } else if (mig_parser_take(p, "after")) {
        change->text = "after";
        change->to.name = mig_parser_identifier(p, NULL);
    }
}

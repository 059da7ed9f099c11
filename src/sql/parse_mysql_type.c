/* SPDX-License-Identifier: MIT */
/* MySQL's and MariaDB's data types, each under the name that the server itself gives it. */
#include <string.h>

#include "sql/parse_mysql.h"

/* FLOAT(p) with more bits than these is a DOUBLE: MySQL 8.4, "FLOAT, DOUBLE". */
#define FLOAT_BITS 24

typedef enum {
    SHAPE_PLAIN,     /* no length */
    SHAPE_INTEGER,   /* [(m)] and UNSIGNED, SIGNED, ZEROFILL */
    SHAPE_REAL,      /* [(m, d)] and these */
    SHAPE_DOUBLE,    /* the same behind [PRECISION] */
    SHAPE_DECIMAL,   /* [(m [, d])] and these */
    SHAPE_LENGTH,    /* [(n)] */
    SHAPE_MUST_SIZE, /* (n) */
    SHAPE_TEXT,      /* no length, and a character set */
    SHAPE_TEXT_SIZE, /* [(n)] and a character set */
    SHAPE_CHAR,      /* the same, and VARYING makes it a varchar */
    SHAPE_VARCHAR,   /* (n) and a character set */
    SHAPE_VALUES,    /* ENUM, SET */
} Shape;

typedef struct {
    const char *word;
    const char *name; /* as the server has it */
    Shape shape;
    int mysql; /* since which version; see mig_mysql_since() */
    int mariadb;
} TypeWord;

/* MySQL 8.4, "Data Types" and "Using Data Types from Other Database Engines"; MariaDB, "Data Types".
 * In the order in which they are looked for. */
static const TypeWord type_words[] = {
    {"int", "int", SHAPE_INTEGER, 0, 0},
    {"integer", "int", SHAPE_INTEGER, 0, 0},
    {"bigint", "bigint", SHAPE_INTEGER, 0, 0},
    {"varchar", "varchar", SHAPE_VARCHAR, 0, 0},
    {"varcharacter", "varchar", SHAPE_VARCHAR, 0, 0},
    {"varchar2", "varchar", SHAPE_VARCHAR, MIG_MYSQL_NEVER, 100300},
    {"char", "char", SHAPE_CHAR, 0, 0},
    {"character", "char", SHAPE_CHAR, 0, 0},
    {"text", "text", SHAPE_TEXT_SIZE, 0, 0},
    {"datetime", "datetime", SHAPE_LENGTH, 0, 0},
    {"timestamp", "timestamp", SHAPE_LENGTH, 0, 0},
    {"date", "date", SHAPE_PLAIN, 0, 0},
    {"time", "time", SHAPE_LENGTH, 0, 0},
    {"tinyint", "tinyint", SHAPE_INTEGER, 0, 0},
    {"smallint", "smallint", SHAPE_INTEGER, 0, 0},
    {"mediumint", "mediumint", SHAPE_INTEGER, 0, 0},
    {"middleint", "mediumint", SHAPE_INTEGER, 0, 0},
    {"int1", "tinyint", SHAPE_INTEGER, 0, 0},
    {"int2", "smallint", SHAPE_INTEGER, 0, 0},
    {"int3", "mediumint", SHAPE_INTEGER, 0, 0},
    {"int4", "int", SHAPE_INTEGER, 0, 0},
    {"int8", "bigint", SHAPE_INTEGER, 0, 0},
    {"decimal", "decimal", SHAPE_DECIMAL, 0, 0},
    {"numeric", "decimal", SHAPE_DECIMAL, 0, 0},
    {"dec", "decimal", SHAPE_DECIMAL, 0, 0},
    {"fixed", "decimal", SHAPE_DECIMAL, 0, 0},
    {"number", "decimal", SHAPE_DECIMAL, MIG_MYSQL_NEVER, 100300},
    {"float", "float", SHAPE_DECIMAL, 0, 0},
    {"float4", "float", SHAPE_DECIMAL, 0, 0},
    {"double", "double", SHAPE_DOUBLE, 0, 0},
    {"float8", "double", SHAPE_REAL, 0, 0},
    {"real", "double", SHAPE_REAL, 0, 0},
    {"bit", "bit", SHAPE_LENGTH, 0, 0},
    {"enum", "enum", SHAPE_VALUES, 0, 0},
    {"set", "set", SHAPE_VALUES, 0, 0},
    {"json", "json", SHAPE_PLAIN, 50708, 100207},
    {"tinytext", "tinytext", SHAPE_TEXT, 0, 0},
    {"mediumtext", "mediumtext", SHAPE_TEXT, 0, 0},
    {"longtext", "longtext", SHAPE_TEXT, 0, 0},
    {"clob", "longtext", SHAPE_TEXT, MIG_MYSQL_NEVER, 100300},
    {"blob", "blob", SHAPE_LENGTH, 0, 0},
    {"tinyblob", "tinyblob", SHAPE_PLAIN, 0, 0},
    {"mediumblob", "mediumblob", SHAPE_PLAIN, 0, 0},
    {"longblob", "longblob", SHAPE_PLAIN, 0, 0},
    {"binary", "binary", SHAPE_LENGTH, 0, 0},
    {"varbinary", "varbinary", SHAPE_MUST_SIZE, 0, 0},
    {"raw", "varbinary", SHAPE_MUST_SIZE, MIG_MYSQL_NEVER, 100300},
    {"year", "year", SHAPE_INTEGER, 0, 0},
    {"geometry", "geometry", SHAPE_PLAIN, 0, 0},
    {"point", "point", SHAPE_PLAIN, 0, 0},
    {"linestring", "linestring", SHAPE_PLAIN, 0, 0},
    {"polygon", "polygon", SHAPE_PLAIN, 0, 0},
    {"multipoint", "multipoint", SHAPE_PLAIN, 0, 0},
    {"multilinestring", "multilinestring", SHAPE_PLAIN, 0, 0},
    {"multipolygon", "multipolygon", SHAPE_PLAIN, 0, 0},
    {"geometrycollection", "geometrycollection", SHAPE_PLAIN, 0, 0},
    {"geomcollection", "geometrycollection", SHAPE_PLAIN, 80011, MIG_MYSQL_NEVER},
    {"uuid", "uuid", SHAPE_PLAIN, MIG_MYSQL_NEVER, 100700},
    {"inet6", "inet6", SHAPE_PLAIN, MIG_MYSQL_NEVER, 100500},
    {"inet4", "inet4", SHAPE_PLAIN, MIG_MYSQL_NEVER, 101000},
    {"xmltype", "xmltype", SHAPE_PLAIN, MIG_MYSQL_NEVER, 120300},
    {"vector", "vector", SHAPE_LENGTH, 90000, 110700},
};

static void
read_sizes(MigParser *p, MigType *type, unsigned most)
{
    if (!mig_parser_take_mark(p, "("))
        return;
    type->modifiers[0] = mig_mysql_size(p);
    type->n_modifiers = 1;
    if (most > 1 && mig_parser_take_mark(p, ",")) {
        type->modifiers[1] = mig_mysql_size(p);
        type->n_modifiers = 2;
    }
    mig_parser_expect_mark(p, ")");
}

static void
read_number_options(MigParser *p, MigType *type)
{
    for (;;) {
        if (mig_parser_take(p, "unsigned"))
            type->is_unsigned = true;
        else if (mig_parser_take(p, "zerofill"))
            type->zerofill = type->is_unsigned = true;
        else if (!mig_parser_take(p, "signed"))
            return;
    }
}

/* CHARACTER SET x, ASCII, UNICODE, BYTE, and BINARY, which is that set's _bin collation. */
void
mig_mysql_type_charset(MigParser *p, MigType *type)
{
    bool binary = mig_parser_take(p, "binary");

    if (mig_parser_take(p, "ascii")) {
        type->charset = "latin1";
    } else if (mig_parser_take(p, "unicode")) {
        type->charset = "ucs2";
    } else if (mig_parser_take(p, "byte")) {
        type->charset = "binary";
    } else if (!mig_parser_is(p, "default") && mig_mysql_take_charset_words(p)) {
        type->charset = mig_mysql_name_or_string(p);
    }
    if (mig_parser_take(p, "binary"))
        binary = true;
    if (binary)
        type->collation = "binary";
}

static bool
is_hexadecimal(const MigParser *p)
{
    const char *at = p->sql + p->token.offset;

    return p->token.length > 2 && at[0] == '0' && (at[1] == 'x' || at[1] == 'b');
}

static void
read_values(MigParser *p, MigType *type)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(const char *));

    mig_parser_expect_mark(p, "(");
    do {
        /* 0x61 is a string, too. */
        const char *value =
            p->token.kind == MIG_TOKEN_NUMBER && is_hexadecimal(p) ? mig_mysql_token_text(p) : NULL;
        if (value == NULL && !mig_parser_is_string(p)) {
            mig_parser_fail(p, "expected a value in quotes");
            break;
        }
        if (value == NULL)
            value = mig_parser_string(p);
        g_array_append_val(values, value);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
    type->values = mig_arena_take_array(p->arena, values, &type->n_values);
}

static void
expect_size(MigParser *p, MigType *type)
{
    if (!mig_parser_is_mark(p, "("))
        mig_parser_fail(p, "expected \"(\" and a length: %s needs one", type->name);
    read_sizes(p, type, 1);
}

/* CHAR [VARYING] and VARCHAR, behind the word. */
static void
read_character(MigParser *p, MigType *type, Shape shape)
{
    if (shape == SHAPE_CHAR && mig_parser_take(p, "varying")) {
        type->name = "varchar";
        shape = SHAPE_VARCHAR;
    }
    if (shape == SHAPE_VARCHAR)
        expect_size(p, type);
    else
        read_sizes(p, type, 1);
}

/* NATIONAL CHAR, NCHAR, NVARCHAR and the like. */
static bool
read_national(MigParser *p, MigType *type)
{
    Shape shape = SHAPE_CHAR;

    if (mig_parser_take(p, "national")) {
        static const char *const varying[] = {"varchar", "varcharacter", NULL};
        if (mig_parser_is_any(p, varying)) {
            mig_parser_next(p);
            shape = SHAPE_VARCHAR;
        } else if (!mig_parser_take(p, "character")) {
            mig_parser_expect(p, "char");
        }
    } else if (mig_parser_take(p, "nvarchar")) {
        shape = SHAPE_VARCHAR;
    } else if (mig_parser_take(p, "nchar")) {
        if (mig_parser_take(p, "varchar") || mig_parser_take(p, "varcharacter"))
            shape = SHAPE_VARCHAR;
    } else {
        return false;
    }
    type->name = shape == SHAPE_VARCHAR ? "varchar" : "char";
    read_character(p, type, shape);
    type->charset = "utf8mb3";
    if (mig_parser_take(p, "binary"))
        type->collation = "binary";
    return true;
}

/* LONG [VARCHAR | VARBINARY]. */
static void
read_long(MigParser *p, MigType *type)
{
    type->name = "mediumtext";
    if (mig_parser_take(p, "varbinary")) {
        type->name = "mediumblob";
        return;
    }
    if (mig_parser_take(p, "char") || mig_parser_take(p, "character"))
        mig_parser_expect(p, "varying");
    else if (!mig_parser_take(p, "varchar"))
        mig_parser_take(p, "varcharacter");
    mig_mysql_type_charset(p, type);
}

static void
read_real(MigParser *p, MigType *type, bool may_be_precise)
{
    if (may_be_precise)
        mig_parser_take(p, "precision");
    read_sizes(p, type, 2);
    if (type->n_modifiers == 1)
        mig_parser_fail(p, "expected \",\" and how many digits are behind the point");
    read_number_options(p, type);
}

static void
read_shape(MigParser *p, MigType *type, Shape shape)
{
    switch (shape) {
    case SHAPE_PLAIN:
        return;
    case SHAPE_INTEGER:
        read_sizes(p, type, 1);
        read_number_options(p, type);
        return;
    case SHAPE_REAL:
    case SHAPE_DOUBLE:
        read_real(p, type, shape == SHAPE_DOUBLE);
        return;
    case SHAPE_DECIMAL:
        read_sizes(p, type, 2);
        read_number_options(p, type);
        return;
    case SHAPE_LENGTH:
        read_sizes(p, type, 1);
        return;
    case SHAPE_MUST_SIZE:
        expect_size(p, type);
        return;
    case SHAPE_TEXT_SIZE:
        read_sizes(p, type, 1);
        mig_mysql_type_charset(p, type);
        return;
    case SHAPE_TEXT:
        mig_mysql_type_charset(p, type);
        return;
    case SHAPE_CHAR:
    case SHAPE_VARCHAR:
        read_character(p, type, shape);
        mig_mysql_type_charset(p, type);
        return;
    case SHAPE_VALUES:
        read_values(p, type);
        mig_mysql_type_charset(p, type);
        return;
    }
}

/* What the server makes of a type that was written in full. */
static void
settle(MigType *type)
{
    if (strcmp(type->name, "float") == 0 && type->n_modifiers == 1) {
        type->name = type->modifiers[0] > FLOAT_BITS ? "double" : "float";
        type->n_modifiers = 0;
        type->modifiers[0] = 0;
    }
    if (strcmp(type->name, "year") == 0) {
        type->n_modifiers = 0;
        type->modifiers[0] = 0;
        type->is_unsigned = type->zerofill = false;
    }
}

static void
read_type(MigParser *p, MigType *type, size_t from)
{
    if (mig_parser_take(p, "serial")) {
        type->name = "serial";
        return;
    }
    if (mig_parser_take(p, "bool") || mig_parser_take(p, "boolean")) {
        type->name = "tinyint";
        type->modifiers[0] = 1;
        type->n_modifiers = 1;
        return;
    }
    if (mig_parser_take(p, "long")) {
        read_long(p, type);
        return;
    }
    if (read_national(p, type))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(type_words); i++) {
        const TypeWord *known = &type_words[i];

        if (!mig_parser_take(p, known->word))
            continue;
        type->name = known->name;
        if (known->mysql != 0 || known->mariadb != 0) {
            g_autofree char *what = g_strdup_printf("type %s", known->word);
            mig_mysql_since_from(p, known->mysql, known->mariadb, what, from);
        }
        read_shape(p, type, known->shape);
        return;
    }
    /* MariaDB has types from plugins, which have names. */
    if (mig_mysql_is_mariadb(p) && mig_parser_is_name(p)) {
        MigName name = mig_parser_name(p);

        type->name = name.name;
        type->schema = name.schema;
        read_sizes(p, type, 2);
        mig_parser_unsupported(p, name.span, "no data type %s is known", name.name);
        return;
    }
    mig_parser_fail(p, "expected a data type");
}

MigType
mig_parse_mysql_type(MigParser *p)
{
    MigType type = {.name = ""};
    size_t from = mig_parser_mark(p);

    read_type(p, &type, from);
    settle(&type);
    type.span = mig_parser_span(p, from);
    return type;
}

/* MySQL 8.4, "Cast Functions and Operators": SIGNED and UNSIGNED are types there. */
MigType
mig_parse_mysql_cast_type(MigParser *p)
{
    MigType type = {.name = "bigint"};
    size_t from = mig_parser_mark(p);

    type.is_unsigned = mig_parser_take(p, "unsigned");
    if (!type.is_unsigned && !mig_parser_take(p, "signed"))
        return mig_parse_mysql_type(p);
    if (!mig_parser_take(p, "integer"))
        mig_parser_take(p, "int");
    type.span = mig_parser_span(p, from);
    return type;
}

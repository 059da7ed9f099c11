/* SPDX-License-Identifier: MIT */
/* Whether a type as a migration writes it is the one that the server's catalog names. */
#include <string.h>

#include "sql/effect.h"
#include "sql/words.h"

/* A type taken apart, so that each part can be brought to one spelling. */
typedef struct {
    GString *name; /* (owned) its words, lower case */
    GString *args; /* (owned) what is in the parentheses */
    bool has_args;
    bool is_unsigned;
    bool array;
} Type;

typedef struct {
    const char *from;
    const char *to;
    const char *args; /* which it has if it says none; %NULL: none */
} Alias;

/* PostgreSQL 15, "Data Types"; the right side is what format_type() writes. */
static const Alias postgres_aliases[] = {
    {"int", "integer", NULL},
    {"int4", "integer", NULL},
    {"serial", "integer", NULL},
    {"serial4", "integer", NULL},
    {"int8", "bigint", NULL},
    {"bigserial", "bigint", NULL},
    {"serial8", "bigint", NULL},
    {"int2", "smallint", NULL},
    {"smallserial", "smallint", NULL},
    {"serial2", "smallint", NULL},
    {"bool", "boolean", NULL},
    {"decimal", "numeric", NULL},
    {"dec", "numeric", NULL},
    {"float4", "real", NULL},
    {"float8", "double precision", NULL},
    {"varchar", "character varying", NULL},
    {"char varying", "character varying", NULL},
    {"nchar varying", "character varying", NULL},
    {"national character varying", "character varying", NULL},
    {"national char varying", "character varying", NULL},
    {"char", "character", "1"},
    {"character", "character", "1"},
    {"nchar", "character", "1"},
    {"national character", "character", "1"},
    {"national char", "character", "1"},
    {"bit", "bit", "1"},
    {"varbit", "bit varying", NULL},
    {"timestamp", "timestamp without time zone", NULL},
    {"timestamptz", "timestamp with time zone", NULL},
    {"time", "time without time zone", NULL},
    {"timetz", "time with time zone", NULL},
    {NULL, NULL, NULL},
};

/* MySQL 8.4, "Data Types" and "Using Data Types from Other Database Engines". */
static const Alias mysql_aliases[] = {
    {"integer", "int", NULL},
    {"int1", "tinyint", NULL},
    {"int2", "smallint", NULL},
    {"int3", "mediumint", NULL},
    {"middleint", "mediumint", NULL},
    {"int4", "int", NULL},
    {"int8", "bigint", NULL},
    {"bool", "tinyint", "1"},
    {"boolean", "tinyint", "1"},
    {"dec", "decimal", "10,0"},
    {"numeric", "decimal", "10,0"},
    {"fixed", "decimal", "10,0"},
    {"decimal", "decimal", "10,0"},
    {"float4", "float", NULL},
    {"float8", "double", NULL},
    {"double precision", "double", NULL},
    {"real", "double", NULL},
    {"character varying", "varchar", NULL},
    {"char varying", "varchar", NULL},
    {"varcharacter", "varchar", NULL},
    {"nvarchar", "varchar", NULL},
    {"nchar varchar", "varchar", NULL},
    {"nchar varying", "varchar", NULL},
    {"national varchar", "varchar", NULL},
    {"national char varying", "varchar", NULL},
    {"national character varying", "varchar", NULL},
    {"character", "char", "1"},
    {"char", "char", "1"},
    {"nchar", "char", "1"},
    {"national char", "char", "1"},
    {"national character", "char", "1"},
    {"char byte", "binary", "1"},
    {"binary", "binary", "1"},
    {"bit", "bit", "1"},
    {"long", "mediumtext", NULL},
    {"long varchar", "mediumtext", NULL},
    {"long char varying", "mediumtext", NULL},
    {"long varbinary", "mediumblob", NULL},
    {"geomcollection", "geometrycollection", NULL},
    {NULL, NULL, NULL},
};

static const char *const mysql_integers[] = {"tinyint", "smallint", "mediumint",
                                             "int",     "bigint",   NULL};
static const char *const mysql_texts[] = {"tinytext", "text", "mediumtext", "longtext", NULL};
static const char *const mysql_blobs[] = {"tinyblob", "blob", "mediumblob", "longblob", NULL};
static const char *const mysql_times[] = {"time", "timestamp", "datetime", NULL};

static void
clear_type(Type *type)
{
    g_string_free(type->name, TRUE);
    g_string_free(type->args, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Type, clear_type)

static void
append_lower(GString *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        g_string_append_c(out, g_ascii_tolower(text[i]));
}

/* "mood" is mood, but "char" isn't char. */
static bool
needs_no_quotes(const char *text, size_t length)
{
    for (size_t i = 1; i + 1 < length; i++) {
        if (!g_ascii_islower(text[i]) && text[i] != '_' && !g_ascii_isdigit(text[i]))
            return false;
    }
    return !(length == strlen("\"char\"") && memcmp(text, "\"char\"", length) == 0);
}

static void
add_name(Type *type, const MigWords *words)
{
    const char *text = words->lexer.text + words->token.offset;
    size_t length = words->token.length;

    if (mig_words_is(words, "unsigned") || mig_words_is(words, "zerofill")) {
        type->is_unsigned = true;
    } else if (mig_words_is(words, "array")) {
        type->array = true;
    } else if (!mig_words_is(words, "signed") && !mig_words_is(words, "compressed")) {
        if (type->name->len > 0)
            g_string_append_c(type->name, ' ');
        if (words->token.kind != MIG_TOKEN_QUOTED)
            append_lower(type->name, text, length);
        else if (needs_no_quotes(text, length))
            g_string_append_len(type->name, text + 1, (gssize)length - 2);
        else
            g_string_append_len(type->name, text, (gssize)length);
    }
}

static bool
take_apart(Type *type, const char *text, MigEngine engine)
{
    MigWords words;

    mig_words_init(&words, text, strlen(text), engine);
    for (; words.token.kind != MIG_TOKEN_END; mig_words_next(&words)) {
        if (words.token.kind == MIG_TOKEN_ERROR)
            return false;
        if (mig_words_is_mark(&words, '(')) {
            type->has_args = true;
        } else if (words.parens > 0) {
            const char *at = words.lexer.text + words.token.offset;
            if (words.token.kind == MIG_TOKEN_STRING)
                g_string_append_len(type->args, at, (gssize)words.token.length);
            else
                append_lower(type->args, at, words.token.length);
        } else if (mig_words_is_mark(&words, '[')) {
            type->array = true;
        } else if (mig_words_is_mark(&words, '.')) {
            /* One of the two may be said with its schema. */
            g_string_truncate(type->name, 0);
        } else if (words.token.kind == MIG_TOKEN_WORD || words.token.kind == MIG_TOKEN_QUOTED) {
            add_name(type, &words);
        }
    }
    return type->name->len > 0;
}

static void
set_args(Type *type, const char *args)
{
    g_string_assign(type->args, args != NULL ? args : "");
    type->has_args = args != NULL;
}

static void
resolve(Type *type, const Alias *aliases)
{
    for (; aliases->from != NULL; aliases++) {
        if (strcmp(type->name->str, aliases->from) != 0)
            continue;
        g_string_assign(type->name, aliases->to);
        if (!type->has_args && aliases->args != NULL)
            set_args(type, aliases->args);
        return;
    }
}

static bool
is_one_of(const Type *type, const char *const *names)
{
    return g_strv_contains(names, type->name->str);
}

static int64_t
first_number(const Type *type)
{
    return g_ascii_strtoll(type->args->str, NULL, 10);
}

static void
add_scale(Type *type, const char *name)
{
    if (type->has_args && strcmp(type->name->str, name) == 0 &&
        strchr(type->args->str, ',') == NULL)
        g_string_append(type->args, ",0");
}

static void
settle_float(Type *type, const char *single, const char *twice)
{
    if (strcmp(type->name->str, "float") != 0 || strchr(type->args->str, ',') != NULL)
        return;
    /* "float(1) to float(24)" is single precision in both engines. */
    bool is_single = type->has_args ? first_number(type) <= 24 : strcmp(single, "float") == 0;
    g_string_assign(type->name, is_single ? single : twice);
    set_args(type, NULL);
}

static void
normalize_postgres(Type *type)
{
    settle_float(type, "real", "double precision");
    resolve(type, postgres_aliases);
    add_scale(type, "numeric");
}

static void
normalize_mysql(Type *type)
{
    if (strcmp(type->name->str, "serial") == 0) {
        g_string_assign(type->name, "bigint");
        type->is_unsigned = true;
    }
    resolve(type, mysql_aliases);
    settle_float(type, "float", "double");
    add_scale(type, "decimal");

    /* How wide an integer is shown isn't part of it any more, but a boolean is known by that. */
    bool is_boolean = strcmp(type->name->str, "tinyint") == 0 && !type->is_unsigned &&
                      strcmp(type->args->str, "1") == 0;
    bool is_now = is_one_of(type, mysql_times) && strcmp(type->args->str, "0") == 0;
    if ((is_one_of(type, mysql_integers) && !is_boolean) || is_now ||
        strcmp(type->name->str, "year") == 0)
        set_args(type, NULL);
}

/* What can't be compared counts as the same. */
static bool
can_compare(const Type *written, const Type *server, MigEngine engine)
{
    if ((engine & MIG_ENGINE_MYSQL_FAMILY) == 0)
        return true;
    /* TEXT(100000) is the smallest that such a value fits into, in the column's character set. */
    if (written->has_args && is_one_of(written, mysql_texts) && is_one_of(server, mysql_texts))
        return false;
    if (written->has_args && is_one_of(written, mysql_blobs) && is_one_of(server, mysql_blobs))
        return false;
    /* MariaDB's JSON is a text with a check. */
    if (strcmp(written->name->str, "json") == 0 && strcmp(server->name->str, "longtext") == 0)
        return false;
    /* A quote in a label may be written in two ways. */
    return strchr(written->args->str, '\\') == NULL && strchr(server->args->str, '\\') == NULL &&
           strstr(written->args->str, "''") == NULL && strchr(written->args->str, '"') == NULL;
}

bool
mig_effect_type_matches(const char *written, const char *server, MigEngine engine)
{
    g_auto(Type) ours = {.name = g_string_new(NULL), .args = g_string_new(NULL)};
    g_auto(Type) theirs = {.name = g_string_new(NULL), .args = g_string_new(NULL)};

    if (!take_apart(&ours, written, engine) || !take_apart(&theirs, server, engine))
        return true;
    if (engine == MIG_ENGINE_POSTGRES) {
        normalize_postgres(&ours);
        normalize_postgres(&theirs);
    } else if ((engine & MIG_ENGINE_MYSQL_FAMILY) != 0) {
        normalize_mysql(&ours);
        normalize_mysql(&theirs);
    }
    if (!can_compare(&ours, &theirs, engine))
        return true;
    return g_string_equal(ours.name, theirs.name) && g_string_equal(ours.args, theirs.args) &&
           ours.has_args == theirs.has_args && ours.is_unsigned == theirs.is_unsigned &&
           ours.array == theirs.array;
}

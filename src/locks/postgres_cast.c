/* SPDX-License-Identifier: MIT */
/* PostgreSQL's assignment casts: which change a value's bytes, and which only its name. */
#include "locks/postgres_cast.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *spelling; /* as MigType has it */
    const char *name;     /* as pg_type has it */
} Spelling;

static const Spelling spellings[] = {
    {"bigint", "int8"},
    {"bigserial", "int8"},
    {"bit varying", "varbit"},
    {"boolean", "bool"},
    {"character", "bpchar"},
    {"character varying", "varchar"},
    {"decimal", "numeric"},
    {"double precision", "float8"},
    {"int", "int4"},
    {"integer", "int4"},
    {"real", "float4"},
    {"serial", "int4"},
    {"smallint", "int2"},
    {"smallserial", "int2"},
    {"time with time zone", "timetz"},
    {"time without time zone", "time"},
    {"timestamp with time zone", "timestamptz"},
    {"timestamp without time zone", "timestamp"},
};

/* clang-format off */
/* The types of which the table below knows every cast. */
static const char *const known_types[] = {
    "aclitem", "bit", "bool", "box", "bpchar", "bytea", "char", "cid", "cidr", "circle",
    "citext", "date", "datemultirange", "daterange", "float4", "float8", "inet", "int2",
    "int2vector", "int4", "int4multirange", "int4range", "int8", "int8multirange", "int8range",
    "interval", "json", "jsonb", "jsonpath", "line", "lseg", "macaddr", "macaddr8", "money",
    "name", "numeric", "nummultirange", "numrange", "oid", "path", "point", "polygon",
    "regclass", "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper",
    "regoperator", "regproc", "regprocedure", "regrole", "regtype", "text", "tid", "time",
    "timestamp", "timestamptz", "timetz", "tsmultirange", "tsquery", "tsrange",
    "tstzmultirange", "tstzrange", "tsvector", "uuid", "varbit", "varchar", "xid", "xid8", "xml",
};

typedef struct {
    const char *from;
    const char *same;      /* types that have the same bytes: WITHOUT FUNCTION */
    const char *different; /* WITH FUNCTION or INOUT */
} Casts;

/* pg_cast of PostgreSQL 15, implicit and assignment casts, and citext's; "reg*" is regclass and its
 * kin. */
static const Casts casts[] = {
    {"bit", "varbit", ""},
    {"bool", "", "bpchar citext text varchar"},
    {"box", "", "polygon"},
    {"bpchar", "", "citext name text varchar"},
    {"cidr", "inet", "bpchar text varchar"},
    {"citext", "bpchar text varchar", ""},
    {"date", "", "timestamp timestamptz"},
    {"float4", "", "float8 int2 int4 int8 numeric"},
    {"float8", "", "float4 int2 int4 int8 numeric"},
    {"inet", "", "bpchar cidr text varchar"},
    {"int2", "", "float4 float8 int4 int8 numeric oid reg*"},
    {"int4", "oid reg*", "float4 float8 int2 int8 money numeric"},
    {"int8", "", "float4 float8 int2 int4 money numeric oid reg*"},
    {"interval", "", "time"},
    {"json", "", "jsonb"},
    {"jsonb", "", "json"},
    {"macaddr", "", "macaddr8"},
    {"macaddr8", "", "macaddr"},
    {"money", "", "numeric"},
    {"name", "", "bpchar text varchar"},
    {"numeric", "", "float4 float8 int2 int4 int8 money"},
    {"oid", "int4 reg*", "int8"},
    {"path", "", "polygon"},
    {"point", "", "box"},
    {"polygon", "", "path"},
    {"text", "bpchar citext varchar", "name regclass"},
    {"time", "", "interval timetz"},
    {"timestamp", "", "date time timestamptz"},
    {"timestamptz", "", "date time timestamp timetz"},
    {"timetz", "", "time"},
    {"varbit", "bit", ""},
    {"varchar", "bpchar citext text", "name regclass"},
    {"xml", "bpchar text varchar", ""},
    {"reg*", "int4 oid", "int8"},
};
/* clang-format on */

static bool
is_reg(const char *name)
{
    return strncmp(name, "reg", 3) == 0;
}

static bool
has_word(const char *words, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = strstr(words, word); at != NULL; at = strstr(at + 1, word)) {
        bool begins = at == words || at[-1] == ' ';
        bool ends = at[length] == '\0' || at[length] == ' ';
        if (begins && ends)
            return true;
    }
    return false;
}

const char *
mig_postgres_type_name(const char *spelling)
{
    for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++) {
        if (g_str_equal(spellings[i].spelling, spelling))
            return spellings[i].name;
    }
    return spelling;
}

static bool
is_known(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known_types); i++) {
        if (g_str_equal(known_types[i], name))
            return true;
    }
    return false;
}

MigCast
mig_postgres_cast(const char *from, const char *to)
{
    static const char strings[] = "text varchar bpchar name";

    for (size_t i = 0; i < G_N_ELEMENTS(casts); i++) {
        const Casts *row = &casts[i];
        if (!g_str_equal(row->from, is_reg(from) ? "reg*" : from))
            continue;
        if (has_word(row->same, to) || (is_reg(to) && has_word(row->same, "reg*")))
            return MIG_CAST_SAME;
        if (has_word(row->different, to) || (is_reg(to) && has_word(row->different, "reg*")))
            return MIG_CAST_DIFFERENT;
    }
    /* Anything can be assigned to a string by way of its output function. */
    if (has_word(strings, to))
        return MIG_CAST_DIFFERENT;
    return is_known(from) && is_known(to) ? MIG_CAST_NONE : MIG_CAST_UNKNOWN;
}

/* SPDX-License-Identifier: MIT */
/* PostgreSQL's data types, under the name that the server itself shows for them. */
#include <string.h>

#include "sql/parse_postgres.h"

/* PostgreSQL 15, "Data Types", table of names and aliases; what format_type() shows. */
static const struct {
    const char *name;
    const char *shown;
} spellings[] = {
    {"bit", "bit"},
    {"bool", "boolean"},
    {"decimal", "numeric"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"int", "integer"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"serial2", "smallserial"},
    {"serial4", "serial"},
    {"serial8", "bigserial"},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
};

static const char *
shown_name(PgReader *r, const char *name, bool keyword, size_t n_modifiers)
{
    for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++) {
        if (strcmp(spellings[i].name, name) == 0)
            return spellings[i].shown;
    }
    /* CHAR is character(1); bpchar without a length has no limit, and keeps its own name. */
    if (strcmp(name, "bpchar") == 0 && (keyword || n_modifiers > 0))
        return "character";
    /* The one-byte type can only be written in quotes, and is shown so. */
    if (strcmp(name, "char") == 0)
        return "\"char\"";
    return mig_arena_strdup(r->arena, name);
}

/* The bits of an interval's fields, as the grammar numbers them. */
#define FIELD_MONTH (1 << 1)
#define FIELD_YEAR (1 << 2)
#define FIELD_DAY (1 << 3)
#define FIELD_HOUR (1 << 10)
#define FIELD_MINUTE (1 << 11)
#define FIELD_SECOND (1 << 12)

static const char *
interval_fields(long long mask)
{
    switch (mask) {
    case FIELD_YEAR:
        return "year";
    case FIELD_MONTH:
        return "month";
    case FIELD_DAY:
        return "day";
    case FIELD_HOUR:
        return "hour";
    case FIELD_MINUTE:
        return "minute";
    case FIELD_SECOND:
        return "second";
    case FIELD_YEAR | FIELD_MONTH:
        return "year to month";
    case FIELD_DAY | FIELD_HOUR:
        return "day to hour";
    case FIELD_DAY | FIELD_HOUR | FIELD_MINUTE:
        return "day to minute";
    case FIELD_DAY | FIELD_HOUR | FIELD_MINUTE | FIELD_SECOND:
        return "day to second";
    case FIELD_HOUR | FIELD_MINUTE:
        return "hour to minute";
    case FIELD_HOUR | FIELD_MINUTE | FIELD_SECOND:
        return "hour to second";
    case FIELD_MINUTE | FIELD_SECOND:
        return "minute to second";
    default:
        return NULL;
    }
}

static void
read_modifiers(const PgQuery__TypeName *node, MigType *type)
{
    bool is_interval = type->name != NULL && strcmp(type->name, "interval") == 0;

    for (size_t i = 0; i < node->n_typmods && type->n_modifiers < 2; i++) {
        const PgNode *modifier = node->typmods[i];

        /* Others, such as PostGIS's geometry(Point), stay in the text. */
        if (modifier->node_case != PG_QUERY__NODE__NODE_A_CONST ||
            modifier->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL)
            break;

        long long value = modifier->a_const->ival->ival;
        if (is_interval && i == 0)
            type->fields = interval_fields(value);
        else
            type->modifiers[type->n_modifiers++] = value;
    }
}

/* Where the type ends that begins at the token: its words, what is in parentheses, its dimensions. */
static size_t
type_end(PgReader *r, size_t first)
{
    static const char *const tails[] = {"precision", "varying", "character", "char",
                                        "year",      "month",   "day",       "hour",
                                        "minute",    "second",  "to"};
    size_t at = first;

    if (mig_pg_token_is(r, at, "setof"))
        at++;
    at = mig_pg_name_end(r, at);
    if (mig_pg_token_is_mark(r, at, '%'))
        at += 2;
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < G_N_ELEMENTS(tails) && !again; i++)
            again = mig_pg_token_is(r, at, tails[i]);
        if (again)
            at++;
    }
    if (mig_pg_token_is_mark(r, at, '('))
        at = mig_pg_close(r, at);
    if ((mig_pg_token_is(r, at, "with") || mig_pg_token_is(r, at, "without")) &&
        mig_pg_token_is(r, at + 1, "time") && mig_pg_token_is(r, at + 2, "zone"))
        at += 3;
    if (mig_pg_token_is(r, at, "array"))
        at++;
    while (mig_pg_token_is_mark(r, at, '['))
        at = mig_pg_close(r, at);
    return at;
}

static const char *
join_names(PgReader *r, const PgQuery__TypeName *node)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < node->n_names; i++) {
        if (i > 0)
            g_string_append_c(text, '.');
        g_string_append(text, mig_pg_string(node->names[i]));
    }
    g_string_append(text, "%type");
    return mig_arena_strndup(r->arena, text->str, text->len);
}

MigType
mig_pg_type(PgReader *r, const PgQuery__TypeName *node)
{
    MigType type = {0};

    if (node == NULL)
        return type;

    const char *name = node->n_names > 0 ? mig_pg_string(node->names[node->n_names - 1]) : NULL;
    const char *schema = node->n_names > 1 ? mig_pg_string(node->names[node->n_names - 2]) : NULL;
    bool keyword = schema != NULL && strcmp(schema, "pg_catalog") == 0;

    if (name != NULL && node->pct_type)
        type.name = join_names(r, node);
    else if (name != NULL && (schema == NULL || keyword))
        type.name = shown_name(r, name, keyword, node->n_typmods);
    else if (name != NULL) {
        type.name = mig_arena_strdup(r->arena, name);
        type.schema = mig_arena_strdup(r->arena, schema);
    }
    read_modifiers(node, &type);
    type.dimensions = (unsigned)node->n_array_bounds;
    type.setof = node->setof;
    if (mig_pg_has_location(r, node->location)) {
        size_t first = mig_pg_token_at(r, (size_t)node->location);

        type.span = mig_pg_span_tokens(r, first, type_end(r, first));
    }
    return type;
}

const char *
mig_pg_cast_name(PgReader *r, const PgQuery__TypeName *from, const PgQuery__TypeName *to)
{
    const MigType types[] = {mig_pg_type(r, from), mig_pg_type(r, to)};
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (i > 0)
            g_string_append(text, " AS ");
        if (types[i].schema != NULL)
            g_string_append_printf(text, "%s.", types[i].schema);
        g_string_append(text, types[i].name == NULL ? "" : types[i].name);
    }
    return mig_arena_strndup(r->arena, text->str, text->len);
}

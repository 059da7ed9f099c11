/* SPDX-License-Identifier: MIT */
/* Names that the engine gives to what has none in the statement. */
#include "schema/naming.h"

#include <string.h>

/* PostgreSQL's NAMEDATALEN without the terminator. */
#define LONGEST ((size_t)63)

/* Not more than so many bytes, and no character in part. */
static size_t
clip(const char *text, size_t limit)
{
    size_t length = strlen(text);

    if (length <= limit)
        return length;
    length = limit;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static char *
make_name(const char *name, const char *addition, const char *label)
{
    size_t overhead = strlen(label) + 1 + (addition != NULL ? 1 : 0);
    size_t room = LONGEST > overhead ? LONGEST - overhead : 0;
    size_t name_length = strlen(name);
    size_t addition_length = addition != NULL ? strlen(addition) : 0;

    while (name_length + addition_length > room) {
        if (name_length > addition_length)
            name_length--;
        else
            addition_length--;
    }
    name_length = clip(name, name_length);
    if (addition == NULL)
        return g_strdup_printf("%.*s_%s", (int)name_length, name, label);
    addition_length = clip(addition, addition_length);
    return g_strdup_printf("%.*s_%.*s_%s", (int)name_length, name, (int)addition_length, addition,
                           label);
}

char *
mig_naming_postgres(const MigCatalog *catalog, const char *schema, const char *name,
                    const char *addition, const char *label, bool constraint)
{
    bool relation =
        strcmp(label, "check") != 0 && strcmp(label, "fkey") != 0 && strcmp(label, "not_null") != 0;

    for (unsigned pass = 0;; pass++) {
        g_autofree char *numbered =
            pass == 0 ? g_strdup(label) : g_strdup_printf("%s%u", label, pass);
        g_autofree char *made = make_name(name, addition, numbered);

        if ((!relation || !mig_store_name_taken(catalog, schema, made)) &&
            (!constraint || !mig_store_constraint_taken(catalog, schema, made)))
            return g_steal_pointer(&made);
    }
}

static void
join(GString *joined, const char *name)
{
    if (joined->len > LONGEST)
        return;
    if (joined->len > 0)
        g_string_append_c(joined, '_');
    g_string_append_len(joined, name, (gssize)MIN(strlen(name), LONGEST));
}

char *
mig_naming_join(const char *const *columns, size_t n)
{
    GString *joined = g_string_new(NULL);

    for (size_t i = 0; i < n; i++)
        join(joined, columns[i]);
    return g_string_free(joined, FALSE);
}

/* PostgreSQL's own names of types, which it uses for columns that are casts. */
static const char *
internal_type_name(const char *name)
{
    static const char *const names[][2] = {
        {"integer", "int4"},
        {"bigint", "int8"},
        {"smallint", "int2"},
        {"boolean", "bool"},
        {"character varying", "varchar"},
        {"character", "bpchar"},
        {"double precision", "float8"},
        {"real", "float4"},
        {"timestamp with time zone", "timestamptz"},
        {"timestamp without time zone", "timestamp"},
        {"time with time zone", "timetz"},
        {"time without time zone", "time"},
        {"bit varying", "varbit"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i][0], name) == 0)
            return names[i][1];
    }
    return name;
}

/* How sure PostgreSQL is of a name: a cast's type gives way to what is cast, if that has a name. */
typedef struct {
    const char *name;
    int strength;
} Figure;

static Figure
figure(const MigExpr *expr)
{
    Figure inner = {0};

    switch ((int)expr->kind) {
    case MIG_EXPR_COLUMN:
    case MIG_EXPR_CALL:
        return (Figure){expr->name, expr->name != NULL ? 2 : 0};
    case MIG_EXPR_COLLATE:
        return expr->n_args > 0 ? figure(expr->args[0]) : inner;
    case MIG_EXPR_CAST:
        if (expr->n_args > 0)
            inner = figure(expr->args[0]);
        if (inner.strength <= 1 && expr->type != NULL && expr->type->name != NULL)
            return (Figure){internal_type_name(expr->type->name), 1};
        return inner;
    case MIG_EXPR_CASE:
        if (expr->n_args % 2 == 1)
            inner = figure(expr->args[expr->n_args - 1]);
        return inner.strength <= 1 ? (Figure){"case", 1} : inner;
    case MIG_EXPR_ARRAY:
        return (Figure){"array", 2};
    case MIG_EXPR_ROW:
        return (Figure){"row", 2};
    case MIG_EXPR_EXISTS:
        return (Figure){"exists", 2};
    case MIG_EXPR_SUBQUERY:
        if (expr->query == NULL || expr->query->n_targets == 0)
            return inner;
        if (expr->query->targets[0].column != NULL)
            return (Figure){expr->query->targets[0].column, 2};
        return expr->query->targets[0].value != NULL ? figure(expr->query->targets[0].value)
                                                     : inner;
    default:
        return inner;
    }
}

char *
mig_naming_figure(const MigExpr *expr)
{
    return expr == NULL ? NULL : g_strdup(figure(expr).name);
}

static bool
has_name(GPtrArray *names, const char *name)
{
    return g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL);
}

/* Two columns of an index can't have one name: "expr", "expr1". */
static void
add_distinct(GPtrArray *names, const char *name)
{
    g_autofree char *made = g_strdup(name);

    for (unsigned i = 1; has_name(names, made); i++) {
        g_autofree char *digits = g_strdup_printf("%u", i);
        size_t length = clip(name, LONGEST - strlen(digits));

        g_free(made);
        made = g_strdup_printf("%.*s%s", (int)length, name, digits);
    }
    g_ptr_array_add(names, g_steal_pointer(&made));
}

char *
mig_naming_join_parts(const MigKeyPart *parts, size_t n, const char **include, size_t n_include)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *figured = mig_naming_figure(parts[i].expr);

        if (parts[i].column != NULL)
            add_distinct(names, parts[i].column);
        else
            add_distinct(names, figured != NULL ? figured : "expr");
    }
    for (size_t i = 0; i < n_include; i++)
        add_distinct(names, include[i]);
    return mig_naming_join((const char *const *)names->pdata, names->len);
}

char *
mig_naming_mysql_index(const MigTable *table, const MigKeyPart *parts, size_t n)
{
    const char *first = n > 0 && parts[0].column != NULL ? parts[0].column : "functional_index";

    if (g_ascii_strcasecmp(first, "PRIMARY") != 0 && mig_store_index(table, first) == NULL)
        return g_strdup(first);
    for (unsigned i = 2;; i++) {
        g_autofree char *made = g_strdup_printf("%s_%u", first, i);

        if (mig_store_index(table, made) == NULL)
            return g_steal_pointer(&made);
    }
}

char *
mig_naming_mysql_numbered(const MigTable *table, const char *label)
{
    g_autofree char *prefix = g_strdup_printf("%s_%s_", table->name, label);
    size_t length = strlen(prefix);
    guint64 highest = 0;

    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *constraint = table->constraints->pdata[i];

        if (g_ascii_strncasecmp(constraint->name, prefix, length) == 0)
            highest = MAX(highest, g_ascii_strtoull(constraint->name + length, NULL, 10));
    }
    return g_strdup_printf("%s%" G_GUINT64_FORMAT, prefix, highest + 1);
}

char *
mig_naming_mariadb_check(const MigTable *table)
{
    for (unsigned i = 1;; i++) {
        g_autofree char *made = g_strdup_printf("CONSTRAINT_%u", i);

        if (mig_store_constraint(table, made) == NULL)
            return g_steal_pointer(&made);
    }
}

char *
mig_naming_sqlite_index(const MigTable *table)
{
    return g_strdup_printf("sqlite_autoindex_%s_%u", table->name, table->indexes->len + 1);
}

/* SPDX-License-Identifier: MIT */
/* A catalog in the words of a server's own: what both can say. */
#include <string.h>

#include "history.h"

static gint
compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void G_GNUC_PRINTF(2, 3) add(GPtrArray *lines, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_ptr_array_add(lines, g_strdup_vprintf(format, args));
    va_end(args);
}

static char *
join(const char *const *names, size_t n)
{
    GString *joined = g_string_new(NULL);

    for (size_t i = 0; i < n; i++)
        g_string_append_printf(joined, "%s%s", i > 0 ? "," : "", names[i]);
    return g_string_free(joined, FALSE);
}

/* As format_type() and COLUMN_TYPE write it. */
static char *
type_text(MigEngine engine, const MigType *type)
{
    GString *text = g_string_new(NULL);
    const char *name = type->name != NULL ? type->name : "";
    const char *rest = strchr(name, ' ');
    size_t head = strlen(name);

    /* timestamp(3) with time zone */
    if (rest != NULL && (g_str_has_prefix(name, "time")))
        head = (size_t)(rest - name);
    if (type->schema != NULL)
        g_string_append_printf(text, "%s.", type->schema);
    g_string_append_len(text, name, (gssize)head);
    if (type->fields != NULL)
        g_string_append_printf(text, " %s", type->fields);
    if (type->n_values > 0) {
        g_autofree char *values = join(type->values, type->n_values);

        g_string_append_printf(text, "(%s)", values);
    }
    if (type->n_modifiers > 0) {
        g_string_append_printf(text, "(%lld", type->modifiers[0]);
        if (type->n_modifiers > 1)
            g_string_append_printf(text, ",%lld", type->modifiers[1]);
        else if (engine == MIG_ENGINE_POSTGRES && strcmp(name, "numeric") == 0)
            g_string_append(text, ",0");
        g_string_append_c(text, ')');
    } else if (engine == MIG_ENGINE_POSTGRES &&
               (strcmp(name, "character") == 0 || strcmp(name, "bit") == 0)) {
        g_string_append(text, "(1)");
    }
    g_string_append(text, name + head);
    if (type->is_unsigned || type->zerofill)
        g_string_append(text, " unsigned");
    if (type->zerofill)
        g_string_append(text, " zerofill");
    /* PostgreSQL doesn't tell two dimensions from one. */
    if (type->dimensions > 0)
        g_string_append(text, "[]");
    return g_string_free(text, FALSE);
}

static void
reduce_column(GPtrArray *lines, const MigTable *table, const MigTableColumn *column)
{
    g_autofree char *type = type_text(table->engine, &column->type);
    bool has_default =
        column->default_value != NULL &&
        (table->engine == MIG_ENGINE_SQLITE || column->default_value->kind != MIG_EXPR_NULL);

    add(lines, "column %s.%s.%s %s%s%s%s%s%s", table->schema, table->name, column->name, type,
        column->not_null ? " not null" : "", has_default ? " default" : "",
        column->generated != MIG_GENERATED_NO ? " generated" : "",
        column->identity != MIG_IDENTITY_NO ? " identity" : "",
        column->auto_increment && table->engine != MIG_ENGINE_SQLITE ? " auto_increment" : "");
}

static void
reduce_constraint(GPtrArray *lines, const MigTable *table, const MigTableConstraint *constraint)
{
    static const char kinds[] = {
        [MIG_CONSTRAINT_CHECK] = 'c',       [MIG_CONSTRAINT_NOT_NULL] = 'n',
        [MIG_CONSTRAINT_PRIMARY_KEY] = 'p', [MIG_CONSTRAINT_UNIQUE] = 'u',
        [MIG_CONSTRAINT_FOREIGN_KEY] = 'f', [MIG_CONSTRAINT_EXCLUDE] = 'x'};
    bool postgres = table->engine == MIG_ENGINE_POSTGRES;
    g_autofree char *columns = join(constraint->columns, constraint->n_columns);
    g_autofree char *references = join(constraint->ref_columns, constraint->n_ref_columns);

    if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        add(lines, "constraint %s.%s.%s f (%s) %s.%s(%s)%s", table->schema, table->name,
            table->engine == MIG_ENGINE_SQLITE ? "" : constraint->name, columns,
            constraint->ref_schema, constraint->ref_table, references,
            postgres && !constraint->validated ? " not valid" : "");
    else if (constraint->kind == MIG_CONSTRAINT_CHECK && table->engine == MIG_ENGINE_SQLITE)
        return;
    else if (constraint->kind == MIG_CONSTRAINT_CHECK && !postgres)
        /* Which columns it names is nothing that these servers tell. */
        add(lines, "constraint %s.%s.%s c", table->schema, table->name, constraint->name);
    else if (table->engine != MIG_ENGINE_SQLITE)
        add(lines, "constraint %s.%s.%s %c (%s)%s", table->schema, table->name, constraint->name,
            kinds[constraint->kind], columns,
            postgres && !constraint->validated ? " not valid" : "");
    else if (constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY)
        add(lines, "constraint %s.%s. p (%s)", table->schema, table->name, columns);
}

static void
reduce_index(GPtrArray *lines, const MigTable *table, const MigTableIndex *index)
{
    GString *parts = g_string_new(NULL);

    for (size_t i = 0; i < index->n_parts; i++) {
        g_string_append_printf(parts, "%s%s", i > 0 ? "," : "",
                               index->parts[i].column != NULL ? index->parts[i].column : "expr");
        if (index->parts[i].prefix_length > 0)
            g_string_append_printf(parts, "(%u)", index->parts[i].prefix_length);
        if (index->parts[i].descending)
            g_string_append(parts, " desc");
    }
    add(lines, "index %s.%s.%s%s%s %s (%s)%s%s", table->schema, table->name, index->name,
        index->unique ? " unique" : "", index->primary ? " primary" : "", index->method, parts->str,
        index->where != NULL ? " where" : "", index->valid ? "" : " invalid");
    g_string_free(parts, TRUE);
}

static void
reduce_table(const MigTable *table, gpointer data)
{
    GPtrArray *lines = data;
    static const char *const kinds[] = {
        [MIG_RELATION_TABLE] = "table",     [MIG_RELATION_PARTITIONED] = "partitioned",
        [MIG_RELATION_VIEW] = "view",       [MIG_RELATION_MATERIALIZED_VIEW] = "matview",
        [MIG_RELATION_FOREIGN] = "foreign", [MIG_RELATION_VIRTUAL] = "virtual",
    };

    add(lines, "%s %s.%s", kinds[table->kind], table->schema, table->name);
    for (guint i = 0; table->kind != MIG_RELATION_VIEW && i < table->columns->len; i++)
        reduce_column(lines, table, table->columns->pdata[i]);
    for (guint i = 0; i < table->constraints->len; i++)
        reduce_constraint(lines, table, table->constraints->pdata[i]);
    for (guint i = 0; i < table->indexes->len; i++)
        reduce_index(lines, table, table->indexes->pdata[i]);
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = table->triggers->pdata[i];

        add(lines, "trigger %s.%s.%s", table->schema, table->name, trigger->name);
    }
    for (guint i = 0; table->engine == MIG_ENGINE_POSTGRES && i < table->children->len; i++) {
        const MigTable *child = table->children->pdata[i];

        add(lines, "child %s.%s %s.%s", table->schema, table->name, child->schema, child->name);
    }
    for (guint i = 0; table->kind == MIG_RELATION_VIEW && i < table->columns->len; i++)
        add(lines, "column %s.%s.%s", table->schema, table->name,
            ((const MigTableColumn *)table->columns->pdata[i])->name);
}

char *
history_reduce(const MigCatalog *catalog)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    GString *text = g_string_new(NULL);

    mig_catalog_each_table(catalog, reduce_table, lines);
    g_ptr_array_sort(lines, compare);
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)lines->pdata[i]);
    return g_string_free(text, FALSE);
}

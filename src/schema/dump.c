/* SPDX-License-Identifier: MIT */
/* A catalog as text: sorted, one line for each thing. */
#include "sql/dump.h"

#include "schema/store.h"

static const char *
kind_name(MigRelationKind kind)
{
    static const char *const names[] = {
        [MIG_RELATION_TABLE] = "table",
        [MIG_RELATION_PARTITIONED] = "partitioned table",
        [MIG_RELATION_VIEW] = "view",
        [MIG_RELATION_MATERIALIZED_VIEW] = "materialized view",
        [MIG_RELATION_FOREIGN] = "foreign table",
        [MIG_RELATION_VIRTUAL] = "virtual table",
        [MIG_RELATION_SEQUENCE] = "sequence",
        [MIG_RELATION_COMPOSITE] = "composite",
    };

    return names[kind];
}

static const char *
action_name(MigReferentialAction action)
{
    static const char *const names[] = {
        [MIG_ACTION_NO_ACTION] = "no action",     [MIG_ACTION_RESTRICT] = "restrict",
        [MIG_ACTION_CASCADE] = "cascade",         [MIG_ACTION_SET_NULL] = "set null",
        [MIG_ACTION_SET_DEFAULT] = "set default", [MIG_ACTION_NONE] = "",
    };

    return names[action];
}

static void
add_flag(GString *line, bool on, const char *flag)
{
    if (on)
        g_string_append_printf(line, " %s", flag);
}

static void
add_word(GString *line, const char *label, const char *value)
{
    if (value == NULL)
        return;
    g_string_append_printf(line, " %s=", label);
    mig_dump_word(line, value);
}

static void
add_expr(GString *line, const char *label, const MigExpr *expr)
{
    if (expr == NULL)
        return;
    g_string_append_printf(line, " %s ", label);
    mig_dump_expr(line, expr);
}

static void
add_names(GString *line, const char *const *names, size_t n)
{
    g_string_append(line, " (");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append(line, ", ");
        mig_dump_word(line, names[i]);
    }
    g_string_append_c(line, ')');
}

static void
add_parts(GString *line, const MigKeyPart *parts, size_t n)
{
    g_string_append(line, " (");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append(line, ", ");
        if (parts[i].column != NULL)
            mig_dump_word(line, parts[i].column);
        else if (parts[i].expr != NULL)
            mig_dump_expr(line, parts[i].expr);
        if (parts[i].prefix_length != 0)
            g_string_append_printf(line, "(%u)", parts[i].prefix_length);
        add_word(line, "collate", parts[i].collation);
        add_word(line, "opclass", parts[i].opclass);
        add_word(line, "with", parts[i].with);
        add_flag(line, parts[i].descending, "desc");
        add_flag(line, parts[i].nulls_first, "nulls first");
        add_flag(line, parts[i].nulls_last, "nulls last");
    }
    g_string_append_c(line, ')');
}

static void
dump_column(GString *out, const MigTableColumn *column)
{
    g_string_append(out, "  column ");
    mig_dump_word(out, column->name);
    g_string_append_c(out, ' ');
    if (column->type.name != NULL)
        mig_dump_type(out, &column->type);
    else
        g_string_append(out, "-");
    if (!column->not_null_known)
        g_string_append(out, " null?");
    else
        add_flag(out, column->not_null, "not null");
    add_flag(out, column->not_null_not_valid, "not valid");
    add_word(out, "named", column->not_null_name);
    add_expr(out, "default", column->default_value);
    add_expr(out, "on update", column->on_update);
    if (column->generated != MIG_GENERATED_NO)
        add_expr(out, column->generated == MIG_GENERATED_STORED ? "stored as" : "virtual as",
                 column->generated_as);
    add_flag(out, column->identity == MIG_IDENTITY_ALWAYS, "identity always");
    add_flag(out, column->identity == MIG_IDENTITY_BY_DEFAULT, "identity by default");
    add_flag(out, column->serial, "serial");
    add_word(out, "sequence", column->sequence);
    add_flag(out, column->auto_increment, "auto_increment");
    add_flag(out, column->invisible, "invisible");
    add_flag(out, column->inherited, column->local ? "merged" : "inherited");
    add_flag(out, column->uncertain, "uncertain");
    add_word(out, "comment", column->comment);
    add_word(out, "storage", column->storage);
    add_word(out, "compression", column->compression);
    g_string_append_c(out, '\n');
}

static void
dump_constraint(GString *out, const MigTableConstraint *constraint)
{
    static const char *const kinds[] = {
        [MIG_CONSTRAINT_CHECK] = "check",
        [MIG_CONSTRAINT_NOT_NULL] = "not null",
        [MIG_CONSTRAINT_PRIMARY_KEY] = "primary key",
        [MIG_CONSTRAINT_UNIQUE] = "unique",
        [MIG_CONSTRAINT_FOREIGN_KEY] = "foreign key",
        [MIG_CONSTRAINT_EXCLUDE] = "exclude",
        [MIG_CONSTRAINT_ANY] = "any",
    };

    g_string_append(out, "  constraint ");
    mig_dump_word(out, constraint->name);
    g_string_append_printf(out, " %s", kinds[constraint->kind]);
    add_names(out, constraint->columns, constraint->n_columns);
    add_expr(out, "as", constraint->expr);
    if (constraint->ref_table != NULL) {
        MigName parent = {.schema = constraint->ref_schema, .name = constraint->ref_table};

        g_string_append(out, " references ");
        mig_dump_name(out, &parent);
        add_names(out, constraint->ref_columns, constraint->n_ref_columns);
        if (constraint->on_delete > MIG_ACTION_NO_ACTION)
            g_string_append_printf(out, " on delete %s", action_name(constraint->on_delete));
        if (constraint->on_update > MIG_ACTION_NO_ACTION)
            g_string_append_printf(out, " on update %s", action_name(constraint->on_update));
    }
    add_word(out, "index", constraint->index);
    add_flag(out, !constraint->validated, "not valid");
    add_flag(out, !constraint->enforced, "not enforced");
    add_flag(out, constraint->deferrable, "deferrable");
    add_flag(out, constraint->initially_deferred, "initially deferred");
    add_flag(out, constraint->no_inherit, "no inherit");
    add_flag(out, constraint->inherited, "inherited");
    add_flag(out, !constraint->name_known, "name?");
    g_string_append_c(out, '\n');
}

static void
dump_index(GString *out, const MigTableIndex *index)
{
    g_string_append(out, "  index ");
    mig_dump_word(out, index->name);
    add_flag(out, index->unique, "unique");
    g_string_append_printf(out, " %s", index->method);
    add_parts(out, index->parts, index->n_parts);
    if (index->n_include > 0) {
        g_string_append(out, " include");
        add_names(out, index->include, index->n_include);
    }
    add_expr(out, "where", index->where);
    add_word(out, "tablespace", index->tablespace);
    add_word(out, "constraint", index->constraint);
    add_word(out, "of", index->parent);
    add_flag(out, index->nulls_not_distinct, "nulls not distinct");
    add_flag(out, !index->valid, "invalid");
    add_flag(out, index->invisible, "invisible");
    add_flag(out, index->clustered, "clustered");
    add_flag(out, index->replica_identity, "replica identity");
    add_flag(out, index->for_foreign_key, "for foreign key");
    add_flag(out, !index->name_known, "name?");
    g_string_append_c(out, '\n');
}

static void
dump_trigger(GString *out, const MigTableTrigger *trigger)
{
    g_string_append(out, "  trigger ");
    mig_dump_word(out, trigger->name);
    if (trigger->timing != NULL)
        g_string_append_printf(out, " %s", trigger->timing);
    for (size_t i = 0; i < trigger->n_events; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? " or " : " ", trigger->events[i]);
    if (trigger->n_columns > 0)
        add_names(out, trigger->columns, trigger->n_columns);
    add_flag(out, trigger->for_each_row, "row");
    add_word(out, "calls", trigger->routine);
    add_flag(out, !trigger->enabled, "disabled");
    g_string_append_c(out, '\n');
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

/* (container) the keys of a hash table. */
static GPtrArray *
keys_of(GHashTable *table)
{
    GPtrArray *keys = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        g_ptr_array_add(keys, key);
    return keys;
}

static void
add_options(GString *out, GHashTable *options)
{
    g_autoptr(GPtrArray) names = keys_of(options);

    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(out, " %s=", (const char *)names->pdata[i]);
        mig_dump_word(out, g_hash_table_lookup(options, names->pdata[i]));
    }
}

static void
dump_head(GString *out, const MigTable *table)
{
    MigName name = {.schema = *table->schema != '\0' ? table->schema : NULL, .name = table->name};

    g_string_append_printf(out, "%s ", kind_name(table->kind));
    mig_dump_name(out, &name);
    for (guint i = 0; i < table->parents->len; i++) {
        const MigTable *parent = table->parents->pdata[i];
        MigName of = {.schema = parent->schema, .name = parent->name};

        g_string_append(out, table->is_partition ? " partition of " : " inherits ");
        mig_dump_name(out, &of);
    }
    if (table->partition_by != NULL) {
        g_string_append_printf(out, " by %s", table->partition_by->method);
        add_parts(out, table->partition_by->key, table->partition_by->n_key);
        for (size_t i = 0; i < table->partition_by->n_partitions; i++)
            add_word(out, "partition", table->partition_by->partitions[i].name.name);
    }
    add_flag(out, table->temporary, "temporary");
    add_flag(out, table->unlogged, "unlogged");
    add_flag(out, table->without_rowid, "without rowid");
    add_flag(out, table->strict, "strict");
    add_flag(out, table->system_versioned, "system versioned");
    add_flag(out, table->row_security, "row security");
    add_flag(out, table->row_security_forced, "forced");
    add_flag(out, table->published, "published");
    if (table->replica_identity != 'd')
        g_string_append_printf(out, " replica identity %c", table->replica_identity);
    add_word(out, "type", table->of_type);
    add_word(out, "tablespace", table->tablespace);
    add_word(out, "method", table->access_method);
    add_word(out, "owner", table->owner);
    add_word(out, "comment", table->comment);
    add_options(out, table->options);
    add_flag(out, table->kind == MIG_RELATION_MATERIALIZED_VIEW && !table->populated,
             "not populated");
    add_flag(out, table->assumed, "assumed");
    add_flag(out, !table->columns_known, "columns?");
    g_string_append_c(out, '\n');
}

/* Sorted, since the order in which they were made may be the engine's. */
static void
dump_sorted(GString *out, const GPtrArray *members, void (*dump)(GString *, gconstpointer))
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < members->len; i++) {
        GString *line = g_string_new(NULL);

        dump(line, members->pdata[i]);
        g_ptr_array_add(lines, g_string_free(line, FALSE));
    }
    g_ptr_array_sort(lines, compare_names);
    for (guint i = 0; i < lines->len; i++)
        g_string_append(out, lines->pdata[i]);
}

static void
constraint_line(GString *out, gconstpointer member)
{
    dump_constraint(out, member);
}

static void
index_line(GString *out, gconstpointer member)
{
    dump_index(out, member);
}

static void
trigger_line(GString *out, gconstpointer member)
{
    dump_trigger(out, member);
}

static void
policy_line(GString *out, gconstpointer member)
{
    const MigTablePolicy *policy = member;

    g_string_append(out, "  policy ");
    mig_dump_word(out, policy->name);
    g_string_append_printf(out, " %s", policy->command);
    add_expr(out, "using", policy->using_expr);
    add_expr(out, "check", policy->check);
    g_string_append_c(out, '\n');
}

static void
dependency_line(GString *out, gconstpointer member)
{
    const MigDependency *on = member;
    MigName name = {.schema = on->schema, .name = on->table};

    g_string_append(out, "  reads ");
    mig_dump_name(out, &name);
    if (on->column == NULL) {
        g_string_append(out, " any");
    } else if (*on->column != '\0') {
        g_string_append_c(out, ' ');
        mig_dump_word(out, on->column);
    }
    g_string_append_c(out, '\n');
}

static void
dump_table(const MigTable *table, gpointer data)
{
    GString *out = data;

    dump_head(out, table);
    for (guint i = 0; i < table->columns->len; i++)
        dump_column(out, table->columns->pdata[i]);
    dump_sorted(out, table->constraints, constraint_line);
    dump_sorted(out, table->indexes, index_line);
    dump_sorted(out, table->triggers, trigger_line);
    dump_sorted(out, table->policies, policy_line);
    for (guint i = 0; i < table->statistics->len; i++)
        g_string_append_printf(out, "  statistics %s\n", (const char *)table->statistics->pdata[i]);
    for (guint i = 0; i < table->rules->len; i++)
        g_string_append_printf(out, "  rule %s\n", (const char *)table->rules->pdata[i]);
    dump_sorted(out, table->depends_on, dependency_line);
}

static void
type_line(GString *out, gconstpointer member)
{
    static const char *const kinds[] = {"enum", "domain", "composite", "type"};
    const MigUserType *type = member;
    MigName name = {.schema = type->schema, .name = type->name};

    g_string_append_printf(out, "%s ", kinds[type->kind]);
    mig_dump_name(out, &name);
    if (type->kind == MIG_USER_TYPE_ENUM)
        add_names(out, (const char *const *)type->values->pdata, type->values->len);
    if (type->base.name != NULL) {
        g_string_append_c(out, ' ');
        mig_dump_type(out, &type->base);
    }
    add_flag(out, type->not_null, "not null");
    add_expr(out, "default", type->default_value);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < type->columns->len; i++)
        dump_column(out, type->columns->pdata[i]);
    dump_sorted(out, type->constraints, constraint_line);
}

static void
sequence_line(GString *out, gconstpointer member)
{
    const MigSequence *sequence = member;
    MigName name = {.schema = *sequence->schema != '\0' ? sequence->schema : NULL,
                    .name = sequence->name};

    g_string_append(out, "sequence ");
    mig_dump_name(out, &name);
    g_string_append_printf(out, " %s", sequence->type);
    add_word(out, "table", sequence->owned_by_table);
    add_word(out, "column", sequence->owned_by_column);
    g_string_append_c(out, '\n');
}

static void
routines_line(GString *out, gconstpointer member)
{
    const GPtrArray *routines = member;

    for (guint i = 0; i < routines->len; i++) {
        const MigUserRoutine *routine = routines->pdata[i];
        MigName name = {.schema = *routine->schema != '\0' ? routine->schema : NULL,
                        .name = routine->name};

        g_string_append_printf(out, "%s ", mig_object_type_name(routine->type));
        mig_dump_name(out, &name);
        g_string_append_printf(out, "(%s)\n", routine->arguments != NULL ? routine->arguments : "");
        dump_sorted(out, routine->depends_on, dependency_line);
    }
}

static void
dump_values(GString *out, GHashTable *objects, void (*dump)(GString *, gconstpointer))
{
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, objects);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        g_ptr_array_add(values, value);
    dump_sorted(out, values, dump);
}

static void
object_line(GString *out, gconstpointer member)
{
    g_auto(GStrv) parts = g_strsplit(member, "\n", 2);

    g_string_append_printf(out, "%s ", parts[0]);
    mig_dump_word(out, parts[1] != NULL ? parts[1] : "");
    g_string_append_c(out, '\n');
}

static void
schema_line(GString *out, gconstpointer member)
{
    g_string_append(out, "schema ");
    mig_dump_word(out, member);
    g_string_append_c(out, '\n');
}

char *
mig_catalog_dump(const MigCatalog *catalog)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GPtrArray) schemas = keys_of(catalog->schemas);
    g_autoptr(GPtrArray) objects = keys_of(catalog->objects);

    if (catalog->incomplete != NULL)
        g_string_append_printf(out, "incomplete: %s\n", catalog->incomplete);
    dump_sorted(out, schemas, schema_line);
    dump_sorted(out, objects, object_line);
    dump_values(out, catalog->types, type_line);
    dump_values(out, catalog->sequences, sequence_line);
    dump_values(out, catalog->routines, routines_line);
    mig_catalog_each_table(catalog, dump_table, out);
    return g_string_free(out, FALSE);
}

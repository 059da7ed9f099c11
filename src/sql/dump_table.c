/* SPDX-License-Identifier: MIT */
/* What tables are made of, back to text, normalised. */
#include "sql/dump_table.h"

#include "sql/dump.h"

static const char *const constraint_kinds[] = {
    [MIG_CONSTRAINT_CHECK] = "check",
    [MIG_CONSTRAINT_NOT_NULL] = "not null",
    [MIG_CONSTRAINT_PRIMARY_KEY] = "primary key",
    [MIG_CONSTRAINT_UNIQUE] = "unique",
    [MIG_CONSTRAINT_FOREIGN_KEY] = "foreign key",
    [MIG_CONSTRAINT_EXCLUDE] = "exclude",
    [MIG_CONSTRAINT_ANY] = "any",
};

static const char *const actions[] = {
    [MIG_ACTION_NONE] = NULL,           [MIG_ACTION_NO_ACTION] = "no action",
    [MIG_ACTION_RESTRICT] = "restrict", [MIG_ACTION_CASCADE] = "cascade",
    [MIG_ACTION_SET_NULL] = "set null", [MIG_ACTION_SET_DEFAULT] = "set default",
};

void
mig_dump_flag(GString *out, bool set, const char *word)
{
    if (set)
        g_string_append_printf(out, " %s", word);
}

static void
put_word(GString *out, const char *label, const char *word)
{
    if (word == NULL)
        return;
    g_string_append_printf(out, " %s ", label);
    mig_dump_word(out, word);
}

static void
put_expr(GString *out, const char *label, const MigExpr *expr)
{
    if (expr == NULL)
        return;
    g_string_append_printf(out, " %s ", label);
    mig_dump_expr(out, expr);
}

void
mig_dump_words(GString *out, const char *const *words, size_t n)
{
    g_string_append_c(out, '(');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append(out, ", ");
        mig_dump_word(out, words[i]);
    }
    g_string_append_c(out, ')');
}

void
mig_dump_options(GString *out, const MigOption *options, size_t n)
{
    if (n == 0)
        return;
    g_string_append(out, " options(");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append(out, ", ");
        mig_dump_word(out, options[i].name);
        if (options[i].value != NULL) {
            g_string_append(out, " = ");
            mig_dump_string(out, options[i].value);
        }
    }
    g_string_append_c(out, ')');
}

static void
put_part(GString *out, const MigKeyPart *part)
{
    if (part->column != NULL)
        mig_dump_word(out, part->column);
    if (part->prefix_length > 0)
        g_string_append_printf(out, "(%u)", part->prefix_length);
    if (part->expr != NULL) {
        g_string_append_c(out, '(');
        mig_dump_expr(out, part->expr);
        g_string_append_c(out, ')');
    }
    put_word(out, "collate", part->collation);
    put_word(out, "opclass", part->opclass);
    if (part->with != NULL)
        g_string_append_printf(out, " with %s", part->with);
    mig_dump_flag(out, part->descending, "desc");
    mig_dump_flag(out, part->nulls_first, "nulls first");
    mig_dump_flag(out, part->nulls_last, "nulls last");
}

static void
put_parts(GString *out, const MigKeyPart *parts, size_t n)
{
    g_string_append_c(out, '(');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append(out, ", ");
        put_part(out, &parts[i]);
    }
    g_string_append_c(out, ')');
}

static void
put_references(GString *out, const MigConstraint *constraint)
{
    if (constraint->references.name == NULL)
        return;
    g_string_append(out, " references ");
    mig_dump_name(out, &constraint->references);
    if (constraint->n_ref_columns > 0)
        mig_dump_words(out, constraint->ref_columns, constraint->n_ref_columns);
    if (constraint->match != NULL)
        g_string_append_printf(out, " match %s", constraint->match);
    if (actions[constraint->on_delete] != NULL)
        g_string_append_printf(out, " on delete %s", actions[constraint->on_delete]);
    if (actions[constraint->on_update] != NULL)
        g_string_append_printf(out, " on update %s", actions[constraint->on_update]);
}

void
mig_dump_constraint(GString *out, const MigConstraint *constraint)
{
    g_string_append(out, constraint_kinds[constraint->kind]);
    if (constraint->name.name != NULL) {
        g_string_append_c(out, ' ');
        mig_dump_name(out, &constraint->name);
    }
    if (constraint->n_parts > 0) {
        g_string_append_c(out, ' ');
        put_parts(out, constraint->parts, constraint->n_parts);
    } else if (constraint->n_columns > 0) {
        g_string_append_c(out, ' ');
        mig_dump_words(out, constraint->columns, constraint->n_columns);
    }
    if (constraint->n_include > 0) {
        g_string_append(out, " include ");
        mig_dump_words(out, constraint->include, constraint->n_include);
    }
    put_expr(out, constraint->kind == MIG_CONSTRAINT_EXCLUDE ? "where" : "is", constraint->expr);
    put_references(out, constraint);
    put_word(out, "using index", constraint->using_index);
    put_word(out, "using", constraint->method);
    put_word(out, "on conflict", constraint->on_conflict);
    mig_dump_flag(out, constraint->of_column, "[of column]");
    mig_dump_flag(out, constraint->descending, "[desc]");
    mig_dump_flag(out, constraint->autoincrement, "autoincrement");
    mig_dump_flag(out, constraint->not_valid, "not valid");
    mig_dump_flag(out, constraint->not_enforced, "not enforced");
    mig_dump_flag(out, constraint->deferrable, "deferrable");
    mig_dump_flag(out, constraint->initially_deferred, "initially deferred");
    mig_dump_flag(out, constraint->no_inherit, "no inherit");
    mig_dump_flag(out, constraint->nulls_not_distinct, "nulls not distinct");
    mig_dump_flag(out, constraint->without_overlaps, "without overlaps");
    mig_dump_flag(out, constraint->invisible, "invisible");
}

static void
put_generated(GString *out, const MigColumn *column)
{
    if (column->generated == MIG_GENERATED_NO)
        return;
    put_expr(out, "generated as", column->generated_as);
    g_string_append(out, column->generated == MIG_GENERATED_STORED ? " stored" : " virtual");
    mig_dump_flag(out, !column->generated_said, "[by default]");
}

void
mig_dump_column(GString *out, const MigColumn *column)
{
    static const char *const identities[] = {
        [MIG_IDENTITY_NO] = NULL,
        [MIG_IDENTITY_ALWAYS] = " identity always",
        [MIG_IDENTITY_BY_DEFAULT] = " identity by default",
    };

    mig_dump_word(out, column->name);
    if (column->type.name != NULL || column->type.schema != NULL) {
        g_string_append_c(out, ' ');
        mig_dump_type(out, &column->type);
    }
    if (column->not_null)
        g_string_append(out, column->not_null_said ? " not null" : " [not null]");
    mig_dump_flag(out, column->null_said, "null");
    put_expr(out, "default", column->default_value);
    /* MySQL: an expression, not a literal. */
    if (column->default_value != NULL && column->default_value->parenthesised)
        g_string_append(out, " [in parentheses]");
    put_expr(out, "on update", column->on_update);
    put_generated(out, column);
    if (identities[column->identity] != NULL)
        g_string_append(out, identities[column->identity]);
    mig_dump_flag(out, column->auto_increment, "auto_increment");
    mig_dump_flag(out, column->invisible, "invisible");
    put_word(out, "storage", column->storage);
    put_word(out, "compression", column->compression);
    mig_dump_options(out, column->options, column->n_options);
    if (column->comment != NULL) {
        g_string_append(out, " comment ");
        mig_dump_string(out, column->comment);
    }
    for (size_t i = 0; i < column->n_constraints; i++) {
        g_string_append(out, ", ");
        mig_dump_constraint(out, &column->constraints[i]);
    }
}

void
mig_dump_index(GString *out, const MigIndex *index)
{
    g_string_append(out, index->unique ? "unique index" : "index");
    if (index->name.name != NULL) {
        g_string_append_c(out, ' ');
        mig_dump_name(out, &index->name);
    }
    put_word(out, "using", index->method);
    g_string_append_c(out, ' ');
    put_parts(out, index->parts, index->n_parts);
    if (index->n_include > 0) {
        g_string_append(out, " include ");
        mig_dump_words(out, index->include, index->n_include);
    }
    mig_dump_flag(out, index->nulls_not_distinct, "nulls not distinct");
    mig_dump_flag(out, index->without_overlaps, "without overlaps");
    put_expr(out, "where", index->where);
    put_word(out, "parser", index->parser);
    put_word(out, "tablespace", index->tablespace);
    mig_dump_flag(out, index->invisible, "invisible");
    mig_dump_options(out, index->options, index->n_options);
    if (index->comment != NULL) {
        g_string_append(out, " comment ");
        mig_dump_string(out, index->comment);
    }
}

void
mig_dump_bound(GString *out, const MigBound *bound)
{
    switch (bound->kind) {
    case MIG_BOUND_NONE:
        return;
    case MIG_BOUND_RANGE:
        if (bound->n_from > 0) {
            g_string_append(out, " from (");
            mig_dump_exprs(out, bound->from, bound->n_from);
            g_string_append_c(out, ')');
        }
        g_string_append(out, bound->n_from > 0 ? " to (" : " less than (");
        mig_dump_exprs(out, bound->to, bound->n_to);
        g_string_append_c(out, ')');
        return;
    case MIG_BOUND_LIST:
        g_string_append(out, " in (");
        mig_dump_exprs(out, bound->from, bound->n_from);
        g_string_append_c(out, ')');
        return;
    case MIG_BOUND_HASH:
        g_string_append_printf(out, " modulus %lld remainder %lld", bound->modulus,
                               bound->remainder);
        return;
    case MIG_BOUND_DEFAULT:
        g_string_append(out, " default");
        return;
    }
}

void
mig_dump_partitions(GString *out, const MigPartition *partitions, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_string_append(out, i == 0 ? " partitions " : ", ");
        mig_dump_name(out, &partitions[i].name);
        mig_dump_bound(out, &partitions[i].bound);
    }
}

void
mig_dump_partition_by(GString *out, const MigPartitionBy *by)
{
    if (by->method != NULL) {
        g_string_append_printf(out, " %s ", by->method);
        put_parts(out, by->key, by->n_key);
    }
    if (by->count > 0)
        g_string_append_printf(out, " count %lld", by->count);
    if (by->sub != NULL) {
        g_string_append(out, " subpartition by");
        mig_dump_partition_by(out, by->sub);
    }
    mig_dump_partitions(out, by->partitions, by->n_partitions);
}

static void
begin_line(GString *out, unsigned indent, const char *word)
{
    g_string_append_printf(out, "%*s%s ", (int)indent, "", word);
}

static void
put_likes(GString *out, const MigCreateTable *table, unsigned indent)
{
    for (size_t i = 0; i < table->n_likes; i++) {
        begin_line(out, indent, "like");
        mig_dump_name(out, &table->likes[i].table);
        mig_dump_flag(out, table->likes[i].defaults, "defaults");
        mig_dump_flag(out, table->likes[i].constraints, "constraints");
        mig_dump_flag(out, table->likes[i].indexes, "indexes");
        mig_dump_flag(out, table->likes[i].identity, "identity");
        mig_dump_flag(out, table->likes[i].generated, "generated");
        mig_dump_flag(out, table->likes[i].comments, "comments");
        mig_dump_flag(out, table->likes[i].storage, "storage");
        mig_dump_flag(out, table->likes[i].statistics, "statistics");
        mig_dump_flag(out, table->likes[i].compression, "compression");
        g_string_append_c(out, '\n');
    }
}

static void
put_parents(GString *out, const MigCreateTable *table, unsigned indent)
{
    for (size_t i = 0; i < table->n_inherits; i++) {
        begin_line(out, indent, "inherits");
        mig_dump_name(out, &table->inherits[i]);
        g_string_append_c(out, '\n');
    }
    if (table->partition_of.name != NULL) {
        begin_line(out, indent, "partition of");
        mig_dump_name(out, &table->partition_of);
        mig_dump_bound(out, &table->bound);
        g_string_append_c(out, '\n');
    }
    if (table->of_type.name != NULL) {
        begin_line(out, indent, "of");
        mig_dump_name(out, &table->of_type);
        g_string_append_c(out, '\n');
    }
    if (table->partition_by.method != NULL) {
        begin_line(out, indent, "partition by");
        g_string_truncate(out, out->len - 1);
        mig_dump_partition_by(out, &table->partition_by);
        g_string_append_c(out, '\n');
    }
}

static void
put_storage(GString *out, const MigCreateTable *table, unsigned indent)
{
    g_autoptr(GString) line = g_string_new(NULL);

    mig_dump_flag(line, table->unlogged, "unlogged");
    mig_dump_flag(line, table->without_rowid, "without rowid");
    mig_dump_flag(line, table->strict, "strict");
    mig_dump_flag(line, table->foreign, "foreign");
    put_word(line, "module", table->virtual_module);
    put_word(line, "tablespace", table->tablespace);
    put_word(line, "access method", table->access_method);
    mig_dump_options(line, table->options, table->n_options);
    if (line->len > 0)
        g_string_append_printf(out, "%*s%s\n", (int)indent, "", line->str + 1);
}

void
mig_dump_create_table(GString *out, const MigCreateTable *table, unsigned indent)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        begin_line(out, indent, "column");
        mig_dump_column(out, &table->columns[i]);
        g_string_append_c(out, '\n');
    }
    for (size_t i = 0; i < table->n_constraints; i++) {
        begin_line(out, indent, "constraint");
        mig_dump_constraint(out, &table->constraints[i]);
        g_string_append_c(out, '\n');
    }
    for (size_t i = 0; i < table->n_indexes; i++) {
        begin_line(out, indent, "has");
        mig_dump_index(out, &table->indexes[i]);
        g_string_append_c(out, '\n');
    }
    put_likes(out, table, indent);
    put_parents(out, table, indent);
    put_storage(out, table, indent);
    if (table->query == NULL)
        return;
    begin_line(out, indent, "as");
    if (table->n_as_columns > 0)
        mig_dump_words(out, table->as_columns, table->n_as_columns);
    mig_dump_query(out, table->query);
    mig_dump_flag(out, !table->with_data, "with no data");
    g_string_append_c(out, '\n');
}

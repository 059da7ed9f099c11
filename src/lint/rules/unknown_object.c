/* SPDX-License-Identifier: MIT */
/* Names of tables, columns and the like that lead nowhere. */
#include "lint/near.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

typedef struct {
    MigLintContext *ctx;
    const MigChange *change;
    bool told;
} Search;

static void
say(Search *search, MigSpan span, const char *message)
{
    MigLintContext *ctx = search->ctx;
    const MigPlace place = {.statement = ctx->statement,
                            .span = mig_lint_span(span, search->change->span)};

    mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "%s", message);
    search->told = true;
}

/* Changes of a table or a view that must be there; those of columns and constraints are, too. */
static const bool of_table[] = {
    [MIG_CHANGE_DROP_TABLE] = true,
    [MIG_CHANGE_RENAME_TABLE] = true,
    [MIG_CHANGE_TABLE_OPTIONS] = true,
    [MIG_CHANGE_SET_PERSISTENCE] = true,
    [MIG_CHANGE_SET_ACCESS_METHOD] = true,
    [MIG_CHANGE_CLUSTER_ON] = true,
    [MIG_CHANGE_REPLICA_IDENTITY] = true,
    [MIG_CHANGE_INHERIT] = true,
    [MIG_CHANGE_ROW_SECURITY] = true,
    [MIG_CHANGE_ENABLE_TRIGGER] = true,
    [MIG_CHANGE_CREATE_INDEX] = true,
    [MIG_CHANGE_ATTACH_PARTITION] = true,
    [MIG_CHANGE_DETACH_PARTITION] = true,
    [MIG_CHANGE_PARTITIONS] = true,
    [MIG_CHANGE_PARTITION_BY] = true,
    [MIG_CHANGE_REMOVE_PARTITIONING] = true,
    [MIG_CHANGE_DROP_VIEW] = true,
    [MIG_CHANGE_DROP_MATERIALIZED_VIEW] = true,
    [MIG_CHANGE_REFRESH_MATERIALIZED_VIEW] = true,
    [MIG_CHANGE_CREATE_TRIGGER] = true,
    [MIG_CHANGE_CREATE_RULE] = true,
    [MIG_CHANGE_CREATE_POLICY] = true,
    [MIG_CHANGE_ALTER_POLICY] = true,
    [MIG_CHANGE_INSERT] = true,
    [MIG_CHANGE_UPDATE] = true,
    [MIG_CHANGE_DELETE] = true,
    [MIG_CHANGE_MERGE] = true,
    [MIG_CHANGE_TRUNCATE] = true,
    [MIG_CHANGE_LOCK_TABLE] = true,
    [MIG_CHANGE_VACUUM] = true,
    [MIG_CHANGE_ANALYZE] = true,
    [MIG_CHANGE_CLUSTER] = true,
};

static bool
needs_table(const MigChange *change)
{
    if (change->kind == MIG_CHANGE_COPY)
        return change->query == NULL;
    if (change->kind >= MIG_CHANGE_ADD_COLUMN && change->kind <= MIG_CHANGE_RENAME_CONSTRAINT)
        return true;
    return (size_t)change->kind < G_N_ELEMENTS(of_table) && of_table[change->kind];
}

/* Whether another change of the statement makes or renames what has this name: RENAME TABLE a TO b,
 * c TO a, or a query's own name for it. */
static bool
is_made(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    return (change->kind == MIG_CHANGE_RENAME_TABLE &&
            mig_lint_same_word(ctx, change->to.name, name->name)) ||
           (change->kind == MIG_CHANGE_CREATE_TABLE &&
            mig_lint_same_name(ctx, &change->table, name));
}

static bool
is_alias(const MigChange *change, const MigName *name)
{
    if (name->schema != NULL)
        return false;
    for (size_t i = 0; i < change->n_ctes; i++) {
        if (g_ascii_strcasecmp(change->ctes[i].name, name->name) == 0)
            return true;
    }
    for (size_t i = 0; i < change->n_relations; i++) {
        const char *alias = change->relations[i].alias;
        if (alias != NULL && g_ascii_strcasecmp(alias, name->name) == 0)
            return true;
    }
    return false;
}

static void
check_table(const MigName *name, gpointer data)
{
    Search *search = data;
    MigLintContext *ctx = search->ctx;
    const MigSequence *sequence = NULL;

    if (name->name == NULL || mig_catalog_table(ctx->catalog, name, NULL) != MIG_LOOKUP_ABSENT ||
        is_alias(search->change, name) || mig_lint_in_statement(ctx, is_made, name) != NULL)
        return;
    if (ctx->engine == MIG_ENGINE_POSTGRES &&
        mig_catalog_sequence(ctx->catalog, name, &sequence) != MIG_LOOKUP_ABSENT)
        return;
    say(search, name->span,
        mig_lint_format(ctx, "there is no table or view %s%s", mig_lint_name(ctx, name),
                        mig_lint_hint(ctx, mig_lint_near_table(ctx, name->name))));
}

/* PostgreSQL's own columns, SQLite's names of the rowid. */
static bool
is_system_column(const MigLintContext *ctx, const char *name)
{
    static const char *const postgres[] = {"ctid", "xmin",     "xmax", "cmin",
                                           "cmax", "tableoid", "oid",  NULL};
    static const char *const sqlite[] = {"rowid", "oid", "_rowid_", NULL};
    g_autofree char *lower = g_ascii_strdown(name, -1);

    if (ctx->engine == MIG_ENGINE_POSTGRES)
        return g_strv_contains(postgres, lower);
    return ctx->engine == MIG_ENGINE_SQLITE && g_strv_contains(sqlite, lower);
}

static void
check_column(Search *search, const MigTable *table, const char *name, MigSpan span)
{
    MigLintContext *ctx = search->ctx;

    if (name == NULL || mig_table_column(table, name) != NULL || is_system_column(ctx, name) ||
        mig_lint_statement_has_column(ctx, search->change, name))
        return;
    say(search, span,
        mig_lint_format(ctx, "%s has no column %s%s", mig_lint_table_name(ctx, table), name,
                        mig_lint_hint(ctx, mig_lint_near_column(table, name))));
}

static void
check_columns(Search *search, const MigTable *table, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_column(search, table, names[i], (MigSpan){0, 0});
}

static void
check_constraint(Search *search, const MigTable *table, const MigConstraint *constraint)
{
    MigLintContext *ctx = search->ctx;
    const MigTable *parent = mig_lint_table(ctx, &constraint->references);
    bool itself = parent == table;

    check_columns(search, table, constraint->columns, constraint->n_columns);
    if (parent != NULL && parent->columns_known && !parent->assumed && !itself)
        check_columns(search, parent, constraint->ref_columns, constraint->n_ref_columns);
}

/* Changes of a column that must be there. */
static const bool of_column[] = {
    [MIG_CHANGE_DROP_COLUMN] = true,       [MIG_CHANGE_RENAME_COLUMN] = true,
    [MIG_CHANGE_ALTER_TYPE] = true,        [MIG_CHANGE_SET_DEFAULT] = true,
    [MIG_CHANGE_DROP_DEFAULT] = true,      [MIG_CHANGE_SET_NOT_NULL] = true,
    [MIG_CHANGE_DROP_NOT_NULL] = true,     [MIG_CHANGE_SET_EXPRESSION] = true,
    [MIG_CHANGE_DROP_EXPRESSION] = true,   [MIG_CHANGE_MODIFY_COLUMN] = true,
    [MIG_CHANGE_COLUMN_VISIBILITY] = true,
};

static void
check_parts(Search *search, const MigTable *table)
{
    const MigChange *change = search->change;

    if ((size_t)change->kind < G_N_ELEMENTS(of_column) && of_column[change->kind]) {
        if (!change->if_exists)
            check_column(search, table, change->name.name, change->name.span);
    } else if (change->kind == MIG_CHANGE_CREATE_INDEX) {
        for (size_t i = 0; i < change->index->n_parts; i++)
            check_column(search, table, change->index->parts[i].column, (MigSpan){0, 0});
        check_columns(search, table, change->index->include, change->index->n_include);
    } else if (change->kind == MIG_CHANGE_ADD_CONSTRAINT) {
        check_constraint(search, table, change->constraint);
    } else if (change->kind == MIG_CHANGE_INSERT) {
        check_columns(search, table, change->columns, change->n_columns);
    } else if (change->kind == MIG_CHANGE_UPDATE) {
        for (size_t i = 0; i < change->n_items; i++)
            check_column(search, table, change->items[i].column, change->items[i].span);
    }
}

static bool
makes_columns(const MigTable *table)
{
    return table->kind == MIG_RELATION_TABLE || table->kind == MIG_RELATION_PARTITIONED;
}

static void
check_change(Search *search)
{
    const MigChange *change = search->change;
    MigLintContext *ctx = search->ctx;
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (needs_table(change) && !change->if_exists && !change->parent_if_exists)
        check_table(&change->table, search);
    if (table != NULL && table->columns_known && !table->assumed && makes_columns(table))
        check_parts(search, table);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        check_table(&change->constraint->references, search);
    for (size_t i = 0; change->column != NULL && i < change->column->n_constraints; i++)
        check_table(&change->column->constraints[i].references, search);
    /* A routine's query is looked at when it runs. */
    if (change->kind != MIG_CHANGE_CREATE_ROUTINE) {
        mig_query_tables(change->query, check_table, search);
        for (size_t i = 0; i < change->n_relations; i++) {
            if (change->relations[i].query == NULL && change->relations[i].call == NULL)
                check_table(&change->relations[i].name, search);
        }
    }
}

/* What the tables of locks know to be missing, and isn't a table or a column. */
static void
check_refused(MigLintContext *ctx)
{
    static const char *const codes[] = {"42P01", "42703", "42704", "42883",
                                        "1054",  "1091",  "1146",  NULL};
    const MigImpact *impact = ctx->statement->impact;
    const MigChanges *changes = ctx->statement->changes;

    if (impact->refused == NULL || impact->refused_code == NULL ||
        !g_strv_contains(codes, impact->refused_code))
        return;
    /* A foreign key without a key to reference has a rule of its own. */
    if (strstr(impact->refused, "no primary key for") != NULL)
        return;

    MigPlace place = {.statement = ctx->statement};
    if (changes->n_changes == 1)
        place.span = changes->changes[0].span;
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "%s", impact->refused);
}

static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;
    bool told = false;

    if (changes->status != MIG_PARSE_OK)
        return;
    for (size_t i = 0; i < changes->n_changes; i++) {
        Search search = {ctx, &changes->changes[i], false};

        /* A DO block asks before it does something, as far as can be told. */
        if (search.change->in_body || search.change->nested)
            continue;
        check_change(&search);
        told = told || search.told;
    }
    if (!told)
        check_refused(ctx);
}

const MigRule mig_rule_unknown_object = {
    .id = "unknown-object",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a name that leads nowhere",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Correct the name, or put what makes it before this statement.",
              "If a migration outside of this directory makes it, begin with `migrate baseline`."},
    .manual = "PostgreSQL 18, \"Error Codes\", class 42; MySQL 8.4, \"Server Error Message "
              "Reference\", 1054, 1091, 1146",
    .check_statement = check_statement,
};

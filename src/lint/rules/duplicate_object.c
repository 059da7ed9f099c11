/* SPDX-License-Identifier: MIT */
/* Names that are taken already. */
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

static const char *
kind_of(const MigTable *table)
{
    static const char *const names[] = {
        [MIG_RELATION_TABLE] = "table",
        [MIG_RELATION_PARTITIONED] = "table",
        [MIG_RELATION_VIEW] = "view",
        [MIG_RELATION_MATERIALIZED_VIEW] = "materialized view",
        [MIG_RELATION_FOREIGN] = "foreign table",
        [MIG_RELATION_VIRTUAL] = "virtual table",
        [MIG_RELATION_SEQUENCE] = "sequence",
        [MIG_RELATION_COMPOSITE] = "type",
    };

    return names[table->kind];
}

static bool
drops_table(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    return (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_RENAME_TABLE ||
            change->kind == MIG_CHANGE_DROP_VIEW) &&
           mig_lint_same_word(ctx, change->table.name, name->name);
}

/* A relation that is to be made under a name that another has. */
static void
check_relation(Search *search, const MigName *name, const char *schema)
{
    MigLintContext *ctx = search->ctx;
    const MigName whole = {.schema = schema, .name = name->name};
    const MigTable *table = mig_lint_table(ctx, &whole);

    if (table == NULL || table->assumed || mig_lint_in_statement(ctx, drops_table, name) != NULL)
        return;
    say(search, name->span,
        mig_lint_format(ctx, "there is a %s %s already", kind_of(table),
                        mig_lint_table_name(ctx, table)));
}

/* The second of two equal names; %NULL: there are none. */
static const char *
find_twice(const MigLintContext *ctx, const char *const *names, size_t n)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool folds = ctx->engine != MIG_ENGINE_POSTGRES;

    for (size_t i = 0; i < n; i++) {
        if (names[i] == NULL)
            continue;
        if (!g_hash_table_add(seen, folds ? g_ascii_strdown(names[i], -1) : g_strdup(names[i])))
            return names[i];
    }
    return NULL;
}

static void
check_columns_twice(Search *search)
{
    const MigCreateTable *create = search->change->create_table;
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (size_t i = 0; i < create->n_columns; i++)
        g_ptr_array_add(names, (gpointer)(uintptr_t)create->columns[i].name);

    const char *twice = find_twice(search->ctx, (const char *const *)names->pdata, names->len);
    for (size_t i = create->n_columns; twice != NULL && i-- > 0;) {
        if (!mig_lint_same_word(search->ctx, create->columns[i].name, twice))
            continue;
        say(search, create->columns[i].name_span,
            mig_lint_format(search->ctx, "column %s is there twice", twice));
        break;
    }
}

static bool
drops_constraint(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return change->kind == MIG_CHANGE_DROP_CONSTRAINT &&
           mig_lint_same_name(ctx, &change->table, data);
}

static void
check_primary_key(Search *search, const MigTable *table, const MigConstraint *constraint)
{
    const MigTableConstraint *key = mig_table_primary_key(table);

    if (constraint->kind != MIG_CONSTRAINT_PRIMARY_KEY || key == NULL || table->assumed ||
        mig_lint_in_statement(search->ctx, drops_constraint, &search->change->table) != NULL)
        return;
    say(search, constraint->span,
        mig_lint_format(search->ctx, "%s has a primary key already",
                        mig_lint_table_name(search->ctx, table)));
}

static void
check_new_column(Search *search, const MigTable *table)
{
    const MigChange *change = search->change;
    const MigTableColumn *column = mig_table_column(table, change->column->name);

    for (size_t i = 0; i < change->column->n_constraints; i++)
        check_primary_key(search, table, &change->column->constraints[i]);
    if (change->if_not_exists || column == NULL || column->uncertain ||
        mig_lint_statement_has_column(search->ctx, change, change->column->name))
        return;
    say(search, change->column->name_span,
        mig_lint_format(search->ctx, "%s has a column %s already",
                        mig_lint_table_name(search->ctx, table), column->name));
}

static void
check_new_name(Search *search, const MigTable *table)
{
    const MigChange *change = search->change;
    const MigTableColumn *column = mig_table_column(table, change->to.name);

    if (column == NULL || column->uncertain ||
        mig_lint_statement_has_column(search->ctx, change, change->to.name))
        return;
    say(search, change->to.span,
        mig_lint_format(search->ctx, "%s has a column %s already",
                        mig_lint_table_name(search->ctx, table), column->name));
}

static void
check_type(Search *search)
{
    MigLintContext *ctx = search->ctx;
    const MigName *name = &search->change->name;
    const char *schema = mig_catalog_schema_for(ctx->catalog, name, false);
    const MigUserType *type = NULL;

    if (mig_catalog_type(ctx->catalog, schema, name->name, &type) != MIG_LOOKUP_FOUND)
        return;
    say(search, name->span,
        mig_lint_format(ctx, "there is a type %s already", mig_lint_name(ctx, name)));
}

static void
check_index(Search *search)
{
    MigLintContext *ctx = search->ctx;
    const MigChange *change = search->change;
    const MigTable *on = mig_lint_table(ctx, &change->table);
    const MigTable *table = NULL;

    /* The other engines' are in the tables of locks. */
    if (ctx->engine != MIG_ENGINE_SQLITE || change->if_not_exists ||
        change->index->name.name == NULL || on == NULL ||
        mig_catalog_index(ctx->catalog, &change->index->name, NULL, &table, NULL) !=
            MIG_LOOKUP_FOUND)
        return;
    say(search, change->index->name.span,
        mig_lint_format(ctx, "there is an index %s already, of %s", change->index->name.name,
                        mig_lint_table_name(ctx, table)));
}

static void
check_schema(Search *search)
{
    const MigChange *change = search->change;

    if (change->object_type != MIG_TYPE_OF_SCHEMA || change->if_not_exists ||
        change->name.name == NULL ||
        !mig_catalog_has_schema(search->ctx->catalog, change->name.name))
        return;
    say(search, change->name.span,
        mig_lint_format(search->ctx, "there is a schema %s already", change->name.name));
}

static void
check_insert(Search *search)
{
    const MigChange *change = search->change;
    const char *twice = find_twice(search->ctx, change->columns, change->n_columns);

    if (twice != NULL)
        say(search, change->span, mig_lint_format(search->ctx, "column %s is there twice", twice));
}

static void
check_created(Search *search)
{
    const MigChange *change = search->change;
    MigLintContext *ctx = search->ctx;

    if (change->kind == MIG_CHANGE_CREATE_TABLE && change->create_table != NULL)
        check_columns_twice(search);
    /* A temporary table hides one of the same name. */
    if (change->table.name == NULL || change->if_not_exists || change->or_replace ||
        change->temporary)
        return;
    check_relation(search, &change->table,
                   mig_catalog_schema_for(ctx->catalog, &change->table, false));
}

static void
check_altered(Search *search)
{
    const MigChange *change = search->change;
    const MigTable *table = mig_lint_table(search->ctx, &change->table);

    if (table == NULL)
        return;
    if (change->kind == MIG_CHANGE_RENAME_TABLE)
        check_relation(search, &change->to,
                       change->to.schema != NULL ? change->to.schema : table->schema);
    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        check_new_column(search, table);
    if (change->kind == MIG_CHANGE_RENAME_COLUMN)
        check_new_name(search, table);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        check_primary_key(search, table, change->constraint);
}

static void
check_change(Search *search)
{
    static void (*const checks[])(Search *) = {
        [MIG_CHANGE_CREATE_TABLE] = check_created,
        [MIG_CHANGE_CREATE_VIEW] = check_created,
        [MIG_CHANGE_CREATE_MATERIALIZED_VIEW] = check_created,
        [MIG_CHANGE_RENAME_TABLE] = check_altered,
        [MIG_CHANGE_ADD_COLUMN] = check_altered,
        [MIG_CHANGE_RENAME_COLUMN] = check_altered,
        [MIG_CHANGE_ADD_CONSTRAINT] = check_altered,
        [MIG_CHANGE_CREATE_ENUM] = check_type,
        [MIG_CHANGE_CREATE_DOMAIN] = check_type,
        [MIG_CHANGE_CREATE_COMPOSITE] = check_type,
        [MIG_CHANGE_CREATE_INDEX] = check_index,
        [MIG_CHANGE_CREATE_OBJECT] = check_schema,
        [MIG_CHANGE_INSERT] = check_insert,
    };
    MigChangeKind kind = search->change->kind;

    if ((size_t)kind < G_N_ELEMENTS(checks) && checks[kind] != NULL)
        checks[kind](search);
}

/* What is only assumed to be there isn't certain enough. */
static bool
is_assumed(const MigLintContext *ctx, const MigChange *change, gconstpointer data G_GNUC_UNUSED)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    return table != NULL && table->assumed;
}

static void
check_refused(MigLintContext *ctx)
{
    static const char *const codes[] = {"42P07", "42701", "42710", "1050",
                                        "1060",  "1061",  "1068",  NULL};
    const MigImpact *impact = ctx->statement->impact;
    const MigChanges *changes = ctx->statement->changes;

    if (impact->refused == NULL || impact->refused_code == NULL ||
        !g_strv_contains(codes, impact->refused_code) ||
        mig_lint_in_statement(ctx, is_assumed, NULL) != NULL)
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

        if (search.change->in_body || search.change->nested)
            continue;
        check_change(&search);
        told = told || search.told;
    }
    if (!told)
        check_refused(ctx);
}

const MigRule mig_rule_duplicate_object = {
    .id = "duplicate-object",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a name that is taken already",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Take another name, or leave out what an earlier migration has done.",
              "IF NOT EXISTS only hides it: what is there may be different."},
    .manual = "PostgreSQL 18, \"Error Codes\", class 42; MySQL 8.4, \"Server Error Message "
              "Reference\", 1050, 1060, 1061, 1068",
    .check_statement = check_statement,
};

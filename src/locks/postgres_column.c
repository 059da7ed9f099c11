/* SPDX-License-Identifier: MIT */
/* Columns on PostgreSQL: added, renamed, their defaults, nullability, identity and expressions. */
#include "locks/postgres.h"
#include "locks/postgres_type.h"
#include "locks/postgres_volatility.h"

#include <string.h>

static bool
is_null(const MigExpr *expr)
{
    return expr == NULL || expr->kind == MIG_EXPR_NULL;
}

static const MigExpr *
domain_default(const MigWork *work, const MigType *type)
{
    const MigUserType *user = NULL;

    if (type->name == NULL ||
        mig_catalog_type(work->catalog, type->schema, type->name, &user) != MIG_LOOKUP_FOUND ||
        user->kind != MIG_USER_TYPE_DOMAIN)
        return NULL;
    return user->default_value;
}

static bool
is_serial(const MigType *type)
{
    return type->name != NULL && g_str_has_suffix(type->name, "serial");
}

/* Why the rows have to be written anew; %NULL: they don't. */
static const char *
why_rewrite(const MigWork *work, const MigColumn *column)
{
    const MigExpr *value = column->default_value;

    if (value == NULL)
        value = domain_default(work, &column->type);
    if (column->generated == MIG_GENERATED_VIRTUAL)
        return NULL;
    if (column->generated == MIG_GENERATED_STORED)
        return "a stored generated column is computed for every row";
    if (column->identity != MIG_IDENTITY_NO || is_serial(&column->type))
        return "every row gets a number of its own";
    if (!is_null(value) && mig_postgres_volatility(value, work->catalog) == 'v')
        return "the default is volatile: it is computed for every row";
    /* From 19 on only if it is volatile; up to 18 the domain is checked row by row. */
    if (work->major <= 18 && mig_postgres_domain_checks(&column->type, work->catalog))
        return "the domain's constraints are checked for every row";
    if (work->major <= 10 && !is_null(value))
        return "before PostgreSQL 11 a default is written to every row";
    return NULL;
}

static bool
has_constraint(const MigColumn *column, MigConstraintKind kind)
{
    for (size_t i = 0; i < column->n_constraints; i++) {
        const MigConstraint *constraint = &column->constraints[i];
        if (constraint->kind == kind && !constraint->not_enforced)
            return true;
    }
    return false;
}

static const char *
why_scan(const MigWork *work, const MigColumn *column)
{
    const MigExpr *value = column->default_value;

    if (value == NULL)
        value = domain_default(work, &column->type);
    if (has_constraint(column, MIG_CONSTRAINT_CHECK))
        return "its CHECK is tested on every row, though the column is the same in all of them";
    if (has_constraint(column, MIG_CONSTRAINT_UNIQUE) ||
        has_constraint(column, MIG_CONSTRAINT_PRIMARY_KEY))
        return "its index is built while the table is locked";
    if (column->not_null && (is_null(value) || column->generated == MIG_GENERATED_VIRTUAL))
        return "NOT NULL is tested on every row, and fails if there is one";
    return NULL;
}

typedef struct {
    const MigTable *table;
    bool found;
} Mention;

static bool
visit_mention(const MigExpr *expr, gpointer data)
{
    Mention *mention = data;

    if (expr->kind == MIG_EXPR_COLUMN && expr->name != NULL &&
        mig_table_column(mention->table, expr->name) != NULL)
        mention->found = true;
    return !mention->found;
}

static bool
default_names_column(const MigTable *table, const MigExpr *value)
{
    Mention mention = {.table = table};

    if (value != NULL)
        mig_expr_walk(value, visit_mention, &mention);
    return mention.found;
}

/* Whether the action ends with the lock alone. */
static bool
stops_adding(MigWork *work, const MigChange *change, const MigTable *table)
{
    const MigColumn *column = change->column;

    if (mig_table_column(table, column->name) != NULL &&
        !mig_work_dropped(work, table, column->name)) {
        if (!change->if_not_exists)
            mig_work_refuse(work, "42701", "column \"%s\" of relation \"%s\" already exists",
                            column->name, table->name);
        return true;
    }
    if (table->is_partition)
        mig_work_refuse(work, "42809", "cannot add column to a partition");
    else if (table->of_type != NULL)
        mig_work_refuse(work, "42809", "cannot add column to typed table");
    else if (change->only && table->children->len > 0)
        mig_work_refuse(work, "42P16", "column must be added to child tables too");
    else if (default_names_column(table, column->default_value))
        mig_work_refuse(work, "0A000", "cannot use column reference in DEFAULT expression");
    return false;
}

static void
add_to(MigWork *work, const MigTable *table, const MigColumn *column)
{
    const char *rewrite = why_rewrite(work, column);
    const char *scan = why_scan(work, column);

    if (rewrite != NULL) {
        mig_postgres_rewrite(work, table);
        mig_work_because(work, "%s", rewrite);
    } else if (scan != NULL) {
        mig_work_scan(work, table);
        mig_work_because(work, "%s", scan);
    }
}

void
mig_postgres_add_column(MigWork *work, const MigChange *change)
{
    const MigColumn *column = change->column;
    const MigTable *table = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (column == NULL)
        return;
    if (column->generated == MIG_GENERATED_VIRTUAL && work->major < 18) {
        mig_work_refuse(work, "42601", "virtual generated columns need PostgreSQL 18");
        return;
    }
    table = mig_work_table(work, &change->table, change->parent_if_exists);
    if (table == NULL)
        return;
    mig_work_lock(work, table, mig_postgres_level(work, change));
    if (change->if_not_exists && mig_table_column(table, column->name) != NULL)
        return;
    /* Children are locked even where ONLY is said, to be told that it can't be. */
    tables = mig_work_tree(table, change->only && table->children->len == 0);
    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    if (stops_adding(work, change, table))
        return;
    for (guint i = 0; i < tables->len; i++)
        add_to(work, g_ptr_array_index(tables, i), column);
    for (size_t i = 0; i < column->n_constraints; i++) {
        const MigConstraint *constraint = &column->constraints[i];
        bool validate = !is_null(column->default_value) && !constraint->not_enforced;
        if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
            mig_postgres_add_key(work, table, constraint, validate);
    }
}

/* The column that an action is about, or %NULL if it isn't known; refused if it can't be there. */
static const MigTableColumn *
find_column(MigWork *work, const MigTable *table, const char *name)
{
    const MigTableColumn *column = mig_table_column(table, name);

    if (column == NULL && table->columns_known && name != NULL && !g_ascii_isdigit(name[0]))
        mig_work_refuse(work, "42703", "column \"%s\" of relation \"%s\" does not exist", name,
                        table->name);
    return column;
}

void
mig_postgres_set_default(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = mig_postgres_targets(work, change);

    if (tables != NULL)
        find_column(work, g_ptr_array_index(tables, 0), change->name.name);
}

void
mig_postgres_require_not_null(MigWork *work, const MigTable *table, const char *name)
{
    const MigTableColumn *column = mig_table_column(table, name);

    if (!mig_work_has_rows(table))
        return;
    if (column != NULL && column->not_null_known && column->not_null && !column->not_null_not_valid)
        return;
    if (work->major >= 12 && column != NULL) {
        for (guint i = 0; i < table->constraints->len; i++) {
            const MigTableConstraint *check = g_ptr_array_index(table->constraints, i);
            /* Drops come first, so that what they drop proves nothing any more. */
            if (check->kind == MIG_CONSTRAINT_CHECK && mig_work_dropped(work, table, check->name) &&
                !mig_table_proves_not_null(table, name, check->name)) {
                mig_work_scan(work, table);
                return;
            }
        }
        if (mig_table_proves_not_null(table, name, NULL)) {
            mig_work_because(work, "a valid CHECK of %s proves that %s isn't NULL", table->name,
                             name);
            return;
        }
    }
    mig_work_because(work, "every row of %s is read to see that %s isn't NULL", table->name, name);
    mig_work_scan(work, table);
}

void
mig_postgres_set_not_null(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = mig_postgres_targets(work, change);

    if (tables == NULL)
        return;
    find_column(work, g_ptr_array_index(tables, 0), change->name.name);
    for (guint i = 0; i < tables->len; i++)
        mig_postgres_require_not_null(work, g_ptr_array_index(tables, i), change->name.name);
}

void
mig_postgres_drop_not_null(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = mig_postgres_targets(work, change);
    const MigTableColumn *column = NULL;
    const MigTableConstraint *key = NULL;
    const MigTable *table = NULL;

    if (tables == NULL)
        return;
    table = g_ptr_array_index(tables, 0);
    column = find_column(work, table, change->name.name);
    if (column == NULL)
        return;
    key = mig_table_primary_key(table);
    if (column->identity != MIG_IDENTITY_NO)
        mig_work_refuse(work, "42601", "column \"%s\" of relation \"%s\" is an identity column",
                        column->name, table->name);
    else if (key != NULL && mig_work_has_name(key->columns, key->n_columns, column->name) &&
             !mig_work_dropped(work, table, key->name))
        mig_work_refuse(work, "42P16", "column \"%s\" is in a primary key", column->name);
}

void
mig_postgres_identity(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);
    const MigTableColumn *column = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return;
    /* Partitions have had their parent's identity since 17. */
    tables = mig_work_tree(table, work->major < 17 || table->kind != MIG_RELATION_PARTITIONED);
    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    column = find_column(work, table, change->name.name);
    if (column == NULL)
        return;
    if (change->kind == MIG_CHANGE_ADD_IDENTITY) {
        if (column->identity != MIG_IDENTITY_NO)
            mig_work_refuse(work, "55000", "column \"%s\" is already an identity column",
                            column->name);
        else if (column->not_null_known && !column->not_null)
            mig_work_refuse(work, "55000", "column \"%s\" must be declared NOT NULL first",
                            column->name);
    } else if (column->identity == MIG_IDENTITY_NO && !change->if_exists) {
        mig_work_refuse(work, "55000", "column \"%s\" is not an identity column", column->name);
    }
}

void
mig_postgres_set_expression(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = NULL;

    if (work->major < 17) {
        mig_work_refuse(work, "42601", "SET EXPRESSION needs PostgreSQL 17");
        return;
    }
    tables = mig_postgres_targets(work, change);
    if (tables == NULL)
        return;
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        const MigTableColumn *column = find_column(work, table, change->name.name);
        if (column != NULL && column->generated == MIG_GENERATED_VIRTUAL)
            continue;
        if (column != NULL && column->generated == MIG_GENERATED_NO)
            mig_work_refuse(work, "42601", "column \"%s\" is not a generated column", column->name);
        mig_postgres_rewrite(work, table);
        mig_work_because(work, "a stored generated column is computed anew for every row");
    }
}

void
mig_postgres_drop_expression(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = NULL;
    const MigTableColumn *column = NULL;

    if (work->major < 13) {
        mig_work_refuse(work, "42601", "DROP EXPRESSION needs PostgreSQL 13");
        return;
    }
    tables = mig_postgres_targets(work, change);
    if (tables == NULL)
        return;
    column = find_column(work, g_ptr_array_index(tables, 0), change->name.name);
    if (column == NULL)
        return;
    if (column->generated == MIG_GENERATED_VIRTUAL)
        mig_work_refuse(work, "0A000",
                        "DROP EXPRESSION is not supported for virtual generated columns");
    else if (column->generated == MIG_GENERATED_NO && !change->if_exists)
        mig_work_refuse(work, "55000", "column \"%s\" is not a generated column", column->name);
}

void
mig_postgres_column_options(MigWork *work, const MigChange *change)
{
    const MigTableIndex *index = NULL;
    const MigTable *table = NULL;
    g_autoptr(GPtrArray) tables = NULL;
    MigLockMode mode = mig_postgres_level(work, change);
    bool recurses =
        g_strcmp0(change->text, "statistics") == 0 || g_strcmp0(change->text, "storage") == 0;

    if (g_strcmp0(change->text, "compression") == 0 && work->major < 14) {
        mig_work_refuse(work, "42601", "SET COMPRESSION needs PostgreSQL 14");
        return;
    }
    if (change->object_type == MIG_TYPE_OF_INDEX) {
        table = mig_postgres_index_of(work, &change->name, change->parent_if_exists, &index);
        if (table != NULL)
            mig_work_lock_index(work, table, index, mode);
        return;
    }
    table = mig_work_table(work, &change->table, change->parent_if_exists);
    if (table == NULL)
        return;
    tables = mig_work_tree(table, change->only || !recurses);
    mig_postgres_lock_all(work, tables, mode);
    find_column(work, table, change->name.name);
}

void
mig_postgres_rename_column(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return;
    tables = mig_work_tree(table, change->only);
    mig_postgres_lock_all(work, tables, AX);
    find_column(work, table, change->name.name);
    if (mig_table_column(table, change->to.name) != NULL)
        mig_work_refuse(work, "42701", "column \"%s\" of relation \"%s\" already exists",
                        change->to.name, table->name);
}

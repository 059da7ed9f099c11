/* SPDX-License-Identifier: MIT */
/* Columns on MySQL and MariaDB: what ADD, MODIFY and CHANGE ask for. */
#include "locks/mysql.h"

#include <string.h>

static bool
visit_unfoldable(const MigExpr *expr, gpointer data)
{
    static const char *const names[] = {"uuid",    "sys_guid", "uuid_short",
                                        "uuid_v4", "uuid_v7",  "random_bytes"};
    bool *found = data;

    if (expr->kind == MIG_EXPR_COLUMN)
        *found = true;
    if (expr->kind == MIG_EXPR_CALL && expr->name != NULL) {
        g_autofree char *name = g_ascii_strdown(expr->name, -1);
        *found = *found || mig_work_has_name(names, G_N_ELEMENTS(names), name);
    }
    return !*found;
}

/* Whether a default has to be worked out for each row. */
static bool
differs_by_row(const MigExpr *value)
{
    bool found = false;

    if (value != NULL)
        mig_expr_walk(value, visit_unfoldable, &found);
    return found;
}

/* MySQL takes DEFAULT (expression) for a computed one, but not NOW(). */
static bool
is_computed(const MigExpr *value)
{
    return value != NULL && value->parenthesised && value->kind != MIG_EXPR_LITERAL &&
           value->kind != MIG_EXPR_NULL;
}

static unsigned
ask_for_constraints(const MigWork *work, const MigColumn *column)
{
    unsigned asks = MIG_ASK_NOTHING;

    for (size_t i = 0; i < column->n_constraints; i++) {
        MigConstraintKind kind = column->constraints[i].kind;
        if (kind == MIG_CONSTRAINT_UNIQUE)
            asks |= MIG_ASK_BUILD;
        else if (kind == MIG_CONSTRAINT_PRIMARY_KEY)
            asks |= MIG_ASK_REBUILD;
        else if (kind == MIG_CONSTRAINT_CHECK && !mig_mysql_is_mariadb(work))
            asks |= MIG_ASK_COPY;
        else if (kind == MIG_CONSTRAINT_FOREIGN_KEY && mig_mysql_is_mariadb(work) &&
                 work->version >= MIG_MYSQL(10, 5, 0))
            asks |= MIG_ASK_VALIDATE;
    }
    return asks;
}

unsigned
mig_mysql_add_column(MigWork *work, const MigTable *table, const MigChange *change)
{
    const MigColumn *column = change->column;
    bool mariadb = mig_mysql_is_mariadb(work);
    unsigned asks = MIG_ASK_NOTHING;

    if (column == NULL)
        return MIG_ASK_COPY;
    if (mig_table_column(table, column->name) != NULL &&
        !mig_work_dropped(work, table, column->name)) {
        if (!change->if_not_exists)
            mig_work_refuse(work, "1060", "Duplicate column name '%s'", column->name);
        return MIG_ASK_NOTHING;
    }
    asks = ask_for_constraints(work, column);
    if (column->generated == MIG_GENERATED_STORED)
        return asks | MIG_ASK_COPY;
    if (column->generated == MIG_GENERATED_VIRTUAL)
        return asks | MIG_ASK_VIRTUAL;
    if (column->auto_increment)
        return asks | MIG_ASK_REBUILD_SHARED;
    if (mariadb ? differs_by_row(column->default_value) : is_computed(column->default_value))
        return asks | MIG_ASK_COPY;
    /* A place among virtual columns has to be found by copying. */
    if (change->text != NULL && mariadb && mig_mysql_has_generated(table, MIG_GENERATED_VIRTUAL))
        return asks | MIG_ASK_COPY;
    if (change->text != NULL &&
        (mariadb ? work->version < MIG_MYSQL(10, 4, 0) : work->version < MIG_MYSQL(8, 0, 29)))
        return asks | MIG_ASK_REBUILD;
    return asks | MIG_ASK_COLUMN;
}

static const MigTableConstraint *
foreign_key_of(const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind == MIG_CONSTRAINT_FOREIGN_KEY &&
            mig_work_has_name(key->columns, key->n_columns, column))
            return key;
    }
    return NULL;
}

static bool
checks_keys(const MigWork *work)
{
    const char *setting = mig_catalog_setting(work->catalog, "foreign_key_checks");

    return setting == NULL ||
           (g_strcmp0(setting, "0") != 0 && g_ascii_strcasecmp(setting, "off") != 0);
}

/* Both sides of a foreign key keep their type. */
static bool
is_in_key(MigWork *work, const MigTable *table, const char *column)
{
    const MigTableConstraint *key = foreign_key_of(table, column);
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    if (!checks_keys(work))
        return false;
    if (key != NULL && !mig_work_dropped(work, table, key->name)) {
        mig_work_refuse(work, "1832",
                        "Cannot change column '%s': used in a foreign key constraint '%s'", column,
                        key->name);
        return true;
    }
    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *other = &g_array_index(keys, MigWorkKey, i);
        if (!mig_work_has_name(other->key->ref_columns, other->key->n_ref_columns, column))
            continue;
        mig_work_refuse(work, "1833",
                        "Cannot change column '%s': used in a foreign key constraint '%s' of table "
                        "'%s'",
                        column, other->key->name, other->child->name);
        return true;
    }
    return false;
}

/* Whether values that are kept, in rows or in an index, are made of the column. */
static bool
is_base(const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(table->columns, i);
        if (other->generated_as == NULL || !mig_expr_mentions(other->generated_as, column))
            continue;
        if (other->generated == MIG_GENERATED_STORED || mig_mysql_is_indexed(table, other->name))
            return true;
    }
    return false;
}

static unsigned
ask_for_generated(MigWork *work, const MigTableColumn *from, const MigColumn *to)
{
    if (from->generated == to->generated)
        return MIG_ASK_COPY;
    /* Only a stored column can become an ordinary one, or the other way round. */
    if (from->generated == MIG_GENERATED_VIRTUAL || to->generated == MIG_GENERATED_VIRTUAL) {
        if (mig_mysql_is_mariadb(work))
            mig_work_refuse(work, "1907", "This is not yet supported for generated columns");
        else
            mig_work_refuse(work, "3106",
                            "'Changing the STORED status' is not supported for generated columns");
    }
    return MIG_ASK_COPY;
}

static unsigned
ask_for_null(const MigTable *table, const MigTableColumn *from, const MigColumn *to,
             const MigWork *work)
{
    const char *format = mig_mysql_option(table, "row_format");

    if (from->not_null == to->not_null)
        return MIG_ASK_NOTHING;
    if (!mig_mysql_is_mariadb(work))
        return MIG_ASK_REBUILD;
    if (!to->not_null && format != NULL && g_ascii_strcasecmp(format, "redundant") == 0)
        return MIG_ASK_META;
    if (to->not_null && is_base(table, from->name))
        return MIG_ASK_COPY;
    return MIG_ASK_REBUILD;
}

/* Whether FIRST or AFTER names the place that it has. */
static bool
stays_in_place(const MigTable *table, const MigTableColumn *column, const MigChange *change)
{
    const MigTableColumn *before = NULL;

    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(table->columns, i);
        if (other == column)
            break;
        before = other;
    }
    if (g_strcmp0(change->text, "first") == 0)
        return before == NULL;
    return before != NULL && g_strcmp0(before->name, change->to.name) == 0;
}

unsigned
mig_mysql_modify_column(MigWork *work, const MigTable *table, const MigChange *change)
{
    const MigTableColumn *from = mig_table_column(table, change->name.name);
    const MigColumn *to = change->column;
    bool mariadb = mig_mysql_is_mariadb(work);
    unsigned asks = MIG_ASK_META, retype = MIG_ASK_NOTHING;

    if (from == NULL && table->columns_known) {
        if (!change->if_exists)
            mig_work_refuse(work, "1054", "Unknown column '%s' in '%s'", change->name.name,
                            table->name);
        return MIG_ASK_NOTHING;
    }
    if (from == NULL || to == NULL || from->type.name == NULL) {
        mig_work_because(work, "the present type of %s isn't known: it is taken for a copy",
                         change->name.name);
        return MIG_ASK_COPY;
    }
    if (from->generated != MIG_GENERATED_NO || to->generated != MIG_GENERATED_NO)
        return ask_for_generated(work, from, to);
    if (to->auto_increment && !from->auto_increment)
        return MIG_ASK_COPY;
    if (to->compression != NULL && g_strcmp0(to->compression, from->compression) != 0)
        return MIG_ASK_COPY;
    retype = mig_mysql_retype(work, table, from, to);
    if (retype == MIG_ASK_COPY && is_in_key(work, table, from->name))
        return MIG_ASK_NOTHING;
    asks |= retype | ask_for_null(table, from, to, work);
    if (change->text != NULL && !stays_in_place(table, from, change)) {
        if (mariadb && mig_mysql_has_generated(table, MIG_GENERATED_VIRTUAL))
            asks |= MIG_ASK_COPY;
        else
            asks |=
                mariadb && work->version >= MIG_MYSQL(10, 4, 0) ? MIG_ASK_COLUMN : MIG_ASK_REBUILD;
    }
    for (size_t i = 0; i < to->n_constraints; i++) {
        MigConstraintKind kind = to->constraints[i].kind;
        if (kind == MIG_CONSTRAINT_UNIQUE)
            asks |= MIG_ASK_BUILD;
        else if (kind == MIG_CONSTRAINT_PRIMARY_KEY)
            asks |= MIG_ASK_REBUILD;
        else if (kind == MIG_CONSTRAINT_CHECK && !mariadb)
            asks |= MIG_ASK_COPY;
    }
    return asks;
}

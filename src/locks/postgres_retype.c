/* SPDX-License-Identifier: MIT */
/* ALTER COLUMN ... TYPE on PostgreSQL: what hangs on the column is dropped and made again. */
#include <string.h>

#include "locks/postgres.h"
#include "locks/postgres_type.h"

/* What keeps a column's type as it is. */
static bool
is_used(MigWork *work, const MigTable *table, const char *name)
{
    g_autoptr(GPtrArray) views = mig_work_views_of(work, table, name);

    if (views->len > 0) {
        mig_work_refuse(work, "0A000", "cannot alter type of a column used by a view or rule");
        return true;
    }
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *other = g_ptr_array_index(table->columns, i);
        if (other->generated_as != NULL && mig_expr_mentions(other->generated_as, name)) {
            mig_work_refuse(work, work->major >= 15 ? "0A000" : "42601",
                            "cannot alter type of a column used by a generated column");
            return true;
        }
    }
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);
        if (mig_work_has_name(trigger->columns, trigger->n_columns, name)) {
            mig_work_refuse(work, "0A000",
                            "cannot alter type of a column used in a trigger definition");
            return true;
        }
    }
    for (guint i = 0; i < table->policies->len; i++) {
        const MigTablePolicy *policy = g_ptr_array_index(table->policies, i);
        if ((policy->using_expr != NULL && mig_expr_mentions(policy->using_expr, name)) ||
            (policy->check != NULL && mig_expr_mentions(policy->check, name))) {
            mig_work_refuse(work, "0A000",
                            "cannot alter type of a column used in a policy definition");
            return true;
        }
    }
    return false;
}

static bool
default_stays(const MigWork *work, const MigTableColumn *column, const MigType *to)
{
    if (column->default_value == NULL || column->default_value->kind == MIG_EXPR_NULL ||
        column->generated != MIG_GENERATED_NO)
        return true;
    return mig_postgres_assignable(&column->type, to, work->catalog);
}

static bool
is_set_anew(const MigWork *work, const MigChange *change)
{
    for (size_t i = 0; i < work->changes->n_changes; i++) {
        const MigChange *other = &work->changes->changes[i];
        if (other->kind == MIG_CHANGE_DROP_DEFAULT &&
            g_strcmp0(other->name.name, change->name.name) == 0)
            return true;
    }
    return false;
}

/* Whether it is refused before anything is done. */
static bool
is_refused(MigWork *work, const MigTable *table, const MigTableColumn *column,
           const MigChange *change)
{
    const MigType *to = &change->column->type;

    if (mig_postgres_is_key_column(table, column->name)) {
        mig_work_refuse(work, "42P16",
                        "cannot alter column \"%s\" because it is part of the partition key of "
                        "relation \"%s\"",
                        column->name, table->name);
        return true;
    }
    if (column->inherited) {
        mig_work_refuse(work, "42P16", "cannot alter inherited column \"%s\"", column->name);
        return true;
    }
    if (mig_postgres_retype(column, to, change->expr, work->catalog) == MIG_RETYPE_NO_CAST) {
        mig_work_refuse(work, "42804", "column \"%s\" cannot be cast automatically to type %s",
                        column->name, to->name);
        return true;
    }
    if (!default_stays(work, column, to) && !is_set_anew(work, change)) {
        mig_work_refuse(work, "42804",
                        "default for column \"%s\" cannot be cast automatically to type %s",
                        column->name, to->name);
        return true;
    }
    return is_used(work, table, column->name);
}

/* Expressions and predicates are never compared: such indexes are always built anew. */
static void
change_indexes(MigWork *work, const MigTable *table, const char *name, MigRetype effect)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        bool anew = effect != MIG_RETYPE_SAME || index->where != NULL;

        if (!mig_work_index_has(index, name))
            continue;
        for (size_t j = 0; j < index->n_parts; j++)
            anew = anew || index->parts[j].expr != NULL;
        mig_work_lock_index(work, table, index, AX);
        if (anew && mig_work_has_rows(table)) {
            mig_work_rebuild(work, table, index);
            mig_work_scan(work, table);
            mig_work_because(work, "the values stay, but %s is built anew", index->name);
        }
    }
}

static void
change_checks(MigWork *work, const MigTable *table, const char *name)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *check = g_ptr_array_index(table->constraints, i);
        if (check->kind != MIG_CONSTRAINT_CHECK || !check->validated || check->expr == NULL ||
            !mig_expr_mentions(check->expr, name))
            continue;
        mig_work_scan(work, table);
        mig_work_because(work, "the CHECK %s names the column and is tested on every row again",
                         check->name);
    }
}

/* Foreign keys are made again; rows are looked at again if a side's bytes or operators changed. */
static void
change_keys(MigWork *work, const MigTable *table, const char *name, MigRetype effect)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        const MigTable *parent = NULL;
        if (key->kind != MIG_CONSTRAINT_FOREIGN_KEY ||
            !mig_work_has_name(key->columns, key->n_columns, name))
            continue;
        parent = mig_postgres_parent(work, key);
        if (parent == NULL)
            continue;
        mig_work_lock(work, parent, AX);
        if (effect == MIG_RETYPE_REWRITE && key->validated)
            mig_postgres_check_key(work, table, parent);
    }
    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *key = &g_array_index(keys, MigWorkKey, i);
        if (!mig_work_has_name(key->key->ref_columns, key->key->n_ref_columns, name))
            continue;
        mig_work_lock(work, key->child, AX);
        if (effect == MIG_RETYPE_REWRITE && key->key->validated)
            mig_postgres_check_key(work, key->child, table);
    }
}

static void
retype_in(MigWork *work, const MigTable *table, const MigChange *change)
{
    const char *name = change->name.name;
    const MigTableColumn *column = mig_table_column(table, name);
    MigRetype effect = MIG_RETYPE_REWRITE;

    if (column != NULL)
        effect = mig_postgres_retype(column, &change->column->type, change->expr, work->catalog);
    if (column == NULL || column->type.name == NULL)
        mig_work_because(work, "the present type of %s isn't known: it is taken for a rewrite",
                         name);
    if (column != NULL && column->generated == MIG_GENERATED_VIRTUAL) {
        change_indexes(work, table, name, MIG_RETYPE_REINDEX);
        return;
    }
    change_indexes(work, table, name, effect);
    change_checks(work, table, name);
    change_keys(work, table, name, effect);
    if (effect == MIG_RETYPE_REWRITE) {
        mig_postgres_rewrite(work, table);
        mig_work_because(work, "the values' bytes change, or have to be looked at");
    }
}

void
mig_postgres_alter_type(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = NULL;
    const MigTable *table = NULL;
    const MigTableColumn *column = NULL;

    if (change->column == NULL)
        return;
    table = mig_postgres_target(work, change);
    if (table == NULL)
        return;
    column = mig_table_column(table, change->name.name);
    if (column == NULL && table->columns_known) {
        mig_work_refuse(work, "42703", "column \"%s\" of relation \"%s\" does not exist",
                        change->name.name, table->name);
        return;
    }
    if (table->of_type != NULL) {
        mig_work_refuse(work, "42809", "cannot alter column type of typed table");
        return;
    }
    if (column != NULL && is_refused(work, table, column, change))
        return;
    tables = mig_postgres_targets(work, change);
    for (guint i = 0; tables != NULL && i < tables->len; i++)
        retype_in(work, g_ptr_array_index(tables, i), change);
}

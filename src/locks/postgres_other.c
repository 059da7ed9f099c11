/* SPDX-License-Identifier: MIT */
/* Types, domains, sequences, statistics, publications and schemas on PostgreSQL. */
#include <string.h>

#include "locks/postgres.h"
#include "locks/postgres_type.h"

/* Tables that an object is made for, or changed about: named as the object's table, or as what is
 * granted. */
static void
lock_named_tables(MigWork *work, const MigChange *change, MigLockMode mode)
{
    const MigTable *table = NULL;

    if (change->table.name != NULL) {
        table = mig_work_table(work, &change->table, false);
        if (table != NULL)
            mig_work_lock(work, table, mode);
    }
    for (size_t i = 0; i < change->n_relations; i++) {
        if (change->relations[i].name.name == NULL)
            continue;
        table = mig_work_table(work, &change->relations[i].name, false);
        if (table != NULL)
            mig_work_lock(work, table, mode);
    }
}

void
mig_postgres_lock_sequence(MigWork *work, const MigName *name, MigLockMode mode)
{
    const MigSequence *sequence = NULL;

    if (name->name == NULL)
        return;
    if (mig_catalog_sequence(work->catalog, name, &sequence) == MIG_LOOKUP_FOUND)
        mig_work_lock_other(work, sequence->schema, sequence->name, false,
                            mig_work_made_here(work, sequence->made), mode);
    else
        mig_work_lock_other(work, name->schema, name->name, false, false, mode);
}

void
mig_postgres_create_object(MigWork *work, const MigChange *change)
{
    if (change->object_type == MIG_TYPE_OF_SEQUENCE)
        lock_named_tables(work, change, AS);
    else if (change->object_type == MIG_TYPE_OF_STATISTICS ||
             change->object_type == MIG_TYPE_OF_PUBLICATION)
        lock_named_tables(work, change, SUX);
    mig_postgres_define(work, change->query);
}

void
mig_postgres_alter_object(MigWork *work, const MigChange *change)
{
    if (change->object_type == MIG_TYPE_OF_SEQUENCE) {
        mig_postgres_lock_sequence(work, &change->name, SRX);
        lock_named_tables(work, change, AS);
    } else if (change->object_type == MIG_TYPE_OF_PUBLICATION) {
        lock_named_tables(work, change, SUX);
    } else if (change->object_type == MIG_TYPE_OF_STATISTICS && work->major < 13) {
        mig_work_refuse(work, "42601", "ALTER STATISTICS ... SET STATISTICS needs PostgreSQL 13");
    }
}

static bool
uses_type(const MigWork *work, const MigTableColumn *column, const MigUserType *type)
{
    const MigUserType *found = NULL;

    if (column->type.name == NULL ||
        mig_catalog_type(work->catalog, column->type.schema, column->type.name, &found) !=
            MIG_LOOKUP_FOUND)
        return false;
    return found == type;
}

static void
drop_type(MigWork *work, const MigChange *change)
{
    const MigUserType *type = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    switch (mig_catalog_type(work->catalog, change->name.schema, change->name.name, &type)) {
    case MIG_LOOKUP_ABSENT:
        if (!change->if_exists)
            mig_work_refuse(work, "42704", "type \"%s\" does not exist", change->name.name);
        return;
    case MIG_LOOKUP_UNKNOWN:
        return;
    case MIG_LOOKUP_FOUND:
        break;
    }
    tables = mig_work_users_of(work, type);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        mig_work_lock(work, table, AX);
        if (!change->cascade) {
            mig_work_refuse(work, "2BP01",
                            "cannot drop type %s because other objects depend on it: table %s",
                            type->name, table->name);
            continue;
        }
        for (guint j = 0; j < table->columns->len; j++) {
            const MigTableColumn *column = g_ptr_array_index(table->columns, j);
            if (uses_type(work, column, type))
                mig_postgres_drop_column_of(work, table, column->name, true);
        }
    }
}

/* The table isn't named: it is the one that has them. */
static void
drop_statistics(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);

    for (guint i = 0; change->name.name != NULL && i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        if (g_ptr_array_find_with_equal_func(table->statistics, change->name.name, g_str_equal,
                                             NULL))
            mig_work_lock(work, table, SUX);
    }
}

/* Defaults that count with it go with CASCADE; columns that own it go only with their table. */
static void
drop_sequence(MigWork *work, const MigChange *change)
{
    const MigSequence *sequence = NULL;
    g_autoptr(GPtrArray) tables = NULL;
    g_autofree char *whole = NULL;

    if (mig_catalog_sequence(work->catalog, &change->name, &sequence) != MIG_LOOKUP_FOUND)
        return;
    mig_work_lock_other(work, sequence->schema, sequence->name, false,
                        mig_work_made_here(work, sequence->made), AX);
    whole = g_strdup_printf("%s.%s", sequence->schema, sequence->name);
    tables = mig_work_all_tables(work);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        for (guint j = 0; j < table->columns->len; j++) {
            const MigTableColumn *column = g_ptr_array_index(table->columns, j);
            if (g_strcmp0(column->sequence, whole) != 0)
                continue;
            mig_work_lock(work, table, AX);
            if (!change->cascade)
                mig_work_refuse(work, "2BP01",
                                "cannot drop sequence %s because other objects depend on it: "
                                "default of column %s of table %s",
                                sequence->name, column->name, table->name);
        }
    }
}

void
mig_postgres_drop_object(MigWork *work, const MigChange *change)
{
    if (change->object_type == MIG_TYPE_OF_SCHEMA) {
        if (change->name.name != NULL)
            mig_postgres_drop_schema(work, change->name.name, change->cascade);
    } else if (change->object_type == MIG_TYPE_OF_TYPE ||
               change->object_type == MIG_TYPE_OF_DOMAIN) {
        drop_type(work, change);
    } else if (change->object_type == MIG_TYPE_OF_SEQUENCE) {
        drop_sequence(work, change);
    } else if (change->object_type == MIG_TYPE_OF_STATISTICS) {
        drop_statistics(work, change);
    }
}

/* Triggers, rules and policies have a table; a sequence has a lock. */
void
mig_postgres_rename_object(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (change->object_type == MIG_TYPE_OF_SEQUENCE) {
        mig_postgres_lock_sequence(work, &change->name, AX);
        return;
    }
    if (change->table.name == NULL)
        return;
    table = mig_work_table(work, &change->table, change->parent_if_exists);
    if (table == NULL)
        return;
    /* Since 15 the triggers of partitions are renamed with their parent's. */
    tables = mig_work_tree(table, change->object_type != MIG_TYPE_OF_TRIGGER || work->major < 15 ||
                                      table->kind != MIG_RELATION_PARTITIONED);
    mig_postgres_lock_all(work, tables, AX);
}

static const MigTableConstraint *
find_constraint(const MigUserType *domain, const MigConstraint *said)
{
    for (guint i = 0; said != NULL && i < domain->constraints->len; i++) {
        const MigTableConstraint *constraint = g_ptr_array_index(domain->constraints, i);
        if (g_strcmp0(constraint->name, said->name.name) == 0)
            return constraint;
    }
    return NULL;
}

/* What has to be tested on every value of the domain. */
static bool
tests_values(const MigChange *change, const MigUserType *domain)
{
    const char *action = change->text != NULL ? change->text : "";
    const MigTableConstraint *constraint = NULL;

    if (g_str_equal(action, "set not null"))
        return !domain->not_null;
    if (g_str_equal(action, "add constraint"))
        return change->constraint != NULL && !change->constraint->not_valid;
    if (!g_str_equal(action, "validate constraint"))
        return false;
    constraint = find_constraint(domain, change->constraint);
    return constraint == NULL || !constraint->validated;
}

void
mig_postgres_alter_domain(MigWork *work, const MigChange *change)
{
    const MigUserType *domain = NULL;
    bool validates = g_strcmp0(change->text, "validate constraint") == 0;
    g_autoptr(GPtrArray) tables = NULL;

    switch (mig_catalog_type(work->catalog, change->name.schema, change->name.name, &domain)) {
    case MIG_LOOKUP_ABSENT:
        mig_work_refuse(work, "42704", "type \"%s\" does not exist", change->name.name);
        return;
    case MIG_LOOKUP_UNKNOWN:
        mig_work_because(work, "the domain %s isn't known, nor which tables have columns of it",
                         change->name.name);
        return;
    case MIG_LOOKUP_FOUND:
        break;
    }
    if (!tests_values(change, domain))
        return;
    tables = mig_work_users_of(work, domain);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        mig_work_lock(work, table, validates && work->major >= 19 ? SUX : S);
        mig_work_scan(work, table);
        mig_work_because(work, "every row of every table with a column of the domain is tested");
    }
}

void
mig_postgres_alter_composite(MigWork *work, const MigChange *change)
{
    const MigUserType *type = NULL;
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);

    if (mig_catalog_type(work->catalog, change->name.schema, change->name.name, &type) !=
        MIG_LOOKUP_FOUND)
        type = NULL;
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        const char *dot = table->of_type != NULL ? strrchr(table->of_type, '.') : NULL;
        const char *of = dot != NULL ? dot + 1 : table->of_type;

        if (g_strcmp0(of, change->name.name) == 0) {
            mig_work_lock(work, table, AX);
            if (!change->cascade)
                mig_work_refuse(work, "2BP01",
                                "cannot alter type \"%s\" because it is the type of a typed table",
                                change->name.name);
        }
        for (guint j = 0; type != NULL && j < table->columns->len; j++) {
            const MigTableColumn *column = g_ptr_array_index(table->columns, j);
            if (g_strcmp0(change->text, "alter") == 0 && uses_type(work, column, type))
                mig_work_refuse(work, "0A000",
                                "cannot alter type \"%s\" because column \"%s.%s\" uses it",
                                type->name, table->name, column->name);
        }
    }
}

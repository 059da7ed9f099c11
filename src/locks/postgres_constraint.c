/* SPDX-License-Identifier: MIT */
/* Constraints on PostgreSQL: added, validated, altered, renamed. */
#include "locks/postgres.h"

#include <string.h>

static bool
is_index_kind(MigConstraintKind kind)
{
    return kind == MIG_CONSTRAINT_UNIQUE || kind == MIG_CONSTRAINT_PRIMARY_KEY ||
           kind == MIG_CONSTRAINT_EXCLUDE;
}

/* NOT NULL has a name of its own since 18. */
static const MigTableColumn *
find_not_null(const MigTable *table, const char *name)
{
    for (guint i = 0; name != NULL && i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (column->not_null && g_strcmp0(column->not_null_name, name) == 0)
            return column;
    }
    return NULL;
}

static bool
has_key(const MigWork *work, const MigTable *table, const char *name)
{
    return name != NULL && mig_table_constraint(table, name) != NULL &&
           !mig_work_dropped(work, table, name);
}

/* Refuses a constraint on columns that aren't there. */
static bool
has_columns(MigWork *work, const MigTable *table, const MigConstraint *constraint)
{
    for (size_t i = 0; i < constraint->n_columns; i++) {
        const char *name = constraint->columns[i];
        bool added = false;
        for (size_t j = 0; j < work->changes->n_changes; j++) {
            const MigChange *other = &work->changes->changes[j];
            added = added || (other->kind == MIG_CHANGE_ADD_COLUMN && other->column != NULL &&
                              g_strcmp0(other->column->name, name) == 0);
        }
        if (!added && table->columns_known && mig_table_column(table, name) == NULL) {
            if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
                mig_work_refuse(work, "42703",
                                "column \"%s\" referenced in foreign key constraint does not exist",
                                name);
            else
                mig_work_refuse(work, "42703", "column \"%s\" named in key does not exist", name);
            return false;
        }
    }
    return true;
}

static void
add_foreign_key(MigWork *work, const MigChange *change, const MigTable *table)
{
    const MigConstraint *key = change->constraint;
    bool validate = !key->not_valid && !key->not_enforced;
    bool partitioned = table->kind == MIG_RELATION_PARTITIONED;
    g_autoptr(GPtrArray) tables = mig_work_tree(table, !partitioned);

    if (partitioned && key->not_valid && work->major < 18) {
        const MigTable *parent = mig_work_table(work, &key->references, false);
        if (parent != NULL)
            mig_work_lock(work, parent, SRX);
        mig_work_refuse(work, "42809",
                        "cannot add NOT VALID foreign key on partitioned table \"%s\" referencing "
                        "relation \"%s\"",
                        table->name, key->references.name);
        return;
    }
    if (!has_columns(work, table, key))
        return;
    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    mig_postgres_add_key(work, table, key, validate);
}

static void
add_check(MigWork *work, const MigChange *change, const MigTable *table)
{
    const MigConstraint *check = change->constraint;
    g_autoptr(GPtrArray) tables = mig_work_tree(table, change->only || check->no_inherit);

    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    if (change->only && !check->no_inherit && table->children->len > 0) {
        mig_work_refuse(work, "42P16", "constraint must be added to child tables too");
        return;
    }
    if (check->not_valid || check->not_enforced)
        return;
    for (guint i = 0; i < tables->len; i++)
        mig_work_scan(work, g_ptr_array_index(tables, i));
    mig_work_because(work, "every row is tested while the table is locked; NOT VALID, and VALIDATE "
                           "later, keeps it open");
}

static void
add_not_null(MigWork *work, const MigChange *change, const MigTable *table)
{
    const MigConstraint *constraint = change->constraint;
    g_autoptr(GPtrArray) tables = mig_work_tree(table, change->only || constraint->no_inherit);

    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    for (guint i = 0; i < tables->len && !constraint->not_valid; i++) {
        for (size_t j = 0; j < constraint->n_columns; j++)
            mig_postgres_require_not_null(work, g_ptr_array_index(tables, i),
                                          constraint->columns[j]);
    }
}

static void
use_index(MigWork *work, const MigConstraint *key, const MigTable *table)
{
    const MigTableIndex *index = mig_table_index(table, key->using_index);
    bool renames = key->name.name != NULL && g_strcmp0(key->name.name, key->using_index) != 0;

    if (index == NULL) {
        if (table->columns_known && !table->assumed)
            mig_work_refuse(work, "42704", "index \"%s\" does not exist", key->using_index);
        return;
    }
    if (!index->unique) {
        mig_work_refuse(work, "42809", "\"%s\" is not a unique index", index->name);
        return;
    }
    mig_work_lock_index(work, table, index, !renames ? AS : work->major >= 12 ? SUX : AX);
    for (size_t i = 0; key->kind == MIG_CONSTRAINT_PRIMARY_KEY && i < index->n_parts; i++) {
        if (index->parts[i].column != NULL)
            mig_postgres_require_not_null(work, table, index->parts[i].column);
    }
}

/* The name that the engine gives an index that was given none. */
static const char *
default_name(MigWork *work, const MigTable *table, const MigConstraint *key)
{
    g_autoptr(GString) name = g_string_new(table->name);

    if (key->name.name != NULL)
        return key->name.name;
    if (key->kind == MIG_CONSTRAINT_PRIMARY_KEY) {
        g_string_append(name, "_pkey");
    } else {
        for (size_t i = 0; i < key->n_columns; i++)
            g_string_append_printf(name, "_%s", key->columns[i]);
        g_string_append(name, key->kind == MIG_CONSTRAINT_UNIQUE ? "_key" : "_excl");
    }
    return g_string_chunk_insert(work->impact->strings, name->str);
}

static void
build_key(MigWork *work, const MigChange *change, const MigTable *table)
{
    const MigConstraint *key = change->constraint;
    g_autoptr(GPtrArray) tables =
        mig_work_tree(table, change->only || table->kind != MIG_RELATION_PARTITIONED);
    /* Partitions were only locked for the build of the index, before NOT NULL came to all. */
    MigLockMode mode = work->major >= 18 ? mig_postgres_level(work, change) : S;
    const MigTableIndex *old = mig_table_index(table, default_name(work, table, key));

    if (old != NULL && mig_work_dropped(work, table, old->name))
        mig_work_rebuild(work, table, old);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        const MigTableIndex *same = NULL;

        if (part != table) {
            mig_work_lock(work, part, mode);
            same = mig_postgres_matching_index(part, key->parts, key->n_parts, true, key->method);
        }
        if (same != NULL)
            mig_work_lock_index(work, part, same, S);
        else
            mig_work_scan(work, part);
        for (size_t j = 0; key->kind == MIG_CONSTRAINT_PRIMARY_KEY && j < key->n_columns; j++) {
            const MigTableColumn *column = mig_table_column(part, key->columns[j]);
            if (part != table && column != NULL && !column->not_null)
                mig_work_lock(work, part, AX);
        }
    }
    mig_work_because(work, "its index is built while the table is locked");
}

static void
add_index_key(MigWork *work, const MigChange *change, const MigTable *table)
{
    const MigConstraint *key = change->constraint;
    const MigTableConstraint *primary = mig_table_primary_key(table);

    if (key->kind == MIG_CONSTRAINT_PRIMARY_KEY && primary != NULL &&
        !mig_work_dropped(work, table, primary->name)) {
        mig_work_refuse(work, "42P16", "multiple primary keys for table \"%s\" are not allowed",
                        table->name);
        return;
    }
    if (key->using_index != NULL) {
        use_index(work, key, table);
        return;
    }
    if (has_columns(work, table, key))
        build_key(work, change, table);
}

void
mig_postgres_add_constraint(MigWork *work, const MigChange *change)
{
    const MigConstraint *constraint = change->constraint;
    const MigTable *table = NULL;

    if (constraint == NULL)
        return;
    if (work->major < 18 &&
        (constraint->not_enforced || constraint->kind == MIG_CONSTRAINT_NOT_NULL)) {
        mig_work_refuse(work, "42601", "%s needs PostgreSQL 18",
                        constraint->not_enforced ? "NOT ENFORCED" : "ADD ... NOT NULL");
        return;
    }
    table = mig_postgres_target(work, change);
    if (table == NULL)
        return;
    if (has_key(work, table, constraint->name.name)) {
        mig_work_refuse(work, is_index_kind(constraint->kind) ? "42P07" : "42710",
                        "constraint \"%s\" for relation \"%s\" already exists",
                        constraint->name.name, table->name);
        return;
    }
    if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        add_foreign_key(work, change, table);
    else if (constraint->kind == MIG_CONSTRAINT_CHECK)
        add_check(work, change, table);
    else if (constraint->kind == MIG_CONSTRAINT_NOT_NULL)
        add_not_null(work, change, table);
    else
        add_index_key(work, change, table);
}

static void
validate_not_null(MigWork *work, const MigChange *change, const MigTable *table,
                  const MigTableColumn *column)
{
    g_autoptr(GPtrArray) tables = mig_work_tree(table, false);

    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    for (guint i = 0; column->not_null_not_valid && i < tables->len; i++)
        mig_work_scan(work, g_ptr_array_index(tables, i));
}

static void
validate_known(MigWork *work, const MigChange *change, const MigTable *table,
               const MigTableConstraint *constraint)
{
    bool foreign = constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY;
    g_autoptr(GPtrArray) tables = mig_work_tree(
        table, foreign ? table->kind != MIG_RELATION_PARTITIONED : constraint->no_inherit);
    const MigTable *parent = NULL;

    if (!foreign && constraint->kind != MIG_CONSTRAINT_CHECK) {
        mig_work_refuse(work, "42809",
                        "constraint \"%s\" of relation \"%s\" is not a foreign key or check "
                        "constraint",
                        constraint->name, table->name);
        return;
    }
    if (constraint->validated) {
        mig_work_because(work, "%s is valid already", constraint->name);
        return;
    }
    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    mig_work_because(work, "every row is tested, while reads and writes go on");
    if (!foreign) {
        for (guint i = 0; i < tables->len; i++)
            mig_work_scan(work, g_ptr_array_index(tables, i));
        return;
    }
    parent = mig_postgres_parent(work, constraint);
    if (parent == NULL)
        return;
    mig_work_lock(work, parent, RS);
    mig_postgres_check_key(work, table, parent);
}

void
mig_postgres_validate(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_postgres_target(work, change);
    const MigTableConstraint *constraint = NULL;
    const MigTableColumn *column = NULL;

    if (table == NULL)
        return;
    constraint = mig_table_constraint(table, change->name.name);
    column = find_not_null(table, change->name.name);
    if (constraint != NULL) {
        validate_known(work, change, table, constraint);
    } else if (column != NULL) {
        validate_not_null(work, change, table, column);
    } else if (table->columns_known && !table->assumed) {
        mig_work_refuse(work, "42704", "constraint \"%s\" of relation \"%s\" does not exist",
                        change->name.name, table->name);
    } else {
        mig_work_scan(work, table);
        mig_work_because(work, "%s isn't known: it is taken for one that isn't valid yet",
                         change->name.name);
    }
}

void
mig_postgres_alter_constraint(MigWork *work, const MigChange *change)
{
    const MigConstraint *said = change->constraint;
    const MigTableConstraint *constraint = NULL;
    const MigTable *table = NULL, *parent = NULL;

    if (said != NULL && said->not_enforced && work->major < 18) {
        mig_work_refuse(work, "42601", "NOT ENFORCED needs PostgreSQL 18");
        return;
    }
    table = mig_postgres_target(work, change);
    if (table == NULL || said == NULL)
        return;
    constraint = mig_table_constraint(table, change->name.name);
    if (constraint == NULL) {
        if (table->columns_known && !table->assumed)
            mig_work_refuse(work, "42704", "constraint \"%s\" of relation \"%s\" does not exist",
                            change->name.name, table->name);
        return;
    }
    if (constraint->kind != MIG_CONSTRAINT_FOREIGN_KEY) {
        if (work->major < 19 && !said->no_inherit)
            mig_work_refuse(work, "42809",
                            "constraint \"%s\" of relation \"%s\" is not a foreign key constraint",
                            constraint->name, table->name);
        return;
    }
    /* Its triggers are on both sides, and are dropped or made. */
    bool enforces = !constraint->enforced && !said->deferrable && !said->initially_deferred;
    parent = mig_postgres_parent(work, constraint);
    if (parent == NULL || (!said->not_enforced && !enforces))
        return;
    mig_work_lock(work, parent, said->not_enforced ? AX : SRX);
    if (enforces && !said->not_enforced)
        mig_postgres_check_key(work, table, parent);
}

void
mig_postgres_rename_constraint(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);
    const MigTableConstraint *constraint = NULL;
    const MigTableIndex *index = NULL;
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return;
    constraint = mig_table_constraint(table, change->name.name);
    tables = mig_work_tree(
        table, change->only || (constraint != NULL && (constraint->kind != MIG_CONSTRAINT_CHECK ||
                                                       constraint->no_inherit)));
    mig_postgres_lock_all(work, tables, AX);
    if (constraint == NULL) {
        if (table->columns_known && !table->assumed &&
            find_not_null(table, change->name.name) == NULL)
            mig_work_refuse(work, "42704", "constraint \"%s\" for table \"%s\" does not exist",
                            change->name.name, table->name);
        return;
    }
    index = mig_work_index_of(table, constraint);
    if (index != NULL)
        mig_work_lock_index(work, table, index, work->major >= 12 ? SUX : AX);
}

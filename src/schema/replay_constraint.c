/* SPDX-License-Identifier: MIT */
/* Constraints as they are made, by PostgreSQL's rules; those of the others are beside. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/replay.h"
#include "schema/session.h"

/* Constraints of one statement: more aren't looked at, since they are compared with one another. */
#define MOST_SAID 4000

typedef struct {
    const MigTable *table;
    GPtrArray *names; /* (owned) (borrowed) */
} ColumnSearch;

static bool
note_column(const MigExpr *expr, gpointer data)
{
    ColumnSearch *search = data;

    if (expr->kind != MIG_EXPR_COLUMN || expr->name == NULL)
        return true;
    /* SQLite and MySQL take a quoted word that names no column for a string. */
    if (search->table->columns_known && mig_store_column(search->table, expr->name) == NULL)
        return true;
    for (guint i = 0; i < search->names->len; i++) {
        if (mig_names_equal(search->table->engine, search->names->pdata[i], expr->name))
            return true;
    }
    g_ptr_array_add(search->names, (gpointer)expr->name);
    return true;
}

const char **
mig_replay_columns_of(MigArena *arena, const MigTable *table, const MigExpr *expr, size_t *out_n)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    ColumnSearch search = {.table = table, .names = names};

    *out_n = 0;
    if (expr == NULL)
        return NULL;
    mig_expr_walk(expr, note_column, &search);
    *out_n = names->len;
    return mig_copy_strings(arena, (const char *const *)names->pdata, names->len);
}

MigTableConstraint *
mig_replay_new_constraint(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    MigArena *arena = table->arena;
    MigTableConstraint *constraint = mig_arena_new0(arena, MigTableConstraint, 1);

    constraint->kind = said->kind;
    constraint->name = mig_arena_strdup(arena, said->name.name);
    constraint->name_made = said->name.name == NULL;
    constraint->name_known = said->name.name != NULL || table->columns_known;
    constraint->columns = mig_copy_strings(arena, said->columns, said->n_columns);
    constraint->n_columns = said->n_columns;
    constraint->expr = mig_copy_expr(arena, said->expr);
    if (said->kind == MIG_CONSTRAINT_CHECK)
        constraint->columns =
            mig_replay_columns_of(arena, table, said->expr, &constraint->n_columns);
    constraint->on_delete = said->on_delete;
    constraint->on_update = said->on_update;
    constraint->enforced = !said->not_enforced;
    constraint->validated = constraint->enforced && (replay->creating || !said->not_valid);
    constraint->deferrable = said->deferrable || said->initially_deferred;
    constraint->initially_deferred = said->initially_deferred;
    constraint->no_inherit = said->no_inherit;
    constraint->of_column = said->of_column;
    constraint->made = mig_replay_made(replay);
    constraint->validated_at = constraint->made;
    return constraint;
}

void
mig_replay_references(MigReplay *replay, MigTable *table, MigTableConstraint *constraint,
                      const MigConstraint *said)
{
    MigArena *arena = table->arena;
    const char *schema = said->references.schema;
    MigTable *parent = NULL;

    /* MySQL looks in the child's database, SQLite in the child's file. */
    if (!MIG_IS_POSTGRES(replay->catalog) && schema == NULL)
        schema = table->schema;
    if (said->references.name != NULL)
        parent = mig_session_table(replay->catalog, schema, said->references.name);
    constraint->ref_table =
        mig_arena_strdup(arena, parent != NULL ? parent->name : said->references.name);
    constraint->ref_schema = mig_arena_strdup(
        arena,
        parent != NULL ? parent->schema : mig_session_schema(replay->catalog, schema, false));
    constraint->ref_columns = mig_copy_strings(arena, said->ref_columns, said->n_ref_columns);
    constraint->n_ref_columns = said->n_ref_columns;
    if (parent == NULL || constraint->n_ref_columns > 0)
        return;

    const MigTableConstraint *key = mig_table_primary_key(parent);

    if (key == NULL)
        return;
    constraint->ref_columns = mig_copy_strings(arena, key->columns, key->n_columns);
    constraint->n_ref_columns = key->n_columns;
}

static void
set_name(MigReplay *replay, MigTable *table, MigTableConstraint *constraint, const char *addition,
         const char *label)
{
    if (constraint->name != NULL)
        return;

    g_autofree char *name =
        mig_naming_postgres(replay->catalog, table->schema, table->name, addition, label, true);

    constraint->name = mig_arena_strdup(table->arena, name);
}

/* Children have their parent's checks and, if they are partitions, its foreign keys. */
static void
add_to_children(MigReplay *replay, MigTable *table, const MigTableConstraint *constraint)
{
    for (guint i = 0; i < table->children->len; i++) {
        MigTable *child = table->children->pdata[i];
        MigTableConstraint *own = mig_store_constraint(child, constraint->name);

        mig_store_touch(replay->catalog, child, replay->now);
        if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY && !child->is_partition)
            continue;
        if (own != NULL) {
            own->inherited = true;
            continue;
        }
        own = mig_copy_constraint(child->arena, constraint);
        own->inherited = true;
        mig_store_add_constraint(replay->catalog, child, own);
        add_to_children(replay, child, own);
    }
}

static void
add_check(MigReplay *replay, MigTable *table, const MigConstraint *said, bool only)
{
    MigTableConstraint *check = mig_replay_new_constraint(replay, table, said);
    MigTableConstraint *there = mig_store_constraint(table, check->name);

    if (there != NULL) {
        there->inherited = there->inherited || !said->of_column;
        return;
    }
    set_name(replay, table, check, check->n_columns == 1 ? check->columns[0] : NULL, "check");
    mig_store_add_constraint(replay->catalog, table, check);
    if (!only && !check->no_inherit)
        add_to_children(replay, table, check);
}

static void
add_foreign_key(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    MigTableConstraint *key = mig_replay_new_constraint(replay, table, said);
    /* Before 12 only the first column was in the name. Source: PostgreSQL 12's release notes. */
    size_t named = mig_replay_since(replay, 120000) ? said->n_columns : MIN(said->n_columns, 1);
    g_autofree char *addition = mig_naming_join(said->columns, named);

    if (mig_store_constraint(table, key->name) != NULL)
        return;
    mig_replay_references(replay, table, key, said);
    set_name(replay, table, key, addition, "fkey");
    mig_store_add_constraint(replay->catalog, table, key);
    add_to_children(replay, table, key);
}

/* NOT NULL is a constraint with a name since 18, and is kept with its column. */
static void
set_not_null(MigReplay *replay, MigTable *table, MigTableColumn *column, const MigConstraint *said)
{
    bool not_valid = said != NULL && said->not_valid && !replay->creating;

    if (!column->not_null || column->not_null_not_valid)
        column->nullability_set = mig_replay_made(replay);
    column->not_null = true;
    column->not_null_known = true;
    column->not_null_not_valid = not_valid;
    if (!MIG_IS_POSTGRES(replay->catalog) || !mig_replay_since(replay, 180000) ||
        column->not_null_name != NULL)
        return;
    if (said != NULL && said->name.name != NULL) {
        column->not_null_name = mig_arena_strdup(table->arena, said->name.name);
        return;
    }

    g_autofree char *name = mig_naming_postgres(replay->catalog, table->schema, table->name,
                                                column->name, "not_null", true);

    column->not_null_name = mig_arena_strdup(table->arena, name);
}

static void
add_not_null(MigReplay *replay, MigTable *table, const MigConstraint *said, bool only)
{
    g_autoptr(GPtrArray) family = mig_replay_family(table, only || said->no_inherit);

    for (guint i = 0; said->n_columns > 0 && i < family->len; i++) {
        MigTableColumn *column = mig_store_column(family->pdata[i], said->columns[0]);

        mig_store_touch(replay->catalog, family->pdata[i], replay->now);
        if (column != NULL)
            set_not_null(replay, family->pdata[i], column, said);
    }
}

/* The index that UNIQUE and PRIMARY KEY USING INDEX take over; its name becomes the constraint's. */
static MigTableIndex *
take_index(MigReplay *replay, MigTable *table, MigTableConstraint *key, const MigConstraint *said)
{
    MigTableIndex *index = mig_store_index(table, said->using_index);

    if (index == NULL)
        return NULL;
    if (key->name == NULL)
        key->name = index->name;
    else if (strcmp(key->name, index->name) != 0)
        mig_store_rename_index(replay->catalog, table, index, key->name);
    index->unique = true;
    key->columns = mig_arena_new0(table->arena, const char *, index->n_parts);
    key->n_columns = 0;
    for (size_t i = 0; i < index->n_parts; i++) {
        if (index->parts[i].column != NULL)
            key->columns[key->n_columns++] = index->parts[i].column;
    }
    return index;
}

static MigTableIndex *
make_index(MigReplay *replay, MigTable *table, MigTableConstraint *key, const MigConstraint *said)
{
    /* A column's own UNIQUE or PRIMARY KEY says nothing of it but that. */
    MigKeyPart of_column = {.column = said->n_columns > 0 ? said->columns[0] : NULL};
    MigConstraint whole = *said;

    if (said->n_parts == 0 && said->n_columns == 1) {
        whole.parts = &of_column;
        whole.n_parts = 1;
        said = &whole;
    }

    static const char *const labels[] = {[MIG_CONSTRAINT_PRIMARY_KEY] = "pkey",
                                         [MIG_CONSTRAINT_UNIQUE] = "key",
                                         [MIG_CONSTRAINT_EXCLUDE] = "excl"};
    bool primary = key->kind == MIG_CONSTRAINT_PRIMARY_KEY;
    g_autofree char *addition =
        primary ? NULL
                : mig_naming_join_parts(said->parts, said->n_parts, said->include, said->n_include);

    set_name(replay, table, key, addition, labels[key->kind]);

    MigTableIndex *index =
        mig_replay_new_index(replay, table, key->name, said->parts, said->n_parts);

    index->name_made = key->name_made;
    index->name_known = key->name_known;
    index->include = mig_copy_strings(table->arena, said->include, said->n_include);
    index->n_include = said->n_include;
    index->where =
        key->kind == MIG_CONSTRAINT_EXCLUDE ? mig_copy_expr(table->arena, said->expr) : NULL;
    if (key->kind == MIG_CONSTRAINT_EXCLUDE) {
        key->expr = NULL;
        index->unique = false;
    }
    index->nulls_not_distinct = said->nulls_not_distinct;
    if (said->method != NULL)
        index->method = mig_arena_strdup(table->arena, said->method);
    mig_store_add_index(replay->catalog, table, index);
    return index;
}

static void
add_key(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    bool primary = said->kind == MIG_CONSTRAINT_PRIMARY_KEY;

    if (primary && mig_table_primary_key(table) != NULL)
        return;

    MigTableConstraint *key = mig_replay_new_constraint(replay, table, said);
    bool takes = said->using_index != NULL;

    if (key->name != NULL && !takes &&
        mig_store_name_taken(replay->catalog, table->schema, key->name))
        return;

    MigTableIndex *index =
        takes ? take_index(replay, table, key, said) : make_index(replay, table, key, said);

    if (key->name == NULL)
        set_name(replay, table, key, NULL, primary ? "pkey" : "key");
    if (index != NULL) {
        index->unique = index->unique || key->kind != MIG_CONSTRAINT_EXCLUDE;
        index->primary = primary;
        index->constraint = key->name;
        key->index = index->name;
    }
    mig_store_add_constraint(replay->catalog, table, key);
    for (size_t i = 0; primary && i < key->n_columns; i++) {
        g_autoptr(GPtrArray) family = mig_replay_family(table, false);

        for (guint t = 0; t < family->len; t++) {
            MigTableColumn *column = mig_store_column(family->pdata[t], key->columns[i]);

            if (column != NULL)
                set_not_null(replay, family->pdata[t], column, NULL);
        }
    }
    if (index != NULL)
        mig_replay_index_partitions(replay, table, index);
}

void
mig_replay_constraint(MigReplay *replay, MigTable *table, const MigConstraint *said, bool only)
{
    if (mig_replay_is_full(table))
        return;
    if (MIG_IS_MYSQL(replay->catalog)) {
        mig_replay_mysql_constraint(replay, table, said);
        return;
    }
    if (MIG_IS_SQLITE(replay->catalog)) {
        mig_replay_sqlite_constraint(replay, table, said);
        return;
    }
    switch ((int)said->kind) {
    case MIG_CONSTRAINT_CHECK:
        add_check(replay, table, said, only);
        return;
    case MIG_CONSTRAINT_NOT_NULL:
        add_not_null(replay, table, said, only);
        return;
    case MIG_CONSTRAINT_FOREIGN_KEY:
        add_foreign_key(replay, table, said);
        return;
    default:
        add_key(replay, table, said);
        return;
    }
}

/* PostgreSQL makes checks with the table, then its keys, the primary one first, then foreign keys. */
static int
pass_of(const MigConstraint *constraint)
{
    switch ((int)constraint->kind) {
    case MIG_CONSTRAINT_CHECK:
        return 0;
    case MIG_CONSTRAINT_NOT_NULL:
        return 1;
    case MIG_CONSTRAINT_PRIMARY_KEY:
        return 2;
    case MIG_CONSTRAINT_FOREIGN_KEY:
        return 4;
    default:
        return 3;
    }
}

/* Two keys over the same columns are one. */
static bool
is_same_key(const MigConstraint *a, const MigConstraint *b)
{
    if (pass_of(a) < 2 || pass_of(a) > 3 || pass_of(b) < 2 || pass_of(b) > 3 ||
        a->kind == MIG_CONSTRAINT_EXCLUDE || b->kind == MIG_CONSTRAINT_EXCLUDE ||
        a->n_columns != b->n_columns || a->n_include != b->n_include ||
        a->deferrable != b->deferrable || a->initially_deferred != b->initially_deferred ||
        a->nulls_not_distinct != b->nulls_not_distinct || a->using_index != NULL ||
        b->using_index != NULL)
        return false;
    for (size_t i = 0; i < a->n_columns; i++) {
        if (strcmp(a->columns[i], b->columns[i]) != 0)
            return false;
    }
    for (size_t i = 0; i < a->n_include; i++) {
        if (strcmp(a->include[i], b->include[i]) != 0)
            return false;
    }
    return true;
}

static void
drop_same_keys(GPtrArray *all)
{
    for (guint i = 0; i < all->len; i++) {
        const MigConstraint *kept = all->pdata[i];

        for (guint k = i + 1; k < all->len;) {
            const MigConstraint *other = all->pdata[k];

            /* The primary one is kept, whichever comes first; a second one says nothing new. */
            if (!is_same_key(kept, other)) {
                k++;
            } else if (other->kind == MIG_CONSTRAINT_PRIMARY_KEY &&
                       kept->kind != MIG_CONSTRAINT_PRIMARY_KEY) {
                all->pdata[i] = all->pdata[k];
                kept = all->pdata[i];
                g_ptr_array_remove_index(all, k);
            } else {
                g_ptr_array_remove_index(all, k);
            }
        }
    }
}

/* SQLite makes the key of a table without rowids last, if an INTEGER is all of it. */
static bool
is_late(const MigTable *table, const MigConstraint *said)
{
    if (!table->without_rowid || said->kind != MIG_CONSTRAINT_PRIMARY_KEY || said->n_columns != 1)
        return false;

    const MigTableColumn *column = mig_store_column(table, said->columns[0]);

    return column != NULL && column->type.name != NULL &&
           g_ascii_strcasecmp(column->type.name, "integer") == 0;
}

/* As the others make them: columns' own before the table's. */
static void
in_text_order(MigReplay *replay, MigTable *table, const MigColumn *columns, size_t n_columns,
              const MigConstraint *constraints, size_t n_constraints)
{
    const MigConstraint *late = NULL;

    for (size_t i = 0; i < n_columns; i++) {
        replay->column = columns[i].name;
        for (size_t c = 0; c < columns[i].n_constraints; c++) {
            if (is_late(table, &columns[i].constraints[c]))
                late = &columns[i].constraints[c];
            else
                mig_replay_constraint(replay, table, &columns[i].constraints[c], false);
        }
    }
    replay->column = NULL;
    for (size_t i = 0; i < n_constraints; i++) {
        if (is_late(table, &constraints[i]))
            late = &constraints[i];
        else
            mig_replay_constraint(replay, table, &constraints[i], false);
    }
    if (late != NULL)
        mig_replay_constraint(replay, table, late, false);
}

void
mig_replay_constraints(MigReplay *replay, MigTable *table, const MigColumn *columns,
                       size_t n_columns, const MigConstraint *constraints, size_t n_constraints)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();

    if (!MIG_IS_POSTGRES(replay->catalog)) {
        in_text_order(replay, table, columns, n_columns, constraints, n_constraints);
        return;
    }
    for (size_t i = 0; i < n_columns; i++) {
        for (size_t c = 0; c < columns[i].n_constraints; c++)
            g_ptr_array_add(all, &columns[i].constraints[c]);
    }
    for (size_t i = 0; i < n_constraints; i++)
        g_ptr_array_add(all, (gpointer)&constraints[i]);
    if (all->len > MOST_SAID) {
        g_ptr_array_set_size(all, MOST_SAID);
        table->columns_known = false;
    }
    drop_same_keys(all);
    for (int pass = 0; pass <= 4; pass++) {
        for (guint i = 0; i < all->len; i++) {
            if (pass_of(all->pdata[i]) == pass)
                mig_replay_constraint(replay, table, all->pdata[i], false);
        }
        for (size_t i = 0; pass == 1 && i < n_columns; i++) {
            MigTableColumn *column = mig_store_column(table, columns[i].name);

            if (column != NULL && column->not_null)
                set_not_null(replay, table, column, NULL);
        }
    }
}

void
mig_replay_add_constraint(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table != NULL && change->constraint != NULL)
        mig_replay_constraint(replay, table, change->constraint, change->only);
}

/* SPDX-License-Identifier: MIT */
/* Keys and checks by the rules of SQLite. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/replay.h"

/* Whether the key is the rowid under another name. Manual: SQLite, "Rowid Tables". */
static bool
is_rowid(const MigTable *table, const MigConstraint *said)
{
    if (table->without_rowid || said->n_columns != 1 || (said->of_column && said->descending))
        return false;

    const MigTableColumn *column = mig_store_column(table, said->columns[0]);

    return column != NULL && column->type.name != NULL && column->type.n_modifiers == 0 &&
           g_ascii_strcasecmp(column->type.name, "integer") == 0;
}

/* Two unique constraints over the same columns share an index. */
static MigTableIndex *
find_shared(const MigTable *table, const MigConstraint *said)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        MigTableIndex *index = table->indexes->pdata[i];
        bool same = index->constraint != NULL && index->n_parts == said->n_parts;

        for (size_t p = 0; same && p < said->n_parts; p++)
            same = said->parts[p].column != NULL && index->parts[p].column != NULL &&
                   g_ascii_strcasecmp(said->parts[p].column, index->parts[p].column) == 0 &&
                   g_strcmp0(said->parts[p].collation, index->parts[p].collation) == 0;
        if (same)
            return index;
    }
    return NULL;
}

static void
add_index(MigReplay *replay, MigTable *table, MigTableConstraint *key, const MigConstraint *said)
{
    MigTableIndex *shared = find_shared(table, said);

    if (shared != NULL) {
        shared->primary = shared->primary || key->kind == MIG_CONSTRAINT_PRIMARY_KEY;
        key->index = shared->name;
        return;
    }

    g_autofree char *name = mig_naming_sqlite_index(table);
    MigTableIndex *index = mig_replay_new_index(replay, table, name, said->parts, said->n_parts);

    index->name_made = true;
    index->unique = true;
    index->primary = key->kind == MIG_CONSTRAINT_PRIMARY_KEY;
    index->constraint = key->name;
    key->index = index->name;
    mig_store_add_index(replay->catalog, table, index);
}

static void
require_key_columns(MigReplay *replay, MigTable *table, const MigTableConstraint *key, bool rowid)
{
    for (size_t i = 0; i < key->n_columns; i++) {
        MigTableColumn *column = mig_store_column(table, key->columns[i]);

        if (column == NULL)
            continue;
        /* Otherwise a primary key admits NULL, for the sake of old databases. Manual: SQLite, "CREATE
         * TABLE", The PRIMARY KEY. */
        column->not_null = column->not_null || rowid || table->without_rowid || table->strict;
        column->nullability_set = mig_replay_made(replay);
    }
}

void
mig_replay_sqlite_constraint(MigReplay *replay, MigTable *table, const MigConstraint *said)
{
    if (said->kind == MIG_CONSTRAINT_NOT_NULL) {
        MigTableColumn *column =
            said->n_columns > 0 ? mig_store_column(table, said->columns[0]) : NULL;

        if (column == NULL)
            return;
        column->not_null = true;
        column->nullability_set = mig_replay_made(replay);
        return;
    }
    if (said->kind == MIG_CONSTRAINT_PRIMARY_KEY && mig_table_primary_key(table) != NULL)
        return;

    MigTableConstraint *constraint = mig_replay_new_constraint(replay, table, said);

    if (constraint->name == NULL)
        constraint->name = "";
    constraint->name_known = true;
    if (said->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        mig_replay_references(replay, table, constraint, said);
    if (said->kind == MIG_CONSTRAINT_PRIMARY_KEY) {
        bool rowid = is_rowid(table, said);

        require_key_columns(replay, table, constraint, rowid);
        if (!rowid)
            add_index(replay, table, constraint, said);
    }
    if (said->kind == MIG_CONSTRAINT_UNIQUE)
        add_index(replay, table, constraint, said);
    mig_store_add_constraint(replay->catalog, table, constraint);
}

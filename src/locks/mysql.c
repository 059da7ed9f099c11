/* SPDX-License-Identifier: MIT */
/* MySQL and MariaDB: what a statement does, to which tables. */
#include "locks/mysql.h"

#include <string.h>

#include "locks/engines.h"

static bool
is_action(MigChangeKind kind)
{
    static const MigChangeKind kinds[] = {
        MIG_CHANGE_ADD_COLUMN,        MIG_CHANGE_DROP_COLUMN,       MIG_CHANGE_MODIFY_COLUMN,
        MIG_CHANGE_RENAME_COLUMN,     MIG_CHANGE_SET_DEFAULT,       MIG_CHANGE_DROP_DEFAULT,
        MIG_CHANGE_CREATE_INDEX,      MIG_CHANGE_DROP_INDEX,        MIG_CHANGE_RENAME_INDEX,
        MIG_CHANGE_INDEX_VISIBILITY,  MIG_CHANGE_COLUMN_VISIBILITY, MIG_CHANGE_ADD_CONSTRAINT,
        MIG_CHANGE_DROP_CONSTRAINT,   MIG_CHANGE_ALTER_CONSTRAINT,  MIG_CHANGE_TABLE_OPTIONS,
        MIG_CHANGE_RENAME_TABLE,      MIG_CHANGE_SET_TABLESPACE,    MIG_CHANGE_SYSTEM_VERSIONING,
        MIG_CHANGE_PARTITIONS,        MIG_CHANGE_PARTITION_BY,      MIG_CHANGE_REMOVE_PARTITIONING,
        MIG_CHANGE_RENAME_CONSTRAINT,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i] == kind)
            return true;
    }
    return false;
}

/* History isn't rewritten for a change of the table, unless the session says so. */
static bool
is_kept_by_history(MigWork *work, const MigTable *table, unsigned asks, const MigChange *change)
{
    const unsigned rows =
        MIG_ASK_COLUMN | MIG_ASK_VIRTUAL | MIG_ASK_REBUILD | MIG_ASK_COPY | MIG_ASK_REBUILD_SHARED;

    if (!table->system_versioned || change->kind == MIG_CHANGE_SYSTEM_VERSIONING ||
        change->kind == MIG_CHANGE_TABLE_OPTIONS || (asks & rows) == 0 ||
        mig_mysql_is_setting(work, "system_versioning_alter_history", "keep"))
        return false;
    mig_work_refuse(work, "4119",
                    "Not allowed for system-versioned `%s`.`%s`. Change "
                    "@@system_versioning_alter_history to proceed with ALTER.",
                    table->schema, table->name);
    return true;
}

static void
alter(MigWork *work, const MigTable *table)
{
    const MigChanges *changes = work->changes;
    unsigned asks = MIG_ASK_NOTHING;
    MigVerdict verdict = {0};

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (change->kind == MIG_CHANGE_DROP_COLUMN)
            mig_work_drops(work, table, change->name.name);
        else if (change->kind == MIG_CHANGE_DROP_INDEX && change->name.name != NULL) {
            /* An index may have the name of a foreign key, which stays. */
            g_autofree char *part = g_strconcat("index ", change->name.name, NULL);
            mig_work_drops(work, table, part);
        } else if (change->kind == MIG_CHANGE_DROP_CONSTRAINT)
            mig_work_drops(work, table,
                           change->constraint_kind == MIG_CONSTRAINT_PRIMARY_KEY
                               ? "PRIMARY"
                               : change->name.name);
    }
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        unsigned asked = MIG_ASK_NOTHING;
        if (!is_action(change->kind) || change->in_body)
            continue;
        asked = mig_mysql_ask(work, table, change);
        if (is_kept_by_history(work, table, asked, change))
            asked = MIG_ASK_NOTHING;
        asks |= asked;
    }
    verdict = mig_mysql_judge(work, table, asks);
    /* A name alone is changed in a moment in which nobody may use the old one. */
    if (changes->n_changes == 1 && changes->changes[0].kind == MIG_CHANGE_RENAME_TABLE &&
        mig_mysql_is_mariadb(work))
        verdict.lock = MIG_LOCK_CLAUSE_EXCLUSIVE;
    mig_mysql_conclude(work, table, verdict);
}

static void
read_relation(const MigName *name, gpointer data)
{
    MigWork *work = data;
    const MigTable *table = mig_work_table(work, name, true);

    if (table == NULL)
        return;
    mig_mysql_mark(work, table, false, false);
    mig_work_scan(work, table);
}

static void
create_table(MigWork *work, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;
    const MigTable *table = NULL;

    if (made == NULL)
        return;
    if (mig_catalog_table(work->catalog, &change->table, &table) == MIG_LOOKUP_FOUND) {
        if (change->or_replace) {
            mig_mysql_mark(work, table, true, true);
        } else if (!change->if_not_exists) {
            mig_work_refuse(work, "1050", "Table '%s' already exists", change->table.name);
            return;
        }
    }
    mig_work_makes(work, &change->table);
    for (size_t i = 0; i < made->n_constraints; i++) {
        const MigName *parent = &made->constraints[i].references;
        table = parent->name != NULL ? mig_work_table(work, parent, true) : NULL;
        if (table != NULL)
            mig_mysql_mark(work, table, false, false);
    }
    if (made->query != NULL)
        mig_query_tables(made->query, read_relation, work);
}

/* Statements that have a table for themselves for a moment, or that write to it. */
static void
use_table(MigWork *work, const MigChange *change, bool exclusive, bool scans)
{
    const MigTable *table = mig_work_table(work, &change->table, change->if_exists);

    if (table == NULL)
        return;
    mig_mysql_mark(work, table, exclusive, exclusive);
    if (scans)
        mig_work_scan(work, table);
}

static void
lock_table(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    bool writes = change->text != NULL && strstr(change->text, "write") != NULL;

    if (change->table.name == NULL)
        return;
    table = mig_work_table(work, &change->table, false);
    if (table != NULL)
        mig_mysql_mark(work, table, writes, true);
}

static void
maintain(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, true);
    MigVerdict verdict = {0};

    if (table == NULL)
        return;
    if (g_strcmp0(change->text, "optimize") != 0) {
        mig_mysql_mark(work, table, false, g_strcmp0(change->text, "repair") == 0);
        mig_work_scan(work, table);
        return;
    }
    verdict = mig_mysql_judge(work, table, MIG_ASK_REBUILD);
    mig_mysql_conclude(work, table, verdict);
}

static void
look_at(MigWork *work, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
        create_table(work, change);
        break;
    case MIG_CHANGE_DROP_TABLE:
    case MIG_CHANGE_TRUNCATE:
    case MIG_CHANGE_RENAME_TABLE:
    case MIG_CHANGE_CREATE_TRIGGER:
    case MIG_CHANGE_DROP_VIEW:
        use_table(work, change, true, false);
        break;
    case MIG_CHANGE_INSERT:
        use_table(work, change, false, false);
        if (change->query != NULL)
            mig_query_tables(change->query, read_relation, work);
        break;
    case MIG_CHANGE_UPDATE:
    case MIG_CHANGE_DELETE:
        use_table(work, change, false, true);
        break;
    case MIG_CHANGE_SELECT:
        if (change->query != NULL)
            mig_query_tables(change->query, read_relation, work);
        break;
    case MIG_CHANGE_ANALYZE:
        use_table(work, change, false, true);
        break;
    case MIG_CHANGE_MAINTAIN:
        maintain(work, change);
        break;
    case MIG_CHANGE_LOCK_TABLE:
        lock_table(work, change);
        break;
    default:
        break;
    }
}

/* The table that all actions of the statement are about; %NULL: it is no ALTER TABLE. */
static const MigName *
altered(const MigChanges *changes, bool *out_if_exists)
{
    size_t renames = 0;

    for (size_t i = 0; i < changes->n_changes; i++)
        renames += changes->changes[i].kind == MIG_CHANGE_RENAME_TABLE;
    /* RENAME TABLE a TO b, c TO d is another statement. */
    if (changes->n_changes == 0 || renames > 1)
        return NULL;
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (is_action(change->kind) && change->table.name != NULL && !change->in_body) {
            *out_if_exists = change->parent_if_exists;
            return &change->table;
        }
    }
    return NULL;
}

void
mig_mysql_impact(MigWork *work)
{
    const MigChanges *changes = work->changes;
    MigImpact *impact = work->impact;
    bool if_exists = false;
    const MigName *name = altered(changes, &if_exists);

    if (changes->needs_version != 0 && work->version < changes->needs_version) {
        mig_work_refuse(work, "1064", "%s needs a newer server",
                        changes->needs_what != NULL ? changes->needs_what : "the statement");
        return;
    }
    if (name != NULL) {
        const MigTable *table = mig_work_table(work, name, if_exists);
        if (table != NULL)
            alter(work, table);
    } else {
        for (size_t i = 0; i < changes->n_changes; i++) {
            work->uncertain = changes->changes[i].nested;
            if (!changes->changes[i].in_body)
                look_at(work, &changes->changes[i]);
        }
    }
    impact->brief = impact->rewrites->len == 0 && impact->scans->len == 0;
}

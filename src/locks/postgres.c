/* SPDX-License-Identifier: MIT */
/* PostgreSQL: which function says what a change does, and what the changes of a statement share. */
#include "locks/engines.h"
#include "locks/postgres.h"

#include <string.h>

static const MigPostgresPart parts[] = {
    [MIG_CHANGE_CREATE_TABLE] = mig_postgres_create_table,
    [MIG_CHANGE_DROP_TABLE] = mig_postgres_drop_table,
    [MIG_CHANGE_RENAME_TABLE] = mig_postgres_rename,
    [MIG_CHANGE_SET_SCHEMA] = mig_postgres_rename,
    [MIG_CHANGE_SET_OWNER] = mig_postgres_set_owner,
    [MIG_CHANGE_TABLE_OPTIONS] = mig_postgres_alter_table,
    [MIG_CHANGE_SET_PERSISTENCE] = mig_postgres_set_persistence,
    [MIG_CHANGE_SET_TABLESPACE] = mig_postgres_set_tablespace,
    [MIG_CHANGE_SET_ACCESS_METHOD] = mig_postgres_set_access_method,
    [MIG_CHANGE_CLUSTER_ON] = mig_postgres_cluster_on,
    [MIG_CHANGE_REPLICA_IDENTITY] = mig_postgres_replica_identity,
    [MIG_CHANGE_INHERIT] = mig_postgres_inherit,
    [MIG_CHANGE_OF_TYPE] = mig_postgres_alter_table,
    [MIG_CHANGE_ROW_SECURITY] = mig_postgres_alter_table,
    [MIG_CHANGE_ENABLE_TRIGGER] = mig_postgres_alter_table,
    [MIG_CHANGE_ADD_COLUMN] = mig_postgres_add_column,
    [MIG_CHANGE_DROP_COLUMN] = mig_postgres_drop_column,
    [MIG_CHANGE_RENAME_COLUMN] = mig_postgres_rename_column,
    [MIG_CHANGE_ALTER_TYPE] = mig_postgres_alter_type,
    [MIG_CHANGE_SET_DEFAULT] = mig_postgres_set_default,
    [MIG_CHANGE_DROP_DEFAULT] = mig_postgres_set_default,
    [MIG_CHANGE_SET_NOT_NULL] = mig_postgres_set_not_null,
    [MIG_CHANGE_DROP_NOT_NULL] = mig_postgres_drop_not_null,
    [MIG_CHANGE_ADD_IDENTITY] = mig_postgres_identity,
    [MIG_CHANGE_SET_IDENTITY] = mig_postgres_identity,
    [MIG_CHANGE_DROP_IDENTITY] = mig_postgres_identity,
    [MIG_CHANGE_SET_EXPRESSION] = mig_postgres_set_expression,
    [MIG_CHANGE_DROP_EXPRESSION] = mig_postgres_drop_expression,
    [MIG_CHANGE_COLUMN_OPTIONS] = mig_postgres_column_options,
    [MIG_CHANGE_ADD_CONSTRAINT] = mig_postgres_add_constraint,
    [MIG_CHANGE_VALIDATE_CONSTRAINT] = mig_postgres_validate,
    [MIG_CHANGE_ALTER_CONSTRAINT] = mig_postgres_alter_constraint,
    [MIG_CHANGE_DROP_CONSTRAINT] = mig_postgres_drop_constraint,
    [MIG_CHANGE_RENAME_CONSTRAINT] = mig_postgres_rename_constraint,
    [MIG_CHANGE_CREATE_INDEX] = mig_postgres_create_index,
    [MIG_CHANGE_DROP_INDEX] = mig_postgres_drop_index,
    [MIG_CHANGE_RENAME_INDEX] = mig_postgres_rename_index,
    [MIG_CHANGE_INDEX_OPTIONS] = mig_postgres_index_options,
    [MIG_CHANGE_ATTACH_INDEX] = mig_postgres_attach_index,
    [MIG_CHANGE_REINDEX] = mig_postgres_reindex,
    [MIG_CHANGE_ATTACH_PARTITION] = mig_postgres_attach,
    [MIG_CHANGE_DETACH_PARTITION] = mig_postgres_detach,
    [MIG_CHANGE_PARTITIONS] = mig_postgres_partitions,
    [MIG_CHANGE_CREATE_VIEW] = mig_postgres_create_view,
    [MIG_CHANGE_DROP_VIEW] = mig_postgres_drop_view,
    [MIG_CHANGE_CREATE_MATERIALIZED_VIEW] = mig_postgres_create_matview,
    [MIG_CHANGE_DROP_MATERIALIZED_VIEW] = mig_postgres_drop_view,
    [MIG_CHANGE_REFRESH_MATERIALIZED_VIEW] = mig_postgres_refresh,
    [MIG_CHANGE_CREATE_TRIGGER] = mig_postgres_trigger,
    [MIG_CHANGE_DROP_TRIGGER] = mig_postgres_trigger,
    [MIG_CHANGE_CREATE_RULE] = mig_postgres_policy,
    [MIG_CHANGE_DROP_RULE] = mig_postgres_policy,
    [MIG_CHANGE_CREATE_POLICY] = mig_postgres_policy,
    [MIG_CHANGE_ALTER_POLICY] = mig_postgres_policy,
    [MIG_CHANGE_DROP_POLICY] = mig_postgres_policy,
    [MIG_CHANGE_CREATE_ROUTINE] = mig_postgres_create_routine,
    [MIG_CHANGE_DROP_ROUTINE] = mig_postgres_drop_routine,
    [MIG_CHANGE_ALTER_COMPOSITE] = mig_postgres_alter_composite,
    [MIG_CHANGE_ALTER_DOMAIN] = mig_postgres_alter_domain,
    [MIG_CHANGE_CREATE_OBJECT] = mig_postgres_create_object,
    [MIG_CHANGE_ALTER_OBJECT] = mig_postgres_alter_object,
    [MIG_CHANGE_DROP_OBJECT] = mig_postgres_drop_object,
    [MIG_CHANGE_RENAME_OBJECT] = mig_postgres_rename_object,
    [MIG_CHANGE_COMMENT] = mig_postgres_comment,
    [MIG_CHANGE_GRANT] = mig_postgres_grant,
    [MIG_CHANGE_REVOKE] = mig_postgres_grant,
    [MIG_CHANGE_OWNED] = mig_postgres_owned,
    [MIG_CHANGE_INSERT] = mig_postgres_insert,
    [MIG_CHANGE_UPDATE] = mig_postgres_update,
    [MIG_CHANGE_DELETE] = mig_postgres_delete,
    [MIG_CHANGE_MERGE] = mig_postgres_merge,
    [MIG_CHANGE_TRUNCATE] = mig_postgres_truncate,
    [MIG_CHANGE_COPY] = mig_postgres_copy,
    [MIG_CHANGE_SELECT] = mig_postgres_select,
    [MIG_CHANGE_CALL] = mig_postgres_call,
    [MIG_CHANGE_LOCK_TABLE] = mig_postgres_lock_table,
    [MIG_CHANGE_VACUUM] = mig_postgres_vacuum,
    [MIG_CHANGE_ANALYZE] = mig_postgres_analyze,
    [MIG_CHANGE_CLUSTER] = mig_postgres_cluster,
};

static bool
drops_all(MigChangeKind kind)
{
    return kind == MIG_CHANGE_DROP_TABLE || kind == MIG_CHANGE_TRUNCATE ||
           kind == MIG_CHANGE_DROP_VIEW || kind == MIG_CHANGE_DROP_MATERIALIZED_VIEW;
}

/* What the statement drops goes before anything else, whatever the order in the text. Manual:
 * PostgreSQL 18, "ALTER TABLE", Notes. */
static void
note_drops(MigWork *work, const MigChanges *changes)
{
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        const MigTable *table = NULL;

        if (change->in_body ||
            (!drops_all(change->kind) && change->kind != MIG_CHANGE_DROP_COLUMN &&
             change->kind != MIG_CHANGE_DROP_CONSTRAINT) ||
            mig_catalog_table(work->catalog, &change->table, &table) != MIG_LOOKUP_FOUND)
            continue;
        mig_work_drops(work, table, drops_all(change->kind) ? "*" : change->name.name);
    }
}

void
mig_postgres_changes(MigWork *work, const MigChanges *changes)
{
    MigLockMode alter = work->alter;
    bool uncertain = work->uncertain;
    guint scans = 0;

    work->changes = changes;
    work->alter = MIG_LOCK_MODE_NONE;
    note_drops(work, changes);
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (!change->nested && !change->in_body && changes->n_changes > 1)
            work->alter = MAX(work->alter, mig_postgres_own_level(work, change));
    }
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (change->in_body || (size_t)change->kind >= G_N_ELEMENTS(parts) ||
            parts[change->kind] == NULL)
            continue;
        work->uncertain = uncertain || change->nested;
        scans = work->impact->scans->len;
        parts[change->kind](work, change);
        /* EXPLAIN takes the locks of what it explains, and reads nothing. */
        if (g_strcmp0(change->text, "explain") == 0)
            g_array_set_size(work->impact->scans, scans);
    }
    work->uncertain = uncertain;
    work->alter = alter;
}

/* What the parser knows of the version, before anything is looked up. */
static bool
is_refused_syntax(MigWork *work)
{
    const MigChanges *changes = work->changes;

    if (changes->needs_version == 0 || work->version >= changes->needs_version)
        return false;
    mig_work_refuse(work, "42601", "%s needs PostgreSQL %d",
                    changes->needs_what != NULL ? changes->needs_what : "the statement",
                    changes->needs_version / 10000);
    return true;
}

void
mig_postgres_impact(MigWork *work)
{
    MigImpact *impact = work->impact;

    if (!is_refused_syntax(work))
        mig_postgres_changes(work, work->changes);
    /* A refused statement holds its locks for a moment, and does nothing else. */
    if (impact->refused != NULL) {
        g_array_set_size(impact->rewrites, 0);
        g_array_set_size(impact->scans, 0);
        g_array_set_size(impact->rebuilds, 0);
        impact->waits_for_others = false;
    }
    mig_postgres_waits(work);
    impact->brief =
        impact->rewrites->len == 0 && impact->scans->len == 0 && impact->rebuilds->len == 0;
}

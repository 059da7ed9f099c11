/* SPDX-License-Identifier: MIT */
/* PostgreSQL's part, by subject: each function adds what one change does. */
#pragma once

#include "locks/work.h"

#define AS MIG_LOCK_MODE_ACCESS_SHARE
#define RS MIG_LOCK_MODE_ROW_SHARE
#define RX MIG_LOCK_MODE_ROW_EXCLUSIVE
#define SUX MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE
#define S MIG_LOCK_MODE_SHARE
#define SRX MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE
#define X MIG_LOCK_MODE_EXCLUSIVE
#define AX MIG_LOCK_MODE_ACCESS_EXCLUSIVE

typedef void (*MigPostgresPart)(MigWork *work, const MigChange *change);

/* postgres.c */
void mig_postgres_changes(MigWork *work, const MigChanges *changes);

/* postgres_level.c */
/** What an action of ALTER TABLE would lock its table with alone; NONE: it is no such action. */
MigLockMode mig_postgres_own_level(const MigWork *work, const MigChange *change);
/** The same with the statement's other actions. */
MigLockMode mig_postgres_level(const MigWork *work, const MigChange *change);
/** The action's table, locked; %NULL: nothing to do. */
const MigTable *mig_postgres_target(MigWork *work, const MigChange *change);
/** (owned) MigTable, borrowed: the same with its children unless ONLY is said; %NULL. */
GPtrArray *mig_postgres_targets(MigWork *work, const MigChange *change);
void mig_postgres_lock_all(MigWork *work, const GPtrArray *tables, MigLockMode mode);
/** Writes rows and indexes anew. */
void mig_postgres_rewrite(MigWork *work, const MigTable *table);
bool mig_postgres_is_key_column(const MigTable *table, const char *column);

/* postgres_column.c */
void mig_postgres_add_column(MigWork *work, const MigChange *change);
void mig_postgres_set_default(MigWork *work, const MigChange *change);
void mig_postgres_set_not_null(MigWork *work, const MigChange *change);
void mig_postgres_drop_not_null(MigWork *work, const MigChange *change);
void mig_postgres_identity(MigWork *work, const MigChange *change);
void mig_postgres_set_expression(MigWork *work, const MigChange *change);
void mig_postgres_drop_expression(MigWork *work, const MigChange *change);
void mig_postgres_column_options(MigWork *work, const MigChange *change);
void mig_postgres_rename_column(MigWork *work, const MigChange *change);
/** Scans for NULLs unless the table proves that there are none. */
void mig_postgres_require_not_null(MigWork *work, const MigTable *table, const char *column);

/* postgres_retype.c */
void mig_postgres_alter_type(MigWork *work, const MigChange *change);

/* postgres_constraint.c */
void mig_postgres_add_constraint(MigWork *work, const MigChange *change);
void mig_postgres_validate(MigWork *work, const MigChange *change);
void mig_postgres_alter_constraint(MigWork *work, const MigChange *change);
void mig_postgres_rename_constraint(MigWork *work, const MigChange *change);

/* postgres_key.c */
/**
 * mig_postgres_add_key:
 * @child: (nullable) the referencing table; %NULL: it is being made
 * @validate: rows that are there are looked at
 */
void
mig_postgres_add_key(MigWork *work, const MigTable *child, const MigConstraint *key, bool validate);
void mig_postgres_check_key(MigWork *work, const MigTable *child, const MigTable *parent);
/** (borrowed) the table that a foreign key references; %NULL: there is none to lock. */
const MigTable *mig_postgres_parent(MigWork *work, const MigTableConstraint *key);

/* postgres_drop.c */
void mig_postgres_drop_table(MigWork *work, const MigChange *change);
void mig_postgres_drop_view(MigWork *work, const MigChange *change);
void mig_postgres_drop_column(MigWork *work, const MigChange *change);
void mig_postgres_drop_constraint(MigWork *work, const MigChange *change);
void mig_postgres_drop_schema(MigWork *work, const char *schema, bool cascade);
/** Everything of it, and with @cascade all that hangs on it. */
void mig_postgres_drop_relation(MigWork *work, const MigTable *table, bool cascade);
/** A column that goes because something else does. */
void
mig_postgres_drop_column_of(MigWork *work, const MigTable *table, const char *column, bool cascade);

/* postgres_index.c */
void mig_postgres_create_index(MigWork *work, const MigChange *change);
void mig_postgres_drop_index(MigWork *work, const MigChange *change);
void mig_postgres_rename_index(MigWork *work, const MigChange *change);
void mig_postgres_index_options(MigWork *work, const MigChange *change);
void mig_postgres_attach_index(MigWork *work, const MigChange *change);
void mig_postgres_reindex(MigWork *work, const MigChange *change);
void mig_postgres_cluster_on(MigWork *work, const MigChange *change);
/** (borrowed) an index of the table that can stand in for @like; %NULL. */
const MigTableIndex *mig_postgres_matching_index(const MigTable *table, const MigKeyPart *parts,
                                                 size_t n_parts, bool unique, const char *method);
/** (borrowed) the table that has the index, @out_index set; %NULL. */
const MigTable *mig_postgres_index_of(MigWork *work, const MigName *name, bool if_exists,
                                      const MigTableIndex **out_index);

/* postgres_table.c */
void mig_postgres_create_table(MigWork *work, const MigChange *change);
void mig_postgres_alter_table(MigWork *work, const MigChange *change);
void mig_postgres_set_persistence(MigWork *work, const MigChange *change);
void mig_postgres_set_tablespace(MigWork *work, const MigChange *change);
void mig_postgres_set_access_method(MigWork *work, const MigChange *change);
void mig_postgres_replica_identity(MigWork *work, const MigChange *change);
void mig_postgres_rename(MigWork *work, const MigChange *change);
void mig_postgres_set_owner(MigWork *work, const MigChange *change);

/* postgres_maintain.c */
void mig_postgres_vacuum(MigWork *work, const MigChange *change);
void mig_postgres_analyze(MigWork *work, const MigChange *change);
void mig_postgres_cluster(MigWork *work, const MigChange *change);
void mig_postgres_truncate(MigWork *work, const MigChange *change);
void mig_postgres_lock_table(MigWork *work, const MigChange *change);

/* postgres_partition.c */
void mig_postgres_attach(MigWork *work, const MigChange *change);
void mig_postgres_detach(MigWork *work, const MigChange *change);
void mig_postgres_partitions(MigWork *work, const MigChange *change);
void mig_postgres_inherit(MigWork *work, const MigChange *change);
/** CREATE TABLE ... PARTITION OF */
void mig_postgres_new_partition(MigWork *work, const MigTable *parent, const MigBound *bound);

/* postgres_bound.c */
/** Whether the table's validated constraints leave it no row outside of the bound. */
bool
mig_postgres_proves_inside(const MigTable *table, const MigTable *parent, const MigBound *bound);
/** Whether they leave it no row inside of the bound. */
bool
mig_postgres_proves_outside(const MigTable *table, const MigTable *parent, const MigBound *bound);
/** Whether the bound has a row with this key; true if that isn't certain. */
bool mig_postgres_bound_takes(const MigBound *bound, const MigExpr *value);

/* postgres_object.c */
void mig_postgres_create_view(MigWork *work, const MigChange *change);
void mig_postgres_create_matview(MigWork *work, const MigChange *change);
void mig_postgres_refresh(MigWork *work, const MigChange *change);
void mig_postgres_trigger(MigWork *work, const MigChange *change);
void mig_postgres_policy(MigWork *work, const MigChange *change);
void mig_postgres_create_routine(MigWork *work, const MigChange *change);
void mig_postgres_drop_routine(MigWork *work, const MigChange *change);
void mig_postgres_comment(MigWork *work, const MigChange *change);
void mig_postgres_grant(MigWork *work, const MigChange *change);
void mig_postgres_owned(MigWork *work, const MigChange *change);

/* postgres_other.c */
void mig_postgres_create_object(MigWork *work, const MigChange *change);
void mig_postgres_alter_object(MigWork *work, const MigChange *change);
void mig_postgres_drop_object(MigWork *work, const MigChange *change);
void mig_postgres_lock_sequence(MigWork *work, const MigName *name, MigLockMode mode);
void mig_postgres_rename_object(MigWork *work, const MigChange *change);
void mig_postgres_alter_domain(MigWork *work, const MigChange *change);
void mig_postgres_alter_composite(MigWork *work, const MigChange *change);

/* postgres_query.c */
/** What a query reads, when it runs. */
void mig_postgres_query(MigWork *work, const MigQuery *query, bool run);
/** What a definition names: locked, but nothing is read. */
void mig_postgres_define(MigWork *work, const MigQuery *query);
void mig_postgres_define_expr(MigWork *work, const MigExpr *expr);
void mig_postgres_read_table(MigWork *work, const MigTable *table, MigLockMode mode);
bool mig_postgres_uses_index(const MigTable *table, const char *alias, const MigExpr *where);

/** What INSERT, UPDATE, DELETE and MERGE read beside the table that they write to. */
void mig_postgres_read_around(MigWork *work, const MigChange *change);

/* postgres_cascade.c */
/** Rows that are written are looked for in the tables that they reference. */
void mig_postgres_look_up_parents(MigWork *work, const MigTable *table, const MigChange *change);
/** Rows that reference what is deleted, or gets another key, are looked for. @change: (nullable)
 * %NULL: rows are deleted */
void mig_postgres_leave_children(MigWork *work, const MigTable *table, const MigChange *change,
                                 unsigned depth);

/* postgres_data.c */
void mig_postgres_insert(MigWork *work, const MigChange *change);
void mig_postgres_update(MigWork *work, const MigChange *change);
void mig_postgres_delete(MigWork *work, const MigChange *change);
void mig_postgres_merge(MigWork *work, const MigChange *change);
void mig_postgres_copy(MigWork *work, const MigChange *change);
void mig_postgres_select(MigWork *work, const MigChange *change);
void mig_postgres_call(MigWork *work, const MigChange *change);

/* postgres_wait.c */
/** Which statements wait for the locks taken: once all changes have been looked at. */
void mig_postgres_waits(MigWork *work);

/* SPDX-License-Identifier: MIT */
/* A statement's changes applied to a catalog, by subject. */
#pragma once

#include "schema/store.h"

typedef struct {
    MigCatalog *catalog;
    const MigChanges *changes;
    MigMoment now;
    bool nested;            /* the change may not be done at all */
    bool creating;          /* within a CREATE TABLE: nothing needs to be validated */
    const char *column;     /* whose constraints are being made; %NULL: the table's */
    bool foreign_keys_last; /* MySQL: those of columns wait for the keys that may serve them */
} MigReplay;

#define MIG_IS_MYSQL(catalog) (((catalog)->engine & MIG_ENGINE_MYSQL_FAMILY) != 0)
#define MIG_IS_POSTGRES(catalog) ((catalog)->engine == MIG_ENGINE_POSTGRES)
#define MIG_IS_SQLITE(catalog) ((catalog)->engine == MIG_ENGINE_SQLITE)

/* When what this change makes came into being: before all, if it isn't certain that it is made. */
MigMoment mig_replay_made(const MigReplay *replay);
/* Whether the server has at least this version; a server whose version isn't known is the newest. */
bool mig_replay_since(const MigReplay *replay, int version);
/* The relation that a change is about. One that may be there, though nobody made it, is assumed. */
MigTable *mig_replay_table(MigReplay *replay, const MigName *name);
/* The table, and all that inherit from it unless @only. (container) */
GPtrArray *mig_replay_family(MigTable *table, bool only);
/* The type as the table's arena keeps it: with the schema, if it is a user's. */
MigType mig_replay_type(const MigReplay *replay, MigArena *arena, const MigType *type);

/* Tables. */
void mig_replay_create_table(MigReplay *replay, const MigChange *change);
void mig_replay_create_table_as(MigReplay *replay, const MigName *name, const MigQuery *query,
                                const MigChange *change);
void mig_replay_drop_table(MigReplay *replay, const MigChange *change);
void mig_replay_rename_table(MigReplay *replay, const MigChange *change);
void mig_replay_set_schema(MigReplay *replay, const MigChange *change);
void mig_replay_table_options(MigReplay *replay, const MigChange *change);
void mig_replay_table_setting(MigReplay *replay, const MigChange *change);
void mig_replay_like(MigReplay *replay, MigTable *table, const MigCreateTable *create, size_t i);
void mig_replay_like_indexes(MigReplay *replay, MigTable *table, const MigCreateTable *create);
void mig_replay_inherit(MigReplay *replay, const MigChange *change);
/* A parent's columns and constraints become its child's. @partition: all of them are only that */
void mig_replay_take_over(MigReplay *replay, MigTable *parent, MigTable *child, bool partition);

/* Columns. */
/* Whether the table has so much that more of it isn't looked at: then it isn't all known. It keeps what
 * hostile text may cost in bounds. */
bool mig_replay_is_full(MigTable *table);
MigTableColumn *
mig_replay_build_column(MigReplay *replay, MigTable *table, const MigColumn *column);
/* Whether MySQL's type is text, of a character set. */
bool mig_replay_has_charset(const char *type);
void mig_replay_column_sequence(MigReplay *replay, MigTable *table, MigTableColumn *column,
                                const MigColumn *said);
void mig_replay_add_column(MigReplay *replay, const MigChange *change);
void mig_replay_drop_column(MigReplay *replay, const MigChange *change);
void mig_replay_remove_column(MigReplay *replay, MigTable *table, MigTableColumn *column);
void mig_replay_rename_column(MigReplay *replay, const MigChange *change);
void mig_replay_change_column(MigReplay *replay, const MigChange *change);
void mig_replay_modify_column(MigReplay *replay, MigTable *table, MigTableColumn *column,
                              const MigChange *change);
void mig_replay_follow_column(MigReplay *replay, MigTable *table, const char *from, const char *to);
void mig_replay_place_column(MigTable *table, MigTableColumn *column, const MigChange *change);

/* Constraints. */
void mig_replay_constraint(MigReplay *replay, MigTable *table, const MigConstraint *constraint,
                           bool only);
/* Those of a table or of added columns, in the engine's order. */
void
mig_replay_constraints(MigReplay *replay, MigTable *table, const MigColumn *columns,
                       size_t n_columns, const MigConstraint *constraints, size_t n_constraints);
void mig_replay_add_constraint(MigReplay *replay, const MigChange *change);
void mig_replay_alter_constraint(MigReplay *replay, const MigChange *change);
void mig_replay_drop_constraint(MigReplay *replay, const MigChange *change);
void mig_replay_rename_constraint(MigReplay *replay, const MigChange *change);
/* Foreign keys of others that stand on these columns, which are no longer unique. */
void mig_replay_drop_references(MigReplay *replay, MigTable *table, const char *const *columns,
                                size_t n_columns);
/* With its index, and the inherited ones of children. */
void
mig_replay_remove_constraint(MigReplay *replay, MigTable *table, MigTableConstraint *constraint);
/* The same, but children keep theirs. */
void mig_replay_remove_own_constraint(MigReplay *replay, MigTable *table,
                                      MigTableConstraint *constraint);
MigTableConstraint *
mig_replay_new_constraint(MigReplay *replay, MigTable *table, const MigConstraint *said);
void mig_replay_mysql_constraint(MigReplay *replay, MigTable *table, const MigConstraint *said);
/* All keys of a new table; those of a column that is added or defined anew. */
void mig_replay_mysql_keys(MigReplay *replay, MigTable *table, const MigCreateTable *create);
void mig_replay_mysql_column(MigReplay *replay, MigTable *table, const MigColumn *said);
void mig_replay_sqlite_constraint(MigReplay *replay, MigTable *table, const MigConstraint *said);
/* FOREIGN KEY's parent and its columns. */
void mig_replay_references(MigReplay *replay, MigTable *table, MigTableConstraint *constraint,
                           const MigConstraint *said);
/* Columns that an expression names. (borrowed) by @arena */
const char **
mig_replay_columns_of(MigArena *arena, const MigTable *table, const MigExpr *expr, size_t *out_n);

/* Indexes. */
void mig_replay_create_index(MigReplay *replay, const MigChange *change);
void mig_replay_drop_index(MigReplay *replay, const MigChange *change);
void mig_replay_rename_index(MigReplay *replay, const MigChange *change);
void mig_replay_alter_index(MigReplay *replay, const MigChange *change);
void mig_replay_attach_index(MigReplay *replay, const MigChange *change);
/* Copies of a partitioned table's index for those of its partitions that have none like it. */
void mig_replay_index_partitions(MigReplay *replay, MigTable *table, MigTableIndex *index);
void mig_replay_index_partition(MigReplay *replay, MigTable *parent, MigTableIndex *index,
                                MigTable *child);
void mig_replay_remove_index(MigReplay *replay, MigTable *table, MigTableIndex *index);
MigTableIndex *mig_replay_mysql_index(MigReplay *replay, MigTable *table, const MigIndex *said);
MigTableIndex *mig_replay_new_index(MigReplay *replay, MigTable *table, const char *name,
                                    const MigKeyPart *parts, size_t n_parts);

/* Partitions. */
void mig_replay_attach(MigReplay *replay, const MigChange *change);
void mig_replay_detach(MigReplay *replay, const MigChange *change);
void mig_replay_partitions(MigReplay *replay, const MigChange *change);

void mig_replay_change_partitions(MigReplay *replay, MigTable *table, const MigChange *change);

/* Views. */
void mig_replay_create_view(MigReplay *replay, const MigChange *change);
void mig_replay_drop_view(MigReplay *replay, const MigChange *change);
/* A view's dependencies or a query's result as columns. Returns: whether all columns are known */
bool mig_replay_query_columns(MigReplay *replay, MigTable *table, const MigQuery *query,
                              const char *const *names, size_t n_names);
void mig_replay_dependencies(MigReplay *replay, MigTable *view, const MigQuery *query);
/* Views that would stand on nothing go as well. */
void mig_replay_drop_views_of(MigReplay *replay, MigTable *table, const char *column);

/* Types and other objects. */
void mig_replay_type_change(MigReplay *replay, const MigChange *change);
/* SET SCHEMA of what is no relation. */
void mig_replay_move_object(MigReplay *replay, const MigChange *change);
void mig_replay_object(MigReplay *replay, const MigChange *change);
void mig_replay_drop_type(MigReplay *replay, MigUserType *type);
void mig_replay_program(MigReplay *replay, const MigChange *change);
void mig_replay_session(MigReplay *replay, const MigChange *change);
void mig_replay_data(MigReplay *replay, const MigChange *change);

/* Renaming within expressions: those that an arena of ours has, so that they may be changed. */
void mig_rename_in_expr(MigArena *arena, MigEngine engine, const MigExpr *expr, const char *from,
                        const char *to);

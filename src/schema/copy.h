/* SPDX-License-Identifier: MIT */
/* Deep copies into an arena: a catalog keeps nothing of the statements that it has seen. */
#pragma once

#include "schema/catalog.h"
#include "sql/arena.h"

/* Each gives %NULL of %NULL. What is nested too deep to be copied becomes a MIG_EXPR_OTHER. */
MigExpr *mig_copy_expr(MigArena *arena, const MigExpr *expr);
MigQuery *mig_copy_query(MigArena *arena, const MigQuery *query);
MigBound *mig_copy_bound(MigArena *arena, const MigBound *bound);
MigPartitionBy *mig_copy_partition_by(MigArena *arena, const MigPartitionBy *by);
MigRoutine *mig_copy_routine(MigArena *arena, const MigRoutine *routine);
MigType mig_copy_type(MigArena *arena, const MigType *type);
const char **mig_copy_strings(MigArena *arena, const char *const *strings, size_t n);
MigKeyPart *mig_copy_key_parts(MigArena *arena, const MigKeyPart *parts, size_t n);

MigTableColumn *mig_copy_column(MigArena *arena, const MigTableColumn *column);
MigTableConstraint *mig_copy_constraint(MigArena *arena, const MigTableConstraint *constraint);
MigTableIndex *mig_copy_index(MigArena *arena, const MigTableIndex *index);

/* A table's whole content into the arena of @to, which is empty but for its kind and links. */
void mig_copy_table(MigTable *to, const MigTable *from);
MigUserType *mig_copy_user_type(const MigUserType *type);
MigSequence *mig_copy_sequence(const MigSequence *sequence);
MigUserRoutine *mig_copy_user_routine(const MigUserRoutine *routine);

/* (owned) an array whose members are an arena's. */
GPtrArray *mig_copy_dependencies(MigArena *arena, const GPtrArray *dependencies);

/* SPDX-License-Identifier: MIT */
/* A column's new type beside the one that it has. */
#pragma once

#include "lint/context.h"

/** (borrowed) the type that the action gives its column; %NULL: it gives none. */
const MigType *mig_lint_new_type(const MigChange *change);
/** (borrowed) the type that the column has; %NULL: it isn't known. */
const MigType *mig_lint_old_type(const MigLintContext *ctx, const MigChange *change);
bool mig_lint_same_type(const MigType *a, const MigType *b);
/** (borrowed) "varchar(20)", as far as it is known: for messages. */
const char *mig_lint_type_name(MigLintContext *ctx, const MigType *type);
/** Whether both are PostgreSQL's timestamps, one with and the other without time zone. */
bool mig_lint_changes_zone(const MigType *from, const MigType *to);
/** Whether USING is nothing but the column, perhaps cast to the new type. */
bool mig_lint_is_plain_using(const MigExpr *using_expr, const char *column);

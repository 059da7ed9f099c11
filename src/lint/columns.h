/* SPDX-License-Identifier: MIT */
/* Definitions of columns in a change, and plain names of their types. */
#pragma once

#include "lint/context.h"

/** (borrowed) the columns that the change defines: of CREATE TABLE, ADD COLUMN, MODIFY and CHANGE.
 * @out_n: 0 where it defines none */
const MigColumn *mig_lint_columns(const MigChange *change, size_t *out_n);

/** Whether its name is one of them; @names: %NULL-terminated, as MigType has them. */
bool mig_lint_type_is(const MigType *type, const char *const *names);
/** MySQL: whether it has a character set. */
bool mig_lint_is_text_type(const MigType *type);
bool mig_lint_is_integer_type(const MigType *type);

/** (borrowed) an option's value; %NULL: it isn't set, or without a value. */
const char *mig_lint_option(const MigOption *options, size_t n, const char *name);

/** Where a finding about one column's definition is: at its definition, in its table. */
MigPlace
mig_lint_column_place(const MigLintContext *ctx, const MigChange *change, const MigColumn *column);

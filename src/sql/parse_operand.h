/* SPDX-License-Identifier: MIT */
/* What the files that parse operands share. */
#pragma once

#include "sql/parse_expression.h"

/* Fails: "expected @what". Returns: a node all the same */
MigExpr *mig_operand_fail(MigParser *p, const char *what);

/* At a number, at a string. @negative: a minus stood before it */
MigExpr *mig_operand_number(MigParser *p, bool negative);
MigExpr *mig_operand_string(MigParser *p);

/* CURRENT_TIMESTAMP and its kin. */
bool mig_operand_is_sqlite_time(const MigParser *p);
MigExpr *mig_operand_time(MigParser *p);

/* At an operator that stands before its operand, which binds at least as tightly as @level. */
MigExpr *mig_operand_prefixed(MigParser *p, MigExprKind kind, const char *text, MigLevel level);

/* Returns: %NULL if it isn't a word that only MySQL and MariaDB have */
MigExpr *mig_operand_mysql(MigParser *p);

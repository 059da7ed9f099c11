/* SPDX-License-Identifier: MIT */
/* The operators of expressions, and how tightly each binds on each engine. */
#pragma once

#include "sql/parse_expression.h"

/* What follows an operator. */
typedef enum {
    MIG_FORM_BINARY,
    MIG_FORM_AND,
    MIG_FORM_OR,
    MIG_FORM_IS,
    MIG_FORM_IN,
    MIG_FORM_BETWEEN,
    MIG_FORM_LIKE,
    MIG_FORM_NULL, /* ISNULL, NOTNULL, NOT NULL */
    MIG_FORM_COLLATE,
    MIG_FORM_MEMBER, /* MEMBER OF (...) */
} MigOperatorForm;

typedef struct {
    const char *word; /* lower case, or a mark */
    MigLevel sqlite;
    MigLevel mysql;
    MigOperatorForm form;
} MigOperator;

MigLevel mig_operator_level(const MigParser *p, const MigOperator *operator);
/* Returns: the operator that stands here, NOT being looked over; %NULL if none does */
const MigOperator *mig_operator_find(const MigParser *p, bool *out_negated);

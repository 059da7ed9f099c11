/* SPDX-License-Identifier: MIT */
/* Why PostgreSQL writes a table anew when a column is added to it. */
#pragma once

#include "lint/context.h"

typedef enum {
    MIG_ADDED_NOTHING, /* it doesn't */
    MIG_ADDED_STORED,  /* a stored generated column */
    MIG_ADDED_NUMBERS, /* serial, identity */
    MIG_ADDED_VOLATILE,
    MIG_ADDED_DOMAIN,
    MIG_ADDED_DEFAULT, /* before 11 any default */
} MigAddedCause;

MigAddedCause mig_lint_added_cause(const MigLintContext *ctx, const MigChange *change);

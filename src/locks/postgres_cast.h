/* SPDX-License-Identifier: MIT */
/* PostgreSQL's assignment casts: which change a value's bytes, and which only its name. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    MIG_CAST_SAME,      /* binary coercible */
    MIG_CAST_DIFFERENT, /* by a function, or by way of text */
    MIG_CAST_NONE,      /* there is none that is used for an assignment */
    MIG_CAST_UNKNOWN,   /* a type of somebody's own */
} MigCast;

/** (static) or @spelling: "int4" for "integer", as pg_type has it. */
const char *mig_postgres_type_name(const char *spelling);

/** @from and @to are pg_type's names, and differ. */
MigCast mig_postgres_cast(const char *from, const char *to);

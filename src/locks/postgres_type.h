/* SPDX-License-Identifier: MIT */
/* What PostgreSQL does with a column's values when its type changes. */
#pragma once

#include "schema/catalog.h"

typedef enum {
    MIG_RETYPE_SAME,    /* nothing but the catalog: indexes are kept as they are */
    MIG_RETYPE_REINDEX, /* values stay, indexes on the column are built anew */
    MIG_RETYPE_REWRITE,
    MIG_RETYPE_NO_CAST, /* refused: there is no assignment cast */
} MigRetype;

/**
 * mig_postgres_retype:
 * @from: (borrowed) the column as it is
 * @to: (borrowed) the new type
 * @conversion: (borrowed) (nullable) USING
 *
 * Manual: PostgreSQL 18, "ALTER TABLE", SET DATA TYPE and Notes; "CREATE CAST", binary-coercible.
 */
MigRetype mig_postgres_retype(const MigTableColumn *from, const MigType *to,
                              const MigExpr *conversion, const MigCatalog *catalog);

/** Whether it is a domain that values can fail: of NOT NULL or CHECK, its own or its base's. */
bool mig_postgres_domain_checks(const MigType *type, const MigCatalog *catalog);

/** Whether a default of type @from is still one after the change. */
bool mig_postgres_assignable(const MigType *from, const MigType *to, const MigCatalog *catalog);

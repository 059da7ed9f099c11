/* SPDX-License-Identifier: MIT */
/* PRIMARY KEY USING INDEX that has to look for NULLs first. */
#include "lint/action.h"
#include "lint/rule.h"

typedef enum {
    NULLS_NONE,
    NULLS_UNKNOWN,
    NULLS_PERHAPS,
} Nulls;

static Nulls
nulls_of(const MigLintContext *ctx, const MigTable *table, const char *name)
{
    const MigTableColumn *column = mig_table_column(table, name);

    if (column == NULL || !column->not_null_known)
        return NULLS_UNKNOWN;
    if (column->not_null && !column->not_null_not_valid)
        return NULLS_NONE;
    if (!mig_lint_is_before(ctx, 120000) && mig_table_proves_not_null(table, name, NULL))
        return NULLS_NONE;
    return NULLS_PERHAPS;
}

static void
report(MigLintContext *ctx, const MigChange *change, Nulls nulls, const char *columns)
{
    const char *table = mig_lint_name(ctx, &change->table);

    if (nulls == NULLS_UNKNOWN)
        mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                           "if %s is nullable, all of %s is read while it is locked", columns,
                           table);
    else
        mig_lint_report(ctx, change,
                        "%s is nullable: all of %s is read for NULLs while reads and writes wait",
                        columns, table);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *key = change->constraint;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Nulls worst = NULLS_NONE;

    if (change->kind != MIG_CHANGE_ADD_CONSTRAINT || key == NULL ||
        key->kind != MIG_CONSTRAINT_PRIMARY_KEY || key->using_index == NULL)
        return;
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableIndex *index = table != NULL ? mig_table_index(table, key->using_index) : NULL;
    if (index == NULL) {
        /* Without the table or the index nothing is known, unless the table is all known: then the
         * statement fails, and another rule says so. */
        if (table == NULL || table->assumed || !table->columns_known)
            report(ctx, change, NULLS_UNKNOWN,
                   mig_lint_format(ctx, "a column of %s", key->using_index));
        return;
    }
    for (size_t i = 0; i < index->n_parts; i++) {
        const char *name = index->parts[i].column;
        Nulls nulls = name != NULL ? nulls_of(ctx, table, name) : NULLS_NONE;
        if (nulls > worst)
            g_ptr_array_set_size(names, 0);
        worst = MAX(worst, nulls);
        if (nulls != NULLS_NONE && nulls == worst)
            g_ptr_array_add(names, (gpointer)(uintptr_t)name);
    }
    if (worst != NULLS_NONE)
        report(ctx, change, worst,
               mig_lint_list(ctx, (const char *const *)names->pdata, names->len));
}

const MigRule mig_rule_primary_key_nullable_columns = {
    .id = "primary-key-nullable-columns",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "PRIMARY KEY USING INDEX over columns that may be NULL",
    .danger = "The step that was to take no time sets NOT NULL, and reads the whole table for it "
              "under AccessExclusiveLock.",
    .steps = {"Make the columns NOT NULL the safe way: see set-not-null-scan.",
              "Then ADD CONSTRAINT ... PRIMARY KEY USING INDEX."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", ADD table_constraint_using_index",
    .check = check,
};

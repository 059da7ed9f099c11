/* SPDX-License-Identifier: MIT */
/* Another type for a column that can hold less. */
#include "lint/action.h"
#include "lint/retype.h"
#include "lint/rule.h"

#include <string.h>

static int
rank_of(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0)
            return (int)i;
    }
    return -1;
}

/* Whether both are of the family, and the new one comes before the old. */
static bool
comes_before(const char *const *names, size_t n, const MigType *from, const MigType *to)
{
    int old = rank_of(names, n, from->name), new = rank_of(names, n, to->name);

    return old >= 0 && new >= 0 && new < old;
}

static bool
is_narrower_family(const MigType *from, const MigType *to)
{
    static const char *const integers[] = {"tinyint", "smallint", "mediumint", "int", "bigint"};
    static const char *const pg_integers[] = {"smallint", "integer", "bigint"};
    static const char *const floats[] = {"real", "double precision"};
    static const char *const my_floats[] = {"float", "double"};
    static const char *const texts[] = {"tinytext", "text", "mediumtext", "longtext"};
    static const char *const blobs[] = {"tinyblob", "blob", "mediumblob", "longblob"};

    return comes_before(integers, G_N_ELEMENTS(integers), from, to) ||
           comes_before(pg_integers, G_N_ELEMENTS(pg_integers), from, to) ||
           comes_before(floats, G_N_ELEMENTS(floats), from, to) ||
           comes_before(my_floats, G_N_ELEMENTS(my_floats), from, to) ||
           comes_before(texts, G_N_ELEMENTS(texts), from, to) ||
           comes_before(blobs, G_N_ELEMENTS(blobs), from, to);
}

static bool
is_one_of(const char *const *names, size_t n, const MigType *type)
{
    return rank_of(names, n, type->name) >= 0;
}

/* Types of text, of which one without a length is the widest. */
static bool
is_shorter(const MigType *from, const MigType *to)
{
    static const char *const types[] = {
        "character varying", "character", "varchar", "char",       "text",
        "varbinary",         "binary",    "bit",     "bit varying"};
    bool texts =
        is_one_of(types, G_N_ELEMENTS(types), from) && is_one_of(types, G_N_ELEMENTS(types), to);

    if (!texts || to->n_modifiers == 0)
        return false;
    return from->n_modifiers == 0 || to->modifiers[0] < from->modifiers[0];
}

/* numeric(p, s): less room before the point, or behind it. */
static bool
is_coarser(const MigType *from, const MigType *to)
{
    static const char *const numerics[] = {"numeric", "decimal"};
    static const char *const times[] = {"timestamp",
                                        "timestamp without time zone",
                                        "timestamp with time zone",
                                        "time",
                                        "time without time zone",
                                        "time with time zone",
                                        "datetime",
                                        "interval"};

    if (is_one_of(numerics, G_N_ELEMENTS(numerics), from) && strcmp(from->name, to->name) == 0) {
        if (to->n_modifiers == 0)
            return false;
        if (from->n_modifiers == 0)
            return true;
        return to->modifiers[1] < from->modifiers[1] ||
               to->modifiers[0] - to->modifiers[1] < from->modifiers[0] - from->modifiers[1];
    }
    return is_one_of(times, G_N_ELEMENTS(times), from) && strcmp(from->name, to->name) == 0 &&
           to->n_modifiers > 0 && (from->n_modifiers == 0 || to->modifiers[0] < from->modifiers[0]);
}

/* (borrowed) a value of an enum or set that the new type hasn't; NULL: it has all. */
static const char *
lost_value(const MigType *from, const MigType *to)
{
    if (to->n_values == 0)
        return NULL;
    for (size_t i = 0; i < from->n_values; i++) {
        bool found = false;
        for (size_t j = 0; j < to->n_values && !found; j++)
            found = g_ascii_strcasecmp(from->values[i], to->values[j]) == 0;
        if (!found)
            return from->values[i];
    }
    return NULL;
}

static bool
is_narrower(const MigLintContext *ctx, const MigType *from, const MigType *to)
{
    /* MySQL's DATETIME without a number has no fractions at all. */
    bool mysql = ctx->engine != MIG_ENGINE_POSTGRES;

    if (from->dimensions != to->dimensions)
        return false;
    if (is_narrower_family(from, to) || is_shorter(from, to))
        return true;
    if (!from->is_unsigned && to->is_unsigned)
        return true;
    return is_coarser(from, to) && !(mysql && from->n_modifiers == 0);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigType *to = mig_lint_new_type(change);
    const MigType *from = mig_lint_old_type(ctx, change);
    const char *table = mig_lint_name(ctx, &change->table);

    if (to == NULL || from == NULL)
        return;
    const char *lost = lost_value(from, to);
    if (lost != NULL) {
        mig_lint_report(ctx, change,
                        "the new type of %s hasn't '%s' any more, which rows of %s may have",
                        change->name.name, lost, table);
        return;
    }
    /* USING that computes says itself what becomes of the values. */
    if (is_narrower(ctx, from, to) && mig_lint_is_plain_using(change->expr, change->name.name))
        mig_lint_report(ctx, change, "values of %s in %s may not fit: %s holds less than %s",
                        change->name.name, table, mig_lint_type_name(ctx, to),
                        mig_lint_type_name(ctx, from));
}

const MigRule mig_rule_change_column_narrower = {
    .id = "change-column-narrower",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .fix = MIG_RULE_FIX_NO,
    .summary = "Another type for a column that can hold less",
    .danger = "It fails on the first value that doesn't fit, or rounds it; MySQL without strict "
              "mode cuts "
              "values off without a word.",
    .steps =
        {"Ask first whether all values fit: VERIFY, or a query.",
         "On PostgreSQL a CHECK ... NOT VALID, validated later, gives the same guarantee without "
         "writing the table anew."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET DATA TYPE; MySQL 8.4, \"ALTER TABLE Statement\"",
    .check = check,
};

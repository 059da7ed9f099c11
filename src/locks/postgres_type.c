/* SPDX-License-Identifier: MIT */
/* ALTER COLUMN ... TYPE on PostgreSQL: are values kept, indexes built anew, or rows rewritten? */
#include "locks/postgres_type.h"

#include <string.h>

#include "locks/postgres_cast.h"

enum { MAX_DOMAIN_DEPTH = 32, MAX_CAST_DEPTH = 32 };

static const MigUserType *
find_domain(const MigType *type, const MigCatalog *catalog)
{
    const MigUserType *user = NULL;

    if (type->name == NULL || type->dimensions > 0 ||
        mig_catalog_type(catalog, type->schema, type->name, &user) != MIG_LOOKUP_FOUND)
        return NULL;
    return user->kind == MIG_USER_TYPE_DOMAIN ? user : NULL;
}

bool
mig_postgres_domain_checks(const MigType *type, const MigCatalog *catalog)
{
    const MigUserType *domain = find_domain(type, catalog);

    for (unsigned depth = 0; domain != NULL && depth < MAX_DOMAIN_DEPTH; depth++) {
        if (domain->not_null || domain->constraints->len > 0)
            return true;
        domain = find_domain(&domain->base, catalog);
    }
    return false;
}

static const MigType *
base_type(const MigType *type, const MigCatalog *catalog)
{
    const MigUserType *domain = find_domain(type, catalog);

    for (unsigned depth = 0; domain != NULL && depth < MAX_DOMAIN_DEPTH; depth++) {
        type = &domain->base;
        domain = find_domain(type, catalog);
    }
    return type;
}

static bool
same_name(const MigType *a, const MigType *b)
{
    const char *left = mig_postgres_type_name(a->name);
    const char *right = mig_postgres_type_name(b->name);

    return g_str_equal(left, right) &&
           (a->schema == NULL || b->schema == NULL || g_str_equal(a->schema, b->schema));
}

static bool
same_modifiers(const MigType *a, const MigType *b)
{
    if (a->n_modifiers != b->n_modifiers || g_strcmp0(a->fields, b->fields) != 0)
        return false;
    for (unsigned i = 0; i < a->n_modifiers && i < G_N_ELEMENTS(a->modifiers); i++) {
        if (a->modifiers[i] != b->modifiers[i])
            return false;
    }
    return true;
}

/* The least field that an interval keeps, as a number that grows with it. */
static int
least_field(const char *fields)
{
    static const char *const units[] = {"second", "minute", "hour", "day", "month", "year"};

    for (size_t i = 0; fields != NULL && i < G_N_ELEMENTS(units); i++) {
        if (g_str_has_suffix(fields, units[i]))
            return (int)i;
    }
    return 0;
}

static bool
keeps_length(const MigType *from, const MigType *to)
{
    return to->n_modifiers == 0 ||
           (from->n_modifiers > 0 && to->modifiers[0] >= from->modifiers[0]);
}

static bool
keeps_precision(const MigType *from, const MigType *to)
{
    enum { MAX_PRECISION = 6 };

    return to->n_modifiers == 0 || to->modifiers[0] >= MAX_PRECISION ||
           (from->n_modifiers > 0 && to->modifiers[0] >= from->modifiers[0]);
}

static bool
keeps_digits(const MigType *from, const MigType *to)
{
    long long old_scale = from->n_modifiers > 1 ? from->modifiers[1] : 0;
    long long new_scale = to->n_modifiers > 1 ? to->modifiers[1] : 0;

    if (to->n_modifiers == 0)
        return true;
    return from->n_modifiers > 0 && old_scale == new_scale &&
           to->modifiers[0] >= from->modifiers[0];
}

/* The same type with another length or precision. Planner support functions drop a conversion that
 * can't change anything; char(n) and bit(n) have none. */
static MigRetype
change_modifiers(const char *name, const MigType *from, const MigType *to)
{
    bool kept = false;

    if (same_modifiers(from, to))
        return MIG_RETYPE_SAME;
    if (g_str_equal(name, "varchar") || g_str_equal(name, "varbit"))
        kept = keeps_length(from, to);
    else if (g_str_equal(name, "numeric"))
        kept = keeps_digits(from, to);
    else if (g_str_equal(name, "interval"))
        kept = keeps_precision(from, to) && least_field(to->fields) <= least_field(from->fields);
    else if (g_str_has_prefix(name, "time"))
        kept = keeps_precision(from, to);
    else if (g_str_equal(name, "bpchar"))
        kept = g_strcmp0(to->name, "bpchar") == 0 && to->n_modifiers == 0;
    return kept ? MIG_RETYPE_SAME : MIG_RETYPE_REWRITE;
}

/* Zones that are always at UTC, by which a timestamp's bytes stay the same. */
static bool
is_utc(const char *zone)
{
    static const char *const zones[] = {"UTC",   "GMT",     "UCT", "Zulu",      "Universal",
                                        "0",     "GMT0",    "+00", "Greenwich", "Etc/UTC",
                                        "Z",     "Etc/GMT", "+0",  "00:00",     "Etc/UCT",
                                        "GMT+0", "GMT-0",   "0.0", "+00:00",    "Etc/Zulu"};

    for (size_t i = 0; zone != NULL && i < G_N_ELEMENTS(zones); i++) {
        if (g_ascii_strcasecmp(zone, zones[i]) == 0)
            return true;
    }
    return false;
}

static bool
zone_changes_nothing(const char *from, const char *to, const MigCatalog *catalog)
{
    bool zoned = (g_str_equal(from, "timestamp") && g_str_equal(to, "timestamptz")) ||
                 (g_str_equal(from, "timestamptz") && g_str_equal(to, "timestamp"));
    int version = mig_catalog_version(catalog);

    return zoned && (version == 0 || version >= 120000) &&
           is_utc(mig_catalog_setting(catalog, "timezone"));
}

/* Types whose default operator classes are the same, or in one another's place. */
static const char *
class_of(const char *name)
{
    if (g_str_equal(name, "varchar"))
        return "text";
    if (g_str_equal(name, "cidr"))
        return "inet";
    if (g_str_has_prefix(name, "reg"))
        return "oid";
    return name;
}

static MigRetype
change_array(const MigType *from, const MigType *to, const MigCatalog *catalog)
{
    MigType from_element = *from, to_element = *to;

    if (to->dimensions == 0) {
        MigCast cast = mig_postgres_cast("", mig_postgres_type_name(to->name));
        return cast == MIG_CAST_DIFFERENT ? MIG_RETYPE_REWRITE : MIG_RETYPE_NO_CAST;
    }
    if (from->dimensions == 0)
        return MIG_RETYPE_NO_CAST;
    if (same_name(from, to) && same_modifiers(from, to))
        return MIG_RETYPE_SAME;
    from_element.dimensions = to_element.dimensions = 0;
    if (!mig_postgres_assignable(&from_element, &to_element, catalog))
        return MIG_RETYPE_NO_CAST;
    /* Without a length the elements' conversion falls away, but only within one type. */
    if (same_name(from, to) && to->n_modifiers == 0)
        return MIG_RETYPE_SAME;
    return MIG_RETYPE_REWRITE;
}

static bool
is_enum(const MigType *type, const MigCatalog *catalog)
{
    const MigUserType *user = NULL;

    return mig_catalog_type(catalog, type->schema, type->name, &user) == MIG_LOOKUP_FOUND &&
           (user->kind == MIG_USER_TYPE_ENUM || user->kind == MIG_USER_TYPE_COMPOSITE);
}

static MigRetype
change_scalar(const MigType *from, const MigType *to, const MigCatalog *catalog)
{
    const char *left = mig_postgres_type_name(from->name);
    const char *right = mig_postgres_type_name(to->name);
    bool reindex = !g_str_equal(class_of(left), class_of(right));

    if (same_name(from, to))
        return change_modifiers(left, from, to);
    switch (mig_postgres_cast(left, right)) {
    case MIG_CAST_SAME:
        if (to->n_modifiers > 0 || g_strcmp0(to->name, "character") == 0 ||
            g_str_equal(right, "bit"))
            return MIG_RETYPE_REWRITE;
        return reindex ? MIG_RETYPE_REINDEX : MIG_RETYPE_SAME;
    case MIG_CAST_DIFFERENT:
        if (zone_changes_nothing(left, right, catalog) && to->n_modifiers == 0)
            return MIG_RETYPE_REINDEX;
        return MIG_RETYPE_REWRITE;
    case MIG_CAST_NONE:
        return MIG_RETYPE_NO_CAST;
    case MIG_CAST_UNKNOWN:
    default:
        break;
    }
    if (is_enum(from, catalog) || is_enum(to, catalog))
        return MIG_RETYPE_NO_CAST;
    return MIG_RETYPE_REWRITE;
}

static MigRetype
change(const MigType *from, const MigType *to, const MigCatalog *catalog)
{
    if (same_name(from, to) && (from->dimensions > 0) == (to->dimensions > 0) &&
        same_modifiers(from, to))
        return MIG_RETYPE_SAME;
    if (mig_postgres_domain_checks(to, catalog)) {
        if (!mig_postgres_assignable(from, base_type(to, catalog), catalog))
            return MIG_RETYPE_NO_CAST;
        return MIG_RETYPE_REWRITE;
    }
    from = base_type(from, catalog);
    to = base_type(to, catalog);
    if (from->name == NULL || to->name == NULL)
        return MIG_RETYPE_REWRITE;
    if (from->dimensions > 0 || to->dimensions > 0)
        return change_array(from, to, catalog);
    return change_scalar(from, to, catalog);
}

bool
mig_postgres_assignable(const MigType *from, const MigType *to, const MigCatalog *catalog)
{
    if (from->name == NULL || to->name == NULL)
        return true;
    return change(from, to, catalog) != MIG_RETYPE_NO_CAST;
}

/* USING may be the column itself, or casts of it; then the casts are what counts. */
static MigRetype
convert(const MigTableColumn *column, const MigExpr *expr, const MigCatalog *catalog,
        const MigType **out_type, unsigned depth)
{
    if (depth >= MAX_CAST_DEPTH)
        return MIG_RETYPE_REWRITE;
    if (expr->kind == MIG_EXPR_COLUMN && g_strcmp0(expr->name, column->name) == 0) {
        *out_type = &column->type;
        return MIG_RETYPE_SAME;
    }
    if (expr->kind == MIG_EXPR_COLLATE && expr->n_args == 1)
        return convert(column, expr->args[0], catalog, out_type, depth + 1);
    if (expr->kind != MIG_EXPR_CAST || expr->n_args != 1 || expr->type == NULL)
        return MIG_RETYPE_REWRITE;

    const MigType *inner = NULL;
    MigRetype before = convert(column, expr->args[0], catalog, &inner, depth + 1);
    if (inner == NULL || inner->name == NULL || expr->type->name == NULL)
        return MIG_RETYPE_REWRITE;
    MigRetype here = change(inner, expr->type, catalog);
    /* An explicit cast can do more than an assignment, by way of text. */
    if (here == MIG_RETYPE_NO_CAST)
        here = MIG_RETYPE_REWRITE;
    *out_type = expr->type;
    return MAX(before, here);
}

MigRetype
mig_postgres_retype(const MigTableColumn *from, const MigType *to, const MigExpr *conversion,
                    const MigCatalog *catalog)
{
    const MigType *type = &from->type;
    MigRetype before = MIG_RETYPE_SAME, found = MIG_RETYPE_REWRITE;

    if (conversion != NULL)
        before = convert(from, conversion, catalog, &type, 0);
    /* What an expression gives isn't known; the rows are rewritten in any case. */
    if (before == MIG_RETYPE_REWRITE || type->name == NULL || to->name == NULL)
        return MIG_RETYPE_REWRITE;
    found = change(type, to, catalog);
    if (found == MIG_RETYPE_NO_CAST)
        return found;
    if (g_strcmp0(from->type.collation, to->collation) != 0)
        found = MAX(found, MIG_RETYPE_REINDEX);
    return MAX(found, before);
}

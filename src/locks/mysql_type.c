/* SPDX-License-Identifier: MIT */
/* A column's new type on MySQL and MariaDB: is it the same bytes in the rows? */
#include "locks/mysql.h"

#include <string.h>

#include "locks/charset.h"

enum { LENGTH_BYTE = 255, SHORT_BYTES = 127 };

static bool
is_string(const MigType *type)
{
    static const char *const names[] = {"varchar", "char",     "text", "tinytext",
                                        "enum",    "longtext", "set",  "mediumtext"};

    return mig_work_has_name(names, G_N_ELEMENTS(names), type->name);
}

static char *
charset_of(const MigWork *work, const MigTable *table, const MigType *type)
{
    return mig_charset_of(work->engine, work->version, table, type, NULL);
}

static bool
same_values(const MigType *from, const MigType *to)
{
    if (from->n_values > to->n_values)
        return false;
    for (size_t i = 0; i < from->n_values; i++) {
        if (g_strcmp0(from->values[i], to->values[i]) != 0)
            return false;
    }
    return true;
}

static size_t
storage_bytes(const MigType *type)
{
    enum { ENUM_OF_ONE_BYTE = 255, BITS = 8 };

    if (g_str_equal(type->name, "enum"))
        return type->n_values <= ENUM_OF_ONE_BYTE ? 1 : 2;
    size_t bytes = (type->n_values + BITS - 1) / BITS;
    return bytes == 3 ? 4 : bytes > 4 ? 8 : bytes;
}

/* INT(11) is INT: a width is for showing only. */
static bool
has_width_only(const char *name)
{
    return g_str_has_suffix(name, "int") && !g_str_equal(name, "point");
}

static bool
same_modifiers(const MigType *from, const MigType *to)
{
    static const struct {
        const char *name;
        long long modifier;
    } defaults[] = {{"decimal", 10}, {"char", 1}, {"bit", 1}, {"binary", 1}};
    long long left[2] = {0}, right[2] = {0};

    if (has_width_only(to->name))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(defaults); i++) {
        if (g_str_equal(defaults[i].name, to->name))
            left[0] = right[0] = defaults[i].modifier;
    }
    for (unsigned i = 0; i < 2; i++) {
        left[i] = i < from->n_modifiers ? from->modifiers[i] : left[i];
        right[i] = i < to->n_modifiers ? to->modifiers[i] : right[i];
    }
    return left[0] == right[0] && left[1] == right[1];
}

/* A VARCHAR's length stands before it in one byte or two. */
static unsigned
lengthen(const MigWork *work, const MigTable *table, long long from, long long to)
{
    const char *format = mig_mysql_option(table, "row_format");

    if (to < from)
        return MIG_ASK_COPY;
    if (to == from)
        return MIG_ASK_NOTHING;
    if (from > LENGTH_BYTE || to <= LENGTH_BYTE)
        return MIG_ASK_META_INPLACE;
    /* MariaDB writes both forms where it can tell them apart. */
    if (mig_mysql_is_mariadb(work) && work->version >= MIG_MYSQL(10, 4, 3) &&
        (from <= SHORT_BYTES || (format != NULL && g_ascii_strcasecmp(format, "redundant") == 0)))
        return MIG_ASK_META;
    return MIG_ASK_COPY;
}

static bool
contains_charset(const char *from, const char *to)
{
    return (g_str_equal(from, "utf8mb3") && g_str_equal(to, "utf8mb4")) ||
           (g_str_equal(from, "ucs2") && g_str_equal(to, "utf16"));
}

/* Another character set or collation of the same characters. */
static unsigned
recode(const MigWork *work, const MigTable *table, const MigTableColumn *from, const char *old_set,
       const char *new_set)
{
    bool indexed = mig_mysql_is_indexed(table, from->name);
    bool ascii = mig_mysql_is_mariadb(work) && g_str_equal(old_set, "ascii") &&
                 mig_charset_bytes(new_set) != 2 && !g_str_has_prefix(new_set, "utf16") &&
                 !g_str_has_prefix(new_set, "utf32");

    if (g_str_equal(old_set, new_set)) {
        if (!indexed)
            return MIG_ASK_META_INPLACE;
        return mig_mysql_is_mariadb(work) ? MIG_ASK_BUILD : MIG_ASK_COPY;
    }
    if (!contains_charset(old_set, new_set) && !ascii)
        return MIG_ASK_COPY;
    if (mig_mysql_is_mariadb(work))
        return work->version >= MIG_MYSQL(10, 4, 3) ? MIG_ASK_META : MIG_ASK_COPY;
    return indexed ? MIG_ASK_COPY : MIG_ASK_META_INPLACE;
}

unsigned
mig_mysql_retype(const MigWork *work, const MigTable *table, const MigTableColumn *from,
                 const MigColumn *to)
{
    const MigType *old = &from->type, *type = &to->type;
    unsigned asks = MIG_ASK_NOTHING;

    if (old->name == NULL || type->name == NULL || !g_str_equal(old->name, type->name) ||
        old->is_unsigned != type->is_unsigned)
        return MIG_ASK_COPY;
    if (is_string(type)) {
        g_autofree char *old_set = charset_of(work, table, old);
        g_autofree char *new_set = charset_of(work, table, type);
        bool recoded = !g_str_equal(old_set, new_set) ||
                       (type->collation != NULL && g_strcmp0(old->collation, type->collation) != 0);
        if (recoded)
            asks |= recode(work, table, from, old_set, new_set);
        if (g_str_equal(type->name, "varchar"))
            return asks | lengthen(work, table, old->modifiers[0] * mig_charset_bytes(old_set),
                                   type->modifiers[0] * mig_charset_bytes(new_set));
    }
    if (g_str_equal(type->name, "varbinary"))
        return lengthen(work, table, old->modifiers[0], type->modifiers[0]);
    if (g_str_equal(type->name, "enum") || g_str_equal(type->name, "set")) {
        if (!same_values(old, type) || storage_bytes(old) != storage_bytes(type))
            return MIG_ASK_COPY;
        return asks | (old->n_values != type->n_values ? MIG_ASK_META : MIG_ASK_NOTHING);
    }
    return same_modifiers(old, type) ? asks : MIG_ASK_COPY;
}

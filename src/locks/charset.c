/* SPDX-License-Identifier: MIT */
/* Character sets of MySQL and MariaDB: which one a column has, and how wide its characters are. */
#include "locks/charset.h"

#include <string.h>

#define UTF8MB4_SINCE_MYSQL 80000
#define UTF8MB4_SINCE_MARIADB 110600

int
mig_charset_bytes(const char *charset)
{
    static const struct {
        const char *prefix;
        int bytes;
    } sets[] = {
        {"utf8mb4", 4}, {"utf32", 4},  {"gb18030", 4}, {"utf16", 4}, {"utf8mb3", 3},
        {"utf8", 3},    {"ujis", 3},   {"eucjpms", 3}, {"ucs2", 2},  {"big5", 2},
        {"gbk", 2},     {"gb2312", 2}, {"sjis", 2},    {"cp932", 2}, {"euckr", 2},
    };

    for (size_t i = 0; charset != NULL && i < G_N_ELEMENTS(sets); i++) {
        if (g_str_has_prefix(charset, sets[i].prefix))
            return sets[i].bytes;
    }
    return 1;
}

/* The name of a character set as one spelling; of a collation, whose name begins with it. */
static char *
normalize(const char *name, bool collation)
{
    const char *end = collation ? strchr(name, '_') : NULL;
    g_autofree char *lower = g_ascii_strdown(name, end != NULL ? end - name : -1);

    return g_strdup(g_str_equal(lower, "utf8") ? "utf8mb3" : lower);
}

static const char *
option_of(const MigTable *table, const char *name)
{
    return table != NULL ? g_hash_table_lookup(table->options, name) : NULL;
}

char *
mig_charset_of(MigEngine engine, int version, const MigTable *table, const MigType *type,
               bool *out_assumed)
{
    bool mariadb = engine == MIG_ENGINE_MARIADB;
    int since = mariadb ? UTF8MB4_SINCE_MARIADB : UTF8MB4_SINCE_MYSQL;
    const char *set = type->charset;

    if (out_assumed != NULL)
        *out_assumed = false;
    if (set == NULL && type->collation != NULL)
        return normalize(type->collation, true);
    if (set == NULL)
        set = option_of(table, "character set");
    if (set != NULL)
        return normalize(set, false);
    if (option_of(table, "collate") != NULL)
        return normalize(option_of(table, "collate"), true);
    if (out_assumed != NULL)
        *out_assumed = true;
    return g_strdup(version != 0 && version < since ? "latin1" : "utf8mb4");
}

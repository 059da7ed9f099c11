/* SPDX-License-Identifier: MIT */
/* Names and versions of the engines. */
#include <migrate/engine.h>

#include <string.h>

static const struct {
    const char *name;
    MigEngine engine;
} names[] = {
    {"sqlite", MIG_ENGINE_SQLITE},  {"postgres", MIG_ENGINE_POSTGRES},
    {"mysql", MIG_ENGINE_MYSQL},    {"mariadb", MIG_ENGINE_MARIADB},
    {"sqlite3", MIG_ENGINE_SQLITE}, {"postgresql", MIG_ENGINE_POSTGRES},
    {"pg", MIG_ENGINE_POSTGRES},
};

MigEngine
mig_engine_from_name(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_ascii_strcasecmp(names[i].name, name) == 0)
            return names[i].engine;
    }
    return MIG_ENGINE_NONE;
}

const char *
mig_engine_name(MigEngine engine)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (names[i].engine == engine)
            return names[i].name;
    }
    return "unknown";
}

const char *
mig_engine_title(MigEngine engine)
{
    if (engine == MIG_ENGINE_SQLITE)
        return "SQLite";
    if (engine == MIG_ENGINE_POSTGRES)
        return "PostgreSQL";
    if (engine == MIG_ENGINE_MYSQL)
        return "MySQL";
    if (engine == MIG_ENGINE_MARIADB)
        return "MariaDB";
    return "the database";
}

int
mig_engine_version_parse(MigEngine engine, const char *text)
{
    int parts[3] = {0, 0, 0};
    size_t n_parts = 0;
    const char *at = text;

    /* MariaDB 10 and later put "5.5.5-" before their version for old replicas' sake. */
    if (engine == MIG_ENGINE_MARIADB && g_str_has_prefix(at, "5.5.5-"))
        at += strlen("5.5.5-");

    while (n_parts < G_N_ELEMENTS(parts) && g_ascii_isdigit(*at)) {
        int64_t part = 0;
        for (; g_ascii_isdigit(*at); at++)
            part = MIN(part * 10 + (*at - '0'), 9999);
        parts[n_parts++] = (int)part;
        if (*at != '.')
            break;
        at++;
    }
    if (n_parts == 0)
        return 0;
    if (engine == MIG_ENGINE_POSTGRES && parts[0] >= 10)
        return parts[0] * 10000 + MIN(parts[1], 9999);
    return parts[0] * 10000 + MIN(parts[1], 99) * 100 + MIN(parts[2], 99);
}

/* SPDX-License-Identifier: MIT */
/* A URL's scheme to the module that serves it: path, ABI, residency. */
#include "driver/load.h"

#include "base/text.h"
#include "driver/url.h"

#include <gmodule.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *scheme;
    const char *module;
    const char *package; /* Debian's, with the client library */
} schemes[] = {
    {"sqlite", "sqlite", "libsqlite3-0"}, {"sqlite3", "sqlite", "libsqlite3-0"},
    {"postgres", "postgres", "libpq5"},   {"postgresql", "postgres", "libpq5"},
    {"mysql", "mysql", "libmariadb3"},    {"mariadb", "mysql", "libmariadb3"},
};

static GPtrArray *
search_path(void)
{
    GPtrArray *path = g_ptr_array_new_with_free_func(g_free);
    const char *configured = g_getenv("MIGRATE_DRIVER_PATH");

    if (configured != NULL && *configured != '\0') {
        g_auto(GStrv) parts = g_strsplit(configured, G_SEARCHPATH_SEPARATOR_S, -1);
        for (size_t i = 0; parts[i] != NULL; i++)
            g_ptr_array_add(path, g_strdup(parts[i]));
    }

    /* The program's own place, so that an installation can be moved as a whole. */
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program != NULL) {
        g_autofree char *directory = g_path_get_dirname(program);
        g_ptr_array_add(path, g_build_filename(directory, "drivers", NULL));
        g_ptr_array_add(path, g_build_filename(directory, MIG_DRIVERS_FROM_BIN, NULL));
    }
    g_ptr_array_add(path, g_strdup(MIG_DRIVERS_DIR));
    return path;
}

static const MigDriver *
open_module(const char *path, GError **error)
{
    GModule *module = g_module_open(path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
    gpointer symbol = NULL;

    if (module == NULL) {
        g_set_error_literal(error, MIG_ERROR, MIG_ERROR_USAGE, g_module_error());
        return NULL;
    }
    if (!g_module_symbol(module, MIG_DRIVER_ENTRY, &symbol) || symbol == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s is not a driver of migrate", path);
        g_module_close(module);
        return NULL;
    }

    /* Client libraries keep threads and thread-local data of their own. */
    g_module_make_resident(module);
    MigDriverEntry entry = (MigDriverEntry)symbol;
    const MigDriver *driver = entry();
    if (driver == NULL || driver->abi != MIG_DRIVER_ABI) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s is a driver for another version of migrate", path);
        return NULL;
    }
    return driver;
}

static void
set_unknown_scheme(const char *scheme, GError **error)
{
    const char *const known[] = {"sqlite", "postgres", "postgresql", "mysql", "mariadb", NULL};
    const char *meant = mig_text_suggest(scheme, known);

    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "no driver for \"%s:\" URLs%s%s%s\n%s", scheme,
                meant != NULL ? "; did you mean \"" : "", meant != NULL ? meant : "",
                meant != NULL ? ":\"?" : "",
                "  there are sqlite:, postgres:, postgresql:, mysql: and mariadb:");
}

const MigDriver *
mig_driver_load(const char *url, GError **error)
{
    g_autofree char *scheme = mig_url_scheme(url);
    g_return_val_if_fail(scheme != NULL, NULL);

    const char *name = NULL;
    const char *package = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (strcmp(schemes[i].scheme, scheme) == 0) {
            name = schemes[i].module;
            package = schemes[i].package;
        }
    }
    /* "faulty+sqlite:" is a module that wraps another one. */
    g_auto(GStrv) wrapped = g_strsplit(scheme, "+", 2);
    if (name == NULL && wrapped[1] != NULL)
        name = wrapped[0];
    if (name == NULL) {
        set_unknown_scheme(scheme, error);
        return NULL;
    }

    g_autoptr(GPtrArray) path = search_path();
    g_autofree char *file = g_strdup_printf("migrate-%s.so", name);
    for (size_t i = 0; i < path->len; i++) {
        g_autofree char *candidate = g_build_filename(g_ptr_array_index(path, i), file, NULL);
        if (access(candidate, F_OK) != 0)
            continue;

        const MigDriver *driver = open_module(candidate, error);
        if (driver == NULL && package != NULL)
            g_prefix_error(error, "the %s driver can't be loaded (is %s installed?): ", name,
                           package);
        return driver;
    }

    if (package == NULL) {
        set_unknown_scheme(scheme, error);
        return NULL;
    }
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "the driver for \"%s:\" URLs, %s, is not installed\n"
                "  looked for in %s and %zu other places; MIGRATE_DRIVER_PATH adds one",
                scheme, file, (const char *)g_ptr_array_index(path, 0), (size_t)path->len - 1);
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/* What a review starts from in a live database: live schema|dump|reduce URL. */
#include <stdio.h>
#include <string.h>

#include <migrate/driver.h>

#include "driver/target.h"
#include "review/start.h"
#include "schema/history.h"

static void
print_sql(const char *sql, G_GNUC_UNUSED gpointer data)
{
    /* No statement has this in it: what reads it can tell them apart. */
    printf("%s\x1e", sql);
}

static void
add_sql(const char *sql, gpointer data)
{
    mig_start_add_sql(data, sql);
}

static MigCatalog *
read_catalog(MigTarget *target, GError **error)
{
    const MigServer *server = mig_target_server(target);
    MigCatalog *catalog = mig_catalog_new(server->engine, server->version);

    g_autofree char *schema = (mig_target_caps(target) & MIG_CAP_SCHEMAS) != 0
                                  ? mig_target_default_schema(target, error)
                                  : NULL;

    if (schema != NULL)
        mig_catalog_set_default_schema(catalog, schema);
    if (mig_target_schema(target, add_sql, catalog, error)) {
        mig_catalog_end_migration(catalog);
        return catalog;
    }
    mig_catalog_free(catalog);
    return NULL;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    const MigTargetOptions options = {.url = argc > 2 ? argv[2] : "", .application = "test"};
    g_autoptr(MigTarget) target = mig_target_open(&options, &error);
    g_autoptr(MigCatalog) catalog = NULL;
    bool done = target != NULL;

    if (done && strcmp(argv[1], "schema") == 0)
        done = mig_target_schema(target, print_sql, NULL, &error);
    else if (done)
        done = (catalog = read_catalog(target, &error)) != NULL;
    if (!done) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    if (catalog != NULL) {
        g_autofree char *lines =
            *argv[1] == 'd' ? mig_catalog_dump(catalog) : history_reduce(catalog);

        if (!mig_catalog_complete(catalog))
            printf("incomplete: %s\n", mig_catalog_incomplete_why(catalog));
        fputs(lines, stdout);
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Prints the catalog after a file's statements, or these as MySQL's client reads them: replay
 * dump|reduce|delimit ENGINE FILE... */
#include <stdio.h>
#include <string.h>

#include "history.h"
#include "sql/splitter.h"

static void
print_delimited(const char *text, MigEngine engine)
{
    MigSplitError problem = {0};
    g_autoptr(MigSplit) split = mig_split(text, strlen(text), engine, 1, &problem);

    if (split == NULL)
        g_error("line %u: %s", problem.line, problem.message);
    puts("DELIMITER $$");
    for (guint i = 0; i < split->statements->len; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);

        printf("%.*s\n$$\n", (int)statement->length, text + statement->offset);
    }
}

int
main(int argc, char **argv)
{
    if (argc < 4)
        g_error("usage: replay dump|reduce|delimit ENGINE FILE...");

    int version = 0;
    MigEngine engine = history_engine(argv[2], &version);
    g_autoptr(MigCatalog) catalog = mig_catalog_new(engine, version);

    for (int i = 3; i < argc; i++) {
        g_autofree char *text = NULL;
        g_autoptr(GError) error = NULL;

        if (!g_file_get_contents(argv[i], &text, NULL, &error))
            g_error("%s", error->message);
        if (strcmp(argv[1], "delimit") == 0)
            print_delimited(text, engine);
        else
            history_replay(catalog, text, (unsigned)i);
    }
    if (strcmp(argv[1], "delimit") == 0)
        return 0;

    g_autofree char *lines = *argv[1] == 'd' ? mig_catalog_dump(catalog) : history_reduce(catalog);

    fputs(lines, stdout);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* How long libpg_query itself takes for the statements of a file, one a line: what bench-plan is
 * compared with. */
#include <glib.h>
#include <pg_query.h>
#include <stdint.h>
#include <stdio.h>

#ifdef MIG_PG_QUERY_PROTOBUF_FOLDER
#include <protobuf/pg_query.pb-c.h>
#else
#include <pg_query/pg_query.pb-c.h>
#endif

#define ROUNDS 5

static void
parse_raw(const char *sql)
{
    pg_query_free_split_result(pg_query_split_with_parser(sql));
}

static void
parse_json(const char *sql)
{
    pg_query_free_parse_result(pg_query_parse(sql));
}

static void
parse_protobuf(const char *sql)
{
    pg_query_free_protobuf_parse_result(pg_query_parse_protobuf(sql));
}

static void
parse_and_unpack(const char *sql)
{
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(sql);
    PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
        NULL, result.parse_tree.len, (const uint8_t *)result.parse_tree.data);

    if (tree != NULL)
        pg_query__parse_result__free_unpacked(tree, NULL);
    pg_query_free_protobuf_parse_result(result);
}

/* The best of some rounds: what others do on the machine only ever makes it slower. */
static void
measure(char **statements, const char *name, void (*run)(const char *))
{
    int64_t best_us = INT64_MAX;
    unsigned n = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        int64_t start = g_get_monotonic_time();
        for (n = 0; statements[n] != NULL; n++)
            run(statements[n]);
        best_us = MIN(best_us, g_get_monotonic_time() - start);
    }
    printf("%-24s %8.1f us a statement\n", name, (double)best_us / n);
}

int
main(int argc, char *argv[])
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    if (argc != 2 || !g_file_get_contents(argv[1], &text, NULL, &error)) {
        fprintf(stderr, "%s\n", error != NULL ? error->message : "usage: bench-pg-query FILE");
        return 2;
    }
    g_auto(GStrv) statements = g_strsplit(g_strchomp(text), "\n", -1);
    measure(statements, "pg_query, raw parse", parse_raw);
    measure(statements, "pg_query, JSON", parse_json);
    measure(statements, "pg_query, protobuf", parse_protobuf);
    measure(statements, "  and unpacked", parse_and_unpack);
    pg_query_exit();
    return 0;
}

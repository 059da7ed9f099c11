/* SPDX-License-Identifier: MIT */
/* How fast a file is split and lexed, beside how fast its bytes are copied and searched. */
#include <stdio.h>
#include <string.h>

#include "sql/lexer.h"
#include "sql/splitter.h"

#define ROUNDS 15

typedef struct {
    const char *text;
    size_t length;
    MigEngine engine;
    char *copy;
} Bench;

static size_t
copy(const Bench *bench)
{
    memcpy(bench->copy, bench->text, bench->length);
    return (size_t)bench->copy[bench->length / 2];
}

static size_t
search(const Bench *bench)
{
    return memchr(bench->text, '\0', bench->length) == NULL;
}

static size_t
count_lines(const Bench *bench)
{
    size_t n = 0;
    const char *end = bench->text + bench->length;
    for (const char *at = bench->text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        n++;
    return n;
}

static size_t
split(const Bench *bench)
{
    MigSplitError error = {0};
    g_autoptr(MigSplit) result = mig_split(bench->text, bench->length, bench->engine, 1, &error);
    if (result != NULL)
        return result->statements->len;
    fprintf(stderr, "%u:%u: %s\n", error.line, error.column, error.message);
    mig_split_error_clear(&error);
    return 0;
}

static bool
is_marker(const char *line, size_t length, gpointer data)
{
    (void)data;
    return length > 5 && memcmp(line, "-- ==", 5) == 0;
}

static size_t
section(const Bench *bench)
{
    return mig_split_section_end(bench->text, bench->length, 0, bench->engine, is_marker, NULL);
}

static size_t
lex(const Bench *bench)
{
    MigLexer lexer;
    MigToken token;
    size_t n = 0;

    mig_lexer_init(&lexer, bench->text, bench->length, bench->engine);
    while (mig_lexer_next(&lexer, &token))
        n++;
    return n;
}

/* The best of some rounds: what others do on the machine only ever makes it slower. */
static void
measure(const Bench *bench, const char *name, size_t (*run)(const Bench *))
{
    int64_t best_us = INT64_MAX;
    size_t result = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        int64_t start = g_get_monotonic_time();
        result = run(bench);
        best_us = MIN(best_us, g_get_monotonic_time() - start);
    }
    printf("  %-12s %8.0f MB/s  (%zu)\n", name, (double)bench->length / (double)MAX(best_us, 1),
           result);
}

int
main(int argc, char *argv[])
{
    if (argc < 3 || argc % 2 == 0) {
        fprintf(stderr, "usage: %s ENGINE FILE [ENGINE FILE]...\n", argv[0]);
        return 2;
    }
    for (int i = 1; i < argc; i += 2) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;
        Bench bench = {.engine = mig_engine_from_name(argv[i])};

        if (!g_file_get_contents(argv[i + 1], &text, &bench.length, &error)) {
            fprintf(stderr, "%s\n", error->message);
            return 1;
        }
        bench.text = text;
        bench.copy = g_malloc(bench.length + 1);
        printf("%s, %s, %zu bytes\n", argv[i + 1], mig_engine_title(bench.engine), bench.length);
        measure(&bench, "memcpy", copy);
        measure(&bench, "memchr", search);
        measure(&bench, "count lines", count_lines);
        measure(&bench, "split", split);
        measure(&bench, "section end", section);
        measure(&bench, "lex", lex);
        g_free(bench.copy);
    }
    return 0;
}

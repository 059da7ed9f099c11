/* SPDX-License-Identifier: MIT */
/* How long parsing, reviewing and linting take for the statements of a file, one a line, and what
 * replaying files takes of memory: bench-plan ENGINE FILE [FOLDER]. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "lint/run.h"
#include "review/start.h"

#define ROUNDS 5
#define VERSION 150000

typedef struct {
    MigEngine engine;
    MigSource *source;
    const MigScript *script;
} Bench;

static MigPlan *
build(const Bench *bench)
{
    g_autoptr(GError) error = NULL;
    const MigGoal goal = {.count = -1, .server_version = VERSION};
    MigHistory history = {.records = g_ptr_array_new()};
    MigPlan *plan = mig_plan_build(bench->source, &history, &goal, NULL, NULL, &error);

    if (plan == NULL)
        g_error("%s", error->message);
    g_ptr_array_unref(history.records);
    return plan;
}

static void
parse(const Bench *bench)
{
    const MigScript *script = bench->script;

    for (guint i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);

        mig_changes_free(
            mig_parse(script->text + statement->offset, statement->length, bench->engine, VERSION));
    }
}

static void
review(const Bench *bench)
{
    g_autoptr(MigPlan) plan = build(bench);

    mig_review_free(mig_review_plan(plan, mig_catalog_new(bench->engine, VERSION), NULL, NULL));
}

static void
lint(const Bench *bench)
{
    g_autoptr(MigPlan) plan = build(bench);
    g_autoptr(MigFindings) findings = mig_findings_new();
    const MigLintOptions options = {.small_table = 10000};

    mig_review_free(
        mig_lint_plan(plan, mig_catalog_new(bench->engine, VERSION), NULL, &options, findings));
}

/* The best of some rounds: what others do on the machine only ever makes it slower. */
static void
measure(const Bench *bench, const char *name, void (*run)(const Bench *))
{
    int64_t best_us = INT64_MAX;

    for (unsigned i = 0; i < ROUNDS; i++) {
        int64_t start = g_get_monotonic_time();
        run(bench);
        best_us = MIN(best_us, g_get_monotonic_time() - start);
    }
    printf("%-24s %8.1f us a statement\n", name, (double)best_us / bench->script->statements->len);
}

static size_t
memory(void)
{
    return mallinfo2().uordblks + mallinfo2().hblkhd;
}

/* What is in use when as many files as are in the folder have been replayed. */
static void
measure_memory(MigEngine engine, const char *folder)
{
    g_autoptr(GError) error = NULL;
    const MigSourceOptions options = {.engine = engine};
    g_autoptr(MigSource) source = mig_source_read(folder, &options, &error);

    if (source == NULL)
        g_error("%s", error->message);
    const guint n = source->migrations->len;
    const guint steps[] = {n / 10, n / 2, n - 1};
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        const MigMigration *last = g_ptr_array_index(source->migrations, steps[i]);
        size_t before = memory();
        int64_t start = g_get_monotonic_time();
        g_autoptr(MigCatalog) catalog =
            mig_start_from_before(source, last->version, VERSION, &error);

        if (catalog == NULL)
            g_error("%s", error->message);
        printf("%u files replayed: %zu kB in use, %.1f ms\n", steps[i], (memory() - before) / 1000,
               (double)(g_get_monotonic_time() - start) / 1000);
    }
}

static MigSource *
read_file(const char *path, MigEngine engine)
{
    g_autoptr(GError) error = NULL;
    MigMigration *migration = mig_source_read_file(path, engine, &error);

    if (migration == NULL)
        g_error("%s", error->message);
    MigSource *source = g_new0(MigSource, 1);
    source->directory = g_path_get_dirname(path);
    source->engine = engine;
    source->migrations = g_ptr_array_new_with_free_func((GDestroyNotify)mig_migration_free);
    g_ptr_array_add(source->migrations, migration);
    return source;
}

int
main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s ENGINE FILE [FOLDER]\n", argv[0]);
        return 2;
    }
    Bench bench = {.engine = mig_engine_from_name(argv[1])};
    g_autoptr(MigSource) source = read_file(argv[2], bench.engine);
    const MigMigration *migration = g_ptr_array_index(source->migrations, 0);

    bench.source = source;
    bench.script = migration->up;
    printf("%s, %u statements\n", mig_engine_title(bench.engine), bench.script->statements->len);
    measure(&bench, "parse", parse);
    measure(&bench, "parse, review", review);
    measure(&bench, "parse, review, lint", lint);
    if (argc > 3)
        measure_memory(bench.engine, argv[3]);
    return 0;
}

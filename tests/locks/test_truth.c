/* SPDX-License-Identifier: MIT */
/* Predictions against measurements of live servers, if a checkout has them beside it. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "locks/truth.h"

/* What PostgreSQL's predictions are compared in, and how often they agreed. */
typedef enum {
    FIELD_TARGET, /* the lock of the table that the statement is about */
    FIELD_LOCKS,  /* those of all tables and views */
    FIELD_REWROTE,
    FIELD_SCANNED,
    FIELD_ALL,     /* the three before */
    FIELD_INDEXES, /* locks of indexes */
    FIELD_REBUILT,
    FIELD_READS,
    FIELD_WRITES,
    FIELD_REFUSED, /* what is refused is, as far as the catalog can tell */
    N_FIELDS,
} Field;

static const char *const field_names[N_FIELDS] = {
    "target table's lock",    "all tables' locks", "rewrites",        "scans",
    "locks, rewrites, scans", "indexes' locks",    "rebuilt indexes", "blocks reads",
    "blocks writes",          "refusals",
};

/* In thousandths; what is measured is never to fall below what was reached. */
static const unsigned thresholds[N_FIELDS] = {
    [FIELD_TARGET] = 996, [FIELD_LOCKS] = 996,    [FIELD_REWROTE] = 996, [FIELD_SCANNED] = 984,
    [FIELD_ALL] = 983,    [FIELD_INDEXES] = 1000, [FIELD_REBUILT] = 996, [FIELD_READS] = 1000,
    [FIELD_WRITES] = 993, [FIELD_REFUSED] = 997,
};

enum { MARIADB_THRESHOLD = 1000 };

typedef struct {
    unsigned agreed;
    unsigned compared;
} Count;

static Count counts[N_FIELDS];
static GHashTable *told; /* (owned) a disagreement is told once for all versions */

static json_t *
load(const char *name)
{
    const char *folder = g_getenv("MIGRATE_LOCK_TRUTH");
    g_autofree char *path = NULL;
    json_error_t error;
    json_t *root = NULL;

    if (folder == NULL || !g_file_test(folder, G_FILE_TEST_IS_DIR))
        return NULL;
    path = g_build_filename(folder, name, NULL);
    root = json_load_file(path, 0, &error);
    if (root == NULL)
        g_error("%s: %s", path, error.text);
    return root;
}

static const char *
text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static char *
name_of(const char *schema, const char *name)
{
    if (*schema == '\0' || g_str_equal(schema, "app"))
        return g_strdup(name);
    return g_strdup_printf("%s.%s", schema, name);
}

static int
compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *
join(GPtrArray *words)
{
    g_ptr_array_sort(words, compare_text);
    g_ptr_array_add(words, NULL);
    return g_strjoinv(" ", (char **)words->pdata);
}

static char *
join_list(const json_t *list, const json_t *more)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    size_t i = 0;
    json_t *item = NULL;

    json_array_foreach(list, i, item) g_ptr_array_add(words, (gpointer)json_string_value(item));
    json_array_foreach(more, i, item)
    {
        if (!g_ptr_array_find_with_equal_func(words, json_string_value(item), g_str_equal, NULL))
            g_ptr_array_add(words, (gpointer)json_string_value(item));
    }
    return join(words);
}

static char *
join_modes(const json_t *modes)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    const char *name = NULL;
    json_t *mode = NULL;

    json_object_foreach((json_t *)modes, name, mode)
        g_ptr_array_add(words, g_strdup_printf("%s:%s", name, json_string_value(mode)));
    return join(words);
}

static bool
is_sequence(const MigStage *stage, const MigRelationLock *lock)
{
    const MigName name = {.schema = lock->schema, .name = lock->name};

    return mig_catalog_sequence(stage->catalog, &name, NULL) == MIG_LOOKUP_FOUND;
}

static char *
join_locks(const MigStage *stage, const MigImpact *impact, bool indexes)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        g_autofree char *name = name_of(lock->schema, lock->name);
        if (lock->index == indexes && !is_sequence(stage, lock))
            g_ptr_array_add(words, g_strdup_printf("%s:%s", name, mig_lock_mode_name(lock->mode)));
    }
    return join(words);
}

static char *
join_refs(const GArray *refs)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < refs->len; i++) {
        const MigRelationRef *ref = &g_array_index(refs, MigRelationRef, i);
        g_ptr_array_add(words, name_of(ref->schema, ref->name));
    }
    return join(words);
}

/* Views aren't written to by those who measured. */
static char *
join_blocked(const MigStage *stage, const MigImpact *impact, bool reads)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    const GArray *const lists[] = {impact->locks, impact->waits};

    for (size_t l = 0; l < G_N_ELEMENTS(lists); l++) {
        for (guint i = 0; i < lists[l]->len; i++) {
            const MigRelationLock *lock = &g_array_index(lists[l], MigRelationLock, i);
            const MigName name = {.schema = lock->schema, .name = lock->name};
            const MigTable *table = NULL;
            if (lock->index || !(reads ? lock->blocks_reads : lock->blocks_writes) ||
                mig_catalog_table(stage->catalog, &name, &table) != MIG_LOOKUP_FOUND)
                continue;
            if (!reads &&
                (table->kind == MIG_RELATION_VIEW || table->kind == MIG_RELATION_MATERIALIZED_VIEW))
                continue;
            g_ptr_array_add(words, name_of(lock->schema, lock->name));
        }
    }
    return join(words);
}

static bool
compare(Field field, const char *id, const char *sql, const char *majors, const char *predicted,
        const char *measured)
{
    bool same = g_str_equal(predicted, measured);

    counts[field].compared++;
    counts[field].agreed += same;
    if (!same) {
        g_autofree char *line =
            g_strdup_printf("%s: %s: predicted [%s], measured [%s] on %s: %s", id,
                            field_names[field], predicted, measured, majors, sql);
        for (char *at = line; *at != '\0'; at++)
            *at = *at == '\n' ? ' ' : *at;
        if (g_hash_table_add(told, g_strdup(line)))
            g_test_message("%s", line);
    }
    return same;
}

/* The lock of the table that is named first, out of a list of all. */
static char *
lock_of_target(const MigStage *stage, const char *locks)
{
    const MigChanges *changes = g_ptr_array_index(stage->parsed, stage->parsed->len - 1);
    const MigChange *change = changes->n_changes > 0 ? &changes->changes[0] : NULL;
    const MigTable *table = NULL;
    g_autofree char *prefix = NULL;
    g_auto(GStrv) words = g_strsplit(locks, " ", 0);

    if (change == NULL ||
        (mig_catalog_table(stage->catalog, &change->table, &table) != MIG_LOOKUP_FOUND &&
         mig_catalog_index(stage->catalog, &change->name, NULL, &table, NULL) != MIG_LOOKUP_FOUND))
        return g_strdup(locks);
    g_autofree char *name = name_of(table->schema, table->name);
    prefix = g_strconcat(name, ":", NULL);
    for (char **word = words; *word != NULL; word++) {
        if (g_str_has_prefix(*word, prefix))
            return g_strdup(*word);
    }
    return g_strdup("");
}

static char *
majors_of(const json_t *fact)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t i = 0;
    json_t *major = NULL;

    json_array_foreach(json_object_get(fact, "majors"), i, major)
        g_string_append_printf(text, "%s%lld", i > 0 ? "," : "", json_integer_value(major));
    return g_strdup(text->str);
}

static void
compare_refusal(const char *id, const char *sql, const char *majors, const json_t *fact,
                const MigImpact *impact)
{
    const char *code = text_of(json_object_get(fact, "error"), "sqlstate");
    /* Whether rows fail a constraint, only they can tell. */
    static const char *const of_data[] = {"23502", "23505", "23503", "23514", "58P01"};

    for (size_t i = 0; code != NULL && i < G_N_ELEMENTS(of_data); i++) {
        if (g_str_equal(of_data[i], code))
            return;
    }
    compare(FIELD_REFUSED, id, sql, majors, impact->refused != NULL ? impact->refused_code : "ok",
            code != NULL ? code : "ok");
}

static void
compare_fact(const MigStage *stage, const char *id, const char *sql, const json_t *fact,
             const MigImpact *impact)
{
    bool ok = json_is_true(json_object_get(fact, "ok"));
    bool all = false;
    g_autofree char *majors = majors_of(fact);
    g_autofree char *locks = join_locks(stage, impact, false);
    g_autofree char *measured = join_modes(json_object_get(fact, "strongest"));
    g_autofree char *target = lock_of_target(stage, locks);
    g_autofree char *measured_target = lock_of_target(stage, measured);

    compare(FIELD_TARGET, id, sql, majors, target, measured_target);
    all = compare(FIELD_LOCKS, id, sql, majors, locks, measured);
    compare_refusal(id, sql, majors, fact, impact);
    if (ok) {
        const struct {
            Field field;
            const GArray *refs;
            const char *key;
        } lists[] = {
            {FIELD_REWROTE, impact->rewrites, "rewrote"},
            {FIELD_SCANNED, impact->scans, "scanned"},
            {FIELD_REBUILT, impact->rebuilds, "rebuilt_indexes"},
        };
        for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
            g_autofree char *mine = join_refs(lists[i].refs);
            g_autofree char *theirs = join_list(json_object_get(fact, lists[i].key), NULL);
            bool same = compare(lists[i].field, id, sql, majors, mine, theirs);
            all = (same || lists[i].field == FIELD_REBUILT) && all;
        }
        g_autofree char *reads = join_blocked(stage, impact, true);
        g_autofree char *their_reads = join_list(json_object_get(fact, "blocks_reads"), NULL);
        compare(FIELD_READS, id, sql, majors, reads, their_reads);
    }
    counts[FIELD_ALL].compared++;
    counts[FIELD_ALL].agreed += all;
    if (ok && g_strcmp0(text_of(fact, "observed"), "transaction") == 0) {
        g_autofree char *indexes = join_locks(stage, impact, true);
        g_autofree char *theirs = join_modes(json_object_get(fact, "strongest_index"));
        compare(FIELD_INDEXES, id, sql, majors, indexes, theirs);
    }
    /* Row locks make updates wait, too; those aren't table locks. */
    if (ok && impact->locks->len > 0 && !json_is_true(json_object_get(fact, "dml"))) {
        g_autofree char *writes = join_blocked(stage, impact, false);
        g_autofree char *theirs = join_list(json_object_get(fact, "blocks_writes"), NULL);
        compare(FIELD_WRITES, id, sql, majors, writes, theirs);
    }
}

static void
run_case(const json_t *test, int major, int version)
{
    g_auto(MigStage) stage = {0};
    const char *id = text_of(test, "id");
    size_t i = 0, j = 0, k = 0;
    json_t *item = NULL, *fact = NULL, *number = NULL;

    mig_stage_init(&stage, MIG_ENGINE_POSTGRES, version, "app");
    mig_stage_run(&stage, "CREATE SCHEMA app");
    json_array_foreach(json_object_get(test, "setup"), i, item)
        mig_stage_run(&stage, json_string_value(item));
    mig_stage_run(&stage, "SET timezone = 'UTC'");
    json_array_foreach(json_object_get(test, "session"), i, item)
        mig_stage_run(&stage, json_string_value(item));
    json_array_foreach(json_object_get(test, "statements"), i, item)
    {
        const char *sql = text_of(item, "sql");
        g_autoptr(MigImpact) impact = mig_stage_predict(&stage, sql);

        json_array_foreach(json_object_get(item, "facts"), j, fact)
        {
            if (json_object_get(fact, "not_applicable") != NULL)
                continue;
            json_array_foreach(json_object_get(fact, "majors"), k, number)
            {
                if (json_integer_value(number) == major)
                    compare_fact(&stage, id, sql, fact, impact);
            }
        }
        if (g_strcmp0(text_of(item, "ends"), "commit") == 0)
            mig_stage_run(&stage, sql);
    }
}

static void
report(void)
{
    for (size_t i = 0; i < N_FIELDS; i++) {
        unsigned per_mille =
            counts[i].compared > 0 ? counts[i].agreed * 1000 / counts[i].compared : 1000;
        g_test_message("%-24s %5u of %5u, %u.%u %%", field_names[i], counts[i].agreed,
                       counts[i].compared, per_mille / 10, per_mille % 10);
    }
    for (size_t i = 0; i < N_FIELDS; i++) {
        if (counts[i].agreed * 1000 < thresholds[i] * counts[i].compared) {
            g_test_message("%s: below %u in a thousand", field_names[i], thresholds[i]);
            g_test_fail();
        }
    }
}

static void
test_postgres(void)
{
    json_t *root = load("pg-public.json");
    const char *only = g_getenv("MIGRATE_LOCK_CASE");
    const char *major = NULL;
    size_t i = 0;
    json_t *test = NULL, *release = NULL;

    if (root == NULL) {
        g_test_skip("there are no measurements beside this checkout");
        return;
    }
    told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_object_foreach(json_object_get(root, "versions"), major, release)
    {
        int version = mig_engine_version_parse(MIG_ENGINE_POSTGRES, json_string_value(release));
        json_array_foreach(json_object_get(root, "cases"), i, test)
        {
            if (only == NULL || g_strcmp0(only, text_of(test, "id")) == 0)
                run_case(test, version / 10000, version);
        }
    }
    report();
    g_clear_pointer(&told, g_hash_table_unref);
    json_decref(root);
}

static void
tell(const char *id, const char *what, const char *predicted, const char *measured, const char *sql)
{
    g_autofree char *line = g_strdup_printf("%s: %s: predicted %s, measured %s: %s", id, what,
                                            predicted, measured, sql);

    g_test_message("%s", g_strdelimit(line, "\n", ' '));
}

/* Best algorithm and lock of one statement on MariaDB. Returns: how many of the two agree. */
static unsigned
compare_mariadb(const json_t *test, const MigImpact *impact)
{
    static const char *const algorithms[] = {"-", "-", "INSTANT", "NOCOPY", "INPLACE", "COPY"};
    static const char *const clauses[] = {"-", "-", "NONE", "SHARED", "EXCLUSIVE"};
    const char *id = text_of(test, "id"), *sql = text_of(test, "statement");
    const char *algorithm = text_of(test, "best_true_algorithm"),
               *lock = text_of(test, "best_lock");
    unsigned agreed = 0;

    if (impact->refused != NULL) {
        tell(id, "refusal", impact->refused, "none", sql);
        return 0;
    }
    agreed += g_str_equal(algorithms[impact->algorithm], algorithm);
    agreed += g_str_equal(clauses[impact->lock], lock);
    if (agreed < 2) {
        g_autofree char *mine =
            g_strdup_printf("%s %s", algorithms[impact->algorithm], clauses[impact->lock]);
        g_autofree char *theirs = g_strdup_printf("%s %s", algorithm, lock);
        tell(id, "algorithm and lock", mine, theirs, sql);
    }
    return agreed;
}

/* Whether the server's refusal was foreseen, where it isn't the rows that fail. */
static bool
compare_error(const json_t *test, const MigImpact *impact)
{
    const json_t *number = json_object_get(json_object_get(test, "error"), "errno");
    g_autofree char *code = g_strdup_printf("%lld", (long long)json_integer_value(number));
    bool of_data = g_str_equal(code, "4025") || g_str_equal(code, "1062");

    if (of_data || g_strcmp0(impact->refused_code, code) == 0)
        return true;
    tell(text_of(test, "id"), "error", impact->refused_code != NULL ? impact->refused_code : "none",
         code, text_of(test, "statement"));
    return false;
}

static void
test_mariadb(void)
{
    json_t *root = load("mariadb-public.json");
    const char *only = g_getenv("MIGRATE_LOCK_CASE");
    unsigned agreed = 0, compared = 0, foreseen = 0, refused = 0;
    size_t i = 0, j = 0;
    json_t *test = NULL, *item = NULL;

    if (root == NULL) {
        g_test_skip("there are no measurements beside this checkout");
        return;
    }
    int version = mig_engine_version_parse(MIG_ENGINE_MARIADB, text_of(root, "version"));
    json_array_foreach(json_object_get(root, "cases"), i, test)
    {
        g_auto(MigStage) stage = {0};
        g_autoptr(MigImpact) impact = NULL;

        if (only != NULL && g_strcmp0(only, text_of(test, "id")) != 0)
            continue;
        mig_stage_init(&stage, MIG_ENGINE_MARIADB, version, NULL);
        json_array_foreach(json_object_get(test, "setup"), j, item)
            mig_stage_run(&stage, json_string_value(item));
        json_array_foreach(json_object_get(test, "session"), j, item)
            mig_stage_run(&stage, json_string_value(item));
        impact = mig_stage_predict(&stage, text_of(test, "statement"));
        if (!json_is_true(json_object_get(test, "ok"))) {
            refused++;
            foreseen += compare_error(test, impact);
        } else if (text_of(test, "best_true_algorithm") != NULL) {
            compared += 2;
            agreed += compare_mariadb(test, impact);
        }
    }
    g_test_message("algorithms and locks     %5u of %5u", agreed, compared);
    g_test_message("refusals                 %5u of %5u", foreseen, refused);
    g_assert_cmpuint(agreed * 1000, >=, MARIADB_THRESHOLD * compared);
    json_decref(root);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/locks/postgres-does-what-was-measured", test_postgres);
    g_test_add_func("/locks/mariadb-does-what-was-measured", test_mariadb);
    return g_test_run();
}

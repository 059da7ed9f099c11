/* SPDX-License-Identifier: MIT */
/* What a branch adds to the directory of migrations, as git knows it. */
#include "cli/since.h"

#include "base/spawn.h"
#include "lint/rule.h"
#include "source/filename.h"

#include <string.h>

void
mig_since_free(MigSince *since)
{
    if (since == NULL)
        return;

    g_free(since->revision);
    g_clear_pointer(&since->changed, g_hash_table_unref);
    g_clear_pointer(&since->theirs, g_ptr_array_unref);
    g_clear_pointer(&since->known, g_hash_table_unref);
    g_free(since);
}

/* A hook of git's gets variables that lead git elsewhere, relative to another directory. */
static char **
make_environment(void)
{
    static const char *const unwanted[] = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
                                           "GIT_PREFIX", NULL};
    char **variables = g_get_environ();

    for (size_t i = 0; unwanted[i] != NULL; i++)
        variables = g_environ_unsetenv(variables, unwanted[i]);
    variables = g_environ_setenv(variables, "LC_ALL", "C", true);
    /* Only to look: not even the index is refreshed. */
    return g_environ_setenv(variables, "GIT_OPTIONAL_LOCKS", "0", true);
}

/* (owned) what git said, on its first line */
static char *
complaint_of(const char *text)
{
    g_autofree char *line = g_strndup(text, strcspn(text, "\r\n"));
    g_autofree char *valid = g_utf8_make_valid(line, -1);

    return g_strdup(g_str_has_prefix(valid, "fatal: ") ? valid + strlen("fatal: ") : valid);
}

/* Returns: (owned) what git wrote; NULL: with @error set, made of @wrong and of what it said */
static char *
run_git(const char *directory, const char *const *argv, const char *wrong, GError **error)
{
    g_auto(GStrv) variables = make_environment();
    g_autofree char *out = NULL;
    g_autofree char *err = NULL;
    g_autoptr(GError) failure = NULL;
    int status = 0;

    if (!g_spawn_sync(directory, (char **)(uintptr_t)argv, variables, G_SPAWN_SEARCH_PATH,
                      mig_spawn_restore_signals, NULL, &out, &err, &status, &failure)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "--since asks git, which can't be started: %s", failure->message);
        return NULL;
    }
    if (g_spawn_check_wait_status(status, NULL))
        return g_steal_pointer(&out);

    g_autofree char *complaint = complaint_of(err);
    bool said = *complaint != '\0';
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "--since: %s%s%s", wrong,
                said ? "\n  git says: " : "", complaint);
    return NULL;
}

/* Git writes a name with a quote, a backslash or a control character in it as C does. */
static void
add_names(GPtrArray *names, const char *lines)
{
    g_auto(GStrv) each = g_strsplit(lines, "\n", -1);

    for (char **line = each; *line != NULL; line++) {
        size_t length = strlen(*line);
        bool quoted = length >= 2 && **line == '"' && (*line)[length - 1] == '"';
        g_autofree char *inside = quoted ? g_strndup(*line + 1, length - 2) : NULL;
        g_autofree char *name = quoted ? g_strcompress(inside) : g_strdup(*line);

        /* Folders in it are not looked into, and what is no migration isn't planned. */
        if (strchr(name, '/') == NULL && *name != '\0' &&
            mig_filename_kind(name) == MIG_FILENAME_MIGRATION)
            g_ptr_array_add(names, g_steal_pointer(&name));
    }
}

/* (owned) char *: the migrations among the names that git lists */
static GPtrArray *
list_names(const char *directory, const char *const *argv, GError **error)
{
    g_autofree char *lines = run_git(directory, argv, "git can't list files", error);
    if (lines == NULL)
        return NULL;

    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    add_names(names, lines);
    return names;
}

#define GIT "git", "-c", "core.quotePath=false"

static bool
read_changed(MigSince *since, const char *directory, const char *base, GError **error)
{
    const char *const differ[] = {GIT,
                                  "diff",
                                  "--name-only",
                                  "--no-renames",
                                  "--no-ext-diff",
                                  "--diff-filter=d",
                                  "--relative",
                                  base,
                                  "--",
                                  ".",
                                  NULL};
    const char *const untracked[] = {GIT,  "ls-files", "--others", "--exclude-standard",
                                     "--", ".",        NULL};
    g_autoptr(GPtrArray) tracked = list_names(directory, differ, error);
    g_autoptr(GPtrArray) others = tracked != NULL ? list_names(directory, untracked, error) : NULL;

    if (others == NULL)
        return false;
    while (tracked->len > 0)
        g_hash_table_add(since->changed, g_ptr_array_steal_index(tracked, 0));
    while (others->len > 0)
        g_hash_table_add(since->changed, g_ptr_array_steal_index(others, 0));
    return true;
}

/* What the branch has renamed or removed is on the other side only until it is merged. */
static bool
read_theirs(MigSince *since, const char *directory, const char *commit, const char *base,
            GError **error)
{
    const char *const tip[] = {GIT, "ls-tree", "--name-only", commit, "--", ".", NULL};
    const char *const removed[] = {GIT,
                                   "diff",
                                   "--name-only",
                                   "--no-renames",
                                   "--no-ext-diff",
                                   "--diff-filter=D",
                                   "--relative",
                                   base,
                                   "--",
                                   ".",
                                   NULL};
    g_autoptr(GPtrArray) names = list_names(directory, tip, error);
    g_autoptr(GPtrArray) gone = names != NULL ? list_names(directory, removed, error) : NULL;

    if (gone == NULL)
        return false;
    for (guint i = names->len; i-- > 0;) {
        if (g_ptr_array_find_with_equal_func(gone, g_ptr_array_index(names, i), g_str_equal, NULL))
            g_ptr_array_remove_index(names, i);
        else
            g_hash_table_add(since->known, g_ptr_array_index(names, i));
    }
    since->theirs = g_steal_pointer(&names);
    return true;
}

/* (owned) the commit that the revision names */
static char *
find_commit(const char *directory, const char *revision, GError **error)
{
    const char *const inside[] = {GIT, "rev-parse", "--is-inside-work-tree", NULL};
    g_autofree char *wrong = g_strdup_printf("%s is in no working tree of git", directory);
    g_autofree char *answer = run_git(directory, inside, wrong, error);
    if (answer == NULL)
        return NULL;

    g_autofree char *unknown =
        g_strdup_printf("there is no revision \"%s\" here; `git fetch` gets what a server has, and "
                        "a CI checkout may have to be told to fetch all branches",
                        revision);
    g_autofree char *object = g_strconcat(revision, "^{commit}", NULL);
    const char *const verify[] = {GIT, "rev-parse", "--verify", "--quiet", object, NULL};
    /* What begins with a dash would be an option. */
    if (*revision == '-' || *revision == '\0') {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "--since: %s", unknown);
        return NULL;
    }
    char *commit = run_git(directory, verify, unknown, error);
    return commit != NULL ? g_strchomp(commit) : NULL;
}

MigSince *
mig_since_read(const char *directory, const char *revision, GError **error)
{
    g_autoptr(MigSince) since = g_new0(MigSince, 1);
    g_autofree char *commit = find_commit(directory, revision, error);
    if (commit == NULL)
        return NULL;

    g_autofree char *wrong =
        g_strdup_printf("\"%s\" and what is checked out have nothing in common; a CI checkout may "
                        "have to be told to fetch the whole history (fetch-depth: 0)",
                        revision);
    const char *const merge_base[] = {GIT, "merge-base", commit, "HEAD", NULL};
    g_autofree char *base = run_git(directory, merge_base, wrong, error);
    if (base == NULL)
        return NULL;

    g_strchomp(base);
    since->revision = g_strdup(revision);
    since->changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    since->known = g_hash_table_new(g_str_hash, g_str_equal);
    if (!read_changed(since, directory, base, error) ||
        !read_theirs(since, directory, commit, base, error))
        return NULL;
    return g_steal_pointer(&since);
}

GHashTable *
mig_since_paths(const MigSince *since, const char *directory)
{
    GHashTable *paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer name = NULL;

    g_hash_table_iter_init(&iter, since->changed);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_hash_table_add(paths, g_build_filename(directory, name, NULL));
    return paths;
}

bool
mig_since_is_new(const MigSince *since, const char *path)
{
    g_autofree char *name = g_path_get_basename(path);

    return g_hash_table_contains(since->changed, name) &&
           !g_hash_table_contains(since->known, name);
}

static char *
version_of(const char *file)
{
    g_autofree char *name = NULL;
    char *version = NULL;

    mig_filename_split(file, &version, &name);
    return version;
}

/* A rule of that name says what it is about; its severity is that of the rule. */
static void
add_finding(MigFindings *findings, const char *rule_id, MigSeverity severity, const MigStep *step,
            const char *message, const char *danger, const char *way)
{
    const MigRule *rule = mig_rule_find(rule_id);
    MigFinding *finding = mig_finding_new(rule_id, rule != NULL ? rule->severity : severity,
                                          step->path, 1, 1, message);

    finding->danger = g_strdup(danger);
    finding->steps = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(finding->steps, g_strdup(way));
    mig_findings_take(findings, finding);
}

static void
check_step(const MigSince *since, const MigStep *step, const char *newest, MigFindings *findings)
{
    for (guint i = 0; i < since->theirs->len; i++) {
        const char *file = g_ptr_array_index(since->theirs, i);
        g_autofree char *version = version_of(file);

        if (mig_version_compare(version, step->version) != 0)
            continue;
        g_autofree char *message =
            g_strdup_printf("%s has version %s, too: %s", since->revision, step->version, file);
        add_finding(findings, "version-duplicate", MIG_SEVERITY_ERROR, step, message,
                    "Merged, the directory has two files of one version, and no command goes on.",
                    "Give this file a version of its own, newer than all others.");
        return;
    }
    if (newest == NULL || mig_version_compare(step->version, newest) > 0)
        return;
    g_autofree char *message = g_strdup_printf("version %s comes before %s, the newest of %s",
                                               step->version, newest, since->revision);
    add_finding(findings, "version-out-of-order", MIG_SEVERITY_WARNING, step, message,
                "Where the newer one is applied already, this one comes late, and the order is not "
                "that of the files.",
                "Give this file a version that is newer than all others.");
}

void
mig_since_check(const MigSince *since, const MigPlan *plan, MigFindings *findings)
{
    g_autofree char *newest = NULL;

    for (guint i = 0; i < since->theirs->len; i++) {
        char *version = version_of(g_ptr_array_index(since->theirs, i));
        if (newest == NULL || mig_version_compare(version, newest) > 0) {
            g_free(newest);
            newest = g_steal_pointer(&version);
        }
        g_free(version);
    }
    for (guint i = 0; i < plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(plan->steps, i);
        if (mig_since_is_new(since, step->path))
            check_step(since, step, newest, findings);
    }
    mig_findings_sort(findings);
}

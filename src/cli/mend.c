/* SPDX-License-Identifier: MIT */
/* `lint --fix`: the edits of findings, made in files that nobody has applied. */
#include "cli/mend.h"

#include "base/error.h"
#include "base/replace.h"
#include "lint/fix.h"
#include "sql/checksum.h"

#include <stdio.h>
#include <string.h>

static void
free_fixed(gpointer file)
{
    mig_fixed_file_free(file);
}

bool
mig_mend_allowed(const MigInvocation *invocation, const MigSince *since, GError **error)
{
    if (invocation->settings->database != NULL || since != NULL || invocation->n_args > 0)
        return true;

    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "--fix never changes an applied migration, and without a database nothing tells "
                "which are; name the files, or say --since REVISION, or give a database with -d");
    return false;
}

/* Why a file is left as it is; (static) or %NULL. */
static const char *
refuse(const MigStep *step, const MigHistory *history, const MigSince *since, bool live)
{
    if (step->migration == NULL || step->direction != MIG_DIRECTION_UP)
        return "it is no pending migration";
    if (step->record != NULL || step->done > 0 ||
        (history != NULL && mig_history_find(history, step->version) != NULL))
        return "the database has a record of it; write another migration";
    /* A database of one's own may lack what all the others have. */
    if (!live && since != NULL && !mig_since_is_new(since, step->path))
        return "it is not new on this branch, and may be applied somewhere";
    return NULL;
}

static const MigStep *
find_step(const MigPlan *plan, const char *path)
{
    for (guint i = 0; i < plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(plan->steps, i);
        if (strcmp(step->path, path) == 0)
            return step;
    }
    return NULL;
}

static char *
read_file(const MigStep *step, GError **error)
{
    g_autofree char *text = NULL;
    size_t length = 0;

    if (!g_file_get_contents(step->path, &text, &length, error)) {
        mig_error_adopt(error, MIG_ERROR_FILE);
        return NULL;
    }
    g_autofree char *checksum = mig_checksum_raw(text, length);
    if (strcmp(checksum, step->migration->checksum_raw) != 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                    "%s was changed while it was looked at; nothing was done to it", step->path);
        return NULL;
    }
    return g_steal_pointer(&text);
}

/** What a pass over the files is made with. Everything is borrowed. */
typedef struct {
    const MigPlanned *planned;
    const MigInvocation *invocation;
    GHashTable *told;
    GPtrArray *fixed;
    bool dry_run;
} Mending;

static void
tell_refused(const Mending *mending, const char *path, const char *why)
{
    if (g_hash_table_add(mending->told, g_strdup(path)) && !mending->invocation->quiet)
        fprintf(stderr, "note: %s is left as it is: %s\n", path, why);
}

/* Puts the file among those that were mended, unless what comes of it can't be read. */
static bool
mend_file(const Mending *mending, const MigStep *step, const GPtrArray *findings, GError **error)
{
    g_autoptr(MigFixedFile) file = g_new0(MigFixedFile, 1);
    g_autoptr(GError) failure = NULL;

    file->path = g_strdup(step->path);
    file->before = read_file(step, error);
    if (file->before == NULL)
        return false;
    file->after = mig_fix_text(file->before, findings, &file->edits, &file->left);
    if (file->edits == 0)
        return true;

    g_autoptr(MigMigration) migration = mig_source_parse_text(
        step->path, file->after, strlen(file->after), mending->planned->engine, &failure);
    if (migration == NULL) {
        g_autofree char *why =
            g_strdup_printf("with its edits it could not be read (%s)", failure->message);
        tell_refused(mending, step->path, why);
        return true;
    }
    if (!mending->dry_run && !mig_replace_file(step->path, file->after, error))
        return false;
    g_ptr_array_add(mending->fixed, g_steal_pointer(&file));
    return true;
}

/* (owned) MigFinding (borrowed) of one file, from the first on; empty: nothing can be mended */
static GPtrArray *
take_file(const MigFindings *findings, guint *first)
{
    GPtrArray *found = g_ptr_array_new();
    const MigFinding *begin = g_ptr_array_index(findings->list, *first);

    for (; *first < findings->list->len; (*first)++) {
        MigFinding *finding = g_ptr_array_index(findings->list, *first);
        if (strcmp(finding->file, begin->file) != 0)
            break;
        if (finding->fix != NULL && finding->allowed == NULL)
            g_ptr_array_add(found, finding);
    }
    return found;
}

/* What is recorded; NULL without @error: no database says. */
static bool
read_history(const MigPlanned *planned, MigHistory **out_history, GError **error)
{
    *out_history = NULL;
    if (planned->session == NULL || planned->session->history != NULL)
        return true;
    *out_history = mig_history_read(planned->session->table, error);
    return *out_history != NULL;
}

GPtrArray *
mig_mend(const MigPlanned *planned, const MigInvocation *invocation, const MigSince *since,
         const MigFindings *findings, bool dry_run, GHashTable *told, GError **error)
{
    g_autoptr(GPtrArray) fixed = g_ptr_array_new_with_free_func(free_fixed);
    g_autoptr(MigHistory) read = NULL;
    const Mending mending = {planned, invocation, told, fixed, dry_run};

    if (!read_history(planned, &read, error))
        return NULL;
    const MigHistory *history =
        read == NULL && planned->session != NULL ? planned->session->history : read;
    for (guint i = 0; i < findings->list->len;) {
        g_autoptr(GPtrArray) fixable = take_file(findings, &i);
        if (fixable->len == 0)
            continue;

        const MigFinding *first = g_ptr_array_index(fixable, 0);
        const MigStep *step = find_step(planned->plan, first->file);
        const char *why = step != NULL ? refuse(step, history, since, planned->session != NULL)
                                       : "it isn't there";
        if (why != NULL)
            tell_refused(&mending, first->file, why);
        else if (!mend_file(&mending, step, fixable, error))
            return NULL;
    }
    return g_steal_pointer(&fixed);
}

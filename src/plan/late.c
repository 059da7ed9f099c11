/* SPDX-License-Identifier: MIT */
/* Whether a late migration may run after those that are newer. */
#include "plan/late.h"

#include "history/compare.h"
#include "schema/touch.h"

#include <string.h>

/* An applied migration, or a late one, and what it touches. */
typedef struct {
    const MigPair *pair;
    MigTouches *touches; /* (owned) */
} Touched;

typedef struct {
    const MigStepMaker *maker;
    MigCatalog *catalog; /* (owned) as the replay has got */
    GArray *applied;     /* (owned) Touched: those that are newer than the oldest late one */
    GArray *late;        /* (owned) Touched */
} Checking;

static void
clear_touched(gpointer data)
{
    mig_touches_free(((Touched *)data)->touches);
}

/* Replays a script; what it touches is added, if that is wanted. */
static void
replay(MigCatalog *catalog, const MigScript *script, MigTouches *touches)
{
    for (guint i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        g_autoptr(MigChanges) changes =
            mig_parse(script->text + statement->offset, statement->length,
                      mig_catalog_engine(catalog), mig_catalog_version(catalog));
        const MigMoment moment = {0, 0, 0};

        if (touches != NULL)
            mig_touches_add(touches, catalog, changes);
        mig_catalog_apply(catalog, changes, moment);
    }
    mig_catalog_end_migration(catalog);
}

/* What was run: by the file, or where that is gone or was changed by what was recorded. @out_script
 * is NULL where nobody knows; @out_owned keeps what was read for it. */
static bool
read_applied(const Checking *checking, const MigPair *pair, const MigScript **out_script,
             MigScript **out_owned, GError **error)
{
    const MigStepMaker *maker = checking->maker;
    const MigMigration *migration = pair->migration;
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;
    bool same =
        migration != NULL && g_strcmp0(migration->checksum_raw, pair->record->checksum_raw) == 0;

    *out_script = NULL;
    if (migration != NULL && (same || maker->recorded == NULL)) {
        /* Of thousands that nobody has parsed so far only one is in memory. */
        if (!migration->parsed) {
            g_autoptr(MigMigration) copy =
                mig_source_read_file(migration->path, maker->plan->engine, error);
            if (copy == NULL)
                return false;
            *out_owned = g_steal_pointer(&copy->up);
        }
        *out_script = migration->parsed ? migration->up : *out_owned;
        return true;
    }
    if (maker->recorded == NULL ||
        !maker->recorded(pair->record->version, &up, &down, maker->data, error))
        return maker->recorded == NULL;
    if (up == NULL)
        return true;
    g_autofree char *path = g_strdup_printf("recorded UP of %s", pair->record->version);
    *out_script = *out_owned = mig_source_parse_script(path, up, maker->plan->engine, error);
    return *out_script != NULL;
}

static bool
add_applied(Checking *checking, const MigPair *pair, GError **error)
{
    g_autoptr(MigScript) owned = NULL;
    const MigScript *script = NULL;
    Touched touched = {.pair = pair};

    if (!read_applied(checking, pair, &script, &owned, error))
        return false;
    if (script == NULL) {
        mig_catalog_set_incomplete(checking->catalog, "the SQL of an applied migration is unknown");
    } else if (checking->late->len > 0) {
        touched.touches = mig_touches_new();
        replay(checking->catalog, script, touched.touches);
    } else {
        replay(checking->catalog, script, NULL);
    }
    /* Without touches it is one that nobody knows anything of. */
    if (checking->late->len > 0)
        g_array_append_val(checking->applied, touched);
    return true;
}

/* What it touches where it belongs; it isn't there, so that the catalog goes on without it. */
static void
add_late(Checking *checking, const MigPair *pair)
{
    g_autoptr(MigCatalog) copy = mig_catalog_copy(checking->catalog);
    const Touched touched = {pair, mig_touches_new()};

    replay(copy, pair->migration->up, touched.touches);
    g_array_append_val(checking->late, touched);
}

static bool
replay_all(Checking *checking, const GArray *pairs, const GPtrArray *late, GError **error)
{
    for (guint i = 0; i < pairs->len; i++) {
        const MigPair *pair = &g_array_index(pairs, MigPair, i);

        if (pair->record != NULL && mig_record_is_applied(pair->record)) {
            if (!add_applied(checking, pair, error))
                return false;
        } else if (pair->migration != NULL &&
                   g_ptr_array_find((GPtrArray *)(uintptr_t)late, pair->migration, NULL)) {
            add_late(checking, pair);
        }
    }
    /* And where it will really run: after all of them. */
    for (guint i = 0; i < checking->late->len; i++) {
        const Touched *touched = &g_array_index(checking->late, Touched, i);
        g_autoptr(MigCatalog) copy = mig_catalog_copy(checking->catalog);

        replay(copy, touched->pair->migration->up, touched->touches);
    }
    return true;
}

static char *
find_conflict(const Touched *late, const Touched *applied)
{
    g_autofree char *what = NULL;
    const MigRecord *record = applied->pair->record;

    if (applied->touches == NULL)
        return g_strdup_printf("nobody knows what %s %s did: its SQL was not recorded",
                               record->version, record->name);
    if (mig_touches_commute(late->touches, applied->touches, &what))
        return NULL;
    if (what == NULL || mig_touches_all(late->touches) || mig_touches_all(applied->touches))
        return g_strdup_printf("what %s touches can't be told: it may be anything",
                               mig_touches_all(applied->touches) ? record->version
                                                                 : late->pair->migration->version);
    return g_strdup_printf("%s %s, which is applied, touches %s, too", record->version,
                           record->name, what);
}

static char *
list_conflicts(const Checking *checking)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < checking->late->len; i++) {
        const Touched *late = &g_array_index(checking->late, Touched, i);
        const MigMigration *migration = late->pair->migration;

        for (guint j = 0; j < checking->applied->len; j++) {
            const Touched *applied = &g_array_index(checking->applied, Touched, j);
            g_autofree char *why = NULL;

            if (mig_version_compare(applied->pair->record->version, migration->version) > 0)
                why = find_conflict(late, applied);
            if (why == NULL)
                continue;
            g_string_append_printf(list, "\n    %s %s: %s", migration->version, migration->name,
                                   why);
            break;
        }
    }
    return g_string_free(g_steal_pointer(&list), FALSE);
}

bool
mig_late_check(const MigStepMaker *maker, const GArray *pairs, const GPtrArray *late,
               GError **error)
{
    g_autoptr(MigCatalog) catalog =
        mig_catalog_new(maker->plan->engine, maker->plan->server_version);
    g_autoptr(GArray) applied = g_array_new(FALSE, FALSE, sizeof(Touched));
    g_autoptr(GArray) touched = g_array_new(FALSE, FALSE, sizeof(Touched));
    Checking checking = {maker, catalog, applied, touched};

    g_array_set_clear_func(applied, clear_touched);
    g_array_set_clear_func(touched, clear_touched);
    if (!replay_all(&checking, pairs, late, error))
        return false;
    g_autofree char *list = list_conflicts(&checking);
    if (*list == '\0')
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                "pending migrations that are older than one that is applied, and can't be told to "
                "be independent of it:%s\n"
                "  nothing was changed; give them a newer version, or type\n"
                "    migrate up --out-of-order allow     if nothing that came after them minds",
                list);
    return false;
}

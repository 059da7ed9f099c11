/* SPDX-License-Identifier: MIT */
/* What a migration reads and writes: two that share nothing may change places. */
#include "schema/touch.h"

#include <string.h>

#include "schema/store.h"
#include "schema/touching.h"

MigTouches *
mig_touches_new(void)
{
    MigTouches *touches = g_new0(MigTouches, 1);

    touches->things = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return touches;
}

void
mig_touches_free(MigTouches *touches)
{
    if (touches == NULL)
        return;
    g_hash_table_unref(touches->things);
    g_free(touches);
}

bool
mig_touches_all(const MigTouches *touches)
{
    return touches->all;
}

bool
mig_touch_note(MigTouch *touch, const char *what, const char *schema, const char *name,
               unsigned how)
{
    g_autofree char *qualified = mig_store_qualify(schema, name);
    g_autofree char *thing = g_strdup_printf("%s %s", what, qualified);
    GHashTable *things = touch->touches->things;
    unsigned before = GPOINTER_TO_UINT(g_hash_table_lookup(things, thing));

    /* Names that differ only by case may be one. */
    if (touch->catalog->engine != MIG_ENGINE_POSTGRES) {
        g_autofree char *lower = g_ascii_strdown(thing, -1);

        g_free(thing);
        thing = g_steal_pointer(&lower);
        before = GPOINTER_TO_UINT(g_hash_table_lookup(things, thing));
    }
    g_hash_table_insert(things, g_steal_pointer(&thing), GUINT_TO_POINTER(before | how));
    return (before | how) != before;
}

void
mig_touches_add(MigTouches *touches, const MigCatalog *catalog, const MigChanges *changes)
{
    MigTouch touch = {.touches = touches, .catalog = catalog};

    if (changes->status != MIG_PARSE_OK)
        touches->all = true;
    for (size_t i = 0; i < changes->n_changes; i++)
        mig_touch_change(&touch, &changes->changes[i]);
}

static gint
compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
sorted_things(const MigTouches *touches)
{
    GPtrArray *things = g_ptr_array_new();
    GHashTableIter iter;
    gpointer thing;

    g_hash_table_iter_init(&iter, touches->things);
    while (g_hash_table_iter_next(&iter, &thing, NULL))
        g_ptr_array_add(things, thing);
    g_ptr_array_sort(things, compare);
    return things;
}

bool
mig_touches_commute(const MigTouches *a, const MigTouches *b, char **out_what)
{
    const unsigned writes = MIG_TOUCH_WRITE_DATA | MIG_TOUCH_WRITE_SCHEMA;

    if ((a->all && (b->all || g_hash_table_size(b->things) > 0)) ||
        (b->all && g_hash_table_size(a->things) > 0)) {
        if (out_what != NULL)
            *out_what = g_strdup("everything, since a statement can't be told what it touches");
        return false;
    }

    g_autoptr(GPtrArray) things = sorted_things(a);

    for (guint i = 0; i < things->len; i++) {
        unsigned ours = GPOINTER_TO_UINT(g_hash_table_lookup(a->things, things->pdata[i]));
        unsigned theirs = GPOINTER_TO_UINT(g_hash_table_lookup(b->things, things->pdata[i]));

        if (theirs == 0 || ((ours | theirs) & writes) == 0)
            continue;
        if (out_what != NULL)
            *out_what = g_strdup(things->pdata[i]);
        return false;
    }
    return true;
}

char *
mig_touches_dump(const MigTouches *touches)
{
    g_autoptr(GPtrArray) things = sorted_things(touches);
    GString *out = g_string_new(touches->all ? "everything\n" : NULL);

    for (guint i = 0; i < things->len; i++) {
        unsigned how = GPOINTER_TO_UINT(g_hash_table_lookup(touches->things, things->pdata[i]));

        g_string_append_printf(out, "%s:%s%s%s\n", (const char *)things->pdata[i],
                               how & MIG_TOUCH_READ ? " reads" : "",
                               how & MIG_TOUCH_WRITE_DATA ? " writes" : "",
                               how & MIG_TOUCH_WRITE_SCHEMA ? " changes" : "");
    }
    return g_string_free(out, FALSE);
}

/* SPDX-License-Identifier: MIT */
/* Whatever the bytes: effects with the names that their kinds need, and types that match themselves. */
#include <glib.h>

#include "fuzz.h"
#include "sql/effect.h"

static const MigEngine engines[] = {MIG_ENGINE_POSTGRES, MIG_ENGINE_MYSQL, MIG_ENGINE_MARIADB,
                                    MIG_ENGINE_SQLITE};
static const int versions[] = {0, 50700, 80036, 101100};

static void
check_name(const char *name, bool needed)
{
    if (needed)
        g_assert_nonnull(name);
    if (name != NULL)
        g_assert_cmpuint(strlen(name), >, 0);
}

static void
check_effect(const MigEffect *effect, MigEngine engine)
{
    check_name(effect->name, true);
    check_name(effect->schema, false);
    check_name(effect->table,
               effect->object == MIG_OBJECT_COLUMN || effect->object == MIG_OBJECT_CONSTRAINT);
    if (effect->type != NULL) {
        g_assert_cmpint(effect->object, ==, MIG_OBJECT_COLUMN);
        g_assert_cmpint(effect->kind, ==, MIG_EFFECT_THERE);
        g_assert_true(mig_effect_type_matches(effect->type, effect->type, engine));
    }
    if (effect->columns != NULL)
        g_assert_cmpint(effect->object, ==, MIG_OBJECT_INDEX);
    g_free(mig_effect_describe(effect));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;

    MigEngine engine = engines[data[0] % G_N_ELEMENTS(engines)];
    int version = versions[data[0] / G_N_ELEMENTS(engines) % G_N_ELEMENTS(versions)];
    /* A copy of just these bytes, so that AddressSanitizer sees what is read beyond them. */
    size_t length = size - 1;
    char *text = g_malloc(length > 0 ? length : 1);
    memcpy(text, data + 1, length);

    MigEffects *effects = mig_effects_of(text, length, engine, version);
    g_assert_true((effects->by == MIG_SETTLE_BY_CATALOG) == (effects->effects->len > 0));
    for (guint i = 0; i < effects->effects->len; i++)
        check_effect(g_ptr_array_index(effects->effects, i), engine);
    mig_effects_free(effects);

    char *type = g_strndup(text, length);
    g_assert_true(mig_effect_type_matches(type, type, engine));
    g_free(type);
    g_free(text);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* SQLite: what a statement leaves. */
#include <string.h>

#include "sql/effect_words.h"

static const char *const repeatable[] = {"analyze", "reindex", "pragma", "attach", NULL};

static const struct {
    const char *word;
    MigObjectKind object;
} kinds[] = {
    {"table", MIG_OBJECT_TABLE},
    {"index", MIG_OBJECT_INDEX},
    {"view", MIG_OBJECT_VIEW},
    {"trigger", MIG_OBJECT_TRIGGER},
};

static bool
take_kind(EffectReader *r, MigObjectKind *out_object)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (mig_effect_take(r, kinds[i].word)) {
            *out_object = kinds[i].object;
            return true;
        }
    }
    return false;
}

static bool
is_temporary(const EffectName *name)
{
    return name->schema != NULL && g_ascii_strcasecmp(name->schema, "temp") == 0;
}

/* An index's or trigger's table, behind ON; it is in the same schema. */
static bool
take_table(EffectReader *r, EffectName *out_table)
{
    if (!mig_words_find(&r->words, "on"))
        return false;
    mig_words_next(&r->words);
    return mig_effect_take_name(r, out_table);
}

static bool
read_create(EffectReader *r)
{
    static const char *const temporary[] = {"temp", "temporary", NULL};
    MigObjectKind object = MIG_OBJECT_TABLE;
    g_auto(EffectName) name = {NULL, NULL};
    g_auto(EffectName) table = {NULL, NULL};

    /* What is temporary went with the session that made it. */
    if (mig_effect_take_any(r, temporary)) {
        r->program = mig_effect_is(r, "trigger");
        return true;
    }
    bool unique = mig_effect_take(r, "unique");
    mig_effect_take(r, "virtual");
    if (!take_kind(r, &object))
        return false;
    r->program = object == MIG_OBJECT_TRIGGER;
    if (mig_effect_take_if(r))
        return true;
    if (!mig_effect_take_name(r, &name))
        return false;
    if (is_temporary(&name))
        return true;
    bool on_table = object == MIG_OBJECT_INDEX || object == MIG_OBJECT_TRIGGER;
    if (on_table && !take_table(r, &table))
        return false;
    MigEffect *effect =
        mig_effect_mark(r, MIG_EFFECT_THERE, object, name.schema, table.name, name.name);
    if (object == MIG_OBJECT_INDEX)
        effect->columns = mig_effect_take_columns(r);
    effect->unique = unique;
    return true;
}

static bool
read_drop(EffectReader *r)
{
    MigObjectKind object = MIG_OBJECT_TABLE;
    g_auto(EffectName) name = {NULL, NULL};

    if (!take_kind(r, &object))
        return false;
    if (mig_effect_take_if(r))
        return true;
    if (!mig_effect_take_name(r, &name) || is_temporary(&name) || !mig_effect_at_end(r))
        return false;
    mig_effect_mark(r, MIG_EFFECT_GONE, object, name.schema, NULL, name.name);
    return true;
}

static bool
read_rename(EffectReader *r, const EffectName *table)
{
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;
    bool of_table = mig_effect_take(r, "to");

    if (!of_table) {
        mig_effect_take(r, "column");
        if (!mig_effect_take_identifier(r, &from) || !mig_effect_take(r, "to"))
            return false;
    }
    if (!mig_effect_take_identifier(r, &to))
        return false;
    if (of_table)
        mig_effect_mark_rename(r, MIG_OBJECT_TABLE, table->schema, NULL, table->name, to);
    else
        mig_effect_mark_rename(r, MIG_OBJECT_COLUMN, table->schema, table->name, from, to);
    return mig_effect_at_end(r);
}

static bool
read_alter(EffectReader *r)
{
    g_auto(EffectName) table = {NULL, NULL};
    g_autofree char *name = NULL;

    if (!mig_effect_take(r, "table") || !mig_effect_take_name(r, &table) || is_temporary(&table))
        return false;
    if (mig_effect_take(r, "rename"))
        return read_rename(r, &table);
    bool added = mig_effect_take(r, "add");
    if (!added && !mig_effect_take(r, "drop"))
        return false;
    mig_effect_take(r, "column");
    if (!mig_effect_take_identifier(r, &name))
        return false;
    MigEffect *effect = mig_effect_mark(r, added ? MIG_EFFECT_THERE : MIG_EFFECT_GONE,
                                        MIG_OBJECT_COLUMN, table.schema, table.name, name);
    if (added)
        effect->type = mig_effect_take_type(r);
    return true;
}

bool
mig_effect_read_sqlite(EffectReader *r)
{
    if (mig_effect_take(r, "create"))
        return read_create(r);
    if (mig_effect_take(r, "drop"))
        return read_drop(r);
    if (mig_effect_take(r, "alter"))
        return read_alter(r);
    if (mig_effect_take(r, "vacuum")) {
        /* VACUUM INTO fails where the file is there. */
        mig_effect_take(r, "main");
        return mig_effect_at_end(r);
    }
    return mig_words_is_any(&r->words, repeatable);
}

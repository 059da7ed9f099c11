/* SPDX-License-Identifier: MIT */
/* PostgreSQL: what CREATE, DROP and the statements that may be repeated leave. */
#include <string.h>

#include "sql/effect_words.h"

/* Executed twice, they leave what they leave when executed once. */
static const char *const repeatable[] = {
    "analyze",  "analyse", "vacuum", "reindex", "cluster", "repack",   "checkpoint",
    "refresh",  "set",     "reset",  "show",    "discard", "listen",   "load",
    "unlisten", "lock",    "grant",  "revoke",  "comment", "security", NULL,
};

typedef struct {
    const char *first;
    const char *second; /* %NULL: none */
    MigObjectKind object;
} Kind;

/* What is named by a name of a schema's, or of the database's. */
static const Kind kinds[] = {
    {"table", NULL, MIG_OBJECT_TABLE},         {"foreign", "table", MIG_OBJECT_TABLE},
    {"view", NULL, MIG_OBJECT_VIEW},           {"materialized", "view", MIG_OBJECT_VIEW},
    {"index", NULL, MIG_OBJECT_INDEX},         {"sequence", NULL, MIG_OBJECT_SEQUENCE},
    {"type", NULL, MIG_OBJECT_TYPE},           {"domain", NULL, MIG_OBJECT_TYPE},
    {"schema", NULL, MIG_OBJECT_SCHEMA},       {"database", NULL, MIG_OBJECT_DATABASE},
    {"extension", NULL, MIG_OBJECT_EXTENSION}, {"function", NULL, MIG_OBJECT_ROUTINE},
    {"procedure", NULL, MIG_OBJECT_ROUTINE},   {"routine", NULL, MIG_OBJECT_ROUTINE},
    {"aggregate", NULL, MIG_OBJECT_ROUTINE},
};

static bool
take_kind(EffectReader *r, MigObjectKind *out_object)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        bool taken = kinds[i].second != NULL
                         ? mig_effect_take_two(r, kinds[i].first, kinds[i].second)
                         : mig_effect_take(r, kinds[i].first);
        if (taken) {
            *out_object = kinds[i].object;
            return true;
        }
    }
    return false;
}

static bool
is_temporary(const EffectName *name)
{
    return name->schema != NULL && strcmp(name->schema, "pg_temp") == 0;
}

static bool
read_create_index(EffectReader *r, bool unique)
{
    g_auto(EffectName) table = {NULL, NULL};
    g_autofree char *name = NULL;
    bool concurrently = mig_effect_take(r, "concurrently");
    bool if_exists = mig_effect_take_if(r);

    if (if_exists && !concurrently)
        return true;
    /* Without a name the server makes one up. */
    if (mig_effect_is(r, "on") || !mig_effect_take_identifier(r, &name) ||
        !mig_effect_take(r, "on"))
        return false;
    mig_effect_take(r, "only");
    if (!mig_effect_take_name(r, &table))
        return false;
    if (mig_effect_take(r, "using"))
        mig_words_next(&r->words);

    MigEffect *effect =
        mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_INDEX, table.schema, table.name, name);
    effect->columns = mig_effect_take_columns(r);
    effect->unique = unique;
    /* An invalid one that a failed build left makes IF NOT EXISTS succeed, too. */
    effect->if_exists = if_exists;
    return true;
}

static bool
read_create_trigger(EffectReader *r, bool replace)
{
    g_auto(EffectName) table = {NULL, NULL};
    g_autofree char *name = NULL;

    if (!mig_effect_take_identifier(r, &name) || !mig_words_find(&r->words, "on"))
        return false;
    mig_words_next(&r->words);
    if (!mig_effect_take_name(r, &table))
        return false;
    if (!replace)
        mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_TRIGGER, table.schema, table.name, name);
    return true;
}

/* A base type's shell is there before it: CREATE TYPE t; ... CREATE TYPE t (INPUT = ...). */
static bool
says_what_type(EffectReader *r)
{
    return mig_effect_at_end(r) || mig_effect_is(r, "as");
}

static bool
read_create_object(EffectReader *r, MigObjectKind object)
{
    g_auto(EffectName) name = {NULL, NULL};
    bool is_type =
        object == MIG_OBJECT_TYPE && mig_token_is(&r->words.lexer, &r->words.last, "type");

    if (mig_effect_take_if(r))
        return true;
    /* CREATE SCHEMA AUTHORIZATION: named as the role is, which may be CURRENT_USER. */
    if (object == MIG_OBJECT_SCHEMA && mig_effect_is(r, "authorization"))
        return false;
    if (!mig_effect_take_name(r, &name) || (is_type && !says_what_type(r)))
        return false;
    if (is_temporary(&name))
        return true;
    MigEffect *effect = mig_effect_mark(r, MIG_EFFECT_THERE, object, name.schema, NULL, name.name);
    effect->made_here = name.schema == NULL;
    return true;
}

static bool
read_create(EffectReader *r)
{
    static const char *const scopes[] = {"global", "local", NULL};
    static const char *const temporary[] = {"temp", "temporary", NULL};
    MigObjectKind object = MIG_OBJECT_TABLE;
    bool replace = mig_effect_take_two(r, "or", "replace");

    mig_effect_take_any(r, scopes);
    /* What is temporary went with the session that made it. */
    if (mig_effect_take_any(r, temporary))
        return true;
    mig_effect_take(r, "unlogged");
    mig_effect_take(r, "recursive");
    if (mig_effect_take_two(r, "unique", "index"))
        return read_create_index(r, true);
    if (mig_effect_take(r, "index"))
        return read_create_index(r, false);
    if (mig_effect_take_two(r, "constraint", "trigger") || mig_effect_take(r, "trigger"))
        return read_create_trigger(r, replace);
    bool known = take_kind(r, &object);
    r->program = known && object == MIG_OBJECT_ROUTINE;
    if (replace)
        return true;
    if (!known)
        return mig_effect_find_if(r, 2);
    /* A routine of that name but with other parameters may be there already. */
    return object != MIG_OBJECT_ROUTINE && read_create_object(r, object);
}

/* CASCADE, RESTRICT, WITH (FORCE) */
static bool
ends_here(EffectReader *r)
{
    static const char *const behaviors[] = {"cascade", "restrict", NULL};

    mig_effect_take_any(r, behaviors);
    mig_effect_take(r, "with");
    mig_words_take_parens(&r->words);
    return mig_effect_at_end(r);
}

static bool
read_drop_trigger(EffectReader *r)
{
    g_auto(EffectName) table = {NULL, NULL};
    g_autofree char *name = NULL;

    if (mig_effect_take_if(r))
        return true;
    if (!mig_effect_take_identifier(r, &name) || !mig_effect_take(r, "on") ||
        !mig_effect_take_name(r, &table))
        return false;
    mig_effect_mark(r, MIG_EFFECT_GONE, MIG_OBJECT_TRIGGER, table.schema, table.name, name);
    return ends_here(r);
}

static bool
read_drop(EffectReader *r)
{
    MigObjectKind object = MIG_OBJECT_TABLE;

    if (mig_effect_take(r, "trigger"))
        return read_drop_trigger(r);
    if (!take_kind(r, &object))
        return mig_effect_find_if(r, 3);
    mig_effect_take(r, "concurrently");
    if (mig_effect_take_if(r))
        return true;
    do {
        g_auto(EffectName) name = {NULL, NULL};
        if (!mig_effect_take_name(r, &name) || is_temporary(&name))
            return false;
        if (object == MIG_OBJECT_ROUTINE)
            mig_words_take_parens(&r->words);
        mig_effect_mark(r, MIG_EFFECT_GONE, object, name.schema, NULL, name.name);
    } while (mig_effect_take_mark(r, ','));
    return ends_here(r);
}

bool
mig_effect_read_postgres(EffectReader *r)
{
    if (mig_effect_take(r, "create"))
        return read_create(r);
    if (mig_effect_take(r, "drop"))
        return read_drop(r);
    if (mig_effect_take(r, "alter"))
        return mig_effect_read_postgres_alter(r);
    return mig_words_is_any(&r->words, repeatable);
}

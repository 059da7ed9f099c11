/* SPDX-License-Identifier: MIT */
/* MySQL and MariaDB: what CREATE, DROP, RENAME and the statements that may be repeated leave. */
#include <string.h>

#include "sql/effect_words.h"

/* Atomic since then: MySQL 8.0, "Atomic Data Definition Statement Support", CREATE TABLE ... SELECT;
 * MariaDB, "Atomic DDL". */
#define MYSQL_ATOMIC_SELECT 80021
#define MARIADB_ATOMIC 100601

/* Executed twice, they leave what they leave when executed once. */
static const char *const repeatable[] = {
    "use",    "show",  "describe", "desc",   "help", "optimize", "check", "checksum",
    "repair", "flush", "grant",    "revoke", "lock", "unlock",   "cache", NULL,
};

static const struct {
    const char *word;
    MigObjectKind object;
    bool replaceable; /* CREATE OR REPLACE loses nothing that others have put into it */
} kinds[] = {
    {"table", MIG_OBJECT_TABLE, false},       {"tables", MIG_OBJECT_TABLE, false},
    {"view", MIG_OBJECT_VIEW, true},          {"views", MIG_OBJECT_VIEW, true},
    {"index", MIG_OBJECT_INDEX, true},        {"trigger", MIG_OBJECT_TRIGGER, true},
    {"procedure", MIG_OBJECT_ROUTINE, true},  {"function", MIG_OBJECT_ROUTINE, true},
    {"event", MIG_OBJECT_EVENT, true},        {"sequence", MIG_OBJECT_SEQUENCE, false},
    {"database", MIG_OBJECT_DATABASE, false}, {"schema", MIG_OBJECT_DATABASE, false},
};

static bool
take_kind(EffectReader *r, MigObjectKind *out_object, bool *out_replaceable)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (mig_effect_take(r, kinds[i].word)) {
            *out_object = kinds[i].object;
            *out_replaceable = kinds[i].replaceable;
            return true;
        }
    }
    return false;
}

/* 'app'@'localhost', app@localhost, CURRENT_USER(); the lexer takes a host for a parameter. */
static void
skip_account(EffectReader *r)
{
    mig_words_next(&r->words);
    mig_words_take_parens(&r->words);
    if (mig_effect_take_mark(r, '@') || r->words.token.kind == MIG_TOKEN_PARAMETER)
        mig_words_next(&r->words);
}

void
mig_effect_skip_mysql_modifiers(EffectReader *r)
{
    for (;;) {
        if (mig_effect_take(r, "definer")) {
            mig_effect_take_mark(r, '=');
            skip_account(r);
        } else if (mig_effect_take(r, "algorithm")) {
            mig_effect_take_mark(r, '=');
            mig_words_next(&r->words);
        } else if (mig_effect_take_two(r, "sql", "security")) {
            mig_words_next(&r->words);
        } else {
            return;
        }
    }
}

/* A word that isn't in parentheses or quoted; leaves the reader where it stands. */
static bool
says(const EffectReader *r, const char *word)
{
    MigWords words = r->words;

    return mig_words_find(&words, word);
}

static bool
selects(const EffectReader *r)
{
    MigWords words = r->words;

    do {
        if (mig_words_is(&words, "select") || mig_words_is(&words, "values") ||
            mig_words_is(&words, "with"))
            return true;
    } while (mig_words_next(&words));
    return false;
}

static bool
is_atomic_select(const EffectReader *r)
{
    int since = r->engine == MIG_ENGINE_MYSQL ? MYSQL_ATOMIC_SELECT : MARIADB_ATOMIC;

    return r->version == 0 || r->version >= since || !selects(r);
}

static bool
read_create_index(EffectReader *r, bool unique)
{
    g_auto(EffectName) table = {NULL, NULL};
    g_autofree char *name = NULL;

    if (mig_effect_take_if(r))
        return true;
    if (!mig_effect_take_identifier(r, &name))
        return false;
    if (mig_effect_take(r, "using") || mig_effect_take(r, "type"))
        mig_words_next(&r->words);
    if (!mig_effect_take(r, "on") || !mig_effect_take_name(r, &table))
        return false;
    MigEffect *effect =
        mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_INDEX, table.schema, table.name, name);
    effect->columns = mig_effect_take_columns(r);
    effect->unique = unique;
    return true;
}

static bool
read_create_trigger(EffectReader *r)
{
    g_auto(EffectName) name = {NULL, NULL};
    g_auto(EffectName) table = {NULL, NULL};

    if (mig_effect_take_if(r))
        return true;
    if (!mig_effect_take_name(r, &name) || !mig_words_find(&r->words, "on"))
        return false;
    mig_words_next(&r->words);
    if (!mig_effect_take_name(r, &table))
        return false;
    mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_TRIGGER,
                    name.schema != NULL ? name.schema : table.schema, table.name, name.name);
    return true;
}

/* An event that ends is dropped when it has ended, unless it says otherwise. MySQL 8.4, "CREATE
 * EVENT", ON COMPLETION. */
static bool
may_have_ended(const EffectReader *r)
{
    EffectReader at = *r;

    if (!mig_words_find(&at.words, "schedule"))
        return true;
    bool ends = false;
    while (mig_words_next(&at.words) && !mig_effect_is(&at, "do")) {
        if (mig_effect_take_two(&at, "completion", "preserve"))
            return false;
        ends = ends || mig_effect_is(&at, "at") || mig_effect_is(&at, "ends");
    }
    return ends;
}

static bool
read_create_object(EffectReader *r, MigObjectKind object)
{
    g_auto(EffectName) name = {NULL, NULL};

    if (mig_effect_take_if(r))
        return object != MIG_OBJECT_TABLE || is_atomic_select(r);
    if (!mig_effect_take_name(r, &name))
        return false;
    if (object == MIG_OBJECT_TABLE && !is_atomic_select(r))
        return false;
    if (object == MIG_OBJECT_EVENT && may_have_ended(r))
        return false;
    /* A loadable function isn't a routine of the catalog's. */
    if (object == MIG_OBJECT_ROUTINE && says(r, "soname"))
        return false;
    mig_effect_mark(r, MIG_EFFECT_THERE, object, name.schema, NULL, name.name);
    return true;
}

static bool
read_create(EffectReader *r)
{
    static const char *const sorts[] = {"fulltext", "spatial", NULL};
    MigObjectKind object = MIG_OBJECT_TABLE;
    bool replaceable = false;
    bool replace = mig_effect_take_two(r, "or", "replace");

    /* What is temporary went with the session that made it. */
    if (mig_effect_take(r, "temporary"))
        return mig_effect_is(r, "table") || mig_effect_is(r, "sequence");
    mig_effect_skip_mysql_modifiers(r);
    mig_effect_take(r, "aggregate");
    bool unique = mig_effect_take(r, "unique");
    mig_effect_take_any(r, sorts);
    if (!take_kind(r, &object, &replaceable))
        return !replace && mig_effect_find_if(r, 3);
    r->program =
        object == MIG_OBJECT_ROUTINE || object == MIG_OBJECT_TRIGGER || object == MIG_OBJECT_EVENT;
    if (replace)
        return replaceable;
    if (object == MIG_OBJECT_INDEX)
        return read_create_index(r, unique);
    if (object == MIG_OBJECT_TRIGGER)
        return read_create_trigger(r);
    return read_create_object(r, object);
}

/* RESTRICT, CASCADE and MariaDB's WAIT 5, NOWAIT */
static void
skip_behavior(EffectReader *r)
{
    static const char *const behaviors[] = {"restrict", "cascade", "nowait", NULL};

    while (!mig_effect_at_end(r)) {
        if (mig_effect_take(r, "wait"))
            mig_words_next(&r->words);
        else if (!mig_effect_take_any(r, behaviors))
            return;
    }
}

static bool
read_drop_index(EffectReader *r)
{
    g_auto(EffectName) table = {NULL, NULL};
    g_autofree char *name = NULL;

    if (mig_effect_take_if(r))
        return true;
    if (!mig_effect_take_identifier(r, &name) || !mig_effect_take(r, "on") ||
        !mig_effect_take_name(r, &table))
        return false;
    mig_effect_mark(r, MIG_EFFECT_GONE, MIG_OBJECT_INDEX, table.schema, table.name, name);
    return true;
}

static bool
read_drop(EffectReader *r)
{
    MigObjectKind object = MIG_OBJECT_TABLE;
    bool replaceable = false;

    /* It is gone with its session, whether or not it was dropped. */
    if (mig_effect_take(r, "temporary"))
        return mig_effect_find_if(r, 1);
    if (!take_kind(r, &object, &replaceable))
        return mig_effect_find_if(r, 3);
    if (object == MIG_OBJECT_INDEX)
        return read_drop_index(r);
    if (mig_effect_take_if(r))
        return true;
    do {
        g_auto(EffectName) name = {NULL, NULL};
        if (!mig_effect_take_name(r, &name))
            return false;
        mig_effect_mark(r, MIG_EFFECT_GONE, object, name.schema, NULL, name.name);
    } while (mig_effect_take_mark(r, ','));
    skip_behavior(r);
    return mig_effect_at_end(r);
}

static bool
read_rename(EffectReader *r)
{
    static const char *const tables[] = {"table", "tables", NULL};

    if (!mig_effect_take_any(r, tables))
        return false;
    mig_effect_take_if(r);
    do {
        g_auto(EffectName) from = {NULL, NULL};
        g_auto(EffectName) to = {NULL, NULL};
        if (!mig_effect_take_name(r, &from))
            return false;
        skip_behavior(r);
        if (!mig_effect_take(r, "to") || !mig_effect_take_name(r, &to))
            return false;
        mig_effect_mark_move(r, MIG_OBJECT_TABLE, &from, &to);
    } while (mig_effect_take_mark(r, ','));
    return mig_effect_at_end(r);
}

static bool
read_alter_event(EffectReader *r)
{
    g_auto(EffectName) from = {NULL, NULL};
    g_auto(EffectName) to = {NULL, NULL};

    r->program = true;
    if (!mig_effect_take_name(r, &from))
        return false;
    while (!mig_effect_at_end(r) && !mig_effect_is(r, "do")) {
        if (mig_effect_take_two(r, "rename", "to")) {
            if (!mig_effect_take_name(r, &to))
                return false;
            mig_effect_mark_move(r, MIG_OBJECT_EVENT, &from, &to);
            return true;
        }
        mig_words_next(&r->words);
    }
    return true;
}

static bool
read_alter(EffectReader *r)
{
    static const char *const ways[] = {"online", "offline", NULL};
    static const char *const defined_anew[] = {"view", "procedure", "function", NULL};
    static const char *const databases[] = {"database", "schema", NULL};

    mig_effect_take_any(r, ways);
    mig_effect_take(r, "ignore");
    if (mig_effect_take(r, "table"))
        return mig_effect_read_mysql_table(r);
    mig_effect_skip_mysql_modifiers(r);
    if (mig_words_is_any(&r->words, defined_anew))
        return true;
    if (mig_effect_take(r, "event"))
        return read_alter_event(r);
    if (mig_effect_is(r, "sequence"))
        return !says(r, "restart");
    return mig_words_is_any(&r->words, databases) && !says(r, "upgrade");
}

/* SET GLOBAL max_connections = @@max_connections + 10: what it leaves hangs on what was there. */
static bool
adds_to_global(const EffectReader *r)
{
    static const char *const lasting[] = {"global", "persist", "persist_only", NULL};
    MigWords words = r->words;
    bool global = false;
    bool reads = false;

    while (mig_words_next(&words)) {
        const char *name = words.lexer.text + words.token.offset;
        bool variable =
            words.token.kind == MIG_TOKEN_PARAMETER && words.token.length > 2 && name[1] == '@';
        bool value =
            words.last.kind == MIG_TOKEN_OPERATOR && words.lexer.text[words.last.offset] != ',';
        reads = reads || (variable && value);
        global = global || mig_words_is_any(&words, lasting) ||
                 (variable && !value &&
                  (g_ascii_strncasecmp(name + 2, "global.", strlen("global.")) == 0 ||
                   g_ascii_strncasecmp(name + 2, "persist", strlen("persist")) == 0));
    }
    return global && reads;
}

bool
mig_effect_read_mysql(EffectReader *r)
{
    static const char *const analyzed[] = {"table", "tables", "local", "no_write_to_binlog", NULL};

    /* MariaDB: SET STATEMENT variable = value FOR statement. */
    while (mig_effect_take_two(r, "set", "statement")) {
        if (!mig_words_find(&r->words, "for"))
            return false;
        mig_words_next(&r->words);
    }
    if (mig_effect_take(r, "create"))
        return read_create(r);
    if (mig_effect_take(r, "drop"))
        return read_drop(r);
    if (mig_effect_take(r, "alter"))
        return read_alter(r);
    if (mig_effect_take(r, "rename"))
        return read_rename(r);
    if (mig_effect_is(r, "set"))
        return !adds_to_global(r);
    /* MariaDB's ANALYZE executes any other statement. */
    if (mig_effect_take(r, "analyze"))
        return mig_words_is_any(&r->words, analyzed);
    return mig_words_is_any(&r->words, repeatable);
}

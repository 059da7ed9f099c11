/* SPDX-License-Identifier: MIT */
/* A statement read for its effects: names as the catalog has them, and what each action leaves. */
#pragma once

#include "sql/effect.h"
#include "sql/words.h"

/* A name with what stands before its last dot. */
typedef struct {
    char *schema; /* (owned) or %NULL */
    char *name;   /* (owned) */
} EffectName;

static inline void
mig_effect_name_clear(EffectName *name)
{
    g_clear_pointer(&name->schema, g_free);
    g_clear_pointer(&name->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(EffectName, mig_effect_name_clear)

/*
 * The readers below return whether they have understood what they read; a statement of which
 * anything isn't understood is settled by hand. What they understand is a mark for each object that
 * comes or goes, or `hidden`, or else harmless when it is repeated.
 */
typedef struct {
    MigWords words;
    MigEngine engine;
    int version;
    GPtrArray *marks;  /* (owned) EffectMark */
    GHashTable *known; /* key (owned) to EffectMark (borrowed) */
    bool program;      /* its body may have any number of ";" */
    bool hidden;       /* a part of it neither shows in the catalog nor may be repeated */
} EffectReader;

/* @r: (out) to be cleared with mig_effect_reader_clear(); stands at the first word */
void mig_effect_reader_init(EffectReader *r, const char *sql, size_t length, MigEngine engine,
                            int version);
void mig_effect_reader_clear(EffectReader *r);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(EffectReader, mig_effect_reader_clear)

/* Moves what was marked to a list. Returns: (owned) MigEffect, those that tell something */
GPtrArray *mig_effect_reader_effects(const EffectReader *r);

static inline bool
mig_effect_take(EffectReader *r, const char *word)
{
    return mig_words_take(&r->words, word);
}

static inline bool
mig_effect_is(const EffectReader *r, const char *word)
{
    return mig_words_is(&r->words, word);
}

/* Goes on if the current token is this mark. Returns: whether it was */
static inline bool
mig_effect_take_mark(EffectReader *r, char mark)
{
    if (!mig_words_is_mark(&r->words, mark))
        return false;
    mig_words_next(&r->words);
    return true;
}

static inline bool
mig_effect_at_end(const EffectReader *r)
{
    return mig_words_at_end(&r->words);
}

/* Goes on if the current token is the first word and the next one the second. */
bool mig_effect_take_two(EffectReader *r, const char *first, const char *second);

/* Goes on if the current token is one of these words, of which the last is %NULL. */
bool mig_effect_take_any(EffectReader *r, const char *const *list);

/* Goes behind IF EXISTS or IF NOT EXISTS. Returns: whether it was there */
bool mig_effect_take_if(EffectReader *r);

/* @out_name: (out) (owned) unquoted and folded; untouched on failure */
bool mig_effect_take_identifier(EffectReader *r, char **out_name);

/* @out_name: (out) empty; filled on success */
bool mig_effect_take_name(EffectReader *r, EffectName *out_name);

/* Goes behind names of kinds, at most @n words, up to IF [NOT] EXISTS. Returns: whether it stands
 * behind that */
bool mig_effect_find_if(EffectReader *r, unsigned n);

/* Goes to the "," or ")" that ends an item of a list at the depth where it stands, or to the end. */
void mig_effect_skip_item(EffectReader *r);
void mig_effect_skip_all(EffectReader *r);

/* A column's type, up to the first word that says something else. Returns: (owned) or %NULL */
char *mig_effect_take_type(EffectReader *r);

/* The columns between an index's parentheses; goes behind them. Returns: (owned) their names, each
 * followed by a "," but the last; %NULL if not all of them are plain columns */
char *mig_effect_take_columns(EffectReader *r);

/* Says that the object is there, or gone, afterwards, and wasn't before. Returns: (borrowed) for
 * what else is known of it */
MigEffect *mig_effect_mark(EffectReader *r, MigEffectKind kind, MigObjectKind object,
                           const char *schema, const char *table, const char *name);

/* One is gone, the other there. */
void mig_effect_mark_rename(EffectReader *r, MigObjectKind object, const char *schema,
                            const char *table, const char *from, const char *to);

/* The same for what may go to another schema. */
void mig_effect_mark_move(EffectReader *r, MigObjectKind object, const EffectName *from,
                          const EffectName *to);

/* Forgets all that was marked. */
void mig_effect_unmark(EffectReader *r);

/* Each engine's own; they stand at the first word. */
bool mig_effect_read_postgres(EffectReader *r);
bool mig_effect_read_postgres_alter(EffectReader *r);
bool mig_effect_read_mysql(EffectReader *r);
bool mig_effect_read_mysql_table(EffectReader *r);
bool mig_effect_read_sqlite(EffectReader *r);
/* DEFINER = 'user'@'host', ALGORITHM = MERGE, SQL SECURITY INVOKER */
void mig_effect_skip_mysql_modifiers(EffectReader *r);

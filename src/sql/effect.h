/* SPDX-License-Identifier: MIT */
/* What a statement leaves in the catalog, as far as looking there can tell whether it ran. */
#pragma once

#include <migrate/driver.h>
#include <migrate/engine.h>

typedef enum {
    MIG_EFFECT_THERE, /* after the statement the object exists (with these properties) */
    MIG_EFFECT_GONE,  /* after it the object doesn't */
} MigEffectKind;

/**
 * MigEffect:
 *
 * One thing to look for. Names are as the catalog has them: unquoted, folded as the engine folds.
 */
typedef struct {
    MigEffectKind kind;
    MigObjectKind object;
    char *schema;  /* (owned) %NULL: not said */
    char *table;   /* (owned) of a column, constraint, trigger or index; else %NULL */
    char *name;    /* (owned) */
    char *type;    /* (owned) a column's new type as written, one space between words; else %NULL */
    char *columns; /* (owned) an index's columns, separated by ","; %NULL if it has expressions */
    bool unique;   /* an index */
    /* It comes into the current schema: one further along the search path isn't it. */
    bool made_here;
    /* CREATE INDEX CONCURRENTLY IF NOT EXISTS, which an invalid index satisfies, too. */
    bool if_exists;
} MigEffect;

typedef enum {
    MIG_SETTLE_BY_CATALOG,   /* the effects tell: all hold: it ran; none holds: it didn't */
    MIG_SETTLE_BY_REPEATING, /* repeating it does no harm: VACUUM, ANALYZE, SET, CREATE OR REPLACE */
    MIG_SETTLE_BY_HAND,      /* nothing that is looked for tells: UPDATE, INSERT, DO, CALL, ... */
} MigSettleBy;

typedef struct {
    MigSettleBy by;
    GPtrArray *effects; /* (owned) MigEffect; empty unless by the catalog */
} MigEffects;

/**
 * mig_effects_of:
 * @sql: (borrowed) one statement
 *
 * Never guesses: what isn't understood is %MIG_SETTLE_BY_HAND. A statement whose effect looks the
 * same before and after (ALTER COLUMN SET DEFAULT, a comment) is, too, unless repeating it is
 * harmless.
 *
 * Returns: (owned) what to look for
 */
MigEffects *mig_effects_of(const char *sql, size_t length, MigEngine engine, int version);
void mig_effects_free(MigEffects *effects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigEffects, mig_effects_free)

/** mig_effect_describe: (owned) for people: "column users.phone varchar(20)", "index i on t (a, b)". */
char *mig_effect_describe(const MigEffect *effect);

/**
 * mig_effect_type_matches:
 * @written: (borrowed) a column's type as a migration writes it: "varchar(20)"
 * @server: (borrowed) as the server's catalog does: "character varying(20)"
 *
 * Returns: whether these are names of one type; true where that isn't known
 */
bool mig_effect_type_matches(const char *written, const char *server, MigEngine engine);

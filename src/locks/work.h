/* SPDX-License-Identifier: MIT */
/* MigWork: an impact while it is being worked out, and what every engine's part adds to it. */
#pragma once

#include "locks/impact.h"

/**
 * MigWork:
 *
 * Lives for one call of mig_impact_of().
 */
typedef struct {
    MigImpact *impact; /* (borrowed) */
    const MigChanges *changes;
    const MigCatalog *catalog;
    MigMoment now;
    MigEngine engine;
    int version;          /* see mig_engine_version_parse() */
    int major;            /* PostgreSQL's: 15 */
    MigLockMode alter;    /* what all actions of this ALTER TABLE lock with; NONE: each its own */
    unsigned depth;       /* of programs that call programs */
    bool uncertain;       /* what is looked at now may not be done: a branch, a routine's body */
    GHashTable *at;       /* (owned) key to its place in `impact->locks`, plus one */
    GPtrArray *owners;    /* (owned) MigTable, borrowed: of each lock the table, or the index's
                             table; %NULL for what is neither */
    GHashTable *made;     /* (owned) keys of what this statement makes */
    GHashTable *gone;     /* (owned) keys of what this statement drops before it makes anything */
    GPtrArray *stand_ins; /* (owned) MigTable: of tables that the catalog doesn't know */
} MigWork;

void mig_work_init(MigWork *work, MigImpact *impact, const MigChanges *changes,
                   const MigCatalog *catalog, MigMoment now);
void mig_work_clear(MigWork *work);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MigWork, mig_work_clear)

/**
 * mig_work_table:
 * @if_exists: it is no mistake if it isn't there
 *
 * Finds what a statement names. What the catalog doesn't know is taken to be an old table, full of
 * rows, of whose columns nothing is known.
 *
 * Returns: (borrowed) the table; %NULL if there is nothing to lock: it is known to be missing (and
 * unless @if_exists the statement is refused), or this statement makes it
 */
const MigTable *mig_work_table(MigWork *work, const MigName *name, bool if_exists);

/** mig_work_named: the same for names that are apart. @schema may be %NULL. */
const MigTable *mig_work_named(MigWork *work, const char *schema, const char *name, bool if_exists);

/** Notes that the statement makes this, so that a later action of it locks nothing. */
void mig_work_makes(MigWork *work, const MigName *name);
void mig_work_drops(MigWork *work, const MigTable *table, const char *part);
bool mig_work_dropped(const MigWork *work, const MigTable *table, const char *part);

/** (borrowed) the lock that was noted for a relation, or %NULL. */
MigRelationLock *mig_work_lock_of(const MigWork *work, const char *schema, const char *name);
void mig_work_lock(MigWork *work, const MigTable *table, MigLockMode mode);
void mig_work_lock_index(MigWork *work, const MigTable *table, const MigTableIndex *index,
                         MigLockMode mode);
void mig_work_lock_indexes(MigWork *work, const MigTable *table, MigLockMode mode);
/** @index: an index of which nobody knows the table; else it is a sequence */
void mig_work_lock_other(MigWork *work, const char *schema, const char *name, bool index,
                         bool made_here, MigLockMode mode);
/** Statements on it wait, though it isn't locked itself. */
void mig_work_wait(MigWork *work, const MigTable *table, bool reads, bool writes);
bool mig_work_made_here(const MigWork *work, MigMoment made);

/** Only what has rows of its own is read or written: no view, no partitioned table. */
bool mig_work_has_rows(const MigTable *table);
void mig_work_scan(MigWork *work, const MigTable *table);
void mig_work_rewrite(MigWork *work, const MigTable *table);
void mig_work_rebuild(MigWork *work, const MigTable *table, const MigTableIndex *index);
bool mig_work_rewrites(const MigWork *work, const MigTable *table);

/** The first reason is kept. Nothing is refused in a branch that may not be taken. */
void mig_work_refuse(MigWork *work, const char *code, const char *format, ...) G_GNUC_PRINTF(3, 4);
/** What decides, for people; the first is kept. */
void mig_work_because(MigWork *work, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** (owned) MigTable, borrowed: the table itself, and unless @only its children and theirs. */
GPtrArray *mig_work_tree(const MigTable *table, bool only);
/** (owned) MigTable, borrowed: tables with a foreign key to this one; see mig_work_keys_to(). */
typedef struct {
    const MigTable *child;
    const MigTableConstraint *key;
} MigWorkKey;
/** (owned) MigWorkKey: foreign keys that reference the table. */
GArray *mig_work_keys_to(MigWork *work, const MigTable *table);
/** (owned) MigTable, borrowed: views that read it, or this column of it, directly or not. */
GPtrArray *mig_work_views_of(MigWork *work, const MigTable *table, const char *column);
/** (owned) MigTable, borrowed */
GPtrArray *mig_work_all_tables(MigWork *work);
GPtrArray *mig_work_users_of(MigWork *work, const MigUserType *type);

bool mig_work_has_name(const char *const *names, size_t n, const char *name);
/** Whether the index has the column in any place: key, INCLUDE, expression, predicate. */
bool mig_work_index_has(const MigTableIndex *index, const char *column);
/** The table's index behind a constraint; %NULL. */
const MigTableIndex *mig_work_index_of(const MigTable *table, const MigTableConstraint *key);
bool mig_work_is(const MigName *name, const MigTable *table);

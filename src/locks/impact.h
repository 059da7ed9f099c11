/* SPDX-License-Identifier: MIT */
/* What a statement does to live tables: which locks it takes, what it rewrites and reads. */
#pragma once

#include "schema/catalog.h"

/**
 * MigLockMode:
 *
 * PostgreSQL's table locks, from the weakest to the strongest. Manual: PostgreSQL 18, "Explicit
 * Locking", Table-Level Locks. SHARE UPDATE EXCLUSIVE and SHARE conflict with different modes, so
 * "strongest" is the order in which the manual lists them.
 */
typedef enum {
    MIG_LOCK_MODE_NONE,
    MIG_LOCK_MODE_ACCESS_SHARE,
    MIG_LOCK_MODE_ROW_SHARE,
    MIG_LOCK_MODE_ROW_EXCLUSIVE,
    MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE,
    MIG_LOCK_MODE_SHARE,
    MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE,
    MIG_LOCK_MODE_EXCLUSIVE,
    MIG_LOCK_MODE_ACCESS_EXCLUSIVE,
} MigLockMode;

/** (static) "AccessExclusiveLock", as pg_locks has it. */
const char *mig_lock_mode_name(MigLockMode mode);
bool mig_lock_modes_conflict(MigLockMode a, MigLockMode b);
bool mig_lock_mode_blocks_reads(MigLockMode mode);
bool mig_lock_mode_blocks_writes(MigLockMode mode);

typedef struct {
    const char *schema;
    const char *name;
    bool index;
    bool sequence;
    bool made_here; /* the statement makes it, or this migration has: nobody else can wait for it */
    bool assumed;   /* the catalog doesn't know it */
    MigLockMode mode;   /* PostgreSQL; NONE on the others */
    bool blocks_reads;  /* a plain SELECT waits */
    bool blocks_writes; /* INSERT, UPDATE and DELETE wait */
} MigRelationLock;

typedef struct {
    const char *schema;
    const char *name;
    bool made_here;
} MigRelationRef;

/**
 * MigImpact:
 *
 * What one statement does, were it run alone in its transaction. Relations that the statement makes
 * are left out, except where `made_here` says so.
 */
typedef struct {
    GArray *locks;    /* (owned) MigRelationLock, each relation once, in the order of name */
    GArray *rewrites; /* (owned) MigRelationRef: tables whose rows are written anew */
    GArray *waits;    /* (owned) MigRelationLock of mode NONE: relations that aren't locked, but on
                         which statements wait: a child looks at its parent, a parent at a partition,
                         a table at its indexes and sequences */
    GArray *scans;    /* (owned) MigRelationRef: tables of which every row is read */
    GArray *rebuilds; /* (owned) MigRelationRef: indexes that are built anew */
    MigAlgorithm
        algorithm;      /* MySQL and MariaDB: the best that the server will use; UNSAID elsewhere */
    MigLockClause lock; /* MySQL and MariaDB: NONE, SHARED or EXCLUSIVE while it works */
    bool rebuilds_table;   /* MySQL and MariaDB: INPLACE that copies the table all the same */
    bool concurrent_dml;   /* writers to the table go on while it works */
    bool brief;            /* its time doesn't grow with the table */
    bool waits_for_others; /* CREATE INDEX CONCURRENTLY and the like: waits for open transactions */
    const char *refused;   /* the server will refuse it, in its words as far as known: (static) or
                               owned by `strings`; %NULL */
    const char *refused_code; /* SQLSTATE or error number; %NULL */
    const char *because; /* one sentence on what decided, for people; %NULL: nothing worth saying */
    GStringChunk *strings; /* (owned) */
} MigImpact;

/**
 * mig_impact_of:
 * @changes: (borrowed) one statement's
 * @catalog: (borrowed) as it is before the statement, settings of the session included
 * @now: of the statement: what this migration made is `made_here`
 *
 * Returns: (owned)
 */
MigImpact *mig_impact_of(const MigChanges *changes, const MigCatalog *catalog, MigMoment now);
void mig_impact_free(MigImpact *impact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigImpact, mig_impact_free)

/** Locks that a transaction holds after several of its statements: each relation's strongest. */
void mig_impact_add_locks(GArray *held, const MigImpact *impact);

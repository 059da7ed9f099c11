/* SPDX-License-Identifier: MIT */
/* What a database's tables look like, as far as the migrations before tell. */
#pragma once

#include <migrate/change.h>

/**
 * MigMoment:
 *
 * When something came into being or was last changed: by which statement of which migration. Rules
 * keep quiet about what the migration under review has itself made.
 */
typedef struct {
    unsigned migration;   /* from 1 in the order of the replay; 0: before all of them */
    unsigned transaction; /* from 1 within the migration; 0: in none */
    unsigned statement;   /* from 1 within the migration */
} MigMoment;

typedef enum {
    MIG_RELATION_TABLE,
    MIG_RELATION_PARTITIONED,
    MIG_RELATION_VIEW,
    MIG_RELATION_MATERIALIZED_VIEW,
    MIG_RELATION_FOREIGN,
    MIG_RELATION_VIRTUAL,
    MIG_RELATION_SEQUENCE,
    MIG_RELATION_COMPOSITE,
} MigRelationKind;

typedef struct MigTable MigTable;

/** MigTableColumn: everything in it is owned by its table. */
typedef struct {
    const char *name;
    MigType type; /* `name` %NULL: not known */
    bool not_null;
    bool not_null_known;          /* false: neither nullable nor not is known */
    bool not_null_not_valid;      /* PostgreSQL 18+: NOT NULL ... NOT VALID */
    const char *not_null_name;    /* PostgreSQL 18+: its constraint's; %NULL */
    const MigExpr *default_value; /* %NULL: none */
    const MigExpr *on_update;
    MigGenerated generated;
    const MigExpr *generated_as;
    MigIdentity identity;
    bool serial;          /* its default is a sequence of its own */
    const char *sequence; /* qualified name of the sequence that it owns; %NULL */
    bool auto_increment;
    bool invisible;
    bool inherited; /* from a parent */
    bool local;     /* defined by the table itself, be it inherited, too */
    const char *comment;
    const char *storage;
    const char *compression;
    bool uncertain; /* a DO block made or changed it: perhaps */
    MigMoment made;
    MigMoment default_set;
    MigMoment nullability_set;
    MigMoment type_set;
    MigMoment filled; /* the last UPDATE that gave it values: of all rows, or WHERE it IS NULL */
} MigTableColumn;

typedef struct {
    MigConstraintKind kind;
    const char *name;     /* never %NULL: as the engine names it, "" where it gives none (SQLite) */
    bool name_known;      /* false: `name` is a guess, as another object may have taken it */
    bool name_made;       /* nobody wrote it: the engine chose it */
    const char **columns; /* of a CHECK: those that its condition names */
    size_t n_columns;
    const MigExpr *expr;
    const char *ref_schema;
    const char *ref_table;
    const char **ref_columns; /* resolved to the parent's primary key where that is known */
    size_t n_ref_columns;
    MigReferentialAction on_delete;
    MigReferentialAction on_update;
    const char *index; /* the index behind it; %NULL */
    bool validated;
    bool enforced;
    bool deferrable;
    bool initially_deferred;
    bool no_inherit;
    bool inherited;
    bool of_column; /* SQLite: written with a column */
    MigMoment made;
    MigMoment validated_at;
} MigTableConstraint;

typedef struct {
    const char *name;
    bool name_known; /* false: `name` is a guess */
    bool name_made;  /* nobody wrote it: the engine chose it */
    MigKeyPart *parts;
    size_t n_parts;
    const char **include;
    size_t n_include;
    const MigExpr *where;
    const char *method; /* never %NULL */
    const char *tablespace;
    const char *constraint; /* that it stands behind; %NULL */
    const char *parent;     /* the partitioned index that it is attached to; %NULL */
    bool unique;
    bool primary;
    bool nulls_not_distinct;
    bool valid; /* false: ON ONLY a partitioned parent with partitions that have none */
    bool invisible;
    bool clustered;
    bool replica_identity;
    bool for_foreign_key; /* MySQL made it for a key of this table; it gives way to a better one */
    MigMoment made;
    MigMoment visibility_set;
} MigTableIndex;

typedef struct {
    const char *name;
    const char *routine;  /* qualified; %NULL */
    const char **columns; /* UPDATE OF, and columns that WHEN names */
    size_t n_columns;
    const char **events;
    size_t n_events;
    const char *timing;
    bool enabled;
    bool for_each_row;
    MigMoment made;
} MigTableTrigger;

typedef struct {
    const char *name;
    const char *command; /* "all", "select", ... */
    const MigExpr *using_expr;
    const MigExpr *check;
    MigMoment made;
} MigTablePolicy;

/** MigDependency: what a view or routine reads. */
typedef struct {
    const char *schema;
    const char *table;
    const char *column; /* "": the table, whatever its columns; %NULL: which columns isn't known */
} MigDependency;

/**
 * MigTable:
 *
 * A table, or anything else that is named like one. Owned by its catalog; readers use the arrays, and
 * only src/schema writes to them.
 */
struct MigTable {
    MigEngine engine; /* which says whether names of columns differ by case */
    MigRelationKind kind;
    const char *schema;
    const char *name;
    GPtrArray *columns;     /* (owned) MigTableColumn, in order; not those that were dropped */
    GPtrArray *constraints; /* (owned) MigTableConstraint; NOT NULL is with its column */
    GPtrArray *indexes;     /* (owned) MigTableIndex */
    GPtrArray *triggers;    /* (owned) MigTableTrigger */
    GPtrArray *policies;    /* (owned) MigTablePolicy */
    GPtrArray *rules;       /* (owned) char *, names */
    GPtrArray *statistics;  /* (owned) char *, names of extended statistics over it */
    GPtrArray *parents;     /* (owned) MigTable, borrowed: inherits from, or is a partition of */
    GPtrArray *children;    /* (owned) MigTable, borrowed */
    bool is_partition;
    const MigBound *bound;              /* of a partition; %NULL */
    const MigPartitionBy *partition_by; /* %NULL */
    GPtrArray *depends_on;              /* (owned) MigDependency: of a view */
    const MigQuery *query;              /* of a view; %NULL */
    bool selects_star;                  /* of a view */
    bool populated;                     /* of a materialized view */
    bool temporary;
    bool unlogged;
    bool row_security;
    bool row_security_forced;
    bool published;        /* it is in a publication */
    char replica_identity; /* 'd' default, 'f' full, 'n' nothing, 'i' index */
    bool without_rowid;
    bool strict;
    bool system_versioned;
    const char *tablespace;
    const char *access_method;
    const char *of_type;
    const char *owner;
    const char *comment;
    GHashTable *options; /* (owned) lower-case name to value: engine, "character set", collate,
                              row_format, fillfactor, ... */
    bool columns_known;  /* false: it exists, but not all of its columns are known */
    bool assumed; /* no migration is known to have made it: something named it, so it is taken
                            to exist. `made` is before all migrations */
    MigMoment made;
    MigMoment changed;

    /* For src/schema only. */
    struct MigArena *arena; /* (owned) what the pointers above point into */
    size_t settled_bytes;   /* of the arena when it was last copied without what is dead */
    bool touched;           /* by the statement that is being replayed */
};

typedef struct {
    const char *schema;
    const char *name;
    enum {
        MIG_USER_TYPE_ENUM,
        MIG_USER_TYPE_DOMAIN,
        MIG_USER_TYPE_COMPOSITE,
        MIG_USER_TYPE_OTHER
    } kind;
    GPtrArray *values;   /* (owned) char *: of an enum, in order */
    GArray *values_made; /* (owned) MigMoment, for each */
    MigType base;        /* of a domain */
    bool not_null;       /* of a domain */
    const MigExpr *default_value;
    GPtrArray *constraints; /* (owned) MigTableConstraint: of a domain */
    GPtrArray *columns;     /* (owned) MigTableColumn: of a composite */
    MigMoment made;
    struct MigArena *arena; /* (owned) for src/schema only */
} MigUserType;

typedef struct {
    const char *schema;
    const char *name;
    const char *type;           /* "bigint" unless said otherwise */
    const char *owned_by_table; /* qualified; %NULL */
    const char *owned_by_column;
    MigMoment made;
    struct MigArena *arena; /* (owned) for src/schema only */
} MigSequence;

typedef struct {
    const char *schema;
    const char *name;
    const char *arguments; /* types as written; %NULL: not said */
    MigObjectType type;
    const MigRoutine *routine;
    GPtrArray *depends_on; /* (owned) MigDependency, as far as its body tells */
    bool body_known;       /* all of its body was read: it touches nothing else */
    bool
        changes_schema; /* its body has DDL, so that a call of it makes or drops what isn't followed */
    MigMoment made;
    struct MigArena *arena; /* (owned) for src/schema only */
} MigUserRoutine;

typedef struct MigCatalog MigCatalog;

typedef enum {
    MIG_LOOKUP_FOUND,
    MIG_LOOKUP_ABSENT,  /* it is known that there is none */
    MIG_LOOKUP_UNKNOWN, /* there may be one: take it for old, and full of rows */
} MigLookup;

/**
 * mig_catalog_new:
 * @version: of the server, 0: the newest known
 *
 * An empty catalog of which nothing is known to be missing: a name that isn't in it is ABSENT. Its
 * default schema is "public" on PostgreSQL, "main" on SQLite, and on MySQL "" (the connection's).
 *
 * Returns: (owned)
 */
MigCatalog *mig_catalog_new(MigEngine engine, int version);
void mig_catalog_free(MigCatalog *catalog);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigCatalog, mig_catalog_free)

/** From here on names that aren't in it are UNKNOWN: the history doesn't begin with an empty
 * database, or something ran that can't be read. @why: (borrowed) for people. */
void mig_catalog_set_incomplete(MigCatalog *catalog, const char *why);
bool mig_catalog_complete(const MigCatalog *catalog);
/** (borrowed) the first reason why it is incomplete; %NULL: it is complete. */
const char *mig_catalog_incomplete_why(const MigCatalog *catalog);
MigEngine mig_catalog_engine(const MigCatalog *catalog);
int mig_catalog_version(const MigCatalog *catalog);
void mig_catalog_set_default_schema(MigCatalog *catalog, const char *schema);

/**
 * mig_catalog_apply:
 * @changes: (borrowed) one statement's
 * @moment: of it
 *
 * The catalog after the statement. What can't succeed (a table that is there already) changes nothing;
 * a table that isn't known is assumed to have been there, with what the change says of it. Changes
 * `in_body` do nothing; `nested` ones (in a DO block) are taken as done, and what they make or drop
 * is then not certain: lookups of it are UNKNOWN where it matters.
 */
void mig_catalog_apply(MigCatalog *catalog, const MigChanges *changes, MigMoment moment);

/** The migration's end: settings of the session are put back, as the runner does. */
void mig_catalog_end_migration(MigCatalog *catalog);

/** (borrowed) a session setting as the migration has set it ("timezone", "lock_timeout", "role",
 * "foreign_key_checks", "sql_mode"); %NULL: it is as it was at the start. */
const char *mig_catalog_setting(const MigCatalog *catalog, const char *name);

/**
 * mig_catalog_table:
 * @name: (borrowed) as it stands in a statement: resolved through the search path
 * @out_table: (out) (borrowed) (optional) set if FOUND
 */
MigLookup
mig_catalog_table(const MigCatalog *catalog, const MigName *name, const MigTable **out_table);
MigLookup mig_catalog_index(const MigCatalog *catalog, const MigName *name, const MigTable *on,
                            const MigTable **out_table, const MigTableIndex **out_index);
MigLookup mig_catalog_type(const MigCatalog *catalog, const char *schema, const char *name,
                           const MigUserType **out_type);
MigLookup mig_catalog_sequence(const MigCatalog *catalog, const MigName *name,
                               const MigSequence **out_sequence);
/** The first of that name, whatever its arguments. */
MigLookup mig_catalog_routine(const MigCatalog *catalog, const char *schema, const char *name,
                              const MigUserRoutine **out_routine);
bool mig_catalog_has_schema(const MigCatalog *catalog, const char *schema);
bool mig_catalog_has_extension(const MigCatalog *catalog, const char *name);
/** Whether some publication is FOR ALL TABLES. */
bool mig_catalog_publishes_all(const MigCatalog *catalog);
/** (borrowed) where a table of that name would be made; @temporary: by CREATE TEMPORARY. */
const char *mig_catalog_schema_for(const MigCatalog *catalog, const MigName *name, bool temporary);

/** (borrowed) of the table; %NULL: there is none, or (unless columns_known) perhaps there is. */
const MigTableColumn *mig_table_column(const MigTable *table, const char *name);
const MigTableConstraint *mig_table_constraint(const MigTable *table, const char *name);
const MigTableConstraint *mig_table_primary_key(const MigTable *table);
const MigTableIndex *mig_table_index(const MigTable *table, const char *name);

/** Whether a validated CHECK of the table proves that the column isn't NULL: exactly that, or an AND
 * one arm of which is that. @without: (borrowed) a constraint that doesn't count; %NULL */
bool mig_table_proves_not_null(const MigTable *table, const char *column, const char *without);

typedef void (*MigTableFunc)(const MigTable *table, gpointer data);
/** All of them, by schema and name. */
void mig_catalog_each_table(const MigCatalog *catalog, MigTableFunc func, gpointer data);
/** Foreign keys of other tables, and of itself, that reference it. */
typedef void (*MigReferenceFunc)(const MigTable *child, const MigTableConstraint *key,
                                 gpointer data);
void mig_catalog_each_reference(const MigCatalog *catalog, const MigTable *parent,
                                MigReferenceFunc func, gpointer data);
/** Views that read it, and views that read those. */
void mig_catalog_each_view_of(const MigCatalog *catalog, const MigTable *table, const char *column,
                              MigTableFunc func, gpointer data);
/** Tables that have a column of this type, domains over it and arrays included. */
void mig_catalog_each_user_of_type(const MigCatalog *catalog, const MigUserType *type,
                                   MigTableFunc func, gpointer data);
/** The table, its children and their children; for `only`, just the table. */
void mig_catalog_each_child(const MigTable *table, bool only, MigTableFunc func, gpointer data);
const MigTable *mig_table_default_partition(const MigTable *table);

/** (owned) a copy that later changes don't touch. */
MigCatalog *mig_catalog_copy(const MigCatalog *catalog);

/** (owned) as text, for fixtures and for comparing two: sorted, one line for each thing. */
char *mig_catalog_dump(const MigCatalog *catalog);

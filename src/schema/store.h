/* SPDX-License-Identifier: MIT */
/* What a catalog is made of, and the one way to put things into it and take them out. */
#pragma once

#include "schema/catalog.h"
#include "sql/arena.h"

/* Settings of the session as migrations change them. */
typedef struct {
    GPtrArray *path;    /* (owned) char *: schemas in the order in which names are looked for;
                                %NULL: only the default */
    char *database;     /* (owned) MySQL's USE; %NULL: the default */
    GHashTable *values; /* (owned) lower-case name to value */
    GHashTable *before; /* (owned) what SET LOCAL hides until the transaction's end: name to value,
                                or to %NULL; %NULL: nothing */
    GPtrArray *path_before; /* (owned) the same of the path */
    bool path_hidden;       /* `path_before` counts, be it %NULL */
    bool in_transaction;    /* the migration's own BEGIN */
} MigSessionState;

struct MigCatalog {
    MigEngine engine;
    int version;
    char *incomplete; /* (owned) why; %NULL: it is complete */
    char *default_schema;
    GHashTable *relations;   /* (owned) key to (owned) MigTable */
    GHashTable *indexes;     /* (owned) key to (borrowed) the MigTable that it is on; not MySQL's */
    GHashTable *constraints; /* (owned) key to how many of that name there are in the schema */
    GHashTable *types;       /* (owned) key to (owned) MigUserType */
    GHashTable *sequences;   /* (owned) key to (owned) MigSequence */
    GHashTable *routines;    /* (owned) key to (owned) GPtrArray of (owned) MigUserRoutine */
    GHashTable *schemas;     /* (owned) names; SQLite: attached databases */
    GHashTable *objects;     /* (owned) "extension\nname": other things */
    GHashTable *users;       /* (owned) key of a relation to (owned) set of (borrowed) MigTable that
                                reference it or read it, or did */
    GHashTable *unsure;      /* (owned) keys: a DO block may have dropped what had this name */
    GPtrArray *touched;      /* (owned) (borrowed) MigTable that the statement has changed */
    unsigned n_temporary;    /* temporary tables that were made since the migration began */
    bool publishes_all;
    MigSessionState session;
};

#define MIG_NO_MOMENT ((MigMoment){0})

/* Whether two names of this engine are one: columns, indexes, constraints. */
bool mig_names_equal(MigEngine engine, const char *a, const char *b);

/* (owned) schema and name as a key of the tables above. */
char *mig_store_key(const MigCatalog *catalog, const char *schema, const char *name);
/* Takes a member out without freeing it. */
void mig_store_take_key(GHashTable *table, const char *key);
/* (owned) "schema.name". */
char *mig_store_qualify(const char *schema, const char *name);

MigTable *mig_store_table(const MigCatalog *catalog, const char *schema, const char *name);
/* Whether a relation, an index, a sequence or a composite type has the name (PostgreSQL, SQLite). */
bool mig_store_name_taken(const MigCatalog *catalog, const char *schema, const char *name);
/* Whether a constraint of the schema has the name. */
bool mig_store_constraint_taken(const MigCatalog *catalog, const char *schema, const char *name);

/* The strings are copied. No relation has the name. */
MigTable *mig_store_add_table(MigCatalog *catalog, MigRelationKind kind, const char *schema,
                              const char *name, MigMoment moment);
/* With its indexes, constraints, and the sequences that its columns own. */
void mig_store_remove_table(MigCatalog *catalog, MigTable *table);
/* Only the name: who mentions it is the caller's to change. */
void
mig_store_rename_table(MigCatalog *catalog, MigTable *table, const char *schema, const char *name);
/* Puts what is the table's into the lists of names, or takes it out. */
void mig_store_register(MigCatalog *catalog, MigTable *table, bool add);
void mig_table_free(MigTable *table);
/* Before a change to it: it will be copied if too much of its arena is dead. */
void mig_store_touch(MigCatalog *catalog, MigTable *table, MigMoment moment);
/* After a statement: gives back memory of tables that it has changed. */
void mig_store_settle(MigCatalog *catalog);

/* @constraint and @index are the table's arena's. */
void mig_store_add_constraint(MigCatalog *catalog, MigTable *table, MigTableConstraint *constraint);
void
mig_store_remove_constraint(MigCatalog *catalog, MigTable *table, MigTableConstraint *constraint);
void mig_store_rename_constraint(MigCatalog *catalog, MigTable *table,
                                 MigTableConstraint *constraint, const char *name);
void mig_store_add_index(MigCatalog *catalog, MigTable *table, MigTableIndex *index);
void mig_store_remove_index(MigCatalog *catalog, MigTable *table, MigTableIndex *index);
void mig_store_rename_index(MigCatalog *catalog, MigTable *table, MigTableIndex *index,
                            const char *name);
void mig_store_add_dependency(MigCatalog *catalog, MigTable *view, const char *schema,
                              const char *table, const char *column);

void mig_store_link(MigTable *parent, MigTable *child);
void mig_store_unlink(MigTable *parent, MigTable *child);

/* Those that reference or read a relation of this name, sorted. (container) */
GPtrArray *mig_store_users(const MigCatalog *catalog, const char *schema, const char *name);
/* All relations, sorted. (container) */
GPtrArray *mig_store_tables(const MigCatalog *catalog);

/* Its members as they may be written to: those of lookup.c, without const. */
MigTableColumn *mig_store_column(const MigTable *table, const char *name);
MigTableConstraint *mig_store_constraint(const MigTable *table, const char *name);
MigTableIndex *mig_store_index(const MigTable *table, const char *name);

MigSequence *
mig_store_add_sequence(MigCatalog *catalog, const char *schema, const char *name, MigMoment moment);
MigSequence *mig_store_sequence(const MigCatalog *catalog, const char *schema, const char *name);
void mig_store_remove_sequence(MigCatalog *catalog, const char *schema, const char *name);
/* The sequence that a column owns; %NULL: none. */
MigSequence *mig_store_sequence_of(const MigCatalog *catalog, const MigTableColumn *column);
void mig_store_remove_sequence_of(MigCatalog *catalog, const MigTableColumn *column);
MigUserType *
mig_store_add_type(MigCatalog *catalog, const char *schema, const char *name, MigMoment moment);
MigUserType *mig_store_type(const MigCatalog *catalog, const char *schema, const char *name);
void mig_store_remove_type(MigCatalog *catalog, MigUserType *type);
void mig_user_type_free(MigUserType *type);
void mig_sequence_free(MigSequence *sequence);
void mig_user_routine_free(MigUserRoutine *routine);

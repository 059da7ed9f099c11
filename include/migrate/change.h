/* SPDX-License-Identifier: MIT */
/* MigChange: what a statement does to a schema or to data, whatever the engine. */
#pragma once

#include <migrate/engine.h>
#include <migrate/expression.h>

G_BEGIN_DECLS

/** What kind of thing a change is about, where that isn't a table's part. */
typedef enum {
    MIG_TYPE_OF_TABLE,
    MIG_TYPE_OF_VIEW,
    MIG_TYPE_OF_MATERIALIZED_VIEW,
    MIG_TYPE_OF_INDEX,
    MIG_TYPE_OF_SEQUENCE,
    MIG_TYPE_OF_FUNCTION,
    MIG_TYPE_OF_PROCEDURE,
    MIG_TYPE_OF_AGGREGATE,
    MIG_TYPE_OF_OPERATOR, /* operator classes and families, too */
    MIG_TYPE_OF_TRIGGER,
    MIG_TYPE_OF_EVENT_TRIGGER,
    MIG_TYPE_OF_RULE,
    MIG_TYPE_OF_POLICY,
    MIG_TYPE_OF_TYPE,
    MIG_TYPE_OF_DOMAIN,
    MIG_TYPE_OF_SCHEMA, /* MySQL has databases instead */
    MIG_TYPE_OF_DATABASE,
    MIG_TYPE_OF_EXTENSION,
    MIG_TYPE_OF_STATISTICS,
    MIG_TYPE_OF_PUBLICATION,
    MIG_TYPE_OF_SUBSCRIPTION,
    MIG_TYPE_OF_FOREIGN_TABLE,
    MIG_TYPE_OF_SERVER, /* foreign-data wrappers and user mappings, too */
    MIG_TYPE_OF_ROLE,   /* users and groups */
    MIG_TYPE_OF_TABLESPACE,
    MIG_TYPE_OF_COLLATION, /* conversions, too */
    MIG_TYPE_OF_TEXT_SEARCH,
    MIG_TYPE_OF_CAST, /* transforms, too */
    MIG_TYPE_OF_LANGUAGE,
    MIG_TYPE_OF_EVENT, /* MySQL */
    MIG_TYPE_OF_COLUMN,
    MIG_TYPE_OF_CONSTRAINT,
    MIG_TYPE_OF_LARGE_OBJECT,
    MIG_TYPE_OF_OTHER,
} MigObjectType;

typedef enum {
    MIG_GENERATED_NO,
    MIG_GENERATED_STORED,
    MIG_GENERATED_VIRTUAL,
} MigGenerated;

typedef enum {
    MIG_IDENTITY_NO,
    MIG_IDENTITY_ALWAYS,
    MIG_IDENTITY_BY_DEFAULT,
} MigIdentity;

typedef enum {
    MIG_CONSTRAINT_CHECK,
    MIG_CONSTRAINT_NOT_NULL,
    MIG_CONSTRAINT_PRIMARY_KEY,
    MIG_CONSTRAINT_UNIQUE,
    MIG_CONSTRAINT_FOREIGN_KEY,
    MIG_CONSTRAINT_EXCLUDE,
    MIG_CONSTRAINT_ANY, /* DROP CONSTRAINT, which doesn't say */
} MigConstraintKind;

typedef enum {
    MIG_ACTION_NONE, /* not written */
    MIG_ACTION_NO_ACTION,
    MIG_ACTION_RESTRICT,
    MIG_ACTION_CASCADE,
    MIG_ACTION_SET_NULL,
    MIG_ACTION_SET_DEFAULT,
} MigReferentialAction;

/**
 * MigKeyPart:
 *
 * A column or an expression of an index, a key or a partition key.
 */
typedef struct {
    const char *column;  /* %NULL: an expression */
    const MigExpr *expr; /* %NULL: a column */
    const char *opclass; /* or EXCLUDE's operator behind WITH in `with` */
    const char *with;
    const char *collation;
    unsigned prefix_length; /* MySQL: KEY (name(10)); 0: all of it */
    bool descending;
    bool nulls_first;
    bool nulls_last;
} MigKeyPart;

/** MigOption: name and value of WITH (...), of a table's options, of SET. Names are lower case. */
typedef struct {
    const char *name;
    const char *value; /* unquoted; %NULL: none */
    MigSpan span;
} MigOption;

/**
 * MigConstraint:
 *
 * Of a table or a column. That of a column has its column in `columns`.
 */
typedef struct {
    MigConstraintKind kind;
    MigName name; /* `name.name` %NULL: the engine will name it */
    MigSpan span;
    const char **columns; /* the constrained columns; CHECK: none, see `expr` */
    size_t n_columns;
    MigKeyPart *parts; /* UNIQUE, PRIMARY KEY, EXCLUDE: the same with all that is said of them */
    size_t n_parts;
    const char **include; /* INCLUDE columns */
    size_t n_include;
    const MigExpr *expr;      /* CHECK's condition; EXCLUDE's WHERE */
    MigName references;       /* FOREIGN KEY: the parent */
    const char **ref_columns; /* %NULL: its primary key */
    size_t n_ref_columns;
    MigReferentialAction on_delete;
    MigReferentialAction on_update;
    const char *match;       /* "full", "simple", "partial"; %NULL */
    const char *using_index; /* UNIQUE or PRIMARY KEY USING INDEX; MySQL: the index's own name */
    const char *method;      /* EXCLUDE USING; MySQL: USING BTREE */
    const char *on_conflict; /* SQLite's conflict clause; %NULL */
    bool of_column;          /* written with a column */
    bool not_valid;
    bool not_enforced;
    bool deferrable;
    bool initially_deferred;
    bool no_inherit;
    bool nulls_not_distinct;
    bool autoincrement;    /* SQLite: PRIMARY KEY AUTOINCREMENT */
    bool descending;       /* SQLite: PRIMARY KEY DESC, which is no alias of the rowid */
    bool without_overlaps; /* or PERIOD */
    bool invisible;        /* MySQL's INVISIBLE, MariaDB's IGNORED, of UNIQUE */
} MigConstraint;

/**
 * MigColumn:
 *
 * A column's definition. Constraints that stand with it (CHECK, UNIQUE, PRIMARY KEY, REFERENCES) are
 * in `constraints`; NOT NULL is there too if it was given a name or more, and in `not_null` always.
 */
typedef struct {
    const char *name;
    bool quoted;
    MigSpan span;
    MigSpan name_span;
    MigType type;
    bool not_null;      /* NOT NULL was written, or follows: PRIMARY KEY, serial, identity */
    bool not_null_said; /* NOT NULL was written */
    bool null_said;     /* NULL was written */
    const MigExpr *default_value; /* %NULL: none; DEFAULT NULL is a MIG_EXPR_NULL */
    MigSpan default_span;
    const MigExpr *on_update; /* MySQL; %NULL */
    MigGenerated generated;
    const MigExpr *generated_as;
    bool generated_said; /* STORED, PERSISTENT or VIRTUAL was written */
    MigIdentity identity;
    bool auto_increment;
    bool invisible;
    const char *comment; /* MySQL; %NULL */
    const char *storage;
    const char *compression;
    MigConstraint *constraints;
    size_t n_constraints;
    MigOption *options; /* MySQL: srid, column_format, engine_attribute, "system versioning" (with,
                           without), "as row" (start, end: MariaDB's, of a versioned table), ... */
    size_t n_options;
} MigColumn;

typedef struct {
    MigName
        name; /* `name.name` %NULL: the engine will name it; `schema` is its table's, unless said */
    MigSpan span;
    MigKeyPart *parts;
    size_t n_parts;
    const char **include;
    size_t n_include;
    const MigExpr *where; /* of a partial index */
    const char
        *method; /* lower case: btree, hash, gin, gist, brin, fulltext, spatial, ...; %NULL */
    const char *parser; /* FULLTEXT ... WITH PARSER */
    const char *tablespace;
    const char *comment;
    MigOption *options;
    size_t n_options;
    bool unique;
    bool nulls_not_distinct;
    bool invisible;        /* or MariaDB's IGNORED */
    bool without_overlaps; /* MariaDB, of a unique one: the last part is a period */
} MigIndex;

typedef enum {
    MIG_BOUND_NONE,
    MIG_BOUND_RANGE, /* from, to: MIG_EXPR_OTHER with text "minvalue" or "maxvalue" where so */
    MIG_BOUND_LIST,  /* in `from` */
    MIG_BOUND_HASH,
    MIG_BOUND_DEFAULT,
} MigBoundKind;

/** MigBound: which rows a partition has. MySQL's LESS THAN has only `to`. */
typedef struct {
    MigBoundKind kind;
    MigExpr **from;
    size_t n_from;
    MigExpr **to;
    size_t n_to;
    long long modulus;
    long long remainder;
} MigBound;

/** MigPartition: one that is named in MySQL's PARTITION BY, or in SPLIT and MERGE. */
typedef struct {
    MigName name;
    MigBound bound;
} MigPartition;

typedef struct MigPartitionBy {
    const char *method; /* lower case: range, list, hash, key, "range columns", "system_time" ...;
                           %NULL: not partitioned */
    MigKeyPart *key;
    size_t n_key;
    MigPartition *partitions; /* MySQL */
    size_t n_partitions;
    long long count;                  /* MySQL: PARTITIONS n; 0: not said */
    const struct MigPartitionBy *sub; /* MySQL's SUBPARTITION BY; %NULL: none */
} MigPartitionBy;

typedef enum {
    MIG_CHANGE_UNKNOWN, /* the statement was read, but isn't one that is analysed; `text` names it */

    /* Tables. `table` is the table. */
    MIG_CHANGE_CREATE_TABLE, /* create_table */
    MIG_CHANGE_DROP_TABLE,
    MIG_CHANGE_RENAME_TABLE,      /* `to` */
    MIG_CHANGE_SET_SCHEMA,        /* object_type, `to.name` */
    MIG_CHANGE_SET_OWNER,         /* object_type, `text` is the role */
    MIG_CHANGE_TABLE_OPTIONS,     /* options: SET (...), RESET (...) (values %NULL), MySQL's ENGINE,
                                 ROW_FORMAT, "character set", "convert to character set", COMMENT, FORCE,
                                 AUTO_INCREMENT, ... */
    MIG_CHANGE_SET_PERSISTENCE,   /* `on`: LOGGED */
    MIG_CHANGE_SET_TABLESPACE,    /* object_type, `to.name` */
    MIG_CHANGE_SET_ACCESS_METHOD, /* `to.name` */
    MIG_CHANGE_CLUSTER_ON,        /* `to.name` is an index; %NULL: SET WITHOUT CLUSTER */
    MIG_CHANGE_REPLICA_IDENTITY,  /* `text`: default, full, nothing, or index with `to.name` */
    MIG_CHANGE_INHERIT,           /* `to` is the parent; `on`: INHERIT, else NO INHERIT */
    MIG_CHANGE_OF_TYPE,           /* `to` is the type; `on`: OF, else NOT OF */
    MIG_CHANGE_ROW_SECURITY,      /* `text`: enable, disable, force, no force */
    MIG_CHANGE_SYSTEM_VERSIONING, /* MariaDB; `on`: ADD, else DROP; `text`: "period" of PERIOD FOR
                                     `name`, with its columns; %NULL: SYSTEM VERSIONING itself */
    MIG_CHANGE_ENABLE_TRIGGER, /* `name`: one trigger or rule, or %NULL: `text` all or user; `on`;
                                     object_type TRIGGER or RULE */

    /* Columns. `table`, and `name` is the column. */
    MIG_CHANGE_ADD_COLUMN, /* column; `text`: "first" or "after", `to.name` the other column */
    MIG_CHANGE_DROP_COLUMN,
    MIG_CHANGE_RENAME_COLUMN, /* `to.name` */
    MIG_CHANGE_ALTER_TYPE,    /* column->type, expr is USING */
    MIG_CHANGE_SET_DEFAULT,   /* expr */
    MIG_CHANGE_DROP_DEFAULT,
    MIG_CHANGE_SET_NOT_NULL,
    MIG_CHANGE_DROP_NOT_NULL,
    MIG_CHANGE_ADD_IDENTITY, /* column->identity */
    MIG_CHANGE_SET_IDENTITY, /* column->identity, options */
    MIG_CHANGE_DROP_IDENTITY,
    MIG_CHANGE_SET_EXPRESSION, /* expr */
    MIG_CHANGE_DROP_EXPRESSION,
    MIG_CHANGE_COLUMN_OPTIONS, /* `text`: statistics, options, storage, compression; options */
    MIG_CHANGE_MODIFY_COLUMN, /* MySQL's MODIFY and CHANGE: the whole new definition in column, `name`
                                   the old name; `text`, `to.name` as for ADD_COLUMN */
    MIG_CHANGE_COLUMN_VISIBILITY, /* MySQL: `on` is VISIBLE */

    /* Constraints. `table`, and `name` is the constraint. */
    MIG_CHANGE_ADD_CONSTRAINT, /* constraint */
    MIG_CHANGE_VALIDATE_CONSTRAINT,
    MIG_CHANGE_ALTER_CONSTRAINT,  /* constraint: deferrable, not_enforced, no_inherit */
    MIG_CHANGE_DROP_CONSTRAINT,   /* constraint_kind: ANY, or what MySQL's DROP CHECK, DROP FOREIGN
                                       KEY, DROP PRIMARY KEY say */
    MIG_CHANGE_RENAME_CONSTRAINT, /* `to.name` */

    /* Indexes. `name` is the index, `table` its table, where that is written. */
    MIG_CHANGE_CREATE_INDEX,
    MIG_CHANGE_DROP_INDEX,
    MIG_CHANGE_RENAME_INDEX,     /* `to.name` */
    MIG_CHANGE_INDEX_OPTIONS,    /* options */
    MIG_CHANGE_INDEX_VISIBILITY, /* `on`: VISIBLE, NOT IGNORED */
    MIG_CHANGE_ATTACH_INDEX,     /* ALTER INDEX name ATTACH PARTITION `to` */
    MIG_CHANGE_REINDEX, /* object_type INDEX, TABLE, SCHEMA, DATABASE; OTHER: SYSTEM; its name
                                    in `name`, or for a table in `table` */

    /* Partitions. `table` is the parent. */
    MIG_CHANGE_ATTACH_PARTITION, /* `to` is the child; bound */
    MIG_CHANGE_DETACH_PARTITION, /* `to`; concurrently; `text`: finalize */
    MIG_CHANGE_PARTITIONS, /* `text`: add, drop, truncate, reorganize, rebuild, coalesce, exchange,
                                    analyze, check, optimize, repair, discard, import, merge, split, convert,
                                    "convert table"; partitions (none: ALL); `to`: EXCHANGE's or CONVERT's
                                    table; `on`: WITH VALIDATION; columns: REORGANIZE's old partitions;
                                    partition_by->count: ADD PARTITIONS n, COALESCE n */
    MIG_CHANGE_PARTITION_BY, /* partition_by */
    MIG_CHANGE_REMOVE_PARTITIONING,

    /* Views. `table` is the view. */
    MIG_CHANGE_CREATE_VIEW, /* query, columns; `on`: security_invoker; MySQL: `text` is DEFINER */
    MIG_CHANGE_DROP_VIEW,
    MIG_CHANGE_CREATE_MATERIALIZED_VIEW, /* query, columns; `on`: WITH DATA */
    MIG_CHANGE_DROP_MATERIALIZED_VIEW,
    MIG_CHANGE_REFRESH_MATERIALIZED_VIEW, /* concurrently; `on`: WITH DATA */

    /* Programs. */
    MIG_CHANGE_CREATE_TRIGGER, /* `name`, `table`; routine: what it calls or its body; columns: UPDATE OF;
                                  expr: WHEN; `text`: before, after, instead of; `on`: FOR EACH ROW */
    MIG_CHANGE_DROP_TRIGGER,
    MIG_CHANGE_CREATE_RULE, /* `name`, `table`; `text` is its event */
    MIG_CHANGE_CREATE_POLICY, /* `name`, `table`; expr is USING, check is WITH CHECK; `text`: command */
    MIG_CHANGE_ALTER_POLICY,
    MIG_CHANGE_DROP_POLICY,
    MIG_CHANGE_DROP_RULE,
    MIG_CHANGE_CREATE_ROUTINE, /* `name`, routine; object_type */
    MIG_CHANGE_DROP_ROUTINE, /* `name`; object_type; `text`: argument types as written, or %NULL */
    MIG_CHANGE_CREATE_EVENT, /* MySQL: `name`, routine */

    /* Types. `name` is the type. */
    MIG_CHANGE_CREATE_ENUM,       /* values */
    MIG_CHANGE_CREATE_COMPOSITE,  /* create_table: its columns */
    MIG_CHANGE_CREATE_DOMAIN,     /* column: type, default, not null, constraints */
    MIG_CHANGE_ADD_ENUM_VALUE,    /* values[0]; `text`: before or after, values[1] the neighbour */
    MIG_CHANGE_RENAME_ENUM_VALUE, /* values[0] to values[1] */
    MIG_CHANGE_DROP_ENUM_VALUE,   /* values[0]; no PostgreSQL has it */
    MIG_CHANGE_ALTER_COMPOSITE,   /* `text`: add, drop, alter, rename; column; cascade */
    MIG_CHANGE_ALTER_DOMAIN, /* `text`: set default, drop default, set not null, drop not null, add
                                constraint, drop constraint, validate constraint; constraint; expr */

    /* Other objects. `name` is the object, object_type what it is. */
    MIG_CHANGE_CREATE_OBJECT, /* options; MySQL's ROLE: `text` is user or role, and "identified by" is
                                 literal, hash or random: the password itself is never kept */
    MIG_CHANGE_ALTER_OBJECT, /* options; of a SEQUENCE: OWNED BY in `table` and `to.name` */
    MIG_CHANGE_DROP_OBJECT,
    MIG_CHANGE_RENAME_OBJECT, /* `to` */
    MIG_CHANGE_COMMENT, /* object_type; `table` for a table, its columns, constraints, triggers; `name`;
                                 `text` is the comment, %NULL: none */
    MIG_CHANGE_GRANT,              /* grant */
    MIG_CHANGE_REVOKE,             /* grant */
    MIG_CHANGE_DEFAULT_PRIVILEGES, /* grant */
    MIG_CHANGE_OWNED, /* DROP OWNED, REASSIGN OWNED: `text` says which; `name`, `to` are roles */

    /* Data. `table` is what is written. `text` is "explain" if it is only explained, and not done. */
    MIG_CHANGE_INSERT, /* columns, query; `on`: ON CONFLICT / ON DUPLICATE KEY, REPLACE; items: DO UPDATE;
                          SQLite, MySQL: `text`: replace, ignore, nothing, update, ..., of conflicts */
    MIG_CHANGE_UPDATE, /* items, relations: FROM, expr is WHERE; limit, order_by in query; `text` the same;
                          MySQL: of several tables, one change for each that is written */
    MIG_CHANGE_DELETE, /* relations: USING, expr is WHERE; limit, order_by in query */
    MIG_CHANGE_MERGE, /* relations: USING; expr is ON; `text`: which of insert, update, delete it does */
    MIG_CHANGE_TRUNCATE,
    MIG_CHANGE_COPY,   /* `table` or query; `on`: FROM, else TO; `text`: file or program; "stdin" */
    MIG_CHANGE_SELECT, /* query */
    MIG_CHANGE_CALL,   /* `name`, expr is the call */
    MIG_CHANGE_DO,     /* routine; what is inside follows as changes of their own, `nested` */
    MIG_CHANGE_DYNAMIC, /* EXECUTE or PREPARE of text made at run time; nested or not; `text` as written */

    /* The session, the transaction, the server. */
    MIG_CHANGE_SET, /* option: SET, RESET (value %NULL), PRAGMA; `on`: LOCAL; `text`: session,
                                 local, global, persist, pragma, role; MySQL: also "user" (@a), "variable"
                                 (in a program, where it may be its own), "row" (NEW.a) */
    MIG_CHANGE_USE, /* `name`: MySQL's USE */
    MIG_CHANGE_TRANSACTION, /* `text`: begin, commit, rollback, savepoint, release, rollback to, prepare */
    MIG_CHANGE_LOCK_TABLE, /* `text`: the mode, lower case: "access exclusive", "write", "read",
                                 "global read" (FLUSH TABLES WITH READ LOCK), "unlock" */
    MIG_CHANGE_VACUUM,     /* `table` or none; `on`: FULL; `text`: repack */
    MIG_CHANGE_ANALYZE,    /* `table` or none; columns; MySQL's ANALYZE TABLE */
    MIG_CHANGE_CLUSTER,    /* `table` or none; `to.name` the index */
    MIG_CHANGE_MAINTAIN,   /* MySQL: `text`: optimize, check, repair, checksum; SQLite: reindex */
    MIG_CHANGE_ATTACH_DATABASE, /* SQLite; `name`; `on`: ATTACH, else DETACH */
    MIG_CHANGE_PSQL,            /* a psql command that isn't SQL; `text` */
} MigChangeKind;

/** MigRoutine: a function, procedure, trigger body or DO block. */
typedef struct {
    const char *language; /* lower case; %NULL: the engine's own */
    const char *body;     /* text of the body, dollar quotes taken off; %NULL: calls `calls` */
    size_t body_length;
    MigSpan body_span;
    MigName calls;           /* a trigger's function */
    const char *arguments;   /* types as written: what tells overloaded functions apart */
    const char *returns;     /* the type as written; "trigger"; %NULL */
    const char **parameters; /* names, "" where there is none */
    size_t n_parameters;
    char volatility; /* 'i' immutable, 's' stable, 'v' volatile or not said */
    bool volatility_said;
    bool security_definer;
    bool sets_search_path;
    const char *definer; /* MySQL; %NULL */
    MigOption *options;
    size_t n_options;
    const char **events; /* a trigger's: insert, update, delete, truncate */
    size_t n_events;
} MigRoutine;

typedef struct {
    const char **privileges; /* lower case; empty: ALL, or roles being granted */
    size_t n_privileges;
    MigName *objects;
    size_t n_objects;
    MigObjectType object_type;
    const char **roles; /* lower case "public" for PUBLIC */
    size_t n_roles;
    bool all_privileges;
    bool all_in_schema; /* ON ALL TABLES IN SCHEMA; objects are schemas */
    bool grant_option;  /* or ADMIN OPTION */
    bool grants_roles;  /* GRANT role TO role: `privileges` are roles, as written */
} MigGrant;

typedef struct {
    MigColumn *columns;
    size_t n_columns;
    MigConstraint *constraints; /* of the table; those of columns are with them */
    size_t n_constraints;
    MigIndex *indexes; /* MySQL: KEY, INDEX, FULLTEXT, SPATIAL */
    size_t n_indexes;
    struct {
        MigName table;
        bool defaults, constraints, indexes, identity, generated, comments, storage, statistics,
            compression;
    } * likes;
    size_t n_likes;
    MigName *inherits;
    size_t n_inherits;
    MigName partition_of; /* `name.name` %NULL: it isn't one */
    MigBound bound;
    MigPartitionBy partition_by;
    const MigQuery *query;   /* CREATE TABLE AS, SELECT INTO; %NULL */
    const char **as_columns; /* names given to the query's columns */
    size_t n_as_columns;
    bool with_data;
    bool unlogged;
    bool without_rowid; /* SQLite */
    bool strict;        /* SQLite */
    bool foreign;       /* a foreign table, or SQLite's virtual one: `virtual_module` */
    const char *virtual_module;
    const char *tablespace;
    const char *access_method;
    MigName of_type;
    MigOption
        *options; /* WITH (...), MySQL's table options: engine, "character set", collate, ... */
    size_t n_options;
    MigSpan body_span; /* the parentheses with the columns */
} MigCreateTable;

/**
 * MigChange:
 *
 * One thing that a statement does: an ALTER TABLE with three actions gives three. Which fields mean
 * something is said at each kind; the others are empty. Everything is owned by the MigChanges.
 */
typedef struct MigChange {
    MigChangeKind kind;
    MigSpan span; /* the action within the statement, or all of it */
    MigName table;
    MigName name;
    MigName to;
    const char *text;
    MigObjectType object_type;
    bool on;
    bool if_exists;
    bool if_not_exists;
    bool cascade;
    bool restrict_said;
    bool concurrently;
    bool only; /* ONLY: not its children */
    bool or_replace;
    bool temporary;
    bool parent_if_exists; /* ALTER TABLE IF EXISTS; the action's own is `if_exists` */
    bool nested;           /* in a DO block: it is done only if its branch is taken */
    bool in_body; /* in a routine's body or a trigger's: not done by this statement at all */

    const MigColumn *column;
    const MigConstraint *constraint;
    MigConstraintKind constraint_kind;
    const MigIndex *index;
    const MigCreateTable *create_table;
    const MigExpr *expr;
    const MigExpr *check;
    const MigQuery *query;
    const MigRoutine *routine;
    const MigGrant *grant;
    const MigBound *bound;
    const MigPartitionBy *partition_by;
    MigPartition *partitions;
    size_t n_partitions;
    MigOption *options;
    size_t n_options;
    MigItem *items; /* assignments */
    size_t n_items;
    MigRelation *relations;
    size_t n_relations;
    MigCte *ctes; /* of WITH before UPDATE, DELETE, INSERT, MERGE */
    size_t n_ctes;
    const char **columns;
    size_t n_columns;
    const char **values;
    size_t n_values;
} MigChange;

typedef enum {
    MIG_ALGORITHM_UNSAID,
    MIG_ALGORITHM_DEFAULT,
    MIG_ALGORITHM_INSTANT,
    MIG_ALGORITHM_NOCOPY,
    MIG_ALGORITHM_INPLACE,
    MIG_ALGORITHM_COPY,
} MigAlgorithm;

typedef enum {
    MIG_LOCK_CLAUSE_UNSAID,
    MIG_LOCK_CLAUSE_DEFAULT,
    MIG_LOCK_CLAUSE_NONE,
    MIG_LOCK_CLAUSE_SHARED,
    MIG_LOCK_CLAUSE_EXCLUSIVE,
} MigLockClause;

typedef enum {
    MIG_PARSE_OK,
    MIG_PARSE_SYNTAX,      /* no server of this engine would take it */
    MIG_PARSE_UNSUPPORTED, /* it may be right for a newer server than the parser knows; or for an
                              older one than asked for: `message` says which version has it */
    MIG_PARSE_NEWER,       /* no grammar at hand takes it, but the server is newer than that */
    MIG_PARSE_TOO_DEEP,    /* nested deeper than is looked into: it was not analysed */
} MigParseStatus;

/**
 * MigChanges:
 *
 * What one statement does. Owns everything that its changes point to.
 */
typedef struct {
    MigChange *changes;
    size_t n_changes;
    MigParseStatus status;  /* not OK: `changes` may be empty, or what could be recognised */
    char *message;          /* for people, without the position; %NULL if OK */
    MigSpan where;          /* what the message is about */
    int needs_version;      /* a server version below which the syntax is refused; 0: none; see
                              mig_engine_version_parse() */
    const char *needs_what; /* what needs it: "NULLS NOT DISTINCT"; %NULL */
    MigSpan needs_where;
    MigAlgorithm algorithm; /* MySQL's clauses, which are of the whole statement */
    MigLockClause lock;
    bool online_said;       /* MariaDB: ALTER ONLINE TABLE */
    bool wait_said;         /* MariaDB: WAIT n or NOWAIT of the statement itself */
    long long wait_s;       /* NOWAIT: 0 */
    struct MigArena *arena; /* (owned) */
} MigChanges;

/**
 * mig_parse:
 * @sql: (borrowed) one statement, without its terminator; need not be NUL-terminated
 * @length: of @sql, in bytes
 * @engine: one engine
 * @version: of the server (see mig_engine_version_parse()), or 0 for the newest known
 *
 * Reads a statement. Never fails: what can't be read is said in `status`, and an unknown statement is
 * a %MIG_CHANGE_UNKNOWN. Takes time and memory linear in @length, and nests only so deep.
 *
 * Thread safety: the parser for PostgreSQL may be used by one thread at a time.
 *
 * Returns: (owned) its changes
 */
MigChanges *mig_parse(const char *sql, size_t length, MigEngine engine, int version);
void mig_changes_free(MigChanges *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigChanges, mig_changes_free)

/** mig_change_kind_name: (static) "add-column", as `plan` prints it in JSON. */
const char *mig_change_kind_name(MigChangeKind kind);

/** mig_object_type_name: (static) "materialized view", for messages. */
const char *mig_object_type_name(MigObjectType type);

/**
 * mig_changes_dump:
 *
 * Returns: (owned) the changes as text, one or more lines each, for fixtures: every field that isn't
 * empty, spans left out
 */
char *mig_changes_dump(const MigChanges *changes);

G_END_DECLS

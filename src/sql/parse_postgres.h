/* SPDX-License-Identifier: MIT */
/* What the files of PostgreSQL's parser share: the tree of libpg_query, and the road from it to
 * MigChange. */
#pragma once

#include <migrate/change.h>
#include <pg_query.h>
#ifdef MIG_PG_QUERY_PROTOBUF_FOLDER
#include <protobuf/pg_query.pb-c.h>
#else
#include <pg_query/pg_query.pb-c.h>
#endif

#include "sql/arena.h"
#include "sql/lexer.h"

/* Nothing in a statement may be nested deeper: libpg_query itself has no bound, and overflows. */
#define MIG_PG_DEPTH 1000

typedef PgQuery__Node PgNode;

/**
 * PgBody:
 *
 * A program's text, which is read when the statement around it has been.
 */
typedef struct {
    const char *text; /* (borrowed) of the arena */
    size_t length;
    MigSpan span; /* of the text within its quotes, in the statement */
    bool exact;   /* the text stands in the statement byte for byte: nothing in it was escaped */
    bool plpgsql; /* else plain SQL */
    bool in_body; /* else a DO block */
} PgBody;

/**
 * PgReader:
 *
 * One statement on its way.
 */
typedef struct {
    const char *text;   /* (borrowed) NUL-terminated */
    const char *parsed; /* (borrowed) the same, or with newer constructs blanked out */
    size_t length;
    size_t base;   /* where the text begins in the outer statement, in bytes */
    bool fixed;    /* positions can't be mapped to the outer statement: all are `whole` */
    MigSpan whole; /* the statement in the outer one */
    MigArena *arena;
    MigChanges *into;
    GArray *changes; /* MigChange */
    GArray *tokens;  /* MigToken, made when first asked for; %NULL before */
    GArray *bodies;  /* PgBody; %NULL: none */
    int version;
    bool nested;
    bool in_body;
    bool plpgsql; /* SELECT INTO sets variables there */
    bool failed;  /* too deep */
    unsigned depth;
    unsigned levels; /* of programs within programs */
} PgReader;

typedef void (*PgRead)(PgReader *r, const PgNode *node);

/* parse_postgres.c */
MigChange *mig_pg_add(PgReader *r, MigChangeKind kind);
/* Whether it may be entered; if so mig_pg_leave() must follow. */
bool mig_pg_enter(PgReader *r);
void mig_pg_leave(PgReader *r);
/* Notes that servers below @version refuse @what. */
void mig_pg_needs(PgReader *r, int version, const char *what, MigSpan where);
void mig_pg_fail(PgReader *r, MigParseStatus status, MigSpan where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/* Reads a statement of a body, whose failure is none. @offset: where it stands in the body, without
 * the @prefix bytes that were put before it */
void mig_pg_read_nested(const PgReader *outer, const PgBody *body, const char *text, size_t length,
                        size_t offset, size_t prefix);
/* Reads one node: the handlers by kind of node. */
void mig_pg_read_node(PgReader *r, const PgNode *node);

/* parse_postgres_newer.c: blanks out what is newer than the library's grammar: the tokens still have
 * it. Returns: whether there was any */
bool mig_pg_blank_newer(PgReader *r);
/* parse_postgres_whole.c: statements of which the grammar knows nothing. Returns: whether it was one */
bool mig_pg_read_newer(PgReader *r);
/* Whether newer syntax may be among the tokens. */
bool mig_pg_is_newer(const PgReader *r);

/* parse_postgres_deep.c */
bool mig_pg_is_too_deep(const char *text, size_t length);

/* parse_postgres_rows.c: leaves only the first rows of a long INSERT of literals. */
void mig_pg_shorten_rows(PgReader *r);

/* parse_postgres_token.c: positions are in the reader's text, spans in the outer statement. */
#define PG_NO_TOKEN ((size_t)-1)
size_t mig_pg_token_at(PgReader *r, size_t offset);  /* the first at or behind it */
const MigToken *mig_pg_token(PgReader *r, size_t i); /* %NULL behind the last */
bool mig_pg_token_is(PgReader *r, size_t i, const char *word);
bool mig_pg_token_is_mark(PgReader *r, size_t i, char mark);
/* The token that is this word, from token @i on, at any depth; PG_NO_TOKEN */
size_t mig_pg_find(PgReader *r, size_t i, const char *word);
/* The same at the depth of @i, before what closes it. */
size_t mig_pg_find_here(PgReader *r, size_t i, const char *word);
size_t mig_pg_find_within(PgReader *r, size_t i, size_t end, const char *word);
/* The token that is this name, folded, from token @i on; PG_NO_TOKEN */
size_t mig_pg_find_name(PgReader *r, size_t i, const char *name);
/* The token behind the list's piece that begins at @i: a comma, what closes, or the end. */
size_t mig_pg_piece_end(PgReader *r, size_t i);
/* The token behind the parentheses that open at @i. */
size_t mig_pg_close(PgReader *r, size_t i);
MigSpan mig_pg_span(const PgReader *r, size_t offset, size_t end);
MigSpan mig_pg_span_tokens(PgReader *r, size_t first, size_t end); /* without the token at @end */
MigSpan mig_pg_span_token(PgReader *r, size_t i);
const char *mig_pg_text(PgReader *r, size_t first, size_t end); /* as written */
bool mig_pg_ends_with(PgReader *r, const char *word);           /* the statement's last token */
/* The token behind the name that begins at @i: a.b.c */
size_t mig_pg_name_end(PgReader *r, size_t i);
bool mig_pg_has_location(const PgReader *r, int location);

/* parse_postgres_name.c */
const char *mig_pg_dup(PgReader *r, const char *text); /* %NULL of an empty one */
const char *mig_pg_string(const PgNode *node);         /* (borrowed) of the tree; %NULL */
MigName mig_pg_range_name(PgReader *r, const PgQuery__RangeVar *range);
/* A qualified name that is a list of strings; token @from is where to look for it. */
MigName mig_pg_list_name(PgReader *r, PgNode *const *list, size_t n, size_t from);
MigName mig_pg_node_name(PgReader *r, const PgNode *node, size_t from);
MigName mig_pg_plain_name(PgReader *r, const char *name, size_t from);
const char **mig_pg_names(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
const char *mig_pg_last_name(PgReader *r, PgNode *const *list, size_t n);
const char *mig_pg_role(PgReader *r, const PgQuery__RoleSpec *role);
const char **mig_pg_roles(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
MigOption *mig_pg_options(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
/* An option's value, a setting's or a literal: as text. */
const char *mig_pg_value(PgReader *r, const PgNode *node);
const char *mig_pg_join_values(PgReader *r, PgNode *const *list, size_t n); /* "a, b" */
const PgQuery__DefElem *mig_pg_find_option(PgNode *const *list, size_t n, const char *name);
bool mig_pg_option_is_on(PgNode *const *list, size_t n, const char *name);
MigObjectType mig_pg_object_type(PgQuery__ObjectType type);

/* parse_postgres_type.c */
MigType mig_pg_type(PgReader *r, const PgQuery__TypeName *type);
/* "text AS app.mood" */
const char *
mig_pg_cast_name(PgReader *r, const PgQuery__TypeName *from, const PgQuery__TypeName *to);

/* parse_postgres_expr.c */
MigExpr *mig_pg_expr(PgReader *r, const PgNode *node); /* %NULL of %NULL */
MigExpr **mig_pg_exprs(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
MigExpr *mig_pg_other_expr(PgReader *r, const char *text);

/* parse_postgres_call.c: the less common expressions; %NULL if it is none of them */
MigExpr *mig_pg_rare_expr(PgReader *r, const PgNode *node);
MigExpr *mig_pg_call(PgReader *r, const PgQuery__FuncCall *call);
void mig_pg_set_expr_span(PgReader *r, MigExpr *expr, int location);

/* parse_postgres_query.c */
MigQuery *mig_pg_query(PgReader *r, const PgNode *node);
MigQuery *mig_pg_select(PgReader *r, const PgQuery__SelectStmt *select);
MigItem *mig_pg_items(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
MigItem *mig_pg_sort_items(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
MigRelation *mig_pg_relations(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
MigCte *mig_pg_ctes(PgReader *r, const PgQuery__WithClause *with, size_t *out_n);

/* parse_postgres_data.c */
void mig_pg_insert(PgReader *r, const PgNode *node);
void mig_pg_update(PgReader *r, const PgNode *node);
void mig_pg_delete(PgReader *r, const PgNode *node);
void mig_pg_merge(PgReader *r, const PgNode *node);
void mig_pg_truncate(PgReader *r, const PgNode *node);
void mig_pg_copy(PgReader *r, const PgNode *node);
void mig_pg_select_statement(PgReader *r, const PgNode *node);
void mig_pg_call_statement(PgReader *r, const PgNode *node);
void mig_pg_explain(PgReader *r, const PgNode *node);
void mig_pg_prepare(PgReader *r, const PgNode *node);
void mig_pg_execute(PgReader *r, const PgNode *node);
void mig_pg_declare_cursor(PgReader *r, const PgNode *node);
void mig_pg_return(PgReader *r, const PgNode *node);

/* parse_postgres_table.c */
void mig_pg_create_table(PgReader *r, const PgNode *node);
void mig_pg_create_foreign_table(PgReader *r, const PgNode *node);
void mig_pg_create_table_as(PgReader *r, const PgNode *node);
MigCreateTable *mig_pg_create_table_into(PgReader *r, const PgQuery__IntoClause *into);

/* parse_postgres_column.c */
void mig_pg_read_column(PgReader *r, const PgQuery__ColumnDef *def, MigColumn *out_column);
MigColumn *mig_pg_column(PgReader *r, const PgQuery__ColumnDef *def);

/* parse_postgres_constraint.c */
/* Its tokens are those from @first up to the one at @end. */
void mig_pg_read_constraint(PgReader *r, const PgQuery__Constraint *node, size_t first, size_t end,
                            MigConstraint *out_constraint);
MigConstraint *mig_pg_table_constraint(PgReader *r, const PgQuery__Constraint *node);
bool mig_pg_is_constraint_attribute(const PgQuery__Constraint *node);
void mig_pg_constraint_attribute(const PgQuery__Constraint *node, MigConstraint *constraint);

/* parse_postgres_index.c */
void mig_pg_create_index(PgReader *r, const PgNode *node);
void mig_pg_reindex(PgReader *r, const PgNode *node);
MigKeyPart *mig_pg_key_parts(PgReader *r, PgNode *const *list, size_t n, size_t *out_n);
void mig_pg_read_key_part(PgReader *r, const PgQuery__IndexElem *elem, MigKeyPart *out_part);

/* parse_postgres_partition.c */
void mig_pg_read_bound(PgReader *r, const PgQuery__PartitionBoundSpec *spec, MigBound *out_bound);
void
mig_pg_read_partition_by(PgReader *r, const PgQuery__PartitionSpec *spec, MigPartitionBy *out_by);

/* parse_postgres_alter.c */
void mig_pg_alter_table(PgReader *r, const PgNode *node);
void mig_pg_alter_all(PgReader *r, const PgNode *node);
void mig_pg_alter_domain(PgReader *r, const PgNode *node);
/* parse_postgres_action.c: one action of ALTER TABLE, added as a change. */
void mig_pg_action(PgReader *r, const PgQuery__AlterTableStmt *alter,
                   const PgQuery__AlterTableCmd *cmd, size_t first, size_t end);
/* parse_postgres_action_column.c: the same, of columns and constraints. Returns: whether it was */
bool mig_pg_column_action(PgReader *r, MigChange *change, const PgQuery__AlterTableCmd *cmd,
                          size_t first, size_t end);

/* parse_postgres_rename.c */
void mig_pg_rename(PgReader *r, const PgNode *node);
void mig_pg_set_schema(PgReader *r, const PgNode *node);
void mig_pg_set_owner(PgReader *r, const PgNode *node);

/* parse_postgres_drop.c */
void mig_pg_drop(PgReader *r, const PgNode *node);
void mig_pg_drop_other(PgReader *r, const PgNode *node);
void mig_pg_drop_owned(PgReader *r, const PgNode *node);
void mig_pg_reassign_owned(PgReader *r, const PgNode *node);

/* parse_postgres_object.c */
void mig_pg_create_object(PgReader *r, const PgNode *node);
void mig_pg_create_schema(PgReader *r, const PgNode *node);
void mig_pg_create_sequence(PgReader *r, const PgNode *node);
void mig_pg_alter_sequence(PgReader *r, const PgNode *node);
void mig_pg_alter_object(PgReader *r, const PgNode *node);
void mig_pg_define(PgReader *r, const PgNode *node);
void mig_pg_create_statistics(PgReader *r, const PgNode *node);

/* parse_postgres_server.c */
void mig_pg_create_role(PgReader *r, const PgNode *node);
void mig_pg_publication(PgReader *r, const PgNode *node);
void mig_pg_subscription(PgReader *r, const PgNode *node);
void mig_pg_foreign(PgReader *r, const PgNode *node);

/* parse_postgres_comment.c */
void mig_pg_comment(PgReader *r, const PgNode *node);
void mig_pg_security_label(PgReader *r, const PgNode *node);

/* parse_postgres_grant.c */
void mig_pg_grant(PgReader *r, const PgNode *node);
void mig_pg_grant_role(PgReader *r, const PgNode *node);
void mig_pg_default_privileges(PgReader *r, const PgNode *node);

/* parse_postgres_view.c */
void mig_pg_create_view(PgReader *r, const PgNode *node);
void mig_pg_refresh(PgReader *r, const PgNode *node);
void mig_pg_create_rule(PgReader *r, const PgNode *node);
void mig_pg_create_policy(PgReader *r, const PgNode *node);
void mig_pg_alter_policy(PgReader *r, const PgNode *node);

/* parse_postgres_routine.c */
void mig_pg_create_routine(PgReader *r, const PgNode *node);
void mig_pg_alter_routine(PgReader *r, const PgNode *node);
void mig_pg_create_trigger(PgReader *r, const PgNode *node);
void mig_pg_create_event_trigger(PgReader *r, const PgNode *node);
void mig_pg_do(PgReader *r, const PgNode *node);

/* parse_postgres_datatype.c */
void mig_pg_create_enum(PgReader *r, const PgNode *node);
void mig_pg_alter_enum(PgReader *r, const PgNode *node);
void mig_pg_create_composite(PgReader *r, const PgNode *node);
void mig_pg_create_domain(PgReader *r, const PgNode *node);
void mig_pg_create_range(PgReader *r, const PgNode *node);
void mig_pg_alter_type(PgReader *r, const PgNode *node);

/* parse_postgres_session.c */
void mig_pg_set(PgReader *r, const PgNode *node);
void mig_pg_set_constraints(PgReader *r, const PgNode *node);
void mig_pg_alter_setting(PgReader *r, const PgNode *node);
void mig_pg_transaction(PgReader *r, const PgNode *node);
void mig_pg_lock(PgReader *r, const PgNode *node);
void mig_pg_vacuum(PgReader *r, const PgNode *node);
void mig_pg_cluster(PgReader *r, const PgNode *node);
void mig_pg_show(PgReader *r, const PgNode *node);
void mig_pg_discard(PgReader *r, const PgNode *node);
void mig_pg_plain(PgReader *r, const PgNode *node); /* UNKNOWN, with the statement's first words */

/* parse_postgres_body.c: a program's statements, as changes that are nested or in a body. */
void mig_pg_read_body(const PgReader *r, const PgBody *body);

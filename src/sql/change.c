/* SPDX-License-Identifier: MIT */
/* From a statement to what it does, and the names of that. */
#include <migrate/change.h>

#include <string.h>

#include "sql/parser.h"

static const char *const kind_names[] = {
    [MIG_CHANGE_UNKNOWN] = "unknown",
    [MIG_CHANGE_CREATE_TABLE] = "create-table",
    [MIG_CHANGE_DROP_TABLE] = "drop-table",
    [MIG_CHANGE_RENAME_TABLE] = "rename-table",
    [MIG_CHANGE_SET_SCHEMA] = "set-schema",
    [MIG_CHANGE_SET_OWNER] = "set-owner",
    [MIG_CHANGE_TABLE_OPTIONS] = "table-options",
    [MIG_CHANGE_SET_PERSISTENCE] = "set-persistence",
    [MIG_CHANGE_SET_TABLESPACE] = "set-tablespace",
    [MIG_CHANGE_SET_ACCESS_METHOD] = "set-access-method",
    [MIG_CHANGE_CLUSTER_ON] = "cluster-on",
    [MIG_CHANGE_REPLICA_IDENTITY] = "replica-identity",
    [MIG_CHANGE_INHERIT] = "inherit",
    [MIG_CHANGE_OF_TYPE] = "of-type",
    [MIG_CHANGE_ROW_SECURITY] = "row-security",
    [MIG_CHANGE_SYSTEM_VERSIONING] = "system-versioning",
    [MIG_CHANGE_ENABLE_TRIGGER] = "enable-trigger",
    [MIG_CHANGE_ADD_COLUMN] = "add-column",
    [MIG_CHANGE_DROP_COLUMN] = "drop-column",
    [MIG_CHANGE_RENAME_COLUMN] = "rename-column",
    [MIG_CHANGE_ALTER_TYPE] = "alter-type",
    [MIG_CHANGE_SET_DEFAULT] = "set-default",
    [MIG_CHANGE_DROP_DEFAULT] = "drop-default",
    [MIG_CHANGE_SET_NOT_NULL] = "set-not-null",
    [MIG_CHANGE_DROP_NOT_NULL] = "drop-not-null",
    [MIG_CHANGE_ADD_IDENTITY] = "add-identity",
    [MIG_CHANGE_SET_IDENTITY] = "set-identity",
    [MIG_CHANGE_DROP_IDENTITY] = "drop-identity",
    [MIG_CHANGE_SET_EXPRESSION] = "set-expression",
    [MIG_CHANGE_DROP_EXPRESSION] = "drop-expression",
    [MIG_CHANGE_COLUMN_OPTIONS] = "column-options",
    [MIG_CHANGE_MODIFY_COLUMN] = "modify-column",
    [MIG_CHANGE_COLUMN_VISIBILITY] = "column-visibility",
    [MIG_CHANGE_ADD_CONSTRAINT] = "add-constraint",
    [MIG_CHANGE_VALIDATE_CONSTRAINT] = "validate-constraint",
    [MIG_CHANGE_ALTER_CONSTRAINT] = "alter-constraint",
    [MIG_CHANGE_DROP_CONSTRAINT] = "drop-constraint",
    [MIG_CHANGE_RENAME_CONSTRAINT] = "rename-constraint",
    [MIG_CHANGE_CREATE_INDEX] = "create-index",
    [MIG_CHANGE_DROP_INDEX] = "drop-index",
    [MIG_CHANGE_RENAME_INDEX] = "rename-index",
    [MIG_CHANGE_INDEX_OPTIONS] = "index-options",
    [MIG_CHANGE_INDEX_VISIBILITY] = "index-visibility",
    [MIG_CHANGE_ATTACH_INDEX] = "attach-index",
    [MIG_CHANGE_REINDEX] = "reindex",
    [MIG_CHANGE_ATTACH_PARTITION] = "attach-partition",
    [MIG_CHANGE_DETACH_PARTITION] = "detach-partition",
    [MIG_CHANGE_PARTITIONS] = "partitions",
    [MIG_CHANGE_PARTITION_BY] = "partition-by",
    [MIG_CHANGE_REMOVE_PARTITIONING] = "remove-partitioning",
    [MIG_CHANGE_CREATE_VIEW] = "create-view",
    [MIG_CHANGE_DROP_VIEW] = "drop-view",
    [MIG_CHANGE_CREATE_MATERIALIZED_VIEW] = "create-materialized-view",
    [MIG_CHANGE_DROP_MATERIALIZED_VIEW] = "drop-materialized-view",
    [MIG_CHANGE_REFRESH_MATERIALIZED_VIEW] = "refresh-materialized-view",
    [MIG_CHANGE_CREATE_TRIGGER] = "create-trigger",
    [MIG_CHANGE_DROP_TRIGGER] = "drop-trigger",
    [MIG_CHANGE_CREATE_RULE] = "create-rule",
    [MIG_CHANGE_CREATE_POLICY] = "create-policy",
    [MIG_CHANGE_ALTER_POLICY] = "alter-policy",
    [MIG_CHANGE_DROP_POLICY] = "drop-policy",
    [MIG_CHANGE_DROP_RULE] = "drop-rule",
    [MIG_CHANGE_CREATE_ROUTINE] = "create-routine",
    [MIG_CHANGE_DROP_ROUTINE] = "drop-routine",
    [MIG_CHANGE_CREATE_EVENT] = "create-event",
    [MIG_CHANGE_CREATE_ENUM] = "create-enum",
    [MIG_CHANGE_CREATE_COMPOSITE] = "create-composite",
    [MIG_CHANGE_CREATE_DOMAIN] = "create-domain",
    [MIG_CHANGE_ADD_ENUM_VALUE] = "add-enum-value",
    [MIG_CHANGE_RENAME_ENUM_VALUE] = "rename-enum-value",
    [MIG_CHANGE_DROP_ENUM_VALUE] = "drop-enum-value",
    [MIG_CHANGE_ALTER_COMPOSITE] = "alter-composite",
    [MIG_CHANGE_ALTER_DOMAIN] = "alter-domain",
    [MIG_CHANGE_CREATE_OBJECT] = "create-object",
    [MIG_CHANGE_ALTER_OBJECT] = "alter-object",
    [MIG_CHANGE_DROP_OBJECT] = "drop-object",
    [MIG_CHANGE_RENAME_OBJECT] = "rename-object",
    [MIG_CHANGE_COMMENT] = "comment",
    [MIG_CHANGE_GRANT] = "grant",
    [MIG_CHANGE_REVOKE] = "revoke",
    [MIG_CHANGE_DEFAULT_PRIVILEGES] = "default-privileges",
    [MIG_CHANGE_OWNED] = "owned",
    [MIG_CHANGE_INSERT] = "insert",
    [MIG_CHANGE_UPDATE] = "update",
    [MIG_CHANGE_DELETE] = "delete",
    [MIG_CHANGE_MERGE] = "merge",
    [MIG_CHANGE_TRUNCATE] = "truncate",
    [MIG_CHANGE_COPY] = "copy",
    [MIG_CHANGE_SELECT] = "select",
    [MIG_CHANGE_CALL] = "call",
    [MIG_CHANGE_DO] = "do",
    [MIG_CHANGE_DYNAMIC] = "dynamic",
    [MIG_CHANGE_SET] = "set",
    [MIG_CHANGE_USE] = "use",
    [MIG_CHANGE_TRANSACTION] = "transaction",
    [MIG_CHANGE_LOCK_TABLE] = "lock-table",
    [MIG_CHANGE_VACUUM] = "vacuum",
    [MIG_CHANGE_ANALYZE] = "analyze",
    [MIG_CHANGE_CLUSTER] = "cluster",
    [MIG_CHANGE_MAINTAIN] = "maintain",
    [MIG_CHANGE_ATTACH_DATABASE] = "attach-database",
    [MIG_CHANGE_PSQL] = "psql",
};

static const char *const type_names[] = {
    [MIG_TYPE_OF_TABLE] = "table",
    [MIG_TYPE_OF_VIEW] = "view",
    [MIG_TYPE_OF_MATERIALIZED_VIEW] = "materialized view",
    [MIG_TYPE_OF_INDEX] = "index",
    [MIG_TYPE_OF_SEQUENCE] = "sequence",
    [MIG_TYPE_OF_FUNCTION] = "function",
    [MIG_TYPE_OF_PROCEDURE] = "procedure",
    [MIG_TYPE_OF_AGGREGATE] = "aggregate",
    [MIG_TYPE_OF_OPERATOR] = "operator",
    [MIG_TYPE_OF_TRIGGER] = "trigger",
    [MIG_TYPE_OF_EVENT_TRIGGER] = "event trigger",
    [MIG_TYPE_OF_RULE] = "rule",
    [MIG_TYPE_OF_POLICY] = "policy",
    [MIG_TYPE_OF_TYPE] = "type",
    [MIG_TYPE_OF_DOMAIN] = "domain",
    [MIG_TYPE_OF_SCHEMA] = "schema",
    [MIG_TYPE_OF_DATABASE] = "database",
    [MIG_TYPE_OF_EXTENSION] = "extension",
    [MIG_TYPE_OF_STATISTICS] = "statistics",
    [MIG_TYPE_OF_PUBLICATION] = "publication",
    [MIG_TYPE_OF_SUBSCRIPTION] = "subscription",
    [MIG_TYPE_OF_FOREIGN_TABLE] = "foreign table",
    [MIG_TYPE_OF_SERVER] = "server",
    [MIG_TYPE_OF_ROLE] = "role",
    [MIG_TYPE_OF_TABLESPACE] = "tablespace",
    [MIG_TYPE_OF_COLLATION] = "collation",
    [MIG_TYPE_OF_TEXT_SEARCH] = "text search",
    [MIG_TYPE_OF_CAST] = "cast",
    [MIG_TYPE_OF_LANGUAGE] = "language",
    [MIG_TYPE_OF_EVENT] = "event",
    [MIG_TYPE_OF_COLUMN] = "column",
    [MIG_TYPE_OF_CONSTRAINT] = "constraint",
    [MIG_TYPE_OF_LARGE_OBJECT] = "large object",
    [MIG_TYPE_OF_OTHER] = "object",
};

const char *
mig_change_kind_name(MigChangeKind kind)
{
    g_return_val_if_fail((size_t)kind < G_N_ELEMENTS(kind_names), "unknown");
    return kind_names[kind];
}

const char *
mig_object_type_name(MigObjectType type)
{
    g_return_val_if_fail((size_t)type < G_N_ELEMENTS(type_names), "object");
    return type_names[type];
}

/* The first words, which name a statement that isn't analysed: "lock instance". */
static const char *
name_statement(MigParser *p)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (int i = 0; i < 2 && p->token.kind == MIG_TOKEN_WORD; i++) {
        g_autofree char *word = g_ascii_strdown(p->sql + p->token.offset, (gssize)p->token.length);

        g_string_append_printf(words, "%s%s", i > 0 ? " " : "", word);
        mig_parser_next(p);
    }
    g_autofree char *valid = g_utf8_make_valid(words->str, (gssize)words->len);
    return mig_arena_strdup(p->arena, valid);
}

/* Of what can't be read nothing is left half made: one change says that there was something. */
static void
add_unknown(MigChanges *into, GArray *changes, const MigParser *begin)
{
    MigChanges ignored = {.arena = into->arena};
    MigParser p = *begin;

    p.into = &ignored;
    g_array_set_size(changes, 0);
    MigChange *change = mig_parser_add(&p, MIG_CHANGE_UNKNOWN);
    change->span.length = p.length - change->span.offset;
    change->text = name_statement(&p);
}

/* Spans that were left open end with the statement. */
static void
close_spans(GArray *changes, size_t end)
{
    for (guint i = 0; i < changes->len; i++) {
        MigSpan *span = &g_array_index(changes, MigChange, i).span;

        if (span->length == 0 && end > span->offset)
            span->length = end - span->offset;
    }
}

static void
parse_by_hand(MigParser *p)
{
    MigParser begin = *p;

    if (mig_parser_at_end(p) && !mig_parser_failed(p))
        return;
    if (p->engine == MIG_ENGINE_SQLITE)
        mig_parse_sqlite(p);
    else
        mig_parse_mysql(p);

    size_t end = p->last_end;
    while (p->token.kind == MIG_TOKEN_SEMICOLON)
        mig_parser_next(p);
    if (!mig_parser_at_end(p))
        mig_parser_fail(p, "expected the end of the statement");
    if (p->into->status == MIG_PARSE_SYNTAX || p->into->status == MIG_PARSE_TOO_DEEP)
        add_unknown(p->into, p->changes, &begin);
    close_spans(p->changes, end);
}

MigChanges *
mig_parse(const char *sql, size_t length, MigEngine engine, int version)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, TRUE, sizeof(MigChange));
    MigChanges *into = g_new0(MigChanges, 1);

    into->arena = mig_arena_new();
    if (engine == MIG_ENGINE_POSTGRES) {
        mig_parse_postgres(into, changes, sql, length, version);
    } else {
        MigParser p;

        mig_parser_init(&p, into, changes, sql, length, engine, version);
        parse_by_hand(&p);
    }
    into->changes = mig_arena_take_array(into->arena, changes, &into->n_changes);
    return into;
}

void
mig_changes_free(MigChanges *changes)
{
    if (changes == NULL)
        return;
    mig_arena_free(changes->arena);
    g_free(changes);
}

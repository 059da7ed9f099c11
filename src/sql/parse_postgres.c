/* SPDX-License-Identifier: MIT */
/* A PostgreSQL statement to what it does: the server's own grammar, from libpg_query, reads it, and
 * this file hands each node of its tree to whoever knows it. */
#include "sql/parse_postgres.h"

#include <stdlib.h>
#include <string.h>

#include "sql/parser.h"

/* The first server version that the library's grammar knows nothing of. */
#define NEWER_THAN_GRAMMAR ((PG_VERSION_NUM / 10000 + 1) * 10000)

/* Programs within programs that are looked into. */
#define MOST_LEVELS 8

static const PgRead handlers[] = {
    [PG_QUERY__NODE__NODE_SELECT_STMT] = mig_pg_select_statement,
    [PG_QUERY__NODE__NODE_INSERT_STMT] = mig_pg_insert,
    [PG_QUERY__NODE__NODE_UPDATE_STMT] = mig_pg_update,
    [PG_QUERY__NODE__NODE_DELETE_STMT] = mig_pg_delete,
    [PG_QUERY__NODE__NODE_MERGE_STMT] = mig_pg_merge,
    [PG_QUERY__NODE__NODE_TRUNCATE_STMT] = mig_pg_truncate,
    [PG_QUERY__NODE__NODE_COPY_STMT] = mig_pg_copy,
    [PG_QUERY__NODE__NODE_CALL_STMT] = mig_pg_call_statement,
    [PG_QUERY__NODE__NODE_EXPLAIN_STMT] = mig_pg_explain,
    [PG_QUERY__NODE__NODE_PREPARE_STMT] = mig_pg_prepare,
    [PG_QUERY__NODE__NODE_EXECUTE_STMT] = mig_pg_execute,
    [PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT] = mig_pg_declare_cursor,
    [PG_QUERY__NODE__NODE_RETURN_STMT] = mig_pg_return,
    [PG_QUERY__NODE__NODE_CREATE_STMT] = mig_pg_create_table,
    [PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT] = mig_pg_create_foreign_table,
    [PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT] = mig_pg_create_table_as,
    [PG_QUERY__NODE__NODE_INDEX_STMT] = mig_pg_create_index,
    [PG_QUERY__NODE__NODE_REINDEX_STMT] = mig_pg_reindex,
    [PG_QUERY__NODE__NODE_ALTER_TABLE_STMT] = mig_pg_alter_table,
    [PG_QUERY__NODE__NODE_ALTER_TABLE_MOVE_ALL_STMT] = mig_pg_alter_all,
    [PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT] = mig_pg_alter_domain,
    [PG_QUERY__NODE__NODE_RENAME_STMT] = mig_pg_rename,
    [PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT] = mig_pg_set_schema,
    [PG_QUERY__NODE__NODE_ALTER_OWNER_STMT] = mig_pg_set_owner,
    [PG_QUERY__NODE__NODE_DROP_STMT] = mig_pg_drop,
    [PG_QUERY__NODE__NODE_DROPDB_STMT] = mig_pg_drop_other,
    [PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT] = mig_pg_drop_other,
    [PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT] = mig_pg_drop_other,
    [PG_QUERY__NODE__NODE_DROP_USER_MAPPING_STMT] = mig_pg_drop_other,
    [PG_QUERY__NODE__NODE_DROP_ROLE_STMT] = mig_pg_drop_other,
    [PG_QUERY__NODE__NODE_DROP_OWNED_STMT] = mig_pg_drop_owned,
    [PG_QUERY__NODE__NODE_REASSIGN_OWNED_STMT] = mig_pg_reassign_owned,
    [PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT] = mig_pg_create_schema,
    [PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATEDB_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_CAST_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_PLANG_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_AM_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT] = mig_pg_create_object,
    [PG_QUERY__NODE__NODE_CREATE_SEQ_STMT] = mig_pg_create_sequence,
    [PG_QUERY__NODE__NODE_ALTER_SEQ_STMT] = mig_pg_alter_sequence,
    [PG_QUERY__NODE__NODE_DEFINE_STMT] = mig_pg_define,
    [PG_QUERY__NODE__NODE_CREATE_STATS_STMT] = mig_pg_create_statistics,
    [PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT] = mig_pg_alter_object,
    [PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT] = mig_pg_alter_object,
    [PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT] = mig_pg_alter_object,
    [PG_QUERY__NODE__NODE_ALTER_STATS_STMT] = mig_pg_alter_object,
    [PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT] = mig_pg_alter_object,
    [PG_QUERY__NODE__NODE_ALTER_COLLATION_STMT] = mig_pg_alter_object,
    [PG_QUERY__NODE__NODE_ALTER_OBJECT_DEPENDS_STMT] = mig_pg_alter_object,
    [PG_QUERY__NODE__NODE_CREATE_ROLE_STMT] = mig_pg_create_role,
    [PG_QUERY__NODE__NODE_ALTER_ROLE_STMT] = mig_pg_create_role,
    [PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT] = mig_pg_publication,
    [PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT] = mig_pg_publication,
    [PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT] = mig_pg_subscription,
    [PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT] = mig_pg_subscription,
    [PG_QUERY__NODE__NODE_CREATE_FDW_STMT] = mig_pg_foreign,
    [PG_QUERY__NODE__NODE_ALTER_FDW_STMT] = mig_pg_foreign,
    [PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT] = mig_pg_foreign,
    [PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT] = mig_pg_foreign,
    [PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT] = mig_pg_foreign,
    [PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT] = mig_pg_foreign,
    [PG_QUERY__NODE__NODE_IMPORT_FOREIGN_SCHEMA_STMT] = mig_pg_foreign,
    [PG_QUERY__NODE__NODE_COMMENT_STMT] = mig_pg_comment,
    [PG_QUERY__NODE__NODE_SEC_LABEL_STMT] = mig_pg_security_label,
    [PG_QUERY__NODE__NODE_GRANT_STMT] = mig_pg_grant,
    [PG_QUERY__NODE__NODE_GRANT_ROLE_STMT] = mig_pg_grant_role,
    [PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT] = mig_pg_default_privileges,
    [PG_QUERY__NODE__NODE_VIEW_STMT] = mig_pg_create_view,
    [PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT] = mig_pg_refresh,
    [PG_QUERY__NODE__NODE_RULE_STMT] = mig_pg_create_rule,
    [PG_QUERY__NODE__NODE_CREATE_POLICY_STMT] = mig_pg_create_policy,
    [PG_QUERY__NODE__NODE_ALTER_POLICY_STMT] = mig_pg_alter_policy,
    [PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT] = mig_pg_create_routine,
    [PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT] = mig_pg_alter_routine,
    [PG_QUERY__NODE__NODE_CREATE_TRIG_STMT] = mig_pg_create_trigger,
    [PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT] = mig_pg_create_event_trigger,
    [PG_QUERY__NODE__NODE_DO_STMT] = mig_pg_do,
    [PG_QUERY__NODE__NODE_CREATE_ENUM_STMT] = mig_pg_create_enum,
    [PG_QUERY__NODE__NODE_ALTER_ENUM_STMT] = mig_pg_alter_enum,
    [PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT] = mig_pg_create_composite,
    [PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT] = mig_pg_create_domain,
    [PG_QUERY__NODE__NODE_CREATE_RANGE_STMT] = mig_pg_create_range,
    [PG_QUERY__NODE__NODE_ALTER_TYPE_STMT] = mig_pg_alter_type,
    [PG_QUERY__NODE__NODE_VARIABLE_SET_STMT] = mig_pg_set,
    [PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT] = mig_pg_set_constraints,
    [PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT] = mig_pg_alter_setting,
    [PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT] = mig_pg_alter_setting,
    [PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT] = mig_pg_alter_setting,
    [PG_QUERY__NODE__NODE_TRANSACTION_STMT] = mig_pg_transaction,
    [PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT] = mig_pg_show,
    [PG_QUERY__NODE__NODE_FETCH_STMT] = mig_pg_show,
    [PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT] = mig_pg_show,
    [PG_QUERY__NODE__NODE_DISCARD_STMT] = mig_pg_discard,
    [PG_QUERY__NODE__NODE_LOCK_STMT] = mig_pg_lock,
    [PG_QUERY__NODE__NODE_VACUUM_STMT] = mig_pg_vacuum,
    [PG_QUERY__NODE__NODE_CLUSTER_STMT] = mig_pg_cluster,
};

MigChange *
mig_pg_add(PgReader *r, MigChangeKind kind)
{
    MigChange change = {.kind = kind, .span = r->whole, .nested = r->nested, .in_body = r->in_body};

    g_array_append_val(r->changes, change);
    return &g_array_index(r->changes, MigChange, r->changes->len - 1);
}

bool
mig_pg_enter(PgReader *r)
{
    if (r->depth >= MIG_PG_DEPTH || r->failed) {
        r->failed = true;
        return false;
    }
    r->depth++;
    return true;
}

void
mig_pg_leave(PgReader *r)
{
    r->depth--;
}

void
mig_pg_needs(PgReader *r, int version, const char *what, MigSpan where)
{
    if (version <= r->into->needs_version)
        return;
    r->into->needs_version = version;
    r->into->needs_what = what;
    r->into->needs_where = where;
}

void
mig_pg_fail(PgReader *r, MigParseStatus status, MigSpan where, const char *format, ...)
{
    if (r->into->status != MIG_PARSE_OK)
        return;

    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    r->into->message = mig_arena_strdup(r->arena, valid);
    r->into->status = status;
    r->into->where = where;
}

void
mig_pg_read_node(PgReader *r, const PgNode *node)
{
    size_t kind = node == NULL ? 0 : (size_t)node->node_case;

    if (node == NULL || !mig_pg_enter(r))
        return;
    if (kind < G_N_ELEMENTS(handlers) && handlers[kind] != NULL)
        handlers[kind](r, node);
    else
        mig_pg_plain(r, node);
    mig_pg_leave(r);
}

static void
read_tree(PgReader *r, const PgQuery__ParseResult *tree)
{
    for (size_t i = 0; i < tree->n_stmts; i++)
        mig_pg_read_node(r, tree->stmts[i]->stmt);
}

/* The library counts characters, from 1. */
static size_t
byte_offset(const char *text, size_t length, int cursor)
{
    size_t at = 0;

    for (int i = 1; i < cursor && at < length; i++) {
        unsigned char c = (unsigned char)text[at];

        at += c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    }
    return MIN(at, length);
}

static void
report(PgReader *r, const PgQueryError *error)
{
    size_t at = byte_offset(r->text, r->length, error->cursorpos);
    const MigToken *token = mig_pg_token(r, mig_pg_token_at(r, at));
    MigSpan where = token != NULL ? mig_pg_span(r, token->offset, token->offset + token->length)
                                  : (MigSpan){r->base + at, 0};
    bool deep = strstr(error->message, "memory exhausted") != NULL ||
                strstr(error->message, "stack depth") != NULL;

    if (deep)
        mig_pg_fail(r, MIG_PARSE_TOO_DEEP, where, "nested too deeply to be analysed");
    else if (r->version >= NEWER_THAN_GRAMMAR)
        mig_pg_fail(r, MIG_PARSE_NEWER, where,
                    "%s by the grammar of PostgreSQL " PG_MAJORVERSION
                    ", but a newer server may take it",
                    error->message);
    else
        mig_pg_fail(r, MIG_PARSE_SYNTAX, where, "%s", error->message);
}

#ifdef MIG_PG_QUERY_WRAP
/* The library makes its tree as protobuf messages only to pack them, which takes ten times as long as
 * the parsing itself. Linked statically, its calls to the packing come here instead (--wrap), and the
 * messages are read where they are. This is whom they are for: the library runs in one thread. */
static _Thread_local PgReader *reading;

size_t __real_pg_query__parse_result__get_packed_size(const PgQuery__ParseResult *tree);
size_t __real_pg_query__parse_result__pack(const PgQuery__ParseResult *tree, uint8_t *out);
size_t __wrap_pg_query__parse_result__get_packed_size(const PgQuery__ParseResult *tree);
size_t __wrap_pg_query__parse_result__pack(const PgQuery__ParseResult *tree, uint8_t *out);

size_t
__wrap_pg_query__parse_result__get_packed_size(const PgQuery__ParseResult *tree)
{
    if (reading == NULL)
        return __real_pg_query__parse_result__get_packed_size(tree);
    read_tree(reading, tree);
    return 0;
}

size_t
__wrap_pg_query__parse_result__pack(const PgQuery__ParseResult *tree, uint8_t *out)
{
    return reading == NULL ? __real_pg_query__parse_result__pack(tree, out) : 0;
}
/* Returns: (owned) the library's result; its error says whether anything was read */
static PgQueryProtobufParseResult
parse(PgReader *r)
{
    reading = r;
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(r->parsed);
    reading = NULL;
    return result;
}
#else
static void *
arena_alloc(void *data, size_t size)
{
    return mig_arena_alloc(data, size);
}

static void
arena_free(void *data, void *pointer)
{
    (void)data;
    (void)pointer;
}

static PgQueryProtobufParseResult
parse(PgReader *r)
{
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(r->parsed);
    ProtobufCAllocator allocator = {arena_alloc, arena_free, r->arena};

    if (result.error == NULL) {
        const PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
            &allocator, result.parse_tree.len, (const uint8_t *)result.parse_tree.data);

        if (tree != NULL)
            read_tree(r, tree);
    }
    return result;
}
#endif

/* A query in FROM may go without a name since 16; where one could be put is not known here. */
static bool
is_newer_error(PgReader *r, const PgQueryError *error)
{
    if (strstr(error->message, "must have an alias") == NULL)
        return false;

    size_t at = byte_offset(r->text, r->length, error->cursorpos);
    MigSpan where = mig_pg_span_token(r, mig_pg_token_at(r, at));
    mig_pg_needs(r, 160000, "a query in FROM without an alias", where);
    mig_pg_fail(r, MIG_PARSE_UNSUPPORTED, where, "%s before PostgreSQL 16", error->message);
    mig_pg_plain(r, NULL);
    return true;
}

/* What a newer construct hides is told if it comes later in the text. */
static void
read_newer(PgReader *r, const PgQueryError *first)
{
    if (mig_pg_read_newer(r) || is_newer_error(r, first))
        return;

    const char *parsed = r->parsed;
    if (mig_pg_blank_newer(r)) {
        PgQueryProtobufParseResult again = parse(r);
        const PgQueryError *later = again.error;
        bool done = later == NULL;

        if (!done && later->cursorpos > first->cursorpos && !is_newer_error(r, later))
            report(r, later);
        pg_query_free_protobuf_parse_result(again);
        if (done || r->into->status != MIG_PARSE_OK)
            return;
    }
    r->parsed = parsed;
    r->into->needs_version = 0;
    r->into->needs_what = NULL;
    report(r, first);
}

static void
read_statement(PgReader *r)
{
    mig_pg_shorten_rows(r);
    if (mig_pg_is_too_deep(r->text, r->length)) {
        mig_pg_fail(r, MIG_PARSE_TOO_DEEP, r->whole, "nested too deeply to be analysed");
        return;
    }

    PgQueryProtobufParseResult result = parse(r);
    if (result.error != NULL)
        read_newer(r, result.error);
    pg_query_free_protobuf_parse_result(result);
    if (r->failed)
        mig_pg_fail(r, MIG_PARSE_TOO_DEEP, r->whole, "nested too deeply to be analysed");
}

static void
read_psql(PgReader *r)
{
    const char *end = strpbrk(r->text, " \t\r\n");
    size_t length = end == NULL ? r->length : (size_t)(end - r->text);

    mig_pg_add(r, MIG_CHANGE_PSQL)->text = mig_arena_strndup(r->arena, r->text, length);
}

static void
read_whole(PgReader *r)
{
    guint before = r->changes->len;
    const char *nul = memchr(r->text, '\0', r->length);

    if (nul != NULL)
        mig_pg_fail(r, MIG_PARSE_SYNTAX, mig_pg_span(r, (size_t)(nul - r->text), r->length),
                    "a NUL byte stands in the statement");
    else if (r->text[0] == '\\')
        read_psql(r);
    else
        read_statement(r);

    /* Of what can't be read nothing is left half made: one change says that there was something. */
    if (r->into->status == MIG_PARSE_SYNTAX || r->into->status == MIG_PARSE_NEWER ||
        r->into->status == MIG_PARSE_TOO_DEEP) {
        g_array_set_size(r->changes, before);
        mig_pg_plain(r, NULL);
    }
    if (r->bodies != NULL && r->levels < MOST_LEVELS) {
        for (guint i = 0; i < r->bodies->len; i++)
            mig_pg_read_body(r, &g_array_index(r->bodies, PgBody, i));
    }
    g_clear_pointer(&r->tokens, g_array_unref);
    g_clear_pointer(&r->bodies, g_array_unref);
}

/* A program's statements are read apart, since one that can't be read is no fault of the program's:
 * PL/pgSQL has more than our scanner follows. */
void
mig_pg_read_nested(const PgReader *outer, const PgBody *body, const char *text, size_t length,
                   size_t offset, size_t prefix)
{
    MigChanges into = {.arena = outer->arena};
    PgReader r = {.text = text,
                  .parsed = text,
                  .length = length,
                  .arena = outer->arena,
                  .into = &into,
                  .changes = outer->changes,
                  .version = outer->version,
                  .nested = outer->nested || !body->in_body,
                  .in_body = outer->in_body || body->in_body,
                  .plpgsql = body->plpgsql,
                  .fixed = !body->exact,
                  .whole = body->span,
                  .levels = outer->levels + 1};
    guint before = outer->changes->len;

    if (body->exact) {
        r.base = body->span.offset + offset - prefix;
        r.whole = (MigSpan){body->span.offset + offset, length - prefix};
    }
    read_whole(&r);
    if (into.status != MIG_PARSE_OK && (r.in_body || prefix > 0))
        g_array_set_size(outer->changes, before);
    else if (into.status == MIG_PARSE_OK && !r.in_body)
        mig_pg_needs((PgReader *)outer, into.needs_version, into.needs_what, into.needs_where);
}

void
mig_parse_postgres(MigChanges *into, GArray *changes, const char *sql, size_t length, int version)
{
    const char *text = mig_arena_strndup(into->arena, sql, length);
    PgReader r = {.text = text,
                  .parsed = text,
                  .length = length,
                  .whole = {0, length},
                  .arena = into->arena,
                  .into = into,
                  .changes = changes,
                  .version = version};

    read_whole(&r);
}

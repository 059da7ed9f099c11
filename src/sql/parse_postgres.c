/* SPDX-License-Identifier: MIT */
/* A PostgreSQL statement to what it does: the server's own grammar, from libpg_query, reads it, and
 * this file hands each node of its tree to whoever knows it. */
#include "sql/parse_postgres.h"

#include <stdlib.h>
#include <string.h>

#include "sql/parser.h"

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
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(r->text);
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
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(r->text);
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

static void
read_statement(PgReader *r)
{
    if (mig_pg_is_too_deep(r->text, r->length)) {
        mig_pg_fail(r, MIG_PARSE_TOO_DEEP, r->whole, "nested too deeply to be analysed");
        return;
    }

    PgQueryProtobufParseResult result = parse(r);
    if (result.error != NULL)
        report(r, result.error);
    else if (r->failed)
        mig_pg_fail(r, MIG_PARSE_TOO_DEEP, r->whole, "nested too deeply to be analysed");
    pg_query_free_protobuf_parse_result(result);
}

static void
clear_reader(PgReader *r)
{
    g_clear_pointer(&r->tokens, g_array_unref);
}

static void
read_psql(PgReader *r)
{
    const char *end = strpbrk(r->text, " \t\r\n");
    size_t length = end == NULL ? r->length : (size_t)(end - r->text);

    mig_pg_add(r, MIG_CHANGE_PSQL)->text = mig_arena_strndup(r->arena, r->text, length);
}

void
mig_parse_postgres(MigChanges *into, GArray *changes, const char *sql, size_t length, int version)
{
    PgReader r = {.text = mig_arena_strndup(into->arena, sql, length),
                  .length = length,
                  .whole = {0, length},
                  .arena = into->arena,
                  .into = into,
                  .changes = changes,
                  .version = version};
    const char *nul = memchr(sql, '\0', length);

    if (nul != NULL) {
        mig_pg_fail(&r, MIG_PARSE_SYNTAX, (MigSpan){(size_t)(nul - sql), 1},
                    "a NUL byte stands in the statement");
        return;
    }
    if (length > 0 && sql[0] == '\\')
        read_psql(&r);
    else
        read_statement(&r);
    /* Of what can't be read nothing is left half made: one change says that there was something. */
    if (into->status == MIG_PARSE_SYNTAX || into->status == MIG_PARSE_TOO_DEEP) {
        g_array_set_size(changes, 0);
        mig_pg_plain(&r, NULL);
    }
    clear_reader(&r);
}

/* SPDX-License-Identifier: MIT */
/* PostgreSQL's statements of which an older grammar knows nothing: REPACK, and the splitting and
 * merging of partitions. */
#include <string.h>

#include "sql/parse_postgres.h"

/* A name from the tokens: folded, or without its quotes. */
static const char *
token_name(PgReader *r, size_t i)
{
    const MigToken *token = mig_pg_token(r, i);

    if (token == NULL)
        return NULL;

    const char *text = r->text + token->offset;
    if (token->kind != MIG_TOKEN_QUOTED) {
        g_autofree char *lower = g_ascii_strdown(text, (gssize)token->length);
        return mig_arena_strdup(r->arena, lower);
    }

    g_autoptr(GString) name = g_string_new(NULL);
    for (size_t k = 1; k + 1 < token->length; k++) {
        g_string_append_c(name, text[k]);
        if (text[k] == '"')
            k++;
    }
    return mig_arena_strndup(r->arena, name->str, name->len);
}

static bool
is_name(PgReader *r, size_t i)
{
    const MigToken *token = mig_pg_token(r, i);

    return token != NULL && (token->kind == MIG_TOKEN_WORD || token->kind == MIG_TOKEN_QUOTED);
}

/* The name whose tokens begin at @*at, which is moved behind them. */
static MigName
take_name(PgReader *r, size_t *at)
{
    size_t end = mig_pg_name_end(r, *at);
    MigName name = {0};

    if (!is_name(r, *at))
        return name;
    name.name = token_name(r, end - 1);
    name.quoted = mig_pg_token(r, end - 1)->kind == MIG_TOKEN_QUOTED;
    if (end - *at >= 3)
        name.schema = token_name(r, end - 3);
    name.span = mig_pg_span_tokens(r, *at, end);
    *at = end;
    return name;
}

static bool
is_on(PgReader *r, size_t i)
{
    return mig_pg_token_is_mark(r, i, ',') || mig_pg_token_is_mark(r, i, ')') ||
           mig_pg_token_is(r, i, "true") || mig_pg_token_is(r, i, "on");
}

/* REPACK [(option, ...)] [table [(column, ...)]] [USING INDEX [name]] */
static void
read_repack(PgReader *r)
{
    MigChange *change = mig_pg_add(r, MIG_CHANGE_VACUUM);
    size_t at = 1;

    change->text = "repack";
    change->on = true;
    if (mig_pg_token_is_mark(r, at, '(')) {
        size_t close = mig_pg_close(r, at);
        size_t word = mig_pg_find(r, at, "concurrently");

        change->concurrently = word < close && is_on(r, word + 1);
        at = close;
    }
    if (is_name(r, at) && !mig_pg_token_is(r, at, "using"))
        change->table = take_name(r, &at);
    size_t index = mig_pg_find_here(r, at, "index");
    if (index != PG_NO_TOKEN && is_name(r, index + 1)) {
        at = index + 1;
        change->to = take_name(r, &at);
    }
    mig_pg_needs(r, 190000, "REPACK", mig_pg_span_token(r, 0));
}

/* PARTITION name FOR VALUES ...: the names between parentheses. */
static void
read_partitions(PgReader *r, MigChange *change, size_t open, bool said)
{
    size_t close = mig_pg_close(r, open);
    g_autoptr(GArray) partitions = g_array_new(FALSE, TRUE, sizeof(MigPartition));

    for (size_t at = open + 1; at + 1 < close;) {
        MigPartition partition = {0};
        size_t name = said ? at + 1 : at;

        partition.name = take_name(r, &name);
        if (mig_pg_token_is(r, name, "default"))
            partition.bound.kind = MIG_BOUND_DEFAULT;
        if (partition.name.name != NULL)
            g_array_append_val(partitions, partition);
        at = mig_pg_piece_end(r, at) + 1;
    }
    change->partitions = mig_arena_take_array(r->arena, partitions, &change->n_partitions);
}

/* ALTER TABLE [IF EXISTS] name SPLIT PARTITION p INTO (...), or MERGE PARTITIONS (...) INTO p */
static bool
read_split_or_merge(PgReader *r)
{
    size_t at = 2;
    bool missing_ok = mig_pg_token_is(r, at, "if");

    if (missing_ok)
        at += 2;
    size_t table_at = at;
    size_t action = mig_pg_name_end(r, at);
    bool split = mig_pg_token_is(r, action, "split") && mig_pg_token_is(r, action + 1, "partition");
    bool merge =
        mig_pg_token_is(r, action, "merge") && mig_pg_token_is(r, action + 1, "partitions");
    size_t into = mig_pg_find_here(r, action, "into");
    if ((!split && !merge) || into == PG_NO_TOKEN)
        return false;

    MigChange *change = mig_pg_add(r, MIG_CHANGE_PARTITIONS);
    change->table = take_name(r, &table_at);
    change->parent_if_exists = missing_ok;
    change->text = split ? "split" : "merge";
    at = split ? action + 2 : into + 1;
    change->to = take_name(r, &at);
    read_partitions(r, change, split ? into + 1 : action + 2, split);
    mig_pg_needs(r, 190000, split ? "SPLIT PARTITION" : "MERGE PARTITIONS",
                 mig_pg_span_tokens(r, action, action + 2));
    return true;
}

/* ALTER TYPE name DROP VALUE 'value': grammars since 17 know it, and no server does it. */
static bool
read_drop_value(PgReader *r)
{
    size_t at = 2;
    size_t action = mig_pg_name_end(r, at);
    const MigToken *value = mig_pg_token(r, action + 2);

    if (!mig_pg_token_is(r, action, "drop") || !mig_pg_token_is(r, action + 1, "value") ||
        value == NULL || value->kind != MIG_TOKEN_STRING || value->length < 2)
        return false;

    const char **values = mig_arena_alloc(r->arena, sizeof *values);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_DROP_ENUM_VALUE);
    values[0] = mig_arena_strndup(r->arena, r->text + value->offset + 1, value->length - 2);
    change->name = take_name(r, &at);
    change->values = values;
    change->n_values = 1;
    mig_pg_fail(r, MIG_PARSE_UNSUPPORTED, mig_pg_span_tokens(r, action, action + 2),
                "no PostgreSQL can take a value from an enum");
    return true;
}

bool
mig_pg_read_newer(PgReader *r)
{
    if (mig_pg_token_is(r, 0, "repack")) {
        read_repack(r);
        return true;
    }
    if (mig_pg_token_is(r, 0, "alter") && mig_pg_token_is(r, 1, "table"))
        return read_split_or_merge(r);
    if (mig_pg_token_is(r, 0, "alter") && mig_pg_token_is(r, 1, "type"))
        return read_drop_value(r);
    return false;
}

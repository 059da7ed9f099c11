/* SPDX-License-Identifier: MIT */
/* Keys, indexes and constraints, as CREATE TABLE, ALTER TABLE and CREATE INDEX have them. */
#include "sql/parse_mysql.h"

static MigKeyPart
read_part(MigParser *p)
{
    MigKeyPart part = {0};
    size_t from = mig_parser_mark(p);

    if (mig_parser_take_mark(p, "(")) {
        part.expr = mig_parser_expression(p);
        mig_parser_expect_mark(p, ")");
        mig_mysql_since_from(p, 80013, MIG_MYSQL_NEVER, "functional key part", from);
    } else {
        part.column = mig_parser_identifier(p, NULL);
        if (mig_parser_take_mark(p, "(")) {
            long long length = mig_parser_number(p);
            part.prefix_length = (unsigned)CLAMP(length, 0, G_MAXINT);
            mig_parser_expect_mark(p, ")");
        }
    }
    part.descending = mig_parser_take(p, "desc");
    if (!part.descending)
        mig_parser_take(p, "asc");
    return part;
}

MigKeyPart *
mig_mysql_key_parts(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(MigKeyPart));

    mig_parser_expect_mark(p, "(");
    do {
        MigKeyPart part = read_part(p);
        g_array_append_val(parts, part);
        /* MariaDB: UNIQUE (a, period WITHOUT OVERLAPS); the period is the last part. */
        if (mig_parser_is(p, "without"))
            break;
    } while (mig_parser_take_mark(p, ","));
    return mig_arena_take_array(p->arena, parts, out_n);
}

/* What ends a list of key parts. Returns: whether WITHOUT OVERLAPS stood there */
static bool
end_parts(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    bool without_overlaps = mig_parser_take_words(p, "without overlaps");

    if (without_overlaps)
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100503, "WITHOUT OVERLAPS", from);
    mig_parser_expect_mark(p, ")");
    return without_overlaps;
}

const char **
mig_mysql_part_columns(MigParser *p, const MigKeyPart *parts, size_t n, size_t *out_n)
{
    g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(const char *));

    for (size_t i = 0; i < n; i++) {
        if (parts[i].column != NULL)
            g_array_append_val(names, parts[i].column);
    }
    return mig_arena_take_array(p->arena, names, out_n);
}

void
mig_mysql_index_method(MigParser *p, const char **method)
{
    static const char *const methods[] = {"btree", "hash", "rtree", NULL};

    if (mig_parser_is(p, "using") || mig_parser_is(p, "type")) {
        mig_parser_next(p);
        *method = mig_mysql_one_of(p, methods);
    }
}

static bool
read_index_visibility(MigParser *p, MigIndex *index)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "visible")) {
        mig_mysql_since_from(p, 80000, 0, "VISIBLE indexes", from);
        return true;
    }
    if (mig_parser_take(p, "invisible")) {
        index->invisible = true;
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "INVISIBLE indexes", from);
        return true;
    }
    if (!mig_parser_take_words(p, "not ignored")) {
        if (!mig_parser_take(p, "ignored"))
            return false;
        index->invisible = true;
    }
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100600, "IGNORED indexes", from);
    return true;
}

static bool
read_index_option(MigParser *p, MigIndex *index, GArray *options)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_is(p, "using") || mig_parser_is(p, "type")) {
        mig_mysql_index_method(p, &index->method);
        return true;
    }
    if (mig_parser_take(p, "comment")) {
        index->comment = mig_parser_string(p);
        return true;
    }
    if (mig_parser_take_words(p, "with parser")) {
        index->parser = mig_parser_identifier(p, NULL);
        return true;
    }
    if (read_index_visibility(p, index))
        return true;

    static const char *const words[] = {"key_block_size", "engine_attribute",
                                        "secondary_engine_attribute", "clustering", NULL};
    if (mig_parser_is_any(p, words)) {
        const char *name = mig_mysql_word(p);
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, name, mig_parser_value(p), from);
        return true;
    }
    /* An engine's own option, such as a VECTOR index's M and DISTANCE. */
    if (mig_mysql_is_mariadb(p) && mig_parser_is_name(p) && mig_parser_peek_mark(p, "=") &&
        !mig_mysql_at_table_option(p)) {
        const char *name = mig_mysql_word(p);
        mig_parser_next(p);
        mig_mysql_add_option(p, options, name, mig_parser_value(p), from);
        return true;
    }
    return false;
}

void
mig_mysql_index_options(MigParser *p, MigIndex *index)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

    while (read_index_option(p, index, options) && !mig_parser_failed(p))
        ;
    index->options = mig_arena_take_array(p->arena, options, &index->n_options);
}

static MigReferentialAction
read_action(MigParser *p)
{
    if (mig_parser_take(p, "restrict"))
        return MIG_ACTION_RESTRICT;
    if (mig_parser_take(p, "cascade"))
        return MIG_ACTION_CASCADE;
    if (mig_parser_take_words(p, "set null"))
        return MIG_ACTION_SET_NULL;
    if (mig_parser_take_words(p, "set default"))
        return MIG_ACTION_SET_DEFAULT;
    if (mig_parser_take_words(p, "no action"))
        return MIG_ACTION_NO_ACTION;
    mig_parser_fail(p, "expected RESTRICT, CASCADE, SET NULL, SET DEFAULT or NO ACTION");
    return MIG_ACTION_NONE;
}

void
mig_mysql_references(MigParser *p, MigConstraint *constraint)
{
    static const char *const matches[] = {"full", "partial", "simple", NULL};

    mig_parser_expect(p, "references");
    constraint->references = mig_parser_name(p);
    if (mig_parser_is_mark(p, "(")) {
        size_t n = 0;
        MigKeyPart *parts = mig_mysql_key_parts(p, &n);
        end_parts(p);
        constraint->ref_columns = mig_mysql_part_columns(p, parts, n, &constraint->n_ref_columns);
    }
    if (mig_parser_take(p, "match"))
        constraint->match = mig_mysql_one_of(p, matches);
    while (mig_parser_is(p, "on")) {
        mig_parser_next(p);
        bool delete = mig_parser_take(p, "delete");
        MigReferentialAction *action = delete ? &constraint->on_delete : &constraint->on_update;
        if (!delete)
            mig_parser_expect(p, "update");
        if (*action != MIG_ACTION_NONE)
            mig_parser_fail(p, "ON %s is written twice", delete ? "DELETE" : "UPDATE");
        *action = read_action(p);
    }
}

void
mig_mysql_check(MigParser *p, MigConstraint *constraint)
{
    mig_parser_expect_mark(p, "(");
    constraint->expr = mig_parser_expression(p);
    mig_parser_expect_mark(p, ")");

    size_t from = mig_parser_mark(p);
    constraint->not_enforced = mig_parser_take_words(p, "not enforced");
    if (constraint->not_enforced || mig_parser_take(p, "enforced"))
        mig_mysql_since_from(p, 80016, MIG_MYSQL_NEVER, "[NOT] ENFORCED", from);
}

/* The name of an index, which may be left out. */
static const char *
read_index_name(MigParser *p)
{
    if (mig_parser_is_mark(p, "(") || mig_parser_is(p, "using"))
        return NULL;
    /* A method without a name: KEY TYPE BTREE (a). */
    if (mig_parser_is(p, "type") && !mig_parser_peek_mark(p, "("))
        return NULL;
    return mig_parser_identifier(p, NULL);
}

static void
read_key_body(MigParser *p, MigMysqlKey *key, bool *out_without_overlaps)
{
    key->if_not_exists = mig_mysql_take_maria_if_not_exists(p, "keys");
    key->index.name.name = read_index_name(p);
    mig_mysql_index_method(p, &key->index.method);
    key->index.parts = mig_mysql_key_parts(p, &key->index.n_parts);
    *out_without_overlaps = end_parts(p);
    mig_mysql_index_options(p, &key->index);
}

/* UNIQUE and PRIMARY KEY are constraints, with what is said of their index. */
static void
read_unique(MigParser *p, MigMysqlKey *key, MigConstraintKind kind)
{
    MigConstraint *constraint = &key->constraint;

    key->kind = MIG_MYSQL_KEY_CONSTRAINT;
    constraint->kind = kind;
    read_key_body(p, key, &constraint->without_overlaps);
    constraint->parts = key->index.parts;
    constraint->n_parts = key->index.n_parts;
    constraint->columns =
        mig_mysql_part_columns(p, constraint->parts, constraint->n_parts, &constraint->n_columns);
    constraint->using_index = key->index.name.name;
    constraint->method = key->index.method;
    constraint->invisible = key->index.invisible;
}

static void
read_foreign_key(MigParser *p, MigMysqlKey *key)
{
    MigConstraint *constraint = &key->constraint;
    size_t n = 0;

    key->kind = MIG_MYSQL_KEY_CONSTRAINT;
    constraint->kind = MIG_CONSTRAINT_FOREIGN_KEY;
    mig_parser_expect(p, "key");
    key->if_not_exists = mig_mysql_take_maria_if_not_exists(p, "foreign keys");
    if (!mig_parser_is_mark(p, "("))
        constraint->using_index = mig_parser_identifier(p, NULL);

    MigKeyPart *parts = mig_mysql_key_parts(p, &n);
    end_parts(p);
    constraint->columns = mig_mysql_part_columns(p, parts, n, &constraint->n_columns);
    mig_mysql_references(p, constraint);
}

/* What may follow CONSTRAINT [name]. Returns: whether it was there */
static bool
read_constraint_body(MigParser *p, MigMysqlKey *key)
{
    if (mig_parser_take(p, "primary")) {
        mig_parser_expect(p, "key");
        read_unique(p, key, MIG_CONSTRAINT_PRIMARY_KEY);
    } else if (mig_parser_take(p, "unique")) {
        if (!mig_parser_take(p, "key"))
            mig_parser_take(p, "index");
        read_unique(p, key, MIG_CONSTRAINT_UNIQUE);
    } else if (mig_parser_take(p, "foreign")) {
        read_foreign_key(p, key);
    } else if (mig_parser_take(p, "check")) {
        key->kind = MIG_MYSQL_KEY_CONSTRAINT;
        key->constraint.kind = MIG_CONSTRAINT_CHECK;
        mig_mysql_check(p, &key->constraint);
    } else {
        return false;
    }
    return true;
}

/* KEY, INDEX, FULLTEXT, SPATIAL and VECTOR. */
static bool
read_index(MigParser *p, MigMysqlKey *key)
{
    static const char *const kinds[] = {"fulltext", "spatial", "vector", NULL};
    const char *kind = NULL;
    bool without_overlaps = false;

    if (mig_parser_is_any(p, kinds)) {
        /* A column may be called VECTOR. */
        if (mig_parser_is(p, "vector") && !mig_parser_peek_is(p, "index") &&
            !mig_parser_peek_is(p, "key") && !mig_parser_peek_mark(p, "("))
            return false;
        size_t from = mig_parser_mark(p);
        kind = mig_mysql_word(p);
        if (kind[0] == 'v')
            mig_mysql_since_from(p, MIG_MYSQL_NEVER, 110700, "VECTOR indexes", from);
        if (!mig_parser_take(p, "key"))
            mig_parser_take(p, "index");
    } else if (!mig_parser_take(p, "key") && !mig_parser_take(p, "index")) {
        return false;
    }
    key->kind = MIG_MYSQL_KEY_INDEX;
    read_key_body(p, key, &without_overlaps);
    if (without_overlaps)
        mig_parser_fail(p, "WITHOUT OVERLAPS is for UNIQUE and PRIMARY KEY");
    if (kind != NULL)
        key->index.method = kind;
    return true;
}

static bool
read_period(MigParser *p, MigMysqlKey *key)
{
    size_t from = mig_parser_mark(p);

    key->if_not_exists = mig_parser_take_words(p, "period if not exists for");
    if (!key->if_not_exists && !mig_parser_take_words(p, "period for"))
        return false;
    key->kind = MIG_MYSQL_KEY_PERIOD;
    key->period = mig_parser_identifier(p, NULL);
    key->period_columns = mig_parser_names(p, &key->n_period_columns);
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "PERIOD FOR", from);
    return true;
}

MigMysqlKeyKind
mig_mysql_key(MigParser *p, MigMysqlKey *out_key)
{
    MigMysqlKey key = {0};
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "constraint")) {
        static const char *const kinds[] = {"primary", "unique", "foreign", "check", NULL};

        key.if_not_exists = mig_mysql_take_maria_if_not_exists(p, "constraints");
        if (!mig_parser_is_any(p, kinds)) {
            size_t name_from = mig_parser_mark(p);
            key.constraint.name.name = mig_parser_identifier(p, &key.constraint.name.quoted);
            key.constraint.name.span = mig_parser_span(p, name_from);
        }
        bool asked_before = key.if_not_exists;
        if (!read_constraint_body(p, &key))
            mig_parser_fail(p, "expected PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
        key.if_not_exists |= asked_before;
    } else if (!read_constraint_body(p, &key) && !read_index(p, &key)) {
        read_period(p, &key);
    }
    key.constraint.span = key.index.span = mig_parser_span(p, from);
    *out_key = key;
    return key.kind;
}

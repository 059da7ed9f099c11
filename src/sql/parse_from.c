/* SPDX-License-Identifier: MIT */
/* FROM: tables, joins, and what stands in their places. */
#include "sql/parse_expression.h"

#include <string.h>

/* MySQL: PARTITION (p), USE INDEX FOR JOIN (i), FOR SYSTEM_TIME ...; SQLite: INDEXED BY i. */
static void
skip_index_hints(MigParser *p)
{
    while (mig_parser_is(p, "use") || mig_parser_is(p, "force") || mig_parser_is(p, "ignore")) {
        mig_parser_next(p);
        if (!mig_parser_take(p, "index"))
            mig_parser_expect(p, "key");
        if (mig_parser_take(p, "for") && !mig_parser_take(p, "join") &&
            !mig_parser_take_words(p, "order by") && !mig_parser_take_words(p, "group by"))
            mig_parser_fail(p, "expected JOIN, ORDER BY or GROUP BY");
        mig_parser_skip_parens(p);
    }
}

/* MariaDB: "System-Versioned Tables", Querying Historical Data. */
static void
skip_system_time(MigParser *p)
{
    if (!mig_parser_is(p, "for") || !mig_parser_peek_is(p, "system_time"))
        return;
    mig_parser_next(p);
    mig_parser_next(p);
    if (mig_parser_take(p, "all"))
        return;
    if (mig_parser_take_words(p, "as of")) {
        mig_parser_take(p, "transaction");
        mig_parser_expression(p);
        return;
    }
    bool between = mig_parser_take(p, "between");
    if (!between)
        mig_parser_expect(p, "from");
    mig_parser_climb(p, MIG_LEVEL_BIT_OR);
    mig_parser_expect(p, between ? "and" : "to");
    mig_parser_climb(p, MIG_LEVEL_BIT_OR);
}

static void
read_table(MigParser *p, MigRelation *relation)
{
    size_t from = mig_parser_mark(p);

    relation->name = mig_parser_name(p);
    if (p->engine == MIG_ENGINE_SQLITE && mig_parser_is_mark(p, "(")) {
        relation->call = mig_parser_call(p, relation->name.schema, relation->name.name, from);
        relation->name = (MigName){0};
        relation->alias = mig_parser_alias(p);
        return;
    }
    if (mig_parser_is_mysql(p)) {
        size_t n = 0;

        if (mig_parser_take(p, "partition"))
            mig_parser_names(p, &n);
        skip_system_time(p);
    }
    relation->alias = mig_parser_alias(p);
    if (mig_parser_is_mysql(p)) {
        skip_index_hints(p);
    } else if (mig_parser_take_words(p, "indexed by")) {
        mig_parser_identifier(p, NULL);
    } else {
        mig_parser_take_words(p, "not indexed");
    }
}

/* JSON_TABLE(doc, path COLUMNS (...)) AS alias: a function, whose columns aren't looked into. */
static void
read_json_table(MigParser *p, MigRelation *relation)
{
    size_t from = mig_parser_mark(p);
    MigExprList args = {0};

    mig_parser_next(p);
    mig_parser_expect_mark(p, "(");
    mig_expr_list_add(p, &args, mig_parser_expression(p));
    mig_parser_expect_mark(p, ",");
    mig_expr_list_add(p, &args, mig_parser_expression(p));
    mig_parser_expect(p, "columns");
    mig_parser_skip_parens(p);
    mig_parser_expect_mark(p, ")");
    mig_parser_needs_by_engine(p, 0, 80004, 100600, "JSON_TABLE", from);
    MigExpr *call = mig_expr_new_with(p, MIG_EXPR_CALL, from, &args);
    call->name = "json_table";
    relation->call = call;
    relation->alias = mig_parser_alias(p);
}

static void
read_subquery(MigParser *p, MigRelation *relation)
{
    size_t n = 0;

    relation->query = mig_parser_query(p);
    mig_parser_expect_mark(p, ")");
    if (mig_parser_is_mysql(p))
        skip_system_time(p);
    relation->alias = mig_parser_alias(p);
    if (mig_parser_is_mysql(p) && relation->alias != NULL && mig_parser_is_mark(p, "("))
        mig_parser_names(p, &n);
}

/* Whether the parentheses here hold a query; what else they hold is a join. */
static bool
holds_query(const MigParser *p)
{
    MigParser ahead = *p;

    /* MySQL takes ((SELECT ...)) for one, and ((a)) for the other. */
    for (unsigned i = 0; i < MIG_PARSER_DEPTH && mig_parser_is_mark(&ahead, "("); i++) {
        MigToken token;

        if (!mig_parser_peek(&ahead, &token) || token.kind == MIG_TOKEN_ERROR)
            return false;
        mig_parser_next(&ahead);
        if (!mig_parser_is_mysql(p))
            break;
    }
    return mig_parser_at_query(&ahead);
}

static void read_joins(MigParser *p, GArray *relations, MigJoin join);

static void
read_relation(MigParser *p, GArray *relations, MigJoin join)
{
    MigRelation relation = {.join = join};
    size_t from = mig_parser_mark(p);

    if (mig_parser_is_mysql(p) && mig_parser_take(p, "lateral")) {
        relation.lateral = true;
        mig_parser_needs_by_engine(p, 0, 80014, 120100, "LATERAL", from);
    }
    if (mig_parser_is_mark(p, "(") && !holds_query(p)) {
        mig_parser_next(p);
        if (mig_parser_enter(p)) {
            read_joins(p, relations, join);
            mig_parser_leave(p);
        }
        mig_parser_expect_mark(p, ")");
        /* SQLite: (a JOIN b) AS c */
        if (p->engine == MIG_ENGINE_SQLITE)
            mig_parser_alias(p);
        return;
    }
    /* MySQL: {OJ a LEFT JOIN b ON ...} */
    if (mig_parser_is_mysql(p) && mig_parser_is_mark(p, "{")) {
        mig_parser_next(p);
        mig_parser_expect(p, "oj");
        if (mig_parser_enter(p)) {
            read_joins(p, relations, join);
            mig_parser_leave(p);
        }
        mig_parser_expect_mark(p, "}");
        return;
    }
    if (mig_parser_take_mark(p, "("))
        read_subquery(p, &relation);
    else if (mig_parser_is_mysql(p) && mig_parser_is(p, "json_table") &&
             mig_parser_peek_mark(p, "("))
        read_json_table(p, &relation);
    else
        read_table(p, &relation);
    g_array_append_val(relations, relation);
}

/* The relation that an ON belongs to: the newest that has none, as joins nest to the right. */
static MigRelation *
find_open(GArray *relations, guint first)
{
    for (guint i = relations->len; i > first; i--) {
        MigRelation *relation = &g_array_index(relations, MigRelation, i - 1);

        if (!relation->has_condition && relation->join != MIG_JOIN_COMMA)
            return relation;
    }
    return relations->len > 0 ? &g_array_index(relations, MigRelation, relations->len - 1) : NULL;
}

/* Returns: whether there was one */
static bool
read_condition(MigParser *p, GArray *relations, guint first)
{
    MigRelation *relation = find_open(relations, first);
    size_t n = 0;

    if (relation == NULL)
        return false;
    if (mig_parser_take(p, "on")) {
        const MigExpr *on = mig_parser_expression(p);

        if (relation->on == NULL)
            relation->on = on;
    } else if (mig_parser_take(p, "using")) {
        mig_parser_names(p, &n);
    } else {
        return false;
    }
    relation->has_condition = true;
    return true;
}

/* SQLite: NATURAL, LEFT, RIGHT, FULL, INNER, CROSS and OUTER in any order, three at most. Returns: how
 * many there were */
static unsigned
read_sqlite_join(MigParser *p, MigJoin *out_join, bool *out_natural)
{
    unsigned n = 0;
    bool left = false;
    bool right = false;

    for (; n < 3; n++) {
        if (mig_parser_take(p, "natural"))
            *out_natural = true;
        else if (mig_parser_take(p, "left"))
            left = true;
        else if (mig_parser_take(p, "right"))
            right = true;
        else if (mig_parser_take(p, "full"))
            left = right = true;
        else if (mig_parser_take(p, "cross"))
            *out_join = MIG_JOIN_CROSS;
        else if (!mig_parser_take(p, "inner") && !mig_parser_take(p, "outer"))
            break;
    }
    if (left || right)
        *out_join = left && right ? MIG_JOIN_FULL : left ? MIG_JOIN_LEFT : MIG_JOIN_RIGHT;
    return n;
}

/* Returns: whether a join begins here, with its words passed */
static bool
read_join(MigParser *p, MigJoin *out_join, bool *out_natural)
{
    size_t from = mig_parser_mark(p);

    *out_join = MIG_JOIN_INNER;
    *out_natural = false;
    if (mig_parser_take_mark(p, ",")) {
        *out_join = MIG_JOIN_COMMA;
        return true;
    }
    if (p->engine == MIG_ENGINE_SQLITE) {
        if (read_sqlite_join(p, out_join, out_natural) == 0)
            return mig_parser_take(p, "join");
        mig_parser_expect(p, "join");
        if (*out_join == MIG_JOIN_RIGHT || *out_join == MIG_JOIN_FULL)
            mig_parser_needs_by_engine(p, 33900, 0, 0, "RIGHT and FULL JOIN", from);
        return true;
    }
    if (mig_parser_take(p, "straight_join"))
        return true;
    *out_natural = mig_parser_take(p, "natural");
    if (mig_parser_take(p, "left"))
        *out_join = MIG_JOIN_LEFT;
    else if (mig_parser_take(p, "right"))
        *out_join = MIG_JOIN_RIGHT;
    else if (mig_parser_take(p, "cross"))
        *out_join = MIG_JOIN_CROSS;
    else if (!mig_parser_take(p, "inner") && !*out_natural)
        return mig_parser_take(p, "join");
    mig_parser_take(p, "outer");
    mig_parser_expect(p, "join");
    return true;
}

static void
read_joins(MigParser *p, GArray *relations, MigJoin join)
{
    guint first = relations->len;
    bool natural = false;

    read_relation(p, relations, join);
    /* SQLite's grammar has a condition here, too, and then asks for the JOIN. */
    if (p->engine == MIG_ENGINE_SQLITE && (mig_parser_is(p, "on") || mig_parser_is(p, "using")))
        mig_parser_fail(p, "expected JOIN before a condition, or WHERE true before ON CONFLICT");
    while (read_join(p, &join, &natural)) {
        guint at = relations->len;

        read_relation(p, relations, join);
        if (natural && relations->len > at)
            g_array_index(relations, MigRelation, at).has_condition = true;
        if (read_condition(p, relations, join == MIG_JOIN_COMMA ? first : at))
            while (mig_parser_is_mysql(p) && read_condition(p, relations, first))
                ;
    }
}

MigRelation *
mig_parser_relations(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) relations = g_array_new(FALSE, TRUE, sizeof(MigRelation));

    read_joins(p, relations, MIG_JOIN_FIRST);
    return mig_arena_take_array(p->arena, relations, out_n);
}

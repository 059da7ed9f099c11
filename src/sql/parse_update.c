/* SPDX-License-Identifier: MIT */
/* UPDATE and DELETE of MySQL, MariaDB and SQLite, of one table or of several. */
#include "sql/parse_data.h"

#include <string.h>

/* MariaDB: FOR PORTION OF period FROM a TO b. */
static void
skip_portion(MigParser *p)
{
    if (p->engine != MIG_ENGINE_MARIADB || !mig_parser_take_words(p, "for portion of"))
        return;
    mig_parser_identifier(p, NULL);
    mig_parser_expect(p, "from");
    mig_parser_climb(p, MIG_LEVEL_BIT_OR);
    mig_parser_expect(p, "to");
    mig_parser_climb(p, MIG_LEVEL_BIT_OR);
}

/* WHERE, ORDER BY and LIMIT, which several tables can't have but for the first. */
static void
read_tail(MigParser *p, MigChange *change)
{
    if (mig_parser_take(p, "where"))
        change->expr = mig_parser_expression(p);
    if (mig_parser_is(p, "order")) {
        MigQuery *query = mig_data_query(p, change);
        query->order_by = mig_parser_order_by(p, &query->n_order_by);
    }
    if (mig_parser_is(p, "limit"))
        mig_parser_limit(p, mig_data_query(p, change));
}

/* The relation that a qualifier or a target stands for; %NULL if it isn't a table. */
static const MigRelation *
find_relation(const MigChange *change, const char *name)
{
    for (size_t i = 0; i < change->n_relations; i++) {
        const MigRelation *relation = &change->relations[i];

        if (relation->name.name == NULL)
            continue;
        /* Aliases are compared without case everywhere, tables on some systems. */
        const char *called = relation->alias != NULL ? relation->alias : relation->name.name;
        if (name != NULL && g_ascii_strcasecmp(called, name) == 0)
            return relation;
    }
    return NULL;
}

/* Adds the change of one target, if it isn't there yet. */
static void
add_target(MigParser *p, const MigChange *change, const MigName *table, guint before)
{
    for (guint i = before; i < p->changes->len; i++) {
        const MigName *known = &g_array_index(p->changes, MigChange, i).table;

        if (g_strcmp0(known->name, table->name) == 0 &&
            g_strcmp0(known->schema, table->schema) == 0)
            return;
    }
    MigChange one = *change;
    one.table = *table;
    g_array_append_val(p->changes, one);
}

/* The assignments that are of this table: those that name no table may be, too. */
static void
keep_items_of(MigParser *p, MigChange *change, const MigChange *all, const GPtrArray *qualifiers)
{
    MigItem *items = mig_arena_new0(p->arena, MigItem, MAX(all->n_items, 1));
    size_t n = 0;

    for (size_t i = 0; i < all->n_items; i++) {
        const char *qualifier = g_ptr_array_index(qualifiers, i);
        const MigRelation *relation = qualifier != NULL ? find_relation(all, qualifier) : NULL;

        if (relation == NULL || (g_strcmp0(relation->name.name, change->table.name) == 0 &&
                                 g_strcmp0(relation->name.schema, change->table.schema) == 0))
            items[n++] = all->items[i];
    }
    change->items = items;
    change->n_items = n;
}

/* MySQL: UPDATE a JOIN b ON ... SET a.x = ..., b.y = ...: one change for each table written. */
static void
add_updates(MigParser *p, const MigChange *change, const GPtrArray *qualifiers)
{
    guint before = p->changes->len;
    bool unqualified = false;

    for (guint i = 0; i < qualifiers->len; i++) {
        const char *qualifier = g_ptr_array_index(qualifiers, i);
        const MigRelation *relation = find_relation(change, qualifier);

        if (relation != NULL)
            add_target(p, change, &relation->name, before);
        else
            unqualified = true;
    }
    /* Which table has the column, only the catalog knows. */
    for (size_t i = 0; i < change->n_relations && unqualified; i++) {
        if (change->relations[i].name.name != NULL)
            add_target(p, change, &change->relations[i].name, before);
    }
    for (guint i = before; i < p->changes->len; i++)
        keep_items_of(p, &g_array_index(p->changes, MigChange, i), change, qualifiers);
}

static void
update_sqlite(MigParser *p, MigChange *change)
{
    size_t from = 0;

    change->table = mig_parser_name(p);
    if (mig_parser_take(p, "as"))
        mig_parser_identifier(p, NULL);
    if (mig_parser_take_words(p, "indexed by"))
        mig_parser_identifier(p, NULL);
    else
        mig_parser_take_words(p, "not indexed");
    mig_parser_expect(p, "set");
    change->items = mig_data_assignments(p, &change->n_items, NULL);
    from = mig_parser_mark(p);
    if (mig_parser_take(p, "from")) {
        change->relations = mig_parser_relations(p, &change->n_relations);
        mig_parser_needs_by_engine(p, 33300, 0, 0, "UPDATE ... FROM", from);
    }
    if (mig_parser_take(p, "where"))
        change->expr = mig_parser_expression(p);
    mig_data_returning(p, 33500, 0);
    /* Only where SQLite was built with SQLITE_ENABLE_UPDATE_DELETE_LIMIT. */
    read_tail(p, change);
    g_array_append_val(p->changes, *change);
}

static void
update_mysql(MigParser *p, MigChange *change)
{
    g_autoptr(GPtrArray) qualifiers = g_ptr_array_new();

    change->relations = mig_parser_relations(p, &change->n_relations);
    skip_portion(p);
    mig_parser_expect(p, "set");
    change->items = mig_data_assignments(p, &change->n_items, qualifiers);
    read_tail(p, change);
    if (mig_parser_failed(p))
        return;
    if (change->n_relations == 1 && change->relations[0].name.name != NULL) {
        change->table = change->relations[0].name;
        change->relations = NULL;
        change->n_relations = 0;
        g_array_append_val(p->changes, *change);
        return;
    }
    add_updates(p, change, qualifiers);
}

void
mig_data_update(MigParser *p, MigDataOr read_or, MigCte *ctes, size_t n_ctes)
{
    MigChange change = {.kind = MIG_CHANGE_UPDATE, .ctes = ctes, .n_ctes = n_ctes};

    change.span.offset = mig_parser_mark(p);
    mig_parser_next(p);
    change.text = read_or(p);
    if (mig_data_skip_modifiers(p))
        change.text = "ignore";
    if (mig_parser_is_mysql(p))
        update_mysql(p, &change);
    else
        update_sqlite(p, &change);
}

/* a, s.b, c.*: what MySQL's DELETE of several tables deletes from */
static GArray *
read_targets(MigParser *p)
{
    GArray *targets = g_array_new(FALSE, TRUE, sizeof(MigName));

    do {
        MigName name = {0};

        name.name = mig_parser_identifier(p, &name.quoted);
        while (mig_parser_take_mark(p, ".")) {
            if (mig_parser_take_mark(p, "*"))
                break;
            name.schema = name.name;
            name.name = mig_parser_value(p);
        }
        g_array_append_val(targets, name);
    } while (mig_parser_take_mark(p, ","));
    return targets;
}

static void
add_deletes(MigParser *p, MigChange *change, const GArray *targets)
{
    guint before = p->changes->len;

    change->relations = mig_parser_relations(p, &change->n_relations);
    read_tail(p, change);
    for (guint i = 0; i < targets->len; i++) {
        const MigName *target = &g_array_index(targets, MigName, i);
        const MigRelation *relation =
            target->schema == NULL ? find_relation(change, target->name) : NULL;

        add_target(p, change, relation != NULL ? &relation->name : target, before);
    }
}

/* MySQL: whether this is DELETE of several tables, by what follows the first name. */
static bool
is_of_several(const MigParser *p)
{
    MigParser ahead = *p;

    if (!mig_parser_is_name(p))
        return false;
    mig_parser_next(&ahead);
    while (mig_parser_is_mark(&ahead, ".")) {
        mig_parser_next(&ahead);
        if (mig_parser_is_mark(&ahead, "*"))
            return true;
        mig_parser_next(&ahead);
    }
    return mig_parser_is_mark(&ahead, ",") || mig_parser_is(&ahead, "using");
}

static void
delete_one(MigParser *p, MigChange *change)
{
    change->table = mig_parser_name(p);
    if (mig_parser_is_mysql(p)) {
        skip_portion(p);
        size_t from = mig_parser_mark(p);
        size_t n = 0;

        if (mig_parser_alias(p) != NULL)
            mig_parser_needs_by_engine(p, 0, 80016, 110600, "an alias in DELETE", from);
        if (mig_parser_take(p, "partition"))
            mig_parser_names(p, &n);
        read_tail(p, change);
        mig_data_returning(p, 0, 100005);
    } else {
        if (mig_parser_take(p, "as"))
            mig_parser_identifier(p, NULL);
        if (mig_parser_take_words(p, "indexed by"))
            mig_parser_identifier(p, NULL);
        else
            mig_parser_take_words(p, "not indexed");
        if (mig_parser_take(p, "where"))
            change->expr = mig_parser_expression(p);
        mig_data_returning(p, 33500, 0);
        read_tail(p, change);
    }
    g_array_append_val(p->changes, *change);
}

void
mig_data_delete(MigParser *p, MigCte *ctes, size_t n_ctes)
{
    MigChange change = {.kind = MIG_CHANGE_DELETE, .ctes = ctes, .n_ctes = n_ctes};

    change.span.offset = mig_parser_mark(p);
    mig_parser_next(p);
    if (mig_data_skip_modifiers(p))
        change.text = "ignore";
    if (mig_parser_is_mysql(p) && !mig_parser_is(p, "from")) {
        g_autoptr(GArray) targets = read_targets(p);

        mig_parser_expect(p, "from");
        add_deletes(p, &change, targets);
        return;
    }
    mig_parser_expect(p, "from");
    if (mig_parser_is_mysql(p) && is_of_several(p)) {
        g_autoptr(GArray) targets = read_targets(p);

        mig_parser_expect(p, "using");
        add_deletes(p, &change, targets);
        return;
    }
    delete_one(p, &change);
}

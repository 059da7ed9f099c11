/* SPDX-License-Identifier: MIT */
/* What a migration reads and writes: two that share nothing may change places. */
#include "schema/touch.h"

#include <string.h>

#include "schema/reads.h"
#include "schema/session.h"

/* What a trigger's function does may fire other triggers: so far it is followed. */
#define DEEPEST 8

struct MigTouches {
    GHashTable *things; /* (owned) text to MigTouchKind */
    bool all;
};

typedef struct {
    MigTouches *touches;
    const MigCatalog *catalog;
    unsigned depth;
} Touch;

MigTouches *
mig_touches_new(void)
{
    MigTouches *touches = g_new0(MigTouches, 1);

    touches->things = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return touches;
}

void
mig_touches_free(MigTouches *touches)
{
    if (touches == NULL)
        return;
    g_hash_table_unref(touches->things);
    g_free(touches);
}

bool
mig_touches_all(const MigTouches *touches)
{
    return touches->all;
}

/* Returns: whether that says anything new */
static bool
add(Touch *touch, const char *what, const char *schema, const char *name, unsigned how)
{
    g_autofree char *qualified = mig_store_qualify(schema, name);
    g_autofree char *thing = g_strdup_printf("%s %s", what, qualified);
    GHashTable *things = touch->touches->things;
    unsigned before = GPOINTER_TO_UINT(g_hash_table_lookup(things, thing));

    /* Names that differ only by case may be one. */
    if (touch->catalog->engine != MIG_ENGINE_POSTGRES) {
        g_autofree char *lower = g_ascii_strdown(thing, -1);

        g_free(thing);
        thing = g_steal_pointer(&lower);
        before = GPOINTER_TO_UINT(g_hash_table_lookup(things, thing));
    }
    g_hash_table_insert(things, g_steal_pointer(&thing), GUINT_TO_POINTER(before | how));
    return (before | how) != before;
}

static void add_relation(Touch *touch, const char *schema, const char *name, unsigned how);

/* A view stands for what it reads: who reads it reads these, and who writes it writes them. */
static void
add_underlying(Touch *touch, const MigTable *view, unsigned how)
{
    if (touch->depth >= DEEPEST) {
        touch->touches->all = true;
        return;
    }
    touch->depth++;
    for (guint i = 0; i < view->depends_on->len; i++) {
        const MigDependency *on = view->depends_on->pdata[i];

        add_relation(touch, on->schema, on->table, how);
    }
    touch->depth--;
}

static void
add_triggers(Touch *touch, const MigTable *table)
{
    if (table->triggers->len > 0 && touch->depth >= DEEPEST) {
        touch->touches->all = true;
        return;
    }
    touch->depth++;
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = table->triggers->pdata[i];
        const char *dot = trigger->routine != NULL ? strrchr(trigger->routine, '.') : NULL;
        g_autofree char *schema =
            dot != NULL ? g_strndup(trigger->routine, (gsize)(dot - trigger->routine)) : NULL;
        const MigUserRoutine *routine = NULL;

        if (trigger->routine == NULL ||
            mig_catalog_routine(touch->catalog, schema, dot != NULL ? dot + 1 : trigger->routine,
                                &routine) != MIG_LOOKUP_FOUND ||
            !routine->body_known) {
            touch->touches->all = true;
            continue;
        }
        for (guint d = 0; d < routine->depends_on->len; d++) {
            const MigDependency *on = routine->depends_on->pdata[d];

            add_relation(touch, on->schema, on->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_DATA);
        }
    }
    touch->depth--;
}

static void
add_relation(Touch *touch, const char *schema, const char *name, unsigned how)
{
    const MigTable *table = mig_session_table(touch->catalog, schema, name);

    if (schema == NULL)
        schema = table != NULL ? table->schema : mig_session_schema(touch->catalog, NULL, false);
    /* What has been followed isn't followed again, so that cycles end. */
    if (!add(touch, "table", schema, name, how) || table == NULL)
        return;
    if (table->kind == MIG_RELATION_VIEW ||
        (table->kind == MIG_RELATION_MATERIALIZED_VIEW && (how & MIG_TOUCH_WRITE_DATA)))
        add_underlying(touch, table, how & ~(unsigned)MIG_TOUCH_WRITE_SCHEMA);
    /* Rows may go to any child, and a parent's columns are its children's. */
    for (guint i = 0; touch->depth < DEEPEST && i < table->children->len; i++) {
        const MigTable *child = table->children->pdata[i];

        touch->depth++;
        add_relation(touch, child->schema, child->name, how);
        touch->depth--;
    }
    if ((how & MIG_TOUCH_WRITE_DATA) == 0)
        return;
    add_triggers(touch, table);
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *constraint = table->constraints->pdata[i];

        if (constraint->ref_table != NULL)
            add(touch, "table", constraint->ref_schema, constraint->ref_table, MIG_TOUCH_READ);
    }
}

static void
add_name(Touch *touch, const MigName *name, unsigned how)
{
    if (name->name != NULL)
        add_relation(touch, name->schema, name->name, how);
}

static void
read_table(const MigName *name, gpointer data)
{
    add_name(data, name, MIG_TOUCH_READ);
}

/* A user's routine that is called does what its body does. */
static bool
note_call(const MigExpr *expr, gpointer data)
{
    Touch *touch = data;
    const MigUserRoutine *routine = NULL;

    if (expr->kind != MIG_EXPR_CALL || expr->name == NULL)
        return true;
    if (g_strcmp0(expr->name, "nextval") == 0 || g_strcmp0(expr->name, "setval") == 0) {
        if (expr->n_args > 0 && expr->args[0]->kind == MIG_EXPR_LITERAL)
            add(touch, "sequence", NULL, expr->args[0]->text, MIG_TOUCH_WRITE_DATA);
        else
            touch->touches->all = true;
    }
    if (mig_catalog_routine(touch->catalog, expr->schema, expr->name, &routine) != MIG_LOOKUP_FOUND)
        return true;
    add(touch, "routine", routine->schema, routine->name, MIG_TOUCH_READ);
    if (!routine->body_known) {
        touch->touches->all = true;
        return true;
    }
    for (guint i = 0; i < routine->depends_on->len; i++) {
        const MigDependency *on = routine->depends_on->pdata[i];

        add_relation(touch, on->schema, on->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_DATA);
    }
    return true;
}

static void
read_expr(Touch *touch, const MigExpr *expr)
{
    if (expr == NULL)
        return;
    mig_expr_tables(expr, read_table, touch);
    mig_expr_walk(expr, note_call, touch);
}

static void touch_change(Touch *touch, const MigChange *change);

static void
read_query(Touch *touch, const MigQuery *query)
{
    for (; query != NULL; query = query->next) {
        mig_query_tables(query, read_table, touch);
        for (size_t i = 0; i < query->n_targets; i++) {
            if (query->targets[i].value != NULL)
                mig_expr_walk(query->targets[i].value, note_call, touch);
        }
        if (query->where != NULL)
            mig_expr_walk(query->where, note_call, touch);
        for (size_t i = 0; i < query->n_from; i++) {
            if (query->from[i].call != NULL)
                mig_expr_walk(query->from[i].call, note_call, touch);
        }
        for (size_t i = 0; i < query->n_ctes && touch->depth < DEEPEST; i++) {
            touch->depth++;
            if (query->ctes[i].change != NULL)
                touch_change(touch, query->ctes[i].change);
            touch->depth--;
        }
        add_name(touch, &query->into, MIG_TOUCH_WRITE_SCHEMA);
    }
}

static void
read_type(Touch *touch, const MigType *type)
{
    const MigUserType *user = NULL;

    if (type->name != NULL &&
        mig_catalog_type(touch->catalog, type->schema, type->name, &user) == MIG_LOOKUP_FOUND)
        add(touch, "type", user->schema, user->name, MIG_TOUCH_READ);
}

static void
read_column(Touch *touch, const MigColumn *column)
{
    if (column == NULL)
        return;
    read_type(touch, &column->type);
    read_expr(touch, column->default_value);
    for (size_t i = 0; i < column->n_constraints; i++) {
        add_name(touch, &column->constraints[i].references,
                 MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
        read_expr(touch, column->constraints[i].expr);
    }
}

/* A foreign key's triggers stand on both tables. */
static void
touch_constraint(Touch *touch, const MigConstraint *constraint)
{
    if (constraint == NULL)
        return;
    add_name(touch, &constraint->references, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    read_expr(touch, constraint->expr);
}

static void
touch_create_table(Touch *touch, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    if (create == NULL)
        return;
    for (size_t i = 0; i < create->n_columns; i++)
        read_column(touch, &create->columns[i]);
    for (size_t i = 0; i < create->n_constraints; i++)
        touch_constraint(touch, &create->constraints[i]);
    for (size_t i = 0; i < create->n_likes; i++)
        add_name(touch, &create->likes[i].table, MIG_TOUCH_READ);
    for (size_t i = 0; i < create->n_inherits; i++)
        add_name(touch, &create->inherits[i], MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    add_name(touch, &create->partition_of, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    read_query(touch, create->query);
}

static void
touch_object(Touch *touch, const MigChange *change, const char *what)
{
    unsigned how = MIG_TOUCH_WRITE_SCHEMA;

    if (change->name.name != NULL)
        add(touch, what,
            change->object_type == MIG_TYPE_OF_SCHEMA
                ? NULL
                : mig_session_schema(touch->catalog, change->name.schema, false),
            change->name.name, how);
    if (change->to.name != NULL && change->kind == MIG_CHANGE_RENAME_OBJECT)
        add(touch, what, mig_session_schema(touch->catalog, change->to.schema, false),
            change->to.name, how);
    add_name(touch, &change->table, MIG_TOUCH_WRITE_SCHEMA);
    for (size_t i = 0; i < change->n_relations; i++)
        add_name(touch, &change->relations[i].name, MIG_TOUCH_WRITE_SCHEMA);
    /* What goes with it isn't told. */
    if (change->cascade || change->object_type == MIG_TYPE_OF_EXTENSION ||
        (change->object_type == MIG_TYPE_OF_SCHEMA && change->kind != MIG_CHANGE_CREATE_OBJECT))
        touch->touches->all = true;
}

/* An index is named without its table. */
static void
touch_index(Touch *touch, const MigChange *change)
{
    const MigTable *table = NULL;

    add_name(touch, &change->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    if (change->index != NULL) {
        for (size_t i = 0; i < change->index->n_parts; i++)
            read_expr(touch, change->index->parts[i].expr);
        read_expr(touch, change->index->where);
    }
    if (change->kind == MIG_CHANGE_CREATE_INDEX || change->table.name != NULL)
        return;
    if (mig_catalog_index(touch->catalog, &change->name, NULL, &table, NULL) == MIG_LOOKUP_FOUND)
        add(touch, "table", table->schema, table->name, MIG_TOUCH_WRITE_SCHEMA);
    else if (change->name.name != NULL)
        touch->touches->all = touch->touches->all || !change->if_exists;
}

/* A key's action writes the children's rows; without one they are only looked at. */
static void
touch_child(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    Touch *touch = data;
    bool writes = key->on_delete > MIG_ACTION_RESTRICT || key->on_update > MIG_ACTION_RESTRICT;

    if (touch->depth >= DEEPEST) {
        touch->touches->all = true;
        return;
    }
    touch->depth++;
    add_relation(touch, child->schema, child->name,
                 MIG_TOUCH_READ | (writes ? MIG_TOUCH_WRITE_DATA : 0U));
    if (writes)
        mig_catalog_each_reference(touch->catalog, child, touch_child, touch);
    touch->depth--;
}

static void
touch_data(Touch *touch, const MigChange *change)
{
    unsigned how = MIG_TOUCH_WRITE_DATA;

    if (change->kind != MIG_CHANGE_INSERT)
        how |= MIG_TOUCH_READ;
    if (change->kind == MIG_CHANGE_COPY && !change->on)
        how = MIG_TOUCH_READ;
    add_name(touch, &change->table, how);
    for (size_t i = 0; i < change->n_relations; i++) {
        add_name(touch, &change->relations[i].name, MIG_TOUCH_READ);
        read_query(touch, change->relations[i].query);
    }
    for (size_t i = 0; i < change->n_items; i++)
        read_expr(touch, change->items[i].value);
    read_expr(touch, change->expr);
    read_query(touch, change->query);

    /* Foreign keys may delete and change rows of the children. */
    const MigTable *table =
        change->table.name == NULL
            ? NULL
            : mig_session_table(touch->catalog, change->table.schema, change->table.name);

    if (table == NULL || change->kind == MIG_CHANGE_INSERT || change->kind == MIG_CHANGE_COPY)
        return;

    mig_catalog_each_reference(touch->catalog, table, touch_child, touch);
}

/* A table that goes or changes its name takes along what stands on it. */
static void
touch_users(Touch *touch, const MigChange *change)
{
    const MigTable *table =
        change->table.name == NULL
            ? NULL
            : mig_session_table(touch->catalog, change->table.schema, change->table.name);

    if (table == NULL)
        return;

    g_autoptr(GPtrArray) users = mig_store_users(touch->catalog, table->schema, table->name);

    for (guint i = 0; i < users->len; i++) {
        const MigTable *user = users->pdata[i];

        add(touch, "table", user->schema, user->name, MIG_TOUCH_WRITE_SCHEMA);
    }
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = table->constraints->pdata[i];

        if (key->ref_table != NULL)
            add(touch, "table", key->ref_schema, key->ref_table, MIG_TOUCH_WRITE_SCHEMA);
    }
}

static void
touch_alter(Touch *touch, const MigChange *change)
{
    add_name(touch, &change->table, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
        touch_create_table(touch, change);
        return;
    case MIG_CHANGE_DROP_TABLE:
    case MIG_CHANGE_DROP_COLUMN:
    case MIG_CHANGE_RENAME_COLUMN:
    case MIG_CHANGE_MODIFY_COLUMN:
    case MIG_CHANGE_ALTER_TYPE:
    case MIG_CHANGE_DROP_CONSTRAINT:
    case MIG_CHANGE_DROP_VIEW:
    case MIG_CHANGE_DROP_MATERIALIZED_VIEW:
    case MIG_CHANGE_SET_SCHEMA:
    case MIG_CHANGE_RENAME_TABLE:
        touch_users(touch, change);
        break;
    default:
        break;
    }
    if (change->kind == MIG_CHANGE_RENAME_TABLE || change->kind == MIG_CHANGE_INHERIT ||
        change->kind == MIG_CHANGE_ATTACH_PARTITION ||
        change->kind == MIG_CHANGE_DETACH_PARTITION) {
        MigName to = change->to;

        if (to.schema == NULL && change->kind == MIG_CHANGE_RENAME_TABLE)
            to.schema = change->table.schema;
        add_name(touch, &to, MIG_TOUCH_READ | MIG_TOUCH_WRITE_SCHEMA);
    }
    read_column(touch, change->column);
    touch_constraint(touch, change->constraint);
    read_expr(touch, change->expr);
    read_expr(touch, change->check);
    read_query(touch, change->query);
    for (size_t i = 0; i < change->n_partitions; i++)
        add_name(touch, &change->partitions[i].name, MIG_TOUCH_WRITE_SCHEMA);
}

static void
touch_program(Touch *touch, const MigChange *change)
{
    add_name(touch, &change->table, MIG_TOUCH_WRITE_SCHEMA);
    if (change->routine != NULL && change->routine->calls.name != NULL)
        add(touch, "routine",
            mig_session_schema(touch->catalog, change->routine->calls.schema, false),
            change->routine->calls.name, MIG_TOUCH_READ);
    read_expr(touch, change->expr);
    read_expr(touch, change->check);
    /* Where a trigger's name is all that is said, it may be on any table. */
    if (change->kind == MIG_CHANGE_DROP_TRIGGER && change->table.name == NULL)
        touch->touches->all = true;
}

static void
touch_grant(Touch *touch, const MigChange *change)
{
    for (size_t i = 0; change->grant != NULL && i < change->grant->n_objects; i++) {
        const MigName *name = &change->grant->objects[i];

        if (change->grant->object_type == MIG_TYPE_OF_TABLE && !change->grant->all_in_schema)
            add_name(touch, name, MIG_TOUCH_WRITE_SCHEMA);
        else
            touch->touches->all = touch->touches->all || change->grant->all_in_schema;
        if (name->name != NULL && change->grant->object_type != MIG_TYPE_OF_TABLE)
            add(touch, mig_object_type_name(change->grant->object_type), name->schema, name->name,
                MIG_TOUCH_WRITE_SCHEMA);
    }
}

static void
touch_other(Touch *touch, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_SELECT:
        read_query(touch, change->query);
        return;
    case MIG_CHANGE_GRANT:
    case MIG_CHANGE_REVOKE:
        touch_grant(touch, change);
        return;
    case MIG_CHANGE_CREATE_ROUTINE:
    case MIG_CHANGE_DROP_ROUTINE:
        touch_object(touch, change, "routine");
        return;
    case MIG_CHANGE_CALL:
        read_expr(touch, change->expr);
        return;
    case MIG_CHANGE_REINDEX:
    case MIG_CHANGE_VACUUM:
    case MIG_CHANGE_ANALYZE:
    case MIG_CHANGE_CLUSTER:
    case MIG_CHANGE_MAINTAIN:
    case MIG_CHANGE_LOCK_TABLE:
        add_name(touch, &change->table, MIG_TOUCH_READ);
        return;
    case MIG_CHANGE_SET:
    case MIG_CHANGE_USE:
    case MIG_CHANGE_TRANSACTION:
    case MIG_CHANGE_DO: /* what is in it follows */
    case MIG_CHANGE_PSQL:
        return;
    case MIG_CHANGE_CREATE_OBJECT:
    case MIG_CHANGE_ALTER_OBJECT:
    case MIG_CHANGE_DROP_OBJECT:
    case MIG_CHANGE_RENAME_OBJECT:
    case MIG_CHANGE_COMMENT:
    case MIG_CHANGE_CREATE_EVENT:
        touch_object(touch, change, mig_object_type_name(change->object_type));
        return;
    default:
        touch->touches->all = true;
        return;
    }
}

static void
touch_change(Touch *touch, const MigChange *change)
{
    if (change->in_body)
        return;
    for (size_t i = 0; i < change->n_ctes; i++) {
        read_query(touch, change->ctes[i].query);
        if (change->ctes[i].change != NULL && touch->depth < DEEPEST) {
            touch->depth++;
            touch_change(touch, change->ctes[i].change);
            touch->depth--;
        }
    }
    if (change->kind >= MIG_CHANGE_INSERT && change->kind <= MIG_CHANGE_COPY)
        touch_data(touch, change);
    else if (change->kind >= MIG_CHANGE_CREATE_INDEX && change->kind <= MIG_CHANGE_ATTACH_INDEX)
        touch_index(touch, change);
    else if (change->kind >= MIG_CHANGE_CREATE_TRIGGER && change->kind <= MIG_CHANGE_DROP_RULE)
        touch_program(touch, change);
    else if (change->kind >= MIG_CHANGE_CREATE_ENUM && change->kind <= MIG_CHANGE_ALTER_DOMAIN)
        touch_object(touch, change, "type");
    else if (change->kind >= MIG_CHANGE_CREATE_TABLE &&
             change->kind <= MIG_CHANGE_REFRESH_MATERIALIZED_VIEW)
        touch_alter(touch, change);
    else
        touch_other(touch, change);
}

void
mig_touches_add(MigTouches *touches, const MigCatalog *catalog, const MigChanges *changes)
{
    Touch touch = {.touches = touches, .catalog = catalog};

    if (changes->status != MIG_PARSE_OK)
        touches->all = true;
    for (size_t i = 0; i < changes->n_changes; i++)
        touch_change(&touch, &changes->changes[i]);
}

static gint
compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
sorted_things(const MigTouches *touches)
{
    GPtrArray *things = g_ptr_array_new();
    GHashTableIter iter;
    gpointer thing;

    g_hash_table_iter_init(&iter, touches->things);
    while (g_hash_table_iter_next(&iter, &thing, NULL))
        g_ptr_array_add(things, thing);
    g_ptr_array_sort(things, compare);
    return things;
}

bool
mig_touches_commute(const MigTouches *a, const MigTouches *b, char **out_what)
{
    const unsigned writes = MIG_TOUCH_WRITE_DATA | MIG_TOUCH_WRITE_SCHEMA;

    if ((a->all && (b->all || g_hash_table_size(b->things) > 0)) ||
        (b->all && g_hash_table_size(a->things) > 0)) {
        if (out_what != NULL)
            *out_what = g_strdup("everything, since a statement can't be told what it touches");
        return false;
    }

    g_autoptr(GPtrArray) things = sorted_things(a);

    for (guint i = 0; i < things->len; i++) {
        unsigned ours = GPOINTER_TO_UINT(g_hash_table_lookup(a->things, things->pdata[i]));
        unsigned theirs = GPOINTER_TO_UINT(g_hash_table_lookup(b->things, things->pdata[i]));

        if (theirs == 0 || ((ours | theirs) & writes) == 0)
            continue;
        if (out_what != NULL)
            *out_what = g_strdup(things->pdata[i]);
        return false;
    }
    return true;
}

char *
mig_touches_dump(const MigTouches *touches)
{
    g_autoptr(GPtrArray) things = sorted_things(touches);
    GString *out = g_string_new(touches->all ? "everything\n" : NULL);

    for (guint i = 0; i < things->len; i++) {
        unsigned how = GPOINTER_TO_UINT(g_hash_table_lookup(touches->things, things->pdata[i]));

        g_string_append_printf(out, "%s:%s%s%s\n", (const char *)things->pdata[i],
                               how & MIG_TOUCH_READ ? " reads" : "",
                               how & MIG_TOUCH_WRITE_DATA ? " writes" : "",
                               how & MIG_TOUCH_WRITE_SCHEMA ? " changes" : "");
    }
    return g_string_free(out, FALSE);
}

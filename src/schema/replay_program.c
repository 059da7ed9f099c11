/* SPDX-License-Identifier: MIT */
/* Routines, triggers, policies and rules. */
#include <string.h>

#include "schema/copy.h"
#include "schema/reads.h"
#include "schema/replay.h"
#include "schema/session.h"

static MigTableTrigger *
find_trigger(const MigTable *table, const char *name)
{
    for (guint i = 0; i < table->triggers->len; i++) {
        MigTableTrigger *trigger = table->triggers->pdata[i];

        if (mig_names_equal(table->engine, trigger->name, name))
            return trigger;
    }
    return NULL;
}

/* UPDATE OF and what WHEN names: PostgreSQL keeps track of both. */
static void
set_trigger_columns(MigTable *table, MigTableTrigger *trigger, const MigChange *change)
{
    size_t n_when = 0;
    const char **when = mig_replay_columns_of(table->arena, table, change->expr, &n_when);

    trigger->n_columns = change->n_columns;
    trigger->columns = mig_arena_new0(table->arena, const char *, change->n_columns + n_when + 1);
    for (size_t i = 0; i < change->n_columns; i++)
        trigger->columns[i] = mig_arena_strdup(table->arena, change->columns[i]);
    for (size_t i = 0; i < n_when; i++) {
        bool there = false;

        for (size_t c = 0; !there && c < change->n_columns; c++)
            there = mig_names_equal(table->engine, trigger->columns[c], when[i]);
        if (!there)
            trigger->columns[trigger->n_columns++] = when[i];
    }
}

static void
add_trigger(MigReplay *replay, MigTable *table, const MigChange *change)
{
    MigTableTrigger *trigger = find_trigger(table, change->name.name);
    const MigRoutine *routine = change->routine;

    if (trigger != NULL && !change->or_replace)
        return;
    mig_store_touch(replay->catalog, table, replay->now);
    if (trigger != NULL)
        g_ptr_array_remove(table->triggers, trigger);
    trigger = mig_arena_new0(table->arena, MigTableTrigger, 1);
    trigger->name = mig_arena_strdup(table->arena, change->name.name);
    if (routine != NULL && routine->calls.name != NULL) {
        const GPtrArray *known =
            mig_session_routines(replay->catalog, routine->calls.schema, routine->calls.name);
        const char *schema = known != NULL && known->len > 0
                                 ? ((MigUserRoutine *)known->pdata[0])->schema
                                 : routine->calls.schema;
        g_autofree char *qualified = mig_store_qualify(schema, routine->calls.name);

        trigger->routine = mig_arena_strdup(table->arena, qualified);
    }
    if (routine != NULL) {
        trigger->events = mig_copy_strings(table->arena, routine->events, routine->n_events);
        trigger->n_events = routine->n_events;
    }
    set_trigger_columns(table, trigger, change);
    trigger->timing = mig_arena_strdup(table->arena, change->text);
    trigger->enabled = true;
    trigger->for_each_row = change->on;
    trigger->made = mig_replay_made(replay);
    g_ptr_array_add(table->triggers, trigger);
    for (guint i = 0;
         table->kind == MIG_RELATION_PARTITIONED && change->on && i < table->children->len; i++)
        add_trigger(replay, table->children->pdata[i], change);
}

/* MySQL and SQLite name a trigger without its table. */
static MigTable *
find_trigger_table(MigReplay *replay, const MigChange *change)
{
    if (change->table.name != NULL)
        return mig_session_table(replay->catalog, change->table.schema, change->table.name);
    if (change->name.name == NULL)
        return NULL;

    g_autoptr(GPtrArray) tables = mig_store_tables(replay->catalog);

    for (guint i = 0; i < tables->len; i++) {
        if (find_trigger(tables->pdata[i], change->name.name) != NULL)
            return tables->pdata[i];
    }
    return NULL;
}

static void
drop_trigger(MigReplay *replay, MigTable *table, const char *name)
{
    MigTableTrigger *trigger = find_trigger(table, name);

    if (trigger == NULL)
        return;
    mig_store_touch(replay->catalog, table, replay->now);
    g_ptr_array_remove(table->triggers, trigger);
    for (guint i = 0; table->kind == MIG_RELATION_PARTITIONED && i < table->children->len; i++)
        drop_trigger(replay, table->children->pdata[i], name);
}

static MigTablePolicy *
find_policy(const MigTable *table, const char *name)
{
    for (guint i = 0; i < table->policies->len; i++) {
        MigTablePolicy *policy = table->policies->pdata[i];

        if (g_strcmp0(policy->name, name) == 0)
            return policy;
    }
    return NULL;
}

static void
change_policy(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;

    MigTablePolicy *policy = find_policy(table, change->name.name);

    if (change->kind == MIG_CHANGE_DROP_POLICY) {
        if (policy != NULL)
            g_ptr_array_remove(table->policies, policy);
        return;
    }
    if (policy == NULL && change->kind == MIG_CHANGE_CREATE_POLICY) {
        policy = mig_arena_new0(table->arena, MigTablePolicy, 1);
        policy->name = mig_arena_strdup(table->arena, change->name.name);
        policy->command =
            mig_arena_strdup(table->arena, change->text != NULL ? change->text : "all");
        policy->made = mig_replay_made(replay);
        g_ptr_array_add(table->policies, policy);
    }
    if (policy == NULL)
        return;
    if (change->to.name != NULL)
        policy->name = mig_arena_strdup(table->arena, change->to.name);
    if (change->expr != NULL)
        policy->using_expr = mig_copy_expr(table->arena, change->expr);
    if (change->check != NULL)
        policy->check = mig_copy_expr(table->arena, change->check);
}

static void
change_rule(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);
    guint at;

    if (table == NULL || change->name.name == NULL)
        return;

    bool there =
        g_ptr_array_find_with_equal_func(table->rules, change->name.name, g_str_equal, &at);

    if (change->kind == MIG_CHANGE_DROP_RULE) {
        if (there)
            g_ptr_array_remove_index(table->rules, at);
    } else if (!there) {
        g_ptr_array_add(table->rules, mig_arena_strdup(table->arena, change->name.name));
    }
}

static bool
names_routine(const MigCatalog *catalog, const char *word)
{
    g_autofree char *suffix = g_strconcat("\n", word, NULL);
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, catalog->routines);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (g_str_has_suffix(key, suffix))
            return true;
    }
    return false;
}

/* A body without any verb of SQL and without any routine of the user's only computes, as one that sets
 * NEW.updated_at does. */
static bool
is_plain_body(const MigCatalog *catalog, const MigRoutine *routine)
{
    static const char *const verbs[] = {
        "execute", "insert", "update", "delete", "select", "perform", "truncate",
        "merge",   "call",   "copy",   "create", "alter",  "drop",    "with",
        "table",   "values", "do",     "fetch",  "open",   "lock",    NULL};
    bool plain = true;

    if (routine == NULL || routine->body == NULL)
        return false;

    g_auto(GStrv) words =
        g_regex_split_simple("[^A-Za-z0-9_$\\x80-\\xff]+", routine->body, G_REGEX_RAW, 0);

    for (char **word = words; plain && *word != NULL; word++) {
        g_autofree char *lower = g_ascii_strdown(*word, -1);

        plain =
            !g_strv_contains(verbs, lower) && (*lower == '\0' || !names_routine(catalog, lower));
    }
    return plain;
}

/* Whether it changes rows at most, or the session. */
static bool
is_data(MigChangeKind kind)
{
    return (kind >= MIG_CHANGE_INSERT && kind <= MIG_CHANGE_DO) || kind == MIG_CHANGE_SET ||
           kind == MIG_CHANGE_TRANSACTION || kind == MIG_CHANGE_USE;
}

/* What the body's statements read and write, as far as the parser has told: they follow `in_body`. */
static void
note_body(MigReplay *replay, MigUserRoutine *routine)
{
    const MigChanges *changes = replay->changes;
    bool any = false;

    routine->body_known = changes->status == MIG_PARSE_OK;
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];

        if (!change->in_body)
            continue;
        any = true;
        if (change->kind == MIG_CHANGE_DYNAMIC || change->kind == MIG_CHANGE_UNKNOWN ||
            change->kind == MIG_CHANGE_CALL)
            routine->body_known = false;
        if (!is_data(change->kind))
            routine->changes_schema = true;
        if (change->table.name != NULL) {
            MigDependency *on = mig_arena_new0(routine->arena, MigDependency, 1);
            const MigTable *table =
                mig_session_table(replay->catalog, change->table.schema, change->table.name);
            const char *schema =
                table != NULL ? table->schema
                              : mig_session_schema(replay->catalog, change->table.schema, false);

            on->schema = mig_arena_strdup(routine->arena, schema);
            on->table = mig_arena_strdup(routine->arena, change->table.name);
            on->column = "";
            g_ptr_array_add(routine->depends_on, on);
        }

        g_autoptr(GPtrArray) reads = mig_reads_of_query(replay->catalog, change->query);
        g_autoptr(GPtrArray) copies = mig_copy_dependencies(routine->arena, reads);

        for (guint r = 0; r < copies->len; r++)
            g_ptr_array_add(routine->depends_on, copies->pdata[r]);
    }
    routine->body_known =
        routine->body_known && (any || is_plain_body(replay->catalog, routine->routine));
}

static void
create_routine(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;

    if (change->name.name == NULL)
        return;

    const char *schema = mig_session_schema(catalog, change->name.schema, false);
    g_autofree char *key = mig_store_key(catalog, schema, change->name.name);
    GPtrArray *routines = g_hash_table_lookup(catalog->routines, key);
    const char *arguments = change->routine != NULL ? change->routine->arguments : NULL;

    if (routines == NULL) {
        routines = g_ptr_array_new_with_free_func((GDestroyNotify)mig_user_routine_free);
        g_hash_table_insert(catalog->routines, g_strdup(key), routines);
    }
    for (guint i = 0; i < routines->len; i++) {
        const MigUserRoutine *old = routines->pdata[i];

        if (g_strcmp0(old->arguments, arguments) != 0)
            continue;
        if (!change->or_replace)
            return;
        g_ptr_array_remove_index(routines, i);
        break;
    }

    MigUserRoutine *routine = g_new0(MigUserRoutine, 1);

    routine->arena = mig_arena_new();
    routine->schema = mig_arena_strdup(routine->arena, schema);
    routine->name = mig_arena_strdup(routine->arena, change->name.name);
    routine->arguments = mig_arena_strdup(routine->arena, arguments);
    routine->type = change->object_type;
    routine->routine = mig_copy_routine(routine->arena, change->routine);
    routine->depends_on = g_ptr_array_new();
    routine->made = mig_replay_made(replay);
    note_body(replay, routine);
    g_ptr_array_add(routines, routine);
}

static void
drop_triggers_calling(MigReplay *replay, const MigUserRoutine *routine)
{
    g_autofree char *qualified = mig_store_qualify(routine->schema, routine->name);
    g_autoptr(GPtrArray) tables = mig_store_tables(replay->catalog);

    for (guint i = 0; i < tables->len; i++) {
        MigTable *table = tables->pdata[i];

        for (guint t = table->triggers->len; t-- > 0;) {
            const MigTableTrigger *trigger = table->triggers->pdata[t];

            if (g_strcmp0(trigger->routine, qualified) == 0)
                g_ptr_array_remove_index(table->triggers, t);
        }
    }
}

static void
drop_routine(MigReplay *replay, const MigChange *change)
{
    GPtrArray *routines =
        change->name.name == NULL
            ? NULL
            : mig_session_routines(replay->catalog, change->name.schema, change->name.name);

    if (routines == NULL)
        return;
    for (guint i = routines->len; i-- > 0;) {
        const MigUserRoutine *routine = routines->pdata[i];

        if (change->text != NULL && g_strcmp0(routine->arguments, change->text) != 0 &&
            routines->len > 1)
            continue;
        if (change->cascade)
            drop_triggers_calling(replay, routine);
        g_ptr_array_remove_index(routines, i);
        break;
    }
}

void
mig_replay_program(MigReplay *replay, const MigChange *change)
{
    MigTable *table = NULL;

    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TRIGGER:
        table = mig_replay_table(replay, &change->table);
        if (table != NULL && change->name.name != NULL)
            add_trigger(replay, table, change);
        return;
    case MIG_CHANGE_DROP_TRIGGER:
        table = find_trigger_table(replay, change);
        if (table != NULL)
            drop_trigger(replay, table, change->name.name);
        return;
    case MIG_CHANGE_CREATE_POLICY:
    case MIG_CHANGE_ALTER_POLICY:
    case MIG_CHANGE_DROP_POLICY:
        change_policy(replay, change);
        return;
    case MIG_CHANGE_CREATE_RULE:
    case MIG_CHANGE_DROP_RULE:
        change_rule(replay, change);
        return;
    case MIG_CHANGE_CREATE_ROUTINE:
        create_routine(replay, change);
        return;
    case MIG_CHANGE_DROP_ROUTINE:
        drop_routine(replay, change);
        return;
    default:
        return;
    }
}

/* SPDX-License-Identifier: MIT */
/* Deep copies of what a catalog holds, each into an arena of its own. */
#include "schema/copy.h"

MigTableColumn *
mig_copy_column(MigArena *arena, const MigTableColumn *column)
{
    MigTableColumn *copy = mig_arena_new0(arena, MigTableColumn, 1);

    *copy = *column;
    copy->name = mig_arena_strdup(arena, column->name);
    copy->type = mig_copy_type(arena, &column->type);
    copy->not_null_name = mig_arena_strdup(arena, column->not_null_name);
    copy->default_value = mig_copy_expr(arena, column->default_value);
    copy->on_update = mig_copy_expr(arena, column->on_update);
    copy->generated_as = mig_copy_expr(arena, column->generated_as);
    copy->sequence = mig_arena_strdup(arena, column->sequence);
    copy->comment = mig_arena_strdup(arena, column->comment);
    copy->storage = mig_arena_strdup(arena, column->storage);
    copy->compression = mig_arena_strdup(arena, column->compression);
    return copy;
}

MigTableConstraint *
mig_copy_constraint(MigArena *arena, const MigTableConstraint *constraint)
{
    MigTableConstraint *copy = mig_arena_new0(arena, MigTableConstraint, 1);

    *copy = *constraint;
    copy->name = mig_arena_strdup(arena, constraint->name);
    copy->columns = mig_copy_strings(arena, constraint->columns, constraint->n_columns);
    copy->expr = mig_copy_expr(arena, constraint->expr);
    copy->ref_schema = mig_arena_strdup(arena, constraint->ref_schema);
    copy->ref_table = mig_arena_strdup(arena, constraint->ref_table);
    copy->ref_columns = mig_copy_strings(arena, constraint->ref_columns, constraint->n_ref_columns);
    copy->index = mig_arena_strdup(arena, constraint->index);
    return copy;
}

MigTableIndex *
mig_copy_index(MigArena *arena, const MigTableIndex *index)
{
    MigTableIndex *copy = mig_arena_new0(arena, MigTableIndex, 1);

    *copy = *index;
    copy->name = mig_arena_strdup(arena, index->name);
    copy->parts = mig_copy_key_parts(arena, index->parts, index->n_parts);
    copy->include = mig_copy_strings(arena, index->include, index->n_include);
    copy->where = mig_copy_expr(arena, index->where);
    copy->method = mig_arena_strdup(arena, index->method);
    copy->tablespace = mig_arena_strdup(arena, index->tablespace);
    copy->constraint = mig_arena_strdup(arena, index->constraint);
    copy->parent = mig_arena_strdup(arena, index->parent);
    return copy;
}

static MigTableTrigger *
copy_trigger(MigArena *arena, const MigTableTrigger *trigger)
{
    MigTableTrigger *copy = mig_arena_new0(arena, MigTableTrigger, 1);

    *copy = *trigger;
    copy->name = mig_arena_strdup(arena, trigger->name);
    copy->routine = mig_arena_strdup(arena, trigger->routine);
    copy->columns = mig_copy_strings(arena, trigger->columns, trigger->n_columns);
    copy->events = mig_copy_strings(arena, trigger->events, trigger->n_events);
    copy->timing = mig_arena_strdup(arena, trigger->timing);
    return copy;
}

static MigTablePolicy *
copy_policy(MigArena *arena, const MigTablePolicy *policy)
{
    MigTablePolicy *copy = mig_arena_new0(arena, MigTablePolicy, 1);

    *copy = *policy;
    copy->name = mig_arena_strdup(arena, policy->name);
    copy->command = mig_arena_strdup(arena, policy->command);
    copy->using_expr = mig_copy_expr(arena, policy->using_expr);
    copy->check = mig_copy_expr(arena, policy->check);
    return copy;
}

GPtrArray *
mig_copy_dependencies(MigArena *arena, const GPtrArray *dependencies)
{
    GPtrArray *copy = g_ptr_array_sized_new(dependencies->len);

    for (guint i = 0; i < dependencies->len; i++) {
        const MigDependency *from = dependencies->pdata[i];
        MigDependency *to = mig_arena_new0(arena, MigDependency, 1);

        to->schema = mig_arena_strdup(arena, from->schema);
        to->table = mig_arena_strdup(arena, from->table);
        to->column = mig_arena_strdup(arena, from->column);
        g_ptr_array_add(copy, to);
    }
    return copy;
}

/* Callers pass copiers of the members' own type, which take the member as their second argument. */
typedef gpointer (*Copier)(MigArena *arena, gconstpointer member);

static gpointer
column_copier(MigArena *arena, gconstpointer member)
{
    return mig_copy_column(arena, member);
}

static gpointer
constraint_copier(MigArena *arena, gconstpointer member)
{
    return mig_copy_constraint(arena, member);
}

static gpointer
index_copier(MigArena *arena, gconstpointer member)
{
    return mig_copy_index(arena, member);
}

static gpointer
trigger_copier(MigArena *arena, gconstpointer member)
{
    return copy_trigger(arena, member);
}

static gpointer
policy_copier(MigArena *arena, gconstpointer member)
{
    return copy_policy(arena, member);
}

static gpointer
string_copier(MigArena *arena, gconstpointer member)
{
    return mig_arena_strdup(arena, member);
}

static GPtrArray *
copy_array(MigArena *arena, const GPtrArray *from, Copier copier)
{
    GPtrArray *copy = g_ptr_array_sized_new(from->len);

    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(copy, copier(arena, from->pdata[i]));
    return copy;
}

void
mig_copy_table(MigTable *to, const MigTable *from)
{
    MigArena *arena = mig_arena_new();

    *to = *from;
    to->arena = arena;
    to->touched = false;
    to->schema = mig_arena_strdup(arena, from->schema);
    to->name = mig_arena_strdup(arena, from->name);
    to->columns = copy_array(arena, from->columns, column_copier);
    to->constraints = copy_array(arena, from->constraints, constraint_copier);
    to->indexes = copy_array(arena, from->indexes, index_copier);
    to->triggers = copy_array(arena, from->triggers, trigger_copier);
    to->policies = copy_array(arena, from->policies, policy_copier);
    to->rules = copy_array(arena, from->rules, string_copier);
    to->statistics = copy_array(arena, from->statistics, string_copier);
    to->parents = g_ptr_array_copy(from->parents, NULL, NULL);
    to->children = g_ptr_array_copy(from->children, NULL, NULL);
    to->bound = mig_copy_bound(arena, from->bound);
    to->partition_by = mig_copy_partition_by(arena, from->partition_by);
    to->depends_on = mig_copy_dependencies(arena, from->depends_on);
    to->query = mig_copy_query(arena, from->query);
    to->tablespace = mig_arena_strdup(arena, from->tablespace);
    to->access_method = mig_arena_strdup(arena, from->access_method);
    to->of_type = mig_arena_strdup(arena, from->of_type);
    to->owner = mig_arena_strdup(arena, from->owner);
    to->comment = mig_arena_strdup(arena, from->comment);
    to->options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    GHashTableIter iter;
    gpointer name, value;

    g_hash_table_iter_init(&iter, from->options);
    while (g_hash_table_iter_next(&iter, &name, &value))
        g_hash_table_insert(to->options, g_strdup(name), g_strdup(value));
    to->settled_bytes = mig_arena_size(arena);
}

MigUserType *
mig_copy_user_type(const MigUserType *type)
{
    MigUserType *copy = g_new0(MigUserType, 1);
    MigArena *arena = mig_arena_new();

    *copy = *type;
    copy->arena = arena;
    copy->schema = mig_arena_strdup(arena, type->schema);
    copy->name = mig_arena_strdup(arena, type->name);
    copy->values = copy_array(arena, type->values, string_copier);
    copy->values_made = g_array_copy(type->values_made);
    copy->base = mig_copy_type(arena, &type->base);
    copy->default_value = mig_copy_expr(arena, type->default_value);
    copy->constraints = copy_array(arena, type->constraints, constraint_copier);
    copy->columns = copy_array(arena, type->columns, column_copier);
    return copy;
}

MigSequence *
mig_copy_sequence(const MigSequence *sequence)
{
    MigSequence *copy = g_new0(MigSequence, 1);
    MigArena *arena = mig_arena_new();

    *copy = *sequence;
    copy->arena = arena;
    copy->schema = mig_arena_strdup(arena, sequence->schema);
    copy->name = mig_arena_strdup(arena, sequence->name);
    copy->type = mig_arena_strdup(arena, sequence->type);
    copy->owned_by_table = mig_arena_strdup(arena, sequence->owned_by_table);
    copy->owned_by_column = mig_arena_strdup(arena, sequence->owned_by_column);
    return copy;
}

MigUserRoutine *
mig_copy_user_routine(const MigUserRoutine *routine)
{
    MigUserRoutine *copy = g_new0(MigUserRoutine, 1);
    MigArena *arena = mig_arena_new();

    *copy = *routine;
    copy->arena = arena;
    copy->schema = mig_arena_strdup(arena, routine->schema);
    copy->name = mig_arena_strdup(arena, routine->name);
    copy->arguments = mig_arena_strdup(arena, routine->arguments);
    copy->routine = mig_copy_routine(arena, routine->routine);
    copy->depends_on = mig_copy_dependencies(arena, routine->depends_on);
    return copy;
}

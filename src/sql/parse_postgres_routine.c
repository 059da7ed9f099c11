/* SPDX-License-Identifier: MIT */
/* PostgreSQL's functions, procedures, triggers and DO blocks. */
#include <string.h>

#include "sql/parse_postgres.h"

/* Where a string's content stands that is the token. Returns: whether it is there byte for byte */
static bool
place_content(PgReader *r, size_t token_index, size_t length, MigSpan *out_span)
{
    const MigToken *token = mig_pg_token(r, token_index);

    *out_span = r->whole;
    if (token == NULL || token->kind != MIG_TOKEN_STRING || r->fixed)
        return false;

    const char *text = r->text + token->offset;
    size_t tag = 0;
    if (text[0] == '$') {
        const char *end = memchr(text + 1, '$', token->length - 1);

        if (end == NULL)
            return false;
        tag = (size_t)(end - text) + 1;
    } else if (text[0] == '\'') {
        tag = 1;
    }
    *out_span = mig_pg_span_token(r, token_index);
    if (tag == 0 || token->length != length + 2 * tag)
        return false;
    *out_span = mig_pg_span(r, token->offset + tag, token->offset + tag + length);
    out_span->length = length;
    return true;
}

static void
keep_body(PgReader *r, const PgBody *body)
{
    if (r->bodies == NULL)
        r->bodies = g_array_new(FALSE, TRUE, sizeof(PgBody));
    g_array_append_val(r->bodies, *body);
}

static bool
is_language(const MigRoutine *routine, const char *name)
{
    return routine->language != NULL && strcmp(routine->language, name) == 0;
}

/* The body is kept, to be read when the statement has been. @location: of AS */
static void
read_text_body(PgReader *r, MigRoutine *routine, const char *text, int location, bool is_do)
{
    PgBody body = {.in_body = !is_do};
    size_t at = mig_pg_has_location(r, location) ? mig_pg_token_at(r, (size_t)location) : 0;

    while (mig_pg_token(r, at) != NULL && mig_pg_token(r, at)->kind != MIG_TOKEN_STRING)
        at++;
    body.text = mig_arena_strdup(r->arena, text);
    body.length = strlen(body.text);
    body.exact = place_content(r, at, body.length, &body.span);
    routine->body = body.text;
    routine->body_length = body.length;
    routine->body_span = body.span;
    body.plpgsql = is_language(routine, "plpgsql") || (is_do && routine->language == NULL);
    if (body.plpgsql || is_language(routine, "sql"))
        keep_body(r, &body);
}

static const char *
language_of(PgReader *r, PgNode *const *options, size_t n)
{
    const PgQuery__DefElem *elem = mig_pg_find_option(options, n, "language");
    const char *name = elem == NULL ? NULL : mig_pg_string(elem->arg);

    if (name == NULL)
        return NULL;
    g_autofree char *lower = g_ascii_strdown(name, -1);
    return mig_arena_strdup(r->arena, lower);
}

static void
read_volatility(MigRoutine *routine, PgNode *const *options, size_t n)
{
    const PgQuery__DefElem *elem = mig_pg_find_option(options, n, "volatility");
    const char *word = elem == NULL ? NULL : mig_pg_string(elem->arg);

    routine->volatility = word != NULL && (word[0] == 'i' || word[0] == 's') ? word[0] : 'v';
    routine->volatility_said = word != NULL;
}

/* What isn't told in fields of its own; SET with the name of what it sets. */
static void
read_options(PgReader *r, PgNode *const *list, size_t n, MigRoutine *routine)
{
    static const char *const known[] = {"as", "language", "volatility", "security", NULL};
    size_t n_all = 0;
    MigOption *all = mig_pg_options(r, list, n, &n_all);

    for (size_t i = 0; i < n_all; i++) {
        const PgNode *arg = list[i]->def_elem->arg;

        if (g_strv_contains(known, all[i].name))
            continue;
        if (arg != NULL && arg->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) {
            const PgQuery__VariableSetStmt *set = arg->variable_set_stmt;

            all[i].name = mig_arena_printf(r->arena, "set %s", set->name);
            all[i].value = set->n_args > 0 ? mig_pg_join_values(r, set->args, set->n_args) : NULL;
        }
        all[routine->n_options++] = all[i];
    }
    routine->options = all;
}

static void
read_settings(MigRoutine *routine, PgNode *const *options, size_t n)
{
    routine->security_definer = mig_pg_option_is_on(options, n, "security");
    for (size_t i = 0; i < n; i++) {
        if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM ||
            strcmp(options[i]->def_elem->defname, "set") != 0)
            continue;

        const PgNode *arg = options[i]->def_elem->arg;
        if (arg != NULL && arg->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT &&
            g_ascii_strcasecmp(arg->variable_set_stmt->name, "search_path") == 0)
            routine->sets_search_path = true;
    }
}

static bool
is_input(const PgQuery__FunctionParameter *parameter)
{
    return parameter->mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE &&
           parameter->mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT;
}

/* A type as it was written. */
static const char *
type_text(PgReader *r, const PgQuery__TypeName *type)
{
    MigType read = mig_pg_type(r, type);

    if (read.span.length == 0 || r->fixed)
        return read.name == NULL ? "" : read.name;
    if (read.setof && !mig_pg_token_is(r, mig_pg_token_at(r, read.span.offset - r->base), "table"))
        return mig_arena_printf(r->arena, "setof %.*s", (int)read.span.length,
                                r->text + (read.span.offset - r->base));
    return mig_arena_strndup(r->arena, r->text + (read.span.offset - r->base), read.span.length);
}

static void
read_parameters(PgReader *r, const PgQuery__CreateFunctionStmt *stmt, MigRoutine *routine)
{
    g_autoptr(GString) arguments = g_string_new(NULL);

    if (stmt->n_parameters > 0)
        routine->parameters = mig_arena_new0(r->arena, const char *, stmt->n_parameters);
    for (size_t i = 0; i < stmt->n_parameters; i++) {
        if (stmt->parameters[i]->node_case != PG_QUERY__NODE__NODE_FUNCTION_PARAMETER)
            continue;

        const PgQuery__FunctionParameter *parameter = stmt->parameters[i]->function_parameter;
        const char *name = mig_pg_dup(r, parameter->name);
        routine->parameters[routine->n_parameters++] = name == NULL ? "" : name;
        if (!is_input(parameter))
            continue;
        g_string_append_printf(arguments, "%s%s", arguments->len > 0 ? ", " : "",
                               type_text(r, parameter->arg_type));
    }
    routine->arguments = mig_arena_strndup(r->arena, arguments->str, arguments->len);
}

/* BEGIN ATOMIC ... END and RETURN: the body is part of the tree. */
static void
read_sql_body(PgReader *r, const PgNode *body)
{
    if (!mig_pg_enter(r))
        return;
    if (body->node_case == PG_QUERY__NODE__NODE_LIST) {
        for (size_t i = 0; i < body->list->n_items; i++)
            read_sql_body(r, body->list->items[i]);
    } else if (body->node_case != PG_QUERY__NODE__NODE__NOT_SET) {
        mig_pg_read_node(r, body);
    }
    mig_pg_leave(r);
}

void
mig_pg_create_routine(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateFunctionStmt *stmt = node->create_function_stmt;
    MigRoutine *routine = mig_arena_new0(r->arena, MigRoutine, 1);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_ROUTINE);
    const PgQuery__DefElem *as = mig_pg_find_option(stmt->options, stmt->n_options, "as");

    change->object_type = stmt->is_procedure ? MIG_TYPE_OF_PROCEDURE : MIG_TYPE_OF_FUNCTION;
    change->or_replace = stmt->replace;
    change->name = mig_pg_list_name(r, stmt->funcname, stmt->n_funcname, 2);
    routine->language = language_of(r, stmt->options, stmt->n_options);
    if (routine->language == NULL && stmt->sql_body != NULL)
        routine->language = "sql";
    read_volatility(routine, stmt->options, stmt->n_options);
    read_settings(routine, stmt->options, stmt->n_options);
    read_parameters(r, stmt, routine);
    if (stmt->return_type != NULL)
        routine->returns = type_text(r, stmt->return_type);
    read_options(r, stmt->options, stmt->n_options, routine);
    if (as != NULL && as->arg != NULL && as->arg->node_case == PG_QUERY__NODE__NODE_LIST &&
        as->arg->list->n_items == 1) {
        const char *text = mig_pg_string(as->arg->list->items[0]);

        if (text != NULL)
            read_text_body(r, routine, text, as->location, false);
    }
    change->routine = routine;
    if (stmt->is_procedure)
        mig_pg_needs(r, 110000, "CREATE PROCEDURE", change->span);
    if (stmt->sql_body != NULL) {
        bool in_body = r->in_body;

        mig_pg_needs(r, 140000, "SQL-standard function bodies", change->span);
        r->in_body = true;
        read_sql_body(r, stmt->sql_body);
        r->in_body = in_body;
    }
}

void
mig_pg_alter_routine(PgReader *r, const PgNode *node)
{
    const PgQuery__AlterFunctionStmt *stmt = node->alter_function_stmt;
    MigRoutine *routine = mig_arena_new0(r->arena, MigRoutine, 1);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);

    change->object_type = mig_pg_object_type(stmt->objtype);
    if (stmt->func != NULL)
        change->name = mig_pg_list_name(r, stmt->func->objname, stmt->func->n_objname, 2);
    read_options(r, stmt->actions, stmt->n_actions, routine);
    change->options = routine->options;
    change->n_options = routine->n_options;
    read_volatility(routine, stmt->actions, stmt->n_actions);
    read_settings(routine, stmt->actions, stmt->n_actions);
    change->routine = routine;
}

/* The bits of pg_trigger.tgtype. */
#define TRIGGER_BEFORE (1 << 1)
#define TRIGGER_INSERT (1 << 2)
#define TRIGGER_DELETE (1 << 3)
#define TRIGGER_UPDATE (1 << 4)
#define TRIGGER_TRUNCATE (1 << 5)
#define TRIGGER_INSTEAD (1 << 6)

static void
read_events(PgReader *r, int events, MigRoutine *routine)
{
    static const struct {
        int bit;
        const char *word;
    } table[] = {
        {TRIGGER_INSERT, "insert"},
        {TRIGGER_UPDATE, "update"},
        {TRIGGER_DELETE, "delete"},
        {TRIGGER_TRUNCATE, "truncate"},
    };

    routine->events = mig_arena_new0(r->arena, const char *, G_N_ELEMENTS(table));
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if ((events & table[i].bit) != 0)
            routine->events[routine->n_events++] = table[i].word;
    }
}

void
mig_pg_create_trigger(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateTrigStmt *stmt = node->create_trig_stmt;
    MigRoutine *routine = mig_arena_new0(r->arena, MigRoutine, 1);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_TRIGGER);

    change->name = mig_pg_plain_name(r, stmt->trigname, 2);
    change->table = mig_pg_range_name(r, stmt->relation);
    change->or_replace = stmt->replace;
    change->object_type = stmt->isconstraint ? MIG_TYPE_OF_CONSTRAINT : MIG_TYPE_OF_TRIGGER;
    change->on = stmt->row;
    change->text = (stmt->timing & TRIGGER_BEFORE) != 0    ? "before"
                   : (stmt->timing & TRIGGER_INSTEAD) != 0 ? "instead of"
                                                           : "after";
    change->columns = mig_pg_names(r, stmt->columns, stmt->n_columns, &change->n_columns);
    change->expr = mig_pg_expr(r, stmt->when_clause);
    if (stmt->constrrel != NULL)
        change->to = mig_pg_range_name(r, stmt->constrrel);
    read_events(r, stmt->events, routine);
    routine->calls = mig_pg_list_name(r, stmt->funcname, stmt->n_funcname, 4);
    change->routine = routine;
    if (stmt->replace)
        mig_pg_needs(r, 140000, "CREATE OR REPLACE TRIGGER", change->span);
}

void
mig_pg_create_event_trigger(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateEventTrigStmt *stmt = node->create_event_trig_stmt;
    MigRoutine *routine = mig_arena_new0(r->arena, MigRoutine, 1);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_OBJECT);

    change->object_type = MIG_TYPE_OF_EVENT_TRIGGER;
    change->name = mig_pg_plain_name(r, stmt->trigname, 3);
    change->text = mig_pg_dup(r, stmt->eventname);
    routine->calls = mig_pg_list_name(r, stmt->funcname, stmt->n_funcname, 5);
    change->routine = routine;
}

void
mig_pg_do(PgReader *r, const PgNode *node)
{
    const PgQuery__DoStmt *stmt = node->do_stmt;
    MigRoutine *routine = mig_arena_new0(r->arena, MigRoutine, 1);
    const PgQuery__DefElem *as = mig_pg_find_option(stmt->args, stmt->n_args, "as");
    const char *text = as == NULL ? NULL : mig_pg_string(as->arg);

    routine->language = language_of(r, stmt->args, stmt->n_args);
    routine->volatility = 'v';
    mig_pg_add(r, MIG_CHANGE_DO)->routine = routine;
    if (text != NULL)
        read_text_body(r, routine, text, as->location, true);
}

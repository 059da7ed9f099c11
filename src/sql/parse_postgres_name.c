/* SPDX-License-Identifier: MIT */
/* Names, roles and options of PostgreSQL's tree. */
#include <string.h>

#include "sql/parse_postgres.h"

const char *
mig_pg_dup(PgReader *r, const char *text)
{
    return text == NULL || *text == '\0' ? NULL : mig_arena_strdup(r->arena, text);
}

const char *
mig_pg_string(const PgNode *node)
{
    if (node == NULL)
        return NULL;
    if (node->node_case == PG_QUERY__NODE__NODE_STRING)
        return node->string->sval;
    if (node->node_case == PG_QUERY__NODE__NODE_LIST && node->list->n_items > 0)
        return mig_pg_string(node->list->items[node->list->n_items - 1]);
    return NULL;
}

/* The name whose tokens begin at @first: where it is, and whether its last part is quoted. */
static void
place_name(PgReader *r, MigName *name, size_t first)
{
    if (first == PG_NO_TOKEN)
        return;

    size_t end = mig_pg_name_end(r, first);
    const MigToken *last = end > first ? mig_pg_token(r, end - 1) : NULL;

    name->span = mig_pg_span_tokens(r, first, end);
    name->quoted = last != NULL && last->kind == MIG_TOKEN_QUOTED;
}

MigName
mig_pg_range_name(PgReader *r, const PgQuery__RangeVar *range)
{
    MigName name = {0};

    if (range == NULL)
        return name;
    name.schema = mig_pg_dup(r, range->schemaname);
    name.name = mig_pg_dup(r, range->relname);
    if (mig_pg_has_location(r, range->location))
        place_name(r, &name, mig_pg_token_at(r, (size_t)range->location));
    return name;
}

MigName
mig_pg_plain_name(PgReader *r, const char *text, size_t from)
{
    MigName name = {.name = mig_pg_dup(r, text)};

    if (name.name == NULL)
        return name;

    size_t at = mig_pg_find_name(r, from, text);
    if (at != PG_NO_TOKEN) {
        name.span = mig_pg_span_token(r, at);
        name.quoted = mig_pg_token(r, at)->kind == MIG_TOKEN_QUOTED;
    }
    return name;
}

MigName
mig_pg_list_name(PgReader *r, PgNode *const *list, size_t n, size_t from)
{
    MigName name = {0};
    const char *last = n > 0 ? mig_pg_string(list[n - 1]) : NULL;
    const char *schema = n > 1 ? mig_pg_string(list[n - 2]) : NULL;
    const char *first = n > 0 ? mig_pg_string(list[0]) : NULL;

    if (last == NULL)
        return name;
    name.name = mig_pg_dup(r, last);
    name.schema = mig_pg_dup(r, schema);

    /* A name that is also a word before it ("table") is looked for with its schema. */
    for (size_t at = from; first != NULL;) {
        at = mig_pg_find_name(r, at, first);
        if (at == PG_NO_TOKEN)
            break;
        if (mig_pg_name_end(r, at) == at + 2 * n - 1) {
            place_name(r, &name, at);
            break;
        }
        at++;
    }
    return name;
}

MigName
mig_pg_node_name(PgReader *r, const PgNode *node, size_t from)
{
    if (node == NULL)
        return (MigName){0};
    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_LIST:
        return mig_pg_list_name(r, node->list->items, node->list->n_items, from);
    case PG_QUERY__NODE__NODE_STRING: {
        PgNode *const list[] = {(PgNode *)node};

        return mig_pg_list_name(r, list, 1, from);
    }
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        return mig_pg_range_name(r, node->range_var);
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
        return mig_pg_list_name(r, node->object_with_args->objname,
                                node->object_with_args->n_objname, from);
    case PG_QUERY__NODE__NODE_TYPE_NAME: {
        const PgQuery__TypeName *type = node->type_name;
        MigName name = mig_pg_list_name(r, type->names, type->n_names, from);

        if (name.span.length == 0 && mig_pg_has_location(r, type->location))
            place_name(r, &name, mig_pg_token_at(r, (size_t)type->location));
        return name;
    }
    default:
        return (MigName){0};
    }
}

const char **
mig_pg_names(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    const char **names = mig_arena_new0(r->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        const char *name = mig_pg_string(list[i]);

        if (name == NULL && list[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET)
            name = list[i]->res_target->name;
        if (name != NULL)
            names[(*out_n)++] = mig_arena_strdup(r->arena, name);
    }
    return names;
}

const char *
mig_pg_last_name(PgReader *r, PgNode *const *list, size_t n)
{
    const char *name = n > 0 ? mig_pg_string(list[n - 1]) : NULL;

    return mig_pg_dup(r, name);
}

const char *
mig_pg_role(PgReader *r, const PgQuery__RoleSpec *role)
{
    if (role == NULL)
        return NULL;
    switch ((int)role->roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
        return "public";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE:
        return "current_role";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER:
        return "current_user";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER:
        return "session_user";
    default:
        return mig_pg_dup(r, role->rolename);
    }
}

const char **
mig_pg_roles(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    const char **roles = mig_arena_new0(r->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        const char *role = NULL;

        if (list[i]->node_case == PG_QUERY__NODE__NODE_ROLE_SPEC)
            role = mig_pg_role(r, list[i]->role_spec);
        else if (list[i]->node_case == PG_QUERY__NODE__NODE_ACCESS_PRIV)
            role = mig_pg_dup(r, list[i]->access_priv->priv_name);
        if (role != NULL)
            roles[(*out_n)++] = role;
    }
    return roles;
}

const char *
mig_pg_join_values(PgReader *r, PgNode *const *list, size_t n)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n; i++) {
        const char *value = mig_pg_value(r, list[i]);

        if (value == NULL)
            continue;
        if (text->len > 0)
            g_string_append(text, ", ");
        g_string_append(text, value);
    }
    return mig_arena_strndup(r->arena, text->str, text->len);
}

static const char *
constant_value(PgReader *r, const PgQuery__AConst *constant)
{
    switch ((int)constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return mig_arena_printf(r->arena, "%d", constant->ival->ival);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return mig_arena_strdup(r->arena, constant->fval->fval);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return constant->boolval->boolval ? "true" : "false";
    case PG_QUERY__A__CONST__VAL_SVAL:
        return mig_arena_strdup(r->arena, constant->sval->sval);
    case PG_QUERY__A__CONST__VAL_BSVAL:
        return mig_arena_strdup(r->arena, constant->bsval->bsval);
    default:
        return NULL;
    }
}

const char *
mig_pg_value(PgReader *r, const PgNode *node)
{
    if (node == NULL)
        return NULL;
    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_STRING:
        return mig_arena_strdup(r->arena, node->string->sval);
    case PG_QUERY__NODE__NODE_INTEGER:
        return mig_arena_printf(r->arena, "%d", node->integer->ival);
    case PG_QUERY__NODE__NODE_FLOAT:
        return mig_arena_strdup(r->arena, node->float_->fval);
    case PG_QUERY__NODE__NODE_BOOLEAN:
        return node->boolean->boolval ? "true" : "false";
    case PG_QUERY__NODE__NODE_A_CONST:
        return constant_value(r, node->a_const);
    case PG_QUERY__NODE__NODE_A_STAR:
        return "*";
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return mig_pg_value(r, node->type_cast->arg);
    case PG_QUERY__NODE__NODE_TYPE_NAME:
        return mig_pg_type(r, node->type_name).name;
    case PG_QUERY__NODE__NODE_ROLE_SPEC:
        return mig_pg_role(r, node->role_spec);
    case PG_QUERY__NODE__NODE_DEF_ELEM:
        return mig_pg_dup(r, node->def_elem->defname);
    case PG_QUERY__NODE__NODE_LIST:
        return mig_pg_join_values(r, node->list->items, node->list->n_items);
    default:
        return NULL;
    }
}

MigOption *
mig_pg_options(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    MigOption *options = mig_arena_new0(r->arena, MigOption, n);
    for (size_t i = 0; i < n; i++) {
        if (list[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM)
            continue;

        const PgQuery__DefElem *elem = list[i]->def_elem;
        MigOption *option = &options[(*out_n)++];
        const char *space = mig_pg_dup(r, elem->defnamespace);

        g_autofree char *lower = g_ascii_strdown(elem->defname, -1);
        option->name = space == NULL ? mig_arena_strdup(r->arena, lower)
                                     : mig_arena_printf(r->arena, "%s.%s", space, lower);
        option->value = mig_pg_value(r, elem->arg);
        if (mig_pg_has_location(r, elem->location)) {
            size_t first = mig_pg_token_at(r, (size_t)elem->location);
            int next = i + 1 < n && list[i + 1]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM
                           ? list[i + 1]->def_elem->location
                           : -1;
            size_t end = mig_pg_piece_end(r, first);

            /* Some options stand in a row, without commas. */
            if (next > elem->location)
                end = MIN(end, mig_pg_token_at(r, (size_t)next));
            option->span = mig_pg_span_tokens(r, first, end);
        }
    }
    return options;
}

const PgQuery__DefElem *
mig_pg_find_option(PgNode *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
            strcmp(list[i]->def_elem->defname, name) == 0)
            return list[i]->def_elem;
    }
    return NULL;
}

/* PostgreSQL's defGetBoolean: no value is on. */
bool
mig_pg_option_is_on(PgNode *const *list, size_t n, const char *name)
{
    const PgQuery__DefElem *elem = mig_pg_find_option(list, n, name);

    if (elem == NULL)
        return false;
    if (elem->arg == NULL)
        return true;
    if (elem->arg->node_case == PG_QUERY__NODE__NODE_INTEGER)
        return elem->arg->integer->ival != 0;
    if (elem->arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
        return elem->arg->boolean->boolval;

    const char *word = mig_pg_string(elem->arg);
    return word != NULL && (g_ascii_strcasecmp(word, "true") == 0 || strcmp(word, "1") == 0 ||
                            g_ascii_strcasecmp(word, "on") == 0);
}

MigObjectType
mig_pg_object_type(PgQuery__ObjectType type)
{
    static const MigObjectType types[] = {
        [PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE] = MIG_TYPE_OF_AGGREGATE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_AMOP] = MIG_TYPE_OF_OPERATOR,
        [PG_QUERY__OBJECT_TYPE__OBJECT_AMPROC] = MIG_TYPE_OF_OPERATOR,
        [PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE] = MIG_TYPE_OF_COLUMN,
        [PG_QUERY__OBJECT_TYPE__OBJECT_CAST] = MIG_TYPE_OF_CAST,
        [PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN] = MIG_TYPE_OF_COLUMN,
        [PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION] = MIG_TYPE_OF_COLLATION,
        [PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION] = MIG_TYPE_OF_COLLATION,
        [PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE] = MIG_TYPE_OF_DATABASE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN] = MIG_TYPE_OF_DOMAIN,
        [PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT] = MIG_TYPE_OF_CONSTRAINT,
        [PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER] = MIG_TYPE_OF_EVENT_TRIGGER,
        [PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION] = MIG_TYPE_OF_EXTENSION,
        [PG_QUERY__OBJECT_TYPE__OBJECT_FDW] = MIG_TYPE_OF_SERVER,
        [PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER] = MIG_TYPE_OF_SERVER,
        [PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE] = MIG_TYPE_OF_FOREIGN_TABLE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION] = MIG_TYPE_OF_FUNCTION,
        [PG_QUERY__OBJECT_TYPE__OBJECT_INDEX] = MIG_TYPE_OF_INDEX,
        [PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE] = MIG_TYPE_OF_LANGUAGE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT] = MIG_TYPE_OF_LARGE_OBJECT,
        [PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW] = MIG_TYPE_OF_MATERIALIZED_VIEW,
        [PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS] = MIG_TYPE_OF_OPERATOR,
        [PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR] = MIG_TYPE_OF_OPERATOR,
        [PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY] = MIG_TYPE_OF_OPERATOR,
        [PG_QUERY__OBJECT_TYPE__OBJECT_POLICY] = MIG_TYPE_OF_POLICY,
        [PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE] = MIG_TYPE_OF_PROCEDURE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION] = MIG_TYPE_OF_PUBLICATION,
        [PG_QUERY__OBJECT_TYPE__OBJECT_ROLE] = MIG_TYPE_OF_ROLE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE] = MIG_TYPE_OF_FUNCTION,
        [PG_QUERY__OBJECT_TYPE__OBJECT_RULE] = MIG_TYPE_OF_RULE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA] = MIG_TYPE_OF_SCHEMA,
        [PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE] = MIG_TYPE_OF_SEQUENCE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION] = MIG_TYPE_OF_SUBSCRIPTION,
        [PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT] = MIG_TYPE_OF_STATISTICS,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT] = MIG_TYPE_OF_CONSTRAINT,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE] = MIG_TYPE_OF_TABLESPACE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM] = MIG_TYPE_OF_CAST,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER] = MIG_TYPE_OF_TRIGGER,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION] = MIG_TYPE_OF_TEXT_SEARCH,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY] = MIG_TYPE_OF_TEXT_SEARCH,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER] = MIG_TYPE_OF_TEXT_SEARCH,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE] = MIG_TYPE_OF_TEXT_SEARCH,
        [PG_QUERY__OBJECT_TYPE__OBJECT_TYPE] = MIG_TYPE_OF_TYPE,
        [PG_QUERY__OBJECT_TYPE__OBJECT_USER_MAPPING] = MIG_TYPE_OF_SERVER,
        [PG_QUERY__OBJECT_TYPE__OBJECT_VIEW] = MIG_TYPE_OF_VIEW,
    };

    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE)
        return MIG_TYPE_OF_TABLE;
    if ((size_t)type >= G_N_ELEMENTS(types) || types[type] == MIG_TYPE_OF_TABLE)
        return MIG_TYPE_OF_OTHER;
    return types[type];
}

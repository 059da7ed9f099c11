/* SPDX-License-Identifier: MIT */
/* GRANT and REVOKE of MySQL and MariaDB. */
#include <string.h>

#include "sql/parse_mysql.h"

/* One privilege, several words in lower case, or a role as it is written. */
static const char *
read_privilege(MigParser *p)
{
    if (mig_parser_is_string(p) || p->token.kind == MIG_TOKEN_QUOTED)
        return mig_mysql_account(p);

    g_autoptr(GString) words = g_string_new(NULL);
    while (p->token.kind == MIG_TOKEN_WORD && !mig_parser_is(p, "on") && !mig_parser_is(p, "to") &&
           !mig_parser_is(p, "from")) {
        if (words->len > 0)
            g_string_append_c(words, ' ');
        g_string_append_len(words, p->sql + p->token.offset, (gssize)p->token.length);
        mig_parser_next(p);
    }
    /* role@host */
    if (p->token.kind == MIG_TOKEN_PARAMETER) {
        g_string_append_len(words, p->sql + p->token.offset, (gssize)p->token.length);
        mig_parser_next(p);
    }
    if (words->len == 0)
        mig_parser_fail(p, "expected a privilege or a role");
    return mig_arena_strndup(p->arena, words->str, words->len);
}

static void
lower(const char **privileges, size_t n, MigArena *arena)
{
    for (size_t i = 0; i < n; i++) {
        g_autofree char *text = g_ascii_strdown(privileges[i], -1);
        privileges[i] = mig_arena_strdup(arena, text);
    }
}

static void
read_privileges(MigParser *p, MigGrant *grant)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(const char *));

    do {
        const char *privilege = read_privilege(p);
        if (mig_parser_is_mark(p, "("))
            mig_parser_skip_parens(p);
        if (g_ascii_strcasecmp(privilege, "all") == 0 ||
            g_ascii_strcasecmp(privilege, "all privileges") == 0)
            grant->all_privileges = true;
        else if (g_ascii_strcasecmp(privilege, "grant option") == 0 && grant->all_privileges)
            grant->grant_option = true;
        else
            g_array_append_val(list, privilege);
    } while (mig_parser_take_mark(p, ","));
    grant->privileges = mig_arena_take_array(p->arena, list, &grant->n_privileges);
}

/* "*", "*.*", db.*, db.table, table: what isn't a name is "*". */
static MigName
read_level(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigName name = {0};

    name.name = mig_parser_take_mark(p, "*") ? "*" : mig_parser_identifier(p, &name.quoted);
    if (mig_parser_take_mark(p, ".")) {
        name.schema = name.name;
        name.name = mig_parser_take_mark(p, "*") ? "*" : mig_parser_identifier(p, &name.quoted);
    }
    name.span = mig_parser_span(p, from);
    return name;
}

static void
read_objects(MigParser *p, MigGrant *grant)
{
    static const struct {
        const char *words;
        MigObjectType type;
    } types[] = {
        {"table", MIG_TYPE_OF_TABLE},         {"function", MIG_TYPE_OF_FUNCTION},
        {"procedure", MIG_TYPE_OF_PROCEDURE}, {"package body", MIG_TYPE_OF_OTHER},
        {"package", MIG_TYPE_OF_OTHER},
    };
    bool said = false;

    grant->objects = mig_arena_new0(p->arena, MigName, 1);
    grant->n_objects = 1;
    if (grant->n_privileges == 1 && strcmp(grant->privileges[0], "proxy") == 0) {
        grant->object_type = MIG_TYPE_OF_ROLE;
        grant->objects[0].name = mig_mysql_account(p);
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(types) && !said; i++) {
        /* A table may be called so. */
        if (mig_parser_peek_mark(p, ".") || !mig_parser_take_words(p, types[i].words))
            continue;
        grant->object_type = types[i].type;
        said = true;
    }
    grant->objects[0] = read_level(p);
    if (!said)
        grant->object_type =
            strcmp(grant->objects[0].name, "*") == 0 ? MIG_TYPE_OF_DATABASE : MIG_TYPE_OF_TABLE;
}

/* The accounts behind TO or FROM, with the passwords that older servers let stand here. */
static void
read_grantees(MigParser *p, MigGrant *grant, GArray *options)
{
    g_autoptr(GArray) roles = g_array_new(FALSE, FALSE, sizeof(const char *));

    do {
        const char *role = mig_parser_is(p, "public") ? mig_mysql_word(p) : mig_mysql_account(p);
        g_array_append_val(roles, role);
        mig_mysql_identified(p, options);
    } while (mig_parser_take_mark(p, ","));
    grant->roles = mig_arena_take_array(p->arena, roles, &grant->n_roles);
}

/* WITH GRANT OPTION, WITH ADMIN OPTION, limits, and AS user WITH ROLE. */
static void
read_tail(MigParser *p, MigGrant *grant, GArray *options)
{
    if (!mig_parser_is(p, "with") || !mig_parser_peek_is(p, "admin"))
        mig_mysql_account_options(p, options);
    while (mig_parser_take(p, "with")) {
        if (mig_parser_take(p, "grant") || mig_parser_take(p, "admin")) {
            mig_parser_expect(p, "option");
            grant->grant_option = true;
        }
        static const char *const limits[] = {"max_queries_per_hour",     "max_updates_per_hour",
                                             "max_connections_per_hour", "max_user_connections",
                                             "max_statement_time",       NULL};
        while (mig_parser_is_any(p, limits)) {
            mig_parser_next(p);
            mig_parser_value(p);
        }
    }
    if (mig_parser_take(p, "as")) {
        mig_mysql_account(p);
        if (mig_parser_take_words(p, "with role"))
            mig_mysql_skip_statement(p);
    }
}

void
mig_mysql_grant(MigParser *p, size_t from, MigChangeKind kind)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));
    MigGrant *grant = mig_arena_new0(p->arena, MigGrant, 1);
    MigChange change = {.kind = kind, .grant = grant};
    bool revoke = kind == MIG_CHANGE_REVOKE;

    if (revoke) {
        change.if_exists = mig_mysql_take_if_exists(p);
        if (change.if_exists)
            mig_mysql_since_from(p, 80030, MIG_MYSQL_NEVER, "REVOKE IF EXISTS", from);
        if (mig_parser_take_words(p, "admin option for"))
            grant->grant_option = true;
    }
    read_privileges(p, grant);
    if (mig_parser_take(p, "on")) {
        lower(grant->privileges, grant->n_privileges, p->arena);
        read_objects(p, grant);
    } else if (!grant->all_privileges) {
        grant->grants_roles = true;
    }
    mig_parser_expect(p, revoke ? "from" : "to");
    read_grantees(p, grant, options);
    if (revoke)
        mig_parser_take_words(p, "ignore unknown user");
    else
        read_tail(p, grant, options);
    mig_mysql_take_options(p, options, &change);
    mig_mysql_push(p, &change, from);
}

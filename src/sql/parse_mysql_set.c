/* SPDX-License-Identifier: MIT */
/* SET, in all its meanings: each assignment is a change of its own. */
#include <string.h>

#include "sql/parse_mysql.h"

/* A change with one option: @name is set to @value. */
static void
push_setting(MigParser *p, const char *scope, const char *name, const char *value,
             const MigExpr *expr, size_t from)
{
    MigOption *option = mig_arena_new0(p->arena, MigOption, 1);
    MigChange change = {
        .kind = MIG_CHANGE_SET, .text = scope, .options = option, .n_options = 1, .expr = expr};

    *option = (MigOption){.name = name, .value = value, .span = mig_parser_span(p, from)};
    mig_mysql_push(p, &change, from);
}

static const char *
lower_copy(MigParser *p, const char *text, size_t length)
{
    char *copy = mig_arena_strndup(p->arena, text, length);

    for (char *at = copy; *at != '\0'; at++)
        *at = g_ascii_tolower(*at);
    return copy;
}

/* The value: DEFAULT, ON, ALL, BINARY, or an expression. */
static const char *
read_value(MigParser *p, const MigExpr **out_expr)
{
    static const char *const words[] = {"default", "on", "all", "binary", "row", "system", NULL};
    size_t from = mig_parser_mark(p);

    if (mig_parser_is_any(p, words) && !mig_parser_peek_mark(p, "("))
        return mig_mysql_word(p);
    *out_expr = mig_parser_expression(p);
    if ((*out_expr)->kind == MIG_EXPR_LITERAL)
        return (*out_expr)->text;
    return mig_parser_text(p, mig_parser_span(p, from));
}

static void
expect_assignment(MigParser *p)
{
    if (!mig_parser_take_mark(p, "=") && !mig_parser_take_mark(p, ":="))
        mig_parser_fail(p, "expected \"=\" and the value");
}

/* @@global.name, @@name, @name: one token to the lexer. */
static void
read_at_variable(MigParser *p, size_t from)
{
    const char *text = p->sql + p->token.offset;
    size_t length = p->token.length;
    const char *scope = "user";
    const MigExpr *expr = NULL;

    if (length > 1 && text[1] == '@') {
        static const char *const scopes[] = {"global.",       "session.", "local.",
                                             "persist_only.", "persist.", NULL};
        static const char *const names[] = {"global", "session", "session", "persist_only",
                                            "persist"};
        text += 2;
        length -= 2;
        scope = "session";
        for (size_t i = 0; scopes[i] != NULL; i++) {
            size_t n = strlen(scopes[i]);
            if (length > n && g_ascii_strncasecmp(text, scopes[i], n) == 0) {
                text += n;
                length -= n;
                scope = names[i];
                break;
            }
        }
    } else {
        text++;
        length--;
        if (length >= 2 && strchr("'\"`", text[0]) != NULL) {
            text++;
            length -= 2;
        }
    }
    const char *name = lower_copy(p, text, length);
    mig_parser_next(p);
    expect_assignment(p);
    const char *value = read_value(p, &expr);
    push_setting(p, scope, name, value, expr, from);
}

/* NAMES x [COLLATE y], CHARACTER SET x */
static bool
read_charset(MigParser *p, size_t from)
{
    if (mig_parser_is(p, "names") && !mig_parser_peek_mark(p, "=")) {
        mig_parser_next(p);
        const char *value =
            mig_parser_is(p, "default") ? mig_mysql_word(p) : mig_mysql_name_or_string(p);
        if (mig_parser_take(p, "collate"))
            value = mig_arena_printf(p->arena, "%s collate %s", value, mig_mysql_name_or_string(p));
        push_setting(p, "session", "names", value, NULL, from);
        return true;
    }
    if (mig_parser_is(p, "default") || !mig_mysql_take_charset_words(p))
        return false;
    const char *charset =
        mig_parser_is(p, "default") ? mig_mysql_word(p) : mig_mysql_name_or_string(p);
    push_setting(p, "session", "character set", charset, NULL, from);
    return true;
}

/* [GLOBAL | SESSION] TRANSACTION ISOLATION LEVEL x, READ ONLY */
static bool
read_transaction(MigParser *p, const char *scope, size_t from)
{
    static const char *const modes[] = {"isolation level repeatable read",
                                        "isolation level read committed",
                                        "isolation level read uncommitted",
                                        "isolation level serializable",
                                        "read only",
                                        "read write",
                                        NULL};

    if (!mig_parser_is(p, "transaction") || mig_parser_peek_mark(p, "="))
        return false;
    mig_parser_next(p);
    do {
        bool known = false;
        for (size_t i = 0; modes[i] != NULL && !known; i++) {
            known = mig_parser_take_words(p, modes[i]);
            if (known)
                push_setting(p, scope, "transaction", modes[i], NULL, from);
        }
        if (!known)
            mig_parser_fail(p, "expected ISOLATION LEVEL, READ ONLY or READ WRITE");
    } while (mig_parser_take_mark(p, ","));
    return true;
}

/* PASSWORD [FOR user] = ..., which is an account's, not a setting. */
static bool
read_password(MigParser *p, size_t from)
{
    MigOption *option = mig_arena_new0(p->arena, MigOption, 1);
    MigChange change = {.kind = MIG_CHANGE_ALTER_OBJECT,
                        .object_type = MIG_TYPE_OF_ROLE,
                        .text = "user",
                        .options = option,
                        .n_options = 1};

    if (!mig_parser_is(p, "password"))
        return false;
    mig_parser_next(p);
    change.name.name = mig_parser_take(p, "for") ? mig_mysql_account(p) : "current_user";
    option->name = "identified by";
    option->value = "literal";
    if (mig_parser_take_words(p, "to random")) {
        option->value = "random";
    } else {
        expect_assignment(p);
        const MigExpr *expr = mig_parser_expression(p);
        if (mig_mysql_is_mariadb(p) && expr->kind == MIG_EXPR_LITERAL)
            option->value = "hash";
    }
    if (mig_parser_take(p, "replace"))
        mig_parser_string(p);
    mig_parser_take_words(p, "retain current password");
    option->span = mig_parser_span(p, from);
    mig_mysql_push(p, &change, from);
    return true;
}

static void
read_accounts(MigParser *p)
{
    do
        mig_mysql_account(p);
    while (mig_parser_take_mark(p, ","));
}

/* DEFAULT, NONE, ALL [EXCEPT a, b], or roles: of MariaDB, one. */
static void
read_role_list(MigParser *p, size_t from)
{
    static const char *const words[] = {"default", "none", "all", NULL};

    if (!mig_parser_is_any(p, words)) {
        mig_mysql_account(p);
        if (!mig_parser_take_mark(p, ","))
            return;
        read_accounts(p);
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "several roles at once", from);
        return;
    }
    bool all = mig_parser_is(p, "all");
    mig_parser_next(p);
    if (all && mig_parser_take(p, "except"))
        read_accounts(p);
    if (all)
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "SET ROLE ALL", from);
}

/* [DEFAULT] ROLE a, b [TO | FOR user] */
static bool
read_role(MigParser *p, size_t from)
{
    bool by_default = mig_parser_take_words(p, "default role");

    if (!by_default && (!mig_parser_is(p, "role") || mig_parser_peek_mark(p, "=")))
        return false;
    if (!by_default)
        mig_parser_next(p);

    size_t list = mig_parser_mark(p);
    read_role_list(p, list);
    const char *value = mig_parser_text(p, mig_parser_span(p, list));
    if (by_default) {
        size_t to = mig_parser_mark(p);
        if (mig_parser_take(p, "to"))
            mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "SET DEFAULT ROLE ... TO", to);
        else if (mig_parser_take(p, "for"))
            mig_mysql_since_from(p, MIG_MYSQL_NEVER, 0, "SET DEFAULT ROLE ... FOR", to);
        if (mig_parser_mark(p) != to)
            read_accounts(p);
    }
    push_setting(p, "role", by_default ? "default role" : "role", value, NULL, from);
    return true;
}

static const char *
read_scope(MigParser *p)
{
    static const char *const scopes[] = {"global",       "session", "local",
                                         "persist_only", "persist", NULL};

    if (!mig_parser_is_any(p, scopes) || mig_parser_peek_mark(p, "=") ||
        mig_parser_peek_mark(p, ":=") || mig_parser_peek_mark(p, "."))
        return NULL;

    size_t from = mig_parser_mark(p);
    const char *scope = mig_mysql_word(p);
    if (g_str_has_prefix(scope, "persist"))
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "SET PERSIST", from);
    return strcmp(scope, "local") == 0 ? "session" : scope;
}

/* name = value, NEW.column = value, a program's variable = value */
static void
read_variable(MigParser *p, const char *scope, size_t from)
{
    const MigExpr *expr = NULL;
    MigName name = mig_parser_name(p);
    const char *shown = name.schema != NULL
                            ? mig_arena_printf(p->arena, "%s.%s", name.schema, name.name)
                            : name.name;

    expect_assignment(p);
    const char *value = read_value(p, &expr);
    if (scope == NULL && name.schema != NULL && g_ascii_strcasecmp(name.schema, "new") == 0)
        scope = "row";
    if (scope == NULL)
        scope = p->depth > 0 ? "variable" : "session";
    push_setting(p, scope, lower_copy(p, shown, strlen(shown)), value, expr, from);
}

/* MariaDB: SET STATEMENT name = value, ... FOR statement. */
static bool
read_for_statement(MigParser *p, size_t from)
{
    if (!mig_mysql_is_mariadb(p) || !mig_parser_is(p, "statement") || mig_parser_peek_mark(p, "="))
        return false;
    mig_parser_next(p);
    do
        read_variable(p, "statement", from);
    while (mig_parser_take_mark(p, ","));
    mig_parser_expect(p, "for");
    if (mig_parser_enter(p)) {
        mig_mysql_statement(p);
        mig_parser_leave(p);
    }
    return true;
}

static void
read_assignment(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    const char *scope = NULL;

    if (p->token.kind == MIG_TOKEN_PARAMETER && p->sql[p->token.offset] == '@') {
        read_at_variable(p, from);
        return;
    }
    scope = read_scope(p);
    if (scope == NULL && read_charset(p, from))
        return;
    read_variable(p, scope, from);
}

void
mig_mysql_set(MigParser *p, size_t from)
{
    MigParser before = *p;
    const char *scope = read_scope(p);

    if (read_transaction(p, scope != NULL ? scope : "session", from))
        return;
    if (!p->failed)
        *p = before;
    if (read_for_statement(p, from) || read_role(p, from) || read_password(p, from))
        return;
    if (mig_parser_take_words(p, "resource group")) {
        mig_mysql_since_from(p, 80003, MIG_MYSQL_NEVER, "SET RESOURCE GROUP", from);
        mig_mysql_unknown(p, "set resource group", from);
        return;
    }
    do
        read_assignment(p);
    while (mig_parser_take_mark(p, ","));
}

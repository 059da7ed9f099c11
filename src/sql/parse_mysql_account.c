/* SPDX-License-Identifier: MIT */
/* CREATE, ALTER and DROP of users and roles. What is a password is never kept. */
#include <string.h>

#include "sql/parse_mysql.h"

/* What follows BY: a literal, RANDOM PASSWORD, or MariaDB's PASSWORD 'hash'. */
static void
read_password(MigParser *p, GArray *options, size_t from)
{
    if (mig_parser_take_words(p, "random password")) {
        mig_mysql_add_option(p, options, "identified by", "random", from);
        mig_mysql_since_from(p, 80018, MIG_MYSQL_NEVER, "RANDOM PASSWORD", from);
    } else if (mig_parser_take(p, "password")) {
        mig_parser_string(p);
        mig_mysql_add_option(p, options, "identified by", "hash", from);
        mig_mysql_since_from(p, 0, 0, "IDENTIFIED BY PASSWORD", from);
    } else {
        mig_parser_string(p);
        mig_mysql_add_option(p, options, "identified by", "literal", from);
    }
    size_t replace = mig_parser_mark(p);
    if (mig_parser_take(p, "replace"))
        mig_parser_string(p);
    mig_parser_take_words(p, "retain current password");
    if (mig_parser_mark(p) != replace)
        mig_mysql_since_from(p, 80013, MIG_MYSQL_NEVER, "REPLACE and RETAIN of a password",
                             replace);
}

/* MariaDB: USING PASSWORD('literal'), whose value is one, too. */
static void
read_using(MigParser *p, GArray *options, size_t from)
{
    if (mig_parser_take(p, "password")) {
        mig_parser_expect_mark(p, "(");
        mig_parser_string(p);
        mig_parser_expect_mark(p, ")");
        mig_mysql_add_option(p, options, "identified by", "literal", from);
    } else {
        mig_parser_string(p);
        mig_mysql_add_option(p, options, "identified by", "hash", from);
    }
}

static void
read_plugin(MigParser *p, GArray *options, size_t from)
{
    mig_mysql_add_option(p, options, "identified with", mig_mysql_name_or_string(p), from);
    if (mig_parser_take(p, "by")) {
        read_password(p, options, from);
    } else if (mig_parser_take(p, "as") || mig_parser_take(p, "using")) {
        read_using(p, options, from);
        mig_parser_take_words(p, "retain current password");
    }
}

static bool
read_identified(MigParser *p, GArray *options)
{
    size_t from = mig_parser_mark(p);

    if (!mig_parser_take(p, "identified"))
        return false;
    if (mig_parser_take(p, "by")) {
        read_password(p, options, from);
        return true;
    }
    if (!mig_parser_take(p, "via"))
        mig_parser_expect(p, "with");
    do
        read_plugin(p, options, from);
    while (mig_mysql_is_mariadb(p) && mig_parser_take(p, "or"));
    return true;
}

bool
mig_mysql_identified(MigParser *p, GArray *options)
{
    size_t from = mig_parser_mark(p);

    if (!read_identified(p, options))
        return false;
    while (mig_parser_take_words(p, "initial authentication") ||
           (mig_parser_is(p, "and") && mig_parser_peek_is(p, "identified"))) {
        mig_parser_take(p, "and");
        if (!read_identified(p, options))
            mig_parser_expect(p, "identified");
        mig_mysql_since_from(p, 80027, MIG_MYSQL_NEVER, "several factors of an account", from);
    }
    return true;
}

/* REQUIRE NONE | SSL | X509 | CIPHER 'x' [AND] ISSUER 'x' [AND] SUBJECT 'x' */
static void
read_require(MigParser *p)
{
    static const char *const valued[] = {"cipher", "issuer", "subject", NULL};
    static const char *const plain[] = {"none", "ssl", "x509", NULL};

    if (mig_parser_is_any(p, plain)) {
        mig_parser_next(p);
        return;
    }
    do {
        mig_mysql_one_of(p, valued);
        mig_parser_string(p);
    } while (mig_parser_take(p, "and") || mig_parser_is_any(p, valued));
}

/* PASSWORD EXPIRE ..., ACCOUNT LOCK, FAILED_LOGIN_ATTEMPTS n, COMMENT, ATTRIBUTE. */
static bool
read_account_option(MigParser *p, GArray *options)
{
    static const char *const words[] = {"expire", "history", "reuse", "require", NULL};
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "account")) {
        static const char *const locks[] = {"lock", "unlock", NULL};
        mig_mysql_add_option(p, options, "account", mig_mysql_one_of(p, locks), from);
    } else if (mig_parser_take(p, "password")) {
        const char *word = mig_mysql_one_of(p, words);
        if (strcmp(word, "expire") != 0)
            mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "PASSWORD HISTORY and the like", from);
        static const char *const tail[] = {"default",  "never", "interval", "current",
                                           "optional", "day",   NULL};
        while (mig_parser_is_any(p, tail) || p->token.kind == MIG_TOKEN_NUMBER)
            mig_parser_next(p);
        mig_mysql_add_option(p, options, "password", word, from);
    } else if (mig_parser_is(p, "failed_login_attempts") ||
               mig_parser_is(p, "password_lock_time")) {
        const char *word = mig_mysql_word(p);
        mig_mysql_add_option(p, options, word, mig_parser_value(p), from);
        mig_mysql_since_from(p, 80019, MIG_MYSQL_NEVER, "FAILED_LOGIN_ATTEMPTS", from);
    } else if (mig_parser_is(p, "comment") || mig_parser_is(p, "attribute")) {
        const char *word = mig_mysql_word(p);
        mig_mysql_add_option(p, options, word, mig_parser_string(p), from);
        mig_mysql_since_from(p, 80021, MIG_MYSQL_NEVER, "COMMENT and ATTRIBUTE of a user", from);
    } else {
        return false;
    }
    return true;
}

void
mig_mysql_account_options(MigParser *p, GArray *options)
{
    static const char *const limits[] = {"max_queries_per_hour",     "max_updates_per_hour",
                                         "max_connections_per_hour", "max_user_connections",
                                         "max_statement_time",       NULL};

    if (mig_parser_take(p, "require"))
        read_require(p);
    if (mig_parser_is(p, "with") && !mig_parser_peek_is(p, "grant")) {
        mig_parser_next(p);
        do {
            size_t from = mig_parser_mark(p);
            const char *name = mig_mysql_one_of(p, limits);
            mig_mysql_add_option(p, options, name, mig_parser_value(p), from);
        } while (mig_parser_is_any(p, limits));
    }
    while (read_account_option(p, options) && !mig_parser_failed(p))
        ;
}

/* MySQL: DEFAULT ROLE a, b of a new user. */
static void
read_default_roles(MigParser *p)
{
    static const char *const words[] = {"none", "all", NULL};

    size_t from = mig_parser_mark(p);

    if (!mig_parser_take_words(p, "default role"))
        return;
    mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "DEFAULT ROLE of a user", from);
    if (mig_parser_is_any(p, words)) {
        mig_parser_next(p);
        return;
    }
    do
        mig_mysql_account(p);
    while (mig_parser_take_mark(p, ","));
}

/* user [IDENTIFIED ...], ..., and what is said of all of them. */
static void
read_users(MigParser *p, const MigChange *base, size_t from)
{
    size_t first = p->changes->len;
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

    do {
        MigChange change = *base;
        size_t name_from = mig_parser_mark(p);

        change.name.name = mig_mysql_account(p);
        change.name.span = mig_parser_span(p, name_from);
        mig_mysql_identified(p, options);
        /* MySQL: ALTER USER u DISCARD OLD PASSWORD, ADD 2 FACTOR ..., DROP 2 FACTOR. */
        static const char *const rare[] = {"discard", "add", "modify", "drop", NULL};
        if (mig_parser_is_any(p, rare)) {
            mig_mysql_since_from(p, 80014, MIG_MYSQL_NEVER, "DISCARD OLD PASSWORD and factors",
                                 name_from);
            while (!mig_mysql_at_statement_end(p) && !mig_parser_is_mark(p, ","))
                mig_parser_next(p);
        }
        mig_mysql_take_options(p, options, &change);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));

    read_default_roles(p);
    mig_mysql_account_options(p, options);
    if (options->len == 0)
        return;

    /* What is said once is said of each. */
    for (size_t i = first; i < p->changes->len; i++) {
        MigChange *change = &g_array_index(p->changes, MigChange, i);
        size_t n = change->n_options + options->len;
        MigOption *all = mig_arena_new0(p->arena, MigOption, n);

        if (change->n_options > 0)
            memcpy(all, change->options, change->n_options * sizeof *all);
        memcpy(all + change->n_options, options->data, options->len * sizeof *all);
        change->options = all;
        change->n_options = n;
    }
}

void
mig_mysql_create_user(MigParser *p, size_t from, bool or_replace)
{
    MigChange change = {.kind = MIG_CHANGE_CREATE_OBJECT,
                        .object_type = MIG_TYPE_OF_ROLE,
                        .text = "user",
                        .or_replace = or_replace};

    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    read_users(p, &change, from);
}

void
mig_mysql_create_role(MigParser *p, size_t from, bool or_replace)
{
    MigChange change = {.kind = MIG_CHANGE_CREATE_OBJECT,
                        .object_type = MIG_TYPE_OF_ROLE,
                        .text = "role",
                        .or_replace = or_replace};

    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    mig_mysql_since_from(p, 80000, 100005, "roles", from);
    do {
        change.name.name = mig_mysql_account(p);
        if (mig_mysql_is_mariadb(p) && mig_parser_take_words(p, "with admin"))
            mig_mysql_account(p);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));
}

void
mig_mysql_alter_user(MigParser *p, size_t from)
{
    MigChange change = {
        .kind = MIG_CHANGE_ALTER_OBJECT, .object_type = MIG_TYPE_OF_ROLE, .text = "user"};

    change.if_exists = mig_mysql_take_if_exists(p);
    /* USER() is the current one. */
    if (mig_parser_is(p, "user") && mig_parser_peek_mark(p, "(")) {
        mig_mysql_since_from(p, 0, MIG_MYSQL_NEVER, "ALTER USER USER()", from);
        g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

        mig_parser_next(p);
        mig_parser_skip_parens(p);
        change.name.name = "current_user";
        if (!mig_mysql_identified(p, options))
            mig_mysql_skip_statement(p);
        mig_mysql_take_options(p, options, &change);
        mig_mysql_push(p, &change, from);
        return;
    }
    read_users(p, &change, from);
}

void
mig_mysql_drop_accounts(MigParser *p, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_DROP_OBJECT, .object_type = MIG_TYPE_OF_ROLE};

    change.text = mig_mysql_word(p);
    change.if_exists = mig_mysql_take_if_exists(p);
    do {
        change.name.name = mig_mysql_account(p);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));
}

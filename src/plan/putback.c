/* SPDX-License-Identifier: MIT */
/* What a script puts back of the session behind a migration, as `up` does. */
#include "plan/putback.h"

#include "sql/words.h"

/* MySQL has no RESET, and DEFAULT is the server's value, which the client's may not be. */
static const char *const variables[] = {
    "autocommit",
    "sql_mode",
    "foreign_key_checks",
    "unique_checks",
    "sql_safe_updates",
    "group_concat_max_len",
    "time_zone",
    "default_storage_engine",
    "character_set_client",
    "character_set_results",
    "character_set_connection",
    "collation_connection",
};

/* SQLite can't keep a value; these are what a connection has unless it was built otherwise, which
 * is also what `up` begins with. Manual: SQLite, "PRAGMA Statements". */
static const struct {
    const char *pragma;
    const char *value;
} pragmas[] = {
    {"foreign_keys", "OFF"},        {"legacy_alter_table", "OFF"},
    {"recursive_triggers", "OFF"},  {"ignore_check_constraints", "OFF"},
    {"case_sensitive_like", "OFF"}, {"query_only", "OFF"},
};

typedef struct {
    bool settings;
    bool role;
    bool pragmas[G_N_ELEMENTS(pragmas)];
} Left;

/* Whether this and what follows are in SET LOCAL and the like, which end with the transaction. */
static bool
is_bound(const MigWords *words)
{
    static const char *const bound[] = {"local", "constraints", "transaction", NULL};

    return mig_words_is_any(words, bound);
}

static void
look_at_postgres(MigWords *words, Left *left)
{
    static const char *const roles[] = {"role", "authorization", NULL};

    if (mig_words_take(words, "set") || mig_words_take(words, "reset")) {
        if (is_bound(words))
            return;
        mig_words_take(words, "session");
        if (mig_words_is_any(words, roles))
            left->role = true;
        else
            left->settings = true;
    } else if (mig_words_is(words, "select")) {
        left->settings = left->settings || mig_words_find(words, "set_config");
    }
}

static void
look_at_mysql(MigWords *words, Left *left)
{
    static const char *const lasting[] = {"global",  "persist", "persist_only", "password",
                                          "default", "role",    "resource",     NULL};

    if (mig_words_take(words, "set") && !mig_words_is_any(words, lasting))
        left->settings = true;
}

static void
look_at_sqlite(MigWords *words, Left *left)
{
    if (!mig_words_take(words, "pragma"))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(pragmas); i++) {
        if (mig_words_is(words, pragmas[i].pragma))
            left->pragmas[i] = true;
    }
}

static void
append_mysql(GString *out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++)
        g_string_append_printf(out, "%s %s = @migrate_%s", i == 0 ? "SET" : ",", variables[i],
                               variables[i]);
    g_string_append(out, ";\n");
}

bool
mig_putback_append(GString *out, const MigScript *script, MigEngine engine)
{
    Left left = {.settings = false};
    size_t before = out->len;
    bool mysql = (engine & MIG_ENGINE_MYSQL_FAMILY) != 0;

    for (guint i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        MigWords words;

        mig_words_init(&words, script->text + statement->offset, statement->length, engine);
        if (mysql)
            look_at_mysql(&words, &left);
        else if (engine == MIG_ENGINE_POSTGRES)
            look_at_postgres(&words, &left);
        else
            look_at_sqlite(&words, &left);
    }
    if (left.settings && mysql)
        append_mysql(out);
    else if (left.settings)
        g_string_append(out, "RESET ALL;\n");
    if (left.role)
        g_string_append(out, "RESET SESSION AUTHORIZATION;\nRESET ROLE;\n");
    for (size_t i = 0; i < G_N_ELEMENTS(pragmas); i++) {
        if (left.pragmas[i])
            g_string_append_printf(out, "PRAGMA %s = %s;\n", pragmas[i].pragma, pragmas[i].value);
    }
    return out->len > before;
}

void
mig_putback_append_saves(GString *out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++)
        g_string_append_printf(out, "%s @migrate_%s = @@%s", i == 0 ? "SET" : ",", variables[i],
                               variables[i]);
    g_string_append(out, ";\n");
}

/* SPDX-License-Identifier: MIT */
/* Databases, sequences, servers, tablespaces and the like: CREATE and ALTER. */
#include <string.h>

#include "sql/parse_mysql.h"

static bool
read_database_option(MigParser *p, GArray *options)
{
    size_t from = mig_parser_mark(p);
    MigParser before = *p;

    if (mig_mysql_take_charset_words(p)) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "character set", mig_mysql_name_or_string(p), from);
        return true;
    }
    mig_parser_take(p, "default");
    if (mig_parser_take(p, "collate")) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "collate", mig_mysql_name_or_string(p), from);
    } else if (mig_parser_take(p, "encryption")) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "encryption", mig_parser_string(p), from);
        mig_mysql_since_from(p, 80016, MIG_MYSQL_NEVER, "ENCRYPTION of a database", from);
    } else if (mig_parser_take(p, "comment")) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "comment", mig_parser_string(p), from);
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100500, "COMMENT of a database", from);
    } else if (mig_parser_take_words(p, "read only")) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "read only", mig_parser_value(p), from);
        mig_mysql_since_from(p, 80022, MIG_MYSQL_NEVER, "READ ONLY of a database", from);
    } else {
        if (!p->failed)
            *p = before;
        return false;
    }
    return true;
}

static void
read_database(MigParser *p, MigChange *change, size_t from)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

    change->object_type = MIG_TYPE_OF_DATABASE;
    if (change->kind == MIG_CHANGE_CREATE_OBJECT)
        change->if_not_exists = mig_mysql_take_if_not_exists(p);
    /* ALTER DATABASE without a name is the current one. */
    static const char *const first[] = {"default", "character", "charset", "collate", NULL};
    size_t name_from = mig_parser_mark(p);
    MigToken next;
    bool comment =
        mig_parser_is(p, "comment") && mig_parser_peek(p, &next) && next.kind == MIG_TOKEN_STRING;
    bool named =
        change->kind == MIG_CHANGE_CREATE_OBJECT || (!mig_parser_is_any(p, first) && !comment);
    if (named && !mig_parser_is(p, "read") && !mig_parser_peek_mark(p, "=")) {
        change->name.name = mig_parser_identifier(p, &change->name.quoted);
        change->name.span = mig_parser_span(p, name_from);
    }
    if (mig_parser_take_words(p, "upgrade data directory name"))
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 0, "UPGRADE DATA DIRECTORY NAME", name_from);
    while (read_database_option(p, options) && !mig_parser_failed(p))
        ;
    mig_mysql_take_options(p, options, change);
    mig_mysql_push(p, change, from);
}

static bool
read_sequence_option(MigParser *p, GArray *options)
{
    static const char *const numbers[] = {"increment", "minvalue", "maxvalue", "start",
                                          "cache",     "restart",  NULL};
    static const char *const flags[] = {"no minvalue", "nominvalue", "no maxvalue", "nomaxvalue",
                                        "no cache",    "nocache",    "no cycle",    "nocycle",
                                        "cycle",       NULL};
    size_t from = mig_parser_mark(p);

    for (size_t i = 0; flags[i] != NULL; i++) {
        if (mig_parser_take_words(p, flags[i])) {
            mig_mysql_add_option(p, options, flags[i], NULL, from);
            return true;
        }
    }
    if (!mig_parser_is_any(p, numbers))
        return mig_mysql_table_option(p, options);
    const char *name = mig_mysql_word(p);
    if (!mig_parser_take(p, "by") && !mig_parser_take(p, "with"))
        mig_mysql_take_equals(p);
    /* RESTART alone begins again from the start. */
    const char *value = NULL;
    if (strcmp(name, "restart") != 0 || p->token.kind == MIG_TOKEN_NUMBER ||
        mig_parser_is_mark(p, "-"))
        value = mig_parser_value(p);
    mig_mysql_add_option(p, options, name, value, from);
    return true;
}

static void
read_sequence(MigParser *p, MigChange *change, size_t from)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

    change->object_type = MIG_TYPE_OF_SEQUENCE;
    if (change->kind == MIG_CHANGE_CREATE_OBJECT)
        change->if_not_exists = mig_mysql_take_if_not_exists(p);
    else
        change->if_exists = mig_mysql_take_if_exists(p);
    change->name = mig_parser_name(p);
    mig_mysql_wait(p);
    if (mig_parser_take(p, "as"))
        mig_parse_mysql_type(p);
    while (read_sequence_option(p, options) && !mig_parser_failed(p))
        ;
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "sequences", from);
    mig_mysql_take_options(p, options, change);
    mig_mysql_push(p, change, from);
}

/* OPTIONS (HOST 'a', PASSWORD 'b', ...): a password's value is nobody's business. */
static void
read_server_options(MigParser *p, GArray *options)
{
    mig_parser_expect(p, "options");
    mig_parser_expect_mark(p, "(");
    do {
        size_t from = mig_parser_mark(p);
        const char *name = mig_mysql_word(p);
        const char *value = mig_parser_value(p);

        mig_mysql_add_option(p, options, name, strcmp(name, "password") == 0 ? "literal" : value,
                             from);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
}

static void
read_server(MigParser *p, MigChange *change, size_t from)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));

    change->object_type = MIG_TYPE_OF_SERVER;
    if (change->kind == MIG_CHANGE_CREATE_OBJECT)
        change->if_not_exists = mig_mysql_take_maria_if_not_exists(p, "servers");
    change->name.name = mig_mysql_name_or_string(p);
    if (change->kind == MIG_CHANGE_CREATE_OBJECT) {
        mig_parser_expect(p, "foreign");
        mig_parser_expect(p, "data");
        mig_parser_expect(p, "wrapper");
        change->text = mig_mysql_name_or_string(p);
    }
    read_server_options(p, options);
    mig_mysql_take_options(p, options, change);
    mig_mysql_push(p, change, from);
}

/* What MySQL alone has, and migrations hardly ever: its name is all that is kept. */
static bool
read_rare(MigParser *p, MigChange *change, size_t from)
{
    static const struct {
        const char *words;
        MigObjectType type;
        int mysql;
    } rare[] = {
        {"undo tablespace", MIG_TYPE_OF_TABLESPACE, 80014},
        {"tablespace", MIG_TYPE_OF_TABLESPACE, 0},
        {"logfile group", MIG_TYPE_OF_TABLESPACE, 0},
        {"resource group", MIG_TYPE_OF_OTHER, 80003},
        {"spatial reference system", MIG_TYPE_OF_OTHER, 80002},
        {"instance", MIG_TYPE_OF_OTHER, 50711},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rare); i++) {
        if (!mig_parser_take_words(p, rare[i].words))
            continue;
        change->object_type = rare[i].type;
        change->text = rare[i].words;
        g_autofree char *what = g_ascii_strup(rare[i].words, -1);
        mig_mysql_since_from(p, rare[i].mysql, MIG_MYSQL_NEVER, what, from);
        change->if_not_exists = mig_mysql_take_if_not_exists(p);
        if (strcmp(rare[i].words, "instance") != 0)
            change->name.name = mig_parser_value(p);
        mig_mysql_skip_statement(p);
        mig_mysql_push(p, change, from);
        return true;
    }
    return false;
}

static bool
read_object(MigParser *p, MigChange *change, size_t from)
{
    if (mig_parser_take(p, "database") || mig_parser_take(p, "schema"))
        read_database(p, change, from);
    else if (mig_parser_take(p, "sequence"))
        read_sequence(p, change, from);
    else if (mig_parser_take(p, "server"))
        read_server(p, change, from);
    else
        return read_rare(p, change, from);
    return true;
}

bool
mig_mysql_create_object(MigParser *p, size_t from, bool or_replace, bool temporary)
{
    MigChange change = {
        .kind = MIG_CHANGE_CREATE_OBJECT, .or_replace = or_replace, .temporary = temporary};

    return read_object(p, &change, from);
}

bool
mig_mysql_alter_object(MigParser *p, size_t from)
{
    MigChange change = {.kind = MIG_CHANGE_ALTER_OBJECT};

    return read_object(p, &change, from);
}

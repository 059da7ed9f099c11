/* SPDX-License-Identifier: MIT */
/* DROP of everything but parts of tables. */
#include <string.h>

#include "sql/parse_mysql.h"

static void
drop_views(MigParser *p, size_t from)
{
    size_t first = p->changes->len;
    bool if_exists = mig_mysql_take_if_exists(p);

    do {
        MigChange change = {.kind = MIG_CHANGE_DROP_VIEW, .if_exists = if_exists};
        change.table = mig_parser_name(p);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));

    bool cascade = mig_parser_take(p, "cascade");
    bool restricted = !cascade && mig_parser_take(p, "restrict");
    for (size_t i = first; i < p->changes->len; i++) {
        g_array_index(p->changes, MigChange, i).cascade = cascade;
        g_array_index(p->changes, MigChange, i).restrict_said = restricted;
    }
}

static void
drop_sequences(MigParser *p, size_t from, bool temporary)
{
    bool if_exists = mig_mysql_take_if_exists(p);

    do {
        MigChange change = {.kind = MIG_CHANGE_DROP_OBJECT,
                            .object_type = MIG_TYPE_OF_SEQUENCE,
                            .temporary = temporary,
                            .if_exists = if_exists};
        change.name = mig_parser_name(p);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "sequences", from);
}

/* What MySQL alone has, with options behind the name that nothing depends on. */
static bool
drop_rare(MigParser *p, size_t from)
{
    static const struct {
        const char *words;
        MigObjectType type;
    } rare[] = {
        {"undo tablespace", MIG_TYPE_OF_TABLESPACE},     {"tablespace", MIG_TYPE_OF_TABLESPACE},
        {"logfile group", MIG_TYPE_OF_TABLESPACE},       {"resource group", MIG_TYPE_OF_OTHER},
        {"spatial reference system", MIG_TYPE_OF_OTHER},
    };
    MigChange change = {.kind = MIG_CHANGE_DROP_OBJECT};

    for (size_t i = 0; i < G_N_ELEMENTS(rare); i++) {
        if (!mig_parser_take_words(p, rare[i].words))
            continue;
        g_autofree char *what = g_ascii_strup(rare[i].words, -1);
        mig_mysql_since_from(p, 0, MIG_MYSQL_NEVER, what, from);
        change.object_type = rare[i].type;
        change.text = rare[i].words;
        change.if_exists = mig_mysql_take_if_exists(p);
        change.name.name = mig_parser_value(p);
        mig_mysql_skip_statement(p);
        mig_mysql_push(p, &change, from);
        return true;
    }
    return false;
}

/* What has [IF EXISTS] and one name. */
static bool
drop_named(MigParser *p, size_t from)
{
    static const struct {
        const char *words;
        MigChangeKind kind;
        MigObjectType type;
    } named[] = {
        {"trigger", MIG_CHANGE_DROP_TRIGGER, MIG_TYPE_OF_TRIGGER},
        {"procedure", MIG_CHANGE_DROP_ROUTINE, MIG_TYPE_OF_PROCEDURE},
        {"function", MIG_CHANGE_DROP_ROUTINE, MIG_TYPE_OF_FUNCTION},
        {"event", MIG_CHANGE_DROP_OBJECT, MIG_TYPE_OF_EVENT},
        {"database", MIG_CHANGE_DROP_OBJECT, MIG_TYPE_OF_DATABASE},
        {"schema", MIG_CHANGE_DROP_OBJECT, MIG_TYPE_OF_DATABASE},
        {"package body", MIG_CHANGE_DROP_OBJECT, MIG_TYPE_OF_OTHER},
        {"package", MIG_CHANGE_DROP_OBJECT, MIG_TYPE_OF_OTHER},
        {"server", MIG_CHANGE_DROP_OBJECT, MIG_TYPE_OF_SERVER},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
        if (!mig_parser_take_words(p, named[i].words))
            continue;

        MigChange change = {.kind = named[i].kind, .object_type = named[i].type};
        change.if_exists = mig_mysql_take_if_exists(p);
        if (named[i].type == MIG_TYPE_OF_SERVER)
            change.name.name = mig_mysql_name_or_string(p);
        else
            change.name = mig_parser_name(p);
        if (named[i].type == MIG_TYPE_OF_OTHER) {
            change.text = named[i].words;
            mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100305, "packages", from);
        }
        mig_mysql_push(p, &change, from);
        return true;
    }
    return false;
}

void
mig_mysql_drop(MigParser *p, size_t from)
{
    bool temporary = mig_parser_take(p, "temporary");

    if (mig_parser_take(p, "table") || mig_parser_take(p, "tables"))
        mig_mysql_drop_tables(p, from, temporary);
    else if (mig_parser_take(p, "sequence"))
        drop_sequences(p, from, temporary);
    else if (temporary)
        mig_parser_fail(p, "expected TABLE");
    else if (mig_parser_take(p, "view"))
        drop_views(p, from);
    else if (mig_parser_take(p, "index"))
        mig_mysql_drop_index(p, from);
    else if (mig_parser_is(p, "user") || mig_parser_is(p, "role"))
        mig_mysql_drop_accounts(p, from);
    else if (mig_parser_take(p, "prepare")) {
        mig_parser_identifier(p, NULL);
        mig_mysql_unknown(p, "deallocate prepare", from);
    } else if (!drop_named(p, from) && !drop_rare(p, from))
        mig_parser_fail(p, "expected what to drop, such as TABLE, VIEW or INDEX");
}

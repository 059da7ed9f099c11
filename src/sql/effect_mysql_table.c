/* SPDX-License-Identifier: MIT */
/* MySQL and MariaDB: what the actions of ALTER TABLE leave. */
#include <string.h>

#include "sql/effect_words.h"

/* Before these, a CHECK was read and forgotten. MySQL 8.0.16 and MariaDB 10.2.1 release notes. */
#define MYSQL_CHECKS 80016
#define MARIADB_CHECKS 100201

#define PRIMARY "PRIMARY" /* what every primary key's index is called */

/* Options of a table, which may be set again; ALGORITHM and LOCK only say how it is done. */
static const char *const options[] = {"algorithm",
                                      "auto_increment",
                                      "autoextend_size",
                                      "avg_row_length",
                                      "character",
                                      "charset",
                                      "checksum",
                                      "collate",
                                      "comment",
                                      "compression",
                                      "connection",
                                      "data",
                                      "default",
                                      "delay_key_write",
                                      "disable",
                                      "enable",
                                      "encrypted",
                                      "encryption",
                                      "encryption_key_id",
                                      "engine",
                                      "engine_attribute",
                                      "force",
                                      "index",
                                      "insert_method",
                                      "key_block_size",
                                      "lock",
                                      "max_rows",
                                      "min_rows",
                                      "pack_keys",
                                      "page_checksum",
                                      "page_compressed",
                                      "page_compression_level",
                                      "password",
                                      "row_format",
                                      "secondary_engine",
                                      "secondary_engine_attribute",
                                      "stats_auto_recalc",
                                      "stats_persistent",
                                      "stats_sample_pages",
                                      "table_checksum",
                                      "tablespace",
                                      "transactional",
                                      "union",
                                      "with",
                                      "without",
                                      NULL};

/* These stand alone in a statement. */
static const char *const hidden_actions[] = {"truncate",  "coalesce", "reorganize",
                                             "exchange",  "discard",  "import",
                                             "partition", "remove",   NULL};
static const char *const partition_upkeep[] = {"analyze", "check",  "optimize",
                                               "rebuild", "repair", NULL};

typedef struct {
    EffectName table;   /* (borrowed) */
    EffectName renamed; /* (owned) its name afterwards */
} Subject;

/* To the end of an action; the last one may be followed by how the table is to be partitioned. */
static bool
skip_action(EffectReader *r)
{
    size_t depth = r->words.parens;

    /* The end of ADD (...). */
    if (mig_words_is_mark(&r->words, ')'))
        return true;
    while (!mig_effect_at_end(r)) {
        if (r->words.parens < depth ||
            (mig_words_is_mark(&r->words, ',') && r->words.parens == depth))
            return true;
        if (r->words.parens == depth &&
            (mig_effect_take(r, "partition") || mig_effect_take_two(r, "remove", "partitioning"))) {
            r->hidden = true;
            mig_effect_skip_all(r);
            return true;
        }
        mig_words_next(&r->words);
    }
    return true;
}

static bool
skip_hidden(EffectReader *r)
{
    r->hidden = true;
    return skip_action(r);
}

static bool
same_name(const char *a, const char *b)
{
    return g_ascii_strcasecmp(a, b) == 0;
}

/* An index with its columns, from behind the words that say that it is one. */
static bool
read_key(EffectReader *r, const Subject *s, const char *symbol, bool unique, bool if_exists)
{
    g_autofree char *own = NULL;

    if_exists = mig_effect_take_if(r) || if_exists;
    if (!mig_words_is_mark(&r->words, '(') && !mig_effect_is(r, "using") &&
        !mig_effect_take_identifier(r, &own))
        return false;
    const char *name =
        own != NULL && !same_name(symbol != NULL ? symbol : "", PRIMARY) ? own : symbol;
    if (mig_effect_take(r, "using") || mig_effect_take(r, "type"))
        mig_words_next(&r->words);
    if (name == NULL)
        return skip_hidden(r);
    if (!if_exists) {
        MigEffect *effect = mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_INDEX, s->table.schema,
                                            s->table.name, name);
        effect->columns = mig_effect_take_columns(r);
        effect->unique = unique;
    }
    return skip_action(r);
}

static bool
read_constraint(EffectReader *r, const Subject *s, const char *symbol, bool if_exists)
{
    /* What the server makes up isn't known. */
    if (symbol == NULL)
        return skip_hidden(r);
    if (!if_exists)
        mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_CONSTRAINT, s->table.schema, s->table.name,
                        symbol);
    return skip_action(r);
}

static bool
forgets_checks(const EffectReader *r)
{
    return r->version != 0 &&
           r->version < (r->engine == MIG_ENGINE_MYSQL ? MYSQL_CHECKS : MARIADB_CHECKS);
}

/* Keys and constraints. Returns: false with @out_other if it is neither */
static bool
read_add_key(EffectReader *r, const Subject *s, bool *out_other)
{
    static const char *const constraints[] = {"primary", "unique", "foreign", "check", NULL};
    static const char *const keys[] = {"index", "key", NULL};
    static const char *const sorts[] = {"fulltext", "spatial", NULL};
    g_autofree char *symbol = NULL;
    bool if_exists = false;

    *out_other = false;
    if (mig_effect_take(r, "constraint")) {
        if_exists = mig_effect_take_if(r);
        if (!mig_words_is_any(&r->words, constraints) && !mig_effect_take_identifier(r, &symbol))
            return false;
        if (!mig_words_is_any(&r->words, constraints))
            return false;
    }
    if (mig_effect_take_two(r, "primary", "key"))
        return read_key(r, s, PRIMARY, true, if_exists);
    if (mig_effect_take(r, "unique")) {
        mig_effect_take_any(r, keys);
        return read_key(r, s, symbol, true, if_exists);
    }
    if (mig_effect_take_two(r, "foreign", "key"))
        return read_constraint(r, s, symbol, mig_effect_take_if(r) || if_exists);
    if (mig_effect_take(r, "check"))
        return forgets_checks(r) ? skip_action(r) : read_constraint(r, s, symbol, if_exists);
    bool sorted = mig_effect_take_any(r, sorts);
    if (mig_effect_take_any(r, keys) || sorted || mig_effect_take_two(r, "vector", "index"))
        return read_key(r, s, NULL, false, false);
    *out_other = true;
    return false;
}

static bool
read_add_column(EffectReader *r, const Subject *s)
{
    g_autofree char *name = NULL;
    bool if_exists = mig_effect_take_if(r);

    if (!mig_effect_take_identifier(r, &name))
        return false;
    if (!if_exists) {
        MigEffect *effect = mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_COLUMN, s->table.schema,
                                            s->table.name, name);
        effect->type = mig_effect_take_type(r);
        if (effect->type == NULL)
            return false;
    }
    return skip_action(r);
}

static bool
read_add_one(EffectReader *r, const Subject *s)
{
    bool other = false;

    if (read_add_key(r, s, &other))
        return true;
    return other && read_add_column(r, s);
}

static bool
read_add(EffectReader *r, const Subject *s)
{
    if (mig_effect_take(r, "partition"))
        return skip_hidden(r);
    if (mig_effect_take_two(r, "system", "versioning") || mig_effect_take_two(r, "period", "for"))
        return skip_hidden(r);
    bool column = mig_effect_take(r, "column");
    /* MariaDB: ADD COLUMN IF NOT EXISTS (...). */
    MigWords words = r->words;
    bool if_exists = column && mig_effect_take_if(r);
    if (!mig_words_is_mark(&r->words, '(')) {
        r->words = words;
        return column ? read_add_column(r, s) : read_add_one(r, s);
    }
    if (if_exists) {
        mig_words_take_parens(&r->words);
        return skip_action(r);
    }
    mig_words_next(&r->words);
    do {
        if (!read_add_one(r, s))
            return false;
    } while (mig_effect_take_mark(r, ','));
    return mig_effect_take_mark(r, ')') && skip_action(r);
}

static bool
read_drop(EffectReader *r, const Subject *s)
{
    static const char *const keys[] = {"index", "key", NULL};
    static const char *const constraints[] = {"constraint", "check", NULL};
    MigObjectKind object = MIG_OBJECT_COLUMN;
    g_autofree char *name = NULL;

    if (mig_effect_take_two(r, "primary", "key")) {
        mig_effect_mark(r, MIG_EFFECT_GONE, MIG_OBJECT_INDEX, s->table.schema, s->table.name,
                        PRIMARY);
        return skip_action(r);
    }
    if (mig_effect_take(r, "partition")) {
        r->hidden = true;
        mig_effect_skip_all(r);
        return true;
    }
    if (mig_effect_take_two(r, "system", "versioning") || mig_effect_take_two(r, "period", "for"))
        return skip_hidden(r);
    if (mig_effect_take_two(r, "foreign", "key") || mig_effect_take_any(r, constraints))
        object = MIG_OBJECT_CONSTRAINT;
    else if (mig_effect_take_any(r, keys))
        object = MIG_OBJECT_INDEX;
    else
        mig_effect_take(r, "column");

    bool if_exists = mig_effect_take_if(r);
    if (!mig_effect_take_identifier(r, &name))
        return false;
    if (!if_exists)
        mig_effect_mark(r, MIG_EFFECT_GONE, object, s->table.schema, s->table.name, name);
    return skip_action(r);
}

/* Defining a column as it is defined already changes nothing, but a key would be added again. */
static bool
skip_definition(EffectReader *r)
{
    static const char *const keys[] = {"primary", "unique", "key", NULL};
    EffectReader at = *r;
    size_t depth = at.words.parens;

    while (!mig_effect_at_end(&at) &&
           !(mig_words_is_mark(&at.words, ',') && at.words.parens == depth)) {
        if (mig_words_is_any(&at.words, keys))
            r->hidden = true;
        mig_words_next(&at.words);
    }
    return skip_action(r);
}

static bool
read_modify(EffectReader *r)
{
    g_autofree char *name = NULL;

    mig_effect_take(r, "column");
    mig_effect_take_if(r);
    return mig_effect_take_identifier(r, &name) && skip_definition(r);
}

static bool
read_change(EffectReader *r, const Subject *s)
{
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;

    mig_effect_take(r, "column");
    bool if_exists = mig_effect_take_if(r);
    if (!mig_effect_take_identifier(r, &from) || !mig_effect_take_identifier(r, &to))
        return false;
    if (same_name(from, to))
        return skip_definition(r);
    if (if_exists)
        return skip_action(r);
    mig_effect_mark_rename(r, MIG_OBJECT_COLUMN, s->table.schema, s->table.name, from, to);
    return skip_action(r);
}

static bool
read_rename(EffectReader *r, Subject *s)
{
    static const char *const keys[] = {"index", "key", NULL};
    static const char *const to_words[] = {"to", "as", NULL};
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;
    bool column = mig_effect_take(r, "column");

    if (!column && !mig_effect_take_any(r, keys)) {
        if (!mig_effect_take_any(r, to_words))
            mig_effect_take_mark(r, '=');
        mig_effect_name_clear(&s->renamed);
        return mig_effect_take_name(r, &s->renamed) && skip_action(r);
    }
    bool if_exists = mig_effect_take_if(r);
    if (!mig_effect_take_identifier(r, &from) || !mig_effect_take(r, "to") ||
        !mig_effect_take_identifier(r, &to))
        return false;
    if (!if_exists && !same_name(from, to))
        mig_effect_mark_rename(r, column ? MIG_OBJECT_COLUMN : MIG_OBJECT_INDEX, s->table.schema,
                               s->table.name, from, to);
    return skip_action(r);
}

static bool
read_action(EffectReader *r, Subject *s)
{
    if (mig_effect_take(r, "add"))
        return read_add(r, s);
    if (mig_effect_take(r, "drop"))
        return read_drop(r, s);
    if (mig_effect_take(r, "modify"))
        return read_modify(r);
    if (mig_effect_take(r, "change"))
        return read_change(r, s);
    if (mig_effect_take(r, "rename"))
        return read_rename(r, s);
    if (mig_effect_is(r, "alter") || mig_effect_take_two(r, "convert", "to"))
        return skip_action(r);
    /* Its list goes on behind a comma, as the list of actions does. */
    if (mig_effect_take_two(r, "order", "by"))
        return skip_action(r) && mig_effect_at_end(r);
    if (mig_words_is_any(&r->words, hidden_actions) || mig_effect_is(r, "convert")) {
        r->hidden = true;
        mig_effect_skip_all(r);
        return true;
    }
    if (mig_effect_take_any(r, partition_upkeep)) {
        mig_effect_skip_all(r);
        return true;
    }
    return mig_words_is_any(&r->words, options) && skip_action(r);
}

bool
mig_effect_read_mysql_table(EffectReader *r)
{
    g_auto(EffectName) table = {NULL, NULL};

    mig_effect_take_if(r);
    if (!mig_effect_take_name(r, &table))
        return false;
    if (mig_effect_take(r, "wait"))
        mig_words_next(&r->words);
    mig_effect_take(r, "nowait");

    Subject subject = {table, {NULL, NULL}};
    bool understood = mig_effect_at_end(r) || read_action(r, &subject);
    while (understood && mig_effect_take_mark(r, ','))
        understood = read_action(r, &subject);
    if (understood && subject.renamed.name != NULL) {
        /* Under its new name the table is only there afterwards, with all that it has. */
        mig_effect_unmark(r);
        mig_effect_mark_move(r, MIG_OBJECT_TABLE, &table, &subject.renamed);
    }
    mig_effect_name_clear(&subject.renamed);
    return understood && mig_effect_at_end(r);
}

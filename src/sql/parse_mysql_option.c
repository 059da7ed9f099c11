/* SPDX-License-Identifier: MIT */
/* A table's options, under one name each. */
#include <string.h>

#include "sql/parse_mysql.h"

typedef enum {
    VALUE_WORD, /* a word, a name, a number or a string */
    VALUE_STRING,
    VALUE_NUMBER,
    VALUE_SIZE,    /* a number, or one with K, M or G */
    VALUE_DEFAULT, /* a number or DEFAULT */
    VALUE_TABLES,  /* (a, b) */
    VALUE_ROW_FORMAT,
} ValueShape;

typedef struct {
    const char *word;
    ValueShape shape;
    int mysql; /* since which version; see mig_mysql_since() */
    int mariadb;
} OptionWord;

/* MySQL 8.4, "CREATE TABLE Statement", Table Options; MariaDB, "CREATE TABLE", Table Options. */
static const OptionWord option_words[] = {
    {"engine", VALUE_WORD, 0, 0},
    {"type", VALUE_WORD, MIG_MYSQL_NEVER, 0},
    {"auto_increment", VALUE_NUMBER, 0, 0},
    {"autoextend_size", VALUE_SIZE, 80023, MIG_MYSQL_NEVER},
    {"avg_row_length", VALUE_NUMBER, 0, 0},
    {"checksum", VALUE_NUMBER, 0, 0},
    {"table_checksum", VALUE_NUMBER, 0, 0},
    {"page_checksum", VALUE_NUMBER, MIG_MYSQL_NEVER, 0},
    {"comment", VALUE_STRING, 0, 0},
    {"compression", VALUE_STRING, 50708, 0},
    {"connection", VALUE_STRING, 0, 0},
    {"delay_key_write", VALUE_NUMBER, 0, 0},
    {"encryption", VALUE_STRING, 50711, 0},
    {"engine_attribute", VALUE_STRING, 80021, 0},
    {"secondary_engine_attribute", VALUE_STRING, 80021, 0},
    {"secondary_engine", VALUE_WORD, 80013, 0},
    {"ietf_quotes", VALUE_WORD, MIG_MYSQL_NEVER, 0},
    {"insert_method", VALUE_WORD, 0, 0},
    {"key_block_size", VALUE_NUMBER, 0, 0},
    {"max_rows", VALUE_NUMBER, 0, 0},
    {"min_rows", VALUE_NUMBER, 0, 0},
    {"pack_keys", VALUE_DEFAULT, 0, 0},
    {"page_compressed", VALUE_NUMBER, MIG_MYSQL_NEVER, 0},
    {"page_compression_level", VALUE_NUMBER, MIG_MYSQL_NEVER, 0},
    {"password", VALUE_STRING, 0, 0},
    {"row_format", VALUE_ROW_FORMAT, 0, 0},
    {"sequence", VALUE_NUMBER, MIG_MYSQL_NEVER, 100300},
    {"stats_auto_recalc", VALUE_DEFAULT, 0, 0},
    {"stats_persistent", VALUE_DEFAULT, 0, 0},
    {"stats_sample_pages", VALUE_DEFAULT, 0, 0},
    {"transactional", VALUE_NUMBER, MIG_MYSQL_NEVER, 0},
    {"union", VALUE_TABLES, 0, 0},
};

static const char *
read_size(MigParser *p)
{
    /* 64M is a word to the lexer. */
    if (p->token.kind != MIG_TOKEN_NUMBER &&
        (p->token.kind != MIG_TOKEN_WORD || !g_ascii_isdigit(p->sql[p->token.offset])))
        mig_parser_fail(p, "expected a size");
    return mig_mysql_token_text(p);
}

static const char *
read_tables(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    mig_parser_expect_mark(p, "(");
    if (!mig_parser_is_mark(p, ")")) {
        do
            mig_parser_name(p);
        while (mig_parser_take_mark(p, ","));
    }
    mig_parser_expect_mark(p, ")");
    return mig_parser_text(p, mig_parser_span(p, from));
}

static const char *
read_value(MigParser *p, ValueShape shape)
{
    static const char *const row_formats[] = {"default",   "dynamic", "fixed", "compressed",
                                              "redundant", "compact", "page",  NULL};

    switch (shape) {
    case VALUE_WORD:
        if (p->token.kind == MIG_TOKEN_NUMBER)
            mig_parser_fail(p, "expected a word");
        return mig_parser_value(p);
    case VALUE_STRING:
        return mig_parser_string(p);
    case VALUE_DEFAULT:
        if (mig_parser_take(p, "default"))
            return "default";
        return mig_parser_value(p);
    case VALUE_NUMBER:
        /* MariaDB also has YES, NO, ON, OFF and DEFAULT for some. */
        if (p->token.kind != MIG_TOKEN_NUMBER &&
            (!mig_mysql_is_mariadb(p) || p->token.kind != MIG_TOKEN_WORD))
            mig_parser_fail(p, "expected a number");
        return mig_parser_value(p);
    case VALUE_SIZE:
        return read_size(p);
    case VALUE_TABLES:
        return read_tables(p);
    case VALUE_ROW_FORMAT:
        return mig_mysql_one_of(p, row_formats);
    }
    return NULL;
}

static bool
read_charset(MigParser *p, GArray *options)
{
    MigParser before = *p;
    size_t from = mig_parser_mark(p);

    if (mig_mysql_take_charset_words(p)) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "character set", mig_mysql_name_or_string(p), from);
        return true;
    }
    mig_parser_take(p, "default");
    if (mig_parser_take(p, "collate")) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "collate", mig_mysql_name_or_string(p), from);
        return true;
    }
    if (!p->failed)
        *p = before;
    return false;
}

/* DATA DIRECTORY and INDEX DIRECTORY, TABLESPACE, START TRANSACTION, WITH SYSTEM VERSIONING. */
static bool
read_words(MigParser *p, GArray *options)
{
    static const char *const storages[] = {"disk", "memory", NULL};
    size_t from = mig_parser_mark(p);

    if (mig_parser_take_words(p, "data directory") || mig_parser_take_words(p, "index directory")) {
        bool data = (p->sql[from] | 0x20) == 'd';
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, data ? "data directory" : "index directory",
                             mig_parser_string(p), from);
    } else if (mig_parser_is(p, "tablespace")) {
        mig_parser_next(p);
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "tablespace", mig_parser_identifier(p, NULL), from);
        if (mig_parser_take(p, "storage"))
            mig_mysql_add_option(p, options, "storage", mig_mysql_one_of(p, storages), from);
    } else if (mig_parser_is(p, "storage") && mig_parser_peek_is(p, "engine")) {
        mig_parser_next(p);
        mig_parser_next(p);
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "engine", mig_parser_value(p), from);
    } else if (mig_parser_take(p, "storage")) {
        mig_mysql_add_option(p, options, "storage", mig_mysql_one_of(p, storages), from);
    } else if (mig_parser_take_words(p, "start transaction")) {
        mig_mysql_add_option(p, options, "start transaction", NULL, from);
        mig_mysql_since_from(p, 80021, MIG_MYSQL_NEVER, "START TRANSACTION of a table", from);
    } else if (mig_parser_take_words(p, "with system versioning")) {
        mig_mysql_add_option(p, options, "system versioning", NULL, from);
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "SYSTEM VERSIONING", from);
    } else {
        return false;
    }
    return true;
}

/* MariaDB, "Engine-defined New Table/Field/Index Attributes": name = value. */
static bool
read_engine_defined(MigParser *p, GArray *options)
{
    size_t from = mig_parser_mark(p);

    if (!mig_mysql_is_mariadb(p) || !mig_parser_is_name(p) || !mig_parser_peek_mark(p, "="))
        return false;
    const char *name =
        p->token.kind == MIG_TOKEN_QUOTED ? mig_parser_identifier(p, NULL) : mig_mysql_word(p);
    mig_parser_expect_mark(p, "=");
    mig_mysql_add_option(p, options, name, mig_parser_value(p), from);
    return true;
}

bool
mig_mysql_at_table_option(const MigParser *p)
{
    if (mig_parser_is(p, "algorithm") || mig_parser_is(p, "lock"))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(option_words); i++) {
        if (mig_parser_is(p, option_words[i].word))
            return true;
    }
    return false;
}

bool
mig_mysql_table_option(MigParser *p, GArray *options)
{
    size_t from = mig_parser_mark(p);

    if (p->token.kind == MIG_TOKEN_WORD) {
        for (size_t i = 0; i < G_N_ELEMENTS(option_words); i++) {
            const OptionWord *option = &option_words[i];

            if (!mig_parser_is(p, option->word))
                continue;
            /* PAGE_COMPRESSED and the like stand for engines' own; TYPE may be a column's name. */
            mig_parser_next(p);
            mig_mysql_take_equals(p);
            const char *value = read_value(p, option->shape);
            const char *name = option->word;
            if (strcmp(name, "type") == 0)
                name = "engine";
            mig_mysql_add_option(p, options, name, value, from);
            g_autofree char *what = g_ascii_strup(option->word, -1);
            mig_mysql_since_from(p, option->mysql, option->mariadb, what, from);
            return true;
        }
    }
    return read_charset(p, options) || read_words(p, options) || read_engine_defined(p, options);
}

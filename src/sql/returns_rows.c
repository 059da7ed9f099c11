/* SPDX-License-Identifier: MIT */
/* Whether a statement is a query and nothing but. */
#include <migrate/statement.h>

#include "sql/words.h"

static const char *const writes[] = {"insert", "update", "delete", "merge", NULL};

/* SQLite's pragmas that take an argument and only read. */
static const char *const reading_pragmas[] = {
    "table_info",
    "table_xinfo",
    "table_list",
    "index_info",
    "index_xinfo",
    "index_list",
    "foreign_key_list",
    "foreign_key_check",
    "integrity_check",
    "quick_check",
    "collation_list",
    "database_list",
    "function_list",
    "module_list",
    "pragma_list",
    "compile_options",
    NULL,
};

/* And those that do something without one. */
static const char *const acting_pragmas[] = {"optimize", "wal_checkpoint", "incremental_vacuum",
                                             "shrink_memory", NULL};

static bool
is_mysql(const MigWords *words)
{
    return (words->lexer.engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
}

/* SELECT ... INTO makes a table, a file or a variable of what it finds. */
static bool
has_into(MigWords *words)
{
    return words->lexer.engine != MIG_ENGINE_SQLITE && mig_words_find(words, "into");
}

/* PostgreSQL lets a WITH query write: WITH gone AS (DELETE ... RETURNING *) SELECT ... */
static bool
has_writing_query(MigWords words)
{
    while (mig_words_next(&words)) {
        if (words.last.kind != MIG_TOKEN_OPERATOR || words.lexer.text[words.last.offset] != '(' ||
            !mig_words_is_any(&words, writes))
            continue;
        /* insert(...) is also a function. */
        mig_words_next(&words);
        if (!mig_words_is_mark(&words, '('))
            return true;
    }
    return false;
}

/* To the statement that follows WITH name AS (...), ... */
static void
skip_with(MigWords *words)
{
    static const char *const statements[] = {"select", "values",  "table", "insert", "update",
                                             "delete", "replace", "merge", NULL};
    size_t parens = words->parens;

    while (mig_words_next(words)) {
        if (words->parens <= parens && mig_words_is_any(words, statements))
            return;
        /* The query itself may stand in parentheses, directly behind those of the last name. */
        if (mig_words_is_mark(words, '(') && words->last.kind == MIG_TOKEN_OPERATOR &&
            words->lexer.text[words->last.offset] == ')' && words->parens <= parens)
            return;
    }
}

static bool
is_read_pragma(MigWords *words)
{
    MigWords name = *words;

    mig_words_next(words);
    if (mig_words_is_mark(words, '.')) {
        mig_words_next(words);
        name = *words;
        mig_words_next(words);
    }
    if (mig_words_is_mark(words, '='))
        return false;
    if (mig_words_is_mark(words, '('))
        return mig_words_is_any(&name, reading_pragmas);
    return !mig_words_is_any(&name, acting_pragmas);
}

/* EXPLAIN: to what is explained. Returns: whether that is executed, too */
static bool
skip_explain(MigWords *words)
{
    bool executed = false;

    if (mig_words_is_mark(words, '(')) {
        MigWords at = *words;
        mig_words_take_parens(words);
        while (mig_words_next(&at) && at.token.offset < words->token.offset) {
            static const char *const off[] = {"false", "off", NULL};
            if (!mig_words_take(&at, "analyze"))
                continue;
            executed = !mig_words_is_any(&at, off) && !(at.token.kind == MIG_TOKEN_NUMBER &&
                                                        at.lexer.text[at.token.offset] == '0');
        }
        return executed;
    }
    for (;;) {
        if (mig_words_take(words, "analyze") || mig_words_take(words, "analyse")) {
            executed = true;
        } else if (mig_words_take(words, "format")) {
            mig_words_next(words); /* = */
            mig_words_next(words);
        } else if (!mig_words_take(words, "verbose") && !mig_words_take(words, "extended") &&
                   !mig_words_take(words, "partitions")) {
            return executed;
        }
    }
}

bool
mig_statement_returns_rows(const char *sql, size_t length, MigEngine engine)
{
    MigWords words;
    mig_words_init(&words, sql, length, engine);

    for (;;) {
        while (mig_words_is_mark(&words, '('))
            mig_words_next(&words);

        if (mig_words_is(&words, "select"))
            return !has_into(&words);
        if (mig_words_is(&words, "values"))
            return true;
        if (mig_words_is(&words, "table"))
            return engine != MIG_ENGINE_SQLITE && !has_into(&words);
        if (mig_words_is(&words, "with")) {
            if (has_writing_query(words))
                return false;
            skip_with(&words);
        } else if (engine == MIG_ENGINE_SQLITE) {
            if (mig_words_take(&words, "pragma"))
                return is_read_pragma(&words);
            return mig_words_is(&words, "explain");
        } else if (mig_words_is(&words, "show")) {
            return true;
        } else if (is_mysql(&words) &&
                   (mig_words_is(&words, "describe") || mig_words_is(&words, "desc"))) {
            return true;
        } else if (mig_words_take(&words, "explain")) {
            if (!skip_explain(&words))
                return true;
        } else if (engine == MIG_ENGINE_MARIADB && mig_words_take(&words, "analyze")) {
            /* ANALYZE executes what it explains; ANALYZE TABLE writes statistics. */
            skip_explain(&words);
            if (mig_words_is(&words, "table"))
                return false;
        } else {
            return false;
        }
    }
}

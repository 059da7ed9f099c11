/* SPDX-License-Identifier: MIT */
/* Tables' upkeep, and statements for the server that change no schema. */
#include <string.h>

#include "sql/parse_mysql.h"

static void
take_no_binlog(MigParser *p)
{
    if (!mig_parser_take(p, "no_write_to_binlog"))
        mig_parser_take(p, "local");
}

/* UPDATE HISTOGRAM ON a, b WITH n BUCKETS; PERSISTENT FOR ALL | COLUMNS (a) INDEXES (b) */
static void
read_analyze_tail(MigParser *p, size_t first)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(const char *));
    size_t from = mig_parser_mark(p);

    if (mig_parser_take_words(p, "update histogram on") ||
        mig_parser_take_words(p, "drop histogram on")) {
        do {
            const char *column = mig_parser_identifier(p, NULL);
            g_array_append_val(columns, column);
        } while (mig_parser_take_mark(p, ","));
        if (!mig_mysql_at_statement_end(p) &&
            !mig_parser_is_any(p, (const char *const[]){"with", "using", "manual", "auto", NULL}))
            mig_parser_fail(p, "expected WITH");
        mig_mysql_skip_statement(p);
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "UPDATE HISTOGRAM", from);
    } else if (mig_parser_take_words(p, "persistent for")) {
        mig_mysql_skip_statement(p);
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 0, "PERSISTENT FOR", from);
    }
    MigChange *change = &g_array_index(p->changes, MigChange, first);
    change->columns = mig_arena_take_array(p->arena, columns, &change->n_columns);
}

/* ANALYZE, OPTIMIZE, CHECK, REPAIR, CHECKSUM TABLE a, b */
static void
read_upkeep(MigParser *p, const char *word, size_t from)
{
    static const char *const tails[] = {"quick",   "fast", "medium",  "extended", "changed",
                                        "use_frm", "for",  "upgrade", "force",    NULL};
    size_t first = p->changes->len;
    bool analyze = strcmp(word, "analyze") == 0;

    if (!mig_parser_take(p, "table") && !mig_parser_take(p, "tables"))
        mig_parser_expect(p, "table");
    do {
        MigChange change = {.kind = analyze ? MIG_CHANGE_ANALYZE : MIG_CHANGE_MAINTAIN,
                            .text = analyze ? NULL : word};
        change.table = mig_parser_name(p);
        mig_mysql_push(p, &change, from);
    } while (mig_parser_take_mark(p, ","));
    if (analyze)
        read_analyze_tail(p, first);
    while (mig_parser_is_any(p, tails))
        mig_parser_next(p);
    mig_mysql_wait(p);
}

/* CHECK VIEW a, REPAIR VIEW a: MariaDB. */
static bool
read_view_upkeep(MigParser *p, const char *word, size_t from)
{
    if (!mig_parser_take(p, "view"))
        return false;
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100018, "CHECK VIEW", from);
    mig_mysql_unknown(p, mig_arena_printf(p->arena, "%s view", word), from);
    return true;
}

/* EXPLAIN ANALYZE and MariaDB's ANALYZE run what they explain; EXPLAIN itself doesn't. */
static void
read_explain(MigParser *p, bool runs, size_t from)
{
    size_t first = p->changes->len;

    if (mig_parser_take(p, "analyze")) {
        runs = true;
        mig_mysql_since_from(p, 80018, MIG_MYSQL_NEVER, "EXPLAIN ANALYZE", from);
    }
    while (mig_parser_is(p, "extended") || mig_parser_is(p, "partitions"))
        mig_parser_next(p);
    if (mig_parser_take(p, "format")) {
        mig_parser_expect_mark(p, "=");
        mig_parser_value(p);
    }
    if (mig_parser_is(p, "for") || mig_parser_is(p, "into")) {
        mig_mysql_unknown(p, "explain", from);
        return;
    }

    static const char *const statements[] = {"select", "insert", "update", "delete", "replace",
                                             "with",   "table",  "values", "alter",  NULL};
    if (!mig_parser_is_any(p, statements) && !mig_parser_is_mark(p, "(")) {
        mig_parser_name(p);
        mig_mysql_unknown(p, "describe", from);
        return;
    }
    mig_mysql_statement(p);
    if (!runs) {
        g_array_set_size(p->changes, (guint)first);
        mig_mysql_unknown(p, "explain", from);
    }
}

/* FLUSH TABLES [a, b] [WITH READ LOCK | FOR EXPORT]; the other FLUSHes lock nothing. */
static void
read_flush(MigParser *p, size_t from)
{
    g_autoptr(GArray) tables = g_array_new(FALSE, FALSE, sizeof(MigName));

    take_no_binlog(p);
    if (!mig_parser_take(p, "tables") && !mig_parser_take(p, "table")) {
        if (p->token.kind != MIG_TOKEN_WORD)
            mig_parser_fail(p, "expected what to flush");
        mig_mysql_unknown(p, "flush", from);
        return;
    }
    if (mig_parser_is_name(p)) {
        do {
            MigName table = mig_parser_name(p);
            g_array_append_val(tables, table);
        } while (mig_parser_take_mark(p, ","));
    }
    if (!mig_parser_take_words(p, "with read lock") && !mig_parser_take_words(p, "for export")) {
        mig_mysql_unknown(p, "flush", from);
        return;
    }
    mig_parser_take_words(p, "and disable checkpoint");
    for (size_t i = 0; i < tables->len; i++) {
        MigChange change = {.kind = MIG_CHANGE_LOCK_TABLE, .text = "read"};
        change.table = g_array_index(tables, MigName, i);
        mig_mysql_push(p, &change, from);
    }
    if (tables->len == 0) {
        MigChange change = {.kind = MIG_CHANGE_LOCK_TABLE, .text = "global read"};
        mig_mysql_push(p, &change, from);
    }
}

/* What a migration has no business with, known by its first words only. */
static bool
read_server(MigParser *p, size_t from)
{
    static const char *const statements[] = {"show",
                                             "help",
                                             "kill",
                                             "reset",
                                             "purge",
                                             "change master",
                                             "change replication",
                                             "start",
                                             "stop",
                                             "install",
                                             "uninstall",
                                             "cache index",
                                             "load index",
                                             "binlog",
                                             "shutdown",
                                             "restart",
                                             "clone",
                                             "import table",
                                             "get",
                                             "backup",
                                             NULL};

    for (size_t i = 0; statements[i] != NULL; i++) {
        if (!mig_parser_take_words(p, statements[i]))
            continue;
        static const char *const mysqls[] = {"restart", "clone", "import table",
                                             "change replication", NULL};
        static const char *const alone[] = {"shutdown", "restart", NULL};
        if (g_strv_contains(mysqls, statements[i])) {
            g_autofree char *what = g_ascii_strup(statements[i], -1);
            mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, what, from);
        }
        if (mig_mysql_at_statement_end(p) && !g_strv_contains(alone, statements[i]))
            mig_parser_fail(p, "expected more behind %s", statements[i]);
        mig_mysql_unknown(p, statements[i], from);
        return true;
    }
    return false;
}

bool
mig_mysql_admin(MigParser *p, size_t from)
{
    static const char *const upkeep[] = {"analyze", "optimize", "check",
                                         "repair",  "checksum", NULL};
    static const char *const explain[] = {"explain", "describe", "desc", NULL};

    if (mig_parser_is_any(p, explain)) {
        mig_parser_next(p);
        read_explain(p, false, from);
        return true;
    }
    if (mig_parser_is_any(p, upkeep)) {
        const char *word = mig_mysql_word(p);
        take_no_binlog(p);
        static const char *const table[] = {"table", "tables", NULL};
        if (strcmp(word, "analyze") == 0 && mig_mysql_is_mariadb(p) && !mig_parser_is_any(p, table))
            read_explain(p, true, from);
        else if (!mig_mysql_is_mariadb(p) || !read_view_upkeep(p, word, from))
            read_upkeep(p, word, from);
        return true;
    }
    if (mig_parser_take(p, "flush")) {
        read_flush(p, from);
        return true;
    }
    return read_server(p, from);
}

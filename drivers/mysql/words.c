/* SPDX-License-Identifier: MIT */
/* What a statement's first words say. */
#include "mysql_driver.h"

#include <string.h>

/* "/" and "*" with "!" or "M!" behind them begin a comment that is executed, so it isn't skipped.
 * Manual: MySQL 8.4, "Comments"; MariaDB, "Comment Syntax". */
static const char *
skip_blank(const char *at)
{
    for (;;) {
        while (g_ascii_isspace(*at))
            at++;
        if (*at == '#' || (at[0] == '-' && at[1] == '-' &&
                           (at[2] == '\0' || g_ascii_isspace(at[2]) || g_ascii_iscntrl(at[2])))) {
            at += strcspn(at, "\n");
            continue;
        }
        if (at[0] != '/' || at[1] != '*' || at[2] == '!' || (at[2] == 'M' && at[3] == '!'))
            return at;

        const char *end = strstr(at + 2, "*/");
        if (end == NULL)
            return at + strlen(at);
        at = end + 2;
    }
}

/* Whether a keyword stands at *@at, which is then moved behind it. */
static bool
take_word(const char **at, const char *word)
{
    const char *start = skip_blank(*at);
    size_t length = strlen(word);

    if (g_ascii_strncasecmp(start, word, length) != 0 || g_ascii_isalnum(start[length]) ||
        start[length] == '_' || start[length] == '$')
        return false;
    *at = start + length;
    return true;
}

bool
mig_my_is_query(const char *sql)
{
    static const char *const words[] = {"SELECT", "WITH",    "VALUES",   "TABLE",
                                        "SHOW",   "EXPLAIN", "DESCRIBE", "DESC"};
    const char *at = skip_blank(sql);

    for (; *at == '('; at = skip_blank(at + 1))
        continue;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (take_word(&at, words[i]))
            return true;
    }
    return false;
}

/* One part of a name, quoted or not; 0 if there is none. */
static size_t
part_length(const char *at)
{
    size_t length = 0;

    if (*at == '`') {
        for (length = 1; at[length] != '\0'; length++) {
            if (at[length] == '`' && at[length + 1] == '`')
                length++;
            else if (at[length] == '`')
                return length + 1;
        }
        return 0;
    }
    while (g_ascii_isalnum(at[length]) || at[length] == '_' || at[length] == '$' ||
           (unsigned char)at[length] >= 0x80)
        length++;
    return length;
}

static char *
take_name(const char *at)
{
    const char *start = skip_blank(at);
    size_t length = part_length(start);

    if (length > 0 && start[length] == '.')
        length += 1 + part_length(start + length + 1);
    return length > 0 && start[length - 1] != '.' ? g_strndup(start, length) : NULL;
}

void
mig_my_note_statement(MigConnection *connection, const char *sql)
{
    const char *at = sql;

    if (take_word(&at, "LOCK")) {
        connection->tables_locked = true;
        return;
    }
    if (take_word(&at, "UNLOCK")) {
        connection->tables_locked = false;
        return;
    }
    if (!take_word(&at, "CREATE"))
        return;
    if (take_word(&at, "OR") && !take_word(&at, "REPLACE"))
        return;
    if (!take_word(&at, "TEMPORARY") || !take_word(&at, "TABLE"))
        return;
    if (take_word(&at, "IF") && !(take_word(&at, "NOT") && take_word(&at, "EXISTS")))
        return;

    char *name = take_name(at);
    if (name != NULL)
        g_hash_table_add(connection->temporary, name);
}

/* SPDX-License-Identifier: MIT */
/* What the comparisons with the engines' own clients share. */
#pragma once

#include <migrate/statement.h>

/* Sends one statement. Fails the test that runs if the server refuses it. */
typedef void (*ClientSend)(gpointer connection, const char *text, const MigStatement *statement);

/**
 * client_cases:
 *
 * Returns: (owned) the paths of the scripts in <MIGRATE_TEST_SQL>/clients/@directory, in order
 */
GPtrArray *client_cases(const char *directory);

/**
 * client_run:
 * @argv: (borrowed) a program and its arguments, %NULL-terminated
 * @input: (borrowed) the path of what it reads from standard input, or %NULL for nothing
 *
 * Returns: (owned) what it wrote to standard output; the test fails if it failed
 */
char *client_run(const char *const *argv, const char *input);

/** client_read: (owned) a file's text. */
char *client_read(const char *path, size_t *out_length);

/** client_send: splits a script and sends its statements one by one. */
void client_send(const char *text, size_t length, MigEngine engine, ClientSend send,
                 gpointer connection);

/** client_input: (owned) the script that the client is to be given for @path: the same, or the file
 * of that name with ".client" where the client can't do without DELIMITER. */
char *client_input(const char *path);

/**
 * client_check_same: whether two dumps are equal, but for what has no meaning: the random word that
 * pg_dump may write, and CRLF, of which mysql and sqlite3, but not psql, make LF as they read a line.
 */
void client_check_same(const char *got, const char *expected);

/* SPDX-License-Identifier: MIT */
/* Environment variables: MIGRATE_*, DATABASE_URL, .env and ${VARIABLE}. */
#pragma once

#include <migrate/error.h>
#include <stddef.h>

/**
 * mig_environment_get:
 * @environment: (borrowed) "NAME=value", %NULL-terminated
 *
 * Returns: (borrowed) the value; %NULL if it isn't set, or is empty
 */
const char *mig_environment_get(const char *const *environment, const char *name);

/**
 * mig_environment_expand:
 * @text: (borrowed) with ${NAME} for a variable's value and $$ for a dollar sign
 * @place: (borrowed) "migrate.conf:4", for errors
 * @error: %MIG_ERROR_USAGE: a variable isn't set, or a ${ has no end
 *
 * Values are not expanded again.
 *
 * Returns: (owned) the text, or %NULL with @error set
 */
char *mig_environment_expand(const char *text, const char *const *environment, const char *place,
                             GError **error);

/**
 * mig_dotenv_find:
 * @path: (borrowed) what errors call the text
 * @text: (borrowed) a .env file; may hold anything
 * @length: of @text, in bytes
 * @name: (borrowed) a variable
 * @out_value: (out) (owned) its value, the last one if there are more; %NULL if it isn't there
 * @out_line: (out) where that stands, from 1
 * @error: %MIG_ERROR_USAGE: the variable's value can't be read; what is wrong elsewhere in the file
 *     is passed over, since it isn't ours
 *
 * NAME=value lines, with `export` in front or not; '...' is literal, "..." knows backslash escapes,
 * both may go over several lines; `#` begins a comment at a line's start and after white space.
 * Nothing is expanded and nothing is executed.
 *
 * Returns: %true, or %false with @error set
 */
bool mig_dotenv_find(const char *path, const char *text, size_t length, const char *name,
                     char **out_value, unsigned *out_line, GError **error);

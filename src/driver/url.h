/* SPDX-License-Identifier: MIT */
/* A database's URL: its scheme, and how to show it without its password. */
#pragma once

#include <migrate/engine.h>
#include <migrate/error.h>

/**
 * mig_url_scheme:
 * @url: (borrowed) as the user wrote it
 *
 * Returns: (owned) what stands before the first ":", in lower case, or %NULL if it isn't a scheme
 */
char *mig_url_scheme(const char *url);

/**
 * mig_url_engine:
 *
 * Returns: the engine that a scheme promises, %MIG_ENGINE_NONE if none of ours; MySQL and MariaDB
 *     are only told apart once connected
 */
MigEngine mig_url_engine(const char *url);

/**
 * mig_url_redact:
 *
 * Works on URLs that can't be parsed, too, and then hides too much rather than too little.
 *
 * Returns: (owned) the URL with "***" in place of every password
 */
char *mig_url_redact(const char *url);

/**
 * mig_url_check:
 *
 * Finds what makes a URL unreadable or ambiguous before a client library does, and names the
 * character to escape. %MIG_ERROR_USAGE, without the password.
 */
bool mig_url_check(const char *url, GError **error);

/**
 * mig_url_scrub:
 * @error: (inout) an error whose message may quote parts of the URL
 * @url: (borrowed) the URL with its password
 * @password: (borrowed) a further one, or %NULL
 *
 * Replaces every password in the error's message, as it is written and percent-decoded.
 */
void mig_url_scrub(GError **error, const char *url, const char *password);

/**
 * mig_url_take_password:
 * @out_password: (out) (owned) the password, percent-decoded; %NULL: the URL has none
 *
 * For handing a URL to another program: what its arguments hold, everybody on the machine can read.
 *
 * Returns: (owned) the URL without its password
 */
char *mig_url_take_password(const char *url, char **out_password);

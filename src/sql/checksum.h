/* SPDX-License-Identifier: MIT */
/* The two checksums of a migration, each with the name of its algorithm. */
#pragma once

#include <migrate/statement.h>

/**
 * mig_checksum_raw:
 *
 * Returns: (owned) "sha256-raw:1:<64 hex digits>" of the bytes as they are
 */
char *mig_checksum_raw(const char *bytes, size_t length);

/**
 * mig_checksum_tokens:
 * @script: (borrowed) a script that has been split
 * @engine: by whose rules
 * @n_statements: how many of its statements count, from the first; SIZE_MAX for all
 *
 * Over the tokens of its statements, each followed by a NUL byte, each statement by another one,
 * with CRLF as LF inside literals. Comments, white space between tokens, terminators and DELIMITER
 * lines are not in it; a version comment of MySQL, which is code, is. COPY data is, line by line.
 *
 * Returns: (owned) "sha256-tokens:1:<64 hex digits>"
 */
char *mig_checksum_tokens(const MigScript *script, MigEngine engine, size_t n_statements);

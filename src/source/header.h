/* SPDX-License-Identifier: MIT */
/* "-- Key: value" lines. */
#pragma once

#include <migrate/source.h>

#include "source/problem.h"

/**
 * mig_header_read:
 * @length: of the header, from the start of the input's text
 * @migration: (inout) gets headers, requires and transaction_mode
 *
 * Reads the lines of a header. Comment lines that aren't "Key: value" are prose. Keys without a
 * value, as in a fresh file, are passed over. What a known key must not say is a problem.
 */
void mig_header_read(const MigInput *input, size_t length, MigMigration *migration);

/**
 * mig_header_key_equal:
 *
 * Whether two keys are the same, in any case; a blank, "-" and "_" are one.
 */
bool mig_header_key_equal(const char *a, const char *b);

/* SPDX-License-Identifier: MIT */
/* VERIFY queries, read-only, and what they must return. */
#pragma once

#include "driver/target.h"

#include <migrate/statement.h>

/**
 * mig_verify:
 * @path: (borrowed) for errors
 * @inside: whether a transaction is open, which stays open and keeps what it did; else one is made
 * @out_passed: (out) how many queries passed
 * @error: %MIG_ERROR_VERIFY with what was expected and what came as a small table; an error of the
 *     query itself is that, too
 *
 * Nothing that a query does can change the database: the engine's own means see to it.
 */
bool mig_verify(MigTarget *target, const MigScript *script, const char *path, bool inside,
                size_t *out_passed, GError **error);

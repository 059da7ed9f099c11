/* SPDX-License-Identifier: MIT */
/* The value of a string literal. */
#pragma once

#include <migrate/engine.h>
#include <stddef.h>

#include "sql/arena.h"

/**
 * mig_literal_value:
 * @text: (borrowed) a MIG_TOKEN_STRING of SQLite's or MySQL's
 *
 * Returns: (borrowed) what stands in the quotes, escapes resolved; x'..' and b'..' as written
 */
const char *mig_literal_value(MigArena *arena, const char *text, size_t length, MigEngine engine);

/* Whether a token is x'..' or b'..': bytes, which aren't a string. */
bool mig_literal_is_bytes(const char *text, size_t length);

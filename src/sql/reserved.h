/* SPDX-License-Identifier: MIT */
/* Words that can't be names unless they are quoted. */
#pragma once

#include <migrate/engine.h>
#include <stddef.h>

/* Whether @word (in any case) is reserved on an engine. @version: of the server, 0: the newest. Not
 * for PostgreSQL, whose parser knows for itself. */
bool mig_word_is_reserved(const char *word, size_t length, MigEngine engine, int version);

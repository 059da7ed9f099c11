/* SPDX-License-Identifier: MIT */
/* What a script puts back of the session behind a migration, as `up` does. */
#pragma once

#include <migrate/source.h>

/**
 * mig_putback_append:
 * @out: gets the statements that put back what @script may have left set, if any
 *
 * A dump empties the search path, a table's rebuild leaves foreign keys switched on: in one file
 * for the engine's client, the next migration would mean something else then.
 *
 * Returns: whether there are any; on MySQL they need mig_putback_append_saves() at the beginning
 */
bool mig_putback_append(GString *out, const MigScript *script, MigEngine engine);

/** mig_putback_append_saves: what keeps in variables what is to be put back, on MySQL. */
void mig_putback_append_saves(GString *out);

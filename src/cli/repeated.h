/* SPDX-License-Identifier: MIT */
/* A command's own option that is given twice. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * mig_repeated_refuse:
 * @argv: (borrowed) the command line
 * @own: (borrowed) the command's own options, ended by { 0 }
 *
 * GOption lets the last one count, and which was meant nobody knows. A flag says the same twice, and
 * an option that is a list may be repeated.
 *
 * Returns: %false, with @error set to %MIG_ERROR_USAGE, if one that has a value is given twice
 */
bool mig_repeated_refuse(char *const *argv, const GOptionEntry *own, GError **error);

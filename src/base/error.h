/* SPDX-License-Identifier: MIT */
/* Adopting a foreign error, giving one a place. */
#pragma once

#include <migrate/error.h>

/**
 * mig_error_adopt:
 * @error: (inout) an error of another domain (GLib's), or %NULL
 * @code: what it is for us
 *
 * Makes a foreign error ours, keeping its message. An error that is ours already is left alone.
 */
void mig_error_adopt(GError **error, MigErrorCode code);

/**
 * mig_error_take_sql:
 * @error: (out) where the new error goes; may be %NULL
 * @code: the new error's code
 * @cause: (owned) an error; what the database said in it is kept in the new one
 *
 * An error with a message of its own that still knows what the database said.
 */
void mig_error_take_sql(GError **error, MigErrorCode code, GError *cause, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

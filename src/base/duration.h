/* SPDX-License-Identifier: MIT */
/* "250ms", "5s", "10min" to milliseconds and back. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * mig_duration_parse:
 * @text: (borrowed) a number with an optional fraction, and a unit: ms, s, min, m, h, d; a number
 *     alone is in seconds; "1h30min" adds up
 * @out_ms: (out) in milliseconds, rounded to the nearest, at most some 24 days
 *
 * Returns: whether @text is a duration
 */
bool mig_duration_parse(const char *text, int64_t *out_ms);

/**
 * mig_duration_format:
 *
 * For people: "3 ms", "1.25 s", "2 min 5 s", "3 h 20 min".
 *
 * Returns: (owned)
 */
char *mig_duration_format(int64_t ms);

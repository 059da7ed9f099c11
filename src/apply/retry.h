/* SPDX-License-Identifier: MIT */
/* Which errors are worth another try, and when. */
#pragma once

#include <migrate/error.h>
#include <migrate/plan.h>

/**
 * mig_retry_is_worth:
 * @error: (borrowed) what a unit failed with
 * @unit: (borrowed) the unit
 * @engine: on which engine
 *
 * Whether trying a unit again can succeed and repeats nothing: it failed for a lock, a deadlock or
 * a serialization conflict, and nothing of it is left once it is rolled back.
 */
bool mig_retry_is_worth(const GError *error, const MigUnit *unit, MigEngine engine);

/**
 * mig_retry_pause_ms:
 * @tried: how often it failed so far, from 1
 * @random: from 0 up to 1, so that several that wait for each other don't meet again
 *
 * Returns: how long to wait before the next try: from 100 ms, doubling up to 10 s, half of it random
 */
int64_t mig_retry_pause_ms(unsigned tried, double random);

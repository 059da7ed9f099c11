/* SPDX-License-Identifier: MIT */
/* In which order migrations can run: versions, and what Requires says. */
#pragma once

#include <migrate/history.h>
#include <migrate/source.h>

/**
 * mig_order_up:
 * @wanted: (borrowed) MigMigration, parsed, by ascending version
 * @source: (borrowed) where what isn't wanted is looked up
 * @history: (borrowed) what is applied
 * @leaving: (borrowed) MigRecord, those that are reverted before; %NULL: none
 * @error: %MIG_ERROR_FILE with "path:line: what" for a Requires that is in nobody's file, that is
 *     neither applied nor wanted, or that leads back to itself
 *
 * By version, except that what a migration requires comes before it.
 *
 * Returns: (owned) array of MigMigration (borrowed), or %NULL with @error set
 */
GPtrArray *mig_order_up(const GPtrArray *wanted, const MigSource *source, const MigHistory *history,
                        const GPtrArray *leaving, GError **error);

/**
 * mig_order_down:
 * @leaving: (borrowed) MigRecord, those that are to be reverted, the newest first
 * @source: (borrowed) their files, parsed
 *
 * The newest first, except that what requires another one goes before it.
 *
 * Returns: (owned) array of MigRecord (borrowed), or %NULL with @error set
 */
GPtrArray *mig_order_down(const GPtrArray *leaving, const MigSource *source,
                          const MigHistory *history, GError **error);

/**
 * mig_order_dependent:
 * @leaving: (borrowed) MigRecord, those that are to be reverted
 * @out_required: (out) (owned) what it requires
 *
 * Returns: (borrowed) a migration that stays applied and requires one that is to be reverted, or
 *     %NULL if there is none
 */
const MigMigration *mig_order_dependent(const MigSource *source, const MigHistory *history,
                                        const GPtrArray *leaving, const char **out_required);

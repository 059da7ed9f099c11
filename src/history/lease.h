/* SPDX-License-Identifier: MIT */
/* The runners' lock as a row with a lease, for where sessions are shared. */
#pragma once

#include "history/table.h"

typedef struct MigLease MigLease;

/** mig_lease_new: makes the lock's table; takes nothing yet. */
MigLease *mig_lease_new(MigHistoryTable *table, GError **error);

/** mig_lease_free: gives the lease back, if it is ours. */
void mig_lease_free(MigLease *lease);

/** mig_lease_try: takes the lease if nobody has it, or its time is out. */
bool mig_lease_try(MigLease *lease, bool *out_taken, char **out_holder, GError **error);

/** mig_lease_keep: from now on renews it, on a connection of its own. */
bool mig_lease_keep(MigLease *lease, GError **error);

/** mig_lease_is_lost: whether it could not be renewed before its time was out. */
bool mig_lease_is_lost(const MigLease *lease);

/** mig_lease_holder: (out) (owned) who has the lease now; %NULL if nobody has. */
bool mig_lease_holder(MigHistoryTable *table, char **out_holder, GError **error);

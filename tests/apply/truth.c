/* SPDX-License-Identifier: MIT */
/* Whether the history tells what took effect. */
#include "apply/truth.h"

#include <string.h>

bool
mig_truth_is_reverting(const MigRecord *record)
{
    return record->state == MIG_STATE_REVERTING || record->state == MIG_STATE_REVERT_FAILED;
}

/* Its first statement is LOCK TABLES: up to UNLOCK TABLES nothing can be written to the history. */
bool
mig_truth_is_locked(const MigRecord *record)
{
    return strcmp(mig_test_engine(), "mysql") == 0 && strcmp(record->version, "6") == 0 &&
           record->doing == 1 && !mig_truth_is_reverting(record);
}

/* The first that is counted, of a direction of a migration of which all are alike. */
static int
first_of(const int *times)
{
    for (int i = 1; i <= MIG_WALK_STATEMENTS; i++) {
        if (times[i] >= 0)
            return times[i];
    }
    return 0;
}

static bool
all_are(const int *times, int wanted)
{
    for (int i = 1; i <= MIG_WALK_STATEMENTS; i++) {
        if (times[i] >= 0 && times[i] != wanted)
            return false;
    }
    return true;
}

/* Those that are done took effect `wanted` times, the others once less. */
static bool
some_are(const int *times, const MigRecord *record, int wanted)
{
    bool in_doubt = mig_record_in_doubt(record);

    for (int i = 1; i <= MIG_WALK_STATEMENTS; i++) {
        bool doubt =
            in_doubt && (record->doing == i || (record->doing < i && mig_truth_is_locked(record)));
        if (times[i] < 0 || (times[i] == wanted && (i <= record->done || doubt)))
            continue;
        if (i <= record->done || times[i] != wanted - 1)
            return false;
    }
    return true;
}

static bool
tells_truth(const MigRecord *record, const int *up, const int *down)
{
    int ups = first_of(up);
    int downs = first_of(down);

    if (record == NULL || record->state == MIG_STATE_BASELINED)
        return all_are(up, downs) && all_are(down, downs);
    switch (record->state) {
    case MIG_STATE_APPLIED:
    case MIG_STATE_FAILED_VERIFY:
        return all_are(down, downs) && all_are(up, downs + 1);
    case MIG_STATE_RUNNING:
    case MIG_STATE_FAILED:
        return all_are(down, downs) && some_are(up, record, downs + 1);
    case MIG_STATE_REVERTING:
    case MIG_STATE_REVERT_FAILED:
        return all_are(up, ups) && some_are(down, record, ups);
    case MIG_STATE_BASELINED:
        break;
    }
    g_assert_not_reached();
}

int
mig_truth_check(const MigHistory *history, const MigTallies *tallies)
{
    for (int i = 1; i <= MIG_WALK_VERSIONS; i++) {
        const char version[] = {(char)('0' + i), '\0'};
        if (!tells_truth(mig_history_find(history, version), tallies->up[i], tallies->down[i]))
            return i;
    }
    return 0;
}

int
mig_truth_of_doubt(const MigRecord *record, const MigTallies *tallies)
{
    int version = g_ascii_digit_value(record->version[0]);
    int ups = tallies->up[version][record->doing];
    int downs = tallies->down[version][record->doing];

    if (mig_truth_is_reverting(record))
        return downs < 0 ? -1 : downs + 1 - first_of(tallies->up[version]);
    return ups < 0 ? -1 : ups - first_of(tallies->down[version]);
}

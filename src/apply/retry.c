/* SPDX-License-Identifier: MIT */
/* Which errors are worth another try, and when. */
#include "apply/retry.h"

#define FIRST_MS 100
#define MOST_MS 10000

bool
mig_retry_is_worth(const GError *error, const MigUnit *unit, MigEngine engine)
{
    MigSqlClass class = mig_error_sql_class(error);
    bool mysql = (engine & MIG_ENGINE_MYSQL_FAMILY) != 0;

    if (!g_error_matches(error, MIG_ERROR, MIG_ERROR_SQL))
        return false;
    if (class != MIG_SQL_LOCK_TIMEOUT && class != MIG_SQL_DEADLOCK &&
        class != MIG_SQL_SERIALIZATION)
        return false;

    switch (unit->kind) {
    case MIG_UNIT_TRANSACTION:
        return true;
    case MIG_UNIT_AUTHOR:
        /* MySQL doesn't undo what went to tables of other storage engines than InnoDB. */
        return !mysql;
    case MIG_UNIT_SINGLE:
        /* Between LOCK TABLES and UNLOCK TABLES each statement is committed by itself. */
        return unit->n == 1;
    case MIG_UNIT_SESSION:
        return true;
    }
    return false;
}

int64_t
mig_retry_pause_ms(unsigned tried, double random)
{
    int64_t pause = FIRST_MS;

    for (unsigned i = 1; i < tried && pause < MOST_MS; i++)
        pause *= 2;
    pause = MIN(pause, MOST_MS);
    return pause / 2 + (int64_t)((double)pause / 2 * random);
}

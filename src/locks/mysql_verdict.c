/* SPDX-License-Identifier: MIT */
/* From what the actions of a statement ask for to MySQL's and MariaDB's best algorithm and lock. */
#include "locks/mysql.h"

#include <string.h>

bool
mig_mysql_is_setting(const MigWork *work, const char *name, const char *value)
{
    const char *now = mig_catalog_setting(work->catalog, name);

    return now != NULL && g_ascii_strcasecmp(now, value) == 0;
}

static bool
checks_keys(const MigWork *work)
{
    return !mig_mysql_is_setting(work, "foreign_key_checks", "0") &&
           !mig_mysql_is_setting(work, "foreign_key_checks", "off");
}

/* Whether columns can come and go without a rebuild. */
static bool
allows_instant(const MigWork *work, const MigTable *table)
{
    const char *format = mig_mysql_option(table, "row_format");

    if (format != NULL && g_ascii_strcasecmp(format, "compressed") == 0)
        return false;
    if (mig_mysql_has_index_of(table, "fulltext"))
        return false;
    if (!mig_mysql_is_mariadb(work))
        return work->version >= MIG_MYSQL(8, 0, 12);
    return !mig_mysql_is_setting(work, "innodb_instant_alter_column_allowed", "never") &&
           !mig_mysql_has_indexed_virtual(table);
}

static MigLockClause
copy_lock(const MigWork *work, const MigTable *table)
{
    /* Since 11.2 changes that are made meanwhile are applied to the copy. */
    if (mig_mysql_is_mariadb(work) && work->version >= MIG_MYSQL(11, 2, 0) &&
        mig_mysql_is_innodb(table) && !table->system_versioned)
        return MIG_LOCK_CLAUSE_NONE;
    return MIG_LOCK_CLAUSE_SHARED;
}

static MigVerdict
copy_verdict(const MigWork *work, const MigTable *table)
{
    return (MigVerdict){
        .algorithm = MIG_ALGORITHM_COPY,
        .lock = copy_lock(work, table),
        .rebuilds = true,
    };
}

/* A rebuild in place can't follow writers where words, or values in an index, are worked out. */
static MigVerdict
rebuild_verdict(const MigWork *work, const MigTable *table, unsigned asks)
{
    bool words = mig_mysql_has_index_of(table, "fulltext") ||
                 mig_mysql_has_index_of(table, "spatial") || mig_mysql_has_indexed_virtual(table);
    bool shared = (asks & (MIG_ASK_REBUILD_SHARED | MIG_ASK_BUILD_SHARED)) != 0 || words;

    /* MySQL's rebuild in place doesn't do FULLTEXT at all. */
    if (!mig_mysql_is_mariadb(work) && mig_mysql_has_index_of(table, "fulltext"))
        return copy_verdict(work, table);
    return (MigVerdict){
        .algorithm = MIG_ALGORITHM_INPLACE,
        .lock = shared ? MIG_LOCK_CLAUSE_SHARED : MIG_LOCK_CLAUSE_NONE,
        .rebuilds = true,
    };
}

static bool
is_strict(const MigWork *work)
{
    const char *mode = mig_catalog_setting(work->catalog, "sql_mode");

    return mode == NULL || strstr(mode, "STRICT") != NULL || strstr(mode, "strict") != NULL;
}

static MigVerdict
judge_innodb(const MigWork *work, const MigTable *table, unsigned asks)
{
    bool mariadb = mig_mysql_is_mariadb(work);
    bool builds = (asks & (MIG_ASK_BUILD | MIG_ASK_BUILD_SHARED)) != 0;
    /* What is INSTANT or NOCOPY on newer servers was INPLACE before. */
    MigAlgorithm meta = mariadb || work->version >= MIG_MYSQL(8, 0, 12) ? MIG_ALGORITHM_INSTANT
                                                                        : MIG_ALGORITHM_INPLACE;
    MigAlgorithm index = mariadb ? MIG_ALGORITHM_NOCOPY : MIG_ALGORITHM_INPLACE;

    if ((asks & MIG_ASK_VALIDATE) != 0)
        asks |= checks_keys(work) ? MIG_ASK_COPY : MIG_ASK_BUILD;
    if ((asks & MIG_ASK_COPY) != 0)
        return copy_verdict(work, table);
    if ((asks & MIG_ASK_PARTITIONS) != 0)
        return mariadb ? copy_verdict(work, table)
                       : (MigVerdict){.algorithm = MIG_ALGORITHM_INPLACE,
                                      .lock = MIG_LOCK_CLAUSE_SHARED,
                                      .rebuilds = true};
    if ((asks & (MIG_ASK_REBUILD | MIG_ASK_REBUILD_SHARED)) != 0 ||
        ((asks & MIG_ASK_COLUMN) != 0 && (builds || !allows_instant(work, table))))
        return rebuild_verdict(work, table, asks);
    if (builds) {
        bool shared = (asks & (MIG_ASK_BUILD_SHARED | MIG_ASK_VIRTUAL)) != 0;
        return (MigVerdict){
            .algorithm = index,
            .lock = shared ? MIG_LOCK_CLAUSE_SHARED : MIG_LOCK_CLAUSE_NONE,
            .reads = (asks & MIG_ASK_VALIDATE) == 0,
        };
    }
    if ((asks & MIG_ASK_DROP_INDEX) != 0)
        return (MigVerdict){.algorithm = index, .lock = MIG_LOCK_CLAUSE_NONE};
    if ((asks & MIG_ASK_EMPTY) != 0 || ((asks & MIG_ASK_META_INPLACE) != 0 && !mariadb))
        return (MigVerdict){.algorithm = MIG_ALGORITHM_INPLACE, .lock = MIG_LOCK_CLAUSE_NONE};
    return (MigVerdict){.algorithm = meta, .lock = MIG_LOCK_CLAUSE_NONE};
}

MigVerdict
mig_mysql_judge(const MigWork *work, const MigTable *table, unsigned asks)
{
    const unsigned dictionary = MIG_ASK_META | MIG_ASK_META_INPLACE | MIG_ASK_EMPTY;
    MigVerdict verdict = {0};

    if (!mig_mysql_is_innodb(table) && (asks & ~dictionary) != 0)
        return copy_verdict(work, table);
    verdict = judge_innodb(work, table, asks);
    /* In the lax mode NULLs become zeros, which only a copy does. */
    if (!mig_mysql_is_mariadb(work) && !is_strict(work) && verdict.rebuilds &&
        (asks & MIG_ASK_REBUILD) != 0 && (asks & MIG_ASK_META) != 0)
        return copy_verdict(work, table);
    return verdict;
}

static const char *
algorithm_name(MigAlgorithm algorithm)
{
    static const char *const names[] = {
        [MIG_ALGORITHM_UNSAID] = "",         [MIG_ALGORITHM_DEFAULT] = "DEFAULT",
        [MIG_ALGORITHM_INSTANT] = "INSTANT", [MIG_ALGORITHM_NOCOPY] = "NOCOPY",
        [MIG_ALGORITHM_INPLACE] = "INPLACE", [MIG_ALGORITHM_COPY] = "COPY",
    };

    return names[algorithm];
}

static bool
retypes(const MigWork *work)
{
    for (size_t i = 0; i < work->changes->n_changes; i++) {
        if (work->changes->changes[i].kind == MIG_CHANGE_MODIFY_COLUMN)
            return true;
    }
    return false;
}

/* Clauses that were written: a better algorithm or a weaker lock than can be is refused, a worse
 * one is used. */
static void
heed_clauses(MigWork *work, const MigTable *table, MigVerdict *verdict)
{
    MigAlgorithm said = work->changes->algorithm;
    MigLockClause lock = work->changes->lock;
    bool algorithm_said = said > MIG_ALGORITHM_DEFAULT;
    bool lock_said = lock > MIG_LOCK_CLAUSE_DEFAULT;

    if (work->changes->online_said) {
        lock = MIG_LOCK_CLAUSE_NONE;
        lock_said = true;
    }
    if (!mig_mysql_is_mariadb(work) && said == MIG_ALGORITHM_INSTANT && lock_said) {
        mig_work_refuse(work, "1221",
                        "Incorrect usage of ALGORITHM=INSTANT and LOCK=NONE/SHARED/EXCLUSIVE");
        return;
    }
    if (algorithm_said && said < verdict->algorithm) {
        /* With a reason it is another number. */
        mig_work_refuse(work, retypes(work) ? "1846" : "1845",
                        "ALGORITHM=%s is not supported for this operation. Try ALGORITHM=%s",
                        algorithm_name(said), algorithm_name(verdict->algorithm));
        return;
    }
    if (said == MIG_ALGORITHM_COPY && verdict->algorithm != MIG_ALGORITHM_COPY)
        *verdict = copy_verdict(work, table);
    if (lock_said && lock < verdict->lock) {
        mig_work_refuse(work, verdict->algorithm == MIG_ALGORITHM_COPY ? "1846" : "1845",
                        "LOCK=NONE is not supported for this operation. Try LOCK=SHARED");
        return;
    }
    if (lock_said)
        verdict->lock = MAX(verdict->lock, lock);
}

void
mig_mysql_mark(MigWork *work, const MigTable *table, bool reads, bool writes)
{
    MigRelationLock *lock = NULL;

    mig_work_lock(work, table, MIG_LOCK_MODE_NONE);
    lock = mig_work_lock_of(work, table->schema, table->name);
    lock->blocks_reads = lock->blocks_reads || reads;
    lock->blocks_writes = lock->blocks_writes || writes;
}

static void
explain(MigWork *work, const MigTable *table, const MigVerdict *verdict)
{
    if (verdict->algorithm == MIG_ALGORITHM_COPY)
        mig_work_because(work, "%s is copied row by row%s", table->name,
                         verdict->lock == MIG_LOCK_CLAUSE_NONE ? "" : ", and writers wait");
    else if (verdict->rebuilds)
        mig_work_because(work, "%s is rebuilt in place%s", table->name,
                         verdict->lock == MIG_LOCK_CLAUSE_NONE ? ", and writers go on"
                                                               : ", and writers wait");
}

void
mig_mysql_conclude(MigWork *work, const MigTable *table, MigVerdict verdict)
{
    MigImpact *impact = work->impact;

    heed_clauses(work, table, &verdict);
    impact->algorithm = verdict.algorithm;
    impact->lock = verdict.lock;
    impact->rebuilds_table = verdict.rebuilds;
    impact->concurrent_dml = verdict.lock == MIG_LOCK_CLAUSE_NONE;
    mig_mysql_mark(work, table, verdict.lock == MIG_LOCK_CLAUSE_EXCLUSIVE,
                   verdict.lock != MIG_LOCK_CLAUSE_NONE);
    if (impact->refused != NULL)
        return;
    if (verdict.rebuilds)
        mig_work_rewrite(work, table);
    if (verdict.rebuilds || verdict.reads)
        mig_work_scan(work, table);
    explain(work, table, &verdict);
}

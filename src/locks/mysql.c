/* SPDX-License-Identifier: MIT */
/* MySQL and MariaDB: the best algorithm and lock for a statement, and whom it keeps waiting. */
#include "locks/mysql.h"

#include <string.h>

#include "locks/engines.h"

typedef struct {
    MigAlgorithm algorithm;
    MigLockClause lock;
    bool rebuilds;
    bool reads; /* an index is built, or rows are tested */
} Verdict;

static bool
is_setting(const MigWork *work, const char *name, const char *value)
{
    const char *now = mig_catalog_setting(work->catalog, name);

    return now != NULL && g_ascii_strcasecmp(now, value) == 0;
}

static bool
checks_keys(const MigWork *work)
{
    return !is_setting(work, "foreign_key_checks", "0") &&
           !is_setting(work, "foreign_key_checks", "off");
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
    return !is_setting(work, "innodb_instant_alter_column_allowed", "never") &&
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

static Verdict
copy_verdict(const MigWork *work, const MigTable *table)
{
    return (Verdict){
        .algorithm = MIG_ALGORITHM_COPY,
        .lock = copy_lock(work, table),
        .rebuilds = true,
    };
}

/* A rebuild in place can't follow writers where words, or values in an index, are worked out. */
static Verdict
rebuild_verdict(const MigWork *work, const MigTable *table, unsigned asks)
{
    bool words = mig_mysql_has_index_of(table, "fulltext") ||
                 mig_mysql_has_index_of(table, "spatial") || mig_mysql_has_indexed_virtual(table);
    bool shared = (asks & (MIG_ASK_REBUILD_SHARED | MIG_ASK_BUILD_SHARED)) != 0 || words;

    /* MySQL's rebuild in place doesn't do FULLTEXT at all. */
    if (!mig_mysql_is_mariadb(work) && mig_mysql_has_index_of(table, "fulltext"))
        return copy_verdict(work, table);
    return (Verdict){
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

static Verdict
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
                       : (Verdict){.algorithm = MIG_ALGORITHM_INPLACE,
                                   .lock = MIG_LOCK_CLAUSE_SHARED,
                                   .rebuilds = true};
    if ((asks & (MIG_ASK_REBUILD | MIG_ASK_REBUILD_SHARED)) != 0 ||
        ((asks & MIG_ASK_COLUMN) != 0 && (builds || !allows_instant(work, table))))
        return rebuild_verdict(work, table, asks);
    if (builds) {
        bool shared = (asks & (MIG_ASK_BUILD_SHARED | MIG_ASK_VIRTUAL)) != 0;
        return (Verdict){
            .algorithm = index,
            .lock = shared ? MIG_LOCK_CLAUSE_SHARED : MIG_LOCK_CLAUSE_NONE,
            .reads = (asks & MIG_ASK_VALIDATE) == 0,
        };
    }
    if ((asks & MIG_ASK_DROP_INDEX) != 0)
        return (Verdict){.algorithm = index, .lock = MIG_LOCK_CLAUSE_NONE};
    if ((asks & MIG_ASK_EMPTY) != 0 || ((asks & MIG_ASK_META_INPLACE) != 0 && !mariadb))
        return (Verdict){.algorithm = MIG_ALGORITHM_INPLACE, .lock = MIG_LOCK_CLAUSE_NONE};
    return (Verdict){.algorithm = meta, .lock = MIG_LOCK_CLAUSE_NONE};
}

static Verdict
judge(const MigWork *work, const MigTable *table, unsigned asks)
{
    const unsigned dictionary = MIG_ASK_META | MIG_ASK_META_INPLACE | MIG_ASK_EMPTY;
    Verdict verdict = {0};

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

/* Clauses that were written: a better algorithm or a weaker lock than can be is refused, a worse
 * one is used. */
static void
heed_clauses(MigWork *work, const MigTable *table, Verdict *verdict)
{
    MigAlgorithm said = work->changes->algorithm;
    MigLockClause lock = work->changes->lock;
    bool algorithm_said = said > MIG_ALGORITHM_DEFAULT;
    bool lock_said = lock > MIG_LOCK_CLAUSE_DEFAULT;

    if (work->changes->online_said)
        lock = MIG_LOCK_CLAUSE_NONE, lock_said = true;
    if (!mig_mysql_is_mariadb(work) && said == MIG_ALGORITHM_INSTANT && lock_said) {
        mig_work_refuse(work, "1221",
                        "Incorrect usage of ALGORITHM=INSTANT and LOCK=NONE/SHARED/EXCLUSIVE");
        return;
    }
    if (algorithm_said && said < verdict->algorithm) {
        mig_work_refuse(work, "1845",
                        "ALGORITHM=%s is not supported for this operation. Try ALGORITHM=%s",
                        algorithm_name(said), algorithm_name(verdict->algorithm));
        return;
    }
    if (said == MIG_ALGORITHM_COPY && verdict->algorithm != MIG_ALGORITHM_COPY)
        *verdict = copy_verdict(work, table);
    if (lock_said && lock < verdict->lock) {
        mig_work_refuse(work, said == MIG_ALGORITHM_COPY ? "1846" : "1845",
                        "LOCK=NONE is not supported for this operation. Try LOCK=SHARED");
        return;
    }
    if (lock_said)
        verdict->lock = MAX(verdict->lock, lock);
}

static void
mark(MigWork *work, const MigTable *table, bool reads, bool writes)
{
    MigRelationLock *lock = NULL;

    mig_work_lock(work, table, MIG_LOCK_MODE_NONE);
    lock = mig_work_lock_of(work, table->schema, table->name);
    lock->blocks_reads = lock->blocks_reads || reads;
    lock->blocks_writes = lock->blocks_writes || writes;
}

static void
explain(MigWork *work, const MigTable *table, const Verdict *verdict)
{
    if (verdict->algorithm == MIG_ALGORITHM_COPY)
        mig_work_because(work, "%s is copied row by row%s", table->name,
                         verdict->lock == MIG_LOCK_CLAUSE_NONE ? "" : ", and writers wait");
    else if (verdict->rebuilds)
        mig_work_because(work, "%s is rebuilt in place%s", table->name,
                         verdict->lock == MIG_LOCK_CLAUSE_NONE ? ", and writers go on"
                                                               : ", and writers wait");
}

static void
conclude(MigWork *work, const MigTable *table, Verdict verdict)
{
    MigImpact *impact = work->impact;

    heed_clauses(work, table, &verdict);
    impact->algorithm = verdict.algorithm;
    impact->lock = verdict.lock;
    impact->rebuilds_table = verdict.rebuilds;
    impact->concurrent_dml = verdict.lock == MIG_LOCK_CLAUSE_NONE;
    mark(work, table, verdict.lock == MIG_LOCK_CLAUSE_EXCLUSIVE,
         verdict.lock != MIG_LOCK_CLAUSE_NONE);
    if (impact->refused != NULL)
        return;
    if (verdict.rebuilds)
        mig_work_rewrite(work, table);
    if (verdict.rebuilds || verdict.reads)
        mig_work_scan(work, table);
    explain(work, table, &verdict);
}

static bool
is_action(MigChangeKind kind)
{
    static const MigChangeKind kinds[] = {
        MIG_CHANGE_ADD_COLUMN,        MIG_CHANGE_DROP_COLUMN,       MIG_CHANGE_MODIFY_COLUMN,
        MIG_CHANGE_RENAME_COLUMN,     MIG_CHANGE_SET_DEFAULT,       MIG_CHANGE_DROP_DEFAULT,
        MIG_CHANGE_CREATE_INDEX,      MIG_CHANGE_DROP_INDEX,        MIG_CHANGE_RENAME_INDEX,
        MIG_CHANGE_INDEX_VISIBILITY,  MIG_CHANGE_COLUMN_VISIBILITY, MIG_CHANGE_ADD_CONSTRAINT,
        MIG_CHANGE_DROP_CONSTRAINT,   MIG_CHANGE_ALTER_CONSTRAINT,  MIG_CHANGE_TABLE_OPTIONS,
        MIG_CHANGE_RENAME_TABLE,      MIG_CHANGE_SET_TABLESPACE,    MIG_CHANGE_SYSTEM_VERSIONING,
        MIG_CHANGE_PARTITIONS,        MIG_CHANGE_PARTITION_BY,      MIG_CHANGE_REMOVE_PARTITIONING,
        MIG_CHANGE_RENAME_CONSTRAINT,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i] == kind)
            return true;
    }
    return false;
}

/* History isn't rewritten for a change of the table, unless the session says so. */
static bool
is_kept_by_history(MigWork *work, const MigTable *table, unsigned asks, const MigChange *change)
{
    const unsigned rows =
        MIG_ASK_COLUMN | MIG_ASK_VIRTUAL | MIG_ASK_REBUILD | MIG_ASK_COPY | MIG_ASK_REBUILD_SHARED;

    if (!table->system_versioned || change->kind == MIG_CHANGE_SYSTEM_VERSIONING ||
        change->kind == MIG_CHANGE_TABLE_OPTIONS || (asks & rows) == 0 ||
        is_setting(work, "system_versioning_alter_history", "keep"))
        return false;
    mig_work_refuse(work, "4119",
                    "Not allowed for system-versioned `%s`.`%s`. Change "
                    "@@system_versioning_alter_history to proceed with ALTER.",
                    table->schema, table->name);
    return true;
}

static void
alter(MigWork *work, const MigTable *table)
{
    const MigChanges *changes = work->changes;
    unsigned asks = MIG_ASK_NOTHING;
    Verdict verdict = {0};

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (change->kind == MIG_CHANGE_DROP_COLUMN || change->kind == MIG_CHANGE_DROP_INDEX)
            mig_work_drops(work, table, change->name.name);
        else if (change->kind == MIG_CHANGE_DROP_CONSTRAINT)
            mig_work_drops(work, table,
                           change->constraint_kind == MIG_CONSTRAINT_PRIMARY_KEY
                               ? "PRIMARY"
                               : change->name.name);
    }
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        unsigned asked = MIG_ASK_NOTHING;
        if (!is_action(change->kind) || change->in_body)
            continue;
        asked = mig_mysql_ask(work, table, change);
        if (is_kept_by_history(work, table, asked, change))
            asked = MIG_ASK_NOTHING;
        asks |= asked;
    }
    verdict = judge(work, table, asks);
    conclude(work, table, verdict);
}

static void
read_relation(const MigName *name, gpointer data)
{
    MigWork *work = data;
    const MigTable *table = mig_work_table(work, name, true);

    if (table == NULL)
        return;
    mark(work, table, false, false);
    mig_work_scan(work, table);
}

static void
create_table(MigWork *work, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;
    const MigTable *table = NULL;

    if (made == NULL)
        return;
    if (mig_catalog_table(work->catalog, &change->table, &table) == MIG_LOOKUP_FOUND) {
        if (change->or_replace) {
            mark(work, table, true, true);
        } else if (!change->if_not_exists) {
            mig_work_refuse(work, "1050", "Table '%s' already exists", change->table.name);
            return;
        }
    }
    mig_work_makes(work, &change->table);
    for (size_t i = 0; i < made->n_constraints; i++) {
        const MigName *parent = &made->constraints[i].references;
        table = parent->name != NULL ? mig_work_table(work, parent, true) : NULL;
        if (table != NULL)
            mark(work, table, false, false);
    }
    if (made->query != NULL)
        mig_query_tables(made->query, read_relation, work);
}

/* Statements that have a table for themselves for a moment, or that write to it. */
static void
use_table(MigWork *work, const MigChange *change, bool exclusive, bool scans)
{
    const MigTable *table = mig_work_table(work, &change->table, change->if_exists);

    if (table == NULL)
        return;
    mark(work, table, exclusive, exclusive);
    if (scans)
        mig_work_scan(work, table);
}

static void
lock_table(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    bool writes = change->text != NULL && strstr(change->text, "write") != NULL;

    if (change->table.name == NULL)
        return;
    table = mig_work_table(work, &change->table, false);
    if (table != NULL)
        mark(work, table, writes, true);
}

static void
maintain(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, true);
    Verdict verdict = {0};

    if (table == NULL)
        return;
    if (g_strcmp0(change->text, "optimize") != 0) {
        mark(work, table, false, g_strcmp0(change->text, "repair") == 0);
        mig_work_scan(work, table);
        return;
    }
    verdict = judge(work, table, MIG_ASK_REBUILD);
    conclude(work, table, verdict);
}

static void
look_at(MigWork *work, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
        create_table(work, change);
        break;
    case MIG_CHANGE_DROP_TABLE:
    case MIG_CHANGE_TRUNCATE:
    case MIG_CHANGE_RENAME_TABLE:
    case MIG_CHANGE_CREATE_TRIGGER:
    case MIG_CHANGE_DROP_VIEW:
        use_table(work, change, true, false);
        break;
    case MIG_CHANGE_INSERT:
        use_table(work, change, false, false);
        if (change->query != NULL)
            mig_query_tables(change->query, read_relation, work);
        break;
    case MIG_CHANGE_UPDATE:
    case MIG_CHANGE_DELETE:
        use_table(work, change, false, true);
        break;
    case MIG_CHANGE_SELECT:
        if (change->query != NULL)
            mig_query_tables(change->query, read_relation, work);
        break;
    case MIG_CHANGE_ANALYZE:
        use_table(work, change, false, true);
        break;
    case MIG_CHANGE_MAINTAIN:
        maintain(work, change);
        break;
    case MIG_CHANGE_LOCK_TABLE:
        lock_table(work, change);
        break;
    default:
        break;
    }
}

/* The table that all actions of the statement are about; %NULL: it is no ALTER TABLE. */
static const MigName *
altered(const MigChanges *changes, bool *out_if_exists)
{
    size_t renames = 0;

    for (size_t i = 0; i < changes->n_changes; i++)
        renames += changes->changes[i].kind == MIG_CHANGE_RENAME_TABLE;
    /* RENAME TABLE a TO b, c TO d is another statement. */
    if (changes->n_changes == 0 || renames > 1)
        return NULL;
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (is_action(change->kind) && change->table.name != NULL && !change->in_body) {
            *out_if_exists = change->parent_if_exists;
            return &change->table;
        }
    }
    return NULL;
}

void
mig_mysql_impact(MigWork *work)
{
    const MigChanges *changes = work->changes;
    MigImpact *impact = work->impact;
    bool if_exists = false;
    const MigName *name = altered(changes, &if_exists);

    if (changes->needs_version != 0 && work->version < changes->needs_version) {
        mig_work_refuse(work, "1064", "%s needs a newer server",
                        changes->needs_what != NULL ? changes->needs_what : "the statement");
        return;
    }
    if (name != NULL) {
        const MigTable *table = mig_work_table(work, name, if_exists);
        if (table != NULL)
            alter(work, table);
    } else {
        for (size_t i = 0; i < changes->n_changes; i++) {
            work->uncertain = changes->changes[i].nested;
            if (!changes->changes[i].in_body)
                look_at(work, &changes->changes[i]);
        }
    }
    impact->brief = impact->rewrites->len == 0 && impact->scans->len == 0;
}

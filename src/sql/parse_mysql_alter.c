/* SPDX-License-Identifier: MIT */
/* ALTER TABLE of MySQL and MariaDB: its clauses, and the actions on the table as a whole. */
#include <string.h>

#include "sql/parse_mysql.h"

bool
mig_mysql_alter_clause(MigParser *p)
{
    static const char *const algorithms[] = {"default", "instant", "nocopy",
                                             "inplace", "copy",    NULL};
    static const MigAlgorithm algorithm_values[] = {MIG_ALGORITHM_DEFAULT, MIG_ALGORITHM_INSTANT,
                                                    MIG_ALGORITHM_NOCOPY, MIG_ALGORITHM_INPLACE,
                                                    MIG_ALGORITHM_COPY};
    static const char *const locks[] = {"default", "none", "shared", "exclusive", NULL};
    static const MigLockClause lock_values[] = {MIG_LOCK_CLAUSE_DEFAULT, MIG_LOCK_CLAUSE_NONE,
                                                MIG_LOCK_CLAUSE_SHARED, MIG_LOCK_CLAUSE_EXCLUSIVE};
    size_t from = mig_parser_mark(p);
    bool algorithm = mig_parser_take(p, "algorithm");

    if (!algorithm && !mig_parser_take(p, "lock"))
        return false;
    mig_mysql_take_equals(p);

    const char *const *words = algorithm ? algorithms : locks;
    const char *word = mig_mysql_one_of(p, words);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) != 0)
            continue;
        if (algorithm)
            p->into->algorithm = algorithm_values[i];
        else
            p->into->lock = lock_values[i];
    }
    if (algorithm && strcmp(word, "instant") == 0)
        mig_mysql_since_from(p, 80012, 100300, "ALGORITHM=INSTANT", from);
    if (algorithm && strcmp(word, "nocopy") == 0)
        mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "ALGORITHM=NOCOPY", from);
    return true;
}

/* RENAME [TO | AS | =] name */
static bool
read_rename(MigParser *p, const MigChange *base)
{
    MigChange change = *base;
    size_t from = mig_parser_mark(p);

    if (!mig_parser_take(p, "rename"))
        return false;
    if (!mig_parser_take(p, "to") && !mig_parser_take(p, "as"))
        mig_mysql_take_equals(p);
    change.kind = MIG_CHANGE_RENAME_TABLE;
    change.to = mig_parser_name(p);
    mig_mysql_push(p, &change, from);
    return true;
}

static void
read_convert(MigParser *p, GArray *options, size_t from)
{
    mig_parser_expect(p, "to");
    if (!mig_mysql_take_charset_words(p)) {
        mig_parser_fail(p, "expected CHARACTER SET");
        return;
    }
    const char *charset =
        mig_parser_is(p, "default") ? mig_mysql_word(p) : mig_mysql_name_or_string(p);
    mig_mysql_add_option(p, options, "convert to character set", charset, from);
    size_t collate = mig_parser_mark(p);
    if (mig_parser_take(p, "collate")) {
        mig_mysql_take_equals(p);
        mig_mysql_add_option(p, options, "collate", mig_mysql_name_or_string(p), collate);
    }
}

static void
read_order_by(MigParser *p, GArray *options, size_t from)
{
    size_t list = mig_parser_mark(p);

    do {
        mig_parser_name(p);
        /* Another level: schema.table.column. */
        if (mig_parser_take_mark(p, "."))
            mig_parser_identifier(p, NULL);
        if (!mig_parser_take(p, "asc"))
            mig_parser_take(p, "desc");
    } while (mig_parser_take_mark(p, ","));
    mig_mysql_add_option(p, options, "order by", mig_parser_text(p, mig_parser_span(p, list)),
                         from);
}

/* Actions of two words that go among the table's options. */
static bool
read_words(MigParser *p, GArray *options, size_t from)
{
    static const struct {
        const char *words;
        int mysql;
        int mariadb;
    } actions[] = {
        {"disable keys", 0, 0},
        {"enable keys", 0, 0},
        {"discard tablespace", 0, 0},
        {"import tablespace", 0, 0},
        {"force", 0, 0},
        {"without validation", 50700, MIG_MYSQL_NEVER},
        {"with validation", 50700, MIG_MYSQL_NEVER},
        {"secondary_load", 80013, MIG_MYSQL_NEVER},
        {"secondary_unload", 80013, MIG_MYSQL_NEVER},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (!mig_parser_take_words(p, actions[i].words))
            continue;
        mig_mysql_add_option(p, options, actions[i].words, NULL, from);
        g_autofree char *what = g_ascii_strup(actions[i].words, -1);
        mig_mysql_since_from(p, actions[i].mysql, actions[i].mariadb, what, from);
        return true;
    }
    return false;
}

/* What is done to the table as a whole, several of which may follow each other without a comma. */
static bool
read_options(MigParser *p, const MigChange *base)
{
    g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(MigOption));
    MigChange change = *base;
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "convert"))
        read_convert(p, options, from);
    else if (mig_parser_take_words(p, "order by"))
        read_order_by(p, options, from);
    else if (!read_words(p, options, from)) {
        while (mig_mysql_table_option(p, options) && !mig_parser_failed(p))
            ;
    }
    if (options->len == 0)
        return false;
    change.kind = MIG_CHANGE_TABLE_OPTIONS;
    mig_mysql_take_options(p, options, &change);
    mig_mysql_push(p, &change, from);
    return true;
}

static bool
read_action(MigParser *p, const MigChange *base)
{
    return mig_mysql_alter_add(p, base) || mig_mysql_alter_drop(p, base) ||
           mig_mysql_alter_column(p, base) || read_rename(p, base) || read_options(p, base);
}

static bool
at_partitioning(const MigParser *p)
{
    return mig_mysql_at_partition_by(p) ||
           (mig_parser_is(p, "remove") && mig_parser_peek_is(p, "partitioning"));
}

/* An action on partitions stands alone, behind ALGORITHM and LOCK at most; PARTITION BY and REMOVE
 * PARTITIONING also follow the others, without a comma. */
static void
read_actions(MigParser *p, const MigChange *base)
{
    bool alone = true;

    do {
        if (mig_mysql_alter_clause(p))
            continue;
        if (alone && !at_partitioning(p) && mig_mysql_alter_partition(p, base))
            return;
        if (alone && at_partitioning(p))
            break;
        alone = false;
        if (!read_action(p, base)) {
            mig_parser_fail(p, "expected what to do with the table, such as ADD, DROP or MODIFY");
            return;
        }
    } while (mig_parser_take_mark(p, ","));
    if (at_partitioning(p))
        mig_mysql_alter_partition(p, base);
}

void
mig_mysql_alter_table(MigParser *p, size_t from)
{
    MigChange base = {0};
    size_t if_from;

    mig_parser_expect(p, "table");
    if_from = mig_parser_mark(p);
    base.parent_if_exists = mig_mysql_take_maria_if_exists(p, "ALTER TABLE");
    if (base.parent_if_exists)
        mig_mysql_since_from(p, 0, 100502, "ALTER TABLE IF EXISTS", if_from);
    base.table = mig_parser_name(p);
    mig_mysql_wait(p);
    if (!mig_mysql_at_statement_end(p)) {
        read_actions(p, &base);
        return;
    }
    /* Nothing at all is an ALTER that does nothing. */
    base.kind = MIG_CHANGE_TABLE_OPTIONS;
    mig_mysql_push(p, &base, from);
}

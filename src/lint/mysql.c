/* SPDX-License-Identifier: MIT */
/* MySQL and MariaDB: what an ALTER costs, and which of its actions is to blame. */
#include "lint/mysql.h"

#include "lint/action.h"
#include "lint/columns.h"
#include "lint/within.h"

#include <string.h>

static MigImpact *
impact_of(const MigLintContext *ctx, const MigChange *changes, size_t n)
{
    MigChanges unsaid = *ctx->statement->changes;

    /* Nothing writes through it: an impact only reads changes. */
    unsaid.changes = (MigChange *)(uintptr_t)changes;
    unsaid.n_changes = n;
    unsaid.algorithm = MIG_ALGORITHM_UNSAID;
    unsaid.lock = MIG_LOCK_CLAUSE_UNSAID;
    unsaid.online_said = false;
    return mig_impact_of(&unsaid, ctx->catalog, ctx->statement->moment);
}

MigImpact *
mig_mysql_best(const MigLintContext *ctx)
{
    return impact_of(ctx, ctx->statement->changes->changes, ctx->statement->changes->n_changes);
}

MigImpact *
mig_mysql_alone(const MigLintContext *ctx, const MigChange *change)
{
    return impact_of(ctx, change, 1);
}

MigMysqlCost
mig_mysql_cost(const MigImpact *impact)
{
    if (impact->refused != NULL || impact->algorithm == MIG_ALGORITHM_UNSAID)
        return MIG_MYSQL_COST_NONE;
    if (impact->algorithm == MIG_ALGORITHM_COPY)
        return MIG_MYSQL_COST_COPY;
    if (impact->lock == MIG_LOCK_CLAUSE_SHARED)
        return MIG_MYSQL_COST_SHARED;
    return impact->rebuilds_table ? MIG_MYSQL_COST_REBUILD : MIG_MYSQL_COST_NONE;
}

bool
mig_mysql_blames(const MigLintContext *ctx, const MigChange *change, MigMysqlCost cost)
{
    const MigChanges *changes = ctx->statement->changes;
    const MigChange *first = NULL;
    bool any = false;
    bool this = false;

    if (ctx->statement->impact->refused != NULL)
        return false;
    g_autoptr(MigImpact) best = mig_mysql_best(ctx);
    if (mig_mysql_cost(best) != cost)
        return false;
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *each = &changes->changes[i];
        if (each->in_body)
            continue;
        first = first != NULL ? first : each;
        g_autoptr(MigImpact) alone = mig_mysql_alone(ctx, each);
        if (mig_mysql_cost(alone) != cost)
            continue;
        any = true;
        this = this || each == change;
    }
    return any ? this : first == change;
}

static const char *
describe_constraint(MigLintContext *ctx, const MigChange *change, const char *table)
{
    static const char *const kinds[] = {
        [MIG_CONSTRAINT_CHECK] = "a check",
        [MIG_CONSTRAINT_NOT_NULL] = "NOT NULL",
        [MIG_CONSTRAINT_PRIMARY_KEY] = "a primary key",
        [MIG_CONSTRAINT_UNIQUE] = "a unique key",
        [MIG_CONSTRAINT_FOREIGN_KEY] = "a foreign key",
        [MIG_CONSTRAINT_EXCLUDE] = "a constraint",
        [MIG_CONSTRAINT_ANY] = "a constraint",
    };

    return mig_lint_format(
        ctx, "adding %s to %s",
        change->constraint != NULL ? kinds[change->constraint->kind] : "a constraint", table);
}

const char *
mig_mysql_describe(MigLintContext *ctx, const MigChange *change)
{
    const char *table = mig_lint_name(ctx, &change->table);
    const char *name = change->name.name;

    switch ((int)change->kind) {
    case MIG_CHANGE_ADD_COLUMN:
        return mig_lint_format(ctx, "adding %s.%s", table, name);
    case MIG_CHANGE_DROP_COLUMN:
        return mig_lint_format(ctx, "dropping %s.%s", table, name);
    case MIG_CHANGE_MODIFY_COLUMN:
        return mig_lint_format(ctx, "changing %s.%s", table, name);
    case MIG_CHANGE_ADD_CONSTRAINT:
        return describe_constraint(ctx, change, table);
    case MIG_CHANGE_ALTER_CONSTRAINT:
        return mig_lint_format(ctx, "enforcing constraint %s of %s", name, table);
    case MIG_CHANGE_DROP_CONSTRAINT:
        return name != NULL && change->constraint_kind != MIG_CONSTRAINT_PRIMARY_KEY
                   ? mig_lint_format(ctx, "dropping constraint %s of %s", name, table)
                   : mig_lint_format(ctx, "dropping the primary key of %s", table);
    case MIG_CHANGE_CREATE_INDEX:
        return name != NULL ? mig_lint_format(ctx, "building index %s on %s", name, table)
                            : mig_lint_format(ctx, "building an index on %s", table);
    case MIG_CHANGE_PARTITION_BY:
        return mig_lint_format(ctx, "partitioning %s", table);
    case MIG_CHANGE_REMOVE_PARTITIONING:
        return mig_lint_format(ctx, "taking the partitions of %s together", table);
    case MIG_CHANGE_PARTITIONS:
        return mig_lint_format(ctx, "changing partitions of %s", table);
    case MIG_CHANGE_TABLE_OPTIONS:
        return mig_lint_format(ctx, "changing options of %s", table);
    case MIG_CHANGE_SYSTEM_VERSIONING:
        return mig_lint_format(ctx, "changing system versioning of %s", table);
    case MIG_CHANGE_MAINTAIN:
        return mig_lint_format(ctx, "optimizing %s", table);
    default:
        return mig_lint_format(ctx, "altering %s", table);
    }
}

const char *
mig_lint_table_option(MigLintContext *ctx, const MigName *name, const char *option)
{
    const MigTable *table = mig_lint_table(ctx, name);
    const char *value = table != NULL ? g_hash_table_lookup(table->options, option) : NULL;

    for (size_t i = 0; ctx->statement != NULL && i < ctx->statement->changes->n_changes; i++) {
        const MigChange *change = &ctx->statement->changes->changes[i];
        const MigCreateTable *made = change->create_table;
        const char *said =
            made != NULL ? mig_lint_option(made->options, made->n_options, option) : NULL;
        if (said == NULL && change->kind == MIG_CHANGE_TABLE_OPTIONS)
            said = mig_lint_option(change->options, change->n_options, option);
        value = said != NULL ? said : value;
    }
    g_autofree char *lower = value != NULL ? g_ascii_strdown(value, -1) : NULL;
    return lower != NULL ? mig_lint_format(ctx, "%s", lower) : NULL;
}

bool
mig_mysql_is_older(const MigLintContext *ctx, int mysql, int mariadb)
{
    return mig_lint_is_before(ctx, ctx->engine == MIG_ENGINE_MARIADB ? mariadb : mysql);
}

bool
mig_mysql_checks_keys(const MigLintContext *ctx)
{
    const char *setting = mig_catalog_setting(ctx->catalog, "foreign_key_checks");

    return setting == NULL ||
           (strcmp(setting, "0") != 0 && g_ascii_strcasecmp(setting, "off") != 0);
}

bool
mig_mysql_drops(const MigLintContext *ctx, MigChangeKind kind, const char *name)
{
    const MigChanges *changes = ctx->statement->changes;

    for (size_t i = 0; name != NULL && i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (change->kind == kind && change->name.name != NULL &&
            mig_lint_same_word(ctx, change->name.name, name))
            return true;
    }
    return false;
}

/* SPDX-License-Identifier: MIT */
/* A column that a foreign key or a CHECK keeps as it is. */
#include "lint/mysql.h"
#include "lint/rule.h"
#include "lint/within.h"

typedef struct {
    MigLintContext *ctx;
    const char *column;
    const char *found; /* the key and its table, for people */
} Search;

static void
look_at(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    Search *search = data;

    if (search->found == NULL &&
        mig_lint_has_word(search->ctx, key->ref_columns, key->n_ref_columns, search->column))
        search->found = mig_lint_format(search->ctx, "%s of %s", key->name,
                                        mig_lint_table_name(search->ctx, child));
}

static const char *
find_key(MigLintContext *ctx, const MigTable *table, const char *column)
{
    Search search = {ctx, column, NULL};

    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind == MIG_CONSTRAINT_FOREIGN_KEY &&
            mig_lint_has_word(ctx, key->columns, key->n_columns, column) &&
            !mig_mysql_drops(ctx, MIG_CHANGE_DROP_CONSTRAINT, key->name))
            return mig_lint_format(ctx, "%s of %s", key->name, mig_lint_table_name(ctx, table));
    }
    mig_catalog_each_reference(ctx->catalog, table, look_at, &search);
    return search.found;
}

static const char *
find_check(MigLintContext *ctx, const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *each = g_ptr_array_index(table->constraints, i);
        if (each->kind == MIG_CONSTRAINT_CHECK && each->expr != NULL &&
            mig_expr_mentions(each->expr, column) &&
            !mig_mysql_drops(ctx, MIG_CHANGE_DROP_CONSTRAINT, each->name))
            return each->name;
    }
    return NULL;
}

static bool
retypes(const MigLintContext *ctx, const MigChange *change)
{
    g_autoptr(MigImpact) alone = mig_mysql_alone(ctx, change);

    /* The facts say which changes of a type a key forbids. */
    return change->kind == MIG_CHANGE_MODIFY_COLUMN && alone->refused_code != NULL &&
           (g_str_equal(alone->refused_code, "1832") || g_str_equal(alone->refused_code, "1833"));
}

static bool
renames(const MigLintContext *ctx, const MigChange *change)
{
    return change->kind == MIG_CHANGE_RENAME_COLUMN ||
           (change->kind == MIG_CHANGE_MODIFY_COLUMN && change->column != NULL &&
            !mig_lint_same_word(ctx, change->column->name, change->name.name));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *column = change->name.name;
    bool drops = change->kind == MIG_CHANGE_DROP_COLUMN;

    if (table == NULL || column == NULL)
        return;
    const char *name = mig_lint_name(ctx, &change->table);
    bool keys = mig_mysql_checks_keys(ctx);
    const char *key = (drops || retypes(ctx, change)) && keys ? find_key(ctx, table, column) : NULL;
    const char *test = renames(ctx, change) && ctx->engine == MIG_ENGINE_MYSQL
                           ? find_check(ctx, table, column)
                           : NULL;
    if (key != NULL)
        mig_lint_report(ctx, change, "%s.%s can't be %s: foreign key %s needs it", name, column,
                        drops ? "dropped" : "changed", key);
    else if (test != NULL)
        mig_lint_report(ctx, change, "%s.%s can't be renamed: check %s names it", name, column,
                        test);
}

const MigRule mig_rule_mysql_column_in_foreign_key = {
    .id = "mysql-column-in-foreign-key",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "a column that a foreign key or a CHECK keeps as it is",
    .danger =
        "The server refuses to drop or retype a column of a foreign key on either side (1828, "
        "1829, 1832, 1833), and MySQL to rename one that a CHECK names (3959).",
    .steps =
        {"Drop the key or the check first, and add it again afterwards, as the column then is."},
    .manual = "MySQL 8.4, \"FOREIGN KEY Constraints\"; \"CHECK Constraints\"",
    .check = check,
};

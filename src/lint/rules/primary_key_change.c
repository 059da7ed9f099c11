/* SPDX-License-Identifier: MIT */
/* The primary key goes, is another one, or is of another type. */
#include "lint/compare.h"
#include "lint/rule.h"
#include "lint/within.h"

static const MigTableConstraint *
key_of(const MigTable *table)
{
    return table != NULL ? mig_table_primary_key(table) : NULL;
}

static bool
drops_key(const MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    const MigTableConstraint *key = key_of(table);

    if (change->kind != MIG_CHANGE_DROP_CONSTRAINT)
        return false;
    if (change->constraint_kind == MIG_CONSTRAINT_PRIMARY_KEY)
        return true;
    return key != NULL && mig_lint_same_word(ctx, key->name, change->name.name);
}

/* Whether a column of the key gets another type; a longer text is the same one. */
static bool
retypes_key(const MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    const MigTableConstraint *key = key_of(table);
    const MigTableColumn *column =
        table != NULL ? mig_table_column(table, change->name.name) : NULL;

    if ((change->kind != MIG_CHANGE_ALTER_TYPE && change->kind != MIG_CHANGE_MODIFY_COLUMN) ||
        key == NULL || column == NULL || column->type.name == NULL ||
        change->column->type.name == NULL ||
        !mig_lint_has_word(ctx, key->columns, key->n_columns, column->name))
        return false;
    return g_ascii_strcasecmp(column->type.name, change->column->type.name) != 0 ||
           column->type.is_unsigned != change->column->type.is_unsigned;
}

static bool
adds_key(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return change->kind == MIG_CHANGE_ADD_CONSTRAINT &&
           change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY &&
           mig_lint_same_name(ctx, &change->table, data);
}

static void
count_reference(const MigTable *child G_GNUC_UNUSED, const MigTableConstraint *key G_GNUC_UNUSED,
                gpointer data)
{
    (*(unsigned *)data)++;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *name = mig_lint_name(ctx, &change->table);
    const MigTableConstraint *key = key_of(table);
    MigFinding *finding = NULL;
    unsigned references = 0;

    if (key != NULL && (mig_lint_undoes(ctx, key->made) || mig_lint_is_new_moment(ctx, key->made)))
        return;
    if (drops_key(ctx, change, table)) {
        bool replaced = mig_lint_in_statement(ctx, adds_key, &change->table) != NULL ||
                        mig_lint_after(ctx, adds_key, &change->table) != NULL;
        finding = mig_lint_report(ctx, change,
                                  replaced ? "the primary key of %s is replaced by another one"
                                           : "%s loses its primary key",
                                  name);
    } else if (retypes_key(ctx, change, table)) {
        finding = mig_lint_report(ctx, change, "the primary key of %s gets another type: %s.%s",
                                  name, name, change->name.name);
    }
    if (finding == NULL || table == NULL)
        return;
    mig_catalog_each_reference(ctx->catalog, table, count_reference, &references);
    if (references > 0)
        mig_lint_step(finding, "Change the %u foreign key%s that reference%s it along with it.",
                      references, references == 1 ? "" : "s", references == 1 ? "s" : "");
}

const MigRule mig_rule_primary_key_change = {
    .id = "primary-key-change",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "the primary key goes, or is another one",
    .danger = "Replication, ORMs, foreign keys and tools that copy tables online rely on it; MySQL "
              "writes the whole table anew.",
    .steps =
        {"Add the new key beside the old one: a column, filled in batches, with a unique index.",
         "Let code and foreign keys use the new one.",
         "Exchange the keys in one short transaction at the end."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", ADD table_constraint_using_index; MySQL 8.4, "
              "\"Online DDL Operations\", Primary Key Operations",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* A primary key that accepts NULL, or that isn't the rowid. */
#include "lint/columns.h"
#include "lint/rule.h"
#include "lint/within.h"

static const MigConstraint *
find_key(const MigConstraint *constraints, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (constraints[i].kind == MIG_CONSTRAINT_PRIMARY_KEY)
            return &constraints[i];
    }
    return NULL;
}

static bool
is_word(const MigType *type, const char *word)
{
    return type->name != NULL && g_ascii_strcasecmp(type->name, word) == 0;
}

static void
check_column(MigLintContext *ctx, const MigChange *change, const MigColumn *column,
             const MigConstraint *key)
{
    const MigPlace place = mig_lint_column_place(ctx, change, column);
    const char *table = mig_lint_name(ctx, &change->table);
    bool single = key->n_columns == 1;
    bool integer = is_word(&column->type, "integer");
    bool typo = single && (is_word(&column->type, "int") || is_word(&column->type, "bigint"));

    if ((single && integer && !key->descending) || (column->not_null_said && !typo))
        return;
    if (typo) {
        MigFinding *finding = mig_lint_report_at(
            ctx, mig_lint_severity(ctx), place,
            "%s.%s isn't the rowid: only INTEGER PRIMARY KEY counts by itself%s", table,
            column->name, column->not_null_said ? "" : ", and it accepts NULL");
        mig_lint_fix(ctx, finding, column->type.span, "INTEGER");
        return;
    }
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "%s.%s is a primary key that accepts NULL", table, column->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;

    /* STRICT tables accept no NULL there, and those WITHOUT ROWID neither. */
    if (change->kind != MIG_CHANGE_CREATE_TABLE || made == NULL || made->strict ||
        made->without_rowid || made->foreign)
        return;
    const MigConstraint *whole = find_key(made->constraints, made->n_constraints);
    for (size_t i = 0; i < made->n_columns; i++) {
        const MigColumn *column = &made->columns[i];
        const MigConstraint *own = find_key(column->constraints, column->n_constraints);

        if (own != NULL)
            check_column(ctx, change, column, own);
        else if (whole != NULL &&
                 mig_lint_has_word(ctx, whole->columns, whole->n_columns, column->name))
            check_column(ctx, change, column, whole);
    }
}

const MigRule mig_rule_sqlite_nullable_primary_key = {
    .id = "sqlite-nullable-primary-key",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a primary key that accepts NULL, or that isn't the rowid",
    .danger =
        "For the sake of old databases SQLite accepts NULL in a primary key, any number of them, "
        "unless it is INTEGER PRIMARY KEY; INT PRIMARY KEY is no alias of the rowid, and gives "
        "no number by itself.",
    .steps = {"INTEGER PRIMARY KEY, for numbers.", "NOT NULL with each other column of the key."},
    .manual = "SQLite, \"CREATE TABLE\", SQL Data Constraints; ROWIDs and the INTEGER PRIMARY KEY",
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* ENUM or SET that is changed in another way than by appending values. */
#include "lint/mysql.h"
#include "lint/rule.h"

#include <string.h>

static bool
has_value(const MigType *type, const char *value)
{
    for (size_t i = 0; i < type->n_values; i++) {
        if (strcmp(type->values[i], value) == 0)
            return true;
    }
    return false;
}

static bool
appends(const MigType *from, const MigType *to)
{
    for (size_t i = 0; i < from->n_values; i++) {
        if (i >= to->n_values || strcmp(from->values[i], to->values[i]) != 0)
            return false;
    }
    return true;
}

static void
append_value(GString *text, const char *value)
{
    g_string_append(text, text->len > 0 ? ", '" : "'");
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '\'' || *c == '\\')
            g_string_append_c(text, *c);
        g_string_append_c(text, *c);
    }
    g_string_append_c(text, '\'');
}

/* The old values in their order, then those that are new. */
static void
fix_order(MigLintContext *ctx, MigFinding *finding, const MigType *from, const MigType *to)
{
    g_autoptr(GString) values = g_string_new(NULL);

    if (to->charset != NULL || to->collation != NULL || to->span.length == 0)
        return;
    for (size_t i = 0; i < from->n_values; i++)
        append_value(values, from->values[i]);
    for (size_t i = 0; i < to->n_values; i++) {
        if (!has_value(from, to->values[i]))
            append_value(values, to->values[i]);
    }
    g_autofree char *kind = g_ascii_strup(to->name, -1);
    mig_lint_fix(ctx, finding, to->span, mig_lint_format(ctx, "%s(%s)", kind, values->str));
}

static void
report_removed(MigLintContext *ctx, const MigChange *change, const MigType *from, const MigType *to,
               const char *column)
{
    g_autoptr(GPtrArray) removed = g_ptr_array_new();
    /* What UP has added goes again in DOWN, which is what it is for. */
    MigSeverity severity = ctx->down ? MIG_SEVERITY_WARNING : MIG_SEVERITY_ERROR;

    for (size_t i = 0; i < from->n_values; i++) {
        if (!has_value(to, from->values[i]))
            g_ptr_array_add(removed, (gpointer)(uintptr_t)from->values[i]);
    }
    MigFinding *finding = mig_lint_report_as(
        ctx, severity, change, "%s loses the value%s %s", column, removed->len == 1 ? "" : "s",
        mig_lint_list(ctx, (const char *const *)removed->pdata, removed->len));
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "Give rows that have it another value first, in a migration before.");
    mig_lint_step(finding, "Keep the value in the list and forbid it in the code, or by a CHECK.");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    const MigType *to = change->column != NULL ? &change->column->type : NULL;
    bool removes = false;

    if (change->kind != MIG_CHANGE_MODIFY_COLUMN || column == NULL || to == NULL ||
        column->type.n_values == 0 || to->n_values == 0 ||
        g_strcmp0(column->type.name, to->name) != 0)
        return;
    const MigType *from = &column->type;
    const char *name =
        mig_lint_format(ctx, "%s.%s", mig_lint_name(ctx, &change->table), column->name);
    for (size_t i = 0; i < from->n_values; i++)
        removes = removes || !has_value(to, from->values[i]);
    if (removes) {
        report_removed(ctx, change, from, to, name);
    } else if (!appends(from, to)) {
        MigFinding *finding =
            mig_lint_report(ctx, change, "values of %s change their places", name);
        fix_order(ctx, finding, from, to);
    } else if (mig_mysql_blames(ctx, change, MIG_MYSQL_COST_COPY) &&
               from->n_values < to->n_values) {
        bool small = mig_lint_is_small(ctx, mig_lint_table(ctx, &change->table));
        mig_lint_report_as(
            ctx, small ? MIG_SEVERITY_INFO : MIG_SEVERITY_ERROR, change,
            "%zu values of %s need another byte, for which all of its table is copied",
            to->n_values, name);
    }
}

const MigRule mig_rule_mysql_enum_set_change = {
    .id = "mysql-enum-set-change",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_YES,
    .summary = "ENUM or SET that is changed in another way than by appending",
    .danger =
        "All rows are copied while writes wait. Rows with a value that goes make it fail, or lose "
        "it without strict mode; values that move sort and compare as other numbers.",
    .steps = {"Append new values behind those that are there: that changes the dictionary alone."},
    .manual =
        "MySQL 8.4, \"The ENUM Type\"; \"Online DDL Operations\", Modifying the definition of an "
        "ENUM or SET column",
    .weaker = {"change-column-type", "mysql-table-copy", "mysql-algorithm-unstated"},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* Widths of numbers that mean nothing, and ZEROFILL. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static const char *
problem(const MigType *type)
{
    static const char *const floats[] = {"float", "double", "real", NULL};

    if (type->zerofill)
        return "ZEROFILL only shows zeros, and is deprecated";
    if (mig_lint_is_integer_type(type) && type->n_modifiers > 0 &&
        !(g_str_equal(type->name, "tinyint") && type->modifiers[0] == 1))
        return "the width only says how it is shown, and is deprecated";
    if (mig_lint_type_is(type, floats) && type->n_modifiers == 2)
        return "digits of a float are deprecated, and round what is stored";
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    size_t n = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);

    if (mig_mysql_is_older(ctx, 80017, 0))
        return;
    for (size_t i = 0; i < n; i++) {
        const MigType *type = &columns[i].type;
        const char *what = problem(type);

        if (what == NULL)
            continue;
        MigFinding *finding = mig_lint_report_at(
            ctx, mig_lint_severity(ctx), mig_lint_column_place(ctx, change, &columns[i]),
            "%s.%s: %s", mig_lint_name(ctx, &change->table), columns[i].name, what);
        if (mig_lint_is_integer_type(type) && !type->zerofill && type->span.length > 0) {
            g_autofree char *name = g_ascii_strup(type->name, -1);
            mig_lint_fix(ctx, finding, type->span,
                         mig_lint_format(ctx, "%s%s", name, type->is_unsigned ? " UNSIGNED" : ""));
        }
    }
}

const MigRule mig_rule_mysql_display_width = {
    .id = "mysql-display-width",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "widths of numbers that mean nothing, and ZEROFILL",
    .danger =
        "INT(5) holds what INT holds; MySQL gives a warning, and forgets the width from 8.0.19 "
        "on, so that schemas which say it seem to differ.",
    .steps = {"Leave the width out.", "To show zeros in front, use LPAD() in the query.",
              "For exact digits use DECIMAL."},
    .manual = "MySQL 8.4, \"Numeric Data Type Syntax\"",
    .check = check,
};

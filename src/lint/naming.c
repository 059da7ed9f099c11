/* SPDX-License-Identifier: MIT */
/* Names that a change brings in, and whether they are as the project wants them. */
#include "lint/naming.h"

#include "lint/defined.h"
#include "lint/meaning.h"

#include <string.h>

static void
call_column(MigLintContext *ctx, const MigChange *change, const MigColumn *column,
            MigLintNamedFunc func)
{
    const MigLintNamed named = {
        change, column->name, column->name_span, column->quoted, true,
    };

    func(ctx, &named);
}

static bool
is_renamed(const MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    return !ctx->down && change->to.name != NULL && (table == NULL || !table->temporary) &&
           (change->kind == MIG_CHANGE_RENAME_TABLE || change->kind == MIG_CHANGE_RENAME_COLUMN);
}

void
mig_lint_each_named(MigLintContext *ctx, const MigChange *change, MigLintNamedFunc func)
{
    const MigCreateTable *create = mig_lint_created(ctx, change);
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (create != NULL) {
        const MigLintNamed named = {
            change, change->table.name, change->table.span, change->table.quoted, false,
        };
        func(ctx, &named);
        for (size_t i = 0; i < create->n_columns; i++)
            call_column(ctx, change, &create->columns[i], func);
    }
    if (change->kind == MIG_CHANGE_ADD_COLUMN && change->column != NULL && !ctx->down &&
        (table == NULL || !table->temporary))
        call_column(ctx, change, change->column, func);
    if (is_renamed(ctx, change)) {
        const MigLintNamed named = {
            change,
            change->to.name,
            change->to.span,
            change->to.quoted,
            change->kind == MIG_CHANGE_RENAME_COLUMN,
        };
        func(ctx, &named);
    }
}

static bool
is_strict(const MigLintContext *ctx)
{
    return g_strcmp0(mig_lint_text(ctx, "naming"), "strict") == 0;
}

MigSeverity
mig_lint_naming_severity(const MigLintContext *ctx)
{
    MigSeverity own = mig_lint_severity(ctx);

    return is_strict(ctx) ? MAX(own, MIG_SEVERITY_WARNING) : own;
}

MigFinding *
mig_lint_report_named(MigLintContext *ctx, const MigLintNamed *named, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), named->change, named->span,
                                "%s", message);
}

bool
mig_lint_name_fits(const MigLintContext *ctx, const char *name, const char *prefix,
                   const char *table)
{
    g_autofree char *given = mig_name_to_snake(name);
    g_autofree char *plural = mig_name_to_snake(table);
    g_autofree char *singular = mig_name_singular(table);

    if (!is_strict(ctx))
        return strstr(given, singular) != NULL;
    if (!g_str_has_prefix(given, prefix))
        return false;
    const char *rest = given + strlen(prefix);
    return g_str_has_prefix(rest, plural) || g_str_has_prefix(rest, singular);
}

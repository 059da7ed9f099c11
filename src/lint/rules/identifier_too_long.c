/* SPDX-License-Identifier: MIT */
/* Names that are longer than the server takes. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

/* (owned) The last part of a name as it is written, without quotes. */
static char *
last_part(const char *written, size_t length)
{
    g_autoptr(GString) part = g_string_new(NULL);
    char quote = '\0';

    for (size_t i = 0; i < length; i++) {
        char c = written[i];

        if (quote != '\0' && c == quote && i + 1 < length && written[i + 1] == quote)
            g_string_append_c(part, written[i++]);
        else if (quote != '\0' && c == quote)
            quote = '\0';
        else if (quote == '\0' && (c == '"' || c == '`'))
            quote = c;
        else if (quote == '\0' && c == '.')
            g_string_truncate(part, 0);
        else if (quote != '\0' || !g_ascii_isspace(c))
            g_string_append_c(part, c);
    }
    return g_string_free(g_steal_pointer(&part), FALSE);
}

/* The parser has cut PostgreSQL's names already: only the text has all of them. */
static void
check_span(MigLintContext *ctx, MigSpan span)
{
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;
    const MigPlace place = {.statement = ctx->statement, .span = span};

    if (span.length <= (postgres ? 63 : 64))
        return;
    const char *written = mig_lint_source(ctx, ctx->statement, span);
    g_autofree char *name = last_part(written, strlen(written));
    size_t length = strlen(name);
    if (postgres && length > 63)
        mig_lint_report_at(ctx, MIG_SEVERITY_WARNING, place,
                           "PostgreSQL cuts this name of %zu bytes to 63", length);
    else if (!postgres && g_utf8_validate(name, -1, NULL) && g_utf8_strlen(name, -1) > 64)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "this name has %ld characters, and %s takes 64", g_utf8_strlen(name, -1),
                           mig_engine_title(ctx->engine));
}

static void
check_table(MigLintContext *ctx, const MigCreateTable *create)
{
    for (size_t i = 0; i < create->n_columns; i++) {
        check_span(ctx, create->columns[i].name_span);
        for (size_t j = 0; j < create->columns[i].n_constraints; j++)
            check_span(ctx, create->columns[i].constraints[j].name.span);
    }
    for (size_t i = 0; i < create->n_constraints; i++)
        check_span(ctx, create->constraints[i].name.span);
    for (size_t i = 0; i < create->n_indexes; i++)
        check_span(ctx, create->indexes[i].name.span);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_TABLE:
        check_span(ctx, change->table.span);
        if (change->create_table != NULL)
            check_table(ctx, change->create_table);
        break;
    case MIG_CHANGE_CREATE_VIEW:
    case MIG_CHANGE_CREATE_MATERIALIZED_VIEW:
        check_span(ctx, change->table.span);
        break;
    case MIG_CHANGE_ADD_COLUMN:
    case MIG_CHANGE_MODIFY_COLUMN:
        check_span(ctx, change->column->name_span);
        for (size_t i = 0; i < change->column->n_constraints; i++)
            check_span(ctx, change->column->constraints[i].name.span);
        break;
    case MIG_CHANGE_ADD_CONSTRAINT:
        check_span(ctx, change->constraint->name.span);
        break;
    case MIG_CHANGE_CREATE_INDEX:
        check_span(ctx, change->index->name.span);
        break;
    case MIG_CHANGE_RENAME_TABLE:
    case MIG_CHANGE_RENAME_COLUMN:
    case MIG_CHANGE_RENAME_CONSTRAINT:
    case MIG_CHANGE_RENAME_INDEX:
    case MIG_CHANGE_RENAME_OBJECT:
        check_span(ctx, change->to.span);
        break;
    case MIG_CHANGE_CREATE_TRIGGER:
    case MIG_CHANGE_CREATE_ROUTINE:
    case MIG_CHANGE_CREATE_ENUM:
    case MIG_CHANGE_CREATE_DOMAIN:
    case MIG_CHANGE_CREATE_COMPOSITE:
    case MIG_CHANGE_CREATE_OBJECT:
        check_span(ctx, change->name.span);
        break;
    default:
        break;
    }
}

const MigRule mig_rule_identifier_too_long = {
    .id = "identifier-too-long",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a name longer than the server takes",
    .danger =
        "MySQL refuses it; PostgreSQL cuts it with no more than a notice, and two long names may "
        "become one.",
    .steps = {"Take a shorter name."},
    .manual =
        "PostgreSQL 18, \"Lexical Structure\", Identifiers and Key Words; MySQL 8.4, \"Identifier "
        "Length Limits\"",
    .check = check,
};

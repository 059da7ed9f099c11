/* SPDX-License-Identifier: MIT */
/* LIKE with a pattern that begins with a wildcard. */
#include "lint/queries.h"
#include "lint/rule.h"

#include <string.h>

/* Whether the pattern begins with % or _ and is more than that. */
static bool
begins_with_wildcard(const MigExpr *pattern)
{
    if (pattern->kind == MIG_EXPR_CAST && pattern->n_args == 1)
        return begins_with_wildcard(pattern->args[0]);
    if (pattern->kind == MIG_EXPR_LITERAL && pattern->string && pattern->text != NULL)
        return (pattern->text[0] == '%' || pattern->text[0] == '_') && pattern->text[1] != '\0';

    /* '%' || word || '%', and CONCAT('%', word) */
    bool joins = (pattern->kind == MIG_EXPR_OPERATOR && g_strcmp0(pattern->text, "||") == 0) ||
                 (pattern->kind == MIG_EXPR_CALL && pattern->name != NULL &&
                  g_ascii_strcasecmp(pattern->name, "concat") == 0);
    if (!joins || pattern->n_args < 2)
        return false;

    const MigExpr *first = pattern->args[0];
    if (first->kind == MIG_EXPR_LITERAL && first->text != NULL)
        return first->text[0] == '%' || first->text[0] == '_';
    return first->kind == MIG_EXPR_OPERATOR && begins_with_wildcard(first);
}

/* An index that knows the words, or the trigrams, of the column. */
static bool
has_text_index(const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);

        if (strcmp(index->method, "btree") == 0 || strcmp(index->method, "hash") == 0)
            continue;
        for (size_t part = 0; part < index->n_parts; part++) {
            if (g_strcmp0(index->parts[part].column, column) == 0 ||
                mig_expr_mentions(index->parts[part].expr, column))
                return true;
        }
    }
    return false;
}

static void
judge(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *like)
{
    const MigTableColumn *column = NULL;
    const MigName *name = mig_lint_resolve(ctx, scope, like->args[0], &column);
    const MigTable *table = mig_lint_table(ctx, name);

    if (column == NULL || !mig_lint_speed_matters(ctx, scope, table) ||
        has_text_index(table, column->name))
        return;

    bool large = mig_lint_is_large(ctx, table) && mig_lint_is_kept(scope);
    MigFinding *finding = mig_lint_report_span(
        ctx, large ? MIG_SEVERITY_WARNING : mig_lint_severity(ctx), scope, like->span,
        "a pattern that begins with a wildcard reads all of %s", mig_lint_name(ctx, name));
    if (ctx->engine == MIG_ENGINE_POSTGRES)
        mig_lint_step(finding,
                      "CREATE INDEX CONCURRENTLY ... ON %s USING gin (%s gin_trgm_ops), of "
                      "the extension pg_trgm.",
                      mig_lint_name(ctx, name), column->name);
    else if (ctx->engine != MIG_ENGINE_SQLITE)
        mig_lint_step(finding, "ALTER TABLE %s ADD FULLTEXT INDEX (%s), and MATCH ... AGAINST.",
                      mig_lint_name(ctx, name), column->name);
    else
        mig_lint_step(finding, "Keep the text in an FTS5 table, and MATCH it.");
}

static bool
visit(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr)
{
    bool is_like = expr->kind == MIG_EXPR_OPERATOR && expr->n_args >= 2 &&
                   (g_strcmp0(expr->text, "like") == 0 || g_strcmp0(expr->text, "ilike") == 0);

    if (is_like && scope->clause == MIG_LINT_CLAUSE_FILTER &&
        expr->args[0]->kind == MIG_EXPR_COLUMN && begins_with_wildcard(expr->args[1]))
        judge(ctx, scope, expr);
    return true;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.expr = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_like_leading_wildcard = {
    .id = "like-leading-wildcard",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "LIKE with a pattern that begins with a wildcard",
    .danger = "No ordinary index helps: every row of the table is read each time.",
    .steps = {"Search by the beginning of the text, where that will do."},
    .manual = "PostgreSQL 16, \"Indexes\", Index Types; MySQL 8.0, \"Comparison of B-Tree and Hash "
              "Indexes\"",
    .check = check,
    .check_body = check,
};

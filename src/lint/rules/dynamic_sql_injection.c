/* SPDX-License-Identifier: MIT */
/* Routines that execute text which their caller has a part in. */
#include "lint/rule.h"

#include <string.h>

typedef struct {
    const MigRoutine *routine;
    GPtrArray *types; /* (owned) char *: of its parameters, as written; fewer: not known */
} Callee;

/* "IN a varchar(20), b decimal(10, 2)" to what stands between the commas outside of parentheses. */
static GPtrArray *
split_arguments(const char *text)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    size_t length = text != NULL ? strlen(text) : 0;
    size_t begin = 0;
    size_t depth = 0;

    if (length >= 2 && text[0] == '(' && text[length - 1] == ')') {
        begin = 1;
        length--;
    }
    for (size_t i = begin; i <= length && begin < length; i++) {
        if (i < length && text[i] == '(')
            depth++;
        else if (i < length && text[i] == ')' && depth > 0)
            depth--;
        if (i < length && (text[i] != ',' || depth > 0))
            continue;
        g_autofree char *part = g_strndup(text + begin, i - begin);
        g_ptr_array_add(parts, g_ascii_strdown(g_strstrip(part), -1));
        begin = i + 1;
    }
    return parts;
}

/* Numbers, dates and the like can't bring SQL with them. */
static bool
is_text_type(const char *type)
{
    static const char *const words[] = {"text", "varchar", "char", "name", "citext", "json", "xml"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strstr(type, words[i]) != NULL)
            return true;
    }
    return false;
}

static bool
is_text_parameter(const Callee *callee, size_t n)
{
    if (callee->types->len != callee->routine->n_parameters)
        return true;
    return is_text_type(g_ptr_array_index(callee->types, n));
}

static bool
is_parameter(const Callee *callee, const MigExpr *expr)
{
    if (expr->kind == MIG_EXPR_PARAMETER && expr->text != NULL && expr->text[0] == '$') {
        guint64 n = g_ascii_strtoull(expr->text + 1, NULL, 10);
        return n >= 1 && n <= callee->routine->n_parameters &&
               is_text_parameter(callee, (size_t)n - 1);
    }
    if (expr->kind != MIG_EXPR_COLUMN || expr->name == NULL)
        return false;
    for (size_t i = 0; i < callee->routine->n_parameters; i++) {
        if (g_ascii_strcasecmp(callee->routine->parameters[i], expr->name) == 0)
            return is_text_parameter(callee, i);
    }
    return false;
}

/* Text is joined of text that is joined of text. */
static bool is_tainted(const Callee *callee, const MigExpr *expr);

/* format('... %I ... %L ... %s'): %s alone puts text in as it is. */
static bool
is_format_tainted(const Callee *callee, const MigExpr *call)
{
    const char *at = call->n_args > 0 ? call->args[0]->text : NULL;
    size_t next = 1;

    if (call->n_args == 0 || call->args[0]->kind != MIG_EXPR_LITERAL || at == NULL)
        return call->n_args > 0 && is_tainted(callee, call->args[0]);
    while ((at = strchr(at, '%')) != NULL) {
        at++;
        if (*at == '%') {
            at++;
            continue;
        }

        char *end = NULL;
        guint64 position = g_ascii_strtoull(at, &end, 10);
        if (position > 0 && *end == '$') {
            next = (size_t)position;
            at = end + 1;
        }
        at += strspn(at, "-*0123456789");
        if (*at == 's' && next < call->n_args && is_tainted(callee, call->args[next]))
            return true;
        next++;
    }
    return false;
}

static bool
joins(const MigExpr *expr)
{
    static const char *const names[] = {"concat", "concat_ws", "lower",    "upper", "trim",
                                        "btrim",  "replace",   "coalesce", NULL};

    if (expr->kind == MIG_EXPR_OPERATOR)
        return g_strcmp0(expr->text, "||") == 0;
    if (expr->kind != MIG_EXPR_CALL || expr->name == NULL)
        return false;
    g_autofree char *name = g_ascii_strdown(expr->name, -1);
    return g_strv_contains(names, name);
}

static bool
is_tainted(const Callee *callee, const MigExpr *expr)
{
    if (is_parameter(callee, expr))
        return true;
    if (expr->kind == MIG_EXPR_CALL && expr->name != NULL &&
        g_ascii_strcasecmp(expr->name, "format") == 0)
        return is_format_tainted(callee, expr);
    if (expr->kind == MIG_EXPR_CAST &&
        (expr->type == NULL || expr->type->name == NULL || !is_text_type(expr->type->name)))
        return false;
    if (expr->kind != MIG_EXPR_CAST && !joins(expr))
        return false;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (is_tainted(callee, expr->args[i]))
            return true;
    }
    return false;
}

/* What MySQL's PREPARE ... FROM @a was given last. */
static const MigExpr *
find_assignment(const MigChanges *changes, size_t before, const char *variable)
{
    for (size_t i = before; i-- > 0;) {
        const MigChange *change = &changes->changes[i];

        if (!change->in_body)
            return NULL;
        if (change->kind == MIG_CHANGE_SET && change->n_options > 0 &&
            g_strcmp0(change->options[0].name, variable) == 0)
            return change->expr;
    }
    return NULL;
}

/* A parameter that is executed as it is was meant so; one that is joined to other text wasn't. */
static bool
is_joined_with(const Callee *callee, const MigExpr *expr)
{
    return expr != NULL && !is_parameter(callee, expr) && is_tainted(callee, expr);
}

static bool
is_dangerous(const MigLintContext *ctx, const Callee *callee, size_t n)
{
    const MigChanges *changes = ctx->statement->changes;
    const MigChange *change = &changes->changes[n];
    const MigExpr *expr = change->expr;

    if (expr != NULL && expr->kind == MIG_EXPR_PARAMETER && expr->text != NULL &&
        expr->text[0] == '@')
        expr = find_assignment(changes, n, expr->text + 1);
    if (expr != NULL || ctx->engine != MIG_ENGINE_POSTGRES || change->text == NULL)
        return is_joined_with(callee, expr);

    /* PL/pgSQL's EXECUTE has an expression of SQL, which is read as what it is. */
    g_autofree char *query = g_strconcat("SELECT ", change->text, NULL);
    g_autoptr(MigChanges) read = mig_parse(query, strlen(query), ctx->engine, ctx->version);
    if (read->n_changes != 1 || read->changes[0].query == NULL ||
        read->changes[0].query->n_targets != 1)
        return false;
    return is_joined_with(callee, read->changes[0].query->targets[0].value);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigChanges *changes = ctx->statement->changes;

    if (change->kind != MIG_CHANGE_CREATE_ROUTINE || change->routine == NULL ||
        change->routine->n_parameters == 0)
        return;

    g_autoptr(GPtrArray) types = split_arguments(change->routine->arguments);
    const Callee callee = {change->routine, types};
    for (size_t i = (size_t)(change - changes->changes) + 1;
         i < changes->n_changes && changes->changes[i].in_body; i++) {
        const MigPlace place = {.statement = ctx->statement,
                                .span = changes->changes[i].span,
                                .nested = change->nested};

        if (changes->changes[i].kind != MIG_CHANGE_DYNAMIC || !is_dangerous(ctx, &callee, i))
            continue;
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s executes text that a parameter is joined into",
                           mig_lint_name(ctx, &change->name));
    }
}

const MigRule mig_rule_dynamic_sql_injection = {
    .id = "dynamic-sql-injection",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A routine that executes text which a parameter is joined into",
    .danger = "Whoever calls it executes whatever SQL they like, with the rights of the routine.",
    .steps =
        {"PostgreSQL: EXECUTE format('... %I ... %L', name, value), or EXECUTE ... USING value.",
         "MySQL: PREPARE with ? and EXECUTE ... USING @value; names only after a look into "
         "information_schema."},
    .manual = "PostgreSQL 16, \"Executing Dynamic Commands\"; MySQL 8.0, \"PREPARE Statement\"",
    .check = check,
};

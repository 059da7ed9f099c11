/* SPDX-License-Identifier: MIT */
/* Types, expressions and queries back to text, normalised. */
#include "sql/dump.h"

#include <migrate/change.h>
#include <string.h>

static bool
is_plain(const char *name)
{
    if (!g_ascii_islower(name[0]) && name[0] != '_')
        return false;
    for (const char *at = name; *at != '\0'; at++) {
        if (!g_ascii_islower(*at) && !g_ascii_isdigit(*at) && *at != '_')
            return false;
    }
    return true;
}

/* Doubled quotes; what would break a line is shown as an escape. */
static void
put_quoted(GString *out, const char *text, char quote)
{
    g_string_append_c(out, quote);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == quote)
            g_string_append_c(out, quote);
        if ((unsigned char)*at < ' ')
            g_string_append_printf(out, "\\x%02x", (unsigned char)*at);
        else
            g_string_append_c(out, *at);
    }
    g_string_append_c(out, quote);
}

void
mig_dump_word(GString *out, const char *name)
{
    if (name == NULL)
        g_string_append(out, "(none)");
    else if (is_plain(name))
        g_string_append(out, name);
    else
        put_quoted(out, name, '"');
}

void
mig_dump_string(GString *out, const char *text)
{
    put_quoted(out, text, '\'');
}

void
mig_dump_name(GString *out, const MigName *name)
{
    if (name->schema != NULL) {
        mig_dump_word(out, name->schema);
        g_string_append_c(out, '.');
    }
    mig_dump_word(out, name->name);
}

void
mig_dump_type(GString *out, const MigType *type)
{
    if (type->setof)
        g_string_append(out, "setof ");
    if (type->schema != NULL) {
        mig_dump_word(out, type->schema);
        g_string_append_c(out, '.');
    }
    /* Type names have spaces in them, and on SQLite anything. */
    g_string_append(out, type->name != NULL ? type->name : "(no type)");
    if (type->fields != NULL)
        g_string_append_printf(out, " %s", type->fields);
    if (type->n_modifiers == 1)
        g_string_append_printf(out, "(%lld)", type->modifiers[0]);
    if (type->n_modifiers == 2)
        g_string_append_printf(out, "(%lld,%lld)", type->modifiers[0], type->modifiers[1]);
    for (size_t i = 0; i < type->n_values; i++) {
        g_string_append(out, i == 0 ? "(" : ", ");
        mig_dump_string(out, type->values[i]);
    }
    if (type->n_values > 0)
        g_string_append_c(out, ')');
    for (unsigned i = 0; i < type->dimensions; i++)
        g_string_append(out, "[]");
    if (type->is_unsigned)
        g_string_append(out, " unsigned");
    if (type->zerofill)
        g_string_append(out, " zerofill");
    if (type->charset != NULL)
        g_string_append_printf(out, " charset %s", type->charset);
    if (type->collation != NULL) {
        g_string_append(out, " collate ");
        mig_dump_word(out, type->collation);
    }
}

void
mig_dump_exprs(GString *out, MigExpr *const *exprs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append(out, ", ");
        mig_dump_expr(out, exprs[i]);
    }
}

static void
put_joined(GString *out, const MigExpr *expr, const char *separator)
{
    g_string_append_c(out, '(');
    for (size_t i = 0; i < expr->n_args; i++) {
        if (i > 0)
            g_string_append(out, separator);
        mig_dump_expr(out, expr->args[i]);
    }
    g_string_append_c(out, ')');
}

static void
put_args(GString *out, const MigExpr *expr, const char *open, const char *close)
{
    g_string_append(out, open);
    mig_dump_exprs(out, expr->args, expr->n_args);
    g_string_append(out, close);
}

static void
put_qualified(GString *out, const MigExpr *expr)
{
    if (expr->schema != NULL) {
        mig_dump_word(out, expr->schema);
        g_string_append_c(out, '.');
    }
    if (expr->kind == MIG_EXPR_STAR)
        g_string_append_c(out, '*');
    else
        mig_dump_word(out, expr->name);
}

static void
put_operator(GString *out, const MigExpr *expr)
{
    if (expr->n_args == 2) {
        g_autofree char *separator = g_strdup_printf(" %s ", expr->text);
        put_joined(out, expr, separator);
        return;
    }
    g_string_append_printf(out, "(%s", expr->text);
    for (size_t i = 0; i < expr->n_args; i++) {
        g_string_append_c(out, ' ');
        mig_dump_expr(out, expr->args[i]);
    }
    g_string_append_c(out, ')');
}

static void
put_in(GString *out, const MigExpr *expr)
{
    if (expr->n_args > 0)
        mig_dump_expr(out, expr->args[0]);
    g_string_append(out, expr->kind == MIG_EXPR_IN ? " in (" : " not in (");
    if (expr->query != NULL)
        mig_dump_query(out, expr->query);
    else if (expr->n_args > 1)
        mig_dump_exprs(out, expr->args + 1, expr->n_args - 1);
    g_string_append_c(out, ')');
}

static void
put_between(GString *out, const MigExpr *expr)
{
    static const char *const words[] = {"", " between ", " and "};

    g_string_append_c(out, '(');
    for (size_t i = 0; i < expr->n_args; i++) {
        if (i == 1 && expr->kind == MIG_EXPR_NOT_BETWEEN)
            g_string_append(out, " not");
        if (i < G_N_ELEMENTS(words))
            g_string_append(out, words[i]);
        mig_dump_expr(out, expr->args[i]);
    }
    g_string_append_c(out, ')');
}

static void
put_call(GString *out, const MigExpr *expr)
{
    put_qualified(out, expr);
    put_args(out, expr, expr->distinct ? "(distinct " : "(", ")");
}

static void
put_query(GString *out, const MigExpr *expr)
{
    g_string_append(out, expr->kind == MIG_EXPR_EXISTS ? "exists (" : "(");
    if (expr->query != NULL)
        mig_dump_query(out, expr->query);
    g_string_append_c(out, ')');
}

static void
put_suffix(GString *out, const MigExpr *expr, const char *suffix)
{
    put_args(out, expr, "(", "");
    g_string_append_printf(out, " %s)", suffix);
}

static void
put_typed(GString *out, const MigExpr *expr)
{
    g_string_append(out, "cast(");
    mig_dump_exprs(out, expr->args, expr->n_args);
    g_string_append(out, " as ");
    if (expr->type != NULL)
        mig_dump_type(out, expr->type);
    g_string_append_c(out, ')');
}

static void
put_text(GString *out, const MigExpr *expr)
{
    if (expr->string)
        mig_dump_string(out, expr->text);
    else
        g_string_append(out, expr->text != NULL ? expr->text : "");
}

static void
put_other(GString *out, const MigExpr *expr)
{
    g_string_append(out, expr->text != NULL ? expr->text : "other");
    if (expr->n_args > 0 || expr->query != NULL)
        put_args(out, expr, "{", "");
    if (expr->query != NULL)
        mig_dump_query(out, expr->query);
    if (expr->n_args > 0 || expr->query != NULL)
        g_string_append_c(out, '}');
}

static void
put_collate(GString *out, const MigExpr *expr)
{
    g_string_append_c(out, '(');
    mig_dump_exprs(out, expr->args, expr->n_args);
    g_string_append(out, " collate ");
    mig_dump_word(out, expr->text);
    g_string_append_c(out, ')');
}

void
mig_dump_expr(GString *out, const MigExpr *expr)
{
    switch (expr->kind) {
    case MIG_EXPR_NULL:
        g_string_append(out, "null");
        break;
    case MIG_EXPR_LITERAL:
    case MIG_EXPR_PARAMETER:
        put_text(out, expr);
        break;
    case MIG_EXPR_COLUMN:
    case MIG_EXPR_STAR:
        put_qualified(out, expr);
        break;
    case MIG_EXPR_CALL:
        put_call(out, expr);
        break;
    case MIG_EXPR_OPERATOR:
        put_operator(out, expr);
        break;
    case MIG_EXPR_AND:
        put_joined(out, expr, " and ");
        break;
    case MIG_EXPR_OR:
        put_joined(out, expr, " or ");
        break;
    case MIG_EXPR_NOT:
        put_args(out, expr, "(not ", ")");
        break;
    case MIG_EXPR_IS_NULL:
        put_suffix(out, expr, "is null");
        break;
    case MIG_EXPR_IS_NOT_NULL:
        put_suffix(out, expr, "is not null");
        break;
    case MIG_EXPR_IS_TRUE: {
        g_autofree char *suffix = g_strconcat("is ", expr->text, NULL);
        put_suffix(out, expr, suffix);
        break;
    }
    case MIG_EXPR_IN:
    case MIG_EXPR_NOT_IN:
        put_in(out, expr);
        break;
    case MIG_EXPR_BETWEEN:
    case MIG_EXPR_NOT_BETWEEN:
        put_between(out, expr);
        break;
    case MIG_EXPR_CASE:
        put_args(out, expr, "case(", ")");
        break;
    case MIG_EXPR_CAST:
        put_typed(out, expr);
        break;
    case MIG_EXPR_COLLATE:
        put_collate(out, expr);
        break;
    case MIG_EXPR_ARRAY:
        put_args(out, expr, "array[", "]");
        break;
    case MIG_EXPR_ROW:
        put_args(out, expr, "row(", ")");
        break;
    case MIG_EXPR_EXISTS:
    case MIG_EXPR_SUBQUERY:
        put_query(out, expr);
        break;
    case MIG_EXPR_DEFAULT:
        g_string_append(out, "default");
        break;
    case MIG_EXPR_INTERVAL:
        put_args(out, expr, "interval ", "");
        g_string_append_printf(out, " %s", expr->text != NULL ? expr->text : "");
        break;
    case MIG_EXPR_OTHER:
        put_other(out, expr);
        break;
    }
}

/* SPDX-License-Identifier: MIT */
/* Columns that a change defines or gives another type, and what kind of values they have. */
#include "lint/defined.h"

#include "lint/within.h"

#include <string.h>

/* Names as MigType has them, of all engines: where two share a name it means the same to both. */
static const struct {
    const char *name;
    MigValues values;
} known[] = {
    {"boolean", MIG_VALUES_BOOLEAN},
    {"bool", MIG_VALUES_BOOLEAN},
    {"integer", MIG_VALUES_INTEGER},
    {"int", MIG_VALUES_INTEGER},
    {"bigint", MIG_VALUES_INTEGER},
    {"smallint", MIG_VALUES_INTEGER},
    {"mediumint", MIG_VALUES_INTEGER},
    {"tinyint", MIG_VALUES_INTEGER},
    {"serial", MIG_VALUES_INTEGER},
    {"bigserial", MIG_VALUES_INTEGER},
    {"smallserial", MIG_VALUES_INTEGER},
    {"numeric", MIG_VALUES_NUMERIC},
    {"decimal", MIG_VALUES_NUMERIC},
    {"real", MIG_VALUES_FLOAT},
    {"double", MIG_VALUES_FLOAT},
    {"double precision", MIG_VALUES_FLOAT},
    {"float", MIG_VALUES_FLOAT},
    {"text", MIG_VALUES_STRING},
    {"character varying", MIG_VALUES_STRING},
    {"varchar", MIG_VALUES_STRING},
    {"character", MIG_VALUES_STRING},
    {"char", MIG_VALUES_STRING},
    {"bpchar", MIG_VALUES_STRING},
    {"nvarchar", MIG_VALUES_STRING},
    {"tinytext", MIG_VALUES_STRING},
    {"mediumtext", MIG_VALUES_STRING},
    {"longtext", MIG_VALUES_STRING},
    {"bytea", MIG_VALUES_BINARY},
    {"blob", MIG_VALUES_BINARY},
    {"tinyblob", MIG_VALUES_BINARY},
    {"mediumblob", MIG_VALUES_BINARY},
    {"longblob", MIG_VALUES_BINARY},
    {"binary", MIG_VALUES_BINARY},
    {"varbinary", MIG_VALUES_BINARY},
    {"date", MIG_VALUES_DATE},
    {"timestamp", MIG_VALUES_TIMESTAMP},
    {"timestamp with time zone", MIG_VALUES_TIMESTAMP},
    {"timestamp without time zone", MIG_VALUES_TIMESTAMP},
    {"datetime", MIG_VALUES_TIMESTAMP},
};

MigValues
mig_lint_values(const MigLintContext *ctx, const MigType *type)
{
    /* MySQL's BOOL is a number to its server, and a boolean to everybody else. */
    if (mig_lint_type_named(type, "tinyint") && type->n_modifiers > 0 && type->modifiers[0] == 1 &&
        (ctx->engine & (MIG_ENGINE_MYSQL | MIG_ENGINE_MARIADB)) != 0)
        return MIG_VALUES_BOOLEAN;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (mig_lint_type_named(type, known[i].name))
            return known[i].values;
    }
    return MIG_VALUES_OTHER;
}

bool
mig_lint_type_named(const MigType *type, const char *name)
{
    return type->name != NULL && g_ascii_strcasecmp(type->name, name) == 0 &&
           (type->schema == NULL || strcmp(type->schema, "pg_catalog") == 0);
}

bool
mig_lint_is_small_integer(const MigLintContext *ctx, const MigType *type)
{
    return ctx->engine != MIG_ENGINE_SQLITE && type->dimensions == 0 &&
           mig_lint_values(ctx, type) == MIG_VALUES_INTEGER &&
           !mig_lint_type_named(type, "bigint") && !mig_lint_type_named(type, "bigserial");
}

static bool
same_type(const MigType *a, const MigType *b)
{
    return g_strcmp0(a->name, b->name) == 0 && a->n_modifiers == b->n_modifiers &&
           a->dimensions == b->dimensions &&
           memcmp(a->modifiers, b->modifiers, a->n_modifiers * sizeof a->modifiers[0]) == 0;
}

static bool
is_nobodys(const MigLintContext *ctx, const MigName *name)
{
    const MigTable *table = mig_lint_table(ctx, name);

    return ctx->down || (name->schema != NULL && g_str_has_prefix(name->schema, "pg_temp")) ||
           (table != NULL && (table->temporary || table->kind == MIG_RELATION_FOREIGN ||
                              table->kind == MIG_RELATION_VIRTUAL));
}

const MigCreateTable *
mig_lint_created(const MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_CREATE_TABLE || change->create_table == NULL ||
        change->temporary || change->create_table->foreign || is_nobodys(ctx, &change->table) ||
        mig_lint_table(ctx, &change->table) != NULL)
        return NULL;
    return change->create_table;
}

static void
call(MigLintContext *ctx, const MigChange *change, const MigColumn *column, const char *name,
     MigLintDefinedFunc func)
{
    const MigLintDefined defined = {
        .change = change,
        .column = column,
        .old = change->kind == MIG_CHANGE_ALTER_TYPE || change->kind == MIG_CHANGE_MODIFY_COLUMN
                   ? mig_lint_column(ctx, &change->table, change->name.name)
                   : NULL,
        .name = name,
        .shown = mig_lint_format(ctx, "%s.%s", mig_lint_name(ctx, &change->table), name),
        .whole = change->kind != MIG_CHANGE_ALTER_TYPE,
    };

    /* MODIFY repeats a whole definition; what stays as it was is nobody's news. */
    if (defined.old == NULL || !same_type(&defined.old->type, &column->type))
        func(ctx, &defined);
}

void
mig_lint_each_defined(MigLintContext *ctx, const MigChange *change, MigLintDefinedFunc func)
{
    const MigCreateTable *create = mig_lint_created(ctx, change);

    for (size_t i = 0; create != NULL && i < create->n_columns; i++)
        call(ctx, change, &create->columns[i], create->columns[i].name, func);
    if (change->column == NULL || is_nobodys(ctx, &change->table))
        return;
    if (change->kind == MIG_CHANGE_ADD_COLUMN) {
        if (!change->if_not_exists ||
            mig_lint_column(ctx, &change->table, change->column->name) == NULL)
            call(ctx, change, change->column, change->column->name, func);
    } else if (change->kind == MIG_CHANGE_MODIFY_COLUMN) {
        call(ctx, change, change->column, change->column->name, func);
    } else if (change->kind == MIG_CHANGE_ALTER_TYPE) {
        call(ctx, change, change->column, change->name.name, func);
    }
}

static void
call_all(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraints, size_t n,
         MigLintConstraintFunc func)
{
    for (size_t i = 0; i < n; i++)
        func(ctx, change, &constraints[i]);
}

void
mig_lint_each_constraint(MigLintContext *ctx, const MigChange *change, MigLintConstraintFunc func)
{
    const MigCreateTable *create = mig_lint_created(ctx, change);

    for (size_t i = 0; create != NULL && i < create->n_columns; i++)
        call_all(ctx, change, create->columns[i].constraints, create->columns[i].n_constraints,
                 func);
    if (create != NULL)
        call_all(ctx, change, create->constraints, create->n_constraints, func);
    if (is_nobodys(ctx, &change->table))
        return;
    if (change->kind == MIG_CHANGE_ADD_COLUMN && change->column != NULL)
        call_all(ctx, change, change->column->constraints, change->column->n_constraints, func);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL)
        func(ctx, change, change->constraint);
}

static MigFinding *
report(MigLintContext *ctx, MigSeverity severity, const MigChange *change, MigSpan span,
       const char *message)
{
    const MigPlace place = {
        .statement = ctx->statement,
        .span = span.length > 0 ? span : change->span,
        .table = &change->table,
        .nested = change->nested,
    };

    return mig_lint_report_at(ctx, severity, place, "%s", message);
}

MigFinding *
mig_lint_report_defined(MigLintContext *ctx, MigSeverity severity, const MigLintDefined *defined,
                        const char *format, ...)
{
    MigSpan span = defined->column->type.span;
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    if (span.length == 0)
        span = defined->column->name_span;
    return report(ctx, severity, defined->change, span, message);
}

MigFinding *
mig_lint_report_part(MigLintContext *ctx, MigSeverity severity, const MigChange *change,
                     MigSpan span, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return report(ctx, severity, change, span, message);
}

static bool
concerns(const MigLintContext *ctx, const MigConstraint *constraint, const char *column)
{
    if (constraint->kind == MIG_CONSTRAINT_CHECK)
        return constraint->expr != NULL && mig_expr_mentions(constraint->expr, column);
    return mig_lint_has_word(ctx, constraint->columns, constraint->n_columns, column);
}

typedef struct {
    const MigLintDefined *defined;
    MigConstraintKind kind;
} Wanted;

static bool
adds_it(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const Wanted *wanted = data;

    return change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
           change->constraint->kind == wanted->kind &&
           mig_lint_same_name(ctx, &change->table, &wanted->defined->change->table) &&
           concerns(ctx, change->constraint, wanted->defined->name);
}

static bool
sets_not_null(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigLintDefined *defined = data;

    return change->kind == MIG_CHANGE_SET_NOT_NULL &&
           mig_lint_same_name(ctx, &change->table, &defined->change->table) &&
           mig_lint_same_word(ctx, change->name.name, defined->name);
}

const MigConstraint *
mig_lint_defined_constraint(const MigLintContext *ctx, const MigLintDefined *defined,
                            MigConstraintKind kind)
{
    const MigColumn *column = defined->column;
    const MigCreateTable *create = defined->change->create_table;
    const Wanted wanted = {defined, kind};

    for (size_t i = 0; defined->whole && i < column->n_constraints; i++) {
        if (column->constraints[i].kind == kind)
            return &column->constraints[i];
    }
    for (size_t i = 0; create != NULL && i < create->n_constraints; i++) {
        if (create->constraints[i].kind == kind &&
            concerns(ctx, &create->constraints[i], defined->name))
            return &create->constraints[i];
    }
    const MigChange *added = mig_lint_in_statement(ctx, adds_it, &wanted);
    if (added == NULL)
        added = mig_lint_after(ctx, adds_it, &wanted);
    return added != NULL ? added->constraint : NULL;
}

bool
mig_lint_defined_not_null(const MigLintContext *ctx, const MigLintDefined *defined)
{
    return defined->column->not_null ||
           mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_PRIMARY_KEY) != NULL ||
           mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_NOT_NULL) != NULL ||
           mig_lint_in_statement(ctx, sets_not_null, defined) != NULL ||
           mig_lint_after(ctx, sets_not_null, defined) != NULL;
}

void
mig_lint_fix_type(MigLintContext *ctx, MigFinding *finding, const MigLintDefined *defined,
                  const char *text)
{
    const MigSpan span = defined->column->type.span;

    if (finding == NULL || span.length == 0)
        return;
    const char *written = mig_lint_source(ctx, ctx->statement, span);
    /* A comment inside would be lost, and a change of type may need its author's USING. */
    if (strstr(written, "--") != NULL || strstr(written, "/*") != NULL ||
        defined->change->kind == MIG_CHANGE_ALTER_TYPE)
        return;
    for (unsigned i = 0; i < defined->column->type.dimensions; i++)
        text = mig_lint_format(ctx, "%s[]", text);
    mig_lint_fix(ctx, finding, span, text);
}

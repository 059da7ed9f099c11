/* SPDX-License-Identifier: MIT */
/* Definitions of columns in a change, and plain names of their types. */
#include "lint/columns.h"

#include <string.h>

const MigColumn *
mig_lint_columns(const MigChange *change, size_t *out_n)
{
    if (change->kind == MIG_CHANGE_CREATE_TABLE && change->create_table != NULL) {
        *out_n = change->create_table->n_columns;
        return change->create_table->columns;
    }
    bool one = change->kind == MIG_CHANGE_ADD_COLUMN || change->kind == MIG_CHANGE_MODIFY_COLUMN;
    *out_n = one && change->column != NULL ? 1 : 0;
    return change->column;
}

bool
mig_lint_type_is(const MigType *type, const char *const *names)
{
    return type->name != NULL && g_strv_contains(names, type->name);
}

bool
mig_lint_is_text_type(const MigType *type)
{
    static const char *const names[] = {"char",     "varchar", "tinytext", "text", "mediumtext",
                                        "longtext", "enum",    "set",      NULL};

    return mig_lint_type_is(type, names);
}

bool
mig_lint_is_integer_type(const MigType *type)
{
    static const char *const names[] = {"tinyint", "smallint", "mediumint", "int", "bigint", NULL};

    return mig_lint_type_is(type, names);
}

const char *
mig_lint_option(const MigOption *options, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(options[i].name, name) == 0)
            return options[i].value;
    }
    return NULL;
}

MigPlace
mig_lint_column_place(const MigLintContext *ctx, const MigChange *change, const MigColumn *column)
{
    return (MigPlace){
        .statement = ctx->statement,
        .span = column->span.length > 0 ? column->span : change->span,
        .table = &change->table,
        .column = column->name,
        .nested = change->nested,
    };
}

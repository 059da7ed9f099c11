/* SPDX-License-Identifier: MIT */
/* `-- migrate:allow RULE[, RULE] -- reason`: findings that are accepted. */
#include "lint/allow.h"

#include <string.h>

static void
free_allowance(gpointer data)
{
    MigAllowance *allowance = data;

    g_free(allowance->rule);
    g_free(allowance->reason);
    g_free(allowance);
}

static void
add_rule(GPtrArray *allowances, const char *rule, const char *reason, const MigDirective *directive,
         const MigStatement *statement)
{
    MigAllowance *allowance = g_new0(MigAllowance, 1);

    allowance->rule = g_strdup(rule);
    allowance->reason = *reason != '\0' ? g_strdup(reason) : NULL;
    allowance->directive = directive;
    allowance->statement = statement;
    g_ptr_array_add(allowances, allowance);
}

/* "add-index-non-concurrent, drop-table -- the table is empty" */
static void
read_directive(GPtrArray *allowances, const MigDirective *directive, const MigStatement *statement)
{
    const char *dashes = g_str_has_prefix(directive->argument, "-- ")
                             ? directive->argument
                             : strstr(directive->argument, " --");
    g_autofree char *names =
        dashes != NULL ? g_strndup(directive->argument, (size_t)(dashes - directive->argument))
                       : g_strdup(directive->argument);
    g_autofree char *reason = g_strdup(dashes != NULL ? dashes + strspn(dashes, " -") : "");
    g_auto(GStrv) words = g_strsplit_set(names, ", \t", -1);
    bool any = false;

    g_strstrip(reason);
    for (char **word = words; *word != NULL; word++) {
        if (**word == '\0')
            continue;
        add_rule(allowances, *word, reason, directive, statement);
        any = true;
    }
    /* One that names nothing allows nothing, and says so as unknown. */
    if (!any)
        add_rule(allowances, "", reason, directive, statement);
}

static void
read_directives(GPtrArray *allowances, const GPtrArray *directives, const MigStatement *statement)
{
    for (guint i = 0; directives != NULL && i < directives->len; i++) {
        const MigDirective *directive = g_ptr_array_index(directives, i);
        if (strcmp(directive->name, "allow") == 0)
            read_directive(allowances, directive, statement);
    }
}

GPtrArray *
mig_allowances_read(const MigStep *step)
{
    GPtrArray *allowances = g_ptr_array_new_with_free_func(free_allowance);

    if (step->migration != NULL)
        read_directives(allowances, step->migration->directives, NULL);
    for (guint i = 0; i < step->script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(step->script, i);
        read_directives(allowances, statement->directives, statement);
    }
    return allowances;
}

const MigAllowance *
mig_allowances_find(const GPtrArray *allowances, const char *rule, const MigStatement *statement)
{
    for (guint i = 0; i < allowances->len; i++) {
        MigAllowance *allowance = g_ptr_array_index(allowances, i);

        if (strcmp(allowance->rule, rule) != 0 ||
            (allowance->statement != NULL && allowance->statement != statement))
            continue;
        allowance->used = true;
        return allowance;
    }
    return NULL;
}

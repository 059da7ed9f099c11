/* SPDX-License-Identifier: MIT */
/* A new key over columns of rows that are there: there may be duplicates. */
#include "lint/rule.h"
#include "lint/within.h"

/* Whether what is there makes some of the columns unique already. */
static bool
is_subset(const MigLintContext *ctx, const char *const *some, size_t n, const GPtrArray *all)
{
    for (size_t i = 0; i < n; i++) {
        if (!mig_lint_has_word(ctx, (const char *const *)all->pdata, all->len, some[i]))
            return false;
    }
    return n > 0;
}

static bool
is_unique_already(const MigLintContext *ctx, const MigTable *table, const GPtrArray *columns)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if ((key->kind == MIG_CONSTRAINT_PRIMARY_KEY || key->kind == MIG_CONSTRAINT_UNIQUE) &&
            is_subset(ctx, key->columns, key->n_columns, columns))
            return true;
    }
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        g_autoptr(GPtrArray) parts = g_ptr_array_new();

        for (size_t j = 0; j < index->n_parts; j++)
            g_ptr_array_add(parts, (gpointer)(uintptr_t)(index->parts[j].column != NULL
                                                             ? index->parts[j].column
                                                             : ""));
        if (index->unique && index->valid && index->where == NULL &&
            is_subset(ctx, (const char *const *)parts->pdata, parts->len, columns))
            return true;
    }
    return false;
}

static void
note_table(const MigName *name, gpointer data)
{
    const MigName **wanted = data;

    if (*wanted != NULL && g_ascii_strcasecmp(name->name, (*wanted)->name) == 0)
        *wanted = NULL;
}

/* A query that looks for duplicates, or a statement that takes rows away. */
static bool
looks_for_duplicates(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *table = data;

    if (change->kind == MIG_CHANGE_DELETE || change->kind == MIG_CHANGE_TRUNCATE)
        return mig_lint_same_name(ctx, &change->table, table);
    if (change->query == NULL || change->query->having == NULL)
        return false;
    mig_query_tables(change->query, note_table, &table);
    return table == NULL;
}

static void
check_columns(MigLintContext *ctx, const MigChange *change, const GPtrArray *columns)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *name = mig_lint_name(ctx, &change->table);

    if (columns->len == 0 || mig_lint_is_new(ctx, table) || (table != NULL && table->temporary) ||
        mig_lint_rows(ctx, table) == 0)
        return;
    for (guint i = 0; i < columns->len; i++) {
        const char *column = g_ptr_array_index(columns, i);
        if (mig_lint_is_new_column(ctx, &change->table, column) ||
            mig_lint_statement_has_column(ctx, change, column))
            return;
    }
    if ((table != NULL && is_unique_already(ctx, table, columns)) ||
        mig_lint_before(ctx, looks_for_duplicates, &change->table) != NULL)
        return;

    const char *list = mig_lint_list(ctx, (const char *const *)columns->pdata, columns->len);
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < columns->len; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(columns, i));
    MigFinding *finding =
        mig_lint_report(ctx, change, "it fails if two rows of %s have the same %s", name, list);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "SELECT %s FROM %s GROUP BY %s HAVING count(*) > 1; must find nothing.",
                  names->str, name, names->str);
    mig_lint_step(finding, "Let no code write duplicates any more, and mend those that are there.");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *constraint = change->constraint;
    g_autoptr(GPtrArray) columns = g_ptr_array_new();

    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT &&
        (constraint->kind == MIG_CONSTRAINT_UNIQUE ||
         constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY) &&
        (constraint->using_index == NULL || ctx->engine != MIG_ENGINE_POSTGRES)) {
        for (size_t i = 0; i < constraint->n_columns; i++)
            g_ptr_array_add(columns, (gpointer)(uintptr_t)constraint->columns[i]);
    } else if (change->kind == MIG_CHANGE_CREATE_INDEX && change->index->unique &&
               !change->if_not_exists) {
        for (size_t i = 0; i < change->index->n_parts; i++) {
            /* What an expression gives can't be told. */
            if (change->index->parts[i].column == NULL)
                return;
            g_ptr_array_add(columns, (gpointer)(uintptr_t)change->index->parts[i].column);
        }
    }
    check_columns(ctx, change, columns);
}

const MigRule mig_rule_unique_on_existing_rows = {
    .id = "unique-on-existing-rows",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a new key over rows that are there",
    .danger = "One duplicate makes it fail, after all rows were read; and code that still writes "
              "duplicates fails from then on.",
    .steps = {"Look for duplicates first, and mend them."},
    .manual = "PostgreSQL 18, \"CREATE INDEX\", UNIQUE",
    .check = check,
};

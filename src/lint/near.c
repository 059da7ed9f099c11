/* SPDX-License-Identifier: MIT */
/* What somebody may have meant by a name that leads nowhere. */
#include "lint/near.h"

#include <string.h>

#include "lint/rule.h"

/* Longer names than any server's aren't compared. */
#define LONGEST 128

/* How many letters must be put in, taken out or changed to make one of the other. */
static size_t
distance(const char *a, const char *b)
{
    size_t n = strlen(a);
    size_t m = strlen(b);

    if (n > LONGEST || m > LONGEST)
        return SIZE_MAX;
    g_autofree size_t *row = g_new(size_t, m + 1);
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            bool same = g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[j - 1]);
            size_t replaced = diagonal + (same ? 0 : 1);

            diagonal = row[j];
            row[j] = MIN(MIN(row[j], row[j - 1]) + 1, replaced);
        }
    }
    return row[m];
}

/* What is more than two fifths of a name is no slip of the finger. */
static bool
is_near(const char *name, const char *other, size_t *best)
{
    size_t found = distance(name, other);

    if (found >= *best || found * 5 > MAX(strlen(name), strlen(other)) * 2)
        return false;
    *best = found;
    return true;
}

typedef struct {
    const char *name;
    const char *near;
    size_t best;
} Search;

static void
compare_table(const MigTable *table, gpointer data)
{
    Search *search = data;

    if (is_near(search->name, table->name, &search->best))
        search->near = table->name;
}

const char *
mig_lint_near_table(MigLintContext *ctx, const char *name)
{
    Search search = {.name = name, .best = SIZE_MAX};

    mig_catalog_each_table(ctx->catalog, compare_table, &search);
    return search.near;
}

const char *
mig_lint_near_column(const MigTable *table, const char *name)
{
    const char *near = NULL;
    size_t best = SIZE_MAX;

    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (is_near(name, column->name, &best))
            near = column->name;
    }
    return near;
}

const char *
mig_lint_near_rule(const char *id)
{
    const char *near = NULL;
    size_t best = SIZE_MAX;

    for (const MigRule *const *rule = mig_rules(); *rule != NULL; rule++) {
        if (is_near(id, (*rule)->id, &best))
            near = (*rule)->id;
    }
    return near;
}

const char *
mig_lint_hint(MigLintContext *ctx, const char *near)
{
    return near != NULL ? mig_lint_format(ctx, "; did you mean %s", near) : "";
}

/* SPDX-License-Identifier: MIT */
/* Indexes that another one makes needless. */
#include "lint/design.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

/* Those of constraints do more than find rows, and MySQL takes back the one that it made itself. */
static bool
is_plain(const MigTableIndex *index)
{
    return !index->unique && !index->primary && index->constraint == NULL &&
           !index->for_foreign_key && !index->invisible && index->where == NULL &&
           index->n_include == 0 && index->parent == NULL && !index->clustered &&
           !index->replica_identity && index->name != NULL && *index->name != '\0';
}

static bool
same_part(const MigLintContext *ctx, const MigKeyPart *a, const MigKeyPart *b)
{
    return mig_lint_same_word(ctx, a->column, b->column) &&
           g_strcmp0(a->opclass, b->opclass) == 0 && g_strcmp0(a->collation, b->collation) == 0 &&
           a->prefix_length == b->prefix_length && a->descending == b->descending &&
           a->nulls_first == b->nulls_first && a->nulls_last == b->nulls_last;
}

static bool
begins(const MigLintContext *ctx, const MigTableIndex *index, const MigTableIndex *other)
{
    for (size_t i = 0; i < index->n_parts; i++) {
        if (!same_part(ctx, &index->parts[i], &other->parts[i]))
            return false;
    }
    return true;
}

static const MigTableIndex *
find_longer(const MigLintContext *ctx, const MigTable *table, const MigTableIndex *index)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *other = g_ptr_array_index(table->indexes, i);
        bool btree = g_strcmp0(index->method, "btree") == 0;

        if (other == index || !other->valid || other->invisible || other->where != NULL ||
            other->for_foreign_key || g_strcmp0(index->method, other->method) != 0)
            continue;
        if (index->n_parts > other->n_parts || (!btree && index->n_parts != other->n_parts))
            continue;
        /* Of two that are alike the older one stays. */
        bool later = other->made.statement > index->made.statement &&
                     other->made.migration == index->made.migration;
        if (index->n_parts == other->n_parts && is_plain(other) &&
            (later || (other->made.statement == index->made.statement &&
                       other->made.migration == index->made.migration &&
                       strcmp(other->name, index->name) > 0)))
            continue;
        if (begins(ctx, index, other))
            return other;
    }
    return NULL;
}

static void
look(MigLintContext *ctx, const MigLintTouched *touched)
{
    const MigTable *table = touched->table;

    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        const MigTableIndex *other = mig_lint_made_by(touched, index->made) && is_plain(index)
                                         ? find_longer(ctx, table, index)
                                         : NULL;
        if (other == NULL)
            continue;
        bool wide = other->n_parts > index->n_parts + 2;
        mig_lint_report_touched(ctx, wide ? MIG_SEVERITY_INFO : mig_lint_severity(ctx), touched,
                                NULL, "index %s of %s is needless beside %s", index->name,
                                mig_lint_table_name(ctx, table), other->name);
    }
}

static void
check_end(MigLintContext *ctx)
{
    mig_lint_each_touched(ctx, look);
}

const MigRule mig_rule_index_redundant = {
    .id = "index-redundant",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "an index that is the beginning of another",
    .danger = "Every write pays for it, and no query needs it: the other one answers the same.",
    .steps = {"Leave it out."},
    .check_end = check_end,
};

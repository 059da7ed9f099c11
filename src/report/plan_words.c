/* SPDX-License-Identifier: MIT */
/* What a plan's reports say in the same words: locks, sizes, times. */
#include "report/plan_words.h"

#include "base/duration.h"

#include <string.h>

const char *
mig_plan_unit_title(const MigUnit *unit)
{
    switch (unit->kind) {
    case MIG_UNIT_TRANSACTION:
        return "one transaction";
    case MIG_UNIT_AUTHOR:
        return "the file's own transaction";
    case MIG_UNIT_SINGLE:
        return "outside a transaction";
    case MIG_UNIT_SESSION:
        return "settings of the session";
    }
    return "";
}

/* Without a need for quotes a name reads better, and most names have none. */
static bool
is_plain(const char *name)
{
    if (g_ascii_isdigit(*name))
        return false;
    for (const char *c = name; *c != '\0'; c++) {
        bool upper = g_ascii_isupper(*c);

        if (upper || !(g_ascii_isalnum(*c) || *c == '_' || *c == '$' || (unsigned char)*c >= 0x80))
            return false;
    }
    return *name != '\0';
}

static void
append_name(GString *text, const char *name)
{
    if (is_plain(name)) {
        g_string_append(text, name);
        return;
    }
    g_string_append_c(text, '"');
    for (const char *c = name; *c != '\0'; c++) {
        if (*c == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, *c);
    }
    g_string_append_c(text, '"');
}

char *
mig_plan_relation(const char *schema, const char *name)
{
    GString *text = g_string_new(NULL);

    if (schema != NULL && *schema != '\0') {
        append_name(text, schema);
        g_string_append_c(text, '.');
    }
    append_name(text, name);
    return g_string_free(text, false);
}

const char *
mig_plan_waits(bool reads, bool writes)
{
    if (reads && writes)
        return "reads and writes wait";
    if (reads)
        return "reads wait";
    return writes ? "writes wait" : "nobody waits";
}

static char *
count_rows(int64_t rows)
{
    if (rows == 1)
        return g_strdup("1 row");
    if (rows < 10000)
        return g_strdup_printf("%" G_GINT64_FORMAT " rows", rows);
    if (rows < 1000000)
        return g_strdup_printf("%" G_GINT64_FORMAT ",%03d rows", rows / 1000, (int)(rows % 1000));
    if (rows < 1000000000)
        return g_strdup_printf("%.1f million rows", (double)rows / 1e6);
    return g_strdup_printf("%.1f billion rows", (double)rows / 1e9);
}

char *
mig_plan_bytes(int64_t bytes)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    double size = (double)bytes / 1000;
    size_t unit = 0;

    if (bytes < 1000)
        return g_strdup_printf("%" G_GINT64_FORMAT " bytes", bytes);
    while (size >= 1000 && unit + 1 < G_N_ELEMENTS(units)) {
        size /= 1000;
        unit++;
    }
    return g_strdup_printf(size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
}

char *
mig_plan_size(int64_t rows, int64_t bytes)
{
    if (rows < 0 || bytes < 0 || (rows == 0 && bytes == 0))
        return NULL;

    g_autofree char *counted = count_rows(rows);
    g_autofree char *sized = mig_plan_bytes(bytes);
    return g_strdup_printf("%s, %s", counted, sized);
}

/* An estimate has no milliseconds, and none of its digits but the first two means anything. */
char *
mig_plan_duration(int64_t ms)
{
    if (ms < 0)
        return NULL;
    if (ms < 10)
        return g_strdup("under 10 ms");

    int64_t unit = 1;
    while (ms / unit >= 100)
        unit *= 10;
    if (ms >= 10000)
        unit = MAX(unit, 1000);
    g_autofree char *text = mig_duration_format(ms / unit * unit);
    return g_strdup_printf("about %s", text);
}

const char *
mig_plan_algorithm(MigAlgorithm algorithm)
{
    switch (algorithm) {
    case MIG_ALGORITHM_INSTANT:
        return "INSTANT";
    case MIG_ALGORITHM_NOCOPY:
        return "NOCOPY";
    case MIG_ALGORITHM_INPLACE:
        return "INPLACE";
    case MIG_ALGORITHM_COPY:
        return "COPY";
    case MIG_ALGORITHM_UNSAID:
    case MIG_ALGORITHM_DEFAULT:
        return NULL;
    }
    return NULL;
}

const char *
mig_plan_lock_clause(MigLockClause lock)
{
    switch (lock) {
    case MIG_LOCK_CLAUSE_NONE:
        return "NONE";
    case MIG_LOCK_CLAUSE_SHARED:
        return "SHARED";
    case MIG_LOCK_CLAUSE_EXCLUSIVE:
        return "EXCLUSIVE";
    case MIG_LOCK_CLAUSE_UNSAID:
    case MIG_LOCK_CLAUSE_DEFAULT:
        return NULL;
    }
    return NULL;
}

static void
append_relations(GString *text, const char *verb, const GArray *relations)
{
    bool first = true;

    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);
        g_autofree char *name = mig_plan_relation(relation->schema, relation->name);

        if (relation->made_here)
            continue;
        if (first)
            g_string_append_printf(text, "%s%s ", text->len > 0 ? "; " : "", verb);
        g_string_append_printf(text, "%s%s", first ? "" : ", ", name);
        first = false;
    }
}

char *
mig_plan_work(const MigImpact *impact)
{
    GString *text = g_string_new(NULL);

    append_relations(text, "rewrites", impact->rewrites);
    append_relations(text, "scans", impact->scans);
    append_relations(text, "rebuilds index", impact->rebuilds);
    if (text->len == 0) {
        g_string_free(text, true);
        return NULL;
    }
    return g_string_free(text, false);
}

char *
mig_plan_problem(const MigChanges *changes)
{
    switch (changes->status) {
    case MIG_PARSE_OK:
        return NULL;
    case MIG_PARSE_SYNTAX:
        if (g_str_has_prefix(changes->message, "syntax error"))
            return g_strdup(changes->message);
        return g_strdup_printf("syntax error: %s", changes->message);
    case MIG_PARSE_UNSUPPORTED:
    case MIG_PARSE_NEWER:
    case MIG_PARSE_TOO_DEEP:
        return g_strdup(changes->message);
    }
    return NULL;
}

static bool
is_among(const GArray *relations, const MigRelationLock *lock)
{
    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);
        if (g_strcmp0(relation->schema, lock->schema) == 0 &&
            strcmp(relation->name, lock->name) == 0)
            return true;
    }
    return false;
}

bool
mig_plan_lock_matters(const MigImpact *impact, const MigRelationLock *lock)
{
    bool blocks = lock->blocks_reads || lock->blocks_writes;

    if (lock->made_here)
        return blocks && (is_among(impact->scans, lock) || is_among(impact->rewrites, lock));
    return blocks || lock->mode > MIG_LOCK_MODE_ROW_EXCLUSIVE;
}

const char *
mig_plan_because(const MigImpact *impact)
{
    bool new = false;

    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);

        if (!lock->made_here && !lock->index)
            return impact->because;
        new |= lock->made_here;
    }
    return new ? NULL : impact->because;
}

const MigReviewedStatement *
mig_plan_reviewed(const MigReviewedStep *step, size_t index)
{
    /* They are in the script's order, but those that an earlier run has done are left out. */
    for (guint low = 0, high = step != NULL ? step->statements->len : 0; low < high;) {
        guint middle = low + (high - low) / 2;
        const MigReviewedStatement *statement = g_ptr_array_index(step->statements, middle);

        if (statement->index == index)
            return statement;
        if (statement->index < index)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static unsigned
line_of(const MigReviewedStep *step, size_t index)
{
    const MigReviewedStatement *statement = g_ptr_array_index(step->statements, index);

    return mig_script_statement(step->step->script, statement->index)->line;
}

char *
mig_plan_hold(const MigReviewedStep *step, const MigHold *hold)
{
    g_autofree char *time = mig_plan_duration(hold->duration_ms);
    GString *text = g_string_new(NULL);

    if (hold->lock.blocks_reads && hold->reads_from > hold->from)
        g_string_append_printf(text, "writes wait from line %u, and reads from line %u",
                               line_of(step, hold->from), line_of(step, hold->reads_from));
    else
        g_string_append_printf(text, "%s from line %u",
                               mig_plan_waits(hold->lock.blocks_reads, hold->lock.blocks_writes),
                               line_of(step, hold->from));
    g_string_append_printf(text, " to the commit%s%s", time != NULL ? ", " : "",
                           time != NULL ? time : "");
    return g_string_free(text, false);
}

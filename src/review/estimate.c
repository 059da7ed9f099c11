/* SPDX-License-Identifier: MIT */
/* How many rows a statement goes through, and how long that will take, roughly. */
#include "review/estimate.h"

#include <string.h>

typedef struct {
    const MigSizes *sizes;
    int64_t rows;
    int64_t bytes;
    double read_bytes;
    double written_bytes;
    bool unknown; /* something that counts isn't known */
} Work;

static const MigTableSize *
size_of(Work *work, const MigRelationRef *relation)
{
    const MigTableSize *size = mig_sizes_find(work->sizes, relation->schema, relation->name);

    if (relation->made_here)
        return NULL;
    if (size == NULL || size->bytes < 0 || size->rows < 0) {
        work->unknown = true;
        return NULL;
    }
    return size;
}

static bool
is_among(const GArray *relations, const MigRelationRef *relation)
{
    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *other = &g_array_index(relations, MigRelationRef, i);

        if (g_strcmp0(other->schema, relation->schema) == 0 &&
            strcmp(other->name, relation->name) == 0)
            return true;
    }
    return false;
}

static void
add_scan(Work *work, const MigRelationRef *relation)
{
    const MigTableSize *size = size_of(work, relation);

    if (size == NULL)
        return;
    work->rows += size->rows;
    work->bytes += size->bytes;
    work->read_bytes += (double)size->bytes;
}

/* The rows are written once more, and with them all indexes. */
static void
add_rewrite(Work *work, const MigRelationRef *relation, bool scanned)
{
    const MigTableSize *size = size_of(work, relation);

    if (size == NULL)
        return;
    if (!scanned) {
        work->rows += size->rows;
        work->bytes += size->bytes;
        work->read_bytes += (double)size->bytes;
    }
    work->written_bytes += (double)size->bytes + (double)MAX(size->index_bytes, 0);
}

static const MigTableSize *
size_of_scanned(const Work *work, const MigReviewedStatement *statement, const MigChange *change)
{
    /* The one that is read for it, in whatever schema it was found. */
    for (guint i = 0; i < statement->impact->scans->len; i++) {
        const MigRelationRef *scan = &g_array_index(statement->impact->scans, MigRelationRef, i);

        if (!scan->made_here && change->table.name != NULL &&
            strcmp(scan->name, change->table.name) == 0)
            return mig_sizes_find(work->sizes, scan->schema, scan->name);
    }
    return NULL;
}

/* Which rows a WHERE leaves isn't known: it may be all that are read. */
static void
add_changed_rows(Work *work, const MigReviewedStatement *statement)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];
        const MigTableSize *size = NULL;

        if (change->kind == MIG_CHANGE_UPDATE || change->kind == MIG_CHANGE_DELETE)
            size = size_of_scanned(work, statement, change);
        if (size == NULL || size->bytes < 0)
            continue;
        work->written_bytes += (double)size->bytes;
        if (change->kind == MIG_CHANGE_UPDATE)
            work->written_bytes += (double)MAX(size->index_bytes, 0);
    }
}

/* A new index is written, whose size nobody knows yet: a quarter of its table's is common. */
static void
add_builds(Work *work, const MigReviewedStatement *statement)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];
        bool builds = change->kind == MIG_CHANGE_CREATE_INDEX ||
                      (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
                       change->constraint->using_index == NULL &&
                       (change->constraint->kind == MIG_CONSTRAINT_UNIQUE ||
                        change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY ||
                        change->constraint->kind == MIG_CONSTRAINT_EXCLUDE));

        const MigTableSize *size = builds ? size_of_scanned(work, statement, change) : NULL;
        if (size != NULL && size->bytes > 0)
            work->written_bytes += (double)size->bytes / 4;
    }
}

void
mig_estimate(MigReviewedStatement *statement, const MigSizes *sizes)
{
    const MigImpact *impact = statement->impact;
    Work work = {.sizes = sizes};

    statement->rows = statement->bytes = statement->duration_ms = -1;
    if (sizes == NULL)
        return;
    for (guint i = 0; i < impact->scans->len; i++)
        add_scan(&work, &g_array_index(impact->scans, MigRelationRef, i));
    for (guint i = 0; i < impact->rewrites->len; i++) {
        const MigRelationRef *relation = &g_array_index(impact->rewrites, MigRelationRef, i);
        add_rewrite(&work, relation, is_among(impact->scans, relation));
    }
    add_builds(&work, statement);
    add_changed_rows(&work, statement);
    if (work.unknown)
        return;

    statement->rows = work.rows;
    statement->bytes = work.bytes;
    if (sizes->read_bytes_per_ms > 0 && sizes->write_bytes_per_ms > 0)
        statement->duration_ms = (int64_t)(work.read_bytes / sizes->read_bytes_per_ms +
                                           work.written_bytes / sizes->write_bytes_per_ms);
}

/* SPDX-License-Identifier: MIT */
/* PostgreSQL's syntax that is newer than the library's grammar: it is blanked out of the text, and
 * what it said is remembered. */
#include <string.h>

#include "sql/parse_postgres.h"

/* The first flag that begins at @offset or behind it. */
static guint
flag_at(const PgReader *r, size_t offset)
{
    guint low = 0;
    guint high = r->flags->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index(r->flags, PgFlag, middle).span.offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const PgFlag *
mig_pg_flag(const PgReader *r, PgFlagKind kind, MigSpan within)
{
    if (r->flags == NULL)
        return NULL;

    size_t from = r->fixed ? 0 : within.offset - r->base;
    size_t to = r->fixed ? r->length : from + within.length;
    for (guint i = flag_at(r, from); i < r->flags->len; i++) {
        const PgFlag *flag = &g_array_index(r->flags, PgFlag, i);

        if (flag->span.offset >= to)
            break;
        if (flag->kind == kind)
            return flag;
    }
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/* How big the tables of a live database are, and how fast it reads and writes. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/** MigTableSize: as the database's statistics estimate it; -1: not known. */
typedef struct {
    int64_t rows;
    int64_t bytes;       /* without its indexes */
    int64_t index_bytes; /* of all its indexes */
} MigTableSize;

/**
 * MigSizes:
 *
 * The sizes of a database's tables, and what was measured of its speed.
 */
typedef struct {
    GHashTable *tables;        /* (owned) schema and name to MigTableSize */
    double read_bytes_per_ms;  /* scanning; 0: not measured */
    double write_bytes_per_ms; /* writing rows; 0: not measured */
    char *how;                 /* (owned) how that was measured, for people; %NULL: it wasn't */
} MigSizes;

MigSizes *mig_sizes_new(void);
void mig_sizes_free(MigSizes *sizes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigSizes, mig_sizes_free)

void mig_sizes_add(MigSizes *sizes, const char *schema, const char *name, const MigTableSize *size);

/** (borrowed) %NULL: not known */
const MigTableSize *mig_sizes_find(const MigSizes *sizes, const char *schema, const char *name);

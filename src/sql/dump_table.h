/* SPDX-License-Identifier: MIT */
/* What tables are made of, back to text, normalised. */
#pragma once

#include <migrate/change.h>

/* Each appends without a line end. */
void mig_dump_column(GString *out, const MigColumn *column);
void mig_dump_constraint(GString *out, const MigConstraint *constraint);
void mig_dump_index(GString *out, const MigIndex *index);
void mig_dump_bound(GString *out, const MigBound *bound);
void mig_dump_partition_by(GString *out, const MigPartitionBy *by);
void mig_dump_partitions(GString *out, const MigPartition *partitions, size_t n);
void mig_dump_options(GString *out, const MigOption *options, size_t n);
/* "(a, b)", words as names are written */
void mig_dump_words(GString *out, const char *const *words, size_t n);
/* " word" for each that is set */
void mig_dump_flag(GString *out, bool set, const char *word);

/* Appends whole lines. */
void mig_dump_create_table(GString *out, const MigCreateTable *table, unsigned indent);

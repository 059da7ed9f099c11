/* SPDX-License-Identifier: MIT */
/* What a migration reads and writes: two that share nothing may change places. */
#pragma once

#include "schema/catalog.h"

typedef enum {
    MIG_TOUCH_READ = 1 << 0,
    MIG_TOUCH_WRITE_DATA = 1 << 1,
    MIG_TOUCH_WRITE_SCHEMA = 1 << 2,
} MigTouchKind;

/** MigTouches: qualified names, with the kind of thing before it ("table public.users"), and how they
 * are touched. */
typedef struct MigTouches MigTouches;

MigTouches *mig_touches_new(void);
void mig_touches_free(MigTouches *touches);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigTouches, mig_touches_free)

/** Adds what a statement touches, as the catalog is before it. What can't be told (dynamic SQL, an
 * unknown statement) makes it touch everything. */
void mig_touches_add(MigTouches *touches, const MigCatalog *catalog, const MigChanges *changes);

/** Whether both orders give the same: neither writes what the other reads or writes. @out_what:
 * (out) (owned) (optional) the first thing that they share, for people: "table public.users" */
bool mig_touches_commute(const MigTouches *a, const MigTouches *b, char **out_what);

/** Whether it touches everything, since something of it can't be told. */
bool mig_touches_all(const MigTouches *touches);

/** (owned) as text, for fixtures: a line for each thing, sorted. */
char *mig_touches_dump(const MigTouches *touches);

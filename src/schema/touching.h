/* SPDX-License-Identifier: MIT */
/* How far a statement reaches: what its names stand for, and what goes along with these. */
#pragma once

#include "schema/touch.h"

/* What a trigger's function does may fire other triggers: so far it is followed. */
#define MIG_TOUCH_DEEPEST 8

struct MigTouches {
    GHashTable *things; /* (owned) text to MigTouchKind */
    bool all;
};

typedef struct {
    MigTouches *touches;
    const MigCatalog *catalog;
    unsigned depth;
} MigTouch;

/* Returns: whether that says anything new */
bool mig_touch_note(MigTouch *touch, const char *what, const char *schema, const char *name,
                    unsigned how);
/* With what a view reads, what triggers do, children, parents of foreign keys. */
void mig_touch_relation(MigTouch *touch, const char *schema, const char *name, unsigned how);
void mig_touch_name(MigTouch *touch, const MigName *name, unsigned how);
/* What they read, and what the routines that they call do. */
void mig_touch_expr(MigTouch *touch, const MigExpr *expr);
void mig_touch_query(MigTouch *touch, const MigQuery *query);
void mig_touch_change(MigTouch *touch, const MigChange *change);

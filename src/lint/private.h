/* SPDX-License-Identifier: MIT */
/* What the files of this room share while the rules are run. */
#pragma once

#include "lint/allow.h"
#include "lint/rule.h"

/** A finding that may yet be dropped, since a stronger rule fires at the same place. */
typedef struct {
    MigFinding *finding; /* (owned) */
    const MigRule *rule;
    size_t statement; /* index in its script; SIZE_MAX: none */
    MigSpan span;
} MigReported;

/** mig_lint_configured: what is configured for a rule and this file. Returns: whether anything is */
bool
mig_lint_configured(const MigLintContext *ctx, const MigRule *rule, MigLintSetting *out_setting);

struct MigLintPrivate {
    const MigRule *rule;   /* the one that is asked now */
    GPtrArray *allowances; /* (owned) MigAllowance, of this migration */
    GArray *reported;      /* (owned) MigReported, of this migration */
    MigCatalog *before;    /* (owned) as it is before this migration; %NULL: nobody asks */
    GArray *held;          /* (owned) MigRelationLock, by earlier statements of this transaction */
    unsigned transaction;  /* of which `held` is */
    GHashTable *fresh;     /* (owned) numbers of the migrations that are reported so far */
    unsigned migration;    /* its number in the review */
    GHashTable *ahead;     /* (owned) MigStatement to (owned) MigChanges: of statements that come
                              later; %NULL: nobody has asked */
    GStringChunk *strings; /* (owned) */
};

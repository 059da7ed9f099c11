/* SPDX-License-Identifier: MIT */
/* MigRule: what is looked for, why it hurts, and what to do instead. */
#pragma once

#include "lint/context.h"

/** What a rule speaks about, which decides where all of its kind keep quiet; see context.c. */
typedef enum {
    MIG_RULE_LOCK,   /* locks, scans and rewrites of tables in use */
    MIG_RULE_FAILS,  /* the server will refuse it, or the first row that disagrees */
    MIG_RULE_BREAKS, /* code that runs during the deploy */
    MIG_RULE_DATA,   /* rows that are destroyed or flooded */
    MIG_RULE_BACK,   /* what can't be run twice, or reverted */
    MIG_RULE_DESIGN, /* types, keys, indexes, queries: also of new tables */
    MIG_RULE_NAMING,
    MIG_RULE_SECURITY,
    MIG_RULE_SOURCE, /* the file itself, and the directory */
} MigRuleKind;

typedef enum {
    MIG_RULE_FIX_NO,    /* a person must decide */
    MIG_RULE_FIX_YES,   /* one edit in place, safe to apply blindly */
    MIG_RULE_FIX_SPLIT, /* steps that belong into several migrations */
} MigRuleFix;

#define MIG_RULE_MAX_STEPS 8
#define MIG_RULE_MAX_WEAKER 8

/**
 * MigRule:
 *
 * A rule's descriptor: one in each file of rules/. Everything is static.
 */
struct MigRule {
    const char *id; /* "add-index-non-concurrent", as its file and its fixtures are called */
    MigEngine engines;
    MigSeverity severity; /* unless it is configured, or the rule reports with another one */
    MigRuleKind kind;
    bool off;          /* not in the default set */
    bool wants_before; /* mig_lint_before_up() is there for it */
    MigRuleFix fix;
    const char *summary;                     /* one line without a full stop */
    const char *danger;                      /* what it blocks or destroys, and for how long */
    const char *steps[MIG_RULE_MAX_STEPS];   /* the safe way */
    const char *manual;                      /* which manual, which section; %NULL: none */
    const char *weaker[MIG_RULE_MAX_WEAKER]; /* rules that say nothing more where this one fires */

    /* Each may be %NULL; a rule has at least one. */
    void (*check)(MigLintContext *ctx, const MigChange *change); /* each change, also nested ones;
                              not what only stands in a routine's body */
    void (*check_body)(MigLintContext *ctx,
                       const MigChange *change);  /* changes of a routine's body */
    void (*check_statement)(MigLintContext *ctx); /* each statement, after its changes */
    void (*check_begin)(MigLintContext *ctx);     /* before a migration's first statement */
    void (*check_end)(MigLintContext *ctx); /* after its last: the catalog is as it leaves it, and
                                               all of its statements can be looked at */
    void (*check_allowances)(MigLintContext *ctx); /* after all other rules, DOWN included */
};

/** mig_rules: (static) all of them, sorted by id, %NULL-terminated. */
const MigRule *const *mig_rules(void);

/** mig_rule_find: (static) or %NULL. */
const MigRule *mig_rule_find(const char *id);

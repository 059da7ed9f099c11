/* SPDX-License-Identifier: MIT */
/* What [lint] of migrate.conf says: severities, by rule and by path, and what rules ask for. */
#pragma once

#include "lint/context.h"

/** MigLintKey: a key of [lint]. All of it is static. */
typedef struct {
    const char *name;
    const char *summary;
    bool by_path; /* [lint PATTERN] may have it, too */
} MigLintKey;

/** mig_lint_keys: (static) ended by one without a name. */
const MigLintKey *mig_lint_keys(void);

typedef struct {
    GHashTable *severities; /* (owned) rule id (static) to MigLintSetting */
    GPtrArray *paths;       /* (owned) MigLintPath, in the file's order */
    GHashTable *settings;   /* (owned) key to value */
    int64_t small_table;
    MigSeverity fail_on; /* MIG_N_SEVERITIES: never */
} MigLintConfig;

MigLintConfig *mig_lint_config_new(void);
void mig_lint_config_free(MigLintConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigLintConfig, mig_lint_config_free)

/**
 * mig_lint_config_set:
 * @pattern: (borrowed) of [lint PATTERN]; %NULL: of [lint]
 *
 * Returns: (owned) what is wrong with the value, or %NULL
 */
char *
mig_lint_config_set(MigLintConfig *config, const char *pattern, const char *key, const char *value);

/** mig_lint_fail_on: whether @word is error, warning, info or never. */
bool mig_lint_fail_on(const char *word, MigSeverity *out_severity);

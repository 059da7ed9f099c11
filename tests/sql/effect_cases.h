/* SPDX-License-Identifier: MIT */
/* Statements and what they leave, for the tests without and with a server. */
#pragma once

#include "sql/effect.h"

/* "hand", "repeat", or what is there (+) and gone (-) afterwards. */
typedef struct {
    const char *sql;
    const char *expected;
    int version;
} EffectCase;

/* Each ends with one whose `sql` is %NULL. */
extern const EffectCase mig_effect_cases_postgres[];
extern const EffectCase mig_effect_cases_mysql[]; /* MariaDB's, too */
extern const EffectCase mig_effect_cases_mariadb[];
extern const EffectCase mig_effect_cases_sqlite[];

/* Returns: (owned) what is found out, written as `expected` is */
char *mig_effect_text(const EffectCase *effect, MigEngine engine);

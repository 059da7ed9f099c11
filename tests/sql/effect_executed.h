/* SPDX-License-Identifier: MIT */
/* Statements that a server executes, and what has to be there for that. */
#pragma once

#include <migrate/engine.h>

#define EFFECT_SETUP_MAX 5

typedef struct {
    const char *sql;
    const char *setup[EFFECT_SETUP_MAX]; /* up to the first %NULL */
    MigEngine only;                      /* which engines have it; 0: all of these */
} EffectExecuted;

/* Each ends with one whose `sql` is %NULL. */
extern const EffectExecuted mig_effect_executed_postgres[];
extern const EffectExecuted mig_effect_executed_mysql[];
extern const EffectExecuted mig_effect_executed_sqlite[];

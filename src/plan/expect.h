/* SPDX-License-Identifier: MIT */
/* "-- migrate:expect": what a VERIFY query must return. */
#pragma once

#include <migrate/driver.h>
#include <migrate/statement.h>

typedef enum {
    MIG_EXPECT_TRUE,    /* a row, whose first column is neither NULL, false, 0 nor empty */
    MIG_EXPECT_FALSE,   /* a row, whose first column is */
    MIG_EXPECT_EMPTY,   /* no row */
    MIG_EXPECT_ROWS,    /* as many rows as `operand` compares to */
    MIG_EXPECT_COMPARE, /* a row, whose first column compares to `operand` */
} MigExpectKind;

typedef struct {
    MigExpectKind kind;
    const char *comparison; /* (static) "=", "!=", "<", "<=", ">", ">=" */
    char *operand;          /* (owned) %NULL: SQL's NULL */
} MigExpect;

/**
 * mig_expect_parse:
 * @text: (borrowed) what stands behind "expect"; "" is true
 * @out_expect: (out) to be cleared with mig_expect_clear()
 * @out_message: (out) (owned) what is wrong with it
 *
 * Manual: migrate-file(5), VERIFY.
 */
bool mig_expect_parse(const char *text, MigExpect *out_expect, char **out_message);
void mig_expect_clear(MigExpect *expect);

/** mig_expect_of: what a statement's directives say; the default where they say nothing. */
bool mig_expect_of(const MigStatement *statement, MigExpect *out_expect,
                   const MigDirective **out_directive, char **out_message);

/**
 * mig_expect_met:
 * @n_rows: how many rows came
 * @value: (borrowed) of the first row's first column, or %NULL
 * @boolean: whether that column is of a boolean type
 */
bool mig_expect_met(const MigExpect *expect, size_t n_rows, const char *value, bool boolean);

/** mig_expect_describe: (owned) for people: "a first column that is true", "3 rows". */
char *mig_expect_describe(const MigExpect *expect);

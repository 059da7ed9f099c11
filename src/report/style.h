/* SPDX-License-Identifier: MIT */
/* Colours, numbers with their nouns, and JSON documents: what all reports share. */
#pragma once

#include "report/report.h"

#include <jansson.h>

typedef enum {
    MIG_STYLE_NONE,
    MIG_STYLE_GOOD,
    MIG_STYLE_BAD,
    MIG_STYLE_CAUTION,
    MIG_STYLE_DIM,
    MIG_STYLE_STRONG,
} MigStyle;

/** mig_style_on, mig_style_off: (static) escape sequences, "" where there are no colours. */
const char *mig_style_on(bool color, MigStyle style);
const char *mig_style_off(bool color);

/** mig_style_plural: (static) "" for 1, else "s". */
const char *mig_style_plural(size_t n);

/** mig_style_count: appends "2 pending" to a list with commas; nothing for 0. */
void mig_style_count(GString *list, size_t n, const char *what);

/** mig_style_server: (owned) "PostgreSQL 15.6". */
char *mig_style_server(const MigServer *server);

/** mig_json_text: (owned by the caller) a string, whatever bytes it has; null for %NULL. */
json_t *mig_json_text(const char *text);

/** mig_json_print: writes a document and gives it up. */
void mig_json_print(FILE *out, json_t *document);

/** mig_json_document: a document's beginning: version, engine, serverVersion, database. */
json_t *mig_json_document(const char *database, const MigServer *server);

/** mig_json_add_error: an error as every document has it: code, message, exit, sql; none for %NULL. */
void mig_json_add_error(json_t *document, const GError *error, int exit_status);

/** mig_json_headers: a migration's header as an object. */
json_t *mig_json_headers(const MigMigration *migration);

/* SPDX-License-Identifier: MIT */
/* A column's type as a statement writes it. */
#include "sql/effect_words.h"

/* PostgreSQL 15, "CREATE TABLE"; USING stands in ALTER COLUMN TYPE. */
static const char *const postgres_stops[] = {
    "collate", "not",         "null",    "default",    "constraint", "check",
    "unique",  "primary",     "foreign", "references", "generated",  "deferrable",
    "storage", "compression", "using",   "initially",  "as",         NULL,
};

/* MySQL 8.4, "CREATE TABLE"; MariaDB, "CREATE TABLE", Column Definitions. */
static const char *const mysql_stops[] = {
    "collate",
    "not",
    "null",
    "default",
    "constraint",
    "check",
    "unique",
    "primary",
    "key",
    "references",
    "generated",
    "as",
    "virtual",
    "stored",
    "comment",
    "persistent",
    "auto_increment",
    "on",
    "column_format",
    "storage",
    "visible",
    "invisible",
    "engine_attribute",
    "first",
    "after",
    "charset",
    "ascii",
    "unicode",
    "compressed",
    "srid",
    "ref_system_id",
    "with",
    "without",
    "binary",
    "without_overlaps",
    "partition",
    NULL,
};

static const char *const sqlite_stops[] = {
    "collate", "not",     "null",       "default",   "constraint", "check",
    "unique",  "primary", "references", "generated", "as",         NULL,
};

static bool
stops(const EffectReader *r, bool first)
{
    if (r->engine == MIG_ENGINE_POSTGRES)
        return mig_words_is_any(&r->words, postgres_stops);
    if (r->engine == MIG_ENGINE_SQLITE)
        return mig_words_is_any(&r->words, sqlite_stops);
    if (first)
        return false;

    MigWords words = r->words;
    if (mig_words_take(&words, "character") && mig_words_is(&words, "set"))
        return true;
    return mig_words_is_any(&r->words, mysql_stops);
}

static bool
is_wordlike(const EffectReader *r, const MigToken *token)
{
    char first = r->words.lexer.text[token->offset];

    return token->kind != MIG_TOKEN_OPERATOR || first == ')' || first == ']';
}

char *
mig_effect_take_type(EffectReader *r)
{
    g_autoptr(GString) type = g_string_new(NULL);
    size_t depth = r->words.parens;
    bool space = false;

    if (mig_words_is_mark(&r->words, ')'))
        return NULL;
    while (!mig_effect_at_end(r) && r->words.parens >= depth) {
        bool inside = r->words.parens > depth;
        if (!inside && (mig_words_is_mark(&r->words, ',') || stops(r, type->len == 0)))
            break;
        bool bare = r->words.token.kind != MIG_TOKEN_OPERATOR;
        if (space && bare)
            g_string_append_c(type, ' ');
        g_string_append_len(type, r->words.lexer.text + r->words.token.offset,
                            (gssize)r->words.token.length);
        space = is_wordlike(r, &r->words.token);
        mig_words_next(&r->words);
    }
    return type->len > 0 ? g_strdup(type->str) : NULL;
}

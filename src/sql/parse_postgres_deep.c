/* SPDX-License-Identifier: MIT */
/* Whether a PostgreSQL statement is nested too deeply for libpg_query, which has no bound of its own
 * and overflows the stack. */
#include <string.h>

#include "sql/parse_postgres.h"

/* A shorter statement has not enough tokens to be nested so deep. */
#define SHORT_BYTES ((size_t)1000)

/* Words that put what stands before them one level down in the tree, as operators do. */
static const char *const chaining[] = {"union",    "intersect", "except",  "join",    "not",
                                       "is",       "isnull",    "notnull", "collate", "at",
                                       "between",  "like",      "ilike",   "similar", "in",
                                       "operator", "when",      "else",    "escape",  "overlaps"};

typedef struct {
    size_t operators; /* since the last comma, AND or OR */
    size_t joined;    /* UNION, JOIN and the like, in all */
} Level;

static bool
is_word(const MigLexer *lexer, const MigToken *token, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mig_token_is(lexer, token, words[i]))
            return true;
    }
    return false;
}

static void
open_level(GArray *levels)
{
    Level level = {0};

    g_array_append_val(levels, level);
}

/* Returns: how much deeper the level's members get by this token; below 0: by no less than they were */
static void
count_word(const MigLexer *lexer, const MigToken *token, GArray *levels, size_t *total)
{
    Level *level = &g_array_index(levels, Level, levels->len - 1);

    if (mig_token_is(lexer, token, "case")) {
        *total += 1;
        open_level(levels);
    } else if (mig_token_is(lexer, token, "end") && levels->len > 1) {
        *total -= level->operators + level->joined + 1;
        g_array_set_size(levels, levels->len - 1);
    } else if (mig_token_is(lexer, token, "and") || mig_token_is(lexer, token, "or")) {
        *total -= level->operators;
        level->operators = 0;
    } else if (is_word(lexer, token, chaining, 4)) {
        level->joined++;
        *total += 1;
    } else if (is_word(lexer, token, chaining, G_N_ELEMENTS(chaining))) {
        level->operators++;
        *total += 1;
    }
}

static void
count_mark(const MigLexer *lexer, const MigToken *token, GArray *levels, size_t *total)
{
    Level *level = &g_array_index(levels, Level, levels->len - 1);
    char mark = token->length == 1 ? lexer->text[token->offset] : '\0';

    switch (mark) {
    case '(':
    case '[':
        *total += 1;
        open_level(levels);
        break;
    case ')':
    case ']':
        if (levels->len > 1) {
            *total -= level->operators + level->joined + 1;
            g_array_set_size(levels, levels->len - 1);
        }
        break;
    case ',':
        *total -= level->operators;
        level->operators = 0;
        break;
    case '.':
        break;
    default:
        level->operators++;
        *total += 1;
        break;
    }
}

bool
mig_pg_is_too_deep(const char *text, size_t length)
{
    if (length < SHORT_BYTES)
        return false;

    g_autoptr(GArray) levels = g_array_sized_new(FALSE, FALSE, sizeof(Level), 32);
    size_t total = 0;
    MigLexer lexer;
    MigToken token;

    open_level(levels);
    mig_lexer_init(&lexer, text, length, MIG_ENGINE_POSTGRES);
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind == MIG_TOKEN_WORD)
            count_word(&lexer, &token, levels, &total);
        else if (token.kind == MIG_TOKEN_OPERATOR)
            count_mark(&lexer, &token, levels, &total);
        if (total >= MIG_PG_DEPTH)
            return true;
    }
    return false;
}

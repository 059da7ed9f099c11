/* SPDX-License-Identifier: MIT */
/* Whatever the bytes: tokens in order, with nothing but white space between them. */
#include <glib.h>
#include <migrate/statement.h>

#include "fuzz.h"
#include "sql/lexer.h"
#include "sql/scan.h"

static const MigEngine engines[] = {MIG_ENGINE_POSTGRES, MIG_ENGINE_MYSQL, MIG_ENGINE_MARIADB,
                                    MIG_ENGINE_SQLITE};

/* Returns: how many of the tokens aren't comments */
static size_t
check_tokens(const char *text, size_t length, MigEngine engine, bool comments)
{
    MigLexer lexer;
    MigToken token;
    size_t from = 0;
    size_t n_tokens = 0;

    mig_lexer_init(&lexer, text, length, engine);
    lexer.comments = comments;
    while (mig_lexer_next(&lexer, &token)) {
        g_assert_cmpint(token.kind, !=, MIG_TOKEN_END);
        g_assert_cmpuint(token.offset, >=, from);
        g_assert_cmpuint(token.length, >, 0);
        for (size_t i = from; comments && i < token.offset; i++)
            g_assert_true(mig_scan_is_space(text[i]));
        from = token.offset + token.length;
        g_assert_cmpuint(from, <=, length);
        g_assert_cmpuint(lexer.offset, ==, from);
        n_tokens += token.kind != MIG_TOKEN_COMMENT;
    }
    g_assert_cmpint(token.kind, ==, MIG_TOKEN_END);
    g_assert_cmpuint(lexer.offset, ==, length);
    for (size_t i = from; comments && i < length; i++)
        g_assert_true(mig_scan_is_space(text[i]));
    return n_tokens;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;

    MigEngine engine = engines[data[0] % G_N_ELEMENTS(engines)];
    size_t length = size - 1;
    char *text = g_malloc(length > 0 ? length : 1);
    memcpy(text, data + 1, length);

    size_t with = check_tokens(text, length, engine, true);
    size_t without = check_tokens(text, length, engine, false);
    g_assert_cmpuint(with, ==, without);

    MigTransaction transaction = mig_statement_transaction(text, length, engine, 0);
    g_assert_cmpint(transaction, <=, MIG_TRANSACTION_ROLLBACK);
    /* What ends or begins a transaction is no query. */
    if (transaction > MIG_TRANSACTION_OUTSIDE)
        g_assert_false(mig_statement_returns_rows(text, length, engine));
    mig_statement_transaction(text, length, engine, 110000);
    mig_statement_returns_rows(text, length, engine);
    g_free(text);
    return 0;
}

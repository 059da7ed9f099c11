/* SPDX-License-Identifier: MIT */
/* Text to tokens: one table, "kind:text" for each token, parted by spaces. */
#include "sql/lexer.h"

#include <string.h>

static const char *const kinds[] = {
    [MIG_TOKEN_END] = "end",          [MIG_TOKEN_WORD] = "w",         [MIG_TOKEN_QUOTED] = "q",
    [MIG_TOKEN_STRING] = "s",         [MIG_TOKEN_NUMBER] = "n",       [MIG_TOKEN_PARAMETER] = "p",
    [MIG_TOKEN_OPERATOR] = "o",       [MIG_TOKEN_SEMICOLON] = ";",    [MIG_TOKEN_COMMENT] = "c",
    [MIG_TOKEN_VERSION_BEGIN] = "vb", [MIG_TOKEN_VERSION_END] = "ve", [MIG_TOKEN_ERROR] = "error",
};

#define PG MIG_ENGINE_POSTGRES
#define MY MIG_ENGINE_MYSQL
#define MA MIG_ENGINE_MARIADB
#define LITE MIG_ENGINE_SQLITE

static const struct {
    MigEngine engine;
    const char *text;
    const char *tokens;
} cases[] = {
    {PG, "", ""},
    {PG, " \t\r\n\f", ""},
    {PG, "SELECT a1, b_2 FROM \"T\"\"x\";", "w:SELECT w:a1 o:, w:b_2 w:FROM q:\"T\"\"x\" ;:;"},
    {PG, "'a''b' E'a\\'b' e'\\\\'", "s:'a''b' s:E'a\\'b' s:e'\\\\'"},
    {PG, "'a\\' b", "s:'a\\' w:b"},
    {PG, "B'01' x'1F' N'n' U&'d' U&\"q\" u&x",
     "s:B'01' s:x'1F' s:N'n' s:U&'d' q:U&\"q\" w:u o:& w:x"},
    {PG, "E'a'\n'b\\'c' 'd\\'", "s:E'a' s:'b\\'c' s:'d\\'"},
    {PG, "E'a' 'b\\'", "s:E'a' s:'b\\'"},
    {PG, "$1 $$a$b$$ $t$ $$ $t$ a$b$ $ $12x", "p:$1 s:$$a$b$$ s:$t$ $$ $t$ w:a$b$ o:$ p:$12 w:x"},
    {PG, "1 1.5 .5 1. 1e5 1.5e-3 1..3 0x1f 1_000",
     "n:1 n:1.5 n:.5 n:1. n:1e5 n:1.5e-3 n:1 o:.. n:3 n:0x1f n:1_000"},
    {PG, "a::b :=c @> ?| ->> #>> <> >= =>",
     "w:a o::: w:b o::= w:c o:@> o:?| o:->> o:#>> o:<> o:>= o:=>"},
    {PG, "1-+1 @- b *-1 !=-2 ~-3", "n:1 o:- o:+ n:1 o:@- w:b o:* o:- n:1 o:!=- n:2 o:~- n:3"},
    {PG, "a+--x\nb*/*c*/d", "w:a o:+ w:b o:* w:d"},
    {PG, "/*a/*b*/c*/d--e", "w:d"},
    {PG, "(a[1].b)", "o:( w:a o:[ n:1 o:] o:. w:b o:)"},
    {PG, "ça é$1 😀", "w:ça w:é$1 w:😀"},
    {PG, "`a` [b] #c", "o:` w:a o:` o:[ w:b o:] o:# w:c"},
    {PG, "a 'b", "w:a error:'b"},
    {PG, "$a$ b", "error:$a$ b"},
    {PG, "a \"b", "w:a error:\"b"},
    {PG, "/* b /* */", "error:/* b /* */"},
    {MY, "'a\\'b' \"c\\\"d\" \"e\"\"f\" `g``h\\`",
     "s:'a\\'b' s:\"c\\\"d\" s:\"e\"\"f\" q:`g``h\\`"},
    {MY, "x'1f' N'a' b'1' _utf8'c' 0x1f 0b1", "s:x'1f' s:N'a' s:b'1' w:_utf8 s:'c' n:0x1f n:0b1"},
    {MY, "a--b -- c\nd --\ne#f\ng", "w:a o:- o:- w:b w:d w:e w:g"},
    {MY, "@a @`b c` @'d' @@e @@session.f u@h.x @",
     "p:@a p:@`b c` p:@'d' p:@@e p:@@session.f w:u p:@h.x o:@"},
    {MY, "1a 1e5 a$b $c 1.5 t.1a .5", "w:1a n:1e5 w:a$b w:$c n:1.5 w:t o:. w:1a n:.5"},
    {MY, "a->'$' b->>'$' c<=>d :=e != || && <<",
     "w:a o:-> s:'$' w:b o:->> s:'$' w:c o:<=> w:d o::= w:e o:!= o:|| o:&& o:<<"},
    {MY, "/*!50003 a*/ /*!080031 b */ /*! c */ /*+ h */ /*M! m */",
     "vb:/*!50003 w:a ve:*/ vb:/*!080031 w:b ve:*/ vb:/*! w:c ve:*/"},
    {MY, "/*!1 a /* b */ c */", "vb:/*! n:1 w:a w:c ve:*/"},
    {MY, "2*/*x*/3 */", "n:2 o:* n:3 o:* o:/"},
    {MY, "? :a", "p:? o:: w:a"},
    {MY, "'a\\'", "error:'a\\'"},
    {MA, "/*M!100100 a */ /*M! b*/", "vb:/*M!100100 w:a ve:*/ vb:/*M! w:b ve:*/"},
    {LITE, "\"a\"\"b\" [c]d] `e``f` 'g''h' x'00' y'z'",
     "q:\"a\"\"b\" q:[c] w:d o:] q:`e``f` s:'g''h' s:x'00' w:y s:'z'"},
    {LITE, "?1 ? :a @b $c a$b", "p:?1 p:? p::a p:@b p:$c w:a$b"},
    {LITE, "a->>'b' c||d e==f g<>h --x\ni",
     "w:a o:->> s:'b' w:c o:|| w:d w:e o:== w:f w:g o:<> w:h w:i"},
    {LITE, "a /* b", "w:a"},
    {LITE, "[a", "error:[a"},
    {LITE, "'\\' a", "s:'\\' w:a"},
};

static void
lexes(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) got = g_string_new(NULL);
        MigLexer lexer;
        MigToken token;

        mig_lexer_init(&lexer, cases[i].text, strlen(cases[i].text), cases[i].engine);
        while (mig_lexer_next(&lexer, &token)) {
            if (got->len > 0)
                g_string_append_c(got, ' ');
            g_string_append_printf(got, "%s:", kinds[token.kind]);
            g_string_append_len(got, cases[i].text + token.offset, (gssize)token.length);
        }
        g_assert_cmpint(token.kind, ==, MIG_TOKEN_END);
        g_assert_cmpstr(got->str, ==, cases[i].tokens);
    }
}

static void
comments_are_tokens_when_asked_for(void)
{
    const char text[] = "/* a */ b -- c\r\n";
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, text, strlen(text), MIG_ENGINE_SQLITE);
    lexer.comments = true;
    g_assert_true(mig_lexer_next(&lexer, &token));
    g_assert_cmpint(token.kind, ==, MIG_TOKEN_COMMENT);
    g_assert_cmpuint(token.length, ==, strlen("/* a */"));
    g_assert_true(mig_lexer_next(&lexer, &token));
    g_assert_cmpint(token.kind, ==, MIG_TOKEN_WORD);
    g_assert_true(mig_lexer_next(&lexer, &token));
    g_assert_cmpint(token.kind, ==, MIG_TOKEN_COMMENT);
    g_assert_cmpuint(token.length, ==, strlen("-- c"));
    g_assert_false(mig_lexer_next(&lexer, &token));
}

static void
words_compare_in_any_case(void)
{
    static const struct {
        const char *text;
        const char *word;
        bool is;
    } words[] = {
        {"Create", "create", true},      {"create", "creat", false},    {"creat", "create", false},
        {"\"create\"", "create", false}, {"'create'", "create", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        MigLexer lexer;
        MigToken token;
        mig_lexer_init(&lexer, words[i].text, strlen(words[i].text), MIG_ENGINE_POSTGRES);
        mig_lexer_next(&lexer, &token);
        g_assert_cmpint(mig_token_is(&lexer, &token, words[i].word), ==, words[i].is);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lexer/lexes", lexes);
    g_test_add_func("/lexer/comments-are-tokens-when-asked-for",
                    comments_are_tokens_when_asked_for);
    g_test_add_func("/lexer/words-compare-in-any-case", words_compare_in_any_case);
    return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* What a column's or a table's name says of it, and how it is written. */
#include "lint/meaning.h"

#include <string.h>

char *
mig_name_to_snake(const char *name)
{
    GString *snake = g_string_new(NULL);

    for (const char *at = name; *at != '\0'; at++) {
        bool breaks = g_ascii_isupper(*at) && at > name &&
                      (!g_ascii_isupper(at[-1]) || g_ascii_islower(at[1]));
        bool mark = *at == '-' || *at == ' ' || *at == '_';

        if ((breaks || mark) && snake->len > 0 && snake->str[snake->len - 1] != '_')
            g_string_append_c(snake, '_');
        if (!mark)
            g_string_append_c(snake, g_ascii_tolower(*at));
    }
    return g_string_free(snake, FALSE);
}

static bool
is_one_of(const char *word, const char *words)
{
    size_t length = strlen(word);

    for (const char *at = words; length > 0 && *at != '\0';) {
        size_t n = strcspn(at, " ");
        if (n == length && strncmp(at, word, n) == 0)
            return true;
        at += n;
        at += strspn(at, " ");
    }
    return false;
}

bool
mig_name_begins(const char *name, const char *words)
{
    g_autofree char *snake = mig_name_to_snake(name);

    snake[strcspn(snake, "_")] = '\0';
    return is_one_of(snake, words);
}

bool
mig_name_ends(const char *name, const char *words)
{
    g_autofree char *snake = mig_name_to_snake(name);
    const char *last = strrchr(snake, '_');

    return is_one_of(last != NULL ? last + 1 : snake, words);
}

bool
mig_name_is(const char *name, const char *words)
{
    g_autofree char *snake = mig_name_to_snake(name);

    return is_one_of(snake, words);
}

bool
mig_name_means_money(const char *name)
{
    return mig_name_ends(name,
                         "price prices amount balance cost costs fee fees salary revenue wage "
                         "subtotal payment refund tax deposit") ||
           mig_name_is(name, "total grand_total order_total invoice_total total_due");
}

bool
mig_name_means_flag(const char *name)
{
    return mig_name_begins(name, "is has can") && strchr(name, '_') != NULL;
}

bool
mig_name_is_snake(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        bool plain = g_ascii_islower(*at) || g_ascii_isdigit(*at) || (*at & 0x80) != 0;
        if (!plain && !(*at == '_' && at[1] != '_'))
            return false;
    }
    return true;
}

static const struct {
    const char *singular;
    const char *plural;
} irregular[] = {
    {"person", "people"}, {"child", "children"}, {"man", "men"},       {"woman", "women"},
    {"datum", "data"},    {"medium", "media"},   {"index", "indices"}, {"criterion", "criteria"},
    {"mouse", "mice"},    {"foot", "feet"},      {"tooth", "teeth"},
};

/* The same in both numbers, or no thing that can be counted. */
static const char uncounted[] =
    "audit cache config configuration content data equipment feedback hardware history inventory "
    "info information knowledge log logging mail metadata money news outbox inbox payload progress "
    "queue research schema_migrations series software species staff stock storage stuff telemetry "
    "traffic weather work usage backlog log_archive archive staging lookup membership access "
    "all new old temp tmp backup default summary stats map version";

static const char *
last_word(const char *snake)
{
    const char *last = strrchr(snake, '_');

    return last != NULL ? last + 1 : snake;
}

bool
mig_name_is_singular(const char *name)
{
    g_autofree char *snake = mig_name_to_snake(name);
    const char *word = last_word(snake);
    size_t length = strlen(word);

    for (size_t i = 0; i < G_N_ELEMENTS(irregular); i++) {
        if (strcmp(word, irregular[i].plural) == 0)
            return false;
        if (strcmp(word, irregular[i].singular) == 0)
            return true;
    }
    /* Shorter ones are abbreviations. A year or a number ends the names of partitions. */
    return length > 2 && !is_one_of(word, uncounted) && g_ascii_islower(word[length - 1]) &&
           word[length - 1] != 's' && word[length - 1] != 'i' && word[length - 1] != 'a' &&
           strpbrk(word, "0123456789") == NULL && g_str_is_ascii(word);
}

static char *
with_last(const char *name, const char *word, size_t cut, const char *ending)
{
    g_autofree char *kept = g_strndup(name, (size_t)(word - name));
    g_autofree char *stem = g_strndup(word, strlen(word) - cut);

    return g_strconcat(kept, stem, ending, NULL);
}

char *
mig_name_singular(const char *name)
{
    g_autofree char *snake = mig_name_to_snake(name);
    const char *word = last_word(snake);

    for (size_t i = 0; i < G_N_ELEMENTS(irregular); i++) {
        if (strcmp(word, irregular[i].plural) == 0)
            return with_last(snake, word, strlen(word), irregular[i].singular);
    }
    if (is_one_of(word, "series species news data movies cookies"))
        return with_last(snake, word, is_one_of(word, "movies cookies") ? 1 : 0, "");
    if (g_str_has_suffix(word, "ies") && strlen(word) > 4)
        return with_last(snake, word, 3, "y");
    if (g_str_has_suffix(word, "sses") || g_str_has_suffix(word, "xes") ||
        g_str_has_suffix(word, "ches") || g_str_has_suffix(word, "shes") ||
        g_str_has_suffix(word, "uses"))
        return with_last(snake, word, 2, "");
    if (g_str_has_suffix(word, "s") && !g_str_has_suffix(word, "ss") &&
        !g_str_has_suffix(word, "us") && !g_str_has_suffix(word, "is"))
        return with_last(snake, word, 1, "");
    return g_strdup(snake);
}

char *
mig_name_plural(const char *name)
{
    g_autofree char *snake = mig_name_to_snake(name);
    const char *word = last_word(snake);
    size_t length = strlen(word);

    for (size_t i = 0; i < G_N_ELEMENTS(irregular); i++) {
        if (strcmp(word, irregular[i].singular) == 0)
            return with_last(snake, word, length, irregular[i].plural);
    }
    if (length > 1 && word[length - 1] == 'y' && strchr("aeiou", word[length - 2]) == NULL)
        return with_last(snake, word, 1, "ies");
    if (g_str_has_suffix(word, "s") || g_str_has_suffix(word, "x") ||
        g_str_has_suffix(word, "ch") || g_str_has_suffix(word, "sh"))
        return with_last(snake, word, 0, "es");
    return with_last(snake, word, 0, "s");
}

/* SPDX-License-Identifier: MIT */
/* A command's own option that is given twice. */
#include "cli/repeated.h"

#include <migrate/error.h>
#include <string.h>

static bool
has_value(const GOptionEntry *entry)
{
    return entry->arg != G_OPTION_ARG_NONE && entry->arg != G_OPTION_ARG_STRING_ARRAY &&
           entry->arg != G_OPTION_ARG_FILENAME_ARRAY && entry->arg != G_OPTION_ARG_CALLBACK;
}

/* Whether a word is this option; sets @out_inside if its value is in the same word. */
static bool
is_option(const GOptionEntry *entry, const char *word, bool *out_inside)
{
    size_t length = strcspn(word, "=");

    *out_inside = word[length] == '=';
    if (g_str_has_prefix(word, "--"))
        return length - 2 == strlen(entry->long_name) &&
               memcmp(word + 2, entry->long_name, length - 2) == 0;
    return entry->short_name != 0 && word[0] == '-' && word[1] == entry->short_name &&
           word[2] == '\0';
}

static const GOptionEntry *
find_option(const GOptionEntry *own, const char *word, bool *out_inside)
{
    for (; own->long_name != NULL; own++) {
        if (has_value(own) && is_option(own, word, out_inside))
            return own;
    }
    return NULL;
}

bool
mig_repeated_refuse(char *const *argv, const GOptionEntry *own, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);

    for (size_t i = 1; argv[0] != NULL && argv[i] != NULL && strcmp(argv[i], "--") != 0; i++) {
        bool inside = false;
        const GOptionEntry *entry = find_option(own, argv[i], &inside);
        if (entry == NULL)
            continue;
        if (!g_hash_table_add(seen, (gpointer)(uintptr_t)entry)) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                        "--%s is given twice; leave one of them out", entry->long_name);
            return false;
        }
        if (!inside && argv[i + 1] != NULL)
            i++;
    }
    return true;
}

/* SPDX-License-Identifier: MIT */
/* Fuzzes migrate.conf, .env files and ${VARIABLE}: the same bytes are read as each of them. */
#include "config/environment.h"
#include "config/keyfile.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_as_configuration(const char *text, size_t length)
{
    static const char *const environment[] = {"A=1", "HOME=/nowhere", NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(MigKeyfile) keyfile = mig_keyfile_parse("f", text, length, &error);

    /* Either there is a file or an error that says where. */
    if (keyfile == NULL) {
        g_assert(g_error_matches(error, MIG_ERROR, MIG_ERROR_USAGE));
        g_assert(g_str_has_prefix(error->message, "f:"));
        g_assert(g_utf8_validate(error->message, -1, NULL));
        return;
    }
    g_assert(error == NULL);
    for (guint i = 0; i < keyfile->entries->len; i++) {
        const MigKeyfileEntry *entry = g_ptr_array_index(keyfile->entries, i);
        g_assert(entry->line > 0);
        g_assert(mig_keyfile_get(keyfile, entry->section, entry->key) == entry);
        g_autofree char *value = mig_environment_expand(entry->value, environment, "f:1", NULL);
        g_assert(value == NULL || strstr(entry->value, "$") != NULL ||
                 strcmp(value, entry->value) == 0);
    }
}

static void
read_as_dotenv(const char *text, size_t length)
{
    static const char *const names[] = {"DATABASE_URL", "A"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *value = NULL;
        unsigned line = 0;
        bool read = mig_dotenv_find("f", text, length, names[i], &value, &line, &error);

        g_assert(read == (error == NULL));
        g_assert((value != NULL) == (line > 0));
        g_assert(value == NULL || strlen(value) < length);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of exactly this size, so that a byte too many is noticed. */
    g_autofree char *text = g_memdup2(data, size);

    read_as_configuration(text != NULL ? text : "", size);
    read_as_dotenv(text != NULL ? text : "", size);
    return 0;
}

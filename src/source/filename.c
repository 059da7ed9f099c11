/* SPDX-License-Identifier: MIT */
/* File names to versions and names, and names that were meant to be a migration's. */
#include "source/filename.h"

#include <stdbool.h>
#include <string.h>

#include <migrate/source.h>

#define SUFFIX ".sql"

/* What editors, patch and careful people leave beside a file. */
static const char *const leftovers[] = {
    "~", ".swp", ".swo", ".swx", ".bak", ".orig", ".rej", ".tmp", ".old", ".save", NULL,
};

static size_t
count_digits(const char *text)
{
    size_t n = 0;

    while (g_ascii_isdigit(text[n]))
        n++;
    return n;
}

static bool
ends_with(const char *text, const char *suffix)
{
    size_t n = strlen(text);
    size_t m = strlen(suffix);

    return n >= m && g_ascii_strcasecmp(text + n - m, suffix) == 0;
}

static bool
is_leftover(const char *filename)
{
    for (size_t i = 0; leftovers[i] != NULL; i++) {
        if (ends_with(filename, leftovers[i]))
            return true;
    }
    return false;
}

/* Flyway's V1__init.sql, V2.1__x.sql, U1__x.sql, B1__x.sql. */
static bool
is_flyway(const char *filename)
{
    if (strchr("VUB", g_ascii_toupper(filename[0])) == NULL || !g_ascii_isdigit(filename[1]))
        return false;

    const char *name = filename + 1 + strspn(filename + 1, "0123456789._");
    return name[-1] == '_' && name[-2] == '_' && ends_with(filename, SUFFIX);
}

/* golang-migrate's and sqlx's pairs of files. */
static bool
is_half(const char *filename)
{
    return ends_with(filename, ".up.sql") || ends_with(filename, ".down.sql");
}

static const char *
find_inner_suffix(const char *filename)
{
    for (const char *at = filename; (at = strchr(at, '.')) != NULL; at++) {
        if (g_ascii_strncasecmp(at, ".sql.", 5) == 0)
            return at;
    }
    return NULL;
}

static bool
has_control(const char *text)
{
    for (; *text != '\0'; text++) {
        if (g_ascii_iscntrl(*text))
            return true;
    }
    return false;
}

MigFilenameKind
mig_filename_kind(const char *filename)
{
    bool exact = g_str_has_suffix(filename, SUFFIX);
    if (filename[0] == '.' || filename[0] == '\0' || (!exact && is_leftover(filename)))
        return MIG_FILENAME_OTHER;

    size_t digits = count_digits(filename);
    if (digits == 0)
        return is_flyway(filename) ? MIG_FILENAME_WRONG : MIG_FILENAME_OTHER;
    if (!ends_with(filename, SUFFIX)) {
        bool hidden = filename[digits] == '_' && find_inner_suffix(filename) != NULL;
        return hidden ? MIG_FILENAME_WRONG : MIG_FILENAME_OTHER;
    }

    size_t length = strlen(filename);
    if (filename[digits] != '_' || length - digits - 1 <= strlen(SUFFIX) || !exact ||
        is_half(filename) || has_control(filename) ||
        !g_utf8_validate(filename, (gssize)length, NULL))
        return MIG_FILENAME_WRONG;
    return MIG_FILENAME_MIGRATION;
}

void
mig_filename_split(const char *filename, char **out_version, char **out_name)
{
    size_t digits = count_digits(filename);

    *out_version = g_strndup(filename, digits);
    *out_name = g_strndup(filename + digits + 1, strlen(filename) - digits - 1 - strlen(SUFFIX));
}

/* The version and the name that a file of a wrong name was meant to have: "2026-03-01-add.SQL" is
 * 20260301_add.sql. */
static char *
mend(const char *filename)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *at = filename;
    size_t digits = count_digits(at);

    g_string_append_len(out, at, (gssize)digits);
    at += digits;
    /* A year opens a date; anything shorter is a version, and 1.2 is not to become 12. */
    while (digits >= 4 && at[0] == '-' && g_ascii_isdigit(at[1])) {
        digits = count_digits(at + 1);
        g_string_append_len(out, at + 1, (gssize)digits);
        at += 1 + digits;
        digits = out->len;
    }
    at += strspn(at, "-_. ");

    const char *end = find_inner_suffix(at);
    size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
    if (length > 4 && g_ascii_strncasecmp(at + length - 4, SUFFIX, 4) == 0)
        length -= 4;
    else if (g_ascii_strcasecmp(at, "sql") == 0 || g_ascii_strcasecmp(at, SUFFIX) == 0)
        length = 0;
    g_string_append_c(out, '_');
    if (length == 0)
        g_string_append(out, "what_it_does");
    else
        g_string_append_len(out, at, (gssize)length);
    g_string_append(out, SUFFIX);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *
mend_flyway(const char *filename)
{
    const char *name = strstr(filename, "__");
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *at = filename + 1; at < name; at++) {
        if (g_ascii_isdigit(*at))
            g_string_append_c(out, *at);
    }
    g_autofree char *rest = g_strndup(name + 1, strlen(name + 1) - strlen(SUFFIX));
    g_string_append_printf(out, "%s" SUFFIX, rest);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
mig_filename_complaint(const char *filename)
{
    if (!g_utf8_validate(filename, -1, NULL) || has_control(filename))
        return g_strdup("the name has bytes that are not UTF-8, or control characters; rename the "
                        "file to <version>_<name>.sql");
    if (is_flyway(filename)) {
        g_autofree char *mended = mend_flyway(filename);
        return g_strdup_printf("this is a file of Flyway's layout, which is not read; rename it "
                               "to %s",
                               mended);
    }
    if (is_half(filename)) {
        size_t half = strlen(ends_with(filename, ".up.sql") ? ".up.sql" : ".down.sql");
        g_autofree char *whole = g_strdup_printf("%.*s", (int)(strlen(filename) - half), filename);
        g_autofree char *mended = mend(whole);
        return g_strdup_printf(
            "this is a file of golang-migrate's layout, which is not read; put both halves into "
            "%s, below \"-- ===== UP =====\" and \"-- ===== DOWN =====\"",
            mended);
    }

    g_autofree char *mended = mend(filename);
    return g_strdup_printf("the name looks like a migration's, but isn't <version>_<name>.sql; "
                           "rename it to %s, or move it to another directory",
                           mended);
}

const char *
mig_version_normal(const char *version)
{
    while (version[0] == '0' && g_ascii_isdigit(version[1]))
        version++;
    return version;
}

int
mig_version_compare(const char *a, const char *b)
{
    const char *one = mig_version_normal(a);
    const char *other = mig_version_normal(b);
    size_t n = strlen(one);
    size_t m = strlen(other);

    if (n != m)
        return n < m ? -1 : 1;
    return strcmp(one, other);
}

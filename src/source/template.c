/* SPDX-License-Identifier: MIT */
/* What `migrate new` writes, and under which name. */
#include "source/template.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <migrate/error.h>
#include <migrate/source.h>

#include "source/filename.h"

/* A number of this many digits is counted up by hand; longer ones are dates and times. */
#define SEQUENCE_DIGITS 7

/* So that a version and ".sql" still go into the 255 bytes of a file's name. */
#define SLUG_BYTES 160

/* No line below DOWN and VERIFY ends in ";", which would make it the commented form. */
static const char frame[] =
    "-- Migration: %s_%s.sql\n"
    "-- Author: %s\n"
    "-- Ticket:\n"
    "-- Risk:\n"
    "-- Estimated time:\n"
    "-- Requires:\n"
    "--\n"
    "-- Risk is low, medium or high; Requires lists versions that must be applied before this "
    "one.\n"
    "-- Lines that are left empty don't count.\n"
    "\n"
    "-- ========== UP ==========\n"
    "-- The change, for example\n"
    "--   ALTER TABLE users ADD COLUMN phone varchar(20);\n"
    "\n"
    "\n"
    "-- ========== DOWN ==========\n"
    "-- The way back; without a statement here there is none. For example\n"
    "--   ALTER TABLE users DROP COLUMN phone\n"
    "\n"
    "\n"
    "-- ========== VERIFY ==========\n"
    "-- Queries that are true once the change is made. They can't change anything. For example\n"
    "--   SELECT count(phone) = 0 FROM users\n"
    "\n";

char *
mig_template_new(const char *version, const char *name, const char *author)
{
    g_autofree char *line = g_utf8_make_valid(author != NULL ? author : "", -1);

    for (char *at = line; *at != '\0'; at++) {
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    }
    g_strstrip(line);
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_printf(out, frame, version, name, line);
    if (*line == '\0')
        g_string_replace(out, "-- Author: \n", "-- Author:\n", 1);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Returns: (owned) a number of any length and one, at least as wide as it was. */
static char *
count_up(const char *digits)
{
    size_t length = strlen(digits);
    g_autofree char *next = g_strconcat("0", digits, NULL);

    for (size_t i = length;; i--) {
        if (next[i] != '9') {
            next[i]++;
            break;
        }
        next[i] = '0';
    }
    return g_strdup(next[0] == '0' ? next + 1 : next);
}

char *
mig_template_next(const char *newest, gint64 now_us)
{
    if (newest != NULL && strlen(newest) <= SEQUENCE_DIGITS)
        return count_up(newest);

    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(now_us / G_USEC_PER_SEC);
    g_autofree char *now = time != NULL ? g_date_time_format(time, "%Y%m%d%H%M%S") : NULL;
    if (now == NULL || (newest != NULL && mig_version_compare(now, newest) <= 0))
        return count_up(newest != NULL ? newest : "0");
    return g_steal_pointer(&now);
}

char *
mig_template_version(const char *directory, gint64 now_us, GError **error)
{
    DIR *stream = opendir(directory);
    if (stream == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "can't read the directory %s: %s", directory,
                    g_strerror(errno));
        return NULL;
    }

    g_autofree char *newest = NULL;
    for (const struct dirent *found; (found = readdir(stream)) != NULL;) {
        if (mig_filename_kind(found->d_name) != MIG_FILENAME_MIGRATION)
            continue;
        char *version = NULL;
        g_autofree char *name = NULL;
        mig_filename_split(found->d_name, &version, &name);
        if (newest != NULL && mig_version_compare(version, newest) <= 0) {
            g_free(version);
            continue;
        }
        g_free(newest);
        newest = version;
    }
    closedir(stream);
    return mig_template_next(newest, now_us);
}

static bool
is_part(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* One word that is AddUsersPhone, where the capitals say where words begin. */
static bool
is_camel(const char *name)
{
    for (; *name != '\0'; name = g_utf8_next_char(name)) {
        if (!is_part(g_utf8_get_char(name)))
            return false;
    }
    return true;
}

char *
mig_template_slug(const char *name)
{
    size_t length = strlen(name);
    if (g_str_has_suffix(name, ".sql"))
        length -= strlen(".sql");
    g_autofree char *valid = g_utf8_make_valid(name, (gssize)length);
    g_autofree char *normal = g_utf8_normalize(valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    bool camel = is_camel(normal);
    bool after_lower = false;
    bool gap = false;
    GString *out = g_string_new(NULL);

    for (const char *at = normal; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        /* "users'" is a word, and "don't" is one. */
        if (c == '\'' || c == 0x2019)
            continue;
        if (!is_part(c) || c == 0xfffd) {
            gap = out->len > 0;
            continue;
        }
        if (out->len >= SLUG_BYTES)
            break;
        if (gap || (camel && after_lower && g_unichar_isupper(c)))
            g_string_append_c(out, '_');
        gap = false;
        after_lower = g_unichar_islower(c) || g_unichar_isdigit(c);
        g_string_append_unichar(out, g_unichar_tolower(c));
    }
    return g_string_free(out, FALSE);
}

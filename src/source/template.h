/* SPDX-License-Identifier: MIT */
/* What `migrate new` writes, and under which name. */
#pragma once

#include <glib.h>

/**
 * mig_template_new:
 * @version: (borrowed) digits
 * @name: (borrowed) as mig_template_slug() makes it
 * @author: (borrowed) who writes it, or %NULL
 *
 * A file that says what goes where. It has no statement, so that it is refused as an empty UP
 * until it is filled in.
 *
 * Returns: (owned) the text of <version>_<name>.sql
 */
char *mig_template_new(const char *version, const char *name, const char *author);

/**
 * mig_template_version:
 * @directory: (borrowed) with the migrations that are there
 * @now_us: the time, in microseconds since 1970, UTC
 * @error: %MIG_ERROR_FILE if @directory can't be read
 *
 * The next version. Where versions are a short sequence it goes on, with the width of the newest;
 * otherwise it is the time, or the newest and one if that is later.
 *
 * Returns: (owned) digits, or %NULL with @error set
 */
char *mig_template_version(const char *directory, gint64 now_us, GError **error);

/**
 * mig_template_next:
 * @newest: (borrowed) the newest version, or %NULL if there is none
 *
 * As mig_template_version().
 */
char *mig_template_next(const char *newest, gint64 now_us);

/**
 * mig_template_slug:
 * @name: (borrowed) what was typed: "Add users' phone!", AddUsersPhone
 *
 * Returns: (owned) it as a part of a file's name, "add_users_phone"; "" if nothing of it is left
 */
char *mig_template_slug(const char *name);

/* SPDX-License-Identifier: MIT */
/* A URL's scheme to the module that serves it. */
#pragma once

#include <migrate/driver.h>

/**
 * mig_driver_load:
 * @url: (borrowed) a URL that mig_url_check() has accepted
 * @error: %MIG_ERROR_USAGE: no such scheme, or its driver isn't installed or can't be loaded
 *
 * Looks in the directories of MIGRATE_DRIVER_PATH, then in "drivers" beside the program (a build
 * directory), then where it was installed relative to the program. A module stays loaded.
 *
 * Returns: (static) the driver, or %NULL with @error set
 */
const MigDriver *mig_driver_load(const char *url, GError **error);

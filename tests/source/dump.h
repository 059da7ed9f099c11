/* SPDX-License-Identifier: MIT */
/* A MigSource as text, for fixtures. */
#pragma once

#include <migrate/source.h>

/** dump_source: (owned) everything but the checksums, which have tests of their own. */
char *dump_source(const MigSource *source);

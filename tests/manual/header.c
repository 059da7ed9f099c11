/* SPDX-License-Identifier: MIT */
/* Built once for each public header: each must do alone, and twice. */
#include MIG_HEADER
#include MIG_HEADER /* Whether it is guarded. */

#include <stddef.h>

/* A file of nothing but declarations would be empty to the compiler. */
extern const size_t mig_header_alone;
const size_t mig_header_alone = 1;

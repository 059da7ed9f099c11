/* SPDX-License-Identifier: MIT */
/* Two texts to a unified diff. */
#pragma once

#include <glib.h>

/**
 * mig_diff_unified:
 * @old_name: (borrowed) what the "---" line says
 * @new_name: (borrowed) what the "+++" line says
 *
 * Lines are compared without their line ends. Texts of very many different lines are shown as
 * replaced, so that time stays bounded.
 *
 * Returns: (owned) the diff with three lines round each change; "" if there is none
 */
char *mig_diff_unified(const char *old_name, const char *old_text, const char *new_name,
                       const char *new_text);

/* SPDX-License-Identifier: MIT */
/* What the shells complete, all made from the table of commands. */
#pragma once

#include <glib.h>

void mig_completion_bash(GString *out);
void mig_completion_zsh(GString *out);
void mig_completion_fish(GString *out);

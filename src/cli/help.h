/* SPDX-License-Identifier: MIT */
/* Help and hints for misspelt words, all made from the table of commands. */
#pragma once

#include "cli/command.h"

/** mig_help_usage: a few lines for who typed nothing, to standard error. */
void mig_help_usage(void);

/** mig_help_main: all commands and the global options, to standard output. */
void mig_help_main(bool color);

/** mig_help_command: one command, with its options, to standard output. */
void mig_help_command(const MigCommand *command, bool color);

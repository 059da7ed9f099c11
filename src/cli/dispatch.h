/* SPDX-License-Identifier: MIT */
/* The program: finds the command, runs it, prints its error. */
#pragma once

/**
 * mig_dispatch:
 * @argv: (inout) of main(); passwords in it are overwritten, so that ps(1) doesn't show them
 *
 * Returns: the exit status
 */
int mig_dispatch(int argc, char **argv);

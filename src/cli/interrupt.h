/* SPDX-License-Identifier: MIT */
/* The one global: a signal asks to stop. */
#pragma once

#include "base/cancel.h"

/**
 * mig_interrupt_watch:
 *
 * From now on SIGINT, SIGTERM and SIGHUP ask the command to stop, by mig_cancel_request(); the
 * second one ends the program at once with 128 + signal. A command that uses a database calls this
 * before it opens it, so that every thread made later has these signals blocked; until then they do
 * what they always do. Signals that were ignored when the program began (nohup) stay ignored.
 *
 * Returns: (borrowed) the request, the same one each time
 */
MigCancel *mig_interrupt_watch(void);

/** mig_interrupt_signal: which signal asked to stop; 0 if none did. */
int mig_interrupt_signal(void);

/* SPDX-License-Identifier: MIT */
/* Statements outside a transaction, where a pooling proxy shares the session with others. */
#pragma once

#include "apply/runner.h"

/**
 * mig_shared_wraps:
 * @index: of the unit's one statement
 *
 * What is set in a shared session is found by others, and the statement may reach another session, so
 * that its limits can only travel in a transaction: most statements that the file keeps out of one
 * can be in one of their own all the same. Of one that can't a warning tells that it has no limits.
 *
 * Returns: whether the statement is to be given a transaction of its own
 */
bool mig_shared_wraps(MigRunner *runner, size_t index);

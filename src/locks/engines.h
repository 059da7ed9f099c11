/* SPDX-License-Identifier: MIT */
/* Each engine's part: it looks at all changes of the statement and adds what they do. */
#pragma once

#include "locks/work.h"

void mig_postgres_impact(MigWork *work);
void mig_mysql_impact(MigWork *work);
void mig_sqlite_impact(MigWork *work);

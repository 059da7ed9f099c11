/* SPDX-License-Identifier: MIT */
/* The engines' own clients: psql, sqlite3, mariadb or mysql. */
#pragma once

#include "support/database.h"

/**
 * mig_client_run:
 * @sql: (borrowed) what is given to the client as a file is
 *
 * Returns: whether the client ended well; what it says is a message of the test
 */
bool mig_client_run(const MigTestDatabase *database, const char *sql);

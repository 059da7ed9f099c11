/* SPDX-License-Identifier: MIT */
/* What a statement needs of a transaction: each engine's answer to mig_statement_transaction(). */
#pragma once

#include <migrate/statement.h>

#include "sql/words.h"

/* @words stands at the statement's first word. */
MigTransaction mig_transaction_postgres(MigWords *words, int version);
MigTransaction mig_transaction_mysql(MigWords *words);
MigTransaction mig_transaction_sqlite(MigWords *words);

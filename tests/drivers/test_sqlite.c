/* SPDX-License-Identifier: MIT */
/* The SQLite driver keeps every promise. */
#include "drivers/subject_sqlite.h"

int
main(int argc, char **argv)
{
    return mig_contract_run(argc, argv, &mig_sqlite_subject);
}

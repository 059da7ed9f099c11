/* SPDX-License-Identifier: MIT */
/* Types, by each engine's own rules. */
#include "sql/parser.h"

MigType
mig_parser_type(MigParser *p)
{
    return p->engine == MIG_ENGINE_SQLITE ? mig_parse_sqlite_type(p) : mig_parse_mysql_type(p);
}

/* SPDX-License-Identifier: MIT */
/* CREATE and ALTER VIEW of MySQL and MariaDB. */
#include "sql/parse_mysql.h"

void
mig_mysql_create_view(MigParser *p, size_t from, const char *definer, bool or_replace)
{
    MigChange change = {.kind = MIG_CHANGE_CREATE_VIEW, .or_replace = or_replace, .text = definer};

    if (mig_parser_take_words(p, "sql security")) {
        if (mig_parser_take(p, "invoker"))
            change.on = true;
        else
            mig_parser_expect(p, "definer");
    }
    mig_parser_expect(p, "view");

    size_t if_from = mig_parser_mark(p);
    change.if_not_exists = mig_mysql_take_if_not_exists(p);
    if (change.if_not_exists)
        mig_mysql_since_from(p, 90100, 0, "CREATE VIEW IF NOT EXISTS", if_from);
    change.table = mig_parser_name(p);
    if (mig_parser_is_mark(p, "("))
        change.columns = mig_parser_names(p, &change.n_columns);
    mig_parser_expect(p, "as");
    if (!mig_mysql_at_query(p))
        mig_parser_fail(p, "expected a query");
    change.query = mig_parser_query(p);
    if (mig_parser_take(p, "with")) {
        if (!mig_parser_take(p, "cascaded"))
            mig_parser_take(p, "local");
        mig_parser_expect(p, "check");
        mig_parser_expect(p, "option");
    }
    mig_mysql_push(p, &change, from);
}

/* SPDX-License-Identifier: MIT */
/* ALTER TABLE ... ADD: columns, keys, constraints, periods, system versioning. */
#include "sql/parse_mysql.h"

static void
add_key(MigParser *p, const MigChange *base, const MigMysqlKey *key, size_t from)
{
    MigChange change = *base;

    change.if_not_exists = key->if_not_exists;
    if (key->kind == MIG_MYSQL_KEY_INDEX) {
        change.kind = MIG_CHANGE_CREATE_INDEX;
        change.name = key->index.name;
        change.index = mig_arena_copy(p->arena, &key->index, sizeof key->index);
    } else if (key->kind == MIG_MYSQL_KEY_CONSTRAINT) {
        change.kind = MIG_CHANGE_ADD_CONSTRAINT;
        change.name = key->constraint.name;
        change.constraint_kind = key->constraint.kind;
        change.constraint = mig_arena_copy(p->arena, &key->constraint, sizeof key->constraint);
    } else {
        change.kind = MIG_CHANGE_SYSTEM_VERSIONING;
        change.on = true;
        change.text = "period";
        change.name.name = key->period;
        change.columns = key->period_columns;
        change.n_columns = key->n_period_columns;
    }
    mig_mysql_push(p, &change, from);
}

static void
add_column(MigParser *p, const MigChange *base, bool if_not_exists, bool placed, size_t from)
{
    MigChange change = *base;
    MigColumn *column = mig_arena_new0(p->arena, MigColumn, 1);
    size_t name_from = mig_parser_mark(p);

    change.kind = MIG_CHANGE_ADD_COLUMN;
    change.if_not_exists = if_not_exists;
    change.column = column;
    column->name = mig_parser_identifier(p, &column->quoted);
    column->name_span = mig_parser_span(p, name_from);
    change.name =
        (MigName){.name = column->name, .quoted = column->quoted, .span = column->name_span};
    mig_mysql_column(p, column);
    column->span = mig_parser_span(p, name_from);
    if (placed)
        mig_mysql_place(p, &change);
    mig_mysql_push(p, &change, from);
}

/* ADD [COLUMN] (a int, b int, KEY (a)) */
static void
add_several(MigParser *p, const MigChange *base, bool if_not_exists)
{
    mig_parser_expect_mark(p, "(");
    do {
        MigMysqlKey key;
        size_t from = mig_parser_mark(p);

        if (mig_mysql_key(p, &key) == MIG_MYSQL_KEY_NONE)
            add_column(p, base, if_not_exists, false, from);
        else
            add_key(p, base, &key, from);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_expect_mark(p, ")");
}

static bool
add_system_versioning(MigParser *p, const MigChange *base, size_t from)
{
    MigChange change = *base;

    if (!mig_parser_take_words(p, "system versioning"))
        return false;
    change.kind = MIG_CHANGE_SYSTEM_VERSIONING;
    change.on = true;
    mig_mysql_push(p, &change, from);
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "SYSTEM VERSIONING", from);
    return true;
}

bool
mig_mysql_alter_add(MigParser *p, const MigChange *base)
{
    size_t from = mig_parser_mark(p);
    bool said_column;
    MigMysqlKey key;

    if (!mig_parser_take(p, "add"))
        return false;
    said_column = mig_parser_take(p, "column");
    if (!said_column) {
        if (add_system_versioning(p, base, from))
            return true;
        if (mig_mysql_key(p, &key) != MIG_MYSQL_KEY_NONE) {
            add_key(p, base, &key, from);
            return true;
        }
    }

    bool if_not_exists = mig_mysql_take_maria_if_not_exists(p, "columns");
    if (mig_parser_is_mark(p, "("))
        add_several(p, base, if_not_exists);
    else
        add_column(p, base, if_not_exists, true, from);
    return true;
}

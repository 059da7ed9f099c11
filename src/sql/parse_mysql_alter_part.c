/* SPDX-License-Identifier: MIT */
/* ALTER TABLE's DROP, ALTER, CHANGE, MODIFY and RENAME of columns, keys and constraints. */
#include "sql/parse_expression.h"
#include "sql/parse_mysql.h"

static MigName
read_name(MigParser *p)
{
    MigName name = {0};
    size_t from = mig_parser_mark(p);

    name.name = mig_parser_identifier(p, &name.quoted);
    name.span = mig_parser_span(p, from);
    return name;
}

static void
drop_constraint(MigParser *p, MigChange *change, size_t from)
{
    change->kind = MIG_CHANGE_DROP_CONSTRAINT;
    if (mig_parser_take(p, "primary")) {
        mig_parser_expect(p, "key");
        change->constraint_kind = MIG_CONSTRAINT_PRIMARY_KEY;
        return;
    }
    if (mig_parser_take(p, "foreign")) {
        mig_parser_expect(p, "key");
        change->constraint_kind = MIG_CONSTRAINT_FOREIGN_KEY;
        change->if_exists = mig_mysql_take_maria_if_exists(p, "foreign keys");
    } else if (mig_parser_take(p, "check")) {
        change->constraint_kind = MIG_CONSTRAINT_CHECK;
        mig_mysql_since_from(p, 80016, MIG_MYSQL_NEVER, "DROP CHECK", from);
    } else {
        mig_parser_expect(p, "constraint");
        change->constraint_kind = MIG_CONSTRAINT_ANY;
        mig_mysql_since_from(p, 80019, 100200, "DROP CONSTRAINT", from);
        change->if_exists = mig_mysql_take_maria_if_exists(p, "constraints");
    }
    change->name = read_name(p);
}

static void
drop_versioning(MigParser *p, MigChange *change, size_t from)
{
    change->kind = MIG_CHANGE_SYSTEM_VERSIONING;
    if (mig_parser_take_words(p, "period for")) {
        change->text = "period";
        change->if_exists = mig_mysql_take_maria_if_exists(p, "periods");
        change->name = read_name(p);
    } else {
        mig_parser_take_words(p, "system versioning");
    }
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100300, "SYSTEM VERSIONING and PERIOD", from);
}

static void
drop_column(MigParser *p, MigChange *change)
{
    mig_parser_take(p, "column");
    change->kind = MIG_CHANGE_DROP_COLUMN;
    change->if_exists = mig_mysql_take_maria_if_exists(p, "columns");
    change->name = read_name(p);
    change->cascade = mig_parser_take(p, "cascade");
    if (!change->cascade)
        change->restrict_said = mig_parser_take(p, "restrict");
}

bool
mig_mysql_alter_drop(MigParser *p, const MigChange *base)
{
    static const char *const constraints[] = {"primary", "foreign", "check", "constraint", NULL};
    MigChange change = *base;
    size_t from = mig_parser_mark(p);

    if (!mig_parser_take(p, "drop"))
        return false;
    if (mig_parser_is_any(p, constraints)) {
        drop_constraint(p, &change, from);
    } else if (mig_parser_take(p, "index") || mig_parser_take(p, "key")) {
        change.kind = MIG_CHANGE_DROP_INDEX;
        change.if_exists = mig_mysql_take_maria_if_exists(p, "keys");
        change.name = read_name(p);
    } else if ((mig_parser_is(p, "system") && mig_parser_peek_is(p, "versioning")) ||
               (mig_parser_is(p, "period") && mig_parser_peek_is(p, "for"))) {
        drop_versioning(p, &change, from);
    } else {
        drop_column(p, &change);
    }
    mig_mysql_push(p, &change, from);
    return true;
}

static bool
alter_index(MigParser *p, MigChange *change)
{
    if (!mig_parser_take(p, "index") && !mig_parser_take(p, "key"))
        return false;
    change->kind = MIG_CHANGE_INDEX_VISIBILITY;
    change->if_exists = mig_mysql_take_maria_if_exists(p, "indexes");
    change->name = read_name(p);

    size_t from = mig_parser_mark(p);
    if (mig_parser_take(p, "visible") || mig_parser_is(p, "invisible")) {
        change->on = !mig_parser_take(p, "invisible");
        mig_mysql_since_from(p, 80000, MIG_MYSQL_NEVER, "INVISIBLE indexes", from);
        return true;
    }
    change->on = mig_parser_take(p, "not");
    mig_parser_expect(p, "ignored");
    mig_mysql_since_from(p, MIG_MYSQL_NEVER, 100600, "IGNORED indexes", from);
    return true;
}

static bool
alter_constraint(MigParser *p, MigChange *change, size_t from)
{
    MigConstraint *constraint = mig_arena_new0(p->arena, MigConstraint, 1);

    constraint->kind = mig_parser_is(p, "check") ? MIG_CONSTRAINT_CHECK : MIG_CONSTRAINT_ANY;
    if (!mig_parser_take(p, "check") && !mig_parser_take(p, "constraint"))
        return false;
    change->kind = MIG_CHANGE_ALTER_CONSTRAINT;
    change->constraint_kind = constraint->kind;
    change->constraint = constraint;
    change->name = constraint->name = read_name(p);
    constraint->not_enforced = mig_parser_take(p, "not");
    mig_parser_expect(p, "enforced");
    mig_mysql_since_from(p, constraint->kind == MIG_CONSTRAINT_CHECK ? 80016 : 80019,
                         MIG_MYSQL_NEVER, "[NOT] ENFORCED", from);
    return true;
}

/* SET DEFAULT: a literal, or an expression in parentheses. */
static void
read_new_default(MigParser *p, MigChange *change)
{
    size_t from = mig_parser_mark(p);

    change->kind = MIG_CHANGE_SET_DEFAULT;
    if (mig_parser_take_mark(p, "(")) {
        MigExpr *value = mig_parser_expression(p);
        mig_parser_expect_mark(p, ")");
        value->parenthesised = true;
        change->expr = value;
        mig_mysql_since_from(p, 80013, 100201, "DEFAULT (expression)", from);
    } else if (mig_mysql_is_mariadb(p)) {
        change->expr = mig_parser_operand(p);
    } else {
        change->expr = mig_parser_literal(p);
    }
}

static void
alter_one_column(MigParser *p, MigChange *change)
{
    mig_parser_take(p, "column");
    change->if_exists = mig_mysql_take_maria_if_exists(p, "columns");
    change->name = read_name(p);

    size_t from = mig_parser_mark(p);
    if (mig_parser_take_words(p, "set default")) {
        read_new_default(p, change);
    } else if (mig_parser_take_words(p, "drop default")) {
        change->kind = MIG_CHANGE_DROP_DEFAULT;
    } else if (mig_parser_take_words(p, "set visible") || mig_parser_is(p, "set")) {
        change->kind = MIG_CHANGE_COLUMN_VISIBILITY;
        change->on = !mig_parser_take_words(p, "set invisible");
        if (mig_parser_is(p, "set"))
            mig_parser_fail(p, "expected SET DEFAULT, SET VISIBLE or SET INVISIBLE");
        mig_mysql_since_from(p, 80023, MIG_MYSQL_NEVER, "ALTER COLUMN ... SET VISIBLE", from);
    } else {
        mig_parser_fail(p, "expected SET DEFAULT or DROP DEFAULT");
    }
}

static void
change_column(MigParser *p, MigChange *change, bool rename)
{
    MigColumn *column = mig_arena_new0(p->arena, MigColumn, 1);

    mig_parser_take(p, "column");
    change->kind = MIG_CHANGE_MODIFY_COLUMN;
    change->if_exists = mig_mysql_take_maria_if_exists(p, "columns");
    change->name = read_name(p);
    change->column = column;
    column->name = change->name.name;
    column->quoted = change->name.quoted;
    column->name_span = change->name.span;

    size_t from = change->name.span.offset;
    if (rename) {
        MigName name = read_name(p);
        column->name = name.name;
        column->quoted = name.quoted;
        column->name_span = name.span;
        from = name.span.offset;
    }
    mig_mysql_column(p, column);
    column->span = mig_parser_span(p, from);
    mig_mysql_place(p, change);
}

static bool
rename_part(MigParser *p, MigChange *change, size_t from)
{
    bool column = mig_parser_peek_is(p, "column");

    if (!column && !mig_parser_peek_is(p, "index") && !mig_parser_peek_is(p, "key"))
        return false;
    mig_parser_next(p);
    mig_parser_next(p);
    change->kind = column ? MIG_CHANGE_RENAME_COLUMN : MIG_CHANGE_RENAME_INDEX;
    change->if_exists = mig_mysql_take_maria_if_exists(p, column ? "columns" : "keys");
    change->name = read_name(p);
    mig_parser_expect(p, "to");
    change->to = read_name(p);
    if (column)
        mig_mysql_since_from(p, 80003, 100502, "RENAME COLUMN", from);
    else
        mig_mysql_since_from(p, 50700, 100502, "RENAME INDEX", from);
    return true;
}

bool
mig_mysql_alter_column(MigParser *p, const MigChange *base)
{
    MigChange change = *base;
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "alter")) {
        if (!alter_index(p, &change) && !alter_constraint(p, &change, from))
            alter_one_column(p, &change);
    } else if (mig_parser_take(p, "modify")) {
        change_column(p, &change, false);
    } else if (mig_parser_take(p, "change")) {
        change_column(p, &change, true);
    } else if (!mig_parser_is(p, "rename") || !rename_part(p, &change, from)) {
        return false;
    }
    mig_mysql_push(p, &change, from);
    return true;
}

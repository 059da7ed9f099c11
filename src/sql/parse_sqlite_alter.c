/* SPDX-License-Identifier: MIT */
/* SQLite's ALTER TABLE, and what other engines have of it. */
#include "sql/parse_sqlite.h"

#include <string.h>

#include "sql/parse_expression.h"

/* What SQLite will never take as it is written: the fix is a rebuild, or another spelling. */
static void
refuse(MigParser *p, size_t from, const char *what, const char *instead)
{
    mig_parser_unsupported(p, mig_parser_span(p, from), "SQLite has no %s: %s", what, instead);
}

static const char rebuild[] =
    "make a new table, copy the rows, drop the old one and rename the new";

static MigChange *
add(MigParser *p, MigChangeKind kind, const MigChange *begin)
{
    MigChange *change = mig_parser_add(p, kind);

    change->table = begin->table;
    change->parent_if_exists = begin->parent_if_exists;
    return change;
}

static MigName
one_name(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigName name = {0};

    name.name = mig_parser_identifier(p, &name.quoted);
    name.span = mig_parser_span(p, from);
    return name;
}

static void
rename_something(MigParser *p, const MigChange *begin, size_t from)
{
    if (mig_parser_take(p, "to")) {
        MigChange *change = add(p, MIG_CHANGE_RENAME_TABLE, begin);
        change->to = one_name(p);
        return;
    }
    /* INDEX and CONSTRAINT are reserved: they aren't columns. */
    bool constraint = mig_parser_is(p, "constraint");
    if (constraint || mig_parser_is(p, "index")) {
        mig_parser_next(p);
        MigChange *change =
            add(p, constraint ? MIG_CHANGE_RENAME_CONSTRAINT : MIG_CHANGE_RENAME_INDEX, begin);
        change->name = one_name(p);
        mig_parser_expect(p, "to");
        change->to = one_name(p);
        refuse(p, from, constraint ? "RENAME CONSTRAINT" : "RENAME INDEX",
               constraint ? rebuild : "drop it and create it under its new name");
        return;
    }
    mig_parser_take(p, "column");
    MigChange *change = add(p, MIG_CHANGE_RENAME_COLUMN, begin);
    change->name = one_name(p);
    mig_parser_expect(p, "to");
    change->to = one_name(p);
    mig_parser_needs_by_engine(p, 32500, 0, 0, "RENAME COLUMN", from);
}

static void
add_constraint(MigParser *p, const MigChange *begin, size_t from)
{
    MigConstraint *constraint = mig_arena_new0(p->arena, MigConstraint, 1);

    if (!mig_sqlite_constraint(p, constraint)) {
        mig_parser_fail(p, "expected CHECK");
        return;
    }
    MigChange *change = add(p, MIG_CHANGE_ADD_CONSTRAINT, begin);
    change->constraint = constraint;
    change->name = constraint->name;
    switch (constraint->kind) {
    case MIG_CONSTRAINT_CHECK:
        mig_parser_needs_by_engine(p, 35300, 0, 0, "ADD CONSTRAINT", from);
        return;
    case MIG_CONSTRAINT_UNIQUE:
        refuse(p, from, "ALTER TABLE ... ADD UNIQUE", "CREATE UNIQUE INDEX does the same");
        return;
    case MIG_CONSTRAINT_PRIMARY_KEY:
        refuse(p, from, "ALTER TABLE ... ADD PRIMARY KEY", rebuild);
        return;
    case MIG_CONSTRAINT_FOREIGN_KEY:
    case MIG_CONSTRAINT_NOT_NULL:
    case MIG_CONSTRAINT_EXCLUDE:
    case MIG_CONSTRAINT_ANY:
        refuse(p, from, "ALTER TABLE ... ADD FOREIGN KEY", rebuild);
        return;
    }
}

/* MySQL: FIRST, or AFTER column: SQLite's are always the last. */
static void
refuse_position(MigParser *p, MigChange *change)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "first"))
        change->text = "first";
    else if (mig_parser_take(p, "after"))
        change->text = "after";
    else
        return;
    if (change->text[0] == 'a')
        change->to = one_name(p);
    refuse(p, from, "FIRST and AFTER", "a new column is always the last");
}

static void
add_column(MigParser *p, const MigChange *begin, size_t from)
{
    /* COLUMN is the word unless it is the new column's name. */
    mig_parser_take(p, "column");
    bool guarded = mig_parser_take_words(p, "if not exists");
    MigColumn *column = mig_arena_new0(p->arena, MigColumn, 1);
    MigChange *change = add(p, MIG_CHANGE_ADD_COLUMN, begin);

    change->if_not_exists = guarded;
    change->column = column;
    mig_sqlite_column(p, column);
    change->name =
        (MigName){.name = column->name, .quoted = column->quoted, .span = column->name_span};
    refuse_position(p, change);
    if (guarded)
        refuse(p, from, "IF NOT EXISTS for a column", "leave it out");
}

static void
drop_something(MigParser *p, const MigChange *begin, size_t from)
{
    static const char *const others[] = {"primary", "foreign", "index", "check", NULL};
    bool constraint = mig_parser_take(p, "constraint");
    bool other = !constraint && mig_parser_is_any(p, others);

    if (other) {
        MigChange *change = add(p, MIG_CHANGE_DROP_CONSTRAINT, begin);
        change->constraint_kind = mig_parser_is(p, "primary")   ? MIG_CONSTRAINT_PRIMARY_KEY
                                  : mig_parser_is(p, "foreign") ? MIG_CONSTRAINT_FOREIGN_KEY
                                  : mig_parser_is(p, "check")   ? MIG_CONSTRAINT_CHECK
                                                                : MIG_CONSTRAINT_ANY;
        if (mig_parser_take(p, "index"))
            change->kind = MIG_CHANGE_DROP_INDEX;
        else
            mig_parser_next(p);
        mig_parser_take(p, "key");
        if (change->constraint_kind != MIG_CONSTRAINT_PRIMARY_KEY)
            change->name = one_name(p);
        bool index = change->kind == MIG_CHANGE_DROP_INDEX;
        refuse(p, from, index ? "ALTER TABLE ... DROP INDEX" : "ALTER TABLE ... DROP of a key",
               index ? "DROP INDEX is a statement of its own" : rebuild);
        return;
    }
    if (!constraint)
        mig_parser_take(p, "column");
    bool guarded = mig_parser_take_words(p, "if exists");
    MigChange *change =
        add(p, constraint ? MIG_CHANGE_DROP_CONSTRAINT : MIG_CHANGE_DROP_COLUMN, begin);
    change->constraint_kind = MIG_CONSTRAINT_ANY;
    change->if_exists = guarded;
    change->name = one_name(p);
    mig_parser_needs_by_engine(p, constraint ? 35300 : 33500, 0, 0,
                               constraint ? "DROP CONSTRAINT" : "DROP COLUMN", from);
    size_t cascade_from = mig_parser_mark(p);
    change->cascade = mig_parser_take(p, "cascade");
    change->restrict_said = !change->cascade && mig_parser_take(p, "restrict");
    if (change->cascade || change->restrict_said)
        refuse(p, cascade_from, "CASCADE and RESTRICT here", "leave it out");
    if (guarded)
        refuse(p, from, "IF EXISTS for a column or constraint", "leave it out");
}

static void
set_type(MigParser *p, MigChange *change, size_t from)
{
    MigColumn *column = mig_arena_new0(p->arena, MigColumn, 1);

    column->name = change->name.name;
    column->name_span = change->name.span;
    column->type = mig_parse_sqlite_type(p);
    if (column->type.name == NULL)
        mig_parser_fail(p, "expected a type");
    change->kind = MIG_CHANGE_ALTER_TYPE;
    change->column = column;
    if (mig_parser_take(p, "using"))
        change->expr = mig_parser_expression(p);
    refuse(p, from, "ALTER COLUMN ... TYPE", rebuild);
}

static void
alter_column(MigParser *p, const MigChange *begin, size_t from)
{
    mig_parser_take(p, "column");
    MigChange *change = add(p, MIG_CHANGE_SET_NOT_NULL, begin);

    change->name = one_name(p);
    if (mig_parser_take(p, "type") || mig_parser_take_words(p, "set data type")) {
        set_type(p, change, from);
    } else if (mig_parser_take_words(p, "set not null")) {
        mig_sqlite_on_conflict(p);
        mig_parser_needs_by_engine(p, 35300, 0, 0, "ALTER COLUMN ... SET NOT NULL", from);
    } else if (mig_parser_take_words(p, "drop not null")) {
        change->kind = MIG_CHANGE_DROP_NOT_NULL;
        mig_parser_needs_by_engine(p, 35300, 0, 0, "ALTER COLUMN ... DROP NOT NULL", from);
    } else if (mig_parser_take_words(p, "set default")) {
        change->kind = MIG_CHANGE_SET_DEFAULT;
        change->expr = mig_parser_expression(p);
        refuse(p, from, "ALTER COLUMN ... SET DEFAULT", rebuild);
    } else if (mig_parser_take_words(p, "drop default")) {
        change->kind = MIG_CHANGE_DROP_DEFAULT;
        refuse(p, from, "ALTER COLUMN ... DROP DEFAULT", rebuild);
    } else {
        mig_parser_fail(p, "expected SET NOT NULL or DROP NOT NULL");
    }
}

/* MySQL's MODIFY a type, CHANGE a b type. */
static void
modify_column(MigParser *p, const MigChange *begin, size_t from)
{
    bool change_name = mig_parser_is(p, "change");
    MigColumn *column = mig_arena_new0(p->arena, MigColumn, 1);

    mig_parser_next(p);
    mig_parser_take(p, "column");
    MigChange *change = add(p, MIG_CHANGE_MODIFY_COLUMN, begin);
    change->column = column;
    if (change_name)
        change->name = one_name(p);
    mig_sqlite_column(p, column);
    if (!change_name)
        change->name =
            (MigName){.name = column->name, .quoted = column->quoted, .span = column->name_span};
    refuse_position(p, change);
    refuse(p, from, change_name ? "CHANGE COLUMN" : "MODIFY COLUMN", rebuild);
}

static void
read_action(MigParser *p, const MigChange *begin)
{
    size_t from = mig_parser_mark(p);
    guint before = p->changes->len;

    if (mig_parser_take(p, "rename"))
        rename_something(p, begin, from);
    else if (mig_parser_take(p, "drop"))
        drop_something(p, begin, from);
    else if (mig_parser_take(p, "alter"))
        alter_column(p, begin, from);
    else if (mig_parser_is(p, "modify") || mig_parser_is(p, "change"))
        modify_column(p, begin, from);
    else if (!mig_parser_take(p, "add"))
        mig_parser_fail(p, "expected RENAME, ADD, DROP or ALTER");
    else if (mig_sqlite_at_constraint(p))
        add_constraint(p, begin, from);
    else
        add_column(p, begin, from);
    if (p->changes->len > before)
        g_array_index(p->changes, MigChange, before).span = mig_parser_span(p, from);
}

void
mig_sqlite_alter(MigParser *p)
{
    MigChange begin = {0};
    size_t from = mig_parser_mark(p);

    mig_parser_next(p);
    mig_parser_expect(p, "table");
    begin.parent_if_exists = mig_parser_take_words(p, "if exists");
    if (begin.parent_if_exists)
        refuse(p, from, "ALTER TABLE IF EXISTS", "leave it out");
    begin.table = mig_parser_name(p);
    read_action(p, &begin);
    while (mig_parser_is_mark(p, ",")) {
        size_t at = mig_parser_mark(p);

        mig_parser_next(p);
        refuse(p, at, "ALTER TABLE with more than one action", "write a statement for each");
        read_action(p, &begin);
    }
}

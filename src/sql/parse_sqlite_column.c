/* SPDX-License-Identifier: MIT */
/* SQLite's types, columns and constraints. */
#include "sql/parse_sqlite.h"

#include <string.h>

#include "sql/parse_expression.h"

/* The words of a type. SQLite's parser takes GENERATED ALWAYS for the last of them, and then cuts
 * them off. */
static MigSpan
read_type_name(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigSpan before = {.offset = from};
    bool generated = false;
    bool cut = false;

    while (mig_parser_is_sqlite_id(p) || mig_parser_is_quoted_string(p)) {
        cut = generated && mig_parser_is(p, "always");
        generated = mig_parser_is(p, "generated");
        if (generated)
            before = mig_parser_span(p, from);
        mig_parser_next(p);
    }
    return cut ? before : mig_parser_span(p, from);
}

MigType
mig_parse_sqlite_type(MigParser *p)
{
    MigType type = {0};
    size_t from = mig_parser_mark(p);
    MigSpan name = read_type_name(p);
    if (name.length == 0)
        return type;
    type.name = mig_parser_text(p, name);
    type.span = name;
    if (mig_parser_take_mark(p, "(")) {
        type.modifiers[type.n_modifiers++] = mig_parser_number(p);
        if (mig_parser_take_mark(p, ","))
            type.modifiers[type.n_modifiers++] = mig_parser_number(p);
        mig_parser_expect_mark(p, ")");
        type.span = mig_parser_span(p, from);
    }
    return type;
}

const char *
mig_sqlite_on_conflict(MigParser *p)
{
    static const char *const words[] = {"rollback", "abort", "fail", "ignore", "replace"};

    if (!mig_parser_is(p, "on") || !mig_parser_peek_is(p, "conflict"))
        return NULL;
    mig_parser_next(p);
    mig_parser_next(p);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (mig_parser_take(p, words[i]))
            return words[i];
    }
    mig_parser_fail(p, "expected ROLLBACK, ABORT, FAIL, IGNORE or REPLACE");
    return NULL;
}

static MigReferentialAction
read_action(MigParser *p)
{
    if (mig_parser_take_words(p, "set null"))
        return MIG_ACTION_SET_NULL;
    if (mig_parser_take_words(p, "set default"))
        return MIG_ACTION_SET_DEFAULT;
    if (mig_parser_take(p, "cascade"))
        return MIG_ACTION_CASCADE;
    if (mig_parser_take(p, "restrict"))
        return MIG_ACTION_RESTRICT;
    if (!mig_parser_take_words(p, "no action"))
        mig_parser_fail(p, "expected CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION");
    return MIG_ACTION_NO_ACTION;
}

/* [NOT] DEFERRABLE [INITIALLY DEFERRED]. Returns: whether it was there */
static bool
read_deferrable(MigParser *p, MigConstraint *constraint)
{
    bool deferrable = mig_parser_is(p, "deferrable");

    if (!deferrable && !(mig_parser_is(p, "not") && mig_parser_peek_is(p, "deferrable")))
        return false;
    mig_parser_next(p);
    if (!deferrable)
        mig_parser_next(p);
    bool deferred = mig_parser_take_words(p, "initially deferred");
    if (!deferred)
        mig_parser_take_words(p, "initially immediate");
    if (constraint != NULL) {
        constraint->deferrable = deferrable;
        constraint->initially_deferred = deferrable && deferred;
    }
    return true;
}

/* REFERENCES has been passed. */
static void
read_references(MigParser *p, MigConstraint *constraint)
{
    size_t from = mig_parser_mark(p);

    constraint->references.name = mig_parser_identifier(p, &constraint->references.quoted);
    constraint->references.span = mig_parser_span(p, from);
    if (mig_parser_is_mark(p, "("))
        constraint->ref_columns = mig_parser_names(p, &constraint->n_ref_columns);
    for (;;) {
        if (mig_parser_take(p, "match")) {
            g_autofree char *lower = g_ascii_strdown(mig_parser_identifier(p, NULL), -1);
            constraint->match = mig_arena_strdup(p->arena, lower);
        } else if (mig_parser_take_words(p, "on delete")) {
            constraint->on_delete = read_action(p);
        } else if (mig_parser_take_words(p, "on update")) {
            constraint->on_update = read_action(p);
        } else if (mig_parser_take_words(p, "on insert")) {
            /* The grammar has it, and nothing comes of it. */
            read_action(p);
        } else {
            return;
        }
    }
}

static const MigExpr *
read_check(MigParser *p)
{
    mig_parser_expect_mark(p, "(");
    const MigExpr *expr = mig_parser_expression(p);
    mig_parser_expect_mark(p, ")");
    return expr;
}

static void
copy_columns(MigParser *p, MigConstraint *constraint)
{
    const char **columns = mig_arena_new0(p->arena, const char *, MAX(constraint->n_parts, 1));

    for (size_t i = 0; i < constraint->n_parts; i++) {
        columns[i] = constraint->parts[i].column;
        if (columns[i] == NULL)
            mig_parser_fail_at(p, constraint->parts[i].expr->span, MIG_PARSE_SYNTAX,
                               "an expression can't be in a PRIMARY KEY or UNIQUE constraint; make "
                               "a unique index of it");
    }
    constraint->columns = columns;
    constraint->n_columns = constraint->n_parts;
}

bool
mig_sqlite_at_constraint(const MigParser *p)
{
    static const char *const words[] = {"constraint", "primary", "unique",
                                        "check",      "foreign", NULL};

    return mig_parser_is_any(p, words);
}

static void
read_key(MigParser *p, MigConstraint *constraint)
{
    constraint->kind = MIG_CONSTRAINT_UNIQUE;
    if (mig_parser_take(p, "primary")) {
        mig_parser_expect(p, "key");
        constraint->kind = MIG_CONSTRAINT_PRIMARY_KEY;
    } else {
        mig_parser_expect(p, "unique");
    }
    if (constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY && mig_parser_is_mark(p, "(")) {
        mig_parser_next(p);
        g_autoptr(GArray) parts = g_array_new(FALSE, TRUE, sizeof(MigKeyPart));
        do {
            MigKeyPart part = mig_parser_key_part(p);
            g_array_append_val(parts, part);
        } while (mig_parser_take_mark(p, ","));
        constraint->parts = mig_arena_take_array(p->arena, parts, &constraint->n_parts);
        constraint->autoincrement = mig_parser_take(p, "autoincrement");
        mig_parser_expect_mark(p, ")");
    } else {
        constraint->parts = mig_parser_key_parts(p, &constraint->n_parts);
    }
    copy_columns(p, constraint);
    constraint->on_conflict = mig_sqlite_on_conflict(p);
}

bool
mig_sqlite_constraint(MigParser *p, MigConstraint *constraint)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "constraint")) {
        size_t name_from = mig_parser_mark(p);
        constraint->name.name = mig_parser_identifier(p, &constraint->name.quoted);
        constraint->name.span = mig_parser_span(p, name_from);
        /* The grammar takes a name without a constraint, and another constraint after it. */
        if (mig_parser_is(p, "constraint") || !mig_sqlite_at_constraint(p))
            return false;
    }
    if (mig_parser_take(p, "check")) {
        constraint->kind = MIG_CONSTRAINT_CHECK;
        constraint->expr = read_check(p);
        constraint->on_conflict = mig_sqlite_on_conflict(p);
    } else if (mig_parser_take(p, "foreign")) {
        constraint->kind = MIG_CONSTRAINT_FOREIGN_KEY;
        mig_parser_expect(p, "key");
        constraint->columns = mig_parser_names(p, &constraint->n_columns);
        mig_parser_expect(p, "references");
        read_references(p, constraint);
        read_deferrable(p, constraint);
    } else {
        read_key(p, constraint);
    }
    constraint->span = mig_parser_span(p, from);
    return true;
}

static MigConstraint *
add_constraint(MigParser *p, GArray *constraints, MigConstraintKind kind, const MigColumn *column,
               const MigName *name)
{
    MigConstraint constraint = {.kind = kind, .name = *name, .of_column = true};

    constraint.columns = mig_arena_new0(p->arena, const char *, 1);
    constraint.columns[0] = column->name;
    constraint.n_columns = 1;
    if (kind == MIG_CONSTRAINT_PRIMARY_KEY || kind == MIG_CONSTRAINT_UNIQUE) {
        constraint.parts = mig_arena_new0(p->arena, MigKeyPart, 1);
        constraint.parts[0].column = column->name;
        constraint.n_parts = 1;
    }
    if (kind == MIG_CONSTRAINT_CHECK)
        constraint.n_columns = 0;
    g_array_append_val(constraints, constraint);
    return &g_array_index(constraints, MigConstraint, constraints->len - 1);
}

static void
read_default(MigParser *p, MigColumn *column)
{
    size_t from = mig_parser_mark(p);

    mig_parser_next(p);
    if (mig_parser_take_mark(p, "(")) {
        MigExpr *expr = mig_parser_expression(p);
        mig_parser_expect_mark(p, ")");
        expr->parenthesised = true;
        column->default_value = expr;
    } else {
        column->default_value = mig_parser_literal(p);
    }
    column->default_span = mig_parser_span(p, from);
}

/* [GENERATED ALWAYS] AS (expr) [STORED | VIRTUAL] */
static void
read_generated(MigParser *p, MigColumn *column)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "generated"))
        mig_parser_expect(p, "always");
    mig_parser_expect(p, "as");
    column->generated_as = read_check(p);
    column->generated = MIG_GENERATED_VIRTUAL;
    column->generated_said = mig_parser_is(p, "stored") || mig_parser_is(p, "virtual");
    if (mig_parser_take(p, "stored"))
        column->generated = MIG_GENERATED_STORED;
    else
        mig_parser_take(p, "virtual");
    mig_parser_needs_by_engine(p, 33100, 0, 0, "generated columns", from);
}

static void
read_primary_key(MigParser *p, MigColumn *column, GArray *constraints, const MigName *name)
{
    MigConstraint *key = add_constraint(p, constraints, MIG_CONSTRAINT_PRIMARY_KEY, column, name);

    mig_parser_next(p);
    mig_parser_expect(p, "key");
    key->descending = mig_parser_take(p, "desc");
    key->parts[0].descending = key->descending;
    if (!key->descending)
        mig_parser_take(p, "asc");
    key->on_conflict = mig_sqlite_on_conflict(p);
    key->autoincrement = mig_parser_take(p, "autoincrement");

    /* The rowid is never NULL; other keys may be (SQLite, "The PRIMARY KEY"). */
    if (column->type.name != NULL && column->type.n_modifiers == 0 &&
        g_ascii_strcasecmp(column->type.name, "integer") == 0 && !key->descending)
        column->not_null = true;
}

static void
read_not_null(MigParser *p, MigColumn *column, GArray *constraints, const MigName *name)
{
    mig_parser_next(p);
    mig_parser_expect(p, "null");
    column->not_null = true;
    column->not_null_said = true;
    const char *on_conflict = mig_sqlite_on_conflict(p);
    if (name->name != NULL || on_conflict != NULL)
        add_constraint(p, constraints, MIG_CONSTRAINT_NOT_NULL, column, name)->on_conflict =
            on_conflict;
}

static MigConstraint *
last_foreign_key(GArray *constraints)
{
    for (guint i = constraints->len; i > 0; i--) {
        MigConstraint *constraint = &g_array_index(constraints, MigConstraint, i - 1);

        if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
            return constraint;
    }
    return NULL;
}

/* Returns: false if no constraint of a column stands here */
static bool
read_constraint(MigParser *p, MigColumn *column, GArray *constraints, const MigName *name)
{
    if (mig_parser_is(p, "default")) {
        read_default(p, column);
    } else if (mig_parser_take(p, "null")) {
        column->null_said = true;
        mig_sqlite_on_conflict(p);
    } else if (read_deferrable(p, last_foreign_key(constraints))) {
        return true;
    } else if (mig_parser_is(p, "not")) {
        read_not_null(p, column, constraints, name);
    } else if (mig_parser_is(p, "primary")) {
        read_primary_key(p, column, constraints, name);
    } else if (mig_parser_take(p, "unique")) {
        MigConstraint *unique = add_constraint(p, constraints, MIG_CONSTRAINT_UNIQUE, column, name);
        unique->on_conflict = mig_sqlite_on_conflict(p);
    } else if (mig_parser_take(p, "check")) {
        const MigExpr *expr = read_check(p);
        add_constraint(p, constraints, MIG_CONSTRAINT_CHECK, column, name)->expr = expr;
    } else if (mig_parser_take(p, "references")) {
        read_references(p,
                        add_constraint(p, constraints, MIG_CONSTRAINT_FOREIGN_KEY, column, name));
    } else if (mig_parser_take(p, "collate")) {
        column->type.collation = mig_parser_identifier(p, NULL);
    } else if (mig_parser_is(p, "generated") || mig_parser_is(p, "as")) {
        read_generated(p, column);
    } else {
        return false;
    }
    return true;
}

void
mig_sqlite_column(MigParser *p, MigColumn *column)
{
    g_autoptr(GArray) constraints = g_array_new(FALSE, TRUE, sizeof(MigConstraint));
    size_t from = mig_parser_mark(p);

    column->name = mig_parser_identifier(p, &column->quoted);
    column->name_span = mig_parser_span(p, from);
    column->type = mig_parse_sqlite_type(p);
    for (;;) {
        MigName name = {0};
        size_t constraint_from = mig_parser_mark(p);
        guint before = constraints->len;

        if (mig_parser_take(p, "constraint")) {
            size_t name_from = mig_parser_mark(p);
            name.name = mig_parser_identifier(p, &name.quoted);
            name.span = mig_parser_span(p, name_from);
        }
        bool read = read_constraint(p, column, constraints, &name);
        if (constraints->len > before)
            g_array_index(constraints, MigConstraint, before).span =
                mig_parser_span(p, constraint_from);
        if (!read && name.name == NULL)
            break;
    }
    column->constraints = mig_arena_take_array(p->arena, constraints, &column->n_constraints);
    column->span = mig_parser_span(p, from);
}

/* SPDX-License-Identifier: MIT */
/* A foreign key whose column has another type than what it references. */
#include "lint/keys.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

typedef enum {
    FAMILY_UNKNOWN,
    FAMILY_NUMBER,
    FAMILY_TEXT,
    FAMILY_UUID,
    FAMILY_TIME,
    FAMILY_BOOLEAN,
} Family;

static const struct {
    const char *name;
    Family family;
    int size; /* of an integer in bytes; 0: none */
} types[] = {
    {"smallint", FAMILY_NUMBER, 2},
    {"integer", FAMILY_NUMBER, 4},
    {"bigint", FAMILY_NUMBER, 8},
    {"smallserial", FAMILY_NUMBER, 2},
    {"serial", FAMILY_NUMBER, 4},
    {"bigserial", FAMILY_NUMBER, 8},
    {"tinyint", FAMILY_NUMBER, 1},
    {"mediumint", FAMILY_NUMBER, 3},
    {"int", FAMILY_NUMBER, 4},
    {"numeric", FAMILY_NUMBER, 0},
    {"decimal", FAMILY_NUMBER, 0},
    {"text", FAMILY_TEXT, 0},
    {"character varying", FAMILY_TEXT, 0},
    {"character", FAMILY_TEXT, 0},
    {"varchar", FAMILY_TEXT, 0},
    {"char", FAMILY_TEXT, 0},
    {"uuid", FAMILY_UUID, 0},
    {"date", FAMILY_TIME, 0},
    {"timestamp with time zone", FAMILY_TIME, 0},
    {"timestamp without time zone", FAMILY_TIME, 0},
    {"boolean", FAMILY_BOOLEAN, 0},
};

static Family
family_of(const MigType *type, int *out_size)
{
    *out_size = 0;
    if (type->dimensions > 0 || (type->schema != NULL && strcmp(type->schema, "pg_catalog") != 0))
        return FAMILY_UNKNOWN;
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (strcmp(types[i].name, type->name) == 0) {
            *out_size = types[i].size;
            return types[i].family;
        }
    }
    return FAMILY_UNKNOWN;
}

/* Whether the server refuses the key; @out_told: whether there is anything to say. */
static bool
is_refused(const MigLintContext *ctx, const MigType *child, const MigType *parent, bool *out_told)
{
    int child_size = 0;
    int parent_size = 0;
    Family a = family_of(child, &child_size);
    Family b = family_of(parent, &parent_size);

    *out_told = false;
    if (a == FAMILY_UNKNOWN || b == FAMILY_UNKNOWN)
        return false;
    if (a != b) {
        *out_told = true;
        return true;
    }
    if ((ctx->engine & MIG_ENGINE_MYSQL_FAMILY) == 0) {
        *out_told = child_size != parent_size;
        return false;
    }
    bool sets = child->charset != NULL && parent->charset != NULL &&
                g_ascii_strcasecmp(child->charset, parent->charset) != 0;
    bool orders = child->collation != NULL && parent->collation != NULL &&
                  g_ascii_strcasecmp(child->collation, parent->collation) != 0;
    *out_told =
        child_size != parent_size || child->is_unsigned != parent->is_unsigned || sets || orders;
    return *out_told;
}

static const char *
type_name(MigLintContext *ctx, const MigType *type)
{
    return type->is_unsigned ? mig_lint_format(ctx, "%s unsigned", type->name) : type->name;
}

static void
check_pair(MigLintContext *ctx, const MigLintKey *key, const MigTable *parent, const char *column,
           const char *referenced)
{
    MigLintKeyColumn child = mig_lint_key_column(ctx, key, column);
    const MigTableColumn *other = mig_table_column(parent, referenced);
    const MigPlace place = {
        .statement = ctx->statement, .span = key->span, .nested = key->change->nested};
    bool told = false;

    if (child.type == NULL || other == NULL || other->type.name == NULL)
        return;
    bool refused = is_refused(ctx, child.type, &other->type, &told);
    if (!told)
        return;
    const char *from = type_name(ctx, child.type);
    const char *to = type_name(ctx, &other->type);
    const char *what = strcmp(from, to) == 0 ? "of another character set or collation than"
                                             : mig_lint_format(ctx, "%s, and references", from);
    mig_lint_report_at(ctx, refused ? mig_lint_severity(ctx) : MIG_SEVERITY_WARNING, place,
                       "%s is %s %s.%s, which is %s", column, what,
                       mig_lint_table_name(ctx, parent), other->name, to);
}

static void
check_key(MigLintContext *ctx, const MigLintKey *key, gpointer data G_GNUC_UNUSED)
{
    const MigConstraint *constraint = key->constraint;
    const MigTable *parent = mig_lint_table(ctx, &constraint->references);
    const MigTableConstraint *primary = parent != NULL ? mig_table_primary_key(parent) : NULL;
    const char *const *columns = constraint->ref_columns;
    size_t n = constraint->n_ref_columns;

    if (parent == NULL || parent->assumed ||
        mig_lint_same_name(ctx, &constraint->references, &key->change->table))
        return;
    if (n == 0 && primary != NULL) {
        columns = primary->columns;
        n = primary->n_columns;
    }
    for (size_t i = 0; n == constraint->n_columns && i < n; i++)
        check_pair(ctx, key, parent, constraint->columns[i], columns[i]);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_key(ctx, change, MIG_CONSTRAINT_FOREIGN_KEY, check_key, NULL);
}

const MigRule mig_rule_foreign_key_type_mismatch = {
    .id = "foreign-key-type-mismatch",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a foreign key between columns of different types",
    .danger = "The server refuses the key; where PostgreSQL takes it, the narrower column "
              "overflows before "
              "the other one does.",
    .steps = {"Give the column the type of what it references, sign, character set and collation "
              "included."},
    .manual =
        "PostgreSQL 18, \"Constraints\", Foreign Keys; MySQL 8.4, \"FOREIGN KEY Constraints\"",
    .check = check,
};

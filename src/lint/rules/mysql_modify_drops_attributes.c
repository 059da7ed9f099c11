/* SPDX-License-Identifier: MIT */
/* MODIFY or CHANGE that doesn't repeat what the column has. */
#include "lint/columns.h"
#include "lint/rule.h"

#include <string.h>

typedef struct {
    GPtrArray *names; /* what is lost; static */
    GString *text;    /* what would keep it, behind the type */
    bool grave;       /* rows or inserts come out differently */
    bool writable;    /* `text` says all of it */
} Lost;

static void
lose(Lost *lost, bool grave, const char *name, const char *text)
{
    g_ptr_array_add(lost->names, (gpointer)(uintptr_t)name);
    lost->grave = lost->grave || grave;
    if (text == NULL)
        lost->writable = false;
    else
        g_string_append_printf(lost->text, " %s", text);
}

static char *
quote(const char *value)
{
    g_autoptr(GString) text = g_string_new("'");

    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '\'' || *c == '\\')
            g_string_append_c(text, *c);
        g_string_append_c(text, *c);
    }
    g_string_append_c(text, '\'');
    return g_strdup(text->str);
}

/* Returns: (owned) the default as it is written; NULL: it can't be written from what is known */
static char *
write_default(const MigExpr *value)
{
    if (value->kind == MIG_EXPR_LITERAL && value->text != NULL) {
        g_autofree char *literal = value->string ? quote(value->text) : g_strdup(value->text);
        return g_strdup_printf("DEFAULT %s", literal);
    }
    if (value->kind == MIG_EXPR_CALL && value->name != NULL && value->n_args == 0 &&
        g_ascii_strcasecmp(value->name, "current_timestamp") == 0)
        return g_strdup("DEFAULT CURRENT_TIMESTAMP");
    return NULL;
}

static void
compare_type(Lost *lost, const MigType *from, const MigType *to)
{
    bool numbers = mig_lint_is_integer_type(from) && mig_lint_is_integer_type(to);
    bool texts = mig_lint_is_text_type(from) && mig_lint_is_text_type(to);

    if (from->is_unsigned && !to->is_unsigned && numbers)
        lose(lost, false, "UNSIGNED", "UNSIGNED");
    if (!texts || to->charset != NULL || to->collation != NULL)
        return;
    if (from->charset != NULL) {
        g_autofree char *text = g_strdup_printf("CHARACTER SET %s", from->charset);
        lose(lost, false, "CHARACTER SET", text);
    }
    if (from->collation != NULL) {
        g_autofree char *text = g_strdup_printf("COLLATE %s", from->collation);
        lose(lost, false, "COLLATE", text);
    }
}

static bool
is_primary(const MigLintContext *ctx, const MigName *name, const MigTableColumn *column)
{
    const MigTable *table = mig_lint_table(ctx, name);
    const MigTableConstraint *key = table != NULL ? mig_table_primary_key(table) : NULL;

    for (size_t i = 0; key != NULL && i < key->n_columns; i++) {
        if (strcmp(key->columns[i], column->name) == 0)
            return true;
    }
    return false;
}

static void
compare_rest(Lost *lost, const MigTableColumn *from, const MigColumn *to, bool primary)
{
    /* NULL that is written is meant; and a primary key's column stays NOT NULL whatever is said. */
    if (from->not_null && !to->not_null && !to->null_said && !primary)
        lose(lost, true, "NOT NULL", "NOT NULL");
    if (from->default_value != NULL && from->default_value->kind != MIG_EXPR_NULL &&
        to->default_value == NULL && !to->auto_increment) {
        g_autofree char *text = write_default(from->default_value);
        lose(lost, true, "DEFAULT", text);
    }
    if (from->on_update != NULL && to->on_update == NULL)
        lose(lost, false, "ON UPDATE", NULL);
    if (from->auto_increment && !to->auto_increment)
        lose(lost, true, "AUTO_INCREMENT", "AUTO_INCREMENT");
    if (from->invisible && !to->invisible)
        lose(lost, false, "INVISIBLE", "INVISIBLE");
    if (from->comment != NULL && *from->comment != '\0' && to->comment == NULL) {
        g_autofree char *text = quote(from->comment);
        g_autofree char *comment = g_strdup_printf("COMMENT %s", text);
        lose(lost, false, "COMMENT", comment);
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *from = mig_lint_column(ctx, &change->table, change->name.name);
    const MigColumn *to = change->column;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GString) text = g_string_new(NULL);
    Lost lost = {.names = names, .text = text, .writable = true};

    if (change->kind != MIG_CHANGE_MODIFY_COLUMN || from == NULL || to == NULL ||
        from->type.name == NULL)
        return;
    if (from->generated != MIG_GENERATED_NO || to->generated != MIG_GENERATED_NO) {
        if (to->generated == MIG_GENERATED_NO)
            lose(&lost, false, "GENERATED ALWAYS AS", NULL);
    } else {
        compare_type(&lost, &from->type, &to->type);
        compare_rest(&lost, from, to, is_primary(ctx, &change->table, from));
    }
    if (names->len == 0)
        return;

    MigFinding *finding =
        mig_lint_report_as(ctx, lost.grave ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING, change,
                           "%s.%s loses %s, which the new definition doesn't repeat",
                           mig_lint_name(ctx, &change->table), from->name,
                           mig_lint_list(ctx, (const char *const *)names->pdata, names->len));
    if (lost.writable && to->type.span.length > 0)
        mig_lint_fix(ctx, finding, (MigSpan){to->type.span.offset + to->type.span.length, 0},
                     text->str);
}

const MigRule mig_rule_mysql_modify_drops_attributes = {
    .id = "mysql-modify-drops-attributes",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_YES,
    .summary = "MODIFY or CHANGE that doesn't repeat what the column has",
    .danger = "MODIFY and CHANGE replace the definition as a whole: what they don't repeat is gone "
              "without a word, and INSERTs that relied on it fail, or write something else.",
    .steps =
        {"Repeat all that the column has, as SHOW CREATE TABLE gives it.",
         "To change a default alone: ALTER COLUMN ... SET DEFAULT. To drop NOT NULL: write NULL."},
    .manual = "MySQL 8.4, \"ALTER TABLE Statement\", Renaming, Redefining, and Reordering Columns",
    .check = check,
};

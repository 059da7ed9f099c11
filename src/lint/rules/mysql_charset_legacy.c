/* SPDX-License-Identifier: MIT */
/* A new table or column in a character set that hasn't all characters. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"
#include "locks/charset.h"

static bool
is_legacy(const char *set)
{
    static const char *const sets[] = {"utf8", "utf8mb3", "latin1", "ucs2", NULL};

    return set != NULL && g_strv_contains(sets, set);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;
    size_t n = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);
    const char *name = mig_lint_name(ctx, &change->table);

    if (change->kind == MIG_CHANGE_CREATE_TABLE && made != NULL && made->n_columns > 0) {
        const char *set = mig_lint_option(made->options, made->n_options, "character set");
        g_autofree char *lower = set != NULL ? g_ascii_strdown(set, -1) : NULL;
        if (is_legacy(lower))
            mig_lint_report(ctx, change, "%s is made in %s, which hasn't all characters", name,
                            lower);
    }
    for (size_t i = 0; i < n; i++) {
        const MigType *type = &columns[i].type;
        const MigTableColumn *old = mig_lint_column(ctx, &change->table, change->name.name);

        if ((type->charset == NULL && type->collation == NULL) || !mig_lint_is_text_type(type))
            continue;
        /* What only repeats the character set that the column has isn't a new decision. */
        if (change->kind == MIG_CHANGE_MODIFY_COLUMN && old != NULL)
            continue;
        g_autofree char *set = mig_charset_of(ctx->engine, ctx->version, NULL, type, NULL);
        if (is_legacy(set))
            mig_lint_report_at(
                ctx, mig_lint_severity(ctx), mig_lint_column_place(ctx, change, &columns[i]),
                "%s.%s is made in %s, which hasn't all characters", name, columns[i].name, set);
    }
}

const MigRule mig_rule_mysql_charset_legacy = {
    .id = "mysql-charset-legacy",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "a new table or column in a character set that hasn't all characters",
    .danger =
        "Emoji, and many names, fail in strict mode or are cut off without it; joins with columns "
        "in utf8mb4 can't use an index. Changing it later copies the table.",
    .steps = {"CHARACTER SET utf8mb4."},
    .manual = "MySQL 8.4, \"The utf8mb4 Character Set\"",
    .check = check,
};

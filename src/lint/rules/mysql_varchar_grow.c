/* SPDX-License-Identifier: MIT */
/* A VARCHAR that grows beyond what one byte can count. */
#include "lint/mysql.h"
#include "lint/rule.h"
#include "locks/charset.h"

#include <string.h>

enum { LENGTH_BYTE = 255 };

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableColumn *from = mig_lint_column(ctx, &change->table, change->name.name);
    const MigType *to = change->column != NULL ? &change->column->type : NULL;
    bool assumed = false;

    if (change->kind != MIG_CHANGE_MODIFY_COLUMN || from == NULL || to == NULL ||
        g_strcmp0(from->type.name, "varchar") != 0 || g_strcmp0(to->name, "varchar") != 0 ||
        to->modifiers[0] <= from->type.modifiers[0] ||
        !mig_mysql_blames(ctx, change, MIG_MYSQL_COST_COPY))
        return;

    g_autofree char *set = mig_charset_of(ctx->engine, ctx->version, table, to, &assumed);
    int bytes = mig_charset_bytes(set);
    if (from->type.modifiers[0] * bytes > LENGTH_BYTE || to->modifiers[0] * bytes <= LENGTH_BYTE)
        return;
    const char *name = mig_lint_name(ctx, &change->table);
    MigFinding *finding = mig_lint_report(
        ctx, change,
        "growing %s.%s from %lld to %lld characters copies %s: in %s%s, 255 bytes end at "
        "%d characters",
        name, from->name, from->type.modifiers[0], to->modifiers[0], name, set,
        assumed ? " (the server's default is assumed)" : "", LENGTH_BYTE / bytes);
    if (ctx->statement->impact->concurrent_dml)
        mig_lint_danger(finding, "The copy needs the table's size on disk again, and replicas fall "
                                 "behind for as long as it takes.");
}

const MigRule mig_rule_mysql_varchar_grow = {
    .id = "mysql-varchar-grow",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .summary = "a VARCHAR that grows beyond what one byte can count",
    .danger = "Up to 255 bytes a length takes one byte in the row, beyond that two: all rows are "
              "copied while writes wait.",
    .steps =
        {"Stay within 255 bytes, which changes the dictionary alone.",
         "Or add a new column, backfill it in batches, move the code over, drop the old one.",
         "Or let an online schema change tool do it: gh-ost, pt-online-schema-change, spirit."},
    .manual = "MySQL 8.4, \"Online DDL Operations\", Extending VARCHAR column size",
    .weaker = {"change-column-type", "mysql-table-copy", "mysql-algorithm-unstated"},
    .check = check,
};

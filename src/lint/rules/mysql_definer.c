/* SPDX-License-Identifier: MIT */
/* CREATE with the DEFINER of one person. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *definer = change->kind == MIG_CHANGE_CREATE_VIEW ? change->text
                          : change->routine != NULL              ? change->routine->definer
                                                                 : NULL;

    if (definer == NULL ||
        g_ascii_strncasecmp(definer, "current_user", sizeof "current_user" - 1) == 0)
        return;
    const MigName *name = change->kind == MIG_CHANGE_CREATE_VIEW ? &change->table : &change->name;
    mig_lint_report(ctx, change, "%s belongs to %s", mig_lint_name(ctx, name), definer);
}

const MigRule mig_rule_mysql_definer = {
    .id = "mysql-definer",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "CREATE with the DEFINER of one account",
    .danger = "When the account goes, or has other rights, whatever uses it fails (1449). To name "
              "somebody else takes SUPER, SET_USER_ID or SET_ANY_DEFINER.",
    .steps = {"Leave DEFINER out: it is then the account that migrates.",
              "Or SQL SECURITY INVOKER, where the caller's rights shall count."},
    .manual = "MySQL 8.4, \"Stored Object Access Control\"",
    .check = check,
};

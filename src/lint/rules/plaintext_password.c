/* SPDX-License-Identifier: MIT */
/* A password that anybody who reads the file knows. */
#include "lint/rule.h"

#include <string.h>

/* SCRAM keeps what a password can be checked by; MD5's hash is as good as the password. */
static bool
is_plain(const char *value)
{
    return value != NULL && *value != '\0' && !g_str_has_prefix(value, "SCRAM-SHA-256$");
}

/* "host=a password=b", or a URL with user:password@host */
static bool
has_password(const char *connection)
{
    if (connection == NULL)
        return false;
    if (strstr(connection, "password") != NULL)
        return true;

    const char *host = strstr(connection, "://");
    const char *at = host != NULL ? strrchr(host, '@') : NULL;
    const char *colon = at != NULL ? strchr(host + strlen("://"), ':') : NULL;
    return colon != NULL && colon < at;
}

static bool
is_password(MigLintContext *ctx, const MigOption *option)
{
    if (g_strcmp0(option->name, "connection") == 0)
        return has_password(option->value);
    if (ctx->engine == MIG_ENGINE_POSTGRES)
        return g_strcmp0(option->name, "password") == 0 && is_plain(option->value);
    /* The parser doesn't keep the password itself; "password" is PASSWORD EXPIRE and so on, too. */
    return (g_strcmp0(option->name, "identified by") == 0 ||
            g_strcmp0(option->name, "password") == 0) &&
           g_strcmp0(option->value, "literal") == 0;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool wanted = change->kind == MIG_CHANGE_CREATE_OBJECT ||
                  change->kind == MIG_CHANGE_ALTER_OBJECT || change->kind == MIG_CHANGE_GRANT;

    if (!wanted)
        return;
    for (size_t i = 0; i < change->n_options; i++) {
        if (!is_password(ctx, &change->options[i]))
            continue;
        /* What the message says must not be what it warns of. */
        mig_lint_report(ctx, change, "the password of %s stands here for everybody to read",
                        change->kind == MIG_CHANGE_GRANT
                            ? mig_lint_list(ctx, change->grant->roles, change->grant->n_roles)
                            : mig_lint_name(ctx, &change->name));
        return;
    }
}

const MigRule mig_rule_plaintext_password = {
    .id = "plaintext-password",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A password in a statement",
    .danger = "It stays in this file, its history, the server's log and every backup of them, even "
              "after it is changed.",
    .steps = {"Make the role without a password, and set that by other means: psql's \\password, "
              "the provider's secret store.",
              "Change the password now, if it was ever in use."},
    .manual = "PostgreSQL 16, \"CREATE ROLE\", Notes",
    .check = check,
};

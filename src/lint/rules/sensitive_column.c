/* SPDX-License-Identifier: MIT */
/* Secrets in columns that anybody can read. */
#include "lint/rule.h"

#include <string.h>

/* What a name ends with, where a secret itself is meant: token_type and password_changed_at aren't. */
static const char *const endings[] = {
    "password",    "passwd",  "passphrase", "ssn",    "social_security_number", "card_number",
    "credit_card", "cvv",     "cvc",        "secret", "client_secret",          "secret_key",
    "private_key", "api_key", "apikey",     "token",
};

static bool
ends_with_word(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t end = strlen(ending);

    if (length < end || g_ascii_strcasecmp(name + length - end, ending) != 0)
        return false;
    return length == end || name[length - end - 1] == '_';
}

/* Whoever names it so has thought of it. */
static bool
is_protected(const char *name)
{
    static const char *const words[] = {"hash",   "digest", "encrypt", "crypt",
                                        "cipher", "masked", "public",  "csrf"};
    g_autofree char *lower = g_ascii_strdown(name, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strstr(lower, words[i]) != NULL)
            return true;
    }
    return false;
}

static bool
is_text(const MigType *type)
{
    static const char *const names[] = {
        "text",     "character varying", "character", "varchar", "char",
        "tinytext", "mediumtext",        "longtext",  "citext",  NULL};

    if (type->name == NULL || type->dimensions > 0)
        return false;
    g_autofree char *lower = g_ascii_strdown(type->name, -1);
    /* SQLite keeps what was written: "varchar(20)" as well as "TEXT". */
    lower[strcspn(lower, "(")] = '\0';
    return g_strv_contains(names, lower);
}

static void
judge(MigLintContext *ctx, const MigChange *change, const MigColumn *column)
{
    if (column->name == NULL || column->generated != MIG_GENERATED_NO || !is_text(&column->type) ||
        is_protected(column->name))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (!ends_with_word(column->name, endings[i]))
            continue;

        const MigPlace place = {.statement = ctx->statement,
                                .span =
                                    column->name_span.length > 0 ? column->name_span : change->span,
                                .table = &change->table,
                                .nested = change->nested};
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "by its name column %s.%s keeps a secret as text",
                           mig_lint_name(ctx, &change->table), column->name);
        return;
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->temporary || ctx->down)
        return;
    if (change->kind == MIG_CHANGE_ADD_COLUMN && change->column != NULL)
        judge(ctx, change, change->column);
    if (change->kind != MIG_CHANGE_CREATE_TABLE || change->create_table == NULL)
        return;
    for (size_t i = 0; i < change->create_table->n_columns; i++)
        judge(ctx, change, &change->create_table->columns[i]);
}

const MigRule mig_rule_sensitive_column = {
    .id = "sensitive-column",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A password, a key or a card number kept as text",
    .danger = "Who can read the table, a backup of it or a log, has it.",
    .steps = {"Keep a password's hash (argon2id, bcrypt), and a token's: it need only be compared.",
              "Encrypt in the application what must be read again, and call the column so: _hash, "
              "_encrypted."},
    .check = check,
};

/* SPDX-License-Identifier: MIT */
/* CREATE EXTENSION of whatever version, or of one that isn't allowed. */
#include "lint/rule.h"

/* Their functions can do whatever the server's own account can. */
static bool
is_untrusted(const char *name)
{
    static const char *const names[] = {"plpythonu", "plpython2u", "plpython3u", "plperlu",
                                        "pltclu",    "plsh",       "plrustu",    NULL};

    return g_strv_contains(names, name);
}

static bool
has_version(const MigChange *change)
{
    for (size_t i = 0; i < change->n_options; i++) {
        if (g_strcmp0(change->options[i].name, "new_version") == 0)
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *name = change->name.name;

    if (change->kind != MIG_CHANGE_CREATE_OBJECT || name == NULL ||
        (change->object_type != MIG_TYPE_OF_EXTENSION &&
         change->object_type != MIG_TYPE_OF_LANGUAGE))
        return;

    bool extension = change->object_type == MIG_TYPE_OF_EXTENSION;
    if (extension && mig_lint_text(ctx, "extensions-allowed") != NULL &&
        !mig_lint_listed(ctx, "extensions-allowed", name)) {
        MigFinding *finding = mig_lint_report_as(
            ctx, MIG_SEVERITY_ERROR, change, "extension %s isn't among extensions-allowed", name);
        mig_lint_clear_steps(finding);
        mig_lint_step(finding, "Do without it, or add it to extensions-allowed in migrate.conf.");
    } else if (is_untrusted(name)) {
        MigFinding *finding = mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                                                 "language %s is not trusted", name);
        mig_lint_danger(finding, "Functions in it can do on the server whatever the server can.");
        mig_lint_clear_steps(finding);
        mig_lint_step(finding, "Write the functions in PL/pgSQL or in a trusted language.");
    } else if (extension && !change->if_not_exists && !has_version(change)) {
        mig_lint_report(ctx, change, "extension %s gets whatever version the server has", name);
    }
}

const MigRule mig_rule_extension_unpinned = {
    .id = "extension-unpinned",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "CREATE EXTENSION with neither IF NOT EXISTS nor VERSION",
    .danger = "It fails where the extension is there already, often made by whoever runs the "
              "server; and it needs rights that the application's role often lacks.",
    .steps = {"CREATE EXTENSION IF NOT EXISTS name, with VERSION where that matters."},
    .manual = "PostgreSQL 16, \"CREATE EXTENSION\"",
    .check = check,
};

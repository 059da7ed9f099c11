/* SPDX-License-Identifier: MIT */
/* What a finding is known by where lines have moved: its rule, its file and its statement. */
#include "lint/fingerprint.h"

#include "sql/checksum.h"

#include <string.h>

/* Of SHA-256, as many as no two findings of a project will share. */
#define DIGITS 16

static const MigStatement *
find_statement(const MigScript *script, const MigFinding *finding)
{
    unsigned line = 0;
    unsigned column = 0;

    if (script == NULL || finding->statement == 0 || finding->statement > script->statements->len)
        return NULL;

    /* UP and DOWN both have a first statement: the place tells which of them it is. */
    const MigStatement *statement = mig_script_statement(script, finding->statement - 1);
    mig_script_locate(script, statement->offset + statement->length, &line, &column);
    return finding->line >= statement->line && finding->line <= line ? statement : NULL;
}

/* (owned) the statement's tokens as a checksum; "" for a finding about the file as a whole. */
static char *
sum_statement(const MigStep *step, const MigFinding *finding, MigEngine engine)
{
    const MigScript *const scripts[] = {
        step->script,
        step->migration != NULL ? step->migration->down : NULL,
        step->migration != NULL ? step->migration->verify : NULL,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
        const MigStatement *statement = find_statement(scripts[i], finding);
        if (statement == NULL)
            continue;
        g_autoptr(GArray) only = g_array_new(false, false, sizeof(MigStatement));
        g_array_append_vals(only, statement, 1);
        MigScript alone = *scripts[i];
        alone.statements = only;
        return mig_checksum_tokens(&alone, engine, 1);
    }
    return g_strdup("");
}

static const MigStep *
find_step(const MigPlan *plan, const char *path)
{
    for (guint i = 0; i < plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(plan->steps, i);
        if (strcmp(step->path, path) == 0)
            return step;
    }
    return NULL;
}

void
mig_findings_fingerprint(MigFindings *findings, const MigPlan *plan)
{
    const MigStep *step = NULL;

    for (guint i = 0; i < findings->list->len; i++) {
        MigFinding *finding = g_ptr_array_index(findings->list, i);
        /* They are sorted by file. */
        if (step == NULL || strcmp(step->path, finding->file) != 0)
            step = find_step(plan, finding->file);
        g_autofree char *statement =
            step != NULL ? sum_statement(step, finding, plan->engine) : g_strdup("");
        g_autofree char *name = g_path_get_basename(finding->file);
        g_autofree char *text = g_strdup_printf("%s\n%s\n%s", finding->rule, name, statement);
        g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

        g_free(finding->fingerprint);
        finding->fingerprint = g_strndup(hash, DIGITS);
    }
}

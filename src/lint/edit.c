/* SPDX-License-Identifier: MIT */
/* Edits that mend a statement in place: where a word stands, how a name is written. */
#include "lint/edit.h"

#include "sql/lexer.h"

#include <string.h>

bool
mig_lint_find_word(const MigLintContext *ctx, const char *word, MigSpan *out_span)
{
    const MigScript *script = ctx->step->step->script;
    const MigStatement *statement = mig_script_statement(script, ctx->statement->index);
    MigLexer lexer = {0};
    MigToken token = {0};

    mig_lexer_init(&lexer, script->text + statement->offset, statement->length, ctx->engine);
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind == MIG_TOKEN_WORD && mig_token_is(&lexer, &token, word)) {
            *out_span = (MigSpan){token.offset, token.length};
            return true;
        }
    }
    return false;
}

void
mig_lint_fix_end(MigLintContext *ctx, MigFinding *finding, MigSpan span, const char *text)
{
    mig_lint_fix(ctx, finding, (MigSpan){span.offset + span.length, 0}, text);
}

void
mig_lint_fix_behind(MigLintContext *ctx, MigFinding *finding, const char *word, const char *text)
{
    MigSpan span = {0};

    if (finding != NULL && mig_lint_find_word(ctx, word, &span))
        mig_lint_fix_end(ctx, finding, span, text);
}

const char *
mig_lint_ident(MigLintContext *ctx, const char *name)
{
    bool plain = g_ascii_islower(name[0]) || name[0] == '_';

    for (const char *at = name; plain && *at != '\0'; at++)
        plain = g_ascii_islower(*at) || g_ascii_isdigit(*at) || *at == '_';
    if (plain)
        return name;
    g_auto(GStrv) parts = g_strsplit(name, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    return mig_lint_format(ctx, "\"%s\"", doubled);
}

const char *
mig_lint_written(MigLintContext *ctx, const MigName *name)
{
    return name->span.length > 0 ? mig_lint_source(ctx, ctx->statement, name->span) : NULL;
}

/* SPDX-License-Identifier: MIT */
/* Whether a client can skip a migration of a script that is to be run again. */
#include "plan/skip.h"

#include "sql/lexer.h"

#include <migrate/source.h>

/* Why a statement can't be skipped, or %NULL if it can. */
typedef const char *(*Objection)(const MigScript *script, const MigStatement *statement);

/* What psql skips it reads as SQL and commands, which a COPY's data is not. */
static const char *
object_psql(G_GNUC_UNUSED const MigScript *script, const MigStatement *statement)
{
    return statement->copy_data
               ? "psql can't skip the data of COPY, so that --idempotent can't skip this "
                 "statement; leave --idempotent out, or write the data with INSERT"
               : NULL;
}

/* MariaDB can prepare them all. Manual: MySQL, "Prepared Statements", SQL Syntax Permitted. */
static const char *
object_mysql(const MigScript *script, const MigStatement *statement)
{
    static const char *const routines[] = {"trigger", "procedure", "function", "event", "package"};
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, script->text + statement->offset, statement->length, MIG_ENGINE_MYSQL);
    for (size_t words = 0; words < 10 && mig_lexer_next(&lexer, &token); words++) {
        if (token.kind == MIG_TOKEN_OPERATOR && lexer.text[token.offset] == '(')
            break;
        for (size_t i = 0; i < G_N_ELEMENTS(routines); i++) {
            if (mig_token_is(&lexer, &token, routines[i]))
                return "MySQL can't prepare this statement, and its client has no conditions, so "
                       "that --idempotent can't skip it; leave --idempotent out";
        }
    }
    return NULL;
}

/* What is executed with values fails when what it stands for was made to do nothing. */
static const char *
object_family(const MigScript *script, const MigStatement *statement)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, script->text + statement->offset, statement->length, MIG_ENGINE_MYSQL);
    if (!mig_lexer_next(&lexer, &token) || !mig_token_is(&lexer, &token, "execute"))
        return NULL;
    while (mig_lexer_next(&lexer, &token)) {
        if (mig_token_is(&lexer, &token, "using") || mig_token_is(&lexer, &token, "immediate"))
            return "--idempotent can't skip EXECUTE with USING or IMMEDIATE; leave --idempotent "
                   "out, or write the statement itself";
    }
    return NULL;
}

static const struct {
    MigEngine engines;
    Objection objection;
} objections[] = {
    {MIG_ENGINE_POSTGRES, object_psql},
    {MIG_ENGINE_MYSQL, object_mysql},
    {MIG_ENGINE_MYSQL_FAMILY, object_family},
};

bool
mig_step_can_be_skipped(const MigStep *step, MigEngine engine, GError **error)
{
    for (guint i = 0; i < step->script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(step->script, i);
        for (size_t j = 0; j < G_N_ELEMENTS(objections); j++) {
            const char *why = (objections[j].engines & engine) != 0
                                  ? objections[j].objection(step->script, statement)
                                  : NULL;
            if (why == NULL)
                continue;
            g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "%s:%u:%u: %s", step->path,
                        statement->line, statement->column, why);
            return false;
        }
    }
    return true;
}

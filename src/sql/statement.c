/* SPDX-License-Identifier: MIT */
/* MigScript and MigDirective as values, and which engine answers for a statement. */
#include <migrate/statement.h>

#include "base/text.h"
#include "sql/transaction.h"

void
mig_script_locate(const MigScript *script, size_t offset, unsigned *out_line, unsigned *out_column)
{
    *out_line = script->line;
    mig_text_locate(script->text, MIN(offset, script->length), out_line, out_column);

    unsigned index = *out_line - script->line;
    if (script->removed != NULL && index < script->removed->len)
        *out_column += g_array_index(script->removed, unsigned, index);
}

void
mig_directive_free(MigDirective *directive)
{
    if (directive == NULL)
        return;
    g_free(directive->name);
    g_free(directive->argument);
    g_free(directive);
}

void
mig_script_free(MigScript *script)
{
    if (script == NULL)
        return;
    for (size_t i = 0; script->statements != NULL && i < script->statements->len; i++) {
        MigStatement *statement = &g_array_index(script->statements, MigStatement, i);
        g_clear_pointer(&statement->directives, g_ptr_array_unref);
    }
    g_clear_pointer(&script->statements, g_array_unref);
    g_clear_pointer(&script->removed, g_array_unref);
    g_clear_pointer(&script->trailing, g_ptr_array_unref);
    g_free(script->text);
    g_free(script);
}

MigTransaction
mig_statement_transaction(const char *sql, size_t length, MigEngine engine, int version)
{
    MigWords words;
    mig_words_init(&words, sql, length, engine);

    if (engine == MIG_ENGINE_POSTGRES)
        return mig_transaction_postgres(&words, version);
    if (engine == MIG_ENGINE_SQLITE)
        return mig_transaction_sqlite(&words);
    return mig_transaction_mysql(&words);
}

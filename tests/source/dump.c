/* SPDX-License-Identifier: MIT */
/* A MigSource as text, for fixtures. */
#include "dump.h"

static void
dump_text(GString *out, const char *text, size_t length)
{
    g_string_append_c(out, '|');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n')
            g_string_append(out, "\\n");
        else if (text[i] == '\r')
            g_string_append(out, "\\r");
        else if (text[i] == '\t')
            g_string_append(out, "\\t");
        else
            g_string_append_c(out, text[i]);
    }
    g_string_append(out, "|\n");
}

static void
dump_directives(GString *out, const char *indent, const GPtrArray *directives)
{
    for (unsigned i = 0; directives != NULL && i < directives->len; i++) {
        const MigDirective *directive = g_ptr_array_index(directives, i);
        g_string_append_printf(out, "%sdirective %u:%u %s", indent, directive->line,
                               directive->column, directive->name);
        g_string_append_printf(out, " [%s]\n", directive->argument);
    }
}

static void
dump_script(GString *out, const char *title, const MigScript *script)
{
    if (script == NULL)
        return;

    g_string_append_printf(out, "  %s from line %u%s\n", title, script->line,
                           script->removed != NULL ? ", commented" : "");
    for (unsigned i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        g_string_append_printf(out, "    %u:%u ", statement->line, statement->column);
        dump_text(out, script->text + statement->offset, statement->length);
        if (statement->copy_data) {
            g_string_append(out, "      data ");
            dump_text(out, script->text + statement->data_offset, statement->data_length);
        }
        if (statement->no_transaction)
            g_string_append(out, "      no transaction\n");
        if (statement->lock_timeout_ms >= 0)
            g_string_append_printf(out, "      lock timeout %" G_GINT64_FORMAT " ms\n",
                                   statement->lock_timeout_ms);
        if (statement->statement_timeout_ms >= 0)
            g_string_append_printf(out, "      statement timeout %" G_GINT64_FORMAT " ms\n",
                                   statement->statement_timeout_ms);
        dump_directives(out, "      ", statement->directives);
    }
}

static void
dump_migration(GString *out, const MigMigration *migration)
{
    static const char *const modes[] = {"auto", "single", "none"};

    g_string_append_printf(out, "%s [%s] %s\n", migration->version, migration->name,
                           migration->path);
    for (unsigned i = 0; i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);
        g_string_append_printf(out, "  header %u [%s] [%s]\n", header->line, header->key,
                               header->value);
    }
    for (unsigned i = 0; i < migration->requires->len; i++)
        g_string_append_printf(out, "  requires [%s]\n",
                               (const char *)g_ptr_array_index(migration->requires, i));
    if (migration->transaction_mode != MIG_TRANSACTION_MODE_AUTO)
        g_string_append_printf(out, "  transaction %s\n", modes[migration->transaction_mode]);
    dump_directives(out, "  ", migration->directives);
    dump_script(out, "up", migration->up);
    dump_script(out, "down", migration->down);
    dump_script(out, "verify", migration->verify);
}

char *
dump_source(const MigSource *source)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < source->migrations->len; i++)
        dump_migration(out, g_ptr_array_index(source->migrations, i));
    return g_string_free(out, FALSE);
}

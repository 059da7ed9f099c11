/* SPDX-License-Identifier: MIT */
/* A migration file's bytes, whatever they are: read on each engine, and what must hold then. */
#include <migrate/error.h>
#include <migrate/source.h>
#include <string.h>

#include "fuzz.h"

static const MigEngine engines[] = {
    MIG_ENGINE_SQLITE,
    MIG_ENGINE_POSTGRES,
    MIG_ENGINE_MYSQL,
    MIG_ENGINE_MARIADB,
};

static unsigned
count_lines(const char *text, size_t length)
{
    unsigned lines = 1;

    for (const char *at = text; (at = memchr(at, '\n', length - (size_t)(at - text))) != NULL; at++)
        lines++;
    return lines;
}

static void
check_directives(const GPtrArray *directives, unsigned n_lines)
{
    for (unsigned i = 0; directives != NULL && i < directives->len; i++) {
        const MigDirective *directive = g_ptr_array_index(directives, i);
        g_assert_cmpuint(directive->line, >=, 1);
        g_assert_cmpuint(directive->line, <=, n_lines);
        g_assert_cmpuint(directive->column, >=, 1);
        g_assert_cmpuint(strlen(directive->name), >, 0);
    }
}

static void
check_script(const MigScript *script, unsigned n_lines)
{
    if (script == NULL)
        return;

    size_t end = 0;
    g_assert_cmpuint(strlen(script->text), ==, script->length);
    g_assert_true(g_utf8_validate(script->text, (gssize)script->length, NULL));
    for (unsigned i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        unsigned line = 0;
        unsigned column = 0;
        g_assert_cmpuint(statement->length, >, 0);
        g_assert_cmpuint(statement->offset, >=, end);
        end = statement->offset + statement->length;
        if (statement->copy_data) {
            g_assert_cmpuint(statement->data_offset, >=, end);
            end = statement->data_offset + statement->data_length;
        }
        g_assert_cmpuint(end, <=, script->length);

        mig_script_locate(script, statement->offset, &line, &column);
        g_assert_cmpuint(statement->line, ==, line);
        g_assert_cmpuint(statement->column, ==, column);
        g_assert_cmpuint(line, >=, 1);
        g_assert_cmpuint(line, <=, n_lines);
        check_directives(statement->directives, n_lines);
    }
}

static MigMigration *
parse(const char *text, size_t length, MigEngine engine)
{
    g_autoptr(GError) error = NULL;
    MigMigration *migration = mig_source_parse_text("1_a.sql", text, length, engine, &error);

    if (migration == NULL) {
        g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
        g_assert_true(g_str_has_prefix(error->message, "1_a.sql:"));
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
        return NULL;
    }
    g_assert_no_error(error);
    g_assert_true(migration->parsed);
    g_assert_nonnull(migration->up);
    g_assert_nonnull(migration->checksum_tokens);
    return migration;
}

/* A checkout with the other line ends is the same migration. */
static void
check_crlf(const MigMigration *migration, const char *text, size_t length, MigEngine engine)
{
    if (memchr(text, '\r', length) != NULL)
        return;

    g_autoptr(GString) crlf = g_string_new_len(text, (gssize)length);
    g_string_replace(crlf, "\n", "\r\n", 0);
    g_autoptr(MigMigration) other = parse(crlf->str, crlf->len, engine);
    g_assert_nonnull(other);
    g_assert_cmpstr(other->checksum_tokens, ==, migration->checksum_tokens);
    g_assert_cmpuint(other->up->statements->len, ==, migration->up->statements->len);
    g_assert_true((other->down == NULL) == (migration->down == NULL));
    g_assert_true((other->verify == NULL) == (migration->verify == NULL));
}

/* The history keeps a section's text, which must mean the same when it comes back. */
static void
check_history(const MigScript *script, MigEngine engine)
{
    if (script == NULL)
        return;

    g_autoptr(MigScript) again = mig_source_parse_script("history", script->text, engine, NULL);
    if (again != NULL)
        g_assert_cmpuint(again->statements->len, ==, script->statements->len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    unsigned n_lines = count_lines(text, size);

    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        g_autoptr(MigMigration) migration = parse(text, size, engines[i]);
        if (migration == NULL)
            continue;
        check_script(migration->up, n_lines);
        check_script(migration->down, n_lines);
        check_script(migration->verify, n_lines);
        check_directives(migration->directives, n_lines);
        check_crlf(migration, text, size, engines[i]);
        check_history(migration->up, engines[i]);
        check_history(migration->down, engines[i]);
    }
    return 0;
}

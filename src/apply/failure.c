/* SPDX-License-Identifier: MIT */
/* What failed, in the database's own words, with the place in the file. */
#include "apply/failure.h"

#include "base/text.h"

#include <string.h>

#define WIDTH 80

/* How far the mark under an offset goes: to the end of the word, or one character. */
static size_t
marked_length(const char *text, size_t length)
{
    size_t marked = 0;

    while (marked < length && (g_ascii_isalnum(text[marked]) || text[marked] == '_' ||
                               (unsigned char)text[marked] >= 0x80))
        marked++;
    return MAX(marked, 1);
}

static void
append_words(GString *out, const char *title, const char *words)
{
    if (words == NULL || *words == '\0')
        return;

    g_autofree char *text = g_strdup_printf("  %s: %s", title, words);
    g_autofree char *wrapped = mig_text_wrap(text, WIDTH, "    ");
    g_string_append_printf(out, "\n%s", wrapped);
}

char *
mig_failure_describe(const MigScript *script, const MigStatement *statement, const char *path,
                     const GError *error)
{
    const MigSqlError *sql = mig_error_get_sql(error);
    size_t offset = statement->offset;
    size_t length = statement->length;
    unsigned line = 0;
    unsigned column = 0;

    if (sql != NULL && sql->offset >= 0 && (size_t)sql->offset < statement->length) {
        offset += (size_t)sql->offset;
        length = marked_length(script->text + offset, statement->length - (size_t)sql->offset);
    }
    mig_script_locate(script, offset, &line, &column);

    g_autofree char *shown = mig_text_excerpt(script->text, offset, length, line, WIDTH);
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_append_printf(out, "%s:%u:%u: %s", path, line, column, error->message);
    if (sql != NULL && sql->code != NULL)
        g_string_append_printf(out, " [%s]", sql->code);
    g_string_append_c(out, '\n');
    g_string_append(out, g_strchomp(shown));
    if (sql != NULL) {
        append_words(out, "detail", sql->detail);
        append_words(out, "hint", sql->hint);
    }
    if (script->removed != NULL && mig_error_sql_class(error) == MIG_SQL_SYNTAX)
        append_words(out, "note", MIG_SCRIPT_COMMENTED);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* SPDX-License-Identifier: MIT */
/* A section's text to a MigScript, and a place in it to one in the file. */
#include "source/script.h"

#include <string.h>

#include "base/text.h"
#include "source/section.h"
#include "sql/lexer.h"

MigScript *
mig_script_new(const char *text, size_t length, unsigned line, bool may_be_commented)
{
    MigScript *script = g_new0(MigScript, 1);

    script->line = line;
    if (may_be_commented)
        script->text = mig_section_uncomment(text, length, &script->length, &script->removed);
    if (script->text == NULL) {
        script->text = g_strndup(text, length);
        script->length = length;
    }
    return script;
}

MigScript *
mig_script_new_empty(void)
{
    MigScript *script = mig_script_new("", 0, 1, false);

    script->statements = g_array_new(FALSE, FALSE, sizeof(MigStatement));
    return script;
}

static unsigned
removed_in(const MigScript *script, unsigned line)
{
    unsigned index = line - script->line;

    if (script->removed == NULL || index >= script->removed->len)
        return 0;
    return g_array_index(script->removed, unsigned, index);
}

/* The splitter counts columns in the text; what was taken off a line's start belongs to them. */
static void
shift_columns(MigScript *script, GArray *notes)
{
    for (unsigned i = 0; i < script->statements->len; i++) {
        MigStatement *statement = &g_array_index(script->statements, MigStatement, i);
        statement->column += removed_in(script, statement->line);
    }
    for (unsigned i = 0; i < notes->len; i++) {
        MigNote *note = &g_array_index(notes, MigNote, i);
        note->column += removed_in(script, note->line);
    }
}

/* Whether a comment is a marker behind white space. */
static bool
is_indented_marker(const MigScript *script, size_t offset, size_t length)
{
    size_t start = offset;

    while (start > 0 && (script->text[start - 1] == ' ' || script->text[start - 1] == '\t'))
        start--;
    if (start == offset || (start > 0 && script->text[start - 1] != '\n'))
        return false;

    const char *line = script->text + offset;
    const char *newline = memchr(line, '\n', length);
    return mig_section_is_marker(line, newline != NULL ? (size_t)(newline - line) : length);
}

/* Complains about the first indented marker between two offsets. */
static bool
refuse_in_piece(const MigInput *input, const MigScript *script, size_t start, size_t end)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, script->text + start, end - start, input->engine);
    lexer.comments = true;
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind != MIG_TOKEN_COMMENT ||
            !is_indented_marker(script, start + token.offset, token.length))
            continue;
        unsigned line = 0;
        unsigned column = 0;
        mig_script_locate(script, start + token.offset, &line, &column);
        mig_problems_add(input->problems, input->path, line, column,
                         "a section's marker begins at the start of its line; remove the white "
                         "space before it");
        return true;
    }
    return false;
}

/* A marker is one at the start of a line only. An indented one would be passed over, and what
 * stands below it would run as a part of the section above it. */
static void
refuse_indented_marker(const MigInput *input, const MigScript *script)
{
    size_t start = mig_section_next_marker(script->text, script->length, 0, true);
    if (start == script->length)
        return;

    start = 0;
    for (unsigned i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        size_t end = statement->offset + statement->length;
        if (refuse_in_piece(input, script, start, statement->offset) ||
            refuse_in_piece(input, script, statement->offset, end))
            return;
        start = statement->copy_data ? statement->data_offset + statement->data_length : end;
    }
    refuse_in_piece(input, script, start, script->length);
}

GArray *
mig_script_split(const MigInput *input, MigScript *script)
{
    MigSplitError wrong = {0};
    g_autoptr(MigSplit) found =
        mig_split(script->text, script->length, input->engine, script->line, &wrong);

    if (found == NULL) {
        mig_problems_add(input->problems, input->path, wrong.line,
                         wrong.column + removed_in(script, wrong.line), "%s", wrong.message);
        mig_split_error_clear(&wrong);
        return NULL;
    }

    GArray *notes = g_steal_pointer(&found->notes);
    script->statements = g_steal_pointer(&found->statements);
    shift_columns(script, notes);
    refuse_indented_marker(input, script);
    return notes;
}

/* SPDX-License-Identifier: MIT */
/* A section's text to a MigScript, and a place in it to one in the file. */
#include "source/script.h"

#include <string.h>

#include "base/text.h"
#include "source/marker.h"
#include "source/section.h"
#include "sql/lexer.h"

#define DIRECTIVE "migrate:"

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

/* What stands before a comment in its line. */
typedef enum {
    BEFORE_NOTHING,
    BEFORE_BLANKS,
    BEFORE_CODE,
} Before;

static Before
look_before(const MigScript *script, size_t offset)
{
    size_t start = offset;

    while (start > 0 && (script->text[start - 1] == ' ' || script->text[start - 1] == '\t'))
        start--;
    if (start > 0 && script->text[start - 1] != '\n')
        return BEFORE_CODE;
    return start < offset ? BEFORE_BLANKS : BEFORE_NOTHING;
}

/* What a comment was meant to be and isn't, where it stands or as it is written; %NULL: nothing.
 * Passed over in silence, a marker lets what is below it run as a part of the section above it, and
 * a directive lets a statement run without what it needs. */
static const char *
find_fault(const MigScript *script, size_t offset, size_t length)
{
    const char *comment = script->text + offset;
    Before before = look_before(script, offset);
    size_t word = 2;

    if (length < 2 || memcmp(comment, "--", 2) != 0)
        return NULL;
    if (before == BEFORE_BLANKS && mig_marker_is_line(comment, length))
        return "a section's marker begins at the start of its line; remove the white space before "
               "it";

    while (word < length && (comment[word] == ' ' || comment[word] == '\t'))
        word++;
    if (length - word < strlen(DIRECTIVE) ||
        g_ascii_strncasecmp(comment + word, DIRECTIVE, strlen(DIRECTIVE)) != 0)
        return NULL;
    if (before == BEFORE_CODE)
        return "a directive has a line of its own, above the statement that it is for";
    if (memcmp(comment + word, DIRECTIVE, strlen(DIRECTIVE)) != 0)
        return "a directive begins with \"" DIRECTIVE "\" in small letters";
    return NULL;
}

/* Complains about the first such comment between two offsets. Returns: whether there is one. */
static bool
check_piece(const MigInput *input, const MigScript *script, size_t start, size_t end)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, script->text + start, end - start, input->engine);
    lexer.comments = true;
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind != MIG_TOKEN_COMMENT)
            continue;
        const char *fault = find_fault(script, start + token.offset, token.length);
        if (fault == NULL)
            continue;
        unsigned line = 0;
        unsigned column = 0;
        mig_script_locate(script, start + token.offset, &line, &column);
        mig_problems_add(input->problems, input->path, line, column, "%s", fault);
        return true;
    }
    return false;
}

static bool
mentions_directive(const MigScript *script)
{
    const char *at = script->text;
    const char *end = script->text + script->length;

    /* The colon is rarer than the letters, and in no case at all. */
    while ((at = memchr(at, ':', (size_t)(end - at))) != NULL) {
        size_t before = strlen(DIRECTIVE) - 1;
        if ((size_t)(at - script->text) >= before &&
            g_ascii_strncasecmp(at - before, DIRECTIVE, before) == 0)
            return true;
        at++;
    }
    return false;
}

/* Few files need the second look: those that have a word of ours anywhere. */
static void
check_comments(const MigInput *input, const MigScript *script)
{
    if (mig_marker_next(script->text, script->length, 0, true) == script->length &&
        !mentions_directive(script))
        return;

    size_t start = 0;
    for (unsigned i = 0; i < script->statements->len; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        size_t end = statement->offset + statement->length;
        if (check_piece(input, script, start, statement->offset) ||
            check_piece(input, script, statement->offset, end))
            return;
        start = statement->copy_data ? statement->data_offset + statement->data_length : end;
    }
    check_piece(input, script, start, script->length);
}

GArray *
mig_script_split(const MigInput *input, MigScript *script)
{
    MigSplitError wrong = {0};
    g_autoptr(MigSplit) found =
        mig_split(script->text, script->length, input->engine, script->line, &wrong);

    if (found == NULL) {
        bool commented = script->removed != NULL;
        mig_problems_add(input->problems, input->path, wrong.line,
                         wrong.column + removed_in(script, wrong.line), "%s%s%s%s", wrong.message,
                         commented ? " (" : "", commented ? MIG_SCRIPT_COMMENTED : "",
                         commented ? ")" : "");
        mig_split_error_clear(&wrong);
        return NULL;
    }

    GArray *notes = g_steal_pointer(&found->notes);
    script->statements = g_steal_pointer(&found->statements);
    shift_columns(script, notes);
    check_comments(input, script);
    return notes;
}

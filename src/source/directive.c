/* SPDX-License-Identifier: MIT */
/* "-- migrate:" lines and the statement that each is for. */
#include "source/directive.h"

#include <string.h>

#include "base/duration.h"
#include "base/text.h"
#include "sql/splitter.h"

/* Where a directive may stand. */
enum {
    IN_HEADER = 1 << 0,
    IN_UP = 1 << 1,
    IN_DOWN = 1 << 2,
    IN_VERIFY = 1 << 3,
    IN_SECTIONS = IN_UP | IN_DOWN | IN_VERIFY,
};

/* Says what is wrong with an argument, in static text; %NULL if nothing is. */
typedef const char *(*CheckFunc)(const char *argument);

typedef struct {
    const char *name;
    unsigned places;
    bool repeatable; /* whether one statement can have several */
    CheckFunc check;
} Word;

static const char *
check_nothing(const char *argument)
{
    return *argument != '\0' ? "takes no argument; put remarks into a comment of their own" : NULL;
}

static const char *
check_duration(const char *argument)
{
    int64_t ms = 0;

    if (!mig_duration_parse(argument, &ms))
        return "takes a time such as 500ms, 5s, 10min or 1h; 0 is without limit";
    return NULL;
}

static const char *
check_allow(const char *argument)
{
    static const char how[] = "takes rules and a reason: -- migrate:allow RULE[, RULE] -- reason";
    const char *reason = strstr(argument, "--");

    if (reason == NULL || reason == argument || reason[2 + strspn(reason + 2, "- \t")] == '\0')
        return how;

    bool in_word = false;
    bool separated = true;
    for (const char *at = argument; at < reason; at++) {
        bool part = g_ascii_isalnum(*at) || *at == '-' || *at == '_';
        if (!part && *at != ',' && *at != ' ' && *at != '\t')
            return how;
        /* Two words without a comma between are the beginning of a sentence. */
        if (part && !in_word && !separated)
            return how;
        if (part || *at == ',')
            separated = !part;
        in_word = part;
    }
    return separated ? how : NULL;
}

static const char *
check_something(const char *argument)
{
    return *argument == '\0' ? "lacks its argument" : NULL;
}

/* Names and key=value pairs are read where they are carried out. */
static const char *
check_anything(const char *argument)
{
    (void)argument;
    return NULL;
}

/* migrate:statement and migrate:end are carried out by the splitter; one that reaches us stands
 * where there is nothing to hold together. */
static const Word words[] = {
    {"no-transaction", IN_HEADER | IN_SECTIONS, false, check_nothing},
    {"lock-timeout", IN_HEADER | IN_SECTIONS, false, check_duration},
    {"statement-timeout", IN_HEADER | IN_SECTIONS, false, check_duration},
    {"allow", IN_HEADER | IN_SECTIONS, true, check_allow},
    {"expect", IN_VERIFY, false, check_something},
    {"backfill", IN_UP | IN_DOWN, false, check_anything},
    {"check", IN_UP | IN_DOWN, false, check_anything},
    {"needs", IN_HEADER | IN_UP | IN_DOWN, true, check_something},
    {"statement", IN_SECTIONS, false, check_anything},
    {"end", IN_SECTIONS, false, check_anything},
};

static const Word *
find_word(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    }
    return NULL;
}

static void
complain(const MigInput *input, const MigNote *note, const char *name, const char *what)
{
    mig_problems_add(input->problems, input->path, note->line, note->column, "-- migrate:%s %s",
                     name, what);
}

static void
complain_unknown(const MigInput *input, const MigNote *note, const char *name)
{
    const char *known[G_N_ELEMENTS(words) + 1] = {NULL};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        known[i] = words[i].name;
    const char *meant = mig_text_suggest(name, known);
    if (*name == '\0')
        complain(input, note, name, "lacks a word, directly behind the colon");
    else if (strcmp(name, "up") == 0 || strcmp(name, "down") == 0)
        complain(input, note, name,
                 "is dbmate's marker, which is not read; write \"-- ===== UP =====\" or "
                 "\"-- ===== DOWN =====\"");
    else if (meant != NULL)
        mig_problems_add(input->problems, input->path, note->line, note->column,
                         "unknown directive -- migrate:%s; did you mean -- migrate:%s?", name,
                         meant);
    else
        mig_problems_add(input->problems, input->path, note->line, note->column,
                         "unknown directive -- migrate:%s; migrate-file(5) lists them", name);
}

/* A note's word and argument, checked but for its place. */
static MigDirective *
read_note(const MigInput *input, const char *text, const MigNote *note, const Word **out_word)
{
    const char *start = text + note->offset;
    size_t length = 0;

    while (length < note->length && !g_ascii_isspace(start[length]))
        length++;
    g_autofree char *name = g_ascii_strdown(start, (gssize)length);
    const Word *word = find_word(name);
    if (word == NULL) {
        complain_unknown(input, note, name);
        return NULL;
    }

    g_autofree char *argument = g_strstrip(g_strndup(start + length, note->length - length));
    const char *wrong = word->check(argument);
    if (wrong != NULL) {
        complain(input, note, name, wrong);
        return NULL;
    }

    MigDirective *directive = g_new0(MigDirective, 1);
    directive->name = g_steal_pointer(&name);
    directive->argument = g_steal_pointer(&argument);
    directive->line = note->line;
    directive->column = note->column;
    *out_word = word;
    return directive;
}

/* Which words a statement, or the header, has: bits by their index in the table. */
typedef unsigned Said;

/* Hands a directive to a list, unless it says a second time what can be said once. */
static bool
append(const MigInput *input, const MigNote *note, const Word *word, Said *said,
       GPtrArray *directives, MigDirective *directive)
{
    Said bit = 1U << (word - words);

    if (!word->repeatable && (*said & bit) != 0) {
        complain(input, note, word->name, "is said twice here; keep one");
        mig_directive_free(directive);
        return false;
    }
    *said |= bit;
    g_ptr_array_add(directives, directive);
    return true;
}

static int64_t
duration_of(const MigDirective *directive)
{
    int64_t ms = -1;

    /* It was checked when the directive was read. */
    (void)mig_duration_parse(directive->argument, &ms);
    return ms;
}

static void
apply_directive(const MigDirective *directive, MigStatement *statement)
{
    if (strcmp(directive->name, "no-transaction") == 0)
        statement->no_transaction = true;
    else if (strcmp(directive->name, "lock-timeout") == 0)
        statement->lock_timeout_ms = duration_of(directive);
    else if (strcmp(directive->name, "statement-timeout") == 0)
        statement->statement_timeout_ms = duration_of(directive);
}

static void
refuse_place(const MigInput *input, const MigNote *note, const Word *word, bool in_header)
{
    if ((word->places & IN_SECTIONS) == IN_VERIFY)
        complain(input, note, word->name,
                 "says what a query must return; write it before a query "
                 "of a VERIFY section");
    else if (in_header)
        complain(input, note, word->name,
                 "can't hold for a whole file; write it before the statement that it is for");
    else
        complain(input, note, word->name, "belongs into UP or DOWN; a VERIFY section only queries");
}

static unsigned
place_bit(MigSectionKind kind)
{
    switch (kind) {
    case MIG_SECTION_UP:
        return IN_UP;
    case MIG_SECTION_DOWN:
        return IN_DOWN;
    case MIG_SECTION_VERIFY:
        return IN_VERIFY;
    case MIG_SECTION_WRONG:
        break;
    }
    return IN_SECTIONS;
}

/* A directive that precedes a statement, or should. */
static void
take_for_statement(const MigInput *input, MigScript *script, const MigNote *note, const Word *word,
                   Said *said, MigDirective *directive)
{
    if (note->statement >= script->statements->len) {
        complain(input, note, word->name, "stands before no statement of its section");
        mig_directive_free(directive);
        return;
    }

    MigStatement *statement = &g_array_index(script->statements, MigStatement, note->statement);
    if (statement->directives == NULL)
        statement->directives = g_ptr_array_new_with_free_func((GDestroyNotify)mig_directive_free);
    if (append(input, note, word, said, statement->directives, directive))
        apply_directive(directive, statement);
}

void
mig_directives_read(const MigInput *input, MigScript *script, const GArray *notes,
                    const MigDirectivePlace *place, GPtrArray *header)
{
    Said in_header = 0;
    Said said = 0;
    size_t statement = SIZE_MAX;

    for (unsigned i = 0; i < notes->len; i++) {
        const MigNote *note = &g_array_index(notes, MigNote, i);
        const Word *word = NULL;
        MigDirective *directive = read_note(input, script->text, note, &word);
        if (directive == NULL)
            continue;
        if (note->offset < place->header_end && (word->places & IN_HEADER) != 0) {
            append(input, note, word, &in_header, header, directive);
            continue;
        }
        if ((word->places & place_bit(place->kind)) == 0) {
            refuse_place(input, note, word, false);
            mig_directive_free(directive);
            continue;
        }
        if (note->statement != statement)
            said = 0;
        statement = note->statement;
        take_for_statement(input, script, note, word, &said, directive);
    }
}

void
mig_directives_read_header(const MigInput *input, const char *text, const GArray *notes,
                           GPtrArray *header)
{
    Said said = 0;

    for (unsigned i = 0; i < notes->len; i++) {
        const MigNote *note = &g_array_index(notes, MigNote, i);
        const Word *word = NULL;
        MigDirective *directive = read_note(input, text, note, &word);
        if (directive == NULL)
            continue;
        if ((word->places & IN_HEADER) == 0) {
            refuse_place(input, note, word, true);
            mig_directive_free(directive);
            continue;
        }
        append(input, note, word, &said, header, directive);
    }
}

void
mig_directives_apply_header(const GPtrArray *header, MigScript *script)
{
    MigStatement all = {.lock_timeout_ms = -1, .statement_timeout_ms = -1};

    for (unsigned i = 0; i < header->len; i++)
        apply_directive(g_ptr_array_index(header, i), &all);
    for (unsigned i = 0; i < script->statements->len; i++) {
        MigStatement *statement = &g_array_index(script->statements, MigStatement, i);
        statement->no_transaction |= all.no_transaction;
        if (statement->lock_timeout_ms < 0)
            statement->lock_timeout_ms = all.lock_timeout_ms;
        if (statement->statement_timeout_ms < 0)
            statement->statement_timeout_ms = all.statement_timeout_ms;
    }
}

/* SPDX-License-Identifier: MIT */
/* One file to one MigMigration. */
#include "source/migration.h"

#include <string.h>

#include "base/text.h"
#include "source/directive.h"
#include "source/filename.h"
#include "source/header.h"
#include "source/problem.h"
#include "source/script.h"
#include "source/section.h"
#include "sql/checksum.h"

static void
free_header(gpointer data)
{
    MigHeader *header = data;

    g_free(header->key);
    g_free(header->value);
    g_free(header);
}

void
mig_migration_free(MigMigration *migration)
{
    if (migration == NULL)
        return;
    g_free(migration->version);
    g_free(migration->name);
    g_free(migration->path);
    g_free(migration->checksum_raw);
    g_free(migration->checksum_tokens);
    g_clear_pointer(&migration->headers, g_ptr_array_unref);
    g_clear_pointer(&migration->requires, g_ptr_array_unref);
    g_clear_pointer(&migration->directives, g_ptr_array_unref);
    mig_script_free(migration->up);
    mig_script_free(migration->down);
    mig_script_free(migration->verify);
    g_free(migration);
}

const char *
mig_migration_header(const MigMigration *migration, const char *key)
{
    for (unsigned i = 0; migration->headers != NULL && i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);
        if (mig_header_key_equal(header->key, key))
            return header->value;
    }
    return NULL;
}

MigMigration *
mig_migration_new(const char *path, const char *filename)
{
    MigMigration *migration = g_new0(MigMigration, 1);

    migration->path = g_strdup(path);
    if (mig_filename_kind(filename) == MIG_FILENAME_MIGRATION) {
        mig_filename_split(filename, &migration->version, &migration->name);
        return migration;
    }
    size_t length = strlen(filename);
    if (g_str_has_suffix(filename, ".sql"))
        length -= strlen(".sql");
    migration->version = g_strdup("0");
    migration->name = g_utf8_make_valid(filename, (gssize)length);
    return migration;
}

static void
complain_byte(const MigInput *input, size_t offset)
{
    unsigned line = 1;
    unsigned column = 1;
    unsigned char byte = (unsigned char)input->text[offset];

    mig_text_locate(input->text, offset, &line, &column);
    if (byte == 0)
        mig_problems_add(input->problems, input->path, line, column,
                         "a NUL byte; migrations are text in UTF-8");
    else
        mig_problems_add(input->problems, input->path, line, column,
                         "byte 0x%02X is not UTF-8; save the file in UTF-8", byte);
}

static bool
check_bytes(const MigInput *input)
{
    if (input->length >= 2 &&
        (memcmp(input->text, "\xff\xfe", 2) == 0 || memcmp(input->text, "\xfe\xff", 2) == 0)) {
        mig_problems_add(input->problems, input->path, 1, 1,
                         "the file is in UTF-16; save it in UTF-8");
        return false;
    }

    const char *end = NULL;
    if (g_utf8_validate_len(input->text, input->length, &end))
        return true;
    complain_byte(input, (size_t)(end - input->text));
    return false;
}

/* Returns: (owned) a section's script, or %NULL if something is wrong with it. */
static MigScript *
parse_section(const MigInput *input, const MigSection *section)
{
    g_autoptr(MigScript) script =
        mig_script_new(input->text + section->offset, section->length, section->line + 1,
                       section->kind != MIG_SECTION_UP);
    g_autoptr(GArray) notes = mig_script_split(input, script);
    if (notes == NULL)
        return NULL;

    MigDirectivePlace place = {.kind = section->kind};
    mig_directives_read(input, script, notes, &place, NULL);
    if (script->statements->len == 0 && section->kind == MIG_SECTION_UP) {
        mig_problems_add(input->problems, input->path, section->line, 0,
                         "UP is empty; write its statements below this line");
        return NULL;
    }
    return g_steal_pointer(&script);
}

/* A DOWN or VERIFY of nothing but remarks is none: `down` is to say that there is no way back, and
 * not to report one that it didn't go. */
static MigScript *
parse_optional(const MigInput *input, const GArray *sections, MigSectionKind kind)
{
    const MigSection *section = mig_sections_pick(sections, kind, input->engine);
    if (section == NULL)
        return NULL;

    g_autoptr(MigScript) script = parse_section(input, section);
    if (script == NULL || script->statements->len == 0)
        return NULL;
    return g_steal_pointer(&script);
}

/* What stands before the first marker. */
static void
parse_header(const MigInput *input, size_t length, MigMigration *migration)
{
    mig_header_read(input, length, migration);

    g_autoptr(MigScript) script = mig_script_new(input->text, length, 1, false);
    g_autoptr(GArray) notes = mig_script_split(input, script);
    if (notes == NULL)
        return;
    if (script->statements->len > 0) {
        const MigStatement *first = mig_script_statement(script, 0);
        mig_problems_add(input->problems, input->path, first->line, first->column,
                         "SQL before the first section's marker is in no section; move it below "
                         "\"-- ===== UP =====\"");
        return;
    }
    mig_directives_read_header(input, script->text, notes, migration->directives);
}

static bool
has_section(const GArray *sections, MigSectionKind kind)
{
    for (unsigned i = 0; i < sections->len; i++) {
        if (g_array_index(sections, MigSection, i).kind == kind)
            return true;
    }
    return false;
}

static void
parse_sections(const MigInput *input, const GArray *sections, MigMigration *migration)
{
    const MigSection *first = &g_array_index(sections, MigSection, 0);
    parse_header(input, first->marker, migration);

    if (!has_section(sections, MIG_SECTION_UP)) {
        if (!has_section(sections, MIG_SECTION_WRONG))
            mig_problems_add(input->problems, input->path, first->line, 0,
                             "UP is empty: there is no UP section; write \"-- ===== UP =====\" "
                             "above the statements that make the change");
        return;
    }

    const MigSection *up = mig_sections_pick(sections, MIG_SECTION_UP, input->engine);
    if (up != NULL) {
        migration->up = parse_section(input, up);
        migration->down = parse_optional(input, sections, MIG_SECTION_DOWN);
        migration->verify = parse_optional(input, sections, MIG_SECTION_VERIFY);
        return;
    }
    /* Nothing is done on this engine, so nothing is to be taken back or verified on it, unless a
     * section says so by the engine's name. */
    for (unsigned i = 0; i < sections->len; i++) {
        MigSection *section = &g_array_index(sections, MigSection, i);
        if (section->engines == MIG_ENGINE_NONE)
            section->kind = MIG_SECTION_WRONG;
    }
    migration->up = mig_script_new_empty();
    migration->down = parse_optional(input, sections, MIG_SECTION_DOWN);
    migration->verify = parse_optional(input, sections, MIG_SECTION_VERIFY);
    if (migration->down == NULL)
        migration->down = mig_script_new_empty();
}

/* Where the header of a file without markers ends: at the last blank line before the first
 * statement, since what stands directly above a statement is about it; without such a line all that
 * is above the first statement is header. */
static size_t
header_end(const MigScript *script, size_t before)
{
    bool any = false;
    size_t end = 0;

    for (size_t at = 0; at < before;) {
        const char *newline = memchr(script->text + at, '\n', before - at);
        size_t next = newline != NULL ? (size_t)(newline + 1 - script->text) : before;
        bool blank = true;
        for (size_t i = at; i < next && blank; i++)
            blank = g_ascii_isspace(script->text[i]);
        if (!blank)
            any = true;
        else if (any && newline != NULL)
            end = next;
        at = next;
    }
    return end > 0 ? end : before;
}

/* A file without markers: all of it is UP. */
static void
parse_whole(const MigInput *input, MigMigration *migration)
{
    g_autoptr(MigScript) script = mig_script_new(input->text, input->length, 1, false);
    g_autoptr(GArray) notes = mig_script_split(input, script);
    if (notes == NULL)
        return;
    if (script->statements->len == 0) {
        mig_problems_add(input->problems, input->path, 1, 0,
                         "UP is empty: the file has no statement yet");
        return;
    }

    size_t before = mig_script_statement(script, 0)->offset;
    MigDirectivePlace place = {.kind = MIG_SECTION_UP, .header_end = header_end(script, before)};
    mig_header_read(input, before, migration);
    mig_directives_read(input, script, notes, &place, migration->directives);
    migration->up = g_steal_pointer(&script);
}

static void
apply_header(const MigInput *input, MigMigration *migration)
{
    for (unsigned i = 0; i < migration->directives->len; i++) {
        const MigDirective *directive = g_ptr_array_index(migration->directives, i);
        if (strcmp(directive->name, "no-transaction") != 0)
            continue;
        if (migration->transaction_mode == MIG_TRANSACTION_MODE_SINGLE)
            mig_problems_add(input->problems, input->path, directive->line, directive->column,
                             "-- migrate:no-transaction contradicts the header's \"Transaction: "
                             "single\"; keep one");
        migration->transaction_mode = MIG_TRANSACTION_MODE_NONE;
    }

    mig_directives_apply_header(migration->directives, migration->up);
    if (migration->down != NULL)
        mig_directives_apply_header(migration->directives, migration->down);
    if (migration->verify != NULL)
        mig_directives_apply_header(migration->directives, migration->verify);
}

void
mig_migration_parse(MigMigration *migration, const char *bytes, size_t length, MigEngine engine,
                    GPtrArray *problems)
{
    size_t bom = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    MigInput input = {
        .path = migration->path,
        .text = bytes + bom,
        .length = length - bom,
        .engine = engine,
        .problems = problems,
    };

    migration->headers = g_ptr_array_new_with_free_func(free_header);
    migration->requires = g_ptr_array_new_with_free_func(g_free);
    migration->directives = g_ptr_array_new_with_free_func((GDestroyNotify)mig_directive_free);
    if (!check_bytes(&input))
        return;

    g_autoptr(GArray) sections = mig_sections_find(&input);
    if (sections->len > 0)
        parse_sections(&input, sections, migration);
    else
        parse_whole(&input, migration);
    if (migration->up == NULL)
        return;
    apply_header(&input, migration);
    migration->checksum_tokens = mig_checksum_tokens(migration->up, engine, SIZE_MAX);
    migration->parsed = true;
}

MigMigration *
mig_source_parse_text(const char *path, const char *text, size_t length, MigEngine engine,
                      GError **error)
{
    g_autofree char *filename = g_path_get_basename(path);
    g_autoptr(MigMigration) migration = mig_migration_new(path, filename);
    g_autoptr(GPtrArray) problems = mig_problems_new();

    migration->checksum_raw = mig_checksum_raw(text, length);
    mig_migration_parse(migration, text, length, engine, problems);
    if (!mig_problems_raise(problems, error))
        return NULL;
    return g_steal_pointer(&migration);
}

MigScript *
mig_source_parse_script(const char *path, const char *sql, MigEngine engine, GError **error)
{
    g_autoptr(GPtrArray) problems = mig_problems_new();
    MigInput input = {
        .path = path,
        .text = sql,
        .length = strlen(sql),
        .engine = engine,
        .problems = problems,
    };
    MigDirectivePlace place = {.kind = MIG_SECTION_WRONG};
    g_autoptr(MigScript) script = mig_script_new(sql, input.length, 1, false);
    g_autoptr(GArray) notes = check_bytes(&input) ? mig_script_split(&input, script) : NULL;

    if (notes != NULL)
        mig_directives_read(&input, script, notes, &place, NULL);
    if (!mig_problems_raise(problems, error))
        return NULL;
    return g_steal_pointer(&script);
}

/* SPDX-License-Identifier: MIT */
/* What to look for in the catalog to see whether a statement took effect. */
#include "sql/effect.h"

#include <string.h>

#include "sql/effect_words.h"

/* MariaDB leaves out what MySQL 5.7 and later write for themselves ("Comment Syntax"). */
#define MARIADB_SKIPS_FROM 50700
#define MARIADB_SKIPS_TO 99999

static const char *const object_names[] = {
    [MIG_OBJECT_SCHEMA] = "schema",         [MIG_OBJECT_TABLE] = "table",
    [MIG_OBJECT_COLUMN] = "column",         [MIG_OBJECT_INDEX] = "index",
    [MIG_OBJECT_CONSTRAINT] = "constraint", [MIG_OBJECT_VIEW] = "view",
    [MIG_OBJECT_ROUTINE] = "routine",       [MIG_OBJECT_TRIGGER] = "trigger",
    [MIG_OBJECT_SEQUENCE] = "sequence",     [MIG_OBJECT_TYPE] = "type",
    [MIG_OBJECT_EVENT] = "event",           [MIG_OBJECT_EXTENSION] = "extension",
    [MIG_OBJECT_DATABASE] = "database",
};

/* Whether the server reads what is in a version comment. */
static bool
applies(const MigLexer *lexer, const MigToken *mark, int version)
{
    const char *text = lexer->text + mark->offset;
    size_t at = 0;
    int since = 0;

    while (at < mark->length && !g_ascii_isdigit(text[at]))
        at++;
    bool mariadb_only = at == 4;
    for (; at < mark->length; at++)
        since = since * 10 + (text[at] - '0');
    if (lexer->engine == MIG_ENGINE_MARIADB && !mariadb_only && since >= MARIADB_SKIPS_FROM &&
        since <= MARIADB_SKIPS_TO)
        return false;
    return version == 0 || since <= version;
}

/* One pass over all of it. Returns: (owned) the text without the version comments that the server
 * leaves out, or %NULL if it isn't whole */
static GString *
prepare(const char *sql, size_t length, MigEngine engine, int version, bool *out_several)
{
    g_autoptr(GString) text = g_string_new_len(sql, (gssize)length);
    MigLexer lexer;
    MigToken token;
    size_t blank_from = SIZE_MAX;
    bool after_semicolon = false;

    *out_several = false;
    mig_lexer_init(&lexer, sql, length, engine);
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind == MIG_TOKEN_ERROR)
            return NULL;
        if (token.kind == MIG_TOKEN_VERSION_BEGIN && !applies(&lexer, &token, version))
            blank_from = token.offset;
        if (token.kind == MIG_TOKEN_VERSION_END && blank_from != SIZE_MAX) {
            memset(text->str + blank_from, ' ', token.offset + token.length - blank_from);
            blank_from = SIZE_MAX;
        }
        if (token.kind == MIG_TOKEN_SEMICOLON)
            after_semicolon = true;
        else if (after_semicolon && token.kind != MIG_TOKEN_VERSION_END)
            *out_several = true;
    }
    return blank_from == SIZE_MAX ? g_steal_pointer(&text) : NULL;
}

static bool
read_statement(EffectReader *r)
{
    if (mig_effect_at_end(r))
        return false;
    if (r->engine == MIG_ENGINE_POSTGRES)
        return mig_effect_read_postgres(r);
    if (r->engine == MIG_ENGINE_SQLITE)
        return mig_effect_read_sqlite(r);
    return mig_effect_read_mysql(r);
}

MigEffects *
mig_effects_of(const char *sql, size_t length, MigEngine engine, int version)
{
    g_autoptr(MigEffects) effects = g_new0(MigEffects, 1);
    bool several = false;
    g_autoptr(GString) text = prepare(sql, length, engine, version, &several);

    effects->by = MIG_SETTLE_BY_HAND;
    effects->effects = g_ptr_array_new();
    if (text == NULL)
        return g_steal_pointer(&effects);

    g_auto(EffectReader) reader;
    mig_effect_reader_init(&reader, text->str, text->len, engine, version);
    if (!read_statement(&reader) || (several && !reader.program))
        return g_steal_pointer(&effects);

    g_ptr_array_unref(effects->effects);
    effects->effects = mig_effect_reader_effects(&reader);
    if (effects->effects->len > 0)
        effects->by = MIG_SETTLE_BY_CATALOG;
    else if (!reader.hidden)
        effects->by = MIG_SETTLE_BY_REPEATING;
    return g_steal_pointer(&effects);
}

void
mig_effects_free(MigEffects *effects)
{
    if (effects == NULL)
        return;
    g_clear_pointer(&effects->effects, g_ptr_array_unref);
    g_free(effects);
}

char *
mig_effect_describe(const MigEffect *effect)
{
    GString *text = g_string_new(effect->unique ? "unique " : NULL);

    g_string_append_printf(text, "%s ", object_names[effect->object]);
    if (effect->object == MIG_OBJECT_COLUMN) {
        if (effect->schema != NULL)
            g_string_append_printf(text, "%s.", effect->schema);
        g_string_append_printf(text, "%s.%s", effect->table, effect->name);
        if (effect->type != NULL)
            g_string_append_printf(text, " %s", effect->type);
        return g_string_free(text, FALSE);
    }
    if (effect->table == NULL) {
        if (effect->schema != NULL)
            g_string_append_printf(text, "%s.", effect->schema);
        g_string_append(text, effect->name);
        return g_string_free(text, FALSE);
    }
    g_string_append_printf(text, "%s on %s%s%s", effect->name,
                           effect->schema != NULL ? effect->schema : "",
                           effect->schema != NULL ? "." : "", effect->table);
    if (effect->columns != NULL) {
        g_auto(GStrv) columns = g_strsplit(effect->columns, ",", -1);
        g_autofree char *list = g_strjoinv(", ", columns);
        g_string_append_printf(text, " (%s)", list);
    }
    return g_string_free(text, FALSE);
}

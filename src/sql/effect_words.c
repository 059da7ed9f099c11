/* SPDX-License-Identifier: MIT */
/* Names, lists and columns as every engine writes them, and the marks that statements leave. */
#include "sql/effect_words.h"

#include <string.h>

/* PostgreSQL 15, "Identifiers and Key Words": NAMEDATALEN is 64. */
#define POSTGRES_NAME_BYTES 63

typedef struct {
    MigEffect effect; /* as it is afterwards */
    bool before;      /* whether it was there */
    bool dropped;     /* by DROP, rather than by a new name */
} EffectMark;

static const char *
token_text(const EffectReader *r)
{
    return r->words.lexer.text + r->words.token.offset;
}

bool
mig_effect_take_two(EffectReader *r, const char *first, const char *second)
{
    MigWords words = r->words;

    if (!mig_words_take(&words, first) || !mig_words_take(&words, second))
        return false;
    r->words = words;
    return true;
}

bool
mig_effect_take_any(EffectReader *r, const char *const *list)
{
    if (!mig_words_is_any(&r->words, list))
        return false;
    mig_words_next(&r->words);
    return true;
}

bool
mig_effect_take_if(EffectReader *r)
{
    MigWords words = r->words;

    /* IF alone may be a name. */
    if (!mig_words_take(&words, "if"))
        return false;
    mig_words_take(&words, "not");
    if (!mig_words_take(&words, "exists"))
        return false;
    r->words = words;
    return true;
}

bool
mig_effect_find_if(EffectReader *r, unsigned n)
{
    for (unsigned i = 0; i < n && r->words.token.kind == MIG_TOKEN_WORD; i++) {
        mig_words_next(&r->words);
        if (mig_effect_take_if(r))
            return true;
    }
    return false;
}

/* The server cuts longer names, between characters. */
static void
cut_postgres_name(char *name)
{
    size_t length = POSTGRES_NAME_BYTES;

    if (strlen(name) <= length)
        return;
    while (length > POSTGRES_NAME_BYTES - 3 && ((unsigned char)name[length] & 0xc0) == 0x80)
        length--;
    name[length] = '\0';
}

/* What stands between quotes, those that are doubled once. */
static char *
unquote(const char *text, size_t length)
{
    if (length < 3 || memchr(text, '\0', length) != NULL)
        return NULL;

    char close = text[length - 1];
    GString *name = g_string_sized_new(length);
    for (size_t i = 1; i < length - 1; i++) {
        g_string_append_c(name, text[i]);
        if (text[i] == close && i + 1 < length - 1 && text[i + 1] == close)
            i++;
    }
    return g_string_free(name, FALSE);
}

static char *
read_string_as_name(const EffectReader *r)
{
    const char *text = token_text(r);
    size_t length = r->words.token.length;

    /* MySQL's ANSI_QUOTES; whether a backslash means something hangs on that, too. SQLite takes a
     * string for a name where only a name makes sense ("Quirks", 8). */
    bool mysql = (r->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
    if (mysql && text[0] == '"' && memchr(text, '\\', length) == NULL)
        return unquote(text, length);
    if (r->engine == MIG_ENGINE_SQLITE && text[0] == '\'')
        return unquote(text, length);
    return NULL;
}

static char *
read_identifier(const EffectReader *r)
{
    const char *text = token_text(r);
    size_t length = r->words.token.length;
    char *name = NULL;

    if (r->words.token.kind == MIG_TOKEN_WORD) {
        name = r->engine == MIG_ENGINE_POSTGRES ? g_ascii_strdown(text, (gssize)length)
                                                : g_strndup(text, length);
    } else if (r->words.token.kind == MIG_TOKEN_STRING) {
        name = read_string_as_name(r);
    } else if (r->words.token.kind == MIG_TOKEN_QUOTED && strchr("\"`[", text[0]) != NULL) {
        /* U&"" isn't read: its escapes hang on a UESCAPE that comes later. */
        name = unquote(text, length);
    }
    if (name != NULL && r->engine == MIG_ENGINE_POSTGRES)
        cut_postgres_name(name);
    return name;
}

bool
mig_effect_take_identifier(EffectReader *r, char **out_name)
{
    char *name = read_identifier(r);

    if (name == NULL)
        return false;
    mig_words_next(&r->words);
    *out_name = name;
    return true;
}

bool
mig_effect_take_name(EffectReader *r, EffectName *out_name)
{
    /* PostgreSQL also takes the database's name in front. */
    unsigned n_parts = r->engine == MIG_ENGINE_POSTGRES ? 3 : 2;
    g_auto(EffectName) name = {NULL, NULL};

    for (unsigned i = 0; i < n_parts; i++) {
        char *part = NULL;
        if (!mig_effect_take_identifier(r, &part))
            return false;
        g_free(name.schema);
        name.schema = name.name;
        name.name = part;
        if (!mig_effect_take_mark(r, '.')) {
            out_name->schema = g_steal_pointer(&name.schema);
            out_name->name = g_steal_pointer(&name.name);
            return true;
        }
    }
    return false;
}

void
mig_effect_skip_item(EffectReader *r)
{
    size_t depth = r->words.parens;
    size_t brackets = 0;

    /* The list's own: that one isn't counted as open any more. */
    if (mig_words_is_mark(&r->words, ')'))
        return;
    while (!mig_effect_at_end(r)) {
        if (r->words.parens < depth)
            return;
        if (mig_words_is_mark(&r->words, '['))
            brackets++;
        else if (mig_words_is_mark(&r->words, ']') && brackets > 0)
            brackets--;
        else if (mig_words_is_mark(&r->words, ',') && r->words.parens == depth && brackets == 0)
            return;
        mig_words_next(&r->words);
    }
}

void
mig_effect_skip_all(EffectReader *r)
{
    while (mig_words_next(&r->words))
        ;
}

/* What may stand behind a column in an index and doesn't change which columns it has. */
static void
skip_column_options(EffectReader *r)
{
    bool mysql = (r->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;

    /* MySQL's name(10): a prefix of the column. */
    if (mysql)
        mig_words_take_parens(&r->words);
    while (r->words.token.kind == MIG_TOKEN_WORD || r->words.token.kind == MIG_TOKEN_QUOTED ||
           r->words.token.kind == MIG_TOKEN_STRING || mig_words_is_mark(&r->words, '.'))
        mig_words_next(&r->words);
}

char *
mig_effect_take_columns(EffectReader *r)
{
    g_autoptr(GString) columns = g_string_new(NULL);
    bool plain = true;

    if (!mig_effect_take_mark(r, '('))
        return NULL;
    do {
        g_autofree char *name = NULL;
        plain = plain && mig_effect_take_identifier(r, &name);
        if (plain)
            skip_column_options(r);
        /* A function's parentheses, an operator. */
        if (!mig_words_is_mark(&r->words, ',') && !mig_words_is_mark(&r->words, ')'))
            plain = false;
        if (name != NULL)
            g_string_append_printf(columns, "%s%s", columns->len > 0 ? "," : "", name);
        mig_effect_skip_item(r);
    } while (mig_effect_take_mark(r, ','));
    mig_effect_take_mark(r, ')');
    return plain ? g_strdup(columns->str) : NULL;
}

static void
clear_effect(MigEffect *effect)
{
    g_free(effect->schema);
    g_free(effect->table);
    g_free(effect->name);
    g_free(effect->type);
    g_free(effect->columns);
}

static void
free_mark(gpointer data)
{
    EffectMark *mark = data;

    clear_effect(&mark->effect);
    g_free(mark);
}

static void
free_effect(gpointer data)
{
    clear_effect(data);
    g_free(data);
}

/* Names that the engine may take for one are one here, so that none is waited for in vain. */
static char *
make_key(const EffectReader *r, MigObjectKind object, const char *schema, const char *table,
         const char *name)
{
    g_autofree char *key =
        g_strdup_printf("%d\x1f%s\x1f%s\x1f%s", object, schema != NULL ? schema : "",
                        table != NULL ? table : "", name);

    return r->engine == MIG_ENGINE_POSTGRES ? g_steal_pointer(&key) : g_ascii_strdown(key, -1);
}

/* What another action of the same statement has touched already. Dropping an index or a constraint
 * and making it anew may be repeated; nothing else of that kind may. */
static void
touch_again(EffectReader *r, EffectMark *mark, MigEffectKind kind, bool by_drop_or_add)
{
    bool redefined =
        by_drop_or_add && mark->dropped && kind == MIG_EFFECT_THERE &&
        (mark->effect.object == MIG_OBJECT_INDEX || mark->effect.object == MIG_OBJECT_CONSTRAINT);

    if (mark->effect.kind != kind && !redefined)
        r->hidden = true;
    mark->effect.kind = kind;
    g_clear_pointer(&mark->effect.type, g_free);
    g_clear_pointer(&mark->effect.columns, g_free);
    mark->effect.unique = false;
}

static MigEffect *
add_mark(EffectReader *r, MigEffectKind kind, const MigObject *object, bool by_drop_or_add)
{
    g_autofree char *key = make_key(r, object->kind, object->schema, object->table, object->name);
    EffectMark *mark = g_hash_table_lookup(r->known, key);

    if (mark != NULL) {
        touch_again(r, mark, kind, by_drop_or_add);
        return &mark->effect;
    }
    mark = g_new0(EffectMark, 1);
    mark->effect = (MigEffect){
        .kind = kind,
        .object = object->kind,
        .schema = g_strdup(object->schema),
        .table = g_strdup(object->table),
        .name = g_strdup(object->name),
    };
    mark->before = kind == MIG_EFFECT_GONE;
    mark->dropped = by_drop_or_add && kind == MIG_EFFECT_GONE;
    g_ptr_array_add(r->marks, mark);
    g_hash_table_insert(r->known, g_steal_pointer(&key), mark);
    return &mark->effect;
}

MigEffect *
mig_effect_mark(EffectReader *r, MigEffectKind kind, MigObjectKind object, const char *schema,
                const char *table, const char *name)
{
    const MigObject key = {object, schema, table, name};

    return add_mark(r, kind, &key, true);
}

void
mig_effect_mark_rename(EffectReader *r, MigObjectKind object, const char *schema, const char *table,
                       const char *from, const char *to)
{
    const MigObject old_key = {object, schema, table, from};
    const MigObject new_key = {object, schema, table, to};

    add_mark(r, MIG_EFFECT_GONE, &old_key, false);
    add_mark(r, MIG_EFFECT_THERE, &new_key, false);
}

void
mig_effect_mark_move(EffectReader *r, MigObjectKind object, const EffectName *from,
                     const EffectName *to)
{
    const MigObject old_key = {object, from->schema, NULL, from->name};
    const MigObject new_key = {object, to->schema, NULL, to->name};

    add_mark(r, MIG_EFFECT_GONE, &old_key, false);
    add_mark(r, MIG_EFFECT_THERE, &new_key, false);
}

void
mig_effect_unmark(EffectReader *r)
{
    g_hash_table_remove_all(r->known);
    g_ptr_array_set_size(r->marks, 0);
}

void
mig_effect_reader_init(EffectReader *r, const char *sql, size_t length, MigEngine engine,
                       int version)
{
    *r = (EffectReader){.engine = engine, .version = version};
    mig_words_init(&r->words, sql, length, engine);
    r->marks = g_ptr_array_new_with_free_func(free_mark);
    r->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
mig_effect_reader_clear(EffectReader *r)
{
    g_clear_pointer(&r->known, g_hash_table_unref);
    g_clear_pointer(&r->marks, g_ptr_array_unref);
}

GPtrArray *
mig_effect_reader_effects(const EffectReader *r)
{
    GPtrArray *effects = g_ptr_array_new_with_free_func(free_effect);

    for (guint i = 0; i < r->marks->len; i++) {
        EffectMark *mark = g_ptr_array_index(r->marks, i);
        /* What is there before and after, or at neither time, tells nothing. */
        if (mark->before == (mark->effect.kind == MIG_EFFECT_THERE))
            continue;
        g_ptr_array_add(effects, g_memdup2(&mark->effect, sizeof mark->effect));
        mark->effect = (MigEffect){.kind = mark->effect.kind};
    }
    return effects;
}

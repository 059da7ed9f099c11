/* SPDX-License-Identifier: MIT */
/* PostgreSQL: what the actions of ALTER leave. */
#include <string.h>

#include "sql/effect_words.h"

/* Actions of ALTER TABLE and the like that only set something; ALTER COLUMN isn't among them. */
static const char *const settings[] = {"enable",   "disable", "force",   "set",
                                       "reset",    "owner",   "replica", "cluster",
                                       "validate", "depends", "no",      NULL};

typedef struct {
    MigObjectKind object; /* of what is altered itself */
    EffectName name;      /* (borrowed) */
} Subject;

static bool
mark_constraint(EffectReader *r, const Subject *s, MigEffectKind kind, const char *name)
{
    mig_effect_mark(r, kind, MIG_OBJECT_CONSTRAINT, s->name.schema, s->name.name, name);
    mig_effect_skip_item(r);
    return true;
}

static bool
skip_hidden(EffectReader *r)
{
    r->hidden = true;
    mig_effect_skip_item(r);
    return true;
}

/* UNIQUE USING INDEX i without a name takes the index's. PostgreSQL 15, "ALTER TABLE", ADD
 * table_constraint_using_index. */
static bool
read_unnamed_constraint(EffectReader *r, const Subject *s)
{
    g_autofree char *name = NULL;

    if (mig_effect_take_two(r, "primary", "key") || mig_effect_take(r, "unique")) {
        if (mig_effect_take_two(r, "using", "index"))
            return mig_effect_take_identifier(r, &name) &&
                   mark_constraint(r, s, MIG_EFFECT_THERE, name);
    }
    return skip_hidden(r);
}

static bool
is_unnamed_constraint(const EffectReader *r)
{
    static const char *const words[] = {"primary", "unique", "check", "foreign", "not", NULL};
    MigWords next = r->words;

    if (mig_words_is_any(&r->words, words))
        return true;
    /* The only one of them that may be a column's name. */
    return mig_words_take(&next, "exclude") &&
           (mig_words_is_mark(&next, '(') || mig_words_is(&next, "using"));
}

static bool
read_add(EffectReader *r, const Subject *s)
{
    g_autofree char *name = NULL;

    if (mig_effect_take(r, "constraint"))
        return mig_effect_take_identifier(r, &name) &&
               mark_constraint(r, s, MIG_EFFECT_THERE, name);
    if (is_unnamed_constraint(r))
        return read_unnamed_constraint(r, s);

    mig_effect_take(r, "column");
    bool if_exists = mig_effect_take_if(r);
    if (!mig_effect_take_identifier(r, &name))
        return false;
    if (!if_exists) {
        MigEffect *effect = mig_effect_mark(r, MIG_EFFECT_THERE, MIG_OBJECT_COLUMN, s->name.schema,
                                            s->name.name, name);
        effect->type = mig_effect_take_type(r);
        if (effect->type == NULL)
            return false;
    }
    mig_effect_skip_item(r);
    return true;
}

static bool
read_drop(EffectReader *r, const Subject *s)
{
    g_autofree char *name = NULL;
    bool constraint = mig_effect_take(r, "constraint");

    if (!constraint)
        mig_effect_take(r, "column");
    bool if_exists = mig_effect_take_if(r);
    if (!mig_effect_take_identifier(r, &name))
        return false;
    if (!if_exists)
        mig_effect_mark(r, MIG_EFFECT_GONE, constraint ? MIG_OBJECT_CONSTRAINT : MIG_OBJECT_COLUMN,
                        s->name.schema, s->name.name, name);
    mig_effect_skip_item(r);
    return true;
}

/* USING a::type, where converting what is converted already changes nothing. */
static bool
only_casts(EffectReader *r, const char *column, const char *type)
{
    g_autofree char *name = NULL;
    bool wrapped = mig_effect_take_mark(r, '(');

    if (!mig_effect_take_identifier(r, &name) || strcmp(name, column) != 0)
        return false;
    const MigToken *token = &r->words.token;
    if (token->length != 2 || memcmp(r->words.lexer.text + token->offset, "::", 2) != 0)
        return false;
    mig_words_next(&r->words);
    g_autofree char *cast = mig_effect_take_type(r);
    if (cast == NULL || g_ascii_strcasecmp(cast, type) != 0 ||
        (wrapped && !mig_effect_take_mark(r, ')')))
        return false;
    return mig_effect_at_end(r) || mig_words_is_mark(&r->words, ',');
}

static bool
read_column_type(EffectReader *r, const char *column)
{
    g_autofree char *type = mig_effect_take_type(r);

    if (type == NULL)
        return false;
    if (mig_effect_take(r, "collate")) {
        g_auto(EffectName) collation = {NULL, NULL};
        if (!mig_effect_take_name(r, &collation))
            return false;
    }
    if (mig_effect_take(r, "using")) {
        /* The type may have been this one before, with USING to change what is in the column. */
        MigWords expression = r->words;
        r->hidden = !only_casts(r, column, type) || r->hidden;
        r->words = expression;
    }
    mig_effect_skip_item(r);
    return true;
}

static bool
read_alter_column(EffectReader *r)
{
    g_autofree char *name = NULL;

    if (mig_effect_take(r, "constraint")) {
        mig_effect_skip_item(r);
        return true;
    }
    mig_effect_take(r, "column");
    if (!mig_effect_take_identifier(r, &name))
        return false;
    if (mig_effect_take_two(r, "set", "data") || mig_effect_is(r, "type"))
        return mig_effect_take(r, "type") && read_column_type(r, name);

    /* DROP EXPRESSION, DROP IDENTITY, ADD GENERATED fail the second time, RESTART undoes what others
     * did meanwhile. */
    bool harmless = false;
    if (mig_effect_take(r, "drop"))
        harmless = mig_effect_is(r, "default") || mig_effect_take_two(r, "not", "null") ||
                   mig_effect_find_if(r, 1);
    else if (mig_effect_take(r, "set"))
        harmless = !mig_effect_is(r, "generated");
    else
        harmless = mig_effect_is(r, "reset");
    r->hidden = r->hidden || !harmless;
    mig_effect_skip_item(r);
    return true;
}

static bool
read_rename(EffectReader *r, const Subject *s)
{
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;

    if (mig_effect_take(r, "to")) {
        if (!mig_effect_take_identifier(r, &to))
            return false;
        mig_effect_mark_rename(r, s->object, s->name.schema, NULL, s->name.name, to);
        return true;
    }
    bool constraint = mig_effect_take(r, "constraint");
    if (!constraint)
        mig_effect_take(r, "column");
    if (!mig_effect_take_identifier(r, &from) || !mig_effect_take(r, "to") ||
        !mig_effect_take_identifier(r, &to))
        return false;
    mig_effect_mark_rename(r, constraint ? MIG_OBJECT_CONSTRAINT : MIG_OBJECT_COLUMN,
                           s->name.schema, s->name.name, from, to);
    return true;
}

static bool
read_set_schema(EffectReader *r, const Subject *s)
{
    g_autofree char *schema = NULL;

    if (!mig_effect_take_identifier(r, &schema))
        return false;
    /* Without its schema it might be found through the search path afterwards, too. */
    if (s->name.schema != NULL)
        mig_effect_mark(r, MIG_EFFECT_GONE, s->object, s->name.schema, NULL, s->name.name);
    mig_effect_mark(r, MIG_EFFECT_THERE, s->object, schema, NULL, s->name.name);
    return true;
}

static bool
read_action(EffectReader *r, const Subject *s)
{
    if (mig_effect_take(r, "add"))
        return read_add(r, s);
    if (mig_effect_take(r, "drop"))
        return read_drop(r, s);
    if (mig_effect_take(r, "alter"))
        return read_alter_column(r);
    if (mig_effect_take(r, "rename"))
        return read_rename(r, s);
    if (mig_effect_take_two(r, "set", "schema"))
        return read_set_schema(r, s);
    if (mig_effect_take_two(r, "no", "inherit") || mig_effect_is(r, "inherit") ||
        mig_effect_is(r, "attach") || mig_effect_is(r, "detach") || mig_effect_is(r, "of") ||
        mig_effect_is(r, "not"))
        return skip_hidden(r);
    if (!mig_words_is_any(&r->words, settings))
        return false;
    mig_effect_skip_item(r);
    return true;
}

/* Tables, views and indexes, which have their actions in common. */
static bool
read_relation(EffectReader *r, MigObjectKind object)
{
    g_auto(EffectName) name = {NULL, NULL};

    mig_effect_take_if(r);
    mig_effect_take(r, "only");
    /* ALTER TABLE ALL IN TABLESPACE */
    if (mig_effect_is(r, "all") || !mig_effect_take_name(r, &name))
        return false;
    mig_effect_take_mark(r, '*');

    const Subject subject = {object, name};
    do {
        if (!read_action(r, &subject))
            return false;
    } while (mig_effect_take_mark(r, ','));
    return mig_effect_at_end(r);
}

/* Words of what is set by ALTER of other objects, and may be set again. */
static bool
only_sets(EffectReader *r, MigObjectKind object)
{
    static const char *const domain[] = {"set", "owner", "validate", NULL};
    static const char *const extension[] = {"update", NULL};
    static const char *const routine[] = {
        "owner",   "set",    "reset",    "immutable", "stable",    "volatile", "called",
        "returns", "strict", "security", "external",  "leakproof", "not",      "parallel",
        "cost",    "rows",   "support",  "depends",   NULL};
    static const char *const others[] = {
        "owner", "set", "reset", "with", "allow_connections", "connection", "is_template", NULL};

    if (object == MIG_OBJECT_SEQUENCE) {
        /* RESTART takes back what others have drawn from it meanwhile. */
        MigWords words = r->words;
        return !mig_words_find(&words, "restart");
    }
    if (object == MIG_OBJECT_TYPE)
        return mig_words_is_any(&r->words, domain) || mig_effect_take_two(r, "drop", "default") ||
               mig_effect_take_two(r, "drop", "not");
    if (object == MIG_OBJECT_EXTENSION)
        return mig_words_is_any(&r->words, extension);
    if (object == MIG_OBJECT_ROUTINE)
        return mig_words_is_any(&r->words, routine);
    return mig_words_is_any(&r->words, others);
}

/* ALTER TYPE t ADD VALUE IF NOT EXISTS */
static bool
adds_value_if_not_there(EffectReader *r)
{
    return mig_effect_take_two(r, "add", "value") && mig_effect_take_if(r);
}

static bool
read_object(EffectReader *r, MigObjectKind object)
{
    g_auto(EffectName) name = {NULL, NULL};

    mig_effect_take_if(r);
    if (!mig_effect_take_name(r, &name))
        return false;
    if (object == MIG_OBJECT_ROUTINE)
        mig_words_take_parens(&r->words);

    const Subject subject = {object, name};
    if (mig_effect_take_two(r, "rename", "to")) {
        g_autofree char *to = NULL;
        if (!mig_effect_take_identifier(r, &to))
            return false;
        mig_effect_mark_rename(r, object, name.schema, NULL, name.name, to);
        return mig_effect_at_end(r);
    }
    if (mig_effect_take_two(r, "set", "schema"))
        /* A routine with other parameters may be in that schema, an extension hasn't one. */
        return object != MIG_OBJECT_ROUTINE && object != MIG_OBJECT_EXTENSION &&
               read_set_schema(r, &subject);
    if (object == MIG_OBJECT_TYPE && adds_value_if_not_there(r))
        return true;
    return only_sets(r, object);
}

static bool
read_trigger(EffectReader *r)
{
    g_auto(EffectName) table = {NULL, NULL};
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;

    if (!mig_effect_take_identifier(r, &from) || !mig_effect_take(r, "on") ||
        !mig_effect_take_name(r, &table))
        return false;
    /* DEPENDS ON EXTENSION */
    if (!mig_effect_take_two(r, "rename", "to"))
        return true;
    if (!mig_effect_take_identifier(r, &to))
        return false;
    mig_effect_mark_rename(r, MIG_OBJECT_TRIGGER, table.schema, table.name, from, to);
    return mig_effect_at_end(r);
}

bool
mig_effect_read_postgres_alter(EffectReader *r)
{
    static const struct {
        const char *word;
        MigObjectKind object;
    } objects[] = {
        {"sequence", MIG_OBJECT_SEQUENCE}, {"type", MIG_OBJECT_TYPE},
        {"domain", MIG_OBJECT_TYPE},       {"schema", MIG_OBJECT_SCHEMA},
        {"database", MIG_OBJECT_DATABASE}, {"extension", MIG_OBJECT_EXTENSION},
        {"function", MIG_OBJECT_ROUTINE},  {"procedure", MIG_OBJECT_ROUTINE},
        {"routine", MIG_OBJECT_ROUTINE},   {"aggregate", MIG_OBJECT_ROUTINE},
    };

    if (mig_effect_take(r, "table") || mig_effect_take_two(r, "foreign", "table"))
        return read_relation(r, MIG_OBJECT_TABLE);
    if (mig_effect_take(r, "view") || mig_effect_take_two(r, "materialized", "view"))
        return read_relation(r, MIG_OBJECT_VIEW);
    if (mig_effect_take(r, "index"))
        return read_relation(r, MIG_OBJECT_INDEX);
    if (mig_effect_take(r, "trigger"))
        return read_trigger(r);
    for (size_t i = 0; i < G_N_ELEMENTS(objects); i++) {
        if (mig_effect_take(r, objects[i].word))
            return read_object(r, objects[i].object);
    }
    /* ALTER SYSTEM SET, ALTER DEFAULT PRIVILEGES */
    return mig_effect_is(r, "system") || mig_effect_take_two(r, "default", "privileges");
}

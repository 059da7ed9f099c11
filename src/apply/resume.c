/* SPDX-License-Identifier: MIT */
/* Where an interrupted migration stands: journal, then catalog, then a refusal. */
#include "apply/resume.h"

#include "base/text.h"
#include "history/settle.h"
#include "sql/effect.h"
#include "sql/words.h"

#include <migrate/source.h>
#include <string.h>

typedef struct {
    MigHistoryTable *table;
    const MigRecord *record;
    const char *sql; /* (borrowed) the statement in doubt */
    size_t length;
    GString *seen; /* (owned) what was looked for, and whether it is there */
    size_t hold;   /* effects that are as they are after the statement */
    size_t differ;
    const char *schema; /* (borrowed) the current one; NULL where the engine has none */
    bool namesake;      /* something of a name that was dropped is in another schema */
} Doubt;

static bool
is_down(const MigRecord *record)
{
    return record->state == MIG_STATE_REVERTING || record->state == MIG_STATE_REVERT_FAILED;
}

/* Whether what was found is what the statement makes; a name alone may be another object's. */
static bool
holds(const MigEffect *effect, const MigFound *found, MigEngine engine)
{
    bool index = effect->object == MIG_OBJECT_INDEX;

    if (effect->kind == MIG_EFFECT_GONE)
        return !found->exists;
    /* A constraint may be meant to come out not validated. */
    if (!found->exists || (index && found->invalid))
        return false;
    if (effect->type != NULL && found->type != NULL &&
        !mig_effect_type_matches(effect->type, found->type, engine))
        return false;
    if (!index)
        return true;
    if (effect->columns != NULL && found->columns != NULL &&
        g_ascii_strcasecmp(effect->columns, found->columns) != 0)
        return false;
    return !effect->unique || found->unique;
}

/* What a statement drops without a schema's name may have a namesake further along the search path,
 * which is not what it dropped: nobody can tell from the catalog then. */
static bool
is_namesake(Doubt *doubt, const MigEffect *effect, const MigObject *object, bool *out_namesake,
            GError **error)
{
    MigTarget *target = mig_history_table_target(doubt->table);
    MigFound found = {.exists = false};
    MigObject here = *object;

    *out_namesake = false;
    if (effect->kind != MIG_EFFECT_GONE || effect->schema != NULL || doubt->schema == NULL)
        return true;
    here.schema = doubt->schema;
    if (!mig_target_find(target, &here, &found, error))
        return false;
    *out_namesake = !found.exists;
    mig_found_clear(&found);
    return true;
}

static bool
look_for(Doubt *doubt, const MigEffect *effect, GError **error)
{
    MigTarget *target = mig_history_table_target(doubt->table);
    const MigObject object = {
        .kind = effect->object,
        /* What is made without a schema's name is made in the current one, and only there. */
        .schema = effect->schema == NULL && effect->made_here ? doubt->schema : effect->schema,
        .table = effect->table,
        .name = effect->name,
    };
    g_autofree char *what = mig_effect_describe(effect);
    MigFound found = {.exists = false};

    if (!mig_target_find(target, &object, &found, error))
        return false;
    bool namesake = false;
    if (found.exists && !is_namesake(doubt, effect, &object, &namesake, error)) {
        mig_found_clear(&found);
        return false;
    }
    doubt->namesake = doubt->namesake || namesake;
    bool as_after = holds(effect, &found, mig_target_server(target)->engine);
    doubt->hold += as_after ? 1 : 0;
    doubt->differ += as_after ? 0 : 1;
    g_string_append_printf(doubt->seen, "\n    %s: %s%s%s", what,
                           !found.exists   ? "not there"
                           : namesake      ? "there, but in another schema"
                           : found.invalid ? "there, but invalid"
                                           : "there",
                           found.exists && found.type != NULL ? ", of type " : "",
                           found.exists && found.type != NULL ? found.type : "");
    mig_found_clear(&found);
    return true;
}

static bool
refuse(const Doubt *doubt, const char *why, GError **error)
{
    const MigRecord *record = doubt->record;
    g_autofree char *shown = mig_text_one_line(doubt->sql, doubt->length, 66);

    g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                "the last run of %s %s was interrupted while it executed statement %d of its %s:\n"
                "    %s\n"
                "  whether that took effect can't be told: %s%s\n"
                "  look at the database, then type\n"
                "    migrate repair %s --done     if it took effect\n"
                "    migrate repair %s --retry    if it did not\n"
                "  and run this again",
                record->version, record->name, record->doing, is_down(record) ? "DOWN" : "UP",
                shown, why, doubt->seen->str, record->version, record->version);
    return false;
}

static bool
decide(Doubt *doubt, MigSettleBy by, MigSettlement *out_settlement, GError **error)
{
    if (by == MIG_SETTLE_BY_HAND)
        return refuse(doubt, "nothing in the catalog shows what it does", error);
    if (doubt->namesake)
        return refuse(doubt, "what it drops has a namesake elsewhere", error);
    if (by == MIG_SETTLE_BY_REPEATING || doubt->hold == 0) {
        *out_settlement = MIG_SETTLE_RETRY;
        return true;
    }
    if (doubt->differ == 0) {
        *out_settlement = MIG_SETTLE_DONE;
        return true;
    }
    return refuse(doubt, "the catalog shows some of it, but not all", error);
}

static bool
settle_doubt(Doubt *doubt, GPtrArray *notices, GError **error)
{
    const MigServer *server = mig_target_server(mig_history_table_target(doubt->table));
    g_autoptr(MigEffects) effects =
        mig_effects_of(doubt->sql, doubt->length, server->engine, server->version);
    MigSettlement settlement = MIG_SETTLE_RETRY;

    for (guint i = 0; i < effects->effects->len; i++) {
        if (!look_for(doubt, g_ptr_array_index(effects->effects, i), error))
            return false;
    }
    MigSettleBy by = effects->effects->len == 0 && effects->by == MIG_SETTLE_BY_CATALOG
                         ? MIG_SETTLE_BY_HAND
                         : effects->by;
    if (!decide(doubt, by, &settlement, error) ||
        !mig_settle(doubt->table, doubt->record, settlement, error))
        return false;
    g_ptr_array_add(
        notices,
        g_strdup_printf("statement %d of %s %s, which an earlier run was interrupted "
                        "in, %s%s",
                        doubt->record->doing, doubt->record->version, doubt->record->name,
                        settlement == MIG_SETTLE_DONE ? "had taken effect: going on behind it"
                                                      : "had not taken effect: executing it again",
                        doubt->seen->str));
    return true;
}

/* The history can't be written between LOCK TABLES and UNLOCK TABLES. */
static bool
locks_tables(const Doubt *doubt, MigEngine engine)
{
    MigWords words;

    mig_words_init(&words, doubt->sql, doubt->length, engine);
    return (engine & MIG_ENGINE_MYSQL_FAMILY) != 0 && mig_words_take(&words, "lock") &&
           (mig_words_is(&words, "tables") || mig_words_is(&words, "table"));
}

static bool
settle_record(MigHistoryTable *table, const MigRecord *record, GPtrArray *notices, GError **error)
{
    g_autofree char *up = NULL;
    g_autofree char *down = NULL;
    MigEngine engine = mig_target_server(mig_history_table_target(table))->engine;

    if (!mig_history_sql(table, record->version, &up, &down, error))
        return false;
    const char *text = is_down(record) ? down : up;
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autofree char *schema = NULL;
    if ((mig_target_caps(mig_history_table_target(table)) & MIG_CAP_SCHEMAS) != 0) {
        schema = mig_target_default_schema(mig_history_table_target(table), error);
        if (schema == NULL)
            return false;
    }
    Doubt doubt = {.table = table, .record = record, .sql = "", .seen = seen, .schema = schema};
    if (text == NULL)
        return refuse(&doubt, "its SQL wasn't recorded", error);

    g_autofree char *path = g_strdup_printf("recorded SQL of %s", record->version);
    g_autoptr(MigScript) script = mig_source_parse_script(path, text, engine, error);
    if (script == NULL)
        return false;
    if ((size_t)record->doing > script->statements->len)
        return refuse(&doubt, "the recorded SQL has fewer statements", error);
    const MigStatement *statement = mig_script_statement(script, (size_t)record->doing - 1);
    doubt.sql = script->text + statement->offset;
    doubt.length = statement->length;
    if (locks_tables(&doubt, engine))
        return refuse(&doubt,
                      "what follows up to UNLOCK TABLES is not journalled, and some of it may be "
                      "done: undo that by hand first",
                      error);
    return settle_doubt(&doubt, notices, error);
}

bool
mig_resume_settle(MigHistoryTable *table, const MigHistory *history, GPtrArray *notices,
                  size_t *out_settled, GError **error)
{
    *out_settled = 0;
    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        if (!mig_record_in_doubt(record))
            continue;
        if (!settle_record(table, record, notices, error))
            return false;
        (*out_settled)++;
    }
    return true;
}

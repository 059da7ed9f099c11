/* SPDX-License-Identifier: MIT */
/* Concurrent index builds: what a failed one leaves is dropped, and never taken for an index. */
#include "apply/index.h"

#include "sql/effect.h"
#include "sql/lexer.h"

#include <string.h>

void
mig_build_clear(MigBuild *build)
{
    g_clear_pointer(&build->schema, g_free);
    g_clear_pointer(&build->name, g_free);
}

/* CREATE [UNIQUE] INDEX CONCURRENTLY */
static bool
is_concurrent_build(const char *sql, size_t length)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, sql, length, MIG_ENGINE_POSTGRES);
    if (!mig_lexer_next(&lexer, &token) || !mig_token_is(&lexer, &token, "create"))
        return false;
    if (!mig_lexer_next(&lexer, &token))
        return false;
    if (mig_token_is(&lexer, &token, "unique") && !mig_lexer_next(&lexer, &token))
        return false;
    return mig_token_is(&lexer, &token, "index") && mig_lexer_next(&lexer, &token) &&
           mig_token_is(&lexer, &token, "concurrently");
}

static bool
find_index(MigTarget *target, const MigBuild *build, MigFound *found, GError **error)
{
    const MigObject object = {
        .kind = MIG_OBJECT_INDEX,
        .schema = build->schema,
        .name = build->name,
    };

    return mig_target_find(target, &object, found, error);
}

static bool
drop_index(MigTarget *target, const MigBuild *build, GError **error)
{
    g_autofree char *name = mig_target_quote(target, build->name);
    g_autofree char *schema =
        build->schema != NULL ? mig_target_quote(target, build->schema) : NULL;
    g_autofree char *sql =
        g_strdup_printf("DROP INDEX CONCURRENTLY IF EXISTS %s%s%s", schema != NULL ? schema : "",
                        schema != NULL ? "." : "", name);

    return mig_target_exec_text(target, sql, error);
}

/* An invalid index that is there before we begin. */
static bool
settle_invalid(MigTarget *target, const MigBuild *build, bool ours, GError **error)
{
    if (ours)
        return drop_index(target, build, error);
    g_set_error(
        error, MIG_ERROR, MIG_ERROR_FAILED,
        "an index \"%s\" is there already, and is invalid: a build that failed left it, no "
        "query uses it and every write maintains it\n"
        "  drop it with DROP INDEX CONCURRENTLY \"%s\"; it is not this migration's, so that "
        "it is not dropped for you",
        build->name, build->name);
    return false;
}

bool
mig_build_prepare(MigTarget *target, const char *sql, size_t length, bool ours, MigBuild *out_build,
                  GError **error)
{
    const MigServer *server = mig_target_server(target);
    MigFound found = {.exists = false};

    *out_build = (MigBuild){NULL, NULL};
    if (server->engine != MIG_ENGINE_POSTGRES || !mig_target_can_find(target) ||
        !is_concurrent_build(sql, length))
        return true;

    g_autoptr(MigEffects) effects = mig_effects_of(sql, length, server->engine, server->version);
    for (guint i = 0; i < effects->effects->len; i++) {
        const MigEffect *effect = g_ptr_array_index(effects->effects, i);
        if (effect->object != MIG_OBJECT_INDEX || effect->kind != MIG_EFFECT_THERE)
            continue;
        out_build->schema = g_strdup(effect->schema);
        out_build->name = g_strdup(effect->name);
    }
    if (out_build->name == NULL)
        return true;
    if (!find_index(target, out_build, &found, error))
        return false;
    bool invalid = found.exists && found.invalid;
    mig_found_clear(&found);
    return !invalid || settle_invalid(target, out_build, ours, error);
}

bool
mig_build_check(MigTarget *target, const MigBuild *build, bool *out_looked, GError **error)
{
    MigFound found = {.exists = false};

    if (build->name == NULL)
        return true;
    *out_looked = find_index(target, build, &found, error);
    if (!*out_looked)
        return false;
    bool invalid = found.exists && found.invalid;
    mig_found_clear(&found);
    if (!invalid)
        return true;
    if (!drop_index(target, build, error))
        return false;
    g_set_error(error, MIG_ERROR, MIG_ERROR_SQL,
                "the index \"%s\" came out invalid; what was left of it has been dropped",
                build->name);
    return false;
}

void
mig_build_undo(MigTarget *target, const MigBuild *build)
{
    MigFound found = {.exists = false};

    if (build->name == NULL || mig_target_transaction(target) != MIG_TXN_NONE ||
        !find_index(target, build, &found, NULL))
        return;
    bool invalid = found.exists && found.invalid;
    mig_found_clear(&found);
    if (invalid)
        drop_index(target, build, NULL);
}

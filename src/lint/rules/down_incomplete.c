/* SPDX-License-Identifier: MIT */
/* DOWN that doesn't give the schema of before. */
#include "lint/rollback.h"
#include "lint/rule.h"

#include <string.h>

/* So many differences are told; the others are counted. */
#define MAX_TOLD 6

/** One thing of a catalog's dump. */
typedef struct {
    char *key;  /* (owned) what it is: "column score of public.users" */
    char *line; /* (owned) all that is known of it */
    char *head; /* (owned) key of what it is a part of; NULL: it is a part of nothing */
} Thing;

static void
free_thing(gpointer data)
{
    Thing *thing = data;

    g_free(thing->key);
    g_free(thing->line);
    g_free(thing->head);
    g_free(thing);
}

/* The end of a name in a dump, which is in quotes where it isn't plain. */
static const char *
skip_name(const char *at)
{
    while (*at != '\0' && *at != ' ') {
        char quote = *at == '\'' || *at == '"' ? *at : '\0';

        at++;
        while (quote != '\0' && *at != '\0' && *at != quote)
            at++;
        if (quote != '\0' && *at != '\0')
            at++;
    }
    return at;
}

/* Kinds of more than a word; all others are one. */
static const char *
skip_kind(const char *line)
{
    static const char *const kinds[] = {"partitioned table ", "materialized view ",
                                        "foreign table ",     "virtual table ",
                                        "event trigger ",     "text search "};

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (g_str_has_prefix(line, kinds[i]))
            return line + strlen(kinds[i]);
    }
    const char *space = strchr(line, ' ');
    return space != NULL ? space + 1 : line;
}

/* What isn't known, what a view reads, and what comes and goes with something else. */
static bool
is_told_elsewhere(const char *line)
{
    if (g_str_has_prefix(line, "incomplete:") || g_str_has_prefix(line, "  reads ") ||
        (g_str_has_prefix(line, "sequence ") && strstr(line, " table=") != NULL))
        return true;
    return g_str_has_prefix(line, "  index ") && strstr(line, " constraint=") != NULL;
}

static bool
is_uncertain(const char *line)
{
    static const char *const flags[] = {" uncertain", " null?", " name?", " columns?", " assumed"};

    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        if (strstr(line, flags[i]) != NULL)
            return true;
    }
    return false;
}

static GHashTable *
read_things(const MigCatalog *catalog, GPtrArray *order)
{
    g_autofree char *dump = mig_catalog_dump(catalog);
    g_auto(GStrv) lines = g_strsplit(dump, "\n", -1);
    GHashTable *things = g_hash_table_new(g_str_hash, g_str_equal);
    const Thing *head = NULL;

    for (char **line = lines; *line != NULL; line++) {
        bool member = g_str_has_prefix(*line, "  ");
        const char *text = *line + (member ? 2 : 0);
        const char *end = skip_name(skip_kind(text));

        if (*text == '\0' || is_told_elsewhere(*line) || (member && head == NULL))
            continue;
        Thing *thing = g_new0(Thing, 1);
        g_autofree char *name = g_strndup(text, (gsize)(end - text));
        thing->key = member ? g_strdup_printf("%s of %s", name, skip_kind(head->key))
                            : g_steal_pointer(&name);
        thing->line = g_strdup(text);
        thing->head = member ? g_strdup(head->key) : NULL;
        g_ptr_array_add(order, thing);
        g_hash_table_insert(things, thing->key, thing);
        if (!member)
            head = thing;
    }
    return things;
}

typedef struct {
    GHashTable *before; /* key to Thing, borrowed */
    GHashTable *after;
    bool complete;                    /* what isn't in them isn't there */
    GPtrArray *left, *lost, *changed; /* (owned) const Thing *, borrowed, of the later catalog */
} Comparison;

static const Thing *
head_of(GHashTable *things, const Thing *thing)
{
    return thing->head != NULL ? g_hash_table_lookup(things, thing->head) : NULL;
}

/* Of what came or went as a whole its parts aren't told. */
static bool
is_worth_telling(const Comparison *comparison, const Thing *thing)
{
    const Thing *before = head_of(comparison->before, thing);
    const Thing *after = head_of(comparison->after, thing);

    if (is_uncertain(thing->line))
        return false;
    if (thing->head == NULL)
        return comparison->complete;
    return before != NULL && after != NULL && !is_uncertain(before->line) &&
           !is_uncertain(after->line);
}

static void
compare(Comparison *comparison, const GPtrArray *before, const GPtrArray *after)
{
    for (guint i = 0; i < after->len; i++) {
        Thing *thing = g_ptr_array_index(after, i);
        const Thing *old = g_hash_table_lookup(comparison->before, thing->key);

        if (!is_worth_telling(comparison, thing))
            continue;
        if (old == NULL)
            g_ptr_array_add(comparison->left, thing);
        else if (strcmp(old->line, thing->line) != 0 && !is_uncertain(old->line))
            g_ptr_array_add(comparison->changed, thing);
    }
    for (guint i = 0; i < before->len; i++) {
        Thing *thing = g_ptr_array_index(before, i);

        if (g_hash_table_lookup(comparison->after, thing->key) == NULL &&
            is_worth_telling(comparison, thing))
            g_ptr_array_add(comparison->lost, thing);
    }
}

/* A schema that needn't be written isn't shown. */
static const char *
show(MigLintContext *ctx, const char *text)
{
    const MigName any = {.name = "t"};
    const char *schema = mig_catalog_schema_for(ctx->catalog, &any, false);
    g_autofree char *prefix = g_strdup_printf(" %s.", schema);
    const char *found = *schema != '\0' ? strstr(text, prefix) : NULL;

    if (found == NULL)
        return text;
    return mig_lint_format(ctx, "%.*s %s", (int)(found - text), text, found + strlen(prefix));
}

/* Adds "leaves a, b and c"; @told counts all that is named so far. */
static void
say(MigLintContext *ctx, GPtrArray *words, const char *verb, const GPtrArray *things, guint *told)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < things->len && *told < MAX_TOLD; i++, (*told)++) {
        const Thing *thing = g_ptr_array_index(things, i);
        g_ptr_array_add(names, (gpointer)(uintptr_t)show(ctx, thing->key));
    }
    if (things->len > names->len)
        g_ptr_array_add(
            names, (gpointer)(uintptr_t)mig_lint_format(ctx, "%u more", things->len - names->len));
    if (names->len > 0)
        g_ptr_array_add(words,
                        (gpointer)(uintptr_t)mig_lint_format(
                            ctx, "%s %s", verb,
                            mig_lint_list(ctx, (const char *const *)names->pdata, names->len)));
}

static const char *
join(MigLintContext *ctx, const GPtrArray *words)
{
    const char *text = g_ptr_array_index(words, 0);

    for (guint i = 1; i < words->len; i++)
        text = mig_lint_format(ctx, "%s; it %s", text, (char *)g_ptr_array_index(words, i));
    return text;
}

static void
report(MigLintContext *ctx, const Comparison *comparison)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    MigPlace place = {.line = ctx->step->step->script->line};
    guint told = 0;

    say(ctx, words, "leaves", comparison->left, &told);
    say(ctx, words, "loses", comparison->lost, &told);
    say(ctx, words, "changes", comparison->changed, &told);
    if (words->len == 0)
        return;
    if (ctx->step->step->script->statements->len > 0)
        place.line = mig_script_statement(ctx->step->step->script, 0)->line;
    MigFinding *finding =
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "DOWN %s", join(ctx, words));
    for (guint i = 0; i < comparison->changed->len && i < MAX_TOLD; i++) {
        const Thing *thing = g_ptr_array_index(comparison->changed, i);
        const Thing *old = g_hash_table_lookup(comparison->before, thing->key);
        mig_lint_step(finding, "Before it was: %s; it is now: %s.", show(ctx, old->line),
                      show(ctx, thing->line));
    }
}

static void
check(MigLintContext *ctx)
{
    const MigCatalog *catalog = mig_lint_before_up(ctx);

    /* What can't be read may have done the rest. */
    if (catalog == NULL || mig_lint_is_irreversible(ctx) ||
        mig_catalog_complete(catalog) != mig_catalog_complete(ctx->catalog))
        return;

    g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func(free_thing);
    g_autoptr(GPtrArray) now = g_ptr_array_new_with_free_func(free_thing);
    g_autoptr(GHashTable) before = read_things(catalog, old);
    g_autoptr(GHashTable) after = read_things(ctx->catalog, now);
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    g_autoptr(GPtrArray) lost = g_ptr_array_new();
    g_autoptr(GPtrArray) changed = g_ptr_array_new();
    Comparison comparison = {before, after, mig_catalog_complete(catalog), left, lost, changed};

    compare(&comparison, old, now);
    report(ctx, &comparison);
}

const MigRule mig_rule_down_incomplete = {
    .id = "down-incomplete",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BACK,
    .wants_before = true,
    .summary = "DOWN doesn't give the schema of before",
    .danger =
        "After a rollback the schema is one that no version of the code was written for, and UP "
        "may fail when it is run again.",
    .steps = {"Revert in DOWN every change of UP, the last one first."},
    .check_end = check,
};

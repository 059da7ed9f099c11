/* SPDX-License-Identifier: MIT */
/* CASCADE of a DROP, which takes things along that nobody has named. */
#include "lint/edit.h"
#include "lint/rule.h"

#include <string.h>

typedef struct {
    MigLintContext *ctx;
    const MigTable *table;
    const char *const *columns; /* only what depends on these; NULL: on anything */
    size_t n_columns;
    GPtrArray *words; /* (owned) const char *: what goes along, for people */
    GString *drops;   /* the statements that say so */
    bool drops_known; /* and that do it all, in whatever order they stand */
    unsigned n_views;
} Dependents;

static bool
is_dropped_too(const MigLintContext *ctx, const MigTable *table)
{
    const MigChanges *changes = ctx->statement->changes;

    for (size_t i = 0; i < changes->n_changes; i++) {
        MigChangeKind kind = changes->changes[i].kind;
        bool drops = kind == MIG_CHANGE_DROP_TABLE || kind == MIG_CHANGE_DROP_VIEW ||
                     kind == MIG_CHANGE_DROP_MATERIALIZED_VIEW;
        if (drops && mig_lint_table(ctx, &changes->changes[i].table) == table)
            return true;
    }
    return false;
}

static const char *
written(MigLintContext *ctx, const MigTable *table)
{
    const char *name = mig_lint_ident(ctx, table->name);
    const char *shown = mig_lint_table_name(ctx, table);

    return strcmp(shown, table->name) == 0
               ? name
               : mig_lint_format(ctx, "%s.%s", mig_lint_ident(ctx, table->schema), name);
}

static void
add_word(Dependents *found, const char *word)
{
    if (!g_ptr_array_find_with_equal_func(found->words, word, g_str_equal, NULL))
        g_ptr_array_add(found->words, (gpointer)(uintptr_t)word);
}

static void
add_view(const MigTable *view, gpointer data)
{
    Dependents *found = data;
    MigLintContext *ctx = found->ctx;
    bool materialized = view->kind == MIG_RELATION_MATERIALIZED_VIEW;

    if (is_dropped_too(ctx, view))
        return;
    add_word(found, mig_lint_format(ctx, "%s %s", materialized ? "materialized view" : "view",
                                    mig_lint_table_name(ctx, view)));
    g_string_append_printf(found->drops, "DROP %s %s;\n",
                           materialized ? "MATERIALIZED VIEW" : "VIEW", written(ctx, view));
    found->n_views++;
}

static bool
is_about(const Dependents *found, const MigTableConstraint *key)
{
    for (size_t i = 0; i < key->n_ref_columns; i++) {
        for (size_t j = 0; j < found->n_columns; j++) {
            if (strcmp(key->ref_columns[i], found->columns[j]) == 0)
                return true;
        }
    }
    return found->columns == NULL;
}

static void
add_key(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    Dependents *found = data;
    MigLintContext *ctx = found->ctx;

    if (child == found->table || is_dropped_too(ctx, child) || !is_about(found, key))
        return;
    add_word(found, mig_lint_format(ctx, "foreign key %s of %s", key->name,
                                    mig_lint_table_name(ctx, child)));
    g_string_append_printf(found->drops, "ALTER TABLE %s DROP CONSTRAINT %s;\n",
                           written(ctx, child), mig_lint_ident(ctx, key->name));
    found->drops_known = found->drops_known && key->name_known && !key->inherited;
}

static void
add_children(Dependents *found, const MigTable *table)
{
    for (guint i = 0; i < table->children->len; i++) {
        const MigTable *child = g_ptr_array_index(table->children, i);

        /* A partition is a part of it, and goes without any CASCADE. */
        if (child->is_partition || is_dropped_too(found->ctx, child))
            continue;
        add_word(found,
                 mig_lint_format(found->ctx, "table %s", mig_lint_table_name(found->ctx, child)));
        found->drops_known = false;
    }
}

static void
add_user(const MigTable *user, gpointer data)
{
    Dependents *found = data;

    add_word(found,
             mig_lint_format(found->ctx, "columns of %s", mig_lint_table_name(found->ctx, user)));
    found->drops_known = false;
}

/* Returns: whether the catalog knows all that depends on it */
static bool
collect_of_table(Dependents *found, const MigChange *change)
{
    const MigCatalog *catalog = found->ctx->catalog;
    const MigTable *table = mig_lint_table(found->ctx, &change->table);

    if (table == NULL)
        return !mig_lint_is_unknown(found->ctx, &change->table);
    found->table = table;
    if (change->kind == MIG_CHANGE_DROP_COLUMN) {
        found->columns = (const char *const *)&change->name.name;
        found->n_columns = 1;
        mig_catalog_each_view_of(catalog, table, change->name.name, add_view, found);
    } else if (change->kind == MIG_CHANGE_DROP_CONSTRAINT) {
        const MigTableConstraint *key = mig_table_constraint(table, change->name.name);
        if (key == NULL)
            return false;
        if (key->kind != MIG_CONSTRAINT_PRIMARY_KEY && key->kind != MIG_CONSTRAINT_UNIQUE)
            return true;
        found->columns = key->columns;
        found->n_columns = key->n_columns;
    } else {
        mig_catalog_each_view_of(catalog, table, NULL, add_view, found);
        add_children(found, table);
    }
    mig_catalog_each_reference(catalog, table, add_key, found);
    return mig_catalog_complete(catalog);
}

static bool
collect(Dependents *found, const MigChange *change)
{
    const MigCatalog *catalog = found->ctx->catalog;
    const MigUserType *type = NULL;

    if (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_DROP_VIEW ||
        change->kind == MIG_CHANGE_DROP_MATERIALIZED_VIEW ||
        change->kind == MIG_CHANGE_DROP_COLUMN || change->kind == MIG_CHANGE_DROP_CONSTRAINT)
        return collect_of_table(found, change);
    if (change->kind == MIG_CHANGE_DROP_ROUTINE || change->kind == MIG_CHANGE_OWNED)
        return false;
    if (change->kind != MIG_CHANGE_DROP_OBJECT)
        return true;
    if (change->object_type == MIG_TYPE_OF_SCHEMA || change->object_type == MIG_TYPE_OF_EXTENSION)
        return false;
    if (change->object_type != MIG_TYPE_OF_TYPE && change->object_type != MIG_TYPE_OF_DOMAIN)
        return true;
    if (mig_catalog_type(catalog, change->name.schema, change->name.name, &type) ==
        MIG_LOOKUP_FOUND)
        mig_catalog_each_user_of_type(catalog, type, add_user, found);
    return mig_catalog_complete(catalog);
}

/* Says by statements what CASCADE does without saying it. */
static void
fix(MigLintContext *ctx, MigFinding *finding, const MigChange *change, const Dependents *found)
{
    MigSpan word = {0};
    bool simple = ctx->statement->changes->n_changes == 1 && !change->nested;

    if (!simple || !found->drops_known || found->n_views > 1 ||
        !mig_lint_find_word(ctx, "cascade", &word) || word.offset < 1)
        return;
    const char *before = mig_lint_source(ctx, ctx->statement, (MigSpan){0, word.offset});
    g_autofree char *rest = g_strchomp(g_strdup(before));
    g_autofree char *text = g_strconcat(found->drops->str, rest, NULL);
    mig_lint_fix(ctx, finding, (MigSpan){0, word.offset + word.length}, text);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!change->cascade)
        return;

    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(GString) drops = g_string_new(NULL);
    Dependents found = {.ctx = ctx, .words = words, .drops = drops, .drops_known = true};
    bool known = collect(&found, change);
    if (words->len == 0 && known)
        return;

    const MigName *name = change->table.name != NULL && change->kind != MIG_CHANGE_DROP_COLUMN &&
                                  change->kind != MIG_CHANGE_DROP_CONSTRAINT
                              ? &change->table
                              : &change->name;
    if (words->len == 0) {
        mig_lint_report(ctx, change, "CASCADE removes whatever depends on %s",
                        mig_lint_name(ctx, name));
        return;
    }
    MigFinding *finding =
        mig_lint_report(ctx, change, "CASCADE removes %s along with %s",
                        mig_lint_list(ctx, (const char *const *)words->pdata, words->len),
                        mig_lint_name(ctx, name));
    if (known)
        fix(ctx, finding, change, &found);
}

const MigRule mig_rule_drop_cascade = {
    .id = "drop-cascade",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .fix = MIG_RULE_FIX_YES,
    .summary = "CASCADE of a DROP takes along what nobody has named",
    .danger =
        "Views, foreign keys and whole tables go without a word in the file, and what there is in "
        "production may be more than what the migrations know.",
    .steps = {"Drop what depends on it first, each by its name.",
              "Drop it without CASCADE: it fails if something was forgotten."},
    .manual = "PostgreSQL 16, \"Dependency Tracking\"",
    .check = check,
};

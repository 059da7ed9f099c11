/* SPDX-License-Identifier: MIT */
/* Changes as text, for fixtures: every field that isn't empty. */
#include "sql/dump.h"

#include <migrate/change.h>

#include "sql/dump_table.h"

static void
put_name(GString *out, const char *label, const MigName *name)
{
    if (name->name == NULL)
        return;
    g_string_append_printf(out, " %s=", label);
    mig_dump_name(out, name);
}

static void
put_text(GString *out, const char *label, const char *text)
{
    if (text == NULL)
        return;
    g_string_append_printf(out, " %s=", label);
    mig_dump_string(out, text);
}

static void
put_words(GString *out, const char *label, const char *const *words, size_t n)
{
    if (n == 0)
        return;
    g_string_append_printf(out, " %s=", label);
    mig_dump_words(out, words, n);
}

static void
put_flags(GString *out, const MigChange *change)
{
    mig_dump_flag(out, change->on, "on");
    mig_dump_flag(out, change->if_exists, "if-exists");
    mig_dump_flag(out, change->parent_if_exists, "parent-if-exists");
    mig_dump_flag(out, change->if_not_exists, "if-not-exists");
    mig_dump_flag(out, change->cascade, "cascade");
    mig_dump_flag(out, change->restrict_said, "restrict");
    mig_dump_flag(out, change->concurrently, "concurrently");
    mig_dump_flag(out, change->only, "only");
    mig_dump_flag(out, change->or_replace, "or-replace");
    mig_dump_flag(out, change->temporary, "temporary");
    mig_dump_flag(out, change->nested, "nested");
    mig_dump_flag(out, change->in_body, "in-body");
}

/* Which kinds say of what type their object is. For the others TABLE is only the first of them. */
static bool
has_object_type(const MigChange *change)
{
    static const MigChangeKind kinds[] = {
        MIG_CHANGE_SET_SCHEMA,   MIG_CHANGE_SET_OWNER,      MIG_CHANGE_SET_TABLESPACE,
        MIG_CHANGE_REINDEX,      MIG_CHANGE_ENABLE_TRIGGER, MIG_CHANGE_CREATE_ROUTINE,
        MIG_CHANGE_DROP_ROUTINE, MIG_CHANGE_CREATE_OBJECT,  MIG_CHANGE_ALTER_OBJECT,
        MIG_CHANGE_DROP_OBJECT,  MIG_CHANGE_RENAME_OBJECT,  MIG_CHANGE_COMMENT,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (change->kind == kinds[i])
            return true;
    }
    return change->object_type != MIG_TYPE_OF_TABLE;
}

static void
put_begin(GString *out, unsigned indent, const char *label)
{
    g_string_append_printf(out, "%*s%s ", (int)indent, "", label);
}

static void
put_expr(GString *out, unsigned indent, const char *label, const MigExpr *expr)
{
    if (expr == NULL)
        return;
    put_begin(out, indent, label);
    mig_dump_expr(out, expr);
    g_string_append_c(out, '\n');
}

static void
put_routine(GString *out, unsigned indent, const MigRoutine *routine)
{
    g_string_append_printf(out, "%*sroutine", (int)indent, "");
    put_text(out, "language", routine->language);
    put_name(out, "calls", &routine->calls);
    put_text(out, "arguments", routine->arguments);
    put_text(out, "returns", routine->returns);
    put_words(out, "parameters", routine->parameters, routine->n_parameters);
    put_words(out, "events", routine->events, routine->n_events);
    put_text(out, "definer", routine->definer);
    if (routine->volatility_said)
        g_string_append_printf(out, " volatility=%c", routine->volatility);
    mig_dump_flag(out, routine->security_definer, "security-definer");
    mig_dump_flag(out, routine->sets_search_path, "sets-search-path");
    mig_dump_options(out, routine->options, routine->n_options);
    if (routine->body != NULL) {
        g_autofree char *body = g_strndup(routine->body, routine->body_length);
        put_text(out, "body", body);
    }
    g_string_append_c(out, '\n');
}

static void
put_grant(GString *out, unsigned indent, const MigGrant *grant)
{
    g_string_append_printf(out, "%*sgrant", (int)indent, "");
    put_words(out, "privileges", grant->privileges, grant->n_privileges);
    mig_dump_flag(out, grant->all_privileges, "all");
    mig_dump_flag(out, grant->grants_roles, "roles");
    if (!grant->grants_roles)
        g_string_append_printf(out, " of=%s", mig_object_type_name(grant->object_type));
    mig_dump_flag(out, grant->all_in_schema, "all-in-schema");
    for (size_t i = 0; i < grant->n_objects; i++)
        put_name(out, "object", &grant->objects[i]);
    put_words(out, "roles", grant->roles, grant->n_roles);
    mig_dump_flag(out, grant->grant_option, "grant-option");
    g_string_append_c(out, '\n');
}

static void
put_items(GString *out, unsigned indent, const MigItem *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put_begin(out, indent, "set");
        mig_dump_word(out, items[i].column);
        g_string_append(out, " = ");
        if (items[i].value != NULL)
            mig_dump_expr(out, items[i].value);
        g_string_append_c(out, '\n');
    }
}

static void
put_definitions(GString *out, const MigChange *change, unsigned indent)
{
    if (change->column != NULL) {
        put_begin(out, indent, "column");
        mig_dump_column(out, change->column);
        g_string_append_c(out, '\n');
    }
    if (change->constraint != NULL) {
        put_begin(out, indent, "constraint");
        mig_dump_constraint(out, change->constraint);
        g_string_append_c(out, '\n');
    }
    if (change->index != NULL) {
        put_begin(out, indent, "has");
        mig_dump_index(out, change->index);
        g_string_append_c(out, '\n');
    }
    if (change->create_table != NULL)
        mig_dump_create_table(out, change->create_table, indent);
    if (change->bound != NULL && change->bound->kind != MIG_BOUND_NONE) {
        g_string_append_printf(out, "%*sbound", (int)indent, "");
        mig_dump_bound(out, change->bound);
        g_string_append_c(out, '\n');
    }
    if (change->partition_by != NULL) {
        g_string_append_printf(out, "%*spartition by", (int)indent, "");
        mig_dump_partition_by(out, change->partition_by);
        g_string_append_c(out, '\n');
    }
}

static void
put_data(GString *out, const MigChange *change, unsigned indent)
{
    if (change->n_ctes > 0) {
        g_string_append_printf(out, "%*s", (int)indent, "");
        mig_dump_ctes(out, change->ctes, change->n_ctes);
        g_string_truncate(out, out->len - 1);
        g_string_append_c(out, '\n');
    }
    put_items(out, indent, change->items, change->n_items);
    if (change->n_relations > 0) {
        put_begin(out, indent, "reading");
        mig_dump_relations(out, change->relations, change->n_relations);
        g_string_append_c(out, '\n');
    }
    put_expr(out, indent, "expr", change->expr);
    put_expr(out, indent, "check", change->check);
    if (change->query != NULL) {
        put_begin(out, indent, "query");
        mig_dump_query(out, change->query);
        g_string_append_c(out, '\n');
    }
}

/* DROP CONSTRAINT says what kind it drops, or that it doesn't. */
static void
put_constraint_kind(GString *out, const MigChange *change)
{
    MigConstraint kind = {.kind = change->constraint_kind};

    if (change->kind != MIG_CHANGE_DROP_CONSTRAINT)
        return;
    g_string_append(out, " kind=");
    mig_dump_constraint(out, &kind);
}

void
mig_dump_change(GString *out, const MigChange *change, unsigned indent)
{
    g_string_append_printf(out, "%*s%s", (int)indent, "", mig_change_kind_name(change->kind));
    if (has_object_type(change))
        g_string_append_printf(out, " <%s>", mig_object_type_name(change->object_type));
    put_name(out, "table", &change->table);
    put_name(out, "name", &change->name);
    put_name(out, "to", &change->to);
    put_constraint_kind(out, change);
    put_text(out, "text", change->text);
    put_words(out, "columns", change->columns, change->n_columns);
    for (size_t i = 0; i < change->n_values; i++)
        put_text(out, "value", change->values[i]);
    put_flags(out, change);
    mig_dump_options(out, change->options, change->n_options);
    mig_dump_partitions(out, change->partitions, change->n_partitions);
    g_string_append_c(out, '\n');

    put_definitions(out, change, indent + 4);
    if (change->routine != NULL)
        put_routine(out, indent + 4, change->routine);
    if (change->grant != NULL)
        put_grant(out, indent + 4, change->grant);
    put_data(out, change, indent + 4);
}

static const char *const statuses[] = {
    [MIG_PARSE_OK] = "ok",
    [MIG_PARSE_SYNTAX] = "syntax error",
    [MIG_PARSE_UNSUPPORTED] = "unsupported",
    [MIG_PARSE_NEWER] = "newer",
    [MIG_PARSE_TOO_DEEP] = "too deep",
};

static void
put_clauses(GString *out, const MigChanges *changes)
{
    static const char *const algorithms[] = {NULL,     "default", "instant",
                                             "nocopy", "inplace", "copy"};
    static const char *const locks[] = {NULL, "default", "none", "shared", "exclusive"};

    if (changes->algorithm != MIG_ALGORITHM_UNSAID)
        g_string_append_printf(out, "algorithm %s\n", algorithms[changes->algorithm]);
    if (changes->lock != MIG_LOCK_CLAUSE_UNSAID)
        g_string_append_printf(out, "lock %s\n", locks[changes->lock]);
    if (changes->online_said)
        g_string_append(out, "online\n");
    if (changes->wait_said)
        g_string_append_printf(out, "wait %lld\n", changes->wait_s);
}

char *
mig_changes_dump(const MigChanges *changes)
{
    GString *out = g_string_new(NULL);

    if (changes->status != MIG_PARSE_OK)
        g_string_append_printf(out, "%s: %s\n", statuses[changes->status],
                               changes->message != NULL ? changes->message : "");
    if (changes->needs_version > 0)
        g_string_append_printf(out, "needs %d: %s\n", changes->needs_version,
                               changes->needs_what != NULL ? changes->needs_what : "");
    put_clauses(out, changes);
    for (size_t i = 0; i < changes->n_changes; i++)
        mig_dump_change(out, &changes->changes[i], 0);
    return g_string_free(out, FALSE);
}

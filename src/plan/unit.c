/* SPDX-License-Identifier: MIT */
/* Statements that share a transaction, or one that can't have any. */
#include "plan/unit.h"

#include "base/text.h"
#include "sql/lexer.h"
#include "sql/words.h"

/* What the planner makes of a statement. */
typedef enum {
    ROLE_SHARE,   /* shares a transaction with its neighbours */
    ROLE_ALONE,   /* a transaction of its own (MySQL, where the neighbours commit) */
    ROLE_SINGLE,  /* none */
    ROLE_SESSION, /* sets something of the session, outside a transaction */
    ROLE_SETTING, /* the same, but where it stands: in the neighbours' transaction */
    ROLE_LOCK,    /* MySQL's LOCK TABLES: the history can't be written until UNLOCK TABLES */
    ROLE_UNLOCK,
    ROLE_BEGIN,
    ROLE_COMMIT,
    ROLE_ROLLBACK,
} Role;

typedef struct {
    const MigUnitInput *input;
    GArray *roles; /* (owned) Role, one for each statement of the script */
    GArray *units; /* (owned) MigUnit */
} Builder;

#define MAX_WORDS 3

typedef struct {
    MigLexer lexer;
    MigToken tokens[MAX_WORDS];
    size_t n;
} Words;

/* The first words of a statement; what isn't a word ends them. */
static Words
first_words(const MigUnitInput *input, const MigStatement *statement)
{
    Words words = {.n = 0};

    mig_lexer_init(&words.lexer, input->script->text + statement->offset, statement->length,
                   input->engine);
    while (words.n < MAX_WORDS && mig_lexer_next(&words.lexer, &words.tokens[words.n])) {
        MigTokenKind kind = words.tokens[words.n].kind;
        if (kind == MIG_TOKEN_VERSION_BEGIN)
            continue;
        if (kind != MIG_TOKEN_WORD)
            break;
        words.n++;
    }
    return words;
}

static bool
is_word(const Words *words, size_t index, const char *word)
{
    return index < words->n && mig_token_is(&words->lexer, &words->tokens[index], word);
}

static bool
is_one_of(const Words *words, size_t index, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (is_word(words, index, *list))
            return true;
    }
    return false;
}

/* Whether a statement only sets something that dies with the session: it can be repeated. */
static bool
sets_session(const MigUnitInput *input, const Words *words)
{
    static const char *const pragmas[] = {
        "busy_timeout",       "cache_size",     "case_sensitive_like",
        "defer_foreign_keys", "foreign_keys",   "ignore_check_constraints",
        "legacy_alter_table", "query_only",     "recursive_triggers",
        "temp_store",         "trusted_schema", NULL,
    };
    static const char *const lasting[] = {
        "global", "persist", "persist_only", "password", "default", "resource", "statement", NULL,
    };
    static const char *const bound[] = {"local", "constraints", "transaction", NULL};

    if (input->engine == MIG_ENGINE_SQLITE)
        return is_word(words, 0, "pragma") && is_one_of(words, 1, pragmas);
    if ((input->engine & MIG_ENGINE_MYSQL_FAMILY) != 0)
        return is_word(words, 0, "use") ||
               (is_word(words, 0, "set") && !is_one_of(words, 1, lasting));
    return is_word(words, 0, "reset") || (is_word(words, 0, "set") && !is_one_of(words, 1, bound));
}

/* @inside: whether it stands between the author's BEGIN and COMMIT. */
static Role
role_of(const MigUnitInput *input, const MigStatement *statement, bool inside)
{
    const char *sql = input->script->text + statement->offset;
    MigTransaction need =
        mig_statement_transaction(sql, statement->length, input->engine, input->server_version);
    Words words = first_words(input, statement);
    bool mysql = (input->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
    /* For a whole file it means that we begin none: one that the author begins is still one. */
    bool whole_file = input->mode == MIG_TRANSACTION_MODE_NONE;
    bool wants_none = whole_file ? !inside : statement->no_transaction;

    switch (need) {
    case MIG_TRANSACTION_BEGIN:
        return ROLE_BEGIN;
    case MIG_TRANSACTION_COMMIT:
        return ROLE_COMMIT;
    case MIG_TRANSACTION_ROLLBACK:
        return ROLE_ROLLBACK;
    case MIG_TRANSACTION_OUTSIDE:
        return ROLE_SESSION;
    case MIG_TRANSACTION_NEVER:
        return ROLE_SINGLE;
    case MIG_TRANSACTION_COMMITS:
        if (is_word(&words, 0, "lock") &&
            (is_word(&words, 1, "tables") || is_word(&words, 1, "table")))
            return ROLE_LOCK;
        if (is_word(&words, 0, "unlock"))
            return ROLE_UNLOCK;
        return mysql && sets_session(input, &words) ? ROLE_SESSION : ROLE_SINGLE;
    case MIG_TRANSACTION_ANY:
        break;
    }
    bool single = input->mode == MIG_TRANSACTION_MODE_SINGLE;
    if (sets_session(input, &words))
        return mysql && !single ? ROLE_SESSION : ROLE_SETTING;
    /* SET GLOBAL and its like are the server's: no transaction undoes them. */
    if (wants_none || (mysql && is_word(&words, 0, "set") && !is_word(&words, 1, "statement")))
        return ROLE_SINGLE;
    /* Where DDL commits by itself, each statement is journalled; one that can be undone is, with
     * its journal entry, a transaction of its own, and so never in doubt. */
    return mysql && !single ? ROLE_ALONE : ROLE_SHARE;
}

static Role
role_at(const Builder *builder, size_t index)
{
    return g_array_index(builder->roles, Role, index);
}

static bool
refuse(const Builder *builder, size_t index, GError **error, const char *what)
{
    const MigUnitInput *input = builder->input;
    const MigStatement *statement = mig_script_statement(input->script, index);
    g_autofree char *shown =
        mig_text_one_line(input->script->text + statement->offset, statement->length, 50);

    g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s:%u:%u: %s: %s", input->path, statement->line,
                statement->column, shown, what);
    return false;
}

static void
add_unit(Builder *builder, MigUnitKind kind, size_t first, size_t end)
{
    const MigUnit unit = {.kind = kind, .first = first, .n = end - first};
    g_array_append_val(builder->units, unit);
}

/* What ends the author's transaction must leave it committed, and none open. */
static bool
check_commit(const Builder *builder, size_t index, GError **error)
{
    const MigUnitInput *input = builder->input;
    const MigStatement *statement = mig_script_statement(input->script, index);
    MigWords words;

    mig_words_init(&words, input->script->text + statement->offset, statement->length,
                   input->engine);
    if (mig_words_is(&words, "prepare"))
        return refuse(builder, index, error,
                      "it would leave the history's row in a transaction that is not committed; "
                      "write COMMIT");
    if (mig_words_find(&words, "and") && mig_words_next(&words) && mig_words_is(&words, "chain"))
        return refuse(builder, index, error,
                      "it begins another transaction: write COMMIT and BEGIN instead");
    return true;
}

/* The same for whoever only looks: up to what ends it, or to the end of the file. */
static size_t
add_author_as_is(Builder *builder, size_t begin)
{
    size_t end = begin + 1;

    while (end < builder->roles->len && role_at(builder, end) != ROLE_COMMIT &&
           role_at(builder, end) != ROLE_ROLLBACK)
        end++;
    end = MIN(end + 1, (size_t)builder->roles->len);
    add_unit(builder, MIG_UNIT_AUTHOR, begin, end);
    return end;
}

/* Whether the author's transaction that begins there can't be run as it stands. */
static bool
is_broken(const Builder *builder, size_t begin)
{
    for (size_t i = begin + 1; i < builder->roles->len; i++) {
        Role role = role_at(builder, i);
        if (role == ROLE_COMMIT)
            return false;
        if (role == ROLE_BEGIN || role == ROLE_ROLLBACK ||
            (role == ROLE_SINGLE && (builder->input->engine & MIG_ENGINE_MYSQL_FAMILY) == 0))
            return true;
    }
    return true;
}

/* The author's BEGIN ... COMMIT, from `begin`. On MySQL DDL in it commits whatever the author
 * meant: then its statements stand by themselves, as they do on the server, and BEGIN and COMMIT
 * are left out by whoever executes the units. */
static bool
add_author(Builder *builder, size_t begin, size_t *out_end, GError **error)
{
    size_t n = builder->roles->len;
    bool commits = false;
    size_t end = begin + 1;

    for (; end < n && role_at(builder, end) != ROLE_COMMIT; end++) {
        Role role = role_at(builder, end);
        if (role == ROLE_BEGIN)
            return refuse(builder, end, error,
                          "a transaction is open already: it needs a COMMIT first");
        if (role == ROLE_ROLLBACK)
            return refuse(builder, end, error,
                          "a migration that rolls itself back can't be recorded; take it out");
        if (role == ROLE_SINGLE && (builder->input->engine & MIG_ENGINE_MYSQL_FAMILY) == 0)
            return refuse(builder, end, error,
                          builder->input->mode != MIG_TRANSACTION_MODE_NONE &&
                                  mig_script_statement(builder->input->script, end)->no_transaction
                              ? "it is to run without a transaction, and stands inside the file's "
                                "own BEGIN ... COMMIT; move it out of there"
                              : "the server refuses this inside the file's own BEGIN ... COMMIT; "
                                "move it out of there");
        commits = commits || role == ROLE_SINGLE || role == ROLE_LOCK || role == ROLE_UNLOCK;
    }
    if (end == n)
        return refuse(builder, begin, error, "this transaction is never committed: add COMMIT;");
    if (!builder->input->tolerant && !check_commit(builder, end, error))
        return false;

    *out_end = end + 1;
    if (!commits) {
        add_unit(builder, MIG_UNIT_AUTHOR, begin, end + 1);
        return true;
    }
    size_t first = begin;
    for (size_t i = begin + 1; i < end; i++) {
        Role role = role_at(builder, i);
        MigUnitKind kind = role == ROLE_ALONE || role == ROLE_SHARE ? MIG_UNIT_TRANSACTION
                           : role == ROLE_SESSION                   ? MIG_UNIT_SESSION
                                                                    : MIG_UNIT_SINGLE;
        add_unit(builder, kind, first, i + 1);
        first = i + 1;
    }
    g_array_index(builder->units, MigUnit, builder->units->len - 1).n++;
    return true;
}

/* LOCK TABLES up to UNLOCK TABLES, or to the end. */
static size_t
add_locked(Builder *builder, size_t first)
{
    size_t end = first + 1;

    while (end < builder->roles->len && role_at(builder, end - 1) != ROLE_UNLOCK)
        end++;
    add_unit(builder, MIG_UNIT_SINGLE, first, end);
    return end;
}

/* Statements that share a transaction, from `first`. Settings alone leave nothing behind. */
static size_t
add_shared(Builder *builder, size_t first)
{
    size_t end = first;
    bool changes = false;

    for (; end < builder->roles->len; end++) {
        Role role = role_at(builder, end);
        if (role != ROLE_SHARE && role != ROLE_SETTING)
            break;
        changes = changes || role == ROLE_SHARE;
    }
    add_unit(builder, changes ? MIG_UNIT_TRANSACTION : MIG_UNIT_SESSION, first, end);
    return end;
}

static bool
add_next(Builder *builder, size_t *index, GError **error)
{
    size_t at = *index;

    switch (role_at(builder, at)) {
    case ROLE_BEGIN:
        if (!builder->input->tolerant || !is_broken(builder, at))
            return add_author(builder, at, index, error);
        *index = add_author_as_is(builder, at);
        return true;
    case ROLE_COMMIT:
    case ROLE_ROLLBACK:
        if (!builder->input->tolerant)
            return refuse(builder, at, error, "there is no BEGIN before it");
        add_unit(builder, MIG_UNIT_SINGLE, at, at + 1);
        break;
    case ROLE_LOCK:
        *index = add_locked(builder, at);
        return true;
    case ROLE_SHARE:
    case ROLE_SETTING:
        *index = add_shared(builder, at);
        return true;
    case ROLE_ALONE:
        add_unit(builder, MIG_UNIT_TRANSACTION, at, at + 1);
        break;
    case ROLE_SESSION:
        add_unit(builder, MIG_UNIT_SESSION, at, at + 1);
        break;
    case ROLE_SINGLE:
    case ROLE_UNLOCK:
        if (builder->input->mode == MIG_TRANSACTION_MODE_SINGLE && !builder->input->tolerant)
            return refuse(builder, at, error,
                          "the header says \"Transaction: single\", but this can't be undone with "
                          "a transaction here");
        add_unit(builder, MIG_UNIT_SINGLE, at, at + 1);
        break;
    }
    *index = at + 1;
    return true;
}

/* Keeps of the units what is left from `first` on. */
static GArray *
rest_of(const GArray *units, size_t first)
{
    GArray *rest = g_array_new(FALSE, FALSE, sizeof(MigUnit));

    for (guint i = 0; i < units->len; i++) {
        MigUnit unit = g_array_index(units, MigUnit, i);
        if (unit.first + unit.n <= first)
            continue;
        if (unit.first < first) {
            if (unit.kind == MIG_UNIT_SINGLE)
                unit.lock = unit.first + 1;
            /* The BEGIN is not among what is left of it. */
            if (unit.kind == MIG_UNIT_AUTHOR)
                unit.kind = MIG_UNIT_TRANSACTION;
            unit.n -= first - unit.first;
            unit.first = first;
        }
        g_array_append_val(rest, unit);
    }
    return rest;
}

/* "Transaction: single" is all in one, or an error. */
static bool
check_single(const Builder *builder, GError **error)
{
    const MigUnit *found = NULL;

    for (guint i = 0; i < builder->units->len; i++) {
        const MigUnit *unit = &g_array_index(builder->units, MigUnit, i);
        if (unit->kind == MIG_UNIT_SESSION)
            continue;
        if (found != NULL)
            return refuse(builder, unit->first, error,
                          "the header says \"Transaction: single\", but this is not in the "
                          "same transaction as what is before it");
        found = unit;
    }
    return true;
}

static void
find_roles(Builder *builder)
{
    const MigUnitInput *input = builder->input;
    size_t n = input->script->statements->len;
    bool inside = false;

    builder->roles = g_array_sized_new(FALSE, FALSE, sizeof(Role), (guint)n);
    for (size_t i = 0; i < n; i++) {
        Role role = role_of(input, mig_script_statement(input->script, i), inside);
        if (role == ROLE_BEGIN || role == ROLE_COMMIT || role == ROLE_ROLLBACK)
            inside = role == ROLE_BEGIN;
        g_array_append_val(builder->roles, role);
    }
}

GArray *
mig_units_build(const MigUnitInput *input, GError **error)
{
    g_autoptr(GArray) roles = NULL;
    g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(MigUnit));
    Builder builder = {.input = input, .units = units};

    find_roles(&builder);
    roles = builder.roles;
    for (size_t i = 0; i < roles->len;) {
        if (!add_next(&builder, &i, error))
            return NULL;
    }
    if (input->mode == MIG_TRANSACTION_MODE_SINGLE && !input->tolerant &&
        !check_single(&builder, error))
        return NULL;
    return rest_of(units, input->first);
}

bool
mig_units_atomic(const GArray *units)
{
    size_t n = 0;

    for (guint i = 0; i < units->len; i++) {
        const MigUnit *unit = &g_array_index(units, MigUnit, i);
        if (unit->kind == MIG_UNIT_SINGLE)
            return false;
        if (unit->kind != MIG_UNIT_SESSION)
            n++;
    }
    return n <= 1;
}

GArray *
mig_units_replay(const MigUnitInput *input)
{
    g_autoptr(GArray) replay = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (size_t i = 0; i < input->first; i++) {
        Role role = role_of(input, mig_script_statement(input->script, i), false);
        if (role == ROLE_SESSION || role == ROLE_SETTING)
            g_array_append_val(replay, i);
    }
    return replay->len > 0 ? g_steal_pointer(&replay) : NULL;
}

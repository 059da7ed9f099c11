/* SPDX-License-Identifier: MIT */
/* A plan as one SQL file, for the engine's own client. */
#include "plan/script.h"

#include "base/text.h"
#include "history/table.h"
#include "plan/putback.h"
#include "plan/skip.h"
#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const MigPlan *plan;
    const MigScriptOptions *options;
    GString *out;
    const MigStep *step;
    GError *error;
} Writer;

/* How the client is told to stop at the first error, which none of them does by itself, and to keep
 * the comments in routines. */
static const struct {
    MigEngine engine;
    const char *command;
} clients[] = {
    {MIG_ENGINE_SQLITE, "sqlite3 -bail FILE.db < THIS_FILE"},
    {MIG_ENGINE_POSTGRES, "psql -X -v ON_ERROR_STOP=1 -f THIS_FILE"},
    {MIG_ENGINE_MYSQL, "mysql --comments DATABASE < THIS_FILE"},
    {MIG_ENGINE_MARIADB, "mariadb --comments DATABASE < THIS_FILE"},
};

static bool
is_mysql(const Writer *writer)
{
    return (writer->plan->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
}

static void
append_literal(const Writer *writer, GString *out, const char *text, size_t length)
{
    bool backslashes = is_mysql(writer);

    g_string_append_c(out, '\'');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'' || (text[i] == '\\' && backslashes))
            g_string_append_c(out, text[i]);
        g_string_append_c(out, text[i]);
    }
    g_string_append_c(out, '\'');
}

/* One of the history's statements with its parameters written as literals. */
static char *
bind(const Writer *writer, MigHistorySql which, const char *const *params, size_t n_params)
{
    const char *sql = writer->options->history_sql[which];
    GString *out = g_string_new(NULL);
    size_t next = 0;
    size_t copied = 0;
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, sql, strlen(sql), writer->plan->engine);
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind != MIG_TOKEN_PARAMETER)
            continue;
        g_string_append_len(out, sql + copied, (gssize)(token.offset - copied));
        copied = token.offset + token.length;

        size_t index = sql[token.offset] == '$'
                           ? (size_t)strtoul(sql + token.offset + 1, NULL, 10) - 1
                           : next++;
        const char *value = index < n_params ? params[index] : NULL;
        if (value == NULL)
            g_string_append(out, "NULL");
        else
            append_literal(writer, out, value, strlen(value));
    }
    g_string_append(out, sql + copied);
    return g_string_free(out, FALSE);
}

/* A delimiter that doesn't occur in a statement, for the mysql client. */
static const char *
delimiter_for(const char *sql, size_t length)
{
    static const char *const delimiters[] = {"$$", "//", "$$$$", "\\\\//", "^^^^"};

    for (size_t i = 0; i < G_N_ELEMENTS(delimiters); i++) {
        if (g_strstr_len(sql, (gssize)length, delimiters[i]) == NULL)
            return delimiters[i];
    }
    return "$$migrate$$";
}

static bool
has_semicolon(const Writer *writer, const char *sql, size_t length)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, sql, length, writer->plan->engine);
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind == MIG_TOKEN_SEMICOLON)
            return true;
    }
    return false;
}

/* MySQL and MariaDB have conditions only in routines, and in what is prepared from a string. */
static void
append_prepared(const Writer *writer, GString *out, const char *sql, size_t length)
{
    g_string_append(out, "SET @migrate_sql = IF(@migrate_pending, ");
    append_literal(writer, out, sql, length);
    g_string_append(out, ", 'DO 0');\nPREPARE migrate_step FROM @migrate_sql;\n"
                         "EXECUTE migrate_step;\nDEALLOCATE PREPARE migrate_step;\n");
}

/* PREPARE, EXECUTE and DEALLOCATE PREPARE can't be prepared themselves: what the author prepares is
 * made to do nothing instead. */
static bool
append_preparing(const Writer *writer, GString *out, const char *sql, size_t length)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, sql, length, writer->plan->engine);
    if (!mig_lexer_next(&lexer, &token))
        return false;
    bool ends = mig_token_is(&lexer, &token, "deallocate") ||
                (mig_token_is(&lexer, &token, "drop") && mig_lexer_next(&lexer, &token) &&
                 mig_token_is(&lexer, &token, "prepare"));
    if (ends || mig_token_is(&lexer, &token, "execute")) {
        g_string_append_printf(out, "%.*s;\n", (int)length, sql);
        return true;
    }
    if (!mig_token_is(&lexer, &token, "prepare"))
        return false;

    bool from = false;
    while (!from && mig_lexer_next(&lexer, &token))
        from = mig_token_is(&lexer, &token, "from");
    if (!from)
        return false;
    size_t source = token.offset + token.length;
    g_string_append_printf(out,
                           "SET @migrate_sql = IF(@migrate_pending,%.*s, 'DO 0');\n"
                           "%.*s @migrate_sql;\n",
                           (int)(length - source), sql + source, (int)source, sql);
    return true;
}

static void
append_statement(const Writer *writer, GString *out, const char *sql, size_t length)
{
    if (is_mysql(writer) && writer->options->idempotent) {
        if (!append_preparing(writer, out, sql, length))
            append_prepared(writer, out, sql, length);
        return;
    }
    if (is_mysql(writer) && has_semicolon(writer, sql, length)) {
        const char *delimiter = delimiter_for(sql, length);
        g_string_append_printf(out, "DELIMITER %s\n", delimiter);
        g_string_append_len(out, sql, (gssize)length);
        g_string_append_printf(out, "\n%s\nDELIMITER ;\n", delimiter);
        return;
    }
    g_string_append_len(out, sql, (gssize)length);
    g_string_append(out, ";\n");
}

static void
append_history(const Writer *writer, GString *out, MigHistorySql which, const char *const *params,
               size_t n_params)
{
    g_autofree char *sql = bind(writer, which, params, n_params);

    append_statement(writer, out, sql, strlen(sql));
}

static void
append_record(const Writer *writer, GString *out)
{
    const MigStep *step = writer->step;
    bool up = step->direction == MIG_DIRECTION_UP;
    const MigMigration *migration = step->migration;
    const char *tokens = migration != NULL ? migration->checksum_tokens : step->record->checksum;
    const char *raw = migration != NULL ? migration->checksum_raw : step->record->checksum_raw;
    g_autofree char *total = g_strdup_printf("%u", step->script->statements->len);

    if (up && migration != NULL) {
        g_autofree char *header = mig_history_table_header(migration);
        const char *const save[] = {
            step->version,
            step->name,
            "applied",
            total,
            NULL,
            total,
            tokens,
            raw,
            header,
            migration->up->text,
            migration->down != NULL ? migration->down->text : NULL,
            "0",
            NULL,
            NULL,
            writer->options->tool_version,
        };
        append_history(writer, out, MIG_HISTORY_SAVE, save, G_N_ELEMENTS(save));
    } else {
        const char *const gone[] = {step->version};
        append_history(writer, out, MIG_HISTORY_DELETE, gone, G_N_ELEMENTS(gone));
    }

    const char *const event[] = {
        up ? "applied" : "reverted",
        step->version,
        step->name,
        tokens,
        raw,
        NULL,
        "0",
        NULL,
        NULL,
        writer->options->tool_version,
        "by a script",
        "1",
    };
    append_history(writer, out, MIG_HISTORY_EVENT, event, G_N_ELEMENTS(event));
}

static bool
is_last_change(const MigStep *step, guint index)
{
    for (guint i = index + 1; i < step->units->len; i++) {
        if (mig_step_unit(step, i)->kind != MIG_UNIT_SESSION)
            return false;
    }
    return true;
}

static void
append_copy(const MigScript *script, const MigStatement *statement, GString *out)
{
    g_string_append_len(out, script->text + statement->offset, (gssize)statement->length);
    g_string_append(out, ";\n");
    g_string_append_len(out, script->text + statement->data_offset, (gssize)statement->data_length);
    /* The mark's line must end as those before it do. */
    bool crlf = statement->data_length > 1 && g_str_has_suffix(out->str, "\r\n");
    if (out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
    g_string_append(out, crlf ? "\\.\r\n" : "\\.\n");
}

/* BEGIN and COMMIT of the author's where what is between them is no transaction of theirs. */
static bool
is_left_out(const Writer *writer, const MigUnit *unit, const MigStatement *statement)
{
    MigTransaction need =
        mig_statement_transaction(writer->step->script->text + statement->offset, statement->length,
                                  writer->plan->engine, writer->plan->server_version);

    return unit->kind != MIG_UNIT_AUTHOR &&
           (need == MIG_TRANSACTION_BEGIN || need == MIG_TRANSACTION_COMMIT);
}

/* What an interrupted run's session had. */
static void
append_again(const Writer *writer, GString *out, size_t index)
{
    const MigScript *script = writer->step->script;
    const MigStatement *statement = mig_script_statement(script, index);

    append_statement(writer, out, script->text + statement->offset, statement->length);
}

static void
append_unit(const Writer *writer, GString *out, guint index)
{
    const MigStep *step = writer->step;
    const MigUnit *unit = mig_step_unit(step, index);
    bool ours = unit->kind == MIG_UNIT_TRANSACTION;
    bool author = unit->kind == MIG_UNIT_AUTHOR;
    bool records = unit->kind != MIG_UNIT_SESSION && is_last_change(step, index);

    if (ours)
        g_string_append(out, "BEGIN;\n");
    if (unit->lock != 0)
        append_again(writer, out, unit->lock - 1);
    for (size_t i = 0; i < unit->n; i++) {
        const MigStatement *statement = mig_script_statement(step->script, unit->first + i);
        const char *sql = step->script->text + statement->offset;

        if (is_left_out(writer, unit, statement))
            continue;
        /* The author's COMMIT comes after the history's row. */
        if (author && i == unit->n - 1 && records)
            append_record(writer, out);
        if (statement->copy_data)
            append_copy(step->script, statement, out);
        else if (author && (i == 0 || i == unit->n - 1))
            g_string_append_printf(out, "%.*s;\n", (int)statement->length, sql);
        else
            append_statement(writer, out, sql, statement->length);
    }
    if (records && !author)
        append_record(writer, out);
    if (ours)
        g_string_append(out, "COMMIT;\n");
}

static char *
step_text(const Writer *writer)
{
    const MigStep *step = writer->step;
    GString *out = g_string_new(NULL);
    bool recorded = false;

    for (guint i = 0; step->replay != NULL && i < step->replay->len; i++)
        append_again(writer, out, g_array_index(step->replay, size_t, i));
    for (guint i = 0; i < step->units->len; i++) {
        append_unit(writer, out, i);
        recorded = recorded || (mig_step_unit(step, i)->kind != MIG_UNIT_SESSION);
    }
    if (!recorded)
        append_record(writer, out);
    mig_putback_append(out, step->script, writer->plan->engine);
    return g_string_free(out, FALSE);
}

/* What the guard asks: whether the history doesn't say yet what this step makes it say. */
static char *
pending_query(const Writer *writer)
{
    const char *const params[] = {writer->step->version};
    g_autofree char *read = bind(writer, MIG_HISTORY_READ_SQL, params, 1);
    bool up = writer->step->direction == MIG_DIRECTION_UP;

    return g_strdup_printf("%sEXISTS (%s)", up ? "NOT " : "", read);
}

/* sqlite3 has no conditions: a query writes what is to be done into a file, which is then read. */
static void
append_guarded_sqlite(Writer *writer, const char *text)
{
    g_autofree char *pending = pending_query(writer);

    g_string_append(writer->out, ".once migrate-script.tmp\nSELECT CASE WHEN ");
    g_string_append(writer->out, pending);
    g_string_append(writer->out, " THEN ");
    append_literal(writer, writer->out, text, strlen(text));
    g_string_append(writer->out, " ELSE '' END;\n.read migrate-script.tmp\n");
}

static void
append_guarded_psql(Writer *writer, const char *text)
{
    g_autofree char *pending = pending_query(writer);

    g_string_append_printf(
        writer->out, "SELECT %s AS migrate_pending \\gset\n\\if :migrate_pending\n%s\\endif\n",
        pending, text);
}

static bool
append_step(Writer *writer)
{
    const MigStep *step = writer->step;
    g_autofree char *text = step_text(writer);

    g_string_append_printf(writer->out, "\n-- %s %s (%s)\n", step->version, step->name,
                           step->direction == MIG_DIRECTION_UP ? "up" : "down");
    if (!writer->options->idempotent) {
        g_string_append(writer->out, text);
        return true;
    }
    if (!mig_step_can_be_skipped(step, writer->plan->engine, &writer->error))
        return false;
    if (writer->plan->engine == MIG_ENGINE_SQLITE) {
        append_guarded_sqlite(writer, text);
    } else if (writer->plan->engine == MIG_ENGINE_POSTGRES) {
        append_guarded_psql(writer, text);
    } else {
        g_autofree char *pending = pending_query(writer);
        g_string_append_printf(writer->out, "SET @migrate_pending = (SELECT %s);\n%s", pending,
                               text);
    }
    return true;
}

static void
append_title(const Writer *writer)
{
    const char *command = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(clients); i++) {
        if (clients[i].engine == writer->plan->engine)
            command = clients[i].command;
    }
    g_string_append_printf(
        writer->out,
        "-- Written by migrate %s for %s. Run it with\n--     %s\n"
        "-- %u migration%s%s; VERIFY sections are not in it: run `migrate verify`\n"
        "-- afterwards.\n",
        writer->options->tool_version, mig_engine_title(writer->plan->engine), command,
        writer->plan->steps->len, writer->plan->steps->len == 1 ? "" : "s",
        writer->options->idempotent ? ", each skipped where it is applied" : "");
    if (writer->plan->engine == MIG_ENGINE_POSTGRES)
        g_string_append(writer->out, "\\set ON_ERROR_STOP on\n");
    if (writer->plan->engine == MIG_ENGINE_SQLITE)
        g_string_append(writer->out, ".bail on\n.headers off\n.mode list\n");
}

/* The client's settings, where a migration's have to be put back. */
static void
append_saves(const Writer *writer)
{
    g_autoptr(GString) putback = g_string_new(NULL);
    bool any = false;

    if (!is_mysql(writer))
        return;
    for (guint i = 0; !any && i < writer->plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(writer->plan->steps, i);
        any = mig_putback_append(putback, step->script, writer->plan->engine);
    }
    if (any)
        mig_putback_append_saves(writer->out);
}

static void
append_tables(const Writer *writer)
{
    const MigHistorySql tables[] = {MIG_HISTORY_CREATE_SCHEMA, MIG_HISTORY_CREATE_TABLE,
                                    MIG_HISTORY_CREATE_EVENT_TABLE, MIG_HISTORY_CREATE_EVENT_INDEX};

    g_string_append(writer->out, "\n-- The history's tables\n");
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        const char *sql = writer->options->history_sql[tables[i]];
        if (sql != NULL)
            g_string_append_printf(writer->out, "%s;\n", sql);
    }
}

char *
mig_plan_script(const MigPlan *plan, const MigScriptOptions *options, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    Writer writer = {.plan = plan, .options = options, .out = out};

    append_title(&writer);
    append_tables(&writer);
    append_saves(&writer);
    for (guint i = 0; i < plan->steps->len; i++) {
        writer.step = g_ptr_array_index(plan->steps, i);
        if (!append_step(&writer)) {
            g_propagate_error(error, writer.error);
            return NULL;
        }
    }
    if (options->idempotent && plan->engine == MIG_ENGINE_SQLITE)
        g_string_append(out, ".system rm -f migrate-script.tmp\n");
    return g_string_free(g_steal_pointer(&out), FALSE);
}

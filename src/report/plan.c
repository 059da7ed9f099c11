/* SPDX-License-Identifier: MIT */
/* `plan`, for people and as JSON. */
#include "base/text.h"
#include "report/style.h"

#include <string.h>

static const char *
unit_title(const MigUnit *unit)
{
    switch (unit->kind) {
    case MIG_UNIT_TRANSACTION:
        return "one transaction";
    case MIG_UNIT_AUTHOR:
        return "the file's own transaction";
    case MIG_UNIT_SINGLE:
        return "outside a transaction";
    case MIG_UNIT_SESSION:
        return "settings of the session";
    }
    return "";
}

static void
print_headers(const MigReport *report, const MigMigration *migration)
{
    for (guint i = 0; i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);
        if (g_ascii_strcasecmp(header->key, "Migration") == 0)
            continue;
        g_autofree char *line = g_strdup_printf("%s: %s", header->key, header->value);
        g_autofree char *wrapped = mig_text_wrap(line, 74, "      ");
        fprintf(report->out, "    %s%s%s\n", mig_style_on(report->color_out, MIG_STYLE_DIM),
                wrapped, mig_style_off(report->color_out));
    }
}

static void
print_statement(const MigReport *report, const MigStep *step, size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    g_autofree char *sql =
        mig_text_one_line(step->script->text + statement->offset, statement->length, 66);

    fprintf(report->out, "    %s%5u%s  %s\n", mig_style_on(report->color_out, MIG_STYLE_DIM),
            statement->line, mig_style_off(report->color_out), sql);
}

static void
print_step(const MigReport *report, const MigStep *step)
{
    fprintf(report->out, "\n%s%s %s%s  %s%s\n", mig_style_on(report->color_out, MIG_STYLE_STRONG),
            step->version, step->name, mig_style_off(report->color_out),
            step->direction == MIG_DIRECTION_UP ? "up" : "down",
            step->late ? ", out of order" : "");
    fprintf(report->out, "    %s\n", step->path);
    if (step->migration != NULL)
        print_headers(report, step->migration);
    if (step->done == 1)
        fprintf(report->out, "    statement 1: done by an earlier run\n");
    else if (step->done > 1)
        fprintf(report->out, "    statements 1 to %zu: done by an earlier run\n", step->done);
    if (step->replay != NULL)
        fprintf(report->out, "  settings of the session, again\n");
    for (guint i = 0; step->replay != NULL && i < step->replay->len; i++)
        print_statement(report, step, g_array_index(step->replay, size_t, i));

    for (guint i = 0; i < step->units->len; i++) {
        const MigUnit *unit = mig_step_unit(step, i);
        /* Of several by themselves, as all are on MySQL, the first says it. */
        if (i == 0 || unit->kind != MIG_UNIT_SINGLE ||
            mig_step_unit(step, i - 1)->kind != MIG_UNIT_SINGLE)
            fprintf(report->out, "  %s\n", unit_title(unit));
        if (unit->lock != 0)
            print_statement(report, step, unit->lock - 1);
        for (size_t j = unit->first; j < unit->first + unit->n; j++)
            print_statement(report, step, j);
    }
    if (step->verify != NULL)
        fprintf(report->out, "  then VERIFY, read-only: %u quer%s\n", step->verify->statements->len,
                step->verify->statements->len == 1 ? "y" : "ies");
}

static void
print_text(const MigReport *report, const MigPlan *plan, const char *database,
           const MigServer *server)
{
    g_autofree char *title =
        server != NULL ? mig_style_server(server) : g_strdup(mig_engine_title(plan->engine));
    size_t n = plan->steps->len;

    if (database != NULL)
        fprintf(report->out, "%s (%s)\n", database, title);
    else
        fprintf(report->out, "%s, without a database\n", title);
    for (guint i = 0; i < n; i++)
        print_step(report, g_ptr_array_index(plan->steps, i));
    if (n == 0)
        fprintf(report->out, "\nnothing to do\n");
    else
        fprintf(report->out, "\n%zu migration%s\n", n, mig_style_plural(n));
}

static json_t *
statement_json(const MigStep *step, size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    g_autofree char *sql = g_strndup(step->script->text + statement->offset, statement->length);

    return json_pack("{s:I, s:i, s:i, s:o}", "statement", (json_int_t)index + 1, "line",
                     (int)statement->line, "column", (int)statement->column, "sql",
                     mig_json_text(sql));
}

static json_t *
unit_json(const MigStep *step, const MigUnit *unit)
{
    static const char *const kinds[] = {
        [MIG_UNIT_TRANSACTION] = "transaction",
        [MIG_UNIT_AUTHOR] = "author",
        [MIG_UNIT_SINGLE] = "single",
        [MIG_UNIT_SESSION] = "session",
    };
    json_t *statements = json_array();
    bool transaction = unit->kind == MIG_UNIT_TRANSACTION || unit->kind == MIG_UNIT_AUTHOR;

    for (size_t i = unit->first; i < unit->first + unit->n; i++)
        json_array_append_new(statements, statement_json(step, i));
    return json_pack("{s:b, s:s, s:o}", "transaction", transaction ? 1 : 0, "kind",
                     kinds[unit->kind], "statements", statements);
}

static json_t *
step_json(const MigStep *step)
{
    json_t *object = json_object();
    json_t *units = json_array();

    for (guint i = 0; i < step->units->len; i++)
        json_array_append_new(units, unit_json(step, mig_step_unit(step, i)));
    json_object_set_new(object, "version", mig_json_text(step->version));
    json_object_set_new(object, "name", mig_json_text(step->name));
    json_object_set_new(object, "file", mig_json_text(step->migration != NULL ? step->path : NULL));
    json_object_set_new(object, "direction",
                        json_string(step->direction == MIG_DIRECTION_UP ? "up" : "down"));
    json_object_set_new(object, "header",
                        step->migration != NULL ? mig_json_headers(step->migration)
                                                : json_object());
    json_object_set_new(object, "atomic", json_boolean(step->atomic));
    json_object_set_new(object, "outOfOrder", json_boolean(step->late));
    json_object_set_new(object, "done", json_integer((json_int_t)step->done));
    json_t *again = json_array();
    for (guint i = 0; step->replay != NULL && i < step->replay->len; i++)
        json_array_append_new(again, statement_json(step, g_array_index(step->replay, size_t, i)));
    json_object_set_new(object, "again", again);
    json_object_set_new(object, "units", units);
    json_object_set_new(
        object, "verify",
        json_integer(step->verify != NULL ? (json_int_t)step->verify->statements->len : 0));
    return object;
}

static void
print_json(const MigReport *report, const MigPlan *plan, const char *database,
           const MigServer *server, const GError *error, int exit_status)
{
    json_t *document = mig_json_document(database, server);
    json_t *migrations = json_array();
    json_t *notices = json_array();

    if (server == NULL)
        json_object_set_new(document, "engine", json_string(mig_engine_name(plan->engine)));
    for (guint i = 0; i < plan->steps->len; i++)
        json_array_append_new(migrations, step_json(g_ptr_array_index(plan->steps, i)));
    for (guint i = 0; i < plan->notices->len; i++)
        json_array_append_new(notices, mig_json_text(g_ptr_array_index(plan->notices, i)));
    json_object_set_new(document, "migrations", migrations);
    json_object_set_new(document, "notices", notices);
    mig_json_add_error(document, error, exit_status);
    mig_json_print(report->out, document);
}

void
mig_report_notices(const MigReport *report, const MigPlan *plan)
{
    if (report->quiet || report->json)
        return;
    for (guint i = 0; i < plan->notices->len; i++)
        fprintf(report->err, "%snote:%s %s\n", mig_style_on(report->color_err, MIG_STYLE_CAUTION),
                mig_style_off(report->color_err), (char *)g_ptr_array_index(plan->notices, i));
}

void
mig_report_plan(const MigReport *report, const MigPlan *plan, const char *database,
                const MigServer *server, const GError *error, int exit_status)
{
    if (report->json)
        print_json(report, plan, database, server, error, exit_status);
    else
        print_text(report, plan, database, server);
    mig_report_notices(report, plan);
}

/* SPDX-License-Identifier: MIT */
/* migrate script: the plan as SQL. */
#include "cli/goal.h"
#include "cli/options.h"
#include "plan/script.h"
#include "report/style.h"
#include "sql/lexer.h"

#include <string.h>

/* On MySQL a schema is a database, and the script is to serve any: it names none, unless a
 * migration goes to another one and the history would follow it there. */
static bool
stays_in_its_database(const MigPlanned *planned)
{
    if ((planned->engine & MIG_ENGINE_MYSQL_FAMILY) == 0)
        return true;
    for (guint i = 0; i < planned->plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(planned->plan->steps, i);
        for (guint j = 0; j < step->script->statements->len; j++) {
            const MigStatement *statement = mig_script_statement(step->script, j);
            MigLexer lexer;
            MigToken token;

            mig_lexer_init(&lexer, step->script->text + statement->offset, statement->length,
                           planned->engine);
            if (mig_lexer_next(&lexer, &token) && mig_token_is(&lexer, &token, "use"))
                return false;
        }
    }
    return true;
}

static bool
find_history_sql(const MigPlanned *planned, const char **sql, GError **error)
{
    MigHistoryTable *table = planned->session->table;
    bool anywhere = stays_in_its_database(planned);

    for (int i = 0; i <= MIG_HISTORY_EVENT; i++)
        sql[i] = mig_history_table_statement(table, (MigHistorySql)i, anywhere);
    if (sql[MIG_HISTORY_SAVE] == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "the driver has no SQL for the history");
        return false;
    }
    return true;
}

static int
run(MigInvocation *invocation, GError **error)
{
    g_auto(MigGoalOptions) options = {0};
    gboolean idempotent = FALSE;
    const GOptionEntry entries[] = {
        MIG_GOAL_ENTRIES(options),
        {"idempotent", 0, 0, G_OPTION_ARG_NONE, &idempotent,
         "skip what is applied when the script is run", NULL},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;
    if (mig_settings_database(invocation->settings, error) == NULL)
        return MIG_EXIT_USAGE;
    g_autoptr(MigPlanned) planned = mig_goal_plan(invocation, &options, error);
    if (planned == NULL)
        return MIG_EXIT_FAILED;

    const char *sql[MIG_HISTORY_EVENT + 1] = {NULL};
    if (!find_history_sql(planned, sql, error))
        return MIG_EXIT_FAILED;
    const MigScriptOptions script = {
        .idempotent = idempotent,
        .history_sql = sql,
        .tool_version = MIG_VERSION,
    };
    g_autofree char *text = mig_plan_script(planned->plan, &script, error);
    if (text == NULL)
        return MIG_EXIT_FAILED;
    if (invocation->format == MIG_FORMAT_JSON)
        mig_json_print(stdout,
                       json_pack("{s:i, s:s, s:o}", "version", 1, "engine",
                                 mig_engine_name(planned->engine), "sql", mig_json_text(text)));
    else
        fputs(text, stdout);
    return MIG_EXIT_DONE;
}

static const MigCommandExample examples[] = {
    {"What is pending, for a DBA to run", "migrate script > release.sql"},
    {"A script for databases at different versions",
     "migrate script --all --idempotent > release.sql"},
    {"The way back", "migrate script --down 2 > rollback.sql"},
    {0},
};

const MigCommand mig_command_script = {
    .name = "script",
    .group = MIG_COMMAND_REVIEW,
    .summary = "write the SQL of a plan as one file",
    .arguments = "[N] [--to VERSION] [--down N] [--all] [--idempotent]",
    .description =
        "Writes what `up` (or, with --down, `down`) would execute as one file for the engine's own "
        "client: psql, sqlite3, mysql or mariadb. It records what it does in the history, as `up` "
        "does. With --idempotent each migration is skipped where it is applied already; on SQLite "
        "the "
        "script then uses a temporary file, migrate-script.tmp, in the current directory.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_OUT_OF_ORDER),
    .min_args = 0,
    .max_args = 1,
    .run = run,
};

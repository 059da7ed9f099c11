/* SPDX-License-Identifier: MIT */
/* VERIFY queries, read-only, and what they must return. */
#include "apply/verify.h"

#include "apply/failure.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/expect.h"

#include <string.h>

/* Rows and columns of a failing query's result that are shown. */
#define SHOWN_ROWS 5
#define SHOWN_COLUMNS 6
#define CELL_WIDTH 24

typedef struct {
    size_t n_rows;
    char *value; /* (owned) of the first row's first column; NULL: SQL's NULL, or no row */
    bool boolean;
    GPtrArray *names; /* (owned) char *, up to SHOWN_COLUMNS */
    GPtrArray *rows;  /* (owned) GPtrArray of char *, up to SHOWN_ROWS */
} Answer;

static void
answer_clear(Answer *answer)
{
    g_free(answer->value);
    g_clear_pointer(&answer->names, g_ptr_array_unref);
    g_clear_pointer(&answer->rows, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

static char *
cell(const char *value)
{
    if (value == NULL)
        return g_strdup("NULL");
    /* As SQL writes it: nothing at all would look like a table that is cut off. */
    return *value == '\0' ? g_strdup("''") : mig_text_one_line(value, strlen(value), CELL_WIDTH);
}

static bool
keep_row(const MigRow *row, gpointer data)
{
    Answer *answer = data;
    size_t shown = MIN(row->n_columns, SHOWN_COLUMNS);

    if (answer->n_rows == 0 && row->n_columns > 0) {
        answer->value = g_strdup(row->values[0]);
        answer->boolean = row->booleans != NULL && row->booleans[0];
        for (size_t i = 0; i < shown; i++)
            g_ptr_array_add(answer->names, cell(row->names[i]));
    }
    if (answer->n_rows++ < SHOWN_ROWS) {
        GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
        for (size_t i = 0; i < shown; i++)
            g_ptr_array_add(cells, cell(row->values[i]));
        g_ptr_array_add(answer->rows, cells);
    }
    return true;
}

static void
free_cells(gpointer cells)
{
    g_ptr_array_unref(cells);
}

static void
append_cells(GString *out, const GPtrArray *cells, const unsigned *widths)
{
    g_string_append(out, "\n      ");
    for (guint i = 0; i < cells->len; i++) {
        const char *text = g_ptr_array_index(cells, i);
        if (i + 1 < cells->len) {
            mig_text_pad(out, text, widths[i]);
            g_string_append(out, "  ");
        } else {
            g_string_append(out, text);
        }
    }
}

/* What came, as a small table. */
static char *
answer_table(const Answer *answer)
{
    GString *out = g_string_new(NULL);
    unsigned widths[SHOWN_COLUMNS] = {0};

    if (answer->n_rows == 0) {
        g_string_append(out, "no row");
        return g_string_free(out, FALSE);
    }
    g_string_append_printf(out, "%zu row%s", answer->n_rows, answer->n_rows == 1 ? "" : "s");
    for (guint i = 0; i < answer->names->len; i++)
        widths[i] = mig_text_width(g_ptr_array_index(answer->names, i));
    for (guint i = 0; i < answer->rows->len; i++) {
        const GPtrArray *cells = g_ptr_array_index(answer->rows, i);
        for (guint j = 0; j < cells->len; j++)
            widths[j] = MAX(widths[j], mig_text_width(g_ptr_array_index(cells, j)));
    }
    append_cells(out, answer->names, widths);
    for (guint i = 0; i < answer->rows->len; i++)
        append_cells(out, g_ptr_array_index(answer->rows, i), widths);
    if (answer->n_rows > answer->rows->len)
        g_string_append(out, "\n      ...");
    return g_string_free(out, FALSE);
}

static bool
verify_query(MigTarget *target, const MigScript *script, const MigStatement *statement,
             const char *path, GError **error)
{
    g_auto(Answer) answer = {.names = g_ptr_array_new_with_free_func(g_free),
                             .rows = g_ptr_array_new_with_free_func(free_cells)};
    g_autofree char *sql = g_strndup(script->text + statement->offset, statement->length);
    g_autofree char *message = NULL;
    const MigDirective *directive = NULL;
    GError *failure = NULL;
    MigExpect expect;

    if (!mig_target_ask(target, sql, keep_row, &answer, &failure)) {
        bool refused = g_error_matches(failure, MIG_ERROR, MIG_ERROR_SQL);
        g_autofree char *what = mig_failure_describe(script, statement, path, failure);
        int code = refused ? MIG_ERROR_VERIFY : failure->code;
        mig_error_take_sql(error, (MigErrorCode)code, failure, "%s", what);
        return false;
    }
    if (!mig_expect_of(statement, &expect, &directive, &message)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s:%u:%u: %s", path, directive->line,
                    directive->column, message);
        return false;
    }

    bool met = mig_expect_met(&expect, answer.n_rows, answer.value, answer.boolean);
    if (!met) {
        g_autofree char *expected = mig_expect_describe(&expect);
        g_autofree char *came = answer_table(&answer);
        g_autofree char *shown = mig_text_excerpt(script->text, statement->offset,
                                                  statement->length, statement->line, 80);
        g_set_error(error, MIG_ERROR, MIG_ERROR_VERIFY,
                    "%s:%u:%u: VERIFY did not pass\n%s  expected: %s\n  came: %s", path,
                    statement->line, statement->column, shown, expected, came);
    }
    mig_expect_clear(&expect);
    return met;
}

static bool
verify_all(MigTarget *target, const MigScript *script, const char *path, size_t *out_passed,
           GError **error)
{
    for (guint i = 0; i < script->statements->len; i++) {
        if (!verify_query(target, script, mig_script_statement(script, i), path, error))
            return false;
        (*out_passed)++;
    }
    return true;
}

bool
mig_verify(MigTarget *target, const MigScript *script, const char *path, bool inside,
           size_t *out_passed, GError **error)
{
    *out_passed = 0;
    if (inside) {
        if (!mig_target_read_only(target, true, error))
            return false;
        /* Also after a failure, which is to be recorded. */
        bool all = verify_all(target, script, path, out_passed, error);
        bool writable = mig_target_read_only(target, false, all ? error : NULL);
        return all && writable;
    }

    if (!mig_target_begin(target, MIG_BEGIN_READ_ONLY, error))
        return false;
    bool passed = verify_all(target, script, path, out_passed, error);
    bool ended = mig_target_rollback(target, passed ? error : NULL);
    return passed && ended;
}

/* SPDX-License-Identifier: MIT */
/* What is wrong with files, collected, so that it can be mended in one go. */
#include "source/problem.h"

#include <stdarg.h>
#include <string.h>

/* More than a screenful is not read. */
#define SHOWN 20

typedef struct {
    char *path; /* (owned) */
    unsigned line;
    unsigned column;
    char *message; /* (owned) */
} Problem;

static void
free_problem(gpointer data)
{
    Problem *problem = data;

    g_free(problem->path);
    g_free(problem->message);
    g_free(problem);
}

GPtrArray *
mig_problems_new(void)
{
    return g_ptr_array_new_with_free_func(free_problem);
}

/* A file's name or a word of it may hold anything, and must not write control characters to a
 * terminal or break a message into lines. */
static char *
printable(char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    for (char *at = valid; *at != '\0'; at++) {
        if (g_ascii_iscntrl(*at))
            *at = '?';
    }
    g_free(text);
    return valid;
}

void
mig_problems_add(GPtrArray *problems, const char *path, unsigned line, unsigned column,
                 const char *format, ...)
{
    Problem *problem = g_new0(Problem, 1);
    va_list args;

    va_start(args, format);
    problem->path = printable(g_strdup(path));
    problem->line = line;
    problem->column = column;
    problem->message = printable(g_strdup_vprintf(format, args));
    va_end(args);
    g_ptr_array_add(problems, problem);
}

static int
compare_problems(gconstpointer a, gconstpointer b)
{
    const Problem *one = *(const Problem *const *)a;
    const Problem *other = *(const Problem *const *)b;

    int order = strcmp(one->path, other->path);
    if (order == 0)
        order = (one->line > other->line) - (one->line < other->line);
    if (order == 0)
        order = (one->column > other->column) - (one->column < other->column);
    return order;
}

bool
mig_problems_raise(GPtrArray *problems, GError **error)
{
    if (problems->len == 0)
        return true;

    g_ptr_array_sort(problems, compare_problems);

    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < MIN(problems->len, SHOWN); i++) {
        const Problem *problem = g_ptr_array_index(problems, i);
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", problem->path);
        if (problem->line > 0)
            g_string_append_printf(text, ":%u", problem->line);
        if (problem->line > 0 && problem->column > 0)
            g_string_append_printf(text, ":%u", problem->column);
        g_string_append_printf(text, ": %s", problem->message);
    }
    if (problems->len > SHOWN)
        g_string_append_printf(text, "\nand %u more", problems->len - SHOWN);
    g_set_error_literal(error, MIG_ERROR, MIG_ERROR_FILE, text->str);
    return false;
}

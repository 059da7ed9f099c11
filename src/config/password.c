/* SPDX-License-Identifier: MIT */
/* The database's password where it isn't in the URL: a file's first line, or a command's. */
#include "config/password.h"

#include "base/spawn.h"

#include <string.h>
#include <sys/wait.h>

/* What was read is wiped, so that the password isn't left in freed memory more often than needed. */
static void
wipe(char *text, size_t length)
{
    if (text != NULL)
        explicit_bzero(text, length);
    g_free(text);
}

static char *
first_line(const char *text, size_t length, const char *place, const char *what, GError **error)
{
    size_t end = 0;

    while (end < length && text[end] != '\n')
        end++;
    if (end > 0 && text[end - 1] == '\r')
        end--;
    if (memchr(text, '\0', end) != NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s: the first line of %s has a NUL byte, which no password can have", place,
                    what);
        return NULL;
    }
    if (end == 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s: the first line of %s is empty; it must be the password", place, what);
        return NULL;
    }
    return g_strndup(text, end);
}

char *
mig_password_read_file(const char *path, const char *place, GError **error)
{
    g_autoptr(GError) cause = NULL;
    char *text = NULL;
    size_t length = 0;

    if (!g_file_get_contents(path, &text, &length, &cause)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s: the password can't be read: %s", place,
                    cause->message);
        return NULL;
    }
    char *password = first_line(text, length, place, path, error);
    wipe(text, length);
    return password;
}

static bool
check_status(int status, const char *place, GError **error)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;

    if (WIFSIGNALED(status))
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s: the command was killed by signal %d (%s)", place, WTERMSIG(status),
                    g_strsignal(WTERMSIG(status)));
    else
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s: the command ended with status %d; it must write the password and end "
                    "with 0",
                    place, WEXITSTATUS(status));
    return false;
}

char *
mig_password_run_command(const char *command, const char *place, GError **error)
{
    char *const argv[] = {(char *)"/bin/sh", (char *)"-c", (char *)command, NULL};
    g_autoptr(GError) cause = NULL;
    char *output = NULL;
    int status = 0;

    if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN,
                      mig_spawn_restore_signals, NULL, &output, NULL, &status, &cause)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s: sh can't be run: %s", place,
                    cause->message);
        return NULL;
    }

    /* Output with a NUL byte ends there; GLib doesn't tell how long it was. */
    size_t length = strlen(output);
    char *password = NULL;
    if (check_status(status, place, error))
        password = first_line(output, length, place, "the command's output", error);
    wipe(output, length);
    return password;
}

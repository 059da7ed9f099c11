/* SPDX-License-Identifier: MIT */
/* The password from a file or a command. */
#include "config/password.h"
#include "support/scratch.h"

#include <signal.h>
#include <string.h>

static void
test_command(void)
{
    static const struct {
        const char *command;
        const char *password; /* NULL: it's an error */
        const char *wrong;
    } commands[] = {
        {"echo one; echo two", "one", NULL},
        {"printf 'no line end'", "no line end", NULL},
        {"printf 'crlf\\r\\n'", "crlf", NULL},
        {"printf ' blanks stay '", " blanks stay ", NULL},
        {"exit 3", NULL,
         "p: the command ended with status 3; it must write the password and end with 0"},
        {"echo secret; exit 1", NULL,
         "p: the command ended with status 1; it must write the password and end with 0"},
        {"kill -TERM $$", NULL, "p: the command was killed by signal 15 (Terminated)"},
        {"true", NULL,
         "p: the first line of the command's output is empty; it must be the password"},
        {"echo; echo two", NULL,
         "p: the first line of the command's output is empty; it must be the password"},
        {"this-command-is-not-there 2>/dev/null", NULL,
         "p: the command ended with status 127; it must write the password and end with 0"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *password = mig_password_run_command(commands[i].command, "p", &error);
        g_assert_cmpstr(password, ==, commands[i].password);
        g_assert_cmpstr(error == NULL ? NULL : error->message, ==, commands[i].wrong);
    }
}

static void
test_signals(void)
{
    sigset_t blocked;
    sigset_t before;

    /* As the program is while it waits for signals in one thread. */
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    void (*pipe_before)(int) = signal(SIGPIPE, SIG_IGN);

    g_autoptr(GError) error = NULL;
    g_autofree char *masks = mig_password_run_command(
        "sed -n 's/^SigBlk:[^0]*0*$/nothing blocked/p' /proc/self/status", "p", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(masks, ==, "nothing blocked");

    g_autofree char *ignored = mig_password_run_command(
        "sh -c 'kill -PIPE $$; echo survived' || echo killed", "p", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(ignored, ==, "killed");

    signal(SIGPIPE, pipe_before);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

static void
test_file(void)
{
    static const struct {
        const char *text;
        size_t length;
        const char *password;
        const char *wrong;
    } files[] = {
        {"one\ntwo\n", 8, "one", NULL},
        {"one", 3, "one", NULL},
        {"one\r\n", 5, "one", NULL},
        {"", 0, NULL, "is empty; it must be the password"},
        {"\none\n", 5, NULL, "is empty; it must be the password"},
        {"a\0b\n", 4, NULL, "has a NUL byte, which no password can have"},
    };
    g_autofree char *folder = mig_scratch_new();
    g_autofree char *path = g_build_filename(folder, "password", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(g_file_set_contents(path, files[i].text, (gssize)files[i].length, NULL));
        g_autofree char *password = mig_password_read_file(path, "p", &error);
        g_assert_cmpstr(password, ==, files[i].password);
        g_assert_true(error == NULL || g_str_has_suffix(error->message, files[i].wrong));
    }

    g_autoptr(GError) error = NULL;
    mig_scratch_remove(folder);
    g_assert_null(mig_password_read_file(path, "p", &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/config/password/first-line-of-a-command", test_command);
    g_test_add_func("/config/password/a-command-can-be-stopped", test_signals);
    g_test_add_func("/config/password/first-line-of-a-file", test_file);
    return g_test_run();
}

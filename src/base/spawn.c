/* SPDX-License-Identifier: MIT */
/* Other programs, started so that they can be stopped and see nothing they shouldn't. */
#include "base/spawn.h"

#include <errno.h>
#include <migrate/error.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

void
mig_spawn_restore_signals(gpointer data G_GNUC_UNUSED)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
}

/* A file in memory: a pipe would stop us while the program doesn't read. */
static int
open_input(const char *input, GError **error)
{
    int fd = memfd_create("migrate-input", MFD_CLOEXEC);
    size_t left = strlen(input);

    if (fd < 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "no file in memory can be made: %s",
                    g_strerror(errno));
        return -1;
    }
    while (left > 0) {
        ssize_t written = write(fd, input, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "a file in memory can't be written: %s",
                        g_strerror(errno));
            close(fd);
            return -1;
        }
        input += written;
        left -= (size_t)written;
    }
    lseek(fd, 0, SEEK_SET);
    return fd;
}

bool
mig_spawn(const char *const *argv, const char *const *environment, const char *input,
          int *out_status, GError **error)
{
    g_auto(GStrv) variables = g_get_environ();
    GPid pid = 0;
    int fd = -1;

    for (size_t i = 0; environment != NULL && environment[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(environment[i], "=", 2);
        variables = g_environ_setenv(variables, parts[0], parts[1], TRUE);
    }
    if (input != NULL) {
        fd = open_input(input, error);
        if (fd < 0)
            return false;
    }

    bool started = g_spawn_async_with_fds(
        NULL, (char **)(uintptr_t)argv, variables, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
        mig_spawn_restore_signals, NULL, &pid, fd, STDERR_FILENO, STDERR_FILENO, error);
    if (fd >= 0)
        close(fd);
    if (!started)
        return false;
    while (waitpid(pid, out_status, 0) < 0 && errno == EINTR)
        continue;
    g_spawn_close_pid(pid);
    return true;
}

char *
mig_spawn_describe(int status)
{
    if (WIFSIGNALED(status))
        return g_strdup_printf("was killed by signal %d", WTERMSIG(status));
    return g_strdup_printf("ended with status %d", WEXITSTATUS(status));
}

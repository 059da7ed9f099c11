/* SPDX-License-Identifier: MIT */
/* Other programs, started so that they can be stopped and see nothing they shouldn't. */
#include "base/spawn.h"

#include <errno.h>
#include <migrate/error.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void
mig_spawn_restore_signals(gpointer data G_GNUC_UNUSED)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
}

/* A file in memory: a pipe would stop us while the program doesn't read. */
static int
open_memory(const char *text, GError **error)
{
    int fd = memfd_create("migrate", MFD_CLOEXEC);
    size_t left = strlen(text);

    if (fd < 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "no file in memory can be made: %s",
                    g_strerror(errno));
        return -1;
    }
    /* libpq refuses a password file that others may read. */
    fchmod(fd, S_IRUSR | S_IWUSR);
    while (left > 0) {
        ssize_t written = write(fd, text, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "a file in memory can't be written: %s",
                        g_strerror(errno));
            close(fd);
            return -1;
        }
        text += written;
        left -= (size_t)written;
    }
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static char **
make_environment(const char *const *changes)
{
    char **variables = g_get_environ();

    for (size_t i = 0; changes != NULL && changes[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(changes[i], "=", 2);
        variables = parts[1] != NULL ? g_environ_setenv(variables, parts[0], parts[1], TRUE)
                                     : g_environ_unsetenv(variables, parts[0]);
    }
    return variables;
}

static void
close_file(int fd)
{
    if (fd >= 0)
        close(fd);
}

static bool
start(const MigSpawn *program, int input, int secret, GPid *out_pid, GError **error)
{
    g_auto(GStrv) variables = make_environment(program->environment);
    const int target = 3;

    return g_spawn_async_with_pipes_and_fds(
        NULL, (const char *const *)program->argv, (const char *const *)variables,
        G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, mig_spawn_restore_signals, NULL, input,
        STDERR_FILENO, STDERR_FILENO, &secret, &target, secret >= 0 ? 1 : 0, out_pid, NULL, NULL,
        NULL, error);
}

bool
mig_spawn(const MigSpawn *program, int *out_status, GError **error)
{
    int input = program->input != NULL ? open_memory(program->input, error) : -1;
    if (program->input != NULL && input < 0)
        return false;

    int secret = program->secret != NULL ? open_memory(program->secret, error) : -1;
    GPid pid = 0;
    bool ready = program->secret == NULL || secret >= 0;
    bool started = ready && start(program, input, secret, &pid, error);
    close_file(input);
    close_file(secret);
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

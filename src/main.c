/* SPDX-License-Identifier: MIT */
/* Locale, signals, command line, exit status; nothing else. */
#include "cli/dispatch.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* With `>&-` the next file to be opened, a database or its socket, would become standard output, and
 * be written to. What stands in its place can't be written, so that it is told all the same. */
static void
fill_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", O_RDONLY);
    }
}

int
main(int argc, char **argv)
{
    fill_standard_streams();

    /* Only what a character is. Messages of the client libraries stay in the language in which they
     * can be searched for, numbers in the form that programs read. */
    setlocale(LC_CTYPE, "");

    /* A reader that has seen enough (head, a closed pager) is no reason to die in mid-migration. */
    signal(SIGPIPE, SIG_IGN);

    /* Nor is a file that has reached the size that it may have (ulimit -f): it is an error of write. */
    signal(SIGXFSZ, SIG_IGN);

    /* Our memory has a password in it: no core is written of it, wherever the system sends cores, and
     * nobody but root may look into it. A limit of the core's size wouldn't do: it is passed over
     * where a program takes the core, and what we start would inherit it.
     * Manual: Linux man-pages, core(5), prctl(2). */
    prctl(PR_SET_DUMPABLE, 0);

    return mig_dispatch(argc, argv);
}

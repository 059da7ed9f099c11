/* SPDX-License-Identifier: MIT */
/* Locale, signals, command line, exit status; nothing else. */
#include "cli/dispatch.h"

#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>

int
main(int argc, char **argv)
{
    /* Only what a character is. Messages of the client libraries stay in the language in which they
     * can be searched for, numbers in the form that programs read. */
    setlocale(LC_CTYPE, "");

    /* A reader that has seen enough (head, a closed pager) is no reason to die in mid-migration. */
    signal(SIGPIPE, SIG_IGN);

    /* Our memory has a password in it: no core is written of it, wherever the system sends cores, and
     * nobody but root may look into it. A limit of the core's size wouldn't do: it is passed over
     * where a program takes the core, and what we start would inherit it.
     * Manual: Linux man-pages, core(5), prctl(2). */
    prctl(PR_SET_DUMPABLE, 0);

    return mig_dispatch(argc, argv);
}

/* SPDX-License-Identifier: MIT */
/* Locale, signals, command line, exit status; nothing else. */
#include "cli/dispatch.h"

#include <locale.h>
#include <signal.h>

int
main(int argc, char **argv)
{
    /* Only what a character is. Messages of the client libraries stay in the language in which they
     * can be searched for, numbers in the form that programs read. */
    setlocale(LC_CTYPE, "");

    /* A reader that has seen enough (head, a closed pager) is no reason to die in mid-migration. */
    signal(SIGPIPE, SIG_IGN);

    return mig_dispatch(argc, argv);
}

/* SPDX-License-Identifier: MIT */
/* Runs a command and writes what it took to a file: "wall CPU peak", in ms, ms and KiB.
 *
 * A process inherits the peak memory of the one that starts it, which for a script's interpreter is
 * more than what is measured; this one is small. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1000 + (double)time.tv_usec / 1000;
}

int
main(int argc, char **argv)
{
    struct timespec begun;
    struct timespec ended;
    struct rusage usage;
    int status = 0;

    if (argc < 3)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &ended);

    FILE *out = fopen(argv[1], "w");
    if (out == NULL)
        return 2;
    double wall = (double)(ended.tv_sec - begun.tv_sec) * 1000 +
                  (double)(ended.tv_nsec - begun.tv_nsec) / 1000000;
    fprintf(out, "%.3f %.3f %ld\n", wall,
            milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), usage.ru_maxrss);
    if (fclose(out) != 0)
        return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

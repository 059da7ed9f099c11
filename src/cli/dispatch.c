/* SPDX-License-Identifier: MIT */
/* The program: finds the command, runs it, prints its error. */
#include "cli/dispatch.h"

#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "driver/url.h"
#include "report/style.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The arguments are copied before, so that only what others see is changed. */
static void
hide_passwords(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        size_t length = strlen(argv[i]);
        g_autofree char *hidden = mig_url_redact(argv[i]);
        if (strcmp(hidden, argv[i]) == 0)
            continue;
        /* NULs at the end, so that the password's length doesn't show either. */
        memset(argv[i], 0, length);
        memcpy(argv[i], hidden, MIN(length, strlen(hidden)));
    }
}

static void
print_document(const GError *error, int status)
{
    json_t *document = mig_json_document(NULL, NULL);

    mig_json_add_error(document, error, status);
    mig_json_print(stdout, document);
}

/* The one place where an error is printed. Returns the exit status. */
static int
print_error(const GError *error, const MigOptions *options, bool document)
{
    int status = mig_exit_status(error, mig_interrupt_signal());
    bool color = options->color_err;

    fflush(stdout);
    fprintf(stderr, "%smigrate: error:%s %s\n", color ? "\033[1;31m" : "", color ? "\033[0m" : "",
            error->message);
    if (document && options->format == MIG_FORMAT_JSON)
        print_document(error, status);
    return status;
}

/* Whether what was written to a stream is lost, and somebody would have read it: a pipe only fails
 * when its reader has gone, and that is fine. */
static bool
is_lost(FILE *stream)
{
    struct stat status;

    errno = 0;
    if (fflush(stream) == 0 && !ferror(stream))
        return false;
    return fstat(fileno(stream), &status) != 0 ||
           !(S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

/* What didn't reach its stream must not look like success. */
static int
finish_output(int status)
{
    bool lost = is_lost(stdout);

    /* Of a write long ago the reason isn't known any more. */
    if (lost)
        fprintf(stderr, "migrate: error: standard output could not be written%s%s\n",
                errno != 0 ? ": " : "", errno != 0 ? g_strerror(errno) : "");
    if (is_lost(stderr))
        lost = true;
    return lost && status == MIG_EXIT_DONE ? MIG_EXIT_FAILED : status;
}

static void
set_unknown_command(MigOptions *options, const char *word, GError **error)
{
    /* "migrate --to 5 up": GOption can't know that 5 belongs to --to. */
    const char *before = options->rest->len > 2 ? g_ptr_array_index(options->rest, 1) : "";
    bool first = options->argv[1] != NULL && strcmp(options->argv[1], word) == 0;
    if (!first && g_str_has_prefix(before, "-")) {
        mig_options_refuse(NULL, NULL, before, error);
        return;
    }

    const char *meant = mig_command_suggest(word);
    if (meant != NULL)
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "there is no command \"%s\"; did you mean \"%s\"?\n"
                    "  for the commands type: migrate help",
                    word, meant);
    else
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "there is no command \"%s\"\n  for the commands type: migrate help", word);
}

static int
run(MigOptions *options)
{
    g_autoptr(GError) error = NULL;
    const char *word = NULL;

    if (!mig_options_begin(options, &word, &error))
        return print_error(error, options, true);
    if (options->version) {
        printf("migrate %s\n", MIG_VERSION);
        return MIG_EXIT_DONE;
    }
    if (word == NULL && options->help) {
        mig_help_main(options->color_out);
        return MIG_EXIT_DONE;
    }
    if (word == NULL && options->rest->len > 2) {
        set_unknown_command(options, "", &error);
        return print_error(error, options, true);
    }
    if (word == NULL) {
        mig_help_usage();
        return MIG_EXIT_USAGE;
    }

    const MigCommand *command = mig_command_find(word);
    if (command == NULL) {
        set_unknown_command(options, word, &error);
        mig_options_glance(options);
        return print_error(error, options, true);
    }

    MigInvocation invocation = {.command = command, .options = options};
    int status = command->run(&invocation, &error);
    if (options->version) {
        printf("migrate %s\n", MIG_VERSION);
        return MIG_EXIT_DONE;
    }
    if (error != NULL)
        return print_error(error, options, !invocation.document_written);
    return options->help ? MIG_EXIT_DONE : status;
}

int
mig_dispatch(int argc, char **argv)
{
    /* argv may be empty for a program that is started in an odd way. */
    static char name[] = "migrate";
    static char *nameless[] = {name, NULL};
    char **words = argc > 0 ? argv : nameless;

    g_autoptr(MigOptions) options = mig_options_new(g_strdupv(words));
    hide_passwords(argc, argv);
    return finish_output(run(options));
}

/* SPDX-License-Identifier: MIT */
/* Help, all made from the table of commands. */
#include "cli/help.h"

#include "base/text.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 80

typedef struct {
    bool color;
    size_t n_listed;
} Page;

static void
heading(const Page *page, const char *text)
{
    printf("\n%s%s%s\n", page->color ? "\033[1m" : "", text, page->color ? "\033[0m" : "");
}

/* "  left       what it is", the right part wrapped; a left part that is too long stands alone. */
static void
row(const char *left, const char *right, unsigned column)
{
    g_autoptr(GString) line = g_string_new("  ");
    g_autofree char *indent = g_strnfill(column, ' ');
    unsigned used = mig_text_width(left) + 2;

    if (used + 2 > column)
        g_string_append_printf(line, "%s\n%s", left, indent);
    else
        mig_text_pad(line, left, column - 2);
    /* mig_text_wrap() doesn't know how far to the right its first line starts. */
    g_autofree char *wrapped = mig_text_wrap(right, WIDTH - column, "");
    for (const char *at = wrapped; *at != '\0'; at++) {
        g_string_append_c(line, *at);
        if (*at == '\n')
            g_string_append(line, indent);
    }
    puts(line->str);
}

static void
option_row(char letter, const char *name, const char *placeholder, const char *what)
{
    g_autofree char *shorter = letter != 0 ? g_strdup_printf("-%c, ", letter) : g_strdup("    ");
    g_autofree char *left = g_strconcat(shorter, "--", name, placeholder != NULL ? " " : "",
                                        placeholder != NULL ? placeholder : "", NULL);
    row(left, what, 32);
}

static void
setting_rows(unsigned settings)
{
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        const MigSettingInfo *info = mig_setting_info((MigSettingId)id);
        if ((settings & MIG_SETTING_BIT(id)) == 0)
            continue;

        g_autoptr(GString) what = g_string_new(info->summary);
        g_autofree char *choices =
            info->choices == NULL ? NULL : g_strjoinv(", ", (char **)info->choices);
        if (choices != NULL)
            g_string_append_printf(what, ": %s", choices);
        if (info->initial != NULL)
            g_string_append_printf(what, " (default: %s)", info->initial);

        bool on = info->kind == MIG_SETTING_KIND_BOOLEAN && strcmp(info->initial, "true") == 0;
        g_autofree char *name = g_strconcat(on ? "no-" : "", info->name, NULL);
        g_autofree char *without = on ? g_strdup_printf("don't %s", info->summary) : NULL;
        option_row(info->short_name, name, info->placeholder, on ? without : what->str);
    }
}

static void
entry_rows(const GOptionEntry *entries, gpointer data)
{
    Page *page = data;

    for (; entries->long_name != NULL; entries++) {
        if ((entries->flags & G_OPTION_FLAG_HIDDEN) != 0 || entries->description == NULL)
            continue;
        if (page != NULL && page->n_listed++ == 0)
            heading(page, "Options");
        option_row(entries->short_name, entries->long_name, entries->arg_description,
                   entries->description);
    }
}

void
mig_help_usage(void)
{
    fputs("migrate: versioned SQL migrations for PostgreSQL, MySQL, MariaDB and SQLite\n\n"
          "  migrate init          begin\n"
          "  migrate new NAME      make a migration\n"
          "  migrate status        see what is applied\n"
          "  migrate up            apply what is pending\n\n"
          "For all commands and options type: migrate help\n",
          stderr);
}

void
mig_help_main(bool color)
{
    static const char *const titles[MIG_N_COMMAND_GROUPS] = {
        [MIG_COMMAND_START] = "Begin", [MIG_COMMAND_RUN] = "Run",
        [MIG_COMMAND_REVIEW] = "Look", [MIG_COMMAND_HISTORY] = "Put right",
        [MIG_COMMAND_OTHER] = "Other",
    };
    const Page page = {.color = color};
    const MigCommand *const *commands = mig_commands();

    puts("migrate: versioned SQL migrations for PostgreSQL, MySQL, MariaDB and SQLite\n\n"
         "  migrate [OPTIONS] COMMAND [OPTIONS]");
    for (unsigned group = 0; group < MIG_N_COMMAND_GROUPS; group++) {
        bool titled = false;
        for (size_t i = 0; commands[i] != NULL; i++) {
            if (commands[i]->group != (MigCommandGroup)group)
                continue;
            if (!titled)
                heading(&page, titles[group]);
            titled = true;
            row(commands[i]->name, commands[i]->summary, 16);
        }
    }
    heading(&page, "Options, before or after the command");
    setting_rows(MIG_OPTIONS_GLOBAL_SETTINGS);
    entry_rows(mig_options_global(), NULL);
    puts("\nFor one command type: migrate help COMMAND\n"
         "The manual: migrate(1), migrate.conf(5), migrate-file(5)");
}

void
mig_help_command(const MigCommand *command, bool color)
{
    Page page = {.color = color};
    g_autofree char *usage = g_strdup_printf("  migrate %s %s", command->name, command->arguments);
    g_autofree char *wrapped_usage = mig_text_wrap(g_strchomp(usage), WIDTH, "      ");

    printf("migrate %s: %s\n\n%s\n", command->name, command->summary, wrapped_usage);
    if (command->aliases != NULL) {
        g_autofree char *aliases = g_strjoinv(", ", (char **)command->aliases);
        printf("\nAlso: %s\n", aliases);
    }
    if (command->description != NULL) {
        g_autofree char *wrapped = mig_text_wrap(command->description, WIDTH, "");
        printf("\n%s\n", wrapped);
    }
    mig_options_describe(command, entry_rows, &page);
    if (command->settings != 0) {
        heading(&page, "Settings, here or in migrate.conf");
        setting_rows(command->settings);
    }
    for (const MigCommandExample *e = command->examples; e != NULL && e->command != NULL; e++) {
        if (e == command->examples)
            heading(&page, "Examples");
        row(e->command, e->what, 40);
    }
    puts("\nFor the options of all commands type: migrate help");
}

static int
run(MigInvocation *invocation, GError **error)
{
    const GOptionEntry entries[] = {{0}};

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;
    if (invocation->n_args == 0) {
        mig_help_main(invocation->color_out);
        return MIG_EXIT_DONE;
    }

    const MigCommand *command = mig_command_find(invocation->args[0]);
    if (command == NULL) {
        const char *meant = mig_command_suggest(invocation->args[0]);
        g_autofree char *hint =
            meant == NULL ? NULL : g_strdup_printf("; did you mean \"%s\"?", meant);
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "there is no command \"%s\"%s\n  for the commands type: migrate help",
                    invocation->args[0], hint != NULL ? hint : "");
        return MIG_EXIT_USAGE;
    }
    mig_help_command(command, invocation->color_out);
    return MIG_EXIT_DONE;
}

const MigCommand mig_command_help = {
    .name = "help",
    .group = MIG_COMMAND_OTHER,
    .summary = "show this, or how to use one command",
    .arguments = "[COMMAND]",
    .max_args = 1,
    .without_settings = true,
    .run = run,
};

/* SPDX-License-Identifier: MIT */
/* The table of commands. */
#include "cli/command.h"

#include "base/text.h"

#include <string.h>

static const MigCommand *const commands[] = {
    &mig_command_init,
    &mig_command_new,
    &mig_command_up,
    &mig_command_down,
    &mig_command_redo,
    &mig_command_goto,
    &mig_command_status,
    &mig_command_verify,
    &mig_command_lint,
    &mig_command_plan,
    &mig_command_script,
    &mig_command_baseline,
    &mig_command_repair,
    &mig_command_wait,
    &mig_command_completion,
    &mig_command_help,
    NULL,
};

const MigCommand *const *
mig_commands(void)
{
    return commands;
}

const MigCommand *
mig_command_find(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0 ||
            (commands[i]->aliases != NULL && g_strv_contains(commands[i]->aliases, name)))
            return commands[i];
    }
    return NULL;
}

const char *
mig_command_suggest(const char *name)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    for (size_t i = 0; commands[i] != NULL; i++) {
        g_ptr_array_add(words, (gpointer)commands[i]->name);
        for (size_t j = 0; commands[i]->aliases != NULL && commands[i]->aliases[j] != NULL; j++)
            g_ptr_array_add(words, (gpointer)commands[i]->aliases[j]);
    }
    g_ptr_array_add(words, NULL);
    return mig_text_suggest(name, (const char *const *)words->pdata);
}

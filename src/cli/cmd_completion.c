/* SPDX-License-Identifier: MIT */
/* migrate completion: bash | zsh | fish. */
#include "cli/completion.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

static int
run(MigInvocation *invocation, GError **error)
{
    static const struct {
        const char *shell;
        void (*write)(GString *out);
    } shells[] = {
        {"bash", mig_completion_bash},
        {"zsh", mig_completion_zsh},
        {"fish", mig_completion_fish},
    };
    const GOptionEntry entries[] = {{0}};

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;

    for (size_t i = 0; i < G_N_ELEMENTS(shells); i++) {
        if (strcmp(invocation->args[0], shells[i].shell) == 0) {
            g_autoptr(GString) out = g_string_new(NULL);
            shells[i].write(out);
            fputs(out->str, stdout);
            return MIG_EXIT_DONE;
        }
    }
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "there is no completion for \"%s\"; it must be bash, zsh or fish",
                invocation->args[0]);
    return MIG_EXIT_USAGE;
}

static const MigCommandExample examples[] = {
    {"In this shell only", "eval \"$(migrate completion bash)\""},
    {"From the next login on",
     "migrate completion bash > ~/.local/share/bash-completion/completions/migrate"},
    {"zsh: a directory that is in $fpath", "migrate completion zsh > ~/.zfunc/_migrate"},
    {"fish", "migrate completion fish > ~/.config/fish/completions/migrate.fish"},
    {0},
};

const MigCommand mig_command_completion = {
    .name = "completion",
    .group = MIG_COMMAND_OTHER,
    .summary = "write a shell's completion of commands and options",
    .arguments = "bash|zsh|fish",
    .description = "Writes a script to standard output, for the shell to read.",
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .without_settings = true,
    .run = run,
};

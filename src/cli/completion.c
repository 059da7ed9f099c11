/* SPDX-License-Identifier: MIT */
/* What the shells complete, all made from the table of commands. */
#include "cli/completion.h"

#include "cli/options.h"

#include <string.h>

/* An option as a shell sees it; everything is borrowed from static tables. */
typedef struct {
    char letter; /* 0: none */
    const char *name;
    bool negated; /* the name is "no-" and this */
    const char *what;
    const char *placeholder; /* NULL: it takes no value */
    const char *const *choices;
} Option;

/* (owned) "text|json" as words, NULL-terminated; NULL: any value. */
static char **
choices_of(const Option *option)
{
    if (option->choices != NULL)
        return g_strdupv((char **)option->choices);
    if (option->placeholder != NULL && strchr(option->placeholder, '|') != NULL)
        return g_strsplit(option->placeholder, "|", -1);
    return NULL;
}

static char *
long_name(const Option *option)
{
    return g_strconcat("--", option->negated ? "no-" : "", option->name, NULL);
}

static void
add_entries(const GOptionEntry *entries, gpointer data)
{
    GArray *options = data;

    for (; entries->long_name != NULL; entries++) {
        if ((entries->flags & G_OPTION_FLAG_HIDDEN) != 0)
            continue;
        const Option option = {
            .letter = entries->short_name,
            .name = entries->long_name,
            .what = entries->description,
            .placeholder = entries->arg_description,
        };
        g_array_append_val(options, option);
    }
}

static void
add_settings(GArray *options, unsigned settings)
{
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        const MigSettingInfo *info = mig_setting_info((MigSettingId)id);
        if ((settings & MIG_SETTING_BIT(id)) == 0)
            continue;
        bool boolean = info->kind == MIG_SETTING_KIND_BOOLEAN;
        const Option option = {
            .letter = info->short_name,
            .name = info->name,
            .negated = boolean && strcmp(info->initial, "true") == 0,
            .what = info->summary,
            .placeholder = info->placeholder,
            .choices = info->choices,
        };
        g_array_append_val(options, option);
    }
}

/* (owned) Option; `command` NULL: the global ones. */
static GArray *
options_of(const MigCommand *command)
{
    GArray *options = g_array_new(FALSE, FALSE, sizeof(Option));

    if (command == NULL) {
        add_settings(options, MIG_OPTIONS_GLOBAL_SETTINGS);
        add_entries(mig_options_global(), options);
    } else {
        mig_options_describe(command, add_entries, options);
        add_settings(options, command->settings & ~MIG_OPTIONS_GLOBAL_SETTINGS);
    }
    return options;
}

/* (owned) "up", "apply", "migrate" with a separator between them. */
static char *
names_of(const MigCommand *command, const char *separator)
{
    g_autofree char *aliases =
        command->aliases == NULL ? NULL : g_strjoinv(separator, (char **)command->aliases);

    return g_strconcat(command->name, aliases == NULL ? "" : separator,
                       aliases == NULL ? "" : aliases, NULL);
}

/* The words that are a command's arguments, (owned); NULL: there is no list of them. */
static char *
argument_words(const MigCommand *command)
{
    g_autoptr(GString) words = g_string_new(NULL);

    if (command == &mig_command_help) {
        for (const MigCommand *const *each = mig_commands(); *each != NULL; each++)
            g_string_append_printf(words, "%s ", (*each)->name);
        g_string_truncate(words, words->len - 1);
        return g_string_free(g_steal_pointer(&words), FALSE);
    }
    if (strchr(command->arguments, '|') == NULL || strpbrk(command->arguments, "[ ") != NULL)
        return NULL;
    return g_strdelimit(g_strdup(command->arguments), "|", ' ');
}

static void
append_words(GString *out, const GArray *options)
{
    for (guint i = 0; i < options->len; i++) {
        const Option *option = &g_array_index(options, Option, i);
        g_autofree char *name = long_name(option);
        g_string_append_printf(out, "%s%s", i > 0 ? " " : "", name);
    }
}

/* What bash offers behind an option, as lines of a `case`. */
static void
append_bash_values(GString *out, const GArray *options, GHashTable *seen)
{
    for (guint i = 0; i < options->len; i++) {
        const Option *option = &g_array_index(options, Option, i);
        if (option->placeholder == NULL || !g_hash_table_add(seen, (gpointer)option->name))
            continue;

        g_autofree char *letter =
            option->letter != 0 ? g_strdup_printf("-%c|", option->letter) : g_strdup("");
        g_auto(GStrv) choices = choices_of(option);
        g_string_append_printf(out, "    %s--%s)\n", letter, option->name);
        if (choices != NULL) {
            g_autofree char *words = g_strjoinv(" ", choices);
            g_string_append_printf(out, "        values=(-W '%s') ;;\n", words);
        } else if (strcmp(option->placeholder, "FILE") == 0) {
            g_string_append(out, "        values=(-f) ;;\n");
        } else if (strcmp(option->placeholder, "DIR") == 0) {
            g_string_append(out, "        values=(-d) ;;\n");
        } else {
            g_string_append(out, "        values=(-W '') ;;\n");
        }
    }
}

/* The words are taken from the line, since bash itself cuts a URL at its colons. */
static const char bash_head[] = "# bash completion of migrate; made by: migrate completion bash\n"
                                "_migrate_values()\n"
                                "{\n"
                                "    case $1 in\n";
static const char bash_middle[] =
    "    *) return 1 ;;\n"
    "    esac\n"
    "}\n"
    "\n"
    "_migrate()\n"
    "{\n"
    "    local -a words values=()\n"
    "    local line=${COMP_LINE:0:COMP_POINT} command='' cur prev='' word offered='' i\n"
    "    read -ra words <<<\"$line\"\n"
    "    [[ $line == *[[:space:]] ]] && words+=('')\n"
    "    cur=${words[${#words[@]} - 1]}\n"
    "    for ((i = 1; i < ${#words[@]} - 1; i++)); do\n"
    "        word=${words[i]}\n"
    "        if [[ -n $prev ]]; then\n"
    "            prev=''\n"
    "        elif [[ $word == -* ]]; then\n"
    "            _migrate_values \"$word\" && prev=$word\n"
    "        elif [[ -z $command ]]; then\n"
    "            command=$word\n"
    "        fi\n"
    "    done\n"
    "    values=()\n"
    "    if [[ -z $prev && $cur == --*=* ]]; then\n"
    "        prev=${cur%%=*}\n"
    "        cur=${cur#*=}\n"
    "    fi\n"
    "    if [[ -n $prev ]] && _migrate_values \"$prev\"; then\n"
    "        [[ ${values[0]} == -W ]] || compopt -o filenames 2>/dev/null\n"
    "        mapfile -t COMPREPLY < <(compgen \"${values[@]}\" -- \"$cur\")\n"
    "        return\n"
    "    fi\n"
    "    case $command in\n";
static const char bash_tail[] =
    "    esac\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$offered\" -- \"$cur\")\n"
    "}\n"
    "complete -o bashdefault -o default -F _migrate migrate\n";

void
mig_completion_bash(GString *out)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) global = options_of(NULL);
    g_autoptr(GString) global_words = g_string_new(NULL);
    append_words(global_words, global);

    g_string_append(out, bash_head);
    append_bash_values(out, global, seen);
    g_autoptr(GString) cases = g_string_new(NULL);
    g_autoptr(GString) all = g_string_new(NULL);
    for (const MigCommand *const *each = mig_commands(); *each != NULL; each++) {
        g_autoptr(GArray) own = options_of(*each);
        g_autofree char *pattern = names_of(*each, "|");
        g_autofree char *words = argument_words(*each);
        append_bash_values(out, own, seen);
        g_string_append_printf(all, "%s ", (*each)->name);

        g_string_append_printf(cases, "    %s)\n        offered='%s'\n", pattern,
                               words != NULL ? words : "");
        g_string_append(cases, "        [[ $cur == -* ]] && offered='");
        append_words(cases, own);
        g_string_append_printf(cases, "%s%s' ;;\n", own->len > 0 ? " " : "", global_words->str);
    }
    g_string_append(out, bash_middle);
    g_string_append_printf(out, "    '')\n        offered='%s'\n", g_strchomp(all->str));
    g_string_append_printf(out, "        [[ $cur == -* ]] && offered='%s' ;;\n", global_words->str);
    g_string_append(out, cases->str);
    g_string_append(out, bash_tail);
}

/* A text inside '...' of zsh's _arguments, where []: mean something, or of fish. */
static void
append_quoted(GString *out, const char *text, const char *special)
{
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '\'')
            g_string_append(out, "'\\'");
        else if (strchr(special, *text) != NULL)
            g_string_append_c(out, '\\');
        g_string_append_c(out, *text);
    }
}

static void
append_zsh_option(GString *out, const Option *option)
{
    g_autofree char *name = long_name(option);
    bool value = option->placeholder != NULL;
    g_auto(GStrv) choices = choices_of(option);

    g_string_append(out, "        ");
    if (option->letter != 0)
        g_string_append_printf(out, "'(-%c %s)'{-%c%s,%s%s}'[", option->letter, name,
                               option->letter, value ? "+" : "", name, value ? "=" : "");
    else
        g_string_append_printf(out, "'%s%s[", name, value ? "=" : "");
    append_quoted(out, option->what, "[]:\\");
    g_string_append_c(out, ']');
    if (choices != NULL) {
        g_autofree char *words = g_strjoinv(" ", choices);
        g_string_append_printf(out, ":%s:(%s)", option->name, words);
    } else if (value) {
        const char *action = "";
        if (strcmp(option->placeholder, "FILE") == 0)
            action = "_files";
        else if (strcmp(option->placeholder, "DIR") == 0)
            action = "_files -/";
        g_string_append_printf(out, ":%s:%s", option->placeholder, action);
    }
    g_string_append(out, "'\n");
}

static void
append_zsh_options(GString *out, const GArray *options)
{
    for (guint i = 0; i < options->len; i++)
        append_zsh_option(out, &g_array_index(options, Option, i));
}

void
mig_completion_zsh(GString *out)
{
    g_autoptr(GArray) global = options_of(NULL);

    g_string_append(out, "#compdef migrate\n"
                         "# zsh completion of migrate; made by: migrate completion zsh\n"
                         "_migrate()\n{\n"
                         "    local curcontext=$curcontext state line\n"
                         "    local -a global commands own\n"
                         "    typeset -A opt_args\n"
                         "    global=(\n");
    append_zsh_options(out, global);
    g_string_append(out, "    )\n    commands=(\n");
    for (const MigCommand *const *each = mig_commands(); *each != NULL; each++) {
        g_string_append_printf(out, "        '%s:", (*each)->name);
        append_quoted(out, (*each)->summary, ":\\");
        g_string_append(out, "'\n");
    }
    g_string_append(out, "    )\n"
                         "    _arguments -C $global '1: :->command' '*:: :->rest' && return\n"
                         "    case $state in\n"
                         "    command) _describe -t commands command commands; return ;;\n"
                         "    esac\n"
                         "    case $line[1] in\n");
    for (const MigCommand *const *each = mig_commands(); *each != NULL; each++) {
        g_autoptr(GArray) own = options_of(*each);
        g_autofree char *pattern = names_of(*each, "|");
        g_autofree char *words = argument_words(*each);
        g_string_append_printf(out, "    %s)\n        own=(\n", pattern);
        append_zsh_options(out, own);
        if (words != NULL)
            g_string_append_printf(out, "        '*: :(%s)'\n", words);
        else
            g_string_append(out, "        '*: :_files'\n");
        g_string_append(out, "        ) ;;\n");
    }
    g_string_append(out, "    esac\n"
                         "    _arguments $global $own\n"
                         "}\n"
                         "if [[ $funcstack[1] == _migrate ]]; then\n"
                         "    _migrate \"$@\"\n"
                         "else\n"
                         "    compdef _migrate migrate\n"
                         "fi\n");
}

static void
append_fish_options(GString *out, const GArray *options, const char *condition)
{
    for (guint i = 0; i < options->len; i++) {
        const Option *option = &g_array_index(options, Option, i);
        g_auto(GStrv) choices = choices_of(option);

        g_string_append_printf(out, "complete -c migrate%s -l %s%s", condition,
                               option->negated ? "no-" : "", option->name);
        if (option->letter != 0)
            g_string_append_printf(out, " -s %c", option->letter);
        if (choices != NULL) {
            g_autofree char *words = g_strjoinv(" ", choices);
            g_string_append_printf(out, " -x -a '%s'", words);
        } else if (option->placeholder != NULL) {
            bool file = strcmp(option->placeholder, "FILE") == 0;
            bool dir = strcmp(option->placeholder, "DIR") == 0;
            g_string_append(out, file  ? " -r -F"
                                 : dir ? " -x -a '(__fish_complete_directories)'"
                                       : " -x");
        }
        g_string_append(out, " -d '");
        append_quoted(out, option->what, "\\");
        g_string_append(out, "'\n");
    }
}

void
mig_completion_fish(GString *out)
{
    g_autoptr(GArray) global = options_of(NULL);

    g_string_append(out, "# fish completion of migrate; made by: migrate completion fish\n");
    append_fish_options(out, global, "");
    for (const MigCommand *const *each = mig_commands(); *each != NULL; each++) {
        g_autoptr(GArray) own = options_of(*each);
        g_autofree char *names = names_of(*each, " ");
        g_autofree char *words = argument_words(*each);
        g_autofree char *condition = g_strdup_printf(" -n '__fish_seen_subcommand_from %s'", names);

        g_string_append_printf(out, "complete -c migrate -f -n __fish_use_subcommand -a %s -d '",
                               (*each)->name);
        append_quoted(out, (*each)->summary, "\\");
        g_string_append(out, "'\n");
        append_fish_options(out, own, condition);
        if (words != NULL)
            g_string_append_printf(out, "complete -c migrate -f%s -a '%s'\n", condition, words);
    }
}

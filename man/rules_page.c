/* SPDX-License-Identifier: MIT */
/* Writes migrate-rules(7): the rules' descriptors, with their first fixtures as examples. */
#include "lint/rule.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    MigRuleKind kind;
    const char *title;
    const char *about;
} Section;

static const Section sections[] = {
    {MIG_RULE_LOCK, "LOCKS", "Statements that make others wait."},
    {MIG_RULE_FAILS, "FAILURES",
     "Statements that the server will refuse, now or with the first row "
     "that disagrees."},
    {MIG_RULE_BREAKS, "RUNNING CODE",
     "While a deploy is in progress old code meets the new schema, and after a rollback of the "
     "code "
     "it does so again. These are right in two steps, and wrong in one."},
    {MIG_RULE_DATA, "DATA", "Statements that destroy rows, or flood the database with them."},
    {MIG_RULE_BACK, "WAY BACK", "What can't be run twice, or reverted."},
    {MIG_RULE_DESIGN, "DESIGN", "Types, keys, indexes and queries that will hurt later."},
    {MIG_RULE_NAMING, "NAMES", "What things are called."},
    {MIG_RULE_SECURITY, "SECURITY", "Who may do what, and what may be read by whom."},
    {MIG_RULE_SOURCE, "FILES", "The migration's file, and the directory."},
};

/* Text that is no macro and no escape of mdoc. */
static void
print_text(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        bool begins = c == text || c[-1] == '\n';

        if (begins && (*c == '.' || *c == '\''))
            fputs("\\&", stdout);
        if (*c == '\\')
            fputs("\\e", stdout);
        else
            putchar(*c);
    }
}

/* A sentence is a line of its own. */
static void
print_prose(const char *text)
{
    g_auto(GStrv) sentences = g_strsplit(text, ". ", -1);

    for (char **sentence = sentences; *sentence != NULL; sentence++) {
        print_text(*sentence);
        puts(sentence[1] != NULL ? "." : "");
    }
}

static const char *
engine_names(MigEngine engines)
{
    static GString *names = NULL;
    static const MigEngine all[] = {MIG_ENGINE_POSTGRES, MIG_ENGINE_MYSQL, MIG_ENGINE_MARIADB,
                                    MIG_ENGINE_SQLITE};

    if (names == NULL)
        names = g_string_new(NULL);
    g_string_truncate(names, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if ((engines & all[i]) != 0)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
                                   mig_engine_title(all[i]));
    }
    return names->str;
}

/* (owned) the first case of a fixture: what is given, and the migration. */
static bool
read_case(const char *folder, const char *id, const char *name, GString *given, GString *migration)
{
    g_autofree char *path = g_build_filename(folder, id, name, NULL);
    g_autofree char *text = NULL;
    GString *into = NULL;
    bool seen = false;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return false;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, "-- case:")) {
            if (seen)
                break;
            seen = true;
            into = NULL;
        } else if (g_str_has_prefix(*line, "-- given:")) {
            into = given;
        } else if (g_str_has_prefix(*line, "-- migration:")) {
            into = migration;
        } else if (into != NULL) {
            g_string_append_printf(into, "%s\n", *line);
        }
    }
    g_strchomp(given->str);
    g_strchomp(migration->str);
    return *migration->str != '\0';
}

static void
print_example(const char *folder, const char *id, const char *name, const char *title)
{
    g_autoptr(GString) given = g_string_new(NULL);
    g_autoptr(GString) migration = g_string_new(NULL);

    if (!read_case(folder, id, name, given, migration))
        return;
    printf(".Pp\n%s\n.Bd -literal -offset indent -compact\n", title);
    if (*given->str != '\0') {
        print_text(given->str);
        puts("\n-- later:");
    }
    print_text(migration->str);
    puts("\n.Ed");
}

static void
print_rule(const MigRule *rule, const char *folder)
{
    printf(".Ss %s\n", rule->id);
    print_prose(rule->summary);
    printf(".Pp\n.Em %s%s ,\n%s.\n", mig_severity_name(rule->severity),
           rule->off ? ", off by default" : "", engine_names(rule->engines));
    print_prose(rule->danger);
    puts(".Bl -enum -compact -offset indent");
    for (size_t i = 0; i < MIG_RULE_MAX_STEPS && rule->steps[i] != NULL; i++) {
        puts(".It");
        print_prose(rule->steps[i]);
    }
    puts(".El");
    print_example(folder, rule->id, "unsafe.sql", "Unsafe:");
    print_example(folder, rule->id, "safe.sql", "Safe:");
    if (rule->manual != NULL) {
        puts(".Pp");
        print_prose(rule->manual);
    }
}

int
main(int argc, char **argv)
{
    g_autofree char *frame = NULL;

    if (argc != 3 || !g_file_get_contents(argv[1], &frame, NULL, NULL)) {
        fputs("usage: rules_page FRAME FIXTURES\n", stderr);
        return 2;
    }

    const char *place = strstr(frame, "@RULES@\n");
    if (place == NULL)
        return 2;
    fwrite(frame, 1, (size_t)(place - frame), stdout);
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        bool any = false;

        for (const MigRule *const *rule = mig_rules(); *rule != NULL; rule++) {
            if ((*rule)->kind != sections[i].kind)
                continue;
            if (!any) {
                printf(".Sh %s\n", sections[i].title);
                print_prose(sections[i].about);
            }
            any = true;
            print_rule(*rule, argv[2]);
        }
    }
    fputs(place + strlen("@RULES@\n"), stdout);
    return ferror(stdout) ? 1 : 0;
}

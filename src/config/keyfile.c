/* SPDX-License-Identifier: MIT */
/* migrate.conf and its [env NAME] sections; an unknown key is an error. */
#include "config/keyfile.h"

#include "base/text.h"
#include "config/setting.h"
#include "lint/config.h"

#include <string.h>
#include <sys/stat.h>

static const char config_name[] = "migrate.conf";
static const char name_characters[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.";

/* Keys of what is configured here but isn't a setting of a run. */
static const char *const backfill_keys[] = {"batch-time", "max-replica-lag", NULL};

/* The file while it is read. */
typedef struct {
    MigKeyfile *keyfile; /* (borrowed) being filled */
    GKeyFile *values;    /* (borrowed) the same text, which undoes the escapes */
    GHashTable *seen;    /* (borrowed) "section\nkey" to its line */
    char *section;       /* (owned) of the lines now; %NULL before the first */
    unsigned line;
} Reader;

static void
entry_free(gpointer data)
{
    MigKeyfileEntry *entry = data;

    g_free(entry->section);
    g_free(entry->key);
    g_free(entry->value);
    g_free(entry);
}

void
mig_keyfile_free(MigKeyfile *keyfile)
{
    if (keyfile == NULL)
        return;

    g_free(keyfile->path);
    g_ptr_array_unref(keyfile->entries);
    g_ptr_array_unref(keyfile->names);
    g_free(keyfile);
}

static bool
refuse(const Reader *reader, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

static bool
refuse(const Reader *reader, GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s:%u: %s", reader->keyfile->path, reader->line,
                message);
    return false;
}

static bool
is_env(const char *section)
{
    return g_str_has_prefix(section, "env ");
}

/* [lint PATTERN], for the files that it matches. */
static bool
is_lint_path(const char *section)
{
    return g_str_has_prefix(section, "lint ") && section[strlen("lint ")] != '\0';
}

/* (owned) the keys that a section may have, NULL-terminated; NULL: there is no such section. */
static GPtrArray *
section_keys(const char *section)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    const char *const *fixed = NULL;
    bool by_path = is_lint_path(section);

    if (strcmp(section, "lint") == 0 || by_path) {
        for (const MigLintKey *key = mig_lint_keys(); key->name != NULL; key++) {
            if (!by_path || key->by_path)
                g_ptr_array_add(keys, (gpointer)(uintptr_t)key->name);
        }
    } else if (strcmp(section, "backfill") == 0)
        fixed = backfill_keys;
    else if (strcmp(section, "migrate") != 0 && !is_env(section))
        return NULL;

    for (; fixed != NULL && *fixed != NULL; fixed++)
        g_ptr_array_add(keys, (gpointer)*fixed);
    if (strcmp(section, "migrate") == 0 || is_env(section)) {
        for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
            /* An environment doesn't choose an environment. */
            if (id != MIG_SETTING_ENV || !is_env(section))
                g_ptr_array_add(keys, (gpointer)mig_setting_info((MigSettingId)id)->name);
        }
    }
    g_ptr_array_add(keys, NULL);
    return g_steal_pointer(&keys);
}

static bool
read_section(Reader *reader, const char *line, GError **error)
{
    static const char *const known[] = {"migrate", "lint", "backfill", "env", NULL};
    size_t length = strlen(line);

    if (line[length - 1] != ']')
        return refuse(reader, error, "a section's line must end in \"]\"");

    g_autofree char *section = g_strndup(line + 1, length - 2);
    g_autoptr(GPtrArray) keys = section_keys(section);
    if (keys == NULL) {
        const char *meant = mig_text_suggest(section, known);
        if (meant != NULL && strcmp(meant, "env") == 0)
            return refuse(reader, error,
                          "[%s] lacks a name; write [env NAME], as in [env production]", section);
        if (meant != NULL)
            return refuse(reader, error, "there is no section [%s]; did you mean [%s]?", section,
                          meant);
        return refuse(reader, error,
                      "there is no section [%s]; there are [migrate], [env NAME], [lint], "
                      "[lint PATTERN] and [backfill]",
                      section);
    }
    if (is_env(section)) {
        const char *name = section + strlen("env ");
        if (*name == '\0' || name[strspn(name, name_characters)] != '\0')
            return refuse(reader, error,
                          "an environment's name is letters, digits, \"-\", \"_\" and \".\"; write "
                          "[env NAME]");
        if (!g_ptr_array_find_with_equal_func(reader->keyfile->names, name, g_str_equal, NULL))
            g_ptr_array_add(reader->keyfile->names, g_strdup(name));
    }
    g_free(reader->section);
    reader->section = g_steal_pointer(&section);
    return true;
}

static bool
check_key(Reader *reader, const char *key, GError **error)
{
    if (reader->section == NULL)
        return refuse(reader, error,
                      "\"%s\" stands before the first section; write [migrate] above it", key);

    g_autoptr(GPtrArray) keys = section_keys(reader->section);
    const char *const *words = (const char *const *)keys->pdata;
    if (!g_strv_contains(words, key)) {
        const char *meant = mig_text_suggest(key, words);
        if (meant != NULL)
            return refuse(reader, error, "[%s] has no setting \"%s\"; did you mean \"%s\"?",
                          reader->section, key, meant);
        return refuse(reader, error, "[%s] has no setting \"%s\"; migrate.conf(5) lists them",
                      reader->section, key);
    }

    g_autofree char *id = g_strdup_printf("%s\n%s", reader->section, key);
    unsigned before = GPOINTER_TO_UINT(g_hash_table_lookup(reader->seen, id));
    if (before != 0)
        return refuse(reader, error, "\"%s\" is set in line %u already", key, before);
    g_hash_table_insert(reader->seen, g_steal_pointer(&id), GUINT_TO_POINTER(reader->line));
    return true;
}

static bool
read_entry(Reader *reader, const char *line, GError **error)
{
    const char *equals = strchr(line, '=');

    /* The line itself isn't shown: it may be a URL with its password. */
    size_t word = strspn(line, name_characters);
    if (equals == NULL || word == 0 || line + word + strspn(line + word, " \t") != equals)
        return refuse(reader, error,
                      "this is neither \"key = value\", nor [section], nor a # comment");

    g_autofree char *key = g_strndup(line, word);
    if (!check_key(reader, key, error))
        return false;

    g_autoptr(GError) cause = NULL;
    g_autofree char *value = g_key_file_get_string(reader->values, reader->section, key, &cause);
    if (value == NULL || cause != NULL)
        return refuse(reader, error,
                      "the value of \"%s\" has a backslash that means nothing here; write \\\\ for "
                      "a backslash",
                      key);
    g_strchomp(value);

    MigKeyfileEntry *entry = g_new0(MigKeyfileEntry, 1);
    entry->section = g_strdup(reader->section);
    entry->key = g_steal_pointer(&key);
    entry->value = g_steal_pointer(&value);
    entry->line = reader->line;
    g_ptr_array_add(reader->keyfile->entries, entry);
    return true;
}

static bool
read_lines(Reader *reader, const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (size_t i = 0; lines[i] != NULL; i++) {
        char *line = g_strstrip(lines[i]);
        reader->line = (unsigned)i + 1;
        bool read =
            *line == '\0' || *line == '#' ||
            (*line == '[' ? read_section(reader, line, error) : read_entry(reader, line, error));
        if (!read)
            return false;
    }
    return true;
}

/* Whether the text can be what GKeyFile reads: its own messages quote lines, with passwords. */
static bool
check_text(const char *path, const char *text, size_t length, GError **error)
{
    const char *bad = NULL;

    /* A NUL byte isn't valid here either. */
    if (g_utf8_validate_len(text, length, &bad))
        return true;

    unsigned line = 1;
    unsigned column = 0;
    mig_text_locate(text, (size_t)(bad - text), &line, &column);
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s:%u:%u: this is not UTF-8 text", path, line,
                column);
    return false;
}

MigKeyfile *
mig_keyfile_parse(const char *path, const char *text, size_t length, GError **error)
{
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (!check_text(path, text, length, error))
        return NULL;

    g_autoptr(MigKeyfile) keyfile = g_new0(MigKeyfile, 1);
    keyfile->path = g_strdup(path);
    keyfile->entries = g_ptr_array_new_with_free_func(entry_free);
    keyfile->names = g_ptr_array_new_with_free_func(g_free);

    g_autoptr(GKeyFile) values = g_key_file_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *copy = g_strndup(text, length);
    g_autoptr(GError) cause = NULL;
    bool loaded = g_key_file_load_from_data(values, copy, length, G_KEY_FILE_NONE, &cause);

    Reader reader = {.keyfile = keyfile, .values = values, .seen = seen};
    bool read = read_lines(&reader, copy, error);
    g_free(reader.section);
    if (!read)
        return NULL;
    /* An empty file is none to GLib; everything else was found in its line above. */
    if (!loaded && keyfile->entries->len > 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s: this is not a key file", path);
        return NULL;
    }
    g_ptr_array_add(keyfile->names, NULL);
    return g_steal_pointer(&keyfile);
}

MigKeyfile *
mig_keyfile_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    size_t length = 0;

    if (!g_file_get_contents(path, &text, &length, &cause)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "the configuration can't be read: %s",
                    cause->message);
        return NULL;
    }
    return mig_keyfile_parse(path, text, length, error);
}

const MigKeyfileEntry *
mig_keyfile_get(const MigKeyfile *keyfile, const char *section, const char *key)
{
    for (guint i = 0; i < keyfile->entries->len; i++) {
        const MigKeyfileEntry *entry = g_ptr_array_index(keyfile->entries, i);
        if (strcmp(entry->section, section) == 0 && strcmp(entry->key, key) == 0)
            return entry;
    }
    return NULL;
}

static bool
is_root(const char *prefix)
{
    g_autofree char *parent = g_strconcat(prefix, "../", NULL);
    struct stat here = {0};
    struct stat above = {0};

    if (stat(*prefix != '\0' ? prefix : ".", &here) != 0 || stat(parent, &above) != 0)
        return true;
    return here.st_dev == above.st_dev && here.st_ino == above.st_ino;
}

char *
mig_keyfile_find(bool only_here)
{
    g_autoptr(GString) prefix = g_string_new(NULL);

    for (;;) {
        g_autofree char *path = g_strconcat(prefix->str, config_name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&path);
        if (only_here || is_root(prefix->str))
            return NULL;
        g_string_append(prefix, "../");
    }
}

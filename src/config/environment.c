/* SPDX-License-Identifier: MIT */
/* Environment variables: MIGRATE_*, DATABASE_URL, .env and ${VARIABLE}. */
#include "config/environment.h"

#include <string.h>

const char *
mig_environment_get(const char *const *environment, const char *name)
{
    size_t length = strlen(name);

    for (; environment != NULL && *environment != NULL; environment++) {
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return (*environment)[length + 1] != '\0' ? *environment + length + 1 : NULL;
    }
    return NULL;
}

/* The length of a variable's name at the start of a text; 0 if there is none. */
static size_t
name_length(const char *text, size_t limit)
{
    size_t length = 0;

    while (length < limit && (g_ascii_isalnum(text[length]) || text[length] == '_'))
        length++;
    return length > 0 && g_ascii_isdigit(text[0]) ? 0 : length;
}

/* Appends the value of the variable whose "${" starts at `text`. Returns what is behind its "}". */
static const char *
expand_one(GString *out, const char *text, const char *const *environment, const char *place,
           GError **error)
{
    const char *name = text + 2;
    size_t length = name_length(name, strlen(name));

    if (length == 0 || name[length] != '}') {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s: after \"${\" there must be the name of a variable and \"}\"; write $$ for "
                    "a dollar sign",
                    place);
        return NULL;
    }

    g_autofree char *key = g_strndup(name, length);
    const char *value = mig_environment_get(environment, key);
    if (value == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s: the environment variable %s is not set, or is empty\n"
                    "  set it, or write $$ if a dollar sign is meant",
                    place, key);
        return NULL;
    }
    g_string_append(out, value);
    return name + length + 1;
}

char *
mig_environment_expand(const char *text, const char *const *environment, const char *place,
                       GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    while (*text != '\0') {
        size_t plain = strcspn(text, "$");
        g_string_append_len(out, text, (gssize)plain);
        text += plain;
        if (strncmp(text, "${", 2) == 0) {
            text = expand_one(out, text, environment, place, error);
            if (text == NULL)
                return NULL;
        } else if (*text == '$') {
            g_string_append_c(out, '$');
            text += text[1] == '$' ? 2 : 1;
        }
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* A .env file while it is read. */
typedef struct {
    const char *at;
    const char *end;
    unsigned line;
} Reader;

static void
skip_blanks(Reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t'))
        reader->at++;
}

/* Leaves the reader behind the line's end. */
static void
skip_line(Reader *reader)
{
    const char *end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));

    reader->at = end == NULL ? reader->end : end + 1;
    reader->line++;
}

/* The name before "=", the reader then behind that; 0 if the line has none. */
static size_t
read_name(Reader *reader, const char **out_name)
{
    skip_blanks(reader);
    size_t length = name_length(reader->at, (size_t)(reader->end - reader->at));

    if (length == 6 && strncmp(reader->at, "export", 6) == 0 && reader->at + 6 < reader->end &&
        (reader->at[6] == ' ' || reader->at[6] == '\t')) {
        reader->at += 6;
        skip_blanks(reader);
        length = name_length(reader->at, (size_t)(reader->end - reader->at));
    }
    *out_name = reader->at;
    reader->at += length;
    skip_blanks(reader);
    if (length == 0 || reader->at >= reader->end || *reader->at != '=')
        return 0;
    reader->at++;
    skip_blanks(reader);
    return length;
}

static void
append_escape(GString *out, char c)
{
    switch (c) {
    case 'n':
        g_string_append_c(out, '\n');
        break;
    case 'r':
        g_string_append_c(out, '\r');
        break;
    case 't':
        g_string_append_c(out, '\t');
        break;
    case '"':
    case '\\':
    case '$':
    case '`':
        g_string_append_c(out, c);
        break;
    default:
        g_string_append_c(out, '\\');
        g_string_append_c(out, c);
        break;
    }
}

/* Reads '...' or "...", the reader then behind its end. Without an end nothing is read. */
static bool
read_quoted(Reader *reader, GString *out)
{
    char quote = *reader->at;
    unsigned line = reader->line;

    for (const char *at = reader->at + 1; at < reader->end; at++) {
        if (*at == quote) {
            reader->at = at + 1;
            reader->line = line;
            return true;
        }
        if (*at == '\n')
            line++;
        if (*at == '\\' && quote == '"' && at + 1 < reader->end) {
            at++;
            append_escape(out, *at);
        } else {
            g_string_append_c(out, *at);
        }
    }
    return false;
}

static void
read_bare(Reader *reader, GString *out)
{
    const char *start = reader->at;

    while (reader->at < reader->end && *reader->at != '\n' &&
           !(*reader->at == '#' && (reader->at == start || g_ascii_isspace(reader->at[-1]))))
        reader->at++;
    g_string_append_len(out, start, reader->at - start);
    while (out->len > 0 && g_ascii_isspace(out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
}

/* Behind a quoted value there may be white space and a comment. */
static bool
line_is_over(Reader *reader)
{
    skip_blanks(reader);
    if (reader->at < reader->end && *reader->at == '\r')
        reader->at++;
    return reader->at >= reader->end || *reader->at == '\n' || *reader->at == '#';
}

/* What is wrong with the value, which is read into `out`; NULL: nothing. */
static const char *
read_value(Reader *reader, GString *out)
{
    bool quoted = reader->at < reader->end && (*reader->at == '\'' || *reader->at == '"');

    if (!quoted)
        read_bare(reader, out);
    else if (!read_quoted(reader, out))
        return "its quotation mark is never closed";
    else if (!line_is_over(reader))
        return "there is text behind its closing quotation mark";
    return memchr(out->str, '\0', out->len) != NULL ? "it has a NUL byte" : NULL;
}

bool
mig_dotenv_find(const char *path, const char *text, size_t length, const char *name,
                char **out_value, unsigned *out_line, GError **error)
{
    Reader reader = {.at = text, .end = text + length, .line = 1};
    g_autofree char *found = NULL;
    unsigned found_line = 0;

    /* Windows editors begin a file with a byte order mark. */
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        reader.at += 3;

    for (; reader.at < reader.end; skip_line(&reader)) {
        const char *key = NULL;
        size_t key_length = read_name(&reader, &key);
        if (key_length == 0)
            continue;

        bool ours = key_length == strlen(name) && strncmp(key, name, key_length) == 0;
        unsigned line = reader.line;
        g_autoptr(GString) value = g_string_new(NULL);
        const char *wrong = read_value(&reader, value);
        if (ours && wrong != NULL) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                        "%s:%u: the value of %s can't be read: %s", path, line, name, wrong);
            return false;
        }
        if (ours) {
            g_free(found);
            found = g_string_free(g_steal_pointer(&value), FALSE);
            found_line = line;
        }
    }
    *out_value = g_steal_pointer(&found);
    *out_line = found_line;
    return true;
}

/* SPDX-License-Identifier: MIT */
/* A URL of ours to the one that SQLite reads. Manual: "Uniform Resource Identifiers". */
#include "sqlite.h"

#include <string.h>

void
lite_url_free(LiteUrl *url)
{
    if (url == NULL)
        return;

    g_free(url->uri);
    g_free(url->path);
    g_free(url);
}

/* As SQLite does it: a "%" without two hexadecimal digits stands for itself. */
static char *
decode(const char *text, size_t length)
{
    GString *out = g_string_sized_new(length);

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '%' && i + 2 < length && g_ascii_isxdigit(text[i + 1]) &&
            g_ascii_isxdigit(text[i + 2])) {
            g_string_append_c(out, (char)(g_ascii_xdigit_value(text[i + 1]) * 16 +
                                          g_ascii_xdigit_value(text[i + 2])));
            i += 2;
        } else {
            g_string_append_c(out, text[i]);
        }
    }
    return g_string_free(out, FALSE);
}

/* What follows "sqlite:", without the "//" of an empty or missing authority. */
static const char *
after_scheme(const char *url)
{
    const char *rest = strchr(url, ':');

    if (rest == NULL)
        return "";
    rest++;
    return g_str_has_prefix(rest, "//") ? rest + 2 : rest;
}

/* "mode=rwc" can't make a file, nor write to it, against what the command is about. */
static const char *
allowed_mode(const char *parameter, const MigOpenOptions *options)
{
    bool writes = strcmp(parameter, "mode=rwc") == 0 || strcmp(parameter, "mode=rw") == 0;

    if (writes && options->read_only)
        return "mode=ro";
    if (writes && !options->create)
        return "mode=rw";
    return parameter;
}

static bool
append_parameters(GString *uri, const char *query, const MigOpenOptions *options,
                  bool *out_in_memory, GError **error)
{
    g_auto(GStrv) parameters = g_strsplit(query, "&", -1);

    for (size_t i = 0; parameters[i] != NULL; i++) {
        if (strstr(parameters[i], "%00") != NULL) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "the database URL has a %%00 in it");
            return false;
        }
        if (strcmp(parameters[i], "mode=memory") == 0)
            *out_in_memory = true;
        g_string_append_c(uri, i == 0 ? '?' : '&');
        g_string_append(uri, allowed_mode(parameters[i], options));
    }
    return true;
}

LiteUrl *
lite_url_parse(const char *url, const MigOpenOptions *options, GError **error)
{
    const char *rest = after_scheme(url);
    size_t length = strcspn(rest, "?");
    g_autofree char *raw = g_strndup(rest, length);
    g_autoptr(LiteUrl) parsed = g_new0(LiteUrl, 1);

    if (length == 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the database URL \"%s\" names no file\n  write sqlite:PATH, or "
                    "sqlite::memory: for a database that is gone afterwards",
                    url);
        return NULL;
    }
    if (strstr(raw, "%00") != NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the database URL has a %%00 in it, which no file name can have");
        return NULL;
    }
    parsed->path = decode(raw, length);
    parsed->in_memory = strcmp(parsed->path, ":memory:") == 0;

    /* An empty authority keeps "//path" from being read as one; "#" is no fragment to us. */
    g_autoptr(GString) uri = g_string_new(raw[0] == '/' ? "file://" : "file:");
    g_string_append(uri, raw);
    g_string_replace(uri, "#", "%23", 0);
    if (rest[length] == '?' &&
        !append_parameters(uri, rest + length + 1, options, &parsed->in_memory, error))
        return NULL;
    parsed->uri = g_string_free(g_steal_pointer(&uri), FALSE);
    return g_steal_pointer(&parsed);
}

/* SPDX-License-Identifier: MIT */
/* What makes a postgres: URL mean something else than its author thinks, said without its password. */
#include "postgres.h"

#include <string.h>

static bool
refuse(GError **error, const char *what)
{
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "the database URL is wrong: %s", what);
    return false;
}

static bool
has_bad_percent(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '%' &&
            (i + 2 >= length || !g_ascii_isxdigit(text[i + 1]) || !g_ascii_isxdigit(text[i + 2])))
            return true;
    }
    return false;
}

/*
 * libpq takes what is before the first "@" as user and password, if no "/" comes first. A password
 * with one of these two in it moves the rest of itself into the host's or the database's name,
 * where a message would show it.
 */
static bool
check_user(const char *authority, GError **error)
{
    size_t first = strcspn(authority, "@/");
    size_t query = strcspn(authority, "?");

    if (authority[first] == '@') {
        const char *host = authority + first + 1;

        if (query < first && memchr(authority, ':', first) == NULL)
            return refuse(error, "an \"@\" after the \"?\" must be written %40");
        if (host[strcspn(host, "/?@")] == '@')
            return refuse(error, "an \"@\" in a user's name or a password must be written %40");
        if (has_bad_percent(authority, first))
            return refuse(error, "a \"%\" in a user's name or a password must be written %25");
        return true;
    }

    const char *at = strchr(authority, '@');
    bool has_colon = memchr(authority, ':', first) != NULL && *authority != '[';
    if (at != NULL && has_colon && (size_t)(at - authority) < query)
        return refuse(error, "a \"/\" in a password must be written %2F, and an \"@\" in a "
                             "database's name %40");
    return true;
}

static bool
valid_port(const char *text)
{
    if (text == NULL || *text == '\0')
        return true;

    g_auto(GStrv) ports = g_strsplit(text, ",", -1);
    for (size_t i = 0; ports[i] != NULL; i++) {
        const char *port = g_strstrip(ports[i]);
        if (*port != '\0' && !g_ascii_string_to_unsigned(port, 10, 1, 65535, NULL, NULL))
            return false;
    }
    return true;
}

/* libpq puts the text that it can't read between quotes of the user's language, behind its reason. */
static char *
without_quotation(const char *reason)
{
    static const char *const quotes[] = {"\"", "«", "„", "“", "「", "'"};
    size_t length = strlen(reason);

    for (size_t i = 0; i < G_N_ELEMENTS(quotes); i++) {
        const char *quote = strstr(reason, quotes[i]);
        if (quote != NULL)
            length = MIN(length, (size_t)(quote - reason));
    }

    char *text = g_strndup(reason, length);
    for (g_strchomp(text); length > 0 && g_str_has_suffix(text, ":"); g_strchomp(text))
        text[strlen(text) - 1] = '\0';
    return text;
}

/* libpq's reason names the parameter that it doesn't know, but we have cut that off. */
static bool
check_parameters(const char *url, GError **error)
{
    const char *query = strchr(url, '?');
    PQconninfoOption *known = PQconndefaults();
    bool good = true;

    /* Behind an "@" it may be the rest of a password. */
    if (query == NULL || known == NULL || strchr(query, '@') != NULL) {
        PQconninfoFree(known);
        return true;
    }
    g_auto(GStrv) pairs = g_strsplit(query + 1, "&", -1);
    for (size_t i = 0; good && pairs[i] != NULL; i++) {
        size_t length = strcspn(pairs[i], "=");
        bool found = length == 0 || strchr(pairs[i], '%') != NULL ||
                     (length == 3 && g_str_has_prefix(pairs[i], "ssl"));
        for (const PQconninfoOption *o = known; !found && o->keyword != NULL; o++)
            found = strlen(o->keyword) == length && strncmp(o->keyword, pairs[i], length) == 0;
        if (!found) {
            g_autofree char *what =
                g_strdup_printf("there is no parameter \"%.*s\"", (int)length, pairs[i]);
            good = refuse(error, what);
        }
    }
    PQconninfoFree(known);
    return good;
}

bool
mig_pg_url_check(const char *url, GError **error)
{
    const char *colon = strchr(url, ':');

    if (colon == NULL || !g_str_has_prefix(colon, "://"))
        return refuse(error, "it must begin with postgres:// or postgresql://");
    if (!check_user(colon + 3, error) || !check_parameters(url, error))
        return false;

    char *reason = NULL;
    PQconninfoOption *options = PQconninfoParse(url, &reason);
    if (options == NULL) {
        g_autofree char *what = without_quotation(reason != NULL ? reason : "it can't be read");
        PQfreemem(reason);
        return refuse(error, what);
    }

    bool good = true;
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++) {
        if (g_str_equal(option->keyword, "port") && !valid_port(option->val))
            good = refuse(error, "its port isn't a number from 1 to 65535; if that is part of the "
                                 "password, a \":\" in it must be written %3A and a \"/\" %2F");
    }
    PQconninfoFree(options);
    return good;
}

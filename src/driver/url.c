/* SPDX-License-Identifier: MIT */
/* A database's URL: its scheme, and how to show it without its password. */
#include "driver/url.h"

#include <string.h>

static const char hidden[] = "***";

/* Parameters of any of the three client libraries that hold a secret. */
static const char *const secret_parameters[] = {"password", "sslpassword", "passwd", "pwd"};

/* A span of the URL; `length` 0 with `found` is an empty password. */
typedef struct {
    size_t offset;
    size_t length;
    bool found;
} Span;

char *
mig_url_scheme(const char *url)
{
    size_t length = 0;

    if (!g_ascii_isalpha(url[0]))
        return NULL;
    while (g_ascii_isalnum(url[length]) || strchr("+-.", url[length]) != NULL) {
        if (url[length] == '\0')
            return NULL;
        length++;
    }
    if (url[length] != ':')
        return NULL;
    return g_ascii_strdown(url, (gssize)length);
}

MigEngine
mig_url_engine(const char *url)
{
    g_autofree char *scheme = mig_url_scheme(url);

    if (scheme == NULL)
        return MIG_ENGINE_NONE;

    /* "faulty+sqlite" is SQLite behind something. */
    const char *last = strrchr(scheme, '+');
    return mig_engine_from_name(last != NULL ? last + 1 : scheme);
}

/* Where "//user:password@host" starts, behind the slashes; NULL for a URL without an authority. */
static const char *
authority(const char *url)
{
    const char *colon = strchr(url, ':');

    if (colon == NULL || strncmp(colon, "://", 3) != 0)
        return NULL;
    return colon + 3;
}

/* The '@' that ends the user's part. A password with a raw '/', '?' or '#' in it makes client
 * libraries see the end of the authority there; the '@' behind it shows what was meant. */
static const char *
userinfo_end(const char *start)
{
    size_t clean = strcspn(start, "/?#");
    const char *at = g_strrstr_len(start, (gssize)clean, "@");

    if (at != NULL) {
        /* "u:p@ss/w@host": one more '@' before any '=' of the parameters. */
        const char *more = strrchr(at, '@');
        return memchr(at, '=', (size_t)(more - at)) == NULL ? more : at;
    }
    at = strrchr(start, '@');
    if (at == NULL || memchr(start, ':', clean) == NULL || memchr(start, '=', (size_t)(at - start)))
        return NULL;
    return at;
}

static Span
password_span(const char *url)
{
    const char *start = authority(url);
    const char *end = start == NULL ? NULL : userinfo_end(start);
    const char *colon = end == NULL ? NULL : memchr(start, ':', (size_t)(end - start));

    if (colon == NULL)
        return (Span){.found = false};
    return (Span){
        .offset = (size_t)(colon + 1 - url), .length = (size_t)(end - colon - 1), .found = true};
}

/* The next secret parameter's value at or after `from`. */
static Span
parameter_span(const char *url, size_t from)
{
    for (const char *at = url + from; (at = strpbrk(at, "?&")) != NULL;) {
        at++;
        for (size_t i = 0; i < G_N_ELEMENTS(secret_parameters); i++) {
            size_t n = strlen(secret_parameters[i]);
            if (g_ascii_strncasecmp(at, secret_parameters[i], n) == 0 && at[n] == '=')
                return (Span){.offset = (size_t)(at + n + 1 - url),
                              .length = strcspn(at + n + 1, "&#"),
                              .found = true};
        }
    }
    return (Span){.found = false};
}

char *
mig_url_redact(const char *url)
{
    g_autoptr(GString) out = g_string_new(NULL);
    size_t shown = 0;
    Span span = password_span(url);

    if (span.found) {
        g_string_append_len(out, url, (gssize)span.offset);
        g_string_append(out, hidden);
        shown = span.offset + span.length;
    }
    for (span = parameter_span(url, shown); span.found; span = parameter_span(url, shown)) {
        g_string_append_len(out, url + shown, (gssize)(span.offset - shown));
        g_string_append(out, hidden);
        shown = span.offset + span.length;
    }
    g_string_append(out, url + shown);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
refuse_character(const char *url, const char *part, char c, GError **error)
{
    g_autofree char *shown = mig_url_redact(url);

    if (c == '%')
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the %s in the database URL has a '%%' that no two hexadecimal digits follow: "
                    "write a literal '%%' as %%25\n  in %s",
                    part, shown);
    else
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the %s in the database URL has a '%c' that must be escaped: write it as "
                    "%%%02X, or leave the password out of the URL and give it by "
                    "--password-file\n  in %s",
                    part, c, (unsigned)(unsigned char)c, shown);
    return false;
}

static bool
check_userinfo(const char *url, const char *part, const char *text, size_t length, GError **error)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr("/?#@[] ", text[i]) != NULL)
            return refuse_character(url, part, text[i], error);
        if (text[i] == '%' &&
            (i + 2 >= length || !g_ascii_isxdigit(text[i + 1]) || !g_ascii_isxdigit(text[i + 2])))
            return refuse_character(url, part, '%', error);
    }
    return true;
}

bool
mig_url_check(const char *url, GError **error)
{
    g_autofree char *scheme = mig_url_scheme(url);

    if (scheme == NULL) {
        g_autofree char *shown = mig_url_redact(url);
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "\"%s\" is not a database URL: it has no scheme\n"
                    "  write sqlite:FILE, postgres://USER@HOST/DATABASE or "
                    "mysql://USER@HOST/DATABASE",
                    shown);
        return false;
    }
    if (mig_url_engine(url) == MIG_ENGINE_SQLITE)
        return true;

    const char *start = authority(url);
    if (start == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the database URL lacks \"//\" after \"%s:\"\n  write %s://USER@HOST/DATABASE",
                    scheme, scheme);
        return false;
    }
    const char *end = userinfo_end(start);
    if (end == NULL)
        return true;

    const char *colon = memchr(start, ':', (size_t)(end - start));
    const char *user_end = colon != NULL ? colon : end;
    if (!check_userinfo(url, "user name", start, (size_t)(user_end - start), error))
        return false;
    return colon == NULL ||
           check_userinfo(url, "password", colon + 1, (size_t)(end - colon - 1), error);
}

static void
replace(GString *message, const char *secret)
{
    /* Shorter ones would turn the rest of the message into stars; they are not secret either. */
    if (secret != NULL && strlen(secret) >= 3)
        g_string_replace(message, secret, hidden, 0);
}

static void
replace_span(GString *message, const char *url, Span span)
{
    g_autofree char *raw = g_strndup(url + span.offset, span.length);
    g_autofree char *decoded = g_uri_unescape_string(raw, NULL);

    replace(message, raw);
    replace(message, decoded);
}

void
mig_url_scrub(GError **error, const char *url, const char *password)
{
    if (error == NULL || *error == NULL)
        return;

    g_autoptr(GString) message = g_string_new((*error)->message);
    Span span = password_span(url);
    if (span.found)
        replace_span(message, url, span);
    for (span = parameter_span(url, 0); span.found;
         span = parameter_span(url, span.offset + span.length))
        replace_span(message, url, span);
    replace(message, password);

    if (strcmp(message->str, (*error)->message) == 0)
        return;
    g_free((*error)->message);
    (*error)->message = g_string_free(g_steal_pointer(&message), FALSE);
}

/* Takes a span out of a URL, and so many bytes before and after it. */
static char *
cut_span(const char *url, Span span, size_t before, size_t after, char **out_password)
{
    g_autofree char *raw = g_strndup(url + span.offset, span.length);
    GString *out = g_string_new_len(url, (gssize)(span.offset - before));

    g_string_append(out, url + span.offset + span.length + after);
    g_free(*out_password);
    *out_password = g_uri_unescape_string(raw, NULL);
    return g_string_free(out, FALSE);
}

char *
mig_url_take_password(const char *url, char **out_password)
{
    *out_password = NULL;
    g_autofree char *left = g_strdup(url);

    Span span = password_span(left);
    if (span.found) {
        char *shorter = cut_span(left, span, 1, 0, out_password);
        g_free(left);
        left = shorter;
    }
    for (span = parameter_span(left, 0); span.found; span = parameter_span(left, 0)) {
        /* "password=...", and the "&" behind it, or else the mark before it. */
        size_t name = span.offset;
        while (name > 0 && left[name - 1] != '?' && left[name - 1] != '&')
            name--;
        bool more = left[span.offset + span.length] == '&';
        char *shorter =
            cut_span(left, span, span.offset - name + (more ? 0 : 1), more ? 1 : 0, out_password);
        g_free(left);
        left = shorter;
    }
    return g_steal_pointer(&left);
}
